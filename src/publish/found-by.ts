// In: the cards of a shelf. Out: what they can be found by: people, subjects, series, languages, years; each with its books, its place in
// the site, and in an order that people expect.
import { sortName } from '../read/manifest/metadata.js'
import { slugOf } from '../read/manifest/slug.js'
import { natural } from '../read/outlines/natural.js'
import { type Card, peopleOf, seriesOf } from './card.js'
import type { Order } from './shelf.js'
import { inOrder } from './site.js'
import { languageName, type PageWords } from './site-words.js'

export const KINDS = ['people', 'subjects', 'series', 'languages', 'years'] as const
export type Kind = (typeof KINDS)[number]

export interface Heading {
  kind: Kind
  name: string
  /** 'people/ann-marlow/'. */
  at: string
  /** Of the shelf's order; of a series, by the volume. */
  cards: Card[]
}

export type Indexes = ReadonlyMap<Kind, readonly Heading[]>

export async function indexesOf(cards: readonly Card[], order: Order, words: PageWords): Promise<Indexes> {
  const indexes = new Map<Kind, Heading[]>()
  for (const kind of KINDS) indexes.set(kind, await headingsOf(kind, cards, order, words))
  return indexes
}

async function headingsOf(kind: Kind, cards: readonly Card[], order: Order, words: PageWords): Promise<Heading[]> {
  const found = new Map<string, { sort: string; language: string; cards: Set<Card> }>()
  for (const card of cards)
    for (const { name, sort } of namesIn(kind, card, words)) {
      if (name.trim() === '') continue
      const there = found.get(name) ?? { sort, language: card.metadata.language, cards: new Set() }
      found.set(name, there)
      there.cards.add(card)
    }
  const sorted = [...found].sort(([a, one], [b, other]) => natural(one.sort, other.sort) || (a < b ? -1 : 1))
  if (kind === 'years') sorted.reverse()
  const taken = new Set<string>()
  const headings: Heading[] = []
  for (const [name, { language, cards: own }] of sorted) {
    const stem = kind === 'years' || kind === 'languages' ? name : await slugOf(name, language)
    let slug = stem.toLowerCase()
    for (let i = 2; taken.has(slug); i++) slug = `${stem.toLowerCase()}-${i}`
    taken.add(slug)
    const list = kind === 'series' ? byVolume(name, [...own]) : inOrder([...own], order)
    headings.push({
      kind,
      name: kind === 'languages' ? languageName(name, words) : name,
      at: `${kind}/${slug}/`,
      cards: list,
    })
  }
  return headings
}

function namesIn(kind: Kind, card: Card, words: PageWords): { name: string; sort: string }[] {
  const { metadata } = card
  const plain = (names: readonly (string | undefined)[]) =>
    names.flatMap((name) => (name === undefined ? [] : { name, sort: name }))
  switch (kind) {
    case 'people':
      return peopleOf(card).map(({ name, sort }) => ({ name, sort: sort || sortName(name) }))
    case 'subjects':
      return plain(metadata.subjects.map(({ name }) => name))
    case 'series':
      return plain(seriesOf(card).map(({ name }) => name))
    case 'languages':
      return [{ name: metadata.language, sort: languageName(metadata.language, words) }]
    case 'years':
      return plain([metadata.date?.slice(0, 4)])
  }
}

function byVolume(name: string, cards: Card[]): Card[] {
  const volume = (card: Card) => seriesOf(card).find((one) => one.name === name)?.position ?? ''
  return inOrder(cards, 'title').sort((a, b) => natural(volume(a), volume(b)))
}
