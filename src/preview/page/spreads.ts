// The spreads that are drawn, with their leaves, in a run that is as tall as all spreads of the source.
import type { Source } from '../protocol.js'
import { byId, h } from './dom.js'
import { ABOVE, BESIDE, type Desk, pagesOf, rowHeight, rowsOf } from './geometry.js'
import { type Leaf, layLeaf, newLeaf } from './leaf.js'

/** `drawn`: a leaf was made, or shows something else. */
export function makeSpreads(drawn: (leaf: Leaf) => void) {
  const run = byId('run')
  const leaves = new Map<number, Leaf>()
  const spreads = new Map<number, HTMLElement>()

  const leafOf = (index: number, source: Source, desk: Desk, scale: number): Leaf => {
    const leaf = leaves.get(index) ?? newLeaf(index)
    leaves.set(index, leaf)
    layLeaf(leaf, source, desk, scale)
    drawn(leaf)
    return leaf
  }
  const drop = (isGone: (row: number) => boolean) => {
    for (const [row, spread] of spreads) {
      if (!isGone(row)) continue
      spread.remove()
      spreads.delete(row)
    }
  }
  const makeRoom = (desk: Desk, scale: number) => {
    run.style.height = `${ABOVE + rowsOf(desk) * rowHeight(scale, desk)}px`
  }

  return {
    leaves: leaves as ReadonlyMap<number, Leaf>,
    /** Another source: no leaf of the last one is of use. */
    forget() {
      leaves.clear()
    },
    /** Other pages where others stood: only those that are another are drawn. */
    renew(source: Source, desk: Desk, scale: number) {
      makeRoom(desk, scale)
      drop((row) => pagesOf(row, desk).every((page) => page === undefined))
      for (const index of leaves.keys()) if (index < desk.count) leafOf(index, source, desk, scale)
    },
    /** Another size, or other pairs: all spreads go, and those in view are to be drawn. */
    layAnew(desk: Desk, scale: number, room: { width: number }) {
      const width = Math.round(desk.width * scale) * (desk.spreads ? 2 : 1)
      run.style.width = `${width}px`
      run.style.marginInline = width + 2 * BESIDE > room.width ? `${BESIDE}px` : 'auto'
      makeRoom(desk, scale)
      drop(() => true)
    },
    /** Draws these rows, and no others. */
    draw(source: Source, desk: Desk, scale: number, [first, last]: [number, number]) {
      drop((row) => row < first || row > last)
      const kept = new Set<number>()
      for (let row = first; row <= last; row++) {
        const pages = pagesOf(row, desk)
        for (const page of pages) if (page !== undefined) kept.add(page)
        if (spreads.has(row)) continue
        const parts = pages.map((page) => (page === undefined ? undefined : leafOf(page, source, desk, scale).element))
        const spread = spreadOf(parts, row, desk, scale)
        spreads.set(row, spread)
        // In the order of the pages, for whoever reads the document and not the desk.
        const after = [...spreads.entries()].filter(([other]) => other > row).sort(([a], [b]) => a - b)[0]
        run.insertBefore(spread, after?.[1] ?? null)
      }
      for (const [index] of leaves) if (!kept.has(index)) leaves.delete(index)
    },
  }
}

function spreadOf(parts: (HTMLElement | undefined)[], row: number, desk: Desk, scale: number): HTMLElement {
  const isLone = parts.filter((part) => part !== undefined).length < 2
  const spread = h('div', { class: isLone ? 'spread single' : 'spread' }, ...parts)
  spread.style.top = `${ABOVE + row * rowHeight(scale, desk)}px`
  spread.style.left = `${desk.spreads && parts[0] === undefined ? Math.round(desk.width * scale) : 0}px`
  return spread
}
