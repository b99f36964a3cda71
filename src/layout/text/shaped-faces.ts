// The faces of a book as the layout uses them: text in a face goes in, shaped boxes with our own codes come out.
// Each distinct piece of text is asked for once; codes number the pairs of glyph and text that really occur.
import type { Shaper } from '../../fonts/shape.js'
import { cutsLike } from '../../theme/spans.js'
import type { Face } from '../../theme/theme.js'
import { createSlab, type Slab } from '../breaking/slab.js'
import type { Font } from '../typeset.js'
import type { Profile } from './clearance.js'
import { type Box, Boxes, DIVISION, NO_CUTS, ROOM, ROOM_WIDTH } from './shaped-box.js'
import { type KnownFont, knownFont } from './shaped-words.js'

/** BCP 47 for a text of no language: what is measured is the face itself. */
export const ANY_LANGUAGE = 'und'

export interface ShapedFaces {
  fonts: Font[]
  /** Where codes and what goes with them are kept. */
  slab: Slab
  /** The shaped box of a text in one face with one set of features. */
  box(face: number, features: string, language: string, text: string): Box
  /** The same, face, features and language given once. */
  boxes(face: number, features: string, language: string): Boxes
  /** Index into `fonts` of a face by its key ('text/italic'), which must exist. */
  face(key: string): number
  shaper(face: number): Shaper
  /** The outline of a glyph of the face. */
  profile(face: number, glyph: number): Profile
  /** Has the face a glyph for every character of text[start, end)? Answers no for characters beyond U+FFFF. */
  covers(face: number, text: string, start: number, end: number): boolean
  /** Splits a text into runs that one face can show: the wanted one or one of the families of `fallback`; `face` -1 where none can. */
  runs(face: number, fallback: readonly string[], text: string): { start: number; end: number; face: number }[]
}

/** How much of a character may hang out of the measure, as a share of its advance. */
export type Hang = (char: string, side: 'left' | 'right') => number

/** A face that is opened. */
interface Used extends KnownFont {
  font: Font
  /** glyph and text → code. */
  codes: Map<number | string, number>
  /** By features and language: boxes made on demand. */
  boxes: Map<string, Boxes>
}

const MARK = /\p{M}/u

// Format characters that have no glyph worth painting: joiners and soft hyphens decide breaks and shaping, not ink.
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g

/** `ofScript`: the family that has a character's script to itself, by theme/scripts.ts. */
export function createShapedFaces(
  faces: readonly Face[],
  hang: Hang,
  ofScript?: (character: string) => string | undefined,
): ShapedFaces {
  const fonts = faces.map(fontOf)
  const used: (Used | undefined)[] = []
  const index = new Map(faces.map((face, at) => [face.key, at]))
  const slab = createSlab()
  const open = (at: number): Used => (used[at] ??= openFace(faces[at]!, fonts[at]!))

  const there: ReadonlySet<string> = new Set(index.keys())
  const like = new Map<string, number[]>()
  /** Of a family, the cuts that stand for a face. */
  const cutsOf = (at: number, family: string): readonly number[] => {
    const key = `${at} ${family}`
    let cuts = like.get(key)
    if (!cuts) like.set(key, (cuts = cutsLike(faces[at]!.key, family, there).map((each) => index.get(each)!)))
    return cuts
  }
  /** The one of a family that has the character. */
  const cutWith = (at: number, family: string, point: number): number | undefined =>
    cutsOf(at, family).find((each) => open(each).shaper.has(point))
  /** The face that has the character's script to itself, if it has the character. */
  const scripted = (at: number, char: string): number | undefined => {
    const family = faces[at]!.key.startsWith('mono/') ? undefined : ofScript?.(char)
    return family === undefined ? undefined : cutWith(at, family, char.codePointAt(0)!)
  }
  const anyScripted = (at: number, text: string) => [...text].some((char) => scripted(at, char) !== undefined)

  // most paragraphs ask for what the one before them asked for
  let latest: { at: number; features: string; language: string; boxes: Boxes } | undefined
  const boxesOf = (at: number, features: string, language: string): Boxes => {
    if (latest && latest.at === at && latest.features === features && latest.language === language) return latest.boxes
    const u = open(at)
    const kind = `${features} ${language}`
    let boxes = u.boxes.get(kind)
    if (!boxes) {
      boxes = new Boxes((text) => shapeBox(u, features, language, text, hang, slab))
      u.boxes.set(kind, boxes)
    }
    latest = { at, features, language, boxes }
    return boxes
  }

  return {
    fonts,
    slab,
    face(key) {
      const at = index.get(key)
      if (at === undefined) throw new Error(`no face ${key}`)
      return at
    },
    shaper: (at) => open(at).shaper,
    profile: (at, glyph) => open(at).profile(glyph),
    box: (at, features, language, text) => boxesOf(at, features, language).of(text),
    boxes: (at, features, language) => boxesOf(at, features, language),
    covers: (at, text, start, end) =>
      covers(open(at), text, start, end) && (ofScript === undefined || !anyScripted(at, text.slice(start, end))),
    runs(at, fallback, text) {
      const main = open(at).shaper
      const runs: { start: number; end: number; face: number }[] = []
      let i = 0
      for (const char of text) {
        const point = char.codePointAt(0)!
        const before = runs[runs.length - 1]?.face
        // an accent stays with its letter
        const joined =
          ofScript && before !== undefined && before >= 0 && MARK.test(char) && open(before).shaper.has(point)
        const own = joined ? before : ofScript && scripted(at, char)
        let face = own ?? at
        if (own === undefined && !main.has(point) && !isInvisible(char) && !(point === 0x202f && main.has(0x2009))) {
          face = -1
          for (const family of fallback) {
            const other = cutWith(at, family, point)
            if (other === undefined) continue
            face = other
            break
          }
        }
        const last = runs[runs.length - 1]
        if (last && last.face === face) last.end = i + char.length
        else runs.push({ start: i, end: i + char.length, face })
        i += char.length
      }
      return runs
    },
  }
}

function fontOf(face: Face): Font {
  return {
    name: postscriptName(face),
    family: face.family,
    get bytes() {
      return face.bytes()
    },
    italic: face.italic,
    weight: face.weight,
    monospaced: face.key.startsWith('mono'),
    codes: [{ glyph: 0, text: '', advance: 0 }],
  }
}

function openFace(face: Face, font: Font): Used {
  return { ...knownFont(face.bytes()), font, codes: new Map(), boxes: new Map() }
}

function covers({ known, shaper }: Used, text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i)
    let k = known[c]!
    if (k === 0) {
      const there =
        c === 0x0a ||
        c === 0x09 ||
        c === 0xfffc ||
        shaper.has(c) ||
        isInvisible(String.fromCharCode(c)) ||
        (c === 0x202f && shaper.has(0x2009))
      k = known[c] = there ? 1 : 2
    }
    if (k === 2) return false
  }
  return true
}

function codeOf({ advance, codes: known, font: { codes } }: Used, glyph: number, text: string): number {
  // nearly every glyph stands for one letter: a number is found sooner than a string
  const key = text.length === 1 ? glyph * 0x10000 + text.charCodeAt(0) : `${glyph} ${text}`
  let code = known.get(key)
  if (code === undefined) {
    code = codes.length
    if (code > 0xffff) throw new Error('a face with more than 65,535 codes')
    codes.push({ glyph, text, advance: advance(glyph) })
    known.set(key, code)
  }
  return code
}

function shapeBox(u: Used, features: string, language: string, text: string, hang: Hang, slab: Slab): Box {
  // a text that we divided shows a hyphen
  const divided = text.endsWith(DIVISION)
  const shown = withoutInvisible(text) + (divided ? '-' : '')
  const word = u.word(shown, features, language, u.font.monospaced)
  const n = word.ids.length
  const { codes } = u.font
  const box: Box = {
    text,
    codes: slab.units(n),
    shifts: slab.shifts(n),
    rises: undefined,
    clusters: IN_ORDER,
    width: 0,
    actual: word.whole ? undefined : shown,
    left: 0,
    right: 0,
    cuts: NO_CUTS,
  }
  // glyphs count the shown text; callers count the whole
  const origin = shown.length === text.length && !divided ? undefined : visibleOffsets(text)
  if (origin !== undefined || n > IN_ORDER.length || !word.inOrder) box.clusters = new Uint16Array(n)
  // room that the next style needs
  const room = roomBehind(text)
  let pending = 0
  for (let i = 0; i < n; i++) {
    const code = codeOf(u, word.ids[i]!, word.parts[i]!)
    const own = codes[code]!.advance
    const advance = i === n - 1 ? word.advances[i]! + room : word.advances[i]!
    // an offset glyph is reached by a shift before it and taken back after it
    const dx = Math.round(word.dx[i]!)
    if (dx !== 0 && i > 0) box.shifts[i - 1]! += dx
    box.codes[i] = code
    if (box.clusters !== IN_ORDER) box.clusters[i] = Math.min(0xffff, origin?.[word.clusters[i]!] ?? word.clusters[i]!)
    box.shifts[i] = Math.round(advance - own) - (i > 0 ? dx : 0)
    pending += advance
    if (word.dy[i] !== 0) {
      box.rises ??= new Int16Array(n)
      box.rises[i] = Math.round(word.dy[i]!)
    }
  }
  box.width = pending
  if (n > 0) {
    box.left = hang(String.fromCodePoint(shown.codePointAt(0)!), 'left') * codes[box.codes[0]!]!.advance
    box.right = hang(lastChar(shown), 'right') * codes[box.codes[n - 1]!]!.advance
  }
  return box
}

/** The clusters of nearly every word: its letters in order, a glyph for each. Shared, never written. */
const IN_ORDER = Uint16Array.from({ length: 256 }, (_, i) => i)

/** By UTF-16 unit below it nothing is invisible but U+00AD: the quick way past the expression. */
export function withoutInvisible(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0xad || c >= 0x200b) return text.replace(INVISIBLE, '')
  }
  return text
}

function roomBehind(text: string): number {
  let room = 0
  for (let i = text.length; i > 0 && text.charAt(i - 1) === ROOM; i--) room += ROOM_WIDTH
  return room
}

function lastChar(text: string): string {
  const unit = text.charCodeAt(text.length - 1)
  // half of a pair beyond U+FFFF
  const pair = unit >= 0xdc00 && unit <= 0xdfff ? text.codePointAt(text.length - 2) : undefined
  return pair !== undefined && pair > 0xffff ? String.fromCodePoint(pair) : text.charAt(text.length - 1)
}

function isStripped(char: string): boolean {
  INVISIBLE.lastIndex = 0
  return INVISIBLE.test(char)
}

function isInvisible(char: string): boolean {
  return isStripped(char) || char === '\u200d' || char === '\u200c' || char === '\ufe0e' || char === '\ufe0f'
}

function visibleOffsets(text: string): number[] {
  const offsets: number[] = []
  for (let i = 0; i < text.length; i++) if (!isStripped(text[i]!)) offsets.push(i)
  return offsets
}

function postscriptName(face: Face): string {
  const family = face.family.replace(/[^A-Za-z0-9]/g, '')
  const style = face.weight >= 600 ? (face.italic ? 'BoldItalic' : 'Bold') : face.italic ? 'Italic' : 'Regular'
  return `${family}-${style}`
}
