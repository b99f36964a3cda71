// A font's file goes in; what is known of it in this process comes out, for all books that are set in it: its letters, how near its glyphs
// come to one another, and shaped texts, which most books have in common.
import { oncePerFont } from '../../fonts/same-font.js'
import { type Glyphs, type Shaper, shaperOf } from '../../fonts/shape.js'
import { clearance, hasMarks, type Profile, profilesOf, roomFor } from './clearance.js'

/** Glyphs as a text shows them, letters and marks moved apart that would touch. Shared: it is not to be changed. */
export interface ShapedWord {
  ids: readonly number[]
  advances: readonly number[]
  /** May be longer than the others. */
  dx: readonly number[]
  dy: readonly number[]
  clusters: readonly number[]
  /** By glyph: the characters that it stands for. */
  parts: readonly string[]
  /** False where glyphs and characters cannot be paired. */
  whole: boolean
  /** Each glyph stands for the letter of its own place. */
  inOrder: boolean
}

export interface KnownFont {
  shaper: Shaper
  /** By UTF-16 unit: 0 not asked yet, 1 there, 2 missing. */
  known: Uint8Array
  /** Outlines of its glyphs. */
  profile: (glyph: number) => Profile
  /** The advance of a glyph by itself, 1/1000 em, to three decimals. */
  advance(glyph: number): number
  /** `text` without what is invisible; `monospaced`: nothing is moved. */
  word(text: string, features: string, language: string, monospaced: boolean): ShapedWord
}

/** Texts that are kept, of all fonts: some twenty megabytes. When there are more, all are let go, and those that are in use come again. */
const MOST = 30_000
/** Letters of a text that others may have as well. */
const LONGEST = 40

let kept = 0
let age = 0

/** Thousandths of an em: no mark stands farther from its letter. */
const FARTHEST = 4000

/** A pair that no proof of a face has met may pull its letters over those before, or push them away: off the page, in the end. */
function keepOnPage({ ids, advances, dx, dy }: Glyphs): void {
  for (let i = 0; i < ids.length; i++) {
    if (advances[i]! < 0) advances[i] = 0
    for (const offsets of [dx, dy]) if (Math.abs(offsets[i]!) > FARTHEST) offsets[i] = Math.sign(offsets[i]!) * FARTHEST
  }
}

export const knownFont: (bytes: Uint8Array) => KnownFont = oncePerFont((bytes) => {
  const shaper = shaperOf(bytes)
  /** It has no narrow no-break space, and shows a thin one for it. */
  const thin = !shaper.has(0x202f)
  const profile = profilesOf(() => bytes)
  const advances = new Map<number, number>()
  /** By two glyphs: how near their ink comes if their origins are together. */
  const near = new Map<number, number>()
  /** The same of the boxes around their ink: never more, and known without their outlines. */
  const nearBoxes = new Map<number, number>()
  const tags = new Map<string, readonly string[]>()
  let own = age
  /** By features, language and kind of face, then by text. */
  const kinds = new Map<string, Map<string, ShapedWord>>()

  /** Letters and marks whose outlines would touch are moved apart. */
  const keepApart = ({ ids, advances, dx, dy }: Glyphs, parts: readonly string[]) => {
    for (let i = 0; i < ids.length - 1; i++) {
      if (dx[i] !== 0 || dx[i + 1] !== 0 || dy[i] !== 0 || dy[i + 1] !== 0) continue
      advances[i]! += roomFor(parts[i]!.slice(-1), parts[i + 1]!.charAt(0), (enough) => {
        const key = ids[i]! * 0x10000 + ids[i + 1]!
        let boxes = nearBoxes.get(key)
        if (boxes === undefined) nearBoxes.set(key, (boxes = apart(shaper, ids[i]!, ids[i + 1]!)))
        if (boxes + advances[i]! >= enough) return boxes + advances[i]!
        let distance = near.get(key)
        if (distance === undefined) near.set(key, (distance = clearance(profile(ids[i]!), profile(ids[i + 1]!), 0)))
        return distance + advances[i]!
      })
    }
  }

  const shape = (text: string, features: string, language: string, monospaced: boolean): ShapedWord => {
    // HarfBuzz needs no buffer for nothing
    if (text === '') return EMPTY
    let list = tags.get(features)
    if (list === undefined) tags.set(features, (list = features === '' ? [] : features.split(',')))
    const shown = thin && text.includes('\u202f') ? text.replaceAll('\u202f', '\u2009') : text
    const glyphs = shaper.shape(shown, list, language)
    keepOnPage(glyphs)
    const { ids, clusters } = glyphs
    const { parts, whole } = spell(text, clusters)
    if (ids.length > 1 && whole && hasMarks(text) && !monospaced) keepApart(glyphs, parts)
    const still = (shifts: readonly number[]) => shifts.length <= MANY && shifts.every((shift) => shift === 0)
    const inOrder = clusters.length <= MANY && clusters.every((cluster, i) => cluster === i)
    return {
      ids,
      advances: glyphs.advances,
      dx: still(glyphs.dx) ? NOUGHTS : glyphs.dx,
      dy: still(glyphs.dy) ? NOUGHTS : glyphs.dy,
      clusters: inOrder ? COUNTED : clusters,
      parts,
      whole,
      inOrder,
    }
  }

  return {
    shaper,
    known: new Uint8Array(0x10000),
    profile,
    advance(glyph) {
      let advance = advances.get(glyph)
      if (advance === undefined) advances.set(glyph, (advance = Math.round(shaper.advance(glyph) * 1000) / 1000))
      return advance
    },
    word(text, features, language, monospaced) {
      if (text.length > LONGEST) return shape(text, features, language, monospaced)
      if (own !== age) {
        kinds.clear()
        own = age
      }
      const kind = `${monospaced} ${features} ${language}`
      let words = kinds.get(kind)
      if (words === undefined) kinds.set(kind, (words = new Map()))
      let word = words.get(text)
      if (word === undefined) {
        word = shape(text, features, language, monospaced)
        words.set(text, word)
        if (++kept > MOST) {
          kept = 0
          age++
        }
      }
      return word
    },
  }
})

/** How far the boxes around two glyphs are apart, if their origins are together; Infinity if one of them is blank. */
function apart(shaper: Shaper, before: number, after: number): number {
  const [left, right] = [shaper.extents(before), shaper.extents(after)]
  return left === undefined || right === undefined ? Infinity : right.left - left.right
}

/** Nearly every word has its letters in order, a glyph for each, and none beside its place. */
const MANY = 256
const NOUGHTS: readonly number[] = new Array<number>(MANY).fill(0)
const COUNTED: readonly number[] = Array.from({ length: MANY }, (_, i) => i)
const EMPTY: ShapedWord = {
  ids: [],
  advances: [],
  dx: NOUGHTS,
  dy: NOUGHTS,
  clusters: COUNTED,
  parts: [],
  whole: true,
  inOrder: true,
}

/** Gives each glyph the characters it stands for. `whole` is false where glyphs and characters cannot be paired. */
function spell(text: string, clusters: readonly number[]): { parts: string[]; whole: boolean } {
  const parts: string[] = new Array(clusters.length)
  let whole = true
  for (let i = 0; i < clusters.length; ) {
    const start = clusters[i]!
    let j = i + 1
    while (j < clusters.length && clusters[j] === start) j++
    const end = j < clusters.length ? clusters[j]! : text.length
    if (end <= start) {
      // right-to-left or reordered: no simple pairing
      whole = false
      for (let k = i; k < j; k++) parts[k] = '\u200b'
    } else if (j - i === 1) parts[i] = text.slice(start, end)
    else {
      const chars = [...text.slice(start, end)]
      const paired = chars.length === j - i
      if (!paired) whole = false
      for (let k = i; k < j; k++) parts[k] = paired ? chars[k - i]! : k === i ? text.slice(start, end) : '\u200b'
    }
    i = j
  }
  return { parts, whole }
}
