// The door of the theme: a name or a file in, the Theme and its faces out.

export { capitals } from './capitals.js'
export { CLASSED_KINDS } from './classes.js'
export { contrast } from './contrast.js'
export { withBytes } from './faces.js'
export { type LeadIn, leadIn } from './leadin.js'
export { listThemes, loadTheme } from './load.js'
export { hasHangingLines, hasLeadIn, largeLetter, openingOf } from './paragraphs.js'
export { nearestCut, spanLooks } from './spans.js'
export type { Face, Loaded, Look, Theme } from './theme.js'
export { tellOpenings } from './unfit-openings.js'
export { unreadOn } from './unread.js'
export { INKS, type Ink, type Variant } from './variants.js'
