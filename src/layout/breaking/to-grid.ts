// Blocks whose lines are lower or higher than the grid's, and the text that follows, which stands on the grid again: elements with their
// gaps go in, and what is to become of the rest of a line. Unit of length: one line of the grid.
import type { Element } from './page-elements.js'

/** Where what a block lacks of whole lines goes: half of it above and half below; or all of it above, so that a heading stays near its text. */
export type Lack = 'halved' | 'above'

interface OffGrid extends Element {
  gap: number
  lack?: Lack | undefined
}

const EPS = 1e-6
/** Of the space below the rest of such a block, which begins at a page's head and may end anywhere: it is drawn in by so much of itself, if that spares it growing by more. */
const GIVEN = 0.4

/** Puts what blocks lack of whole lines into the gaps around them. */
export function toGrid(elements: readonly OffGrid[]): void {
  for (let i = 0; i < elements.length; i++) {
    const lack = elements[i]!.lack
    if (lack === undefined) continue
    let end = i
    let height = 0
    while (end < elements.length && elements[end]!.lack === lack) {
      const { ways, gap } = elements[end]!
      if (end > i) height += gap
      height += ways[0]!.lines * ways[0]!.height
      end++
    }
    const next = elements[end]
    // of headings in a row the first is moved, and the others with it
    if (lack === 'above') elements[i]!.toText = depthOf(elements, i)
    else {
      const first = elements[i]!
      const below = next === undefined ? 0 : next.gap + depthOf(elements, end)
      const whole = first.gap + height + below
      first.gap += (Math.ceil(whole - EPS) - whole) / 2
      // above and below it the text pauses, however little space a theme leaves there
      if (first.gap > 0) first.pause = true
      if (next !== undefined && next.gap > 0) {
        next.pause = true
        next.give = next.gap * GIVEN
      }
    }
    i = end - 1
  }
}

/** Depth from the top of a heading to that of the text it leads to; 0 of what is no heading. */
function depthOf(elements: readonly OffGrid[], from: number): number {
  let depth = 0
  for (let i = from; elements[i]?.lack === 'above'; i++) {
    const { ways } = elements[i]!
    depth += ways[0]!.lines * ways[0]!.height + (elements[i + 1]?.gap ?? 0)
  }
  return depth
}
