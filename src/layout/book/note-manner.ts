// How a book's footnotes stand, which hangs on all of them: the whole Book and its Theme go in; out comes whether they hang below the
// text or stand in it, and the longest number that needs its column. Decided once, before the book is parted into takes.
import type { Block, Book } from '../../model/book.js'
import type { Trim } from '../../model/editions.js'
import { eachBlock, notesIn } from '../../model/walk.js'
import type { Theme } from '../../theme/theme.js'
import { forTrim } from '../../theme/variants.js'
import { pageShape } from '../page-frame.js'
import { marksByPage } from '../pages/marks-by-page.js'

export interface NoteManner {
  /** They stand inside the text block, their last line on the foot that all pages share. */
  block: boolean
  /** Figures, or marks, of the longest number. */
  longest: string
}

/** Of the pages: where more have notes, those that hang would lower page after page. */
const MANY = 1 / 3
/** Of a letter, with its share of spaces, em: near enough to reckon pages. */
const LETTER = 0.42

export function noteManner(book: Book, look: Theme, trim: Trim | undefined): NoteManner {
  const theme = forTrim(look, trim)
  let longest = ''
  for (const section of book.sections) {
    // no page calls so many notes that one had three marks
    const most = marksByPage(theme, section) ? 2 : Infinity
    for (const { label } of notesIn(section))
      if (Math.min(label.length, most) > longest.length) longest = label.slice(0, most)
  }
  const { set = 'hang', place } = theme.notes
  const block =
    set === 'block' || (set === 'auto' && (place ?? 'foot') === 'foot' && shareOfNoted(book, theme, trim) > MANY)
  return { block, longest }
}

/** About how many of the book's pages have notes, 0 to 1. */
function shareOfNoted(book: Book, theme: Theme, trim: Trim | undefined): number {
  const { measure, depth } = pageShape(theme, trim)
  const full = (depth * measure) / (LETTER * theme.page.size)
  const { size, leading } = theme.styles.note
  let pages = 0
  let noted = 0
  for (const section of book.sections) {
    if (section.generated) continue
    const depths = new Map(section.notes.map((note) => [note.id, lengthOf(note.blocks) * size * leading]))
    let at = 0
    const found = new Set<number>()
    eachBlock(
      section.blocks,
      () => undefined,
      ({ text, spans }) => {
        let from = 0
        for (const span of spans) {
          if (span.kind !== 'note' || !span.first) continue
          at += span.start - from
          from = span.start
          // a note that goes on takes the next pages too
          const end = at + (depths.get(span.note) ?? 0)
          for (let page = Math.floor(at / full); page <= Math.floor(end / full); page++) found.add(page)
          at = end
        }
        at += text.length - from
      },
    )
    pages += Math.ceil(at / full)
    noted += found.size
  }
  return pages === 0 ? 0 : noted / pages
}

function lengthOf(blocks: readonly Block[]): number {
  let sum = 0
  eachBlock(
    blocks,
    () => undefined,
    (prose) => {
      sum += prose.text.length
    },
  )
  return sum
}
