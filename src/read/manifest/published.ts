// In: what the manifest says of an edition as a thing that is published. Out: its ISBNs, DOI, copyright, edition and printing, each proved.
import { error } from '../../diagnostic.js'
import type { Copyright, Isbns } from '../../model/book.js'
import { EDITION_NAMES } from '../../model/editions.js'
import { readIsbn } from '../../model/isbn.js'
import { asText, type Fields, fields, itemsOf, lineOf, shown, textOf, wrong } from './fields.js'
import { COPYRIGHT, namesOf } from './keys.js'

/** One for the book, or one for each edition that has its own. As written, hyphens and all. */
export function readIsbns(all: Fields): Isbns | undefined {
  const value = all.entries.get('isbn')?.value
  if (value === undefined || value.kind === 'nothing') return undefined
  if (value.kind === 'text') {
    const book = provedIsbn(all, 'isbn')
    return book === undefined ? undefined : { book, editions: {} }
  }
  const map = fields(value, EDITION_NAMES, '`isbn`', all.path, all.report)
  if (map === undefined) return undefined
  const found = EDITION_NAMES.map((name) => [name, provedIsbn(map, name)] as const)
  return { editions: Object.fromEntries(found.filter(([, isbn]) => isbn !== undefined)) }
}

function provedIsbn(from: Fields, key: string): string | undefined {
  const text = textOf(from, key)
  if (text === undefined) return undefined
  const isbn = readIsbn(text)
  if ('digits' in isbn) return text.replace(/^ISBN(?:-1[03])?:?\s*/i, '')
  error(
    from.report,
    'bad-isbn',
    { path: from.path, line: lineOf(from, key) },
    `\`${shown(text)}\` ${isbn.fault}`,
    isbn.hint,
  )
  return undefined
}

/** Without the address before it: '10.1000/182'. */
export function readDoi(all: Fields): string | undefined {
  const text = textOf(all, 'doi')
  const doi = text?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '')
  if (doi === undefined || /^10\.\d{4,9}(?:\.\d+)*\/[^\s<>"{}|\\^`]+$/.test(doi)) return doi
  const place = { path: all.path, line: lineOf(all, 'doi') }
  error(all.report, 'bad-identifier', place, `\`doi\` is \`${shown(text!)}\``, 'write it as 10.1000/182')
  return undefined
}

/** `holders`: who has it if nobody is named. */
export function readCopyright(all: Fields, holders: readonly string[]): Copyright | undefined {
  const entry = all.entries.get('copyright')
  if (entry === undefined || entry.value.kind === 'nothing') return undefined
  const { path, report } = all
  const hint = 'write `copyright: {year: 2026, holder: Your Name}`'
  if (entry.value.kind === 'text') {
    const found = /^(?:(?:©|\(c\)|copyright)\s*)*(\d{4}(?:\s*[,–-]\s*\d{4})*)(?:\s+(?:by\s+)?(.+))?$/i.exec(
      textOf(all, 'copyright') ?? '',
    )
    if (found !== null) return copyright(found[1]!, found[2] === undefined ? holders : [found[2]])
    wrong(path, report, entry.line, '`copyright`', 'a year and a holder', hint)
    return undefined
  }
  const one = fields(entry.value, namesOf(COPYRIGHT), '`copyright`', path, report)
  if (one === undefined) return undefined
  const year = textOf(one, 'year')
  const named = itemsOf(one, 'holder').flatMap((item) => asText(item, 'a `holder`', path, report) ?? [])
  if (year === undefined || !/^\d{4}(?:\s*[,–-]\s*\d{4})*$/.test(year)) {
    wrong(path, report, lineOf(one, 'year'), '`year`', 'a year, or years: 1999–2026', hint)
    return undefined
  }
  return copyright(year, named.length > 0 ? named : holders)
}

function copyright(years: string, holders: readonly string[]): Copyright {
  return { years: years.replace(/\s*[–-]\s*/g, '–').replace(/\s*,\s*/g, ', '), holders: [...holders] }
}
