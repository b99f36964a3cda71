// Pictures that have pages for themselves, among the states of the page breaker. In: elements, and the page that is free. Out: how many
// pages such a picture takes there; a state behind it. Two pages for one picture face each other: a verso, and its recto.
import { type NoteRoom, type Notes, withCalls } from './note-room.js'
import type { Element } from './page-elements.js'
import { type Cut, cut, NONE, type Short, type State, state } from './page-state.js'

/** What they have to know of a column. */
interface Plates extends NoteRoom {
  elements: readonly Required<Element>[]
  recto: boolean
}

export function isRecto({ recto }: { recto: boolean }, page: number): boolean {
  return (page % 2 === 0) === recto
}

/** May the element have the pages from this one on? */
export function hasPages(c: Plates, element: number, page: number): boolean {
  return c.elements[element]!.ways[0]!.lines < 2 || !isRecto(c, page)
}

/** Its pages, behind the cuts and the pages before. */
export function platePages(
  c: Plates,
  element: number,
  page: number,
  cuts: Cut | undefined,
  short: Short | undefined,
): { page: number; cuts: Cut; short: Short } {
  const { lines } = c.elements[element]!.ways[0]!
  let made = { page: page + 1, cuts: cut(element, page, 0, 1, 0, cuts), short: { lines: 0, before: short } }
  for (let line = 1; line < lines; line++)
    made = {
      page: page + line + 1,
      cuts: cut(element, page + line, line, line + 1, 0, made.cuts),
      short: { lines: 0, before: made.short },
    }
  return made
}

/** Notes that its caption calls stand on the next page of text. */
export function withPlate(c: Plates, element: number, notes: Notes): Notes {
  return withCalls(notes, c.elements[element]!.ways[0]!.notes?.[0], c)
}

/** What comes of a state where such a picture comes: it has the page at once if that is empty, else it waits for the page's end. */
export function plated(c: Plates, s: State, element: number): State {
  const isFree = s.empty && s.waiting.length === 0 && (s.page === 0 || s.at === 0)
  if (!isFree || !hasPages(c, element, s.page))
    return state(
      s.page,
      s.at,
      s.empty,
      s.notes,
      s.facing,
      s.cost,
      s,
      element,
      0,
      [...s.waiting, element],
      undefined,
      undefined,
    )
  const { page, cuts, short } = platePages(c, element, s.page, undefined, undefined)
  const notes = withPlate(c, element, s.notes)
  return state(page, 0, true, notes, 0, s.cost, s, element, 0, NONE, cuts, short)
}

/** Behind all text: one that still waits. A page is left empty where two have to face each other. */
export function plateAtEnd(c: Plates, s: State): State {
  const [element, ...waiting] = s.waiting
  let from = s.page
  let short: Short | undefined
  const leave = () => {
    from++
    short = { lines: 0, before: short }
  }
  if (!isUnused(s)) leave()
  if (!hasPages(c, element!, from)) leave()
  const made = platePages(c, element!, from, undefined, short)
  return state(made.page, 0, true, s.notes, s.facing, s.cost, s, s.element, s.way, waiting, made.cuts, made.short)
}

/** Is its page one that nothing has come to? */
export function isUnused(s: State): boolean {
  return s.empty && s.page > 0 && s.at === 0
}
