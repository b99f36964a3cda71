// A word and its language go in, the offsets where it may be divided come out. The home of the hyphenation patterns
// (Liang 1983; package `hyphen`, from the TeX hyphenation patterns project).
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Fewest letters before and after a division. TeX's minima, raised to what compositors keep in narrow measures. */
const MINIMA: Record<string, [number, number]> = { de: [2, 3], fr: [2, 3], en: [2, 3], ru: [2, 3], el: [2, 3] }
const LEAST = 2

const PATTERNS: Record<string, string> = {
  en: 'en-us',
  'en-us': 'en-us',
  'en-gb': 'en-gb',
  'en-au': 'en-gb',
  'en-ie': 'en-gb',
  'en-nz': 'en-gb',
  de: 'de-1996',
  'de-ch': 'de-ch-1901',
  el: 'el-monoton',
  no: 'nb',
}

const PLAIN = new Set(
  'af be bg ca cs cy da es et eu fi fr ga gl grc hr hsb hu hy ia id is it ka la lt lv mk nb nl nn oc pl pt ro ru sk sl sq sv tr uk'.split(' '),
)

export interface Hyphenator {
  /** UTF-16 offsets inside `word` before which a hyphen may stand, ascending; two letters on either side at least. */
  divide(word: string): readonly number[]
  /** Fewest letters that should stand before and after. */
  minima: readonly [number, number]
}

const NEVER: Hyphenator = { divide: () => [], minima: [2, 2] }

function patternsFor(language: string): string | undefined {
  const tag = language.toLowerCase()
  const primary = tag.split('-')[0] ?? ''
  return PATTERNS[tag] ?? PATTERNS[primary] ?? (PLAIN.has(primary) ? primary : undefined)
}

/** Is there a set of patterns for this language? */
export function canHyphenate(language: string): boolean {
  return patternsFor(language) !== undefined
}

/** Undivided words for a language without patterns. */
export function createHyphenator(language: string): Hyphenator {
  const name = patternsFor(language)
  if (name === undefined) return NEVER
  const create = require('hyphen') as (patterns: unknown, options: object) => (text: string) => string
  const hyphenate = create(require(`hyphen/patterns/${name}.js`), { hyphenChar: '\u00ad', minWordLength: 5 })
  const minima = MINIMA[language.split('-')[0]!.toLowerCase()] ?? [2, 2]
  const known = new Map<string, readonly number[]>()
  // English patterns know plain letters only: a foreign name is divided as if it had no accents
  const plain = language.toLowerCase().startsWith('en') ? withoutAccents : (word: string) => word
  return {
    minima,
    divide(word) {
      let offsets = known.get(word)
      if (!offsets) {
        offsets = word.length > 60 ? [] : find(hyphenate(plain(word)), word.length, LEAST, LEAST)
        known.set(word, offsets)
      }
      return offsets
    },
  }
}

function find(divided: string, length: number, left: number, right: number): number[] {
  const offsets: number[] = []
  let at = 0
  for (const char of divided) {
    if (char === '\u00ad') {
      if (at >= left && at <= length - right) offsets.push(at)
    } else at += char.length
  }
  return offsets
}

/** The word with its accents taken off, if that leaves every letter in its place. */
function withoutAccents(word: string): string {
  if (/^[A-Za-z]*$/.test(word)) return word
  const bare = word.normalize('NFD').replace(/\p{M}/gu, '')
  return bare.length === word.length ? bare : word
}
