// The pages of a Typeset as text, to be read and compared: what stands where, and what it is.
import type { Item, Page, TextRun, Typeset } from '../../src/layout/typeset.js'
import type { Trim } from '../../src/model/editions.js'
import type { Theme } from '../../src/theme/theme.js'

/** Where the text block stands, points. */
export interface Frame {
  top: number
  leading: number
  size: number
  lines: number
  measure: number
  left(page: Page): number
}

/** As the theme draws it, margins growing and shrinking with the trim. */
export function frameOf(theme: Theme, trim?: Trim): Frame {
  const p = theme.page
  const kx = (trim?.width ?? p.width) / p.width
  const ky = (trim?.height ?? p.height) / p.height
  const foot = p.height - p.top - p.lines * p.leading
  return {
    top: p.top * ky,
    leading: p.leading,
    size: p.size,
    lines: Math.floor(((p.height - p.top - foot) * ky) / p.leading + 1e-6),
    measure: (p.width - p.inside - p.outside) * kx,
    left: (page) => (page.side === 'recto' ? p.inside : p.outside) * kx,
  }
}

/** Share of its leading by which a baseline stands below the top of its line. */
const BASELINE = 0.74

/** Line of the grid that a baseline stands on, counted from 0; fractions are off the grid. */
export function gridLine(y: number, frame: Frame): number {
  return (y - frame.top) / frame.leading - BASELINE
}

export function textOf(run: TextRun, set: Typeset): string {
  if (run.actual !== undefined) return run.actual
  let text = ''
  for (const code of run.codes) text += set.fonts[run.font]!.codes[code]!.text
  return text
}

/** What a run shows: ¬ for the hyphen that divides a word. */
function shownBy(run: TextRun, set: Typeset): string {
  const own = textOf({ ...run, actual: undefined }, set)
  const reads = run.actual?.trim()
  if (reads === undefined || reads === own.trim()) return own
  return own === '-' ? '¬' : reads === '' || reads === '\u200b' ? own : run.actual!
}

/** Where the ink of its last glyph ends, points; spaces at the end do not count. */
export function endOf(run: TextRun, set: Typeset): number {
  const { codes } = set.fonts[run.font]!
  let last = run.codes.length - 1
  while (last > 0 && codes[run.codes[last]!]!.text === ' ') last--
  let units = 0
  for (let i = 0; i <= last; i++) units += codes[run.codes[i]!]!.advance + (i < last ? (run.shifts?.[i] ?? 0) : 0)
  return run.x + ((units / 1000) * run.size + run.tracking * last) * run.stretch
}

/** 'Sect P Link', from the Document's child down. */
export function pathOf(tag: number, set: Typeset): string {
  const out: string[] = []
  for (let at = tag; at > 0; at = set.tags[at]!.parent) {
    const { type, lang, alt } = set.tags[at]!
    out.unshift(`${type}${lang ? `(${lang})` : ''}${alt ? `“${alt}”` : ''}`)
  }
  return out.join(' ')
}

export function dump(set: Typeset, frame: Frame): string {
  const out: string[] = []
  for (const page of set.pages) {
    out.push(`page ${page.label} ${page.side}${page.blank ? ' blank' : ''}`)
    out.push(...linesOf(page, set, frame))
    for (const link of page.links)
      out.push(`  link ${place(link.y, link.x, page, frame)} ${link.href} “${link.description}”`)
    for (const { id, x, y } of page.anchors) out.push(`  anchor ${place(y, x, page, frame)} #${id}`)
  }
  out.push('starts')
  for (const { label, n, offset } of set.starts) out.push(`  ${label} at ${n}:${offset}`)
  out.push('outline')
  const outline = (items: Typeset['outline'], indent: string) => {
    for (const item of items) {
      out.push(`${indent}${item.title} → ${set.pages[item.page]!.label}`)
      outline(item.children, `${indent}  `)
    }
  }
  outline(set.outline, '  ')
  return `${out.join('\n')}\n`
}

function place(y: number, x: number, page: Page, frame: Frame): string {
  return `${number((y - frame.top) / frame.leading)} ${number(x - frame.left(page))}`
}

function number(n: number): string {
  return (Math.round(n * 10) / 10 + 0).toString()
}

/** Items in order; runs of one element that follow each other on one line are joined, and so are the rules of one row. */
function linesOf(page: Page, set: Typeset, frame: Frame): string[] {
  const out: string[] = []
  const left = frame.left(page)
  const joins = (a: Item, b: Item) => {
    if (a.kind !== b.kind || a.tag !== b.tag || !('y' in a) || !('y' in b) || Math.abs(a.y - b.y) > 0.01) return false
    return a.kind !== 'text' || (b as TextRun).x - endOf(a, set) < frame.size
  }
  for (let i = 0; i < page.items.length; ) {
    const item = page.items[i]!
    let j = i + 1
    while (j < page.items.length && joins(page.items[j - 1]!, page.items[j]!)) j++
    const items = page.items.slice(i, j)
    i = j
    if (item.kind === 'text') {
      const runs = items as TextRun[]
      const what = item.tag < 0 ? (item.margin ?? 'artifact') : pathOf(item.tag, set)
      const text = runs
        .map(
          (run, k) => `${k > 0 ? change(runs[k - 1]!, run, set, frame) : faceOf(run, set, frame)}${shownBy(run, set)}`,
        )
        .join('')
        .replaceAll('\u00a0', '_')
      const line = number(gridLine(item.y, frame))
      out.push(`  ${line} ${number(item.x - left)}–${number(endOf(runs.at(-1)!, set) - left)} ${what} “${text}”`)
    } else if (item.kind === 'rule') {
      const many = items.length > 1 ? ` × ${items.length}` : ''
      out.push(`  rule ${place(item.y, item.x, page, frame)} ${number(item.width)} × ${number(item.height)}${many}`)
    } else if (item.kind === 'image') {
      const { path } = set.images[item.image]!
      const size = `${number(item.width)} × ${number(item.height)}`
      out.push(`  image ${place(item.y, item.x, page, frame)} ${size} ${path} ${pathOf(item.tag, set) || 'artifact'}`)
    } else out.push(`  path ${pathOf(item.tag, set)}`)
  }
  return out
}

function change(before: TextRun, run: TextRun, set: Typeset, frame: Frame): string {
  const face = faceOf(run, set, frame)
  return face === faceOf(before, set, frame) ? '' : face || '‹›'
}

/** '‹Italic›' and such, where a run is not in the upright text face at the size of the text. */
function faceOf(run: TextRun, set: Typeset, frame: Frame): string {
  const font = set.fonts[run.font]!
  const own = font.name === set.fonts[0]!.name ? '' : font.name.replace(/^EBGaramond-/, '')
  const size = Math.abs(run.size - frame.size) < 0.01 ? '' : String(number(run.size))
  return own || size ? `‹${[own, size].filter(Boolean).join(' ')}›` : ''
}
