// A Prose while it is written: the text so far, and the spans that are open. What is opened is closed so that spans nest.
import { error, forgivable, warning } from '../../diagnostic.js'
import type { Prose, Span } from '../../model/book.js'
import { isTag } from '../../model/languages.js'
import { lettersIn } from '../../model/letters.js'
import { FIXED } from '../../model/limits.js'
import { meaningOf } from '../../model/meaning.js'
import { owe } from '../account.js'
import { checkKeys, claimId, type FileContext, placeOf, tooDeep } from '../context.js'
import type { Attributes } from '../markdown/attributes.js'
import type { Region } from './typography.js'

/** Stands for a note reference, an image, or the text that an empty link will get. */
export const OBJECT = '\ufffc'
const MAX_OPEN = FIXED.marks.value

export type Mark = Exclude<Span['kind'], 'span' | 'number' | 'link' | 'note' | 'image'>

/** Classes that are marks of their own, by the names that Pandoc and others know. */
const CLASS_MARKS = new Map<string, Mark>(
  Object.entries({
    smallcaps: 'smallcaps',
    sc: 'smallcaps',
    underline: 'underline',
    ul: 'underline',
    mark: 'mark',
    kbd: 'kbd',
    small: 'small',
    cite: 'cite',
    abbr: 'abbr',
  }),
)

export interface Open {
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

export interface Writing {
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

export function add(w: Writing, text: string): void {
  if (text === '') return
  w.text += text
  w.last = text.charAt(text.length - 1)
}

/** A text that stands in no token of text. */
export function addOwn(w: Writing, text: string): void {
  owe(w.ctx, lettersIn(text))
  add(w, text)
}

export function open(w: Writing, one: Partial<Open> & { name: string }, ...kinds: Mark[]): void {
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
export function close(w: Writing, name: string): boolean {
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
export function openSpan(w: Writing, name: string, attributes: Attributes | undefined, ...kinds: Mark[]): void {
  const { ctx } = w
  const start = w.text.length
  const spans: Span[] = []
  let language: string | undefined
  if (attributes !== undefined) {
    const known = attributes.classes.includes('abbr') ? ['lang', 'xml:lang', 'title'] : ['lang', 'xml:lang']
    checkKeys(ctx, attributes.keys.keys(), known, w.line)
    const id = claimId(ctx, attributes.id, w.line)
    language = languageOf(attributes.keys, ctx, w.line)
    const meanings = attributes.classes.flatMap((one) => meaningOf(one) ?? [])
    const [meaning] = meanings
    const classes = attributes.classes.filter((one) => !CLASS_MARKS.has(one) && meaningOf(one) === undefined)
    const type = meaning?.italic === false ? meaning.type : undefined
    if (id !== undefined || language !== undefined || classes.length > 0 || type !== undefined) {
      const meant = type === undefined ? {} : { type }
      spans.push({ kind: 'span', start, end: start, lang: language, id, classes, ...meant })
    }
    if (meaning?.italic === true) spans.push({ kind: 'italic', start, end: start, type: meaning.type })
    kinds = kinds.concat(attributes.classes.flatMap((one) => CLASS_MARKS.get(one) ?? []))
  }
  const title = attributes?.keys.get('title')
  for (const kind of new Set(kinds))
    spans.push(
      kind === 'abbr' && title !== undefined ? { kind, start, end: start, title } : { kind, start, end: start },
    )
  push(w, { name, start, spans, language })
}

export function openLink(
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
      for (const span of w.spans.splice(w.spans.length - outer.spans.length)) spans.push(span)
      language = outer.language
    }
  }
  push(w, { ...one, start, spans: [...spans, span], language, link: { span, href: target.href, line: w.line } })
}

function settleLink(w: Writing, closing: Open): void {
  const { span, href, line } = closing.link!
  const empty = w.text.length === closing.start
  if (!empty) nameLink(w, closing.start, line)
  // An empty link prints its target: an address itself, a place in the book its title, once all titles are known.
  if (empty) addOwn(w, /^[a-z][a-z0-9+.-]+:/i.test(href) ? href : OBJECT)
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

/** A link that shows nothing but decoration would have no name: there the picture says where it leads, or nobody does. */
function nameLink(w: Writing, start: number, line: number): void {
  // Spans stand in the order in which they were opened: the last ones are the link's.
  const own = w.spans.slice(w.spans.findLastIndex((span) => span.start < start) + 1)
  const images = own.filter((span) => span.kind === 'image' && span.alt === '')
  if (images.length === 0) return
  const shown = w.text.slice(start)
  if (/[^\ufffc\s]/.test(shown) || images.length < shown.split(OBJECT).length - 1) return
  for (const span of images) if (span.kind === 'image') span.alt = undefined
  const message =
    'the image is all that its link has, and is no decoration there, so that no file can call itself accessible'
  const hint = 'write between its brackets where the link leads'
  warning(w.ctx.report, 'missing-alt', placeOf(w.ctx, line), message, hint)
}

/** Of a tag that stands alone: what it opens ends with the paragraph. */
export function stray(w: Writing, message: string, hint: string): void {
  forgivable(w.ctx.report, 'stray-tag', placeOf(w.ctx, w.line), message, hint)
}

/** Reports HTML that is not on the list. */
export function refuse(w: Writing, message: string, hint: string): void {
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
