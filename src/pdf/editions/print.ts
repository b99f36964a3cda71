// In: the Typeset. Out: the edition for a printer: PDF/X-4 and PDF/A-2b in black ink, with trim and bleed, no links, no tags.

import { NOWHERE, type Report, warning } from '../../diagnostic.js'
import type { Page, Typeset } from '../../layout/typeset.js'
import type { Metadata } from '../../model/book.js'
import type { PrintEdition } from '../../model/editions.js'
import { embedBlackInk, embedSrgb, printIntents } from '../file/intent.js'
import { writePages } from '../file/page-tree.js'
import { decimal, numbers } from '../file/syntax.js'
import { preparePictures } from '../images/pictures.js'
import { fileCodes, shownBy } from '../paint/codes.js'
import { blackInk, colouredFill, colouredStroke, textInk } from '../paint/colour.js'
import { createPainter } from '../paint/paint.js'
import { bleedPage } from './bleed.js'
import { deflaterOf, openEdition, writeResources } from './frame.js'
import { insideNeeded, marginsOf, OUTSIDE_NEEDED } from './margins.js'
import { cropMarks, roomForMarks } from './marks.js'

const CLAIMS = { archive: 'B', printing: true } as const
/** What printers ask of pictures. */
const DPI = 300

export interface Print {
  bytes: Uint8Array
  advice: string[]
}

export async function writePrint(
  typeset: Typeset,
  metadata: Metadata,
  edition: PrintEdition,
  report: Report,
): Promise<Print> {
  const { width, height } = typeset
  const cover = edition.cover ? typeset.cover : undefined
  const pages = padded(cover ? [cover, blankPage('verso'), ...typeset.pages] : typeset.pages, edition.multiple)
  const shift = gutterShift(typeset, pages.length, edition, report)
  const edge = edition.marks ? roomForMarks(edition.bleed) : edition.bleed
  const pdf = openEdition('print', metadata, CLAIMS, { version: '1.6' })
  const firstPage = pdf.reserve(pages.length)
  const srgb = ['ICCBased', embedSrgb(pdf)]
  const deflater = deflaterOf(pages.length)
  const pictures = await preparePictures(
    pdf,
    typeset.images,
    typeset.fonts,
    pages,
    { alpha: false, rgb: srgb, fill: colouredFill, stroke: colouredStroke, spaces: { sRGB: srgb }, dpi: DPI },
    report,
  )
  const codes = fileCodes(typeset.fonts, shownBy(pages, typeset.fonts))
  const inks = { height, textInk, ink: blackInk, tags: undefined, picture: pictures.operators }
  const painter = createPainter(inks, codes.of(typeset.fonts))
  // The ground around a coloured picture is of its colour.
  const coloured = createPainter({ ...inks, ink: colouredFill }, codes.of(typeset.fonts))
  const isPicture = cover?.items.some((item) => item.kind === 'image')

  const { bleed } = edition
  const clip = [edge - bleed, edge - bleed, width + 2 * bleed, height + 2 * bleed].map(decimal).join(' ')
  const marks = edition.marks ? cropMarks(edge, edge, width, height, bleed) : ''
  const contents = pages.map((page) => {
    const outward = page === cover ? 0 : page.side === 'recto' ? shift : -shift
    const shown = bleedPage(page, width, height, bleed + shift)
    if (shown.items.length === 0 && marks === '') return undefined
    const before = `q\n${clip} re W n\n1 0 0 1 ${decimal(edge + outward)} ${decimal(edge)} cm\n`
    const { content } = (page === cover && isPicture ? coloured : painter).paint(shown, before, `Q\n${marks}`)
    return content && deflater.add(content)
  })

  const resources = await writeResources(pdf, codes.fonts, {
    ...pictures.resources,
    ...(isPicture && { ColorSpace: { sRGB: srgb } }),
  })
  const boxes =
    `/MediaBox${numbers([0, 0, width + 2 * edge, height + 2 * edge])}` +
    `/BleedBox${numbers([edge - bleed, edge - bleed, edge + width + bleed, edge + height + bleed])}` +
    `/TrimBox${numbers([edge, edge, edge + width, edge + height])}/Resources ${resources.id} 0 R`
  const streams = await deflater.finish()
  writePages(
    pdf,
    firstPage,
    contents.map((content) => {
      if (content === undefined) return boxes
      return `${boxes}/Contents ${pdf.stream({ Filter: 'FlateDecode' }, streams[content]!).id} 0 R`
    }),
  )
  pdf.catalog['OutputIntents'] = printIntents(embedBlackInk(pdf))
  return { bytes: pdf.finish(), advice: [] }
}

export function blankPage(side: Page['side']): Page {
  return { label: '', side, blank: true, items: [], links: [], anchors: [] }
}

/** Blanks at the end until the number of pages is a multiple. */
function padded(pages: readonly Page[], multiple: number): Page[] {
  const out = [...pages]
  while (out.length % Math.max(1, multiple) !== 0) out.push(blankPage(out.length % 2 === 0 ? 'recto' : 'verso'))
  return out
}

/** How far pages move away from the spine, points; as far as the outer margin allows. */
function gutterShift(typeset: Typeset, count: number, edition: PrintEdition, report: Report): number {
  const { inside, outside } = marginsOf(typeset.pages, typeset)
  if (!Number.isFinite(inside)) return 0
  const needed = insideNeeded(count)
  const wanted = edition.gutter === 'auto' ? Math.max(0, needed - inside) : edition.gutter
  const shift = edition.gutter === 'auto' ? Math.min(wanted, Math.max(0, outside - OUTSIDE_NEEDED)) : wanted
  if (inside + shift < needed - 0.05) tell(report, 'inside', inside + shift, needed, count)
  if (outside - shift < OUTSIDE_NEEDED - 0.05) tell(report, 'outer', outside - shift, OUTSIDE_NEEDED, count)
  return shift
}

function tell(report: Report, which: string, margin: number, needed: number, count: number): void {
  warning(
    report,
    'print-margin',
    NOWHERE,
    `the ${which} margin in print is ${decimal(margin)} pt, printers ask for ${needed} pt in a book of ${count} pages`,
    'give the theme a wider margin or the edition a larger trim',
  )
}
