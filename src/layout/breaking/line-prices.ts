// What a line may cost: prices of what the trade dislikes, in demerits. docs/prices.md says why, and a test holds it to these.

/** × the square of a line's ratio: even lines are worth most, and variance is what the eye sees of a page. */
export const UNEVEN = 11_000
/** × its sixth power: rather three lines that give a little than one that gives much. */
export const FAR = 3_200
/** × the square of the step to the line above, in quarters of a ratio: a line like its neighbour is worth more than a perfect space. */
export const CONTRAST = 20
export const JOLT = 1_000 // × the square of what that step has beyond EASY: more than letters and spaces could hide
export const EASY = 5 // quarters of a ratio
export const HOLE = 6e6 // a line that gives more than GAPING: its spaces are holes
export const GAPING = 3.2 // the ratio from which on it is one
export const CRAMPED = 300_000 // a line that is narrower than its limit, where no way within the limits was found
export const MOST_CRAMPED = 1.35 // and the ratio at which it ends
export const SECOND_HYPHEN = 12_000 // two lines in a row that stop at a hyphen
export const LADDER = 5e7 // three: never if it can be helped
export const LAST_HYPHEN = 60_000 // the last line begins with part of a word
export const LAST_PART = 1_200_000 // it is nothing but that part
export const STACK = 8_000 // two lines in a row begin, or end, with the same word
export const TRIPLE = 2_600_000 // three: more than DEAR, so that looser lines are tried
export const RIVER = 1_000 // a space that stands on one of the line above, and that on another
export const SHORT_LAST = 40_000 // a last line that is hardly longer than the next indent
export const RUNT = 5e7 // one that is shorter than any word should be alone
export const LEAST_LETTERS = 5 // signs in a last line: of fewer it is a runt, however wide a dash makes it
export const FULL_LAST = 2_000 // one that nearly fills its measure
export const CRUSHED = 100_000 // × the square of what a paragraph's one line is drawn in beyond half of what it can give
export const DEAR = 2_500_000 // a paragraph that costs as much is tried again with looser lines
export const OVERFULL = 1e9 // by length that a line runs over: only where nothing else is left
/** A number of lines that costs this much more than another is forgotten. */
export const USELESS = 8e6

// Penalties: squared, they become demerits.
export const HYPHEN_PENALTY = 133.2 // a hyphen that we print; half of it behind the author's own
export const SHORT_PART = 2_300 // a division that leaves fewer letters than the language's least
export const NAME = 1_500 // of a word with a capital
export const SHORT_COMPOUND = 500 // a compound at its own hyphen, with one or two letters on a side
export const NAME_COMPOUND = 400 // a double name at its own hyphen
