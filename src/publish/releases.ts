// In: the releases that a site knows, and its books as they are now. Out: the releases with what is new. No clock is asked: a release bears
// the day that its books' manifests say (`modified`, or `date`). Where nothing changed nothing is added, so that a site made again from
// its own releases is the same.
import type { SectionPassages } from '../build/gathered.js'
import { sumOf } from '../build/sums.js'
import { type Diagnostic, error, type Report, warning } from '../diagnostic.js'
import { type Card, dayOf } from './card.js'
import { type BookPassages, type Changes, changesOf } from './changes.js'

export const RELEASES = 'releases.json'
export const PASSAGES = 'passages.json'

export interface Releases {
  version: 1
  /** Newest first. */
  releases: Release[]
  /** What was published last, by slug. */
  books: { [slug: string]: BookState }
}

export interface Release {
  date: string
  books: BookRelease[]
}

export interface BookRelease {
  slug: string
  title: string
  kind: 'new' | 'changed' | 'gone'
  /** Of its text; none: only its files are others (its looks, or the version of Octavo that made it). */
  changes?: Changes
}

export interface BookState {
  title: string
  modified: string
  /** Sum of all paragraphs. */
  text: string
  /** Sum of all downloads. */
  files: string
}

export const NO_RELEASES: Releases = { version: 1, releases: [], books: {} }

export interface Published {
  card: Card
  /** Sum of its paragraphs. */
  text: string
  passages(): BookPassages
}

/**
 * `was`: the paragraphs of a book as they were published last, by its slug. `all`: these are all books of the shelf; where some were
 * passed over, nobody says that one is gone, and what is known of it stays.
 */
export function nextReleases(
  old: Releases,
  books: readonly Published[],
  was: (slug: string) => BookPassages | undefined,
  report: Report,
  all = true,
): Releases {
  const byDate = new Map(old.releases.map(({ date, books: own }) => [date, [...own]]))
  const states = new Map(Object.entries(old.books))
  const next: [string, BookState][] = []
  const add = (date: string, one: BookRelease) => {
    const there = byDate.get(date) ?? []
    there.push(one)
    byDate.set(date, there)
  }
  const sorted = [...books].sort((a, b) => (a.card.metadata.slug < b.card.metadata.slug ? -1 : 1))
  for (const { card, text, passages } of sorted) {
    const { slug, title } = card.metadata
    const state = stateOf(card, text)
    next.push([slug, state])
    const before = states.get(slug)
    states.delete(slug)
    const date = dayOf(card)
    if (before === undefined) add(date, { slug, title, kind: 'new' })
    else if (before.text !== state.text || before.files !== state.files) {
      if (before.text !== state.text && before.modified === state.modified) {
        const place = { path: card.path === '' ? 'book.yaml' : `${card.path}/book.yaml`, line: 0 }
        const hint = 'write `modified: 2026-01-31`, the day of this version, into its manifest'
        warning(
          report,
          'release-undated',
          place,
          `the text of \`${slug}\` is another, and its date is still ${date}`,
          hint,
        )
      }
      const then = before.text === state.text ? undefined : was(slug)
      const changes = then && changesOf(then.sections, passages().sections)
      add(date, { slug, title, kind: 'changed', ...(changes && { changes }) })
    }
  }
  const newest = [...byDate.keys()].sort().at(-1)
  for (const [slug, state] of states) {
    if (all) add(newest ?? state.modified.slice(0, 10), { slug, title: state.title, kind: 'gone' })
    else next.push([slug, state])
  }
  const dates = [...byDate.keys()].sort().reverse()
  return {
    version: 1,
    releases: dates.map((date) => ({ date, books: byDate.get(date)! })),
    books: Object.fromEntries(next.sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

export function textSum(sections: readonly SectionPassages[]): string {
  return sumOf(
    JSON.stringify(sections.map(({ id, title, passages }) => [id, title, passages.map(([one, , sum]) => [one, sum])])),
  )
}

function stateOf({ metadata, files }: Card, text: string): BookState {
  return {
    title: metadata.title,
    modified: metadata.modified,
    text,
    files: sumOf(JSON.stringify(files.map(({ name, sha256 }) => [name, sha256]))),
  }
}

export function writeReleases(releases: Releases): string {
  return `${JSON.stringify(releases, undefined, 1)}\n`
}

/** Of a site that is there. Undefined, and reported, if it cannot be read: what it knew is not to be lost. */
export function readReleases(text: string | undefined, report: Report): Releases | undefined {
  if (text === undefined) return NO_RELEASES
  try {
    const found = JSON.parse(text) as Releases
    if (isSound(found)) return found
  } catch {
    // Said below.
  }
  const place: Pick<Diagnostic, 'path' | 'line'> = { path: RELEASES, line: 0 }
  const hint = 'put back a copy that can be read; or take the file away: then all books are new'
  error(report, 'bad-releases', place, 'the releases of the site that is there cannot be read', hint)
  return undefined
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isSound(found: unknown): boolean {
  if (!isMap(found) || found['version'] !== 1 || !Array.isArray(found['releases']) || !isMap(found['books']))
    return false
  const books = Object.values(found['books'])
  if (!books.every((one) => isMap(one) && ['title', 'modified', 'text', 'files'].every((key) => isText(one[key]))))
    return false
  return found['releases'].every(
    (one: unknown) =>
      isMap(one) &&
      /^\d{4}-\d\d-\d\d$/.test(String(one['date'])) &&
      Array.isArray(one['books']) &&
      one['books'].every(
        (book: unknown) =>
          isMap(book) &&
          isText(book['slug']) &&
          isText(book['title']) &&
          ['new', 'changed', 'gone'].includes(String(book['kind'])) &&
          (book['changes'] === undefined || areChanges(book['changes'])),
      ),
  )
}

function areChanges(found: unknown): boolean {
  if (!isMap(found) || !isMap(found['counts']) || !Array.isArray(found['list']) || !Array.isArray(found['pages']))
    return false
  const counts = found['counts']
  return (
    ['added', 'removed', 'altered'].every((key) => Number.isSafeInteger(counts[key])) &&
    found['pages'].every(isText) &&
    (found['repaged'] === undefined || isText(found['repaged'])) &&
    found['list'].every(
      (one: unknown) =>
        isMap(one) &&
        ['added', 'removed', 'altered'].includes(String(one['kind'])) &&
        ['section', 'id', 'page'].every((key) => isText(one[key])) &&
        ['before', 'after'].every((key) => one[key] === undefined || isText(one[key])),
    )
  )
}

/** The paragraphs that were published last; undefined if they cannot be read: then it is not said what changed in them. */
export function readPassages(text: string | undefined): BookPassages | undefined {
  if (text === undefined) return undefined
  try {
    const found = JSON.parse(text) as SectionPassages[]
    const sound =
      Array.isArray(found) &&
      found.every(
        ({ id, title, passages }) =>
          isText(id) &&
          isText(title) &&
          passages.every((row) => Array.isArray(row) && row.length === 4 && row.every(isText)),
      )
    return sound ? { sections: found, places: new Map() } : undefined
  } catch {
    return undefined
  }
}

/** What a release says of one book. */
export interface News {
  date: string
  book: BookRelease
}

/** Each book's, newest first. */
export function releasesBySlug({ releases }: Releases): Map<string, News[]> {
  const all = new Map<string, News[]>()
  for (const { date, books } of releases)
    for (const book of [...books].reverse()) {
      const own = all.get(book.slug)
      if (own === undefined) all.set(book.slug, [{ date, book }])
      else own.push({ date, book })
    }
  return all
}
