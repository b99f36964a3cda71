// A word and its language go in, the offsets where it may be divided come out. The home of the hyphenation patterns
// (package `hyphen`, from the TeX hyphenation patterns project). The package's own reader of them lowers letters by the
// machine's locale, so the patterns are walked here (F. M. Liang, "Word Hy-phen-a-tion by Com-put-er", 1983).
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
  'af be bg ca cs cy da es et eu fi fr ga gl grc hr hsb hu hy ia id is it ka la lt lv mk nb nl nn oc pl pt ro ru sk sl sq sv tr uk'.split(
    ' ',
  ),
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
  const patterns = require(`hyphen/patterns/${name}.js`) as Patterns
  const minima = MINIMA[language.split('-')[0]!.toLowerCase()] ?? [2, 2]
  const known = new Map<string, readonly number[]>()
  // English patterns know plain letters only: a foreign name is divided as if it had no accents
  const plain = language.toLowerCase().startsWith('en') ? withoutAccents : (word: string) => word
  return {
    minima,
    divide(word) {
      let offsets = known.get(word)
      if (!offsets) {
        offsets = word.length > 60 ? [] : divide(plain(word).toLowerCase(), word.length, patterns)
        known.set(word, offsets)
      }
      return offsets
    },
  }
}

/** The package's form: tables of levels; a tree by letter whose leaves are numbers of tables; exceptions with their divisions. */
type Patterns = [levels: number[][], tree: Tree, exceptions?: Record<string, number[]>]
interface Tree {
  [letter: string]: Tree | number | [Tree, number]
}

function divide(word: string, length: number, [tables, tree, exceptions]: Patterns): number[] {
  // a letter that changes its length when lowered would shift every offset
  if (word.length !== length || length < 5) return []
  if (exceptions && Object.hasOwn(exceptions, word))
    return exceptions[word]!.map((at, i) => at - i).filter((at) => at >= LEAST && at <= length - LEAST)
  const text = `.${word}.`
  // levels[i]: between text[i - 1] and text[i]
  const levels = new Uint8Array(text.length + 1)
  for (let from = 0; from < text.length; from++) {
    let node: Tree | undefined = tree
    for (let i = from; i < text.length && node !== undefined; i++) {
      const found: Tree | number | [Tree, number] | undefined = node[text[i]!]
      let table = -1
      if (typeof found === 'number') {
        table = found
        node = undefined
      } else if (Array.isArray(found)) {
        table = found[1]
        node = found[0]
      } else node = found
      if (table < 0) continue
      const marks = tables[table]!
      // a pattern that begins at the word's edge counts its levels from the first letter
      const shift = from === 0 ? 1 : from
      for (let k = 0; k < marks.length; k++) if (marks[k]! > levels[shift + k]!) levels[shift + k] = marks[k]!
    }
  }
  const offsets: number[] = []
  for (let at = LEAST; at <= length - LEAST; at++) if ((levels[at + 1]! & 1) === 1) offsets.push(at)
  return offsets
}

/** The word with its accents taken off, if that leaves every letter in its place. */
function withoutAccents(word: string): string {
  if (/^[A-Za-z]*$/.test(word)) return word
  const bare = word.normalize('NFD').replace(/\p{M}/gu, '')
  return bare.length === word.length ? bare : word
}
