// A table goes in; the column of every cell and the alignment of every column come out, as both outputs need them.
import type { Align, Block, TableCell, TableRow } from './book.js'

export interface PlacedCell {
  cell: TableCell
  /** From 0. */
  column: number
}

/** Columns that a cell of a row above still covers are passed over. */
export function placeCells(rows: readonly TableRow[]): PlacedCell[][] {
  const covered: number[] = []
  return rows.map((row) => {
    const placed: PlacedCell[] = []
    let column = 0
    for (const cell of row.cells) {
      while ((covered[column] ?? 0) > 0) column++
      placed.push({ cell, column })
      for (let i = 0; i < cell.colSpan; i++) covered[column + i] = cell.rowSpan
      column += cell.colSpan
    }
    for (let i = 0; i < covered.length; i++) covered[i] = Math.max(0, (covered[i] ?? 0) - 1)
    return placed
  })
}

const NUMBER = /^[−–+-]?[\d\s.,\u00a0\u202f]*\d\s?%?$/

/** As the author has it; where that is nothing, a column of numbers stands to the right. */
export function alignsOf(table: Extract<Block, { kind: 'table' }>): Align[] {
  const columns: string[][] = []
  for (const row of placeCells([...table.head, ...table.body]).slice(table.head.length)) {
    for (const { cell, column } of row) {
      const text = cell.prose.text.trim()
      if (cell.colSpan !== 1 || text === '') continue
      const there = columns[column]
      if (there) there.push(text)
      else columns[column] = [text]
    }
  }
  const count = Math.max(table.aligns.length, columns.length)
  return Array.from({ length: count }, (_, i) => {
    const texts = columns[i] ?? []
    return table.aligns[i] ?? (texts.length > 0 && texts.every((text) => NUMBER.test(text)) ? 'right' : undefined)
  })
}
