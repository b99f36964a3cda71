// Collecting a paragraph: prose and its style go in; shaped pieces, the spaces between them and the places where a line
// may end come out, ready for the line breaker.

import type { Prose } from '../model/book.js'
import { DIVISIBLE, type Divisions, type Ends, FORCED, HYPHEN, MAX_PENALTY } from './breaklines.js'
import { joins, mayJoin, PARTS, partsOf } from './breaks.js'
import { type Box, DIVISION, type FontBook, HASH_SEED, HASH_STEP } from './fontbook.js'
import { type Inline, type Segment, type Setting, segmentsOf } from './segments.js'
import type { Lettering, PrintStyle } from './styles.js'

/** Shaped pieces in order; index i in every array is the same piece. */
export interface Paragraph {
  prose: Prose
  style: PrintStyle
  segments: Segment[]
  inlines: Inline[]
  boxes: Box[]
  /** Index into segments. */
  segment: number[]
  /** Offset in the prose of the piece's first character. */
  start: number[]
  /** Natural width of the space after the piece, points; 0 for none. */
  space: number[]
  ends: Ends
  /** By end: the last piece before it. */
  last: number[]
  language: string
  divide: (end: number) => Divisions
  /** Characters that no face can show. */
  missing: { char: string; offset: number }[]
}

export interface Collector {
  collect(prose: Prose, style: PrintStyle, language: string, justified: boolean): Paragraph
}

const NO_SPACE = 0
const SOFT = 1
const HARD = 2

export function createCollector(book: FontBook, setting: Setting): Collector {
  const styles = setting.styles

  /** The natural width of a piece in points, with its letter-spacing. */
  const widthOf = (box: Box, l: Lettering) => (box.width / 1000) * l.size + box.codes.length * l.tracking

  const collect = (prose: Prose, style: PrintStyle, language: string, justified: boolean): Paragraph => {
    const { segments, inlines } = segmentsOf(prose, style, language, setting)
    const boxes: Box[] = []
    const segment: number[] = []
    const start: number[] = []
    const space: number[] = []
    const missing: { char: string; offset: number }[] = []
    // ends, one array each
    const last: number[] = []
    const penalty: number[] = []
    const flags: number[] = []
    const text = prose.text
    let wordStart = 0
    let wordEnd = 0
    let pendingJoin = false

    const end = (price: number, kind: number) => {
      if (boxes.length === 0 || (last.length > 0 && last[last.length - 1] === boxes.length - 1)) return
      last.push(boxes.length - 1)
      penalty.push(price)
      flags.push(kind)
    }

    const put = (s: number, shown: string, from: number) => {
      boxes.push(segments[s]!.shape.of(shown))
      segment.push(s)
      start.push(from)
      space.push(0)
    }

    const word = (s: number, from: number, to: number) => {
      const seg = segments[s]!
      if (to - from > LONGEST) {
        // no word: it is parted where it must be, so that a line can end
        for (let at = from; at < to; ) {
          let until = Math.min(to, at + LONGEST)
          if (until < to && isLowSurrogate(text, until)) until--
          word(s, at, until)
          if (until < to) end(seg.verbatim ? 300 : 2000, 0)
          at = until
        }
        return
      }
      const raw = text.slice(from, to)
      const shown = seg.lettering.upper ? upper(raw) : raw
      const parts = partsOf(shown)
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i]!
        const piece = parts.length === 1 ? shown : shown.slice(part.start, part.end)
        const runs = seg.plain ? undefined : book.runs(seg.lettering.face, styles.fallback, piece)
        if (!runs || (runs.length === 1 && runs[0]!.face === seg.lettering.face)) put(s, piece, from + part.start)
        else {
          for (const run of runs) {
            const bit = piece.slice(run.start, run.end)
            const offset = from + part.start + run.start
            if (run.face >= 0) put(segmentFor(s, run.face), bit, offset)
            else
              for (const char of bit) {
                missing.push({ char, offset })
                // never a box or a hole: the character's number stands for it
                put(s, `[U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`, offset)
              }
          }
        }
        if (i < parts.length - 1) end(part.penalty, part.hyphen ? HYPHEN : 0)
      }
    }

    const borrowed = new Map<string, number>()
    const segmentFor = (s: number, face: number): number => {
      const key = `${s} ${face}`
      let made = borrowed.get(key)
      if (made === undefined) {
        made = segments.length
        const own = segments[s]!
        // a fallback face has no small capitals or old-style figures to offer
        segments.push({
          ...own,
          lettering: { ...own.lettering, face, features: '' },
          shape: book.boxes(face, '', own.language),
        })
        borrowed.set(key, made)
      }
      return made
    }

    const count = segments.length
    for (let s = 0; s < count; s++) {
      const seg = segments[s]!
      let i = seg.start
      const stop = seg.end
      if (seg.replace !== undefined) {
        if (pendingJoin) end(0, DIVISIBLE)
        pendingJoin = false
        put(s, seg.replace, seg.start)
        continue
      }
      const quick = seg.plain && !seg.lettering.upper
      while (i < stop) {
        const c = text.charCodeAt(i)
        const kind = c === 0x20 || c === 0x09 || c === 0x3000 ? SOFT : c === 0xa0 ? HARD : NO_SPACE
        if (c === 0x0a) {
          end(0, FORCED)
          pendingJoin = false
          i++
          continue
        }
        if (kind !== NO_SPACE && seg.verbatim && style.role === 'code') {
          // code keeps its spaces; a tab is four
          let j = i + 1
          while (j < stop && (text.charCodeAt(j) === 0x20 || text.charCodeAt(j) === 0x09)) j++
          put(s, text.slice(i, j).replace(/\t/g, '    '), i)
          end(0, 0)
          i = j
          continue
        }
        if (kind !== NO_SPACE) {
          const at = boxes.length - 1
          if (kind === HARD && at < 0) {
            // a leading no-break space is an indent that the author wants
            put(s, '\u00a0', i)
          } else if (at >= 0) {
            // spaces that follow each other are one
            if (space[at] === 0)
              space[at] = kind === HARD && last.length > 0 && last[last.length - 1] === at ? 0 : seg.lettering.space
            if (kind === SOFT) {
              pendingJoin = true
            } else pendingJoin = false
          }
          i++
          continue
        }
        // one walk over the word: its end, its hash, and whether it could be parted
        let j = i
        let hash = HASH_SEED
        let whole = quick
        while (j < stop) {
          const d = text.charCodeAt(j)
          if (d === 0x20 || d === 0x0a || d === 0xa0 || d === 0x09 || d === 0x3000) break
          if (PARTS[d] === 1) whole = false
          hash = Math.imul(hash ^ d, HASH_STEP)
          j++
        }
        const begins = i === 0 || !isLetterBefore(text, i)
        if (pendingJoin) {
          if (
            !mayJoin(text, wordStart, wordEnd, c) ||
            !joins(text.slice(wordStart, wordEnd), text.slice(i, Math.min(j, i + 24)), seg.language)
          )
            end(0, DIVISIBLE)
          pendingJoin = false
        }
        if (whole && j - i <= LONGEST) {
          boxes.push(seg.shape.at(text, i, j, hash))
          segment.push(s)
          start.push(i)
          space.push(0)
        } else word(s, i, j)
        if (begins) wordStart = i
        wordEnd = j
        i = j
      }
    }
    if (boxes.length > 0) {
      // the paragraph's end; a space or a line break behind the last word counts for nothing
      space[boxes.length - 1] = 0
      while (last.length > 0 && last[last.length - 1] === boxes.length - 1) {
        last.pop()
        penalty.pop()
        flags.pop()
      }
      last.push(boxes.length - 1)
      penalty.push(0)
      flags.push(DIVISIBLE)
    }
    const ends = sum(boxes, segment, segments, space, last, penalty, flags, widthOf)
    const paragraph: Paragraph = {
      prose,
      style,
      segments,
      inlines,
      boxes,
      segment,
      start,
      space,
      ends,
      last,
      language,
      divide: never,
      missing,
    }
    paragraph.divide = divider(paragraph, setting, widthOf, justified)
    return paragraph
  }
  return { collect }
}

function never(): Divisions {
  throw new Error('a paragraph that is not finished')
}

function isLetterBefore(text: string, i: number): boolean {
  const c = text.charCodeAt(i - 1)
  return c !== 0x20 && c !== 0x0a && c !== 0xa0
}

function sum(
  boxes: Box[],
  segment: number[],
  segments: Segment[],
  space: number[],
  last: number[],
  penalty: number[],
  flags: number[],
  widthOf: (box: Box, l: Lettering) => number,
): Ends {
  const n = last.length
  // one allocation for all: paragraphs are many and short
  const room = new Float64Array(n * 9 + 1)
  const part = (i: number) => room.subarray(i * n, i * n + n)
  const e: Ends = {
    count: n,
    ink: part(0),
    space: part(1),
    glyphs: part(2),
    inkAfter: part(0),
    spaceAfter: part(4),
    glyphsAfter: part(2),
    hangRight: part(6),
    hangLeft: room.subarray(7 * n, 8 * n + 1),
    penalty: room.subarray(8 * n + 1, 9 * n + 1),
    flags: Uint8Array.from(flags),
  }
  let ink = 0
  let spaces = 0
  let glyphs = 0
  let k = 0
  for (let i = 0; i < boxes.length; i++) {
    const box = boxes[i]!
    const l = segments[segment[i]!]!.lettering
    const image = segments[segment[i]!]!.image
    ink += image ? image.width : widthOf(box, l)
    glyphs += box.codes.length
    if (k < n && last[k] === i) {
      e.ink[k] = ink
      e.glyphs[k] = glyphs
      e.space[k] = spaces
      e.spaceAfter[k] = spaces + space[i]!
      e.hangRight[k] = (box.right / 1000) * l.size
      const next = boxes[i + 1]
      e.hangLeft[k] = next ? (next.left / 1000) * segments[segment[i + 1]!]!.lettering.size : 0
      e.penalty[k] = Math.min(MAX_PENALTY, penalty[k]!)
      k++
    }
    spaces += space[i]!
  }
  const first = boxes[0]
  e.hangLeft[n] = first ? (first.left / 1000) * segments[segment[0]!]!.lettering.size : 0
  return e
}

/** More letters than any word has. */
const LONGEST = 160

/** Capitals for all letters that stay one letter. */
function upper(text: string): string {
  const whole = text.toUpperCase()
  if (whole.length === text.length) return whole
  return [...text].map((c) => (c.toUpperCase().length === c.length ? c.toUpperCase() : c)).join('')
}

const LETTERS = /[\p{L}\p{M}\u00ad]{5,}/gu
/** Where a word has no division that its language allows and is longer than this, it may be cut anywhere, at a price. */
const LONG = 24
/** Price of leaving fewer letters than the language's minimum. */
const TOO_SHORT = 450

/** Finds where the piece before an end may be divided. The arrays are used again by the next call. */
function divider(
  p: Paragraph,
  setting: Setting,
  widthOf: (box: Box, l: Lettering) => number,
  justified: boolean,
): (end: number) => Divisions {
  return (k) => {
    const d = setting.divisions
    d.count = 0
    const at = p.last[k]!
    const box = p.boxes[at]!
    const seg = p.segments[p.segment[at]!]!
    if (seg.replace !== undefined || box.actual !== undefined) return d
    const text = box.text
    const before = p.ends.ink[k]! - widthOf(box, seg.lettering)
    const glyphsBefore = p.ends.glyphs[k]! - box.codes.length
    const advances = setting.book.fonts[seg.lettering.face]!.codes
    const offer = (offset: number, hyphen: boolean, price: number) => {
      if (d.count >= d.mark.length) return
      const l = seg.lettering
      const hyphenBox = seg.shape.of(DIVISION)
      // where glyphs part with the letters, their advances tell both halves; a ligature has to be shaped anew
      let n = 0
      let width = 0
      while (n < box.codes.length && box.clusters[n]! < offset) {
        width += advances[box.codes[n]!]!.advance + box.shifts[n]!
        n++
      }
      let headWidth: number
      let headCodes: number
      let tailWidth: number
      let tailCodes: number
      let hang = hyphen ? hyphenBox.right : 0
      if (n > 0 && box.clusters[n] === offset) {
        const kern = box.shifts[n - 1]!
        headWidth = width - kern + (hyphen ? hyphenBox.width : 0)
        headCodes = n + (hyphen ? 1 : 0)
        tailWidth = box.width - width
        tailCodes = box.codes.length - n
      } else {
        const head = seg.shape.of(text.slice(0, offset) + (hyphen ? DIVISION : ''))
        const tail = seg.shape.of(text.slice(offset))
        headWidth = head.width
        headCodes = head.codes.length
        tailWidth = tail.width
        tailCodes = tail.codes.length
        hang = head.right
      }
      const i = d.count++
      d.mark[i] = offset
      d.ink[i] = before + (headWidth / 1000) * l.size + headCodes * l.tracking
      d.glyphs[i] = glyphsBefore + headCodes
      d.inkAfter[i] = p.ends.ink[k]! - ((tailWidth / 1000) * l.size + tailCodes * l.tracking)
      d.glyphsAfter[i] = p.ends.glyphs[k]! - tailCodes
      d.hangRight[i] = justified ? (hang / 1000) * l.size : 0
      d.hangLeft[i] = 0
      d.penalty[i] = price
      d.flags[i] = hyphen ? HYPHEN : 0
    }
    if (seg.verbatim) {
      for (let i = 4; i < text.length - 1; i++) if (!isLowSurrogate(text, i)) offer(i, false, 300)
      return d
    }
    // the author's own soft hyphens hold everywhere, patterns only where the style divides words
    const own = text.indexOf('\u00ad') >= 0
    if (own) {
      for (let at = text.indexOf('\u00ad', 1); at >= 0 && at < text.length - 1; at = text.indexOf('\u00ad', at + 1))
        offer(at + 1, true, 0)
    }
    const hyphenator = !own && p.style.hyphenate && seg.hyphenate ? setting.styles.hyphenator(seg.language) : undefined
    if (hyphenator) {
      LETTERS.lastIndex = 0
      for (let m = LETTERS.exec(text); m; m = LETTERS.exec(text)) {
        const word = m[0]
        // a genitive's ’s goes with the letters before it; too short an end is offered as a last resort
        const tail = /^[’']\p{L}/u.test(text.slice(m.index + word.length)) ? 2 : 0
        const [left, right] = hyphenator.minima
        for (const offset of hyphenator.divide(word))
          offer(m.index + offset, true, offset < left || word.length + tail - offset < right ? TOO_SHORT : 0)
      }
    }
    if (d.count === 0 && text.length > LONG) {
      for (let at = 3; at < text.length - 2; at++)
        if (!isLowSurrogate(text, at)) offer(at, /^\p{L}\p{L}$/u.test(text.slice(at - 1, at + 1)), 2000)
    }
    return d
  }
}

function isLowSurrogate(text: string, i: number): boolean {
  const c = text.charCodeAt(i)
  return (c >= 0xdc00 && c <= 0xdfff) || (c >= 0x300 && c <= 0x36f)
}
