// In: what the manifest says of the book. Out: Metadata, with what follows from it: sorting names, identifier, date.
import { createHash } from 'node:crypto'
import { type Place, type Report, warning } from '../../diagnostic.js'
import type { Metadata } from '../../model/book.js'
import { plainText } from '../inline/entities.js'
import { richDescription } from './described.js'

export type Given = Omit<Metadata, 'identifier' | 'identifierGiven' | 'modified'> & {
  identifier: string | undefined
  modified: string | undefined
}

/** `epoch` is SOURCE_DATE_EPOCH. Nothing here asks the clock. `place`: where a date is missed; undefined if nobody misses one. */
export function deriveMetadata(
  given: Given,
  epoch: string | undefined,
  place: Place | undefined,
  report: Report,
): Metadata {
  const names = given.authors.map((author) => author.name)
  return {
    ...given,
    description: given.description === undefined ? undefined : plainText(given.description) || undefined,
    richDescription: given.description === undefined ? undefined : richDescription(given.description),
    modified: modifiedOf(given, epoch, place, report),
    identifier: given.identifier ?? `urn:uuid:${nameUuid([given.title, ...names, given.language].join('\n'))}`,
    identifierGiven: given.identifier !== undefined,
  }
}

function modifiedOf(given: Given, epoch: string | undefined, place: Place | undefined, report: Report): string {
  if (given.modified !== undefined) return toStamp(instantOf(given.modified))
  if (epoch !== undefined && /^\d{1,11}$/.test(epoch)) return toStamp(Number(epoch) * 1000)
  if (given.date !== undefined)
    return `${given.date}${['-01-01', '-01'][given.date.split('-').length - 1] ?? ''}T00:00:00Z`
  if (place !== undefined) {
    const hint = 'write `date: 2026-01-31`, the day of this edition'
    const message = 'the book has no `date`; its files say that they were made on 2000-01-01'
    warning(report, 'missing-date', place, message, hint)
  }
  return '2000-01-01T00:00:00Z'
}

/** Of a day, or of a day and time, with its zone or in UTC: milliseconds as a Date counts them; NaN if there is none in years of four digits. */
function instantOf(time: string): number {
  const full = (time.length === 10 ? `${time}T00:00:00` : time.replace(' ', 'T')).toUpperCase()
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(full) ? full.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : `${full}Z`
  const instant = Date.parse(zoned)
  return instant >= Date.parse('0000-01-01T00:00:00Z') && instant <= Date.parse('9999-12-31T23:59:59Z')
    ? instant
    : Number.NaN
}

function toStamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** A year, a month or a day that the calendar has. */
export function isDate(text: string): boolean {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  if (found === null) return false
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)]
  if (month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!
}

export function isDateTime(text: string): boolean {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-](\d\d):?(\d\d))?)?$/i.exec(text)
  if (found === null || !isDate(found[1]!)) return false
  const [, , hour, minute, second, zoneHour, zoneMinute] = found.map((part) => Number(part ?? 0))
  if (hour! > 23 || minute! > 59 || second! > 59 || zoneHour! > 14 || zoneMinute! > 59) return false
  return !Number.isNaN(instantOf(text))
}

// Words that belong to the surname that follows them. German 'von', Dutch 'van', French 'de' are sorted under the name itself
// by their own countries' rules (Names of Persons, IFLA); 'van' as its bearers in English do is not to be guessed.
const PARTICLES = new Set([
  'von',
  'zu',
  'zur',
  'vom',
  'van',
  'de',
  'der',
  'den',
  'ter',
  'ten',
  'du',
  'da',
  'dos',
  'das',
  'di',
  'e',
])
const LEADING = new Set(['la', 'le', 'les', "l'", 'el', 'al', 'della', 'dalla', 'mac', 'st.', 'saint'])
const SUFFIX = /^(jr\.?|sr\.?|junior|senior|[ivx]{2,5}|esq\.?|phd|m\.?d\.?)$/i

/** 'Leo Tolstoy' → 'Tolstoy, Leo'. A name with a comma, of one word, or of a body ('The …', '… & …') stays as it is. */
export function sortName(name: string): string {
  const words = name.split(/\s+/)
  if (words.length < 2 || name.includes(',') || words.length > 6) return name
  if (
    /^(the|anonymous|various)$/i.test(words[0]!) ||
    words.some((word) => /^(&|and|of|the|und|et|y|для|и)$/i.test(word))
  )
    return name
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1)!) ? `, ${words.pop()}` : ''
  let start = words.length - 1
  while (start > 1 && LEADING.has(words[start - 1]!.toLowerCase())) start--
  const surname = words.slice(start).join(' ')
  // A particle in lower case follows the first names: 'Goethe, Johann Wolfgang von'.
  let end = start
  while (end > 1 && PARTICLES.has(words[end - 1]!)) end--
  return `${surname}, ${words.slice(0, end).concat(words.slice(end, start)).join(' ')}${suffix}`
}

const LETTERS = new Map<string, string>(
  Object.entries({
    ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' },
    // Cyrillic and Greek, so that a Russian or Greek title gives a file name that can be typed.
    ...{
      а: 'a',
      б: 'b',
      в: 'v',
      г: 'g',
      д: 'd',
      е: 'e',
      ж: 'zh',
      з: 'z',
      и: 'i',
      к: 'k',
      л: 'l',
      м: 'm',
      н: 'n',
      о: 'o',
    },
    ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y' },
    ...{ ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', ђ: 'dj', є: 'ie', ґ: 'g' },
    ...{
      α: 'a',
      β: 'v',
      γ: 'g',
      δ: 'd',
      ε: 'e',
      ζ: 'z',
      η: 'i',
      θ: 'th',
      ι: 'i',
      κ: 'k',
      λ: 'l',
      μ: 'm',
      ν: 'n',
      ξ: 'x',
    },
    ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
  }),
)

/** Lower-case letters a to z, digits and hyphens; '' if nothing of `text` can be written so. */
export function asciiName(text: string): string {
  const lower = text.toLowerCase()
  const bare = /^[\x20-\x7e]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '')
  const plain = bare.replace(/[’'`]/g, '')
  let out = ''
  for (const letter of plain) out += LETTERS.get(letter) ?? letter
  return out.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
}

// RFC 9562, section 5.5, in the namespace of URLs, under a name that is this program's own.
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')

/** Name-based UUID, version 5. The same name gives the same UUID for ever. */
export function nameUuid(name: string): string {
  const hash = createHash('sha1')
    .update(NAMESPACE)
    .update(`octavo:${name.normalize('NFC')}`)
    .digest()
    .subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
