// In: a shelf and its books as they lie in the store; the site that was there. Out: every file of the new site, handed on one after the
// other: no more of them is held than a page and a book.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookOf } from '../build/facts.js'
import type { CatalogueLook } from '../build/gathered.js'
import type { Run } from '../build/stage-run.js'
import { SIGNATURE, SUMS, writeSums } from '../build/sums.js'
import type { Output } from '../build/write.js'
import { error } from '../diagnostic.js'
import type { Card } from './card.js'
import { planCatalogue, writeCatalogue } from './catalogue.js'
import { readOld } from './disk.js'
import { fileOf, type Sink, type SiteFile } from './files.js'
import type { Writing } from './options.js'
import { nextReleases, PASSAGES, type Published, RELEASES, readPassages, readReleases } from './releases.js'
import { SHELF, type Shelf } from './shelf.js'
import { openSite } from './site.js'
import type { KeptBook } from './store.js'

/** What is to be published. */
export interface Place {
  root: string
  shelf: Shelf
  /** One book is all there is. */
  single: boolean
}

export interface OnShelf {
  /** As the shelf calls it. */
  path: string
  /** Undefined: it was passed over. */
  kept: KeptBook | undefined
}

export interface Assembled {
  /** Of all files, by their paths. */
  sums: Map<string, string>
  books: number
  size: number
  /** What the shelf calls them. */
  passedOver: string[]
}

export interface Look {
  look: CatalogueLook
  faces: Output[]
}

/** `old`: where the site lies, or lay. `sign`: makes a signature of the checksums; `signed`: there will be one, whoever makes it. */
export async function assemble(
  { shelf, single }: Place,
  shelved: readonly OnShelf[],
  told: Look,
  old: string,
  { sign, signed }: { sign?: ((sums: string) => string) | undefined; signed: boolean },
  sink: Sink,
  run: Run,
  writing: Writing,
): Promise<Assembled | undefined> {
  const sums = new Map<string, string>()
  let size = 0
  let expected = 0
  const put = async (path: string, file: SiteFile) => {
    // What many books share comes with each.
    if (sums.get(path) === file.sum) return
    sums.set(path, file.sum)
    size += file.size
    await sink.put(path, file)
    if (sums.size % OFTEN === 0) writing(sums.size, Math.max(sums.size, expected))
  }
  const books: (Published & { kept: KeptBook })[] = []
  const taken = new Map<string, string>()
  const passedOver: string[] = []
  let all = true
  for (const { path, kept } of shelved) {
    const card = kept && cardOf(kept, path, single)
    if (card === undefined) {
      all = false
      if (kept !== undefined) {
        passedOver.push(path)
        const hint = 'it is not as Octavo makes books: look at what else writes to the store'
        error(run.report, 'book-failed', { path, line: 0 }, 'the book names files that no book has', hint)
      }
      continue
    }
    const { slug } = card.metadata
    const other = taken.get(slug)
    if (other !== undefined) {
      const message = `\`${other}\` and \`${path}\` would both be published as \`${slug}\`; the second is passed over`
      const hint = 'give one of them a `slug` in its manifest'
      error(run.report, 'duplicate-slug', { path: SHELF, line: 0 }, message, hint)
      passedOver.push(path)
      continue
    }
    taken.set(slug, path)
    books.push({ card, text: kept!.text, passages: () => kept!.passages(), kept: kept! })
  }
  const cards = books.map(({ card }) => card)
  const known = readReleases(await readOld(old, RELEASES), run.report)
  if (known === undefined || cards.length === 0) return undefined
  const site = openSite(shelf, cards, told.look, { single, signed })
  const plan = await planCatalogue(site)
  expected = books.reduce((sum, { kept }) => sum + kept.files.length, told.faces.length) + plan.files
  for (const { kept, card } of books) {
    for (const file of kept.files) await put(card.at + file.name, { ...file, content: () => kept.read(file) })
    for (const file of kept.shared) await put(`assets/${file.name}`, { ...file, content: () => kept.read(file) })
  }
  for (const { name, bytes } of told.faces) await put(`assets/${name}`, fileOf(bytes))
  const bySlug = new Map(books.map((one) => [one.card.metadata.slug, one]))
  const was = (slug: string) => readPassages(textOf(join(old, bySlug.get(slug)!.card.at, PASSAGES)))
  const releases = nextReleases(known, books, was, run.report, all)
  for await (const [path, content] of writeCatalogue(plan, releases, (slug) => bySlug.get(slug)!.passages()))
    await put(path, fileOf(content))
  const list = writeSums(sums)
  await put(SUMS, fileOf(list))
  if (sign !== undefined) await put(SIGNATURE, fileOf(sign(list)))
  return { sums, books: books.length, size, passedOver }
}

/** Files between two words of how far it is. */
const OFTEN = 64

/** What came from a process that a stranger's book may have taken over is looked at: it names folders of the site. */
function cardOf({ card, files, shared }: KeptBook, path: string, single: boolean): Card | undefined {
  if (card === undefined) return undefined
  const { slug } = card.metadata
  const names = [...files, ...shared].map(({ name }) => name)
  if (!isName(slug) || !names.every((name) => name.split('/').every(isName))) return undefined
  return { ...card, path, at: single ? '' : `books/${slug}/` }
}

function isName(part: unknown): boolean {
  return typeof part === 'string' && !/^\.{0,2}$|[\\/:\u0000-\u001f\u007f]/.test(part)
}

/** What the shelf's own pages look like; a single book's page looks like the book. Undefined if there is no such theme, or no book. */
export async function siteLook(
  { root, shelf, single }: Place,
  shelved: readonly OnShelf[],
  run: Run,
): Promise<Look | undefined> {
  const cards = shelved.flatMap(({ kept }) => kept?.card ?? [])
  if (cards.length === 0) return undefined
  if (single) return { look: cards[0]!.look, faces: [] }
  const place = { path: SHELF, line: shelf.themeLine }
  const letters = new Set<string>()
  const note = (value: unknown) => {
    for (const letter of JSON.stringify(value)) letters.add(letter)
  }
  note([shelf.title, shelf.description, shelf.groups.map(({ title }) => title)])
  for (const { metadata } of cards) note(metadata)
  return lookOf(shelf.theme, root, place, [...letters].join(''), run.report)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
