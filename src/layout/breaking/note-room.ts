// What a page's notes take of it: the notes that its lines call go in, one by one; the room that is left to the text comes out. A note
// may begin on the page and go on on the next; short ones share a line. Unit of length: one line of the grid.

/**
 * The notes that a line calls, in order, as numbers: the depth of each; or, below zero, the share of a line that a short one takes
 * of it, which stands behind another short one if there is room.
 */
export type Calls = readonly number[]

/** Notes on a page so far. */
export interface Notes {
  depth: number
  /** The same with no more of the last one than has to stand where it is called. */
  least: number
  /** How full the last line is, if other short notes may follow in it; 0 if none may. */
  fill: number
}

/** What notes keep to, and where. */
export interface NoteRoom {
  /** Lines of text on a full page. */
  depth: number
  /** Lines of notes that hang below the text; `openingHang` on the page that the section opens on. */
  hang: number
  openingHang: number
  /** Between text and notes. */
  noteGap: number
  /** A line of a note. */
  noteLine: number
}

export const NO_NOTES: Notes = { depth: 0, least: 0, fill: 0 }

/** A parted note has so many lines on its first page at least, */
const FIRST = 3
/** and so many on the next. */
const REST = 2

const EPS = 1e-6

/** With the notes that one more line calls. */
export function withCalls(before: Notes, calls: Calls | undefined, { noteLine }: NoteRoom): Notes {
  if (calls === undefined || calls.length === 0) return before
  let { depth, least, fill } = before
  for (const call of calls) {
    if (call < 0) {
      const share = -call
      if (fill > 0 && fill + share <= 1 + EPS) fill += share
      else {
        depth += noteLine
        fill = share
      }
      least = depth
      continue
    }
    least = depth + (call > (FIRST + REST) * noteLine - EPS ? FIRST * noteLine : call)
    depth += call
    fill = 0
  }
  return { depth, least, fill }
}

function hangOn(c: NoteRoom, page: number): number {
  return page === 0 ? c.openingHang : c.hang
}

/** Lines of text on a page with such a depth of notes. */
export function room(c: NoteRoom, notes: number, page: number): number {
  return notes <= 0 ? c.depth : c.depth - Math.max(0, Math.ceil(notes + c.noteGap - hangOn(c, page) - EPS))
}

/** Depth of what goes on on the next page, if the text of this one ends `used` lines below its head. Whole lines; 0 if all has its place. */
export function carriedOn(c: NoteRoom, notes: number, used: number, page: number): number {
  if (notes <= 0) return 0
  const there = Math.max(0, hangOn(c, page) + c.depth - used - c.noteGap)
  if (notes <= there + EPS) return 0
  const lines = Math.ceil((notes - Math.floor(there / c.noteLine + EPS) * c.noteLine) / c.noteLine - EPS)
  return Math.max(REST, lines) * c.noteLine
}

/** Notes that come from the page before: they take what they need, but leave some of the page to the text. */
export function begunBefore(c: NoteRoom, carried: number): Notes {
  if (carried === 0) return NO_NOTES
  return { depth: carried, least: Math.min(carried, (c.depth * 3) / 4), fill: 0 }
}

/** Of `lines` that a note still has, with room for `fit`: how many stand here, so that neither page has one alone. */
export function linesHere(lines: number, fit: number): number {
  if (fit >= lines) return lines
  return lines - fit < REST && fit > 1 ? fit - 1 : fit
}
