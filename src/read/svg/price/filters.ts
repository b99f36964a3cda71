// In: a filter, and where it is used. Out: what it costs, and the pixels that it holds. The figures are nanoseconds for a pixel.
import type { Element } from '../parse-xml.js'
import { type Box, type Matrix, numbersOf, scaleOf } from './bounds.js'

/** Filters may reach over the edges of a picture; the painter's own bound are two pictures on every side. */
const REACH = 2
const COPY = 120
const PIXEL = new Map([
  ['feGaussianBlur', 2000],
  ['feDropShadow', 2200],
  ['feDiffuseLighting', 500],
  ['feSpecularLighting', 1100],
  ['feBlend', 500],
  ['feComposite', 500],
  ['feDisplacementMap', 400],
  ['feColorMatrix', 400],
  ['feComponentTransfer', 400],
  ['feTile', 400],
  ['feFlood', 150],
  ['feOffset', 250],
])

interface Size {
  width: number
  height: number
}

export interface FilterWork {
  nanoseconds: number
  bytes: number
  region: Box | undefined
}

export function filterWork(filter: Element, matrix: Matrix, box: Box | undefined, canvas: Box, user: Size): FilterWork {
  const region = regionOf(filter, matrix, box ?? canvas, canvas, user)
  const pixels = Math.max(1, region.right - region.left) * Math.max(1, region.bottom - region.top)
  const shares = filter.attributes.get('primitiveUnits') === 'objectBoundingBox'
  let each = COPY
  let images = 2
  for (const part of filter.children)
    if (typeof part !== 'string') {
      each += COPY + primitive(part, shares ? undefined : matrix, region)
      images++
    }
  return { nanoseconds: pixels * each, bytes: pixels * 4 * images, region }
}

/** In pixels; bounded as the painter bounds it. */
function regionOf(filter: Element, matrix: Matrix, box: Box, canvas: Box, user: Size): Box {
  /** A number, a length, or a share of a whole. */
  const side = (name: string, whole: number, absent: number) => {
    const value = filter.attributes.get(name) ?? ''
    const [number] = numbersOf(value)
    if (number === undefined) return absent * whole
    return value.trim().endsWith('%') ? (number / 100) * whole : /[a-df-z]/i.test(value) ? number * 96 : number
  }
  const [across, down] = [canvas.right, canvas.bottom]
  const most: Box = {
    left: -REACH * across,
    top: -REACH * down,
    right: (REACH + 1) * across,
    bottom: (REACH + 1) * down,
  }
  let found: Box
  if (filter.attributes.get('filterUnits') === 'userSpaceOnUse') {
    const scale = scaleOf(matrix)
    // However it is turned: a square as wide as its diagonal, about its middle.
    const [x, y] = [side('x', user.width, -0.1), side('y', user.height, -0.1)]
    const [width, height] = [side('width', user.width, 1.2), side('height', user.height, 1.2)]
    const centre = [x + width / 2, y + height / 2] as const
    const [cx, cy] = [
      matrix[0] * centre[0] + matrix[2] * centre[1] + matrix[4],
      matrix[1] * centre[0] + matrix[3] * centre[1] + matrix[5],
    ]
    const turned = matrix[1] !== 0 || matrix[2] !== 0
    const [rx, ry] = turned
      ? Array(2).fill((Math.hypot(width, height) / 2) * scale)
      : [(width / 2) * scale, (height / 2) * scale]
    found = { left: cx - rx, top: cy - ry, right: cx + rx, bottom: cy + ry }
  } else {
    const [width, height] = [box.right - box.left, box.bottom - box.top]
    const share = (name: string, absent: number) => side(name, 1, absent)
    const [left, top] = [box.left + share('x', -0.1) * width, box.top + share('y', -0.1) * height]
    found = { left, top, right: left + share('width', 1.2) * width, bottom: top + share('height', 1.2) * height }
  }
  return {
    left: Math.min(Math.max(found.left, most.left), most.right),
    top: Math.min(Math.max(found.top, most.top), most.bottom),
    right: Math.max(Math.min(found.right, most.right), most.left),
    bottom: Math.max(Math.min(found.bottom, most.bottom), most.top),
  }
}

/** Without a matrix, lengths are shares of the box. */
function primitive(part: Element, matrix: Matrix | undefined, region: Box): number {
  const numbers = (name: string) => numbersOf(part.attributes.get(name) ?? '')
  const [across, down] = [region.right - region.left, region.bottom - region.top]
  switch (part.name) {
    case 'feTurbulence':
      return 260 * Math.max(1, numbers('numOctaves')[0] ?? 1)
    case 'feMorphology': {
      const unit = matrix === undefined ? Math.max(across, down) : scaleOf(matrix)
      const [x = 0, y = x] = numbers('radius').map((each) => Math.abs(each) * unit)
      return 12 * (2 * Math.min(x, across) + 3) * (2 * Math.min(y, down) + 3)
    }
    case 'feConvolveMatrix': {
      const [x = 3, y = x] = numbers('order')
      return 400 + 25 * Math.max(9, x * y, numbers('kernelMatrix').length)
    }
    case 'feMerge':
      return part.children.length * 250
    default:
      return PIXEL.get(part.name) ?? 400
  }
}
