// In: a font file (TrueType or OpenType). Out: the same as WOFF 1.0: its tables, each deflated, for the web; a third smaller.
// (WOFF 2 would be smaller still, and asks for Brotli, of which every Node has another.)
import { deflate } from '../deflate/index.js'

const HEAD = 44
const ENTRY = 20

/** Throws if it is no font. The same font gives the same bytes. */
export function toWoff(font: Uint8Array): Uint8Array {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const count = view.getUint16(4)
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 12 + 16 * i
    const [tag, sum, offset, length] = [0, 4, 8, 12].map((more) => view.getUint32(at + more)) as [
      number,
      number,
      number,
      number,
    ]
    const bytes = font.subarray(offset, offset + length)
    if (bytes.length !== length) throw new Error('a table of the font lies outside it')
    const packed = deflate(bytes, 12, 'zlib')
    return { tag, sum, offset, length, bytes: packed.length < length ? packed : bytes }
  })
  // In the order in which they lie in the font; the directory is in order of tags.
  const laid = [...tables].sort((a, b) => a.offset - b.offset)
  const offsets = new Map<object, number>()
  let size = HEAD + ENTRY * count
  for (const table of laid) {
    offsets.set(table, size)
    size += padded(table.bytes.length)
  }
  const out = new Uint8Array(size)
  const to = new DataView(out.buffer)
  to.setUint32(0, 0x774f4646)
  to.setUint32(4, view.getUint32(0))
  to.setUint32(8, size)
  to.setUint16(12, count)
  to.setUint32(16, 12 + 16 * count + tables.reduce((sum, { length }) => sum + padded(length), 0))
  to.setUint16(20, 1)
  tables.forEach((table, i) => {
    const at = HEAD + ENTRY * i
    const entry = [table.tag, offsets.get(table)!, table.bytes.length, table.length, table.sum]
    entry.forEach((word, j) => {
      to.setUint32(at + 4 * j, word)
    })
    out.set(table.bytes, offsets.get(table)!)
  })
  return out
}

function padded(length: number): number {
  return (length + 3) & ~3
}
