// In: the plan of a site's catalogue. Out: it as OPDS 1.2 (specs.opds.io/opds-1.2), for e-readers of every age: Atom, with links of
// navigation and acquisition, facets, pages, and search by a template (OpenSearch 1.1).
import { recordOf } from '../model/record.js'
import { entryOf, type FeedPage, feedId, fileLinks, newest, writeFeed } from './atom.js'
import type { Card } from './card.js'
import type { Texts } from './files.js'
import { document, href, type Markup, m } from './markup.js'
import { type FeedPlan, type Navigation, PAGE_SIZE, pagesOf, type Shelfful, upFrom } from './opds.js'
import type { Site } from './site.js'
import type { Found } from './wordsearch.js'

const ACQUISITION = 'application/atom+xml;profile=opds-catalog;kind=acquisition'
const NAVIGATION = 'application/atom+xml;profile=opds-catalog;kind=navigation'
const OPEN_SEARCH = 'application/opensearchdescription+xml'
export const OPDS1 = 'opds.xml'
const SEARCH = 'opds/search.xml'
const NAMESPACES = m` xmlns:dc="http://purl.org/dc/terms/" xmlns:opds="http://opds-spec.org/2010/catalog" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:os="http://a9.com/-/spec/opensearch/1.1/"`

/** `found`: what is found by a word, for each word; none if the shelf is too large to be searched so. */
export function* writeOpds1(site: Site, plan: FeedPlan, found: Found): Generator<[path: string, feed: string]> {
  const searched = found.words.size > 0
  if (site.single) {
    const all: Shelfful = { title: site.title, at: '', cards: site.cards, facets: [], sorted: undefined }
    yield [OPDS1, acquisition(site, all, OPDS1, searched)[0]![1]]
    return
  }
  yield [OPDS1, navigation(site, site.title, OPDS1, plan.root, searched)]
  for (const { title, at, entries } of plan.lists)
    yield [`${at}index.xml`, navigation(site, title, `${at}index.xml`, entries, searched)]
  for (const feed of plan.books) yield* acquisition(site, feed, undefined, searched)
  if (!searched) return
  const words: Texts = new Map()
  for (const [word, cards] of found.words) {
    const feed: Shelfful = { title: word, at: '', cards: cards.slice(0, PAGE_SIZE), facets: [], sorted: undefined }
    const path = `opds/search/${word}.xml`
    words.set(path, acquisition(site, feed, path, searched)[0]![1])
  }
  yield* words
  for (const [word, lower] of found.spellings) yield [`opds/search/${word}.xml`, words.get(`opds/search/${lower}.xml`)!]
  yield [SEARCH, openSearch(site)]
}

function around(site: Site, path: string, kind: string, searched: boolean): Markup[] {
  const root = upFrom(path)
  return [
    m`<link rel="self" type="${kind}" href="${root}${href(path)}"/>\n`,
    m`<link rel="start" type="${site.single ? ACQUISITION : NAVIGATION}" href="${root}${OPDS1}"/>\n`,
    m`<link rel="alternate" type="text/html" href="${root}index.html"/>\n`,
    ...(searched ? [m`<link rel="search" type="${OPEN_SEARCH}" href="${root}${SEARCH}"/>\n`] : []),
  ]
}

function navigation(
  site: Site,
  title: string,
  path: string,
  entries: readonly Navigation[],
  searched: boolean,
): string {
  const root = upFrom(path)
  const updated = newest(site.cards)
  const page: FeedPage = {
    ...{ title, what: path, updated, namespaces: NAMESPACES },
    links: [
      ...around(site, path, NAVIGATION, searched),
      ...(path === OPDS1 ? [] : [m`<link rel="up" type="${NAVIGATION}" href="${root}${OPDS1}"/>\n`]),
    ],
    entries: entries.map(
      ({ title: name, at, count, rel = 'subsection', folder = false }) => m`<entry>
<id>${feedId(site, at)}</id>
<title>${name}</title>
<updated>${updated}</updated>
<content type="text">${count}</content>
<link rel="${rel}" type="${folder ? NAVIGATION : ACQUISITION}" href="${root}${href(at)}index.xml" thr:count="${count}"/>
</entry>\n`,
    ),
  }
  return writeFeed(site, page)
}

/** `only`: the path of a feed that is one page. */
function acquisition(site: Site, feed: Shelfful, only: string | undefined, searched: boolean): [string, string][] {
  return pagesOf(feed).map((page) => {
    const path = only ?? `${page.path}.xml`
    const root = upFrom(path)
    const link = (rel: string, to: string | undefined) =>
      to === undefined || only !== undefined
        ? []
        : [m`<link rel="${rel}" type="${ACQUISITION}" href="${root}${href(to)}.xml"/>\n`]
    const facets = feed.facets.flatMap(({ title: group, facets: own }) =>
      own.map(
        ({ title, at, count, active }) =>
          m`<link rel="http://opds-spec.org/facet" type="${ACQUISITION}" href="${root}${href(at)}index.xml" title="${title}" opds:facetGroup="${group}"${active && m` opds:activeFacet="true"`} thr:count="${count}"/>\n`,
      ),
    )
    const content = writeFeed(site, {
      ...{ title: feed.title, what: path, updated: newest(feed.cards), namespaces: NAMESPACES },
      more: m`<os:totalResults>${feed.cards.length}</os:totalResults>
<os:itemsPerPage>${PAGE_SIZE}</os:itemsPerPage>
<os:startIndex>${(page.number - 1) * PAGE_SIZE + 1}</os:startIndex>`,
      links: [
        ...around(site, path, ACQUISITION, searched),
        ...(site.single ? [] : [m`<link rel="up" type="${NAVIGATION}" href="${root}${OPDS1}"/>\n`]),
        ...link('first', page.first),
        ...link('previous', page.previous),
        ...link('next', page.next),
        ...link('last', page.last),
        ...facets,
      ],
      entries: page.cards.map((card) => bookEntry(card, root)),
    })
    return [path, content]
  })
}

function bookEntry(card: Card, root: string): Markup {
  const { metadata, at, cover, thumbnail } = card
  const record = recordOf(metadata)
  const picture = (rel: string, { name, type }: Card['cover']) =>
    m`<link rel="${rel}" type="${type}" href="${root}${href(at + name)}"/>\n`
  return m`<entry>
${entryOf(card, metadata.identifier, metadata.modified)}
<dc:language>${metadata.language}</dc:language>
<dc:identifier>${metadata.identifier}</dc:identifier>
${record.publisher !== undefined && m`<dc:publisher>${record.publisher}</dc:publisher>`}
${record.date !== undefined && m`<dc:issued>${record.date}</dc:issued>`}
${card.pages !== undefined && m`<dc:extent>${card.pages.count} pages</dc:extent>`}
${record.series.map(({ name }) => m`<dc:isPartOf>${name}</dc:isPartOf>\n`)}<link rel="alternate" type="text/html" href="${root}${href(at)}index.html"/>
${picture('http://opds-spec.org/image', cover)}${picture('http://opds-spec.org/image/thumbnail', thumbnail)}${fileLinks(card, root, 'http://opds-spec.org/acquisition/open-access')}</entry>\n`
}

/** Its template is a folder of feeds, one for each word: no server has to know how to search. */
function openSearch({ title, shelf, words }: Site): string {
  const base = shelf.address === undefined ? 'search/' : `${shelf.address}opds/search/`
  return document(m`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${title.slice(0, 16)}</ShortName>
<Description>${`${words.search}: ${title}`.slice(0, 1024)}</Description>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
<Url type="${ACQUISITION}" template="${base}{searchTerms}.xml"/>
</OpenSearchDescription>`)
}
