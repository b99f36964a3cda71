// In: what the painter has to do, bit by bit. Out: the work of all of it, in milliseconds; or a Fault, as soon as it is too much.
// The figures are measured, on one core of a common machine.
import { FIXED } from '../../../model/limits.js'
import { tooComplex } from '../parse-xml.js'

/** Bytes of pixels that are held at one time. */
const MAX_HELD = FIXED.svgHeld.value * 1e6
/** Letters of text: each becomes an outline. */
const MAX_LETTERS = FIXED.svgLetters.value
/** Comparisons of elements with rules. */
const MAX_MATCHES = FIXED.svgRules.value
/** Numbers in all outlines, each time that they are drawn. */
const MAX_NUMBERS = FIXED.svgPoints.value

/** Nanoseconds. */
export const COST = {
  element: 25_000,
  /** An element and a rule that might be its. */
  match: 60,
  /** × the square of the declarations in one style, or in all rules together: the painter looks through those before. */
  declaration: 10,
  letter: 150_000,
  number: 600,
  /** A line of a path, for each row of pixels that it crosses. */
  row: 100,
  /** A stroke is an outline of its own. */
  dash: 4_000,
  pixel: 12,
  gradient: 30,
  layer: 100,
  mask: 250,
  tile: 30,
  decoded: 40,
} as const

/** Every amount is of one drawing; `times`: how often it is drawn. */
export interface Ledger {
  work: number
  spend(nanoseconds: number, times: number): void
  /** Bytes of all layers at one time. */
  hold(bytes: number): void
  match(comparisons: number): void
  letters(count: number, times: number): void
  points(count: number, times: number): void
}

/** `most`: milliseconds. */
export function openLedger(most: number): Ledger {
  let [matches, letters, numbers] = [0, 0, 0]
  const ledger: Ledger = {
    work: 0,
    spend(nanoseconds, times) {
      ledger.work += (nanoseconds * times) / 1e6
      // NaN too.
      if (!(ledger.work <= most)) throw tooComplex('takes too long to draw')
    },
    hold(bytes) {
      if (!(bytes <= MAX_HELD)) throw tooComplex('takes too much memory to draw')
    },
    match(comparisons) {
      matches += comparisons
      if (!(matches <= MAX_MATCHES)) throw tooComplex('has too many rules of style for so many elements')
    },
    letters(count, times) {
      letters += count * times
      if (!(letters <= MAX_LETTERS)) throw tooComplex(`has more than ${MAX_LETTERS} letters of text`)
      ledger.spend(count * COST.letter, times)
    },
    points(count, times) {
      numbers += count * times
      if (!(numbers <= MAX_NUMBERS)) throw tooComplex('has outlines with too many points')
      ledger.spend(count * COST.number, times)
    },
  }
  return ledger
}
