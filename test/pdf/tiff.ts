// In: a kind of TIFF. Out: a small file of it, as TIFF 6.0 has it, for whoever reads some.
import { deflateSync } from 'node:zlib'

export const PACKINGS = { none: 1, lzw: 5, deflate: 8, packbits: 32773 } as const
export type Packing = keyof typeof PACKINGS
export const SPACES = { white: [0, 1], gray: [1, 1], rgb: [2, 3], palette: [3, 1], cmyk: [5, 4] } as const
export interface Kind {
  space: keyof typeof SPACES
  packing: Packing
  little?: boolean
  differences?: boolean
  alpha?: boolean
}

export const WIDTH = 5
export const HEIGHT = 4

export interface Picture {
  width: number
  height: number
  /** By column, row and sample. */
  sampleAt: (x: number, y: number, c: number) => number
}

export function sampleAt(x: number, y: number, c: number): number {
  return (x * 40 + y * 11 + c * 60) % 256
}

/** Two strips: all rows but the last, and that. */
export function tiff(
  { space, packing, little = true, differences = false, alpha = false }: Kind,
  { width, height, sampleAt: at }: Picture = { width: WIDTH, height: HEIGHT, sampleAt },
): Buffer {
  const rows = height - 1
  const [photometric, colours] = SPACES[space]
  const samples = colours + (alpha ? 1 : 0)
  const strip = (from: number, to: number) => {
    const out: number[] = []
    for (let y = from; y < to; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < samples; c++) out.push((at(x, y, c) - (differences && x > 0 ? at(x - 1, y, c) : 0)) & 255)
    return pack(Buffer.from(out), packing)
  }
  const strips = [strip(0, rows), strip(rows, height)]
  const entries: [tag: number, type: 3 | 4, values: number[]][] = [
    [256, 3, [width]],
    [257, 3, [height]],
    [258, 3, Array(samples).fill(8)],
    [259, 3, [PACKINGS[packing]]],
    [262, 3, [photometric]],
    [273, 4, []],
    [277, 3, [samples]],
    [278, 3, [rows]],
    [279, 4, strips.map((one) => one.length)],
    [317, 3, [differences ? 2 : 1]],
    ...(space === 'palette'
      ? [[320, 3, Array.from({ length: 768 }, (_, i) => ((i % 256) * 257) ^ 0)] as [number, 3, number[]]]
      : []),
  ]
  let end = 8 + 2 + entries.length * 12 + 4
  const blocks: Buffer[] = []
  const put = (bytes: Buffer) => {
    blocks.push(bytes)
    end += bytes.length
    return end - bytes.length
  }
  entries.find(([tag]) => tag === 273)![2] = strips.map(put)
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4)
  const u16 = (out: Buffer, value: number, to: number) =>
    little ? out.writeUInt16LE(value, to) : out.writeUInt16BE(value, to)
  const u32 = (out: Buffer, value: number, to: number) =>
    little ? out.writeUInt32LE(value, to) : out.writeUInt32BE(value, to)
  head.write(little ? 'II' : 'MM', 0, 'latin1')
  u16(head, 42, 2)
  u32(head, 8, 4)
  u16(head, entries.length, 8)
  entries.forEach(([tag, type, values], i) => {
    const to = 10 + 12 * i
    u16(head, tag, to)
    u16(head, type, to + 2)
    u32(head, values.length, to + 4)
    const size = type === 3 ? 2 : 4
    const data = Buffer.alloc(Math.max(4, values.length * size))
    values.forEach((value, k) => void (size === 2 ? u16(data, value, 2 * k) : u32(data, value, 4 * k)))
    if (values.length * size <= 4) data.copy(head, to + 8)
    else u32(head, put(data), to + 8)
  })
  return Buffer.concat([head, ...blocks])
}

function pack(bytes: Buffer, packing: Packing): Buffer {
  if (packing === 'none') return bytes
  if (packing === 'deflate') return deflateSync(bytes)
  if (packing === 'packbits') {
    // A run of three, a row of plain ones, and the mark that says nothing.
    const out: number[] = [128]
    for (let at = 0; at < bytes.length; ) {
      let run = 1
      while (run < 100 && bytes[at + run] === bytes[at]) run++
      if (run > 1) out.push(257 - run, bytes[at]!)
      else out.push(0, bytes[at]!)
      at += run
    }
    return Buffer.from(out)
  }
  // LZW with a table that grows, as its standard writes it.
  const out: number[] = []
  let [held, bits] = [0, 0]
  const write = (code: number, size: number) => {
    held = (held << size) | code
    bits += size
    for (; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 255)
    held &= (1 << bits) - 1
  }
  let table = new Map<string, number>()
  let next = 258
  let size = 9
  const codeOf = (word: string) => (word.length === 1 ? word.charCodeAt(0) : table.get(word)!)
  write(256, size)
  let word = ''
  for (const byte of bytes) {
    const longer = word + String.fromCharCode(byte)
    if (longer.length === 1 || table.has(longer)) {
      word = longer
      continue
    }
    write(codeOf(word), size)
    table.set(longer, next++)
    if (next === 1 << size) size++
    word = String.fromCharCode(byte)
  }
  write(codeOf(word), size)
  write(257, size)
  write(0, 7)
  table = new Map()
  return Buffer.from(out)
}
