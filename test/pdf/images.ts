// Small pictures of every kind. PNGs are made here from one drawing; the others are files of a few bytes.
import { crc32, deflateSync } from 'node:zlib'
import type { Picture } from '../../src/layout/typeset.js'

export type Colour = [red: number, green: number, blue: number, alpha: number]

export const COLUMNS = 13
export const ROWS = 9

/** The drawing: red grows to the right, green downwards, blue is a chequer; the left third is half transparent. */
export function colourAt(x: number, y: number): Colour {
  return [x / (COLUMNS - 1), y / (ROWS - 1), (x + y) % 2, x < 4 ? 0.5 : 1]
}

export interface PngKind {
  type: 0 | 2 | 3 | 4 | 6
  bits: number
  interlaced: boolean
  /** A tRNS chunk: the colour at 3, 0 is transparent. */
  clear: boolean
}

/** What a picture of this kind can keep of a colour, by samples; palette pictures count columns. */
export function samplesAt(kind: PngKind, x: number, y: number): number[] {
  const most = 2 ** kind.bits - 1
  const [red, green, blue, alpha] = colourAt(x, y)
  const to = (value: number) => Math.round(value * most)
  if (kind.type === 0) return [to(red)]
  if (kind.type === 2) return [to(red), to(green), to(blue)]
  if (kind.type === 3) return [Math.min(x, most)]
  if (kind.type === 4) return [to(red), to(alpha)]
  return [to(red), to(green), to(blue), to(alpha)]
}

/** Of palette pictures: colour i is column i's at the top. */
export function paletteColour(i: number): Colour {
  const [red, green, blue] = colourAt(i % COLUMNS, 0)
  return [Math.round(red * 255), Math.round(green * 255), Math.round(blue * 255), i === 0 ? 0 : i === 1 ? 128 : 255]
}

const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

export function makePng(kind: PngKind): Uint8Array {
  const rows: number[] = []
  let filter = 0
  for (const [x0, y0, dx, dy] of kind.interlaced ? PASSES : ([[0, 0, 1, 1]] as const)) {
    let above: number[] = []
    for (let y = y0; y < ROWS; y += dy) {
      const samples: number[] = []
      for (let x = x0; x < COLUMNS; x += dx) samples.push(...samplesAt(kind, x, y))
      if (samples.length === 0) continue
      const line = pack(samples, kind.bits)
      const stride = Math.max(1, (samplesAt(kind, 0, 0).length * kind.bits) >> 3)
      // Every filter in its turn.
      rows.push(filter, ...filtered(line, above, stride, filter))
      filter = (filter + 1) % 5
      above = line
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(COLUMNS, 0)
  header.writeUInt32BE(ROWS, 4)
  header.set([kind.bits, kind.type, 0, 0, kind.interlaced ? 1 : 0], 8)
  const chunks = [chunk('IHDR', header)]
  const size = Math.min(2 ** kind.bits, COLUMNS)
  const colours = Array.from({ length: size }, (_, i) => paletteColour(i))
  if (kind.type === 3) chunks.push(chunk('PLTE', Buffer.from(colours.flatMap((c) => c.slice(0, 3)))))
  if (kind.clear) {
    const key = kind.type === 3 ? colours.map((c) => c[3]) : samplesAt(kind, 3, 0).flatMap((s) => [s >> 8, s & 255])
    chunks.push(chunk('tRNS', Buffer.from(key)))
  }
  const packed = deflateSync(Buffer.from(rows))
  chunks.push(chunk('IDAT', packed.subarray(0, 20)), chunk('IDAT', packed.subarray(20)), chunk('IEND', Buffer.alloc(0)))
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

function pack(samples: readonly number[], bits: number): number[] {
  if (bits === 16) return samples.flatMap((s) => [s >> 8, s & 255])
  const out: number[] = []
  samples.forEach((s, i) => {
    const bit = i * bits
    out[bit >> 3] = (out[bit >> 3] ?? 0) | (s << (8 - bits - (bit & 7)))
  })
  return out
}

function filtered(line: number[], above: number[], stride: number, filter: number): number[] {
  return line.map((value, i) => {
    const left = line[i - stride] ?? 0
    const up = above[i] ?? 0
    const corner = i >= stride ? (above[i - stride] ?? 0) : 0
    const guess = left + up - corner
    const near = [left, up, corner].reduce((best, n) => (Math.abs(guess - n) < Math.abs(guess - best) ? n : best))
    const base = [0, left, up, (left + up) >> 1, near][filter]!
    return (value - base) & 255
  })
}

/** A piece of a PNG. */
export function chunk(name: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([head, body, check])
}

export function picture(path: string, type: Picture['type'], bytes: Uint8Array, width = 24, height = 16): Picture {
  return { path, type, bytes, width, height }
}

const base64 = (text: string) => Buffer.from(text, 'base64')

// 24 by 16, a gradient from the top down.
export const JPEG_COLOUR = base64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQEBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozv/wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAcE/8QAFhABAQEAAAAAAAAAAAAAAAAAABVi/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAYH/8QAFhEAAwAAAAAAAAAAAAAAAAAAABVh/9oADAMBAAIRAxEAPwDDFyRcqBFyRcs7Z0u29J/FyKBFyDOhvT//2Q==',
)
export const JPEG_GRAY = base64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/wAALCAAQABgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAAYH/8QAFxAAAwEAAAAAAAAAAAAAAAAAABZjof/aAAgBAQAAPwCIU54FOeBTnhtqnPApzwKc8P/Z',
)
export const JPEG_CMYK = base64(
  '/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgAEAAYBAEiAAIRAQMRAQQiAP/EABcAAQEBAQAAAAAAAAAAAAAAAAAGBAf/xAAWEAEBAQAAAAAAAAAAAAAAAAAAFWL/xAAVAQEBAAAAAAAAAAAAAAAAAAAABv/EABcRAAMBAAAAAAAAAAAAAAAAAAAUYRX/2gAOBAEAAhEDEQQAAD8A1UtFLSOpaKWlihCVzIdOAWNLQjqWgQgzIAH/2Q==',
)
export const WEBP_LOSSY = base64(
  'UklGRnoAAABXRUJQVlA4IG4AAABQBACdASoYABAAPjEWiUKiISEYBAAgAwS0AFiNQD8AJar/gC6AAeP3PpeAAP72sdniEWv3LiufcEuk/+/Am3ffAm3fuG74v/uG74v/9qfqv2p+q+lm8f06hYu704IvL+wGUYmYlk3W+ABG4ALIAA==',
)
export const WEBP_ALPHA = base64(
  'UklGRrYAAABXRUJQVlA4WAoAAAAQAAAAFwAADwAAQUxQSDoAAAABfyAQSFLYH3iFiEgdUEW2DRVUUEEFFVRQQQUVVFBBBRVUUMHfZojofwZGJmYWVjZ2Dk4ubh5ePn4CVlA4IFYAAAAwBACdASoYABAAPpE6l0eloyIhMAgAsBIJbACdGvV/QABatZeTdtIt80gA/u6wX1XFFwyEkF//6UNO+/aj//UJuf/5CbgkER6c6DVhgrTkaJ3zuRUAAA==',
)
export const GIF_INTERLACED = base64(
  'R0lGODlhGAAQAPEAAOYAGqIAXV0AohoA5iH5BAAAAAAALAAAAAAYABAAQAJKhI+pJyHvHmySxhYCyLrnzYGgMJBDeZrouZrLC3PyTNPVjecPy/e+DwsqNIZO8XggbkC1phPjkFk404vuWintblrtdvsLi8dkVgEAOw==',
)

export const SVG_PLAIN = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="200" height="120">
<style>.a{fill:#cc0000;stroke:blue;stroke-width:2}</style>
<defs><clipPath id="c"><circle cx="30" cy="30" r="20"/></clipPath><g id="u"><rect class="a" x="1" y="2" width="10" height="10" rx="2"/></g></defs>
<use href="#u" x="5" transform="rotate(10)"/>
<g clip-path="url(#c)"><rect width="50" height="50" fill="gray"/></g>
<ellipse cx="70" cy="30" rx="20" ry="10" style="fill:none;stroke:currentColor;stroke-dasharray:3 2"/>
<text x="10" y="55" font-family="EB Garamond" font-size="8">Words</text></svg>`
export const SVG_CLEAR = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60">
<rect width="60" height="60" fill="#cc0000" fill-opacity=".5"/><g opacity=".25"><rect x="30" width="70" height="40"/></g></svg>`
export const SVG_GRADIENT = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60">
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect width="100" height="60" fill="url(#g)"/></svg>`
