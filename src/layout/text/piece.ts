// A paragraph as its lines are broken and painted: shaped pieces, the spaces between them, the ends that a line may have.
import type { Prose } from '../../model/book.js'
import type { Divisions, Ends } from '../breaking/break-lines.js'
import type { Inline, Segment, Setting } from './segments.js'
import type { Box } from './shaped-box.js'
import type { PrintStyle } from './styles.js'

/** Shaped pieces in order; index i in every array is the same piece. */
export interface Paragraph {
  prose: Prose
  style: PrintStyle
  segments: Segment[]
  inlines: Inline[]
  boxes: Box[]
  /** Index into segments. */
  segment: number[]
  /** Offset in the prose of the piece's first character. */
  start: number[]
  /** Natural width of the space after the piece, points; 0 for none. */
  space: number[]
  ends: Ends
  /** By end: the last piece before it. */
  last: number[]
  language: string
  divide: (end: number) => Divisions
  /** Characters that no face can show. */
  missing: { char: string; offset: number }[]
}

export interface Collector {
  collect(prose: Prose, style: PrintStyle, language: string, justified: boolean, setting: Setting): Paragraph
}
