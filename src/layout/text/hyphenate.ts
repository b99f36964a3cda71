// A word and its language go in, the offsets where it may be divided come out. The home of the hyphenation patterns
// (package `hyphen`, from the TeX hyphenation patterns project). The package's own reader of them lowers letters by the
// machine's locale, so the patterns are walked here (F. M. Liang, "Word Hy-phen-a-tion by Com-put-er", 1983).
import { createRequire } from 'node:module'
import { EVERY_LANGUAGE, type Hyphenation, type Spelling } from '../../model/book.js'
import { mendedIn } from './mended.js'

const require = createRequire(import.meta.url)

/** Fewest letters before and after a division. TeX's minima, raised to what compositors keep in narrow measures. */
const MINIMA = new Map<string, [number, number]>(
  Object.entries({ de: [2, 3], fr: [2, 3], en: [3, 3], ru: [2, 3], el: [2, 3] }),
)
const LEAST = 2

const PATTERNS = new Map<string, string>(
  Object.entries({
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
  }),
)

const PLAIN = new Set(
  'af be bg ca cs cy da es et eu fi fr ga gl grc hr hsb hu hy ia id is it ka la lt lv mk nb nl nn oc pl pt ro ru sk sl sq sv tr uk'.split(
    ' ',
  ),
)

/** The divisions of one language's words, each found once. */
export class Hyphenator {
  /** Fewest letters that should stand before and after. */
  readonly minima: readonly [number, number]
  private readonly find: (word: string) => readonly number[]
  private readonly asked: ((word: string) => readonly number[] | undefined) | undefined
  private readonly known = new Map<string, readonly number[]>()

  constructor(
    minima: readonly [number, number],
    find: (word: string) => readonly number[],
    asked?: (word: string) => readonly number[] | undefined,
  ) {
    this.minima = minima
    this.find = find
    this.asked = asked
  }

  /** Where the author wants the word divided, whatever the patterns say; undefined if that was not said. */
  given(word: string): readonly number[] | undefined {
    return this.asked?.(word)
  }

  /** UTF-16 offsets inside `word` before which a hyphen may stand, ascending; two letters on either side at least, unless the author wants it. */
  divide(word: string): readonly number[] {
    let offsets = this.known.get(word)
    if (!offsets) {
      offsets = this.given(word) ?? this.find(word)
      this.known.set(word, offsets)
    }
    return offsets
  }
}

function patternsFor(language: string, spelling?: Spelling): string | undefined {
  const tag = language.toLowerCase()
  const primary = tag.split('-')[0] ?? ''
  if (tag === 'en' && spelling !== undefined) return PATTERNS.get(spelling.toLowerCase())
  return PATTERNS.get(tag) ?? PATTERNS.get(primary) ?? (PLAIN.has(primary) ? primary : undefined)
}

/** Is there a set of patterns for this language? */
export function canHyphenate(language: string): boolean {
  return patternsFor(language) !== undefined
}

/** What a book says of its words. */
export interface OwnDivisions {
  hyphenation?: Hyphenation | undefined
  spelling?: Spelling | undefined
}

/** Undivided words for a language without patterns, but for those that the book itself divides. */
export function createHyphenator(language: string, { hyphenation, spelling }: OwnDivisions = {}): Hyphenator {
  const name = patternsFor(language, spelling)
  const asked = givenIn(hyphenation, language)
  if (name === undefined) return new Hyphenator([2, 2], () => [], asked)
  const patterns = require(`hyphen/patterns/${name}.js`) as Patterns
  const minima = MINIMA.get(language.split('-')[0]!.toLowerCase()) ?? [2, 2]
  const walk = walker(patterns[1])
  const mended = mendedIn(name)
  // English patterns know plain letters only: a foreign name is divided as if it had no accents
  const plain = language.toLowerCase().startsWith('en') ? withoutAccents : (word: string) => word
  const find = (word: string): readonly number[] => {
    if (word.length > 60) return []
    const lower = plain(word).toLowerCase()
    return mended.get(lower) ?? divide(lower, word.length, patterns, walk)
  }
  return new Hyphenator(minima, find, asked)
}

/** The words that the book divides in this language: by its whole tag, by the language alone, for all. */
function givenIn(all: Hyphenation | undefined, language: string) {
  if (all === undefined) return undefined
  const tag = language.toLowerCase()
  const maps = [...new Set([tag, tag.split('-')[0]!, EVERY_LANGUAGE])].flatMap((key) => all.get(key) ?? [])
  if (maps.length === 0) return undefined
  return (word: string) => {
    const lower = word.toLowerCase()
    if (lower.length !== word.length) return undefined
    for (const map of maps) {
      const found = map.get(lower)
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** The package's form: tables of levels; a tree by letter whose leaves are numbers of tables; exceptions with their divisions. */
type Patterns = [levels: number[][], tree: Tree, exceptions?: Record<string, number[]>]
interface Tree {
  [letter: string]: Tree | number | [Tree, number]
}

/** Steps that were taken in the tree, by number: the node that each leads to (-1: none) and the table that it names (-1: none). */
interface Walk {
  node: Int32Array
  table: Int32Array
  /** The number of the step from a node by a letter; node 0 is the root. */
  step(node: number, letter: number): number
}

/**
 * Thousands of small objects, each of its own shape, are slow to ask and slow to turn into something else before the first
 * word. So every step that a word takes is looked up once and then remembered among plain numbers.
 */
function walker(tree: Tree): Walk {
  const nodes: Tree[] = [tree]
  let size = 4096
  let nodeFrom = new Int32Array(size).fill(-1)
  let letters = new Uint16Array(size)
  let taken = 0
  const place = (node: number, letter: number): number => {
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(letter, 0x85ebca6b)) & (size - 1)
    while (nodeFrom[slot]! >= 0 && (nodeFrom[slot] !== node || letters[slot] !== letter)) slot = (slot + 1) & (size - 1)
    return slot
  }
  const walk: Walk = {
    node: new Int32Array(size),
    table: new Int32Array(size),
    step(node, letter) {
      let slot = place(node, letter)
      if (nodeFrom[slot] === node) return slot
      if (++taken * 2 > size) {
        grow()
        slot = place(node, letter)
      }
      const found: Tree | number | [Tree, number] | undefined = nodes[node]![String.fromCharCode(letter)]
      const next = Array.isArray(found) ? found[0] : typeof found === 'number' ? undefined : found
      nodeFrom[slot] = node
      letters[slot] = letter
      walk.node[slot] = next === undefined ? -1 : nodes.push(next) - 1
      walk.table[slot] = Array.isArray(found) ? found[1] : typeof found === 'number' ? found : -1
      return slot
    },
  }
  const grow = () => {
    const old = { nodeFrom, letters, node: walk.node, table: walk.table }
    size *= 2
    nodeFrom = new Int32Array(size).fill(-1)
    letters = new Uint16Array(size)
    walk.node = new Int32Array(size)
    walk.table = new Int32Array(size)
    for (let i = 0; i < old.nodeFrom.length; i++) {
      if (old.nodeFrom[i]! < 0) continue
      const slot = place(old.nodeFrom[i]!, old.letters[i]!)
      nodeFrom[slot] = old.nodeFrom[i]!
      letters[slot] = old.letters[i]!
      walk.node[slot] = old.node[i]!
      walk.table[slot] = old.table[i]!
    }
  }
  return walk
}

function divide(word: string, length: number, [tables, , exceptions]: Patterns, walk: Walk): number[] {
  // a letter that changes its length when lowered would shift every offset
  if (word.length !== length || length < 5) return []
  const offsets: number[] = []
  const exception = exceptions && Object.hasOwn(exceptions, word) ? exceptions[word] : undefined
  if (exception) {
    // offsets in a word that has its hyphens
    for (let i = 0; i < exception.length; i++) {
      const at = exception[i]! - i
      if (at >= LEAST && at <= length - LEAST) offsets.push(at)
    }
    return offsets
  }
  const text = `.${word}.`
  // levels[i]: between text[i - 1] and text[i]
  const levels = new Uint8Array(text.length + 1)
  for (let from = 0; from < text.length; from++) {
    for (let i = from, node = 0; i < text.length && node >= 0; i++) {
      const step = walk.step(node, text.charCodeAt(i))
      const table = walk.table[step]!
      node = walk.node[step]!
      if (table < 0) continue
      const marks = tables[table]!
      // a pattern that begins at the word's edge counts its levels from the first letter
      const shift = from === 0 ? 1 : from
      for (let k = 0; k < marks.length; k++) if (marks[k]! > levels[shift + k]!) levels[shift + k] = marks[k]!
    }
  }
  for (let at = LEAST; at <= length - LEAST; at++) if ((levels[at + 1]! & 1) === 1) offsets.push(at)
  return offsets
}

/** The word with its accents taken off, if that leaves every letter in its place. */
function withoutAccents(word: string): string {
  if (/^[A-Za-z]*$/.test(word)) return word
  const bare = word.normalize('NFD').replace(/\p{M}/gu, '')
  return bare.length === word.length ? bare : word
}
