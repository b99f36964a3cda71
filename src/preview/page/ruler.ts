// The whole book as a ruler at the foot of the window: a tick for a page, a longer one and its title where a chapter begins.
import type { Chapter, Finding } from '../protocol.js'
import { byId, framed, svg } from './dom.js'

export interface Ruled {
  count: number
  labels: readonly string[]
  chapters: readonly Chapter[]
  findings: readonly Finding[]
  changed: readonly number[]
  found: readonly number[]
  view: [number, number]
  rtl: boolean
}

/** Chapters by their documents, each called with what it is part of: 'Part I. 1805 · II'. */
export function namesOf(chapters: readonly Chapter[]): Map<string, string> {
  const names = new Map<string, string>()
  const above: string[] = []
  for (const { title, depth, document } of chapters) {
    above.length = depth
    const parent = above.findLast((each) => each !== undefined)
    const name = parent === undefined ? title : `${parent} · ${title}`
    above[depth] = title
    if (!names.has(document)) names.set(document, name)
  }
  return names
}

export function makeRuler(goTo: (page: number) => void) {
  const ruler = byId('ruler')
  const drawing = svg('svg', { 'aria-hidden': 'true' })
  ruler.append(drawing)
  let what: Ruled = {
    count: 0,
    labels: [],
    chapters: [],
    findings: [],
    changed: [],
    found: [],
    view: [0, 0],
    rtl: false,
  }

  let names = new Map<string, string>()

  /** The chapter in which a page lies. */
  const chapterAt = (page: number) => what.chapters.findLast((each) => each.page <= page)

  const nameAt = (page: number) => {
    const chapter = chapterAt(page)
    return chapter === undefined ? undefined : (names.get(chapter.document) ?? chapter.title)
  }

  const draw = framed(() => drawing.replaceChildren(...marksOf(what, ruler.clientWidth, ruler.clientHeight)))

  const speak = () => {
    const [page] = what.view
    ruler.setAttribute('aria-valuemax', String(Math.max(1, what.count)))
    ruler.setAttribute('aria-valuenow', String(Math.min(page + 1, Math.max(1, what.count))))
    const chapter = nameAt(page)
    ruler.setAttribute(
      'aria-valuetext',
      `page ${what.labels[page] ?? ''}${chapter === undefined ? '' : `, ${chapter}`}`,
    )
  }

  const at = (event: PointerEvent) => {
    const box = ruler.getBoundingClientRect()
    const share = (event.clientX - box.left) / box.width
    const page = Math.floor((what.rtl ? 1 - share : share) * what.count)
    return Math.min(Math.max(0, page), what.count - 1)
  }
  ruler.addEventListener('pointerdown', (event) => {
    ruler.setPointerCapture(event.pointerId)
    goTo(at(event))
  })
  ruler.addEventListener('pointermove', (event) => {
    const page = at(event)
    const chapter = nameAt(page)
    ruler.title = `Page ${what.labels[page] ?? ''}${chapter === undefined ? '' : ` · ${chapter}`}`
    if (ruler.hasPointerCapture(event.pointerId)) goTo(page)
  })
  ruler.addEventListener('keydown', (event) => {
    const [page] = what.view
    const chapters = what.chapters.map((each) => each.page)
    const to = new Map<string, number | undefined>([
      ['ArrowRight', page + (what.rtl ? -2 : 2)],
      ['ArrowLeft', page - (what.rtl ? -2 : 2)],
      ['ArrowUp', page + 2],
      ['ArrowDown', page - 2],
      ['PageDown', chapters.find((each) => each > page + 1)],
      ['PageUp', chapters.findLast((each) => each < page)],
      ['Home', 0],
      ['End', what.count - 1],
    ]).get(event.key)
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    goTo(Math.min(Math.max(0, to), what.count - 1))
  })
  new ResizeObserver(draw).observe(ruler)

  return {
    chapterAt,
    set(change: Partial<Ruled>) {
      what = { ...what, ...change }
      if (change.chapters !== undefined) names = namesOf(what.chapters)
      speak()
      draw()
    },
  }
}

function xOf({ count, rtl }: Ruled, page: number, width: number): number {
  const x = (page / Math.max(1, count)) * width
  return rtl ? width - x : x
}

function tick(kind: string, at: number, to: number): SVGElement {
  const x = Math.round(at) + 0.5
  return svg('line', { class: kind, x1: x, x2: x, y1: 0, y2: to })
}

function marksOf(what: Ruled, width: number, height: number): SVGElement[] {
  const { count } = what
  const all: SVGElement[] = []
  const bar = (kind: string, from: number, to: number, y: number, h: number, least: number) => {
    const [a, b] = [xOf(what, from, width), xOf(what, to, width)].sort((one, other) => one - other) as [number, number]
    all.push(svg('rect', { class: kind, x: a, y, width: Math.max(least, b - a), height: h, rx: h > 3 ? 1 : 0 }))
  }
  const dot = (kind: string, page: number, y: number) => {
    all.push(svg('circle', { class: kind, cx: xOf(what, page + 0.5, width), cy: y, r: 3 }))
  }
  // As many ticks as can be told apart.
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => (width / Math.max(1, count)) * each >= 4) ?? 1000
  for (let page = 0; page <= count; page += step)
    all.push(tick('tick', xOf(what, page, width), page % (step * 10) === 0 ? 8 : 5))
  for (const mark of chapterMarks(what, width, height)) all.push(mark)
  for (const page of what.changed) bar('changed', page, page + 1, 0, 2, 2)
  for (const page of what.found) dot('found', page, 4)
  for (const { page, severity } of what.findings) if (page !== undefined) dot(`fault ${severity}`, page, 11)
  if (count > 0) bar('here', what.view[0], what.view[1] + 1, 0, 4, 4)
  return all
}

/** Where chapters begin, and the names of those that have room for one. */
function chapterMarks(what: Ruled, width: number, height: number): SVGElement[] {
  const all: SVGElement[] = []
  let free = -1
  const depth = Math.min(...what.chapters.map((each) => each.depth))
  for (const chapter of what.chapters) {
    const x = xOf(what, chapter.page, width)
    const room = (chapter.pages / Math.max(1, what.count)) * width
    if (chapter.depth === depth || room > 4) all.push(tick('start', x, 13))
    // A name stands where there is room for a good part of it.
    const length = Math.min(chapter.title.length * 6.2, 220)
    const left = what.rtl ? x - length : x + 4
    if (
      (what.rtl ? x - length < 0 : left < free || left + Math.min(length, 60) > width) ||
      (chapter.depth > depth && room < 40)
    )
      continue
    const next = what.chapters.find((each) => each.page > chapter.page && each.depth <= chapter.depth)
    const end = next === undefined ? width : xOf(what, next.page, width)
    const fits = Math.floor(Math.max(0, Math.abs(end - x) - 10) / 6.2)
    if (fits < 3 && chapter.title.length > fits) continue
    const title = chapter.title.length <= fits ? chapter.title : `${chapter.title.slice(0, fits - 1)}…`
    all.push(svg('text', { class: 'name', x: left, y: height - 9 }, title))
    free = left + title.length * 6.2 + 8
  }
  return all
}
