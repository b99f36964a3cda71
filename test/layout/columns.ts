// Columns by hand for the tests of the page breaker: paragraphs, headings, rows and figures as bare numbers.
import {
  breakPages,
  DIVIDED,
  type Element,
  MAY,
  NEVER,
  type PageLimits,
  type Pages,
  STUB,
  type Way,
} from '../../src/layout/breaking/break-pages.js'

/** Ten lines to the page, no notes, no sink; the first page is a recto. */
export const TEN: PageLimits = { depth: 10, sink: 0, hang: 0, noteGap: 0, recto: true }

interface More {
  /** Space above. */
  gap?: number
  /** Other numbers of lines that are offered, with what they cost. */
  ways?: [lines: number, cost: number][]
  /** Depth of the notes called, by line; several of them as a list. */
  notes?: Record<number, number | number[]>
  /** Lines that stop at a hyphen. */
  divided?: number[]
  keepNext?: boolean
  lone?: boolean
}

/** A paragraph of so many lines, none of which stands alone on a page in a good book. */
export function text(lines: number, more: More = {}): Element {
  const way = (count: number, cost: number): Way => ({
    lines: count,
    height: 1,
    cost,
    stops: Uint8Array.from({ length: count }, (_, i) =>
      i === count - 1 ? MAY : i === 0 || i === count - 2 ? STUB : more.divided?.includes(i) ? DIVIDED : MAY,
    ),
    notes: more.notes ? Array.from({ length: count }, (_, i) => callsOf(more.notes![i])) : undefined,
    lone: more.lone,
  })
  return {
    ways: [way(lines, 0), ...(more.ways ?? []).map(([count, cost]) => way(count, cost))],
    gap: more.gap ?? 0,
    keepNext: more.keepNext ?? false,
    repeat: 0,
  }
}

function callsOf(said: number | number[] | undefined): number[] | undefined {
  return typeof said === 'number' ? [said] : said
}

/** Paragraphs of one line. */
export function single(count: number): Element[] {
  return Array.from({ length: count }, () => text(1))
}

/** Something of one piece. */
export function block(height: number, more: Partial<Element> = {}): Element {
  const way: Way = { lines: 1, height, cost: 0, stops: Uint8Array.of(NEVER), notes: undefined }
  return { ways: [way], gap: 0, keepNext: false, repeat: 0, ...more }
}

export const heading = (height = 1, gap = 0): Element => block(height, { gap, keepNext: true })

/** Rows of a table with a head. */
export function table(head: number, rows: number[]): Element[] {
  return [block(head, { keepNext: true }), ...rows.map((height) => block(height, { repeat: head }))]
}

/** What stands on each page: 'ELEMENT' whole, 'ELEMENT:FROM-TO' in part, '@TOP' where it does not join what is above it. */
export function shown(elements: readonly Element[], pages: Pages): string[] {
  const out: string[] = Array.from({ length: pages.count }, () => '')
  const bottom: number[] = out.map(() => 0)
  for (const p of pages.placements) {
    const way = elements[p.element]!.ways[p.way]!
    const part = p.from === 0 && p.to === way.lines ? '' : `:${p.from}-${p.to}`
    const apart = Math.abs(p.top - bottom[p.page]!) > 1e-6 ? `@${p.top}` : ''
    out[p.page] += `${out[p.page] === '' ? '' : ' '}${p.element}${part}${p.way > 0 ? `/${way.lines}` : ''}${apart}`
    bottom[p.page] = p.top + (p.to - p.from) * way.height
  }
  return out
}

export function paged(elements: readonly Element[], limits: Partial<PageLimits> = {}): string[] {
  return shown(elements, breakPages(elements, { ...TEN, ...limits }))
}

/** Where each page's last line ends, below the head of the page. */
export function feet(elements: readonly Element[], pages: Pages): number[] {
  const out: number[] = Array.from({ length: pages.count }, () => 0)
  for (const p of pages.placements) {
    const height = elements[p.element]!.ways[p.way]!.height
    out[p.page] = Math.max(out[p.page]!, p.top + (p.to - p.from) * height)
  }
  return out
}

/** Depths of the notes called on each page, in order. */
export function notesOf(elements: readonly Element[], pages: Pages): number[][] {
  const out: number[][] = Array.from({ length: pages.count }, () => [])
  for (const p of pages.placements) {
    const { notes } = elements[p.element]!.ways[p.way]!
    for (let i = p.from; notes && i < p.to; i++) for (const call of notes[i] ?? []) out[p.page]!.push(call)
  }
  return out
}

/** Page breaks that leave a first or last line of a paragraph alone, end in a hyphen, or divide what is of one piece. */
export function badBreaks(
  elements: readonly Element[],
  pages: Pages,
): { element: number; after: number; stop: number }[] {
  return pages.placements.flatMap((p) => {
    const way = elements[p.element]!.ways[p.way]!
    const stop = way.stops[p.to - 1]!
    return p.to < way.lines && stop !== MAY ? [{ element: p.element, after: p.to, stop }] : []
  })
}
