// In: an SVG file. Out: the same picture as PDF operators where they can say it, else as pixels fine enough for print.
// resvg resolves styles, references, units and text into plain paths; vector.ts writes those down.
import { outlinerOf } from '../../fonts/glyph-outlines.js'
import { readPng } from './png.js'
import { checkSize, type Raster } from './raster.js'
import { draw } from './resvg.js'
import { toOperators, type Vector, type VectorOptions } from './vector.js'

/** What an SVG takes from outside. */
export interface SvgNeeds {
  /** Faces for its text: whole files, the book's own face first. */
  fonts: () => Uint8Array[]
  family: string
  /** About how long it takes to draw at the width of a column, milliseconds. */
  work: number
}

export interface SvgOptions extends VectorOptions, SvgNeeds {
  /** Largest width on a page, points. */
  width: number
}

export interface Svg {
  vector?: Vector | undefined
  raster?: Raster | undefined
  /** It shows pictures from other files, which are left out. */
  incomplete: boolean
  /** Characters of its text that no face has: they are drawn as boxes. */
  lacking: string[]
}

/** Dots per inch of what cannot be said in paths. */
const DPI = 400
const WIDEST = 6000

/** Above this width a picture costs more than it was reckoned to. */
const RECKONED = 1800

/** Throws an Error whose message says what is wrong with the file; TooComplex if it asks for too much. */
export async function readSvg(file: Uint8Array, options: SvgOptions): Promise<Svg> {
  const source = new TextDecoder().decode(file)
  const pixels = Math.min(WIDEST, Math.max(16, Math.ceil((options.width / 72) * DPI)))
  const font = facesFor(source, options)
  const work = options.work * Math.max(1, pixels / RECKONED) ** 2
  const drawn = await draw(source, { font, fitTo: { mode: 'width', value: pixels } }, work)
  try {
    // Nothing is fetched for a picture: resvg leaves out what is not in the file.
    const incomplete = /<image\b[^>]*\bhref\s*=\s*["'](?!data:|#)/.test(source)
    const vector = toOperators(drawn.normal, options)
    const lacking = lackingIn(source, font.fontBuffers)
    if (vector) return { vector, incomplete, lacking }
    checkSize(pixels, Math.ceil((drawn.height / drawn.width) * pixels))
    return { raster: readPng(await drawn.pixels()), incomplete, lacking }
  } finally {
    drawn.free()
  }
}

/** So many pixels across. Throws as `readSvg` does. */
export async function svgPixels(file: Uint8Array, width: number, options: SvgNeeds): Promise<Raster> {
  const source = new TextDecoder().decode(file)
  const across = Math.min(WIDEST, width)
  const work = options.work * Math.max(1, across / RECKONED) ** 2
  const drawn = await draw(source, { font: facesFor(source, options), fitTo: { mode: 'width', value: across } }, work)
  try {
    checkSize(across, Math.ceil((drawn.height / drawn.width) * across))
    return readPng(await drawn.pixels(), true)
  } finally {
    drawn.free()
  }
}

function facesFor(source: string, { fonts, family }: SvgNeeds) {
  return source.includes('<text')
    ? { fontBuffers: fonts(), defaultFontFamily: family, serifFamily: family }
    : { fontBuffers: [] }
}

/** The reader has written the drawing anew: what still stands as an entity is of ASCII. */
function lackingIn(source: string, fonts: readonly Uint8Array[]): string[] {
  const texts = [...source.matchAll(/<text\b[^>]*(?<!\/)>([\s\S]*?)<\/text>/g)].map(([, inside]) => inside!)
  const shown = texts.join('').replace(/<[^>]*>|&#?\w+;/g, '')
  const characters = new Set(shown.match(/[^\s\p{C}\p{M}]/gu))
  return [...characters].filter((one) => !fonts.some((font) => outlinerOf(font).has(one.codePointAt(0)!)))
}
