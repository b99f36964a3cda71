// In: a number of pages. Out: which of them stand side by side on which sheet, so that the folded pile reads in order.
// Numbers alone: saddle stitch, in one signature or several (each pair of a signature of n pages adds up to n + 1).

/** Index of a page, or -1 for a blank. */
export type Slot = number

export interface Sheet {
  front: { left: Slot; right: Slot }
  back: { left: Slot; right: Slot }
  /** How far its pages move towards the fold, in parts of what the innermost sheet's do: 0 outside, 1 inside. */
  creep: number
}

export interface Imposition {
  /** By signature, from the outermost sheet inwards. */
  signatures: Sheet[][]
  /** Pages of all signatures together, a multiple of four. */
  places: number
}

/** More pages than these do not fold and staple well. */
const STAPLED = 64
const SIXTEEN = 16

/** `signature`: pages in one, a multiple of four. Blanks come before the last page, which is the back cover. */
export function impose(pages: number, signature: number | 'auto'): Imposition {
  const places = Math.max(4, Math.ceil(pages / 4) * 4)
  const order: Slot[] = []
  for (let place = 0; place < places; place++) {
    if (place === places - 1) order.push(pages - 1)
    else order.push(place < pages - 1 ? place : -1)
  }
  const size = signature === 'auto' ? (places <= STAPLED ? places : SIXTEEN) : signature
  const signatures: Sheet[][] = []
  for (let from = 0; from < places; from += size) signatures.push(fold(order.slice(from, from + size)))
  return { signatures, places }
}

/** One signature: sheet i carries the pages i from both ends. */
function fold(order: readonly Slot[]): Sheet[] {
  const count = order.length / 4
  const sheets: Sheet[] = []
  for (let i = 0; i < count; i++) {
    const first = 2 * i
    const last = order.length - 1 - 2 * i
    sheets.push({
      front: { left: order[last]!, right: order[first]! },
      back: { left: order[first + 1]!, right: order[last - 1]! },
      creep: count > 1 ? i / (count - 1) : 0,
    })
  }
  return sheets
}

/** Folded paper lies around what is within it, and staples do not press it flat: so much more than its thickness. */
const SWELL = 1.3

/** What the innermost of so many sheets has to move towards the fold, points. `paper`: a sheet's thickness, points. */
export function creepOf(sheets: number, paper: number): number {
  return (sheets - 1) * paper * SWELL
}
