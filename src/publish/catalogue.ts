// In: a shelf and the cards of its books. Out: every page, feed and record of the site, one after the other with their paths: of a large
// shelf they are more than memory holds. Made of cards alone; the same cards, in whatever order they come, make the same files.

import { BIBTEX, citedOf, RIS, type Whereabouts, writeBookPage } from './bookpage.js'
import type { BookPassages } from './changes.js'
import { recentChanges, writeChanges, writeReleasesPage } from './changespage.js'
import { bibtex, ris } from './cite.js'
import type { Pieces } from './files.js'
import { type Indexes, indexesOf } from './found-by.js'
import { STYLESHEET } from './frame.js'
import { waysOf, writeFront } from './front.js'
import { KBART, MARC, writeKbart, writeMarc } from './marc.js'
import { ATOM, writeNews } from './news.js'
import { ONIX, writeOnix } from './onix.js'
import { type FeedPlan, pagesOf, planFeeds } from './opds.js'
import { OPDS1, writeOpds1 } from './opds1.js'
import { OPDS2, writeOpds2 } from './opds2.js'
import { PASSAGES, RELEASES, type Releases, releasesBySlug, writeReleases } from './releases.js'
import { writeSearch } from './search-index.js'
import { SHELF_STYLE } from './shelfstyle.js'
import type { Feed, Site } from './site.js'
import { STYLE } from './site-sheet.js'
import { writeSitemap } from './sitemap.js'
import { type Found, wordsFound } from './wordsearch.js'

/** What is to be written. */
export interface Plan {
  site: Site
  indexes: Indexes
  feeds: FeedPlan
  found: Found
  /** About how many files that makes: all but those of which there are few. */
  files: number
}

export async function planCatalogue(given: Site): Promise<Plan> {
  const { cards, single, shelf } = given
  const indexes = await indexesOf(cards, shelf.order, given.words)
  const site: Site = { ...given, ways: single ? [] : waysOf(indexes, given.words), feeds: feedsOf(given) }
  const feeds = planFeeds(site, indexes)
  const found = wordsFound(cards)
  const ofBooks = cards.length * (single ? OF_BOOK - RECORDS.length : OF_BOOK)
  const ofFeeds = feeds.books.reduce((sum, feed) => sum + pagesOf(feed).length, feeds.lists.length)
  const ofWords = found.words.size + found.spellings.size
  return { site, indexes, feeds, found, files: ofBooks + 2 * (single ? 1 : ofFeeds + ofWords) }
}

/** Files of the catalogue that each book has. */
const OF_BOOK = 8

/** `passages`: of a book, by its slug. */
export async function* writeCatalogue(
  { site, indexes, feeds, found }: Plan,
  releases: Releases,
  passages: (slug: string) => BookPassages,
): AsyncGenerator<[path: string, content: string | Pieces]> {
  const { cards, single } = site
  const pages: string[] = []
  yield [STYLESHEET, STYLE + SHELF_STYLE]
  const where = single ? () => undefined : whereabouts(indexes)
  const newsOf = releasesBySlug(releases)
  for (const card of cards) {
    const { at } = card
    const { slug } = card.metadata
    const own = passages(slug)
    const news = newsOf.get(slug) ?? []
    pages.push(`${at}index.html`, `${at}changes/index.html`)
    yield [
      `${at}index.html`,
      writeBookPage(site, card, { where, changes: recentChanges(site, news), records: RECORDS }),
    ]
    yield [at + BIBTEX, bibtex(card, citedOf(site, card))]
    yield [at + RIS, ris(card, citedOf(site, card))]
    if (!single) {
      yield [at + ONIX, whole(writeOnix(site, [card]))]
      yield [at + MARC, whole(writeMarc(site, [card]))]
    }
    yield [`${at}changes/index.html`, writeChanges(site, card, news, own)]
    yield [`${at}changes.json`, `${JSON.stringify(news, undefined, 1)}\n`]
    yield [at + PASSAGES, `${JSON.stringify(own.sections)}\n`]
  }
  yield* writeOpds1(site, feeds, found)
  yield* writeOpds2(site, feeds, found)
  yield [ONIX, () => writeOnix(site, cards)]
  yield [MARC, () => writeMarc(site, cards)]
  yield [KBART, () => writeKbart(site, cards)]
  yield [ATOM, writeNews(site, releases)]
  yield [RELEASES, writeReleases(releases)]
  if (!single) {
    for (const [path, page] of writeFront(site, indexes)) {
      pages.push(path)
      yield [path, page]
    }
    pages.push('releases/index.html')
    yield ['releases/index.html', writeReleasesPage(site, releases)]
    yield* writeSearch(site.cards, site.words)
  }
  yield* writeSitemap(site, pages.sort())
}

/** Of each book, on its page. */
const RECORDS = [
  { name: ONIX, title: 'ONIX' },
  { name: MARC, title: 'MARCXML' },
]

function whole(pieces: Iterable<string>): string {
  return [...pieces].join('')
}

/** In the order of the foot of every page. */
function feedsOf({ words }: Site): Feed[] {
  return [
    { path: OPDS1, name: 'OPDS', hint: words.opdsHint, type: 'application/atom+xml;profile=opds-catalog' },
    { path: OPDS2, name: 'OPDS 2', hint: words.opds2Hint, type: 'application/opds+json' },
    { path: ATOM, name: 'Atom', hint: words.feed, type: 'application/atom+xml' },
    { path: ONIX, name: 'ONIX', hint: words.forShops },
    { path: MARC, name: 'MARC', hint: words.forLibraries },
    { path: KBART, name: 'KBART', hint: words.forKnowledge },
  ]
}

function whereabouts(indexes: Indexes): Whereabouts {
  const places = new Map([...indexes].map(([kind, all]) => [kind, new Map(all.map(({ name, at }) => [name, at]))]))
  return (kind, name) => places.get(kind)?.get(name)
}
