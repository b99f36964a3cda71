// In: a picture of any kind that a book may have. Out: its pixels, upright; or pixels in, a JPEG file out. For what is no PDF: the
// cover that shops ask for.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import type { Picture } from '../../layout/typeset.js'
import { readGif } from './gif.js'
import { readJpeg } from './jpeg.js'
import { readPng } from './png.js'
import { type Raster, TooComplex, Unreadable } from './raster.js'
import type { SvgNeeds } from './svg.js'

/** By rows from the top left: red, green, blue, and 255 for opaque. */
export interface Pixels {
  width: number
  height: number
  data: Uint8Array
  /** Its file says that the colours are of another profile than sRGB. */
  foreign: boolean
}

/** An SVG is drawn so many pixels across. Throws; `whyUnreadable` puts it in words. */
export async function pixelsOf(picture: Picture, across: number, needs: Omit<SvgNeeds, 'work'>): Promise<Pixels> {
  const { type, bytes, work = 0 } = picture
  if (type === 'jpeg') return readJpegPixels(bytes)
  const foreign = type === 'png' && isForeign(pngProfile(bytes))
  return { ...toRgba(await raster()), foreign }

  async function raster(): Promise<Raster> {
    if (type === 'png') return readPng(bytes, true)
    if (type === 'gif') return readGif(bytes)
    if (type === 'webp') return (await import('./webp.js')).readWebp(bytes, picture.width, picture.height)
    return (await import('./svg.js')).svgPixels(bytes, across, { ...needs, work })
  }
}

/** In words that follow the picture's name. */
export function whyUnreadable(thrown: unknown): string {
  return thrown instanceof Unreadable || thrown instanceof TooComplex ? thrown.message : 'its content makes no sense'
}

function toRgba({ width, height, space, palette, pixels, alpha }: Raster): Omit<Pixels, 'foreign'> {
  const data = new Uint8Array(4 * width * height)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++)
      data[4 * i + c] = palette
        ? (palette[3 * pixels![i]! + c] ?? 0)
        : space === 'gray'
          ? pixels![i]!
          : pixels![3 * i + c]!
    data[4 * i + 3] = alpha ? alpha[i]! : 255
  }
  return { width, height, data }
}

/** As it is stored, not turned upright. */
export async function jpegRaster(bytes: Uint8Array): Promise<Raster> {
  const { width, height, data } = await decodeJpeg(bytes, false)
  const pixels = new Uint8Array(3 * width * height)
  for (let from = 0, to = 0; from < data.length; from += 4) {
    pixels[to++] = data[from]!
    pixels[to++] = data[from + 1]!
    pixels[to++] = data[from + 2]!
  }
  return { width, height, bits: 8, space: 'rgb', pixels }
}

async function readJpegPixels(bytes: Uint8Array): Promise<Pixels> {
  // It refuses CMYK, and sizes that no memory holds.
  readJpeg(bytes)
  return { ...(await decodeJpeg(bytes, true)), foreign: isForeign(jpegProfile(bytes)) }
}

async function decodeJpeg(bytes: Uint8Array, preserveOrientation: boolean): Promise<Omit<Pixels, 'foreign'>> {
  const { default: decode, init } = await import('@jsquash/jpeg/decode.js')
  const path = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm')
  await init(await WebAssembly.compile(await readFile(path)))
  try {
    const { width, height, data } = await decode(Uint8Array.from(bytes).buffer, { preserveOrientation })
    return { width, height, data: new Uint8Array(data.buffer) }
  } catch {
    throw new Unreadable('its pixels cannot be unpacked')
  }
}

/** Colours at their full resolution: covers have letters. Sequential: every shop takes it. */
const JPEG = { quality: 88, progressive: false, auto_subsample: false, chroma_subsample: 1 }

/** Opaque pixels in sRGB as a JPEG file, which is what a file without a profile is taken for. */
export async function toJpeg({ width, height, data }: Omit<Pixels, 'foreign'>): Promise<Uint8Array> {
  const { default: encode, init } = await import('@jsquash/jpeg/encode.js')
  const path = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')
  await init(await WebAssembly.compile(await readFile(path)))
  const image = { width, height, data: new Uint8ClampedArray(data.buffer) } as unknown as Parameters<typeof encode>[0]
  return new Uint8Array(await encode(image, JPEG))
}

/** A picture may have a profile, compressed (PNG 11.3.2.3), before its pixels. */
export function pngProfile(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'IDAT') return undefined
    if (name !== 'iCCP') continue
    const data = bytes.subarray(at + 8, at + 8 + view.getUint32(at))
    try {
      return inflateSync(data.subarray(data.indexOf(0) + 2), { maxOutputLength: 1 << 22 })
    } catch {
      return data
    }
  }
  return undefined
}

/** Its profile, joined of its parts (ICC.1, B.4), which come in their order. */
export function jpegProfile(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  for (let at = 2; at + 4 <= bytes.length && bytes[at + 1] !== 0xda; ) {
    if (bytes[at + 1] === 0xff) {
      at++
      continue
    }
    const segment = bytes.subarray(at + 4, at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!))
    if (bytes[at + 1] === 0xe2 && String.fromCharCode(...segment.subarray(0, 11)) === 'ICC_PROFILE')
      parts.push(segment.subarray(14))
    at += 4 + segment.length
  }
  return parts.length > 0 ? Buffer.concat(parts) : undefined
}

/** Whoever makes profiles of sRGB names them so, in ASCII or in UTF-16. */
export function isForeign(profile: Uint8Array | undefined): boolean {
  if (profile === undefined) return false
  const text = Buffer.from(profile).toString('latin1')
  return !/sRGB|s\0R\0G\0B/.test(text)
}
