// In: a GIF file (GIF89a). Out: the pixels of its first picture, on its canvas.
import { checkSize, type Raster, Unreadable } from './raster.js'

/** Throws an Error whose message says what is wrong with the file. */
export function readGif(file: Uint8Array): Raster {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 13) throw new Unreadable('it is cut short')
  const width = view.getUint16(6, true)
  const height = view.getUint16(8, true)
  checkSize(width, height)
  const flags = file[10]!
  let at = 13
  let palette: Uint8Array | undefined
  if (flags & 0x80) {
    palette = file.subarray(at, at + 3 * (2 << (flags & 7)))
    at += palette.length
  }
  let clear = -1
  while (at < file.length) {
    const kind = file[at++]!
    if (kind === 0x21) {
      // A graphic control extension says which colour is transparent.
      if (file[at] === 0xf9 && (file[at + 2]! & 1) === 1) clear = file[at + 5]!
      at = skipBlocks(file, at + 1)
      continue
    }
    if (kind !== 0x2c || at + 9 > file.length) break
    const [left, top, w, h] = [0, 2, 4, 6].map((i) => view.getUint16(at + i, true)) as [number, number, number, number]
    const local = file[at + 8]!
    at += 9
    checkSize(w, h)
    if (local & 0x80) {
      palette = file.subarray(at, at + 3 * (2 << (local & 7)))
      at += palette.length
    }
    if (!palette) throw new Unreadable('it has no palette')
    const indices = unpack(file, at, w * h)
    return place({ width, height, left, top, w, h }, indices, (local & 0x40) !== 0, palette, clear)
  }
  throw new Unreadable('it has no picture')
}

function skipBlocks(file: Uint8Array, start: number): number {
  let at = start
  while (at < file.length && file[at] !== 0) at += 1 + file[at]!
  return at + 1
}

/** LZW with codes of growing size, low bits first. */
function unpack(file: Uint8Array, start: number, count: number): Uint8Array {
  const out = new Uint8Array(count)
  const first = file[start]!
  if (first < 1 || first > 8) throw new Unreadable('its pixels are of a kind that the standard does not know')
  const reset = 1 << first
  const prefix = new Uint16Array(4096)
  const suffix = new Uint8Array(4096)
  const stack = new Uint8Array(4097)
  for (let i = 0; i < reset; i++) suffix[i] = i
  let size = first + 1
  let next = reset + 2
  let previous = -1
  let firstOf = 0
  let bits = 0
  let held = 0
  let done = 0
  for (let at = start + 1; at < file.length && file[at] !== 0 && done < count; ) {
    const end = Math.min(file.length, at + 1 + file[at]!)
    for (at++; at < end; at++) {
      held |= file[at]! << bits
      bits += 8
      while (bits >= size && done < count) {
        const code = held & ((1 << size) - 1)
        held >>>= size
        bits -= size
        if (code === reset) {
          size = first + 1
          next = reset + 2
          previous = -1
          continue
        }
        if (code === reset + 1) return out
        if (code > next || (code === next && previous < 0)) throw new Unreadable('its pixels cannot be unpacked')
        let depth = 0
        let walk = code
        if (code === next) {
          stack[depth++] = firstOf
          walk = previous
        }
        for (; walk >= reset + 2; walk = prefix[walk]!) stack[depth++] = suffix[walk]!
        firstOf = suffix[walk]!
        stack[depth++] = firstOf
        while (depth > 0 && done < count) out[done++] = stack[--depth]!
        if (previous >= 0 && next < 4096) {
          prefix[next] = previous
          suffix[next] = firstOf
          next++
          if (next === 1 << size && size < 12) size++
        }
        previous = code
      }
    }
  }
  return out
}

interface Frame {
  width: number
  height: number
  left: number
  top: number
  w: number
  h: number
}

function place(frame: Frame, indices: Uint8Array, interlaced: boolean, palette: Uint8Array, clear: number): Raster {
  const { width, height, left, top, w, h } = frame
  const whole = left === 0 && top === 0 && w >= width && h >= height
  const pixels = new Uint8Array(width * height)
  const alpha = clear >= 0 || !whole ? new Uint8Array(width * height) : undefined
  rowsOf(h, interlaced).forEach((row, i) => {
    for (let x = 0; x < w; x++) {
      if (top + row >= height || left + x >= width) continue
      const index = indices[i * w + x]!
      const to = (top + row) * width + left + x
      pixels[to] = index
      if (alpha && index !== clear) alpha[to] = 255
    }
  })
  return { width, height, bits: 8, space: 'palette', palette, pixels, alpha }
}

/** In which order rows come. */
function rowsOf(height: number, interlaced: boolean): number[] {
  const rows: number[] = []
  const passes: [start: number, step: number][] = interlaced
    ? [
        [0, 8],
        [4, 8],
        [2, 4],
        [1, 2],
      ]
    : [[0, 1]]
  for (const [start, step] of passes) for (let y = start; y < height; y += step) rows.push(y)
  return rows
}
