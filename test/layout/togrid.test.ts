// Listings and headings whose lines are not the grid's, on numbers: where what they lack of whole lines goes, on a page and over its end.
import { describe, expect, it } from 'vitest'
import { breakPages, type Element } from '../../src/layout/breaking/break-pages.js'
import { type Lack, toGrid } from '../../src/layout/breaking/to-grid.js'
import { block, single, TEN, text } from './columns.js'

type Off = Element & { gap: number; lack?: Lack }

const listing = (lines: number, gap: number, more: Partial<Off> = {}): Off[] =>
  Array.from({ length: lines }, (_, i) => ({ ...block(0.8), gap: i === 0 ? gap : 0, lack: 'halved', ...more }))

/** By element: the white above it, on its page; and where it stands. */
function set(elements: Off[], depth = 10) {
  toGrid(elements)
  const { placements } = breakPages(elements, { ...TEN, depth })
  let page = -1
  let foot = 0
  return placements.map((p) => {
    const white = p.page === page ? p.top - foot : 0
    page = p.page
    foot = p.top + (p.to - p.from) * elements[p.element]!.ways[p.way]!.height
    return { element: p.element, page, top: p.top, white: Math.round(white * 1000) / 1000 }
  })
}

describe('what a listing lacks of whole lines', () => {
  it('stands above it and below it, half of it each', () => {
    for (let lines = 1; lines < 7; lines++) {
      const found = set([text(2), ...listing(lines, 1), text(2, { gap: 1 })] as Off[], 20)
      const [above, below] = [found[1]!.white, found.at(-1)!.white]
      expect(above, `${lines} lines`).toBeCloseTo(below)
      expect(above).toBeLessThan(1.5)
      expect(found.at(-1)!.top % 1).toBe(0)
    }
  })

  it('is reckoned with the box around it, and with spaces of half a line', () => {
    const room = (gap: number): Off => ({ ...block(0.4), gap, lack: 'halved', keepNext: true })
    for (let lines = 1; lines < 7; lines++) {
      const found = set([text(2), room(0.5), ...listing(lines, 0), room(0), text(2, { gap: 0.5 })] as Off[], 20)
      const [above, below] = [found[1]!.white, found.at(-1)!.white]
      expect(above, `${lines} lines`).toBeCloseTo(below)
      expect(above).toBeLessThan(1)
    }
  })

  it('is no hole below the rest of one, at the head of the next page', () => {
    for (let lines = 9; lines < 20; lines++) {
      // what follows may want a line more of white for its own sake: not all that may follow does
      const whites = [5, 6, 7, 8, 9].map((after) => {
        const found = set([...single(4), ...listing(lines, 1), text(3, { gap: 1 }), ...single(after)] as Off[])
        const at = found.findIndex(({ element }) => element === 4 + lines)
        expect(found[at]!.page).toBeGreaterThan(0)
        expect(found[at]!.top % 1).toBe(0)
        return found[at - 1]!.page === found[at]!.page ? found[at]!.white : 1
      })
      // as much as it asks for, half a line more or less, rather more
      const least = Math.min(...whites)
      expect(least, `${lines} lines`).toBeGreaterThanOrEqual(0.6 - 1e-6)
      expect(least, `${lines} lines`).toBeLessThan(1.6)
    }
  })
})

describe('what a heading lacks of whole lines', () => {
  const heading = (gap = 1): Off => ({ ...block(1.5, { keepNext: true }), gap, lack: 'above' })

  it('stands above it, and it is near the text that it leads to', () => {
    const found = set([text(3), heading(), text(3, { gap: 0.25 })] as Off[])
    expect(found.map(({ white }) => white)).toEqual([0, 1.25, 0.25])
    expect(found[2]!.top).toBe(6)
  })

  it('stands above it below a listing, too, and between two of them is none', () => {
    const found = set([text(2), ...listing(3, 1), heading(), heading(0), text(2, { gap: 0.25 })] as Off[], 20)
    expect(found.slice(-3).map(({ white }) => white)).toEqual([expect.closeTo(found[1]!.white), 0, 0.25])
    expect(found.at(-1)!.top % 1).toBe(0)
  })

  it('is left alone at the head of a page', () => {
    expect(set([...single(10), heading(), text(3, { gap: 0.25 })] as Off[]).at(-2)!.top).toBe(0)
    expect(set([heading(), text(3, { gap: 0.25 })] as Off[])[0]!.top).toBe(0)
    const two = set([heading(), heading(0.5), text(3, { gap: 0.25 })] as Off[])
    expect(two.map(({ top }) => top)).toEqual([0, 2, 4])
  })
})
