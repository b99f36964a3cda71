// In: the books of a site, or some of them. Out: Atom (RFC 4287): news of the site, and the catalogue of OPDS 1.2, which is Atom with links
// of its own. Nobody's clock is asked: a feed is as new as what is newest in it.
import { recordOf } from '../model/record.js'
import { nameUuid } from '../read/manifest/metadata.js'
import { type Card, mediaType, peopleOf } from './card.js'
import { document, href, type Markup, m } from './markup.js'
import type { Site } from './site.js'

/** An identifier that stays when the site moves: of the publisher and the title, and what the feed is of. */
export function feedId({ title, shelf }: Site, what: string): string {
  return `urn:uuid:${nameUuid(['octavo feed', shelf.publisher ?? '', title, what].join('\n'))}`
}

/** Asked for every page of a list, which has as many pages as it is long: looked for once. */
const known = new WeakMap<readonly Card[], string>()

export function newest(cards: readonly Card[]): string {
  let last = known.get(cards)
  if (last !== undefined) return last
  last = '2000-01-01T00:00:00Z'
  for (const { metadata } of cards) if (metadata.modified > last) last = metadata.modified
  known.set(cards, last)
  return last
}

export interface FeedPage {
  title: string
  /** For the identifier. */
  what: string
  updated: string
  links: Markup[]
  entries: Markup[]
  /** Namespaces beside Atom's. */
  namespaces?: Markup | undefined
  more?: Markup | undefined
}

export function writeFeed(site: Site, { title, what, updated, links, entries, namespaces, more }: FeedPage): string {
  const { words, shelf } = site
  return document(m`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"${namespaces} xml:lang="${words.language}">
<id>${feedId(site, what)}</id>
<title>${title}</title>
<updated>${updated}</updated>
<author><name>${shelf.publisher ?? site.title}</name></author>
<generator>Octavo</generator>
${shelf.licence !== undefined && m`<rights>${shelf.licence.name}</rights>`}
${more}
${links}${entries}</feed>`)
}

/** What Atom says of a book, without links. */
export function entryOf(card: Card, id: string, updated: string): Markup {
  const { metadata } = card
  const record = recordOf(metadata)
  return m`<id>${id}</id>
<title>${metadata.title}</title>
<updated>${updated}</updated>
${metadata.authors.map(({ name }) => m`<author><name>${name}</name></author>\n`)}${peopleOf(card)
  .filter(({ main }) => !main)
  .map(({ name }) => m`<contributor><name>${name}</name></contributor>\n`)}${record.subjects.map(
  ({ name, scheme, code }) =>
    m`<category term="${code ?? name}" label="${name}"${scheme !== undefined && m` scheme="${schemeAddress(scheme)}"`}/>\n`,
)}${record.rights !== undefined && m`<rights>${record.rights}</rights>`}
${record.description !== undefined && m`<summary type="text">${record.description}</summary>`}`
}

/** A scheme of subjects as an address, which Atom asks for. */
export function schemeAddress(scheme: string): string {
  const known = new Map([
    ['BISAC', 'http://www.bisg.org/standards/bisac_subject/index.html'],
    ['Thema', 'https://ns.editeur.org/thema/'],
    ['LCSH', 'http://id.loc.gov/authorities/subjects'],
    ['DDC', 'http://dewey.info/'],
  ])
  return (
    known.get(scheme) ??
    (/^[a-z][a-z0-9+.-]*:\S+$/i.test(scheme) ? scheme : `urn:octavo:scheme:${encodeURIComponent(scheme)}`)
  )
}

/** Links of acquisition, one for each file; sizes as Atom has them. `root`: from the feed to the site's root, or its address. */
export function fileLinks(card: Card, root: string, rel: string): Markup[] {
  return card.files
    .filter(({ name }) => /\.(?:epub|pdf)$/.test(name))
    .map(
      ({ name, size, edition }) =>
        m`<link rel="${rel}" type="${mediaType(name)}" href="${root}${href(card.at + name)}" length="${size}" title="${edition}"/>\n`,
    )
}
