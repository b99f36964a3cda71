// In: a book, its look, and how many pages its inside has. Out: the wrap of its cover, drawn, with what a person has to know of it.
import type { Wrap, WrapShape } from '../cover/index.js'
import { error, forgivable, NOWHERE, type Report, warning } from '../diagnostic.js'
import type { Picture, Typeset } from '../layout/typeset.js'
import type { Book } from '../model/book.js'
import { EDITIONS, type Trim, type WrapEdition } from '../model/editions.js'
import { primary } from '../model/languages.js'
import { boundPages, hardOf, paperOf, RECEIVERS, type Receiver } from '../model/receivers.js'
import type { WrapSheet } from '../pdf/index.js'
import type { Look } from '../theme/index.js'
import { coverArt, coverImage } from './cover.js'

interface WrapArt {
  wrap: Wrap
  shape: WrapShape
  /** The author's own, and where they stand. */
  pictures: WrapSheet['pictures']
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
  const endsBlank = layout.pages.at(-1)?.items.length === 0
  const pages = boundPages(layout.pages.length, multiple, edition.for, endsBlank)
  const { wrap, shape, pictures } = await wrapArt(book, look, edition, layout, pages, report)
  const left = shape.bleed + shape.flap + shape.trim.width
  const { bleed, safe, clear, hinge } = shape
  const isCase = edition.binding === 'case'
  const sheet: WrapSheet = {
    ...{ width: wrap.width, height: wrap.height, items: wrap.items, folds: wrap.folds, press: look.theme.press },
    // what is folded in around the boards is no bleed: the sheet is cut at its edge
    ...{ bleed: isCase ? 0 : bleed, turnIn: isCase ? bleed : 0 },
    ...{ safe, clear, hinge, spine: { left, width: shape.spine }, pictures },
    barcode: { ...shape.barcode, left: left - hinge - shape.barcode.from - shape.barcode.width },
  }
  if (edition.art !== undefined) tellArt(book, edition.art, sheet, report)
  proveBoards(edition, pages, report)
  return { sheet, pages }
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
  const shape = shapeOf(edition, receiver, trim, pages * thickness)
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
    flaps: metadata.flaps ?? { front: [], back: [] },
    portrait: sizeIn(book, edition.portrait),
    mark: sizeIn(book, edition.mark),
    bare: edition.art !== undefined,
  } as const
  const { drawWrap, drawCover, fillsWell } = await import('../cover/index.js')
  // the joint of a case belongs to nobody's drawing
  const board = { width: shape.trim.width - shape.hinge, height: shape.trim.height }
  const whole = edition.art === undefined ? undefined : pictureIn(book, edition.art)
  const art = whole ? undefined : await coverArt(book, theme, faces, board, report)
  const front = art && 'drawing' in art ? art.drawing : undefined
  const ground = front
    ? (await drawCover(metadata, theme, faces, board.width, board.height)).paper
    : (await coverImage(book, theme, faces, trim, () => undefined)).ground
  const wrap = drawWrap(shape, words, front, ground, theme, faces)
  for (const text of wrap.unsaid) {
    const short = text.length > 60 ? `${text.slice(0, 57)}…` : text
    const hint = 'write less of it in blurb.md or on the flap, or take a larger trim'
    warning(
      report,
      'cover-lettering',
      (words.blurb.includes(text) ? book.places?.blurb : undefined) ?? book.places?.title ?? NOWHERE,
      `the cover wrap has no room for \`${short}\``,
      hint,
    )
  }
  const pictures: WrapSheet['pictures'][number][] = []
  if (whole) pictures.push({ ...{ picture: whole, x: 0, y: 0, width: wrap.width, height: wrap.height }, ground: true })
  if (art && 'picture' in art) {
    const { width, height } = frontOf(shape)
    pictures.push(placed(art.picture, shape, fillsWell(art.picture, width, height)))
  }
  for (const { of, ...place } of wrap.pictures)
    pictures.push({ picture: pictureIn(book, edition[of]!)!, ...place, ground: false })
  return { wrap, shape, pictures }
}

/** Whether its receiver binds it so, and so many pages. */
function proveBoards({ for: name, binding }: WrapEdition, pages: number, report: Report): void {
  if (name === undefined || binding === 'paper') return
  const receiver = RECEIVERS[name]
  const refuse = (message: string, hint: string) =>
    forgivable(report, 'receiver-refuses', NOWHERE, `${receiver.called} ${message}`, hint)
  const others = receiver.bindings.map((one) => `\`binding: ${one}\``).join(' or ')
  if (!receiver.bindings.includes(binding)) refuse(`makes no \`binding: ${binding}\``, `write ${others}`)
  const { least, most } = hardOf(receiver).pages ?? { least: 0, most: Number.POSITIVE_INFINITY }
  if (pages < least)
    refuse(
      `binds no fewer than ${least} pages in boards, and the book has ${pages}`,
      'write `binding: paper`, or `multiple` in `print`: its blank pages count',
    )
  if (pages > most)
    refuse(`binds no more than ${most} pages in boards, and the book has ${pages}`, 'write `binding: paper`')
}

/** `thick`: of the pages. */
function shapeOf(edition: WrapEdition, receiver: Receiver, page: Trim, thick: number): WrapShape {
  const hard = hardOf(receiver)
  const { binding } = edition
  const boards = edition.boards ?? hard.boards
  const overhang = edition.overhang ?? hard.overhang
  const hinge = binding === 'case' ? (edition.hinge ?? hard.hinge) : 0
  const rest = {
    hinge,
    flap: edition.flaps ?? (binding === 'jacket' ? hard.jacket.flap : 0),
    safe: receiver.wrap.safe,
    clear: receiver.spine.clear,
    barcode: receiver.wrap.barcode,
  }
  if (binding === 'case') {
    const trim = { width: page.width + hinge + overhang, height: page.height + 2 * overhang }
    return { ...rest, trim, bleed: edition['turn-in'] ?? hard.turnIn, spine: thick + boards }
  }
  const bleed = edition.bleed ?? receiver.wrap.bleed
  if (binding === 'jacket') {
    const { wider, higher, spine } = hard.jacket
    const trim = { width: page.width + wider, height: page.height + higher }
    return { ...rest, trim, bleed, spine: thick + boards + spine }
  }
  const trim = { width: page.width, height: page.height }
  return { ...rest, trim, bleed, spine: thick + receiver.spine.cover }
}

function pictureIn({ wrapped }: Book, path: string): Picture | undefined {
  const image = wrapped?.get(path)
  return image && { ...image }
}

function sizeIn(book: Book, path: string | undefined): Trim | undefined {
  return path === undefined ? undefined : pictureIn(book, path)
}

/** Of a whole cover that is of another shape than its sheet: by so much it may be, since pixels are whole. */
const ASKEW = 0.004

function tellArt(book: Book, path: string, { width, height }: WrapSheet, report: Report): void {
  const art = pictureIn(book, path)
  if (art === undefined || Math.abs(art.width / art.height / (width / height) - 1) <= ASKEW) return
  const inches = (length: number) => Math.round(length / 0.072) / 1000
  const pixels = (length: number) => Math.round((length / 72) * 300)
  const message = `\`${path}\` is ${art.width} × ${art.height} pixels, and the sheet of the cover ${inches(width)} × ${inches(height)} inches with all around it`
  const hint = `make it ${pixels(width)} × ${pixels(height)} pixels; \`template: true\` shows where its folds are`
  error(report, 'cover-art', art.place ?? NOWHERE, message, hint)
}

/** The front, and the bleed on its three free sides. */
function frontOf({ trim, bleed }: WrapShape): Trim {
  return { width: trim.width + bleed, height: trim.height + 2 * bleed }
}

/** It fills the front and its bleed, but not the spine; of another shape it stands whole. */
function placed(picture: Picture, shape: WrapShape, fills: boolean): WrapSheet['pictures'][number] {
  const { trim, bleed, spine, flap } = shape
  const room = fills ? frontOf(shape) : trim
  const scales = [room.width / picture.width, room.height / picture.height]
  const scale = fills ? Math.max(...scales) : Math.min(...scales)
  const [width, height] = [picture.width * scale, picture.height * scale]
  const left = bleed + flap + trim.width + spine
  const top = fills ? 0 : bleed
  const x = left + (room.width - width) / 2
  return { picture, x, y: top + (room.height - height) / 2, width, height, ground: true }
}
