// Blocks go in; the column of elements that the page breaker cuts comes out, each able to paint its lines.
import type { Block } from '../../model/book.js'
import { CLASSED_KINDS } from '../../theme/classes.js'
import { wordOf } from '../text/shaped-box.js'
import type { Styles } from '../text/styles.js'
import type { TagType } from '../typeset.js'
import { boxed } from './boxed.js'
import { codeElements } from './code.js'
import { contentsElements } from './contents.js'
import { type Around, bind, container, type Flow, type FlowElement, tagParent } from './element.js'
import { figureElement } from './figure.js'
import { withIcon } from './icon.js'
import { definitionElements, listElements } from './lists.js'
import { numberedElements } from './numbered.js'
import { breakElement } from './ornament.js'
import { paragraphElement } from './prose-element.js'
import { speechElements } from './speech.js'
import { tableElements } from './table.js'
import { verseElements } from './verse.js'

export function blockElements(blocks: readonly Block[], around: Around, flow: Flow): FlowElement[] {
  const out: FlowElement[] = []
  // a note's own first line is indented behind its number
  const leads = around.role !== undefined && !(around.note && around.role === 'note')
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    flow.above.next = block.kind === 'paragraph' ? opensWith(blocks[i + 1]) : 0
    flow.above.twice = flow.above.next !== 0 && isShort(blocks[i + 1]) && opensWith(blocks[i + 2]) === flow.above.next
    const made = inBox(
      block,
      block.lang || leads ? { ...around, language: block.lang ?? around.language, first: leads && i === 0 } : around,
      flow,
    )
    // a source stays with what it is the source of
    const last = out[out.length - 1]
    // a line above a poem is its title, or leads to it
    if (last && block.kind === 'verse' && blocks[i - 1]?.kind === 'paragraph' && last.ways[0]!.lines === 1)
      last.keepNext = true
    if (last && isSource(block, blocks[i - 1])) last.keepNext = true
    if (block.kind === 'heading') for (const e of made) if (e.ways[0]!.height !== 1) e.lack = 'above'
    if (block.kind === 'heading' && block.role === 'heading-2' && made[0]) made[0].heading = inOneLine(block.prose.text)
    if (block.role === 'book-publisher') for (const element of made) element.foot = true
    const id = block.id ?? block.passage
    if (id !== undefined && made.length > 0) anchored(made[0]!, id)
    for (const element of made) out.push(element)
  }
  flow.above.next = 0
  return out
}

/** Names whom a quotation is of: as its attribution, or to the right of the page below it. */
function isSource(block: Block, above: Block | undefined): boolean {
  if (block.kind === 'paragraph') return block.role === 'attribution'
  return block.kind === 'group' && block.role === 'right' && (above?.kind === 'verse' || above?.kind === 'quote')
}

/** Letters that a line holds on any but the smallest pages. */
const SHORT = 60

/** The first word of a paragraph, as a number; 0 of what is none. */
function opensWith(block: Block | undefined): number {
  if (block?.kind !== 'paragraph') return 0
  return wordOf(/^[^\s—–]+/.exec(block.prose.text)?.[0] ?? '')
}

/** Of one line, most likely. */
function isShort(block: Block | undefined): boolean {
  return block?.kind === 'paragraph' && block.prose.text.length < SHORT
}

function inOneLine(text: string): string {
  return text
    .replace(/[\ufffc\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function anchored(element: FlowElement, id: string): void {
  const paint = element.paint
  element.paint = (sheet, way, from, to, y, repeated) => {
    if (from === 0) sheet.page.anchors.push({ id, x: sheet.left, y })
    paint(sheet, way, from, to, y, repeated)
  }
}

/** Roles whose inset stands between their box and their text. */
const INSET_WITHIN: ReadonlySet<Block['kind']> = new Set(['list'])

/** A block with what its style, and the classes that the theme knows of it, say: its letters, and the box around it. */
function inBox(block: Block, around: Around, flow: Flow): FlowElement[] {
  const { styles } = flow.setting
  const inside = block.role === around.role && block.kind === 'paragraph'
  const own =
    block.classes.length > 0 && CLASSED_KINDS.has(block.kind)
      ? styles.within(block.role, block.classes, inside)
      : styles
  if (own !== styles) {
    const there = { ...flow, setting: { ...flow.setting, styles: own } }
    return together(block, boxedBy(block, inside ? { ...around, role: undefined } : around, there), own, flow)
  }
  // what stands in a container of its own role is within the container's box
  if (block.role === around.role) return elementsOf(block, around, flow)
  return together(block, boxedBy(block, around, flow), styles, flow)
}

/** What is never broken over pages is so as a whole: a quotation, and not each of its paragraphs. */
const WHOLE: ReadonlySet<Block['kind']> = new Set(['quote', 'group', 'list', 'code', 'verse', 'table'])

function together(block: Block, elements: FlowElement[], styles: Styles, flow: Flow): FlowElement[] {
  // a block without a name has the role of the text in it
  const whole = WHOLE.has(block.kind) && (block.role !== 'body' || styles !== flow.setting.styles)
  if (whole && styles.of(block.role).keepTogether) bind(elements, flow.shape.depth)
  return elements
}

function boxedBy(block: Block, around: Around, flow: Flow): FlowElement[] {
  const { styles } = flow.setting
  const box = styles.box(block.role)
  if (box === undefined) return elementsOf(block, around, flow)
  const own = styles.of(block.role)
  const inner = { ...around, left: around.left + box.insetStart, right: around.right + box.insetEnd }
  const place = {
    left: around.left + (INSET_WITHIN.has(block.kind) ? 0 : own.left),
    right: around.right + own.right,
  }
  return boxed(elementsOf(block, inner, flow), box, place, flow)
}

function elementsOf(block: Block, around: Around, flow: Flow): FlowElement[] {
  const lang = block.lang
  switch (block.kind) {
    case 'paragraph': {
      const tag = tagParent('P', around.tag, { lang })
      const speech = speechElements(block, around, tag, flow)
      if (speech) return speech
      return [paragraphElement(block.prose, block.role, around, tag, flow, block.place.line)]
    }
    case 'heading': {
      const tag = tagParent(`H${Math.min(6, block.level)}` as TagType, around.tag, { lang })
      const numbered = numberedElements(block, around, tag, flow)
      return numbered ?? [paragraphElement(block.prose, block.role, around, tag, flow, block.place.line)]
    }
    case 'quote':
      return container(block.blocks, block.role, around, tagParent('BlockQuote', around.tag, { lang }), flow)
    case 'group': {
      const type: TagType = block.role === 'epigraph' || block.role === 'letter' ? 'BlockQuote' : 'Div'
      const tag = tagParent(type, around.tag, { lang })
      const elements = withIcon(block, around, flow, (inner) => container(block.blocks, block.role, inner, tag, flow))
      if (elements.length > 1 && isLead(block.blocks[0])) elements[0]!.keepNext = true
      return elements
    }
    case 'list':
      return listElements(block, around, flow)
    case 'definitions':
      return definitionElements(block, around, flow)
    case 'code':
      return codeElements(block, around, flow)
    case 'verse':
      return verseElements(block.stanzas, around, tagParent('BlockQuote', around.tag, { lang }), flow, block.place.line)
    case 'table': {
      const { left, right } = flow.setting.styles.of('cell')
      return tableElements(block, { ...around, left: around.left + left, right: around.right + right }, flow)
    }
    case 'figure': {
      const figure = figureElement(block, around, flow)
      return figure ? [figure] : []
    }
    case 'break':
      return [breakElement(block.n, around, flow)]
    case 'contents':
      return contentsElements(block, around, flow)
    case 'notes':
      // They stand in a section of their own, which pages/end-notes.ts sets.
      return []
  }
}

/** A paragraph all in strong letters that opens a group is its title, and does not stay behind at the foot of a page. */
function isLead(block: Block | undefined): boolean {
  if (block?.kind !== 'paragraph') return false
  const { text, spans } = block.prose
  return spans.some(({ kind, start, end }) => kind === 'strong' && start === 0 && end === text.length)
}
