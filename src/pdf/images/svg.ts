// In: an SVG file. Out: the same picture as PDF operators where they can say it, else as pixels fine enough for print.
// resvg resolves styles, references, units and text into plain paths; vector.ts writes those down.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { readPng } from './png.js'
import { checkSize, type Raster } from './raster.js'
import { toOperators, type Vector, type VectorOptions } from './vector.js'

export interface SvgOptions extends VectorOptions {
  /** Largest width on a page, points. */
  width: number
  /** Faces for its text: whole files, the book's own face first. */
  fonts: () => Uint8Array[]
  family: string
}

export interface Svg {
  vector?: Vector | undefined
  raster?: Raster | undefined
  /** It shows pictures from other files, which are left out. */
  incomplete: boolean
}

/** Dots per inch of what cannot be said in paths. */
const DPI = 400
const WIDEST = 6000

let started: Promise<typeof import('@resvg/resvg-wasm')> | undefined

function start() {
  started ??= (async () => {
    const resvg = await import('@resvg/resvg-wasm')
    const path = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
    await resvg.initWasm(await readFile(path))
    return resvg
  })()
  return started
}

/** Throws an Error whose message says what is wrong with the file. */
export async function readSvg(file: Uint8Array, options: SvgOptions): Promise<Svg> {
  const { Resvg } = await start()
  const source = new TextDecoder().decode(file)
  const pixels = Math.min(WIDEST, Math.max(16, Math.ceil((options.width / 72) * DPI)))
  const font = source.includes('<text')
    ? { fontBuffers: options.fonts(), defaultFontFamily: options.family, serifFamily: options.family }
    : { fontBuffers: [] }
  let svg: InstanceType<typeof Resvg>
  try {
    svg = new Resvg(source, { font, fitTo: { mode: 'width', value: pixels } })
  } catch (fault) {
    throw new Error(`it is not an SVG that can be drawn (${String(fault).replace(/^Error: /, '')})`)
  }
  try {
    // Nothing is fetched for a picture: resvg leaves out what is not in the file.
    const incomplete = /<image\b[^>]*\bhref\s*=\s*["'](?!data:|#)/.test(source)
    const vector = toOperators(svg.toString(), options)
    if (vector) return { vector, incomplete }
    checkSize(pixels, Math.ceil((svg.height / svg.width) * pixels))
    const image = svg.render()
    const raster = readPng(image.asPng())
    image.free()
    return { raster, incomplete }
  } finally {
    svg.free()
  }
}
