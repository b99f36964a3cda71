// In: pixels, RGB. Out: a PNG with a palette (ISO 15948), and back again.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** Two colours nearer than this in all three parts look alike. */
const NEAR = 12
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** The `most` commonest colours, the others sent to their nearest. `texts`: words that the file keeps beside the picture, by keyword. */
export function toPng({ width, height, pixels }, { most = 256, texts = {} } = {}) {
  const counts = new Map()
  const keys = new Uint32Array(width * height)
  for (let i = 0; i < keys.length; i++) {
    const key = (pixels[3 * i] << 16) | (pixels[3 * i + 1] << 8) | pixels[3 * i + 2]
    keys[i] = key
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const palette = paletteOf(counts, most)
  const parts = (key) => [key >> 16, (key >> 8) & 255, key & 255]
  const far = (a, b) => parts(a).reduce((sum, value, i) => sum + (value - parts(b)[i]) ** 2, 0)
  const index = new Map(palette.map((key, i) => [key, i]))
  for (const key of counts.keys())
    if (!index.has(key))
      index.set(
        key,
        palette.reduce((best, each, i) => (far(key, each) < far(key, palette[best]) ? i : best), 0),
      )
  const bits = palette.length <= 16 ? 4 : 8
  const stride = Math.ceil((width * bits) / 8)
  const rows = Buffer.alloc((stride + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = index.get(keys[y * width + x])
      const at = y * (stride + 1) + 1
      if (bits === 8) rows[at + x] = value
      else rows[at + (x >> 1)] |= value << (x & 1 ? 0 : 4)
    }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([bits, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', head),
    ...Object.entries(texts).map(([keyword, text]) => chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'))),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The commonest that can be told apart from those before them. */
function paletteOf(counts, most) {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([key]) => key)
  if (sorted.length <= most) return sorted
  const palette = []
  const close = (a, b) => [16, 8, 0].every((at) => Math.abs(((a >> at) & 255) - ((b >> at) & 255)) < NEAR)
  for (const key of sorted) {
    if (most < 256 && palette.some((one) => close(one, key))) continue
    palette.push(key)
    if (palette.length === most) break
  }
  return palette
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

function* chunksOf(bytes) {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new Error('this is no PNG')
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    yield { type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

/** What stands under the keyword; undefined if nothing does. */
export function textOf(bytes, keyword) {
  for (const { type, data } of chunksOf(bytes)) {
    const [word, text] = type === 'tEXt' ? data.toString('latin1').split('\0') : []
    if (word === keyword) return text
  }
  return undefined
}

/** RGB of a PNG of eight bits, as browsers write them: RGB or RGBA, not interlaced. */
export function fromPng(bytes) {
  const parts = []
  let [width, height, kind] = [0, 0, 0]
  for (const { type, data } of chunksOf(bytes)) {
    if (type === 'IHDR') {
      ;[width, height, kind] = [data.readUInt32BE(0), data.readUInt32BE(4), data[9]]
      if (data[8] !== 8 || (kind !== 2 && kind !== 6) || data[12] !== 0) throw new Error('this PNG is of another kind')
    } else if (type === 'IDAT') parts.push(data)
  }
  const raw = inflateSync(Buffer.concat(parts))
  const of = kind === 6 ? 4 : 3
  const stride = width * of
  const rows = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x < of ? 0 : rows[y * stride + x - of]
      const up = y === 0 ? 0 : rows[(y - 1) * stride + x]
      const corner = x < of || y === 0 ? 0 : rows[(y - 1) * stride + x - of]
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x] + predicted(filter, left, up, corner)
    }
  }
  if (of === 3) return { width, height, pixels: rows }
  const pixels = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) pixels.set(rows.subarray(4 * i, 4 * i + 3), 3 * i)
  return { width, height, pixels }
}

function predicted(filter, left, up, corner) {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** Without the ground that is left below what is shown, but so many rows of it. Throws if what is shown goes to the foot. */
export function cropped({ width, height, pixels }, ground, rows) {
  const isGround = (y) => {
    for (let at = y * width * 3; at < (y + 1) * width * 3; at++) if (pixels[at] !== ground[at % 3]) return false
    return true
  }
  let foot = height
  while (foot > 1 && isGround(foot - 1)) foot--
  if (foot === height) throw new Error('the picture is higher than the screen')
  const end = Math.min(height, foot + rows)
  return { width, height: end, pixels: pixels.subarray(0, end * width * 3) }
}
