// In: a file that should be a font. Out: what is wrong with it, before a page is set: read as the OpenType specification has it,
// shaped, cut down as the outputs will cut it, and shaped again.
import { FIXED } from '../model/limits.js'
import { oncePerFont } from './same-font.js'
import { hasSmallCapitals, type Shaper, shaperOf } from './shape.js'
import { subset } from './subset.js'

export interface Proof {
  /** The same bytes, which all who proved this font are given. */
  bytes: Uint8Array
  /** Why nothing can be set in it: words that follow its name. */
  fault?: string | undefined
  /** Why it may look otherwise than its maker meant. */
  doubt?: string | undefined
  /** Does it say of itself that its licence forbids to embed it? */
  closed?: boolean | undefined
}

/** Thrown and caught in this file: words that follow the font's name. */
class Fault extends Error {}

/** Once in a process for each font. */
export const proveFont: (bytes: Uint8Array) => Promise<Proof> = oncePerFont(prove)

async function prove(bytes: Uint8Array): Promise<Proof> {
  try {
    const tables = readTables(bytes)
    const glyphs = checkTables(tables)
    const shaper = shaperOf(bytes)
    const points = shaper.covered()
    const sample = checkShaper(shaper, points, glyphs)
    await checkSubsets(bytes, shaper, points, sample)
    return { bytes, doubt: doubtOf(bytes), ...(isClosed(tables) && { closed: true }) }
  } catch (cause) {
    if (cause instanceof Fault) return { bytes, fault: cause.message }
    // What HarfBuzz cannot read it says by an error, or by a trap of its WebAssembly.
    if (cause instanceof Error) return { bytes, fault: 'cannot be read as a font' }
    throw cause
  }
}

type Tables = Map<string, DataView>

/** The table directory: `otff`, OpenType specification. */
function readTables(bytes: Uint8Array): Tables {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = String.fromCharCode(...bytes.subarray(0, 4))
  if (kind === 'wOFF' || kind === 'wOF2') throw new Fault('is a web font, which is packed')
  if (kind === 'ttcf') throw new Fault('is a collection of several fonts')
  if (kind !== '\0\x01\0\0' && kind !== 'OTTO' && kind !== 'true') throw new Fault('is no TrueType or OpenType font')
  const tables: Tables = new Map()
  const count = bytes.length < 12 ? 0 : view.getUint16(4)
  if (count === 0 || bytes.length < 12 + 16 * count) throw new Fault('is cut short')
  for (let at = 12; at < 12 + 16 * count; at += 16) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4))
    const [start, length] = [view.getUint32(at + 8), view.getUint32(at + 12)]
    if (start + length > bytes.length) throw new Fault(`is cut short: its table \`${legible(name)}\` runs over its end`)
    tables.set(name, new DataView(bytes.buffer, bytes.byteOffset + start, length))
  }
  return tables
}

function legible(name: string): string {
  return name.replace(/[^ -_a-~]/g, '?')
}

/** Fewest bytes of the tables that every font has, as far as the outputs read them. */
const LEAST = { head: 54, hhea: 36, maxp: 6, hmtx: 4, cmap: 4, post: 16 }

/** The number of glyphs, if what the tables say of each other is true. */
function checkTables(tables: Tables): number {
  const table = (name: string, least: number): DataView => {
    const found = tables.get(name)
    if (found === undefined) throw new Fault(`has no table \`${name}\``)
    if (found.byteLength < least) throw new Fault(`is damaged: its table \`${name}\` is too short`)
    return found
  }
  for (const [name, least] of Object.entries(LEAST)) table(name, least)
  const head = table('head', LEAST.head)
  const glyphs = table('maxp', LEAST.maxp).getUint16(4)
  const unit = head.getUint16(18)
  if (head.getUint32(12) !== 0x5f0f3cf5 || unit < 16 || unit > 16384 || glyphs === 0)
    throw new Fault('is damaged: its header is none')
  const wide = table('hhea', LEAST.hhea).getUint16(34)
  if (wide === 0 || wide > glyphs) throw new Fault('is damaged: it has no widths')
  table('hmtx', 4 * wide + 2 * (glyphs - wide))
  if (tables.has('glyf')) checkOutlines(table('glyf', 0), table('loca', 0), glyphs, head.getInt16(50))
  else if (!tables.has('CFF ')) throw new Fault('has no outlines that can be printed')
  return glyphs
}

/** `loca`: where each glyph's outline begins, the last one's end after it. */
function checkOutlines(glyf: DataView, loca: DataView, glyphs: number, format: number): void {
  if (format !== 0 && format !== 1) throw new Fault('is damaged: its header is none')
  if (loca.byteLength < (glyphs + 1) * (format === 1 ? 4 : 2))
    throw new Fault('is damaged: its table `loca` is too short')
  const placeOf = (i: number) => (format === 1 ? loca.getUint32(4 * i) : 2 * loca.getUint16(2 * i))
  let last = 0
  for (let i = 0; i <= glyphs; i++) {
    const at = placeOf(i)
    if (at < last || at > glyf.byteLength) throw new Fault('is damaged: its outlines are not where it says')
    last = at
  }
  checkParts((glyph) => {
    const start = placeOf(glyph)
    return partsOf(new DataView(glyf.buffer, glyf.byteOffset + start, placeOf(glyph + 1) - start))
  }, glyphs)
}

/** A glyph may be made of others, and those of others; one that is made of itself is drawn by nobody. */
function checkParts(parts: (glyph: number) => number[], glyphs: number): void {
  const [OPEN, DONE] = [1, 2]
  const states = new Uint8Array(glyphs)
  for (let first = 0; first < glyphs; first++) {
    if (states[first] !== 0) continue
    const path = [{ glyph: first, rest: parts(first) }]
    states[first] = OPEN
    while (path.length > 0) {
      const { glyph, rest } = path.at(-1)!
      const next = rest.pop()
      if (next === undefined) {
        states[glyph] = DONE
        path.pop()
      } else if (next >= glyphs) throw new Fault('is damaged: it names glyphs that it does not have')
      else if (states[next] === OPEN) throw new Fault('is damaged: a glyph is made of itself')
      else if (states[next] === 0) {
        states[next] = OPEN
        path.push({ glyph: next, rest: parts(next) })
      }
    }
  }
}

/** What a composite glyph is made of (`glyf`, OpenType specification); none if it has its own outline. */
function partsOf(outline: DataView): number[] {
  if (outline.byteLength < 10 || outline.getInt16(0) >= 0) return []
  const parts: number[] = []
  for (let at = 10; at + 4 <= outline.byteLength; ) {
    const flags = outline.getUint16(at)
    parts.push(outline.getUint16(at + 2))
    const scale = flags & 0x0008 ? 2 : flags & 0x0040 ? 4 : flags & 0x0080 ? 8 : 0
    at += 4 + (flags & 0x0001 ? 4 : 2) + scale
    if ((flags & 0x0020) === 0) break
  }
  return parts
}

/** Letters whose ink is looked at one by one. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
/** What books ask of a face. */
const FEATURES = [[], ['smcp', 'onum'], ['smcp', 'c2sc', 'lnum'], ['onum', 'pnum', 'kern', 'liga', 'clig']]
/** A font has at most 65,535 glyphs, and some characters share one. */
const MOST_POINTS = FIXED.fontPoints.value
/** Em, in thousandths: nothing that is set is wider. */
const WIDEST = 20_000
/** The same: no letter is narrower. */
const NARROWEST = 20

/** A letter may be taken apart: into its accents, or a fraction's figures. */
const MOST_PARTS = 8
/** Characters that are shaped together. */
const CHUNK = 64

/** Each thing that the face shows, beside its neighbours: rules that make one glyph many, and those many more, have no end. */
function checkGrowth(shaper: Shaper, points: readonly number[]): void {
  for (const features of [FEATURES[0]!, FEATURES.at(-1)!])
    for (let at = 0; at < points.length; at += CHUNK) {
      const chunk = points.slice(at, at + CHUNK)
      const { ids } = shaper.shape(String.fromCodePoint(...chunk), features, 'en')
      if (ids.length > MOST_PARTS * chunk.length) throw new Fault('is damaged: it makes one letter into hundreds')
    }
}

interface Sample {
  text: string
  /** Features, and what was shaped with them. */
  shaped: { features: string[]; advance: number }[]
}

/** Shapes what the face has of plain letters, or the first that it has. */
function checkShaper(shaper: Shaper, points: readonly number[], glyphs: number): Sample {
  const { unitsPerEm, ascender, descender } = shaper.metrics
  if (![unitsPerEm, ascender, descender].every((each) => Math.abs(each) <= WIDEST))
    throw new Fault('is damaged: its measures cannot be')
  if (points.length === 0) throw new Fault('shows no characters')
  if (points.length > MOST_POINTS || points.some((point) => shaper.glyph(point) >= glyphs))
    throw new Fault('is damaged: it names glyphs that it does not have')
  checkGrowth(shaper, points)
  const own = [...LETTERS].filter((letter) => shaper.has(letter.codePointAt(0)!)).join('')
  const text = own || String.fromCodePoint(...points.slice(0, 64))
  const shaped = FEATURES.map((features) => ({ features, advance: advanceOf(shaper, text, features, glyphs) }))
  for (const letter of own) {
    if (shaper.extents(glyphOf(shaper, letter)) === undefined) throw new Fault(`has no outline for \`${letter}\``)
    const { advances } = shaper.shape(letter, [], 'en')
    if (!(advances[0]! >= NARROWEST)) throw new Fault(`is damaged: it has no width for \`${letter}\``)
  }
  return { text, shaped }
}

function glyphOf(shaper: Shaper, letter: string): number {
  return shaper.shape(letter, [], 'en').ids[0]!
}

function advanceOf(shaper: Shaper, text: string, features: string[], glyphs: number): number {
  const { ids, advances, dx, dy } = shaper.shape(text, features, 'en')
  if (ids.some((id) => id >= glyphs)) throw new Fault('is damaged: it names glyphs that it does not have')
  if ([...advances, ...dx, ...dy].some((each) => !(Math.abs(each) <= WIDEST)))
    throw new Fault('is damaged: its widths cannot be')
  const sum = advances.reduce((a, b) => a + b, 0)
  if (!(sum > 0)) throw new Fault('is damaged: its letters have no width')
  return sum
}

/** Characters that the cut-down fonts of the proof keep; more would take a second of a large face. */
const MOST = 2000

/** The font as the EPUB and as the PDF embed it must show what the whole one shows. */
async function checkSubsets(
  bytes: Uint8Array,
  whole: Shaper,
  points: readonly number[],
  { text, shaped }: Sample,
): Promise<void> {
  const step = Math.ceil(points.length / MOST)
  const unicodes = [
    ...new Set([...points.filter((_, i) => i % step === 0), ...[...text].map((c) => c.codePointAt(0)!)]),
  ]
  const features = [...new Set(FEATURES.flat())]
  const web = await subset(bytes, { unicodes, features, dropHints: true })
  const glyphs = checkTables(readTables(web))
  const cut = shaperOf(web)
  for (const { features, advance } of shaped)
    if (Math.abs(advanceOf(cut, text, features, glyphs) - advance) > 1)
      throw new Fault('cannot be cut down to a book’s letters')
  const ids = [...new Set(whole.shape(text, [], 'en').ids)]
  const print = await subset(bytes, {
    glyphs: ids,
    retainGlyphIds: true,
    dropLayout: true,
    dropHints: true,
    pinAxes: true,
  })
  checkTables(readTables(print))
  const printed = shaperOf(print)
  for (const id of ids) {
    const [a, b] = [whole.extents(id), printed.extents(id)]
    const same =
      a === undefined
        ? b === undefined
        : b !== undefined && Math.abs(a.top - b.top) <= 1 && Math.abs(a.right - b.right) <= 1
    if (!same) throw new Fault('cannot be cut down to a book’s letters')
  }
}

/** `fsType` (OS/2, OpenType specification): restricted, and none of the kinds that allow more; of several the mildest holds. */
function isClosed(tables: Tables): boolean {
  const about = tables.get('OS/2')
  return about !== undefined && about.byteLength >= 10 && (about.getUint16(8) & 0xf) === 2
}

/** Tables whose sum is not the one that the directory says. Some tools leave them wrong, so this is no fault. */
function doubtOf(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wrong: string[] = []
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i
    const name = String.fromCharCode(...bytes.subarray(at, at + 4))
    const said = view.getUint32(at + 4)
    // The header's own sum is of the file; some tools write none.
    if (name === 'head' || said === 0) continue
    if (sumOf(view, view.getUint32(at + 8), view.getUint32(at + 12)) !== said) wrong.push(`\`${legible(name)}\``)
  }
  return wrong.length === 0
    ? undefined
    : `may be damaged: its ${wrong.join(', ')} ${wrong.length > 1 ? 'are' : 'is'} not as it says`
}

function sumOf(view: DataView, start: number, length: number): number {
  let sum = 0
  for (let at = start; at + 4 <= start + length; at += 4) sum = (sum + view.getUint32(at)) | 0
  // The rest counts as if zeros followed.
  for (let k = 0; k < length % 4; k++)
    sum = (sum + (view.getUint8(start + length - (length % 4) + k) << (24 - 8 * k))) | 0
  return sum >>> 0
}

export interface Abilities {
  /** As the file says it; '' if it says nothing. */
  designer: string
  licence: string
  /** Has it small capitals of its own? */
  smallCapitals: boolean
  has(codePoint: number): boolean
}

/** Of a font that is sound. */
export function abilitiesOf(bytes: Uint8Array): Abilities {
  const shaper = shaperOf(bytes)
  return {
    designer: nameIn(bytes, 9),
    licence: inShort(nameIn(bytes, 13)),
    smallCapitals: hasSmallCapitals(bytes),
    has: (codePoint) => shaper.has(codePoint),
  }
}

/** A name of the font's own table (`name`, OpenType specification), as Windows has it in English; else ''. */
function nameIn(bytes: Uint8Array, id: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) !== 'name') continue
    const start = view.getUint32(at + 8)
    const strings = start + view.getUint16(start + 4)
    for (let k = 0; k < view.getUint16(start + 2); k++) {
      const record = start + 6 + 12 * k
      const [platform, language, name] = [0, 4, 6].map((off) => view.getUint16(record + off))
      if (platform !== 3 || language !== 0x409 || name !== id) continue
      const from = strings + view.getUint16(record + 10)
      const length = view.getUint16(record + 8)
      if (from + length > bytes.length) return ''
      return new TextDecoder('utf-16be')
        .decode(bytes.subarray(from, from + length))
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 200)
    }
  }
  return ''
}

/** Licences are told in sentences. */
function inShort(licence: string): string {
  const ofl = /SIL Open Font License(?:,? Version (\d\.\d))?/i.exec(licence)
  if (ofl) return `SIL Open Font License ${ofl[1] ?? '1.1'}`
  return licence.split('. ')[0]!.slice(0, 100)
}
