// In: a site and its indexes. Out: what its catalogues for e-readers have in common: the feeds, page by page, with their facets; OPDS 1.2 and
// 2.0 are two ways to write them.
import type { Card } from './card.js'
import type { Heading, Indexes, Kind } from './found-by.js'
import { KINDS } from './found-by.js'
import { newestOf, type Site } from './site.js'
import { titleOf } from './titles.js'

/** Books on a page of a feed. */
const ON_A_PAGE = 50
/** Facets of a group: an e-reader shows them in a menu. */
const FACETS = 24

export interface Shelfful {
  title: string
  /** Folder of the feed seen from the site's root: 'opds/all/', and its pages after it. */
  at: string
  /** In the order of the feed. */
  cards: readonly Card[]
  facets: FacetGroup[]
  sorted: 'new' | undefined
}

export interface FacetGroup {
  title: string
  facets: { title: string; at: string; count: number; active: boolean }[]
}

export interface Navigation {
  title: string
  at: string
  count: number
  rel?: string | undefined
  /** It leads to other navigation, not to books. */
  folder?: boolean | undefined
}

export interface FeedPlan {
  books: Shelfful[]
  /** Lists of headings: 'opds/people/'. */
  lists: { title: string; at: string; entries: Navigation[] }[]
  root: Navigation[]
  groups: { title: string; cards: Card[] }[]
}

const ALL = 'opds/all/'
const NEW = 'opds/new/'

export function planFeeds(site: Site, indexes: Indexes): FeedPlan {
  const { words, cards, shelf } = site
  const kinds = KINDS.filter((kind) => indexes.get(kind)!.length > 0)
  // Of a heading's own feed, those beside it alone: there are as many such feeds as headings.
  const facetsFor = (active: Heading | undefined): FacetGroup[] =>
    kinds
      .filter((kind) => indexes.get(kind)!.length > 1 && (active === undefined || active.kind === kind))
      .map((kind) => ({
        title: titleOf(kind, words),
        facets: frequent(indexes.get(kind)!, active).map((one) => ({
          title: one.name,
          at: `opds/${one.at}`,
          count: one.cards.length,
          active: one === active,
        })),
      }))
  const all: Shelfful = { title: words.allBooks, at: ALL, cards, facets: facetsFor(undefined), sorted: undefined }
  const fresh: Shelfful = {
    title: words.newest,
    at: NEW,
    cards: newestOf(cards),
    facets: facetsFor(undefined),
    sorted: 'new',
  }
  const headed = kinds.flatMap((kind) =>
    indexes.get(kind)!.map(
      (one): Shelfful => ({
        title: one.name,
        at: `opds/${one.at}`,
        cards: one.cards,
        facets: facetsFor(one),
        sorted: undefined,
      }),
    ),
  )
  const lists = kinds.map((kind: Kind) => ({
    title: titleOf(kind, words),
    at: `opds/${kind}/`,
    entries: indexes.get(kind)!.map((one) => ({ title: one.name, at: `opds/${one.at}`, count: one.cards.length })),
  }))
  const groups = shelf.groups
    .map(({ title, books }) => ({
      title,
      cards: books.flatMap((path) => cards.find((card) => card.path === path) ?? []),
    }))
    .filter((group) => group.cards.length > 0)
  return {
    books: [all, fresh, ...headed],
    lists,
    groups,
    root: [
      { title: words.allBooks, at: ALL, count: cards.length },
      { title: words.newest, at: NEW, count: cards.length, rel: 'http://opds-spec.org/sort/new' },
      ...lists.map(({ title, at, entries }) => ({ title, at, count: entries.length, folder: true })),
    ],
  }
}

function frequent(all: readonly Heading[], active: Heading | undefined): Heading[] {
  if (all.length <= FACETS) return [...all]
  const most = [...all].sort((a, b) => b.cards.length - a.cards.length).slice(0, FACETS)
  return all.filter((one) => one === active || most.includes(one))
}

export interface PageOf {
  cards: readonly Card[]
  /** Path of this page without its ending: 'opds/all/index', 'opds/all/2'. */
  path: string
  first: string
  last: string
  previous: string | undefined
  next: string | undefined
  number: number
}

export const PAGE_SIZE = ON_A_PAGE

export function pagesOf({ at, cards }: Pick<Shelfful, 'at' | 'cards'>): PageOf[] {
  const count = Math.max(1, Math.ceil(cards.length / ON_A_PAGE))
  const path = (i: number) => (i === 0 ? `${at}index` : `${at}${i + 1}`)
  return Array.from({ length: count }, (_, i) => ({
    cards: cards.slice(i * ON_A_PAGE, (i + 1) * ON_A_PAGE),
    path: path(i),
    first: path(0),
    last: path(count - 1),
    previous: i === 0 ? undefined : path(i - 1),
    next: i + 1 < count ? path(i + 1) : undefined,
    number: i + 1,
  }))
}

/** From a file to the site's root. */
export function upFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1)
}
