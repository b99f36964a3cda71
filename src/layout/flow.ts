// Blocks go in; the column of elements that the page breaker cuts comes out, each able to paint its lines.
import type { Report } from '../diagnostic.js'
import { warning } from '../diagnostic.js'
import type { Block, Prose, VerseLine } from '../model/book.js'
import type { Role } from '../model/role.js'
import type { LineBreaker, Limits, Lines } from './breaklines.js'
import { DIVIDED, type Element, MAY, NEVER, STUB, type Way } from './breakpages.js'
import { type BrokenParagraph, endsDivided, inlineTags, lineStart, naturalWidth, paintLine, startOffset } from './lines.js'
import { GIVE } from './microtype.js'
import type { Collector, Paragraph } from './paragraph.js'
import type { Setting } from './segments.js'
import { addTag, type Sheet } from './sheet.js'
import type { PrintStyle } from './styles.js'
import { tableElements } from './table.js'
import { codeElements } from './code.js'
import { figureElement } from './figure.js'
import { contentsElements } from './contents.js'
import type { TagType } from './typeset.js'

/** An element of the column. Its `gap` is known once its neighbours are. */
export interface FlowElement extends Element {
  gap: number
  before: number
  after: number
  /** `y`: top of line `from`, points. `repeated`: it stands at the head of a page below a repeated table head. */
  paint(sheet: Sheet, way: number, from: number, to: number, y: number, repeated: boolean): void
  /** The text that line `from` begins with. */
  start(way: number, from: number): { n: number; offset: number } | undefined
  /** Ids of the notes that lines [from, to) call, in order. */
  notes(way: number, from: number, to: number): readonly string[]
  /** Offers ways that are looser or tighter than first thought good; asked where no good pages come of the others. */
  offerMore?: () => void
}

export interface Flow {
  setting: Setting
  collector: Collector
  breaker: LineBreaker
  report: Report
  /** Width of the text block and depth of the page in lines. */
  measure: number
  depth: number
  /** Of the theme. */
  sceneBreak: string
  /** Depth of a note, lines of the grid. */
  noteDepth(id: string): number
  /** As printed on the page that a contents entry points to; asked when painting. */
  pageLabel(href: string): string
  /** Space between facing words and a caption's figure etc.: the theme's grid, points. */
  grid: number
  file: string
}

/** What surrounds a block. */
export interface Around {
  tag: TagParent
  left: number
  right: number
  role: Role | undefined
  language: string
  /** Inside a note, where everything is set as small as a note. */
  note?: boolean | undefined
  /** The first block of a container: its first line is not indented. */
  first?: boolean | undefined
}

/** A tag that is made when its first child is painted, so that parents come before children and nothing stays empty. */
export interface TagParent {
  of(sheet: Sheet): number
}

export function tagParent(type: TagType, parent: TagParent, more: Partial<import('./typeset.js').Tag> = {}): TagParent {
  let tag = -1
  return {
    of(sheet) {
      if (tag < 0) tag = addTag(sheet.tags, { type, parent: parent.of(sheet), ...more })
      return tag
    },
  }
}

/** Paragraphs are offered up to so many lines longer or shorter, where that costs no more than this in demerits. */
const SPREAD = 1
const DEAREST = 5_000_000
const LOOSEST = 2.6

export function blockElements(blocks: readonly Block[], around: Around, flow: Flow): FlowElement[] {
  const out: FlowElement[] = []
  const leads = around.role !== undefined && !around.note
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const made = elementsOf(block, block.lang || leads ? { ...around, language: block.lang ?? around.language, first: leads && i === 0 } : around, flow)
    if (block.id !== undefined && made.length > 0) anchored(made[0]!, block.id)
    for (const element of made) out.push(element)
  }
  return out
}

function anchored(element: FlowElement, id: string): void {
  const paint = element.paint
  element.paint = (sheet, way, from, to, y, repeated) => {
    if (from === 0) sheet.page.anchors.push({ id, x: sheet.left, y })
    paint(sheet, way, from, to, y, repeated)
  }
}

function elementsOf(block: Block, around: Around, flow: Flow): FlowElement[] {
  const lang = block.lang
  switch (block.kind) {
    case 'paragraph': {
      const tag = tagParent('P', around.tag, { lang })
      return [paragraphElement(block.prose, block.role, around, tag, flow, block.place.line)]
    }
    case 'heading': {
      const tag = tagParent(`H${Math.min(6, block.level)}` as TagType, around.tag, { lang })
      return [paragraphElement(block.prose, block.role, around, tag, flow, block.place.line)]
    }
    case 'quote':
      return container(block.blocks, block.role, around, tagParent('BlockQuote', around.tag, { lang }), flow)
    case 'group': {
      const type: TagType = block.role === 'epigraph' || block.role === 'letter' ? 'BlockQuote' : 'Div'
      return container(block.blocks, block.role, around, tagParent(type, around.tag, { lang }), flow)
    }
    case 'list':
      return listElements(block, around, flow)
    case 'definitions': {
      const list = tagParent('L', around.tag, { lang, numbering: 'None' })
      const out: FlowElement[] = []
      for (const entry of block.entries) {
        const item = tagParent('LI', list)
        for (const term of entry.terms) out.push(paragraphElement(term, 'term', around, tagParent('Lbl', item), flow, block.place.line))
        const body = tagParent('LBody', item)
        for (const definition of entry.definitions) out.push(...container(definition, 'definition', around, body, flow))
      }
      return out
    }
    case 'code':
      return codeElements(block, around, flow)
    case 'verse':
      return verseElements(block.stanzas, around, tagParent('BlockQuote', around.tag, { lang }), flow, block.place.line)
    case 'table':
      return tableElements(block, around, flow)
    case 'figure': {
      const figure = figureElement(block, around, flow)
      return figure ? [figure] : []
    }
    case 'break':
      return [breakElement(block.n, around, flow)]
    case 'contents':
      return contentsElements(block, around, flow)
  }
}

/** Blocks inside a container: inset by its style, its space around them, none of its own between. */
export function container(blocks: readonly Block[], role: Role, around: Around, tag: TagParent, flow: Flow): FlowElement[] {
  const style = flow.setting.styles.of(role)
  const inner: Around = { ...around, tag, role, left: around.left + style.left, right: around.right + style.right }
  const out = blockElements(blocks, inner, flow)
  surround(out, around.note ? small(style, flow.setting.styles.of('note')) : style)
  return out
}

function surround(elements: FlowElement[], style: PrintStyle): void {
  const first = elements[0]
  const last = elements[elements.length - 1]
  if (first) first.before = Math.max(first.before, style.before)
  if (last) last.after = Math.max(last.after, style.after)
}

function listElements(block: Extract<Block, { kind: 'list' }>, around: Around, flow: Flow): FlowElement[] {
  const { styles } = flow.setting
  const style = styles.of('list')
  const list = tagParent('L', around.tag, { lang: block.lang, numbering: block.ordered ? 'Decimal' : 'Disc' })
  const labels = block.items.map((_, i) => (block.ordered ? `${block.start + i}.` : '•'))
  const l = style.lettering
  const gap = l.size * 0.5
  const boxes = labels.map((label) => flow.setting.book.box(l.face, l.features.replace('pnum', 'tnum'), around.language, label))
  const widest = Math.max(0, ...boxes.map((box) => (box.width / 1000) * l.size))
  const left = Math.max(style.left, widest + gap)
  const out: FlowElement[] = []
  block.items.forEach((item, i) => {
    const tag = tagParent('LI', list)
    const label = tagParent('Lbl', tag)
    const body = tagParent('LBody', tag)
    const inner: Around = { ...around, tag: body, role: 'list', left: around.left + left, right: around.right + style.right }
    const elements = blockElements(item.blocks, inner, flow)
    let first = elements[0]
    if (!first) {
      first = emptyElement(style)
      elements.push(first)
    }
    const paint = first.paint
    const box = boxes[i]!
    first.paint = (sheet, way, from, to, y, repeated) => {
      if (from === 0) {
        const x = sheet.left + around.left + left - gap - (box.width / 1000) * l.size
        const space = flow.setting.book.box(l.face, l.features, 'en', ' ').codes
        const codes = new Uint16Array(box.codes.length + space.length)
        codes.set(box.codes)
        codes.set(space, box.codes.length)
        const shifts = new Int16Array(codes.length)
        shifts.set(box.shifts)
        sheet.page.items.push({ kind: 'text', tag: label.of(sheet), font: l.face, size: l.size, x, y: baseline(y, style.leading), stretch: 1, tracking: 0, codes, shifts, colour: l.colour })
      }
      paint(sheet, way, from, to, y, repeated)
    }
    out.push(...elements)
  })
  if (around.role !== 'list') surround(out, style)
  return out
}

function emptyElement(style: PrintStyle): FlowElement {
  const way: Way = { lines: 1, height: 1, cost: 0, stops: new Uint8Array(1), notes: undefined }
  return { ways: [way], gap: 0, before: 0, after: 0, keepNext: style.keepNext, repeat: 0, paint: () => {}, start: () => undefined, notes: () => [] }
}

/** Lines of a stanza are elements of their own; the longest line of the whole poem is centred, a little to the left of the middle. */
function verseElements(stanzas: readonly VerseLine[][], around: Around, tag: TagParent, flow: Flow, line: number): FlowElement[] {
  const { styles } = flow.setting
  const style = styles.of('verse')
  const width = flow.measure - around.left - around.right
  const step = style.lettering.size * 1.5
  const set = stanzas.map((stanza) => stanza.map((v) => ({ v, p: flow.collector.collect(v.prose, style, around.language, false) })))
  let longest = 0
  for (const stanza of set) for (const { v, p } of stanza) longest = Math.max(longest, naturalWidth(p) + v.indent * step)
  const left = Math.max(0, Math.min((width - longest) * 0.46, width * 0.4))
  const out: FlowElement[] = []
  set.forEach((stanza, s) => {
    const paragraph = tagParent('P', tag)
    stanza.forEach(({ v, p }, i) => {
      const inner: Around = { ...around, tag: paragraph, role: 'verse', left: around.left + left + v.indent * step }
      // what runs over is turned under with a deep indent
      const element = broken(p, { ...style, indent: -2 * styles.em, left: 0 }, inner, paragraph, flow, line)
      element.before = i === 0 && s > 0 ? 1 : 0
      element.after = 0
      element.keepNext = i < stanza.length - 1 && (i === 0 || i === stanza.length - 2)
      out.push(element)
    })
  })
  surround(out, style)
  return out
}

function breakElement(n: number, around: Around, flow: Flow): FlowElement {
  const { styles, book } = flow.setting
  const style = styles.of('break')
  const l = style.lettering
  const way: Way = { lines: 1, height: style.leading / flow.grid, cost: 0, stops: new Uint8Array(1), notes: undefined }
  return {
    ways: [way],
    gap: 0,
    before: style.before,
    after: style.after,
    keepNext: style.keepNext,
    repeat: 0,
    paint(sheet, _way, _from, _to, y) {
      let x = 0
      const runs = book.runs(l.face, styles.fallback, flow.sceneBreak).filter((run) => run.face >= 0)
      const boxes = runs.map((run) => ({ face: run.face, box: book.box(run.face, '', 'en', flow.sceneBreak.slice(run.start, run.end)) }))
      const width = boxes.reduce((sum, { box }) => sum + (box.width / 1000) * l.size + box.codes.length * l.tracking, 0)
      const from = sheet.left + around.left + (flow.measure - around.left - around.right - width) / 2
      for (const { face, box } of boxes) {
        // the ornament says nothing that the space does not: an artifact
        sheet.page.items.push({ kind: 'text', tag: -1, font: face, size: l.size, x: from + x, y: baseline(y, style.leading), stretch: 1, tracking: l.tracking, codes: box.codes, shifts: box.shifts, colour: l.colour })
        x += (box.width / 1000) * l.size + box.codes.length * l.tracking
      }
    },
    start: () => ({ n, offset: 0 }),
    notes: () => [],
  }
}

/** Baseline of a line whose top is `y`: letters stand a little below the middle of their line. */
export function baseline(y: number, leading: number): number {
  return y + leading * 0.74
}

export function limitsFor(style: PrintStyle, measure: number, insets: readonly number[]): Limits {
  const size = style.lettering.size
  const justified = style.align === 'justify'
  return {
    measure,
    insets,
    spaceStretch: GIVE.spaceStretch,
    spaceShrink: GIVE.spaceShrink,
    expand: justified ? GIVE.expand : 0,
    condense: justified ? GIVE.condense : 0,
    trackOut: GIVE.trackOut * size,
    trackIn: GIVE.trackIn * size,
    tolerance: justified ? 1.5 : 4,
    justified,
    lastLine: justified ? Math.max(3.2 * size, insets[0] ?? 0) : 0,
    runt: justified ? 3 * size : 0,
    lastGap: justified ? 0.75 * size : 0,
    hyphenPenalty: 105,
  }
}

export function paragraphElement(prose: Prose, role: Role, around: Around, tag: TagParent, flow: Flow, line: number): FlowElement {
  const own = flow.setting.styles.of(role)
  const placed = lined(prose, around.note ? small(own, flow.setting.styles.of('note')) : own)
  const style = around.first && placed.indent > 0 ? { ...placed, indent: 0 } : placed
  const inside = around.role === role
  const left = inside ? around.left : around.left + style.left
  // a hanging indent begins to the left of its paragraph's inset
  const inner: Around = { ...around, left: Math.max(0, left + Math.min(0, style.indent)), right: inside ? around.right : around.right + style.right }
  const paragraph = flow.collector.collect(prose, style, around.language, style.align === 'justify')
  let element = broken(paragraph, style, inner, tag, flow, line)
  // a single line of talk after a heading is no opening: flush left, it would look like the end of something
  if ((role === 'opening' || role === 'flush') && style.indent === 0 && element.ways[0]!.lines === 1) {
    element = broken(paragraph, { ...style, indent: flow.setting.styles.of('body').indent }, inner, tag, flow, line)
  }
  if (!inside) {
    element.before = style.before
    element.after = style.after
  }
  return element
}

/** Centred lines come out best about equally long: the narrowest measure that needs no more lines. */
function balanced(paragraph: Paragraph, limits: Limits, lines: Lines, flow: Flow): Lines {
  let best = lines
  let low = limits.measure / lines.ends.length
  let high = limits.measure
  for (let i = 0; i < 8; i++) {
    const measure = (low + high) / 2
    const tried = flow.breaker.breakLines(paragraph.ends, { ...limits, measure }, 0, paragraph.divide)[0]!
    if (tried.ends.length <= lines.ends.length && tried.bad < 0) {
      best = tried
      high = measure
    } else low = measure
  }
  return best
}

/** Width of a paragraph on one line, drawn in as far as it goes. */
function narrowest(p: Paragraph, l: Limits): number {
  const k = p.ends.count - 1
  if (k < 0) return 0
  const natural = p.ends.ink[k]! + p.ends.space[k]!
  return natural * (1 - l.condense) - p.ends.glyphs[k]! * l.trackIn - p.ends.space[k]! * l.spaceShrink
}

/** Lines that the author broke stand flush, each of them; what runs over is turned under. */
function lined(prose: Prose, style: PrintStyle): PrintStyle {
  return prose.text.includes('\n') && style.indent > 0 ? { ...style, indent: -style.indent, left: style.left + style.indent } : style
}

/** A style in a note: its place is its own, its letters are the note's. */
function small(style: PrintStyle, note: PrintStyle): PrintStyle {
  if (style.role === 'note') return style
  return { ...style, lettering: note.lettering, leading: note.leading, left: style.left * 0.8, right: style.right * 0.8, indent: style.indent * 0.8, before: Math.min(style.before, 0.5), after: Math.min(style.after, 0.5) }
}

/** Breaks a paragraph in all the numbers of lines that cost little, and makes an element of it. */
export function broken(paragraph: Paragraph, style: PrintStyle, around: Around, tag: TagParent, flow: Flow, line: number): FlowElement {
  const measure = flow.measure - around.left - around.right
  const insets = style.indent >= 0 ? [style.indent, 0] : [0, -style.indent]
  const justified = style.align === 'justify'
  const spread = justified && !style.keepTogether ? SPREAD : 0
  const limits = limitsFor(style, measure, insets)
  let all = flow.breaker.breakLines(paragraph.ends, limits, spread, paragraph.divide)
  if (style.align === 'center' && all[0]!.ends.length > 1) all = [balanced(paragraph, limits, all[0]!, flow)]
  sayWhatIsWrong(paragraph, all[0]!, flow, line)
  const toBroken = (lines: Lines): BrokenParagraph => ({ paragraph, lines, measure, insets, justified, align: style.align })
  const broken = all.filter((way) => way.demerits - all[0]!.demerits < DEAREST).map(toBroken)
  const calls = noteCalls(paragraph)
  const height = style.leading / flow.grid
  const best = all[0]!.demerits
  const full = narrowest(paragraph, limits) > measure - insets[0]! - limits.lastGap
  const toWay = (b: BrokenParagraph): Way => {
    const count = Math.max(1, b.lines.ends.length)
    return { lines: count, height, cost: Math.max(0, b.lines.demerits - best), stops: stopsOf(b, count, style.keepTogether), notes: calls.length > 0 ? noteDepths(b, calls, count, flow) : undefined, lone: count === 1 && justified && full }
  }
  const tagOf = inlineTags(paragraph.inlines, 0)
  let own = -1
  let resolve = tagOf
  const element: FlowElement = {
    ways: broken.map(toWay),
    gap: 0,
    before: 0,
    after: 0,
    keepNext: style.keepNext,
    repeat: 0,
    paint(sheet, way, from, to, y) {
      if (own < 0) {
        own = tag.of(sheet)
        resolve = inlineTags(paragraph.inlines, own)
      }
      const b = broken[way]!
      if (b.lines.ends.length === 0) return
      for (let i = from; i < to; i++) paintLine(b, i, sheet.left + around.left, baseline(y + (i - from) * style.leading, style.leading), sheet, flow.setting.book, resolve)
    },
    start: (way, from) => ({ n: paragraph.prose.n, offset: broken[way]!.lines.ends.length === 0 ? 0 : startOffset(broken[way]!, from) }),
    notes(way, from, to) {
      if (calls.length === 0) return []
      const b = broken[way]!
      return calls.filter((call) => {
        const at = lineOf(b, call.offset)
        return at >= from && at < to
      }).map((call) => call.note)
    },
  }
  if (spread > 0 && all[0]!.ends.length > 1) {
    element.offerMore = () => {
      const looser = flow.breaker.breakLines(paragraph.ends, { ...limits, tolerance: LOOSEST }, SPREAD + 1, paragraph.divide)
      for (const lines of looser) {
        if (lines.demerits - best >= DEAREST || broken.some((b) => b.lines.ends.length === lines.ends.length)) continue
        broken.push(toBroken(lines))
      }
      element.ways = broken.map(toWay)
    }
  }
  return element
}

interface Call {
  note: string
  offset: number
}

function noteCalls(p: Paragraph): Call[] {
  const calls: Call[] = []
  for (const span of p.prose.spans) if (span.kind === 'note' && span.first) calls.push({ note: span.note, offset: span.start })
  return calls
}

function lineOf(b: BrokenParagraph, offset: number): number {
  let line = 0
  while (line + 1 < b.lines.ends.length && startOffset(b, line + 1) <= offset) line++
  return line
}

function noteDepths(b: BrokenParagraph, calls: readonly Call[], count: number, flow: Flow): Float64Array {
  const depths = new Float64Array(count)
  for (const call of calls) depths[lineOf(b, call.offset)]! += flow.noteDepth(call.note)
  return depths
}

function stopsOf(b: BrokenParagraph, count: number, together: boolean): Uint8Array {
  const stops = new Uint8Array(count)
  for (let i = 0; i < count - 1; i++) {
    stops[i] = together ? NEVER : i === 0 || i === count - 2 ? STUB : b.lines.ends.length > 0 && endsDivided(b, i) ? DIVIDED : MAY
  }
  return stops
}

function sayWhatIsWrong(p: Paragraph, lines: Lines, flow: Flow, line: number): void {
  const place = { path: flow.file, line }
  const chars = [...new Set(p.missing.map((m) => m.char))]
  for (const char of chars) {
    const code = `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    warning(flow.report, 'glyph-missing', place, `no face has the character ${code}; the PDF prints its number`, 'name a face that has it under `faces` and `fallback` in a theme of your own')
  }
  if (lines.bad >= 0) {
    const start = lineStart({ paragraph: p, lines, measure: 0, insets: [0], justified: true, align: 'justify' }, lines.bad)
    const box = p.boxes[start.piece]
    const word = (box?.text ?? '').slice(0, 30).replace(/\u00ad/g, '')
    const wide = lines.ratios[lines.bad]! <= -1
    warning(flow.report, wide ? 'line-overfull' : 'line-loose', place, `a line at \`${word}\` ${wide ? 'runs over the measure' : 'is set very loose'}`, 'rephrase, or let a long word break with a soft hyphen (&shy;)')
  }
}
