// Columns of a page side by side, on numbers alone: elements go in, placements come out, column after column and page after page. On the
// last page the columns end alike: the least depth that holds all that is left. Unit of length: one line of the grid.
import { type Element, MAY, type Placement } from './break-pages.js'
import { LEAST_LAST } from './page-prices.js'

export interface ColumnLimits {
  columns: number
  /** Lines of a page; and above the columns of the first. */
  depth: number
  above: number
}

interface Piece {
  element: number
  from: number
  to: number
  top: number
}

interface Spot {
  element: number
  line: number
}

const EPS = 1e-6
/** By which the depth of the last columns grows until they hold everything. */
const STEP = 0.25

export function breakColumns(elements: readonly Element[], limits: ColumnLimits) {
  const full = fillPages(elements, limits, 0, 0)
  let best = full
  // a last page of a line or two: the pages before it end a line higher, as many as it needs, or two lines, or three
  for (let lines = 1; lines < MOST_SHORT + 1 && best.deepest < LEAST_LAST; lines++)
    for (let pages = 1; pages <= Math.min(full.count - 1, MOST_PAGES) && best.deepest < LEAST_LAST; pages++) {
      const tried = fillPages(elements, limits, full.count - 1 - pages, lines)
      if (tried.count === full.count && tried.deepest > best.deepest) best = tried
    }
  return { placements: best.placements, count: best.count }
}

/** Lines by which pages may end higher, for the last one's sake. */
const MOST_SHORT = 3
/** Pages before the last that may. */
const MOST_PAGES = 12

/** Page after page; from the page `from` on, all but the last have so many lines fewer. */
function fillPages(
  elements: readonly Element[],
  { columns, depth, above }: ColumnLimits,
  from: number,
  lines: number,
): { placements: Placement[]; count: number; deepest: number } {
  const placements: Placement[] = []
  let at: Spot = { element: 0, line: 0 }
  let page = 0
  let deepest = depth
  for (; at.element < elements.length; page++) {
    const top = page === 0 ? above : 0
    const room = Math.max(1, depth - top - (page < from ? 0 : lines))
    let filled = fillPage(elements, at, columns, room)
    if (filled.next.element >= elements.length) {
      for (let least = STEP; least < room; least += STEP) {
        const tried = fillPage(elements, at, columns, least)
        if (tried.next.element < elements.length || tried.deepest > least + EPS) continue
        filled = tried
        break
      }
      if (page > 0) deepest = filled.deepest
    }
    filled.pieces.forEach((pieces, column) => {
      for (const piece of pieces) placements.push({ ...piece, top: piece.top + top, way: 0, page, column })
    })
    at = filled.next
  }
  return { placements, count: Math.max(1, page), deepest }
}

function fillPage(elements: readonly Element[], from: Spot, columns: number, room: number) {
  const pieces: Piece[][] = []
  let next = from
  let deepest = 0
  for (let column = 0; column < columns && next.element < elements.length; column++) {
    const filled = fillColumn(elements, next, room)
    pieces.push(filled.pieces)
    deepest = Math.max(deepest, filled.depth)
    next = filled.next
  }
  return { pieces, next, deepest }
}

function fillColumn(elements: readonly Element[], from: Spot, room: number) {
  const pieces: Piece[] = []
  let { element, line } = from
  let depth = 0
  while (element < elements.length) {
    const { ways, gap } = elements[element]!
    const way = ways[0]!
    const top = pieces.length === 0 ? 0 : depth + (line === 0 ? gap : 0)
    const left = way.lines - line
    let fit = Math.min(left, Math.floor((room - top) / way.height + EPS))
    while (fit > 0 && fit < left && way.stops[line + fit - 1] !== MAY) fit--
    // what no column holds stands in one all the same
    if (fit <= 0 && pieces.length === 0) fit = 1
    if (fit <= 0) break
    pieces.push({ element, from: line, to: line + fit, top })
    depth = top + fit * way.height
    line += fit
    if (line < way.lines) break
    element++
    line = 0
  }
  // what leads to the next element goes with it
  while (line === 0 && element < elements.length && pieces.length > 1 && elements[element - 1]!.keepNext) {
    const last = pieces.pop()!
    element = last.element
    line = last.from
  }
  return { pieces, next: { element, line }, depth }
}
