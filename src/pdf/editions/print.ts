// In: the Typeset. Out: the edition for a printer: PDF/X, in its inks, with trim and bleed, no links, no tags.

import { error, NOWHERE, type Report, warning } from '../../diagnostic.js'
import type { Page, Typeset } from '../../layout/typeset.js'
import type { Metadata } from '../../model/book.js'
import type { PrintEdition } from '../../model/editions.js'
import { boundPages, gutterOf, RECEIVERS, type Receiver } from '../../model/receivers.js'
import { isModern, printIntents } from '../file/intent.js'
import { writePages } from '../file/page-tree.js'
import { decimal, numbers } from '../file/syntax.js'
import { preparePictures, tellLacking } from '../images/pictures.js'
import { inksOf } from '../paint/edition-inks.js'
import { fileCodes, shownBy } from '../paint/glyph-codes.js'
import { createPainter } from '../paint/paint.js'
import { tellInk } from '../proof/ink.js'
import { proveInterior } from '../proof/interior.js'
import { proveStandard } from '../proof/standard.js'
import { bleedPage } from './bleed.js'
import { coloursOf, type Profiles, versionFor } from './colours.js'
import { deflaterOf, openEdition, writeResources } from './edition-file.js'
import { insideNeeded, marginsOf, OUTSIDE_NEEDED } from './margins.js'
import { cropMarks, roomForMarks } from './marks.js'

/** What printers ask of pictures, where none is named. */
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
  { profiles }: { profiles?: Profiles } = {},
): Promise<Print> {
  const { width, height } = typeset
  const sheets = arrangePrint(typeset, edition, report)
  const { pages, bleed, edge, frames } = sheets
  const colours = await coloursOf(edition, profiles, report)
  const { standard } = edition
  const claims = { archive: isModern(standard) ? ('B' as const) : undefined, printing: standard }
  const pdf = openEdition('print', metadata, claims, { version: versionFor(colours) })
  const firstPage = pdf.reserve(pages.length)
  const untold = new Set<string>()
  if (edition.spot !== undefined) tellSpot(edition.spot, typeset.press, report)
  const inks = inksOf(pdf, { ...colours, spot: edition.spot }, typeset.press, (what) => untold.add(what))
  const faded = new Set<string>()
  const dpi = edition.for === undefined ? DPI : RECEIVERS[edition.for].dots.asked
  const deflater = deflaterOf(pages.length)
  const pictures = await preparePictures(
    pdf,
    typeset.images,
    typeset.fonts,
    pages,
    { ...{ alpha: false, dpi, inks, faded: (path: string) => faded.add(path) }, ...inks },
    report,
  )
  const codes = fileCodes(typeset.fonts, shownBy(pages, typeset.fonts))
  const brush = { height, textInk: inks.text, ink: inks.fill, tags: undefined, picture: pictures.operators }
  const painter = createPainter(brush, codes.of(typeset.fonts))

  const marks = edition.marks ? cropMarks(edge, edge, width, height, bleed) : ''
  const contents = pages.map((page) => {
    const { shown, x, clip } = placeOnSheet(page, typeset, sheets)
    if (shown.items.length === 0 && marks === '') return undefined
    const before = `q\n${clip.map(decimal).join(' ')} re W n\n1 0 0 1 ${decimal(x)} ${decimal(edge)} cm\n`
    const { content } = painter.paint(shown, before, `Q\n${marks}`)
    return content && deflater.add(content)
  })

  const resources = await writeResources(pdf, codes.fonts, { ...pictures.resources, ...inks.resources })
  const streams = await deflater.finish()
  writePages(
    pdf,
    firstPage,
    contents.map((content, i) => {
      const boxes = `${frames[pages[i]!.side].boxes}/Resources ${resources.id} 0 R`
      if (content === undefined) return boxes
      return `${boxes}/Contents ${pdf.stream({ Filter: 'FlateDecode' }, streams[content]!).id} 0 R`
    }),
  )
  pdf.catalog['OutputIntents'] = printIntents(pdf, colours.condition)
  const bytes = pdf.finish()
  if (!colours.lacking) proveStandard(bytes, standard, report)
  if (edition.for === undefined) await tellInk(bytes, edition.ink, report)
  if (edition.for !== undefined) await proveInterior(bytes, edition.for, edition, { width, height }, report)
  const [first] = untold
  if (first !== undefined) tellLacking(NOWHERE, first, report)
  return { bytes, advice: adviceOn([...faded]) }
}

/** A can that no colour of the theme is mixed from. */
function tellSpot(spot: string, press: Typeset['press'], report: Report): void {
  const cans = new Set([...(press?.values() ?? [])].flatMap((one) => one.spot ?? []))
  if (cans.has(spot)) return
  const hint =
    cans.size > 0
      ? `write \`spot: ${[...cans].slice(0, 3).join('`, or `spot: ')}\``
      : 'give a colour of the theme its inks: `{ day: …, cmyk: […], spot: NAME }`'
  error(report, 'wrong-type', NOWHERE, `no colour of the theme is mixed from \`spot: ${spot}\``, hint)
}

function adviceOn(faded: readonly string[]): string[] {
  if (faded.length === 0) return []
  const some = faded.slice(0, 5).join(', ') + (faded.length > 5 ? ` and ${faded.length - 5} more` : '')
  return [`in black ink, colours as greys by their lightness: ${some}`]
}

export interface PrintSheets {
  cover: Page | undefined
  /** With those that its binding asks for. */
  pages: Page[]
  /** How far a page moves away from the spine. */
  shift: number
  bleed: number
  /** From the trim to the sheet's edge, at the head and the foot. */
  edge: number
  frames: Record<Page['side'], Frame>
}

/** Points. */
export function arrangePrint(typeset: Typeset, edition: PrintEdition, report: Report): PrintSheets {
  const { width, height } = typeset
  const receiver = edition.for === undefined ? undefined : RECEIVERS[edition.for]
  const cover = edition.cover ? typeset.cover : undefined
  const bound = cover ? [cover, blankPage('verso'), ...typeset.pages] : typeset.pages
  const pages = padded(bound, edition)
  const shift = gutterShift(typeset, pages.length, edition, report)
  const bleed = bleedOf(edition, receiver, pages, typeset)
  const edge = edition.marks ? roomForMarks(bleed) : bleed
  // A book's block has no bleed where it is glued, unless its printer folds sheets.
  const frames = framesOf(width, height, edge, bleed, receiver?.bleed.binding !== false || edition.marks)
  return { cover, pages, shift, bleed, edge, frames }
}

/** A page with what bleeds, where its left edge stands on the sheet, and what of the sheet it may cover. */
export function placeOnSheet(
  page: Page,
  { width, height }: Pick<Typeset, 'width' | 'height'>,
  { cover, shift, bleed, frames }: PrintSheets,
): { shown: Page; x: number; clip: Frame['clip'] } {
  const { left, clip } = frames[page.side]
  const outward = page === cover ? 0 : page.side === 'recto' ? shift : -shift
  return { shown: bleedPage(page, width, height, bleed + shift, outward), x: left + outward, clip }
}

export function blankPage(side: Page['side']): Page {
  return { label: '', side, blank: true, items: [], links: [], anchors: [] }
}

interface Frame {
  /** Of the sheet. */
  width: number
  /** Where the trim's left edge stands on the sheet. */
  left: number
  /** What is painted: trim and bleed. */
  clip: [x: number, y: number, width: number, height: number]
  /** As a page's dictionary has them. */
  boxes: string
}

/** Rectos and versos: alike, but where nothing bleeds at the binding. */
function framesOf(
  width: number,
  height: number,
  edge: number,
  bleed: number,
  binding: boolean,
): Record<Page['side'], Frame> {
  const frame = (side: Page['side']): Frame => {
    const left = binding || side === 'verso' ? edge : 0
    const right = binding || side === 'recto' ? edge : 0
    const inked = { left: Math.min(left, bleed), right: Math.min(right, bleed) }
    const [from, to] = [left - inked.left, left + width + inked.right]
    const boxes =
      `/MediaBox${numbers([0, 0, left + width + right, height + 2 * edge])}` +
      `/BleedBox${numbers([from, edge - bleed, to, edge + height + bleed])}` +
      `/TrimBox${numbers([left, edge, left + width, edge + height])}`
    return { width: left + width + right, left, clip: [from, edge - bleed, to - from, height + 2 * bleed], boxes }
  }
  return { recto: frame('recto'), verso: frame('verso') }
}

/** 'auto': the receiver's, if any page has something at its edge. */
function bleedOf(
  { bleed }: PrintEdition,
  receiver: Receiver | undefined,
  pages: readonly Page[],
  { width, height }: Typeset,
): number {
  if (bleed !== 'auto') return bleed
  const reaches = pages.some((page) => bleedPage(page, width, height, 1) !== page)
  return reaches ? (receiver?.bleed.edge ?? USUAL_BLEED) : 0
}

const USUAL_BLEED = (3 * 72) / 25.4

/** With the blanks at the end that its binding asks for. */
function padded(pages: readonly Page[], { multiple, for: name }: PrintEdition): Page[] {
  const out = [...pages]
  const count = boundPages(pages.length, multiple, name, pages.at(-1)?.items.length === 0)
  while (out.length < count) out.push(blankPage(out.length % 2 === 0 ? 'recto' : 'verso'))
  return out
}

/** How far pages move away from the spine, points; as far as the outer margin allows. */
function gutterShift(typeset: Typeset, count: number, edition: PrintEdition, report: Report): number {
  const { inside, outside } = marginsOf(typeset.pages, typeset)
  if (!Number.isFinite(inside)) return 0
  const receiver = edition.for === undefined ? undefined : RECEIVERS[edition.for]
  const needed = (receiver && gutterOf(receiver, count)) ?? insideNeeded(count)
  const neededOutside = receiver?.margin ?? OUTSIDE_NEEDED
  const wanted = edition.gutter === 'auto' ? Math.max(0, needed - inside) : edition.gutter
  const shift = edition.gutter === 'auto' ? Math.min(wanted, Math.max(0, outside - neededOutside)) : wanted
  if (outside - shift < 0) {
    const message = `the gutter moves the text ${decimal(shift - outside)} pt over the page’s outer edge`
    error(report, 'theme-page', NOWHERE, message, 'a smaller `gutter`, or a theme with a wider outer margin')
  }
  // What a receiver asks for is proved in the finished file.
  if (receiver !== undefined) return shift
  if (inside + shift < needed - 0.05) tell(report, 'inside', inside + shift, needed, count)
  if (outside >= shift && outside - shift < neededOutside - 0.05)
    tell(report, 'outer', outside - shift, neededOutside, count)
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
