// Looks that no theme says, because they are the same in every book: one value for both outputs.

/** × the size of the text around, and how far off its baseline, em of that text. */
export const RAISED = { size: 0.66, rise: 0.33 }
export const LOWERED = { size: 0.66, rise: -0.14 }
/** × the size of the text around. */
export const SMALL = 0.85
/** Code within text: faces for code look larger than those for text. */
export const CODE = 0.82
/** Steps by which lines of verse are indented, em. */
export const VERSE_STEP = 1.5
/** Of a table: between columns, em of the body size; above and below a row, lines. */
export const TABLE = { gutter: 1, padding: 0.2 }
/** By which the chapters of a part stand in, in the contents, em. */
export const CONTENTS_STEP = 1.2
