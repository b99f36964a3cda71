// In: a book, its look, and, as soon as they are known, the starts of its printed pages. Out: its EPUB, with its cover.
import type { Book } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import type { PageStart } from '../model/pages.js'
import { metadataFor } from '../model/record.js'
import type { Loaded } from '../theme/index.js'
import { coverImage } from './cover.js'
import type { Run } from './run.js'

/** No starts: the book has no printed pages. */
export type Starts = PageStart[] | undefined

/** `page` gives the proportions of a cover that is drawn. */
export async function makeEpub(
  book: Book,
  { theme, faces }: Loaded,
  page: Trim,
  known: Starts | Promise<Starts>,
  run: Run,
): Promise<Uint8Array> {
  const { writeEpub } = await import('../epub/index.js')
  const cover = await run.timed('cover', () => coverImage(book, theme, faces, page, run.report))
  const starts = await known
  const own = { ...book, metadata: metadataFor(book.metadata, 'epub') }
  return run.timed('pack', () => writeEpub(own, theme, faces, { starts, cover }, run.report))
}
