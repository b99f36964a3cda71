// In: files in their order. Out: a ZIP archive of them (APPNOTE.TXT 6.3.3, without ZIP64), the same for the same files.
import { crc32 } from 'node:zlib'
import { deflate, deflateOnce } from '../deflate/index.js'

export interface Entry {
  /** From the archive's root, with slashes. */
  path: string
  bytes: Uint8Array
  /** As they are: what is compressed already, or must be read without unpacking. */
  stored: boolean
  /** They are the same object in other books. */
  shared?: boolean
}

/** Of XHTML, 4 takes a third less time and leaves a fortieth more; 10 takes four times as long. */
const LEVEL = 9

const LOCAL = 30
const CENTRAL = 46
const END = 22
const UTF8_NAMES = 1 << 11
const DEFLATED = 8
const VERSION = 20
/** The first day that ZIP knows, 1 January 1980. */
const DAY = (1 << 5) | 1

/** Throws if there is more than a ZIP archive holds: 65,535 files, four gigabytes. */
export function zip(entries: readonly Entry[]): Uint8Array {
  const parts = entries.map(({ path, bytes, stored, shared }) => {
    const name = Buffer.from(path)
    const flags = name.length === path.length ? 0 : UTF8_NAMES
    return {
      name,
      flags,
      size: bytes.length,
      crc: crc32(bytes),
      stored,
      data: stored ? bytes : (shared ? deflateOnce : deflate)(bytes, LEVEL, 'raw'),
    }
  })
  const length = parts.reduce((sum, { name, data }) => sum + LOCAL + CENTRAL + 2 * name.length + data.length, END)
  if (entries.length > 0xffff || length > 0xffffffff) throw new Error('more than a ZIP archive can hold')

  const out = Buffer.alloc(length)
  let at = 0
  const starts = parts.map((part) => {
    const start = at
    out.writeUInt32LE(0x04034b50, at)
    describe(out, at + 4, part)
    out.set(part.name, at + LOCAL)
    out.set(part.data, at + LOCAL + part.name.length)
    at += LOCAL + part.name.length + part.data.length
    return start
  })
  const directory = at
  parts.forEach((part, i) => {
    out.writeUInt32LE(0x02014b50, at)
    out.writeUInt16LE(VERSION, at + 4)
    describe(out, at + 6, part)
    out.writeUInt32LE(starts[i]!, at + 42)
    out.set(part.name, at + CENTRAL)
    at += CENTRAL + part.name.length
  })
  out.writeUInt32LE(0x06054b50, at)
  out.writeUInt16LE(parts.length, at + 8)
  out.writeUInt16LE(parts.length, at + 10)
  out.writeUInt32LE(at - directory, at + 12)
  out.writeUInt32LE(directory, at + 16)
  return out
}

interface Part {
  name: Uint8Array
  flags: number
  size: number
  crc: number
  stored: boolean
  data: Uint8Array
}

/** What both heads of a file say of it, from the version that is needed to the length of its name. */
function describe(out: Buffer, at: number, { name, flags, size, crc, stored, data }: Part): void {
  out.writeUInt16LE(VERSION, at)
  out.writeUInt16LE(flags, at + 2)
  out.writeUInt16LE(stored ? 0 : DEFLATED, at + 4)
  out.writeUInt16LE(DAY, at + 8)
  out.writeUInt32LE(crc, at + 10)
  out.writeUInt32LE(data.length, at + 14)
  out.writeUInt32LE(size, at + 18)
  out.writeUInt16LE(name.length, at + 22)
}
