// In: the cards of a site. Out: MARC 21 as MARCXML (Library of Congress), a record for each book, for library systems; and KBART, a line for
// each, for knowledge bases (NISO RP-9-2014).
import { sortingTitle } from '../epub/package.js'
import { recordOf } from '../model/record.js'
import { relatorName } from '../read/manifest/relators.js'
import { type Card, mediaType, peopleOf } from './card.js'
import { bibliographicCode } from './languagecodes.js'
import { documentOf, href, type Markup, m } from './markup.js'
import { absolute, type Site } from './site.js'

export const MARC = 'marc.xml'
export const KBART = 'kbart.txt'

export function writeMarc(site: Site, cards: readonly Card[]): Generator<string> {
  const head = m`<?xml version="1.0" encoding="UTF-8"?>
<collection xmlns="http://www.loc.gov/MARC21/slim">`
  return documentOf([head], records(site, cards), [m`</collection>`])
}

function* records(site: Site, cards: readonly Card[]): Generator<Markup> {
  for (const card of cards) yield record(site, card)
}

type Subfield = [code: string, value: string | undefined]

function field(tag: string, first: string, second: string, ...subfields: Subfield[]): Markup | false {
  const said = subfields.filter(([, value]) => value !== undefined && value !== '')
  if (said.length === 0) return false
  return m`<datafield tag="${tag}" ind1="${first}" ind2="${second}">
${said.map(([code, value]) => m`<subfield code="${code}">${value}</subfield>\n`)}</datafield>\n`
}

function record(site: Site, card: Card): Markup {
  const { metadata, access } = card
  const known = recordOf(metadata)
  const people = peopleOf(card)
  const [first] = people
  const main = first?.main === true ? first : undefined
  const house = metadata.publisher ?? site.shelf.publisher
  const city = metadata.publishedAt
  const relator = (role: string): Subfield[] => [
    ['e', relatorName(role).toLowerCase()],
    ['4', role],
  ]
  const credits = people.map(({ name }) => name).join(', ')
  const licence = site.shelf.licence
  // 008: entered on, one date, unknown place, online, not stated, language.
  const year = metadata.date?.slice(0, 4)
  const fixed = [
    metadata.modified.slice(2, 10).replaceAll('-', ''),
    year === undefined ? 'nuuuu    ' : `s${year}    `,
    'xx ',
    '     o     000 0 ',
    bibliographicCode(metadata.language),
    ' d',
  ].join('')
  const stamp = `${metadata.modified.replace(/\D/g, '')}.0`
  return m`<record>
<leader>00000nam a2200000 i 4500</leader>
<controlfield tag="001">${metadata.slug}</controlfield>
<controlfield tag="005">${stamp}</controlfield>
<controlfield tag="006">m     o  d        </controlfield>
<controlfield tag="007">cr |||||||||||</controlfield>
<controlfield tag="008">${fixed}</controlfield>
${isbns(card).map((isbn) => field('020', ' ', ' ', ['a', isbn]))}${field('024', '7', ' ', ['a', metadata.doi], ['2', metadata.doi && 'doi'])}${
  /^(?:https?|urn):/i.test(metadata.identifier) && !/^urn:isbn:/i.test(metadata.identifier)
    ? field('024', '7', ' ', ['a', metadata.identifier], ['2', 'uri'])
    : false
}${known.subjects.map(({ scheme, code }) => {
  const list = CODED.get(scheme ?? '')
  return list === undefined ? false : field('072', ' ', '7', ['a', code], ['2', list])
})}${main && field('100', main.sort.includes(',') ? '1' : '0', ' ', ['a', main.sort], ...relator('aut'))}${field(
  '245',
  main === undefined ? '0' : '1',
  String(unfiled(card)),
  ['a', known.subtitle === undefined ? metadata.title : `${metadata.title} :`],
  ['b', known.subtitle === undefined ? undefined : `${known.subtitle}${credits === '' ? '' : ' /'}`],
  ['c', credits],
)}${field('250', ' ', ' ', ['a', metadata.edition])}${field(
  '264',
  ' ',
  '1',
  ['a', city && (house === undefined ? city : `${city} :`)],
  ['b', house],
  ['c', year],
)}${field('300', ' ', ' ', [
  'a',
  card.pages === undefined ? '1 online resource' : `1 online resource (${card.pages.count} pages)`,
])}${field('336', ' ', ' ', ['a', 'text'], ['b', 'txt'], ['2', 'rdacontent'])}${field('337', ' ', ' ', ['a', 'computer'], ['b', 'c'], ['2', 'rdamedia'])}${field('338', ' ', ' ', ['a', 'online resource'], ['b', 'cr'], ['2', 'rdacarrier'])}${field(
  '341',
  '0',
  ' ',
  ['a', 'textual'],
  ...access.features.filter((one) => NAVIGATION.has(one)).map((one): Subfield => ['b', one]),
  ['2', 'sapdv'],
)}${known.series.map(({ name, position }) => field('490', '0', ' ', ['a', position === undefined ? name : `${name} ;`], ['v', position]))}${field('520', ' ', ' ', ['a', known.description])}${field('532', '0', ' ', ['a', access.summary])}${
  known.source === undefined
    ? false
    : field(
        '534',
        ' ',
        ' ',
        ['p', 'Made from:'],
        ['t', known.source.title ?? known.source.names[0]],
        ['c', known.source.date],
      )
}${field('540', ' ', ' ', ['a', licence?.name ?? known.rights], ['u', licence?.url])}${known.subjects.map(
  ({ name, scheme }) => (scheme === 'LCSH' ? field('650', ' ', '0', ['a', name]) : field('653', ' ', ' ', ['a', name])),
)}${people
  .filter((one) => one !== main)
  .map(({ sort, role }) =>
    field('700', sort.includes(',') ? '1' : '0', ' ', ['a', sort], ...relator(role)),
  )}${links(site, card)}</record>\n`
}

/** Schemes of subjects that MARC has codes for. */
const CODED = new Map(Object.entries({ BISAC: 'bisacsh', Thema: 'thema', BIC: 'bicssc' }))

/** Those of the vocabulary of schema.org ('sapdv') that are ways to the text. */
const NAVIGATION = new Set(['tableOfContents', 'index', 'structuralNavigation', 'pageNavigation', 'readingOrder'])

function isbns({ metadata }: Card): string[] {
  const { isbn } = metadata
  if (isbn === undefined) return []
  const all = [isbn.book, ...Object.values(isbn.editions)].filter((one) => one !== undefined)
  return [...new Set(all.map((one) => one.replaceAll('-', '')))]
}

/** Letters at the head of a title that it is not filed under. */
function unfiled({ metadata }: Card): number {
  const sorted = sortingTitle(metadata.title, metadata.language)
  if (sorted === metadata.title) return 0
  return Math.min(9, metadata.title.length - sorted.slice(0, sorted.lastIndexOf(', ')).length)
}

/** 856 40: the resource itself. Addresses in full; without the site's own there are none. */
function links(site: Site, card: Card): Markup[] {
  return card.files
    .filter(({ name }) => /\.(?:epub|pdf)$/.test(name))
    .flatMap(({ name }) => {
      const to = absolute(site, href(card.at + name))
      return to === undefined ? [] : field('856', '4', '0', ['u', to], ['q', mediaType(name)]) || []
    })
}

const COLUMNS = [
  ...['publication_title', 'print_identifier', 'online_identifier', 'date_first_issue_online', 'num_first_vol_online'],
  ...['num_first_issue_online', 'date_last_issue_online', 'num_last_vol_online', 'num_last_issue_online', 'title_url'],
  ...['first_author', 'title_id', 'embargo_info', 'coverage_depth', 'notes', 'publisher_name', 'publication_type'],
  ...['date_monograph_published_print', 'date_monograph_published_online', 'monograph_volume', 'monograph_edition'],
  ...['first_editor', 'parent_publication_title_id', 'preceding_publication_title_id', 'access_type'],
]

export function* writeKbart(site: Site, cards: readonly Card[]): Generator<string> {
  yield `${COLUMNS.join('\t')}\n`
  for (const card of cards) {
    const { metadata } = card
    const family = (sort: string | undefined) => sort?.split(',')[0]
    const values = new Map<string, string | undefined>([
      ['publication_title', metadata.title],
      ['online_identifier', isbns(card)[0]],
      ['title_url', absolute(site, href(card.at))],
      ['first_author', family(metadata.authors[0]?.sort)],
      ['title_id', metadata.slug],
      ['coverage_depth', 'fulltext'],
      ['publisher_name', metadata.publisher ?? site.shelf.publisher],
      ['publication_type', 'monograph'],
      ['date_monograph_published_online', metadata.date],
      ['monograph_volume', metadata.series?.[0]?.position],
      ['monograph_edition', metadata.edition],
      ['first_editor', family(metadata.contributors.find(({ role }) => role === 'edt')?.sort)],
      ['access_type', 'F'],
    ])
    yield `${COLUMNS.map((name) => (values.get(name) ?? '').replace(/\s+/g, ' ')).join('\t')}\n`
  }
}
