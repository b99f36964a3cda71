// In: a cover's wrap, drawn. Out: one sheet for the printer: back, spine and front with their bleed, in the inks of its printer.
import { NOWHERE, type Report } from '../../diagnostic.js'
import type { Item, Page, Picture } from '../../layout/typeset.js'
import type { Metadata } from '../../model/book.js'
import type { WrapEdition } from '../../model/editions.js'
import type { Equivalents } from '../../model/equivalents.js'
import { RECEIVERS } from '../../model/receivers.js'
import { isModern, printIntents } from '../file/intent.js'
import { type Pdf, type Ref, text } from '../file/objects.js'
import { writePages } from '../file/page-tree.js'
import { decimal, numbers } from '../file/syntax.js'
import { preparePictures, tellLacking } from '../images/pictures.js'
import { inksOf } from '../paint/edition-inks.js'
import { createPainter } from '../paint/paint.js'
import { tellInk } from '../proof/ink.js'
import { proveStandard } from '../proof/standard.js'
import { proveWrap } from '../proof/wrap-proof.js'
import { coloursOf, type Profiles, versionFor } from './colours.js'
import { deflaterOf, openEdition, writeResources } from './edition-file.js'
import { cropMarks, foldMarks, roomForMarks } from './marks.js'

/** Points; the sheet's origin is the upper left corner of its bleed, or of what is folded in around the boards of a case. */
export interface WrapSheet {
  /** As that of a Typeset. */
  press?: Equivalents | undefined
  width: number
  height: number
  bleed: number
  /** Of a case: what is folded in around its boards; then there is no bleed. */
  turnIn: number
  items: readonly Item[]
  folds: readonly number[]
  safe: number
  clear: number
  /** The joint of a case, on both sides of the spine. */
  hinge: number
  spine: { left: number; width: number }
  /** The field that is kept for it, and how far that is from the foot of the cover. */
  barcode: { left: number; width: number; height: number; from: number }
  /** `ground`: it stands below all lettering, above the colour of the sheet; the others stand on top. */
  pictures: readonly { picture: Picture; x: number; y: number; width: number; height: number; ground: boolean }[]
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
  // With its template over it, it is nothing to print from, and says so.
  const claims = edition.template
    ? {}
    : { archive: isModern(standard) ? ('B' as const) : undefined, printing: standard }
  const pdf = openEdition('cover-wrap', metadata, claims, { version: versionFor(colours) })
  const first = pdf.reserve(1)
  let lacking: string | undefined
  const inks = inksOf(pdf, colours, sheet.press, (what) => (lacking ??= what))
  const deflater = deflaterOf(1)
  const dpi = edition.for === undefined ? 300 : RECEIVERS[edition.for].dots.asked
  const options = { alpha: false, dpi, edition: 'cover-wrap', inks, ...inks }
  const pictures = await preparePictures(pdf, images, [], [page], options, report)
  const painter = createPainter(
    { height, textInk: inks.fill, ink: inks.fill, tags: undefined, picture: pictures.operators },
    [],
  )
  const clip = `${[edge, edge, width, height].map(decimal).join(' ')} re W n\n`
  const crop = cropMarks(edge + bleed, edge + bleed, width - 2 * bleed, height - 2 * bleed, bleed)
  const folded = folds.map((x) => foldMarks(edge + x, edge, edge + height, height + 2 * edge)).join('')
  const before = `q\n${clip}1 0 0 1 ${decimal(edge)} ${decimal(edge)} cm\n`
  const { content } = painter.paint(page, before, `Q\n${edition.marks ? crop + folded : ''}`)
  const layer = edition.template ? templateLayer(pdf) : undefined
  const over = { ...page, items: template(sheet) }
  const drawn = layer && painter.paint(over, `/OC /Template BDC\n${before}`, 'Q\nEMC\n').content
  deflater.add(drawn ? Buffer.concat([content!, drawn]) : content!)
  const resources = await writeResources(pdf, [], {
    ...{ ...pictures.resources, ...inks.resources },
    ...(layer && { Properties: { Template: layer } }),
  })
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
  if (edition.template) return bytes
  if (!colours.lacking) proveStandard(bytes, standard, report)
  if (edition.for === undefined) await tellInk(bytes, edition.ink, report)
  if (edition.for !== undefined) await proveWrap(bytes, edition.for, sheet, edition.ink, report)
  return bytes
}

/** A layer that viewers show, and printers do not print. */
function templateLayer(pdf: Pdf): Ref {
  const usage = { View: { ViewState: 'ON' }, Print: { Subtype: 'Template', PrintState: 'OFF' } }
  const layer = pdf.ref({ Type: 'OCG', Name: text('Template'), Usage: usage })
  layer.end()
  const events = ['View', 'Print'].map((name) => ({ Event: name, OCGs: [layer], Category: [name] }))
  pdf.catalog['OCProperties'] = { OCGs: [layer], D: { Name: text('Template'), Order: [layer], AS: events } }
  return layer
}

/** The wrap as a page of one sheet; `edge`: from its bleed to the sheet's edge. */
export function arrangeWrap(sheet: WrapSheet, edition: WrapEdition): { page: Page; images: Picture[]; edge: number } {
  const [ground, ...lettering] = sheet.items
  const images: Picture[] = []
  const shown = (isGround: boolean) =>
    sheet.pictures.flatMap(({ picture, ground, ...place }): Item[] => {
      if (ground !== isGround) return []
      return [{ kind: 'image', tag: -1, image: images.push(picture) - 1, ...place, frame: undefined }]
    })
  const items = [ground!, ...shown(true), ...lettering, ...shown(false)]
  const page: Page = { label: '', side: 'recto', blank: false, items, links: [], anchors: [] }
  return { page, images, edge: edition.marks ? roomForMarks(sheet.bleed) - sheet.bleed : 0 }
}

/** Folds, the edges of the cover, the joint, safe areas and the barcode's field, in lines over the art. */
export function template(sheet: WrapSheet): Item[] {
  const { width, height, folds, safe, clear, spine, hinge, barcode } = sheet
  const edge = sheet.bleed + sheet.turnIn
  const line = (x: number, y: number, w: number, h: number, colour: string): Item => ({
    ...{ kind: 'rule', tag: -1, x, y, width: w, height: h, colour },
  })
  const frame = (x: number, y: number, w: number, h: number, colour: string) => [
    ...[line(x, y, w, 0.5, colour), line(x, y + h, w, 0.5, colour)],
    ...[line(x, y, 0.5, h, colour), line(x + w, y, 0.5, h, colour)],
  ]
  const CUT = '#e6007e'
  const SAFE = '#009fe3'
  const FOLD = '#e6007e'
  const spineRight = spine.left + spine.width
  const outer = [edge, ...folds.filter((x) => x < spine.left - 1 || x > spineRight + 1), width - edge]
  const panels = [...outer.filter((x) => x < spine.left), spine.left - hinge]
  const right = [spineRight + hinge, ...outer.filter((x) => x > spineRight)]
  const within = (from: number, to: number, by: number) =>
    frame(from + by, edge + safe, Math.max(0, to - from - 2 * by), height - 2 * edge - 2 * safe, SAFE)
  const pairs = (edges: number[]) => edges.slice(1).map((to, i): [number, number] => [edges[i]!, to])
  return [
    ...frame(edge, edge, width - 2 * edge, height - 2 * edge, CUT),
    ...folds.map((x) => line(x - 0.25, 0, 0.5, height, FOLD)),
    ...(hinge > 0
      ? [spine.left - hinge, spineRight + hinge].map((x) => line(x - 0.25, edge, 0.5, height - 2 * edge, FOLD))
      : []),
    ...[...pairs(panels), ...pairs(right)].flatMap(([from, to]) => within(from, to, safe)),
    ...within(spine.left, spineRight, clear),
    ...frame(barcode.left, height - edge - barcode.from - barcode.height, barcode.width, barcode.height, SAFE),
  ]
}
