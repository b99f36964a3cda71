// In: the Typeset. Out: the edition to print at home: pages imposed on sheets, to fold and staple, and how to print them.

import { error, NOWHERE, type Report } from '../../diagnostic.js'
import type { Page, Typeset } from '../../layout/typeset.js'
import type { Metadata } from '../../model/book.js'
import type { BookletEdition, Trim } from '../../model/editions.js'
import { embedSrgb, screenIntent } from '../file/intent.js'
import type { Ref } from '../file/objects.js'
import { writePages } from '../file/page-tree.js'
import { bytesOf, decimal, numbers } from '../file/syntax.js'
import { preparePictures } from '../images/pictures.js'
import { screenInk, screenStroke } from '../paint/colour.js'
import { fileCodes, shownBy } from '../paint/glyph-codes.js'
import { createPainter } from '../paint/paint.js'
import { deflaterOf, openEdition, writeResources } from './edition-file.js'
import { foldingSteps } from './folding-steps.js'
import { type Folded, type FoldedSheets, layFolded } from './folds.js'
import { creepOf, impose, type Sheet, type Slot } from './imposition.js'
import { marginsOf } from './margins.js'
import { collationMark, cropLines, cropMarks, drawn, foldLines, foldMarks, type Mark, stapleLines } from './marks.js'
import { blankPage } from './print.js'

const CLAIMS = { archive: 'B' } as const
/** Two pages that are too large for a sheet by so much are not made smaller, points. */
const TOLERANCE = 1
const PICTURES = { alpha: true, rgb: 'DeviceRGB', fill: screenInk, stroke: screenStroke }

export async function writeBooklet(
  typeset: Typeset,
  metadata: Metadata,
  edition: BookletEdition,
  report: Report,
): Promise<{ bytes: Uint8Array; advice: string[] }> {
  const { width, height } = typeset
  const { pages, signatures, turned, place, folded } = arrangeBooklet(typeset, edition)
  if (edition.fold === 'eighth' && folded!.sides.length > 1) {
    const message = `a sheet in eighths has 8 pages, and the book has ${pages.length}${typeset.cover ? ' with its cover' : ''}`
    const hint =
      'write `fold: quarter`, or make the book shorter: `generate: false` leaves out the pages that Octavo writes'
    error(report, 'booklet-pages', NOWHERE, message, hint)
  }
  const pdf = openEdition('booklet', metadata, CLAIMS, { version: '1.7' })
  const sides = folded?.sides ?? signatures.flat().flatMap((sheet) => [sheet.front, sheet.back])
  const steps = stepsFor(edition, signatures, folded)
  const firstSide = pdf.reserve(sides.length + (steps ? 1 : 0))
  const deflater = deflaterOf(pages.length)
  const pictures = await preparePictures(pdf, typeset.images, typeset.fonts, pages, PICTURES, report)
  const codes = fileCodes(typeset.fonts, shownBy(pages, typeset.fonts))
  const painter = createPainter(
    { height, textInk: screenInk, ink: screenInk, tags: undefined, picture: pictures.operators },
    codes.of(typeset.fonts),
  )
  const contents = pages.map((page, i) => {
    if (page.items.length === 0) return undefined
    const move = i === pages.length - 1 && turned !== 0 ? `1 0 0 1 ${decimal(turned)} 0 cm\n` : ''
    const { content } = painter.paint(page, move)
    return content && deflater.add(content)
  })

  const resources = await writeResources(pdf, codes.fonts, pictures.resources)
  const streams = await deflater.finish()
  const forms = contents.map((content): Ref | undefined => {
    if (content === undefined) return undefined
    const data = { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, height], Resources: resources }
    return pdf.stream({ ...data, Filter: 'FlateDecode' }, streams[content]!)
  })

  const sheet = folded?.sheet ?? place.sheet
  const box = `/MediaBox${numbers([0, 0, sheet.width, sheet.height])}`
  const side = (slots: readonly Slot[], content: string): string => {
    if (content === '') return `${box}/Resources<<>>`
    const objects = slots.map((slot) => (forms[slot] ? `/P${slot} ${forms[slot].id} 0 R` : '')).join('')
    return `${box}/Resources<</XObject<<${objects}>>>>/Contents ${pdf.stream({}, bytesOf(content)).id} 0 R`
  }
  const draw = ({ left, right }: Sheet['front'], creep: number, marks: string): string =>
    side(
      [left, right],
      half(left, place.left + creep, 0, place, forms) +
        half(right, place.right - creep, place.sheet.width / 2, place, forms) +
        marks,
    )
  const sources = folded
    ? folded.sides.map((each) =>
        side(
          each.map(({ slot }) => slot),
          each.map((one) => drawFolded(one, folded.scale, forms)).join('') +
            drawn(folded.fold, true) +
            drawn(folded.cut),
        ),
      )
    : signatures.flatMap((signature, nth) => {
        const creep = creepIn(signature, edition)
        return signature.flatMap((each, i) => [
          draw(
            each.front,
            creep * each.creep,
            place.marks + (i === 0 ? outsideMarks(place, nth, signatures.length, height) : ''),
          ),
          draw(each.back, creep * each.creep, place.marks),
        ])
      })
  // the last page, so that whoever prints without it loses nothing
  if (steps)
    sources.push(
      `/MediaBox${numbers([0, 0, steps.paper.width, steps.paper.height])}/Resources<<>>/Contents ${pdf.stream({}, bytesOf(steps.content)).id} 0 R`,
    )
  writePages(pdf, firstSide, sources)
  pdf.catalog['OutputIntents'] = [screenIntent(embedSrgb(pdf))]
  return {
    bytes: pdf.finish(),
    advice: adviceFor(metadata, edition, signatures, folded, place.scale).map((line) =>
      steps ? `${line}; the last page shows how` : line,
    ),
  }
}

/** A page upright, with what has to be done; undefined where a fold and staples are all. */
function stepsFor(
  edition: BookletEdition,
  signatures: readonly Sheet[][],
  folded: FoldedSheets | undefined,
): { paper: Trim; content: string } | undefined {
  const { width, height } = edition.sheet
  const paper = { width: Math.min(width, height), height: Math.max(width, height) }
  const sheets = folded ? Math.ceil(folded.sides.length / 2) : signatures.flat().length
  const content = foldingSteps(edition, { sheets, inOne: signatures[0]!.length }, paper)
  return content === undefined ? undefined : { paper, content }
}

export interface BookletSheets {
  pages: Page[]
  /** Sheets, by signature. */
  signatures: Sheet[][]
  /** How far the last page moves: it goes to the back cover, and if it was a right-hand page, its margins change sides. */
  turned: number
  place: Placement
  /** If it is not folded in halves. */
  folded: FoldedSheets | undefined
}

/** Points. */
export function arrangeBooklet(typeset: Typeset, edition: BookletEdition): BookletSheets {
  const pages = pagesOf(typeset)
  const { signatures, places } = impose(pages.length, edition.signature)
  const { fold, sheet } = edition
  const folded = fold === 'half' ? undefined : layFolded(pages.length, typeset, sheet, fold)
  const turned = turnOf(typeset, pages, folded?.places ?? places)
  return { pages, signatures, turned, place: placement(typeset, sheet), folded }
}

/** What the innermost sheet of a signature moves. */
export function creepIn(signature: readonly Sheet[], { creep, paper }: BookletEdition): number {
  return creep === 'auto' ? creepOf(signature.length, paper) : creep
}

/** The pages in order, from cover to last page with text; a cover has nothing on its back. */
function pagesOf({ cover, pages }: Typeset): Page[] {
  let end = pages.length
  while (end > 0 && pages[end - 1]!.items.length === 0) end--
  const inner = pages.slice(0, end)
  return cover ? [cover, blankPage('verso'), ...inner] : inner
}

function turnOf(typeset: Typeset, pages: readonly Page[], places: number): number {
  const last = pages.at(-1)
  if (last?.side !== 'recto' || pages.length === places || last.plate) return 0
  const { inside, outside } = marginsOf(typeset.pages, typeset)
  return Number.isFinite(inside) ? outside - inside : 0
}

export interface Placement {
  /** Landscape. */
  sheet: Trim
  scale: number
  /** Where the left and right pages' lower left corners stand. */
  left: number
  right: number
  foot: number
  /** Where it is cut, from the lower left corner, and where it is folded. */
  crop: Mark[]
  fold: Mark[]
  marks: string
}

function placement({ width, height }: Typeset, paper: Trim): Placement {
  const sheet = { width: Math.max(paper.width, paper.height), height: Math.min(paper.width, paper.height) }
  const fits = 2 * width <= sheet.width + TOLERANCE && height <= sheet.height + TOLERANCE
  const scale = fits ? 1 : Math.min(sheet.width / 2 / width, sheet.height / height)
  const [wide, high] = [width * scale, height * scale]
  const fold = sheet.width / 2
  const foot = (sheet.height - high) / 2
  const isCut = fold - wide > TOLERANCE || foot > TOLERANCE
  const trim = [fold - wide, foot, 2 * wide, high, 0] as const
  const folded = [fold, foot, foot + high, sheet.height] as const
  return {
    sheet,
    scale,
    left: fold - wide,
    right: fold,
    foot,
    crop: isCut ? cropLines(...trim) : [],
    fold: foldLines(...folded),
    marks: (isCut ? cropMarks(...trim) : '') + foldMarks(...folded),
  }
}

/** What is marked on the outside of a signature: where it is stapled, or which of several it is. */
export function stapled({ sheet, foot, scale }: Placement, count: number, height: number): Mark[] {
  return count > 1 ? [] : stapleLines(sheet.width / 2, foot, height * scale)
}

function outsideMarks(place: Placement, nth: number, count: number, height: number): string {
  const { sheet, foot, scale } = place
  return count > 1
    ? collationMark(sheet.width / 2, foot, height * scale, nth, count)
    : drawn(stapled(place, count, height))
}

/** A page in its cell, upright or upside down. */
function drawFolded({ slot, box, turned, cell }: Folded, scale: number, forms: readonly (Ref | undefined)[]): string {
  if (slot < 0 || !forms[slot]) return ''
  const s = (turned ? -scale : scale).toFixed(6)
  const [x, y] = turned ? [box.x + box.width, box.y + box.height] : [box.x, box.y]
  const clip = [cell.x, cell.y, cell.width, cell.height].map(decimal).join(' ')
  return `q\n${clip} re W n\n${s} 0 0 ${s} ${decimal(x)} ${decimal(y)} cm\n/P${slot} Do\nQ\n`
}

/** A page on its half of the sheet, cut off at the fold. */
function half(slot: Slot, x: number, edge: number, place: Placement, forms: readonly (Ref | undefined)[]): string {
  if (slot < 0 || !forms[slot]) return ''
  const { sheet, scale, foot } = place
  return (
    `q\n${decimal(edge)} 0 ${decimal(sheet.width / 2)} ${decimal(sheet.height)} re W n\n` +
    `${scale.toFixed(6)} 0 0 ${scale.toFixed(6)} ${decimal(x)} ${decimal(foot)} cm\n/P${slot} Do\nQ\n`
  )
}

/** Sheets by name, points. */
const SHEETS: [name: string, width: number, height: number][] = [
  ['A3', 841.89, 1190.55],
  ['A4', 595.28, 841.89],
  ['A5', 419.53, 595.28],
  ['Letter', 612, 792],
  ['Legal', 612, 1008],
  ['Tabloid', 792, 1224],
]

function nameOf({ width, height }: Trim): string {
  const near = (a: number, b: number) => Math.abs(a - b) < TOLERANCE
  const known = SHEETS.find(([, w, h]) => (near(w, width) && near(h, height)) || (near(h, width) && near(w, height)))
  return known ? known[0] : `${Math.round(width / 2.834646)} × ${Math.round(height / 2.834646)} mm`
}

/** One line for a person at a printer. */
function adviceFor(
  metadata: Metadata,
  edition: BookletEdition,
  signatures: readonly Sheet[][],
  folded: FoldedSheets | undefined,
  scale: number,
): string[] {
  if (folded) return [adviceToFold(metadata, edition, folded)]
  const sheets = signatures.reduce((sum, signature) => sum + signature.length, 0)
  const paper = `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'} of ${nameOf(edition.sheet)}`
  const bind =
    signatures.length === 1
      ? sheets === 1
        ? 'fold it in the middle'
        : 'fold all together in the middle and staple at the fold'
      : signatures[0]!.length === 1
        ? `fold each sheet (${signatures.length} signatures), lay them in order, sew or glue`
        : `fold each ${signatures[0]!.length} sheets together (${signatures.length} signatures), lay them in order, sew or glue`
  const size = scale < 1 ? ` (pages are shown at ${Math.round(scale * 100)} % of their size)` : ''
  return [
    `print ${metadata.slug}-booklet.pdf on ${paper}: both sides, flip on the short edge, scale 100 %; ${bind}${size}`,
  ]
}

function adviceToFold(metadata: Metadata, { fold, sheet }: BookletEdition, { sides, scale }: FoldedSheets): string {
  const file = `${metadata.slug}-booklet.pdf`
  const size = scale < 1 ? ` (pages are shown at ${Math.round(scale * 100)} % of their size)` : ''
  if (fold === 'eighth')
    return `print ${file} on one side of a sheet of ${nameOf(sheet)}, scale 100 %; fold it at all the marks and open it, cut along the line in the middle, fold it lengthwise and push its ends together until it is a cross, fold that to a book${size}`
  const sheets = sides.length / 2
  const paper = `${sheets} ${sheets === 1 ? 'sheet' : 'sheets'} of ${nameOf(sheet)}`
  const bind = sheets === 1 ? 'staple or sew it in the fold' : 'lay them in order, and sew or glue them'
  return `print ${file} on ${paper}: both sides, flip on the long edge, scale 100 %; fold the upper half of each behind the lower, then the left behind the right; ${bind}, and cut the heads open${size}`
}
