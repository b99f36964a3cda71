// In: the inline tokens of one paragraph, heading or cell. Out: Prose: text with spans, properly nested, quotes and dashes set.
import type { Token } from 'markdown-it'
import { error, forgivable } from '../../diagnostic.js'
import type { Prose, Span } from '../../model/book.js'
import { lettersIn } from '../../model/letters.js'
import { owe } from '../account.js'
import { type FileContext, placeOf } from '../context.js'
import { attributesOf } from '../markdown/attributes.js'
import { newToken } from '../markdown/token.js'
import { tellWrittenTurns } from '../turns.js'
import { applyEdits } from './edits.js'
import { writeHtml } from './html-spans.js'
import { addImage } from './image.js'
import { wholeRuby } from './ruby.js'
import { textProse } from './settext.js'
import { isLeftOut, tellForeignIn, warnOfForeign } from './tell-foreign.js'
import { turn } from './typography.js'
import { add, close, type Mark, OBJECT, open, openLink, openSpan, stray, type Writing } from './writing.js'

/** Does it show nothing: white space alone, soft hyphens, places of no width where a line may break or not? */
export function showsNothing(text: string): boolean {
  return !/[^\s\u00ad\u200b\u2060\ufeff]/.test(text)
}

const MARKS = new Map<string, Mark>(
  Object.entries({ em: 'emphasis', strong: 'strong', s: 'strike', sub: 'sub', sup: 'sup' }),
)
/** `line`: of the first character, from 0, in the Markdown. */
export function toProse(tokens: readonly Token[], line: number, ctx: FileContext): Prose {
  const { language, smart } = ctx
  if (tokens.length === 1 && tokens[0]!.type === 'text') return textProse(tokens[0]!.content, language, smart)
  tellWrittenTurns(tokens, (below) => placeOf(ctx, line + below), ctx.report)
  const prose: Prose = { n: 0, text: '', spans: [] }
  const fresh = { text: '', last: '', spans: [], open: [], beyond: 0, fixed: [], languages: [] }
  const w: Writing = { ctx, line, prose, ...fresh }
  for (const token of tokens) write(w, token)
  while (w.open.length > 0) {
    const { name } = w.open.at(-1)!
    if (name.startsWith('<'))
      stray(w, `\`${name}\` is never closed`, `write \`</${name.slice(1)}\` in the same paragraph`)
    close(w, name)
  }
  prose.text = w.text
  for (const span of w.spans) {
    if (span.end > span.start) prose.spans.push(span)
    else if (span.kind === 'span' && span.id !== undefined) ctx.loose.push(span.id)
  }
  if (prose.spans.length > 1) prose.spans = wholeRuby(unstressed(prose.spans), prose.text)
  if (w.fixed.length > 1) w.fixed.sort((a, b) => a.start - b.start)
  if (w.languages.length > 1) w.languages.sort((a, b) => a.start - b.start || b.end - a.end)
  applyEdits(prose, turn(prose.text, { smart, language, languages: w.languages, fixed: w.fixed }))
  return prose
}

/**
 * Markdown writes all italics with asterisks. Around the whole of a name that is set in italics anyway, or of words in another
 * language, they are no stress.
 */
function unstressed(spans: readonly Span[]): Span[] {
  const out: Span[] = []
  for (const span of spans) {
    const outer = out.at(-1)
    const same = outer?.start === span.start && outer.end === span.end
    if (same && outer.kind === 'italic' && span.kind === 'emphasis') continue
    if (same && outer.kind === 'emphasis' && span.kind === 'italic') out.pop()
    const foreign = same && outer.kind === 'span' && outer.lang !== undefined && span.kind === 'emphasis'
    out.push(foreign ? { kind: 'italic', start: span.start, end: span.end } : span)
  }
  return out
}

/** The prose of a paragraph that the parser took for plain. */
export function toPlainProse(token: Token, line: number, ctx: FileContext): Prose {
  return token.children === null
    ? textProse(token.content, ctx.language, ctx.smart)
    : toProse(token.children, line, ctx)
}

const TEXTS = new Set(['text', 'code_inline', 'text_special', 'foreign'])

/** The bare text of tokens, for alternatives of images: no marks, no notes. */
export function bareText(tokens: readonly Token[] | null): string {
  let text = ''
  for (const token of tokens ?? []) {
    if (TEXTS.has(token.type)) text += token.content
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' '
    else if (token.type === 'image') text += bareText(token.children)
  }
  return text.replaceAll(OBJECT, '\ufffd')
}

function write(w: Writing, token: Token): void {
  switch (token.type) {
    case 'text':
      add(w, token.content)
      return
    case 'text_special': {
      // An entity may stand for anything; an escaped character is meant as it is.
      const start = w.text.length
      add(w, token.content.replaceAll(OBJECT, '\ufffd'))
      if (token.info === 'escape') w.fixed.push({ start, end: w.text.length })
      return
    }
    case 'softbreak':
      w.line++
      if (w.ctx.lines) add(w, '\n')
      // Lines of Chinese and Japanese join without a space.
      else if (!/[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/.test(w.last)) add(w, ' ')
      return
    case 'hardbreak':
      w.line++
      add(w, '\n')
      return
    case 'code_inline': {
      const attributes = attributesOf(token)
      if (attributes !== undefined) openSpan(w, 'span', attributes)
      open(w, { name: 'code', fixed: true }, 'code')
      add(w, token.content)
      close(w, 'code')
      if (attributes !== undefined) close(w, 'span')
      return
    }
    case 'link_open': {
      const title = token.attrGet('title')
      const target = { href: String(token.attrGet('href') ?? ''), title: title === null ? undefined : String(title) }
      openLink(w, { name: 'link', fixed: token.info === 'auto' }, target, attributesOf(token))
      return
    }
    case 'span_open':
      openSpan(w, 'span', attributesOf(token))
      return
    case 'em_open':
    case 'strong_open':
    case 's_open':
    case 'sub_open':
    case 'sup_open': {
      const name = token.type.slice(0, -5)
      open(w, { name }, MARKS.get(name)!)
      return
    }
    case 'em_close':
    case 'strong_close':
    case 's_close':
    case 'sub_close':
    case 'sup_close':
    case 'link_close':
    case 'span_close':
      close(w, token.type.slice(0, -6))
      return
    case 'image': {
      const title = token.attrGet('title')
      const image = { src: String(token.attrGet('src') ?? ''), alt: bareText(token.children) }
      tellForeignIn(token.children, placeOf(w.ctx, w.line), w.ctx.report)
      addImage(w, image, title === null ? '' : String(title), attributesOf(token))
      return
    }
    case 'note_ref':
    case 'note_inline':
      addNote(w, token)
      return
    case 'note_missing': {
      add(w, token.content)
      const hint = `write \`${token.content}: …\` below, or put a backslash before the bracket`
      const message = `there is no note \`${token.content}\` in this file; the reference is printed as it stands`
      forgivable(w.ctx.report, 'missing-note', placeOf(w.ctx, w.line), message, hint)
      return
    }
    case 'html_inline':
      writeHtml(w, token)
      return
    case 'foreign':
      addForeign(w, token)
      return
    default:
      add(w, token.content)
      return
  }
}

/** Printed as it stands, or left out where its own tool prints nothing; it is said in either case. */
function addForeign(w: Writing, token: Token): void {
  const { content } = token
  const leftOut = isLeftOut(token)
  warnOfForeign(token, leftOut, placeOf(w.ctx, w.line), w.ctx.report)
  w.line += content.split('\n').length - 1
  if (leftOut) {
    owe(w.ctx, -lettersIn(content))
    return
  }
  const start = w.text.length
  add(w, w.ctx.lines ? content : content.replaceAll('\n', ' '))
  w.fixed.push({ start, end: w.text.length })
}

function addNote(w: Writing, token: Token): void {
  const { ctx } = w
  const label = token.type === 'note_ref' ? String(token.meta?.['label'] ?? '') : undefined
  const definition = label === undefined ? undefined : ctx.definitions.get(label)
  if (definition !== undefined) definition.used = true
  if (ctx.note !== undefined) {
    const hint = 'say it in the note itself, in parentheses'
    error(ctx.report, 'nested-note', placeOf(ctx, w.line), 'there is a note within a note', hint)
    return
  }
  let id = label === undefined ? undefined : ctx.noteIds.get(label)
  const first = id === undefined
  if (id === undefined) {
    const number = String(ctx.notes.length + 1)
    id = `note-${ctx.section}-${number}`
    if (label !== undefined) ctx.noteIds.set(label, id)
    const tokens = definition?.tokens ?? paragraphOf(token.children ?? [], w.line)
    ctx.notes.push({ id, label: number, tokens, line: definition?.line ?? w.line })
  }
  const start = w.text.length
  add(w, OBJECT)
  w.spans.push({ kind: 'note', start, end: start + 1, note: id, first })
}

function paragraphOf(children: Token[], line: number): Token[] {
  const open = newToken('paragraph_open', 1)
  const inline = newToken('inline', 0)
  open.map = inline.map = [line, line + 1]
  inline.children = children
  return [open, inline, newToken('paragraph_close', -1)]
}
