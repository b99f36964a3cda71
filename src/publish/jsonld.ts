// In: a book's card. Out: what search engines, Google Scholar and sites that show a link read in the head of its page: schema.org's Book with
// a workExample for each format, Highwire's citation_ tags, Open Graph.
import { recordOf } from '../model/record.js'
import { relatorName } from '../read/manifest/relators.js'
import { type Card, mediaType, peopleOf } from './card.js'
import { href, json, type Markup, m } from './markup.js'
import { absolute, type Site } from './site.js'
import { readingMinutes } from './site-words.js'

/** What schema.org calls the work of a MARC relator; the others are contributors. */
const PROPERTIES = new Map(
  Object.entries({ aut: 'author', trl: 'translator', edt: 'editor', ill: 'illustrator', pbl: 'publisher' }),
)

export function linkedData(site: Site, card: Card): Markup {
  const { metadata, access } = card
  const record = recordOf(metadata)
  const here = (name: string) => absolute(site, href(card.at + name)) ?? href(name)
  const people = new Map<string, object[]>()
  for (const { name, role, main } of peopleOf(card)) {
    const property = main ? 'author' : (PROPERTIES.get(role) ?? 'contributor')
    const roleName = property === 'contributor' ? { roleName: relatorName(role) } : undefined
    const person = { '@type': 'Person', name }
    people.set(property, [
      ...(people.get(property) ?? []),
      roleName === undefined ? person : { '@type': 'Role', contributor: person, ...roleName },
    ])
  }
  const publisher = metadata.publisher ?? site.shelf.publisher
  const accessible = {
    accessMode: access.modes,
    accessModeSufficient: access.sufficient.map((modes) => ({
      '@type': 'ItemList',
      itemListElement: modes.split(','),
    })),
    accessibilityFeature: access.features,
    accessibilityHazard: access.hazards,
    accessibilitySummary: access.summary,
  }
  const isbn = (urn: string) => /^urn:isbn:(.+)$/i.exec(urn)?.[1]
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Book',
    '@id': metadata.identifier,
    ...{ name: metadata.title, alternativeHeadline: record.subtitle, inLanguage: metadata.language },
    ...Object.fromEntries([...people].map(([property, list]) => [property, list.length === 1 ? list[0] : list])),
    publisher: publisher === undefined ? undefined : { '@type': 'Organization', name: publisher },
    datePublished: record.date,
    dateModified: metadata.modified.slice(0, 10),
    description: record.description,
    isbn: metadata.isbn?.book?.replaceAll('-', ''),
    bookEdition: metadata.edition,
    numberOfPages: card.pages?.count,
    timeRequired: readingMinutes(card),
    keywords: record.subjects.length === 0 ? undefined : record.subjects.map(({ name }) => name).join(', '),
    isPartOf: record.series.map(({ name, position }) => ({ '@type': 'BookSeries', name, position })),
    isBasedOn: record.source?.names[0],
    license: site.shelf.licence?.url,
    copyrightNotice: record.rights,
    url: here(''),
    image: here(card.cover.name),
    isAccessibleForFree: true,
    ...accessible,
    workExample: card.files
      .filter(({ edition }) => edition !== 'web')
      .map(({ edition, name, size, sha256, pages, identifier }) => ({
        '@type': 'Book',
        bookFormat: 'https://schema.org/EBook',
        name: metadata.title,
        inLanguage: metadata.language,
        isbn: isbn(identifier),
        numberOfPages: pages,
        ...(edition === 'epub' ? accessible : {}),
        encoding: {
          '@type': 'MediaObject',
          contentUrl: here(name),
          encodingFormat: mediaType(name),
          contentSize: `${size} B`,
          sha256,
        },
      })),
  }
  return m`<script type="application/ld+json">${json(without(data))}</script>`
}

/** Nothing is said of what is not known. */
function without(data: object): object {
  const known = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(data).filter(([, value]) => known(value)))
}

export function scholarTags(site: Site, card: Card): Markup[] {
  const { metadata, files } = card
  const pdf = files.find(({ edition }) => edition === 'pdf')
  const tags: [string, string | undefined][] = [
    ['citation_title', [metadata.title, metadata.subtitle].filter(Boolean).join(': ')],
    ...metadata.authors.map(({ sort }): [string, string] => ['citation_author', sort]),
    ['citation_publication_date', metadata.date?.replaceAll('-', '/')],
    ['citation_publisher', metadata.publisher ?? site.shelf.publisher],
    ['citation_isbn', metadata.isbn?.book],
    ['citation_doi', metadata.doi],
    ['citation_language', metadata.language],
    ['citation_series_title', metadata.series?.[0]?.name],
    ['citation_keywords', metadata.subjects.map(({ name }) => name).join('; ') || undefined],
    // Scholar takes full addresses only.
    ['citation_pdf_url', pdf && absolute(site, href(card.at + pdf.name))],
    ['citation_abstract_html_url', absolute(site, href(card.at))],
  ]
  return tags.flatMap(([name, content]) =>
    content === undefined ? [] : m`<meta name="${name}" content="${content}">\n`,
  )
}

export function openGraph(site: Site, card: Card): Markup[] {
  const { metadata, cover } = card
  const picture = absolute(site, href(card.at + cover.name))
  const tags: [string, string | undefined][] = [
    ['og:type', 'book'],
    ['og:title', metadata.title],
    ['og:description', metadata.description?.slice(0, 300)],
    ['og:site_name', site.single ? undefined : site.title],
    ['og:url', absolute(site, href(card.at))],
    ['og:image', picture],
    ['og:image:type', picture && cover.type],
    ['og:image:width', picture && String(cover.width)],
    ['og:image:height', picture && String(cover.height)],
    ['og:image:alt', picture && metadata.title],
    ['og:locale', /^[a-z]{2}-[A-Z]{2}$/.test(metadata.language) ? metadata.language.replace('-', '_') : undefined],
    ['book:isbn', metadata.isbn?.book],
    ['book:release_date', metadata.date],
    ...metadata.subjects.map(({ name }): [string, string] => ['book:tag', name]),
  ]
  return tags.flatMap(([name, content]) =>
    content === undefined || content === '' ? [] : m`<meta property="${name}" content="${content}">\n`,
  )
}
