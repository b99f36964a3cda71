// In: the book's metadata. Out: the information dictionary and the XMP packet (ISO 16684-1), which say the same.
import type { Metadata } from '../../model/book.js'
import type { Standard } from '../../model/inks.js'
import { type BookRecord, recordOf, seriesInWords } from '../../model/record.js'
import { Source } from './objects.js'

/** Which standards the file keeps to. */
export interface Claims {
  /** PDF/A-2: the level. */
  archive?: 'A' | 'B' | undefined
  /** PDF/UA-1. */
  accessible?: boolean | undefined
  /** For a printer: the part of PDF/X that it keeps to. */
  printing?: Standard | undefined
}

const PRODUCER = 'Octavo, with PDFKit'

/** The author's names in one string, as the information dictionary has room for. */
function authors(metadata: Metadata): string {
  return metadata.authors.map((author) => author.name).join(', ')
}

function keywordsOf(metadata: Metadata): string {
  return metadata.subjects.map((subject) => subject.name).join(', ')
}

/** `modified` is a UTC time to the second; the file has no other clock. */
function instant(metadata: Metadata): Date {
  return new Date(metadata.modified)
}

export function informationOf(metadata: Metadata, claims: Claims): { [key: string]: string | Date | Source } {
  const date = instant(metadata)
  return {
    Title: metadata.title,
    ...(metadata.authors.length > 0 ? { Author: authors(metadata) } : {}),
    ...(metadata.description !== undefined ? { Subject: metadata.description } : {}),
    ...(metadata.subjects.length > 0 ? { Keywords: keywordsOf(metadata) } : {}),
    Creator: 'Octavo',
    Producer: PRODUCER,
    CreationDate: date,
    ModDate: date,
    ...(claims.printing ? { Trapped: new Source('/False') } : {}),
    ...(claims.printing ? NAMES[claims.printing] : {}),
  }
}

/** As the information dictionary says it: ISO 15930-1, -3, -4 and -6, 6.3. PDF/X-4 is named in the XMP packet alone. */
const NAMES: { readonly [S in Standard]: { [key: string]: string } } = {
  'x-1a:2001': { GTS_PDFXVersion: 'PDF/X-1:2001', GTS_PDFXConformance: 'PDF/X-1a:2001' },
  'x-1a:2003': { GTS_PDFXVersion: 'PDF/X-1a:2003' },
  'x-3:2002': { GTS_PDFXVersion: 'PDF/X-3:2002' },
  'x-3:2003': { GTS_PDFXVersion: 'PDF/X-3:2003' },
  'x-4': {},
  none: {},
}

export function xmpOf(metadata: Metadata, claims: Claims): string {
  const date = `${instant(metadata).toISOString().slice(0, 19)}Z`
  const record = recordOf(metadata)
  const keywords = metadata.subjects.length > 0 ? `<pdf:Keywords>${escaped(keywordsOf(metadata))}</pdf:Keywords>` : ''
  const trapped = claims.printing ? '<pdf:Trapped>False</pdf:Trapped>' : ''
  const parts = [
    description('dc="http://purl.org/dc/elements/1.1/"', dublinCore(metadata, record).join('')),
    description(
      'xmp="http://ns.adobe.com/xap/1.0/"',
      `<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>` +
        `<xmp:MetadataDate>${date}</xmp:MetadataDate><xmp:CreatorTool>Octavo</xmp:CreatorTool>`,
    ),
    description(
      'pdf="http://ns.adobe.com/pdf/1.3/"',
      `<pdf:Producer>${escaped(PRODUCER)}</pdf:Producer>${keywords}${trapped}`,
    ),
  ]
  const terms = termsOf(metadata, record)
  // Who did what, as the Library of Congress names it.
  const roles = rolesOf(record).map(([role, people]): Term => {
    return { name: role, type: 'bag ProperName', content: list('Bag', people) }
  })
  for (const { uri, prefix, said } of [
    { ...DCTERMS, said: terms },
    { ...RELATORS, said: roles },
  ])
    if (said.length > 0)
      parts.push(
        description(
          `${prefix}="${uri}"`,
          said.map(({ name, content }) => `<${prefix}:${name}>${content}</${prefix}:${name}>`).join(''),
        ),
      )
  parts.push(...standards(metadata, claims))
  if (claims.archive && (claims.accessible || claims.printing || terms.length + roles.length > 0))
    parts.push(extensions(claims, terms, roles))
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n' +
    `${parts.join('\n')}\n</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>\n`
  )
}

function alternative(value: string): string {
  return `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(value)}</rdf:li></rdf:Alt>`
}

function list(kind: 'Seq' | 'Bag', values: readonly string[]): string {
  return `<rdf:${kind}>${values.map((value) => `<rdf:li>${escaped(value)}</rdf:li>`).join('')}</rdf:${kind}>`
}

function dublinCore(metadata: Metadata, record: BookRecord): string[] {
  const dc = [
    '<dc:format>application/pdf</dc:format>',
    `<dc:title>${alternative(metadata.title)}</dc:title>`,
    `<dc:language>${list('Bag', [metadata.language])}</dc:language>`,
    `<dc:identifier>${escaped(metadata.identifier)}</dc:identifier>`,
  ]
  if (metadata.authors.length > 0)
    dc.push(
      `<dc:creator>${list(
        'Seq',
        metadata.authors.map((a) => a.name),
      )}</dc:creator>`,
    )
  if (metadata.contributors.length > 0)
    dc.push(
      `<dc:contributor>${list(
        'Bag',
        metadata.contributors.map((c) => c.name),
      )}</dc:contributor>`,
    )
  if (metadata.publisher !== undefined) dc.push(`<dc:publisher>${list('Bag', [metadata.publisher])}</dc:publisher>`)
  if (metadata.description !== undefined)
    dc.push(`<dc:description>${alternative(metadata.description)}</dc:description>`)
  if (metadata.date !== undefined) dc.push(`<dc:date>${list('Seq', [metadata.date])}</dc:date>`)
  const { source } = record
  if (source !== undefined) dc.push(`<dc:source>${escaped(source.names[0]!)}</dc:source>`)
  if (record.rights !== undefined) dc.push(`<dc:rights>${alternative(record.rights)}</dc:rights>`)
  if (metadata.subjects.length > 0)
    dc.push(
      `<dc:subject>${list(
        'Bag',
        metadata.subjects.map((subject) => subject.name),
      )}</dc:subject>`,
    )
  return dc
}

/** What Dublin Core's fifteen elements have no place for, in its terms. */
function termsOf(metadata: Metadata, record: BookRecord): Term[] {
  const terms: Term[] = []
  const say = (name: string, type: Term['type'], content: string) => terms.push({ name, type, content })
  if (record.subtitle !== undefined) say('alternative', 'Lang Alt', alternative(record.subtitle))
  if (metadata.otherIdentifiers) say('identifier', 'bag Text', list('Bag', metadata.otherIdentifiers))
  if (record.series.length > 0) say('isPartOf', 'bag Text', list('Bag', record.series.map(seriesInWords)))
  const classes = record.subjects.flatMap(({ scheme, code }) => (scheme === undefined ? [] : [`${scheme}: ${code}`]))
  if (classes.length > 0) say('subject', 'bag Text', list('Bag', classes))
  const { names = [], title, date: made, note } = record.source ?? {}
  const more = [...names.slice(1), names[0] === title ? undefined : title, made, note].filter(
    (one) => one !== undefined,
  )
  if (more.length > 0) say('source', 'bag Text', list('Bag', more))
  return terms
}

/** The names of the standards that the file keeps to. */
function standards(metadata: Metadata, claims: Claims): string[] {
  const parts: string[] = []
  if (claims.archive)
    parts.push(
      description(
        'pdfaid="http://www.aiim.org/pdfa/ns/id/"',
        `<pdfaid:part>2</pdfaid:part><pdfaid:conformance>${claims.archive}</pdfaid:conformance>`,
      ),
    )
  if (claims.accessible)
    parts.push(description('pdfuaid="http://www.aiim.org/pdfua/ns/id/"', '<pdfuaid:part>1</pdfuaid:part>'))
  if (claims.printing === 'x-4')
    parts.push(
      description(
        'pdfxid="http://www.npes.org/pdfx/ns/id/"',
        '<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>',
      ),
      // PDF/X-4 wants the document's and the version's names.
      description(
        'xmpMM="http://ns.adobe.com/xap/1.0/mm/"',
        `<xmpMM:DocumentID>${escaped(metadata.identifier)}</xmpMM:DocumentID>` +
          '<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>',
      ),
    )
  return parts
}

interface Term {
  name: string
  /** As PDF/A's descriptions of schemas call it. */
  type: 'Lang Alt' | 'bag Text' | 'bag ProperName'
  content: string
}

interface Vocabulary {
  title: string
  uri: string
  prefix: string
  what: string
}

const DCTERMS: Vocabulary = {
  ...{ title: 'DCMI Metadata Terms', uri: 'http://purl.org/dc/terms/', prefix: 'dcterms' },
  what: 'As DCMI Metadata Terms define it',
}
const RELATORS: Vocabulary = {
  ...{ title: 'MARC relators', uri: 'http://id.loc.gov/vocabulary/relators/', prefix: 'marcrel' },
  what: 'Who has this part in the book, by MARC code',
}

/** By relator, in the order of their first. */
function rolesOf({ people, publisher }: BookRecord): [role: string, people: string[]][] {
  const roles = new Map<string, string[]>()
  const add = (role: string, name: string) => roles.set(role, [...(roles.get(role) ?? []), name])
  for (const { role, name } of [...people.creators, ...people.contributors]) add(role, name)
  if (publisher !== undefined) add('pbl', publisher)
  return [...roles]
}

function description(namespaces: string, content: string): string {
  const declared = namespaces
    .split(' ')
    .map((namespace) => ` xmlns:${namespace}`)
    .join('')
  return `<rdf:Description rdf:about=""${declared}>${content}</rdf:Description>`
}

/** PDF/A-2, 6.6.2.3: what XMP does not define itself must be described. */
function extensions(claims: Claims, terms: readonly Term[], roles: readonly Term[]): string {
  const schemas: string[] = []
  const declare = ({ title, uri, prefix, what }: Vocabulary, said: readonly Term[]) => {
    if (said.length > 0)
      schemas.push(
        schema(
          title,
          uri,
          prefix,
          said.map(({ name, type }) => [name, type, what]),
          'external',
        ),
      )
  }
  declare(DCTERMS, terms)
  declare(RELATORS, roles)
  if (claims.accessible)
    schemas.push(
      schema('PDF/UA identification', 'http://www.aiim.org/pdfua/ns/id/', 'pdfuaid', [
        ['part', 'Integer', 'Part of ISO 14289'],
      ]),
    )
  if (claims.printing) {
    if (claims.printing === 'x-4')
      schemas.push(
        schema('PDF/X identification', 'http://www.npes.org/pdfx/ns/id/', 'pdfxid', [
          ['GTS_PDFXVersion', 'Text', 'Version of PDF/X'],
        ]),
      )
    schemas.push(
      // The XMP specification of 2005, which PDF/A-2 goes by, does not have it yet.
      schema('Adobe PDF', 'http://ns.adobe.com/pdf/1.3/', 'pdf', [['Trapped', 'Text', 'Whether colours were trapped']]),
    )
  }
  return description(
    'pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" ' +
      'pdfaProperty="http://www.aiim.org/pdfa/ns/property#"',
    `<pdfaExtension:schemas><rdf:Bag>${schemas.join('')}</rdf:Bag></pdfaExtension:schemas>`,
  )
}

function schema(
  name: string,
  uri: string,
  prefix: string,
  properties: [name: string, type: string, what: string][],
  category: 'internal' | 'external' = 'internal',
) {
  const items = properties.map(
    ([property, type, what]) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${property}</pdfaProperty:name>` +
      `<pdfaProperty:valueType>${type}</pdfaProperty:valueType><pdfaProperty:category>${category}</pdfaProperty:category>` +
      `<pdfaProperty:description>${what}</pdfaProperty:description></rdf:li>`,
  )
  return (
    `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>${name}</pdfaSchema:schema>` +
    `<pdfaSchema:namespaceURI>${uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>${prefix}</pdfaSchema:prefix>` +
    `<pdfaSchema:property><rdf:Seq>${items.join('')}</rdf:Seq></pdfaSchema:property></rdf:li>`
  )
}

/** XML's own characters, and those that XML 1.0 cannot hold at all. */
function escaped(value: string): string {
  return value
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
