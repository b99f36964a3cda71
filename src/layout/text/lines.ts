// A paragraph that has been broken, and one of its lines: where it begins, how wide it is, whose tags are in it.
import type { Lines } from '../breaking/break-lines.js'
import type { Letters } from '../breaking/even-letters.js'
import type { Limits } from '../breaking/line-limits.js'
import { addTag, type Sheet } from '../sheet.js'
import type { Inline, Paragraph } from './piece.js'
import { type Box, DIVISION } from './shaped-box.js'
import { withoutInvisible } from './shaped-faces.js'

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
export interface Measured {
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

export function measureLine(b: BrokenParagraph, line: number): Measured {
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
  // a first line begins where all its sisters do: nothing hangs there
  const hangLeft =
    offset === 0 && !isBegun(b, line) ? (first.left / 1000) * p.segments[p.segment[from]!]!.lettering.size : 0
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

/** The tag of an inline element, by its index; of the paragraph itself, for -1. */
export type TagOf = (sheet: Sheet, at: number) => number

/** Tags of a paragraph's inline elements, made when first painted, the same over all pages. */
export function inlineTags(inlines: readonly Inline[], own: number): TagOf {
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

/** Is it a first line, the paragraph's or one that the author began? */
function isBegun(b: BrokenParagraph, line: number): boolean {
  if (line === 0) return true
  return b.restarts && b.lines.marks[line - 1] === 0 && (b.paragraph.ends.flags[b.lines.ends[line - 1]!]! & 2) !== 0
}

export function insetOf(b: BrokenParagraph, line: number): number {
  return b.insets[isBegun(b, line) ? 0 : Math.min(line, b.insets.length - 1)] ?? 0
}
