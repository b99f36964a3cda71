// A paragraph as its lines are broken and painted: shaped pieces, the spaces between them, the ends that a line may have.
import type { Prose } from '../../model/book.js'
import type { Divisions, Ends } from '../breaking/break-lines.js'
import type { Lettering } from './letter-forms.js'
import type { Box, Boxes } from './shaped-box.js'
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

/** An element inside a paragraph that the structure tree shows. */
export interface Inline {
  type: 'Link' | 'Reference' | 'Code' | 'Span' | 'Em' | 'Strong' | 'Figure' | 'Quote' | 'Ruby' | 'RB' | 'RT' | 'RP'
  /** Index into the paragraph's inlines, -1: the paragraph itself. */
  parent: number
  lang?: string | undefined
  href?: string | undefined
  description?: string | undefined
  alt?: string | undefined
  /** What an abbreviation stands for. */
  expansion?: string | undefined
  /** A place that can be linked to. */
  id?: string | undefined
}

/** A stretch of text that is set alike. */
export interface Segment {
  start: number
  end: number
  lettering: Lettering
  language: string
  /** Shaped boxes in these letters. */
  shape: Boxes
  /** The face has every character. */
  plain: boolean
  /** May be cut anywhere: code and addresses. */
  verbatim: boolean
  hyphenate: boolean
  /** Set instead of the text: a note's label, a page number. */
  replace: string | undefined
  /** Index into inlines, -1 for none. */
  inline: number
  line: 'none' | 'under' | 'through'
  image: { index: number; width: number; height: number } | undefined
}
