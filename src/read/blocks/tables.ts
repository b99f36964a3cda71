// In: tables as they were written, and blocks in which a table's caption may stand beside it. Out: tables whose rows all
// have as many columns as the table, with their captions.
import type { Block, Prose, TableCell, TableRow } from '../../model/book.js'
import { lettersIn } from '../../model/letters.js'
import { owe } from '../account.js'
import type { FileContext } from '../context.js'
import { applyEdits } from '../inline/edits.js'
import { trailingAttributes } from '../markdown/attributes.js'
import { attributed } from './stream.js'

const CAPTION = /^(?:Table)?:\s+(?=\S)/

/** `Table: …` or `: …` right after or before a table, as Pandoc has it. */
export function captionTables(blocks: Block[], ctx: FileContext): Block[] {
  if (!blocks.some((block) => block.kind === 'table')) return blocks
  const kept: Block[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const next = blocks[i + 1]
    const before = kept.at(-1)
    const prefix = block.kind === 'paragraph' ? CAPTION.exec(block.prose.text) : null
    const table =
      before?.kind === 'table' && before.caption === undefined ? before : next?.kind === 'table' ? next : undefined
    if (block.kind === 'paragraph' && prefix !== null && table !== undefined) {
      applyEdits(block.prose, [{ at: 0, out: prefix[0].length, put: '' }])
      owe(ctx, -lettersIn(prefix[0]))
      table.caption = block.prose
      if (block.id !== undefined) table.id ??= block.id
      takeAttributes(table, block.prose, ctx)
    } else kept.push(block)
  }
  return kept
}

/** `: Caption {#id .class}` */
function takeAttributes(table: Block & { kind: 'table' }, caption: Prose, ctx: FileContext): void {
  const found = trailingAttributes(caption.text)
  if (found === undefined) return
  owe(ctx, -lettersIn(caption.text.slice(found.text.length)))
  applyEdits(caption, [{ at: found.text.length, out: caption.text.length - found.text.length, put: '' }])
  const own = attributed(found.attributes, table.place.line - 1 - ctx.skipped, ctx)
  table.id ??= own.id
  table.lang ??= own.lang
  table.classes = table.classes.concat(own.classes)
}

/** Fills gaps with empty cells and cuts spans that reach too far. Returns the number of columns; undefined: too many cells to fill. */
export function square(groups: readonly TableRow[][], most: number): number | undefined {
  const rows = groups.reduce((sum, group) => sum + group.length, 0)
  const width = (row: TableRow) => row.cells.reduce((sum, cell) => sum + cell.colSpan, 0)
  const widest = groups.flat().reduce((most, row) => Math.max(most, width(row)), 0)
  if (rows * widest > most) return undefined
  let columns = 0
  for (const rows of groups) {
    /** Rows for which each column is still covered from above. */
    const covered: number[] = []
    const widths: number[] = []
    rows.forEach((row, r) => {
      let column = 0
      for (const cell of row.cells) {
        while ((covered[column] ?? 0) > 0) column++
        cell.rowSpan = Math.min(cell.rowSpan, rows.length - r)
        for (let k = 0; k < cell.colSpan; k++) {
          // A cell that would lie over one from above is as narrow as the room it has.
          if ((covered[column + k] ?? 0) > 0) {
            cell.colSpan = k
            break
          }
          covered[column + k] = cell.rowSpan
        }
        column += cell.colSpan
      }
      widths.push(covered.findLastIndex((left) => left > 0) + 1)
      for (let k = 0; k < covered.length; k++) covered[k] = Math.max(0, (covered[k] ?? 0) - 1)
    })
    columns = widths.reduce((most, one) => Math.max(most, one), columns)
  }
  for (const rows of groups) fillRows(rows, columns)
  return columns
}

function fillRows(rows: readonly TableRow[], columns: number): void {
  const covered: number[] = []
  for (const row of rows) {
    let column = 0
    const cells: TableCell[] = []
    let k = 0
    while (column < columns) {
      if ((covered[column] ?? 0) > 0) {
        column++
        continue
      }
      const cell = row.cells[k++] ?? emptyCell()
      cells.push(cell)
      for (let c = 0; c < cell.colSpan; c++) covered[column + c] = cell.rowSpan
      column += cell.colSpan
    }
    row.cells = cells
    for (let c = 0; c < columns; c++) covered[c] = Math.max(0, (covered[c] ?? 0) - 1)
  }
}

function emptyCell(): TableCell {
  return { prose: { n: 0, text: '', spans: [] }, head: false, colSpan: 1, rowSpan: 1 }
}
