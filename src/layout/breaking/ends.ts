// What a line breaker is told of a paragraph: the places where lines may end, as sums of lengths; and the lines that it finds.

/** A paragraph as sums over everything that stands before each of its ends. An end is a place where a line may stop; the last one is the paragraph's. */
export interface Ends {
  count: number
  /** Up to the end: ink, natural width of the justifiable spaces, number of glyphs. A space at the end does not count. */
  ink: Float64Array
  space: Float64Array
  glyphs: Float64Array
  /** Up to the first thing after the end: the next line starts from here. */
  inkAfter: Float64Array
  spaceAfter: Float64Array
  glyphsAfter: Float64Array
  /** How far the line may hang out on its right if it stops here, and the next line on its left: never the paragraph's first. */
  hangRight: Float64Array
  hangLeft: Float64Array
  /** 0 for a good break; at most MAX_PENALTY. */
  penalty: Float64Array
  /** The word that ends the line here, and the one that begins the next, as numbers (0: none to speak of); the paragraph's first is behind the last end. */
  tails: Int32Array
  heads: Int32Array
  /** See the flags below. */
  flags: Uint8Array
}

/** The end prints a hyphen, or follows one. */
export const HYPHEN = 1
/** A line must stop here (not set on the last end, where it is understood). */
export const FORCED = 2
/** The piece before this end can perhaps be divided: ask `divide`. */
export const DIVISIBLE = 4

/** Ends inside one piece, found only when a line may stop there. Filled by `divide`, offsets ascending. */
export interface Divisions {
  count: number
  /** Whatever `divide` wants to find again: stored with the break. At least 1. */
  mark: Int32Array
  /** Up to the division with its hyphen, and up to the first thing after it, as for Ends. */
  ink: Float64Array
  glyphs: Float64Array
  inkAfter: Float64Array
  glyphsAfter: Float64Array
  hangRight: Float64Array
  hangLeft: Float64Array
  penalty: Float64Array
  /** HYPHEN or 0. */
  flags: Uint8Array
}

export const MAX_PENALTY = 10_000

/** The words at a line's two ends, as numbers (0: none to speak of), and whether the line above it has the same: 1 the first, 2 the last, 3 both. */
export interface LineAbove {
  head: number
  tail: number
  stacked: number
}

export const NOTHING_ABOVE: LineAbove = { head: 0, tail: 0, stacked: 0 }

export interface Lines {
  /** By line: index of its end, mark of the division (0: the end itself), and the ratio at which it is set. */
  ends: Int32Array
  marks: Int32Array
  ratios: Float64Array
  /** Total demerits: what this way of breaking costs. */
  demerits: number
  /** A line that could not be set within limits: -1 none, else its index. */
  bad: number
  /** Its last line, which the next paragraph's first stands below. */
  foot: LineAbove
}

/** Of a paragraph without a word. */
export const NO_LINES: Lines = {
  ends: new Int32Array(0),
  marks: new Int32Array(0),
  ratios: new Float64Array(0),
  demerits: 0,
  bad: -1,
  foot: NOTHING_ABOVE,
}
