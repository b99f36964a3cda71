// The cells of a table and its room go in; the widths of its columns come out, after CSS's automatic table layout.
import { DIVISIBLE } from '../breaking/break-lines.js'
import { naturalWidth, widestPiece } from '../text/lines.js'
import type { Paragraph } from '../text/piece.js'

export interface Spread {
  paragraph: Paragraph
  column: number
  span: number
  /** Room that it needs beside its words, points. */
  extra: number
}

export interface Columns<Cell extends Spread> {
  widths: number[]
  /** Between columns, points; narrower than asked for where the words would not fit else. */
  gutter: number
  /** As they are to be broken: words may be divided where nothing else fits. */
  cells: readonly (readonly Cell[])[]
  /** False: words have to be cut where their language does not divide them. */
  fits: boolean
}

/** Of the gutter, where columns are many. */
const LEAST_GUTTER = 0.4
/** Of the whole width: what gutters take at most. */
const MOST_GUTTERS = 0.25
/** So that a sum of widths in another order still fits. */
const SLACK = 0.1

/** `divided` collects the same cells in letters that may be hyphenated; asked only where whole words do not fit. Lengths in points. */
export function columnWidths<Cell extends Spread>(
  whole: readonly (readonly Cell[])[],
  columns: number,
  width: number,
  gutter: number,
  divided: () => readonly (readonly Cell[])[],
): Columns<Cell> {
  const gaps = columns - 1
  const least = byColumn(whole, columns, gutter, widestPiece)
  const most = byColumn(whole, columns, gutter, naturalWidth).map((w, i) => Math.max(w, least[i]!))
  const needed = total(least)
  const narrow = Math.min(gutter * LEAST_GUTTER, (width * MOST_GUTTERS) / Math.max(1, gaps))
  const between = gaps > 0 ? Math.max(narrow, Math.min(gutter, (width - needed) / gaps)) : gutter
  if (needed + between * gaps <= width + 1e-6)
    return { widths: share(least, most, width - between * gaps), gutter: between, cells: whole, fits: true }
  const room = width - narrow * gaps
  // what is too wide narrows its own column: those that need no more than the widest that fits keep their words whole
  const cap = capOf(least, room)
  const isWide = (cell: Spread) => {
    for (let i = cell.column; i < cell.column + cell.span; i++) if (least[i]! > cap) return true
    return false
  }
  const parted = divided()
  const cells = whole.map((row, r) => row.map((cell, i) => (isWide(cell) ? parted[r]![i]! : cell)))
  const parts = byColumn(parted, columns, narrow, widestPart).map((w, i) =>
    least[i]! > cap ? Math.min(w, least[i]!) : least[i]!,
  )
  const fits = total(parts) <= room
  const widths = fits
    ? share(parts, least, room)
    : share(
        least.map((w) => (w > cap ? 0 : w)),
        parts,
        room,
      )
  return { widths, gutter: narrow, cells, fits }
}

/** The width at which columns that want more of the room are cut, so that all of them fit. */
function capOf(least: readonly number[], room: number): number {
  const sorted = [...least].sort((a, b) => a - b)
  let left = room
  for (const [i, width] of sorted.entries()) {
    const even = left / (sorted.length - i)
    if (width > even) return even
    left -= width
  }
  return Number.POSITIVE_INFINITY
}

/** The widest of what stands in each column alone; what spans columns widens them evenly as far as it must. */
function byColumn(
  cells: readonly (readonly Spread[])[],
  columns: number,
  gutter: number,
  of: (paragraph: Paragraph) => number,
): number[] {
  const widths = new Array<number>(columns).fill(0)
  const spanning: Spread[] = []
  for (const row of cells) {
    for (const cell of row) {
      if (cell.span === 1) widths[cell.column] = Math.max(widths[cell.column]!, of(cell.paragraph) + cell.extra + SLACK)
      else spanning.push(cell)
    }
  }
  spanning.sort((a, b) => a.span - b.span)
  for (const { paragraph, column, span } of spanning) {
    let there = gutter * (span - 1)
    for (let i = column; i < column + span; i++) there += widths[i]!
    const missing = of(paragraph) + SLACK - there
    if (missing > 0) for (let i = column; i < column + span; i++) widths[i]! += missing / span
  }
  return widths
}

/**
 * Columns that want less than an even share get all that they want, the narrowest first; the others get their least,
 * and of what is left more the more they could use, but not in proportion: a long text is not to crush a short one.
 */
function share(least: readonly number[], most: readonly number[], room: number): number[] {
  if (total(most) <= room) return [...most]
  const widths = [...least]
  let left = room
  let owed = total(least)
  let open = most.map((_, i) => i).sort((a, b) => most[a]! - most[b]! || a - b)
  const give = (i: number, width: number) => {
    widths[i] = width
    left -= width
    owed -= least[i]!
  }
  let at = 0
  for (; at < open.length; at++) {
    const i = open[at]!
    if (most[i]! > left / (open.length - at) || left - most[i]! < owed - least[i]!) break
    give(i, most[i]!)
  }
  open = open.slice(at)
  while (open.length > 0) {
    const weight = (i: number) => Math.sqrt(Math.max(0, most[i]! - least[i]!))
    let weights = 0
    for (const i of open) weights += weight(i)
    const spare = Math.max(0, left - owed)
    const width = (i: number) => least[i]! + (weights > 0 ? (spare * weight(i)) / weights : 0)
    const full = new Set(open.filter((i) => width(i) > most[i]!))
    if (full.size === 0) {
      for (const i of open) widths[i] = width(i)
      break
    }
    for (const i of full) give(i, most[i]!)
    open = open.filter((i) => !full.has(i))
  }
  return widths
}

function total(widths: readonly number[]): number {
  let sum = 0
  for (const width of widths) sum += width
  return sum
}

/** Width of the widest part that a paragraph has once all its words are divided wherever they may be. */
export function widestPart(p: Paragraph): number {
  const { ends } = p
  let widest = 0
  for (let k = 0; k < ends.count; k++) {
    let from = k > 0 ? ends.inkAfter[k - 1]! : 0
    const space = k > 0 ? ends.space[k]! - ends.spaceAfter[k - 1]! : ends.space[k]!
    if ((ends.flags[k]! & DIVISIBLE) !== 0) {
      const d = p.divide(k)
      for (let i = 0; i < d.count; i++) {
        widest = Math.max(widest, d.ink[i]! - from)
        from = d.inkAfter[i]!
      }
    }
    widest = Math.max(widest, ends.ink[k]! - from + space)
  }
  return widest
}

/** Lets words that are wider than `measure` end a line behind any of their letters: the last resort. */
export function cutAnywhere(p: Paragraph, measure: number): void {
  const { ends, divide } = p
  for (let k = 0; k < ends.count; k++) ends.flags[k]! |= DIVISIBLE
  p.divide = (k) => {
    const d = divide(k)
    const at = p.last[k]!
    const box = p.boxes[at]!
    const segment = p.segments[p.segment[at]!]!
    const { lettering, shape } = segment
    const widthOf = (b: typeof box) => (b.width / 1000) * lettering.size + b.codes.length * lettering.tracking
    const whole = widthOf(box)
    if (whole <= measure || segment.replace !== undefined || segment.image || box.actual !== undefined) return d
    const text = box.text
    const before = ends.ink[k]! - whole
    const glyphs = ends.glyphs[k]! - box.codes.length
    d.count = 0
    for (const { index } of text.matchAll(/\P{M}/gu)) {
      if (index === 0) continue
      if (d.count >= d.mark.length) break
      const head = shape.of(text.slice(0, index))
      const tail = shape.of(text.slice(index))
      const i = d.count++
      d.mark[i] = index
      d.ink[i] = before + widthOf(head)
      d.glyphs[i] = glyphs + head.codes.length
      d.inkAfter[i] = ends.ink[k]! - widthOf(tail)
      d.glyphsAfter[i] = ends.glyphs[k]! - tail.codes.length
      d.hangRight[i] = 0
      d.hangLeft[i] = 0
      d.penalty[i] = 2000
      d.flags[i] = 0
    }
    return d
  }
}
