// In: a proof, and what was shown before. Out: what is shown now: by what its pages and documents are fetched, and what has changed.
import { createHash } from 'node:crypto'
import type { Proof } from '../build/proof.js'
import type { Page, Typeset } from '../layout/typeset.js'
import type { Book, Section } from '../model/book.js'
import { fingerprintOf, sumOf } from './fingerprint.js'
import type { Built, Chapter, DocumentInfo, Grid } from './protocol.js'

export interface Shown {
  proof: Proof
  /** By page. */
  keys: string[]
  /** By key. */
  pages: Map<string, Page>
  documents: DocumentInfo[]
  /** By section id: what its documents were written of, and how often that has changed. */
  versions: Map<string, Version>
  /** Of what all documents and sheets hang on, and of the sheets and faces alone. */
  signs: string
  looks: string
  chapters: Chapter[]
  grid: Grid
}

interface Version {
  section: Section | undefined
  sign: string
  count: number
}

/** By ink: pages that show the same share it, and are looked at once. */
const keys = new WeakMap<object, { key: string; images: number[] }>()

export function keyOf(page: Page, pages: Parameters<typeof fingerprintOf>[1]): string {
  const { ink } = page
  let known = ink && keys.get(ink)
  if (known === undefined) {
    const images = page.items.flatMap((item) => (item.kind === 'image' ? item.image : []))
    known = { key: fingerprintOf(page, pages), images }
    if (ink !== undefined && page.items.length > 0) keys.set(ink, known)
  }
  // A galley keeps its ink while a picture in it changes.
  return known.images.reduce((key, image) => `${key}-${sumOf(pages.images[image]!).slice(0, 8)}`, known.key)
}

/** `since`: documents that nothing was shown of before are counted from here. */
export function show(proof: Proof, before: Shown | undefined, since: number): Shown {
  const { pages, epub, book } = proof
  const own = pages.pages.map((page) => keyOf(page, pages))
  const byKey = new Map<string, Page>()
  for (const [i, page] of pages.pages.entries()) byKey.set(own[i]!, page)
  if (pages.cover !== undefined) byKey.set(keyOf(pages.cover, pages), pages.cover)
  const signs = `${epub.signs.documents}\n${epub.signs.looks}\n${picturesOf(book)}`
  const versions = versionsOf(proof, before?.signs === signs ? before : undefined, before, since)
  const sections = new Map(book.sections.map((section) => [section.id, section]))
  const documents = epub.documents.map(
    ({ path, section, title }): DocumentInfo => ({
      path,
      key: `${path.replace(/\W/g, '')}-${versions.get(section ?? '')!.count}`,
      title: title || book.metadata.title,
      section: section ?? '',
    }),
  )
  return {
    proof,
    keys: own,
    pages: byKey,
    documents,
    versions,
    signs,
    looks: before?.proof.epub.signs.looks === epub.signs.looks ? before.looks : hashOf(epub.signs.looks),
    chapters: chaptersOf(proof, sections),
    grid: gridOf(proof),
  }
}

const hashOf = (text: string) => createHash('sha1').update(text).digest('base64url').slice(0, 12)

/** `alike`: what was shown before, if what all documents hang on is the same. '' is the cover. */
function versionsOf(
  { book, epub, onPages }: Proof,
  alike: Shown | undefined,
  before: Shown | undefined,
  since: number,
): Map<string, Version> {
  const versions = new Map<string, Version>()
  const take = (id: string, section: Section | undefined, sign: string) => {
    const last = alike?.versions.get(id)
    const same = last !== undefined && last.section === section && last.sign === sign
    versions.set(id, { section, sign, count: same ? last.count : (before?.versions.get(id)?.count ?? since) + 1 })
  }
  const { cover } = book.metadata
  const picture = cover === undefined ? undefined : book.images.get(cover)
  take('', undefined, JSON.stringify([book.metadata, onPages.theme.cover, picture && sumOf(picture)]))
  for (const section of book.sections) take(section.id, section, epub.signs.section(section))
  return versions
}

/** A picture is fetched by its name: when it changes, so does whatever may show it. */
function picturesOf({ images }: Book): string {
  let sums = ''
  for (const image of images.values()) sums += sumOf(image)
  return sums
}

function chaptersOf({ book, pages, epub }: Proof, sections: ReadonlyMap<string, Section>): Chapter[] {
  const out: Chapter[] = []
  const depths = new Map<string, number>()
  for (const { id, first, count } of pages.sections) {
    const section = sections.get(id)!
    const outer = depths.get(section.under ?? '') ?? depths.get(section.part ?? '')
    const depth = outer === undefined ? 0 : outer + 1
    depths.set(id, depth)
    out.push({
      title: section.title || book.metadata.title,
      depth,
      page: first,
      pages: count,
      document: epub.begins.get(id)?.[0]?.path ?? '',
      section: id,
      file: section.generated ? '' : section.place.path,
      line: section.generated ? 0 : section.place.line,
    })
  }
  return out
}

function gridOf({ onPages, trim }: Proof): Grid {
  const { page } = onPages.theme
  const [kx, ky] = [trim.width / page.width, trim.height / page.height]
  const foot = (page.height - page.top - page.lines * page.leading) * ky
  const top = page.top * ky
  return {
    top,
    inside: page.inside * kx,
    outside: page.outside * kx,
    leading: page.leading,
    lines: Math.max(3, Math.floor((trim.height - top - foot) / page.leading + 1e-6)),
  }
}

export type Change = Pick<Built, 'pages' | 'documents' | 'whole' | 'where' | 'moved'>

export function compare(now: Shown, before: Shown | undefined): Change {
  if (before === undefined)
    return { pages: { at: 0, removed: 0, keys: now.keys }, documents: [], whole: true, moved: [] }
  const pages = spliceOf(before.keys, now.keys)
  const known = new Map(before.documents.map(({ path, key }) => [path, key]))
  const documents = now.documents
    .filter(({ path, key }) => known.get(path) !== key)
    .map(({ path, key }) => ({ path, key }))
  const changed = now.proof.book.sections.find((section) => {
    return !section.generated && now.versions.get(section.id)!.section !== before.versions.get(section.id)?.section
  })
  const frame = ({ proof, chapters, documents, grid }: Shown) =>
    JSON.stringify([
      chapters,
      documents.map(({ path, title }) => [path, title]),
      [grid, proof.trim, proof.book.metadata.title, proof.pages.cover && keyOf(proof.pages.cover, proof.pages)],
    ])
  const page = pages.keys.length > 0 || pages.removed > 0 ? Math.min(pages.at, now.keys.length - 1) : undefined
  const seen = page !== undefined || documents.length > 0
  return {
    pages,
    documents,
    whole: frame(now) !== frame(before) || labelsMoved(now, before, pages.at),
    ...(seen && {
      where: {
        ...(page !== undefined && { page }),
        ...(documents[0] && {
          document: (changed && now.proof.epub.begins.get(changed.id)?.[0]?.path) ?? documents[0].path,
        }),
        ...(changed && { file: changed.place.path, line: changed.place.line }),
      },
    }),
    moved: movedIn(now, before, pages),
  }
}

function labelsMoved(now: Shown, before: Shown, from: number): boolean {
  if (now.keys.length !== before.keys.length) return true
  for (let i = from; i < now.keys.length; i++)
    if (now.proof.pages.pages[i]!.label !== before.proof.pages.pages[i]!.label) return true
  return false
}

function spliceOf(before: readonly string[], now: readonly string[]): Built['pages'] {
  const most = Math.min(before.length, now.length)
  let head = 0
  while (head < most && before[head] === now[head]) head++
  let tail = 0
  while (tail < most - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++
  return { at: head, removed: before.length - head - tail, keys: now.slice(head, now.length - tail) }
}

/** Pages that begin with other words than any page that they replace. */
function movedIn(now: Shown, before: Shown, { at, removed, keys: own }: Built['pages']): number[] {
  const beginnings = new Set<string>()
  for (let i = at; i < at + removed; i++) beginnings.add(beginningOf(before.proof.pages, i))
  const moved: number[] = []
  own.forEach((key, k) => {
    if (before.pages.has(key)) return
    const beginning = beginningOf(now.proof.pages, at + k)
    if (beginning !== '' && !beginnings.has(beginning)) moved.push(at + k)
  })
  return moved
}

const BEGINNING = 40

function beginningOf({ pages, fonts }: Typeset, index: number): string {
  const page = pages[index]!
  let text = ''
  for (const line of page.lines ?? []) {
    for (let i = line.from; i < line.to && text.length < BEGINNING; i++) {
      const item = page.items[i]
      if (item?.kind === 'text') for (const code of item.codes) text += fonts[item.font]!.codes[code]!.text
    }
    if (text.length >= BEGINNING) break
  }
  return text.slice(0, BEGINNING)
}
