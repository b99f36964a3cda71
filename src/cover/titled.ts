// A cover of the author's picture and our lettering. In: metadata and theme. Out: a panel with title and names, and where it and the picture
// stand: one design, whatever picture it is.
import type { Metadata } from '../model/book.js'
import { contrast } from '../theme/contrast.js'
import type { Face, Theme } from '../theme/theme.js'
import { type Axis, createBoard, LEADING } from './board.js'
import { type Drawing, lettered } from './draw.js'
import { type Bitmap, fill } from './fill.js'
import type { Fitted } from './lettering.js'
import { toBitmap } from './write-png.js'

const GOLDEN = 0.618

interface Frame {
  x: number
  y: number
  width: number
  height: number
}

export interface Titled {
  /** The panel alone, of its own size. */
  panel: Drawing
  /** Where the picture and the panel stand on a page of the asked size; the panel lies above. */
  picture: Frame
  at: Frame
  /** Of letters that stand straight on the picture: their colour; the first thing on the panel is its ground, which is not shown. */
  straight?: string
}

/** `width` and `height` of the whole, points. */
export function drawTitled(
  metadata: Metadata,
  theme: Theme,
  faces: readonly Face[],
  width: number,
  height: number,
): Titled {
  const { cover } = theme
  const { letterer, words, alt, unsaid } = lettered(metadata, theme, faces)
  const isPanel = cover.picture === 'panel'
  const isStraight = cover.picture === 'over'
  const whole = { x: 0, y: 0, width, height }
  // Pages of other shapes cut up to an eighth of the height away: a panel keeps clear of that.
  const edge = height * GOLDEN
  const at = isPanel
    ? { x: width * 0.1, y: height * 0.56, width: width * 0.8, height: height * 0.3 }
    : isStraight
      ? whole
      : { x: 0, y: edge, width, height: height - edge }
  const picture = isPanel || isStraight ? whole : { x: 0, y: 0, width, height: edge }
  const board = createBoard(at.width, at.height, words, cover, letterer)
  const deep = ({ lines, size }: Fitted, leading: number) => (letterer.capHeight + (lines.length - 1) * leading) * size
  const { ground, ink, accent } = cover
  board.rule(0, 0, at.width, at.height, ground)
  // On the axis that the theme's own covers have.
  const middle = isPanel || ['centred', 'framed', 'label', 'disc'].includes(cover.layout ?? '')
  const axis: Axis = middle ? 'middle' : 'start'
  const margin = width * (isPanel ? 0.06 : 0.09)
  const x = middle ? at.width / 2 : margin
  const measure = at.width - 2 * margin
  // Above, too, as much as other shapes may cut.
  let y = isStraight ? margin + height * 0.055 : margin
  if (isPanel) {
    const inset = width * 0.02
    const thick = Math.max(width * 0.003, 0.5)
    const [w, h] = [at.width - 2 * inset, at.height - 2 * inset]
    for (const [left, top, across, down] of [
      ...([[inset, inset, w, thick] as const, [inset, inset + h - thick, w, thick] as const] as const),
      ...([[inset, inset, thick, h] as const, [inset + w - thick, inset, thick, h] as const] as const),
    ])
      board.rule(left, top, across, down, accent)
  } else if (!isStraight) board.rule(0, 0, at.width, Math.max(height * 0.006, 1), accent)
  // Below, as much as other shapes may cut.
  const last = at.height - (isPanel ? margin : margin + height * 0.055)
  let foot = last
  if (words.authors.length > 0) {
    const names = board.lines(
      words.authors,
      { smallCaps: true, tracking: 0.07 },
      width * 0.045,
      measure,
      at.height * 0.2,
    )
    foot = last - deep(names, LEADING)
    board.set(names, axis, x, foot + letterer.capHeight * names.size, LEADING, ink)
    foot -= at.height * 0.07
  }
  const below = words.subtitle === undefined ? 0 : at.height * 0.2
  const room = { width: measure, height: Math.max(foot - y - below, at.height * 0.15) }
  const title = board.fit(
    words.title,
    {},
    { ...room, largest: width * 0.14, smallest: width * 0.03, leading: 1.08, most: 8 },
  )
  // In a panel the title stands in the middle of what is left, from above and from below.
  if (isPanel) y += Math.max(0, (foot - y - below - deep(title, 1.08)) / 2) * 0.8
  board.set(title, axis, x, y + letterer.capHeight * title.size, 1.08, isStraight ? ink : accent)
  y += deep(title, 1.08) + at.height * (isStraight ? 0.035 : 0.07)
  if (words.subtitle !== undefined) {
    const box = { width: measure, height: Math.max(foot - y, width * 0.02), leading: 1.25, most: 4 }
    const subtitle = board.fit(
      words.subtitle,
      { italic: true },
      { ...box, largest: Math.min(width * 0.05, title.size * 0.6), smallest: width * 0.016 },
    )
    board.set(subtitle, axis, x, y + letterer.capHeight * subtitle.size, 1.25, ink)
  }
  const panel = { width: at.width, height: at.height, alt, items: board.items, paper: ground, unsaid }
  return { panel, picture, at, ...(isStraight && { straight: ink }) }
}

/**
 * All of it as pixels, `across` of them; `cut`: the share of the picture that is not seen for its shape; `lost`: of letters straight on
 * the picture, the share that stands on what is hardly darker or lighter.
 */
export function paintTitled(
  { panel, picture, at, straight }: Titled,
  size: { width: number; height: number },
  own: Bitmap,
  across: number,
): Bitmap & { cut: number; lost: number } {
  const scale = across / size.width
  const [width, height] = [across, Math.round(size.height * scale)]
  const field = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) }
  const shown = cropped(own, field.width / field.height)
  const filled = fill(shown, field.width, field.height, panel.paper)
  const data = new Uint8Array(4 * width * height)
  put(data, width, height, filled, 0, 0)
  const cut = 1 - (shown.width * shown.height) / (own.width * own.height)
  if (straight !== undefined) return { width, height, data, cut, lost: letterOver(data, panel, width, straight) }
  const lettering = toBitmap(panel, Math.round(at.width * scale))
  put(data, width, height, lettering, Math.round(at.x * scale), Math.round(at.y * scale))
  return { width, height, data, cut, lost: 0 }
}

/** WCAG 2.2, 1.4.3, of large letters. */
const LEAST = 3

/**
 * Letters on pixels: drawn on black and on white, they are between these as much as they let through. Out: the share of them that has
 * too little contrast with what lies below.
 */
function letterOver(data: Uint8Array, panel: Drawing, across: number, colour: string): number {
  const [first, ...letters] = panel.items
  const on = (ground: string) => toBitmap({ ...panel, items: [{ ...first!, colour: ground }, ...letters] }, across).data
  const [black, white] = [on('#000000'), on('#ffffff')]
  let [all, lost] = [0, 0]
  for (let i = 0; i + 3 < Math.min(data.length, black.length); i += 4) {
    const through = white[i]! - black[i]!
    if (through === 255) continue
    if (through === 0) {
      all++
      if (contrast(colour, [data[i]!, data[i + 1]!, data[i + 2]!]) < LEAST) lost++
    }
    for (let k = i; k < i + 3; k++) data[k] = black[k]! + Math.round((data[k]! * (white[k]! - black[k]!)) / 255)
  }
  return all === 0 ? 0 : lost / all
}

/** The middle of a picture, of a shape. */
function cropped(own: Bitmap, shape: number): Bitmap {
  const width = Math.max(1, Math.min(own.width, Math.round(own.height * shape)))
  const height = Math.max(1, Math.min(own.height, Math.round(own.width / shape)))
  const [left, top] = [Math.floor((own.width - width) / 2), Math.floor((own.height - height) / 2)]
  const data = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++) {
    const from = 4 * ((top + y) * own.width + left)
    data.set(own.data.subarray(from, from + 4 * width), 4 * width * y)
  }
  return { width, height, data }
}

/** What reaches beyond the edge of the whole by a pixel is left out. */
function put(data: Uint8Array, width: number, height: number, part: Bitmap, x: number, y: number): void {
  const across = Math.min(part.width, width - x)
  for (let row = 0; row < Math.min(part.height, height - y); row++)
    data.set(part.data.subarray(4 * row * part.width, 4 * (row * part.width + across)), 4 * ((y + row) * width + x))
}
