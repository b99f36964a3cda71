// A list goes in; the elements of its items come out, each item's first line with its label beside it.
import type { Block } from '../../model/book.js'
import { atLevel, labelOf, systemOf } from '../../theme/list-labels.js'
import type { Way } from '../breaking/break-pages.js'
import { baseline } from '../text/baseline.js'
import { type PrintStyle, small } from '../text/styles.js'
import { runOf, spaced } from '../text/text-run.js'
import {
  type Around,
  bind,
  container,
  type Flow,
  type FlowElement,
  surround,
  tagParent,
  textOfNote,
} from './element.js'
import { paragraphElement } from './prose-element.js'

const LED_TO: ReadonlySet<Block['kind'] | undefined> = new Set(['list', 'code', 'figure', 'table'] as const)

export function listElements(block: Extract<Block, { kind: 'list' }>, around: Around, flow: Flow): FlowElement[] {
  const { styles } = flow.setting
  const style = around.note ? small(styles.of('list'), styles.of('note')) : styles.of('list')
  const level = around.lists ?? 0
  const { bullets, numbers } = styles.theme.lists ?? {}
  const manner = atLevel(numbers, level) ?? '1.'
  const bullet = atLevel(bullets, level) ?? '•'
  const numbering = block.ordered ? systemOf(manner).pdf : 'Disc'
  const list = tagParent('L', around.tag, { lang: block.lang, numbering })
  const labels = block.items.map((_, i) => (block.ordered ? labelOf(block.start + i, manner) : bullet))
  const l = style.lettering
  const gap = l.size * 0.5
  const boxes = labels.map((label) =>
    flow.setting.faces.box(l.face, l.features.replace('pnum', 'tnum'), around.language, label),
  )
  let widest = 0
  for (const box of boxes) widest = Math.max(widest, (box.width / 1000) * l.size)
  const behind = textOfNote(around, flow)
  const left = behind > 0 ? behind + widest + gap : Math.max(style.left, widest + gap)
  const out: FlowElement[] = []
  block.items.forEach((item, i) => {
    const tag = tagParent('LI', list)
    const label = tagParent('Lbl', tag)
    const body = tagParent('LBody', tag)
    const inner: Around = {
      ...around,
      tag: body,
      role: 'list',
      lists: level + 1,
      left: around.left + left,
      right: around.right + style.right,
    }
    const elements = flow.blocks(item.blocks, inner, flow)
    let first = elements[0]
    if (!first) {
      first = emptyElement(style, flow.shape.grid)
      elements.push(first)
    }
    // what leads to a list, a listing or a picture inside the item does not stay behind at the foot of a page
    for (let at = 0; item.blocks[at]?.kind === 'paragraph'; at++)
      if (LED_TO.has(item.blocks[at + 1]?.kind)) elements[at]!.keepNext = true
    const paint = first.paint
    const opens = item.blocks[0]?.kind
    const element = first
    const box = boxes[i]!
    first.paint = (sheet, way, from, to, y, repeated) => {
      // label and text share a baseline, whatever the leading of the text
      const leading =
        opens === 'table' || opens === 'figure' ? style.leading : element.ways[way]!.height * flow.shape.grid
      if (from === 0 && item.task !== true) {
        const x = sheet.left + around.left + left - gap - (box.width / 1000) * l.size
        const space = flow.setting.faces.box(l.face, l.features, around.language, ' ').codes
        sheet.page.items.push(runOf(spaced(box, space), l, label.of(sheet), x, baseline(y, leading)))
      }
      paint(sheet, way, from, to, y, repeated)
    }
    for (const element of elements) out.push(element)
  })
  if (around.role !== 'list') surround(out, style)
  return out
}

function emptyElement(style: PrintStyle, grid: number): FlowElement {
  const way: Way = { lines: 1, height: style.leading / grid, cost: 0, stops: new Uint8Array(1), notes: undefined }
  return {
    ways: [way],
    gap: 0,
    before: 0,
    after: 0,
    keepNext: style.keepNext,
    repeat: 0,
    paint: () => {},
    start: () => undefined,
    notes: () => [],
  }
}

export function definitionElements(
  block: Extract<Block, { kind: 'definitions' }>,
  around: Around,
  flow: Flow,
): FlowElement[] {
  const list = tagParent('L', around.tag, { lang: block.lang, numbering: 'None' })
  const out: FlowElement[] = []
  for (const entry of block.entries) {
    const item = tagParent('LI', list)
    for (const term of entry.terms)
      out.push(paragraphElement(term, 'term', around, tagParent('Lbl', item), flow, block.place.line))
    const body = tagParent('LBody', item)
    for (const definition of entry.definitions) {
      const elements = container(definition, 'definition', around, body, flow)
      if (flow.setting.styles.of('definition').keepTogether) bind(elements, flow.shape.depth)
      for (const element of elements) out.push(element)
    }
  }
  return out
}
