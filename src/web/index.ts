// The door of the web edition: what an EPUB is made of goes in; a folder of files comes out, to be read in the browser from any server
// and from a disk: the EPUB's documents as HTML, in its theme, with contents, search, and all that a reader sets.
import { createHash } from 'node:crypto'
import type { Report } from '../diagnostic.js'
import { describeAccessibility } from '../epub/accessibility.js'
import { checkLetters } from '../epub/account.js'
import { writeBody } from '../epub/document.js'
import { embedFonts } from '../epub/fonts.js'
import { coverAlt, MEDIA_TYPES } from '../epub/index.js'
import { type Node, waysThrough } from '../epub/nav.js'
import { expectAll, type Prepared, prepare } from '../epub/prepare.js'
import { toWoff } from '../fonts/woff.js'
import type { Book, Image, Metadata, Section } from '../model/book.js'
import { direction } from '../model/languages.js'
import type { PageStart } from '../model/pages.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import type { Face, Theme } from '../theme/theme.js'
import { browserFile } from './browser-files.js'
import { webWords } from './frame-words.js'
import { writeFront } from './front-page.js'
import { toHtml, withFolios } from './html.js'
import { type Frame, type Page, type Step, writePage } from './page-document.js'
import { writeManifest } from './publication-manifest.js'
import { searchParts } from './search-parts.js'
import { bookSheet, frameSheet } from './style-sheets.js'
import { writeWorker } from './worker.js'

export interface WebOptions {
  /** In the order of the pages; none: there is no list of pages. */
  starts?: readonly PageStart[] | undefined
  cover: Jacket
  icon: Jacket
  /** A page about the book, as the first page sees it. */
  home?: string | undefined
}

interface Jacket {
  bytes: Uint8Array
  type: Image['type']
  width: number
  height: number
}

export interface WebFile {
  /** In the folder. */
  name: string
  bytes: Uint8Array
}

export async function writeWeb(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  { starts = [], cover, icon, home }: WebOptions,
  report: Report,
): Promise<WebFile[]> {
  const { metadata } = book
  // A browser opens a document of any length; notes are in the one that refers to them.
  const prepared = prepare(book, theme, faces, cover.type, starts, { ending: 'html', divided: false })
  const { survey, names, outline, pages } = prepared
  const fonts = (await embedFonts(survey, theme, faces)).map((font) => {
    return { ...font, file: font.file.replace(/\.[^.]*$/, '.woff'), bytes: toWoff(font.bytes) }
  })
  const text = fonts.filter(({ name, weight }) => name === theme.styles.body.face && weight === 400)
  const iconFile = `icon.${icon.type === 'jpeg' ? 'jpg' : icon.type}`
  const frame = frameOf(
    book,
    text.map(({ file }) => file),
    iconFile,
  )

  // write
  const sized = sizing(book, prepared)
  const bodies = book.sections.map((section) => {
    const desk = prepared.deskOf(section)
    const written = names.documents
      .get(section.id)!
      .map((share) => toHtml(writeBody(section, share, desk), raise(section)))
    checkLetters(section, written, desk, report, 'in the web edition')
    return withFolios(sized(written.join('')))
  })
  expectAll(pages)
  const ways = waysThrough(book, names, outline, pages)
  const steps = book.sections.map((section): Step => {
    return { href: names.sections.get(section.id)!, title: nameOf(section, metadata.language) || metadata.title }
  })
  const documents = book.sections.map((section, i) => {
    const page = pageOf(section, bodies[i]!, steps, i, metadata)
    return { name: `text/${steps[i]!.href}`, content: writePage(frame, page) }
  })
  const first = book.sections.findIndex((section) => section.matter === 'body' || (!section.generated && section.toc))
  const front = {
    metadata,
    cover: { href: `images/${names.coverImage}`, alt: coverAlt(metadata), width: cover.width, height: cover.height },
    home,
    begin: `text/${steps[Math.max(first, 0)]?.href ?? ''}`,
    contents: ways.contents,
    pageOf: pageOfSections(book, prepared),
  }
  const parts = searchParts(book, prepared)
  const sheet = frameSheet(theme, browserFile('web.css'))
  const data = {
    words: frame.words,
    lang: frame.lent,
    heading: frame.contents,
    parts: parts.length,
    contents: ways.contents.map(short),
  }

  // gather
  const utf8 = new TextEncoder()
  const files: WebFile[] = [
    {
      name: 'index.html',
      content: writeFront(frame, front, steps[0] && { ...steps[0], href: `text/${steps[0].href}` }),
    },
    ...documents,
    { name: 'css/book.css', content: bookSheet(theme, fonts, prepared, direction(metadata.language) === 'rtl') },
    { name: 'css/web.css', content: sheet },
    { name: 'js/web.js', content: browserFile('web.js') },
    { name: 'js/book.js', content: `octavoBook(${JSON.stringify(data)})\n` },
    ...(parts.length > 0 ? [{ name: 'js/search.js', content: browserFile('search.js') }] : []),
    ...parts.map((content, i) => ({ name: `search/${i + 1}.js`, content })),
    { name: iconFile, content: icon.bytes },
    { name: `images/${names.coverImage}`, content: cover.bytes },
    ...[...names.images].map(([path, file]) => ({ name: `images/${file}`, content: book.images.get(path)!.bytes })),
    ...fonts.map((font) => ({ name: `fonts/${font.file}`, content: font.bytes })),
  ].map(({ name, content }) => ({ name, bytes: typeof content === 'string' ? utf8.encode(content) : content }))
  const manifest = writeManifest({
    metadata,
    accessibility: describeAccessibility(book, survey, pages.length),
    documents: documents.map(({ name }, i) => ({ href: name, title: steps[i]!.title })),
    contents: ways.contents,
    pages,
    cover: { href: `images/${names.coverImage}`, type: MEDIA_TYPES[cover.type] },
    resources: files
      .filter(({ name }) => !/\.html$|^images\/cover\./.test(name))
      .map(({ name }) => ({ href: name, type: typeOf(name) })),
  })
  files.push({ name: 'manifest.json', bytes: utf8.encode(manifest) })
  return [...files, { name: 'sw.js', bytes: utf8.encode(writeWorker(files)) }]
}

/** `steps`: all sections, of which it is number `i`. */
function pageOf(section: Section, body: string, steps: readonly Step[], i: number, metadata: Metadata): Page {
  const { language } = metadata
  return {
    title: nameOf(section, language) || undefined,
    language: section.language,
    depth: 1,
    role: section.role,
    previous: steps[i - 1] ?? { href: '../index.html', title: metadata.title },
    next: steps[i + 1],
    start: section.id,
    body: titled(body, section, language),
  }
}

/** Room is kept for a picture that is still to come. */
function sizing(book: Book, { names }: Prepared): (html: string) => string {
  const sizes = new Map([...names.images].map(([path, file]) => [file, book.images.get(path)!]))
  const sized = (tag: string, _: string, file: string) => {
    const { width, height } = sizes.get(file)!
    return `${tag} width="${Math.round(width)}" height="${Math.round(height)}" loading="lazy"`
  }
  return (html) => html.replace(/<img ([^>]*)src="\.\.\/images\/([^"]*)"/g, sized)
}

function frameOf({ metadata }: Book, faces: readonly string[], icon: string): Frame {
  const { language } = metadata
  return {
    title: metadata.title,
    language,
    words: webWords(language),
    lent: lentLanguage(language),
    contents: wordsOf(language).roles.contents,
    book: createHash('sha256').update(metadata.identifier).digest('hex').slice(0, 12),
    description: metadata.description,
    authors: metadata.authors.map(({ name }) => name),
    faces,
    icon,
  }
}

/** What a section is called where it must have a name. */
function nameOf({ title, role }: Section, language: string): string {
  return title || wordsOf(language).roles[role]
}

/** A page of its own begins at the first level, whatever the section's in the book. */
function raise({ depth }: Section): number {
  return depth - 1
}

/** A section that shows no title has one for those who go by headings. */
function titled(body: string, section: Section, language: string): string {
  if (/<h1[\s>]/.test(body)) return body
  const lent = section.title === '' ? lentLanguage(language) : section.titleLanguage
  const lang = lent === undefined ? '' : ` lang="${lent}"`
  const escaped = nameOf(section, language).replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return `<h1 class="unseen"${lang}>${escaped}</h1>\n${body}`
}

function pageOfSections({ sections }: Book, { names, pages }: Prepared): (href: string) => string | undefined {
  const known = new Map<string, string>()
  let at = 0
  for (const section of sections) {
    const n = section.blocks[0]?.n ?? 0
    while (at < pages.length && pages[at]!.n <= n) at++
    const page = pages[at - 1]
    if (page !== undefined) known.set(`text/${names.sections.get(section.id)}`, page.label)
  }
  return (href) => known.get(href)
}

type Short = [label: string, href: string, ...children: Short[]]

function short({ label, href, children }: Node): Short {
  return [label, href, ...children.map(short)]
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['css', 'text/css'],
  ['js', 'text/javascript'],
  ['woff', 'font/woff'],
  ['jpg', MEDIA_TYPES.jpeg],
  ...Object.entries(MEDIA_TYPES),
])

function typeOf(name: string): string {
  return TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream'
}
