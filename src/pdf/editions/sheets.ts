// In: a Typeset and an edition on paper. Out: its sheets as plain data, for whoever shows them: which page stands where on which, what
// is cut off it, and the marks around. The writers of these editions go by the same arrangement.
import type { Font, Page, Picture, Typeset } from '../../layout/typeset.js'
import type { BookletEdition, PrintEdition, WrapEdition } from '../../model/editions.js'
import { arrangeBooklet, creepIn, stapled } from './booklet.js'
import { arrangeWrap, template, type WrapSheet } from './cover-wrap.js'
import type { FoldedSheets } from './folds.js'
import type { Sheet } from './imposition.js'
import { cropLines, foldLines, type Mark } from './marks.js'
import { arrangePrint, placeOnSheet } from './print.js'

/** Points, from the upper left corner. */
export interface Sheets {
  width: number
  height: number
  fonts: readonly Font[]
  images: readonly Picture[]
  /** Every side of every sheet, in the order in which they are printed. */
  sides: Side[]
}

export interface Side {
  label: string
  parts: Part[]
  /** Hairlines where it is cut, and dashed ones where it is folded. */
  crop: Mark[]
  fold: Mark[]
}

/** A page on a sheet. */
export interface Part {
  /** With what bleeds. */
  page: Page
  /** Among the Typeset's own; -1: it is none of them. */
  index: number
  /** Where its upper left corner stands, and how much larger it is than in the Typeset. */
  x: number
  y: number
  scale: number
  /** Upside down: its upper left corner is at the lower right of `trim`. */
  turned?: boolean
  /** What of the sheet it may cover, and what of that is kept. */
  clip: Box
  trim: Box
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

export function printSheets(typeset: Typeset, edition: PrintEdition): Sheets {
  const { width, height, fonts, images } = typeset
  const arranged = arrangePrint(typeset, edition, () => undefined)
  const { pages, bleed, edge, frames } = arranged
  const indices = new Map(typeset.pages.map((page, i) => [page, i]))
  const sheet = { width: frames.recto.width, height: height + 2 * edge }
  const crop = edition.marks ? overturn(cropLines(edge, edge, width, height, bleed), sheet.height) : []
  const sides = pages.map((page, i): Side => {
    const { shown, x, clip } = placeOnSheet(page, typeset, arranged)
    const [left, top, wide, high] = clip
    const part: Part = {
      ...{ page: shown, index: indices.get(page) ?? -1, x, y: edge, scale: 1 },
      clip: { x: left, y: top, width: wide, height: high },
      trim: { x: frames[page.side].left, y: edge, width, height },
    }
    return { label: page.label === '' ? String(i + 1) : page.label, parts: [part], crop, fold: [] }
  })
  return { ...sheet, fonts, images, sides }
}

export function bookletSheets(typeset: Typeset, edition: BookletEdition): Sheets {
  const { width, height, fonts, images } = typeset
  const { pages, signatures, turned, place, folded } = arrangeBooklet(typeset, edition)
  if (folded) return foldedSheets(typeset, pages, folded)
  const { sheet, scale, foot } = place
  const indices = new Map(typeset.pages.map((page, i) => [page, i]))
  const crop = overturn(place.crop, sheet.height)
  const fold = overturn(place.fold, sheet.height)
  const half = (slot: number, x: number, from: number): Part[] => {
    const page = pages[slot]
    if (page === undefined) return []
    const moved = slot === pages.length - 1 ? turned * scale : 0
    const half = { x: from, y: 0, width: sheet.width / 2, height: sheet.height }
    const trim = { x, y: foot, width: width * scale, height: height * scale }
    return [{ page, index: indices.get(page) ?? -1, x: x + moved, y: foot, scale, clip: within(trim, half), trim }]
  }
  const sides: Side[] = []
  for (const signature of signatures) {
    const creep = creepIn(signature, edition)
    const draw = ({ left, right }: Sheet['front'], sheetCreep: number): Side => {
      const parts = [
        ...half(left, place.left + sheetCreep, 0),
        ...half(right, place.right - sheetCreep, sheet.width / 2),
      ]
      const label = `${Math.floor(sides.length / 2) + 1} ${sides.length % 2 === 0 ? 'front' : 'back'}`
      const outside = sides.length === 0 ? overturn(stapled(place, signatures.length, height), sheet.height) : []
      return { label, parts, crop: [...crop, ...outside], fold }
    }
    for (const each of signature) for (const side of [each.front, each.back]) sides.push(draw(side, creep * each.creep))
  }
  return { width: sheet.width, height: sheet.height, fonts, images, sides }
}

function foldedSheets(typeset: Typeset, pages: readonly Page[], folded: FoldedSheets): Sheets {
  const { fonts, images } = typeset
  const { sheet, scale, cut, fold } = folded
  const indices = new Map(typeset.pages.map((page, i) => [page, i]))
  const upper = ({ x, y, width, height }: Box): Box => ({ x, y: sheet.height - y - height, width, height })
  const sides = folded.sides.map((each, i): Side => {
    const parts = each.flatMap(({ slot, box, turned, cell }): Part[] => {
      const page = pages[slot]
      if (page === undefined) return []
      const trim = upper(box)
      return [{ page, index: indices.get(page) ?? -1, x: trim.x, y: trim.y, scale, turned, clip: upper(cell), trim }]
    })
    const name =
      sheet.width > sheet.height ? String(i + 1) : `${Math.floor(i / 2) + 1} ${i % 2 === 0 ? 'front' : 'back'}`
    return { label: name, parts, crop: overturn(cut, sheet.height), fold: overturn(fold, sheet.height) }
  })
  return { ...sheet, fonts, images, sides }
}

export function wrapSheets(sheet: WrapSheet, edition: WrapEdition): Sheets {
  const { width, height, bleed, folds } = sheet
  const { page: art, images, edge } = arrangeWrap(sheet, edition)
  const page = edition.template ? { ...art, items: [...art.items, ...template(sheet)] } : art
  const whole = { width: width + 2 * edge, height: height + 2 * edge }
  const trim = { x: edge + bleed, y: edge + bleed, width: width - 2 * bleed, height: height - 2 * bleed }
  const crop = edition.marks ? cropLines(trim.x, trim.y, trim.width, trim.height, bleed) : []
  const fold = edition.marks ? folds.flatMap((x) => foldLines(edge + x, edge, edge + height, whole.height)) : []
  const clip = { x: edge, y: edge, width, height }
  const part: Part = { page, index: -1, x: edge, y: edge, scale: 1, clip, trim }
  const side = { label: '', parts: [part], crop: overturn(crop, whole.height), fold: overturn(fold, whole.height) }
  return { ...whole, fonts: [], images, sides: [side] }
}

/** From the lower left corner to the upper left. */
function overturn(marks: readonly Mark[], height: number): Mark[] {
  return marks.map(([x1, y1, x2, y2]): Mark => [x1, height - y1, x2, height - y2])
}

function within(a: Box, b: Box): Box {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const right = Math.min(a.x + a.width, b.x + b.width)
  return { x, y, width: right - x, height: Math.min(a.y + a.height, b.y + b.height) - y }
}
