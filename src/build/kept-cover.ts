// In: a book and its look, again and again. Out: its cover, for the pages and for the EPUB: drawn anew only when something on it has changed.
import type { Diagnostic, Report } from '../diagnostic.js'
import type { CoverArt } from '../layout/typeset.js'
import type { Book, Image } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import type { Look } from '../theme/index.js'
import { coverArt, coverImage } from './cover.js'

export interface KeptCover {
  art: CoverArt
  type: Image['type']
  ground: string
  /** Made when it is to be shown. */
  bytes(): Promise<Uint8Array>
}

export interface CoverMemory {
  last: { sign: string; image: Uint8Array | undefined; cover: KeptCover; found: Diagnostic[] } | undefined
}

export async function keptCover(
  book: Book,
  look: Look,
  page: Trim,
  memory: CoverMemory,
  report: Report,
): Promise<KeptCover> {
  const { theme, faces } = look
  const { metadata, images } = book
  const own = metadata.cover === undefined ? undefined : images.get(metadata.cover)
  const sign = JSON.stringify([
    metadata,
    theme.cover,
    theme.faces,
    theme.colours,
    theme.styles.body.face,
    page,
    own?.path,
  ])
  const { last } = memory
  if (last?.sign === sign && sameBytes(last.image, own?.bytes)) {
    for (const each of last.found) report(each)
    return last.cover
  }
  const found: Diagnostic[] = []
  const art = await coverArt(book, theme, faces, page, (one) => found.push(one))
  let cover: KeptCover
  if (own === undefined) {
    let made: ReturnType<typeof coverImage> | undefined
    const bytes = async () => (await (made ??= coverImage(book, theme, faces, page, () => undefined))).bytes
    cover = { art, type: 'png', ground: theme.cover.accent, bytes }
  } else {
    const image = await coverImage(book, theme, faces, page, (one) => found.push(one))
    cover = { art, type: image.type, ground: image.ground, bytes: async () => image.bytes }
  }
  memory.last = { sign, image: own?.bytes, cover, found }
  for (const each of found) report(each)
  return cover
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0)
}
