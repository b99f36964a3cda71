// A table's cells go in; for each column that is all numbers, some with a fraction, what of each number stands behind its point comes out:
// both outputs put points below one another.
import type { Block } from './book.js'
import { alignsOf, placeCells } from './columns.js'

/** Sign and unit before, figures parted by thousands, point and fraction, percent or a footnote's mark behind. */
const NUMBER =
  /^([−–+-]?\s?[$£€¥]?\s?(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+))?([.,·]\d+)?([¼½¾⅐-⅞]?\s?%?\ufffc?)$/u

/** By column: the text behind the whole number in each cell, by its prose's number; undefined for a column that is not to be aligned so. */
export function fractionsOf(table: Extract<Block, { kind: 'table' }>): (Map<number, string> | undefined)[] {
  const aligns = alignsOf(table)
  const columns: (Map<number, string> | undefined)[] = []
  for (const row of placeCells([...table.head, ...table.body]).slice(table.head.length)) {
    for (const { cell, column } of row) {
      const text = cell.prose.text.trim()
      if (cell.colSpan !== 1 || /^[-–—]?$/.test(text)) continue
      const [, whole, fraction = '', rest = ''] = NUMBER.exec(text) ?? []
      if (!(column in columns)) columns[column] = new Map()
      if (whole === undefined && fraction === '' && rest.trim() === '') columns[column] = undefined
      columns[column]?.set(cell.prose.n, fraction + rest)
    }
  }
  return Array.from({ length: Math.max(columns.length, aligns.length) }, (_, i) => {
    const found = columns[i]
    if (found === undefined || aligns[i] !== 'right') return undefined
    // columns of whole numbers, or of fractions that are alike, stand so already
    return new Set([...found.values()].map((part) => part.replace(/\d/g, '0'))).size > 1 ? found : undefined
  })
}

/** White as wide as what of the longest fraction a cell lacks, in figures of one width. */
export function fractionSpace(part: string, longest: string): string {
  const lacking = [...longest].slice([...part].length)
  return lacking.map((letter) => (/[.,·]/.test(letter) ? '\u2008' : '\u2007')).join('')
}
