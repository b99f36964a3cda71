// A table goes in; one element a row comes out: columns sized by content, the head repeated over pages.
import { MAY, NEVER, STUB, type Way } from '../breaking/break-pages.js'
import { startOffset } from '../text/lines.js'
import type { PrintStyle } from '../text/styles.js'
import { type Around, type Flow, type FlowElement, tagParent } from './element.js'
import { paragraphElement } from './prose-element.js'
import { paintRow, type TableTags, tableTags } from './table-paint.js'
import { type Group, leadingOf, lineCount, type SetCell, type SetTable, setTable, type Table } from './table-set.js'

export function tableElements(block: Table, around: Around, flow: Flow): FlowElement[] {
  const table = setTable(block, around, flow)
  const tags = tableTags(block, table, around.tag)
  const repeat = repeated(table, flow.shape.depth)
  const out = table.groups.map((group) => rowElement(group, block, table, tags, repeat, flow))
  const { style } = table
  if (block.caption) {
    const tag = tagParent('Caption', tags.table)
    const caption = paragraphElement(block.caption, 'caption', around, tag, flow, block.place.line)
    if (flow.setting.styles.theme.captions?.tables === 'below') {
      captionBelow(out, caption, style)
      return offGrid(out)
    }
    caption.keepNext = true
    caption.before = style.before
    out.unshift(caption)
  } else if (out[0]) out[0].before = style.before
  const last = out[out.length - 1]
  if (last) {
    last.after = style.after
    last.keepNext ||= style.keepNext
  }
  return offGrid(out)
}

/** Rows are as high as they are: what all of them lack stands above the table and below it. */
function offGrid(elements: FlowElement[]): FlowElement[] {
  for (const element of elements) element.lack = 'halved'
  return elements
}

/** How high the head is, in lines of the grid, where it is repeated; 0 if it is too high for that. */
function repeated({ heads, heights }: SetTable, depth: number): number {
  let height = 0
  for (let r = 0; r < heads; r++) height += heights[r]!
  return height > depth / 2 ? 0 : height
}

/** Rows that stand together. `repeat`: the height of the head at the top of the pages that follow. */
function rowElement(
  { from: first, to: end, parted }: Group,
  block: Table,
  table: SetTable,
  tags: TableTags,
  repeat: number,
  flow: Flow,
): FlowElement {
  const { rows, heads, heights, tall, grid } = table
  const count = lineCount(table, first)
  const calls: Call[] = []
  let height = 0
  for (let r = first; r < end; r++) {
    for (const call of callsOf(rows[r]!, tall[r]!)) calls.push(call)
    height += heights[r]!
  }
  let notes: number[][] | undefined
  if (calls.length > 0) {
    notes = Array.from({ length: count }, () => [])
    for (const call of calls) notes[call.line]!.push(flow.noteCall(call.note))
  }
  const way: Way = {
    lines: count,
    height: tall[first] ? leadingOf(table, first) / grid : height,
    cost: 0,
    stops: stopsOf(count),
    notes,
  }
  const above = tall[first] ? flow.setting.styles.theme.tables.padding : 0
  return {
    ways: [way],
    gap: 0,
    before: above,
    after: above * (tall[end] ? 2 : 1),
    // a table leaves two rows at least on either side of a page's end
    keepNext: end <= heads || parted || (rows.length > 3 && (first <= heads || end === rows.length - 1)),
    repeat: first < heads || repeat === 0 ? 0 : repeat + above,
    paint(sheet, _way, from, to, y, again) {
      if (again) {
        const anchors = sheet.page.anchors.length
        let at = y - (repeat + above) * grid
        for (let h = 0; h < heads; h++) {
          paintRow(table, tags, sheet, h, 0, 1, at, true)
          at += heights[h]! * grid
        }
        // links lead to the head itself, not to what repeats it
        sheet.page.anchors.length = anchors
      }
      let at = y
      for (let r = first; r < end; r++) {
        paintRow(table, tags, sheet, r, from, to, at, false)
        at += heights[r]! * grid
      }
    },
    start(_way, from) {
      const row = rows[first]!
      if (from === 0) return { n: row[0]?.cell.paragraph.prose.n ?? block.n, offset: 0 }
      const going = row.find(({ b, cell }) => cell.rows === 1 && b.lines.ends.length > from)
      return going && { n: going.cell.paragraph.prose.n, offset: startOffset(going.b, from) }
    },
    notes: (_way, from, to) => calls.filter((call) => call.line >= from && call.line < to).map((call) => call.note),
  }
}

/** The last row stays with what it is called by. */
function captionBelow(rows: FlowElement[], caption: FlowElement, { before, keepNext }: PrintStyle): void {
  const [first, last] = [rows[0], rows[rows.length - 1]]
  if (first) first.before = before
  if (last) last.keepNext = true
  caption.keepNext ||= keepNext
  rows.push(caption)
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
