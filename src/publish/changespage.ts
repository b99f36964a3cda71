// In: the releases of a book, or of all. Out: what changed, on a page: which pages, which paragraphs, each with a way to it.
import { dateInWords } from '../model/dates.js'
import { rootOf } from './bookpage.js'
import type { Card } from './card.js'
import type { BookPassages, Change, Changes } from './changes.js'
import { writePage } from './frame.js'
import { href, type Markup, m } from './markup.js'
import type { BookRelease, News, Releases } from './releases.js'
import type { Site } from './site.js'
import { type PageWords, say } from './site-words.js'

/** Of what is on the book's own page. */
const FEW = 3
/** Page numbers that are said one by one. */
const FEW_PAGES = 12

/** For the book's own page; nothing to say of a book that was published once. */
export function recentChanges(site: Site, all: readonly News[]): Markup | undefined {
  if (all.length < 2) return undefined
  const { words } = site
  return m`<section class="part" id="changes">
<h2>${words.changes}</h2>
<dl class="said">
${all.slice(0, FEW).map(({ date, book }) => m`<dt>${dayOf(date, words)}</dt>\n<dd>${summary(book, words)}</dd>\n`)}</dl>
<p><a href="changes/index.html">${words.changesAll}</a></p>
</section>`
}

export function writeChanges(site: Site, card: Card, news: readonly News[], { places }: BookPassages): string {
  const { words } = site
  const { metadata, look } = card
  const at = `${card.at}changes/`
  const rows = news.map(
    ({ date, book }) => m`<section class="part">
<h2>${dayOf(date, words)}</h2>
<p>${summary(book, words)}</p>
${book.changes !== undefined && listed(book.changes, places, metadata.language, words)}
</section>\n`,
  )
  const body = m`<header class="list-head"><h1>${words.changes}: <a href="../index.html" lang="${metadata.language}">${metadata.title}</a></h1></header>
${rows}
<p class="small"><a href="../changes.json">JSON</a></p>`
  return writePage(site, { title: `${words.changes}: ${metadata.title}`, root: rootOf(at), at, look, body })
}

/** Every release of the site. */
export function writeReleasesPage(site: Site, releases: Releases): string {
  const { words, cards, look } = site
  const places = new Map(cards.map((card) => [card.metadata.slug, card.at]))
  const root = '../'
  const row = (book: BookRelease) => {
    const at = places.get(book.slug)
    const name = at === undefined ? m`${book.title}` : m`<a href="${root}${href(at)}index.html">${book.title}</a>`
    return m`<li>${name}: ${summary(book, words)}</li>\n`
  }
  const body = m`<header class="list-head"><h1>${words.releases}</h1></header>
${releases.releases.map(
  ({ date, books }) => m`<section class="part"><h2>${dayOf(date, words)}</h2>
<ul class="news">
${books.map(row)}</ul></section>\n`,
)}`
  return writePage(site, { title: `${words.releases} — ${site.title}`, root, at: 'releases/', look, body })
}

/** In one sentence: '2 new paragraphs, 1 altered; pages 3, 4'. */
export function summary({ kind, changes }: BookRelease, words: PageWords): string {
  if (kind === 'new') return words.first
  if (kind === 'gone') return words.gone
  if (changes === undefined) return words.filesOnly
  const { counts, pages, repaged } = changes
  const parts = [
    counts.added > 0 ? say(words.added, counts.added) : '',
    counts.altered > 0 ? say(words.altered, counts.altered) : '',
    counts.removed > 0 ? say(words.removed, counts.removed) : '',
  ].filter((one) => one !== '')
  const where = pages.slice(0, FEW_PAGES).join(', ') + (pages.length > FEW_PAGES ? ' …' : '')
  return [
    parts.length === 0 ? words.filesOnly : say(words.paragraphs, parts.join(', ')),
    pages.length > 0 ? say(pages.length === 1 ? words.changedPage : words.changedPages, where) : '',
    repaged === undefined ? '' : say(words.repaged, repaged),
  ]
    .filter((one) => one !== '')
    .join('; ')
}

function listed({ list, counts }: Changes, places: BookPassages['places'], language: string, words: PageWords): Markup {
  const more = counts.added + counts.altered + counts.removed - list.length
  const way = ({ kind, id }: Change) =>
    kind !== 'removed' && places.has(id) ? `../${href(places.get(id)!)}#${id}` : undefined
  const row = (change: Change) => {
    const { kind, section, page, before, after } = change
    const to = way(change)
    const where = [section, page === '' ? '' : say(words.page, page)].filter((one) => one !== '').join(', ')
    return m`<li class="${kind}"><p class="small pale">${words[kind === 'added' ? 'isNew' : kind === 'removed' ? 'isOut' : 'isOther']}${where !== '' && m` · ${where}`}</p>
${before !== undefined && before !== after && m`<p lang="${language}"><del>${before}</del></p>`}
${after !== undefined && m`<p lang="${language}">${to === undefined ? after : m`<a href="${to}">${after}</a>`}</p>`}</li>\n`
  }
  return m`<ul class="news">
${list.map(row)}</ul>
${more > 0 && m`<p>${say(words.more, more)}</p>`}`
}

function dayOf(date: string, { language }: PageWords): Markup {
  return m`<time datetime="${date}">${dateInWords(date, language)}</time>`
}
