// A book that is set by two hands: where it can be cut, and how the second take is joined to the first. Whoever sets it,
// and in how many takes, the pages are the same.
import type { Block, Book, Prose } from '../../model/book.js'
import { eachBlock } from '../../model/walk.js'
import type { Theme } from '../../theme/theme.js'
import type { Job } from './set-galley.js'
import { addPage, append, type Part, type Take } from './take.js'

/** The second take, while it is set elsewhere. */
export interface Rest {
  /** Index of its first section. */
  from: number
  told: Promise<Told>
  /** To be called when its place in the book is known: the labels of its pages, and what its tags' numbers grow by. */
  place(labels: string[], shift: number): void
}

/** What the first take's compositor has to know of the second: plain data. Of the pages' items only the images. */
export interface Told extends Part {
  sections: { first: number; count: number }[]
}

export function tell({ pages, tags, starts, unplaced, gaps, sections }: Take): Told {
  return {
    pages: pages.map((page) => ({ ...page, items: page.items.filter((item) => item.kind === 'image') })),
    tags,
    starts,
    unplaced,
    gaps,
    shift: 0,
    shared: false,
    sections: sections.map(({ first, count }) => ({ first, count })),
  }
}

/** Appends it to the take before: its first page is a recto, its Document is the other's. */
export function join(take: Take, told: Told, { book, theme }: Job): void {
  const { pages, sections } = take
  if (pages.length % 2 === 1) addPage(pages, true)
  const past = pages.length
  append(take, told, { page: past, anchor: 0, root: 0 })
  for (const page of told.pages) pages.push(page)
  for (const { first, count } of told.sections) {
    const section = book.sections[sections.length]!
    const style = theme.sections[section.role]
    sections.push({ section, style, first: first + past, count, galley: undefined })
  }
}

/**
 * The section near the middle of the text where a second take can begin; undefined if there is none. What comes from there on
 * must not depend on how many pages come before, nor anything before on it: it opens on a recto, belongs to no part that was
 * begun, has no contents, and the text prints no page numbers.
 */
export function cutOf(book: Book, theme: Theme): number | undefined {
  let refers = false
  let total = 0
  let earliest = 1
  const ends = book.sections.map((section, i) => {
    const weigh = (prose: Prose) => {
      total += prose.text.length
      refers ||= prose.spans.some((span) => span.kind === 'link' && span.page)
    }
    const look = (block: Block) => {
      if (block.kind === 'contents') earliest = i + 1
    }
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)]) eachBlock(blocks, look, weigh)
    return total
  })
  if (refers) return undefined
  earliest = Math.max(earliest, book.sections.findIndex((section) => section.matter !== 'front') + 1)
  let best: number | undefined
  let distance = total * FARTHEST
  for (let i = earliest; i < book.sections.length; i++) {
    const section = book.sections[i]!
    if (section.part !== undefined || theme.sections[section.role].opens !== 'recto') continue
    const off = Math.abs(ends[i - 1]! - total / 2)
    if (off < distance) {
      distance = off
      best = i
    }
  }
  return best
}

/** Farther from the middle, as a share of the text, a cut is not worth a thread. */
const FARTHEST = 0.35
