// The faces of a book as the layout uses them: text in a face goes in, shaped boxes with our own codes come out.
// Each distinct piece of text is shaped once; codes number the pairs of glyph and text that really occur.
import { type Glyphs, type Shaper, shaperOf } from '../../fonts/shape.js'
import type { Face } from '../../theme/theme.js'
import { createSlab, type Slab } from '../breaking/slab.js'
import type { Font } from '../typeset.js'
import { type Box, Boxes, DIVISION, NO_CUTS, ROOM, ROOM_WIDTH } from './box.js'
import { clearance, hasMarks, type Profile, profilesOf, roomFor } from './clearance.js'

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
  /** Splits a text into runs that one face can show: the wanted one or a fallback; `face` -1 where no face can. */
  runs(face: number, fallback: readonly number[], text: string): { start: number; end: number; face: number }[]
}

/** How much of a character may hang out of the measure, as a share of its advance. */
export type Hang = (char: string, side: 'left' | 'right') => number

/** A face that is opened. */
interface Used {
  font: Font
  shaper: Shaper
  /** glyph and text → code. */
  codes: Map<number | string, number>
  /** By features and language: boxes made on demand. */
  boxes: Map<string, Boxes>
  /** Outlines of its glyphs. */
  profile: (glyph: number) => Profile
  /** By two glyphs: how near their ink comes if their origins are together. */
  near: Map<number, number>
  /** By UTF-16 unit: 0 not asked yet, 1 there, 2 missing. */
  known: Uint8Array
  /** It has no narrow no-break space, and shows a thin one for it. */
  thin: boolean
}

// Format characters that have no glyph worth painting: joiners and soft hyphens decide breaks and shaping, not ink.
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g

export function createShapedFaces(faces: readonly Face[], hang: Hang): ShapedFaces {
  const fonts = faces.map(fontOf)
  const used: (Used | undefined)[] = []
  const index = new Map(faces.map((face, at) => [face.key, at]))
  const slab = createSlab()
  const open = (at: number): Used => (used[at] ??= openFace(faces[at]!, fonts[at]!))

  // most paragraphs ask for what the one before them asked for
  let latest: { at: number; features: string; language: string; boxes: Boxes } | undefined
  const boxesOf = (at: number, features: string, language: string): Boxes => {
    if (latest && latest.at === at && latest.features === features && latest.language === language) return latest.boxes
    const u = open(at)
    const kind = `${features} ${language}`
    let boxes = u.boxes.get(kind)
    if (!boxes) {
      const tags = features === '' ? [] : features.split(',')
      boxes = new Boxes((text) => shapeBox(u, tags, language, text, hang, slab))
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
    covers: (at, text, start, end) => covers(open(at), text, start, end),
    runs(at, fallback, text) {
      const main = open(at).shaper
      const runs: { start: number; end: number; face: number }[] = []
      let i = 0
      for (const char of text) {
        const point = char.codePointAt(0)!
        let face = at
        if (!main.has(point) && !isInvisible(char) && !(point === 0x202f && main.has(0x2009))) {
          face = -1
          for (const other of fallback) {
            if (open(other).shaper.has(point)) {
              face = other
              break
            }
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
  const shaper = shaperOf(face.bytes())
  return {
    font,
    shaper,
    codes: new Map(),
    boxes: new Map(),
    profile: profilesOf(() => face.bytes()),
    near: new Map(),
    known: new Uint8Array(0x10000),
    thin: !shaper.has(0x202f),
  }
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

function codeOf({ shaper, codes: known, font: { codes } }: Used, glyph: number, text: string): number {
  // nearly every glyph stands for one letter: a number is found sooner than a string
  const key = text.length === 1 ? glyph * 0x10000 + text.charCodeAt(0) : `${glyph} ${text}`
  let code = known.get(key)
  if (code === undefined) {
    code = codes.length
    if (code > 0xffff) throw new Error('a face with more than 65,535 codes')
    codes.push({ glyph, text, advance: Math.round(shaper.advance(glyph) * 1000) / 1000 })
    known.set(key, code)
  }
  return code
}

/** Letters and marks whose outlines would touch are moved apart. */
function keepApart(u: Used, glyphs: Glyphs, parts: readonly string[]): void {
  const { ids, advances, dx, dy } = glyphs
  for (let i = 0; i < ids.length - 1; i++) {
    if (dx[i] !== 0 || dx[i + 1] !== 0 || dy[i] !== 0 || dy[i + 1] !== 0) continue
    advances[i]! += roomFor(parts[i]!.slice(-1), parts[i + 1]!.charAt(0), () => {
      const key = ids[i]! * 0x10000 + ids[i + 1]!
      let near = u.near.get(key)
      if (near === undefined) u.near.set(key, (near = clearance(u.profile(ids[i]!), u.profile(ids[i + 1]!), 0)))
      return near + advances[i]!
    })
  }
}

function shapeBox(u: Used, features: readonly string[], language: string, text: string, hang: Hang, slab: Slab): Box {
  // a text that we divided shows a hyphen
  const divided = text.endsWith(DIVISION)
  const shown = withoutInvisible(text) + (divided ? '-' : '')
  // HarfBuzz needs no buffer for nothing
  const glyphs: Glyphs =
    shown === ''
      ? { ids: [], advances: [], dx: [], dy: [], clusters: [] }
      : u.shaper.shape(
          u.thin && shown.includes('\u202f') ? shown.replaceAll('\u202f', '\u2009') : shown,
          features,
          language,
        )
  const n = glyphs.ids.length
  const texts = spell(shown, glyphs.clusters)
  if (n > 1 && texts.whole && hasMarks(shown) && !u.font.monospaced) keepApart(u, glyphs, texts.parts)
  // room that the next style needs
  if (n > 0) glyphs.advances[n - 1]! += roomBehind(text)
  const { codes } = u.font
  const box: Box = {
    text,
    codes: slab.units(n),
    shifts: slab.shifts(n),
    rises: undefined,
    clusters: IN_ORDER,
    width: 0,
    actual: texts.whole ? undefined : shown,
    left: 0,
    right: 0,
    cuts: NO_CUTS,
  }
  // glyphs count the shown text; callers count the whole
  const origin = shown.length === text.length && !divided ? undefined : visibleOffsets(text)
  if (origin !== undefined || n > IN_ORDER.length || !inOrder(glyphs.clusters)) box.clusters = new Uint16Array(n)
  let pending = 0
  for (let i = 0; i < n; i++) {
    const code = codeOf(u, glyphs.ids[i]!, texts.parts[i]!)
    const own = codes[code]!.advance
    // an offset glyph is reached by a shift before it and taken back after it
    const dx = Math.round(glyphs.dx[i]!)
    if (dx !== 0 && i > 0) box.shifts[i - 1]! += dx
    box.codes[i] = code
    if (box.clusters !== IN_ORDER)
      box.clusters[i] = Math.min(0xffff, origin?.[glyphs.clusters[i]!] ?? glyphs.clusters[i]!)
    box.shifts[i] = Math.round(glyphs.advances[i]! - own) - (i > 0 ? dx : 0)
    pending += glyphs.advances[i]!
    if (glyphs.dy[i] !== 0) {
      box.rises ??= new Int16Array(n)
      box.rises[i] = Math.round(glyphs.dy[i]!)
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

function inOrder(clusters: readonly number[]): boolean {
  for (let i = 0; i < clusters.length; i++) if (clusters[i] !== i) return false
  return true
}

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
