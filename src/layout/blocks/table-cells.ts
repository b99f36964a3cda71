// The rows of a table go in; their cells, collected in the letters of cells and each in its column, come out.
import type { TableRow } from '../../model/book.js'
import { placeCells } from '../../model/table-columns.js'
import type { Paragraph } from '../text/piece.js'
import { type PrintStyle, small } from '../text/styles.js'
import type { Around, Flow } from './element.js'

export interface Cell {
  paragraph: Paragraph
  column: number
  span: number
  rows: number
  head: boolean
  /** A number of a column whose points stand below one another ends so much before its right edge, points. */
  extra: number
}

/** In a note cells are as much smaller than the note as cells are than the text. */
export function cellStyle(head: boolean, around: Around, flow: Flow): PrintStyle {
  const { styles } = flow.setting
  const own = styles.of(head ? 'cell-head' : 'cell')
  if (!around.note) return own
  const note = styles.of('note')
  const scale = note.lettering.size / styles.of('body').lettering.size
  return { ...small(own, note), lettering: styles.vary(own.lettering, { scale }) }
}

/** `divided`: their words may be; `lackOf`: how far a number ends from the right edge, by column and its prose's number. */
export function collectCells(
  rows: readonly TableRow[],
  around: Around,
  flow: Flow,
  divided: boolean,
  lackOf: (column: number, n: number) => number,
): Cell[][] {
  const collect = (head: boolean): PrintStyle => {
    const style = cellStyle(head, around, flow)
    return divided ? { ...style, hyphenate: true } : style
  }
  const styles = { head: collect(true), plain: collect(false) }
  return placeCells(rows).map((row, r) =>
    row.map(({ cell, column }): Cell => {
      const style = cell.head ? styles.head : styles.plain
      const paragraph = flow.setting.collector.collect(cell.prose, style, around.language, false, flow.setting)
      return {
        paragraph,
        column,
        span: cell.colSpan,
        rows: Math.min(cell.rowSpan, rows.length - r),
        head: cell.head,
        extra: lackOf(column, cell.prose.n),
      }
    }),
  )
}
