// In: a book and its look. Out: its cover, for a page of the PDF and as an image for the EPUB; the author's own image, or
// one drawn from the theme.
import type { Drawing } from '../cover/index.js'
import { type Report, warning } from '../diagnostic.js'
import type { CoverArt } from '../layout/typeset.js'
import type { Book, Image } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import type { Face, Theme } from '../theme/theme.js'

/** What shops ask of a cover image, in pixels. */
const WIDTH = 1600
const HEIGHT = 2560

/** For the EPUB. A drawn one has the proportions that shops ask for; `width` is that of the page, in points. */
export async function coverImage(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  { width }: Pick<Trim, 'width'>,
  report: Report,
): Promise<{ bytes: Uint8Array; type: Image['type'] }> {
  const own = imageOf(book)
  if (own !== undefined) return { bytes: own.bytes, type: own.type }
  const { toPng } = await import('../cover/index.js')
  const drawing = await drawn(book, theme, faces, width, (width * HEIGHT) / WIDTH, report)
  return { bytes: toPng(drawing, WIDTH), type: 'png' }
}

async function drawn(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  width: number,
  height: number,
  report: Report,
): Promise<Drawing> {
  const { drawCover } = await import('../cover/index.js')
  const drawing = await drawCover(book.metadata, theme, faces, width, height)
  for (const text of drawing.unsaid) {
    const message = `the drawn cover goes without \`${text}\`, or some of it: no face has the characters`
    const hint =
      'give the book a picture under `cover`, or name a face that has them under `faces` in a theme of your own'
    warning(report, 'cover-lettering', { path: 'book.yaml', line: 0 }, message, hint)
  }
  return drawing
}

/** For pages of this size, points. */
export async function coverArt(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  { width, height }: Trim,
  report: Report,
): Promise<CoverArt> {
  const own = imageOf(book)
  if (own === undefined) {
    const { alt, items } = await drawn(book, theme, faces, width, height, report)
    return { alt, drawing: items }
  }
  return { alt: book.metadata.title, picture: { ...own } }
}

function imageOf({ metadata, images }: Book): Image | undefined {
  return metadata.cover === undefined ? undefined : images.get(metadata.cover)
}
