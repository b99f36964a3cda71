// The typeset pages on the desk, of which those in view are drawn. A source of pages goes in; where its reader stands is kept through
// every change of it, of its size and of the window's.
import type { Source } from '../protocol.js'
import { byId, framed } from './dom.js'
import { pagesInView } from './geometry.js'
import { makeLaying, TOP, type Wanted, type Zoom } from './laying.js'
import { type Leaf, placePressed } from './leaf.js'
import { makeSpreads } from './spreads.js'

interface Calls {
  /** A leaf was made, or shows something else: its marks are to be drawn. */
  drawn(leaf: Leaf): void
  /** Other pages are in view, or the scale changed. */
  moved(): void
  pressed(index: number, x: number, y: number, twice: boolean): void
  /** Where the marked word stands (points), if there is one: seen before the room changed, it is seen after. */
  marked(): { page: number; y: number | undefined } | undefined
}

export function makePaper(calls: Calls) {
  const scroll = byId('sheets')
  const spreads = makeSpreads(calls.drawn)
  const wanted: Wanted = { source: undefined, zoom: 'width', spreads: true, rtl: false }
  const laying = makeLaying(scroll, wanted, spreads, calls)

  const zoomTo = (value: Zoom) => {
    wanted.zoom = typeof value === 'number' ? Math.min(12, Math.max(0.1, value)) : value
    laying.lay()
  }
  listen(scroll, {
    scrolled: laying.draw,
    resized: () => {
      const { width, height } = laying.room
      if (scroll.clientWidth !== width || scroll.clientHeight !== height) laying.lay()
    },
    pressed(event) {
      const at = placePressed(event, laying.scale)
      if (at !== undefined) calls.pressed(at.index, at.x, at.y, event.detail === 2)
    },
    zoomed: (by) => zoomTo(laying.scale * by),
  })

  return {
    get scale() {
      return laying.scale
    },
    get desk() {
      return laying.desk
    },
    get zoom() {
      return wanted.zoom
    },
    leaves: spreads.leaves,

    /** Another source, or other pages of this one. `stay`: the page that is to stand where the top one stood. */
    show(source: Source, { spreads: pairs, rtl }: Pick<Wanted, 'spreads' | 'rtl'>, stay?: number) {
      const isOther = wanted.source?.name !== source.name
      const stand = wanted.source === undefined ? TOP : laying.standing()
      Object.assign(wanted, { source, spreads: pairs, rtl })
      if (isOther) spreads.forget()
      if (stay !== undefined) laying.lay({ ...stand, page: stay })
      else laying.lay(isOther ? TOP : stand)
    },
    zoomTo,
    spreads(on: boolean) {
      wanted.spreads = on
      laying.lay()
    },
    inView: () => pagesInView(scroll.scrollTop, laying.room.height, laying.scale, laying.desk),
    goTo: laying.goTo,
    standing: laying.standing,
    /** Draws the marks of all leaves again. */
    refresh() {
      for (const leaf of spreads.leaves.values()) calls.drawn(leaf)
    },
    /** When all that is in view is painted. */
    async settled() {
      await Promise.all([...spreads.leaves.values()].map(({ painted }) => painted))
    },
  }
}

interface Hands {
  scrolled(): void
  resized(): void
  pressed(event: MouseEvent): void
  zoomed(by: number): void
}

function listen(scroll: HTMLElement, hands: Hands): void {
  scroll.addEventListener('scroll', framed(hands.scrolled), { passive: true })
  new ResizeObserver(framed(hands.resized)).observe(scroll)
  scroll.addEventListener('click', hands.pressed)
  // With the control key the wheel zooms the paper, not the window; what is under the pointer stays there.
  scroll.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      hands.zoomed(Math.exp(-event.deltaY / 300))
    },
    { passive: false },
  )
}

export type Paper = ReturnType<typeof makePaper>
