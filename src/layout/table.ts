// A table goes in; one element a row comes out: columns sized by content, the head repeated over pages.
import type { Block, Prose, TableRow } from '../model/book.js'
import { alignsOf, placeCells } from '../model/columns.js'
import { TABLE } from '../theme/givens.js'
import { baseline } from './baseline.js'
import { NEVER, type Way } from './breakpages.js'
import { type Around, type Flow, type FlowElement, tagParent } from './flow.js'
import { type BrokenParagraph, inlineTags, naturalWidth, paintLine, widestPiece } from './lines.js'
import type { Paragraph } from './paragraph.js'
import { limitsFor, paragraphElement } from './paragraphs.js'
import type { Sheet } from './sheet.js'

type Table = Extract<Block, { kind: 'table' }>

interface Cell {
  paragraph: Paragraph
  column: number
  span: number
  rows: number
  head: boolean
}

const RULE = 0.5

export function tableElements(block: Table, around: Around, flow: Flow): FlowElement[] {
  const { styles } = flow.setting
  const width = flow.measure - around.left - around.right
  const grids = [...block.head, ...block.body]
  const cells = collectCells(grids, around, flow)
  const columns = Math.max(1, ...cells.map((row) => row.reduce((n, c) => Math.max(n, c.column + c.span), 0)))
  const gutter = TABLE.gutter * styles.em
  const widths = columnWidths(cells, columns, width, gutter)
  const total = widths.reduce((a, b) => a + b, 0) + gutter * (columns - 1)
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((a, b) => a + b + gutter, 0))
  const x0 = around.left + (width - total) / 2
  const given = alignsOf(block)
  const aligns = widths.map((_, i) => given[i] ?? 'left')

  const table = tagParent('Table', around.tag, { lang: block.lang })
  const head = tagParent('THead', table)
  const body = tagParent('TBody', table)
  const style = styles.of('cell')

  const set = cells.map((row) =>
    row.map((cell) => {
      const measure =
        widths.slice(cell.column, cell.column + cell.span).reduce((a, b) => a + b, 0) + gutter * (cell.span - 1)
      const s = cell.paragraph.style
      const lines = flow.breaker.breakLines(
        cell.paragraph.ends,
        { ...limitsFor({ ...s, align: 'left' }, measure, [0]) },
        0,
        cell.paragraph.divide,
      )[0]!
      const b: BrokenParagraph = {
        paragraph: cell.paragraph,
        lines,
        measure,
        insets: [0],
        justified: false,
        align: aligns[cell.column] ?? 'left',
      }
      return { cell, b, measure }
    }),
  )
  const heights = set.map((row) => {
    const lines = Math.max(1, ...row.filter(({ cell }) => cell.rows === 1).map(({ b }) => b.lines.ends.length))
    return (lines * style.leading) / flow.grid + TABLE.padding * 2
  })
  const headHeight = heights.slice(0, block.head.length).reduce((a, b) => a + b, 0)

  const paintRow = (sheet: Sheet, r: number, y: number, tagged: boolean): void => {
    const row = set[r]!
    const isHead = r < block.head.length
    const tr = tagged ? rowTags[r]! : undefined
    for (const { cell, b } of row) {
      const s = b.paragraph.style
      const own = tr
        ? cellTag(cell.head || isHead ? 'TH' : 'TD', tr, {
            scope: isHead ? 'Column' : cell.head ? 'Row' : undefined,
            colSpan: cell.span > 1 ? cell.span : undefined,
            rowSpan: cell.rows > 1 ? cell.rows : undefined,
          })(sheet)
        : -1
      const tags = inlineTags(b.paragraph.inlines, own)
      for (let i = 0; i < b.lines.ends.length; i++)
        paintLine(
          b,
          i,
          sheet.left + x0 + lefts[cell.column]!,
          baseline(y + TABLE.padding * flow.grid + i * s.leading, s.leading),
          sheet,
          flow.setting.book,
          tags,
        )
    }
    const rule = (at: number, weight: number) =>
      sheet.page.items.push({
        kind: 'rule',
        tag: -1,
        x: sheet.left + x0,
        y: at,
        width: total,
        height: weight,
        colour: style.lettering.colour,
      })
    if (r === 0) rule(y - RULE, RULE * 1.6)
    if (r === block.head.length - 1) rule(y + heights[r]! * flow.grid - RULE, RULE)
    if (r === set.length - 1) rule(y + heights[r]! * flow.grid, RULE * 1.6)
  }
  const cellTag = (type: 'TH' | 'TD', parent: ReturnType<typeof tagParent>, more: object) => {
    const made = tagParent(type, parent, more)
    // an empty cell is a cell all the same: its tag is made even if nothing is painted
    return (sheet: Sheet) => made.of(sheet)
  }
  const rowTags = set.map((_, r) => tagParent('TR', r < block.head.length ? head : body))

  const out: FlowElement[] = set.map((row, r): FlowElement => {
    const isHead = r < block.head.length
    const way: Way = { lines: 1, height: heights[r]!, cost: 0, stops: new Uint8Array([NEVER]), notes: undefined }
    return {
      ways: [way],
      gap: 0,
      before: 0,
      after: 0,
      // a table leaves two rows at least on either side of a page's end
      keepNext:
        isHead || rowSpansBelow(cells, r) || (set.length > 3 && (r === block.head.length || r === set.length - 2)),
      repeat: isHead ? 0 : headHeight,
      paint(sheet, _way, _from, _to, y, repeated) {
        if (repeated) {
          let at = y - headHeight * flow.grid
          for (let h = 0; h < block.head.length; h++) {
            paintRow(sheet, h, at, false)
            at += heights[h]! * flow.grid
          }
        }
        paintRow(sheet, r, y, true)
      },
      start: () => ({ n: row[0]?.cell.paragraph.prose.n ?? block.n, offset: 0 }),
      notes: () =>
        row.flatMap(({ cell }) =>
          cell.paragraph.prose.spans.flatMap((s) => (s.kind === 'note' && s.first ? [s.note] : [])),
        ),
    }
  })
  for (let r = 0; r < out.length; r++) {
    const ids = out[r]!.notes(0, 0, 1)
    if (ids.length > 0)
      out[r]!.ways = [
        { ...out[r]!.ways[0]!, notes: Float64Array.of(ids.reduce((sum, id) => sum + flow.noteDepth(id), 0)) },
      ]
  }
  if (block.caption) {
    const caption = captionElement(block.caption, around, tagParent('Caption', table), flow)
    caption.keepNext = true
    caption.before = style.before
    out.unshift(caption)
  } else if (out[0]) out[0].before = style.before
  const last = out[out.length - 1]
  if (last) last.after = style.after
  return out
}

function captionElement(prose: Prose, around: Around, tag: ReturnType<typeof tagParent>, flow: Flow): FlowElement {
  return paragraphElement(prose, 'caption', around, tag, flow, 0)
}

function collectCells(rows: readonly TableRow[], around: Around, flow: Flow): Cell[][] {
  return placeCells(rows).map((row) =>
    row.map(({ cell, column }): Cell => {
      const style = flow.setting.styles.of(cell.head ? 'cell-head' : 'cell')
      const paragraph = flow.collector.collect(cell.prose, style, around.language, false)
      return { paragraph, column, span: cell.colSpan, rows: cell.rowSpan, head: cell.head }
    }),
  )
}

function rowSpansBelow(cells: readonly Cell[][], r: number): boolean {
  for (let i = 0; i <= r; i++) for (const cell of cells[i]!) if (i + cell.rows - 1 > r) return true
  return false
}

/** CSS's automatic table layout in small: every column gets its longest word, what is left goes by how much more each could use. */
function columnWidths(cells: readonly Cell[][], columns: number, width: number, gutter: number): number[] {
  const least = new Array<number>(columns).fill(0)
  const most = new Array<number>(columns).fill(0)
  for (const row of cells) {
    for (const cell of row) {
      if (cell.span !== 1) continue
      least[cell.column] = Math.max(least[cell.column]!, widestPiece(cell.paragraph))
      most[cell.column] = Math.max(most[cell.column]!, naturalWidth(cell.paragraph) + 0.1)
    }
  }
  const room = width - gutter * (columns - 1)
  const wanted = most.reduce((a, b) => a + b, 0)
  if (wanted <= room) return most
  const needed = least.reduce((a, b) => a + b, 0)
  if (needed >= room) return least.map((w) => (w / needed) * room)
  const spare = most.map((w, i) => w - least[i]!)
  const more = spare.reduce((a, b) => a + b, 0)
  return least.map((w, i) => w + ((room - needed) * spare[i]!) / more)
}
