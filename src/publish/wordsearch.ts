// In: the cards of a shelf. Out: for every word that a person may look for in an e-reader, the books in which it is found. A catalogue on a
// plain web server cannot search: it has a feed for each word instead, and says in a template where that lies.
import { isDevice } from '../model/devices.js'
import { type Card, peopleOf, seriesOf } from './card.js'

/** A larger shelf has no such feeds: there would be more of them than books. */
const MOST_BOOKS = 1500
const MOST_LETTERS = 60

export interface Found {
  /** In lower case, in order. */
  words: Map<string, readonly Card[]>
  /** Of words as they are written, and as a telephone begins them, the one in lower case. */
  spellings: Map<string, string>
}

export function wordsFound(cards: readonly Card[]): Found {
  const words = new Map<string, Card[]>()
  const spellings = new Map<string, string>()
  if (cards.length > MOST_BOOKS || cards.length < 2) return { words, spellings }
  for (const card of cards) {
    const own = new Set<string>()
    for (const word of wordsIn(card)) {
      const lower = word.toLowerCase()
      own.add(lower)
      for (const one of [word, lower.replace(/^./u, (letter) => letter.toUpperCase())])
        if (one !== lower) spellings.set(one, lower)
    }
    for (const word of own) words.set(word, [...(words.get(word) ?? []), card])
  }
  const order = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
  return { words: new Map([...words].sort(order)), spellings: new Map([...spellings].sort(order)) }
}

function wordsIn(card: Card): Set<string> {
  const { metadata } = card
  const texts = [
    metadata.title,
    metadata.subtitle ?? '',
    ...peopleOf(card).map(({ name }) => name),
    ...seriesOf(card).map(({ name }) => name),
    ...metadata.subjects.map(({ name }) => name),
  ]
  const words = new Set<string>()
  for (const text of texts) {
    const whole = [text, ...text.split(/[^\p{L}\p{N}\p{M}]+/u)]
    for (const one of whole) {
      // Names of files on every system: no marks but those between words.
      const name = one.replace(/[^\p{L}\p{N}\p{M} -]/gu, '').trim()
      if (name.length < 2 || name.length > MOST_LETTERS || isDevice(name)) continue
      words.add(name)
    }
  }
  return words
}
