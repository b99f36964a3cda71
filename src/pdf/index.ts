// In: a Typeset and an edition. Out: a PDF file, and what a person has to know to use it.
import type { Report } from '../diagnostic.js'
import type { Typeset } from '../layout/typeset.js'
import type { Metadata } from '../model/book.js'
import type { BookletEdition, PdfEdition, PrintEdition } from '../model/editions.js'
import { writeBooklet } from './editions/booklet.js'
import { writePrint } from './editions/print.js'
import { type ScreenOptions, writeScreen } from './editions/screen.js'

export { type Elsewhere, type Painted, type PaintTask, paintApart } from './editions/screen.js'
export { type Shown, shownBy } from './paint/codes.js'
export { createPaintMemory, type PaintMemory } from './paint/kept-streams.js'

export type Edition =
  | ({ name: 'pdf' } & PdfEdition)
  | ({ name: 'print' } & PrintEdition)
  | ({ name: 'booklet' } & BookletEdition)

export interface Written {
  bytes: Uint8Array
  /** Lines for the person who will print it. */
  advice: string[]
}

/** `options`: for the screen edition. Reports pictures that cannot be shown or are too coarse. Throws if a face's file is no font. */
export async function writePdf(
  typeset: Typeset,
  metadata: Metadata,
  edition: Edition,
  report: Report,
  options: ScreenOptions = {},
): Promise<Written> {
  if (edition.name === 'pdf') return { bytes: await writeScreen(typeset, metadata, report, options), advice: [] }
  if (edition.name === 'print') return writePrint(typeset, metadata, edition, report)
  return writeBooklet(typeset, metadata, edition, report)
}
