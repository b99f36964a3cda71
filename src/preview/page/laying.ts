// How the pages of a source are laid in the view: their size and pairs, by what the reader wants and what the view has room for; and where
// its reader stands among them, which is kept when they are laid anew.
import type { Source } from '../protocol.js'
import { ABOVE, type Desk, pageAt, rowHeight, rowOf, rowsInView, scaleFor } from './geometry.js'
import type { makeSpreads } from './spreads.js'

export type Zoom = 'width' | 'page' | number

/** `spreads`: pairs of pages, where there is room for them. `rtl`: the book is turned from right to left. */
export interface Wanted {
  source: Source | undefined
  zoom: Zoom
  spreads: boolean
  rtl: boolean
}

/** A page, and how much of its row is above the view, in rows. */
export interface Stand {
  page: number
  above: number
}

interface Calls {
  /** Other pages are in view, or the scale changed. */
  moved(): void
  /** Where the marked word stands (points), if there is one: seen before the room changed, it is seen after. */
  marked(): { page: number; y: number | undefined } | undefined
}

export const TOP: Stand = { page: 0, above: -1 }

export function makeLaying(view: HTMLElement, wanted: Wanted, spreads: ReturnType<typeof makeSpreads>, calls: Calls) {
  let desk: Desk = { width: 1, height: 1, count: 0, spreads: true, rtl: false }
  let scale = 1
  let room = { width: 0, height: 0 }
  /** How the spreads that are drawn were laid. */
  let laid = ''
  /** Where it stood when it was last seen: behind a tab nothing has a height. */
  let stood = TOP

  const isHidden = () => view.clientWidth === 0
  const standing = () => (room.width === 0 || isHidden() ? stood : pageAt(view.scrollTop, scale, desk))
  const topOf = (page: number) => ABOVE + rowOf(page, desk) * rowHeight(scale, desk)
  /** Whether a place on a page is within the view, with some room around. */
  const isSeen = ({ page, y = 0 }: { page: number; y?: number | undefined }) => {
    const at = topOf(page) + y * scale - view.scrollTop
    return at >= 40 && at <= room.height - 60
  }
  const draw = () => {
    if (wanted.source === undefined || isHidden()) return
    stood = standing()
    spreads.draw(wanted.source, desk, scale, rowsInView(view.scrollTop, room.height, scale, desk, 1))
    calls.moved()
  }
  const goTo = (page: number, y?: number) => {
    if (isHidden()) {
      stood = { page, above: 0 }
      return
    }
    // A spread that fits into the view is shown whole.
    const isWhole = y === undefined || desk.height * scale + ABOVE <= room.height
    if (y === undefined || !isSeen({ page, y }))
      view.scrollTop = isWhole ? topOf(page) - ABOVE / 2 : Math.max(0, topOf(page) + y * scale - room.height * 0.4)
    draw()
  }

  return {
    get desk(): Readonly<Desk> {
      return desk
    },
    get scale() {
      return scale
    },
    get room(): Readonly<{ width: number; height: number }> {
      return room
    },
    /** What stays where it is. */
    standing,
    draw,
    /** Brings a page to the top, or a place on it (points) into the middle if it is out of view. */
    goTo,
    /** Lays what is wanted into the view as it is now. */
    lay(stand: Stand = standing()) {
      const { source, zoom } = wanted
      const marked = calls.marked()
      const held = source !== undefined && marked !== undefined && isSeen(marked) ? marked : undefined
      room = { width: view.clientWidth, height: view.clientHeight }
      stood = stand
      if (source === undefined || isHidden()) return
      desk = deskOf(source, wanted, room)
      // What is one sheet is seen whole.
      scale = scaleFor(zoom === 'width' && desk.count === 1 ? 'page' : zoom, desk, room)
      const now = JSON.stringify([source.name, desk.width, desk.height, desk.spreads, desk.rtl, desk.count % 2, scale])
      const stays = now === laid
      laid = now
      if (stays) spreads.renew(source, desk, scale)
      else spreads.layAnew(desk, scale, room)
      view.scrollTop = topOf(stand.page) + stand.above * rowHeight(scale, desk)
      if (!stays && held !== undefined) goTo(held.page, held.y)
      else draw()
    },
  }
}

function deskOf(source: Source, wanted: Wanted, room: { width: number }): Desk {
  const pairs = source.name === 'pages' || source.name === 'print'
  return {
    width: source.width,
    height: source.height,
    count: source.keys.length,
    spreads: pairs && wanted.spreads && room.width >= 520,
    rtl: wanted.rtl,
  }
}
