// In: the paragraphs of a `::: verse` block. Out: one verse block: a stanza for each paragraph, a line for each line.
import type { Block, Prose, Span, VerseLine } from '../../model/book.js'
import { type FileContext, type PendingLink, placeOf } from '../context.js'
import { applyEdits } from '../inline/edits.js'
import { toProse } from '../inline/inline.js'
import { attributesOf } from '../markdown/attributes.js'
import { attributed, lineOfToken, type ReadBlocks, type Stream } from './stream.js'

const DASHED = /^[—–―]\s?\S/

/** Columns of indentation that make one step. */
const STEP = 2

/** What is no paragraph (a heading, a quotation) stands between verse blocks; a last paragraph that opens with a dash names the source. */
export function toVerse(stream: Stream, from: number, to: number, ctx: FileContext, read: ReadBlocks): Block[] {
  const blocks: Block[] = []
  for (let i = from; i < to; i++) {
    const token = stream.tokens[i]!
    const end = token.nesting === 1 ? stream.ends[i]! : i
    if (token.type !== 'paragraph_open') for (const one of read(stream, i, end + 1, 'verse', ctx)) blocks.push(one)
    else {
      const line = lineOfToken(token)
      const links = ctx.links.length
      ctx.lines = true
      const prose = toProse(stream.tokens[i + 1]?.children ?? [], line, ctx)
      ctx.lines = false
      const last = blocks.at(-1)
      const place = placeOf(ctx, line)
      if (last?.kind === 'verse' && end + 1 >= to && DASHED.test(prose.text) && !prose.text.includes('\n')) {
        blocks.push({ n: 0, classes: [], kind: 'paragraph', role: 'attribution', prose, place })
      } else if (prose.text !== '') {
        const stanza = toLines(prose, line, ctx.links.splice(links), ctx)
        if (last?.kind === 'verse') last.stanzas.push(stanza)
        else blocks.push({ n: 0, classes: [], kind: 'verse', role: 'verse', stanzas: [stanza], place })
        takeOwn(blocks.at(-1)!, attributed(attributesOf(token), line, ctx))
      }
    }
    i = end
  }
  return blocks
}

/** What a stanza says of itself holds for the verse: a stanza is no block. */
function takeOwn(verse: Block, own: ReturnType<typeof attributed>): void {
  verse.id ??= own.id
  verse.lang ??= own.lang
  verse.classes = verse.classes.concat(own.classes)
}

function toLines(prose: Prose, line: number, links: readonly PendingLink[], ctx: FileContext): VerseLine[] {
  const lines = splitProse(prose, links, ctx)
  return lines.map((one, i) => {
    const lead = /^[ \u00a0\u2000-\u200a\u202f\u3000]+/.exec(one.text)?.[0] ?? ''
    if (lead !== '') applyEdits(one, [{ at: 0, out: lead.length, put: '' }])
    one.spans = one.spans.filter((span) => span.end > span.start)
    let columns = ctx.indents.get(line + i) ?? 0
    for (const space of lead) columns += space === '\u2003' || space === '\u3000' ? STEP : 1
    return { indent: columns === 0 ? 0 : Math.min(20, Math.max(1, Math.round(columns / STEP))), prose: one }
  })
}

/** Cuts a prose at its line breaks; a span over several lines becomes one on each, a link too. */
function splitProse(prose: Prose, links: readonly PendingLink[], ctx: FileContext): Prose[] {
  const parts: Prose[] = []
  const starts: number[] = []
  let start = 0
  for (const text of prose.text.split('\n')) {
    parts.push({ n: 0, text, spans: [] })
    starts.push(start)
    start += text.length + 1
  }
  const pending = new Map(links.map((link) => [link.span as Span, link]))
  let from = 0
  for (const span of prose.spans) {
    // Spans are in order of their start.
    while (from + 1 < parts.length && starts[from + 1]! <= span.start) from++
    let first = true
    for (let k = from; k < parts.length && starts[k]! < span.end; k++) {
      const part = parts[k]!
      const piece = {
        ...span,
        start: Math.max(0, span.start - starts[k]!),
        end: Math.min(part.text.length, span.end - starts[k]!),
      }
      if (piece.end <= piece.start) continue
      if (piece.kind === 'span' && !first) piece.id = undefined
      const link = pending.get(span)
      if (link !== undefined && piece.kind === 'link') ctx.links.push({ ...link, span: piece, prose: part })
      part.spans.push(piece)
      first = false
    }
  }
  return parts
}
