// A block's elements and the box of its style go in; the same elements, with room for the box above and below and the box
// painted behind them, come out. A box that is parted by a page's end is open there, as it is in the EPUB.
import { standing } from '../../theme/box.js'
import { NEVER, type Way } from '../breaking/break-pages.js'
import type { Sheet } from '../sheet.js'
import type { PrintBox, PrintEdge } from '../text/styles.js'
import type { Page, Rule } from '../typeset.js'
import type { Flow, FlowElement } from './element.js'

/** `left`, `right`: what the box keeps free of the measure, points. */
export function boxed(
  elements: FlowElement[],
  box: PrintBox,
  { left, right }: { left: number; right: number },
  flow: Flow,
): FlowElement[] {
  const { grid } = flow.shape
  const first = elements[0]
  const last = elements[elements.length - 1]
  if (!first || !last) return elements
  const above = box.padding.above + (box.above?.weight ?? 0)
  const below = box.padding.below + (box.below?.weight ?? 0)
  const width = Math.max(1, flow.measure - left - right)
  /** What is painted on the page at hand, longer with every element. */
  let page: Page | undefined
  let growing: Rule[] = []
  let from = 0
  const rule = (x: number, y: number, w: number, height: number, colour: string): Rule => ({
    kind: 'rule',
    tag: -1,
    x,
    y,
    width: w,
    height,
    colour,
  })
  const across = (edge: PrintEdge, sheet: Sheet, y: number): void => {
    const w = width * edge.width
    const at = standing(box.align)
    const shift = at === 'start' ? 0 : at === 'middle' ? (width - w) / 2 : width - w
    sheet.page.items.push(rule(sheet.left + left + shift, y, w, edge.weight, edge.colour))
  }
  const extend = (sheet: Sheet, top: number, bottom: number): void => {
    if (page !== sheet.page) {
      page = sheet.page
      from = top
      growing = []
      const x = sheet.left + left
      if (box.ground !== undefined) growing.push(rule(x, top, width, 0, box.ground))
      if (box.start) growing.push(rule(x, top, box.start.weight, 0, box.start.colour))
      if (box.end) growing.push(rule(x + width - box.end.weight, top, box.end.weight, 0, box.end.colour))
      for (const item of growing) sheet.page.items.push(item)
    }
    for (const item of growing) item.height = Math.max(item.height, bottom - from)
  }
  for (const element of elements) {
    const { paint } = element
    element.paint = (sheet, way, start, end, y, repeated) => {
      const { height, lines } = element.ways[way]!
      const opens = element === first && start === 0
      const closes = element === last && end === lines
      const top = y - (opens ? above : repeated ? element.repeat * grid : 0)
      const bottom = y + (end - start) * height * grid + (closes ? below : 0)
      extend(sheet, top, bottom)
      if (opens && box.above) across(box.above, sheet, top)
      paint(sheet, way, start, end, y, repeated)
      if (closes && box.below) across(box.below, sheet, bottom - box.below.weight)
    }
  }
  const out = [...elements]
  if (above > 0) {
    out.unshift({ ...room(above / grid), lack: first.lack, before: first.before, keepNext: true })
    first.before = 0
  }
  if (below > 0) {
    out.push({ ...room(below / grid), lack: last.lack, after: last.after, keepNext: last.keepNext })
    last.after = 0
    last.keepNext = true
  }
  return out
}

/** Lines of the grid that stay empty. */
function room(height: number): FlowElement {
  const way: Way = { lines: 1, height, cost: 0, stops: new Uint8Array([NEVER]), notes: undefined }
  return {
    ways: [way],
    gap: 0,
    before: 0,
    after: 0,
    keepNext: false,
    repeat: 0,
    paint: () => {},
    start: () => undefined,
    notes: () => [],
  }
}
