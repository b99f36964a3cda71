// The typeset pages: a run as tall as all spreads, of which those in view are drawn. A source of pages goes in; where its reader
// stands is kept through every change of it, of its size and of the window's.
import type { Source } from '../protocol.js'
import { byId, framed, h, svg } from './dom.js'
import { ABOVE, BESIDE, type Desk, pagesOf, rowHeight, rowOf, rowsInView, rowsOf, scaleFor } from './geometry.js'
import { addressOfPage } from './server.js'

export interface Leaf {
  index: number
  element: HTMLElement
  art: HTMLImageElement
  over: SVGSVGElement
  key: string
  /** Settles when what is shown is what the key says. */
  painted: Promise<void>
}

interface Calls {
  /** A leaf was made, or shows something else: its marks are to be drawn. */
  drawn(leaf: Leaf): void
  /** Other pages are in view, or the scale changed. */
  moved(): void
  pressed(index: number, x: number, y: number, twice: boolean): void
  /** Where the marked word stands (points), if there is one: seen before the room changed, it is seen after. */
  marked(): { page: number; y: number | undefined } | undefined
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: all of it turns on the one run of pages and where it stands
export function makeSheets(calls: Calls) {
  const scroll = byId('sheets')
  const run = byId('run')
  const leaves = new Map<number, Leaf>()
  const spreads = new Map<number, HTMLElement>()
  let source: Source | undefined
  let desk: Desk = { width: 1, height: 1, count: 0, spreads: true, rtl: false }
  let zoom: 'width' | 'page' | number = 'width'
  let wanted = { spreads: true, rtl: false }
  let scale = 1
  /** How the spreads that are drawn were laid. */
  let laid = ''
  let room = { width: 0, height: 0 }
  /** Where it stood when it was last seen: behind a tab nothing has a height. */
  let stood = { page: 0, above: -1 }

  /**
   * The page at the top of the view and how much of its row is above, in rows: what stays where it is. Of a row that is nearly out of
   * the view only the foot is left: the next is meant, whose top is a little below the view's.
   */
  const standing = () => {
    if (room.width === 0 || scroll.clientWidth === 0) return stood
    const at = (scroll.scrollTop - ABOVE) / rowHeight(scale, desk)
    const row = Math.max(0, Math.floor(at + 0.25))
    const page = pagesOf(row, desk).find((each) => each !== undefined) ?? 0
    return { page, above: at - row }
  }

  const scrollTo = (page: number, above: number) => {
    scroll.scrollTop = ABOVE + (rowOf(page, desk) + above) * rowHeight(scale, desk)
  }

  /** Whether a place on a page is within the view, with some room around. */
  const isSeen = ({ page, y = 0 }: { page: number; y: number | undefined }) => {
    const at = ABOVE + rowOf(page, desk) * rowHeight(scale, desk) + y * scale - scroll.scrollTop
    return at >= 40 && at <= room.height - 60
  }

  const measure = (stand = standing()) => {
    const marked = calls.marked()
    const held = source !== undefined && marked !== undefined && isSeen(marked) ? marked : undefined
    room = { width: scroll.clientWidth, height: scroll.clientHeight }
    stood = stand
    if (source === undefined || room.width === 0) return
    const pairs = source.name === 'pages' || source.name === 'print'
    desk = {
      width: source.width,
      height: source.height,
      count: source.keys.length,
      spreads: pairs && wanted.spreads && room.width >= 520,
      rtl: wanted.rtl,
    }
    // What is one sheet is seen whole.
    scale = scaleFor(zoom === 'width' && desk.count === 1 ? 'page' : zoom, desk, room)
    const now = JSON.stringify([source.name, desk.width, desk.height, desk.spreads, desk.rtl, desk.count % 2, scale])
    if (now === laid) {
      // Other pages where others stood: only those that are another are drawn.
      run.style.height = `${ABOVE + rowsOf(desk) * rowHeight(scale, desk)}px`
      for (const [row, spread] of spreads) {
        if (pagesOf(row, desk).some((page) => page !== undefined)) continue
        spread.remove()
        spreads.delete(row)
      }
      for (const index of leaves.keys()) if (index < desk.count) drawLeaf(index)
      scrollTo(stand.page, stand.above)
      draw()
      return
    }
    laid = now
    const width = Math.round(desk.width * scale) * (desk.spreads ? 2 : 1)
    run.style.width = `${width}px`
    run.style.height = `${ABOVE + rowsOf(desk) * rowHeight(scale, desk)}px`
    run.style.marginInline = width + 2 * BESIDE > room.width ? `${BESIDE}px` : 'auto'
    for (const spread of spreads.values()) spread.remove()
    spreads.clear()
    scrollTo(stand.page, stand.above)
    if (held !== undefined) self.goTo(held.page, held.y)
    else draw()
  }

  const drawLeaf = (index: number): Leaf => {
    const key = source!.keys[index]!
    const label = source!.labels[index] ?? ''
    const old = leaves.get(index)
    const leaf: Leaf = old ?? {
      index,
      element: h('div', { class: 'leaf', 'data-page': index }),
      art: h('img', { class: 'art', draggable: 'false' }),
      over: svg('svg', { class: 'over', 'aria-hidden': 'true' }),
      key: '',
      painted: Promise.resolve(),
    }
    if (old === undefined) {
      leaf.element.append(leaf.art, leaf.over, h('span', { class: 'label', 'aria-hidden': 'true' }))
      leaves.set(index, leaf)
    }
    // Only the pages are bound; sheets lie there as they leave the press.
    const side = source!.name !== 'pages' ? '' : index % 2 === 0 ? ' recto' : ' verso'
    leaf.element.className = `leaf${desk.rtl && side !== '' ? (side === ' recto' ? ' verso' : ' recto') : side}`
    leaf.element.style.width = `${Math.round(desk.width * scale)}px`
    leaf.element.style.height = `${Math.round(desk.height * scale)}px`
    leaf.over.setAttribute('viewBox', `0 0 ${desk.width} ${desk.height}`)
    leaf.element.lastElementChild!.textContent = source!.name === 'cover' ? '' : label
    if (leaf.key !== key) {
      leaf.key = key
      leaf.painted = paint(leaf, key, source!.blank[index] === true ? 'Blank page' : `Page ${label}`)
    }
    calls.drawn(leaf)
    return leaf
  }

  /** The new picture takes the old one's place when it is ready: nothing flashes. */
  const paint = async (leaf: Leaf, key: string, alt: string) => {
    const next = h('img', { class: 'art', draggable: 'false', decoding: 'sync', alt })
    const came = await new Promise<boolean>((done) => {
      next.addEventListener('load', () => done(true))
      next.addEventListener('error', () => done(false))
      next.src = addressOfPage(key)
    })
    if (leaf.key !== key) return
    // It is no longer known: a newer state is on its way.
    if (!came && leaf.art.getAttribute('src') !== null) return
    leaf.art.replaceWith(next)
    leaf.art = next
  }

  const draw = () => {
    if (source === undefined || scroll.clientWidth === 0) return
    stood = standing()
    const [first, last] = rowsInView(scroll.scrollTop, room.height, scale, desk, 1)
    for (const [row, spread] of spreads) {
      if (row >= first && row <= last) continue
      spread.remove()
      spreads.delete(row)
    }
    const kept = new Set<number>()
    for (let row = first; row <= last; row++) {
      const pages = pagesOf(row, desk)
      for (const page of pages) if (page !== undefined) kept.add(page)
      const held = spreads.get(row)
      if (held !== undefined) continue
      const parts = pages.map((page) => (page === undefined ? undefined : drawLeaf(page).element))
      const lone = parts.filter((part) => part !== undefined).length < 2
      const spread = h('div', { class: lone ? 'spread single' : 'spread' }, ...parts)
      const width = Math.round(desk.width * scale)
      spread.style.top = `${ABOVE + row * rowHeight(scale, desk)}px`
      spread.style.left = `${desk.spreads && parts[0] === undefined ? width : 0}px`
      spreads.set(row, spread)
      // In the order of the pages, for whoever reads the document and not the desk.
      const after = [...spreads.entries()].filter(([other]) => other > row).sort(([a], [b]) => a - b)[0]
      run.insertBefore(spread, after?.[1] ?? null)
    }
    for (const [index] of leaves) if (!kept.has(index)) leaves.delete(index)
    calls.moved()
  }

  scroll.addEventListener('scroll', framed(draw), { passive: true })
  new ResizeObserver(
    framed(() => {
      if (scroll.clientWidth !== room.width || scroll.clientHeight !== room.height) measure()
    }),
  ).observe(scroll)

  const pointOf = (event: MouseEvent) => {
    const element = (event.target as Element).closest<HTMLElement>('.leaf')
    if (element === null) return undefined
    const box = element.getBoundingClientRect()
    return {
      index: Number(element.dataset['page']),
      x: (event.clientX - box.left) / scale,
      y: (event.clientY - box.top) / scale,
    }
  }
  scroll.addEventListener('click', (event) => {
    const at = pointOf(event)
    if (at !== undefined) calls.pressed(at.index, at.x, at.y, event.detail === 2)
  })
  // With the control key the wheel zooms the paper, not the window; what is under the pointer stays there.
  scroll.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      self.zoomTo(scale * Math.exp(-event.deltaY / 300))
    },
    { passive: false },
  )

  const self = {
    get scale() {
      return scale
    },
    get desk(): Readonly<Desk> {
      return desk
    },
    get zoom() {
      return zoom
    },
    leaves: leaves as ReadonlyMap<number, Leaf>,

    /** Another source, or other pages of this one. `stay`: the page that is to stand where the top one stood. */
    show(next: Source, options: { spreads: boolean; rtl: boolean }, stay?: number) {
      const other = source?.name !== next.name
      const stand = source === undefined ? { page: 0, above: -1 } : standing()
      source = next
      wanted = options
      if (other) leaves.clear()
      if (stay !== undefined) stand.page = stay
      measure(other && stay === undefined ? { page: 0, above: -1 } : stand)
    },
    zoomTo(value: 'width' | 'page' | number) {
      zoom = typeof value === 'number' ? Math.min(12, Math.max(0.1, value)) : value
      measure()
    },
    spreads(on: boolean) {
      wanted = { ...wanted, spreads: on }
      measure()
    },
    /** Pages whose middle line, or most of them, is in view: first and last. */
    inView(): [number, number] {
      if (desk.count === 0) return [0, 0]
      const each = rowHeight(scale, desk)
      const first = Math.max(0, Math.round((scroll.scrollTop - ABOVE) / each - 0.25))
      const last = Math.max(first, Math.floor((scroll.scrollTop - ABOVE + room.height - each * 0.35) / each))
      const rows = Math.max(0, rowsOf(desk) - 1)
      const pages = [Math.min(first, rows), Math.min(last, rows)].flatMap((row) =>
        pagesOf(row, desk).filter((page) => page !== undefined),
      )
      return [Math.min(...pages), Math.max(...pages)]
    },
    /** Brings a page to the top, or a place on it (points) into the middle if it is out of view. */
    goTo(page: number, y?: number) {
      if (scroll.clientWidth === 0) {
        stood = { page, above: 0 }
        return
      }
      const top = ABOVE + rowOf(page, desk) * rowHeight(scale, desk)
      if (y === undefined) {
        scroll.scrollTop = top - ABOVE / 2
      } else {
        // A spread that fits into the view is shown whole.
        const whole = desk.height * scale + ABOVE <= room.height
        if (!isSeen({ page, y }))
          scroll.scrollTop = whole ? top - ABOVE / 2 : Math.max(0, top + y * scale - room.height * 0.4)
      }
      draw()
    },
    /** Draws the marks of all leaves again. */
    refresh() {
      for (const leaf of leaves.values()) calls.drawn(leaf)
    },
    standing,
    /** When all that is in view is painted. */
    async settled() {
      await Promise.all([...leaves.values()].map(({ painted }) => painted))
    },
  }
  return self
}

export type Sheets = ReturnType<typeof makeSheets>
