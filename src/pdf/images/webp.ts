// In: a WebP file. Out: its pixels, by Google's decoder as WebAssembly.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { checkSize, fromRgba, type Raster, Unreadable } from './raster.js'

/** `width` and `height` are what the reader found: they are looked at before the decoder takes memory for them. */
export async function readWebp(file: Uint8Array, width: number, height: number): Promise<Raster> {
  checkSize(width, height)
  const { default: decode, init } = await import('@jsquash/webp/decode.js')
  const path = createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm')
  await init(await WebAssembly.compile(await readFile(path)))
  let image: { width: number; height: number; data: Uint8ClampedArray }
  try {
    image = await decode(Uint8Array.from(file).buffer)
  } catch {
    throw new Unreadable('its pixels cannot be unpacked')
  }
  return fromRgba(image.width, image.height, new Uint8Array(image.data.buffer))
}
