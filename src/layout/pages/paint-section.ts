// A section cut into pages goes in; its lines, and the notes that they call, are painted on those pages.

import type { Sheet } from '../sheet.js'
import type { Page, Tag } from '../typeset.js'
import { type Foot, type Pending, paintNotes } from './foot.js'
import type { SetNote, SetSection } from './set-section.js'

/** Where a page begins in the text; pages by their index, since they have no labels yet. */
export interface TakenStart {
  page: number
  n: number
  offset: number
}

/** What grows while sections are painted. */
export interface PaintedPages {
  pages: Page[]
  tags: Tag[]
  starts: TakenStart[]
  /** Pages at their end with nothing but figures from before them: they begin where the next text does. */
  unplaced: number[]
}

/** What is at hand while a section is painted. */
export interface Painting extends Foot {
  onto: PaintedPages
  /** By page: the headings that stand on it, as running heads have them. */
  headings: string[][]
  note(id: string): SetNote | undefined
  describe(href: string): string
  newPage(blank: boolean): void
}

export function paintSection(set: SetSection, painting: Painting): void {
  const { shape, onto, headings } = painting
  const { pages } = onto
  const perPage: (typeof set.pages.placements)[] = Array.from({ length: set.pages.count }, () => [])
  for (const placement of set.pages.placements) perPage[placement.page]!.push(placement)
  const sheetOf = (page: Page): Sheet => ({
    page,
    left: page.side === 'recto' ? shape.inside : shape.outside,
    measure: shape.measure,
    tags: onto.tags,
    describe: painting.describe,
  })
  let pending: Pending[] = []
  // the last element of the text so far
  let reached = 0
  let begun = false
  perPage.forEach((placements, i) => {
    const page = pages[i]!
    const sheet = sheetOf(page)
    // before two pages for one picture, the page that they face each other behind may be left empty
    if (placements.length === 0 && set.elements.length > 0) {
      page.blank = true
      return
    }
    if (!begun) page.anchors.push({ id: set.section.id, x: sheet.left, y: shape.top })
    begun = true
    if (placements.some(({ element }) => set.elements[element]!.plate)) page.plate = true
    let used = 0
    let first: { n: number; offset: number } | undefined
    placements.forEach((p) => {
      const element = set.elements[p.element]!
      // a figure that waited stands at the head of the page, but the page begins with the text below it
      const inFlow = p.element >= reached
      const repeated = inFlow && first === undefined && i > 0 && element.repeat > 0
      const there =
        p.column === undefined
          ? sheet
          : { ...sheet, left: sheet.left + p.column * (set.step ?? 0), measure: set.columnWidth ?? sheet.measure }
      element.paint(there, p.way, p.from, p.to, shape.top + p.top * shape.grid, repeated)
      used = Math.max(used, p.top + (p.to - p.from) * element.ways[p.way]!.height)
      if (inFlow) {
        first ??= element.start(p.way, p.from)
        reached = p.element
      }
      if (element.heading !== undefined && p.from === 0) {
        headings[i] ??= []
        headings[i].push(element.heading)
      }
      for (const id of element.notes(p.way, p.from, p.to)) {
        const note = painting.note(id)
        if (note) pending.push({ set: note, element: 0, line: 0 })
      }
    })
    if (first) {
      begin(onto, i, first)
    } else if (placements.length > 0) onto.unplaced.push(i)
    // notes have no place below a picture that has the page
    if (page.plate) return
    pending = paintNotes(pending, Math.min(used, shape.depth), sheet, painting, i === 0)
  })
  // notes that the section's pages cannot hold go on by themselves; each round sets at least a line
  while (pending.length > 0) {
    painting.newPage(false)
    const page = pages[pages.length - 1]!
    const at = pending[0]!
    const start = at.set.elements[at.element]?.start(0, at.line)
    if (start) begin(onto, pages.length - 1, start)
    pending = paintNotes(pending, 0, sheetOf(page), painting, false)
  }
}

function begin(onto: PaintedPages, page: number, at: { n: number; offset: number }): void {
  for (const each of onto.unplaced.splice(0)) onto.starts.push({ page: each, ...at })
  onto.starts.push({ page, ...at })
}
