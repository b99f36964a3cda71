// In: the inline tokens of one paragraph, heading or cell. Out: Prose: text with spans, properly nested, quotes and dashes set.
import type { Token } from 'markdown-it'
import { error, warning } from '../diagnostic.js'
import type { Prose, Span } from '../model/book.js'
import { isTag, quotesOf } from '../model/languages.js'
import { checkKeys, claimId, type FileContext, placeOf, tooDeep } from './context.js'
import { applyEdits } from './edits.js'
import { attributesOfTag, INLINE_TAGS, parseTag, type Tag } from './html.js'
import { type Attributes, attributesOf } from './markdown/attributes.js'
import { newToken } from './markdown/token.js'
import { type Region, turn } from './typography.js'

/** Stands for a note reference, an image, or the text that an empty link will get. */
export const OBJECT = '\ufffc'
const MAX_OPEN = 40

export type Mark = Exclude<Span['kind'], 'span' | 'link' | 'note' | 'image'>

const MARKS: Record<string, Mark> = { em: 'emphasis', strong: 'strong', s: 'strike', sub: 'sub', sup: 'sup' }
/** Classes that are marks of their own, by the names that Pandoc and others know. */
const CLASS_MARKS: Record<string, Mark> = {
  smallcaps: 'smallcaps',
  sc: 'smallcaps',
  underline: 'underline',
  ul: 'underline',
  mark: 'mark',
  kbd: 'kbd',
  small: 'small',
  cite: 'cite',
}

interface Open {
  /** What closes it: a token's name, or `<name>`. */
  name: string
  start: number
  spans: Span[]
  language?: string | undefined
  /** Not to be touched by typography. */
  fixed?: boolean
  /** What a closing quotation mark puts. */
  closes?: string
  link?: { span: Span & { kind: 'link' }; href: string; line: number }
}

interface Writing {
  ctx: FileContext
  line: number
  text: string
  /** Last character of the text (asking the text itself would join its pieces every time). */
  last: string
  spans: Span[]
  open: Open[]
  /** Tags opened beyond the depth that is kept. */
  beyond: number
  fixed: Region[]
  languages: (Region & { language: string })[]
  prose: Prose
}

/** `line`: of the first character, from 0, in the Markdown. */
export function toProse(tokens: readonly Token[], line: number, ctx: FileContext): Prose {
  const { language, smart } = ctx
  if (tokens.length === 1 && tokens[0]!.type === 'text') return ofText(tokens[0]!.content, language, smart)
  const prose: Prose = { n: 0, text: '', spans: [] }
  const fresh = { text: '', last: '', spans: [], open: [], beyond: 0, fixed: [], languages: [] }
  const w: Writing = { ctx, line, prose, ...fresh }
  for (const token of tokens) write(w, token)
  while (w.open.length > 0) {
    const { name } = w.open.at(-1)!
    if (name.startsWith('<'))
      refuse(w, `\`${name}\` is never closed`, `write \`</${name.slice(1)}\` in the same paragraph`)
    close(w, name)
  }
  prose.text = w.text
  for (const span of w.spans) {
    if (span.end > span.start) prose.spans.push(span)
    else if (span.kind === 'span' && span.id !== undefined) ctx.loose.push(span.id)
  }
  if (w.fixed.length > 1) w.fixed.sort((a, b) => a.start - b.start)
  if (w.languages.length > 1) w.languages.sort((a, b) => a.start - b.start || b.end - a.end)
  applyEdits(prose, turn(prose.text, { smart, language, languages: w.languages, fixed: w.fixed }))
  return prose
}

/** The prose of a paragraph that the parser took for plain. */
export function toPlainProse(token: Token, line: number, ctx: FileContext): Prose {
  return token.children === null ? ofText(token.content, ctx.language, ctx.smart) : toProse(token.children, line, ctx)
}

function ofText(text: string, language: string, smart: boolean): Prose {
  const prose: Prose = { n: 0, text, spans: [] }
  const edits = turn(text, { smart, language, languages: [], fixed: [] })
  if (edits.length > 0) applyEdits(prose, edits)
  return prose
}

/** The bare text of tokens, for alternatives of images: no marks, no notes. */
export function bareText(tokens: readonly Token[] | null): string {
  let text = ''
  for (const token of tokens ?? []) {
    if (token.type === 'text' || token.type === 'code_inline' || token.type === 'text_special') text += token.content
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' '
    else if (token.type === 'image') text += bareText(token.children)
  }
  return text.replaceAll(OBJECT, '\ufffd')
}

/** A short text (an alternative, a title of the manifest) with its quotes and dashes turned. */
export function setText(text: string, language: string, smart: boolean): string {
  return ofText(text, language, smart).text
}

function add(w: Writing, text: string): void {
  if (text === '') return
  w.text += text
  w.last = text.charAt(text.length - 1)
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
      open(w, { name }, MARKS[name]!)
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
      const message = `there is no note \`${token.content}\` in this file`
      error(w.ctx.report, 'missing-note', placeOf(w.ctx, w.line), message, hint)
      return
    }
    case 'html_inline':
      writeHtml(w, token)
      return
    default:
      add(w, token.content)
      return
  }
}

function open(w: Writing, one: Partial<Open> & { name: string }, ...kinds: Mark[]): void {
  const start = w.text.length
  push(w, { start, spans: kinds.map((kind) => ({ kind, start, end: start })), ...one })
}

function push(w: Writing, one: Open): void {
  if (w.open.length >= MAX_OPEN) {
    tooDeep(w.ctx, w.line)
    w.beyond++
    return
  }
  for (const span of one.spans) w.spans.push(span)
  w.open.push(one)
}

/** Closes the innermost `name`; what was opened after it is closed with it and opened again, so that spans nest. False: there is none. */
function close(w: Writing, name: string): boolean {
  const at = w.open.findLastIndex((one) => one.name === name)
  if (at < 0) {
    if (w.beyond === 0) return false
    w.beyond--
    return true
  }
  const closing = w.open[at]!
  if (closing.link !== undefined) settleLink(w, closing)
  if (closing.closes !== undefined) add(w, closing.closes)
  const end = w.text.length
  const above = w.open.splice(at)
  for (const one of above) for (const span of one.spans) span.end = end
  if (closing.language !== undefined) w.languages.push({ start: closing.start, end, language: closing.language })
  if (closing.fixed === true) w.fixed.push({ start: closing.start, end })
  for (const one of above.slice(1)) {
    const spans = one.spans.map((span) => ({ ...span, start: end, ...(span.kind === 'span' ? { id: undefined } : {}) }))
    push(w, { ...one, start: end, spans })
  }
  return true
}

/** Id, classes and language as a span, and those classes that are marks as marks. */
function openSpan(w: Writing, name: string, attributes: Attributes | undefined, ...kinds: Mark[]): void {
  const { ctx } = w
  const start = w.text.length
  const spans: Span[] = []
  let language: string | undefined
  if (attributes !== undefined) {
    checkKeys(ctx, attributes.keys.keys(), ['lang', 'xml:lang'], w.line)
    const id = attributes.id !== undefined && claimId(ctx, attributes.id, w.line) ? attributes.id : undefined
    language = languageOf(attributes.keys, ctx, w.line)
    const classes = attributes.classes.filter((one) => CLASS_MARKS[one] === undefined)
    if (id !== undefined || language !== undefined || classes.length > 0) {
      spans.push({ kind: 'span', start, end: start, lang: language, id, classes })
    }
    for (const one of attributes.classes) if (CLASS_MARKS[one] !== undefined) kinds.push(CLASS_MARKS[one])
  }
  for (const kind of new Set(kinds)) spans.push({ kind, start, end: start })
  push(w, { name, start, spans, language })
}

function openLink(
  w: Writing,
  one: { name: string; fixed?: boolean },
  target: { href: string; title: string | undefined },
  attributes: Attributes | undefined,
): void {
  const start = w.text.length
  if (w.open.some((other) => other.link !== undefined)) {
    open(w, one)
    return
  }
  const page = attributes?.classes.includes('page') ?? false
  const place = placeOf(w.ctx, w.line)
  const span: Span & { kind: 'link' } = { kind: 'link', start, end: start, href: '', title: target.title, page, place }
  const spans: Span[] = []
  let language: string | undefined
  if (attributes !== undefined) {
    // The rest of the attributes go to a span around the link.
    const rest = { ...attributes, classes: attributes.classes.filter((name) => name !== 'page') }
    openSpan(w, one.name, rest)
    const outer = w.open.at(-1)
    if (outer?.name === one.name && outer.start === start) {
      w.open.pop()
      spans.push(...w.spans.splice(w.spans.length - outer.spans.length))
      language = outer.language
    }
  }
  push(w, { ...one, start, spans: [...spans, span], language, link: { span, href: target.href, line: w.line } })
}

function settleLink(w: Writing, closing: Open): void {
  const { span, href, line } = closing.link!
  const empty = w.text.length === closing.start
  // An empty link prints its target: an address itself, a place in the book its title, once all titles are known.
  if (empty) add(w, /^[a-z][a-z0-9+.-]+:/i.test(href) ? href : OBJECT)
  const { section } = w.ctx
  w.ctx.links.push({
    span,
    prose: w.prose,
    href,
    section,
    place: placeOf(w.ctx, line),
    empty: w.last === OBJECT && empty,
  })
}

function addImage(
  w: Writing,
  image: { src: string; alt: string },
  title: string,
  attributes: Attributes | undefined,
): void {
  const { ctx } = w
  const path = ctx.image(image.src, placeOf(ctx, w.line))
  const alt = altOf(image.alt, attributes, ctx, w.line)
  if (title !== '') {
    const hint = 'let the image stand alone in its paragraph, or say it in the text'
    warning(
      ctx.report,
      'unknown-attribute',
      placeOf(ctx, w.line),
      'the title of an image within a line is not shown',
      hint,
    )
  }
  if (path === undefined) {
    add(w, image.alt)
    return
  }
  if (attributes !== undefined) {
    const keys = new Map(
      [...attributes.keys].filter(([key, value]) => !['alt', 'width', 'height'].includes(key) && value !== ''),
    )
    openSpan(w, 'image', { ...attributes, keys, classes: attributes.classes.filter((name) => name !== 'decorative') })
  }
  const start = w.text.length
  add(w, OBJECT)
  w.spans.push({ kind: 'image', start, end: start + 1, src: path, alt })
  if (attributes !== undefined) close(w, 'image')
}

/** What an image says to those who do not see it; '' only if it is marked as decoration. */
export function altOf(text: string, attributes: Attributes | undefined, ctx: FileContext, line: number): string {
  const alt = (attributes?.keys.get('alt') ?? text).replace(/\s+/g, ' ').trim()
  if (attributes?.classes.includes('decorative')) return ''
  if (alt === '') {
    const hint = 'write it between the brackets: `![What it shows](…)`; or mark it `{.decorative}`'
    warning(ctx.report, 'missing-alt', placeOf(ctx, line), 'the image has no alternative text', hint)
  }
  return setText(alt, ctx.language, ctx.smart)
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

function writeHtml(w: Writing, token: Token): void {
  const tag = parseTag(token.content)
  w.line += token.content.split('\n').length - 1
  if (tag.kind === 'comment') return
  if (tag.kind === 'other') {
    refuse(w, `\`${tag.name}\` is not supported`, 'take it out')
    return
  }
  const meaning = INLINE_TAGS[tag.name]
  if (meaning === undefined) {
    if (tag.kind === 'close') return
    const hint = 'write it in Markdown; the tags that are understood stand in the documentation'
    refuse(w, `the tag \`<${tag.name}>\` is not supported within a line`, hint)
    return
  }
  const name = `<${tag.name}>`
  if (tag.kind === 'close') {
    if (meaning.void === true || close(w, name)) return
    refuse(w, `\`</${tag.name}>\` closes nothing`, `write \`${name}\` before it, in the same paragraph`)
    return
  }
  openHtml(w, name, tag)
  if (tag.empty && meaning.void !== true) close(w, name)
}

function openHtml(w: Writing, name: string, tag: Tag): void {
  const { ctx } = w
  const meaning = INLINE_TAGS[tag.name]!
  const attributes = attributesOfTag(tag, ctx, w.line)
  switch (meaning.is) {
    case 'break':
      add(w, '\n')
      return
    case 'chance':
      add(w, '\u200b')
      return
    case 'image': {
      const src = attributes.keys.get('src') ?? ''
      const alt = attributes.keys.get('alt')
      // `alt=""` is how HTML says that an image is decoration.
      if (alt === '') attributes.classes.push('decorative')
      const keys = new Map([...attributes.keys].filter(([key]) => key === 'lang'))
      addImage(w, { src, alt: alt ?? '' }, '', { ...attributes, keys })
      return
    }
    case 'link': {
      const href = attributes.keys.get('href')
      const title = attributes.keys.get('title')
      attributes.keys.delete('href')
      attributes.keys.delete('title')
      if (href === undefined) openSpan(w, name, attributes)
      else openLink(w, { name }, { href, title }, attributes)
      return
    }
    case 'quoted': {
      const language = w.open.findLast((one) => one.language !== undefined)?.language ?? ctx.language
      const quotes = quotesOf(language) ?? quotesOf('en')!
      const inner = w.open.filter((one) => one.name === name).length % 2 === 1
      add(w, quotes[inner ? 2 : 0])
      openSpan(w, name, attributes)
      const opened = w.open.at(-1)
      if (opened?.name === name) opened.closes = quotes[inner ? 3 : 1]
      return
    }
    case 'span':
      openSpan(w, name, attributes)
      return
    default: {
      const title = attributes.keys.get('title')
      attributes.keys.delete('title')
      openSpan(w, name, attributes, meaning.is)
      const opened = w.open.at(-1)
      if (opened?.name !== name) return
      if (meaning.is === 'code') opened.fixed = true
      const span = opened.spans.at(-1)
      if (title !== undefined && span?.kind === 'abbr') span.title = title
    }
  }
}

function refuse(w: Writing, message: string, hint: string): void {
  error(w.ctx.report, 'unsupported-html', placeOf(w.ctx, w.line), message, hint)
}

export function languageOf(keys: Map<string, string>, ctx: FileContext, line: number): string | undefined {
  const tag = keys.get('lang') ?? keys.get('xml:lang')
  if (tag === undefined || tag === '') return undefined
  if (isTag(tag)) return tag
  const hint = 'write a BCP 47 tag: fr, el, ru'
  error(ctx.report, 'bad-language', placeOf(ctx, line), `\`${tag.slice(0, 40)}\` is no language tag`, hint)
  return undefined
}
