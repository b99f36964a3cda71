// In: where a book lies, and which editions. Out: its files, and its card for the catalogue. One book, and nothing of any other: so a book
// can be made on another thread or machine, or kept from last time, and the catalogue be made of the cards alone.
import { basename } from 'node:path'
import type { BindOptions } from '../build/options.js'
import type { Output } from '../build/write.js'
import { bind } from '../build.js'
import { type Diagnostic, legible } from '../diagnostic.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'
import type { Card, WebPlace } from './card.js'
import type { BookPassages } from './changes.js'

export interface BookTask {
  /** Its folder or file on the disk; undefined: the one that is here, as `octavo build` finds it. */
  book: string | undefined
  editions: readonly EditionName[] | undefined
  strict: boolean
  limits: Partial<Limits> | undefined
}

export interface BookDone {
  ok: boolean
  /** Paths as seen from the book. */
  diagnostics: Diagnostic[]
  /** Where it goes, and what the shelf calls it, is the catalogue's to say. */
  card?: Omit<Card, 'at' | 'path'>
  /** Names seen from the book's folder of the site. */
  files: Output[]
  /** Its paragraphs, and where they stand in the web edition. */
  passages: BookPassages
  /** For the folder that all books share: the same name has the same content. */
  shared: Output[]
  /** It has something of a package of which nobody can say when it changes. */
  strange?: boolean
}

/** How it is made, which changes nothing of what comes of it: see `BindOptions`. */
export type Manner = Pick<BindOptions, 'shut' | 'here' | 'signal'>

export async function makeBook({ book, editions, strict, limits }: BookTask, manner: Manner = {}): Promise<BookDone> {
  const asked = { book, editions, strict, limits, home: '../index.html', ...manner }
  const { ok, diagnostics, files, gathered } = await bind(asked)
  if (!ok || gathered === undefined) return failed(diagnostics)
  const { facts, passages, pictures, faces, strange } = gathered
  const outputs = files.map(({ path: name, bytes }) => ({ name, bytes: bytes! }))
  return {
    ok,
    diagnostics,
    card: { ...facts, web: webOf(outputs) },
    files: [...outputs, ...pictures],
    passages: { sections: passages, places: placesIn(outputs) },
    shared: faces,
    strange,
  }
}

export function failed(diagnostics: Diagnostic[]): BookDone {
  return { ok: false, diagnostics, files: [], passages: { sections: [], places: new Map() }, shared: [] }
}

/** What a busy machine, a hand that stops it or a missing package makes of a book is not what will come of it the next time. */
const PASSING: ReadonlySet<string> = new Set([
  'out-of-time',
  'out-of-memory',
  'interrupted',
  'book-failed',
  'book-changed',
  'unreadable-file',
  'theme-not-found',
  'theme-font',
])

export function isPassing({ strange = false, diagnostics }: Pick<BookDone, 'strange' | 'diagnostics'>): boolean {
  return strange || diagnostics.some(({ severity, code }) => severity === 'error' && PASSING.has(code))
}

/** Paths as seen from the shelf. `path`: the book's there. A book that is one file is its own path. */
export function asOnShelf(path: string, { diagnostics }: Pick<BookDone, 'diagnostics'>): Diagnostic[] {
  if (path === '') return diagnostics
  return diagnostics.map((one) =>
    legible({ ...one, path: one.path === '' || one.path === basename(path) ? path : `${path}/${one.path}` }),
  )
}

/** The way into the web edition: its manifest of the Readium project's kind. */
function webOf(files: readonly Output[]): Card['web'] {
  const manifest = files.find(({ name }) => /^[^/]+-web\/manifest\.json$/.test(name))
  if (manifest === undefined) return undefined
  const folder = manifest.name.slice(0, manifest.name.lastIndexOf('/') + 1)
  const { toc = [] } = JSON.parse(new TextDecoder().decode(manifest.bytes)) as { toc?: TocLink[] }
  const places: WebPlace[] = []
  const walk = (links: readonly TocLink[]) => {
    for (const { title = '', href, children = [] } of links) {
      if (href !== undefined) places.push({ title, href: folder + href })
      walk(children)
    }
  }
  walk(toc)
  return { index: `${folder}index.html`, places }
}

/** In which document of the web edition each paragraph stands, by the ids that are in both. */
function placesIn(files: readonly Output[]): BookPassages['places'] {
  const places = new Map<string, string>()
  for (const { name, bytes } of files) {
    if (!/^[^/]+-web\/text\/[^/]+\.html$/.test(name)) continue
    for (const [, id] of new TextDecoder().decode(bytes).matchAll(/ id="(p[0-9a-z]{6}(?:-\d+)?)"/g))
      if (!places.has(id!)) places.set(id!, name)
  }
  return places
}

interface TocLink {
  title?: string
  href?: string
  children?: TocLink[]
}
