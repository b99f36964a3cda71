// Spaces that stand on one another in three lines or more are a river: the eye runs down it instead of along its line. A line is kept as a
// row of bits, set where the middles of its spaces are; where two rows have a bit in common, a space stands on another. In go a line's
// ends, and the row of the way above it; out comes how many of its spaces lie on a river.
import type { Ends } from './ends.js'

/** Bits of a row, over the measure: one is about a third of a space. */
const CELLS = 256
const WORDS = CELLS / 32
/** Ways of a paragraph of which rows are kept; those beyond, of some hundred lines, begin no river. */
const MOST = 4096
/** Two spaces stand on one another if they share two thirds of their width: if a sixth of one to both sides of its middle meets that of the other. */
const MIDDLE = 1 / 3
/** What a line lacks is shared between its letters and its spaces; the letters' share of it, as a rule (see even-letters.ts). */
const OF_LETTERS = 0.36

// places in `given`
export const FROM_INK = 0
export const FROM_SPACE = 1
export const TO_INK = 2
export const TO_SPACE = 3
export const START = 4
export const LACK = 5
export const MEASURE = 6

export class Rivers {
  /** Of a line: the ink and the spaces up to its beginning, and up to its end; where it begins; what it lacks; the measure. */
  readonly given = new Float64Array(7)
  /** Its row. */
  private readonly row = new Int32Array(WORDS)
  /** By way, three rows: its last line's; what of it stands on the line above; what of that stands on a line above that. */
  private readonly kept = new Int32Array(MOST * 3 * WORDS)
  /** The row of the best line to a place so far, by slot. */
  private readonly best: Int32Array

  constructor(slots: number) {
    this.best = new Int32Array(slots * WORDS)
  }

  begin(): void {
    this.kept.fill(0, 0, 3 * WORDS)
  }

  /** A line with the spaces at ends [from, to), and with what is `given`. */
  fill(e: Ends, from: number, to: number): void {
    const { given, row } = this
    for (let w = 0; w < WORDS; w++) row[w] = 0
    const [ink0, space0] = [given[FROM_INK]!, given[FROM_SPACE]!]
    const [ink, space, lack] = [given[TO_INK]! - ink0, given[TO_SPACE]! - space0, given[LACK]!]
    const cells = CELLS / given[MEASURE]!
    const letters = (ink > 0 ? 1 + (lack * OF_LETTERS) / ink : 1) * cells
    const spaces = (space > 0 ? 1 + (lack * (1 - OF_LETTERS)) / space : 1) * cells
    const start = given[START]! * cells
    for (let k = from; k < to; k++) {
      const wide = (e.spaceAfter[k]! - e.space[k]!) * spaces
      if (wide <= 0) continue
      const left = start + (e.ink[k]! - ink0) * letters + (e.space[k]! - space0) * spaces + (wide * (1 - MIDDLE)) / 2
      const last = Math.min(CELLS - 1, (left + wide * MIDDLE) | 0)
      for (let c = Math.max(0, left | 0); c <= last; c++) row[c >> 5]! |= 1 << (c & 31)
    }
  }

  /** How many spaces of the line lie on a river of three lines, if it follows this way; those of more lines count three times. */
  below(way: number): number {
    if (way >= MOST) return 0
    const { row, kept } = this
    let found = 0
    for (let w = 0, on = (way * 3 + 1) * WORDS; w < WORDS; w++, on++) {
      const river = kept[on]! & row[w]!
      if (river !== 0) found += runs(river) + 2 * runs(kept[on + WORDS]! & row[w]!)
    }
    return found
  }

  isBest(slot: number): void {
    const { best, row } = this
    for (let w = 0, at = slot * WORDS; w < WORDS; w++, at++) best[at] = row[w]!
  }

  /** A way's last line is the best of a slot, and follows the way `from`. */
  keep(way: number, from: number, slot: number): void {
    if (way >= MOST) return
    const { best, kept } = this
    const at = way * 3 * WORDS
    const above = from * 3 * WORDS
    for (let w = 0; w < WORDS; w++) {
      const bits = best[slot * WORDS + w]!
      kept[at + w] = bits
      kept[at + WORDS + w] = bits & kept[above + w]!
      kept[at + 2 * WORDS + w] = bits & kept[above + WORDS + w]!
    }
  }
}

/** How many runs of ones there are. */
function runs(bits: number): number {
  let found = 0
  for (let starts = bits & ~(bits << 1); starts !== 0; starts &= starts - 1) found++
  return found
}
