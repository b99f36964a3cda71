// In: a book, its look, and how many pages its inside has. Out: the wrap of its cover, drawn, with what a person has to know of it.
import type { Wrap, WrapShape } from '../cover/index.js'
import { NOWHERE, type Report, warning } from '../diagnostic.js'
import type { Picture, Typeset } from '../layout/typeset.js'
import type { Book } from '../model/book.js'
import { EDITIONS, type Trim, type WrapEdition } from '../model/editions.js'
import { primary } from '../model/languages.js'
import { boundPages, paperOf, RECEIVERS } from '../model/receivers.js'
import type { WrapSheet } from '../pdf/index.js'
import type { Look } from '../theme/index.js'
import { coverArt, coverImage } from './cover.js'

interface WrapArt {
  wrap: Wrap
  shape: WrapShape
  /** The author's own front, if it is a picture, and where it stands. */
  picture: { picture: Picture; x: number; y: number; width: number; height: number } | undefined
}

/** Whose spines are read from the foot to the head. */
const UPWARDS = new Set('fr es ca pt it ro pl cs sk hu el ru uk bg hr sr'.split(' '))
const MM = 72 / 25.4

/** `pages`: as many as the inside has when it is bound. */
export async function wrapSheet(
  book: Book,
  look: Look,
  edition: WrapEdition,
  layout: Typeset,
  report: Report,
): Promise<{ sheet: WrapSheet; pages: number }> {
  const multiple =
    edition.multiple ?? (edition.for ? RECEIVERS[edition.for].multiple : EDITIONS.print.settings.multiple.usual)
  const isBlank = layout.pages.at(-1)?.items.length === 0
  const pages = boundPages(layout.pages.length, multiple, edition.for, isBlank)
  const { wrap, shape, picture } = await wrapArt(book, look, edition, layout, pages, report)
  const left = shape.bleed + shape.flap + shape.trim.width
  const { bleed, safe, clear } = shape
  return {
    sheet: { ...wrap, press: look.theme.press, bleed, safe, clear, spine: { left, width: shape.spine }, picture },
    pages,
  }
}

async function wrapArt(
  book: Book,
  { theme, faces }: Look,
  edition: WrapEdition,
  trim: Trim,
  pages: number,
  report: Report,
): Promise<WrapArt> {
  const { metadata } = book
  const receiver = RECEIVERS[edition.for ?? 'press']
  const paper = paperOf(receiver, edition.stock, edition.colour)
  const thickness = edition.paper === undefined ? (paper?.thickness ?? 0.05 * MM) : edition.paper / 2
  const shape: WrapShape = {
    trim: { width: trim.width, height: trim.height },
    bleed: edition.bleed ?? receiver.wrap.bleed,
    spine: pages * thickness + receiver.spine.cover,
    flap: edition.flaps,
    safe: receiver.wrap.safe,
    clear: receiver.spine.clear,
    barcode: receiver.wrap.barcode,
  }
  const custom = UPWARDS.has(primary(metadata.language)) ? 'up' : 'down'
  const spine = edition.spine === 'auto' ? (pages < receiver.spine.textFrom ? 'none' : custom) : edition.spine
  const isbn = metadata.isbn?.editions.print ?? metadata.isbn?.book
  const figures = isbn?.replace(/\D/g, '')
  const said = metadata.printed ?? metadata
  const words = {
    title: said.title,
    authors: metadata.printed?.authors ?? metadata.authors.map((one) => one.name),
    blurb: metadata.blurb ?? [],
    publisher: said.publisher,
    language: metadata.language,
    isbn: figures?.length === 13 ? figures : undefined,
    isbnPrinted: isbn,
    price: edition.price === undefined ? undefined : String(edition.price).padStart(5, '0'),
    spine,
  } as const
  const { drawWrap, drawCover, fillsWell } = await import('../cover/index.js')
  const art = await coverArt(book, theme, faces, trim, report)
  const front = 'drawing' in art ? art.drawing : undefined
  const around = front
    ? (await drawCover(metadata, theme, faces, trim.width, trim.height)).paper
    : (await coverImage(book, theme, faces, trim, () => undefined)).ground
  const wrap = drawWrap(shape, words, front, around, theme, faces)
  for (const text of wrap.unsaid) {
    const short = text.length > 60 ? `${text.slice(0, 57)}…` : text
    const hint = 'write less of it in blurb.md, or take a larger trim'
    warning(
      report,
      'cover-lettering',
      (words.blurb.includes(text) ? book.places?.blurb : undefined) ?? book.places?.title ?? NOWHERE,
      `the cover wrap has no room for \`${short}\``,
      hint,
    )
  }
  if (!('picture' in art)) return { wrap, shape, picture: undefined }
  const { width, height } = frontOf(shape)
  return { wrap, shape, picture: placed(art.picture, shape, fillsWell(art.picture, width, height)) }
}

/** The front, and the bleed on its three free sides. */
function frontOf({ trim, bleed }: WrapShape): Trim {
  return { width: trim.width + bleed, height: trim.height + 2 * bleed }
}

/** It fills the front and its bleed, but not the spine; of another shape it stands whole. */
function placed(picture: Picture, shape: WrapShape, fills: boolean): WrapArt['picture'] {
  const { trim, bleed, spine, flap } = shape
  const room = fills ? frontOf(shape) : trim
  const scales = [room.width / picture.width, room.height / picture.height]
  const scale = fills ? Math.max(...scales) : Math.min(...scales)
  const [width, height] = [picture.width * scale, picture.height * scale]
  const left = bleed + flap + trim.width + spine
  const top = fills ? 0 : bleed
  return { picture, x: left + (room.width - width) / 2, y: top + (room.height - height) / 2, width, height }
}
