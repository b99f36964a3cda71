// A table that is set goes in, and one of its rows, with its place on a page; its cells come out painted, with tints, rules and tags.
import type { Sheet } from '../sheet.js'
import { baseline } from '../text/baseline.js'
import { inlineTags } from '../text/lines.js'
import { paintLine } from '../text/paint-line.js'
import { RULE, type TableRule } from '../text/styles.js'
import { type TagParent, tagParent } from './element.js'
import type { Cell } from './table-cells.js'
import { leadingOf, lineCount, type SetCell, type SetTable, type Table } from './table-set.js'

/** The tags of a table, and by row those of its rows. */
export interface TableTags {
  table: TagParent
  rows: readonly TagParent[]
  headers: (c: SetCell) => number[] | undefined
}

export function tableTags(block: Table, { rows, heads }: SetTable, parent: TagParent): TableTags {
  const table = tagParent('Table', parent, { lang: block.lang })
  // a table that is all head has no THead: that goes before a TBody only (ISO 14289-1, 7.2; ISO 32000-1, table 337)
  const head = block.body.length === 0 ? table : tagParent('THead', table)
  const body = tagParent('TBody', table)
  return {
    table,
    rows: rows.map((_, r) => tagParent('TR', r < heads ? head : body)),
    headers: headersIn(rows, heads),
  }
}

/** `lines` [from, to) of a row; a repeated row is painted whole and without tags. */
export function paintRow(
  table: SetTable,
  tags: TableTags,
  sheet: Sheet,
  r: number,
  from: number,
  to: number,
  y: number,
  repeated: boolean,
): void {
  const { heads, padding } = table
  const row = table.rows[r]!
  const tall = table.tall[r]!
  const count = lineCount(table, r)
  const depth = tall ? (to - from) * leadingOf(table, r) : table.heights[r]! * table.grid
  const inset = tall ? 0 : padding
  paintTint(table, r, y, depth, sheet)
  if (!repeated && from === 0)
    // an empty cell is a cell all the same: its tag is made even if nothing is painted
    for (const c of row) {
      c.tag = cellTag(c.cell, r < heads, tags.rows[r]!, tags.headers(c)).of(sheet)
      c.tags = inlineTags(c.b.paragraph.inlines, c.tag)
    }
  for (const c of row) {
    const size = c.b.lines.ends.length
    if (repeated) paintLines(table, c, 0, size, y + inset, sheet, undefined)
    else if (c.cell.rows === 1) paintLines(table, c, tall ? from : 0, tall ? to : size, y + inset, sheet, c.tags)
  }
  if (!repeated)
    for (const c of table.through[r]!)
      paintSpanning(table, c, sheet, y + inset, y + depth, to === count && r === c.row + c.cell.rows - 1)
  paintRules(table, r, y, depth, from === 0, to >= count, sheet)
}

function paintTint(table: SetTable, r: number, y: number, height: number, sheet: Sheet): void {
  const { looks, heads, left, width, bleed } = table
  const colour = r < heads ? looks.headGround : (r - heads) % 2 === 1 ? looks.stripes : undefined
  if (colour === undefined) return
  const x = sheet.left + left - bleed
  sheet.page.items.push({ kind: 'rule', tag: -1, x, y, width: width + 2 * bleed, height, colour })
}

/** Those above and below a row; `opens`, `ends`: its first lines are painted, its last. */
function paintRules(
  table: SetTable,
  r: number,
  y: number,
  depth: number,
  opens: boolean,
  ends: boolean,
  sheet: Sheet,
): void {
  const { looks, heads, rows, left, width, bleed, style } = table
  const { rules } = looks
  const rule = (at: number, edge: TableRule | undefined) => {
    if (edge)
      sheet.page.items.push({
        kind: 'rule',
        tag: -1,
        x: sheet.left + left - bleed + ((width + 2 * bleed) * (1 - edge.width)) / 2,
        y: at,
        width: (width + 2 * bleed) * edge.width,
        height: edge.weight,
        colour: edge.colour ?? style.lettering.colour,
      })
  }
  const outside = table.tall[r] ? table.padding : 0
  if (r === 0 && opens) rule(y - outside - RULE, rules.above)
  if (!ends) return
  if (r === heads - 1) rule(y + depth + outside - RULE, rules.head)
  else if (r < rows.length - 1) rule(y + depth + outside - (rules.rows?.weight ?? 0) / 2, rules.rows)
  if (r === rows.length - 1) rule(y + depth + outside, rules.below)
}

function paintLines(
  table: SetTable,
  c: SetCell,
  from: number,
  to: number,
  y: number,
  sheet: Sheet,
  tags: SetCell['tags'],
): void {
  const { leading } = c.b.paragraph.style
  const x = sheet.left + table.left + table.lefts[c.cell.column]! - c.cell.extra
  for (let i = from; i < Math.min(to, c.b.lines.ends.length); i++)
    paintLine(c.b, i, x, baseline(y + (i - from) * leading, leading), sheet, table.faces, tags ?? inlineTags([], -1))
}

/** The lines of a cell over rows run on from row to row, and from page to page. */
function paintSpanning(table: SetTable, c: SetCell, sheet: Sheet, top: number, bottom: number, last: boolean): void {
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
  paintLines(table, c, from, c.next, y, sheet, c.tags)
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
