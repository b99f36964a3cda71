// In: a book that is proved, and an edition on paper. Out: its sheets as its printer gets them; as they would be, if the book does not
// ask for it.
import type { Typeset } from '../layout/typeset.js'
import { settle } from '../model/editions.js'
import type { Sheets } from '../pdf/index.js'
import { lookIn } from '../theme/theme.js'
import { coverArt } from './cover.js'
import { citedEdition, keyOf, type Paged, trimOf } from './layouts.js'
import { wrapSheet } from './make-wrap.js'
import type { Memory } from './memory.js'
import type { Opened } from './open.js'

export type { Sheets }

export type SheetName = 'print' | 'booklet' | 'cover-wrap'

export interface ProofSheets extends Sheets {
  /** The very pages of the proof stand on them. */
  same: boolean
}

export async function sheetsOf(
  opened: Opened,
  pages: Typeset,
  name: SheetName,
  { layouts }: Memory,
): Promise<ProofSheets> {
  const { book, look, editions } = opened
  const { theme, faces } = lookIn(look, name)
  const asked = editions[name]
  const { bookletSheets, printSheets, wrapSheets } = await import('../pdf/index.js')
  let layout = pages
  if (asked !== undefined) {
    const trim = trimOf(asked as Paged, editions) ?? theme.page
    const cited = citedEdition(editions)
    const isSame = (cited === undefined ? look : lookIn(look, cited)) === lookIn(look, name)
    if (!isSame || trim.width !== pages.width || trim.height !== pages.height) {
      const { createLayoutMemory, typeset } = await import('../layout/index.js')
      const key = keyOf(look, name, trim)
      const memory = layouts.get(key) ?? createLayoutMemory()
      layouts.set(key, memory)
      const silent = () => undefined
      const cover = await coverArt(book, theme, faces, trim, silent)
      layout = await typeset(book, theme, faces, { trim, memory, cover, traced: true }, silent)
    }
  }
  const same = layout === pages
  if (name === 'print') return { ...printSheets(layout, editions.print ?? settle('print')), same }
  if (name === 'booklet') return { ...bookletSheets(layout, editions.booklet ?? settle('booklet')), same }
  const edition = editions['cover-wrap'] ?? settle('cover-wrap')
  const { sheet } = await wrapSheet(book, { theme, faces }, edition, layout, () => undefined)
  return { ...wrapSheets(sheet, edition), same: false }
}
