// What a page may cost, in the same unit as lines: a line that is spaced to its limit costs about 10,000, the worst that a reader
// would still accept about a million. Pages come dearer than any line.
export const SHORT = 10_000_000 // a page that ends a line early or late
export const SHORT_TOGETHER = 9_000_000 // the same, if its neighbour does too
export const WORST_SHORT = 12 // however short a page runs: still better than a heading or a line left alone
export const STUB_PRICE = 100_000_000
export const LONE_PRICE = 90_000_000
const DIVIDED_PRICE = 25_000_000
const NEVER_PRICE = 300_000_000
export const KEEP_PRICE = 130_000_000
export const FLOAT_PRICE = 900_000 // a figure that leaves its place
export const DRIFT_PRICE = 40_000 // each line of text that goes before it
export const PASS_PRICE = 3_000_000 // a heading that goes before it
export const LATE_PRICE = 9_000_000 // a figure that comes after all of its section's text
export const PARTED_PRICE = 2_000_000 // a note that goes on on the next page
export const SINK_PRICE = 8_000 // an opening that stands a line higher or lower than its sisters; two lines: eight times that
export const ELASTIC_PRICE = 2_500_000 // a line more of space above a heading, a quotation, a list
export const STUMP = 4_000_000 // by line that a section's last page has fewer than five
export const LEAST_LAST = 5
/** States that are dearer than the best by more than this cannot become the best in practice. */
export const HOPELESS = 20_000_000
export const MOST_STATES = 40
export const LEAST_STATES = 6

/** By stop: what it costs to end a page there. */
export const STOP_PRICES = [0, STUB_PRICE, DIVIDED_PRICE, NEVER_PRICE]
