// Files of a site by their paths, parted by `/`; texts are UTF-8. Of a large shelf they are made, proved and written one after the other.
import { sumOf } from '../build/sums.js'

export type Texts = Map<string, string>

/** A file that is at hand, or can be had. */
export interface SiteFile {
  size: number
  /** SHA-256. */
  sum: string
  content(): string | Uint8Array
}

/** What becomes of the files: they are written, or compared with those of a site. */
export interface Sink {
  put(path: string, file: SiteFile): Promise<void>
}

export function fileOf(content: string | Uint8Array): SiteFile {
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.length
  return { size, sum: sumOf(content), content: () => content }
}
