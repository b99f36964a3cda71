// The door of publishing: a book or a shelf in, a site out: pages, feeds, records and downloads, static and relative.
import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { lookOf } from '../build/facts.js'
import type { CatalogueLook } from '../build/gathered.js'
import { begin, type Run } from '../build/run.js'
import { SIGNATURE, SUMS, sumOf, writeSums } from '../build/sums.js'
import type { Output } from '../build/write.js'
import { type Diagnostic, error, NOWHERE } from '../diagnostic.js'
import { inWords, kindOf, openFolder } from '../folder.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'
import type { Card } from './card.js'
import { writeCatalogue } from './catalogue.js'
import type { BookPassages } from './changes.js'
import { readOld, writeSite } from './disk.js'
import type { Files } from './files.js'
import {
  nextReleases,
  PASSAGES,
  type Published,
  RELEASES,
  type Releases,
  readPassages,
  readReleases,
} from './releases.js'
import { NO_SHELF, readShelf, SHELF, type Shelf, siteAddress } from './shelf.js'
import { readKey, sign, verifySignature } from './signing.js'
import { openSite } from './site.js'
import { type BookDone, makeBook } from './task.js'
import { compare, verifyFiles } from './verify.js'

export interface PublishOptions {
  /** A folder with a `shelf.yaml`; or a book, as `build` has it. If absent, the current folder if it has one of the two. */
  from?: string | undefined
  /** The folder of the site; './site' if absent. It is replaced as a whole, or left as it was. */
  out?: string | undefined
  /** Where the site will be, if the shelf does not say it; https. */
  address?: string | undefined
  /** A file with a secret key of minisign's, which signs the checksums; it may not lie in the site. */
  key?: string | undefined
  /** Of that key, if it has one. */
  password?: string | undefined
  /** Only these editions, whatever the shelf and the manifests say. */
  editions?: readonly EditionName[] | undefined
  /** Warnings are errors. */
  strict?: boolean | undefined
  /** Of each book. */
  limits?: Partial<Limits> | undefined
  /** Is told which book is being made. */
  progress?: ((done: number, total: number, book: string) => void) | undefined
}

export interface PublishResult {
  ok: boolean
  /** In the order of the shelf's books; paths as seen from the shelf. */
  diagnostics: Diagnostic[]
  books: number
  /** How many files the site has, and how large it is. */
  files: number
  size: number
}

/** Makes a site. Never throws for a fault of a book, the shelf or the output folder. */
export async function publish(options: PublishOptions = {}): Promise<PublishResult> {
  const { out = 'site' } = options
  const run = begin({ strict: options.strict })
  const found: Diagnostic[] = []
  const fail = (): PublishResult => ({ ok: false, diagnostics: [...run.result().diagnostics, ...found], ...NOTHING })
  const key = options.key === undefined ? undefined : readKey(options.key, fullPath(out), options.password, run.report)
  if (run.failed()) return fail()
  const files = await siteFiles(options, fullPath(out), key !== undefined, run, found)
  if (files === undefined) return fail()
  if (key !== undefined) sign(key, files)
  if (!(await writeSite(fullPath(out), out, files, run.report))) return fail()
  const size = [...files.values()].reduce(
    (sum, one) => sum + (typeof one === 'string' ? Buffer.byteLength(one) : one.length),
    0,
  )
  const { diagnostics, ok } = run.result()
  const books = [...files.keys()].filter((path) => path.endsWith('cite.ris')).length
  return { ok, diagnostics: [...diagnostics, ...found], books, files: files.size, size }
}

const NOTHING = { books: 0, files: 0, size: 0 }

export interface VerifyOptions {
  /** The folder of the site; './site' if absent. */
  site?: string | undefined
  /** A public key of minisign's, or the file that has it: the checksums must be signed with its pair. */
  publicKey?: string | undefined
  /** The book or shelf that it is said to be made from: it is made again. */
  rebuild?: string | undefined
  limits?: Partial<Limits> | undefined
  progress?: PublishOptions['progress']
}

export interface VerifyResult {
  ok: boolean
  diagnostics: Diagnostic[]
  /** How many files are as they were made. */
  files: number
}

/** Proves a site. Never throws for a fault of it. */
export async function verify({
  site = 'site',
  rebuild,
  publicKey,
  limits,
  progress,
}: VerifyOptions = {}): Promise<VerifyResult> {
  const run = begin({})
  const folder = fullPath(site)
  const { files } = await verifyFiles(folder, site, run.report)
  if (publicKey !== undefined && files > 0) await verifySignature(folder, publicKey, run.report)
  const found: Diagnostic[] = []
  if (rebuild !== undefined && files > 0) {
    // Whoever verifies has no secret key; that there is a signature stands on every page.
    const signed = existsSync(join(folder, SIGNATURE))
    const made = await siteFiles({ from: rebuild, limits, progress }, folder, signed, run, found)
    if (made !== undefined) await compare(folder, made, run.report)
  }
  const { ok, diagnostics } = run.result()
  const errors = found.filter(({ severity }) => severity === 'error')
  return { ok: ok && errors.length === 0, diagnostics: [...diagnostics, ...errors], files }
}

/** Every file of the site, by its path; undefined if anything forbids it. `old`: where the releases before are, if there are any. `signed`: will the checksums be? */
async function siteFiles(
  options: PublishOptions,
  old: string,
  signed: boolean,
  run: Run,
  found: Diagnostic[],
): Promise<Files | undefined> {
  const address = options.address === undefined ? undefined : siteAddress(options.address)
  if (options.address !== undefined && address === undefined) {
    const message = `\`${options.address}\` is no address of a site`
    error(run.report, 'usage', NOWHERE, message, 'write it in full: https://books.example.org/')
    return undefined
  }
  const place = await whatToPublish(options.from, run)
  if (place === undefined || run.failed()) return undefined
  const { root, shelf, single } = place
  const editions = options.editions ?? shelf.editions
  const files: Files = new Map()
  const books: Published[] = []
  const taken = new Map<string, string>()
  let sound = true
  for (const [i, path] of shelf.books.entries()) {
    options.progress?.(i, shelf.books.length, path)
    const { strict = false, limits } = options
    // Where nobody says which, the builder knows where to look.
    const own = options.from === undefined ? undefined : root
    const task = { book: single ? own : join(root, path), path: single ? '' : path, editions, strict, limits }
    const done = await makeBook(task)
    found.push(...done.diagnostics)
    sound &&= done.ok
    if (done.card === undefined) continue
    const { slug } = done.card.metadata
    const at = single ? '' : `books/${slug}/`
    const other = taken.get(slug)
    if (other !== undefined) {
      const message = `\`${other}\` and \`${path}\` would both be published as \`${slug}\``
      error(
        run.report,
        'duplicate-slug',
        { path: SHELF, line: 0 },
        message,
        'give one of them a `slug` in its manifest',
      )
    }
    taken.set(slug, path)
    books.push({ card: { ...done.card, at }, passages: done.passages })
    lay(files, at, done)
  }
  const cards = books.map(({ card }) => card)
  const look = await siteLook(place, cards, files, run)
  if (!sound || run.failed() || look === undefined) return undefined
  const site = openSite({ ...shelf, address: address ?? shelf.address }, cards, look, {
    single,
    signed,
  })
  const known = readReleases(await readOld(old, RELEASES), run.report)
  if (known === undefined) return undefined
  const before = await oldPassages(old, books, known)
  const releases = nextReleases(known, books, (slug) => before.get(slug), run.report)
  const passages = new Map(books.map(({ card, passages: own }) => [card.metadata.slug, own]))
  if (run.failed()) return undefined
  for (const [path, content] of await writeCatalogue(site, releases, (slug) => passages.get(slug)!))
    files.set(path, content)
  const sums = new Map([...files].map(([path, content]) => [path, sumOf(content)]))
  files.set(SUMS, writeSums(sums))
  return files
}

/** Of the books that were published before, the paragraphs that they had. */
async function oldPassages(
  old: string,
  books: readonly Published[],
  known: Releases,
): Promise<Map<string, BookPassages>> {
  const found = new Map<string, BookPassages>()
  for (const { card } of books) {
    const { slug } = card.metadata
    if (!Object.hasOwn(known.books, slug)) continue
    const passages = readPassages(await readOld(old, card.at + PASSAGES))
    if (passages !== undefined) found.set(slug, passages)
  }
  return found
}

/** What the shelf's own pages look like; a single book's page looks like the book. Its faces are laid with the others. */
async function siteLook(
  { root, shelf, single }: Place,
  cards: readonly Card[],
  files: Files,
  run: Run,
): Promise<CatalogueLook | undefined> {
  if (single) return cards[0]?.look
  const place = { path: SHELF, line: shelf.themeLine }
  const saying = [shelf.title, shelf.description, shelf.groups.map(({ title }) => title)]
  const letters = new Set(JSON.stringify([saying, cards.map(({ metadata }) => metadata)]))
  const told = await lookOf(shelf.theme, root, place, [...letters].join(''), run.report)
  lay(files, '', { files: [], shared: told?.faces ?? [] })
  return told?.look
}

function lay(files: Files, at: string, { files: own, shared }: Pick<BookDone, 'files' | 'shared'>): void {
  const put = (folder: string, outputs: readonly Output[]) => {
    for (const { name, bytes } of outputs) files.set(folder + name, bytes)
  }
  put(at, own)
  put('assets/', shared)
}

interface Place {
  root: string
  shelf: Shelf
  single: boolean
}

/** The shelf, or the one book as a shelf of its own. */
async function whatToPublish(from: string | undefined, run: Run): Promise<Place | undefined> {
  if (from === '-') {
    error(run.report, 'usage', NOWHERE, 'standard input is no book to publish', 'name its file or its folder')
    return undefined
  }
  const root = fullPath(from ?? '.')
  const folder = openFolder(root)
  if ('fault' in folder && folder.fault !== 'no-file') {
    const [message, hint] = inWords(`the folder \`${from}\``, folder)
    error(run.report, 'missing-folder', NOWHERE, message, hint)
    return undefined
  }
  if ('fault' in folder || kindOf(folder, SHELF) !== 'file')
    return { root, shelf: { ...NO_SHELF, books: [''] }, single: true }
  const shelf = await readShelf(folder, run.report)
  return shelf && { root, shelf, single: false }
}

function fullPath(path: string): string {
  return isAbsolute(path) ? path : resolve(path)
}
