// In: a Typeset and an edition. Out: a PDF file, and what a person has to know to use it.
import type { Report } from '../diagnostic.js'
import type { Typeset } from '../layout/typeset.js'
import type { Metadata } from '../model/book.js'
import type { Editions, PagedName } from '../model/editions.js'
import { writeBooklet } from './editions/booklet.js'
import type { Profiles } from './editions/colours.js'
import { writePrint } from './editions/print.js'
import { type ScreenOptions, writeScreen } from './editions/screen.js'

export { houseProfile } from './colour/press.js'
export { type WrapSheet, writeWrap } from './editions/cover-wrap.js'
export { type Elsewhere, type Painted, type PaintTask, paintApart } from './editions/screen.js'
export { bookletSheets, printSheets, type Sheets, wrapSheets } from './editions/sheets.js'
export { tellPictures } from './images/pictures.js'
export { jpegProfile, type Pixels, pixelsOf, toJpeg, whyUnreadable } from './images/pixels.js'
export { forScreens } from './images/printers-pictures.js'
export { type Shown, shownBy } from './paint/glyph-codes.js'
export { createPaintMemory, type PaintMemory } from './paint/kept-streams.js'

/** An edition and its settings. */
export type Edition = { [N in PagedName]: { name: N } & NonNullable<Editions[N]> }[PagedName]

export interface Written {
  bytes: Uint8Array
  /** Lines for the person who will print it. */
  advice: string[]
}

/** For the screen edition; and of printers' profiles, those that editions name. */
export type WriteOptions = ScreenOptions & { profiles?: Profiles }

type Writer<N extends PagedName> = (
  typeset: Typeset,
  metadata: Metadata,
  edition: NonNullable<Editions[N]>,
  report: Report,
  options: WriteOptions,
) => Promise<Written>

/** What writes each edition. */
const WRITERS: { readonly [N in PagedName]: Writer<N> } = {
  pdf: writeScreen,
  print: writePrint,
  booklet: writeBooklet,
}

/** Reports pictures that cannot be shown or are too coarse. Throws if a face's file is no font. */
export async function writePdf(
  typeset: Typeset,
  metadata: Metadata,
  edition: Edition,
  report: Report,
  options: WriteOptions = {},
): Promise<Written> {
  const write = WRITERS[edition.name] as Writer<PagedName>
  return write(typeset, metadata, edition, report, options)
}
