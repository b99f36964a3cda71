// A piece of a paragraph goes in; the places inside it where a line may end come out, each with the lengths on both sides.
// What depends on the shaped box alone is found once for each box; a paragraph only adds what stands before it.
import { type Divisions, HYPHEN } from '../breaking/ends.js'
import { NAME, SHORT_PART } from '../breaking/line-prices.js'
import type { Hyphenator } from './hyphenate.js'
import type { Paragraph } from './piece.js'
import type { Setting } from './setting.js'
import { type Box, type Boxes, type Cut, DIVISION, NO_CUTS } from './shaped-box.js'

const LETTERS = /[\p{L}\p{M}\u00ad]{4,}/gu
/** Where a word has no division that its language allows and is longer than this, it may be cut anywhere, at a price. */
export const LONG = 24
const NONE: readonly Cut[] = []

// Manners of dividing a box: places in `Box.cuts`.
const BY_AUTHOR = 0
const BY_PATTERNS = 1
const ANYWHERE = 2

/** Finds where the piece before an end may be divided. The arrays are used again by the next call. */
export function divider(p: Paragraph, setting: Setting, justified: boolean): (end: number) => Divisions {
  return (k) => {
    const d = setting.divisions
    d.count = 0
    const at = p.last[k]!
    const box = p.boxes[at]!
    const seg = p.segments[p.segment[at]!]!
    if (seg.replace !== undefined || box.actual !== undefined) return d
    const l = seg.lettering
    const manner = seg.verbatim ? ANYWHERE : p.style.hyphenate && seg.hyphenate ? BY_PATTERNS : BY_AUTHOR
    let cuts = box.cuts[manner]
    if (cuts === undefined) {
      const hyphenator = manner === BY_PATTERNS ? setting.styles.hyphenator(seg.language) : undefined
      cuts = cutsOf(box, seg.shape, setting.faces.fonts[l.face]!.codes, hyphenator, manner === ANYWHERE)
      // most boxes are never divided: they share one empty list
      if (box.cuts === NO_CUTS) box.cuts = []
      box.cuts[manner] = cuts
    }
    const count = Math.min(cuts.length, d.mark.length)
    if (count === 0) return d
    const ink = p.ends.ink[k]!
    const glyphs = p.ends.glyphs[k]!
    const before = ink - ((box.width / 1000) * l.size + box.codes.length * l.tracking)
    const glyphsBefore = glyphs - box.codes.length
    for (let i = 0; i < count; i++) {
      const cut = cuts[i]!
      d.mark[i] = cut.offset
      d.ink[i] = before + (cut.headWidth / 1000) * l.size + cut.headCodes * l.tracking
      d.glyphs[i] = glyphsBefore + cut.headCodes
      d.inkAfter[i] = ink - ((cut.tailWidth / 1000) * l.size + cut.tailCodes * l.tracking)
      d.glyphsAfter[i] = glyphs - cut.tailCodes
      d.hangRight[i] = justified ? (cut.hang / 1000) * l.size : 0
      d.hangLeft[i] = 0
      d.penalty[i] = cut.price
      d.flags[i] = cut.hyphen ? HYPHEN : 0
    }
    d.count = count
    return d
  }
}

/** Places of a box's text, each with the lengths on both sides. */
export function cutsOf(
  box: Box,
  shape: Boxes,
  advances: readonly { advance: number }[],
  hyphenator: Hyphenator | undefined,
  anywhere: boolean,
): readonly Cut[] {
  const cuts: Cut[] = []
  const text = box.text
  // Halves that have to be shaped are no word's when they are so many.
  let room = MOST_SHAPED
  const offer = (offset: number, hyphen: boolean, price: number) => {
    const parted = partedAt(box, offset, hyphen, price, shape, advances)
    if (parted === undefined && (room -= text.length) < 0) return
    const cut = parted ?? cutAt(box, offset, hyphen, price, shape)
    // a line that ends behind what has no width is the line that ends before it
    if (cut.tailWidth !== (cuts.at(-1)?.tailWidth ?? box.width)) cuts.push(cut)
  }
  if (anywhere) {
    for (let i = 4; i < text.length - 1; i++) if (!isLowSurrogate(text, i)) offer(i, false, priceInCode(text, i))
    return cuts
  }
  // the author's own soft hyphens hold everywhere, patterns only where the style divides words
  const own = text.indexOf('\u00ad') >= 0
  if (own) {
    for (let at = text.indexOf('\u00ad', 1); at >= 0 && at < text.length - 1; at = text.indexOf('\u00ad', at + 1))
      if (isWithin(text, at)) offer(at + 1, true, 0)
  } else if (hyphenator && text.length >= 4) {
    LETTERS.lastIndex = 0
    for (let m = LETTERS.exec(text); m; m = LETTERS.exec(text)) {
      const word = m[0]
      // a genitive's ’s goes with the letters before it; too short an end is offered as a last resort
      const tail = /^[’']\p{L}/u.test(text.slice(m.index + word.length)) ? 2 : 0
      const [left, right] = hyphenator.minima
      const least = (offset: number) => (offset < left || word.length + tail - offset < right ? SHORT_PART : 0)
      const offsets = hyphenator.divide(word)
      // what the author gave holds, however short its parts are
      const price = hyphenator.given(word) === undefined ? least : () => 0
      if (isCapital(word)) {
        // a name is divided in one way, wherever it stands
        const one = middle(
          offsets.filter((offset) => price(offset) === 0),
          word.length,
        )
        if (one !== undefined) offer(m.index + one, true, NAME)
      } else for (const offset of offsets) offer(m.index + offset, true, price(offset))
    }
  }
  if (cuts.length === 0 && text.length > LONG) {
    for (let at = 3; at < text.length - 2; at++)
      if (!isLowSurrogate(text, at)) offer(at, /^\p{L}\p{L}$/u.test(text.slice(at - 1, at + 1)), 2000)
  }
  return cuts.length === 0 ? NONE : cuts
}

/** Is a soft hyphen inside a word? Beside a dash, or a hyphen of the author's own, another one would be printed. */
function isWithin(text: string, at: number): boolean {
  return /[\p{L}\p{M}\p{N}]$/u.test(text.slice(0, at)) && /^\u00ad*[\p{L}\p{M}\p{N}]/u.test(text.slice(at + 1))
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word)
}

/** Of these places the one nearest to the word's middle; of two the later, which leaves more of the name to be known by. */
export function middle(offsets: readonly number[], length: number): number | undefined {
  let best: number | undefined
  for (const offset of offsets)
    if (best === undefined || Math.abs(2 * offset - length) <= Math.abs(2 * best - length)) best = offset
  return best
}

/** Names of a program are cut where they have a joint, after a mark or before a capital, and elsewhere only if nothing else fits; what opens stays with what it opens. */
function priceInCode(text: string, at: number): number {
  const [before, after] = [text.charAt(at - 1), text.charAt(at)]
  const [one, other] = [/[\p{L}\p{N}]/u.test(before), /[\p{L}\p{N}]/u.test(after)]
  if (!one) return other && !'<([{'.includes(before) ? 300 : 1500
  if (!other) return 600
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(after) ? 900 : 2500
}

/** Letters of a box that are shaped anew for its cuts: a word with a ligature has ten or twenty. */
const MOST_SHAPED = 20_000

/** Where glyphs part with the letters, their advances tell both halves. */
function partedAt(
  box: Box,
  offset: number,
  hyphen: boolean,
  price: number,
  shape: Boxes,
  advances: readonly { advance: number }[],
): Cut | undefined {
  const hyphenBox = shape.of(DIVISION)
  let n = 0
  let width = 0
  while (n < box.codes.length && box.clusters[n]! < offset) {
    width += advances[box.codes[n]!]!.advance + box.shifts[n]!
    n++
  }
  if (n > 0 && n < box.codes.length && box.clusters[n] === offset)
    return {
      offset,
      hyphen,
      price,
      headWidth: width - box.shifts[n - 1]! + (hyphen ? hyphenBox.width : 0),
      headCodes: n + (hyphen ? 1 : 0),
      tailWidth: box.width - width,
      tailCodes: box.codes.length - n,
      hang: hyphen ? hyphenBox.right : 0,
    }
  return undefined
}

/** A ligature has to be shaped anew. */
function cutAt(box: Box, offset: number, hyphen: boolean, price: number, shape: Boxes): Cut {
  const { text } = box
  const head = shape.of(text.slice(0, offset) + (hyphen ? DIVISION : ''))
  const tail = shape.of(text.slice(offset))
  return {
    offset,
    hyphen,
    price,
    headWidth: head.width,
    headCodes: head.codes.length,
    tailWidth: tail.width,
    tailCodes: tail.codes.length,
    hang: head.right,
  }
}

export function isLowSurrogate(text: string, i: number): boolean {
  const c = text.charCodeAt(i)
  return (c >= 0xdc00 && c <= 0xdfff) || (c >= 0x300 && c <= 0x36f)
}
