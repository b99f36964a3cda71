// In: a book and its look. Out: its cover, for a page of the PDF and as an image for the EPUB; the author's own image, or
// one drawn from the theme. And the image that shops ask for, which stands beside the EPUB.
import type { Drawing, Filled } from '../cover/index.js'
import { error, NOWHERE, type Place, type Report, warning } from '../diagnostic.js'
import type { CoverArt } from '../layout/typeset.js'
import type { Book, Image } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import type { Pixels } from '../pdf/index.js'
import type { Face, Theme } from '../theme/theme.js'
import type { Output } from './write.js'

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
): Promise<{ bytes: Uint8Array; type: Image['type']; ground: string }> {
  const own = imageOf(book)
  const { edgeColour, toPng } = await import('../cover/index.js')
  if (own === undefined) {
    const drawing = await drawn(book, theme, faces, width, (width * HEIGHT) / WIDTH, report)
    return { bytes: toPng(drawing, WIDTH), type: 'png', ground: drawing.paper }
  }
  try {
    const pixels = await openImage(own, theme, faces, FEW)
    return { bytes: own.bytes, type: own.type, ground: edgeColour(pixels, theme.cover.ground) }
  } catch {
    // What cannot be painted may still be shown by e-readers; the painters say what is wrong with it.
    return { bytes: own.bytes, type: own.type, ground: theme.cover.accent }
  }
}

/** Of a drawing, when only its colours matter. */
const FEW = 160

async function openImage(own: Image, theme: Theme, faces: readonly Face[], across: number): Promise<Pixels> {
  const { pixelsOf } = await import('../pdf/index.js')
  const family = faces.find((face) => face.key.startsWith(`${theme.styles.body.face}/`))?.family ?? 'serif'
  return pixelsOf({ ...own }, across, { fonts: () => faces.map((face) => face.bytes()), family })
}

/**
 * A JPEG file for the shops' shelves, and what became of the author's image there; undefined if that cannot be read. `width`: of the
 * page, in points.
 */
export async function shopCover(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  { width }: Pick<Trim, 'width'>,
  report: Report,
): Promise<(Output & { advice: string[] }) | undefined> {
  const { fill, toBitmap } = await import('../cover/index.js')
  const { toJpeg, whyUnreadable } = await import('../pdf/index.js')
  const name = `${book.metadata.slug}-cover.jpg`
  const own = imageOf(book)
  if (own === undefined) {
    const drawing = await drawn(book, theme, faces, width, (width * HEIGHT) / WIDTH, report)
    return { name, bytes: await toJpeg(toBitmap(drawing, WIDTH)), advice: [] }
  }
  const place = own.place ?? { path: own.path, line: 0 }
  // An SVG is drawn as large as it is shown, whether its width or its height fills the whole.
  const across = Math.ceil(Math.max(WIDTH, (HEIGHT * own.width) / own.height))
  try {
    const pixels = await openImage(own, theme, faces, across)
    const filled = fill(pixels, WIDTH, HEIGHT, theme.cover.ground)
    doubt(own.path, filled.scale, pixels.foreign, place, report)
    return { name, bytes: await toJpeg(filled), advice: adviceOn(name, own.path, filled) }
  } catch (thrown) {
    const hint = 'save it anew as PNG, JPEG (RGB or gray) or SVG'
    error(report, 'image-unreadable', place, `\`${own.path}\` cannot be shown: ${whyUnreadable(thrown)}`, hint)
    return undefined
  }
}

/** For a page of the web: the cover as it is, at most so many pixels across. `width`: of the page, in points. */
export async function coverAt(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  { width }: Pick<Trim, 'width'>,
  across: number,
  report: Report,
): Promise<{ bytes: Uint8Array; type: 'png' | 'jpeg'; width: number; height: number } | undefined> {
  const { fill, toPng } = await import('../cover/index.js')
  const own = imageOf(book)
  if (own === undefined) {
    const drawing = await drawn(book, theme, faces, width, (width * HEIGHT) / WIDTH, report)
    return { bytes: toPng(drawing, across), type: 'png', width: across, height: Math.round((across * HEIGHT) / WIDTH) }
  }
  const { toJpeg, whyUnreadable } = await import('../pdf/index.js')
  try {
    const pixels = await openImage(own, theme, faces, across)
    const share = Math.min(1, across / pixels.width)
    const size = [pixels.width, pixels.height].map((side) => Math.max(1, Math.round(side * share))) as [number, number]
    const filled = fill(pixels, ...size, theme.cover.ground)
    return { bytes: await toJpeg(filled), type: 'jpeg', width: filled.width, height: filled.height }
  } catch (thrown) {
    const hint = 'save it anew as PNG, JPEG (RGB or gray) or SVG'
    const place = own.place ?? { path: own.path, line: 0 }
    error(report, 'image-unreadable', place, `\`${own.path}\` cannot be shown: ${whyUnreadable(thrown)}`, hint)
    return undefined
  }
}

function doubt(path: string, scale: number, foreign: boolean, place: Place, report: Report): void {
  const say = (message: string, hint: string) => warning(report, 'cover-image', place, message, hint)
  if (scale > 1)
    say(
      `\`${path}\` has fewer pixels than shops ask of a cover, and is enlarged to ${Math.round(scale * 100)} %`,
      `use a picture of ${WIDTH} × ${HEIGHT} pixels`,
    )
  if (foreign)
    say(`the colours of \`${path}\` are of another profile than sRGB, and will look paler in shops`, 'save it in sRGB')
}

function adviceOn(name: string, path: string, { cut, ground }: Filled): string[] {
  const share = (part: number) => `${Math.max(1, Math.round(part * 100))} %`
  if (cut > 0) return [`${name}: ${share(cut)} of ${path} is cut, evenly on two sides, so that it fills the cover`]
  if (ground > 0)
    return [`${name}: ${path} stands whole on a ground of its edges' colour, which is ${share(ground)} of the cover`]
  return []
}

async function drawn(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  width: number,
  height: number,
  report: Report,
): Promise<Drawing> {
  const drawing = await drawOnce(book, theme, faces, width, height)
  for (const text of drawing.unsaid) {
    const message = `the drawn cover goes without \`${text}\`, or some of it: no face has the characters`
    const hint =
      'give the book a picture under `cover`, or name a face that has them under `faces` in a theme of your own'
    warning(report, 'cover-lettering', book.places?.title ?? NOWHERE, message, hint)
  }
  return drawing
}

/** The EPUB, its page in a catalogue and the lists there show the same drawing, each in another size of pixels. */
const drawings = new WeakMap<Book, { theme: Theme; shape: string; drawing: Promise<Drawing> }[]>()

async function drawOnce(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  width: number,
  height: number,
): Promise<Drawing> {
  const { drawCover } = await import('../cover/index.js')
  const shape = `${width} ${height}`
  const own = drawings.get(book) ?? []
  drawings.set(book, own)
  let found = own.find((one) => one.theme === theme && one.shape === shape)
  if (found === undefined) {
    found = { theme, shape, drawing: drawCover(book.metadata, theme, faces, width, height) }
    own.push(found)
  }
  return found.drawing
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
  return { alt: book.metadata.title, picture: { ...own }, ground: await groundOf(own, theme, faces, { width, height }) }
}

/** Of a picture whose shape is so far from the page's that too much would be cut if it filled it. */
async function groundOf(own: Image, theme: Theme, faces: readonly Face[], page: Trim): Promise<string | undefined> {
  const { edgeColour, fillsWell } = await import('../cover/index.js')
  if (fillsWell(own, page.width, page.height)) return undefined
  try {
    return edgeColour(await openImage(own, theme, faces, FEW), theme.cover.ground)
  } catch {
    return theme.cover.ground
  }
}

function imageOf({ metadata, images }: Book): Image | undefined {
  return metadata.cover === undefined ? undefined : images.get(metadata.cover)
}
