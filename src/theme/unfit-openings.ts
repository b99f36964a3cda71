// In: a book and its theme. Out: a word on each text that the theme would open with a large letter, and that is none for it.
import { type Report, warning } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import { eachBlock } from '../model/walk.js'
import { openingOf, whyNotLarge } from './paragraphs.js'
import type { Theme } from './theme.js'

export function tellOpenings(book: Book, theme: Pick<Theme, 'opening' | 'sections'>, report: Report): void {
  for (const section of book.sections) {
    const opening = openingOf(theme, section.role)
    if (opening.kind !== 'drop-cap' && opening.kind !== 'raised') continue
    eachBlock(
      section.blocks,
      () => undefined,
      (prose, block) => {
        const found = whyNotLarge(prose, block.role, opening)
        if (found === undefined) return
        const [why, hint] = found
        warning(report, 'opening-letter', block.place, `the paragraph does not open with a large letter: ${why}`, hint)
      },
    )
  }
}
