// What all kinds of blocks share: the element of a column, what surrounds a block, and what is at hand while blocks are set.
import type { Report } from '../../diagnostic.js'
import type { Block } from '../../model/book.js'
import type { Role } from '../../model/role.js'
import type { OpeningStyle } from '../../theme/theme.js'
import type { LineAbove } from '../breaking/break-lines.js'
import { type Element, NEVER } from '../breaking/break-pages.js'
import type { Lack } from '../breaking/to-grid.js'
import type { Shape } from '../page-frame.js'
import { addTag, type Sheet } from '../sheet.js'
import type { NoteGaps } from '../text/gaps.js'
import type { Setting } from '../text/setting.js'
import { type PrintStyle, small } from '../text/styles.js'
import type { Tag, TagType } from '../typeset.js'

/** An element of the column. Its `gap` is known once its neighbours are. */
export interface FlowElement extends Element {
  gap: number
  before: number
  after: number
  /** What it lacks of whole lines of the grid, where its lines are others. */
  lack?: Lack | undefined
  /** `y`: top of line `from`, points. `repeated`: it stands at the head of a page below a repeated table head. */
  paint(sheet: Sheet, way: number, from: number, to: number, y: number, repeated: boolean): void
  /** The text that line `from` begins with. */
  start(way: number, from: number): { n: number; offset: number } | undefined
  /** Ids of the notes that lines [from, to) call, in order. */
  notes(way: number, from: number, to: number): readonly string[]
  /** Of one line: how far it reaches into the measure, points. */
  width?: (() => number) | undefined
  /** Puts all its lines but the first to the right edge. */
  turnRight?: (() => void) | undefined
  /** It stands at the foot of its section's only page. */
  foot?: true | undefined
  /** The heading of the second rank that it is, for running heads. */
  heading?: string | undefined
  /** Offers ways that are looser or tighter than first thought good; asked where no good pages come of the others. */
  offerMore?: (() => void) | undefined
}

export interface Flow {
  setting: Setting
  report: Report
  shape: Shape
  /** Of the text block, or of the column that the blocks stand in. */
  measure: number
  /** How the section's first paragraph begins, by the theme. */
  opening: OpeningStyle
  /** What a note takes of a page: see Calls. */
  noteCall(id: string): number
  /** Width of the column that notes' numbers have to themselves, points; 0: they have room in the indent. */
  noteColumn: number
  /** In the contents, before what belongs to no part behind one, lines. */
  apart: number
  /** As printed on the page that a contents entry points to; asked when painting. */
  pageLabel(href: string): string
  /** May a picture have a page for itself? In columns none can. */
  plates: boolean
  file: string
  /** Is told of every paragraph that is set. */
  noteGaps: NoteGaps
  /** The line that was set last, which the next paragraph stands below: it is written over by every paragraph. And the word that opens the paragraph below that one; `twice`: and a third, below a short one. */
  above: { line: LineAbove; next: number; twice: boolean }
  /** Sets the blocks inside a block: a list holds what may hold a list. */
  blocks(blocks: readonly Block[], around: Around, flow: Flow): FlowElement[]
}

/** What surrounds a block. */
export interface Around {
  tag: TagParent
  left: number
  right: number
  role: Role | undefined
  language: string
  /** How many lists it is in. */
  lists?: number | undefined
  /** Inside a note, where everything is set as small as a note. */
  note?: boolean | undefined
  /** The first block of a container: its first line is not indented. */
  first?: boolean | undefined
}

/** A tag that is made when its first child is painted, so that parents come before children and nothing stays empty. */
export interface TagParent {
  of(sheet: Sheet): number
}

export function tagParent(type: TagType, parent: TagParent, more: Partial<Tag> = {}): TagParent {
  let tag = -1
  return {
    of(sheet) {
      if (tag < 0) tag = addTag(sheet.tags, { type, parent: parent.of(sheet), ...more })
      return tag
    },
  }
}

/** Blocks inside a container: inset by its style, its space around them, none of its own between. */
export function container(
  blocks: readonly Block[],
  role: Role,
  around: Around,
  tag: TagParent,
  flow: Flow,
): FlowElement[] {
  const { styles } = flow.setting
  const style = around.note ? small(styles.of(role), styles.of('note')) : styles.of(role)
  const left = around.left + Math.max(style.left, textOfNote(around, flow))
  const out = flow.blocks(blocks, { ...around, tag, role, left, right: around.right + style.right }, flow)
  surround(out, style)
  return out
}

/** Where the text of a note begins, behind its number: what else opens a note begins there too. 0 of what is in no note, or deeper in one. */
export function textOfNote({ note, role }: Around, { noteColumn, setting }: Flow): number {
  if (note !== true || role !== 'note') return 0
  return noteColumn > 0 ? noteColumn : Math.abs(setting.styles.of('note').indent)
}

export function surround(elements: FlowElement[], style: PrintStyle): void {
  const first = elements[0]
  const last = elements[elements.length - 1]
  if (first) first.before = Math.max(first.before, style.before)
  if (last) last.after = Math.max(last.after, style.after)
}

/** Keeps elements on one page, if a page can hold them. */
export function bind(elements: readonly FlowElement[], depth: number): void {
  let height = 0
  for (const { ways, before, after } of elements) height += ways[0]!.lines * ways[0]!.height + Math.max(before, after)
  if (height > depth) return
  for (const [i, element] of elements.entries()) {
    for (const way of element.ways) way.stops = new Uint8Array(way.lines).fill(NEVER)
    if (i < elements.length - 1) element.keepNext = true
  }
}
