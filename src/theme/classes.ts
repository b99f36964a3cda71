// Classes of the author's own that a theme has styles for. In: styles, and what a class says otherwise. Out: the styles as they are
// on a block of that class and in it. One answer for both outputs: the EPUB's style sheet comes to the same by inheritance.
import type { Block } from '../model/book.js'
import { ROLES, type Role } from '../model/role.js'
import type { Overlay, Style, Theme } from './theme.js'

export const CLASS_NAME = /^[A-Za-z][A-Za-z0-9_-]*$/

/** Classes that Octavo gives itself: an author's own of that name would not be told from ours. */
export const OUR_CLASSES: ReadonlySet<string> = new Set([
  ...ROLES,
  ...(['lines', 'lead-in', 'drop-cap', 'raised', 'capitals', 'smallcaps', 'beside', 'goes-on', 'apart'] as const),
  ...([
    'contents',
    'table',
    'task',
    'notes',
    'cover',
    'ornament',
    'icon',
    'iconed',
    'full-page',
    'bleed',
    'spread',
  ] as const),
])

/** What a block's letters hand on to those of the blocks in it. */
const LETTERS = [
  ...(['face', 'weight', 'italic', 'caps', 'tracking'] as const),
  ...(['figures', 'tabular', 'colour', 'align', 'hyphenate'] as const),
]

/** Those of an author's classes that the theme styles, in the theme's order: of two that say the same, the later holds. */
export function styledClasses({ classes }: Pick<Theme, 'classes'>, names: readonly string[]): string[] {
  if (names.length === 0) return []
  let places = orders.get(classes)
  if (places === undefined) {
    places = new Map(Object.keys(classes).map((name, i) => [name, i]))
    orders.set(classes, places)
  }
  const order = places
  const styled = new Set(names.filter((name) => order.has(name)))
  return [...styled].sort((a, b) => order.get(a)! - order.get(b)!)
}

/** Of a theme's classes: the place of each. */
const orders = new WeakMap<Theme['classes'], ReadonlyMap<string, number>>()

/** What several classes say together. */
export function overlayOf({ classes }: Pick<Theme, 'classes'>, names: readonly string[]): Overlay {
  return Object.assign({}, ...names.map((name) => classes[name]))
}

export function overlaid(style: Style, overlay: Overlay): Style {
  return { ...style, ...overlay } as Style
}

/** Blocks that a class can style; on others it is told. */
export const CLASSED_KINDS: ReadonlySet<Block['kind']> = new Set([
  ...(['paragraph', 'heading', 'quote', 'group', 'list', 'code', 'table'] as const),
])

/** In a box of its own role, margins are the box's, and so are its rules. */
export function bare(style: Style): Style {
  const { ground, frame, rules, padding, ...rest } = style
  return { ...rest, before: 0, after: 0, left: 0, right: 0 }
}

/** What is set in the letters of a block beside its own role. */
const KIN: Partial<Record<Role, Role>> = { cell: 'cell-head' }

/**
 * The styles in a block of `role` that has the classes of `overlay`: the block's own says what they say; others take its letters
 * where they have none of their own, and sizes multiply. `root`: the styles of the open text, by which it is told what a style has
 * for itself; `around`: those around the block; `inside`: it stands in a block of its own role.
 */
export function stylesWithin(
  root: Theme['styles'],
  around: Theme['styles'],
  role: Role,
  overlay: Overlay,
  inside = false,
): Theme['styles'] {
  const out = {} as Record<Role, Style>
  for (const each of ROLES) {
    const [own, usual, here] = [root[each], root.body, around[each]]
    const style: Style = { ...here }
    const scale = (key: 'size' | 'leading', of: number | undefined, absolute: boolean) => {
      if (of !== undefined) style[key] = absolute ? (of * here[key]) / own[key] : here[key] * of
    }
    const isOwn = each === role || each === KIN[role]
    scale('size', overlay.size, isOwn)
    scale('leading', overlay.leading, isOwn)
    if (each === role) {
      const { size, leading } = style
      out[each] = { ...overlaid(inside ? bare(style) : style, overlay), size, leading }
      continue
    }
    for (const key of LETTERS)
      if (overlay[key] !== undefined && (isOwn || own[key] === usual[key]))
        Object.assign(style, { [key]: overlay[key] })
    out[each] = style
  }
  return out
}
