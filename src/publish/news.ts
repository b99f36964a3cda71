// In: a site's books. Out: feed.xml, Atom: what is new, newest first, for people's feed readers.

import { nameUuid } from '../read/manifest/metadata.js'
import { entryOf, fileLinks, newest, writeFeed } from './atom.js'
import { href, m } from './markup.js'
import { absolute, newestOf, type Site } from './site.js'

export const ATOM = 'feed.xml'
/** As many as a reader may have missed. */
const MOST = 50

export function writeNews(site: Site): string {
  const cards = newestOf(site.cards).slice(0, MOST)
  const at = (path: string) => absolute(site, path) ?? path
  return writeFeed(site, {
    title: site.title,
    what: ATOM,
    updated: newest(site.cards),
    links: [
      m`<link rel="self" type="application/atom+xml" href="${at(ATOM)}"/>\n`,
      m`<link rel="alternate" type="text/html" href="${at('index.html')}"/>\n`,
    ],
    entries: cards.map((card) => {
      const id = `urn:uuid:${nameUuid(`${card.metadata.identifier}
${card.metadata.modified}`)}`
      return m`<entry>
${entryOf(card, id, card.metadata.modified)}
<link rel="alternate" type="text/html" href="${at(`${href(card.at)}index.html`)}"/>
${fileLinks(card, absolute(site, '') ?? '', 'enclosure')}</entry>\n`
    }),
  })
}
