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

// Stems, what they have in British and in American spelling, and what may follow ('-': nothing); -ise and -ize do not part the two
// sides, since Oxford writes -ize too.
const PAIRS: readonly (readonly [stems: string, british: string, american: string, endings: string])[] = [
  [
    'arb ard arm behavi cand clam col endeav fav harb hon hum lab neighb od parl ranc rum sav splend succ val vap vig',
    'our',
    'or',
    '- s ed ing able ably ful less ite ites y',
  ],
  ['cent theat scept spect lust somb meag fib sab', 're', 'er', '- s'],
  ['def off pret', 'ence', 'ense', '- s'],
  ['trave marve counse cance jewe quarre signa leve chise', 'll', 'l', 'ed ing er ers or ors ous'],
  ['gr', 'ey', 'ay', '- s er ish ness'],
  ['pl', 'ough', 'ow', '- s ed ing'],
  ['m', 'ould', 'old', '- y ered ering ing ings'],
  ['s', 'ceptic', 'keptic', '- s al ism'],
  ['woo', 'llen', 'len', '- s'],
  ['dra', 'ught', 'ft', 'y'],
  ['ski', 'lful', 'llful', '- ly'],
]

type Side = 'british' | 'american'
let sides: Map<string, Side> | undefined

/** Every word that tells, with its side: a table is sooner made, and asked, than a pattern of all of them. */
function sidesOf(): Map<string, Side> {
  if (sides !== undefined) return sides
  sides = new Map()
  for (const [stems, british, american, endings] of PAIRS)
    for (const stem of stems.split(' '))
      for (const each of endings.split(' ')) {
        const ending = each === '-' ? '' : each
        sides.set(stem + british + ending, 'british').set(stem + american + ending, 'american')
      }
  return sides
}

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
  const known = sidesOf()
  eachBlock(
    blocks,
    () => undefined,
    ({ text }) => {
      if (count.letters >= most) return
      count.letters += text.length
      for (const word of text.match(/\w{4,}/g) ?? []) {
        const side = known.get(word)
        if (side !== undefined) count[side]++
      }
    },
  )
  return count
}
