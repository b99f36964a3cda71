// A book's metadata and the ways through it go in; the edition's first page comes out: cover, title, people, and the contents.
import { type Node, spokenIn } from '../epub/nav.js'
import { attributes, text, value } from '../epub/xml.js'
import type { Metadata } from '../model/book.js'
import { recordOf } from '../model/record.js'
import { wordsOf } from '../model/words.js'
import { type Frame, type Step, writePage } from './page-document.js'

export interface Front {
  metadata: Metadata
  /** Seen from the page. */
  cover: { href: string; alt: string; width: number; height: number }
  /** A page about the book. */
  home: string | undefined
  /** Where one begins to read. */
  begin: string
  contents: readonly Node[]
  /** By its address: the number of the printed page that a section begins on. */
  pageOf: (href: string) => string | undefined
}

export function writeFront(frame: Frame, front: Front, next: Step | undefined): string {
  const { metadata, cover, home, begin } = front
  const record = recordOf(metadata)
  const { words, lent } = frame
  const ours = attributes({ lang: lent })
  const paragraph = (name: string, what: string | undefined) =>
    what === undefined || what === '' ? '' : `<p class="${name}">${text(what)}</p>\n`
  const credits = wordsOf(metadata.language).credits
  const helpers = record.people.contributors.map(({ name, role }) => (credits.get(role) ?? '%').replace('%', name))
  const image = `<img class="jacket" src="${value(cover.href)}" alt="${value(cover.alt)}" width="${cover.width}" height="${cover.height}">\n`
  const about = home === undefined ? '' : ` <a class="act quiet" href="${value(home)}">${text(words.about)}</a>`
  const body = `<div class="front">
${image}<div class="about">
<h1>${text(record.title)}</h1>
${paragraph('subtitle', record.subtitle)}${paragraph('by', record.people.creators.map(({ name }) => name).join(', '))}${paragraph('credits', helpers.join(' · '))}<p class="acts"${ours}><a class="act" href="${value(begin)}">${text(words.begin)}</a> <a class="act quiet" data-do="go-on" href="${value(begin)}" hidden>${text(words.goOn)}</a>${about}</p>
${paragraph('description', record.description)}</div>
</div>
<nav id="contents" aria-labelledby="contents-title">
<h2 id="contents-title"${ours}>${text(frame.contents)}</h2>
${list(front.contents, metadata.language, front.pageOf)}</nav>
<footer>
${paragraph('rights', record.rights)}${paragraph('publisher', [record.publisher, record.date].filter(Boolean).join(', '))}</footer>
`
  return writePage(frame, {
    title: undefined,
    language: metadata.language,
    depth: 0,
    role: 'front-page',
    next,
    start: 'contents',
    body,
  })
}

function list(nodes: readonly Node[], around: string, pageOf: Front['pageOf']): string {
  const items = nodes.map((node) => {
    const page = pageOf(node.href)
    const number = page === undefined ? '' : ` <span class="leads">${text(page)}</span>`
    const link = `<a href="${value(node.href)}"${spokenIn(around, node.lang).replace(/ xml:lang="[^"]*"/, '')}>${text(node.label)}</a>`
    const below = node.children.length === 0 ? '' : `\n${list(node.children, around, pageOf)}`
    return `<li><span class="line">${link}${number}</span>${below}</li>\n`
  })
  return `<ol>\n${items.join('')}</ol>\n`
}
