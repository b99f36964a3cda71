// In: a book's card. Out: how to cite it: a line to copy, BibTeX, and RIS (the tags of Research Information Systems' format, type BOOK).
import { recordOf } from '../model/record.js'
import { type Card, peopleOf } from './card.js'

export interface Cited {
  /** Publisher and address of the shelf, where the book says none. */
  publisher: string | undefined
  address: string | undefined
}

/** 'Tolstoy, Leo. War and Peace. Translated by … Publisher, 2026. https://…' */
export function citationLine(card: Card, { publisher, address }: Cited): string {
  const { metadata } = card
  const names = metadata.authors.map(({ name, sort }, i) => (i === 0 ? sort : name))
  const title = [metadata.title, metadata.subtitle].filter(Boolean).join(': ')
  const others = metadata.contributors
    .filter(({ role }) => role === 'trl' || role === 'edt')
    .map(({ name, role }) => `${role === 'trl' ? 'Translated by' : 'Edited by'} ${name}`)
  const house = metadata.publisher ?? publisher
  const imprint = [house, metadata.date?.slice(0, 4)].filter(Boolean).join(', ')
  const where = metadata.doi === undefined ? address : `https://doi.org/${metadata.doi}`
  return [listed(names), title, ...others, imprint]
    .filter((part) => part !== '')
    .map((part) => (/[.!?…]["”’»]?$/.test(part) ? part : `${part}.`))
    .concat(where === undefined ? [] : [`${where}`])
    .join(' ')
}

function listed(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ')
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`
}

/** `{`, `}` and the active characters of TeX are written as commands; line breaks are spaces. */
function tex(text: string): string {
  const commands = new Map([
    ['\\', '\\textbackslash{}'],
    ['~', '\\textasciitilde{}'],
    ['^', '\\textasciicircum{}'],
    ['{', '\\{'],
    ['}', '\\}'],
  ])
  return text.replace(/\s+/g, ' ').replace(/[\\{}~^]|[#$%&_]/g, (one) => commands.get(one) ?? `\\${one}`)
}

export function bibtex(card: Card, { publisher, address }: Cited): string {
  const { metadata } = card
  const key = `${metadata.slug}${metadata.date?.slice(0, 4) ?? ''}`.replace(/[^A-Za-z0-9-]/g, '')
  const names = (role: string) => metadata.contributors.filter((one) => one.role === role).map(({ sort }) => tex(sort))
  const fields: [string, string | undefined][] = [
    ['author', metadata.authors.map(({ sort }) => tex(sort)).join(' and ') || undefined],
    ['title', `{${tex(metadata.title)}}`],
    ['subtitle', metadata.subtitle && tex(metadata.subtitle)],
    ['translator', names('trl').join(' and ') || undefined],
    ['editor', names('edt').join(' and ') || undefined],
    ['publisher', tex(metadata.publisher ?? publisher ?? '') || undefined],
    ['address', metadata.publishedAt && tex(metadata.publishedAt)],
    ['year', metadata.date?.slice(0, 4)],
    ['edition', metadata.edition && tex(metadata.edition)],
    ['series', metadata.series?.[0] && tex(metadata.series[0].name)],
    ['number', metadata.series?.[0]?.position && tex(metadata.series[0].position)],
    ['isbn', metadata.isbn?.book],
    ['doi', metadata.doi && tex(metadata.doi)],
    ['url', address],
    ['langid', metadata.language],
  ]
  const said = fields.flatMap(([name, text]) => (text === undefined || text === '' ? [] : `  ${name} = {${text}},\n`))
  return `@book{${key},\n${said.join('')}}\n`
}

export function ris(card: Card, { publisher, address }: Cited): string {
  const { metadata } = card
  const record = recordOf(metadata)
  const lines: [string, string | undefined][] = [
    ['TY', 'BOOK'],
    ...peopleOf(card).map(({ sort, main, role }): [string, string] => [
      main ? 'AU' : role === 'edt' ? 'ED' : 'A4',
      sort,
    ]),
    ['TI', [metadata.title, metadata.subtitle].filter(Boolean).join(': ')],
    ['PB', metadata.publisher ?? publisher],
    ['CY', metadata.publishedAt],
    ['PY', metadata.date?.slice(0, 4)],
    ['DA', metadata.date?.replaceAll('-', '/')],
    ['ET', metadata.edition],
    ['T2', metadata.series?.[0]?.name],
    ['VL', metadata.series?.[0]?.position],
    ['SN', metadata.isbn?.book],
    ['DO', metadata.doi],
    ['LA', metadata.language],
    ['SP', card.pages && String(card.pages.count)],
    ['AB', record.description],
    ...record.subjects.map(({ name }): [string, string] => ['KW', name]),
    ['UR', address],
    ['ER', ''],
  ]
  return lines
    .filter(([, text]) => text !== undefined)
    .map(([tag, text]) => `${tag}  - ${text!.replace(/\s+/g, ' ')}\r\n`)
    .join('')
}
