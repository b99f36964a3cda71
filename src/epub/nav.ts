// The book and its page marks go in; the ways through it come out: nav.xhtml with contents, landmarks and pages, the
// toc.ncx of old reading systems, and the package's guide.

import type { Book, Metadata, Section } from '../model/book.js'
import { direction } from '../model/languages.js'
import { lentLanguage, type Words, wordsOf } from '../model/words.js'
import { wrap } from './document.js'
import type { Entry, Outline } from './headings.js'
import { fileAt, type Names } from './names.js'
import type { PageMark } from './pagemarks.js'
import { LANDMARKS, ofSection } from './semantics.js'
import { attributes, language, text, value } from './xml.js'

export interface Ways {
  contents: Node[]
  landmarks: Landmark[]
  pages: readonly PageMark[]
}

export interface Node {
  label: string
  /** Where it is not the book's. */
  lang?: string | undefined
  /** Seen from the package document. */
  href: string
  children: Node[]
}

export interface Landmark {
  type: string
  label: string
  lang?: string | undefined
  href: string
}

export function waysThrough(book: Book, names: Names, outline: Outline, pages: readonly PageMark[]): Ways {
  const words = wordsOf(book.metadata.language)
  return { contents: contentsOf(book, names, outline), landmarks: landmarksOf(book, names, words), pages }
}

/** Parts hold their chapters, chapters the headings within them and the chapters below them. */
function contentsOf(book: Book, names: Names, outline: Outline): Node[] {
  const top: Node[] = []
  const known = new Map<string, Node>()
  for (const section of book.sections) {
    if (!section.toc || section.title === '') continue
    const file = `text/${names.sections.get(section.id)}`
    const node: Node = {
      label: section.title,
      lang: languageOf(section, book),
      href: file,
      children: nest(
        outline.below.get(section.id) ?? [],
        (n) => `text/${fileAt(section.id, n, names)}`,
        section.language === book.metadata.language ? undefined : section.language,
      ),
    }
    const outer = known.get(section.under ?? '') ?? known.get(section.part ?? '')
    if (outer) outer.children.push(node)
    else top.push(node)
    known.set(section.id, node)
  }
  const first = book.sections[0]
  if (top.length === 0 && first !== undefined) {
    const body = book.sections.find((section) => section.matter === 'body') ?? first
    top.push({ label: book.metadata.title, href: `text/${names.sections.get(body.id)}`, children: [] })
  }
  return top
}

/** Of a section's title, where it is not the book's. */
function languageOf({ language, title, titleLanguage }: Section, { metadata }: Book): string | undefined {
  if (title === '') return lentLanguage(metadata.language)
  return titleLanguage ?? (language === metadata.language ? undefined : language)
}

function nest(entries: readonly Entry[], fileOf: (n: number) => string, lang: string | undefined): Node[] {
  const top: Node[] = []
  const open: { level: number; node: Node }[] = []
  for (const entry of entries) {
    const node: Node = { label: entry.text, lang, href: `${fileOf(entry.n)}#${entry.id}`, children: [] }
    while (open.length > 0 && open.at(-1)!.level >= entry.level) open.pop()
    const parent = open.at(-1)?.node.children ?? top
    parent.push(node)
    open.push({ level: entry.level, node })
  }
  return top
}

function landmarksOf(book: Book, names: Names, words: Words): Landmark[] {
  const hrefOf = (section: Section) => `text/${names.sections.get(section.id)}`
  const body = book.sections.find((section) => section.matter === 'body')
  const lang = lentLanguage(book.metadata.language)
  const out: Landmark[] = [{ type: 'cover', label: words.cover, lang, href: `text/${names.coverPage}` }]
  for (const section of book.sections) {
    const own = languageOf(section, book)
    if (section === body)
      out.push({ type: 'bodymatter', label: section.title || words.text, lang: own, href: hrefOf(section) })
    const { type } = ofSection(section.role, section.matter)
    if (type === undefined || !LANDMARKS.has(section.role)) continue
    const usual =
      section.role === 'contents'
        ? words.roles.contents
        : section.role === 'title-page'
          ? words.roles['title-page']
          : ''
    const label = section.title || usual
    if (label !== '') out.push({ type, label, lang: own, href: hrefOf(section) })
  }
  if (!hasContents(book)) out.push({ type: 'toc', label: words.roles.contents, lang, href: 'nav.xhtml#toc' })
  return out
}

/** Has the book a page of contents of its own? If not, the navigation document is that page. */
export function hasContents(book: Book): boolean {
  return book.sections.some((section) => section.role === 'contents')
}

export function writeNav(metadata: Metadata, ways: Ways, night: boolean): string {
  const words = wordsOf(metadata.language)
  const spoken = (tag: string | undefined) => spokenIn(metadata.language, tag)
  const lent = spoken(lentLanguage(metadata.language))
  const heading = (label: string) => `  <h2${lent}>${text(label)}</h2>\n`
  let body = `<nav id="toc" epub:type="toc" role="doc-toc">
  <h1${lent}>${text(words.roles.contents)}</h1>
${list(ways.contents, metadata.language, '  ')}</nav>
<nav id="landmarks" epub:type="landmarks" hidden="hidden">
${heading(words.landmarks)}  <ol>
${ways.landmarks
  .map(
    ({ type, href, lang, label }) =>
      `    <li><a epub:type="${type}" href="${value(href)}"${spoken(lang)}>${text(label)}</a></li>\n`,
  )
  .join('')}  </ol>
</nav>
`
  if (ways.pages.length > 0) {
    const items = ways.pages.map((page) => `    <li><a href="text/${page.href}">${text(page.label)}</a></li>\n`)
    body += `<nav id="page-list" epub:type="page-list" role="doc-pagelist" hidden="hidden">
${heading(words.pages)}  <ol>
${items.join('')}  </ol>
</nav>
`
  }
  return wrap({ title: metadata.title, language: metadata.language, depth: 0, night }, body)
}

/** What a link in a list of this language says of its own, if that is another. */
export function spokenIn(around: string, tag: string | undefined): string {
  return language(tag, tag !== undefined && direction(tag) !== direction(around))
}

function list(nodes: readonly Node[], around: string, indent: string): string {
  const items = nodes.map((node) => {
    const link = `<a href="${value(node.href)}"${spokenIn(around, node.lang)}>${text(node.label)}</a>`
    const below = node.children.length > 0 ? `\n${list(node.children, around, `${indent}    `)}${indent}  ` : ''
    return `${indent}  <li>${link}${below}</li>\n`
  })
  return `${indent}<ol>\n${items.join('')}${indent}</ol>\n`
}

/** NCX 2005-1, as EPUB 2.0.1 had it. */
export function writeNcx(metadata: Metadata, ways: Ways): string {
  let count = 0
  const points = (nodes: readonly Node[], indent: string): string =>
    nodes
      .map(
        (node) =>
          `${indent}<navPoint id="point-${++count}">\n${indent}  <navLabel><text>${text(node.label)}</text></navLabel>\n` +
          `${indent}  <content src="${value(node.href)}"/>\n${points(node.children, `${indent}  `)}${indent}</navPoint>\n`,
      )
      .join('')
  const depth = (nodes: readonly Node[]): number =>
    nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map((n) => depth(n.children)))
  const numbers = ways.pages.map((page) => (/^[0-9]+$/.test(page.label) ? Number(page.label) : 0))
  // Without ids and values, which the DTD does not ask for: they say the page's number twice more.
  const targets = ways.pages.map((page, i) => {
    const type = numbers[i]! > 0 ? 'normal' : 'front'
    return `    <pageTarget type="${type}">\n      <navLabel><text>${text(page.label)}</text></navLabel>\n      <content src="text/${page.href}"/>\n    </pageTarget>\n`
  })
  const pageList = targets.length > 0 ? `  <pageList>\n${targets.join('')}  </pageList>\n` : ''
  const map = points(ways.contents, '    ')
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${value(metadata.language)}">
  <head>
    <meta name="dtb:uid" content="${value(metadata.identifier)}"/>
    <meta name="dtb:depth" content="${depth(ways.contents)}"/>
    <meta name="dtb:totalPageCount" content="${ways.pages.length}"/>
    <meta name="dtb:maxPageNumber" content="${numbers.reduce((a, b) => Math.max(a, b), 0)}"/>
  </head>
  <docTitle><text>${text(metadata.title)}</text></docTitle>
${metadata.authors.map((author) => `  <docAuthor><text>${text(author.name)}</text></docAuthor>\n`).join('')}  <navMap>
${map}  </navMap>
${pageList}</ncx>
`
}

/** OPF 2.0.1's guide: the same landmarks under the names that old reading systems know. */
const GUIDE = new Map<string, string>(
  Object.entries({
    cover: 'cover',
    titlepage: 'title-page',
    toc: 'toc',
    bodymatter: 'text',
    foreword: 'foreword',
    preface: 'preface',
    bibliography: 'bibliography',
    glossary: 'glossary',
    index: 'index',
    colophon: 'colophon',
    loi: 'loi',
    acknowledgments: 'acknowledgements',
  }),
)

export function writeGuide(landmarks: readonly Landmark[]): string {
  const lines = landmarks
    .filter((mark) => GUIDE.get(mark.type) !== undefined)
    .map(
      (mark) => `    <reference${attributes({ type: GUIDE.get(mark.type), title: mark.label, href: mark.href })}/>\n`,
    )
  return `  <guide>\n${lines.join('')}  </guide>\n`
}
