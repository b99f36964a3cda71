// A section whose theme sets it in columns goes in: its title over the whole measure, all else in columns below. Set as any other, but for
// where each column begins.
import type { Diagnostic } from '../../diagnostic.js'
import type { Block, Section } from '../../model/book.js'
import type { Around, Flow, FlowElement, TagParent } from '../blocks/element.js'
import { breakColumns } from '../breaking/break-columns.js'
import type { Placement } from '../breaking/break-pages.js'
import { closeGaps, type SetSection } from './set-section.js'

/** Between columns, em. */
const GUTTER = 2.2

const HEADS = new Set<string>(['title', 'part-title', 'subtitle', 'author'])

/** `sink`: empty lines above the title. Undefined if it is better set as one: a list that one page holds, or whose entries are too long. */
export function inColumns(
  section: Section,
  tag: TagParent,
  flow: Flow,
  columns: number,
  sink: number,
): SetSection | undefined {
  const { depth } = flow.shape
  const gutter = GUTTER * flow.setting.styles.em
  const width = (flow.measure - gutter * (columns - 1)) / columns
  const around: Around = { tag, left: 0, right: 0, role: undefined, language: section.language }
  const from = section.blocks.findIndex(({ role }) => !HEADS.has(role))
  if (from < 0 || width < 6 * flow.setting.styles.em) return undefined
  const rest = section.blocks.slice(from)
  // What is found in columns that are then given up is not so, or is found again.
  const found: Diagnostic[] = []
  const whole: Flow = { ...flow, plates: false, report: (diagnostic) => void found.push(diagnostic) }
  const heads = flow.blocks(section.blocks.slice(0, from), around, whole)
  const body = flow.blocks(rest, around, { ...whole, measure: width })
  if (isList(rest) && (turnedOver(body) > MOST_TURNED || heightOf(body) + sink + heightOf(heads) <= depth))
    return undefined
  for (const diagnostic of found) flow.report(diagnostic)
  const elements = [...heads, ...body]
  closeGaps(elements)
  const placements: Placement[] = []
  let top = sink
  heads.forEach((head, element) => {
    const way = head.ways[0]!
    if (element > 0) top += head.gap
    placements.push({ element, way: 0, from: 0, to: way.lines, page: 0, top })
    top += way.lines * way.height
  })
  const above = Math.ceil(top + (body[0]?.gap ?? 0))
  const broken = breakColumns(body, { columns, depth, above })
  for (const placement of broken.placements)
    placements.push({ ...placement, element: placement.element + heads.length })
  const pages = { placements, count: broken.count, cost: 0, short: [] }
  return { section, elements, pages, tag, step: width + gutter, columnWidth: width }
}

/** Of a list's entries: where more of them need a second line, all stand better in long lines. */
const MOST_TURNED = 0.05

function turnedOver(body: readonly FlowElement[]): number {
  return body.filter(({ ways }) => ways[0]!.lines > 1).length / body.length
}

function isList(blocks: readonly Block[]): boolean {
  return blocks.length === 1 && blocks[0]!.kind === 'contents'
}

function heightOf(elements: readonly FlowElement[]): number {
  let sum = 0
  for (const { ways, before, after } of elements) sum += ways[0]!.lines * ways[0]!.height + Math.max(before, after)
  return sum
}
