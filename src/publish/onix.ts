// In: the cards of a site. Out: ONIX for Books 3.1, reference names: a product for each edition that is a file, for shops and aggregators.
// Codes are of EDItEUR's lists, named where they stand; those of accessibility by the crosswalk of W3C's community group for the
// vocabulary of schema.org.
import type { FileFacts } from '../build/gathered.js'
import { sortingTitle } from '../epub/package.js'
import { EXEMPTIONS } from '../model/exemptions.js'
import { recordOf } from '../model/record.js'
import { newest } from './atom.js'
import { type Card, peopleOf } from './card.js'
import { bibliographicCode, wordPairs } from './languagecodes.js'
import { documentOf, type Hole, href, type Markup, m, trusted } from './markup.js'
import { absolute, type Site } from './site.js'

export const ONIX = 'onix.xml'

/** An element with its content, if there is any. */
function e(name: string, content: Hole): Markup | false {
  if (content === undefined || content === false || content === '') return false
  return m`<${trusted(name)}>${content}</${trusted(name)}>\n`
}

export function writeOnix(site: Site, cards: readonly Card[]): Generator<string> {
  const { shelf, title } = site
  const mail = /^[^\s@]+@[^\s@]+$/.test(shelf.contact ?? '') ? shelf.contact : undefined
  const head = m`<?xml version="1.0" encoding="UTF-8"?>
<ONIXMessage release="3.1" xmlns="http://ns.editeur.org/onix/3.1/reference">
<Header>
<Sender>
${e('SenderName', shelf.publisher ?? title)}${e('EmailAddress', mail)}</Sender>
${e('SentDateTime', newest(cards).replace(/[-:]/g, ''))}</Header>`
  return documentOf([head], products(site, cards), [m`</ONIXMessage>`])
}

function* products(site: Site, cards: readonly Card[]): Generator<Markup> {
  for (const card of cards) for (const file of productsOf(card)) yield product(site, card, file)
}

/** What is a product: the files that people read. A KEPUB is the EPUB again. */
function productsOf({ files }: Card): FileFacts[] {
  return files.filter(({ name }) => /\.(?:epub|pdf)$/.test(name) && !name.endsWith('.kepub.epub'))
}

/** List 5: ISBN-13 15, ISBN-10 02, URN 22, proprietary 01, DOI 06. */
function identifiers(card: Card, { edition, identifier }: FileFacts): Markup[] {
  const isbn = /^urn:isbn:(.+)$/i.exec(identifier)?.[1]?.replaceAll('-', '')
  const id = (type: string, value: string, name?: string) =>
    m`<ProductIdentifier>
${e('ProductIDType', type)}${e('IDTypeName', name)}${e('IDValue', value)}</ProductIdentifier>\n`
  const { metadata } = card
  return [
    id('01', `${metadata.identifier}#${edition}`, 'identifier and edition'),
    ...(isbn === undefined ? [] : [id(isbn.length === 10 ? '02' : '15', isbn)]),
    ...(metadata.doi === undefined ? [] : [id('06', metadata.doi)]),
  ]
}

function product(site: Site, card: Card, file: FileFacts): Markup {
  const { metadata } = card
  const others = productsOf(card).filter((one) => one !== file)
  // List 1: 03, confirmed on publication. List 51: 06, alternative format.
  return m`<Product>
${e('RecordReference', `${metadata.identifier}#${file.edition}`)}${e('NotificationType', '03')}${identifiers(card, file)}${descriptive(site, card, file)}${collateral(site, card)}${publishing(site, card)}${
  others.length > 0 &&
  m`<RelatedMaterial>
${others.map(
  (one) => m`<RelatedProduct>
${e('ProductRelationCode', '06')}${identifiers(card, one)}</RelatedProduct>\n`,
)}</RelatedMaterial>\n`
}${supply(site, card, file)}</Product>\n`
}

function descriptive(site: Site, card: Card, file: FileFacts): Markup {
  const { metadata } = card
  const record = recordOf(metadata)
  const isEpub = file.name.endsWith('.epub')
  const extent = (type: string, value: number, unit: string) =>
    m`<Extent>
${e('ExtentType', type)}${e('ExtentValue', value)}${e('ExtentUnit', unit)}</Extent>\n`
  // Lists 2: 00 single item. 150: ED digital download. 175: E101 EPUB, E107 PDF. 81: 10 text. 144: 00 no protection.
  return m`<DescriptiveDetail>
${e('ProductComposition', '00')}${e('ProductForm', 'ED')}${e('ProductFormDetail', isEpub ? 'E101' : 'E107')}${isEpub && accessibility(site, card)}${e('PrimaryContentType', '10')}${e('EpubTechnicalProtection', '00')}${licence(site)}${record.series.map(
  ({ name, position }) => m`<Collection>
${e('CollectionType', '10')}<TitleDetail>
${e('TitleType', '01')}<TitleElement>
${e('TitleElementLevel', '02')}${e('PartNumber', position)}${e('TitleText', name)}</TitleElement>
</TitleDetail>
</Collection>\n`,
)}<TitleDetail>
${e('TitleType', '01')}<TitleElement>
${e('TitleElementLevel', '01')}${title(card)}${e('Subtitle', record.subtitle)}</TitleElement>
</TitleDetail>
${contributors(card)}${edition(metadata.edition)}<Language>
${e('LanguageRole', '01')}${e('LanguageCode', bibliographicCode(metadata.language))}</Language>
${(file.pages ?? card.pages?.count) !== undefined && extent(isEpub ? '08' : '11', (file.pages ?? card.pages?.count)!, '03')}${card.words > 0 && extent('02', card.words, '02')}${extent('22', file.size, '17')}${subjects(card)}</DescriptiveDetail>\n`
}

/** List 79: 09 accessibility, codes of list 196; 12 hazards, codes of list 143. Said of the EPUB alone, which says it itself. */
function accessibility({ shelf }: Site, { access, metadata }: Card): Markup[] {
  const feature = (type: string, value: string, description?: string) =>
    m`<ProductFormFeature>
${e('ProductFormFeatureType', type)}${e('ProductFormFeatureValue', value)}${e('ProductFormFeatureDescription', description)}</ProductFormFeature>\n`
  const known = FEATURES.filter(([name]) => access.features.includes(name))
  const claims = access.conforms && metadata.certifier !== undefined && metadata.certifier.trim() !== ''
  const mail = /^[^\s@]+@[^\s@]+$/.test(shelf.contact ?? '') ? shelf.contact : undefined
  return [
    feature('09', '00', access.summary),
    ...(claims
      ? [feature('09', '04'), feature('09', '82'), feature('09', '85'), feature('09', '90', metadata.certifier)]
      : []),
    ...(metadata.exemption === undefined ? [] : [feature('09', EXEMPTIONS[metadata.exemption])]),
    ...(access.conforms ? [] : [feature('09', '09', access.summary)]),
    ...known.map(([, code]) => feature('09', code)),
    ...(access.sufficient.includes('textual') ? [feature('09', '52')] : []),
    ...(mail === undefined ? [] : [feature('09', '99', mail)]),
    ...(access.hazards.includes('none') ? [feature('12', '00')] : [feature('12', '24')]),
  ]
}

/** Of schema.org, and of list 196. */
const FEATURES: [string, string][] = [
  ['unlocked', '10'],
  ['tableOfContents', '11'],
  ['index', '12'],
  ['readingOrder', '13'],
  ['alternativeText', '14'],
  ['longDescription', '15'],
  ['pageBreakMarkers', '19'],
  ['structuralNavigation', '29'],
  ['ARIA', '30'],
  ['displayTransformability', '36'],
  ['pageNavigation', '41'],
]

/** List 218: 01, for people. */
function licence({ shelf }: Site): Markup | false {
  if (shelf.licence === undefined) return false
  const { name, url } = shelf.licence
  return m`<EpubLicense>
${e('EpubLicenseName', name)}${
  url !== undefined &&
  m`<EpubLicenseExpression>
${e('EpubLicenseExpressionType', '01')}${e('EpubLicenseExpressionLink', url)}</EpubLicenseExpression>\n`
}</EpubLicense>\n`
}

/** An article that is not sorted by stands apart. */
function title({ metadata }: Card): Markup {
  const sorted = sortingTitle(metadata.title, metadata.language)
  if (sorted === metadata.title) return m`${e('TitleText', metadata.title)}`
  const prefix = metadata.title
    .slice(0, metadata.title.length - sorted.slice(0, sorted.lastIndexOf(', ')).length)
    .trim()
  const rest = metadata.title.slice(prefix.length).trim()
  return m`${e('TitlePrefix', prefix)}${e('TitleWithoutPrefix', rest)}`
}

/** List 17, by MARC relators; Z99: other. */
const ROLES = new Map(
  wordPairs(
    'aut A01 trl B06 edt B01 ill A12 pht A13 aui A24 win A24 aft A19 wfw A23 wpr A15 ann A20 com C01 cov A36 bjd A36 ' +
      'cmp A06 lbt A04 lyr A05 nrt E07 adp B05 abr B04 trc B20 ctb A32 cre A09 art A07 ctg A39 ind A34',
  ),
)

function contributors(card: Card): Hole {
  const people = peopleOf(card)
  if (people.length === 0) return m`<NoContributor/>\n`
  return people.map(
    ({ name, sort, role, main }, i) => m`<Contributor>
${e('SequenceNumber', i + 1)}${e('ContributorRole', main ? 'A01' : (ROLES.get(role) ?? 'Z99'))}${e('PersonName', name)}${sort !== name && e('PersonNameInverted', sort)}</Contributor>\n`,
  )
}

function edition(said: string | undefined): Hole {
  if (said === undefined) return false
  return /^[1-9]\d*$/.test(said) ? e('EditionNumber', said) : e('EditionStatement', said)
}

/** List 27. What has no scheme that is known is a keyword. */
const SCHEMES = new Map(Object.entries({ DDC: '01', LCSH: '04', BISAC: '10', BIC: '12', Thema: '93' }))

function subjects({ metadata }: Card): Markup[] {
  const keywords = metadata.subjects.filter(({ scheme }) => scheme === undefined || !SCHEMES.has(scheme))
  const classed = metadata.subjects.filter(({ scheme }) => scheme !== undefined && SCHEMES.has(scheme))
  const subject = (scheme: string, inside: Hole) => m`<Subject>
${e('SubjectSchemeIdentifier', scheme)}${inside}</Subject>\n`
  return [
    ...classed.map(({ name, scheme, code }) =>
      subject(SCHEMES.get(scheme!)!, [e('SubjectCode', code) || '', e('SubjectHeadingText', name) || '']),
    ),
    ...(keywords.length === 0
      ? []
      : [subject('20', e('SubjectHeadingText', keywords.map(({ name }) => name).join('; ')))]),
  ]
}

/** Lists 153: 03 description, 04 contents. 158: 01 front cover. 159: 03 image. 161: 02 downloadable. */
function collateral(site: Site, card: Card): Markup | false {
  const { metadata, contents, cover } = card
  const text = (type: string, content: string) => m`<TextContent>
${e('TextType', type)}${e('ContentAudience', '00')}${e('Text', content)}</TextContent>\n`
  const picture = absolute(site, href(card.at + cover.name))
  const { description } = recordOf(metadata)
  const titles = contents.map(({ title }) => title)
  if (description === undefined && titles.length === 0 && picture === undefined) return false
  return m`<CollateralDetail>
${description !== undefined && text('03', description)}${titles.length > 0 && text('04', titles.join('; '))}${
  picture !== undefined &&
  m`<SupportingResource>
${e('ResourceContentType', '01')}${e('ContentAudience', '00')}${e('ResourceMode', '03')}<ResourceVersion>
${e('ResourceForm', '02')}${e('ResourceLink', picture)}</ResourceVersion>
</SupportingResource>\n`
}</CollateralDetail>\n`
}

/**
 * Lists 45: 01 publisher. 64: 04 active. 163: 01 date of publication. The schema has nothing of this about a book without a publisher, and
 * none is made up.
 */
function publishing({ shelf }: Site, { metadata }: Card): Markup | false {
  const house = metadata.publisher ?? shelf.publisher
  if (house === undefined) return false
  const digits = metadata.date?.replaceAll('-', '')
  const format = digits === undefined ? '' : digits.length === 8 ? '00' : digits.length === 6 ? '01' : '05'
  const years = metadata.copyright?.years.match(/\d{4}/g) ?? []
  return m`<PublishingDetail>
<Publisher>
${e('PublishingRole', '01')}${e('PublisherName', house)}</Publisher>
${metadata.publishedAt !== undefined && e('CityOfPublication', metadata.publishedAt)}${e('PublishingStatus', '04')}${
  digits !== undefined &&
  m`<PublishingDate>
${e('PublishingDateRole', '01')}<Date dateformat="${format}">${digits}</Date>
</PublishingDate>\n`
}${
  metadata.copyright !== undefined &&
  years.length > 0 &&
  m`<CopyrightStatement>
${e('CopyrightYear', years.at(-1))}${metadata.copyright.holders.map(
  (name) => m`<CopyrightOwner>
${e('PersonName', name)}</CopyrightOwner>\n`,
)}</CopyrightStatement>\n`
}</PublishingDetail>\n`
}

/** Lists 93: 09 publisher to end customers. 65: 20 available. 57: 01 free of charge. 73: 29 for downloads. */
function supply(site: Site, card: Card, { name }: FileFacts): Markup {
  const link = absolute(site, href(card.at + name))
  return m`<ProductSupply>
<SupplyDetail>
<Supplier>
${e('SupplierRole', '09')}${e('SupplierName', site.shelf.publisher ?? card.metadata.publisher ?? site.title)}${
  link !== undefined &&
  m`<Website>
${e('WebsiteRole', '29')}${e('WebsiteLink', link)}</Website>\n`
}</Supplier>
${e('ProductAvailability', '20')}${e('UnpricedItemType', '01')}</SupplyDetail>
</ProductSupply>\n`
}
