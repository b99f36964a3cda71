// In: the plan of a site's catalogue. Out: it as OPDS 2.0 (drafts.opds.io/opds-2.0): JSON, with publications as Readium's Web Publication
// Manifest describes them.
import { recordOf } from '../model/record.js'
import { newest, schemeAddress } from './atom.js'
import { type Card, mediaType, peopleOf } from './card.js'
import type { Texts } from './files.js'
import { href } from './markup.js'
import { type FeedPlan, PAGE_SIZE, pagesOf, type Shelfful, upFrom } from './opds.js'
import type { Site } from './site.js'
import type { Found } from './wordsearch.js'

const TYPE = 'application/opds+json'
export const OPDS2 = 'opds.json'

export function* writeOpds2(site: Site, plan: FeedPlan, found: Found): Generator<[path: string, feed: string]> {
  const searched = found.words.size > 0
  const textOf = (data: object) => `${JSON.stringify(data, undefined, 1)}\n`
  const around = (path: string, root: string) => [
    { rel: 'self', href: root + href(path), type: TYPE },
    { rel: 'start', href: root + OPDS2, type: TYPE },
    { rel: 'alternate', href: `${root}index.html`, type: 'text/html' },
    ...(searched ? [{ rel: 'search', href: `${root}opds/search/{query}.json`, type: TYPE, templated: true }] : []),
  ]
  const head = (title: string, cards: readonly Card[]) => ({
    title,
    modified: newest(cards),
    numberOfItems: cards.length,
  })
  if (site.single) {
    const publications = site.cards.map((card) => publication(card, ''))
    yield [OPDS2, textOf({ metadata: head(site.title, site.cards), links: around(OPDS2, ''), publications })]
    return
  }
  const navigation = (
    entries: readonly { title: string; at: string; count: number; rel?: string | undefined }[],
    root: string,
  ) =>
    entries.map(({ title, at, count, rel = 'subsection' }) => ({
      ...{ title, href: `${root}${href(at)}index.json`, type: TYPE, rel },
      properties: { numberOfItems: count },
    }))
  const first = {
    metadata: { title: site.title, modified: newest(site.cards), ...said('description', site.shelf.description) },
    links: around(OPDS2, ''),
    navigation: navigation(plan.root, ''),
    ...(plan.groups.length > 0 && {
      groups: plan.groups.map(({ title, cards }) => ({
        metadata: { title, numberOfItems: cards.length },
        publications: cards.map((card) => publication(card, '')),
      })),
    }),
  }
  yield [OPDS2, textOf(first)]
  for (const { title, at, entries } of plan.lists) {
    const path = `${at}index.json`
    const list = {
      metadata: { title, modified: newest(site.cards), numberOfItems: entries.length },
      links: around(path, upFrom(path)),
      navigation: navigation(entries, upFrom(path)),
    }
    yield [path, textOf(list)]
  }
  const feed = (
    { title, cards, facets }: Shelfful,
    page: ReturnType<typeof pagesOf>[number],
    path: string,
    alone: boolean,
  ) => {
    const root = upFrom(path)
    const link = (rel: string, to: string | undefined) =>
      to === undefined || alone ? [] : [{ rel, href: `${root}${href(to)}.json`, type: TYPE }]
    return {
      metadata: { ...head(title, cards), itemsPerPage: PAGE_SIZE, currentPage: page.number },
      links: [
        ...around(path, root),
        ...link('first', page.first),
        ...link('previous', page.previous),
        ...link('next', page.next),
        ...link('last', page.last),
      ],
      ...(facets.length > 0 && {
        facets: facets.map((group) => ({
          metadata: { title: group.title },
          links: group.facets.map(({ title: name, at, count, active }) => ({
            ...{ title: name, href: `${root}${href(at)}index.json`, type: TYPE, ...(active && { rel: 'self' }) },
            properties: { numberOfItems: count },
          })),
        })),
      }),
      publications: page.cards.map((card) => publication(card, root)),
    }
  }
  for (const one of plan.books)
    for (const page of pagesOf(one)) yield [`${page.path}.json`, textOf(feed(one, page, `${page.path}.json`, false))]
  const words: Texts = new Map()
  for (const [word, cards] of found.words) {
    const one: Shelfful = { title: word, at: '', cards: cards.slice(0, PAGE_SIZE), facets: [], sorted: undefined }
    const path = `opds/search/${word}.json`
    words.set(path, textOf(feed(one, pagesOf(one)[0]!, path, true)))
  }
  yield* words
  for (const [word, lower] of found.spellings)
    yield [`opds/search/${word}.json`, words.get(`opds/search/${lower}.json`)!]
}

function said<T>(key: string, value: T | undefined): { [key: string]: T } {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? {} : { [key]: value }
}

const ROLES = new Map(
  Object.entries({ trl: 'translator', edt: 'editor', ill: 'illustrator', nrt: 'narrator', art: 'artist' }),
)

/** `root`: from the feed to the site's root. */
export function publication(card: Card, root: string): object {
  const { metadata, access, at, web } = card
  const record = recordOf(metadata)
  const people = new Map<string, { name: string; sortAs: string; role?: string }[]>()
  for (const { name, sort, role, main } of peopleOf(card)) {
    const key = main ? 'author' : (ROLES.get(role) ?? 'contributor')
    const person = { name, sortAs: sort, ...(key === 'contributor' && { role }) }
    people.set(key, [...(people.get(key) ?? []), person])
  }
  const address = (name: string) => root + href(at + name)
  const whole = /^\d{4}-\d\d-\d\d$/.test(record.date ?? '') ? record.date : undefined
  return {
    metadata: {
      '@type': 'http://schema.org/Book',
      ...{ identifier: metadata.identifier, title: metadata.title },
      ...said('subtitle', record.subtitle),
      ...Object.fromEntries(people),
      language: metadata.language,
      ...said('publisher', record.publisher),
      // A date in full, or none: so the schema.
      ...said('published', whole),
      modified: metadata.modified,
      ...said('description', record.description),
      ...said(
        'subject',
        record.subjects.map(({ name, scheme, code }) =>
          scheme === undefined ? { name } : { name, scheme: schemeAddress(scheme), code },
        ),
      ),
      ...(record.series.length > 0 && {
        belongsTo: {
          series: record.series.map(({ name, position }) => ({
            name,
            ...(position !== undefined && /^\d+(?:\.\d+)?$/.test(position) && { position: Number(position) }),
          })),
        },
      }),
      ...said('numberOfPages', card.pages?.count),
      accessibility: {
        accessMode: access.modes,
        accessModeSufficient: access.sufficient.map((modes) => (modes.includes(',') ? modes.split(',') : modes)),
        feature: access.features,
        hazard: access.hazards,
        summary: access.summary,
      },
    },
    links: [
      { rel: 'alternate', href: `${address('')}index.html`, type: 'text/html' },
      ...(web === undefined
        ? []
        : [
            {
              rel: 'alternate',
              href: address(web.index.replace(/index\.html$/, 'manifest.json')),
              type: 'application/webpub+json',
            },
          ]),
      ...card.files
        .filter(({ name }) => /\.(?:epub|pdf)$/.test(name))
        .map(({ name, size, edition }) => ({
          ...{ rel: 'http://opds-spec.org/acquisition/open-access', href: address(name), type: mediaType(name), size },
          title: edition,
        })),
    ],
    images: [card.cover, card.thumbnail].map(({ name, type, width, height }) => ({
      href: address(name),
      type,
      width,
      height,
    })),
  }
}
