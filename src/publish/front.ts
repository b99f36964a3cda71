// In: a shelf's site and its indexes. Out: its pages beside those of the books: the front with groups, search and facets; what is newest;
// people, subjects, series, languages, years. Search asks for a script; all else is links.
import type { Heading, Indexes, Kind } from './found-by.js'
import { KINDS } from './found-by.js'
import { grid, type Listing, named, writeIndex, writeListing } from './listing.js'
import { href, json, type Markup, m } from './markup.js'
import { SEARCH_SCRIPT } from './search-index.js'
import { absolute, newestOf, type Site } from './site.js'
import { type PageWords, say } from './site-words.js'
import { titleOf } from './titles.js'

/** Of a facet on the front page, so many of the most frequent. */
const SHOWN = 12
/** And so many to choose from when searching. */
const CHOICES = 200

/** Where the head of every page leads. */
export function waysOf(indexes: Indexes, words: PageWords): Site['ways'] {
  const kinds = (['people', 'subjects', 'series'] as const).filter((kind) => indexes.get(kind)!.length > 0)
  return [
    ...kinds.map((kind) => ({ title: titleOf(kind, words), at: `${kind}/` })),
    { title: words.newest, at: 'new/' },
    { title: words.releases, at: 'releases/' },
  ]
}

export function writeFront(site: Site, indexes: Indexes): [path: string, page: string][] {
  const { words, cards, shelf } = site
  const groups = shelf.groups
    .map(({ title, books }) => ({
      title,
      cards: books.flatMap((path) => cards.find((card) => card.path === path) ?? []),
    }))
    .filter((group) => group.cards.length > 0)
  const grouped = m`${groups.map(
    (group) => m`<section class="group"><h2>${group.title}</h2>${grid(group.cards, '', true)}</section>\n`,
  )}`
  const front: Listing = {
    title: site.title,
    at: '',
    cards,
    description: shelf.description,
    intro: m`${shelf.description !== undefined && m`<p class="about">${shelf.description}</p>`}
${searchForm(site, indexes)}
${grouped}${groups.length > 0 && m`<h2 class="all">${words.allBooks}</h2>`}`,
    aside: facets(indexes, words),
    head: m`${shelfData(site)}<noscript><style>.search{display:none}</style></noscript>
<script defer src="${SEARCH_SCRIPT}"></script>`,
  }
  const newest: Listing = { title: words.newest, at: 'new/', cards: newestOf(cards) }
  const lists = [...indexes.values()]
    .flat()
    .map(({ name, at, cards: own }): Listing => ({ title: name, at, cards: own }))
  return [
    ...[front, newest, ...lists].flatMap((listing) => writeListing(site, listing)),
    ...KINDS.filter((kind) => indexes.get(kind)!.length > 0).map((kind) =>
      writeIndex(site, titleOf(kind, words), `${kind}/`, indexes.get(kind)!),
    ),
  ]
}

function facets(indexes: Indexes, words: PageWords): Markup {
  const facet = (kind: Kind) => {
    const all = indexes.get(kind)!
    // One heading for all books parts nothing.
    if (all.length < 2) return false
    const shown = frequent(all, SHOWN)
    return m`<section><h2>${titleOf(kind, words)}</h2><ul>
${shown.map((one) => m`<li>${named(one, '')}</li>\n`)}${all.length > shown.length && m`<li><a href="${kind}/index.html">${say(words.allOf, all.length)}</a></li>\n`}</ul></section>\n`
  }
  return m`<nav class="facets" aria-label="${words.filter}">
${(['subjects', 'people', 'series', 'languages', 'years'] as const).map(facet)}</nav>`
}

/** The most frequent, in the index's own order. */
function frequent(all: readonly Heading[], most: number): Heading[] {
  if (all.length <= most) return [...all]
  const least = all.map(({ cards }) => cards.length).sort((a, b) => b - a)[most - 1]!
  const above = all.filter(({ cards }) => cards.length > least)
  const level = all.filter(({ cards }) => cards.length === least).slice(0, most - above.length)
  return all.filter((one) => above.includes(one) || level.includes(one))
}

function searchForm({ words }: Site, indexes: Indexes): Markup {
  const choice = (kind: Kind, name: string) => {
    const all = indexes.get(kind)!
    if (all.length < 2) return false
    return m`<label><span>${name}</span> <select name="${kind}"><option value="">${words.all}</option>
${frequent(all, CHOICES).map(({ name: one }) => m`<option>${one}</option>\n`)}</select></label>\n`
  }
  return m`<form class="search" role="search" data-found="${words.found}" data-nothing="${words.nothing}">
<label class="words"><span>${words.search}</span> <input type="search" name="q" placeholder="${words.searchHint}" autocomplete="off"></label>
<div class="choices">${(['subjects', 'people', 'languages', 'years'] as const).map((kind) => choice(kind, titleOf(kind, words)))}</div>
<p class="pale small" role="status"></p>
</form>`
}

function shelfData(site: Site): Markup {
  const { shelf, title, cards } = site
  const publisher = shelf.publisher === undefined ? undefined : { '@type': 'Organization', name: shelf.publisher }
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Collection',
    name: title,
    ...(shelf.description !== undefined && { description: shelf.description }),
    ...(publisher && { publisher }),
    ...(shelf.licence?.url !== undefined && { license: shelf.licence.url }),
    ...(shelf.address !== undefined && { url: shelf.address }),
    size: cards.length,
    hasPart: cards.slice(0, 24).map(({ at, metadata }) => ({
      '@type': 'Book',
      '@id': metadata.identifier,
      name: metadata.title,
      url: absolute(site, href(at)) ?? `${href(at)}index.html`,
    })),
  }
  return m`<script type="application/ld+json">${json(data)}</script>\n`
}
