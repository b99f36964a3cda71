// In: operators and their numbers, in order. Out: a content stream's bytes, with no string made for a glyph or a number.

/** A page of text is about 8 KB. */
const INITIAL = 1 << 16

const ESCAPES = new Uint8Array(256)
ESCAPES[0x28] = 0x28
ESCAPES[0x29] = 0x29
ESCAPES[0x5c] = 0x5c
ESCAPES[0x0d] = 0x72 // a bare carriage return would be read as a line feed

export interface Pen {
  /** Everything since the last `take`. */
  take(): Uint8Array
  /** Latin-1 text as it stands: operators, names, dictionaries. */
  raw(source: string): void
  /** A number in thousandths, followed by a space; below two millions, which is seven hundred metres. */
  milli(thousandths: number): void
  /** A number in points, followed by a space. */
  number(value: number): void
  /** A coordinate of an outline in points, to a hundredth, followed by a space. */
  outline(value: number): void
  /** Shows codes of two bytes, renamed by `names`, with a correction (thousandths of the em, to the right) after each: `[(…)-12(…)]TJ`. */
  show(codes: Uint16Array, shifts: Int16Array | undefined, names: Uint16Array): void
}

export function createPen(): Pen {
  let bytes = new Uint8Array(INITIAL)
  let end = 0

  const room = (size: number) => {
    if (end + size <= bytes.length) return
    const larger = new Uint8Array(Math.max(bytes.length * 2, end + size))
    larger.set(bytes.subarray(0, end))
    bytes = larger
  }

  const milli = (thousandths: number) => {
    room(16)
    end = writeMilli(bytes, end, thousandths)
  }

  return {
    take() {
      const taken = bytes.slice(0, end)
      end = 0
      return taken
    },
    raw(source) {
      room(source.length)
      for (let i = 0; i < source.length; i++) bytes[end++] = source.charCodeAt(i)
    },
    milli,
    number: (value) => milli(Math.round(value * 1000)),
    outline: (value) => milli(Math.round(value * 100) * 10),
    show(codes, shifts, names) {
      room(codes.length * 14 + 8)
      end = writeCodes(bytes, end, codes, shifts, names)
    },
  }
}

/** Returns where it ends, at most 16 bytes on. */
function writeMilli(out: Uint8Array, from: number, thousandths: number): number {
  let at = from
  let size = thousandths | 0
  if (size < 0) {
    out[at++] = 0x2d
    size = -size
  }
  let units = (size / 1000) | 0
  const fraction = size - units * 1000
  if (units > 0 || fraction === 0) {
    let digits = 1
    for (let power = 10; power <= units; power *= 10) digits++
    for (let i = at + digits - 1; i >= at; i--) {
      const rest = (units / 10) | 0
      out[i] = 0x30 + units - rest * 10
      units = rest
    }
    at += digits
  }
  if (fraction > 0) {
    const hundredths = (fraction / 10) | 0
    const tenths = (hundredths / 10) | 0
    out[at++] = 0x2e
    out[at++] = 0x30 + tenths
    if (fraction !== tenths * 100) out[at++] = 0x30 + hundredths - tenths * 10
    if (fraction !== hundredths * 10) out[at++] = 0x30 + fraction - hundredths * 10
  }
  out[at++] = 0x20
  return at
}

/** Returns where it ends. A code may need four bytes, a correction eight, and two brackets. */
function writeCodes(
  out: Uint8Array,
  from: number,
  codes: Uint16Array,
  shifts: Int16Array | undefined,
  names: Uint16Array,
): number {
  let at = from
  let inString = false
  out[at++] = 0x5b
  for (let i = 0; i < codes.length; i++) {
    if (!inString) {
      out[at++] = 0x28
      inString = true
    }
    const code = names[codes[i]!]!
    const high = code >> 8
    const low = code & 0xff
    if (ESCAPES[high] !== 0) out[at++] = 0x5c
    out[at++] = ESCAPES[high] || high
    if (ESCAPES[low] !== 0) out[at++] = 0x5c
    out[at++] = ESCAPES[low] || low
    let shift = shifts === undefined ? 0 : shifts[i]!
    if (shift === 0) continue
    out[at++] = 0x29
    inString = false
    // PDF counts to the left.
    if (shift > 0) out[at++] = 0x2d
    else shift = -shift
    if (shift >= 10000) out[at++] = 0x30 + ((shift / 10000) | 0)
    if (shift >= 1000) out[at++] = 0x30 + (((shift / 1000) | 0) % 10)
    if (shift >= 100) out[at++] = 0x30 + (((shift / 100) | 0) % 10)
    if (shift >= 10) out[at++] = 0x30 + (((shift / 10) | 0) % 10)
    out[at++] = 0x30 + (shift % 10)
  }
  if (inString) out[at++] = 0x29
  out[at++] = 0x5d
  out[at++] = 0x54
  out[at++] = 0x4a
  out[at++] = 0x0a
  return at
}
