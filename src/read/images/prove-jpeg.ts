// In: a JPEG file. Out: its size, or what is wrong with it. Its coded data is walked from end to end, code by code, without making
// pixels of it: what is cut short or damaged shows as grey or as a smear, in some readers as nothing.
// ITU-T T.81: annex B (segments), F (sequential), G (progressive).
import type { Image } from '../../model/book.js'
import { FIXED } from '../../model/limits.js'

/** Of an image of any kind: what it is, or what is wrong with it, in words that follow its name. `weight`: what it holds while it is painted, by a plain one's; `origin`: only printers take it as it is. */
export type Inspected =
  | { type: Image['type']; width: number; height: number; weight?: number; origin?: 'jpeg' | 'tiff' }
  | { broken: string }

const TRUNCATED: Inspected = { broken: 'ends before the image does' }
const DAMAGED: Inspected = { broken: 'is a damaged JPEG image' }

const MOST_SCANS = FIXED.jpegScans.value

/** Thrown and caught in this file. */
class Damage extends Error {}
class End extends Error {}

interface Component {
  id: number
  h: number
  v: number
  /** Blocks across and down: of the picture, and of its whole units. */
  columns: number
  rows: number
  stride: number
  /** By coefficient, 64 of a block: is it other than zero? Only progressive files come back to one. */
  known: Uint8Array
}

interface Frame {
  progressive: boolean
  across: number
  down: number
  components: Component[]
}

/** By the next 16 bits: length of the code in the upper byte, 0 if there is none; its value in the lower. */
type Codes = Uint16Array

interface State {
  bytes: Uint8Array
  at: number
  held: number
  count: number
  run: number
  dc: Codes[]
  ac: Codes[]
  restart: number
}

export function jpeg(bytes: Uint8Array, view: DataView): Inspected {
  const s: State = { bytes, at: 2, held: 0, count: 0, run: 0, dc: [], ac: [], restart: 0 }
  let size: { width: number; height: number } | undefined
  let frame: Frame | undefined
  let scans = 0
  let four = false
  try {
    for (;;) {
      if (view.getUint8(s.at) !== 0xff) return DAMAGED
      const marker = view.getUint8(s.at + 1)
      if (marker === 0xff) {
        s.at++
        continue
      }
      if (marker === 0xd9) break
      if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        s.at += 2
        continue
      }
      const length = view.getUint16(s.at + 2)
      if (length < 2) return DAMAGED
      const body = bytes.subarray(s.at + 4, s.at + 2 + length)
      if (body.length < length - 2) return TRUNCATED
      s.at += 2 + length
      // Frames: all but DHT (c4), JPG (c8) and DAC (cc).
      if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
        size = { height: (body[1]! << 8) | body[2]!, width: (body[3]! << 8) | body[4]! }
        const channels = body[5]
        four = channels === 4
        if (size.width === 0 || size.height === 0 || (channels !== 1 && channels !== 3 && channels !== 4))
          return { broken: 'has no sensible size' }
        // Kinds that PDF does not know are refused by their painter; too many pixels by the reader.
        const walked = marker <= 0xc2 && body[0] === 8 && size.width * size.height <= 100_000_000
        frame = walked ? frameOf(marker === 0xc2, size, body) : undefined
      } else if (marker === 0xc4) readCodes(s, body)
      else if (marker === 0xdd) s.restart = (body[0]! << 8) | body[1]!
      else if (marker === 0xda) {
        // Each walks the whole picture: a camera's file has one, a progressive one some ten.
        if (++scans > MOST_SCANS) return { broken: 'has more scans than any program makes' }
        if (frame === undefined)
          return size === undefined
            ? { broken: 'is a JPEG image without a size' }
            : hasEnd(bytes, s.at)
              ? { type: 'jpeg', ...size }
              : TRUNCATED
        walkScan(s, frame, body)
        toMarker(s)
      }
    }
  } catch (reason) {
    if (reason instanceof End) return TRUNCATED
    if (reason instanceof Damage) return DAMAGED
    throw reason
  }
  if (size === undefined || scans === 0) return { broken: 'is a JPEG image without a picture' }
  return { type: 'jpeg', ...size, ...(four && { origin: 'jpeg' as const, weight: INKS }) }
}

/** Of four inks: its coefficients, its inks and what screens are shown are held at once. */
const INKS = 5

/** The end mark may be followed by what a camera adds. */
function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let end = bytes.length - 2; end > from; end--) if (bytes[end] === 0xff && bytes[end + 1] === 0xd9) return true
  return false
}

function frameOf(progressive: boolean, { width, height }: { width: number; height: number }, body: Uint8Array): Frame {
  const count = body[5]!
  if (body.length < 6 + 3 * count) throw new Damage()
  const given = Array.from({ length: count }, (_, i) => ({
    id: body[6 + 3 * i]!,
    h: body[7 + 3 * i]! >> 4,
    v: body[7 + 3 * i]! & 15,
  }))
  if (given.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) throw new Damage()
  const [mostH, mostV] = [Math.max(...given.map(({ h }) => h)), Math.max(...given.map(({ v }) => v))]
  const [across, down] = [Math.ceil(width / (8 * mostH)), Math.ceil(height / (8 * mostV))]
  const components = given.map(({ id, h, v }) => ({
    id,
    h,
    v,
    columns: Math.ceil(Math.ceil((width * h) / mostH) / 8),
    rows: Math.ceil(Math.ceil((height * v) / mostV) / 8),
    stride: across * h,
    known: new Uint8Array(progressive ? across * h * down * v * 8 : 0),
  }))
  return { progressive, across, down, components }
}

function readCodes(s: State, body: Uint8Array): void {
  for (let at = 0; at < body.length; ) {
    const kind = body[at]!
    const lengths = body.subarray(at + 1, at + 17)
    const total = lengths.reduce((a, b) => a + b, 0)
    if (lengths.length < 16 || kind >> 4 > 1 || (kind & 15) > 3 || at + 17 + total > body.length) throw new Damage()
    const codes = new Uint16Array(65536)
    let code = 0
    let value = at + 17
    for (let length = 1; length <= 16; length++) {
      for (let k = 0; k < lengths[length - 1]!; k++) {
        const from = code << (16 - length)
        if (from >= 65536) throw new Damage()
        codes.fill((length << 8) | body[value++]!, from, from + (1 << (16 - length)))
        code++
      }
      code <<= 1
    }
    ;(kind >> 4 === 0 ? s.dc : s.ac)[kind & 15] = codes
    at += 17 + total
  }
}

/** The next bits, up to 16, without taking them; beyond a marker they are zeros, and taking those is the end. */
function peek(s: State): number {
  while (s.count < 16) {
    const byte = s.bytes[s.at]
    if (byte === undefined || (byte === 0xff && s.bytes[s.at + 1] !== 0)) return (s.held << (16 - s.count)) & 0xffff
    s.held = ((s.held & 0xffff) << 8) | byte
    s.count += 8
    s.at += byte === 0xff ? 2 : 1
  }
  return (s.held >>> (s.count - 16)) & 0xffff
}

function take(s: State, count: number): number {
  if (count === 0) return 0
  const bits = peek(s) >>> (16 - count)
  if (s.count < count) throw s.at >= s.bytes.length - 1 ? new End() : new Damage()
  s.count -= count
  return bits
}

function decode(s: State, codes: Codes): number {
  const found = codes[peek(s)]!
  if (found === 0) throw s.at >= s.bytes.length - 1 ? new End() : new Damage()
  take(s, found >> 8)
  return found & 0xff
}

interface Scan {
  first: number
  last: number
  high: number
}

function walkScan(s: State, frame: Frame, body: Uint8Array): void {
  const count = body[0]!
  if (count < 1 || count > 4 || body.length < 4 + 2 * count) throw new Damage()
  const parts = Array.from({ length: count }, (_, i) => {
    const component = frame.components.find(({ id }) => id === body[1 + 2 * i])
    const tables = body[2 + 2 * i]!
    if (component === undefined) throw new Damage()
    return { component, dc: s.dc[tables >> 4], ac: s.ac[tables & 15] }
  })
  const [first, last, high] = [body[1 + 2 * count]!, body[2 + 2 * count]!, body[3 + 2 * count]! >> 4]
  const scan: Scan = frame.progressive ? { first, last, high } : { first: 0, last: 63, high: 0 }
  if (scan.last > 63 || scan.first > scan.last || (frame.progressive && first > 0 && count > 1)) throw new Damage()
  const block = (part: (typeof parts)[number], column: number, row: number) => {
    const { component, dc, ac } = part
    if (scan.first === 0) {
      if (scan.high > 0) take(s, 1)
      else take(s, size(decode(s, dc ?? missing())))
      if (!frame.progressive) walkRest(s, ac ?? missing())
    } else if (scan.high === 0) walkFirst(s, ac ?? missing(), scan, component, row * component.stride + column)
    else walkAgain(s, ac ?? missing(), scan, component, row * component.stride + column)
  }
  const alone = count === 1 ? parts[0]!.component : undefined
  const [across, down] = alone ? [alone.columns, alone.rows] : [frame.across, frame.down]
  s.held = s.count = s.run = 0
  for (let unit = 0; unit < across * down; unit++) {
    if (s.restart > 0 && unit > 0 && unit % s.restart === 0) restart(s, unit / s.restart - 1)
    const [column, row] = [unit % across, Math.floor(unit / across)]
    if (alone) block(parts[0]!, column, row)
    else
      for (const part of parts) {
        const { h, v } = part.component
        for (let i = 0; i < h * v; i++) block(part, column * h + (i % h), row * v + Math.floor(i / h))
      }
  }
}

function missing(): never {
  throw new Damage()
}

/** Bits that follow a code: more than 15 there cannot be. */
function size(code: number): number {
  if (code > 15) throw new Damage()
  return code
}

/** Coefficients 1 to 63 of a sequential block: most of a file, so what is held stands in variables as long as no marker is near. */
function walkRest(s: State, ac: Codes): void {
  const { bytes } = s
  let { held, count, at } = s
  let k = 1
  for (; k < 64; k++) {
    while (count <= 16 && bytes[at] !== 0xff && at < bytes.length) {
      held = (held << 8) | bytes[at++]!
      count += 8
    }
    if (count < 16) break
    const found = ac[(held >>> (count - 16)) & 0xffff]!
    const bits = found & 15
    const length = found >> 8
    // Not enough at hand, or no such code.
    if (length === 0 || length + bits > count) break
    count -= length + bits
    const zeros = (found & 0xff) >> 4
    if (bits === 0 && zeros < 15) {
      k = 65
      break
    }
    k += zeros
    if (k > 63) throw new Damage()
  }
  s.held = held
  s.count = count
  s.at = at
  if (k < 64) walkSlowly(s, ac, k)
}

function walkSlowly(s: State, ac: Codes, from: number): void {
  for (let k = from; k < 64; k++) {
    const code = decode(s, ac)
    const [zeros, bits] = [code >> 4, code & 15]
    if (bits === 0 && zeros < 15) return
    k += zeros
    if (k > 63) throw new Damage()
    take(s, bits)
  }
}

function walkFirst(s: State, ac: Codes, { first, last }: Scan, { known }: Component, block: number): void {
  if (s.run > 0) {
    s.run--
    return
  }
  for (let k = first; k <= last; k++) {
    const code = decode(s, ac)
    const [zeros, bits] = [code >> 4, code & 15]
    if (bits === 0 && zeros < 15) {
      s.run = (1 << zeros) - 1 + take(s, zeros)
      return
    }
    k += zeros
    if (k > last) throw new Damage()
    take(s, bits)
    if (bits > 0) known[block * 8 + (k >> 3)]! |= 1 << (k & 7)
  }
}

/** A further bit of what is known, and what becomes other than zero with it (G.1.2.3). */
function walkAgain(s: State, ac: Codes, { first, last }: Scan, { known }: Component, block: number): void {
  const isKnown = (k: number) => (known[block * 8 + (k >> 3)]! & (1 << (k & 7))) !== 0
  let k = first
  if (s.run === 0) {
    for (; k <= last; k++) {
      const code = decode(s, ac)
      let zeros = code >> 4
      const bits = code & 15
      if (bits > 1) throw new Damage()
      if (bits === 0 && zeros < 15) {
        s.run = (1 << zeros) + take(s, zeros)
        break
      }
      take(s, bits)
      for (; k <= last; k++) {
        if (isKnown(k)) take(s, 1)
        else if (zeros-- === 0) break
      }
      if (bits === 1) {
        if (k > last) throw new Damage()
        known[block * 8 + (k >> 3)]! |= 1 << (k & 7)
      }
    }
  }
  if (s.run === 0) return
  for (; k <= last; k++) if (isKnown(k)) take(s, 1)
  s.run--
}

function restart(s: State, index: number): void {
  s.held = s.count = s.run = 0
  while (s.bytes[s.at] === 0xff && s.bytes[s.at + 1] === 0xff) s.at++
  if (s.at + 2 > s.bytes.length) throw new End()
  if (s.bytes[s.at] !== 0xff || s.bytes[s.at + 1] !== 0xd0 + (index & 7)) throw new Damage()
  s.at += 2
}

/** More than some filling between the last code and the next marker belongs to nothing. */
const FILLING = 64

function toMarker(s: State): void {
  // What was looked at ahead is less than three bytes.
  const from = s.at
  const { bytes } = s
  while (s.at + 1 < bytes.length) {
    if (
      bytes[s.at] === 0xff &&
      bytes[s.at + 1] !== 0 &&
      bytes[s.at + 1] !== 0xff &&
      (bytes[s.at + 1]! & 0xf8) !== 0xd0
    ) {
      if (s.at - from > FILLING) throw new Damage()
      return
    }
    s.at++
  }
  throw new End()
}
