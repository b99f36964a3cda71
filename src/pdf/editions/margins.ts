// In: pages as set. Out: how far their text stays from the fold and from the outer edge, and by how much it has to move.
import type { Page, TextRun, Typeset } from '../../layout/typeset.js'

/** The least distances of any line, points: `inside` to the spine, `outside` to the fore-edge. */
export interface Margins {
  inside: number
  outside: number
}

/** Of the given pages; infinite if they have no text. */
export function marginsOf(pages: readonly Page[], typeset: Pick<Typeset, 'fonts' | 'width'>): Margins {
  let inside = Number.POSITIVE_INFINITY
  let outside = Number.POSITIVE_INFINITY
  for (const page of pages) {
    let left = Number.POSITIVE_INFINITY
    let right = Number.POSITIVE_INFINITY
    for (const item of page.items) {
      if (item.kind !== 'text') continue
      left = Math.min(left, item.x)
      right = Math.min(right, typeset.width - item.x - widthOf(item, typeset.fonts))
    }
    const recto = page.side === 'recto'
    inside = Math.min(inside, recto ? left : right)
    outside = Math.min(outside, recto ? right : left)
  }
  return { inside, outside }
}

function widthOf(run: TextRun, fonts: Typeset['fonts']): number {
  const { codes } = fonts[run.font]!
  // A space at the end of a line takes no room.
  let count = run.codes.length
  while (count > 0 && codes[run.codes[count - 1]!]!.text === ' ') count--
  let sum = 0
  for (let i = 0; i < count; i++) sum += codes[run.codes[i]!]!.advance + (run.shifts ? run.shifts[i]! : 0)
  return ((sum * run.size) / 1000 + count * run.tracking) * run.stretch
}

/** What printers on demand ask for at the spine, by the number of pages; points. */
const GUTTERS: [pages: number, inside: number][] = [
  [150, 27],
  [300, 36],
  [500, 45],
  [700, 54],
  [Number.POSITIVE_INFINITY, 63],
]

/** The inside margin that a book of so many pages needs, points. */
export function insideNeeded(pages: number): number {
  return GUTTERS.find(([most]) => pages <= most)![1]
}

/** What they ask for at the other edges. */
export const OUTSIDE_NEEDED = 18
