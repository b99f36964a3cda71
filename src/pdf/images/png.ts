// In: a PNG file (ISO/IEC 15948). Out: its samples as PDF can take them: the file's own compressed rows where they serve,
// else 8-bit pixels with their transparency apart.
import { inflateSync } from 'node:zlib'
import { allRowBytes, isPngKind, LAST_FILTER, type Pass, passesOf, rowBytes, SAMPLES } from '../../model/png-rows.js'
import { checkSize, type Raster, Unreadable } from './raster.js'

interface Header {
  width: number
  height: number
  bits: number
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
  type: number
  interlaced: boolean
}

/** `open`: all as pixels. Throws an Error whose message says what is wrong with the file. */
export function readPng(file: Uint8Array, open = false): Raster {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let header: Header | undefined
  let palette: Uint8Array | undefined
  let transparency: Uint8Array | undefined
  const parts: Uint8Array[] = []
  for (let at = 8; at + 12 <= file.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8))
    const data = file.subarray(at + 8, at + 8 + length)
    if (data.length < length) throw new Unreadable('it is cut short')
    if (name === 'IHDR') header = readHeader(data)
    else if (name === 'PLTE') palette = data
    else if (name === 'tRNS') transparency = data
    else if (name === 'IDAT') parts.push(data)
    else if (name === 'IEND') break
    at += 12 + length
  }
  if (!header) throw new Unreadable('it has no header')
  if (header.type === 3 && (!palette || palette.length % 3 !== 0)) throw new Unreadable('it has no palette')

  const compressed = Buffer.concat(parts)
  const rows = inflateRows(compressed, header)
  const { width, height, bits, type } = header
  if (!open && type < 4 && !transparency && !header.interlaced) {
    const colours = SAMPLES[type]!
    return {
      width,
      height,
      bits,
      space: type === 0 ? 'gray' : type === 2 ? 'rgb' : 'palette',
      palette: type === 3 ? palette : undefined,
      packed: {
        bytes: compressed,
        predictor: { Predictor: 15, Colors: colours, BitsPerComponent: bits, Columns: width },
      },
    }
  }
  return widen(unpack(rows, header), header, palette, transparency)
}

function readHeader(data: Uint8Array): Header {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const [bits, type, compression, filter, interlace] = data.subarray(8)
  const header = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bits: bits!,
    type: type!,
    interlaced: interlace === 1,
  }
  if (!isPngKind(header.type, header.bits) || compression !== 0 || filter !== 0 || interlace! > 1)
    throw new Unreadable('it is of a kind that the standard does not know')
  checkSize(header.width, header.height)
  return header
}

function passesIn({ width, height, interlaced }: Header): Pass[] {
  return passesOf(width, height, interlaced)
}

/** Of a pixel. */
function bitsOf({ bits, type }: Header): number {
  return SAMPLES[type]! * bits
}

/** All rows with their filter bytes; also the proof that the file is whole. */
function inflateRows(compressed: Uint8Array, header: Header): Uint8Array {
  const expected = allRowBytes(passesIn(header), bitsOf(header))
  let rows: Uint8Array
  try {
    rows = inflateSync(compressed, { maxOutputLength: expected + 1 })
  } catch {
    throw new Unreadable('its pixels cannot be unpacked')
  }
  if (rows.length < expected) throw new Unreadable('its pixels are cut short')
  return rows
}

/** Undoes the filters and the interlacing: one sample a number, 16-bit ones cut to 8. */
function unpack(rows: Uint8Array, header: Header): Uint8Array {
  const { width, height, bits, type } = header
  const samples = SAMPLES[type]!
  const out = new Uint8Array(width * height * samples)
  const stride = Math.max(1, (samples * bits) >> 3)
  let at = 0
  for (const { x, y, dx, dy, columns, rows: count } of passesIn(header)) {
    const size = rowBytes(columns, bitsOf(header))
    let above = new Uint8Array(size)
    for (let row = 0; row < count; row++) {
      const filter = rows[at]!
      const line = rows.slice(at + 1, at + 1 + size)
      at += 1 + size
      unfilter(line, above, stride, filter)
      for (let i = 0; i < columns; i++) {
        const to = ((y + row * dy) * width + x + i * dx) * samples
        for (let s = 0; s < samples; s++) out[to + s] = sampleOf(line, i * samples + s, bits)
      }
      above = line
    }
  }
  return out
}

function sampleOf(line: Uint8Array, index: number, bits: number): number {
  if (bits === 8) return line[index]!
  if (bits === 16) return line[2 * index]!
  const bit = index * bits
  return (line[bit >> 3]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
}

function unfilter(line: Uint8Array, above: Uint8Array, stride: number, filter: number): void {
  if (filter > LAST_FILTER) throw new Unreadable('its pixels are of a kind that the standard does not know')
  if (filter === 0) return
  for (let i = 0; i < line.length; i++) {
    const left = i >= stride ? line[i - stride]! : 0
    const up = above[i]!
    if (filter === 1) line[i]! += left
    else if (filter === 2) line[i]! += up
    else if (filter === 3) line[i]! += (left + up) >> 1
    else line[i]! += paeth(left, up, i >= stride ? above[i - stride]! : 0)
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** Colours of 8 bits, and alpha by itself. A colour that stands for transparency becomes alpha too. */
function widen(
  samples: Uint8Array,
  header: Header,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
): Raster {
  const { width, height, bits, type } = header
  const count = width * height
  if (type === 3) {
    const alpha = transparency && Uint8Array.from(samples, (index) => transparency[index] ?? 255)
    return { width, height, bits: 8, space: 'palette', palette, pixels: samples, alpha }
  }
  const colours = type === 2 || type === 6 ? 3 : 1
  const own = SAMPLES[type]! - colours
  // Samples of less than 8 bits are stretched, not shifted: all ones are white.
  const scale = bits < 8 ? 255 / ((1 << bits) - 1) : 1
  const key = transparency && own === 0 ? keyOf(transparency, colours, bits) : undefined
  const pixels = new Uint8Array(count * colours)
  const alpha = own > 0 || key ? new Uint8Array(count) : undefined
  for (let i = 0, from = 0; i < count; i++) {
    let matches = key !== undefined
    for (let c = 0; c < colours; c++) {
      const sample = samples[from++]!
      if (sample !== key?.[c]) matches = false
      pixels[i * colours + c] = sample * scale
    }
    if (own > 0) alpha![i] = samples[from++]!
    else if (alpha) alpha[i] = matches ? 0 : 255
  }
  return { width, height, bits: 8, space: colours === 3 ? 'rgb' : 'gray', pixels, alpha }
}

/** The transparent colour; of 16 bits the upper half, as of the samples. */
function keyOf(transparency: Uint8Array, colours: number, bits: number): number[] {
  const key: number[] = []
  for (let c = 0; c < colours; c++) key.push(bits === 16 ? transparency[2 * c]! : transparency[2 * c + 1]!)
  return key
}
