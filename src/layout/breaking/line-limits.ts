// What a line breaker is told of a paragraph's lines: their width, what gives way in them and how far, and what is unwelcome.

import { type LineAbove, NOTHING_ABOVE } from './ends.js'

export interface Limits {
  /** Width of line i: measure - (insets[i] ?? last inset). */
  measure: number
  insets: ArrayLike<number>
  /** Lines that follow a forced end take insets[0]. */
  restarts?: boolean | undefined
  /** Stretch and shrink of a space at ratio ±1, as shares of its natural width. */
  spaceStretch: number
  spaceShrink: number
  /** Of all ink and spaces together (font expansion), as shares. */
  expand: number
  condense: number
  /** Of every glyph (letter-spacing), as lengths. */
  trackOut: number
  trackIn: number
  /** Highest ratio in the first try. */
  tolerance: number
  /** False: lines keep their natural spaces, and only raggedness is weighed. */
  justified: boolean
  /** A last line should be longer than this, and never shorter than `runt`. */
  lastLine: number
  runt: number
  /** Signs that a last line has at least, if it can be helped. */
  leastLetters?: number | undefined
  /** A last line should fall short of the measure by this much at least. */
  lastGap: number
  /** Price of a line that stops at a hyphen (a penalty, squared into demerits). */
  hyphenPenalty: number
  /** Rivers cost something. */
  rivers?: boolean | undefined
  /** The line that the first one stands below, if it is one of a text like this. */
  above?: LineAbove | undefined
  /** The word that opens the paragraph below it, as a number (0: none to speak of). */
  below?: number | undefined
  /** That paragraph has one line, and another opens with the same word below it. */
  belowTwice?: boolean | undefined
}

/** Limits come from many hands; V8 is quicker with objects of one shape. */
export interface PlainLimits extends Limits {
  insets: Float64Array
  leastLetters: number
  above: LineAbove
  below: number
  belowTwice: boolean
}

export function plainLimits(l: Limits): PlainLimits {
  return {
    measure: l.measure,
    insets: l.insets instanceof Float64Array ? l.insets : Float64Array.from(l.insets),
    restarts: l.restarts === true,
    spaceStretch: l.spaceStretch,
    spaceShrink: l.spaceShrink,
    expand: l.expand,
    condense: l.condense,
    trackOut: l.trackOut,
    trackIn: l.trackIn,
    tolerance: l.tolerance,
    justified: l.justified,
    lastLine: l.lastLine,
    runt: l.runt,
    leastLetters: l.leastLetters ?? 0,
    lastGap: l.lastGap,
    hyphenPenalty: l.hyphenPenalty,
    rivers: l.rivers === true,
    above: l.above ?? NOTHING_ABOVE,
    below: l.below ?? 0,
    belowTwice: l.belowTwice === true,
  }
}
