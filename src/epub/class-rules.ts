// The chapter of the style sheet for classes of the author's own that the theme styles: a rule for each way that the book uses one.
import { BOX_KEYS } from '../theme/box.js'
import { bare, overlaid, overlayOf } from '../theme/classes.js'
import type { Overlay, Style, Theme } from '../theme/theme.js'
import { onBlock, onWords } from '../theme/unread.js'
import { type Declarations, type Looks, rule } from './declarations.js'
import { type ClassUse, ends, selectorsOf } from './selectors.js'

export function classRules(theme: Theme, looks: Looks, uses: Iterable<ClassUse>, slanted: readonly string[]): string {
  let out = ''
  for (const use of uses) out += rulesOf(use, theme, looks, slanted)
  return out
}

function rulesOf(use: ClassUse, theme: Theme, looks: Looks, slanted: readonly string[]): string {
  const { kind, role, names, inside } = use
  const overlay = onBlock(role, overlayOf(theme, names))
  const { text, box } = selectorsOf(use)
  const base = inside ? bare(theme.styles[role]) : theme.styles[role]
  const own = overlaid(base, overlay)
  let out = ''
  if (kind === 'span') out += rule(box, looks.overlay(onWords(overlay)))
  else if (kind === 'paragraph' || kind === 'heading' || kind === 'code') {
    out += rule(text, looks.changed(own, base), boxOf(own, overlay, own.size, looks))
    if (kind === 'code' && overlay.face !== undefined) out += rule(`${text} code`, looks.family(own.face))
  } else {
    const size = overlay.size ?? 1
    out += rule(box, looks.overlay(overlay), leadingOf(overlay, looks), margins(use, own, overlay, looks))
    out += rule(box, boxOf(own, overlay, size, looks))
    const letters = role === 'body' ? [] : looks.changed(bare(own), bare(base), size)
    const sized: Declarations =
      own.size === base.size || role === 'body' ? [] : [['font-size', looks.em(own.size, size)]]
    if (kind === 'table' || kind === 'list' || role !== 'body') out += rule(text, sized, withoutSize(letters))
    if (role === 'body' && overlay.indent !== undefined) {
      out += rule(`${box} > p`, looks.indent(own))
      for (const one of ['flush', 'opening'] as const) out += rule(`${box} > p.${one}`, looks.indent(theme.styles[one]))
    }
    if (overlay.indent !== undefined && overlay.indent > 0) {
      const paragraphs = role === 'body' ? `${box} > p` : text
      out += rule(`${paragraphs}:first-child`, looks.indent(own, true))
    }
  }
  if (overlay.italic !== undefined) {
    const within = (kind === 'span' ? box : text).split(', ').flatMap((one) => slanted.map((mark) => `${one} ${mark}`))
    out += rule(within.join(', '), [['font-style', overlay.italic ? 'normal' : 'italic']])
  }
  const edges =
    kind !== 'span' && BOX_KEYS.some((key) => overlay[key] !== undefined) ? looks.box(own, own.size) : undefined
  if (edges) {
    const around = (which: 'before' | 'after') =>
      rule(
        box
          .split(', ')
          .map((one) => `${one}:${which}`)
          .join(', '),
        edges[which],
      )
    out += around('before') + around('after')
    if (kind === 'group' || kind === 'quote') out += ends(box)
  }
  return out
}

function withoutSize(declarations: Declarations): Declarations {
  return declarations.filter(([property]) => property !== 'font-size')
}

function leadingOf({ size, leading }: Overlay, looks: Looks): Declarations {
  return size === undefined && leading === undefined ? [] : looks.lineHeight(leading ?? 1, size ?? 1)
}

function margins({ kind, role }: ClassUse, own: Style, overlay: Overlay, looks: Looks): Declarations {
  const keys = ['before', 'after', 'left', 'right', 'size'] as const
  if (!keys.some((key) => overlay[key] !== undefined)) return []
  const style = { ...own, size: overlay.size ?? 1 }
  if (role === 'body' && kind === 'group') return looks.margin(style)
  if (kind !== 'list') return looks.margin(style)
  return [
    ...looks.margin(style, { left: 0, right: own.right }),
    [`padding-${looks.side('left')}`, looks.em(own.left, style.size)],
  ]
}

function boxOf(own: Style, overlay: Overlay, size: number, looks: Looks): Declarations {
  return BOX_KEYS.some((key) => overlay[key] !== undefined) ? (looks.box(own, size)?.own ?? []) : []
}
