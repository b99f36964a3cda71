// Files of a site by their paths, parted by `/`; texts are UTF-8. Of a large shelf they are made, proved and written one after the other.
import { createHash } from 'node:crypto'
import { sumOf } from '../build/sums.js'

export type Texts = Map<string, string>

/** A text that grows with the shelf: it is made piece by piece, once to be summed up and once more to be written, and never held whole. */
export type Pieces = () => Iterable<string>

/** A file that is at hand, or can be had. */
export interface SiteFile {
  size: number
  /** SHA-256. */
  sum: string
  content(): string | Uint8Array | Iterable<string | Uint8Array>
}

/** What becomes of the files: they are written, or compared with those of a site. */
export interface Sink {
  put(path: string, file: SiteFile): Promise<void>
}

export function fileOf(content: string | Uint8Array | Pieces): SiteFile {
  if (typeof content === 'function') return inPieces(content)
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.length
  return { size, sum: sumOf(content), content: () => content }
}

function inPieces(make: Pieces): SiteFile {
  const hash = createHash('sha256')
  let size = 0
  for (const bytes of gathered(make())) {
    hash.update(bytes)
    size += bytes.length
  }
  return { size, sum: hash.digest('hex'), content: () => gathered(make()) }
}

/** Bytes that are handed on at once. */
const AT_ONCE = 1 << 18

function* gathered(pieces: Iterable<string>): Generator<Uint8Array> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length < AT_ONCE) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
