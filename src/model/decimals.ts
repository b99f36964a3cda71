// A table's cells go in; for each column that is all numbers, some with a fraction, what of each number stands behind its point comes out:
// both outputs put points below one another.
import type { Block } from './book.js'
import { alignsOf, placeCells } from './table-columns.js'

/** Sign and unit before, figures with points and white between them, half or quarter, percent or a note's call behind. */
const NUMBER = /^[−–+-]?\s?[$£€¥]?\s?[\d.,·'’ \u00a0\u202f]*[\d¼½¾⅐-⅞]\s?%?\ufffc?$/u

/** By column: the text behind the whole number in each cell, by its prose's number; undefined for a column that is not to be aligned so. */
export function fractionsOf(table: Extract<Block, { kind: 'table' }>): (Map<number, string> | undefined)[] {
  const aligns = alignsOf(table)
  const columns: { n: number; text: string }[][] = []
  for (const row of placeCells([...table.head, ...table.body]).slice(table.head.length)) {
    for (const { cell, column } of row) {
      const text = cell.prose.text.trim()
      if (cell.colSpan !== 1 || /^[-–—]?$/.test(text)) continue
      columns[column] ??= []
      columns[column].push({ n: cell.prose.n, text })
    }
  }
  return Array.from({ length: Math.max(columns.length, aligns.length) }, (_, i) => {
    const cells = columns[i] ?? []
    if (aligns[i] !== 'right' || !cells.every(({ text }) => NUMBER.test(text))) return undefined
    const point = pointOf(cells.map(({ text }) => text))
    const found = new Map(cells.map(({ n, text }) => [n, behind(text, point)]))
    // columns of whole numbers, or of fractions that are alike, stand so already
    return new Set([...found.values()].map((part) => part.replace(/\d/g, '0'))).size > 1 ? found : undefined
  })
}

/** Three figures behind a point may be thousands; anything else tells it for the whole column, and so does another sign before it. */
function pointOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const [, before = '', point, figures] = /^(.*?)([.,·])(\d+)[^\d.,·]*$/u.exec(text) ?? []
    if (point === undefined) continue
    if (figures!.length !== 3 || (/[.,]/.test(before) && !before.includes(point))) return point
  }
  return undefined
}

function behind(text: string, point: string | undefined): string {
  const at = point === undefined ? -1 : text.lastIndexOf(point)
  return at >= 0 ? text.slice(at) : (/[¼½¾⅐-⅞]?\s?%?\ufffc?$/u.exec(text)?.[0] ?? '')
}

/** White as wide as what of the longest fraction a cell lacks, in figures of one width. */
export function fractionSpace(part: string, longest: string): string {
  const lacking = [...longest].slice([...part].length)
  return lacking.map((letter) => (/[.,·]/.test(letter) ? '\u2008' : '\u2007')).join('')
}
