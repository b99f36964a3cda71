// Text and a font file in; the text's outline out, as path commands. For what is drawn rather than set: covers, ornaments.
import * as hb from 'harfbuzzjs'
import { openFont } from './harfbuzz.js'
import { oncePerFont } from './same-font.js'

/** Path commands with y downwards from the baseline, in em: M x y, L x y, Q x1 y1 x y, C x1 y1 x2 y2 x y, Z. */
export type Path = (string | number)[]

export interface Outline {
  /** Em. */
  advance: number
  path: Path
  /** Ink box in em, y downwards (top is negative for what stands above the baseline); all 0 if there is no ink. */
  left: number
  right: number
  top: number
  bottom: number
}

export interface Outliner {
  /** Does the font have a glyph for this code point? */
  has(codePoint: number): boolean
  /** Features as OpenType tags, `smcp` or `-liga`; language as BCP 47; tracking in em, after every cluster. */
  outline(text: string, features: readonly string[], language: string, tracking?: number): Outline
  /** Of one glyph by its number, in units of `upem`, y upwards. It is not to be changed. */
  glyph(number: number): Path
  upem: number
  /** What `outline` would say of the advance, without the work of drawing. */
  advance(text: string, features: readonly string[], language: string, tracking?: number): number
  /** Em: of `x` and of `H`; measured, since not every font says them. */
  xHeight: number
  capHeight: number
}

interface Shaped {
  infos: readonly hb.GlyphInfo[]
  places: readonly hb.GlyphPosition[]
}

/** Words of covers that are kept for a face; titles, names and series of a shelf have many in common. */
const MOST = 1000

/** HarfBuzz calls these for every command of a glyph's outline, in the font's units, y upwards; they last as long as it does. */
let shared: hb.DrawFuncs | undefined

function pen(): hb.DrawFuncs {
  if (shared === undefined) {
    shared = new hb.DrawFuncs()
    shared.setMoveToFunc((x, y, path: unknown) => void (path as Path).push('M', x, y))
    shared.setLineToFunc((x, y, path: unknown) => void (path as Path).push('L', x, y))
    shared.setQuadraticToFunc((ax, ay, x, y, path: unknown) => void (path as Path).push('Q', ax, ay, x, y))
    shared.setCubicToFunc((ax, ay, bx, by, x, y, path: unknown) => void (path as Path).push('C', ax, ay, bx, by, x, y))
    shared.setClosePathFunc((path: unknown) => void (path as Path).push('Z'))
  }
  return shared
}

/** One for each font file, whoever asks. Throws if the bytes are no font. */
export const outlinerOf: (bytes: Uint8Array) => Outliner = oncePerFont((bytes) => {
  const { face, font, buffer } = openFont(bytes)
  const k = 1 / face.upem
  const height = (character: string, otherwise: number) => {
    const glyph = font.nominalGlyph(character.codePointAt(0)!)
    const box = glyph === undefined ? undefined : font.glyphExtents(glyph)
    return box ? box.yBearing * k : otherwise
  }
  const shaped = new Map<string, Shaped>()
  const shape = (text: string, features: readonly string[], language: string): Shaped => {
    const key = `${features.join()} ${language} ${text}`
    let made = shaped.get(key)
    if (made === undefined) {
      if (shaped.size >= MOST) shaped.clear()
      shaped.set(key, (made = shapeAnew(text, features, language)))
    }
    return made
  }
  const shapeAnew = (text: string, features: readonly string[], language: string): Shaped => {
    buffer.reset()
    buffer.addText(text)
    buffer.setLanguage(language)
    buffer.guessSegmentProperties()
    const on = features.map((tag) => (tag.startsWith('-') ? new hb.Feature(tag.slice(1), 0) : new hb.Feature(tag, 1)))
    hb.shape(font, buffer, on)
    return { infos: buffer.getGlyphInfos(), places: buffer.getGlyphPositions() }
  }
  const covered = new Map<number, boolean>()
  const drawn = new Map<number, Path>()
  const draw = (glyph: number): Path => {
    let path = drawn.get(glyph)
    if (path === undefined) {
      path = []
      font.drawGlyph(glyph, pen(), path)
      drawn.set(glyph, path)
    }
    return path
  }
  return {
    has(codePoint) {
      let known = covered.get(codePoint)
      if (known === undefined) covered.set(codePoint, (known = font.nominalGlyph(codePoint) !== undefined))
      return known
    },
    glyph: draw,
    upem: face.upem,
    xHeight: height('x', 0.45),
    capHeight: height('H', 0.68),
    advance(text, features, language, tracking = 0) {
      const { infos, places } = shape(text, features, language)
      let sum = 0
      for (let i = 0; i < infos.length; i++) {
        sum += places[i]!.xAdvance * k
        if (i > 0 && infos[i]!.cluster !== infos[i - 1]!.cluster) sum += tracking
      }
      return sum
    },
    outline(text, features, language, tracking = 0) {
      const { infos, places } = shape(text, features, language)
      const out: Outline = { advance: 0, path: [], left: 0, right: 0, top: 0, bottom: 0 }
      let inked = false
      let pen = 0
      for (let i = 0; i < infos.length; i++) {
        const place = places[i]!
        const x = pen + place.xOffset * k
        const y = -place.yOffset * k
        const path = draw(infos[i]!.codepoint)
        for (let v = 0; v < path.length; v++) {
          const part = path[v]!
          if (typeof part === 'string') {
            out.path.push(part)
            continue
          }
          const px = x + part * k
          const py = y - (path[++v] as number) * k
          out.path.push(px, py)
          if (!inked) {
            inked = true
            out.left = out.right = px
            out.top = out.bottom = py
          }
          if (px < out.left) out.left = px
          if (px > out.right) out.right = px
          if (py < out.top) out.top = py
          if (py > out.bottom) out.bottom = py
        }
        pen += place.xAdvance * k
        const last = i + 1 === infos.length
        if (!last && infos[i + 1]!.cluster !== infos[i]!.cluster) pen += tracking
      }
      out.advance = pen
      return out
    },
  }
})
