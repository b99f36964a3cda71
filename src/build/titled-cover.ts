// In: a book whose theme letters the author's picture. Out: the same book, whose cover is that picture with title and names on it: one
// picture for the page, the wrap, the EPUB, the web and the shops, which all do with it what they do with a cover that is whole.
import { NOWHERE, type Report, warning } from '../diagnostic.js'
import type { Book, Image } from '../model/book.js'
import type { Look } from '../theme/index.js'

/** Three hundred of them to the inch on pages up to 6⅔ inches. */
const ACROSS = 2000
/** The shape that shops ask for. */
const SHAPE = { width: 5, height: 8 }
/** A share of a picture that nobody would want to lose unasked. */
const MUCH = 0.45

interface Made {
  sign: string
  image: Image
  cut: number
  lost: number
}

/** A share of letters that may lie on a spot of the picture. */
const SOME = 0.08

/** The last one of each picture: a preview sets the same book again and again. */
const made = new WeakMap<Uint8Array, Made>()

export async function titleCover(book: Book, { theme, faces }: Look, report: Report): Promise<void> {
  const { metadata } = book
  const own = metadata.cover === undefined ? undefined : book.images.get(metadata.cover)
  if (own === undefined || (theme.cover.picture ?? 'alone') === 'alone') return
  const sign = JSON.stringify([metadata, theme.cover, theme.sceneBreak, theme.faces, theme.scripts, theme.page])
  let last = made.get(own.bytes)
  if (last?.sign !== sign) {
    const painted = await paint(book, own, { theme, faces }, report)
    if (painted === undefined) return
    last = { sign, ...painted }
    made.set(own.bytes, last)
  }
  if (last.cut > MUCH) {
    const message = `${Math.round(last.cut * 100)} % of \`${own.path}\` is cut, evenly on two sides, to fill its part of the cover`
    const hint = 'crop the picture yourself, or let the theme say another `cover.picture`'
    warning(report, 'cover-image', own.place ?? NOWHERE, message, hint)
  }
  if (last.lost > SOME) {
    const message = `${Math.round(last.lost * 100)} % of the letters on the cover can hardly be told from the picture behind them`
    const hint = 'let `cover.ink` be lighter or darker than the picture is there, or let `cover.picture` be `panel`'
    warning(report, 'theme-contrast', own.place ?? NOWHERE, message, hint)
  }
  book.images = new Map(book.images).set(last.image.path, last.image)
  book.metadata = { ...metadata, cover: last.image.path }
}

async function paint(
  book: Book,
  own: Image,
  { theme, faces }: Look,
  report: Report,
): Promise<Omit<Made, 'sign'> | undefined> {
  const { drawTitled, fillsWell, paintTitled } = await import('../cover/index.js')
  const { pixelsOf, toJpeg } = await import('../pdf/index.js')
  // Pages that are nearly of the shops' shape cut a little of it; others have a cover of their own shape, which shops show whole.
  const { width, height } = fillsWell(SHAPE, theme.page.width, theme.page.height) ? SHAPE : theme.page
  const size = { width: ACROSS, height: Math.round((ACROSS * height) / width) }
  const shape = { width: size.width / 4, height: size.height / 4 }
  const titled = drawTitled(book.metadata, theme, faces, shape.width, shape.height)
  for (const text of titled.panel.unsaid) {
    const message = `the cover goes without \`${text}\`, or some of it: no face has the characters`
    const hint = 'name a face that has them under `faces` in a theme of your own, or let `cover.picture` be `alone`'
    warning(report, 'cover-lettering', book.places?.title ?? NOWHERE, message, hint)
  }
  const family = faces.find((face) => face.key.startsWith(`${theme.styles.body.face}/`))?.family ?? 'serif'
  try {
    // An SVG is drawn as large as it is shown, whichever of its sides fills the whole.
    const across = Math.ceil(Math.max(size.width, (size.height * own.width) / own.height))
    const pixels = await pixelsOf({ ...own }, across, { fonts: () => faces.map((face) => face.bytes()), family })
    const { cut, lost, ...bitmap } = paintTitled(titled, shape, pixels, size.width)
    const path = `${own.path.replace(/\.[^./]*$/, '')}-titled.jpg`
    const image: Image = { path, type: 'jpeg', bytes: await toJpeg(bitmap), ...size, place: own.place }
    return { image, cut, lost }
  } catch {
    // It stays alone; whoever paints it says what is wrong with it.
    return undefined
  }
}
