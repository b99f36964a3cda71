// In: where a sheet is cut or folded. Out: the operators that draw the marks, outside of what is kept.
import { decimal } from '../file/syntax.js'

/** Hairlines, points. */
const PEN = '0 G\n0.25 w\n'

/** Of a mark, and its least distance from the trim. */
const MARK = 15
const DISTANCE = 6

/** So much room the marks take around the trim; they stay out of the bleed. */
export function roomForMarks(bleed: number): number {
  return Math.max(bleed, DISTANCE) + MARK + 3
}

/** A hairline from one point to another. */
export type Mark = [x1: number, y1: number, x2: number, y2: number]

/** Crop marks at the four corners of a trim whose lower left corner is at `x`, `y`. */
export function cropLines(x: number, y: number, width: number, height: number, bleed: number): Mark[] {
  const from = Math.max(bleed, DISTANCE)
  const out: Mark[] = []
  for (const [cx, side] of [
    [x, -1],
    [x + width, 1],
  ] as const) {
    for (const [cy, end] of [
      [y, -1],
      [y + height, 1],
    ] as const) {
      out.push([cx + side * from, cy, cx + side * (from + MARK), cy])
      out.push([cx, cy + end * from, cx, cy + end * (from + MARK)])
    }
  }
  return out
}

export function cropMarks(...trim: Parameters<typeof cropLines>): string {
  return `q\n${PEN}${cropLines(...trim)
    .map(line)
    .join('')}Q\n`
}

/** A dashed mark above and below the pages where a sheet is folded, if there is room between `top` or `foot` and the edge. */
export function foldLines(x: number, foot: number, top: number, sheetHeight: number): Mark[] {
  const out: Mark[] = []
  if (foot > DISTANCE) out.push([x, Math.max(0, foot - DISTANCE - MARK), x, foot - 2])
  if (sheetHeight - top > DISTANCE) out.push([x, top + 2, x, Math.min(sheetHeight, top + DISTANCE + MARK)])
  return out
}

export function foldMarks(...fold: Parameters<typeof foldLines>): string {
  const lines = foldLines(...fold)
  return lines.length === 0 ? '' : `q\n${PEN}[2 2] 0 d\n${lines.map(line).join('')}Q\n`
}

/** Where a booklet is stapled: short lines on the fold, at a quarter and three quarters of the page's height. */
export function stapleLines(fold: number, foot: number, height: number): Mark[] {
  return [0.25, 0.75].map((share): Mark => {
    const middle = foot + height * share
    return [fold, middle - STAPLE / 2, fold, middle + STAPLE / 2]
  })
}

/** A bar on the back of each signature, lower from one to the next: in the right order they are a stair. `nth` of `count`. */
export function collationMark(fold: number, foot: number, height: number, nth: number, count: number): string {
  const step = Math.min(1.5 * BAR, (height * 0.7) / Math.max(1, count))
  const high = Math.min(BAR, step)
  const y = foot + height * 0.9 - nth * step - high
  return `q\n0 g\n${[fold - BAR / 4, y, BAR / 2, high].map(decimal).join(' ')} re f\nQ\n`
}

/** As wide as a staple. */
const STAPLE = 34
const BAR = 14

/** Hairlines, whole or dashed. */
export function drawn(lines: readonly Mark[], dashed = false): string {
  return lines.length === 0 ? '' : `q\n${PEN}${dashed ? '[2 2] 0 d\n' : ''}${lines.map(line).join('')}Q\n`
}

function line([x1, y1, x2, y2]: Mark): string {
  return `${decimal(x1)} ${decimal(y1)} m ${decimal(x2)} ${decimal(y2)} l S\n`
}
