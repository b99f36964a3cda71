// Finishing a line: a paragraph, one of its lines and a place on the page go in; text runs, links and anchors come out.
import { evenLetters } from '../breaking/even-letters.js'
import type { Sheet } from '../sheet.js'
import type { Item, TextRun } from '../typeset.js'
import {
  type BrokenParagraph,
  insetOf,
  lineStart,
  type Measured,
  measureLine,
  startOffset,
  type TagOf,
} from './lines.js'
import { extendLink, flushLink, type LinkRange } from './linkrange.js'
import type { Paragraph, Segment } from './piece.js'
import type { Box } from './shaped-box.js'
import type { ShapedFaces } from './shaped-faces.js'

/** What a text reads as that another place has said already: not quite nothing, which PDFium takes for no answer at all. */
const NOTHING = '\u200b'

/** Of what a line leaves empty: how much stands before it. */
const SHARE = { justify: 0, left: 0, center: 0.5, right: 1 }

/** How a line is filled: what becomes of its letters and its spaces, and where it begins. */
interface Fill {
  at: number
  /** Of all widths. */
  stretch: number
  /** Between letters, points. */
  track: number
  /** Of the spaces between words. */
  open: number
}

/** `filled`: it is to be as long as the measure, or as its paragraph's other lines. */
function fillLine(b: BrokenParagraph, m: Measured, line: number, x: number, filled: boolean): Fill {
  const { limits } = b
  const inset = insetOf(b, line)
  const width = b.measure - inset
  const fill: Fill = { at: x + inset, stretch: 1, track: 0, open: 1 }
  if (!b.justified) {
    const rest = width - m.ink - m.space
    fill.at += rest * (b.turned && line > 0 ? 1 : SHARE[b.align])
    return fill
  }
  fill.at -= m.hangLeft
  b.letters ??= evenLetters(b.lines, b.paragraph.ends, limits, b.paragraph.divide)
  const q = b.letters.give[line]!
  const stretch = 1 + (q >= 0 ? limits.expand : limits.condense) * q
  fill.stretch = stretch
  fill.track = (q >= 0 ? limits.trackOut : limits.trackIn) * q
  const goal = width + m.hangLeft + m.hangRight
  const rest = goal - m.ink * stretch - m.glyphs * fill.track
  if (!filled) fill.open = 1 + b.letters.spaces[line]!
  else if (m.space > 0) fill.open = rest / m.space / stretch
  else if (Math.abs(rest) > 0.01 && b.lines.ratios[line]! < 1.01)
    fill.stretch = Math.min(1 + limits.expand, Math.max(1 - limits.condense, (stretch * goal) / (goal - rest)))
  return fill
}

/** Paints one line. `x` is the left edge of the paragraph's measure, `y` the baseline. Returns the x behind its ink. */
export function paintLine(
  b: BrokenParagraph,
  line: number,
  x: number,
  y: number,
  sheet: Sheet,
  faces: ShapedFaces,
  tagOf: TagOf,
): number {
  const p = b.paragraph
  const m = measureLine(b, line)
  const final = line === b.lines.ends.length - 1
  const forced = !final && b.lines.marks[line] === 0 && (p.ends.flags[b.lines.ends[line]!]! & 2) !== 0
  const filled = !(final || forced)
  const fill = fillLine(b, m, line, x, filled)
  // a line that ends at a space or a line break keeps the space as text, behind its ink, so that words stay apart
  const { from: begin, to: end } = m
  const keepsSpace = forced || (final ? b.spaced : b.lines.marks[line] === 0 && p.space[end]! > 0)
  const items = sheet.page.items
  const link: LinkRange = { inline: -1, from: 0, to: 0 }
  const { lines } = sheet.page
  const firstItem = items.length
  const offsets: number[] = []
  for (let i = begin, j = begin; i <= end; i = j) {
    const segment = p.segments[p.segment[i]!]!
    const { size } = segment.lettering
    const from = fill.at
    openAnchors(p, segment, i, i === begin, line, b, sheet, from, y)
    if (segment.image) {
      j = i + 1
      paintImage(segment, segment.image, sheet, fill, y, tagOf)
      if (i < end) fill.at += p.space[i]! * fill.open * fill.stretch
    } else {
      j = paintRun(p, m, i, keepsSpace, sheet, fill, y, faces, tagOf)
      if (segment.line !== 'none') items.push(decoration(segment, from, fill.at, y, size))
    }
    if (lines !== undefined) {
      const offset = i === begin ? startOffset(b, line) : p.start[i]!
      while (offsets.length < items.length - firstItem) offsets.push(offset + b.skipped)
    }
    extendLink(p.inlines, segment, from, fill.at, y, size, link, sheet, tagOf)
  }
  flushLink(p.inlines, link, y, p.style.lettering.size, sheet, tagOf)
  const inset = insetOf(b, line)
  lines?.push({
    n: p.prose.n,
    from: firstItem,
    to: items.length,
    offsets,
    x: x + inset,
    width: b.measure - inset,
    y,
    leading: p.style.leading,
    loose: b.justified && filled ? b.lines.ratios[line]! : undefined,
    divided: m.after !== undefined,
    last: final,
  })
  return fill.at
}

/** Pieces from `i` on that are set alike. Returns the piece behind them; moves `fill.at` there. */
function paintRun(
  p: Paragraph,
  m: Measured,
  i: number,
  keepsSpace: boolean,
  sheet: Sheet,
  fill: Fill,
  y: number,
  faces: ShapedFaces,
  tagOf: TagOf,
): number {
  const { to: end } = m
  const { open, stretch } = fill
  const segment = p.segments[p.segment[i]!]!
  const l = segment.lettering
  const actual = i === m.from && m.rest ? NOTHING : boxAt(p, m, i).actual
  let count = 0
  let spaces = 0
  let j = i
  for (; j <= end; j++) {
    const box = boxAt(p, m, j)
    if (j > i && (actual !== undefined || box.actual !== undefined || !alike(segment, p.segments[p.segment[j]!]!)))
      break
    count += box.codes.length
    if (j < end ? p.space[j]! > 0 : keepsSpace) spaces++
  }
  const codes = faces.slab.units(count + spaces)
  const shifts = faces.slab.shifts(count + spaces)
  let rises: Int16Array | undefined
  const tracking = l.tracking + fill.track / stretch
  const gap = segment.shape.of(' ')
  const gapCode = gap.codes[0] ?? 0
  const gapWidth = gap.width
  const from = fill.at
  let at = from
  let c = 0
  let shifted = 0
  for (let k = i; k < j; k++) {
    const box = boxAt(p, m, k)
    const n = box.codes.length
    if (box.rises) {
      rises ??= new Int16Array(count + spaces)
      rises.set(box.rises, c)
    }
    for (let g = 0; g < n; g++, c++) {
      codes[c] = box.codes[g]!
      shifts[c] = box.shifts[g]!
      shifted |= shifts[c]!
    }
    at += ((box.width / 1000) * l.size + n * tracking) * stretch
    const natural = p.space[k]!
    if (k < end ? natural > 0 : keepsSpace) {
      codes[c] = gapCode
      if (k < end) {
        // the wanted space, less what the code and the tracking give already
        const wanted = natural * open
        shifts[c] = Math.round(((wanted - tracking) / l.size) * 1000 - gapWidth)
        shifted |= shifts[c]!
        at += wanted * stretch
      }
      c++
    }
  }
  fill.at = at
  const run: TextRun = {
    kind: 'text',
    tag: tagOf(sheet, segment.inline),
    font: l.face,
    size: l.size,
    x: from,
    y: y - l.rise,
    stretch,
    tracking,
    codes,
    shifts: shifted !== 0 ? shifts : undefined,
    rises,
    colour: l.colour,
    actual: actual === undefined ? undefined : spaces === 0 ? actual : actual === NOTHING ? ' ' : `${actual} `,
    margin: undefined,
  }
  const { items } = sheet.page
  if (j > end && m.after !== undefined) pushDivided(items, run, m.after, at, faces)
  else if (c > 0) items.push(run)
  return j
}

function paintImage(
  { inline }: Segment,
  { index, width, height }: NonNullable<Segment['image']>,
  sheet: Sheet,
  fill: Fill,
  y: number,
  tagOf: TagOf,
): void {
  sheet.page.items.push({
    kind: 'image',
    tag: inline >= 0 ? tagOf(sheet, inline) : -1,
    image: index,
    x: fill.at,
    y: y - height * 0.85,
    width,
    height,
  })
  fill.at += width
}

/**
 * A run that ends with the hyphen of a divided word: the hyphen reads as the rest of the word, and the rest, on the next line,
 * as nothing (ISO 32000-1, 14.9.4). `right` is where the hyphen ends.
 */
function pushDivided(items: Item[], run: TextRun, after: string, right: number, faces: ShapedFaces): void {
  const last = run.codes.length - 1
  const code = run.codes[last]!
  const advance = ((faces.fonts[run.font]!.codes[code]!.advance + (run.shifts?.[last] ?? 0)) / 1000) * run.size
  if (last > 0)
    items.push({
      ...run,
      codes: run.codes.subarray(0, last),
      shifts: run.shifts?.subarray(0, last),
      rises: run.rises?.subarray(0, last),
    })
  items.push({
    ...run,
    x: right - (advance + run.tracking) * run.stretch,
    codes: run.codes.subarray(last),
    shifts: run.shifts?.subarray(last),
    rises: run.rises?.subarray(last),
    actual: after,
  })
}

function boxAt(p: Paragraph, m: Measured, i: number): Box {
  return i === m.from ? m.first : i === m.to ? m.last : p.boxes[i]!
}

/** Can these stand in one run? */
function alike(a: Segment, b: Segment): boolean {
  return a === b || (a.lettering === b.lettering && a.inline === b.inline && a.line === b.line && !b.image)
}

function decoration(segment: Segment, from: number, to: number, y: number, size: number): Item {
  const lift = segment.line === 'under' ? -size * 0.12 : size * 0.22
  return {
    kind: 'rule',
    tag: -1,
    x: from,
    y: y - lift,
    width: to - from,
    height: size * 0.05,
    colour: segment.lettering.colour,
  }
}

function openAnchors(
  p: Paragraph,
  segment: Segment,
  piece: number,
  begins: boolean,
  line: number,
  b: BrokenParagraph,
  sheet: Sheet,
  x: number,
  y: number,
): void {
  for (let at = segment.inline; at >= 0; at = p.inlines[at]!.parent) {
    const id = p.inlines[at]!.id
    if (id === undefined) continue
    // only where the element begins: it may run over lines
    const first = piece === 0 || !within(p, piece - 1, at)
    if (first && !(begins && lineStart(p, b.lines, line).offset > 0))
      sheet.page.anchors.push({ id, x, y: y - p.style.leading })
  }
}

function within(p: Paragraph, piece: number, inline: number): boolean {
  for (let at = p.segments[p.segment[piece]!]!.inline; at >= 0; at = p.inlines[at]!.parent)
    if (at === inline) return true
  return false
}
