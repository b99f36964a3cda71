// In: books, or headings of an index. Out: pages that list them: covers in a grid, some dozens a page; names with their numbers.
import type { Card } from './card.js'
import type { Heading } from './found-by.js'
import { writePage } from './frame.js'
import { href, type Markup, m } from './markup.js'
import type { Site } from './site.js'
import { say } from './site-words.js'

/** Books on a page: what is a whole number of rows of two, three, four and six. */
const ON_A_PAGE = 48
/** Covers that may be seen without scrolling are fetched at once. */
const SEEN = 8
/** What a cover's place is high and wide for: shops ask for five to eight. */
const COVER = 5 / 8

export interface Listing {
  title: string
  /** 'people/ann-marlow/'; '' for the front page. */
  at: string
  cards: readonly Card[]
  /** Above the books, on the first page. */
  intro?: Markup | undefined
  /** Beside or below them, on the first page. */
  aside?: Markup | undefined
  head?: Markup | undefined
  description?: string | undefined
}

/** Path to content: of each page of the list. */
export function writeListing(site: Site, listing: Listing): [path: string, page: string][] {
  const { title, at, cards, intro, aside, head, description } = listing
  const { words, look } = site
  const count = Math.max(1, Math.ceil(cards.length / ON_A_PAGE))
  return Array.from({ length: count }, (_, i) => {
    const own = pageAt(at, i)
    const root = '../'.repeat(own.split('/').length - 1)
    const shown = cards.slice(i * ON_A_PAGE, (i + 1) * ON_A_PAGE)
    const number = i === 0 ? '' : ` (${i + 1})`
    const body = m`<header class="list-head">
<h1>${title}${number}</h1>
${i === 0 && intro}
</header>
<div class="${i === 0 && aside !== undefined ? 'shelf' : 'shelf alone'}">
<div id="books">
${grid(shown, root, i === 0)}
${count > 1 && ways(at, i, count, root, words)}
</div>
${i === 0 && aside}
</div>`
    const whole = at === '' && i === 0 ? site.title : `${title}${number} — ${site.title}`
    return [
      `${own}index.html`,
      writePage(site, { title: whole, root, at: own, description, look, head: i === 0 ? head : undefined, body }),
    ]
  })
}

function pageAt(at: string, i: number): string {
  return i === 0 ? at : `${at}page/${i + 1}/`
}

export function grid(cards: readonly Card[], root: string, first: boolean): Markup {
  return m`<ul class="grid">
${cards.map((card, i) => tile(card, root, first && i < SEEN))}</ul>`
}

function tile({ at, metadata, thumbnail }: Card, root: string, seen: boolean): Markup {
  const { width, height, name } = thumbnail
  const who = metadata.authors.map((one) => one.name).join(', ')
  return m`<li><a href="${root}${href(at)}index.html"><span class="cover"><img src="${root}${href(at + name)}" width="${width}" height="${height}" alt=""${width / height < COVER && m` class="tall"`}${!seen && m` loading="lazy"`}></span><span class="title" lang="${metadata.language}">${metadata.title}</span></a>${who !== '' && m`<span class="who">${who}</span>`}</li>\n`
}

function ways(at: string, i: number, count: number, root: string, words: Site['words']): Markup {
  const to = (page: number, what: string, rel: string) =>
    m`<a rel="${rel}" href="${root}${href(pageAt(at, page))}index.html">${what}</a>`
  return m`<nav class="ways" aria-label="${words.pagesOfList}">
${i > 0 ? to(i - 1, words.previous, 'prev') : m`<span></span>`} <span>${say(words.of, i + 1, count)}</span> ${i + 1 < count ? to(i + 1, words.next, 'next') : m`<span></span>`}
</nav>`
}

/** An index: every heading with how many books it has. */
export function writeIndex(site: Site, title: string, at: string, headings: readonly Heading[]): [string, string] {
  const { words, look } = site
  const root = '../'.repeat(at.split('/').length - 1)
  const body = m`<header class="list-head"><h1>${title}</h1></header>
<ul class="names">
${headings.map((one) => m`<li>${named(one, root)}</li>\n`)}</ul>`
  const page = { title: `${title} — ${site.title}`, root, at, look, body, description: words.allBooks }
  return [`${at}index.html`, writePage(site, page)]
}

export function named({ name, at, cards }: Heading, root: string): Markup {
  return m`<a href="${root}${href(at)}index.html">${name}</a> <span class="count">${cards.length}</span>`
}
