// A style's numbers for the line breaker: how wide its lines are, what gives way in them, and what their last one keeps to.
import type { SpacingStyle } from '../../theme/theme.js'
import type { Limits } from '../breaking/break-lines.js'
import { HYPHEN_PENALTY, LEAST_LETTERS } from '../breaking/line-prices.js'
import type { PrintStyle } from '../text/styles.js'

export function limitsFor(style: PrintStyle, give: SpacingStyle, measure: number, insets: ArrayLike<number>): Limits {
  const size = style.lettering.size
  const justified = style.align === 'justify'
  return {
    measure,
    insets,
    spaceStretch: give.stretch,
    spaceShrink: give.shrink,
    expand: justified ? give.expand : 0,
    condense: justified ? give.condense : 0,
    trackOut: give.trackOut * size,
    trackIn: give.trackIn * size,
    tolerance: justified ? 1.75 : 4,
    justified,
    ...ANY_LAST,
    lastGap: justified ? 0.75 * size : 0,
    hyphenPenalty: HYPHEN_PENALTY,
    rivers: justified,
  }
}

type LastLine = Pick<Limits, 'lastLine' | 'runt' | 'leastLetters'>

/** A last line that is as long as it comes: of a heading, a cell, a line of verse. */
export const ANY_LAST: LastLine = { lastLine: 0, runt: 0, leastLetters: 0 }

/** What the last line of a paragraph keeps to. */
export function lastLines(size: number, insets: ArrayLike<number>): LastLine {
  return { lastLine: Math.max(3.2 * size, insets[0] ?? 0), runt: 2.2 * size, leastLetters: LEAST_LETTERS }
}
