// Which text starts which page: all that the EPUB needs to know of the PDF's layout.

/** Where a printed page begins in the text. Blank pages have none. */
export interface PageStart {
  /** As printed: 'xii', '37'. */
  label: string
  /** The anchor (Prose.n or Block.n) that the page's first text belongs to. */
  n: number
  /** UTF-16 offset in that prose; 0 if it starts with it, or if the anchor is a block without text. A word broken over the page is cut where it was hyphenated. */
  offset: number
}
