// Collecting a paragraph: prose and its style go in; shaped pieces, the spaces between them and the places where a line
// may end come out, ready for the line breaker.

import { capitals } from '../../theme/capitals.js'
import { DIVISIBLE, type Divisions, type Ends, FORCED, HYPHEN, MAX_PENALTY } from '../breaking/break-lines.js'
import { NAME_COMPOUND, SHORT_COMPOUND } from '../breaking/line-prices.js'
import { type Box, HASH_SEED, HASH_STEP, ROOM, SIZES } from './box.js'
import { bindsLetters, joins, mayJoin, PARTS, type Part, partsOf } from './breaks.js'
import { divider, isLowSurrogate, LONG } from './divide.js'
import { roomsAt } from './joints.js'
import type { Collector, Paragraph } from './piece.js'
import { numberOf } from './scripts.js'
import { type Segment, segmentsOf } from './segments.js'
import type { ShapedFaces } from './shaped-faces.js'
import type { Styles } from './styles.js'

const NO_SPACE = 0
const SOFT = 1
const HARD = 2

/** Keeps its working memory between paragraphs. One for a book: V8 optimises calls of the functions of one. */
export function createCollector(faces: ShapedFaces, styles: Styles): Collector {
  // The paragraph at hand, written over by the next: pieces, and ends behind them.
  let count = 0
  const number: number[] = []
  const segment: number[] = []
  const start: number[] = []
  const space: number[] = []
  let stops = 0
  const last: number[] = []
  const penalty: number[] = []
  const flags: number[] = []
  let source = ''
  let stretches: Segment[] = []
  let missing: Paragraph['missing'] = []
  /** By segment and face: the segment of what another face lends it. */
  let borrowed: Map<string, number> | undefined

  const end = (price: number, kind: number) => {
    if (count === 0 || (stops > 0 && last[stops - 1] === count - 1)) return
    last[stops] = count - 1
    penalty[stops] = price
    flags[stops] = kind
    stops++
  }

  /** As that, within a word: what has no width ends no line, or lines could end behind each of a thousand such. */
  const endWithin = (price: number, kind: number) => {
    const at = count - 1
    const isThin = at > 0 && stops > 0 && last[stops - 1] === at - 1 && space[at - 1] === 0
    if (!isThin || stretches[segment[at]!]!.shape.sizes[number[at]! * SIZES]! > 0) end(price, kind)
  }

  /** Is there more text since the last place where a line may end than any word has? */
  const isUnparted = (to: number) => {
    const from = stops > 0 ? last[stops - 1]! + 1 : 0
    return from < count && space[count - 1] === 0 && to - start[from]! > LONG
  }

  const put = (s: number, box: number, from: number) => {
    number[count] = box
    segment[count] = s
    start[count] = from
    space[count] = 0
    count++
  }

  const word = (s: number, from: number, to: number) => {
    const seg = stretches[s]!
    if (to - from > LONGEST) {
      // no word: it is parted where it must be, so that a line can end
      for (let at = from; at < to; ) {
        let until = Math.min(to, at + LONGEST)
        if (until < to && isLowSurrogate(source, until)) until--
        word(s, at, until)
        if (until < to) endWithin(seg.verbatim ? 300 : 2000, DIVISIBLE)
        at = until
      }
      return
    }
    const raw = source.slice(from, to)
    const shown = seg.lettering.upper ? capitals(raw, seg.language) : raw
    const origin = shown.length === raw.length ? undefined : originsOf(raw, shown, seg.language)
    const parts = partsOf(shown)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      const piece = parts.length === 1 ? shown : shown.slice(part.start, part.end)
      const runs = seg.plain ? undefined : faces.runs(seg.lettering.face, styles.fallback, piece)
      if (!runs || (runs.length === 1 && runs[0]!.face === seg.lettering.face))
        put(s, seg.shape.numberOf(piece), from + (origin?.[part.start] ?? part.start))
      else {
        for (const run of runs) {
          const bit = piece.slice(run.start, run.end)
          const at = part.start + run.start
          const offset = from + (origin?.[at] ?? at)
          if (run.face >= 0) borrow(s, run.face, bit, offset)
          else
            for (const char of bit) {
              if (missing.at(-1)?.offset === offset) end(seg.verbatim ? 300 : 1000, 0)
              missing.push({ char, offset })
              put(s, seg.shape.numberOf(numberOf(char)), offset)
            }
        }
      }
      if (i < parts.length - 1) {
        // what stands between two joints of an address may be longer than the line
        const long = seg.verbatim || part.end - part.start > LONG
        endWithin(
          part.penalty + (part.hyphen ? compoundPrice(parts, i, shown) : 0),
          (part.hyphen ? HYPHEN : 0) | (long ? DIVISIBLE : 0),
        )
      }
    }
  }

  const borrow = (s: number, face: number, shown: string, from: number) => {
    const key = `${s} ${face}`
    borrowed ??= new Map()
    let made = borrowed.get(key)
    if (made === undefined) {
      made = stretches.length
      const own = stretches[s]!
      // a fallback face has no small capitals or old-style figures to offer
      stretches.push({
        ...own,
        lettering: { ...own.lettering, face, features: '' },
        shape: faces.boxes(face, '', own.language),
      })
      borrowed.set(key, made)
    }
    put(made, stretches[made]!.shape.numberOf(shown), from)
  }

  const collect: Collector['collect'] = (prose, style, language, justified, setting) => {
    const found = segmentsOf(prose, style, language, setting)
    const { segments } = found
    const { text } = prose
    stretches = segments
    source = text
    missing = []
    borrowed = undefined
    let wordStart = 0
    let wordEnd = 0
    let pendingJoin = false
    count = 0
    stops = 0

    const own = segments.length
    for (let s = 0; s < own; s++) {
      const seg = segments[s]!
      let i = seg.start
      const stop = seg.end
      if (seg.replace !== undefined) {
        if (pendingJoin) end(0, DIVISIBLE)
        else if (isUnparted(seg.start)) end(2000, 0)
        pendingJoin = false
        put(s, seg.shape.numberOf(seg.replace), seg.start)
        continue
      }
      const quick = seg.plain && !seg.lettering.upper
      const letters = bindsLetters(seg.language)
      const { shape } = seg
      while (i < stop) {
        const c = text.charCodeAt(i)
        const kind = c === 0x20 || c === 0x09 || c === 0x3000 ? SOFT : c === 0xa0 ? HARD : NO_SPACE
        if (kind !== NO_SPACE && seg.verbatim && style.role === 'code') {
          // code keeps its spaces; a tab is four
          let j = i + 1
          while (j < stop && (text.charCodeAt(j) === 0x20 || text.charCodeAt(j) === 0x09)) j++
          put(s, shape.numberOf(text.slice(i, j).replace(/\t/g, '    ')), i)
          end(0, 0)
          i = j
          continue
        }
        if (kind !== NO_SPACE) {
          const at = count - 1
          if (kind === HARD && at < 0) {
            // a leading no-break space is an indent that the author wants
            put(s, shape.numberOf('\u00a0'), i)
          } else if (at >= 0) {
            // spaces that follow each other are one
            if (space[at] === 0)
              space[at] = kind === HARD && stops > 0 && last[stops - 1] === at ? 0 : seg.lettering.space
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
        let parts = 0
        while (j < stop) {
          const d = text.charCodeAt(j)
          if (d === 0x20 || d === 0x0a || d === 0xa0 || d === 0x09 || d === 0x3000) break
          // behind its last letter no word is parted
          if (parts === 1) whole = false
          parts = PARTS[d]!
          hash = Math.imul(hash ^ d, HASH_STEP)
          j++
        }
        const begins = i === 0 || !isLetterBefore(text, i)
        // what is made of many marks and links that touch has no end of its own
        if (!begins && isUnparted(i) && WITHIN.test(text.slice(i - 1, i + 1))) end(2000, 0)
        // a line break is a word of no letters
        const forced = c === 0x0a
        if (
          forced ||
          (pendingJoin &&
            (!mayJoin(text, wordStart, wordEnd, c, letters) ||
              !joins(text.slice(wordStart, wordEnd), text.slice(i, Math.min(j, i + 24)), seg.language)))
        )
          end(0, forced ? FORCED : DIVISIBLE)
        pendingJoin = false
        const past = j + 1
        if (forced) {
          i = past
          continue
        }
        if (whole && j - i <= LONGEST) put(s, shape.at(text, i, j, hash), i)
        else word(s, i, j)
        if (begins) wordStart = i
        wordEnd = j
        i = j
      }
    }
    if (count > 0) {
      // the paragraph's end; a space or a line break behind the last word counts for nothing
      space[count - 1] = 0
      while (stops > 0 && last[stops - 1] === count - 1) stops--
      end(0, DIVISIBLE)
    }
    if (stretches.length > 1) partJoints()
    const boxes: Box[] = []
    for (let i = 0; i < count; i++) boxes.push(segments[segment[i]!]!.shape.list[number[i]!]!)
    const paragraph: Paragraph = {
      prose,
      style,
      segments,
      inlines: found.inlines,
      boxes,
      segment: segment.slice(0, count),
      start: start.slice(0, count),
      space: space.slice(0, count),
      ends: sum(),
      last: last.slice(0, stops),
      language,
      divide: never,
      missing,
    }
    paragraph.divide = divider(paragraph, setting, justified)
    return paragraph
  }

  /** Where the style changes within a word, what would touch is moved apart. */
  const partJoints = () => {
    const box = (i: number) => stretches[segment[i]!]!.shape.list[number[i]!]!
    for (let i = 1, k = 0; i < count; i++) {
      while (k < stops && last[k]! < i - 1) k++
      if (segment[i] === segment[i - 1] || space[i - 1] !== 0 || last[k] === i - 1) continue
      const [one, other] = [stretches[segment[i - 1]!]!, stretches[segment[i]!]!]
      const rooms = roomsAt(box(i - 1), box(i), one, other, faces)
      if (rooms > 0) number[i - 1] = one.shape.numberOf(box(i - 1).text + ROOM.repeat(rooms))
    }
  }

  /** Sums up the paragraph at hand. */
  const sum = (): Ends => {
    const { slab } = faces
    const ink = slab.lengths(stops)
    const glyphs = slab.lengths(stops)
    const e: Ends = {
      count: stops,
      ink,
      space: slab.lengths(stops),
      glyphs,
      inkAfter: ink,
      spaceAfter: slab.lengths(stops),
      glyphsAfter: glyphs,
      hangRight: slab.lengths(stops),
      hangLeft: slab.lengths(stops + 1),
      penalty: slab.lengths(stops),
      tails: new Int32Array(stops),
      heads: new Int32Array(stops + 1),
      flags: slab.bytes(stops),
    }
    let inkTo = 0
    let spaces = 0
    let codes = 0
    let k = 0
    let before = -1
    for (let i = 0, s = -1, sizes = NOTHING, size = 0, tracking = 0, image: Segment['image']; i < count; i++) {
      if (segment[i] !== s) {
        s = segment[i]!
        const seg = stretches[s]!
        sizes = seg.shape.sizes
        size = seg.lettering.size
        tracking = seg.lettering.tracking
        image = seg.image
      }
      const at = number[i]! * SIZES
      const word = sizes[at + 4]!
      if (before === i - 1) {
        e.hangLeft[i === 0 ? stops : k - 1] = (sizes[at + 2]! / 1000) * size
        e.heads[i === 0 ? stops : k - 1] = word
      }
      inkTo += image ? image.width : (sizes[at]! / 1000) * size + sizes[at + 1]! * tracking
      codes += sizes[at + 1]!
      if (k < stops && last[k] === i) {
        ink[k] = inkTo
        glyphs[k] = codes
        e.space[k] = spaces
        e.spaceAfter[k] = spaces + space[i]!
        e.hangRight[k] = (sizes[at + 3]! / 1000) * size
        e.tails[k] = word
        e.penalty[k] = Math.min(MAX_PENALTY, penalty[k]!)
        e.flags[k] = flags[k]!
        before = i
        k++
      }
      spaces += space[i]!
    }
    return e
  }
  return { collect }
}

const NOTHING: Float64Array = new Float64Array(0)

function never(): Divisions {
  throw new Error('a paragraph that is not finished')
}

/** A compound at its own hyphen: dear where few letters stand on one side, and in names. */
function compoundPrice(parts: readonly Part[], i: number, word: string): number {
  const [left, right] = [parts[i]!, parts[i + 1]!]
  const letters = (part: Part) => word.slice(part.start, part.end).replace(/[^\p{L}\p{N}]/gu, '')
  const [head, tail] = [letters(left), letters(right)]
  return (head.length < 3 || tail.length < 3 ? SHORT_COMPOUND : 0) + (/^\p{Lu}/u.test(head) ? NAME_COMPOUND : 0)
}

function isLetterBefore(text: string, i: number): boolean {
  const c = text.charCodeAt(i - 1)
  return c !== 0x20 && c !== 0x0a && c !== 0xa0
}

/** Both are of a word. */
const WITHIN = /^[\p{L}\p{N}]{2}$/u

/** More letters than any word has. */
const LONGEST = 160

/** By UTF-16 unit of a text in capitals, which is longer or shorter than it was: the offset of the unit it stands for. */
function originsOf(raw: string, shown: string, language: string): number[] {
  const origins: number[] = []
  for (let at = 0; at < raw.length; ) {
    const next = at + String.fromCodePoint(raw.codePointAt(at)!).length
    const until = next === raw.length ? shown.length : capitals(raw.slice(0, next), language).length
    while (origins.length < until) origins.push(at)
    at = next
  }
  return origins
}
