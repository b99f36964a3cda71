// In: samples of one ink or of four. Out: a JPEG file of them (ITU-T T.81, baseline), as the filter DCTDecode takes it: what came as a JPEG would be
// many times as large if every one of its dots were kept exactly. The encoder of packages knows no inks.

/** T.81, table K.1, in rows. */
const QUANTISATION = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
]
/** Of them, percent: so fine that a second coding is not seen. */
const SHARE = 14
const STEPS = QUANTISATION.map((one) => Math.max(1, Math.round((one * SHARE) / 100)))

/** Figure A.6: the order of a block's numbers. */
const ORDER: number[] = []
for (let sum = 0; sum < 15; sum++)
  for (let i = 0; i <= sum; i++) {
    const [row, column] = sum % 2 === 0 ? [sum - i, i] : [i, sum - i]
    if (row < 8 && column < 8) ORDER.push(8 * row + column)
  }

/** Tables K.3 and K.5: how many codes of each length, and what they say. */
const FIRST_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
const FIRST_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const REST_LENGTHS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125]
/** The frequent ones; the others follow by number. */
const FREQUENT = [
  0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71, 0x14,
  0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82, 0x09,
]
const REST_VALUES = [...FREQUENT]
for (let run = 0; run < 16; run++)
  for (let size = 1; size <= 10; size++) if (!FREQUENT.includes(16 * run + size)) REST_VALUES.push(16 * run + size)

interface Codes {
  code: Uint16Array
  length: Uint8Array
}

/** Annex C: codes of a length are counted up. */
function codesOf(lengths: readonly number[], values: readonly number[]): Codes {
  const made = { code: new Uint16Array(256), length: new Uint8Array(256) }
  let code = 0
  let at = 0
  lengths.forEach((count, i) => {
    for (let k = 0; k < count; k++) {
      made.code[values[at]!] = code++
      made.length[values[at++]!] = i + 1
    }
    code <<= 1
  })
  return made
}

const FIRST = codesOf(FIRST_LENGTHS, FIRST_VALUES)
const REST = codesOf(REST_LENGTHS, REST_VALUES)

/** `pixels`: so many samples of a pixel, by rows. */
export function encodeJpeg(pixels: Uint8Array, width: number, height: number, samples: 1 | 4): Uint8Array {
  const out = new Bits(Math.max(4096, pixels.length >> 2))
  const segment = (marker: number, body: readonly number[]) =>
    out.plain([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body])
  const components = Array.from({ length: samples }, (_, i) => i + 1)
  out.plain([0xff, 0xd8])
  segment(0xdb, [0, ...ORDER.map((at) => STEPS[at]!)])
  segment(0xc0, [
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    samples,
    ...components.flatMap((id) => [id, 0x11, 0]),
  ])
  segment(0xc4, [0x00, ...FIRST_LENGTHS, ...FIRST_VALUES])
  segment(0xc4, [0x10, ...REST_LENGTHS, ...REST_VALUES])
  segment(0xda, [samples, ...components.flatMap((id) => [id, 0]), 0, 63, 0])

  const block = new Float64Array(64)
  const before = new Int32Array(samples)
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8)
      for (let c = 0; c < samples; c++) {
        for (let y = 0; y < 8; y++) {
          // Beyond the edge the last dot goes on.
          const row = Math.min(height - 1, top + y) * width
          for (let x = 0; x < 8; x++)
            block[8 * y + x] = pixels[(row + Math.min(width - 1, left + x)) * samples + c]! - 128
        }
        transform(block)
        before[c] = writeBlock(out, block, before[c]!)
      }
  return out.end()
}

/** Half the cosines of k/16 of a half turn. */
const [C1, C2, C3, C5, C6, C7] = [
  0.4903926402016152, 0.46193976625564337, 0.4157348061512726, 0.2777851165098011, 0.1913417161825449,
  0.09754516100806417,
]
const C4 = 0.3535533905932738

/** A.3.3, in rows and then in columns. */
function transform(block: Float64Array): void {
  for (let i = 0; i < 64; i += 8) line(block, i, 1)
  for (let i = 0; i < 8; i++) line(block, i, 8)
}

function line(b: Float64Array, at: number, step: number): void {
  const [x0, x1, x2, x3] = [b[at]!, b[at + step]!, b[at + 2 * step]!, b[at + 3 * step]!]
  const [x4, x5, x6, x7] = [b[at + 4 * step]!, b[at + 5 * step]!, b[at + 6 * step]!, b[at + 7 * step]!]
  const [a0, a1, a2, a3] = [x0 + x7, x1 + x6, x2 + x5, x3 + x4]
  const [d0, d1, d2, d3] = [x0 - x7, x1 - x6, x2 - x5, x3 - x4]
  b[at] = C4 * (a0 + a1 + a2 + a3)
  b[at + 4 * step] = C4 * (a0 - a1 - a2 + a3)
  b[at + 2 * step] = C2! * (a0 - a3) + C6! * (a1 - a2)
  b[at + 6 * step] = C6! * (a0 - a3) - C2! * (a1 - a2)
  b[at + step] = C1! * d0 + C3! * d1 + C5! * d2 + C7! * d3
  b[at + 3 * step] = C3! * d0 - C7! * d1 - C1! * d2 - C5! * d3
  b[at + 5 * step] = C5! * d0 - C1! * d1 + C7! * d2 + C3! * d3
  b[at + 7 * step] = C7! * d0 - C5! * d1 + C3! * d2 - C1! * d3
}

/** F.1.2; returns the first number, from which the next block's is told. */
function writeBlock(out: Bits, block: Float64Array, before: number): number {
  const first = Math.round(block[0]! / STEPS[0]!)
  const difference = first - before
  const bits = sizeOf(difference)
  out.write(FIRST.code[bits]!, FIRST.length[bits]!)
  out.number(difference, bits)
  let run = 0
  for (let i = 1; i < 64; i++) {
    const value = Math.round(block[ORDER[i]!]! / STEPS[ORDER[i]!]!)
    if (value === 0) {
      run++
      continue
    }
    for (; run > 15; run -= 16) out.write(REST.code[0xf0]!, REST.length[0xf0]!)
    const size = sizeOf(value)
    const symbol = 16 * run + size
    out.write(REST.code[symbol]!, REST.length[symbol]!)
    out.number(value, size)
    run = 0
  }
  if (run > 0) out.write(REST.code[0]!, REST.length[0]!)
  return first
}

function sizeOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value))
}

class Bits {
  private bytes: Uint8Array
  private at = 0
  private held = 0
  private count = 0
  constructor(size: number) {
    this.bytes = new Uint8Array(size)
  }
  private put(byte: number): void {
    if (this.at === this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes[this.at++] = byte
  }
  plain(bytes: readonly number[]): void {
    for (const byte of bytes) this.put(byte)
  }
  /** At most 16 bits. */
  write(code: number, length: number): void {
    this.held = (this.held << length) | code
    this.count += length
    while (this.count >= 8) {
      const byte = (this.held >> (this.count - 8)) & 255
      this.put(byte)
      // A byte of ones is told from a marker by a zero.
      if (byte === 255) this.put(0)
      this.count -= 8
    }
    this.held &= (1 << this.count) - 1
  }
  /** Negative ones by their complement. */
  number(value: number, size: number): void {
    if (size > 0) this.write(value < 0 ? value + (1 << size) - 1 : value, size)
  }
  end(): Uint8Array {
    if (this.count > 0) this.write((1 << (8 - this.count)) - 1, 8 - this.count)
    this.plain([0xff, 0xd9])
    return this.bytes.slice(0, this.at)
  }
}
