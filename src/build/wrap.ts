// In: a book, its look, and how many pages its inside has. Out: the wrap of its cover, drawn, with what a person has to know of it.
import type { Wrap, WrapShape } from '../cover/index.js'
import { NOWHERE, type Report, warning } from '../diagnostic.js'
import type { Picture } from '../layout/typeset.js'
import type { Book } from '../model/book.js'
import { type PrintEdition, settle, type Trim, type WrapEdition } from '../model/editions.js'
import { primary } from '../model/languages.js'
import { paperOf, RECEIVERS } from '../model/receivers.js'
import type { Loaded } from '../theme/index.js'
import { coverArt } from './cover.js'

export interface WrapArt {
  wrap: Wrap
  shape: WrapShape
  /** The author's own front, if it is a picture, and where it stands. */
  picture: { picture: Picture; x: number; y: number; width: number; height: number } | undefined
  pages: number
}

/** Whose spines are read from the foot to the head. */
const UPWARDS = new Set('fr es ca pt it ro pl cs sk hu el ru uk bg hr sr'.split(' '))
const MM = 72 / 25.4

/** As many as will be bound: see pdf/editions/print.ts. */
export function boundPages(pages: number, print: PrintEdition | undefined, lastIsBlank: boolean): number {
  const { multiple, for: name } = print ?? settle('print')
  const all = name !== undefined && RECEIVERS[name].blankLast && !lastIsBlank ? pages + 1 : pages
  return Math.ceil(all / multiple) * multiple
}

export async function wrapArt(
  book: Book,
  { theme, faces }: Loaded,
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
  const { drawWrap, drawCover } = await import('../cover/index.js')
  const art = await coverArt(book, theme, faces, trim, report)
  const front = 'drawing' in art ? art.drawing : undefined
  const around = front
    ? (await drawCover(metadata, theme, faces, trim.width, trim.height)).paper
    : await edgeOf(book, { theme, faces })
  const wrap = drawWrap(shape, words, front, around, theme, faces)
  for (const text of wrap.unsaid) {
    const short = text.length > 60 ? `${text.slice(0, 57)}…` : text
    const hint = 'write less of it in blurb.md, or take a larger trim'
    warning(
      report,
      'cover-lettering',
      book.places?.title ?? NOWHERE,
      `the cover wrap has no room for \`${short}\``,
      hint,
    )
  }
  return { wrap, shape, picture: 'picture' in art ? placed(art.picture, shape) : undefined, pages }
}

async function edgeOf(book: Book, { theme, faces }: Pick<Loaded, 'theme' | 'faces'>): Promise<string> {
  const { coverImage } = await import('./cover.js')
  return (await coverImage(book, theme, faces, theme.page, () => undefined)).ground
}

/** It fills the front and its bleed, but not the spine; of another shape it stands whole. */
function placed(picture: Picture, { trim, bleed, spine, flap }: WrapShape): WrapArt['picture'] {
  const [wide, high] = [trim.width + bleed, trim.height + 2 * bleed]
  const across = wide / picture.width
  const down = high / picture.height
  const fills = 1 - Math.min(across, down) / Math.max(across, down) <= 0.125
  const scale = fills ? Math.max(across, down) : Math.min(trim.width / picture.width, trim.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  const left = bleed + flap + trim.width + spine
  const [middleX, middleY] = fills ? [left + wide / 2, high / 2] : [left + trim.width / 2, bleed + trim.height / 2]
  return { picture, x: middleX - width / 2, y: middleY - height / 2, width, height }
}
