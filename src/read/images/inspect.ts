// In: the bytes of an image. Out: its kind and its size in pixels, or what is wrong with it.
// PNG: ISO/IEC 15948. JPEG: ITU-T T.81, annex B. GIF: 89a. WebP: RIFF container, RFC 9649.
import { crc32, inflateSync } from 'node:zlib'
import { allRowBytes, isPngKind, LAST_FILTER, passesOf, rowBytes, SAMPLES } from '../../model/png-rows.js'
import { isTiff, tiffOf } from '../../model/tiff-directory.js'
import { type Inspected, jpeg } from './prove-jpeg.js'

const TRUNCATED: Inspected = { broken: 'ends before the image does' }

export function inspect(bytes: Uint8Array): Inspected {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return png(bytes, view)
    if (startsWith(bytes, [0xff, 0xd8, 0xff])) return jpeg(bytes, view)
    if (isTiff(bytes)) return tiff(bytes)
    if (ascii(bytes, 0, 4) === 'GIF8') return gif(bytes, view)
    if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return webp(bytes, view)
    if (/^(?:\ufeff)?\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200))))
      return { type: 'svg', width: 0, height: 0 }
  } catch (thrown) {
    // Reading past the end of the view.
    if (thrown instanceof RangeError) return TRUNCATED
    throw thrown
  }
  return { broken: bytes.length === 0 ? 'is empty' : 'is no image of a known kind' }
}

/** Screens are shown a JPEG in its place. */
function tiff(bytes: Uint8Array): Inspected {
  const found = tiffOf(bytes)
  if ('broken' in found) return found
  return { type: 'jpeg', width: found.width, height: found.height, weight: 3, origin: 'tiff' }
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte)
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}

/** Measured: what is transparent is taken apart, in memory, when it is painted. */
const WITH_ALPHA = 2.7

function png(bytes: Uint8Array, view: DataView): Inspected {
  if (ascii(bytes, 12, 16) !== 'IHDR') return { broken: 'is a PNG image without a header' }
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const [depth, colour, interlaced] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)]
  if (width === 0 || height === 0 || width > 1e6 || height > 1e6) return { broken: 'has no sensible size' }
  if (!isPngKind(colour, depth)) return { broken: 'has a colour type that PNG does not know' }
  const data: Uint8Array[] = []
  let palette = false
  let at = 8
  for (;;) {
    const length = view.getUint32(at)
    const kind = ascii(bytes, at + 4, at + 8)
    if (at + 12 + length > bytes.length) return TRUNCATED
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) {
      return { broken: 'is damaged: a checksum does not agree' }
    }
    if (kind === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length))
    if (kind === 'PLTE') palette = length >= 3 && length % 3 === 0
    if (kind === 'IEND') break
    at += 12 + length
  }
  if (data.length === 0) return { broken: 'is a PNG image without a picture' }
  if (colour === 3 && !palette) return { broken: 'is a PNG image without its palette' }
  // Bombs are not inflated: what is larger than the header says is refused; what is too large altogether is told from the header.
  const bits = depth * SAMPLES[colour]!
  const passes = passesOf(width, height, interlaced === 1)
  const size = allRowBytes(passes, bits)
  const weight = Math.max(1, (depth / 8) * (colour >= 4 ? WITH_ALPHA : 1))
  if (size > 1 << 29) return { type: 'png', width, height, weight }
  let rows: Uint8Array
  try {
    rows = inflateSync(Buffer.concat(data), { maxOutputLength: size + 65536 })
  } catch {
    return { broken: 'is damaged: its picture cannot be unpacked' }
  }
  if (rows.length < size) return TRUNCATED
  let row = 0
  for (const { columns, rows: count } of passes)
    for (let i = 0; i < count; i++, row += 1 + rowBytes(columns, bits))
      if (rows[row]! > LAST_FILTER) return { broken: 'is damaged: a row is written in a way that PNG does not know' }
  return { type: 'png', width, height, weight }
}

function gif(bytes: Uint8Array, view: DataView): Inspected {
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)]
  if (width === 0 || height === 0) return { broken: 'has no sensible size' }
  const palette = (flags: number) => (flags & 0x80 ? 3 * (2 << (flags & 7)) : 0)
  /** Where a row of blocks ends, each of which says how long it is. */
  const past = (start: number) => {
    let at = start
    for (let size = view.getUint8(at); size > 0; size = view.getUint8(at)) at += 1 + size
    return at + 1
  }
  let pictures = 0
  let at = 13 + palette(view.getUint8(10))
  for (;;) {
    // Some tools leave the last byte out.
    if (at >= bytes.length && pictures > 0) break
    const kind = view.getUint8(at)
    if (kind === 0x3b) break
    if (kind === 0x21) at = past(at + 2)
    else if (kind === 0x2c) {
      at = past(at + 11 + palette(view.getUint8(at + 9)))
      pictures++
    } else if (pictures > 0) break
    else return { broken: 'is a damaged GIF image' }
  }
  return pictures > 0 ? { type: 'gif', width, height } : { broken: 'is a GIF image without a picture' }
}

function webp(bytes: Uint8Array, view: DataView): Inspected {
  if (view.getUint32(4, true) + 8 > bytes.length) return TRUNCATED
  const kind = ascii(bytes, 12, 16)
  if (kind === 'VP8X') {
    const word = (at: number) => view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16)
    return { type: 'webp', width: word(24) + 1, height: word(27) + 1 }
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { type: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  if (kind === 'VP8 ') {
    return { type: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  return { broken: 'is a damaged WebP image' }
}
