// The manners of a drawn cover: a board with its words in, the cover on it out. Each keeps one margin and as few colours as it can,
// and holds for a title of one letter as for one of three hundred, on a page of any shape.
import type { CoverLayout } from '../theme/theme.js'
import { type Board, LEADING } from './board.js'
import type { Fitted } from './lettering.js'

const GOLDEN = 0.618

/** `paper`: of its colours, the one that the page is seen to be of, which goes on around it on a screen. */
export const MANNERS: Record<CoverLayout, { paper: 'ground' | 'accent'; draw(board: Board): void }> = {
  divided: { paper: 'accent', draw: divided },
  plain: { paper: 'ground', draw: (board) => plain(board, false) },
  full: { paper: 'accent', draw: (board) => plain(board, true) },
  centred: { paper: 'ground', draw: centred },
  banded: { paper: 'ground', draw: banded },
  framed: { paper: 'ground', draw: framed },
  label: { paper: 'accent', draw: label },
  disc: { paper: 'accent', draw: disc },
}

/**
 * The page divided by the golden section into a field of colour and a field of paper. The title stands on the lower edge of the
 * colour, as large as it can be; above it the authors; on the paper a bar, what kind of book it is, and at the foot who publishes it.
 */
function divided(board: Board): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  const margin = width * 0.09
  const measure = width - 2 * margin
  const edge = height * GOLDEN
  const small = width * 0.046
  board.rule(0, 0, width, height, ground)
  board.rule(0, 0, width, edge, accent)

  // Authors at the head of the colour.
  let top = margin
  if (words.authors.length > 0) {
    const names = board.lines(words.authors, { smallCaps: true, tracking: 0.07 }, small * 1.15, measure, height * 0.2)
    board.set(names, 'start', margin, margin + letterer.capHeight * names.size, LEADING, ground)
    top = margin + deep(board, names) + margin * 0.9
  }

  // The title on the edge.
  const leading = 1.06
  const stand = margin * 0.95
  const room = { width: measure, height: edge - stand - top, largest: width * 0.24, smallest: width * 0.05 }
  const title = board.fit(words.title, {}, { ...room, leading, most: 12 })
  board.set(title, 'start', margin, edge - stand - (title.lines.length - 1) * leading * title.size, leading, ground)

  // The paper: a bar that hangs from the edge, the subtitle below it.
  board.bar(margin, edge, width * 0.16, height * 0.014, ink)
  if (words.subtitle !== undefined) {
    const room = height - edge - margin * (words.foot.length > 0 ? 3.4 : 2)
    const box = { width: measure, height: room, largest: width * 0.064, smallest: width * 0.02, leading: 1.25, most: 8 }
    const subtitle = board.fit(words.subtitle, { italic: true }, box)
    board.set(subtitle, 'start', margin, edge + margin + letterer.capHeight * subtitle.size, 1.25, ink)
  }
  if (words.foot.length > 0) {
    const foot = board.lines(words.foot, { smallCaps: true, tracking: 0.07 }, small, measure, height * 0.1)
    board.set(foot, 'start', margin, height - margin - (foot.lines.length - 1) * LEADING * foot.size, LEADING, ink)
  }
}

/** All at one margin, the title as large as it can be below a rule; on paper, or on a field of colour that fills the page. */
function plain(board: Board, full: boolean): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  const text = full ? ground : ink
  const margin = width * 0.1
  const measure = width - 2 * margin
  board.rule(0, 0, width, height, full ? accent : ground)

  let y = margin
  if (words.authors.length > 0) {
    const names = board.lines(words.authors, {}, width * 0.056, measure, height * 0.16)
    board.set(names, 'start', margin, y + letterer.capHeight * names.size, LEADING, text)
    y += deep(board, names) + margin * 0.6
  } else y += height * 0.06
  const thick = Math.max(width * 0.006, 1)
  board.bar(margin, y, measure, thick, full ? ground : accent)
  y += thick + margin * 0.7

  const foot = height - margin - footOf(board, 'start', margin, measure, text)
  const below = words.subtitle === undefined ? 0 : height * 0.2
  const title = board.fit(
    words.title,
    {},
    {
      width: measure,
      height: Math.max(foot - y - below - margin, height * 0.1),
      largest: width * 0.2,
      smallest: width * 0.045,
      leading: 1.08,
      most: 12,
    },
  )
  board.set(title, 'start', margin, y + letterer.capHeight * title.size, 1.08, full ? ground : accent)
  y += deep(board, title, 1.08) + margin * 0.75
  subtitleAt(board, 'start', margin, y, measure, foot - y, text, title)
}

/** Quiet, on the middle axis: the author, the title, a short rule, what kind of book it is; at the foot who publishes it. */
function centred(board: Board): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  const margin = width * 0.1
  const measure = width - 2 * margin
  board.rule(0, 0, width, height, ground)
  let y = height * 0.12
  if (words.authors.length > 0) {
    const names = board.lines(words.authors, { smallCaps: true, tracking: 0.1 }, width * 0.05, measure, height * 0.16)
    board.set(names, 'middle', width / 2, y + letterer.capHeight * names.size, LEADING, ink)
    y += deep(board, names)
  }
  const foot = height - margin - footOf(board, 'middle', width / 2, measure, ink)
  y = Math.max(y + height * 0.06, height * 0.24)
  const below = words.subtitle === undefined ? height * 0.08 : height * 0.24
  const title = board.fit(
    words.title,
    {},
    {
      width: measure,
      height: Math.max(foot - y - below, height * 0.1),
      largest: width * 0.155,
      smallest: width * 0.04,
      leading: 1.14,
      most: 12,
    },
  )
  board.set(title, 'middle', width / 2, y + letterer.capHeight * title.size, 1.14, accent)
  y += deep(board, title, 1.14) + margin * 0.7
  const short = width * 0.12
  board.rule((width - short) / 2, y, short, Math.max(width * 0.0035, 0.75), ink)
  y += margin * 0.7
  subtitleAt(board, 'middle', width / 2, y, measure * 0.86, foot - y, ink, title)
}

/**
 * Two colours and strong rules, in the manner of the jobbing printers: names on a bar, the title in capitals from rule to rule as wide
 * as the page allows, and below it a block of colour.
 */
function banded(board: Board): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  const margin = width * 0.08
  const measure = width - 2 * margin
  const thick = height * 0.013
  board.rule(0, 0, width, height, ground)
  let y = margin
  board.bar(margin, y, measure, thick, ink)
  y += thick + margin * 0.5
  if (words.authors.length > 0) {
    const names = board.lines(words.authors, { tracking: 0.02 }, width * 0.068, measure, height * 0.16)
    board.set(names, 'start', margin, y + letterer.capHeight * names.size, 1.3, ink)
    y += (letterer.capHeight + (names.lines.length - 1) * 1.3) * names.size + margin * 0.5
    board.bar(margin, y, measure, thick * 0.3, ink)
    y += thick * 0.3 + margin * 0.55
  }
  const block = height * 0.7
  const title = board.fit(
    words.capitals,
    {},
    {
      width: measure,
      height: block - margin * 0.7 - y,
      largest: width * 0.52,
      smallest: width * 0.05,
      leading: 0.92,
      most: 12,
    },
  )
  // Capitals only: the size is theirs.
  board.set(title, 'start', margin, y + letterer.capHeight * title.size, 0.92, accent)
  board.rule(0, block, width, height - block, accent)
  const foot = height - margin - footOf(board, 'start', margin, measure, ground)
  board.bar(margin, block + margin * 0.75, width * 0.16, thick, ground)
  const from = block + margin * 0.75 + thick + margin * 0.65
  subtitleAt(board, 'start', margin, from, measure, foot - from, ground, title, false)
}

/** A thick rule and a thin one around the page; within, on the middle axis, the title, an ornament, the names. */
function framed(board: Board): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  board.rule(0, 0, width, height, ground)
  frame(board, width * 0.055, Math.max(width * 0.011, 1.5), accent)
  frame(board, width * 0.083, Math.max(width * 0.003, 0.5), ink)
  const margin = width * 0.15
  const measure = width - 2 * margin
  const bottom = height - width * 0.15
  const foot = bottom - footOf(board, 'middle', width / 2, measure, ink, width * 0.15)
  const names =
    words.authors.length > 0
      ? board.lines(words.authors, { smallCaps: true, tracking: 0.08 }, width * 0.05, measure, height * 0.15)
      : undefined
  const last = names === undefined ? foot : foot - deep(board, names) - height * 0.05
  if (names !== undefined) board.set(names, 'middle', width / 2, last + letterer.capHeight * names.size, LEADING, ink)
  let y = height * 0.15
  const title = board.fit(
    words.title,
    { smallCaps: true, tracking: 0.04 },
    {
      width: measure,
      height: (last - y) * 0.55,
      largest: width * 0.125,
      smallest: width * 0.04,
      leading: 1.18,
      most: 12,
    },
  )
  board.set(title, 'middle', width / 2, y + letterer.capHeight * title.size, 1.18, ink)
  y += deep(board, title, 1.18) + height * 0.045
  if (words.subtitle !== undefined) {
    const most = last - y - height * 0.03
    const box = {
      width: measure,
      height: most,
      largest: Math.min(width * 0.05, title.size * 0.7),
      smallest: width * 0.018,
      leading: 1.3,
      most: 8,
    }
    const subtitle = board.fit(words.subtitle, { italic: true }, box)
    board.set(subtitle, 'middle', width / 2, y + letterer.capHeight * subtitle.size, 1.3, ink)
    y += deep(board, subtitle, 1.3) + height * 0.045
  }
  // The ornament where there is room for it.
  if (words.ornament !== undefined && last - y > width * 0.2) {
    const mark = board.fit(
      words.ornament,
      {},
      { width: measure * 0.5, height: width * 0.1, largest: width * 0.1, smallest: 1, leading: 1, most: 1 },
    )
    const { top, bottom: low } = mark.lines[0]!
    const middle = y + (last - height * 0.02 - y) / 2
    board.set(mark, 'middle', width / 2, middle - ((top + low) / 2) * mark.size, 1, accent)
  }
}

/** A pasted label on coloured boards. */
function label(board: Board): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  board.rule(0, 0, width, height, accent)
  const outer = width * 0.14
  const inset = width * 0.022
  const pad = width * 0.06
  const measure = width - 2 * (outer + inset + pad)
  const names =
    words.authors.length > 0
      ? board.lines(words.authors, { smallCaps: true, tracking: 0.08 }, width * 0.042, measure, height * 0.12)
      : undefined
  const title = board.fit(
    words.title,
    {},
    { width: measure, height: height * 0.26, largest: width * 0.115, smallest: width * 0.03, leading: 1.12, most: 12 },
  )
  const subtitle =
    words.subtitle === undefined
      ? undefined
      : board.fit(
          words.subtitle,
          { italic: true },
          {
            width: measure,
            height: height * 0.1,
            largest: width * 0.045,
            smallest: width * 0.018,
            leading: 1.25,
            most: 6,
          },
        )
  const parts = [
    names && { fitted: names, leading: LEADING, colour: ink },
    { fitted: title, leading: 1.12, colour: accent },
    subtitle && { fitted: subtitle, leading: 1.25, colour: ink },
  ].flatMap((part) => part ?? [])
  const gap = pad * 0.8
  const within = parts.reduce(
    (sum, { fitted, leading }) => sum + deep(board, fitted, leading),
    gap * (parts.length - 1),
  )
  const tall = Math.max(within + 2 * (inset + pad * 1.15), width * 0.3)
  const top = height * 0.16
  board.rule(outer, top, width - 2 * outer, tall, ground)
  frameAround(
    board,
    outer + inset,
    top + inset,
    width - 2 * (outer + inset),
    tall - 2 * inset,
    Math.max(width * 0.003, 0.5),
    ink,
  )
  let y = top + (tall - within) / 2
  for (const { fitted, leading, colour } of parts) {
    board.set(fitted, 'middle', width / 2, y + letterer.capHeight * fitted.size, leading, colour)
    y += deep(board, fitted, leading) + gap
  }
  footOf(board, 'middle', width / 2, width * 0.76, ground, width * 0.1)
}

/** A full field of colour, and a great disc that rises into it from the foot. */
function disc(board: Board): void {
  const { width, height, letterer, words, colours } = board
  const { ground, ink, accent } = colours
  board.rule(0, 0, width, height, accent)
  // What shows of it is a third of the page, at whatever shape.
  const radius = width * 0.62
  const rise = height * 0.58
  board.circle(width / 2, rise + radius, radius, ground)
  if (rise + radius < height) board.rule(0, rise + radius, width, height - rise - radius, ground)
  const margin = width * 0.09
  const measure = width - 2 * margin
  let y = height * 0.1
  const title = board.fit(
    words.title,
    {},
    {
      width: measure,
      height: rise - y - height * (words.subtitle === undefined ? 0.06 : 0.16),
      largest: width * 0.24,
      smallest: width * 0.05,
      leading: 1.06,
      most: 12,
    },
  )
  board.set(title, 'middle', width / 2, y + letterer.capHeight * title.size, 1.06, ground)
  y += deep(board, title, 1.06) + margin * 0.7
  subtitleAt(board, 'middle', width / 2, y, measure * 0.8, rise - height * 0.02 - y, ground, title)
  const narrow = width * 0.62
  const foot = height - margin * 0.8 - footOf(board, 'middle', width / 2, narrow, ink, margin * 0.8)
  if (words.authors.length > 0) {
    const from = rise + height * 0.1
    const names = board.lines(
      words.authors,
      {},
      width * 0.062,
      narrow,
      Math.max(foot - from - height * 0.02, height * 0.05),
    )
    board.set(names, 'middle', width / 2, from + letterer.capHeight * names.size, LEADING, ink)
  }
}

/** From the top of the first line's capitals to the last baseline. */
function deep({ letterer }: Board, { lines, size }: Fitted, leading = LEADING): number {
  return (letterer.capHeight + (lines.length - 1) * leading) * size
}

/** Series and publisher, standing on the margin at the foot; how high they stand, with the air above them. */
function footOf(
  board: Board,
  axis: 'start' | 'middle',
  x: number,
  measure: number,
  colour: string,
  margin = x === board.width / 2 ? board.width * 0.1 : x,
): number {
  const { width, height, words, letterer } = board
  if (words.foot.length === 0) return 0
  const foot = board.lines(words.foot, { smallCaps: true, tracking: 0.07 }, width * 0.042, measure, height * 0.1)
  const rest = (foot.lines.length - 1) * LEADING * foot.size
  board.set(foot, axis, x, height - margin - rest, LEADING, colour)
  return rest + letterer.capHeight * foot.size + margin * 0.5
}

function subtitleAt(
  board: Board,
  axis: 'start' | 'middle',
  x: number,
  y: number,
  measure: number,
  room: number,
  colour: string,
  title: Fitted,
  italic = true,
): void {
  const { width, words, letterer } = board
  if (words.subtitle === undefined) return
  const box = {
    width: measure,
    height: Math.max(room, width * 0.02),
    largest: Math.min(width * 0.062, title.size * 0.62),
    smallest: width * 0.018,
  }
  const subtitle = board.fit(words.subtitle, { italic }, { ...box, leading: 1.25, most: 8 })
  board.set(subtitle, axis, x, y + letterer.capHeight * subtitle.size, 1.25, colour)
}

/** Around the page, so far in. */
function frame(board: Board, inset: number, thick: number, colour: string): void {
  frameAround(board, inset, inset, board.width - 2 * inset, board.height - 2 * inset, thick, colour)
}

function frameAround(board: Board, x: number, y: number, w: number, h: number, thick: number, colour: string): void {
  board.rule(x, y, w, thick, colour)
  board.rule(x, y + h - thick, w, thick, colour)
  board.rule(x, y, thick, h, colour)
  board.rule(x + w - thick, y, thick, h, colour)
}
