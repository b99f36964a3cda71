// Prose in a role goes in; an element that offers the paragraph in several numbers of lines comes out.

import { warning } from '../../diagnostic.js'
import type { Prose, Span } from '../../model/book.js'
import { firstPast } from '../../model/first-past.js'
import type { Role } from '../../model/role.js'
import { hasHangingLines, largeLetter } from '../../theme/paragraphs.js'
import { type Limits, type Lines, NOTHING_ABOVE } from '../breaking/break-lines.js'
import { DIVIDED, MAY, NEVER, STUB, type Way } from '../breaking/break-pages.js'
import type { Sheet } from '../sheet.js'
import { baseline } from '../text/baseline.js'
import { type BrokenParagraph, endsDivided, inlineTags, lineStart, naturalWidth, startOffset } from '../text/lines.js'
import { paintLine } from '../text/paint-line.js'
import type { Paragraph } from '../text/piece.js'
import { type PrintStyle, restyle, small } from '../text/styles.js'
import { runOf } from '../text/text-run.js'
import { type DropCap, dropCap } from './drop-cap.js'
import type { Around, Flow, FlowElement, TagParent } from './element.js'
import { ANY_LAST, lastLines, limitsFor } from './style-limits.js'

/** Paragraphs are offered up to so many lines longer or shorter, where that costs no more than this in demerits. */
const SPREAD = 1
const DEAREST = 8_000_000
const LOOSEST = 2.6

/** Opens with what opens speech: a quotation mark, or a dash. */
const TALK = /^\s*[“”„«»‹›‘‚"'—–―]/

export function paragraphElement(
  prose: Prose,
  role: Role,
  around: Around,
  tag: TagParent,
  flow: Flow,
  line: number,
): FlowElement {
  const own = flow.setting.styles.of(role)
  const placed = inColumn(lined(prose, around.note ? small(own, flow.setting.styles.of('note')) : own), around, flow)
  const style = around.first && placed.indent > 0 ? restyle(placed, { indent: 0 }) : placed
  const inside = around.role === role
  // lines that the author broke hang by their indent from the inset
  const hung = placed.indent < 0 && own.indent > 0 ? -placed.indent : 0
  const left = inside ? around.left + hung : around.left + style.left
  // a hanging indent begins to the left of its paragraph's inset
  const inner: Around = {
    ...around,
    left: Math.max(0, left + Math.min(0, style.indent)),
    right: inside ? around.right : around.right + style.right,
  }
  const letter = largeLetter(prose, role, flow.opening)
  const drop =
    letter === undefined || flow.opening.kind !== 'drop-cap'
      ? undefined
      : dropCap(prose, letter, style, around.language, flow)
  if (letter !== undefined && flow.opening.kind === 'drop-cap' && drop === undefined) {
    const message =
      'the paragraph does not open with a large letter in the PDF: its face lacks the letter, or its text is too short'
    const hint = 'begin with a longer paragraph; or let the theme open with fewer `lines`, or with a `lead-in`'
    warning(flow.report, 'opening-letter', { path: flow.file, line }, message, hint)
  }
  const paragraph = flow.setting.collector.collect(
    drop?.rest ?? prose,
    style,
    around.language,
    style.align === 'justify',
    flow.setting,
  )
  const above = flow.above.line
  let element = broken(paragraph, style, inner, tag, flow, line, drop)
  // a single line of talk after a heading is no opening: flush left, it would look like the end of something
  if (role === 'opening' && style.indent === 0 && TALK.test(prose.text) && element.ways[0]!.lines === 1) {
    flow.above.line = above
    const indented = broken(
      paragraph,
      restyle(style, { indent: flow.setting.styles.of('body').indent }),
      inner,
      tag,
      flow,
      line,
    )
    if (indented.ways[0]!.lines === 1) element = indented
  }
  if (!inside) {
    element.before = style.before
    element.after = style.after
  }
  return element
}

/** Of more lines nobody sees whether the last is as long as the others. */
const BALANCED = 20

/** Centred lines come out best about equally long: the narrowest measure that needs no more lines. */
function balanced(paragraph: Paragraph, limits: Limits, lines: Lines, flow: Flow): Lines {
  let best = lines
  let low = limits.measure / lines.ends.length
  let high = limits.measure
  for (let i = 0; i < 8; i++) {
    const measure = (low + high) / 2
    const tried = flow.setting.breaker.breakLines(paragraph.ends, { ...limits, measure }, 0, paragraph.divide)[0]!
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
  return natural * (1 - l.condense) - (p.ends.glyphs[k]! * l.trackIn + p.ends.space[k]! * l.spaceShrink)
}

/** A note begins behind the column of numbers; one whose lines hang has all of them there. */
function inColumn(style: PrintStyle, { note }: Around, { noteColumn }: Flow): PrintStyle {
  if (note !== true || style.role !== 'note' || noteColumn === 0) return style
  return style.indent < 0 ? restyle(style, { indent: 0, left: noteColumn }) : restyle(style, { indent: noteColumn })
}

/** Of a paragraph of one line: where it ends, from its inset; endless if it has more. */
function reach({ paragraph, lines, insets }: BrokenParagraph): number {
  return lines.ends.length === 1 ? insets[0]! + naturalWidth(paragraph) : Infinity
}

/** Lines that the author broke stand flush, each of them; what runs over is turned under. */
function lined(prose: Prose, style: PrintStyle): PrintStyle {
  return hasHangingLines(prose, style)
    ? restyle(style, { indent: -style.indent, left: style.left + style.indent })
    : style
}

/** A part of a prose, offsets from its beginning; without spans of these kinds. */
export function proseBetween(prose: Prose, from: number, to: number, without: readonly Span['kind'][]): Prose {
  const spans = prose.spans.flatMap((span) => {
    if (without.includes(span.kind) || span.end <= from || span.start >= to) return []
    return [{ ...span, start: Math.max(span.start, from) - from, end: Math.min(span.end, to) - from }]
  })
  return { n: prose.n, text: prose.text.slice(from, to), spans }
}

/** A paragraph, and all the ways to break it that are offered to pages. */
interface Offer {
  paragraph: Paragraph
  style: PrintStyle
  flow: Flow
  drop: DropCap | undefined
  calls: readonly Call[]
  /** Demerits of the best. */
  best: number
  /** It fills a line, so that a single one of it looks like the first of a longer paragraph. */
  full: boolean
  broken: BrokenParagraph[]
  toBroken(lines: Lines): BrokenParagraph
}

/** Breaks a paragraph in all the numbers of lines that cost little, and makes an element of it. */
export function broken(
  paragraph: Paragraph,
  style: PrintStyle,
  around: Around,
  tag: TagParent,
  flow: Flow,
  line: number,
  drop?: DropCap,
  /** Where in its prose the paragraph begins. */
  skipped = drop?.length ?? 0,
): FlowElement {
  // however deep things are nested, some eight ems are left for text
  const least = Math.min(flow.measure, 8 * flow.setting.styles.em)
  const right = Math.min(around.right, flow.measure - least)
  const left = Math.min(around.left, flow.measure - least - right)
  const measure = flow.measure - left - right
  const restarts = style.indent < 0 && paragraph.prose.text.includes('\n')
  const insets = insetsOf(style, drop)
  const justified = style.align === 'justify'
  const spaced = style.role === 'verse' || style.role === 'code'
  // ragged lines are offered in other numbers only where pages ask for them
  const isRagged = style.align === 'left' && !spaced && !style.keepTogether
  const spread = justified && !style.keepTogether ? SPREAD : 0
  const above = justified ? flow.above.line : NOTHING_ABOVE
  const limits = {
    ...limitsFor(style, flow.setting.styles.theme.spacing, measure, insets),
    ...(justified || isRagged ? lastLines(style.lettering.size, insets) : ANY_LAST),
    restarts,
    above,
    below: justified ? flow.above.next : 0,
    belowTwice: justified && flow.above.twice,
  }
  const full = justified && narrowest(paragraph, limits) > measure - insets[0]! - limits.lastGap
  const all = bestWays(paragraph, style, limits, spread, full, flow)
  sayWhatIsWrong(paragraph, all[0]!, flow, line)
  const { align } = style
  const [calls, best] = [noteCalls(paragraph), all[0]!.demerits]
  const offer: Offer = {
    ...{ paragraph, style, flow, drop, calls, best, full, broken: [] },
    toBroken: (lines) => ({
      paragraph,
      lines,
      limits,
      measure,
      insets,
      justified,
      align,
      restarts,
      spaced,
      letters: undefined,
      skipped,
      turned: false,
    }),
  }
  for (const lines of all) if (lines.demerits - best < DEAREST) offer.broken.push(offer.toBroken(lines))
  const element = elementOf(offer, tag, left, around.language)
  if ((spread > 0 || isRagged) && all[0]!.ends.length > 1) {
    element.offerMore = () => {
      const wider = isRagged ? limits : { ...limits, tolerance: LOOSEST }
      addLooser(offer, flow.setting.breaker.breakLines(paragraph.ends, wider, SPREAD + 1, paragraph.divide))
      element.ways = offer.broken.map((b) => wayOf(b, offer))
    }
  }
  flow.above.line = justified ? all[0]!.foot : NOTHING_ABOVE
  return element
}

function insetsOf(style: PrintStyle, drop: DropCap | undefined): Float64Array {
  const insets = new Float64Array(drop ? drop.lines + 1 : 2)
  if (drop) insets.set(drop.widths)
  else insets[style.indent >= 0 ? 0 : 1] = Math.abs(style.indent)
  return insets
}

/** The best first. */
function bestWays(
  paragraph: Paragraph,
  style: PrintStyle,
  limits: Limits,
  spread: number,
  full: boolean,
  flow: Flow,
): Lines[] {
  const all = flow.setting.breaker.breakLines(paragraph.ends, limits, spread, paragraph.divide)
  const count = all[0]!.ends.length
  // one full line looks like the first of a longer paragraph: where that is dear, pages want two
  if (full && spread > 0 && count === 1)
    return flow.setting.breaker.breakLines(paragraph.ends, { ...limits, tolerance: LOOSEST }, spread, paragraph.divide)
  if (style.align === 'center' && count > 1 && count <= BALANCED) return [balanced(paragraph, limits, all[0]!, flow)]
  return all
}

function addLooser({ broken, best, toBroken }: Offer, looser: readonly Lines[]): void {
  for (const lines of looser)
    if (lines.demerits - best < DEAREST && !broken.some((b) => b.lines.ends.length === lines.ends.length))
      broken.push(toBroken(lines))
}

function wayOf(b: BrokenParagraph, { style, flow, drop, calls, best, full }: Offer): Way {
  const height = style.leading / flow.shape.grid
  const count = Math.max(1, b.lines.ends.length)
  return {
    lines: count,
    height,
    cost: Math.max(0, b.lines.demerits - best),
    // what no page can hold is parted like any other
    stops: stopsOf(b, count, style.keepTogether && count * height <= flow.shape.depth, drop?.lines ?? 0, flow),
    notes: calls.length > 0 ? notesByLine(b, calls, count, flow) : undefined,
    lone: count === 1 && full,
  }
}

/** `left`: of its measure, from that of the text block. */
function elementOf(offer: Offer, tag: TagParent, left: number, language: string): FlowElement {
  const { paragraph, style, flow, drop, calls, broken } = offer
  let own = -1
  let resolve = inlineTags(paragraph.inlines, 0)
  /** By way: the lines of the calls, once they are asked for. */
  const lines: Int32Array[] = []
  const ways: Way[] = []
  for (const b of broken) ways.push(wayOf(b, offer))
  return {
    ways,
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
      const x = sheet.left + left
      if (drop && from === 0) paintDropCap(drop, offer, own, language, x, y, sheet)
      for (let i = from; i < to; i++) {
        const foot = baseline(y + (i - from) * style.leading, style.leading)
        paintLine(b, i, x, foot, sheet, flow.setting.faces, resolve)
      }
    },
    start(way, from) {
      const b = broken[way]!
      const begins = b.lines.ends.length === 0 || (drop && from === 0)
      return { n: paragraph.prose.n, offset: begins ? 0 : startOffset(b, from) + b.skipped }
    },
    notes(way, from, to) {
      if (calls.length === 0) return []
      lines[way] ??= linesOf(broken[way]!, calls)
      const own = lines[way]
      const found: string[] = []
      for (let i = firstPast(own.length, (i) => own[i]! < from); i < calls.length && own[i]! < to; i++)
        found.push(calls[i]!.note)
      return found
    },
    width: () => left + reach(broken[0]!),
    turnRight() {
      for (const each of broken) each.turned = true
    },
    offerMore: undefined,
  }
}

/** `x`, `y`: where its paragraph begins. */
function paintDropCap(
  { lettering, letter, lines, widths }: DropCap,
  { paragraph, style, flow }: Offer,
  tag: number,
  language: string,
  x: number,
  y: number,
  sheet: Sheet,
): void {
  const box = flow.setting.faces.box(lettering.face, lettering.features, language, letter)
  const foot = baseline(y + (lines - 1) * style.leading, style.leading)
  const { items } = sheet.page
  sheet.page.lines?.push({
    n: paragraph.prose.n,
    from: items.length,
    to: items.length + 1,
    offsets: [0],
    x,
    width: widths[0] ?? 0,
    y: foot,
    leading: lines * style.leading,
    loose: undefined,
    divided: false,
    last: false,
  })
  items.push(runOf(box, lettering, tag, x, foot))
}

interface Call {
  note: string
  offset: number
}

function noteCalls(p: Paragraph): Call[] {
  const calls: Call[] = []
  for (const span of p.prose.spans)
    if (span.kind === 'note' && span.first) calls.push({ note: span.note, offset: span.start })
  return calls
}

/** On which lines the notes are called, which are in the order of the text. */
function linesOf(b: BrokenParagraph, calls: readonly Call[]): Int32Array {
  let line = 0
  return Int32Array.from(calls, ({ offset }) => {
    while (line + 1 < b.lines.ends.length && startOffset(b, line + 1) <= offset) line++
    return line
  })
}

function notesByLine(b: BrokenParagraph, calls: readonly Call[], count: number, flow: Flow): (number[] | undefined)[] {
  const notes = new Array<number[] | undefined>(count).fill(undefined)
  linesOf(b, calls).forEach((line, i) => {
    notes[line] ??= []
    notes[line].push(flow.noteCall(calls[i]!.note))
  })
  return notes
}

function stopsOf(b: BrokenParagraph, count: number, together: boolean, beside: number, flow: Flow): Uint8Array {
  const stops = flow.setting.faces.slab.bytes(count)
  for (let i = 0; i < count - 1; i++) {
    stops[i] =
      together || i < beside - 1
        ? NEVER
        : i === 0 || i === count - 2
          ? STUB
          : b.lines.ends.length > 0 && endsDivided(b, i)
            ? DIVIDED
            : MAY
  }
  return stops
}

export function sayWhatIsWrong(p: Paragraph, lines: Lines, flow: Flow, line: number): void {
  const place = { path: flow.file, line }
  flow.noteGaps(p, place)
  // Numbers in place of characters are looser than words, and are said already.
  if (lines.bad >= 0 && p.missing.length === 0) {
    const start = lineStart(p, lines, lines.bad)
    const box = p.boxes[start.piece]
    const word = (box?.text ?? '').slice(0, 30).replace(/\u00ad/g, '')
    const wide = lines.ratios[lines.bad]! <= -1
    warning(
      flow.report,
      wide ? 'line-overfull' : 'line-loose',
      place,
      `a line at \`${word}\` ${wide ? 'runs over the measure' : 'is set very loose'}`,
      'rephrase, or let a long word break with a soft hyphen (&shy;)',
    )
  }
}
