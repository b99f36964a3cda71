// The door of the layout: a Book, a Theme and its faces go in, the Typeset comes out.
import type { Report } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import type { Face, Theme } from '../theme/theme.js'
import { forTrim } from '../theme/variants.js'
import { outlineOf } from './book/bookmarks.js'
import { setCover } from './book/cover-page.js'
import { furnish, noteHeads } from './book/furnish.js'
import type { LayoutMemory } from './book/kept.js'
import { labelPages } from './book/labels.js'
import type { NoteManner } from './book/note-manner.js'
import { join, type Rest, type Told, tell } from './book/rest.js'
import { createCompositor, type Step } from './book/take.js'
import { sayGaps } from './text/gaps.js'
import type { CoverArt, Page, Typeset } from './typeset.js'

export { createLayoutMemory, type LayoutMemory } from './book/kept.js'
export { type NoteManner, noteManner } from './book/note-manner.js'
export { cutOf, type Rest, type Told } from './book/rest.js'
export type { Typeset } from './typeset.js'

export interface LayoutOptions {
  trim?: Trim | undefined
  /** A take that is set elsewhere meanwhile; its pages come without their items. */
  rest?: Rest | undefined
  /** Of earlier layouts of the same book. */
  memory?: LayoutMemory | undefined
  cover?: CoverArt | undefined
  /** Pages are to know their lines: see `SetLine`. */
  traced?: boolean | undefined
  /** Is told after each section how many are done, and awaited if it returns a promise. */
  step?: Step | undefined
}

/** Most times that a book is laid out until its page references stand still. */
const MOST_PASSES = 4

export async function typeset(
  book: Book,
  look: Theme,
  faces: readonly Face[],
  { trim, rest, memory, cover: art, traced, step }: LayoutOptions,
  report: Report,
): Promise<Typeset> {
  const theme = forTrim(look, trim)
  const compositor = createCompositor(book, theme, faces, trim, memory, traced)
  const { job } = compositor
  let known = new Map<string, string>()
  for (let pass = 1; ; pass++) {
    const now = new Map<string, string>()
    const end = rest?.from ?? book.sections.length
    const take = await compositor.set(0, end, { known, now }, pass > 1 ? () => {} : report, step)
    const { pages, sections } = take
    const told = await rest?.told
    if (told) join(take, told, job)
    labelPages(pages, take.arabicFrom)
    if (told)
      rest!.place(
        pages.slice(-told.pages.length).map((page) => page.label),
        told.shift,
      )
    for (const page of pages) for (const anchor of page.anchors) if (!now.has(anchor.id)) now.set(anchor.id, page.label)
    const lost: string[] = []
    // Contents have no anchors yet.
    for (const { section, first } of sections) if (!now.has(section.id)) now.set(section.id, pages[first]?.label ?? '')
    for (const [id, target] of book.targets) {
      if (now.has(id)) continue
      lost.push(id)
      now.set(id, now.get(target.section) ?? '')
    }
    take.paintContents()
    if (take.refers && pass < MOST_PASSES && !same(known, now)) {
      known = now
      continue
    }
    placeLostAnchors(lost, book, pages)
    take.starts.sort((a, b) => a.n - b.n || a.offset - b.offset)
    furnish(sections, pages, job)
    noteHeads(sections, job, take.gaps)
    sayGaps(take.gaps, report)
    const { shape, faces: type, pictures } = job
    const cover = art && setCover(art, shape.width, shape.height, take.tags.length, pictures.length)
    return {
      width: shape.width,
      height: shape.height,
      pages,
      cover: cover?.page,
      fonts: type.fonts,
      images: cover?.picture ? [...pictures, cover.picture] : pictures,
      tags: cover ? [...take.tags, cover.tag] : take.tags,
      press: theme.press,
      flawed: take.gaps.found.size > 0,
      sections: sections.map(({ section, first, count }) => ({ id: section.id, first, count })),
      outline: outlineOf(sections, pages, book.depth ?? 1, shape.top),
      starts: take.starts.map(({ page, n, offset }) => ({ label: pages[page]!.label, n, offset })),
    }
  }
}

/** A take by itself: `told` goes to whoever sets the rest of the book; the pages are finished when their labels are known. */
export interface OwnTake {
  told: Told
  finish(labels: readonly string[]): Pick<Typeset, 'pages' | 'fonts' | 'tags' | 'height'>
}

/** Sets the sections from `from` on, a cut that `cutOf` found. */
export async function setRest(
  book: Book,
  look: Theme,
  faces: readonly Face[],
  { trim, from, manner }: { trim?: Trim | undefined; from: number; manner: NoteManner },
  report: Report,
): Promise<OwnTake> {
  const theme = forTrim(look, trim)
  const { job, set } = createCompositor(book, theme, faces, trim, undefined, false, manner)
  const take = await set(from, book.sections.length, { known: new Map(), now: new Map() }, report)
  const { pages, tags, sections } = take
  return {
    told: tell(take),
    finish(labels) {
      pages.forEach((page, i) => {
        page.label = labels[i]!
      })
      furnish(sections, pages, job)
      return { pages, fonts: job.faces.fonts, tags, height: job.shape.height }
    },
  }
}

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (b.get(key) !== value) return false
  return true
}

/** `lost`: ids that were on no page before the contents were painted. */
function placeLostAnchors(lost: readonly string[], book: Book, pages: Page[]): void {
  if (lost.length === 0) return
  const where = new Set<string>()
  const homes = new Map<string, { page: Page; x: number; y: number }>()
  const sections = new Set(book.sections.map(({ id }) => id))
  for (const page of pages)
    for (const { id, x, y } of page.anchors) {
      where.add(id)
      if (sections.has(id) && !homes.has(id)) homes.set(id, { page, x, y })
    }
  for (const id of lost) {
    if (where.has(id)) continue
    const home = homes.get(book.targets.get(id)!.section)
    if (home) home.page.anchors.push({ id, x: home.x, y: home.y })
  }
}
