// The door of the EPUB for Kobo's e-readers: what an EPUB is made of goes in; a file that their own reading system takes, and not the
// one for EPUBs of all kinds, comes out. As kepubify makes it, of our own documents.
import type { Report } from '../diagnostic.js'
import { type EpubOptions, writeEpub } from '../epub/index.js'
import type { Book } from '../model/book.js'
import type { Face, Theme } from '../theme/theme.js'
import { toKobo } from './kobo-spans.js'

export async function writeKepub(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  options: EpubOptions,
  report: Report,
): Promise<Uint8Array> {
  const manner = { document: toKobo, holder: (role: string) => `body.${role} #book-inner` }
  return writeEpub(book, theme, faces, { ...options, manner }, report)
}
