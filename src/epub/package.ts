// Metadata, files and what is known of them go in; the package document comes out (EPUB 3.3, 5).

import type { Contributor, Metadata } from '../model/book.js'
import { direction, primary } from '../model/languages.js'
import { type BookRecord, recordOf } from '../model/record.js'
import type { Accessibility } from './accessibility.js'
import { SE } from './semantics.js'
import { text, value, xmlId } from './xml.js'

export interface Item {
  /** Seen from the package document. */
  href: string
  type: string
  properties?: string
  /** Place in the reading order; undefined: none. 'aside': not part of it, but reached by a link. */
  spine?: 'linear' | 'aside'
}

export interface PackageParts {
  metadata: Metadata
  items: readonly Item[]
  accessibility: Accessibility
  /** What the page numbers are of; undefined if there are none. */
  pageSource?: string | undefined
  /** Href of the cover's picture. */
  cover: string
  guide: string
}

export function writePackage(parts: PackageParts): string {
  const { metadata } = parts
  const ids = idsOf(parts.items)
  const manifest = parts.items.map((item) => {
    const properties = item.properties === undefined ? '' : ` properties="${item.properties}"`
    return `    <item id="${ids.get(item.href)}" href="${value(item.href)}" media-type="${item.type}"${properties}/>\n`
  })
  const spine = parts.items
    .filter((item) => item.spine !== undefined)
    .map((item) => `    <itemref idref="${ids.get(item.href)}"${item.spine === 'aside' ? ' linear="no"' : ''}/>\n`)
  const ncx = ids.get('toc.ncx')
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" xml:lang="${value(metadata.language)}" prefix="ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/${metadata.richDescription === undefined ? '' : ` ${SE}`}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${writeMetadata(parts, ids.get(parts.cover)!)}  </metadata>
  <manifest>
${manifest.join('')}  </manifest>
  <spine toc="${ncx}" page-progression-direction="${direction(metadata.language)}">
${spine.join('')}  </spine>
${parts.guide}</package>
`
}

function writeMetadata({ metadata, accessibility, pageSource }: PackageParts, coverId: string): string {
  const record = recordOf(metadata)
  const lines: string[] = []
  const dc = (name: string, content: string, id?: string) => {
    if (content.trim() !== '')
      lines.push(`<dc:${name}${id === undefined ? '' : ` id="${id}"`}>${text(content)}</dc:${name}>`)
  }
  const meta = (property: string, content: string, more = '') => {
    if (content.trim() !== '') lines.push(`<meta property="${property}"${more}>${text(content)}</meta>`)
  }
  const refine = (id: string, property: string, content: string, scheme?: string) =>
    meta(property, content, ` refines="#${id}"${scheme === undefined ? '' : ` scheme="${scheme}"`}`)

  dc('identifier', metadata.identifier, 'identifier')
  const kind = (id: string, identifier: string) => {
    const type = typeOf(identifier)
    if (type !== undefined) refine(id, 'identifier-type', type, 'onix:codelist5')
  }
  kind('identifier', metadata.identifier)
  metadata.otherIdentifiers?.forEach((other, i) => {
    dc('identifier', other, `identifier-${i + 2}`)
    kind(`identifier-${i + 2}`, other)
  })
  dc('title', metadata.title, 'title')
  refine('title', 'title-type', 'main')
  refine('title', 'file-as', sortingTitle(metadata.title, metadata.language))
  if (record.subtitle !== undefined) {
    refine('title', 'display-seq', '1')
    dc('title', record.subtitle, 'subtitle')
    refine('subtitle', 'title-type', 'subtitle')
    refine('subtitle', 'file-as', sortingTitle(record.subtitle, metadata.language))
    refine('subtitle', 'display-seq', '2')
  }
  dc('language', metadata.language)
  const people = (element: 'creator' | 'contributor', list: readonly Contributor[]) =>
    list.forEach((person, i) => {
      const id = `${element}-${i + 1}`
      dc(element, person.name, id)
      refine(id, 'role', person.role, 'marc:relators')
      refine(id, 'file-as', person.sort)
      if (list.length > 1) refine(id, 'display-seq', String(i + 1))
    })
  people('creator', record.people.creators)
  people('contributor', record.people.contributors)
  if (record.publisher !== undefined) {
    dc('publisher', record.publisher, 'publisher')
    refine('publisher', 'role', 'pbl', 'marc:relators')
  }
  dc('date', record.date ?? '')
  dc('rights', record.rights ?? '')
  dc('description', record.description ?? '', metadata.richDescription && 'description')
  // Marked up, as shops take it; Standard Ebooks has it so.
  if (record.description !== undefined && metadata.richDescription !== undefined)
    refine('description', 'se:long-description', metadata.richDescription)
  let classed = 0
  for (const { name, scheme, code } of record.subjects) {
    const id = scheme === undefined ? undefined : `subject-${++classed}`
    dc('subject', name, id)
    if (id === undefined) continue
    refine(id, 'authority', scheme!)
    refine(id, 'term', code!)
  }
  source(record, dc, refine)
  record.series.forEach(({ name, position }, i) => {
    const id = i === 0 ? 'series' : `series-${i + 1}`
    meta('belongs-to-collection', name, ` id="${id}"`)
    refine(id, 'collection-type', 'series')
    refine(id, 'group-position', position ?? '')
  })
  meta('dcterms:modified', metadata.modified)

  for (const mode of accessibility.modes) meta('schema:accessMode', mode)
  for (const modes of accessibility.sufficient) meta('schema:accessModeSufficient', modes)
  for (const feature of accessibility.features) meta('schema:accessibilityFeature', feature)
  for (const hazard of accessibility.hazards) meta('schema:accessibilityHazard', hazard)
  const english = primary(metadata.language) === 'en' ? '' : ' xml:lang="en"'
  meta('schema:accessibilitySummary', accessibility.summary, english)
  if (accessibility.conforms && metadata.certifier !== undefined && metadata.certifier.trim() !== '') {
    meta('dcterms:conformsTo', 'EPUB Accessibility 1.1 - WCAG 2.2 Level AA', ' id="conformance"')
    refine('conformance', 'a11y:certifiedBy', metadata.certifier)
  }
  if (metadata.exemption !== undefined) meta('a11y:exemption', metadata.exemption)
  if (pageSource !== undefined) meta('pageBreakSource', pageSource)

  meta('ibooks:specified-fonts', 'true')
  lines.push(`<meta name="cover" content="${coverId}"/>`)
  lines.push('<meta name="generator" content="Octavo"/>')
  return lines.map((line) => `    ${line}\n`).join('')
}

/** By ONIX code list 5: an ISBN of ten digits, of thirteen, a DOI. */
function typeOf(identifier: string): string | undefined {
  const isbn = /^urn:isbn:(.+)$/i.exec(identifier)?.[1]?.replace(/-/g, '')
  if (isbn !== undefined) return isbn.length === 10 ? '02' : '15'
  return /^https:\/\/doi\.org\//.test(identifier) ? '06' : undefined
}

/** The work that this edition is made from, by its identifier, its address and its title: as many of them as are known. */
function source(
  { source }: BookRecord,
  dc: (name: string, content: string, id?: string) => void,
  refine: (id: string, property: string, content: string) => void,
): void {
  source?.names.forEach((name, i) => {
    dc('source', name, i === 0 ? 'source' : undefined)
    if (i > 0) return
    if (name !== source.title) refine('source', 'dcterms:title', source.title ?? '')
    refine('source', 'dcterms:date', source.date ?? '')
    refine('source', 'dcterms:description', source.note ?? '')
  })
}

const ARTICLES = new Map<string, RegExp>(
  Object.entries({
    en: /^(The|An?)\s+(.+)$/su,
    de: /^(Der|Die|Das|Eine?)\s+(.+)$/su,
    fr: /^(L’|L'|Les?\s+|La\s+|Une?\s+)(.+)$/su,
    es: /^(El|Las?|Los|Una?)\s+(.+)$/su,
    it: /^(L’|L'|Il\s+|Lo\s+|La\s+|I\s+|Gli\s+|Le\s+|Uno?\s+|Una\s+)(.+)$/su,
    nl: /^(De|Het|Een)\s+(.+)$/su,
  }),
)

/** 'The Idiot' is sorted as 'Idiot, The'. */
export function sortingTitle(title: string, tag: string): string {
  const found = ARTICLES.get(primary(tag))?.exec(title)
  return found ? `${found[2]}, ${found[1]!.trim()}` : title
}

/** An item's id is its file name: unique in the package, and an XML name. */
function idsOf(items: readonly Item[]): Map<string, string> {
  const ids = new Map<string, string>()
  const taken = new Set([
    'identifier',
    'title',
    'subtitle',
    'publisher',
    'description',
    'series',
    'source',
    'conformance',
  ])
  for (const item of items) {
    const plain = xmlId(item.href.slice(item.href.lastIndexOf('/') + 1))
    let id = plain
    for (let i = 2; taken.has(id); i++) id = `${plain}-${i}`
    taken.add(id)
    ids.set(item.href, id)
  }
  return ids
}
