// Where spreads stand on the desk: numbers in, numbers out. Pixels of the window; pages count from 0, and page 0 is a recto.

export interface Desk {
  /** Of one page, points. */
  width: number
  height: number
  count: number
  /** Two pages side by side, as an open book shows them. */
  spreads: boolean
  /** The book turns from right to left: rectos stand at the left. */
  rtl: boolean
}

/** Above the first row, below each (for the label), and at the sides. */
export const ABOVE = 22
const BELOW = 38
export const BESIDE = 20

export const rowsOf = ({ count, spreads }: Desk): number =>
  count === 0 ? 0 : spreads ? Math.floor(count / 2) + 1 : count

export const rowOf = (page: number, { spreads }: Desk): number => (spreads ? Math.floor((page + 1) / 2) : page)

/** From left to right as they lie; undefined where there is no page. */
export function pagesOf(row: number, desk: Desk): (number | undefined)[] {
  if (!desk.spreads) return [row]
  const pair = [2 * row - 1, 2 * row].map((page) => (page >= 0 && page < desk.count ? page : undefined))
  return desk.rtl ? pair.reverse() : pair
}

/** Pixels to a point, so that a row fits the width, or the whole of it the pane. */
export function scaleFor(zoom: 'width' | 'page' | number, desk: Desk, room: { width: number; height: number }): number {
  if (typeof zoom === 'number') return zoom
  const columns = desk.spreads ? 2 : 1
  const byWidth = (room.width - 2 * BESIDE) / (columns * desk.width)
  const byHeight = (room.height - ABOVE - BELOW) / desk.height
  // A page as wide as a large window is no longer read: twice its natural size is the most that fitting makes of it.
  return Math.max(0.05, Math.min(byWidth, zoom === 'page' ? byHeight : 8 / 3))
}

export const rowHeight = (scale: number, desk: Desk): number => Math.round(desk.height * scale) + BELOW

/** Rows that a view shows, with some more on both sides, so that the next are there before they are seen. */
export function rowsInView(top: number, height: number, scale: number, desk: Desk, more: number): [number, number] {
  const each = rowHeight(scale, desk)
  const first = Math.floor((top - ABOVE) / each) - more
  const last = Math.floor((top - ABOVE + height - 1) / each) + more
  return [Math.max(0, first), Math.min(rowsOf(desk) - 1, last)]
}

/**
 * The page at the top of a view and how much of its row is above, in rows. Of a row that is nearly out of the view only the foot is
 * left: the next is meant, whose top is a little below the view's.
 */
export function pageAt(top: number, scale: number, desk: Desk): { page: number; above: number } {
  const at = (top - ABOVE) / rowHeight(scale, desk)
  const row = Math.max(0, Math.floor(at + 0.25))
  const page = pagesOf(row, desk).find((each) => each !== undefined) ?? 0
  return { page, above: at - row }
}

/** Pages whose middle line, or most of them, is in a view: first and last. */
export function pagesInView(top: number, height: number, scale: number, desk: Desk): [number, number] {
  if (desk.count === 0) return [0, 0]
  const each = rowHeight(scale, desk)
  const first = Math.max(0, Math.round((top - ABOVE) / each - 0.25))
  const last = Math.max(first, Math.floor((top - ABOVE + height - each * 0.35) / each))
  const rows = Math.max(0, rowsOf(desk) - 1)
  const pages = [Math.min(first, rows), Math.min(last, rows)].flatMap((row) =>
    pagesOf(row, desk).filter((page) => page !== undefined),
  )
  return [Math.min(...pages), Math.max(...pages)]
}

/**
 * Rivers: word spaces that stand below each other over four lines or more. Lines of words in; for each river the points it runs
 * through. A space follows another if they share at least half of the narrower one.
 */
export function rivers(
  lines: readonly { baseline: number; words: readonly { box: { x: number; width: number } }[] }[],
  leading: number,
): { x: number; y: number }[][] {
  const found: { x: number; y: number }[][] = []
  let open: { last: { from: number; to: number }; points: { x: number; y: number }[] }[] = []
  let before: number | undefined
  const close = (some: typeof open) => {
    for (const { points } of some) if (points.length >= 4) found.push(points)
  }
  for (const { baseline, words } of lines) {
    if (before === undefined || baseline <= before || baseline - before > leading * 1.25) {
      close(open)
      open = []
    }
    before = baseline
    const next: typeof open = []
    const taken = new Set<(typeof open)[number]>()
    for (let i = 1; i < words.length; i++) {
      const from = words[i - 1]!.box.x + words[i - 1]!.box.width
      const to = words[i]!.box.x
      if (to <= from) continue
      const point = { x: (from + to) / 2, y: baseline }
      const above = open.find((one) => {
        const shared = Math.min(one.last.to, to) - Math.max(one.last.from, from)
        return !taken.has(one) && shared >= Math.min(one.last.to - one.last.from, to - from) / 2
      })
      if (above !== undefined) taken.add(above)
      next.push({ last: { from, to }, points: above === undefined ? [point] : [...above.points, point] })
    }
    close(open.filter((one) => !taken.has(one)))
    open = next
  }
  close(open)
  return found
}
