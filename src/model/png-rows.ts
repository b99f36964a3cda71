// How PNG lays out its samples (ISO/IEC 15948): the header goes in; the passes come out that its rows are written in, and how long
// those are. Whoever proves a file and whoever unpacks it ask here.

/** Samples of a pixel, by colour type: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha. */
export const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Bits that a sample may have, by colour type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** How a row is foretold from its neighbours (9.2): 0 to 4. */
export const LAST_FILTER = 4

/** Adam7: start and step of each pass. */
const ADAM7: readonly (readonly [x: number, y: number, dx: number, dy: number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

export interface Pass {
  /** Its first pixel in the picture, and the steps to its next ones. */
  x: number
  y: number
  dx: number
  dy: number
  columns: number
  rows: number
}

export function isPngKind(colour: number, bits: number): boolean {
  return DEPTHS[colour]?.includes(bits) === true
}

/** Each an image of its own; one if the picture is not interlaced, none without pixels. */
export function passesOf(width: number, height: number, interlaced: boolean): Pass[] {
  if (!interlaced) return [{ x: 0, y: 0, dx: 1, dy: 1, columns: width, rows: height }]
  return ADAM7.map(([x, y, dx, dy]) => {
    return { x, y, dx, dy, columns: Math.ceil((width - x) / dx), rows: Math.ceil((height - y) / dy) }
  }).filter(({ columns, rows }) => columns > 0 && rows > 0)
}

/** Bytes of a row without its filter; `bits`: of a pixel. */
export function rowBytes(columns: number, bits: number): number {
  return Math.ceil((columns * bits) / 8)
}

/** Bytes of all rows, each with its filter. */
export function allRowBytes(passes: readonly Pass[], bits: number): number {
  return passes.reduce((sum, { columns, rows }) => sum + rows * (1 + rowBytes(columns, bits)), 0)
}
