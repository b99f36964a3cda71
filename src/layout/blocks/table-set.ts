// A table goes in; it comes out set: its columns sized by content, its cells broken into lines, its rows as high as they are, and
// which of them stand or fall together.
import { warning } from '../../diagnostic.js'
import type { Block } from '../../model/book.js'
import { alignsOf } from '../../model/table-columns.js'
import type { Sheet } from '../sheet.js'
import type { BrokenParagraph, TagOf } from '../text/lines.js'
import type { ShapedFaces } from '../text/shaped-faces.js'
import type { PrintStyle, TableLooks } from '../text/styles.js'
import { columnWidths, cutAnywhere, widestPart } from './column-widths.js'
import type { Around, Flow } from './element.js'
import { lacking } from './number-columns.js'
import { sayWhatIsWrong } from './prose-element.js'
import { limitsFor } from './style-limits.js'
import { type Cell, cellStyle, collectCells } from './table-cells.js'

export type Table = Extract<Block, { kind: 'table' }>

/** A cell that has been broken into lines, and how far it is painted. */
export interface SetCell {
  cell: Cell
  b: BrokenParagraph
  row: number
  /** Its own tag, once it is made, and those of what stands in it. */
  tag: number
  tags: TagOf | undefined
  /** Of a cell that spans rows: its next line, and where its lines begin on the page that it is on. */
  next: number
  first: number
  page: Sheet['page'] | undefined
  origin: number
}

export interface SetTable {
  style: PrintStyle
  looks: TableLooks
  faces: ShapedFaces
  /** Rows of the head. */
  heads: number
  rows: readonly (readonly SetCell[])[]
  /** By row: the cells over rows that it is part of. */
  through: readonly (readonly SetCell[])[]
  /** By row, in lines of the grid. */
  heights: readonly number[]
  /** By row: is it parted between its lines, where a page ends? */
  tall: readonly boolean[]
  groups: readonly Group[]
  /** Left edges of the columns, from that of the table, which is `left` from that of the text block. Points, as all that follows. */
  lefts: readonly number[]
  left: number
  width: number
  /** How far tints and rules reach beyond the outer columns. */
  bleed: number
  /** Above and below the lines of a row. */
  padding: number
  grid: number
}

/** Rows that are one element. */
export interface Group {
  /** Rows [from, to). */
  from: number
  to: number
  /** Cells run on from this row to the next group. */
  parted: boolean
}

const NO_INSET = new Float64Array(1)

/** Lines of the grid: a row that is higher may be parted by a page's end. */
const LONG = 6

export function setTable(block: Table, around: Around, flow: Flow): SetTable {
  const { styles, faces } = flow.setting
  const { grid } = flow.shape
  const { tables } = styles.theme
  const measure = Math.max(4 * styles.em, flow.measure - around.left - around.right)
  const rows = [...block.head, ...block.body]
  const heads = block.head.length
  const style = cellStyle(false, around, flow)
  const lackOf = lacking(block, style, around, flow)
  const whole = collectCells(rows, around, flow, false, lackOf)
  let columns = 1
  for (const row of whole) for (const c of row) columns = Math.max(columns, c.column + c.span)
  const { widths, gutter, cells, fits } = columnWidths(whole, columns, measure, tables.gutter * styles.em, () =>
    collectCells(rows, around, flow, true, lackOf),
  )
  if (!fits)
    warning(
      flow.report,
      'line-overfull',
      { path: flow.file, line: block.place.line },
      "the table's columns do not fit the measure: words are cut",
      'give it fewer columns or shorter words, or the book a wider trim',
    )
  const lefts: number[] = []
  let width = -gutter
  for (const w of widths) {
    lefts.push(width + gutter)
    width += w + gutter
  }
  const aligns = alignsOf(block)
  const set = cells.map((row, r) =>
    row.map((cell): SetCell => {
      const { column, span } = cell
      const room = lefts[column + span - 1]! + widths[column + span - 1]! - lefts[column]!
      const b = breakCell(cell, room, fits, aligns[column], block.place.line, flow)
      return { cell, b, row: r, tag: -1, tags: undefined, next: 0, first: 0, page: undefined, origin: 0 }
    }),
  )
  const heights = rowHeights(set, style, grid, tables.padding)
  const groups = spanGroups(set, heads, heights, flow.shape.depth, style.leading / grid, tables.padding)
  // a row of many lines is parted between them, unless others stand or fall with it
  const alone = new Set(groups.flatMap(({ from, to }) => (to - from === 1 ? [from] : [])))
  const tall = heights.map((height, r) => alone.has(r) && height > Math.min(flow.shape.depth / 2, LONG))
  const looks = styles.tableLooks
  return {
    ...{ style, looks, faces, heads, rows: set, through: spanningRows(set), heights, tall, groups, lefts, width },
    left: around.left + (measure - width) / 2,
    // tints reach as far beyond the outer columns as they do between two
    bleed: looks.headGround === undefined && looks.stripes === undefined ? 0 : gutter / 2,
    padding: tables.padding * grid,
    grid,
  }
}

/** `align`: its column's, if the author said one. */
function breakCell(
  { paragraph }: Cell,
  measure: number,
  fits: boolean,
  align: BrokenParagraph['align'] | undefined,
  line: number,
  flow: Flow,
): BrokenParagraph {
  if (!fits && widestPart(paragraph) > measure) cutAnywhere(paragraph, measure)
  const { spacing } = flow.setting.styles.theme
  const limits = limitsFor({ ...paragraph.style, align: 'left' }, spacing, measure, NO_INSET)
  const lines = flow.setting.breaker.breakLines(paragraph.ends, limits, 0, paragraph.divide)[0]!
  // what does not fit is said once of the whole table
  sayWhatIsWrong(paragraph, { ...lines, bad: -1 }, flow, line)
  const own = paragraph.style.align === 'justify' ? 'left' : paragraph.style.align
  return {
    paragraph,
    lines,
    limits,
    measure,
    insets: NO_INSET,
    justified: false,
    align: align ?? own,
    restarts: false,
    spaced: false,
    letters: undefined,
    skipped: 0,
    turned: false,
  }
}

/** Of a row that is parted: cells of a head may have another leading than the rest. */
export function leadingOf({ rows, style }: SetTable, r: number): number {
  let leading = 0
  for (const { b } of rows[r]!) leading = Math.max(leading, b.paragraph.style.leading)
  return leading || style.leading
}

/** In how many parts a row can stand on pages. */
export function lineCount(table: SetTable, r: number): number {
  if (!table.tall[r]) return 1
  const { heights, padding, grid } = table
  let lines = Math.max(1, Math.ceil((heights[r]! * grid - padding * 2) / leadingOf(table, r) - 1e-6))
  for (const { b, cell } of table.rows[r]!) if (cell.rows === 1) lines = Math.max(lines, b.lines.ends.length)
  return lines
}

/** In lines of the grid. What a cell over rows needs beyond them goes to its last. */
function rowHeights(set: readonly (readonly SetCell[])[], style: PrintStyle, grid: number, padding: number): number[] {
  const depth = ({ b }: SetCell) => (b.lines.ends.length * b.paragraph.style.leading) / grid + padding * 2
  const least = style.leading / grid + padding * 2
  const heights = set.map((row) => {
    let height = least
    for (const c of row) if (c.cell.rows === 1) height = Math.max(height, depth(c))
    return height
  })
  for (const row of set) {
    for (const c of row) {
      if (c.cell.rows === 1) continue
      const end = c.row + c.cell.rows - 1
      let there = 0
      for (let r = c.row; r <= end; r++) there += heights[r]!
      heights[end]! += Math.max(0, depth(c) - there)
    }
  }
  return heights
}

/**
 * Rows that cells hold together are one element, unless they take more than half a page: then the page may end between
 * them, and the last gets room for what the cells lose there.
 */
function spanGroups(
  set: readonly (readonly SetCell[])[],
  heads: number,
  heights: number[],
  depth: number,
  line: number,
  padding: number,
): Group[] {
  const groups: Group[] = []
  for (let r = 0; r < set.length; ) {
    let end = r
    let height = 0
    for (let k = r; k <= end; k++) {
      for (const c of set[k]!) end = Math.max(end, k + c.cell.rows - 1)
      height += heights[k]!
    }
    // the rows of the head are painted one by one where they are repeated
    if (end > r && height <= depth / 2 && (r >= heads || end < heads))
      groups.push({ from: r, to: end + 1, parted: false })
    else {
      if (end > r) heights[end]! += Math.ceil(height / depth) * (line + padding * 2)
      for (let k = r; k <= end; k++) groups.push({ from: k, to: k + 1, parted: k < end })
    }
    r = end + 1
  }
  // a head never stands alone at the foot of a page, to be repeated on the next
  const first = groups.findIndex((group) => group.from >= heads)
  const opening = groups[first]
  if (first > 0 && opening) {
    let height = 0
    for (let r = 0; r < opening.to; r++) height += heights[r]!
    if (height <= depth / 2) groups.splice(0, first + 1, { from: 0, to: opening.to, parted: opening.parted })
  }
  return groups
}

/** By row: the cells over rows that it is part of. */
function spanningRows(set: readonly (readonly SetCell[])[]): SetCell[][] {
  const through: SetCell[][] = set.map(() => [])
  for (const row of set)
    for (const c of row) if (c.cell.rows > 1) for (let r = c.row; r < c.row + c.cell.rows; r++) through[r]!.push(c)
  return through
}
