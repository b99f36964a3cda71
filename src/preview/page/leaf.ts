// A page as it lies on the desk: its picture, what is drawn over it, its label.
import type { Source } from '../protocol.js'
import { h, setAttribute, setText, svg } from './dom.js'
import type { Desk } from './geometry.js'
import { pictureOf } from './routes.js'

export interface Leaf {
  index: number
  element: HTMLElement
  art: HTMLImageElement
  over: SVGSVGElement
  key: string
  isFine: boolean
  /** Settles when what is shown is what the key says. */
  painted: Promise<void>
}

/** Dots of the screen to a point: where there are more, every curve of the letters is drawn. */
const FINE = 3

export function newLeaf(index: number): Leaf {
  const art = h('img', { class: 'art', draggable: 'false' })
  const over = svg('svg', { class: 'over', 'aria-hidden': 'true' })
  const label = h('span', { class: 'label', 'aria-hidden': 'true' })
  const element = h('div', { class: 'leaf', 'data-page': index }, art, over, label)
  return { index, element, art, over, key: '', isFine: false, painted: Promise.resolve() }
}

/** Gives a leaf its size and its side, and the page that is now at its place. */
export function layLeaf(leaf: Leaf, source: Source, desk: Desk, scale: number): void {
  const { index, element, over } = leaf
  const key = source.keys[index]!
  const label = source.labels[index] ?? ''
  // Only the pages are bound; sheets lie there as they leave the press.
  const side = source.name !== 'pages' ? '' : (index % 2 === 0) === desk.rtl ? 'verso' : 'recto'
  for (const each of ['verso', 'recto']) element.classList.toggle(each, each === side)
  element.style.width = `${Math.round(desk.width * scale)}px`
  element.style.height = `${Math.round(desk.height * scale)}px`
  setAttribute(over, 'viewBox', `0 0 ${desk.width} ${desk.height}`)
  setText(element.lastElementChild!, source.name === 'cover' ? '' : label)
  const isFine = scale * devicePixelRatio > FINE
  if (leaf.key === key && leaf.isFine === isFine) return
  Object.assign(leaf, { key, isFine })
  leaf.painted = paint(leaf, source.blank[index] === true ? 'Blank page' : `Page ${label}`)
}

/** The new picture takes the old one's place when it is ready: nothing flashes. */
async function paint(leaf: Leaf, alt: string): Promise<void> {
  const { key, isFine } = leaf
  const next = h('img', { class: 'art', 'data-key': key, draggable: 'false', decoding: 'sync', alt })
  const { address, done } = pictureOf(key, isFine)
  const came = await new Promise<boolean>((go) => {
    next.addEventListener('load', () => go(true))
    next.addEventListener('error', () => go(false))
    next.src = address
  })
  done()
  if (leaf.key !== key || leaf.isFine !== isFine) return
  // It is no longer known: a newer state is on its way.
  if (!came && leaf.art.getAttribute('src') !== null) return
  leaf.art.replaceWith(next)
  leaf.art = next
}

/** The place on a leaf (points) that was pressed; undefined beside all leaves. */
export function placePressed(event: MouseEvent, scale: number): { index: number; x: number; y: number } | undefined {
  const element = (event.target as Element).closest<HTMLElement>('.leaf')
  if (element === null) return undefined
  const box = element.getBoundingClientRect()
  return {
    index: Number(element.dataset['page']),
    x: (event.clientX - box.left) / scale,
    y: (event.clientY - box.top) / scale,
  }
}
