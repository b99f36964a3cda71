// What to make of the book: the editions and their settings, lengths in points.

export interface Editions {
  epub?: EpubEdition | undefined
  pdf?: PdfEdition | undefined
  print?: PrintEdition | undefined
  booklet?: BookletEdition | undefined
}

export type EditionName = keyof Editions

export interface Trim {
  width: number
  height: number
}

export type EpubEdition = Record<string, never>

export interface PdfEdition {
  /** undefined: the theme's own page. */
  trim?: Trim | undefined
}

export interface PrintEdition {
  trim?: Trim | undefined
  bleed: number
  marks: boolean
  /** Added to the inside margin; 'auto': by the number of pages. */
  gutter: number | 'auto'
  cover: boolean
  /** The page count is made a multiple of this. */
  multiple: number
}

export interface BookletEdition {
  /** Sheet, portrait measure. */
  sheet: Trim
  /** Pages in a signature, a multiple of four; 'auto': one signature while that can be stapled, then sixteens. */
  signature: number | 'auto'
  /** Points that the innermost sheet's pages move towards the spine in all; 'auto': from the paper. */
  creep: number | 'auto'
  /** Thickness of one sheet. */
  paper: number
}

const MM = 72 / 25.4

/** What an edition is when nobody set anything. */
export const DEFAULT_EDITIONS = {
  epub: {},
  pdf: {},
  print: { bleed: 3 * MM, marks: false, gutter: 'auto', cover: false, multiple: 2 },
  booklet: { sheet: { width: 210 * MM, height: 297 * MM }, signature: 'auto', creep: 'auto', paper: 0.1 * MM },
} as const satisfies Required<Editions>
