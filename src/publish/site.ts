// The site as all its pages and feeds see it: the shelf, its cards in order, the words of its language.
import type { CatalogueLook } from '../build/gathered.js'
import { sortingTitle } from '../epub/package.js'
import { natural } from '../read/outlines/natural.js'
import { type Card, dayOf } from './card.js'
import type { Order, Shelf } from './shelf.js'
import { type PageWords, pageWords } from './site-words.js'

export interface Site {
  shelf: Shelf
  title: string
  /** One book is all there is: the site's first page is the book's. */
  single: boolean
  cards: readonly Card[]
  look: CatalogueLook
  words: PageWords
  /** What leads on from the head of every page. */
  ways: { title: string; at: string }[]
  /** What programs read, by names that last; seen from the root. */
  feeds: Feed[]
  /** Will there be a signature? */
  signed: boolean
}

export interface Feed {
  path: string
  name: string
  hint: string
  /** If browsers are to be told of it. */
  type?: string | undefined
}

/** The full address of a path of the site; undefined where nobody said where the site will be. */
export function absolute({ shelf }: Site, path: string): string | undefined {
  return shelf.address === undefined ? undefined : shelf.address + path
}

export function openSite(
  shelf: Shelf,
  cards: readonly Card[],
  look: CatalogueLook,
  { single, signed }: Pick<Site, 'single' | 'signed'>,
): Site {
  const words = pageWords(shelf.language)
  const title = shelf.title ?? shelf.publisher ?? cards[0]?.metadata.title ?? words.allBooks
  return { shelf, title, single, cards: inOrder(cards, shelf.order), look, words, ways: [], feeds: [], signed }
}

export function inOrder(cards: readonly Card[], order: Order): Card[] {
  if (order === 'listed') return [...cards]
  const title = ({ metadata }: Card) => sortingTitle(metadata.title, metadata.language)
  const author = ({ metadata }: Card) => metadata.authors[0]?.sort ?? ''
  const day = ({ metadata }: Card) => metadata.date ?? metadata.modified.slice(0, 10)
  const keys = cards.map((card) => ({ card, title: title(card), author: author(card), day: day(card) || dayOf(card) }))
  const plain = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return keys
    .sort(
      (a, b) =>
        (order === 'author' ? natural(a.author, b.author) : 0) ||
        (order === 'newest' ? plain(b.day, a.day) : order === 'oldest' ? plain(a.day, b.day) : 0) ||
        natural(a.title, b.title) ||
        plain(a.card.at, b.card.at),
    )
    .map(({ card }) => card)
}

/** By the day of this version; the same day by the shelf's order. */
export function newestOf(cards: readonly Card[]): Card[] {
  return inOrder(cards, 'title').sort((a, b) =>
    a.metadata.modified < b.metadata.modified ? 1 : a.metadata.modified > b.metadata.modified ? -1 : 0,
  )
}
