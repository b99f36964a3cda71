// One section goes in; its column of elements, cut into pages, comes out. Notes are measured here and painted at the foot.

import type { Note, Section } from '../../model/book.js'
import type { SectionStyle } from '../../theme/theme.js'
import type { Flow, FlowElement, TagParent } from '../blocks/element.js'
import { breakPages, type Pages, type Placement } from '../breaking/break-pages.js'
import { NOTHING_ABOVE } from '../breaking/ends.js'
import { toGrid } from '../breaking/to-grid.js'
import { sinkOf } from '../page-frame.js'

export interface SetSection {
  section: Section
  elements: FlowElement[]
  pages: Pages
  tag: TagParent
  /** Of a section in columns: from one to the next, and how wide each is, points. */
  step?: number | undefined
  columnWidth?: number | undefined
}

/** A section whose pages cost this much has a page that is short, or ends badly. */
const UNEVEN = 1_500_000

/** `recto`: its first page is one. */
export function setSection(
  section: Section,
  style: SectionStyle,
  tag: TagParent,
  flow: Flow,
  recto: boolean,
  /** What stands behind its blocks. */
  end: readonly FlowElement[] = [],
  /** What stands in their place. */
  all?: FlowElement[],
): SetSection {
  const around = { tag, left: 0, right: 0, role: undefined, language: section.language }
  const elements = all ?? flow.blocks(section.blocks, around, flow)
  for (const element of end) elements.push(element)
  closeGaps(elements)
  const { depth, hang, openingHang, noteGap, noteLine } = flow.shape
  const limits = { depth, hang, openingHang, noteGap, noteLine, sink: sinkOf(style, flow.shape), recto }
  let pages = breakPages(elements, limits)
  if (pages.cost >= UNEVEN) {
    // no even pages with the paragraphs at their best: ask them for what else they can do
    for (const element of elements) element.offerMore?.()
    pages = breakPages(elements, limits)
  }
  if (pages.count === 1) {
    const isFoot = ({ element }: Placement) => elements[element]!.foot === true
    const open = pages.placements.filter((placement) => !isFoot(placement))
    if (style.align !== 'top') align(open, elements, style.align, depth)
    align(pages.placements.filter(isFoot), elements, 'foot', depth)
  }
  return { section, elements, pages, tag }
}

/** Of two spaces that meet, the larger holds. */
export function closeGaps(elements: FlowElement[]): void {
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i]!
    const gapAfter = (k: number) => (k < 0 ? 0 : Math.max(element.before, elements[k]!.after))
    element.gap = gapAfter(i - 1)
    let k = i - 1
    while (k >= 0 && elements[k]!.float) k--
    if (k < i - 1) element.gapPast = gapAfter(k)
  }
  toGrid(elements)
}

function align(placements: Placement[], elements: FlowElement[], how: 'middle' | 'foot', depth: number): void {
  let bottom = 0
  let top = Infinity
  for (const p of placements) {
    const way = elements[p.element]!.ways[p.way]!
    top = Math.min(top, p.top)
    bottom = Math.max(bottom, p.top + (p.to - p.from) * way.height)
  }
  // a little above the middle, where the eye takes the middle to be
  const shift = how === 'foot' ? depth - bottom : Math.max(0, Math.floor((depth - (bottom - top)) * 0.42) - top)
  for (const p of placements) p.top += Math.max(0, shift)
}

/** A note's own elements, set once. */
export interface SetNote {
  note: Note
  elements: FlowElement[]
  /** Lines of the grid. */
  depth: number
  /** Of a short note that may share its line with others: how much of the measure it takes, with the space behind it; 0 of any other. */
  share: number
  label: string
  /** Width of the column that labels end in, points; 0: they stand in the indent. */
  noteColumn: number
  language: string
  tag: TagParent
}

/** Of the measure: a longer note has its line for itself. */
const SHORT = 0.48
/** Between two notes in a line, em of theirs. */
const BETWEEN = 2

/** `runIn`: short notes may share a line. */
export function setNote(note: Note, flow: Flow, language: string, tag: TagParent, runIn = false): SetNote {
  // it stands below no line of the text
  const own = { ...flow, above: { line: NOTHING_ABOVE, next: 0, twice: false } }
  const elements = flow.blocks(note.blocks, { tag, left: 0, right: 0, role: 'note', language, note: true }, own)
  closeGaps(elements)
  let depth = 0
  for (const e of elements) {
    const way = e.ways[0]!
    depth += e.gap + way.lines * way.height
  }
  const width = runIn && elements.length === 1 ? (elements[0]!.width?.() ?? Infinity) / flow.measure : Infinity
  const between = (BETWEEN * flow.setting.styles.of('note').lettering.size) / flow.measure
  return {
    note,
    elements,
    depth,
    share: width <= SHORT ? width + between : 0,
    label: flow.setting.noteLabel(note.id),
    noteColumn: flow.noteColumn,
    language,
    tag,
  }
}
