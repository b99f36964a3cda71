// In: a shelf and the cards of its books. Out: every page, feed and record of the site, by their paths. Made of cards alone; the same
// cards, in whatever order they come, make the same files.

import { BIBTEX, citedOf, RIS, type Whereabouts, writeBookPage } from './bookpage.js'
import type { BookPassages } from './changes.js'
import { recentChanges, writeChanges, writeReleasesPage } from './changespage.js'
import { bibtex, ris } from './cite.js'
import type { Files } from './files.js'
import { STYLESHEET } from './frame.js'
import { waysOf, writeFront } from './front.js'
import { type Indexes, indexesOf } from './indexes.js'
import { KBART, MARC, writeKbart, writeMarc } from './marc.js'
import { ATOM, writeNews } from './news.js'
import { ONIX, writeOnix } from './onix.js'
import { planFeeds } from './opds.js'
import { OPDS1, writeOpds1 } from './opds1.js'
import { OPDS2, writeOpds2 } from './opds2.js'
import { PASSAGES, RELEASES, type Releases, releasesOf, writeReleases } from './releases.js'
import { writeSearch } from './search.js'
import { SHELF_STYLE } from './shelfstyle.js'
import type { Feed, Site } from './site.js'
import { writeSitemap } from './sitemap.js'
import { STYLE } from './style.js'
import { wordsFound } from './wordsearch.js'

/** `passages`: of a book, by its slug. */
export async function writeCatalogue(
  given: Site,
  releases: Releases,
  passages: (slug: string) => BookPassages,
): Promise<Files> {
  const { cards, single, shelf } = given
  const files: Files = new Map()
  const add = (more: Iterable<[string, string | Uint8Array]>) => {
    for (const [path, content] of more) files.set(path, content)
  }
  const indexes = await indexesOf(cards, shelf.order, given.words)
  const site: Site = {
    ...given,
    ways: single ? [] : waysOf(indexes, given.words),
    feeds: feedsOf(given),
  }
  files.set(STYLESHEET, STYLE + SHELF_STYLE)
  const where = single ? () => undefined : whereabouts(indexes)
  for (const card of cards) {
    const { at } = card
    const { slug } = card.metadata
    add([
      [
        `${at}index.html`,
        writeBookPage(site, card, { where, changes: recentChanges(site, card, releases), records: RECORDS }),
      ],
      [at + BIBTEX, bibtex(card, citedOf(site, card))],
      [at + RIS, ris(card, citedOf(site, card))],
      ...(single
        ? []
        : ([
            [at + ONIX, writeOnix(site, [card])],
            [at + MARC, writeMarc(site, [card])],
          ] as [string, string][])),
      [`${at}changes/index.html`, writeChanges(site, card, releases, passages(slug))],
      [`${at}changes.json`, `${JSON.stringify(releasesOf(releases, slug), undefined, 1)}\n`],
      [at + PASSAGES, `${JSON.stringify(passages(slug).sections)}\n`],
    ])
  }
  const plan = planFeeds(site, indexes)
  const found = wordsFound(site.cards)
  add(writeOpds1(site, plan, found))
  add(writeOpds2(site, plan, found))
  add([
    [ONIX, writeOnix(site, site.cards)],
    [MARC, writeMarc(site, site.cards)],
    [KBART, writeKbart(site, site.cards)],
  ])
  add([[ATOM, writeNews(site, releases)]])
  add([[RELEASES, writeReleases(releases)]])
  if (!single) {
    add(writeFront(site, indexes))
    add([['releases/index.html', writeReleasesPage(site, releases)]])
    add(writeSearch(site.cards, site.words))
  }
  add(writeSitemap(site, [...files.keys()].sort()))
  return files
}

/** Of each book, on its page. */
const RECORDS = [
  { name: ONIX, title: 'ONIX' },
  { name: MARC, title: 'MARCXML' },
]

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
