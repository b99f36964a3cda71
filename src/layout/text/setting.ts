// What prose is set with. Three bags, each in the next: the faces and styles of a book, the tools that are kept from one of its builds to the
// next, and what a section says besides.
import type { Prose } from '../../model/book.js'
import type { LeadIn } from '../../theme/leadin.js'
import type { Overlay } from '../../theme/theme.js'
import type { Divisions, LineBreaker } from '../breaking/break-lines.js'
import type { Paragraph } from './piece.js'
import type { BookType, PrintStyle } from './styles.js'

export interface Collector {
  collect(prose: Prose, style: PrintStyle, language: string, justified: boolean, setting: Setting): Paragraph
}

/** What sets the texts of a book, with all that was shaped with it: kept while the book is built again and again. */
export interface Tools extends BookType {
  collector: Collector
  breaker: LineBreaker
  /** Working memory of `divide`. */
  divisions: Divisions
}

/** What all paragraphs of a section are set with. */
export interface Setting extends Tools {
  /** As printed: '3' for a note's id. */
  noteLabel(id: string): string
  /** What a cross-reference prints after its text: ' (p. 12)', or '' while unknown. */
  pageRef(href: string): string
  /** An image by its path: its index in the Typeset, its size in pixels; undefined if there is none. */
  image(src: string): TextPicture | undefined
  /** How a text that opens a chapter begins: its large letter that stands on the line, and its lead-in, if it has them. */
  begins(prose: Prose): Opening | undefined
}

export interface Opening {
  lead: LeadIn | undefined
  /** Letters up to `end` are larger, or of another face or colour. */
  raised: { end: number; look: Overlay } | undefined
}

/** A picture of the book, by its index in the Typeset and its size in pixels. */
export interface TextPicture {
  index: number
  width: number
  height: number
  vector: boolean
}
