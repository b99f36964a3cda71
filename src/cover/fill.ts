// In: a picture's pixels. Out: exactly so many pixels, filled, and never stretched: what is over is cut evenly where that is
// little, else the whole picture stands on a ground of its edges' colour.

/** By rows from the top left: red, green, blue, and 255 for opaque. */
export interface Bitmap {
  width: number
  height: number
  data: Uint8Array
}

/** The share of a picture that may be cut: of a page of A5 to 1600 × 2560 it is an eighth. */
const MOST_CUT = 0.125

export interface Filled extends Bitmap {
  /** The share of the picture that is cut; 0 if it is whole. */
  cut: number
  /** The share of the whole that is ground. */
  ground: number
  /** How many pixels one of the picture's has become, across. */
  scale: number
}

/** `under`: '#rrggbb', what is seen through a picture. */
export function fill(picture: Bitmap, width: number, height: number, under: string): Filled {
  const across = width / picture.width
  const down = height / picture.height
  const [less, more] = [Math.min(across, down), Math.max(across, down)]
  const cuts = fillsWell(picture, width, height)
  const scale = cuts ? more : less
  const source = opaque(picture, under)
  const colour = edge(picture.width, picture.height, source)
  // What it takes of the whole, in whole pixels; the rest is ground.
  const size = [
    Math.min(width, Math.round(picture.width * scale)),
    Math.min(height, Math.round(picture.height * scale)),
  ]
  const left = Math.floor((width - size[0]!) / 2)
  const top = Math.floor((height - size[1]!) / 2)
  const columns = Array.from({ length: size[0]! }, (_, x) => taps(x, size[0]!, picture.width, scale))
  const data = new Uint8Array(4 * width * height)
  data.set([...colour, 255])
  // What is filled is copied until all is.
  for (let filled = 4; filled < data.length; filled *= 2) data.copyWithin(filled, 0, data.length - filled)
  const row = new Float64Array(3 * picture.width)
  for (let y = 0; y < size[1]!; y++) {
    blendRows(source, picture.width, taps(y, size[1]!, picture.height, scale), row)
    blendColumns(row, columns, data, 4 * ((top + y) * width + left))
  }
  const cut = cuts ? 1 - less / more : 0
  return { width, height, data, cut, ground: 1 - (size[0]! * size[1]!) / (width * height), scale }
}

/** Is so little over that it may be cut, where the picture fills the whole? */
export function fillsWell(picture: { width: number; height: number }, width: number, height: number): boolean {
  const across = width / picture.width
  const down = height / picture.height
  return 1 - Math.min(across, down) / Math.max(across, down) <= MOST_CUT
}

interface Taps {
  first: number
  weights: number[]
}

/**
 * What a pixel at `at` of `count` is made of: Catmull and Rom's cubic (A Class of Local Interpolating Splines, 1974), made as
 * wide as the pixels that become one. Nothing but the four rules of arithmetic, so that the bytes are the same everywhere.
 */
function taps(at: number, count: number, length: number, scale: number): Taps {
  const centre = length / 2 + (at + 0.5 - count / 2) / scale - 0.5
  const stretch = Math.max(1, 1 / scale)
  const first = Math.max(0, Math.ceil(centre - 2 * stretch))
  const last = Math.min(length - 1, Math.floor(centre + 2 * stretch))
  const weights: number[] = []
  let sum = 0
  for (let i = first; i <= last; i++) {
    const weight = cubic(Math.abs(i - centre) / stretch)
    weights.push(weight)
    sum += weight
  }
  return { first, weights: weights.map((weight) => weight / sum) }
}

function cubic(d: number): number {
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0
}

function blendRows(source: Uint8Array, width: number, { first, weights }: Taps, row: Float64Array): void {
  row.fill(0)
  weights.forEach((weight, i) => {
    if (weight === 0) return
    let from = 4 * (first + i) * width
    for (let at = 0; at < row.length; at += 3, from += 4) {
      row[at]! += weight * source[from]!
      row[at + 1]! += weight * source[from + 1]!
      row[at + 2]! += weight * source[from + 2]!
    }
  })
}

function blendColumns(row: Float64Array, columns: readonly Taps[], data: Uint8Array, to: number): void {
  for (const { first, weights } of columns) {
    for (let c = 0; c < 3; c++) {
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += weights[i]! * row[3 * (first + i) + c]!
      data[to + c] = Math.min(255, Math.max(0, Math.round(sum)))
    }
    to += 4
  }
}

/** '#rrggbb': the mean of the picture's outermost pixels, so that what stands around it seems to go on. */
export function edgeColour(picture: Bitmap, under: string): string {
  const colour = edge(picture.width, picture.height, opaque(picture, under))
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function edge(width: number, height: number, data: Uint8Array): number[] {
  const sums = [0, 0, 0]
  let count = 0
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1)
    for (let x = 0; x < width; x += step) {
      for (let c = 0; c < 3; c++) sums[c]! += data[4 * (y * width + x) + c]!
      count++
    }
  }
  return sums.map((sum) => Math.round(sum / count))
}

function opaque({ data }: Bitmap, under: string): Uint8Array {
  const ground = [1, 3, 5].map((at) => Number.parseInt(under.slice(at, at + 2), 16))
  let out = data
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]!
    if (alpha === 255) continue
    if (out === data) out = data.slice()
    for (let c = 0; c < 3; c++) out[i + c] = Math.round((data[i + c]! * alpha + ground[c]! * (255 - alpha)) / 255)
  }
  return out
}
