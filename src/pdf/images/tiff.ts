// In: a TIFF file of a kind that is read (model/tiff-directory.ts). Out: its pixels.
import { inflateSync } from 'node:zlib'
import { TIFF_COLOURS, type Tiff, tiffOf } from '../../model/tiff-directory.js'
import { checkSize, type Raster, Unreadable } from './raster.js'

/** Throws an Error whose message says what is wrong with the file. */
export function readTiff(file: Uint8Array): Raster {
  const tiff = tiffOf(file)
  if ('broken' in tiff) throw new Unreadable(`it ${tiff.broken}`)
  const { width, height, space, samples, palette } = tiff
  checkSize(width, height)
  const all = unpack(file, tiff)
  const colours = TIFF_COLOURS[space]
  const count = width * height
  const out = new Uint8Array(count * (space === 3 ? 3 : colours))
  const alpha = samples > colours ? new Uint8Array(count) : undefined
  for (let i = 0; i < count; i++) {
    const at = i * samples
    if (alpha) alpha[i] = all[at + colours]!
    if (space === 3) for (let c = 0; c < 3; c++) out[3 * i + c] = palette[256 * c + all[at]!]! >> 8
    else for (let c = 0; c < colours; c++) out[i * colours + c] = space === 0 ? 255 - all[at + c]! : all[at + c]!
  }
  const kind = space === 5 ? 'cmyk' : space === 2 || space === 3 ? 'rgb' : 'gray'
  // Of inks, transparency is no ink.
  if (kind === 'cmyk' && alpha)
    for (let i = 0; i < out.length; i++) out[i] = Math.round((out[i]! * alpha[i >> 2]!) / 255)
  return { width, height, bits: 8, space: kind, pixels: out, alpha: kind === 'cmyk' ? undefined : alpha }
}

function unpack(file: Uint8Array, { width, height, samples, packing, differences, rows, strips }: Tiff): Uint8Array {
  const row = width * samples
  const out = new Uint8Array(row * height)
  strips.forEach(({ from, size }, i) => {
    const room = out.subarray(i * rows * row, Math.min(height, (i + 1) * rows) * row)
    const bytes = file.subarray(from, from + size)
    const done =
      packing === 1
        ? copy(bytes, room)
        : packing === 5
          ? lzw(bytes, room)
          : packing === 32773
            ? runs(bytes, room)
            : inflated(bytes, room)
    if (done < room.length) throw new Unreadable('its pixels are cut short')
  })
  if (differences)
    for (let at = 0; at < out.length; at += row)
      for (let i = at + samples; i < at + row; i++) out[i] = (out[i]! + out[i - samples]!) & 0xff
  return out
}

function copy(bytes: Uint8Array, room: Uint8Array): number {
  room.set(bytes.subarray(0, room.length))
  return bytes.length
}

function inflated(bytes: Uint8Array, room: Uint8Array): number {
  try {
    return copy(inflateSync(bytes, { maxOutputLength: room.length + 65_536 }), room)
  } catch {
    throw new Unreadable('its pixels cannot be unpacked')
  }
}

/** PackBits, section 9. */
function runs(bytes: Uint8Array, room: Uint8Array): number {
  let to = 0
  for (let at = 0; at < bytes.length && to < room.length; ) {
    const head = bytes[at++]!
    if (head === 128) continue
    if (head > 128) {
      const end = Math.min(room.length, to + 257 - head)
      room.fill(bytes[at++] ?? 0, to, end)
      to = end
      continue
    }
    const some = bytes.subarray(at, at + head + 1).subarray(0, room.length - to)
    room.set(some, to)
    to += some.length
    at += head + 1
  }
  return to
}

const CLEAR = 256
const END = 257

/** Section 13: codes of growing size, high bits first; the size grows one code sooner than in GIF. */
function lzw(bytes: Uint8Array, room: Uint8Array): number {
  const prefix = new Uint16Array(4096)
  const suffix = new Uint8Array(4096)
  const stack = new Uint8Array(4097)
  for (let i = 0; i < 256; i++) suffix[i] = i
  let [size, next, previous, first] = [9, 258, -1, 0]
  let [held, bits, to] = [0, 0, 0]
  for (let at = 0; to < room.length; ) {
    while (bits < size && at < bytes.length) {
      held = ((held << 8) | bytes[at++]!) & 0xffffff
      bits += 8
    }
    if (bits < size) return to
    const code = (held >> (bits - size)) & ((1 << size) - 1)
    bits -= size
    if (code === END) return to
    if (code === CLEAR) {
      ;[size, next, previous] = [9, 258, -1]
      continue
    }
    if (code > next || (code === next && previous < 0)) throw new Unreadable('its pixels cannot be unpacked')
    let depth = 0
    let walk = code
    if (code === next) {
      stack[depth++] = first
      walk = previous
    }
    for (; walk >= 258; walk = prefix[walk]!) stack[depth++] = suffix[walk]!
    first = suffix[walk]!
    stack[depth++] = first
    while (depth > 0 && to < room.length) room[to++] = stack[--depth]!
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous
      suffix[next] = first
      next++
      if (next + 1 === 1 << size && size < 12) size++
    }
    previous = code
  }
  return to
}
