// Prose with its marks goes in, the inside of an XHTML element comes out, with page marks at the very character.

import type { Alternative, Book, Prose, Span } from '../model/book.js'
import { isRaised } from '../model/note-marks.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import { hasLeadIn, leadIn } from '../theme/index.js'
import type { OpeningStyle, Theme } from '../theme/theme.js'
import { plainText } from './headings.js'
import { address, type Names, referenceId } from './names.js'
import { type PageMark, writeMark } from './pagemarks.js'
import { widthOf } from './selectors.js'
import { attributes, language, text, value, xmlId } from './xml.js'

/** What is at hand while a section's document is written. */
export interface Desk {
  book: Book
  names: Names
  /** The document's name. */
  file: string
  theme: Theme
  /** Page marks by anchor; those that are written are taken out. */
  marks: Map<number, PageMark[]>
  /** Does the document use the Z39.98 vocabulary? */
  z3998: boolean
  /** And that of Standard Ebooks? */
  se: boolean
  /** Is any of the section's text written from right to left? Then each part of it says which way it is. */
  mixed: boolean
  /** By note: the references to it that were written so far, each with its file and the id that it can be led back to. */
  references: Map<string, { file: string; id: string }[]>
  /** How many letters were written that the Book has not: see account.ts. */
  beyond: number
}

export interface ProseOptions {
  /** Line breaks are kept as they are: code. */
  verbatim?: boolean
  /** A chapter's first paragraph: how it begins. */
  opening?: OpeningStyle | undefined
  /** Only this part of the text. */
  part?: { from: number; to: number }
}

/** The marks of an anchor whose offset is below `limit`, written; they will not be written again. */
export function takeMarks(desk: Desk, n: number, limit: number, element: 'span' | 'div'): string {
  const there = desk.marks.get(n)
  if (there === undefined) return ''
  let out = ''
  while (there.length > 0 && there[0]!.offset < limit) out += writeMark(there.shift()!, element, desk.file)
  if (there.length === 0) desk.marks.delete(n)
  return out
}

export function writeProse(prose: Prose, desk: Desk, options: ProseOptions = {}): string {
  const { opening } = options
  const lead = opening && hasLeadIn(opening) ? leadIn(prose.text, opening.words) : undefined
  const { from: first, to: last } = options.part ?? { from: 0, to: prose.text.length }
  if (prose.spans.length === 0 && lead === undefined && !desk.marks.has(prose.n)) {
    return plain(prose.text.slice(first, last), options)
  }
  const spans = options.part === undefined ? prose.spans : clip(prose.spans, first, last)
  let next = 0
  const stretch = (from: number, to: number): string => {
    let at = from
    let out = ''
    while (next < spans.length && (spans[next]!.start < to || spans[next]!.end <= to)) {
      const span = spans[next++]!
      out += run(at, span.start)
      // A mark never stands in a link, nor between the two halves of a picture or a note's number: it goes before.
      const whole = span.kind === 'link' || span.kind === 'note' || span.kind === 'image'
      out += takeMarks(desk, prose.n, whole ? span.end : span.start + 1, 'span')
      out += element(span)
      at = span.end
    }
    return out + run(at, to)
  }
  // XHTML has no link within a link: a note's number that the author put into one follows it.
  let inLink = false
  let afterLink = ''
  const element = (span: Span): string => {
    const inside = () => stretch(span.start, span.end)
    // What the author says of a slanted word, its language, stands in its own element.
    const within = spans[next]
    if (span.kind === 'span' && within?.start === span.start && within.end === span.end && isBare(within)) {
      next++
      return writeSpan(within, desk, inside, ownOf(span, desk))
    }
    if (inLink && span.kind === 'link') return inside()
    if (inLink && span.kind === 'note') {
      afterLink += writeSpan(span, desk, inside)
      return ''
    }
    if (span.kind !== 'link') return writeSpan(span, desk, inside)
    inLink = true
    const link = writeSpan(span, desk, inside)
    const out = link + afterLink
    inLink = false
    afterLink = ''
    return out
  }
  /** Text without spans, cut where a page begins. */
  const run = (from: number, to: number): string => {
    let out = ''
    let at = from
    for (let mark = desk.marks.get(prose.n)?.[0]; mark !== undefined; mark = desk.marks.get(prose.n)?.[0]) {
      const cut = Math.max(at, between(prose.text, mark.offset))
      if (cut >= to) break
      out += led(at, cut) + takeMarks(desk, prose.n, mark.offset + 1, 'span')
      at = cut
    }
    return out + led(at, to)
  }
  /** Text with what belongs to the lead-in marked as such. */
  const led = (from: number, to: number): string => {
    if (lead === undefined || from >= lead.end || to <= lead.start) return plain(prose.text.slice(from, to), options)
    const start = Math.max(from, lead.start)
    const end = Math.min(to, lead.end)
    const inside = plain(prose.text.slice(start, end), options)
    const name = lead.capitals ? 'lead-in capitals' : 'lead-in'
    return `${plain(prose.text.slice(from, start), options)}<span class="${name}">${inside}</span>${plain(prose.text.slice(end, to), options)}`
  }
  const written = stretch(first, last)
  return last < prose.text.length ? written : written + takeMarks(desk, prose.n, Number.POSITIVE_INFINITY, 'span')
}

/** What the spans are within a part of the text; an id stays where its span begins. */
function clip(spans: readonly Span[], from: number, to: number): Span[] {
  return spans.flatMap((span) => {
    const isEmpty = span.start === span.end
    if (isEmpty ? span.start < from || span.start > to : span.end <= from || span.start >= to) return []
    const cut = { ...span, start: Math.max(from, span.start), end: Math.min(to, span.end) }
    if (cut.kind === 'span' && span.start < from) cut.id = undefined
    return [cut]
  })
}

function plain(from: string, options: ProseOptions): string {
  const escaped = text(from)
  return options.verbatim || !escaped.includes('\n') ? escaped : escaped.replaceAll('\n', '<br/>\n')
}

/** A page never begins within a character of two code units. */
function between(of: string, offset: number): number {
  const unit = of.charCodeAt(offset)
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset
}

const ELEMENTS = {
  emphasis: 'em',
  italic: 'i',
  bold: 'b',
  defined: 'dfn',
  isolate: 'bdi',
  strong: 'strong',
  code: 'code',
  strike: 's',
  sub: 'sub',
  sup: 'sup',
  underline: 'u',
  mark: 'mark',
  small: 'small',
  cite: 'cite',
  kbd: 'kbd',
  quoted: 'q',
  ruby: 'ruby',
  'ruby-text': 'rt',
} as const

/** `inside` must be called once, in its place: it moves on through the spans. */
function writeSpan(span: Span, desk: Desk, inside: () => string, around = ''): string {
  switch (span.kind) {
    case 'smallcaps':
      return `<span class="smallcaps">${inside()}</span>`
    case 'span': {
      const own = ownOf(span, desk)
      return own === '' ? inside() : `<span${own}>${inside()}</span>`
    }
    case 'link': {
      const href = span.href.startsWith('#') ? address(span.href.slice(1), desk.names, desk.file) : span.href
      if (href === undefined) return inside()
      return `<a${attributes({ href, title: span.title })}>${inside()}</a>`
    }
    case 'note': {
      inside()
      const note = desk.names.notes.get(span.note)
      if (note === undefined) return ''
      const href = `${note.file === desk.file ? '' : note.file}#${xmlId(span.note)}`
      const there = desk.references.get(span.note) ?? []
      const id = referenceId(span.note, there.length)
      desk.references.set(span.note, [...there, { file: desk.file, id }])
      const own = attributes({ id, href, 'epub:type': 'noteref', role: 'doc-noteref' })
      const call = `<a${own}>${text(note.label)}</a>`
      return isRaised(note.label) ? `<sup>${call}</sup>` : call
    }
    case 'image':
      inside()
      return writeImage(span.src, span.alt, desk)
    case 'speaker':
      desk.z3998 = true
      return `<b class="speaker" epub:type="z3998:persona">${inside()}</b>`
    case 'number':
      return `<span class="${span.role}">${inside()}</span>`
    case 'abbr':
      return `<abbr${attributes({ title: span.title })}>${inside()}</abbr>`
    case 'time':
      return span.datetime === undefined
        ? inside()
        : `<time${attributes({ datetime: span.datetime })}>${inside()}</time>`
    case 'ruby-base':
      return inside()
    case 'ruby-paren':
      // Every reading system sets ruby; EPUBCheck advises against `rp`.
      inside()
      return ''
    default: {
      const element = ELEMENTS[span.kind]
      const own = span.kind === 'italic' ? typed(span.type, desk) : ''
      return `<${element}${own}${around}>${inside()}</${element}>`
    }
  }
}

/** Marks that say nothing but how words look: they carry themselves what a span around them says. */
function isBare({ kind }: Span): boolean {
  return kind === 'italic' || kind === 'bold' || kind === 'defined' || kind === 'isolate'
}

function ownOf(span: Extract<Span, { kind: 'span' }>, desk: Desk): string {
  const id = span.id === undefined ? undefined : xmlId(span.id)
  return attributes({ id, class: classList(span.classes) }) + typed(span.type, desk) + language(span.lang, desk.mixed)
}

/** `epub:type`, whose vocabulary the document then names. */
export function typed(type: string | undefined, desk: Desk): string {
  if (type?.startsWith('se:')) desk.se = true
  if (type?.startsWith('z3998:')) desk.z3998 = true
  return attributes({ 'epub:type': type })
}

/** `share`: of the measure, if it is to have one. */
export function writeImage(src: string, alt: Alternative, desk: Desk, share?: number): string {
  const file = desk.names.images.get(src)
  if (file === undefined) return text(alt ?? '')
  const width = share === undefined ? '' : ` class="${widthOf(share).name}"`
  // No words from the author: an empty alternative would say that the picture is decoration, and hide it.
  const tag = desk.book.metadata.language
  const own = alt === undefined ? language(lentLanguage(tag)) : ''
  return `<img${width} src="../images/${file}" alt="${value(alt ?? wordsOf(tag).undescribed)}"${own}/>`
}

/**
 * Text with a note's number in it is named without the number where it names something: a heading, a table, a figure.
 * Out: `aria-label`, if the text has one.
 */
export function nameWithoutNotes(prose: Prose | undefined): string | undefined {
  return prose?.spans.some((span) => span.kind === 'note') ? plainText(prose) || undefined : undefined
}

export function classList(...lists: (string | undefined | readonly string[])[]): string | undefined {
  const all = lists.flat().filter((name) => name !== undefined && name !== '')
  return all.length === 0 ? undefined : all.join(' ')
}
