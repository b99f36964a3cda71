// A drawing in, a PNG or its pixels out: rules and filled paths, anti-aliased, with a palette of the drawing's own colours.
//
// Coverage is exact: every edge adds the signed area that it covers of each pixel to a buffer, and a running sum along
// each row turns that into coverage (the method of Raph Levien's font-rs). Contours of one path wind the same way, as in
// fonts, so overlaps are clamped, not cut out.
import { constants, crc32, deflateSync } from 'node:zlib'
import type { PathItem, Rule } from '../layout/typeset.js'
import type { Drawing } from './draw.js'
import type { Bitmap } from './fill.js'

/** Steps between two colours at an edge. */
const LEVELS = 32

interface Canvas {
  width: number
  height: number
  /** Bytes of a row: the PNG's filter type, then the palette index of every pixel. */
  stride: number
  pixels: Uint8Array
  palette: Palette
  band: Band
}

interface Palette {
  colours: number[]
  /** Index of a solid colour. */
  solid(colour: string): number
  /** Indices from the solid colour nearest to `under` (level 0) to `over` (level LEVELS). */
  ramp(under: number, over: number): Uint8Array
}

/** The drawing at this many pixels across; its first item is taken to cover the ground. */
export function toPng(drawing: Drawing, pixelWidth: number): Uint8Array {
  return encode(paint(drawing, pixelWidth))
}

/** The same as pixels. */
export function toBitmap(drawing: Drawing, pixelWidth: number): Bitmap {
  const { width, height, stride, pixels, palette } = paint(drawing, pixelWidth)
  const data = new Uint8Array(4 * width * height)
  for (let i = 0, y = 0; y < height; y++)
    for (let x = 1; x <= width; x++, i += 4) {
      const colour = palette.colours[pixels[y * stride + x]!]!
      data[i] = colour >> 16
      data[i + 1] = colour >> 8
      data[i + 2] = colour
      data[i + 3] = 255
    }
  return { width, height, data }
}

function paint(drawing: Drawing, pixelWidth: number): Canvas {
  const scale = pixelWidth / drawing.width
  const canvas = createCanvas(pixelWidth, Math.round(drawing.height * scale))
  for (const item of drawing.items) {
    if (item.kind === 'rule') fillRule(canvas, item, scale)
    else fillPath(canvas, item, scale)
  }
  return canvas
}

function createCanvas(width: number, height: number): Canvas {
  const colours: number[] = []
  const solids = new Map<string, number>()
  /** By the index below, then by the one above. */
  const ramps: (Uint8Array | undefined)[][] = []
  /** By index: the solid colour that it is nearest to, itself for a solid. */
  const nearest: number[] = []
  const add = (colour: number, solid: number) => {
    colours.push(colour)
    nearest.push(solid)
    return colours.length - 1
  }
  const palette: Palette = {
    colours,
    solid(colour) {
      let index = solids.get(colour)
      if (index === undefined) solids.set(colour, (index = add(Number.parseInt(colour.slice(1), 16), colours.length)))
      return index
    },
    ramp(under, over) {
      const from = nearest[under]!
      const row = (ramps[from] ??= [])
      let ramp = row[over]
      if (ramp === undefined) {
        ramp = new Uint8Array(LEVELS + 1)
        for (let level = 0; level <= LEVELS; level++) {
          const solid = level * 2 < LEVELS ? from : over
          // A drawing has three or four colours; should its mixtures overflow the palette, edges get coarser, no more.
          const mixed = level > 0 && level < LEVELS && colours.length < 256
          ramp[level] = mixed ? add(blend(colours[from]!, colours[over]!, level), solid) : solid
        }
        row[over] = ramp
      }
      return ramp
    },
  }
  const size = (width + 1) * height
  if (sheet.length < size) sheet = new Uint8Array(size)
  return { width, height, stride: width + 1, pixels: sheet.subarray(0, size).fill(0), palette, band: createBand(width) }
}

/** The pixels of the last canvas, for the next: of some megabytes the system takes longer to find new ones than we to paint them. */
let sheet: Uint8Array<ArrayBufferLike> = new Uint8Array(0)

function blend(from: number, to: number, level: number): number {
  let colour = 0
  for (const shift of [16, 8, 0]) {
    const a = (from >> shift) & 255
    const b = (to >> shift) & 255
    colour |= Math.floor((a * (LEVELS - level) + b * level) / LEVELS + 0.5) << shift
  }
  return colour
}

/** Edges of rules are put on whole pixels: a rule is as sharp as the raster. */
function fillRule(canvas: Canvas, rule: Rule, scale: number): void {
  const index = canvas.palette.solid(rule.colour)
  const left = clamp(Math.round(rule.x * scale), 0, canvas.width)
  const right = clamp(Math.max(left + 1, Math.round((rule.x + rule.width) * scale)), 0, canvas.width)
  const top = clamp(Math.round(rule.y * scale), 0, canvas.height)
  const bottom = clamp(Math.max(top + 1, Math.round((rule.y + rule.height) * scale)), 0, canvas.height)
  for (let y = top; y < bottom; y++)
    canvas.pixels.fill(index, y * canvas.stride + 1 + left, y * canvas.stride + 1 + right)
}

// The loops below run for every cover, and in a short book before the engine has optimised them, when each step of arithmetic costs
// as much as a small object. So an edge goes down its rows in one loop, with its numbers at hand, and comparisons stand for Math.min.

/** The edges of a path, by number; each goes downwards, from x1 y1 to y2. */
interface Edges {
  x1: number[]
  y1: number[]
  y2: number[]
  slope: number[]
  /** 1 if the path itself goes down there, -1 if it goes up. */
  sign: number[]
  /** By the row that they begin in, lists of edges: the first of each, and the one after each; -1 where there is none. */
  head: Int32Array
  next: number[]
  /** Rows of the drawing that the path reaches. */
  first: number
  last: number
}

/** Rows that are made together: differences of coverage from pixel to pixel, and a bit for every pixel that has one. */
interface Band {
  steps: Float64Array
  marks: Int32Array
  /** Numbers, and words of bits, of a row. */
  stepsPerRow: number
  marksPerRow: number
}

/** Rows of a band. */
const ROWS = 16

function createBand(width: number): Band {
  const stepsPerRow = width + 2
  const marksPerRow = (stepsPerRow >> 5) + 1
  const steps = new Float64Array(ROWS * stepsPerRow)
  return { steps, marks: new Int32Array(ROWS * marksPerRow), stepsPerRow, marksPerRow }
}

function fillPath(canvas: Canvas, item: PathItem, scale: number): void {
  const { band, width } = canvas
  const over = canvas.palette.solid(item.colour)
  const edges = edgesOf(item.d, scale, canvas.height)
  const active: number[] = []
  for (let top = edges.first; top <= edges.last; top += ROWS) {
    const bottom = Math.min(top + ROWS, edges.last + 1)
    for (let y = top; y < bottom; y++) for (let e = edges.head[y]!; e >= 0; e = edges.next[e]!) active.push(e)
    let kept = 0
    for (let i = 0; i < active.length; i++) {
      const e = active[i]!
      addEdge(band, edges, e, top, bottom, width)
      if (edges.y2[e]! > bottom) active[kept++] = e
    }
    active.length = kept
    for (let y = top; y < bottom; y++) paintRow(canvas, y, y - top, over)
  }
}

/** Adds the signed area that lies to the right of an edge in the rows from `top` to before `bottom`, as differences along them. */
function addEdge(
  { steps, marks, stepsPerRow, marksPerRow }: Band,
  edges: Edges,
  e: number,
  top: number,
  bottom: number,
  width: number,
): void {
  const x1 = edges.x1[e]!
  const y1 = edges.y1[e]!
  const y2 = edges.y2[e]!
  const slope = edges.slope[e]!
  const sign = edges.sign[e]!
  let y = y1 > top ? y1 | 0 : top
  let enters = y1 > y ? x1 : x1 + (y - y1) * slope
  for (; y < bottom && y < y2; y++) {
    const from = y1 > y ? y1 : y
    const to = y2 < y + 1 ? y2 : y + 1
    const height = (to - from) * sign
    const leaves = x1 + (to - y1) * slope
    let low = enters < leaves ? enters : leaves
    let high = enters < leaves ? leaves : enters
    enters = leaves
    if (low < 0) low = 0
    else if (low > width) low = width
    if (high < 0) high = 0
    else if (high > width) high = width
    const first = low | 0
    const row = (y - top) * stepsPerRow
    const words = (y - top) * marksPerRow
    marks[words + (first >> 5)]! |= 1 << first
    const next = first + 1
    if (high <= next) {
      // Within one pixel: a trapezium of it lies to the right.
      const covered = height * (next - (low + high) / 2)
      steps[row + first]! += covered
      steps[row + next]! += height - covered
      marks[words + (next >> 5)]! |= 1 << next
      continue
    }
    // Over several pixels: what is covered grows quadratically in the first and last, evenly between.
    const per = height / (high - low)
    const lead = next - low
    let before = (per * lead * lead) / 2
    steps[row + first]! += before
    const last = Math.ceil(high) - 1
    for (let x = next; x < last; x++) {
      const sum = per * (x + 0.5 - low)
      steps[row + x]! += sum - before
      marks[words + (x >> 5)]! |= 1 << x
      before = sum
    }
    const tail = high - last
    const sum = height - (per * tail * tail) / 2
    steps[row + last]! += sum - before
    steps[row + last + 1]! += height - sum
    marks[words + (last >> 5)]! |= 1 << last
    marks[words + ((last + 1) >> 5)]! |= 1 << (last + 1)
  }
}

const NO_RAMP = new Uint8Array(0)
/** Of so few pixels a loop is sooner done than a call. */
const SHORT = 8

/** One row of the band into coverage, and that into pixels; the row and its marks go back to nought. */
function paintRow({ pixels, palette, stride, width, band }: Canvas, y: number, row: number, over: number): void {
  const { steps, marks, stepsPerRow, marksPerRow } = band
  const line = y * stride + 1
  let sum = 0
  let level = 0
  // Nearly all edges of a row lie on one colour.
  let under = -1
  let ramp: Uint8Array = NO_RAMP
  // Coverage stands still from one mark to the next.
  let from = 0
  for (let word = 0; word < marksPerRow; word++) {
    let bits = marks[row * marksPerRow + word]!
    if (bits === 0) continue
    marks[row * marksPerRow + word] = 0
    for (; bits !== 0; bits &= bits - 1) {
      const x = (word << 5) + 31 - Math.clz32(bits & -bits)
      if (level !== 0) {
        const end = x < width ? x : width
        if (level === LEVELS) {
          if (end - from > SHORT) pixels.fill(over, line + from, line + end)
          else for (let at = from; at < end; at++) pixels[line + at] = over
        } else
          for (let at = from; at < end; at++) {
            if (pixels[line + at] !== under) {
              under = pixels[line + at]!
              ramp = palette.ramp(under, over)
            }
            pixels[line + at] = ramp[level]!
          }
      }
      from = x
      const at = row * stepsPerRow + x
      sum += steps[at]!
      steps[at] = 0
      const covered = sum < 0 ? -sum : sum
      level = covered >= 1 ? LEVELS : (covered * LEVELS + 0.5) | 0
    }
  }
}

/** Of a path's lines, in pixels. Curves become chords that stray at most a tenth of a pixel. */
function edgesOf(d: readonly (string | number)[], scale: number, height: number): Edges {
  const edges: Edges = {
    ...{ x1: [], y1: [], y2: [], slope: [], sign: [], next: [] },
    ...{ head: new Int32Array(height).fill(-1), first: height, last: -1 },
  }
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const line = (toX: number, toY: number) => {
    addTo(edges, height, x, y, toX, toY)
    x = toX
    y = toY
  }
  const at = (i: number) => (d[i] as number) * scale
  for (let i = 0; i < d.length; ) {
    switch (d[i]) {
      case 'M':
        if (x !== startX || y !== startY) line(startX, startY)
        x = startX = at(i + 1)
        y = startY = at(i + 2)
        i += 3
        break
      case 'L':
        line(at(i + 1), at(i + 2))
        i += 3
        break
      case 'Q':
        quadratic(line, x, y, at(i + 1), at(i + 2), at(i + 3), at(i + 4))
        i += 5
        break
      case 'C':
        cubic(line, x, y, at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5), at(i + 6))
        i += 7
        break
      case 'Z':
        line(startX, startY)
        i += 1
        break
      default:
        throw new Error(`path command ${String(d[i])} is not one of M L Q C Z`)
    }
  }
  if (x !== startX || y !== startY) line(startX, startY)
  return edges
}

function addTo(edges: Edges, height: number, xa: number, ya: number, xb: number, yb: number): void {
  if (ya === yb) return
  const down = ya < yb
  const x1 = down ? xa : xb
  const y1 = down ? ya : yb
  const y2 = down ? yb : ya
  const top = y1 < 0 ? 0 : Math.floor(y1)
  const bottom = y2 > height ? height : Math.ceil(y2)
  if (top >= bottom) return
  const e = edges.x1.push(x1) - 1
  edges.y1.push(y1)
  edges.y2.push(y2)
  edges.slope.push(((down ? xb : xa) - x1) / (y2 - y1))
  edges.sign.push(down ? 1 : -1)
  edges.next.push(edges.head[top]!)
  edges.head[top] = e
  if (top < edges.first) edges.first = top
  if (bottom - 1 > edges.last) edges.last = bottom - 1
}

type Line = (toX: number, toY: number) => void

const chords = (bend: number) => clamp(Math.ceil(Math.sqrt(bend) * 1.6), 1, 64)

function quadratic(line: Line, ax: number, ay: number, cx: number, cy: number, bx: number, by: number): void {
  const n = chords(Math.max(Math.abs(ax - 2 * cx + bx), Math.abs(ay - 2 * cy + by)))
  for (let s = 1; s <= n; s++) {
    const t = s / n
    const u = 1 - t
    const p = u * u
    const q = 2 * u * t
    const w = t * t
    line(p * ax + q * cx + w * bx, p * ay + q * cy + w * by)
  }
}

function cubic(
  line: Line,
  ax: number,
  ay: number,
  cx: number,
  cy: number,
  ex: number,
  ey: number,
  bx: number,
  by: number,
): void {
  const across = Math.max(Math.abs(ax - 2 * cx + ex), Math.abs(cx - 2 * ex + bx))
  const down = Math.max(Math.abs(ay - 2 * cy + ey), Math.abs(cy - 2 * ey + by))
  const n = chords(Math.max(across, down) * 3)
  for (let s = 1; s <= n; s++) {
    const t = s / n
    const u = 1 - t
    const p = u * u * u
    const q = 3 * u * u * t
    const r = 3 * u * t * t
    const w = t * t * t
    line(p * ax + q * cx + r * ex + w * bx, p * ay + q * cy + r * ey + w * by)
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

/**
 * PNG, second edition (ISO/IEC 15948): colour type 3. Rows are runs of one colour, unfiltered: for them zlib's run-length
 * strategy is nearly as small as its search, in a twentieth of the time, and the same in every zlib.
 */
function encode({ width, height, pixels, palette }: Canvas): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.colours.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    // sRGB, perceptual: the colours are what the style sheet would show.
    chunk('sRGB', Buffer.from([0])),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(pixels, { level: 6, strategy: constants.Z_RLE, chunkSize: 1 << 16 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  out.set(data, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
  return out
}
