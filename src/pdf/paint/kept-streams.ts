// What a painter keeps for the next file of the same book: pages that show the same in the same codes are not painted or
// deflated again.

export interface PaintedPage {
  /** Deflated; undefined for a page without ink. */
  content: Uint8Array | undefined
  /** The items that open marked content, by MCID. */
  opened: readonly number[]
}

export interface PaintMemory {
  /** To be called before a file's pages are painted: with other codes or pictures all is forgotten. */
  open(codes: readonly Uint16Array[], pictures: readonly (string | undefined)[]): void
  /** `ink`: see Page. */
  recall(ink: object): PaintedPage | undefined
  keep(ink: object, page: PaintedPage): void
}

export function createPaintMemory(): PaintMemory {
  let about = ''
  let pages = new WeakMap<object, PaintedPage>()
  return {
    open(codes, pictures) {
      const now = JSON.stringify([codes.map((each) => [...each]), pictures])
      if (now !== about) pages = new WeakMap()
      about = now
    },
    recall: (ink) => pages.get(ink),
    keep: (ink, page) => void pages.set(ink, page),
  }
}
