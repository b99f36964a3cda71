// Shaping: a font file and a piece of text go in, glyph numbers and positions come out. The home of HarfBuzz's shaper.
import * as hb from 'harfbuzzjs'
import { openFont } from './harfbuzz.js'
import { oncePerFont } from './same-font.js'

/** Glyphs in visual order; numbers in 1/1000 of the em, whatever the font's own units. */
export interface Glyphs {
  ids: number[]
  advances: number[]
  /** Horizontal and vertical offsets from the pen. */
  dx: number[]
  dy: number[]
  /** UTF-16 offset in the text of the first character that the glyph stands for. */
  clusters: number[]
}

export interface FontMetrics {
  unitsPerEm: number
  /** 1/1000 em. */
  ascender: number
  descender: number
}

export interface Shaper {
  metrics: FontMetrics
  /** Does the font have a glyph for this code point? */
  has(codePoint: number): boolean
  /** Its glyph, without shaping; 0 if it has none. */
  glyph(codePoint: number): number
  /** All code points that it has, ascending. */
  covered(): number[]
  /** Features as OpenType tags, `smcp` or `-liga`, in a list that stays as it is; language as BCP 47. */
  shape(text: string, features: readonly string[], language: string): Glyphs
  /** The advance of a glyph by itself, 1/1000 em. */
  advance(glyph: number): number
  /** Ink box of a glyph, 1/1000 em: left, right (from the origin), top, bottom (upwards); undefined for a blank. */
  extents(glyph: number): { left: number; right: number; top: number; bottom: number } | undefined
}

/** One for each font file, whoever asks. Throws if the bytes are no font. */
export const shaperOf: (bytes: Uint8Array) => Shaper = oncePerFont((bytes) => {
  const { face, font, buffer } = openFont(bytes)
  const unitsPerEm = face.upem
  const k = 1000 / unitsPerEm
  // Of thousands, a book asks for a hundred.
  const known = new Map<number, boolean>()
  const parsed = new WeakMap<readonly string[], hb.Feature[]>()
  const extents = font.hExtents()
  const parse = (tags: readonly string[]): hb.Feature[] => {
    let made = parsed.get(tags)
    if (!made) {
      made = tags.map((tag) => (tag.startsWith('-') ? new hb.Feature(tag.slice(1), 0) : new hb.Feature(tag, 1)))
      parsed.set(tags, made)
    }
    return made
  }
  return {
    metrics: { unitsPerEm, ascender: extents.ascender * k, descender: extents.descender * k },
    has(codePoint) {
      let answer = known.get(codePoint)
      if (answer === undefined) known.set(codePoint, (answer = font.nominalGlyph(codePoint) !== undefined))
      return answer
    },
    glyph: (codePoint) => font.nominalGlyph(codePoint) ?? 0,
    covered: () => [...face.collectUnicodes()].sort((a, b) => a - b),
    shape(text, features, language) {
      buffer.reset()
      buffer.addText(text)
      buffer.setLanguage(language)
      buffer.guessSegmentProperties()
      hb.shape(font, buffer, parse(features))
      const infos = buffer.getGlyphInfos()
      const places = buffer.getGlyphPositions()
      const out: Glyphs = { ids: [], advances: [], dx: [], dy: [], clusters: [] }
      for (let i = 0; i < infos.length; i++) {
        const place = places[i]!
        out.ids.push(infos[i]!.codepoint)
        out.clusters.push(infos[i]!.cluster)
        out.advances.push(place.xAdvance * k)
        out.dx.push(place.xOffset * k)
        out.dy.push(place.yOffset * k)
      }
      return out
    },
    advance: (glyph) => font.glyphHAdvance(glyph) * k,
    extents(glyph) {
      const e = font.glyphExtents(glyph)
      if (!e || (e.width === 0 && e.height === 0)) return undefined
      return {
        left: e.xBearing * k,
        right: (e.xBearing + e.width) * k,
        top: e.yBearing * k,
        bottom: (e.yBearing + e.height) * k,
      }
    },
  }
})

/** Latin, Greek, Cyrillic: who has small capitals has them of one of these. */
const SMALL = ['ae', 'αλ', 'ая']

/** Has the font small capitals of its own? */
export function hasSmallCapitals(bytes: Uint8Array): boolean {
  return small(bytes).there
}

const small = oncePerFont((bytes) => {
  const shaper = shaperOf(bytes)
  const glyphs = (text: string, features: string[]) => shaper.shape(text, features, 'en').ids.join()
  return { there: SMALL.some((text) => glyphs(text, ['smcp']) !== glyphs(text, [])) }
})
