// In: a cover's wrap, drawn. Out: one sheet for the printer: back, spine and front with their bleed, in the inks of its printer.
import { NOWHERE, type Report } from '../../diagnostic.js'
import type { Item, Page, Picture } from '../../layout/typeset.js'
import type { Metadata } from '../../model/book.js'
import type { WrapEdition } from '../../model/editions.js'
import type { Equivalents } from '../../model/equivalents.js'
import { isModern, printIntents } from '../file/intent.js'
import { writePages } from '../file/page-tree.js'
import { decimal, numbers } from '../file/syntax.js'
import { preparePictures, tellLacking } from '../images/pictures.js'
import { inksOf } from '../paint/inks.js'
import { createPainter } from '../paint/paint.js'
import { proveStandard } from '../proof/standard.js'
import { proveWrap } from '../proof/wrap.js'
import { coloursOf, type Profiles, versionFor } from './colours.js'
import { deflaterOf, openEdition, writeResources } from './frame.js'
import { cropMarks, foldMarks, roomForMarks } from './marks.js'

/** Points; the sheet's origin is the upper left corner of its bleed. */
export interface WrapSheet {
  /** As that of a Typeset. */
  press?: Equivalents | undefined
  width: number
  height: number
  bleed: number
  items: readonly Item[]
  folds: readonly number[]
  safe: number
  clear: number
  spine: { left: number; width: number }
  picture: { picture: Picture; x: number; y: number; width: number; height: number } | undefined
}

export async function writeWrap(
  sheet: WrapSheet,
  metadata: Metadata,
  edition: WrapEdition,
  report: Report,
  profiles?: Profiles,
): Promise<Uint8Array> {
  const { width, height, bleed, folds } = sheet
  const { page, images, edge } = arrangeWrap(sheet, edition)
  const colours = await coloursOf(edition, profiles, report, true)
  const { standard } = edition
  const claims = { archive: isModern(standard) ? ('B' as const) : undefined, printing: standard }
  const pdf = openEdition('cover-wrap', metadata, claims, { version: versionFor(colours) })
  const first = pdf.reserve(1)
  let lacking: string | undefined
  const inks = inksOf(pdf, colours, sheet.press, (what) => (lacking ??= what))
  const deflater = deflaterOf(1)
  const options = { alpha: false, dpi: 300, edition: 'cover-wrap', inks, ...inks }
  const pictures = await preparePictures(pdf, images, [], [page], options, report)
  const painter = createPainter(
    { height, textInk: inks.fill, ink: inks.fill, tags: undefined, picture: pictures.operators },
    [],
  )
  const clip = `${[edge, edge, width, height].map(decimal).join(' ')} re W n\n`
  const crop = cropMarks(edge + bleed, edge + bleed, width - 2 * bleed, height - 2 * bleed, bleed)
  const folded = folds.map((x) => foldMarks(edge + x, edge, edge + height, height + 2 * edge)).join('')
  const { content } = painter.paint(
    page,
    `q\n${clip}1 0 0 1 ${decimal(edge)} ${decimal(edge)} cm\n`,
    `Q\n${edition.marks ? crop + folded : ''}`,
  )
  deflater.add(content!)
  const resources = await writeResources(pdf, [], { ...pictures.resources, ...inks.resources })
  const [stream] = await deflater.finish()
  const boxes =
    `/MediaBox${numbers([0, 0, width + 2 * edge, height + 2 * edge])}` +
    `/BleedBox${numbers([edge, edge, edge + width, edge + height])}` +
    `/TrimBox${numbers([edge + bleed, edge + bleed, edge + width - bleed, edge + height - bleed])}`
  writePages(pdf, first, [
    `${boxes}/Resources ${resources.id} 0 R/Contents ${pdf.stream({ Filter: 'FlateDecode' }, stream!).id} 0 R`,
  ])
  pdf.catalog['OutputIntents'] = printIntents(pdf, colours.condition)
  const bytes = pdf.finish()
  if (lacking !== undefined) tellLacking(NOWHERE, lacking, report)
  if (!colours.lacking) proveStandard(bytes, standard, report)
  if (edition.for !== undefined && !edition.template) proveWrap(bytes, edition.for, sheet, edition.ink, report)
  return bytes
}

/** The wrap as a page of one sheet; `edge`: from its bleed to the sheet's edge. */
export function arrangeWrap(sheet: WrapSheet, edition: WrapEdition): { page: Page; images: Picture[]; edge: number } {
  const items: Item[] = [...sheet.items]
  const images: Picture[] = []
  if (sheet.picture !== undefined) {
    const { picture, ...place } = sheet.picture
    images.push(picture)
    // Above its ground, below the lettering.
    items.splice(1, 0, { kind: 'image', tag: -1, image: 0, ...place })
  }
  if (edition.template) items.push(...template(sheet))
  const page: Page = { label: '', side: 'recto', blank: false, items, links: [], anchors: [] }
  return { page, images, edge: edition.marks ? roomForMarks(sheet.bleed) - sheet.bleed : 0 }
}

/** Folds, trim and safe areas, in lines over the art. */
function template({ width, height, bleed, folds, safe, clear, spine }: WrapSheet): Item[] {
  const line = (x: number, y: number, w: number, h: number, colour: string): Item => ({
    ...{ kind: 'rule', tag: -1, x, y, width: w, height: h, colour },
  })
  const frame = (x: number, y: number, w: number, h: number, colour: string) => [
    ...[line(x, y, w, 0.5, colour), line(x, y + h, w, 0.5, colour)],
    ...[line(x, y, 0.5, h, colour), line(x + w, y, 0.5, h, colour)],
  ]
  const CUT = '#e6007e'
  const SAFE = '#009fe3'
  const inner = [bleed, spine.left, spine.left + spine.width, width - bleed]
  return [
    ...frame(bleed, bleed, width - 2 * bleed, height - 2 * bleed, CUT),
    ...folds.map((x) => line(x - 0.25, 0, 0.5, height, CUT)),
    ...frame(inner[0]! + safe, bleed + safe, inner[1]! - inner[0]! - 2 * safe, height - 2 * bleed - 2 * safe, SAFE),
    ...frame(inner[2]! + safe, bleed + safe, inner[3]! - inner[2]! - 2 * safe, height - 2 * bleed - 2 * safe, SAFE),
    ...frame(
      spine.left + clear,
      bleed + safe,
      Math.max(0, spine.width - 2 * clear),
      height - 2 * bleed - 2 * safe,
      SAFE,
    ),
  ]
}
