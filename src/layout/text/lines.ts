// Finishing a line: a paragraph, one of its lines and a place on the page go in; text runs, links and anchors come out.
import type { Lines } from '../breaking/break-lines.js'
import { evenLetters, type Letters } from '../breaking/letters.js'
import type { Limits } from '../breaking/limits.js'
import { addTag, type Sheet } from '../pages/sheet.js'
import type { Item, TextRun } from '../typeset.js'
import { type Box, DIVISION } from './box.js'
import { extendLink, flushLink, type LinkRange } from './linkrange.js'
import type { Paragraph } from './piece.js'
import type { Inline, Segment } from './segments.js'
import { type ShapedFaces, withoutInvisible } from './shaped-faces.js'

/** A paragraph that has been broken, with the tags of its inline elements as far as they are made. */
export interface BrokenParagraph {
  paragraph: Paragraph
  lines: Lines
  /** What it was broken by. */
  limits: Limits
  measure: number
  /** By line, the last repeated. */
  insets: Float64Array
  justified: boolean
  align: 'justify' | 'left' | 'center' | 'right'
  /** Every line that the author began stands as the first does. */
  restarts: boolean
  /** All lines but the first stand at the right edge. */
  turned: boolean
  /** Its last line ends with a space for those who copy it: a line of verse or code is not its text's end. */
  spaced: boolean
  /** How its letters are set: found when its first line is painted. */
  letters: Letters | undefined
  /** UTF-16 units of the text that stand before it, in a letter of their own. */
  skipped: number
}

/** The first piece of a line and the offset in it. */
export function lineStart(p: Paragraph, lines: Lines, line: number): { piece: number; offset: number } {
  if (line === 0) return { piece: 0, offset: 0 }
  const end = lines.ends[line - 1]!
  const mark = lines.marks[line - 1]!
  return mark > 0 ? { piece: p.last[end]!, offset: mark } : { piece: p.last[end]! + 1, offset: 0 }
}

/** UTF-16 offset in the prose of a line's first character. */
export function startOffset(b: BrokenParagraph, line: number): number {
  const { piece, offset } = lineStart(b.paragraph, b.lines, line)
  return (b.paragraph.start[piece] ?? b.paragraph.prose.text.length) + offset
}

/** Does the line print a hyphen at its end, or stop behind one? */
export function endsDivided(b: BrokenParagraph, line: number): boolean {
  const mark = b.lines.marks[line]!
  if (mark > 0) return true
  return line < b.lines.ends.length - 1 && (b.paragraph.ends.flags[b.lines.ends[line]!]! & 1) !== 0
}

/** Ink and spaces of a line as it stands naturally: pieces [from, to], of which the first and the last may be cut. */
interface Measured {
  from: number
  to: number
  first: Box
  last: Box
  ink: number
  space: number
  glyphs: number
  hangLeft: number
  hangRight: number
  /** It begins with the rest of a word that the line before prints a hyphen in. */
  rest: boolean
  /** Of a line that ends with a printed hyphen: the rest of the word. */
  after: string | undefined
}

/** What a text reads as that another place has said already: not quite nothing, which PDFium takes for no answer at all. */
const NOTHING = '\u200b'

function measureLine(b: BrokenParagraph, line: number): Measured {
  const p = b.paragraph
  const { piece: from, offset } = lineStart(b.paragraph, b.lines, line)
  const end = b.lines.ends[line]!
  const mark = b.lines.marks[line]!
  const to = p.last[end]!
  let first = p.boxes[from]!
  let last = p.boxes[to]!
  const rest = offset > 0 && prints(p, b.lines.ends[line - 1]!, offset)
  let after: string | undefined
  if (offset > 0 && (from < to || mark === 0)) first = p.segments[p.segment[from]!]!.shape.of(first.text.slice(offset))
  if (mark > 0) {
    const text = last.text.slice(from === to ? offset : 0, mark)
    // a division inside an address prints no hyphen: the breaker's mark says only where
    const divided = prints(p, end, mark)
    if (divided && !(rest && from === to)) after = withoutInvisible(last.text.slice(mark))
    last = p.segments[p.segment[to]!]!.shape.of(text + (divided ? DIVISION : ''))
    if (from === to) first = last
  } else if (from === to) last = first
  let ink = 0
  let space = 0
  let glyphs = 0
  for (let i = from; i <= to; i++) {
    const seg = p.segments[p.segment[i]!]!
    const box = i === from ? first : i === to ? last : p.boxes[i]!
    const codes = box.codes.length
    ink += seg.image ? seg.image.width : (box.width / 1000) * seg.lettering.size + codes * seg.lettering.tracking
    glyphs += codes
    if (i < to) space += p.space[i]!
  }
  // an indented first line begins where all its sisters do: nothing hangs there
  const indented = line === 0 && insetOf(b, 0) > 0
  const hangLeft = offset === 0 && !indented ? (first.left / 1000) * p.segments[p.segment[from]!]!.lettering.size : 0
  const hangRight = (last.right / 1000) * p.segments[p.segment[to]!]!.lettering.size
  return { from, to, first, last, ink, space, glyphs, hangLeft, hangRight, rest, after }
}

/** Did the division at this mark print a hyphen? Asks the paragraph's own divider again. */
function prints(p: Paragraph, end: number, mark: number): boolean {
  const d = p.divide(end)
  for (let i = 0; i < d.count; i++) if (d.mark[i] === mark) return (d.flags[i]! & 1) !== 0
  return true
}

/** Width of the longest line if every line were set at its natural width. */
export function naturalWidth(p: Paragraph): number {
  let widest = 0
  let ink = 0
  let space = 0
  for (let k = 0; k < p.ends.count; k++) {
    if ((p.ends.flags[k]! & 2) !== 0 || k === p.ends.count - 1) {
      widest = Math.max(widest, p.ends.ink[k]! - ink + p.ends.space[k]! - space)
      ink = p.ends.inkAfter[k]!
      space = p.ends.spaceAfter[k]!
    }
  }
  return widest
}

/** Width of the widest piece between two ends. */
export function widestPiece(p: Paragraph): number {
  let widest = 0
  for (let k = 0; k < p.ends.count; k++) {
    const before = k > 0 ? p.ends.inkAfter[k - 1]! : 0
    const space = k > 0 ? p.ends.spaceAfter[k - 1]! : 0
    widest = Math.max(widest, p.ends.ink[k]! - before + p.ends.space[k]! - space)
  }
  return widest
}

/** Tags of a paragraph's inline elements, made when first painted, the same over all pages. */
export function inlineTags(inlines: readonly Inline[], own: number): (sheet: Sheet, at: number) => number {
  const made: number[] = []
  const tagOf = (sheet: Sheet, at: number): number => {
    if (at < 0 || own < 0) return own
    let tag = made[at]
    if (tag === undefined) {
      const inline = inlines[at]!
      tag = addTag(sheet.tags, {
        type: inline.type === 'Link' && inline.href === undefined ? 'Span' : inline.type,
        parent: tagOf(sheet, inline.parent),
        lang: inline.lang,
        alt: inline.alt,
        expansion: inline.expansion,
      })
      made[at] = tag
    }
    return tag
  }
  return tagOf
}

function insetOf(b: BrokenParagraph, line: number): number {
  const begun =
    line > 0 &&
    b.restarts &&
    b.lines.marks[line - 1] === 0 &&
    (b.paragraph.ends.flags[b.lines.ends[line - 1]!]! & 2) !== 0
  return b.insets[begun ? 0 : Math.min(line, b.insets.length - 1)] ?? 0
}

/** Of what a line leaves empty: how much stands before it. */
const SHARE = { justify: 0, left: 0, center: 0.5, right: 1 }

/** Paints one line. `x` is the left edge of the paragraph's measure, `y` the baseline. Returns the x behind its ink. */
export function paintLine(
  b: BrokenParagraph,
  line: number,
  x: number,
  y: number,
  sheet: Sheet,
  faces: ShapedFaces,
  tagOf: (sheet: Sheet, at: number) => number,
): number {
  const p = b.paragraph
  const m = measureLine(b, line)
  const inset = insetOf(b, line)
  const width = b.measure - inset
  const final = line === b.lines.ends.length - 1
  const forced = !final && b.lines.marks[line] === 0 && (p.ends.flags[b.lines.ends[line]!]! & 2) !== 0
  const r = b.lines.ratios[line]!
  let stretch = 1
  let track = 0
  let open = 1
  let at = x + inset
  const { limits } = b
  const filled = !(final || forced)
  if (b.justified) {
    at -= m.hangLeft
    b.letters ??= evenLetters(b.lines, p.ends, limits, p.divide)
    const q = b.letters.give[line]!
    stretch = 1 + (q >= 0 ? limits.expand : limits.condense) * q
    track = (q >= 0 ? limits.trackOut : limits.trackIn) * q
    const goal = width + m.hangLeft + m.hangRight
    const rest = goal - m.ink * stretch - m.glyphs * track
    if (!filled) open = 1 + b.letters.spaces[line]!
    else if (m.space > 0) open = rest / m.space / stretch
    else if (Math.abs(rest) > 0.01 && r < 1.01)
      stretch = Math.min(1 + limits.expand, Math.max(1 - limits.condense, (stretch * goal) / (goal - rest)))
  } else {
    const rest = width - m.ink - m.space
    at += rest * (b.turned && line > 0 ? 1 : SHARE[b.align])
  }

  // a line that ends at a space or a line break keeps the space as text, behind its ink, so that words stay apart
  const { from: begin, to: end } = m
  const keepsSpace = forced || (final ? b.spaced : b.lines.marks[line] === 0 && p.space[end]! > 0)
  // runs of pieces that are set alike
  const items = sheet.page.items
  const link: LinkRange = { inline: -1, from: 0, to: 0 }
  const { lines } = sheet.page
  const firstItem = items.length
  const offsets: number[] = []
  for (let i = begin, j = begin; i <= end; i = j) {
    const segment = p.segments[p.segment[i]!]!
    const l = segment.lettering
    const actual = i === begin && m.rest ? NOTHING : boxAt(p, m, i).actual
    const alone = actual !== undefined || segment.image !== undefined
    let count = 0
    let spaces = 0
    for (j = i; j <= end; j++) {
      const box = boxAt(p, m, j)
      if (j > i && (alone || box.actual !== undefined || !alike(segment, p.segments[p.segment[j]!]!))) break
      count += box.codes.length
      if (j < end ? p.space[j]! > 0 : keepsSpace) spaces++
    }
    const from = at
    openAnchors(p, segment, i, i === begin, line, b, sheet, at, y)
    if (segment.image) {
      const { index, width: w, height: h } = segment.image
      items.push({
        kind: 'image',
        tag: segment.inline >= 0 ? tagOf(sheet, segment.inline) : -1,
        image: index,
        x: at,
        y: y - h * 0.85,
        width: w,
        height: h,
      })
      at += w
      if (i < end) at += p.space[i]! * open * stretch
    } else {
      const codes = faces.slab.units(count + spaces)
      const shifts = faces.slab.shifts(count + spaces)
      let rises: Int16Array | undefined
      const tracking = l.tracking + track / stretch
      const gap = segment.shape.of(' ')
      const gapCode = gap.codes[0] ?? 0
      const gapWidth = gap.width
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
      if (j > end && m.after !== undefined) pushDivided(items, run, m.after, at, faces)
      else if (c > 0) items.push(run)
      if (segment.line !== 'none') items.push(decoration(segment, from, at, y, l.size))
    }
    if (lines !== undefined) {
      const offset = i === begin ? startOffset(b, line) : p.start[i]!
      while (offsets.length < items.length - firstItem) offsets.push(offset + b.skipped)
    }
    extendLink(p.inlines, segment, from, at, y, l.size, link, sheet, tagOf)
  }
  flushLink(p.inlines, link, y, p.style.lettering.size, sheet, tagOf)
  lines?.push({
    n: p.prose.n,
    from: firstItem,
    to: items.length,
    offsets,
    x: x + inset,
    width,
    y,
    leading: p.style.leading,
    loose: b.justified && filled ? r : undefined,
    divided: m.after !== undefined,
    last: final,
  })
  return at
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
