// In: lengths and transformations as an SVG writes them. Out: matrices, boxes and areas in pixels; all of them upper bounds.
import type { Element } from '../parse-xml.js'

/** a b c d e f of SVG: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number]
export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g

export function numbersOf(text: string): number[] {
  return (text.match(NUMBER) ?? []).map(Number)
}

export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ]
}

/** The most that it lengthens a line. */
export function scaleOf([a, b, c, d]: Matrix): number {
  return Math.max(Math.hypot(a, b), Math.hypot(c, d))
}

/** Of several that may hold, the one that enlarges most. */
export function transformOf(values: readonly string[]): Matrix {
  let most = IDENTITY
  for (const value of values) {
    let matrix = IDENTITY
    for (const [, name, inside] of value.matchAll(/(?<![a-z])([a-z]+)\s*\(([^()]*)\)/gi))
      matrix = multiply(matrix, single(name!.toLowerCase(), numbersOf(inside!)))
    if (most === IDENTITY || scaleOf(matrix) > scaleOf(most)) most = matrix
  }
  return most
}

function single(name: string, n: readonly number[]): Matrix {
  const turn = (degrees: number) => (degrees * Math.PI) / 180
  const [a = 0, b, c] = n
  switch (name) {
    case 'matrix':
      return n.length === 6 ? (n as unknown as Matrix) : IDENTITY
    case 'translate':
      return [1, 0, 0, 1, a, b ?? 0]
    case 'scale':
      return [a, 0, 0, b ?? a, 0, 0]
    case 'rotate': {
      const [sin, cos] = [Math.sin(turn(a)), Math.cos(turn(a))]
      const rotation: Matrix = [cos, sin, -sin, cos, 0, 0]
      if (b === undefined) return rotation
      return multiply(multiply([1, 0, 0, 1, b, c ?? 0], rotation), [1, 0, 0, 1, -b, -(c ?? 0)])
    }
    case 'skewx':
      return [1, 0, Math.tan(turn(a)), 1, 0, 0]
    case 'skewy':
      return [1, Math.tan(turn(a)), 0, 1, 0, 0]
    default:
      return IDENTITY
  }
}

/** CSS pixels to the unit. */
export const UNITS = new Map([
  ['', 1],
  ['px', 1],
  ['pt', 96 / 72],
  ['pc', 16],
  ['mm', 96 / 25.4],
  ['cm', 96 / 2.54],
  ['in', 96],
  ['em', 16],
  ['ex', 8],
])

/** A length, or a share of a whole. */
export function placeIn(value: string, whole: number): number {
  const [, number, unit] = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z]*|%)/i.exec(value) ?? []
  if (number === undefined) return 0
  return Number(number) * (unit === '%' ? whole / 100 : (UNITS.get(unit!.toLowerCase()) ?? 1))
}

/** The box of an element's `x`, `y`, `width`, `height`, or of four corners, in pixels and grown by some. */
export function boxOf(from: Element | Box, matrix: Matrix, view: readonly number[], more = 0): Box {
  const local = 'left' in from ? from : sides(from, view)
  const xs: number[] = []
  const ys: number[] = []
  for (const x of [local.left, local.right])
    for (const y of [local.top, local.bottom]) {
      xs.push(matrix[0] * x + matrix[2] * y + matrix[4])
      ys.push(matrix[1] * x + matrix[3] * y + matrix[5])
    }
  return {
    left: Math.min(...xs) - more,
    top: Math.min(...ys) - more,
    right: Math.max(...xs) + more,
    bottom: Math.max(...ys) + more,
  }
}

function sides(element: Element, view: readonly number[]): Box {
  const side = (name: string, whole: number) => {
    const value = element.attributes.get(name) ?? (name === 'width' || name === 'height' ? '100%' : '0')
    return placeIn(value, whole)
  }
  const [width, height] = [view[2] ?? 100, view[3] ?? 100]
  const [left, top] = [side('x', width), side('y', height)]
  return { left, top, right: left + side('width', width), bottom: top + side('height', height) }
}

/** How much of the canvas a box covers, pixels: at least one, where it is near. */
export function cover(box: Box, canvas: Box): number {
  const width = Math.min(box.right, canvas.right) - Math.max(box.left, canvas.left)
  const height = Math.min(box.bottom, canvas.bottom) - Math.max(box.top, canvas.top)
  // What is no number may be anything.
  if (Number.isNaN(width) || Number.isNaN(height)) return canvas.right * canvas.bottom
  return width < 0 || height < 0 ? 0 : Math.max(width, 1) * Math.max(height, 1)
}

export function join(a: Box | undefined, b: Box | undefined): Box | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  }
}

/** Outside of the canvas, by more than half of it. */
export function isBeyond(box: Box, canvas: Box): boolean {
  const [across, down] = [canvas.right / 2, canvas.bottom / 2]
  return box.left > canvas.right + across || box.top > canvas.bottom + down || box.right < -across || box.bottom < -down
}
