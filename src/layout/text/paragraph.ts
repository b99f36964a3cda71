// Collecting a paragraph: prose and its style go in; shaped pieces, the spaces between them and the places where a line
// may end come out, ready for the line breaker.

import { capitals } from '../../theme/capitals.js'
import { DIVISIBLE, type Divisions, FORCED, HYPHEN } from '../breaking/break-lines.js'
import { NAME_COMPOUND, SHORT_COMPOUND } from '../breaking/line-prices.js'
import { bindsLetters, joins, mayJoin, PARTS, partsOf, type WordPart } from './breaks.js'
import { divider, isLowSurrogate, LONG } from './divide.js'
import type { Paragraph } from './piece.js'
import { segmentsOf } from './segments.js'
import type { Collector } from './setting.js'
import { type Box, HASH_SEED, HASH_STEP } from './shaped-box.js'
import type { ShapedFaces } from './shaped-faces.js'
import { Stick } from './stick.js'
import type { Styles } from './styles.js'
import { numberOf } from './unset-scripts.js'

const NO_SPACE = 0
const SOFT = 1
const HARD = 2

/** Keeps its working memory between paragraphs. */
export function createCollector(faces: ShapedFaces, styles: Styles): Collector {
  const stick = new Stick()
  const collect: Collector['collect'] = (prose, style, language, justified, setting) => {
    const { segments, inlines } = segmentsOf(prose, style, language, setting)
    stick.begin(prose.text, segments)
    const own = segments.length
    for (let s = 0; s < own; s++) {
      const segment = segments[s]!
      if (segment.replace !== undefined) setReplacement(stick, s, segment.replace)
      else setWords(stick, s, segment.verbatim && style.role === 'code', faces, styles)
    }
    stick.finish(DIVISIBLE)
    if (segments.length > 1) stick.partJoints(faces)
    const { count, stops } = stick
    const boxes: Box[] = []
    for (let i = 0; i < count; i++) boxes.push(stick.boxAt(i))
    const paragraph: Paragraph = {
      prose,
      style,
      segments,
      inlines,
      boxes,
      segment: stick.segment.slice(0, count),
      start: stick.start.slice(0, count),
      space: stick.space.slice(0, count),
      ends: stick.sum(faces.slab),
      last: stick.last.slice(0, stops),
      language,
      divide: never,
      missing: stick.missing,
    }
    paragraph.divide = divider(paragraph, setting, justified)
    return paragraph
  }
  return { collect }
}

/** What stands for its text: a note's number, a picture. */
function setReplacement(stick: Stick, s: number, text: string): void {
  const { shape, start } = stick.segments[s]!
  if (stick.pendingJoin) stick.end(0, DIVISIBLE)
  else if (stick.isUnparted(start)) stick.end(2000, 0)
  stick.pendingJoin = false
  stick.put(s, shape.numberOf(text), start)
}

/** The words of a segment, and the spaces between them, which in `code` are kept. */
function setWords(stick: Stick, s: number, code: boolean, faces: ShapedFaces, styles: Styles): void {
  const { text, space, last } = stick
  const seg = stick.segments[s]!
  const stop = seg.end
  const quick = seg.plain && !seg.lettering.upper
  const letters = bindsLetters(seg.language)
  const { shape } = seg
  let { wordStart, wordEnd, pendingJoin } = stick
  let i = seg.start
  while (i < stop) {
    const c = text.charCodeAt(i)
    const thin = c >= 0x2009 && isDashSpace(text, i)
    const kind =
      c === 0x20 || c === 0x09 || c === 0x3000 || (thin && c === 0x2009) ? SOFT : c === 0xa0 || thin ? HARD : NO_SPACE
    if (kind !== NO_SPACE && code) {
      // code keeps its spaces; a tab is four
      let j = i + 1
      while (j < stop && (text.charCodeAt(j) === 0x20 || text.charCodeAt(j) === 0x09)) j++
      stick.put(s, shape.numberOf(text.slice(i, j).replace(/\t/g, '    ')), i)
      stick.end(0, 0)
      i = j
      continue
    }
    if (kind !== NO_SPACE) {
      const at = stick.count - 1
      if (kind === HARD && at < 0) {
        // a leading no-break space is an indent that the author wants
        stick.put(s, shape.numberOf('\u00a0'), i)
      } else if (at >= 0) {
        // spaces that follow each other are one
        if (space[at] === 0)
          space[at] =
            kind === HARD && stick.stops > 0 && last[stick.stops - 1] === at
              ? 0
              : seg.lettering.space * (thin ? THIN : 1)
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
      if (d === 0x20 || d === 0x0a || d === 0xa0 || d === 0x09 || d === 0x3000 || (d >= 0x2009 && isDashSpace(text, j)))
        break
      // behind its last letter no word is parted
      if (parts === 1) whole = false
      parts = PARTS[d]!
      hash = Math.imul(hash ^ d, HASH_STEP)
      j++
    }
    const begins = i === 0 || !isLetterBefore(text, i)
    // what is made of many marks and links that touch has no end of its own
    if (!begins && stick.isUnparted(i) && isWithin(text.slice(i - 1, i + 1))) stick.end(2000, 0)
    // a line break is a word of no letters
    const forced = c === 0x0a
    if (
      forced ||
      (pendingJoin &&
        (!mayJoin(text, wordStart, wordEnd, c, letters) ||
          !joins(text.slice(wordStart, wordEnd), text.slice(i, Math.min(j, i + 24)), seg.language)))
    )
      stick.end(0, forced ? FORCED : DIVISIBLE)
    pendingJoin = false
    const past = j + 1
    if (forced) {
      i = past
      continue
    }
    if (whole && j - i <= LONGEST) stick.put(s, shape.at(text, i, j, hash), i)
    else setWord(stick, s, i, j, faces, styles)
    if (begins) wordStart = i
    wordEnd = j
    i = j
  }
  stick.wordStart = wordStart
  stick.wordEnd = wordEnd
  stick.pendingJoin = pendingJoin
}

function setWord(stick: Stick, s: number, from: number, to: number, faces: ShapedFaces, styles: Styles): void {
  const { missing } = stick
  const seg = stick.segments[s]!
  if (to - from > LONGEST) {
    // no word: it is parted where it must be, so that a line can end
    for (let at = from; at < to; ) {
      let until = Math.min(to, at + LONGEST)
      if (until < to && isLowSurrogate(stick.text, until)) until--
      setWord(stick, s, at, until, faces, styles)
      if (until < to) stick.endWithin(seg.verbatim ? 300 : 2000, DIVISIBLE)
      at = until
    }
    return
  }
  const raw = stick.text.slice(from, to)
  const shown = seg.lettering.upper ? capitals(raw, seg.language) : raw
  const origin = shown.length === raw.length ? undefined : originsOf(raw, shown, seg.language)
  const parts = partsOf(shown)
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    const piece = parts.length === 1 ? shown : shown.slice(part.start, part.end)
    const runs = seg.plain ? undefined : faces.runs(seg.lettering.face, styles.fallback, piece)
    if (!runs || (runs.length === 1 && runs[0]!.face === seg.lettering.face))
      stick.put(s, seg.shape.numberOf(piece), from + (origin?.[part.start] ?? part.start))
    else {
      for (const run of runs) {
        const bit = piece.slice(run.start, run.end)
        const at = part.start + run.start
        const offset = from + (origin?.[at] ?? at)
        if (run.face >= 0) borrow(stick, s, run.face, bit, offset, faces)
        else
          for (const char of bit) {
            if (missing.at(-1)?.offset === offset) stick.end(seg.verbatim ? 300 : 1000, 0)
            missing.push({ char, offset })
            stick.put(s, seg.shape.numberOf(numberOf(char)), offset)
          }
      }
    }
    if (i < parts.length - 1) {
      // what stands between two joints of an address may be longer than the line
      const long = seg.verbatim || part.end - part.start > LONG
      stick.endWithin(
        part.penalty + (part.hyphen ? compoundPrice(parts, i, shown) : 0),
        (part.hyphen ? HYPHEN : 0) | (long ? DIVISIBLE : 0),
      )
    }
  }
}

/** What its own face lacks, in another. */
function borrow(stick: Stick, s: number, face: number, shown: string, from: number, faces: ShapedFaces): void {
  const { segments } = stick
  const key = `${s} ${face}`
  stick.borrowed ??= new Map()
  let made = stick.borrowed.get(key)
  if (made === undefined) {
    made = segments.length
    const own = segments[s]!
    segments.push({
      ...own,
      lettering: { ...own.lettering, face },
      shape: faces.boxes(face, own.lettering.features, own.language),
    })
    stick.borrowed.set(key, made)
  }
  stick.put(made, segments[made]!.shape.numberOf(shown), from)
}

function never(): Divisions {
  throw new Error('a paragraph that is not finished')
}

/** A compound at its own hyphen: dear where few letters stand on one side, and in names. */
function compoundPrice(parts: readonly WordPart[], i: number, word: string): number {
  const [left, right] = [parts[i]!, parts[i + 1]!]
  const letters = ({ start, end }: WordPart) => {
    const text = word.slice(start, end)
    return /^[A-Za-z0-9-]*$/.test(text) ? text.replaceAll('-', '') : text.replace(/[^\p{L}\p{N}]/gu, '')
  }
  const [head, tail] = [letters(left), letters(right)]
  return (head.length < 3 || tail.length < 3 ? SHORT_COMPOUND : 0) + (/^\p{Lu}/u.test(head) ? NAME_COMPOUND : 0)
}

function isLetterBefore(text: string, i: number): boolean {
  const c = text.charCodeAt(i - 1)
  return c !== 0x20 && c !== 0x0a && c !== 0xa0 && !(c >= 0x2009 && isDashSpace(text, i - 1))
}

/** A thin space beside a dash, against a full one: it gives way with the others of its line. */
const THIN = 0.55

/** Is it a thin space that stands before a dash (U+202F) or behind one (U+2009)? */
function isDashSpace(text: string, i: number): boolean {
  const c = text.charCodeAt(i)
  const dash = c === 0x202f ? text.charCodeAt(i + 1) : c === 0x2009 && i > 0 ? text.charCodeAt(i - 1) : 0
  return dash === 0x2014 || dash === 0x2013
}

/** Both are of a word. */
const isWithin = (two: string) => /^[A-Za-z0-9]{2}$/.test(two) || /^[\p{L}\p{N}]{2}$/u.test(two)

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
