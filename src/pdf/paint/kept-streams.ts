// What a painter keeps for the next file of the same book: pages that are the same items in the same codes are not painted or
// deflated again.
import type { Item } from '../../layout/typeset.js'

export interface PaintedPage {
  /** Deflated; undefined for a page without ink. */
  content: Uint8Array | undefined
  /** The items that open marked content, by MCID. */
  opened: readonly number[]
}

export interface PaintMemory {
  /** To be called before a file's pages are painted: with other codes or pictures all is forgotten. */
  open(names: readonly Uint16Array[], pictures: readonly (string | undefined)[]): void
  recall(items: readonly Item[]): PaintedPage | undefined
  keep(items: readonly Item[], page: PaintedPage): void
}

export function createPaintMemory(): PaintMemory {
  let about = ''
  let pages = new WeakMap<readonly Item[], PaintedPage>()
  return {
    open(names, pictures) {
      const now = JSON.stringify([names.map((codes) => [...codes]), pictures])
      if (now !== about) pages = new WeakMap()
      about = now
    },
    recall: (items) => pages.get(items),
    keep: (items, page) => void pages.set(items, page),
  }
}
