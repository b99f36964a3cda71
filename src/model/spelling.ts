// In: sections. Out: whose English they are written in, American or British, as far as their spelling tells: it decides how
// words are divided (knowl-edge, know-ledge).
import type { Section, Spelling } from './book.js'
import { primary } from './languages.js'
import { eachBlock } from './walk.js'

/** Letters that are looked at: some sixty pages tell it. */
const ENOUGH = 400_000
/** Words that the one side must have, and how many times as many as the other: who quotes the other side is not of it. */
const LEAST = 3
const CLEARLY = 3

// Stems that part the two sides by one letter; -ise and -ize do not, since Oxford writes -ize too. The British form is in the
// first group of each, the American in the second.
const SPELT = new RegExp(
  [
    '(?:arb|ard|arm|behavi|cand|clam|col|endeav|fav|harb|hon|hum|lab|neighb|od|parl|ranc|rum|sav|splend|succ|val|vap|vig)' +
      '(?:(our)|(or))(?:s|ed|ing|able|ably|ful|less|ite|ites|y)?',
    '(?:cent|theat|scept|spect|lust|somb|meag|fib|sab)(?:(re)|(er))s?',
    '(?:def|off|pret)en(?:(c)|(s))es?',
    '(?:trave|marve|counse|cance|jewe|quarre|signa|leve|chise)(?:(ll)|(l))(?:ed|ing|er|ers|or|ors|ous)',
    'gr(?:(e)|(a))y(?:s|er|ish|ness)?',
    '(?:(plough)|(plow))(?:s|ed|ing)?',
    'm(?:(ou)|(o))ld(?:y|ered|ering|ing|ings)?',
    's(?:(c)|(k))eptic(?:s|al|ism)?',
    'woo(?:(ll)|(l))ens?',
    'dra(?:(ught)|(ft))y',
    'ski(?:(lf)|(llf))ul(?:ly)?',
  ]
    .map((stem) => `\\b${stem}\\b`)
    .join('|'),
  'g',
)

/** What was counted of a section's text; empty until then. */
export interface Tally {
  count?: Count
}

interface Count {
  letters: number
  british: number
  american: number
}

const tallies = new WeakMap<Section, Tally>()

/** For a section that is as it was read before: it is counted once. */
export function keepTally(section: Section, tally: Tally): void {
  tallies.set(section, tally)
}

/** Undefined if the text leaves it open, or has no English that names no country. */
export function spellingOf(sections: readonly Section[]): Spelling | undefined {
  let left = ENOUGH
  let british = 0
  let american = 0
  for (const section of sections) {
    const { language } = section
    if (primary(language) !== 'en' || language.includes('-')) continue
    const tally = tallies.get(section)
    const known = tally?.count
    // Of the last one only a part may count.
    const count = known !== undefined && known.letters < left ? known : countIn(section, left)
    if (tally !== undefined && count.letters < left) tally.count = count
    left -= count.letters
    british += count.british
    american += count.american
    if (left <= 0) break
  }
  if (british >= LEAST && british >= CLEARLY * american) return 'en-GB'
  if (american >= LEAST && american >= CLEARLY * british) return 'en-US'
  return undefined
}

/** Until `most` letters are counted; a text that is begun is counted whole. */
function countIn({ blocks }: Section, most: number): Count {
  const count = { letters: 0, british: 0, american: 0 }
  eachBlock(
    blocks,
    () => undefined,
    ({ text }) => {
      if (count.letters >= most) return
      count.letters += text.length
      for (const match of text.matchAll(SPELT)) {
        // groups come in pairs: those of the first side are odd
        if (match.findIndex((group, i) => i > 0 && group !== undefined) % 2 === 1) count.british++
        else count.american++
      }
    },
  )
  return count
}
