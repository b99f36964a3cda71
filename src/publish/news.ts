// In: the releases of a site. Out: feed.xml, Atom: what is new and what changed, newest first, for people's feed readers.
import { nameUuid } from '../read/manifest/metadata.js'
import { entryOf, fileLinks, writeFeed } from './atom.js'
import { summary } from './changespage.js'
import { href, m } from './markup.js'
import type { Releases } from './releases.js'
import { absolute, type Site } from './site.js'

export const ATOM = 'feed.xml'
/** As many as a reader may have missed. */
const MOST = 50

export function writeNews(site: Site, { releases }: Releases): string {
  const { words } = site
  const cards = new Map(site.cards.map((card) => [card.metadata.slug, card]))
  const at = (path: string) => absolute(site, path) ?? path
  const told = releases.flatMap(({ date, books }) => [...books].reverse().map((book) => ({ date, book })))
  const count = new Map<string, number>()
  // Numbered from the oldest, so that the name of an entry stays.
  const entries = [...told].reverse().map(({ date, book }) => {
    const key = `${date} ${book.slug}`
    count.set(key, (count.get(key) ?? 0) + 1)
    return { date, book, id: `urn:uuid:${nameUuid(`octavo release\n${site.title}\n${key}\n${count.get(key)}`)}` }
  })
  return writeFeed(site, {
    title: site.title,
    what: ATOM,
    updated: `${releases[0]?.date ?? '2000-01-01'}T00:00:00Z`,
    links: [
      m`<link rel="self" type="application/atom+xml" href="${at(ATOM)}"/>\n`,
      m`<link rel="alternate" type="text/html" href="${at('index.html')}"/>\n`,
    ],
    entries: entries
      .reverse()
      .slice(0, MOST)
      .map(({ date, book, id }) => {
        const updated = `${date}T00:00:00Z`
        const card = cards.get(book.slug)
        const content = m`<content type="text">${summary(book, words)}.</content>`
        return card === undefined
          ? m`<entry>
<id>${id}</id>
<title>${book.title}</title>
<updated>${updated}</updated>
${content}</entry>\n`
          : m`<entry>
${entryOf(card, id, updated)}
${content}
<link rel="alternate" type="text/html" href="${at(`${href(card.at)}index.html`)}"/>
${fileLinks(card, absolute(site, '') ?? '', 'enclosure')}</entry>\n`
      }),
  })
}
