// In: Metadata. Out: the pages that every book has: half-title, title page, imprint, contents, colophon.
// They state what the manifest says and what the build knows; nothing else.
import { type Place, type Report, warning } from '../diagnostic.js'
import type { Block, Book, ContentsEntry, Matter, Metadata, Printed, Prose, Section, Span } from '../model/book.js'
import { dateInWords } from '../model/dates.js'
import { EDITION_NAMES } from '../model/editions.js'
import { primary } from '../model/languages.js'
import { copyrightInWords, doiAddress, seriesInWords } from '../model/record.js'
import type { Role, SectionRole } from '../model/role.js'
import { eachBlock } from '../model/walk.js'
import { lentLanguage, type Words, wordsOf } from '../model/words.js'
import { takeId } from './book-files.js'
import type { Ids } from './context.js'
import { applyEdits, type Edit } from './inline/edits.js'
import { setText } from './inline/settext.js'
import type { GeneratedRole, ManifestEntry } from './manifest/entries.js'
import { relatorName } from './manifest/relators.js'
import { UNLISTED } from './markdown/attributes.js'
import { plainProse } from './roles.js'

const PLACE = { path: '', line: 0 }

/** Readers have passed them when they come to the contents. */
const BEFORE_CONTENTS: ReadonlySet<SectionRole> = new Set([
  ...(['praise', 'half-title', 'also-by', 'title-page', 'imprint', 'dedication', 'epigraph'] as const),
])

/**
 * The manifest's entries in their order and, between them, those that it leaves to us, each at the trade's place: a dedication
 * and an epigraph come before the contents, what is only praised or advertised before the title page. `own`: roles that the author's files have.
 */
export function withGenerated(entries: readonly ManifestEntry[], own: ReadonlySet<string>): ManifestEntry[] {
  // A list of figures is asked for where one is wanted; it says nothing of the other pages.
  if (entries.some(({ generate }) => generate !== undefined && generate !== 'list-of-figures')) return [...entries]
  const make = (generate: GeneratedRole, matter: Matter): ManifestEntry[] =>
    own.has(generate) ? [] : [{ matter, place: PLACE, generate }]
  const all = entries.filter((entry) => entry.matter === 'front')
  // Wherever the manifest has them: praise meets whoever opens the book, other books of the author face the title.
  const of = (wanted: SectionRole) => all.filter(({ role }) => role === wanted)
  const praise = of('praise')
  const titles = [...of('half-title'), ...of('also-by')]
  const front = all.filter((entry) => !praise.includes(entry) && !titles.includes(entry))
  const contents = front.findLastIndex(({ role }) => role !== undefined && BEFORE_CONTENTS.has(role)) + 1
  return [
    ...praise,
    ...make('half-title', 'front'),
    ...titles,
    ...make('title-page', 'front'),
    ...make('imprint', 'front'),
    ...front.slice(0, contents),
    ...make('contents', 'front'),
    ...front.slice(contents),
    ...entries.filter((entry) => entry.matter === 'body'),
    ...entries.filter((entry) => entry.matter === 'back'),
    ...make('colophon', 'back'),
  ]
}

/** `place`: where the manifest asks for it, or says what the book is called; for what is found of its text. */
export function generateSection(
  role: GeneratedRole,
  matter: Matter,
  id: string,
  meta: Metadata,
  smart: boolean,
  place: Place,
): Section {
  const words = wordsOf(meta.language)
  const { language } = meta
  const text = (one: string) => setText(one, language, smart)
  const blocks = blocksOf(role, meta, words, text)
  eachBlock(blocks, (block) => {
    block.place = place
  })
  const title = words.roles[role]
  const toc = role === 'colophon' || role === 'list-of-figures'
  const lent = lentLanguage(language)
  return {
    ...{ id, role, matter, depth: 1, generated: true, title, toc, language, blocks, notes: [], place },
    ...(lent === undefined ? {} : { titleLanguage: lent }),
  }
}

/** A part of a line: the manifest's words, or ours and their language, if it is not the book's. */
interface Part {
  text: string
  lang?: string | undefined
}

/** A pattern's own words are ours, what stands for its `%` is the manifest's. */
function patterned(pattern: string, lang: string | undefined, ...values: Part[]): Part[] {
  return pattern.split('%').flatMap((ours, i) => [{ text: ours, lang }, values[i] ?? { text: '' }])
}

/** The manifest's own texts as they are printed. */
export function printedOf(meta: Metadata, smart: boolean): Printed {
  const text = (one: string) => setText(one, meta.language, smart)
  const maybe = (one: string | undefined) => (one === undefined ? undefined : text(one))
  return {
    title: text(meta.title),
    shortTitle: maybe(meta.shortTitle),
    subtitle: maybe(meta.subtitle),
    authors: meta.authors.map((author) => text(author.name)),
    publisher: maybe(meta.publisher),
    series: meta.series?.map((one) => text(one.name)),
  }
}

function blocksOf(role: GeneratedRole, meta: Metadata, words: Words, text: (one: string) => string): Block[] {
  switch (role) {
    case 'half-title':
      return [paragraph('half-title', text(meta.title))]
    case 'title-page':
      return [
        heading('book-title', text(meta.title)),
        ...[meta.subtitle].flatMap((one) => (one === undefined ? [] : [paragraph('book-subtitle', text(one))])),
        ...meta.authors.map((author) => paragraph('book-author', text(author.name))),
        ...footOfTitle(meta, text),
      ]
    case 'imprint':
      return imprint(meta, words).map((line) => marked('imprint', line, text))
    case 'contents':
    case 'list-of-figures':
      return [
        heading('title', words.roles[role], lentLanguage(meta.language)),
        { n: 0, classes: [], place: PLACE, kind: 'contents', role: 'contents-chapter', entries: [] },
      ]
    case 'colophon':
      return [
        heading('title', words.roles.colophon, lentLanguage(meta.language)),
        paragraph('colophon', fill(words.madeWith, 'Octavo'), lentLanguage(meta.language)),
      ]
  }
}

/** Who brings the book out; below, where and in which year. */
function footOfTitle({ publisher, publishedAt, date }: Metadata, text: (one: string) => string): Block[] {
  if (publisher === undefined && publishedAt === undefined) return []
  const below = [publishedAt, date?.slice(0, 4)].filter((one) => one !== undefined).join(', ')
  return [paragraph('book-publisher', [publisher, below].flatMap((one) => (one ? [text(one)] : [])).join('\n'))]
}

function imprint(meta: Metadata, words: Words): Part[][] {
  const lent = lentLanguage(meta.language)
  const lines: Part[][] = []
  const say = (text: string) => lines.push([{ text }])
  say(meta.subtitle === undefined ? meta.title : `${meta.title}. ${meta.subtitle}`)
  if (meta.authors.length > 0) say(meta.authors.map((author) => author.name).join(', '))
  for (const { name, role } of meta.contributors) {
    const credit = words.credits.get(role)
    if (credit !== undefined) lines.push(patterned(credit, lent, { text: name }))
    // The names of MARC's relators are English.
    else
      lines.push([
        { text: name },
        { text: ` (${relatorName(role).toLowerCase()})`, lang: primary(meta.language) === 'en' ? undefined : 'en' },
      ])
  }
  for (const one of meta.series ?? []) say(seriesInWords(one))
  const { source } = meta
  if (source !== undefined) {
    const said = [source.title, source.date, source.identifier].filter((one) => one !== undefined)
    if (said.length > 0) lines.push([{ text: words.source, lang: lent }, { text: ` ${said.join(', ')}` }])
    if (source.note !== undefined) say(source.note)
    if (source.url !== undefined) say(source.url)
  }
  if (meta.publisher !== undefined) say(meta.publisher)
  if (meta.date !== undefined) {
    const date = dateInWords(meta.date, meta.language)
    lines.push(patterned(words.edition, lent, { text: date, lang: date === meta.date ? undefined : lent }))
  }
  const of = (pattern: (n: string) => string, given: string | undefined) => {
    if (given !== undefined)
      lines.push(/^\d+$/.test(given) ? [{ text: pattern(given), lang: lent }] : [{ text: given }])
  }
  of(words.nthEdition, meta.edition)
  of(words.nthPrinting, meta.printing)
  const { book, editions = {} } = meta.isbn ?? {}
  if (book !== undefined) say(`ISBN ${book}`)
  for (const name of EDITION_NAMES) {
    if (editions[name] !== undefined)
      lines.push([{ text: `ISBN ${editions[name]} (` }, { text: words.editions[name], lang: lent }, { text: ')' }])
  }
  if (meta.doi !== undefined) say(doiAddress(meta.doi))
  if (meta.identifierGiven) say(shownIdentifier(meta.identifier))
  if (meta.copyright !== undefined) say(copyrightInWords(meta.copyright))
  if (meta.rights !== undefined) say(meta.rights)
  return lines
}

/** An ISBN as books show it, its digits grouped as they were given. */
function shownIdentifier(identifier: string): string {
  return identifier.replace(/^urn:isbn:(?=[\dX-]+$)/i, 'ISBN ')
}

function fill(pattern: string, ...values: string[]): string {
  let k = 0
  return pattern.replace(/%/g, () => values[k++] ?? '')
}

function prose(text: string): Prose {
  const found = /^https?:\/\/\S+$/.exec(text)
  const link = { kind: 'link' as const, start: 0, end: text.length, href: text, page: false, place: PLACE }
  return { n: 0, text, spans: found === null ? [] : [link] }
}

function paragraph(role: Role, text: string, lang?: string): Block {
  return { n: 0, classes: [], place: PLACE, kind: 'paragraph', role, prose: inLanguage(prose(text), lang) }
}

function heading(role: Role, text: string, lang?: string): Block {
  return { n: 0, classes: [], place: PLACE, kind: 'heading', role, level: 1, prose: inLanguage(prose(text), lang) }
}

/** All of it, if it is another language than the page's. */
function inLanguage(prose: Prose, lang: string | undefined): Prose {
  if (lang !== undefined) prose.spans.unshift({ kind: 'span', start: 0, end: prose.text.length, lang, classes: [] })
  return prose
}

/** A line of words in two languages; in one, it is set as a whole. */
function marked(role: Role, parts: readonly Part[], text: (one: string) => string): Block {
  if (parts.every((part) => part.lang === undefined))
    return paragraph(role, text(parts.map((part) => part.text).join('')))
  const line: Prose = { n: 0, text: '', spans: [] }
  for (const part of parts) {
    const start = line.text.length
    line.text += part.lang === undefined ? text(part.text) : part.text
    const { lang } = part
    const words = part.text.trim()
    if (lang === undefined || words === '') continue
    const from = start + part.text.indexOf(words)
    line.spans.push({ kind: 'span', start: from, end: from + words.length, lang, classes: [] })
  }
  return { n: 0, classes: [], place: PLACE, kind: 'paragraph', role, prose: line }
}

/** Lists what is to be listed in every table of contents, and of figures; `depth`: of headings. `place`: where the manifest asks for the latter. */
export function fillContents(
  sections: readonly Section[],
  ids: Ids,
  depth: number,
  place: Place,
  report: Report,
): void {
  // The PDF's bookmarks list them too, whether or not there is a page of contents.
  if (depth > 1) for (const section of sections) if (section.toc) headingsOf(section, depth, ids)
  for (const section of sections) {
    for (const block of section.blocks) {
      if (block.kind !== 'contents') continue
      block.entries =
        section.role === 'list-of-figures'
          ? sections.flatMap((one) => figuresOf(one, ids).map((entry) => said(entry, one, section)))
          : sections
              .filter((one) => one.toc && one !== section)
              .flatMap((one) =>
                [entryOf(one), ...headingsOf(one, depth, ids)].map((entry) => said(entry, one, section)),
              )
      if (section.role === 'list-of-figures' && block.entries.length === 0) {
        const hint = 'give the pictures captions: `![what it shows](picture.png "Its caption")`'
        warning(report, 'empty-section', place, 'the list of figures is empty: no picture has a caption', hint)
      }
    }
  }
}

/** A title in another language than the list says which. */
function said(entry: ContentsEntry, of: Section, list: Section): ContentsEntry {
  if (of.language === list.language || of.titleLanguage !== undefined) return entry
  return { ...entry, prose: inLanguage(entry.prose, of.language) }
}

/** Those with captions, for these are what a figure is called by; one without an id is given one. */
function figuresOf(section: Section, ids: Ids): ContentsEntry[] {
  const entries: ContentsEntry[] = []
  eachBlock(section.blocks, (block) => {
    if (block.kind !== 'figure' || block.caption === undefined || plainProse(block.caption) === '') return
    block.id ??= takeId(`figure-${section.id}-${entries.length + 1}`, block.place, ids, section.id)
    const prose = listed(block.caption, plainProse(block.caption))
    if (prose !== undefined) entries.push({ depth: 1, role: 'contents-chapter', href: `#${block.id}`, prose })
  })
  return entries
}

/** The headings below a section's title, as deep as the contents go; one without an id is given one. */
function headingsOf(section: Section, depth: number, ids: Ids): ContentsEntry[] {
  const entries: ContentsEntry[] = []
  for (const block of section.blocks) {
    if (block.kind !== 'heading' || !block.role.startsWith('heading-') || block.classes.includes(UNLISTED)) continue
    const rank = Number(block.role.slice('heading-'.length))
    const prose = rank > depth ? undefined : listed(block.prose, plainProse(block.prose))
    if (prose === undefined || prose.text === '') continue
    block.id ??= takeId(`${section.id}-${entries.length + 1}`, block.place, ids, section.id)
    entries.push({ depth: section.depth + rank - 1, role: 'contents-chapter', href: `#${block.id}`, prose })
  }
  return entries
}

function entryOf(section: Section): ContentsEntry {
  const role = section.role === 'part' ? 'contents-part' : 'contents-chapter'
  return { depth: section.depth, role, href: `#${section.id}`, prose: listedTitle(section) }
}

/** The title with its emphasis and languages, if it is the one on the page; links, notes, pictures and ids stay there. */
function listedTitle(section: Section): Prose {
  const plain: Prose = { n: 0, text: section.title, spans: [] }
  const head = section.blocks.find((block) => block.role === 'title' || block.role === 'part-title')
  if (head?.kind !== 'heading' || head.prose.spans.length === 0 || plainProse(head.prose) !== section.title)
    return plain
  return listed(head.prose, section.title) ?? plain
}

/** A title or a caption as a list has it; undefined if it does not come out as `wanted`. */
function listed(from: Prose, wanted: string): Prose | undefined {
  const spans: Span[] = []
  for (const span of from.spans) {
    if (span.kind === 'link' || span.kind === 'note' || span.kind === 'image') continue
    if (span.kind !== 'span') spans.push({ ...span })
    else if (span.lang !== undefined) spans.push({ ...span, id: undefined, classes: [] })
  }
  const made: Prose = { n: 0, text: from.text, spans }
  // What plainProse does to the text.
  const edits: Edit[] = []
  for (const found of made.text.matchAll(/[\ufffc\s]+/g)) {
    const { index } = found
    const atEdge = index === 0 || index + found[0].length === made.text.length
    const put = atEdge || !/\s/.test(found[0]) ? '' : ' '
    if (found[0] !== put) edits.push({ at: index, out: found[0].length, put })
  }
  applyEdits(made, edits)
  made.spans = made.spans.filter((span) => span.end > span.start)
  return made.text === wanted ? made : undefined
}

export interface FaceCredit {
  family: string
  designer: string
  licence: string
}

/** Names the faces in a colophon that Octavo wrote. Anchors stay as they are: only a text grows. */
export function nameFaces(book: Book, faces: readonly FaceCredit[]): void {
  if (faces.length === 0) return
  const words = wordsOf(book.metadata.language)
  const credits = faces.map(({ family, designer, licence }) => {
    const who = designer === '' ? family : fill(words.designedBy, family, designer)
    return licence === '' ? who : fill(words.licensed, who, licence)
  })
  for (const section of book.sections) {
    if (!section.generated || section.role !== 'colophon') continue
    const last = section.blocks.at(-1)
    if (last?.kind !== 'paragraph') continue
    const { prose } = last
    prose.text = `${fill(words.setIn, credits.join('; '))} ${prose.text}`
    for (const span of prose.spans) span.end = prose.text.length
  }
}
