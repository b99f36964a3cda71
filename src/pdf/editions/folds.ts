// In: a number of pages, a sheet, and how it is folded: in quarters, or in eighths. Out: which page stands where on which of its sides,
// upright or upside down, and where it is folded and cut. Points, from the lower left corner of the sheet.
import type { Frame, Trim } from '../../model/sizes.js'
import type { Mark } from './marks.js'

/** A page in its cell of the sheet. */
export interface Folded {
  /** Index of the page, or -1 for a blank. */
  slot: number
  /** Where it stands. */
  box: Frame
  /** Upside down: its head is at the foot of its box. */
  turned: boolean
  cell: Frame
}

export interface FoldedSheets {
  sheet: Trim
  scale: number
  /** Front and back of each sheet; of a sheet in eighths the front alone. */
  sides: Folded[][]
  fold: Mark[]
  cut: Mark[]
  /** Pages of all sheets together. */
  places: number
}

/** A sheet has so many pages. */
const EIGHT = 8
/** Length of a mark at the sheet's edge. */
const TICK = 9

type Side = readonly [upper: number[], lower: number[]]

/**
 * Pages of a sheet, from 1, by row from the head and column from the left; those of the upper row are upside down, and fold behind the
 * lower. In quarters: folded down, then across, and cut open at the head. In eighths: one side is printed; cut in the middle, it folds to
 * leaves that are joined at the head or at the fore-edge.
 */
export const LAID: { readonly [F in 'quarter' | 'eighth']: readonly Side[] } = {
  quarter: [
    [
      [5, 4],
      [8, 1],
    ],
    [
      [3, 6],
      [2, 7],
    ],
  ],
  eighth: [
    [
      [5, 4, 3, 2],
      [6, 7, 8, 1],
    ],
  ],
}

/** `page`: the size of a page as it is set; it is made smaller if the cell is. */
export function layFolded(pages: number, page: Trim, paper: Trim, fold: 'quarter' | 'eighth'): FoldedSheets {
  const [short, long] = [Math.min(paper.width, paper.height), Math.max(paper.width, paper.height)]
  const sheet = fold === 'quarter' ? { width: short, height: long } : { width: long, height: short }
  const columns = LAID[fold][0]![0].length
  const cell = { width: sheet.width / columns, height: sheet.height / 2 }
  const scale = Math.min(1, cell.width / page.width, cell.height / page.height)
  const [width, height] = [page.width * scale, page.height * scale]
  const places = Math.max(EIGHT, Math.ceil(pages / EIGHT) * EIGHT)
  // the last page is the back cover, blanks come before it
  const slotAt = (place: number) => (place === places - 1 ? pages - 1 : place < pages - 1 ? place : -1)
  const sides: Folded[][] = []
  for (let from = 0; from < places; from += EIGHT)
    for (const rows of LAID[fold])
      sides.push(
        rows.flatMap((row, isLower) =>
          row.map((number, column): Folded => {
            const left = column * cell.width
            const foot = isLower ? 0 : cell.height
            // the spine is the nearest fold between two columns that face each other
            const x = column % 2 === 0 ? left + cell.width - width : left
            const box = { x, y: foot + (cell.height - height) / 2, width, height }
            return { slot: slotAt(from + number - 1), box, turned: !isLower, cell: { x: left, y: foot, ...cell } }
          }),
        ),
      )
  const middle = sheet.height / 2
  const marks: Mark[] = []
  for (let column = 1; column < columns; column++) {
    const x = column * cell.width
    marks.push([x, 0, x, TICK], [x, sheet.height - TICK, x, sheet.height])
  }
  marks.push([0, middle, TICK, middle], [sheet.width - TICK, middle, sheet.width, middle])
  const cut: Mark[] = fold === 'eighth' ? [[cell.width, middle, sheet.width - cell.width, middle]] : []
  return { sheet, scale, sides, fold: marks, cut, places }
}
