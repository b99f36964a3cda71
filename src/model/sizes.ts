// Trim sizes and sheets by name, for a book's `size`, an edition's `trim` and what a theme says of a size: width and height in
// points. ISO 216 in millimetres, the others in inches.

export interface Trim {
  width: number
  height: number
}

const MM = 72 / 25.4
const mm = (width: number, height: number): Trim => ({ width: width * MM, height: height * MM })
const inches = (width: number, height: number): Trim => ({ width: width * 72, height: height * 72 })

/** A rectangle, from the upper left corner of what it stands on. */
export interface Frame {
  x: number
  y: number
  width: number
  height: number
}

/** Where a picture of that shape stands if it is to fill a frame: what is over is over evenly, on two sides. */
export function covering({ x, y, width, height }: Frame, picture: Trim): Frame {
  const [across, down] = [Math.max(picture.width, 1e-6), Math.max(picture.height, 1e-6)]
  const scale = Math.max(width / across, height / down)
  const size = { width: across * scale, height: down * scale }
  return { x: x + (width - size.width) / 2, y: y + (height - size.height) / 2, ...size }
}

/** Two names may mean one size. */
export function isSameSize(a: Trim, b: Trim): boolean {
  return Math.abs(a.width - b.width) < 0.01 && Math.abs(a.height - b.height) < 0.01
}

export const SIZES: ReadonlyMap<string, Trim> = new Map(
  Object.entries({
    a3: mm(297, 420),
    a4: mm(210, 297),
    a5: mm(148, 210),
    a6: mm(105, 148),
    b5: mm(176, 250),
    b6: mm(125, 176),
    letter: inches(8.5, 11),
    legal: inches(8.5, 14),
    tabloid: inches(11, 17),
    digest: inches(5.5, 8.5),
    'us-trade': inches(6, 9),
    pocket: inches(4.25, 6.87),
    'b-format': mm(129, 198),
    'a-format': mm(110, 178),
    royal: mm(156, 234),
    '5x8': inches(5, 8),
    '5.25x8': inches(5.25, 8),
    '5.5x8.5': inches(5.5, 8.5),
    '6x9': inches(6, 9),
    '6.14x9.21': inches(6.14, 9.21),
    '7x9': inches(7, 9),
    '7x10': inches(7, 10),
    '7.5x9.25': inches(7.5, 9.25),
    '8x8': inches(8, 8),
    '8x10': inches(8, 10),
    '8.25x8.25': inches(8.25, 8.25),
    '8.5x8.5': inches(8.5, 8.5),
    '8.5x11': inches(8.5, 11),
  }),
)
