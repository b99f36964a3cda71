// How full a line is, in quarters of a ratio, and what a step from one line to the next costs: numbers in, demerits out.
import { CONTRAST, EASY, JOLT } from './line-prices.js'

export const FITS = 16
/** Fitness of a line at its natural width. */
export const NATURAL = 6

/** The price of a step from one line's fitness to the next's: where there is none, at FITS; upwards and downwards from there. */
export const STEPS = Float64Array.from({ length: 2 * FITS }, (_, i) => {
  const step = Math.abs(i - FITS)
  const beyond = Math.max(0, step - EASY)
  return CONTRAST * step * step + JOLT * beyond * beyond
})
