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
  /** A number in thousandths, followed by a space. */
  milli(thousandths: number): void
  /** A number in points, followed by a space. */
  number(value: number): void
  /** Shows codes of two bytes, with a correction (thousandths of the em, to the right) after each: `[(…)-12(…)]TJ`. */
  show(codes: Uint16Array, shifts: Int16Array | undefined): void
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

  const whole = (value: number) => {
    let top = 1
    while (top * 10 <= value) top *= 10
    for (let rest = value; top >= 1; top = top === 1 ? 0 : top / 10) {
      const digit = Math.floor(rest / top)
      bytes[end++] = 0x30 + digit
      rest -= digit * top
    }
  }

  const milli = (thousandths: number) => {
    room(24)
    let size = thousandths
    if (size < 0) {
      bytes[end++] = 0x2d
      size = -size
    }
    const units = Math.floor(size / 1000)
    const fraction = size - units * 1000
    if (units > 0 || fraction === 0) whole(units)
    if (fraction > 0) {
      bytes[end++] = 0x2e
      bytes[end++] = 0x30 + Math.floor(fraction / 100)
      if (fraction % 100 > 0) bytes[end++] = 0x30 + (Math.floor(fraction / 10) % 10)
      if (fraction % 10 > 0) bytes[end++] = 0x30 + (fraction % 10)
    }
    bytes[end++] = 0x20
  }

  const show = (codes: Uint16Array, shifts: Int16Array | undefined) => {
    // A code may need four bytes, a correction eight, and two brackets.
    room(codes.length * 14 + 8)
    const out = bytes
    let at = end
    let inString = false
    out[at++] = 0x5b
    for (let i = 0; i < codes.length; i++) {
      if (!inString) {
        out[at++] = 0x28
        inString = true
      }
      const code = codes[i]!
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
    end = at
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
    show,
  }
}
