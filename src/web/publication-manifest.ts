// The book and its documents go in; a Readium Web Publication Manifest comes out, by which programs find their way in the edition.
import type { Accessibility } from '../epub/accessibility.js'
import type { Node } from '../epub/nav.js'
import type { PageMark } from '../epub/pagemarks.js'
import type { Contributor, Metadata } from '../model/book.js'
import { direction } from '../model/languages.js'
import { recordOf } from '../model/record.js'

export interface Resource {
  href: string
  type: string
}

export interface Publication {
  metadata: Metadata
  accessibility: Accessibility
  /** In reading order. */
  documents: readonly { href: string; title: string }[]
  contents: readonly Node[]
  pages: readonly PageMark[]
  cover: Resource
  resources: readonly Resource[]
}

const MANIFEST_TYPE = 'application/webpub+json'

export function writeManifest(of: Publication): string {
  const { metadata, accessibility, documents, contents, pages, cover, resources } = of
  const record = recordOf(metadata)
  const about = {
    '@type': 'http://schema.org/Book',
    identifier: metadata.identifier,
    title: record.title,
    subtitle: record.subtitle,
    language: metadata.language,
    readingProgression: direction(metadata.language),
    ...people(record.people),
    publisher: record.publisher,
    // By the schema, a day or nothing; and a scheme is an address.
    published: /^\d{4}-\d\d-\d\d$/.test(record.date ?? '') ? record.date : undefined,
    modified: metadata.modified,
    description: record.description,
    subject: listed(
      record.subjects.map(({ name, scheme, code }) => {
        if (scheme === undefined) return name
        return /^[a-z][a-z0-9+.-]*:\S+$/i.test(scheme) ? { name, scheme, code } : { name, code }
      }),
    ),
    belongsTo: listed(record.series) && {
      series: record.series.map(({ name, position }) => ({ name, ...place(position) })),
    },
    numberOfPages: pages.length > 0 ? pages.length : undefined,
    accessibility: {
      exemption: metadata.exemption && [metadata.exemption],
      summary: accessibility.summary,
      accessMode: accessibility.modes,
      accessModeSufficient: accessibility.sufficient.map((modes) => modes.split(',')),
      feature: accessibility.features,
      hazard: accessibility.hazards,
    },
  }
  const manifest = {
    '@context': 'https://readium.org/webpub-manifest/context.jsonld',
    metadata: about,
    links: [{ rel: 'self', href: 'manifest.json', type: MANIFEST_TYPE }],
    readingOrder: documents.map(({ href, title }) => ({ href, type: 'text/html', title })),
    resources: [{ rel: 'contents', href: 'index.html', type: 'text/html' }, { rel: 'cover', ...cover }, ...resources],
    toc: contents.map(entry),
    pageList: listed(pages.map(({ label, href }) => ({ title: label, href: `text/${href}` }))),
  }
  return `${JSON.stringify(manifest, undefined, 1)}\n`
}

function entry({ label, href, children }: Node): object {
  return { title: label, href, ...(children.length > 0 && { children: children.map(entry) }) }
}

/** A number that is one. */
function place(position: string | undefined): object {
  return position !== undefined && /^\d+(\.\d+)?$/.test(position) ? { position: Number(position) } : {}
}

function listed<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

const ROLES = new Map(
  Object.entries({ trl: 'translator', edt: 'editor', ill: 'illustrator', art: 'artist', nrt: 'narrator' }),
)

/** Those that the vocabulary has no word for are contributors with their role. */
function people({
  creators,
  contributors,
}: {
  creators: readonly Contributor[]
  contributors: readonly Contributor[]
}): object {
  const out = new Map<string, object[]>()
  const put = (key: string, { name, sort, role }: Contributor) => {
    const person = { name, sortAs: sort, ...(key === 'contributor' && { role }) }
    out.set(key, [...(out.get(key) ?? []), person])
  }
  for (const person of creators)
    put(person.role === 'aut' ? 'author' : (ROLES.get(person.role) ?? 'contributor'), person)
  for (const person of contributors) put(ROLES.get(person.role) ?? 'contributor', person)
  return Object.fromEntries(out)
}
