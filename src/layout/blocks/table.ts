// A table goes in; one element a row comes out: columns sized by content, the head repeated over pages.
import { warning } from '../../diagnostic.js'
import type { Block } from '../../model/book.js'
import { alignsOf } from '../../model/columns.js'
import { MAY, NEVER, STUB, type Way } from '../breaking/break-pages.js'
import type { Sheet } from '../pages/sheet.js'
import { baseline } from '../text/baseline.js'
import { type BrokenParagraph, inlineTags, startOffset } from '../text/lines.js'
import { paintLine } from '../text/paint-line.js'
import { type PrintStyle, RULE, type TableRule } from '../text/styles.js'
import { columnWidths, cutAnywhere, widestPart } from './column-widths.js'
import { type Around, type Flow, type FlowElement, type TagParent, tagParent } from './element.js'
import { lacking } from './number-columns.js'
import { limitsFor, paragraphElement, sayWhatIsWrong } from './prose-element.js'
import { type Cell, cellStyle, collectCells } from './table-cells.js'

type Table = Extract<Block, { kind: 'table' }>

/** A cell that has been broken into lines, and how far it is painted. */
interface SetCell {
  cell: Cell
  b: BrokenParagraph
  row: number
  /** Its own tag, once it is made, and those of what stands in it. */
  tag: number
  tags: ReturnType<typeof inlineTags> | undefined
  /** Of a cell that spans rows: its next line, and where its lines begin on the page that it is on. */
  next: number
  first: number
  page: Sheet['page'] | undefined
  origin: number
}

const NO_INSET = new Float64Array(1)

/** Lines of the grid: a row that is higher may be parted by a page's end. */
const LONG = 6

export function tableElements(block: Table, around: Around, flow: Flow): FlowElement[] {
  const { styles, faces } = flow.setting
  const { grid } = flow
  const line = block.place.line
  const { tables, spacing } = styles.theme
  const width = Math.max(4 * styles.em, flow.measure - around.left - around.right)
  const rows = [...block.head, ...block.body]
  const heads = block.head.length
  const style = cellStyle(false, around, flow)
  const lackOf = lacking(block, style, around, flow)
  const whole = collectCells(rows, around, flow, false, lackOf)
  let columns = 1
  for (const row of whole) for (const c of row) columns = Math.max(columns, c.column + c.span)
  const { widths, gutter, cells, fits } = columnWidths(whole, columns, width, tables.gutter * styles.em, () =>
    collectCells(rows, around, flow, true, lackOf),
  )
  if (!fits)
    warning(
      flow.report,
      'line-overfull',
      { path: flow.file, line },
      "the table's columns do not fit the measure: words are cut",
      'give it fewer columns or shorter words, or the book a wider trim',
    )
  const lefts: number[] = []
  let total = -gutter
  for (const w of widths) {
    lefts.push(total + gutter)
    total += w + gutter
  }
  const x0 = around.left + (width - total) / 2
  const aligns = alignsOf(block)
  const looks = styles.tableLooks
  const { rules } = looks
  // tints reach as far beyond the outer columns as they do between two
  const bleed = looks.headGround === undefined && looks.stripes === undefined ? 0 : gutter / 2

  const table = tagParent('Table', around.tag, { lang: block.lang })
  // a table that is all head has no THead: that goes before a TBody only (ISO 14289-1, 7.2; ISO 32000-1, table 337)
  const head = block.body.length === 0 ? table : tagParent('THead', table)
  const body = tagParent('TBody', table)
  const rowTags = rows.map((_, r) => tagParent('TR', r < heads ? head : body))

  const set = cells.map((row, r) =>
    row.map((cell): SetCell => {
      const { paragraph, column, span } = cell
      const measure = lefts[column + span - 1]! + widths[column + span - 1]! - lefts[column]!
      if (!fits && widestPart(paragraph) > measure) cutAnywhere(paragraph, measure)
      const limits = limitsFor({ ...paragraph.style, align: 'left' }, spacing, measure, NO_INSET)
      const lines = flow.breaker.breakLines(paragraph.ends, limits, 0, paragraph.divide)[0]!
      // what does not fit is said once of the whole table
      sayWhatIsWrong(paragraph, { ...lines, bad: -1 }, flow, line)
      const own = paragraph.style.align === 'justify' ? 'left' : paragraph.style.align
      const align = aligns[column] ?? own
      const b: BrokenParagraph = {
        paragraph,
        lines,
        limits,
        measure,
        insets: NO_INSET,
        justified: false,
        align,
        restarts: false,
        spaced: false,
        letters: undefined,
        skipped: 0,
        turned: false,
      }
      return { cell, b, row: r, tag: -1, tags: undefined, next: 0, first: 0, page: undefined, origin: 0 }
    }),
  )
  const heights = rowHeights(set, style, grid, tables.padding)
  const groups = spanGroups(set, heads, heights, flow.depth, style.leading / grid, tables.padding)
  let headHeight = 0
  for (let r = 0; r < heads; r++) headHeight += heights[r]!
  const repeat = headHeight > flow.depth / 2 ? 0 : headHeight
  // a row of many lines is parted between them, unless others stand or fall with it
  const alone = new Set(groups.flatMap(({ from, to }) => (to - from === 1 ? [from] : [])))
  const tall = heights.map((height, r) => alone.has(r) && height > Math.min(flow.depth / 2, LONG))
  const padding = tables.padding * grid
  const through = spanningRows(set)
  const headers = headersIn(set, heads)

  const paintLines = (c: SetCell, from: number, to: number, y: number, sheet: Sheet, tags: SetCell['tags']) => {
    const { leading } = c.b.paragraph.style
    const x = sheet.left + x0 + lefts[c.cell.column]! - c.cell.extra
    for (let i = from; i < Math.min(to, c.b.lines.ends.length); i++)
      paintLine(c.b, i, x, baseline(y + (i - from) * leading, leading), sheet, faces, tags ?? inlineTags([], -1))
  }
  /** The lines of a cell over rows run on from row to row, and from page to page. */
  const paintSpanning = (c: SetCell, sheet: Sheet, top: number, bottom: number, last: boolean) => {
    const { leading } = c.b.paragraph.style
    if (c.page !== sheet.page) {
      c.page = sheet.page
      c.origin = top
      c.first = c.next
    }
    const from = c.next
    const y = c.origin + (from - c.first) * leading
    const fit = last ? Infinity : Math.max(0, Math.floor((bottom - y) / leading + 1e-6))
    c.next = Math.min(c.b.lines.ends.length, from + fit)
    paintLines(c, from, c.next, y, sheet, c.tags)
  }
  /** `lines` of a row from line `from`; a repeated row is painted whole and without tags. */
  const paintRow = (sheet: Sheet, r: number, from: number, to: number, y: number, repeated: boolean): void => {
    const row = set[r]!
    const count = tall[r] ? lineCount(r) : 1
    const depth = tall[r] ? (to - from) * leadingOf(r) : heights[r]! * grid
    const inset = tall[r] ? 0 : padding
    const tint = r < heads ? looks.headGround : (r - heads) % 2 === 1 ? looks.stripes : undefined
    if (tint !== undefined)
      sheet.page.items.push({
        kind: 'rule',
        tag: -1,
        x: sheet.left + x0 - bleed,
        y,
        width: total + 2 * bleed,
        height: depth,
        colour: tint,
      })
    if (!repeated && from === 0)
      // an empty cell is a cell all the same: its tag is made even if nothing is painted
      for (const c of row) {
        c.tag = cellTag(c.cell, r < heads, rowTags[r]!, headers(c)).of(sheet)
        c.tags = inlineTags(c.b.paragraph.inlines, c.tag)
      }
    for (const c of row) {
      const size = c.b.lines.ends.length
      if (repeated) paintLines(c, 0, size, y + inset, sheet, undefined)
      else if (c.cell.rows === 1) paintLines(c, tall[r] ? from : 0, tall[r] ? to : size, y + inset, sheet, c.tags)
    }
    if (!repeated)
      for (const c of through[r]!)
        paintSpanning(c, sheet, y + inset, y + depth, to === count && r === c.row + c.cell.rows - 1)
    const rule = (at: number, edge: TableRule | undefined) => {
      if (edge)
        sheet.page.items.push({
          kind: 'rule',
          tag: -1,
          x: sheet.left + x0 - bleed + ((total + 2 * bleed) * (1 - edge.width)) / 2,
          y: at,
          width: (total + 2 * bleed) * edge.width,
          height: edge.weight,
          colour: edge.colour ?? style.lettering.colour,
        })
    }
    const outside = tall[r] ? padding : 0
    if (r === 0 && from === 0) rule(y - outside - RULE, rules.above)
    if (to < count) return
    if (r === heads - 1) rule(y + depth + outside - RULE, rules.head)
    else if (r < set.length - 1) rule(y + depth + outside - (rules.rows?.weight ?? 0) / 2, rules.rows)
    if (r === set.length - 1) rule(y + depth + outside, rules.below)
  }
  /** Of a row that is parted: cells of a head may have another leading than the rest. */
  const leadingOf = (r: number): number => {
    let leading = 0
    for (const { b } of set[r]!) leading = Math.max(leading, b.paragraph.style.leading)
    return leading || style.leading
  }
  const lineCount = (r: number): number => {
    let lines = Math.max(1, Math.ceil(((heights[r]! - tables.padding * 2) * grid) / leadingOf(r) - 1e-6))
    for (const { b, cell } of set[r]!) if (cell.rows === 1) lines = Math.max(lines, b.lines.ends.length)
    return lines
  }

  const out = groups.map(({ from: r, to: end, parted }): FlowElement => {
    const opens = r < heads
    const count = tall[r] ? lineCount(r) : 1
    const calls: Call[] = []
    let height = 0
    for (let k = r; k < end; k++) {
      for (const call of callsOf(set[k]!, tall[k]!)) calls.push(call)
      height += heights[k]!
    }
    let notes: number[][] | undefined
    if (calls.length > 0) {
      notes = Array.from({ length: count }, () => [])
      for (const call of calls) notes[call.line]!.push(flow.noteCall(call.note))
    }
    const way: Way = {
      lines: count,
      height: tall[r] ? leadingOf(r) / grid : height,
      cost: 0,
      stops: stopsOf(count),
      notes,
    }
    const above = tall[r] ? tables.padding : 0
    return {
      ways: [way],
      gap: 0,
      before: above,
      after: above * (tall[end] ? 2 : 1),
      // a table leaves two rows at least on either side of a page's end
      keepNext: end <= heads || parted || (set.length > 3 && (r <= heads || end === set.length - 1)),
      repeat: opens || repeat === 0 ? 0 : repeat + above,
      paint(sheet, _way, from, to, y, repeated) {
        if (repeated) {
          const anchors = sheet.page.anchors.length
          let at = y - (repeat + above) * grid
          for (let h = 0; h < heads; h++) {
            paintRow(sheet, h, 0, 1, at, true)
            at += heights[h]! * grid
          }
          // links lead to the head itself, not to what repeats it
          sheet.page.anchors.length = anchors
        }
        let at = y
        for (let k = r; k < end; k++) {
          paintRow(sheet, k, from, to, at, false)
          at += heights[k]! * grid
        }
      },
      start(_way, from) {
        const row = set[r]!
        if (from === 0) return { n: row[0]?.cell.paragraph.prose.n ?? block.n, offset: 0 }
        const going = row.find(({ b, cell }) => cell.rows === 1 && b.lines.ends.length > from)
        return going && { n: going.cell.paragraph.prose.n, offset: startOffset(going.b, from) }
      },
      notes: (_way, from, to) => calls.filter((call) => call.line >= from && call.line < to).map((call) => call.note),
    }
  })
  if (block.caption) {
    const caption = paragraphElement(block.caption, 'caption', around, tagParent('Caption', table), flow, line)
    if (styles.theme.captions?.tables === 'below') {
      captionBelow(out, caption, style.before)
      return out
    }
    caption.keepNext = true
    caption.before = style.before
    out.unshift(caption)
  } else if (out[0]) out[0].before = style.before
  const last = out[out.length - 1]
  if (last) last.after = style.after
  return out
}

/** The last row stays with what it is called by. */
function captionBelow(rows: FlowElement[], caption: FlowElement, before: number): void {
  const [first, last] = [rows[0], rows[rows.length - 1]]
  if (first) first.before = before
  if (last) last.keepNext = true
  rows.push(caption)
}

/**
 * The tags of the cells that a cell stands under and beside, if any cell of the table spans others: then scope alone does not
 * say it (ISO 14289-1, 7.5; ISO 32000-1, table 349). Asked in the order of the tags, so that those before it have one.
 */
function headersIn(set: readonly (readonly SetCell[])[], heads: number): (c: SetCell) => number[] | undefined {
  if (!set.some((row) => row.some(({ cell }) => cell.span > 1 || cell.rows > 1))) return () => undefined
  const above = set.slice(0, heads).flat()
  const beside: SetCell[][] = set.map(() => [])
  for (const row of set.slice(heads))
    for (const c of row) if (c.cell.head) for (let r = c.row; r < c.row + c.cell.rows; r++) beside[r]!.push(c)
  return ({ cell, row }) => {
    const found = above.filter(
      (h) => h.row < row && h.cell.column < cell.column + cell.span && cell.column < h.cell.column + h.cell.span,
    )
    for (const h of beside[row]!) if (h.cell.column < cell.column) found.push(h)
    return found.length > 0 ? found.map((h) => h.tag) : undefined
  }
}

function cellTag(cell: Cell, isHead: boolean, row: TagParent, headers: number[] | undefined): TagParent {
  return tagParent(cell.head || isHead ? 'TH' : 'TD', row, {
    scope: isHead ? 'Column' : cell.head ? 'Row' : undefined,
    colSpan: cell.span > 1 ? cell.span : undefined,
    rowSpan: cell.rows > 1 ? cell.rows : undefined,
    headers,
  })
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

interface Group {
  /** Rows [from, to). */
  from: number
  to: number
  /** Cells run on from this row to the next group. */
  parted: boolean
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

interface Call {
  note: string
  line: number
}

/** The notes that a row calls, in order, with the line that calls them: a row that is not parted has but one. */
function callsOf(row: readonly SetCell[], tall: boolean): Call[] {
  const calls: Call[] = []
  for (const { cell, b } of row) {
    for (const span of cell.paragraph.prose.spans) {
      if (span.kind !== 'note' || !span.first) continue
      let line = 0
      if (tall && cell.rows === 1)
        while (line + 1 < b.lines.ends.length && startOffset(b, line + 1) <= span.start) line++
      calls.push({ note: span.note, line })
    }
  }
  return calls
}

function stopsOf(count: number): Uint8Array {
  const stops = new Uint8Array(count).fill(MAY)
  if (count === 1) stops[0] = NEVER
  else {
    stops[0] = STUB
    stops[count - 2] = STUB
  }
  return stops
}
