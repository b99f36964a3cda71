// A heading that has a number goes in; number and title come out, two elements in one heading: above each other, or side by side.
import type { Block, Prose } from '../../model/book.js'
import { restyle } from '../text/styles.js'
import { boxed } from './boxed.js'
import type { Around, Flow, FlowElement, TagParent } from './element.js'
import { ornamentElement } from './ornament.js'
import { broken, paragraphElement, proseBetween } from './prose-element.js'

type Heading = Extract<Block, { kind: 'heading' }>

/** What a theme's column for numbers is, em, if it does not say. */
const NUMBER_COLUMN = 3

/** Undefined if the heading is set as a whole. */
export function numberedElements(
  block: Heading,
  around: Around,
  tag: TagParent,
  flow: Flow,
): FlowElement[] | undefined {
  const { styles } = flow.setting
  const { place = 'above', column = NUMBER_COLUMN, ornament } = styles.theme.numbering
  const span = block.prose.spans.find(({ kind, start }) => kind === 'number' && start === 0)
  if (span?.kind !== 'number' || place === 'line') return undefined
  const line = block.place.line
  const number = proseBetween(block.prose, 0, span.end, ['number'])
  const from = span.end + 1
  const title = proseBetween(block.prose, from, block.prose.text.length, ['number'])
  const set = (prose: Prose, role: Heading['role'], where: Around) =>
    paragraphElement(prose, role, where, tag, flow, line)
  const inset = place === 'beside' ? column * styles.em : 0
  const below = set(title, block.role, { ...around, left: around.left + inset })
  const { start, before } = below
  below.start = (way, at) => {
    const found = start(way, at)
    return found && { n: found.n, offset: found.offset + from }
  }
  if (place === 'beside') {
    const style = restyle(styles.of(span.role), { align: 'left', indent: 0 })
    const where = { ...around, right: Math.max(around.right, flow.measure - around.left - inset) }
    const paragraph = flow.setting.collector.collect(number, style, around.language, false, flow.setting)
    const beside = broken(paragraph, style, where, tag, flow, line)
    const lead = styles.of(block.role).leading - styles.of(span.role).leading
    const { paint } = below
    below.paint = (sheet, way, first, to, y, repeated) => {
      // on one baseline with the title's first line
      if (first === 0) beside.paint(sheet, 0, 0, beside.ways[0]!.lines, y + lead * 0.74, false)
      paint(sheet, way, first, to, y, repeated)
    }
    return [below]
  }
  const box = styles.box(span.role)
  const within = box && { left: around.left + box.insetStart, right: around.right + box.insetEnd }
  const above = set(number, span.role, { ...around, ...within })
  above.keepNext = true
  const own = styles.of(span.role)
  const space = Math.max(above.before, before)
  above.before = 0
  below.before = 0
  const insets = { left: around.left + own.left, right: around.right + own.right }
  const out = box ? boxed([above], box, insets, flow) : [above]
  out[0]!.before = space
  if (ornament !== undefined) {
    const last = out.at(-1)!
    const made = ornamentElement(() => ornament, block.n, own, around, flow)
    made.after = last.after
    last.after = 0
    out.push({ ...made, before: 0, keepNext: true })
  }
  return [...out, below]
}
