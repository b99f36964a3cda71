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
const BLOCK_BITS = 3
const BLOCK = 1 << BLOCK_BITS

interface Canvas {
  width: number
  height: number
  /** Bytes of a row: the PNG's filter type, then the palette index of every pixel. */
  stride: number
  pixels: Uint8Array
  palette: Palette
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
  return { width, height, stride: width + 1, pixels: sheet.subarray(0, size).fill(0), palette }
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

function fillPath(canvas: Canvas, item: PathItem, scale: number): void {
  const { width, height, palette } = canvas
  const edges = flatten(item.d, scale)
  const over = palette.solid(item.colour)
  // Edges by the row that they begin in, as linked lists: head[row] is the first, next[edge] the one after.
  const count = edges.length / 4
  const head = new Int32Array(height).fill(-1)
  const next = new Int32Array(count)
  let [first, last] = [height, -1]
  for (let e = 0; e < count; e++) {
    const top = Math.max(0, Math.floor(Math.min(edges[e * 4 + 1]!, edges[e * 4 + 3]!)))
    const bottom = Math.min(height, Math.ceil(Math.max(edges[e * 4 + 1]!, edges[e * 4 + 3]!)))
    if (top >= bottom || edges[e * 4 + 1] === edges[e * 4 + 3]) continue
    next[e] = head[top]!
    head[top] = e
    if (top < first) first = top
    if (bottom - 1 > last) last = bottom - 1
  }
  // A path seldom goes all the way across.
  let [left, right] = [width, 0]
  for (let i = 0; i < edges.length; i += 2) {
    const x = edges[i]!
    if (x < left) left = x
    if (x > right) right = x
  }
  const from = clamp(Math.floor(left), 0, width) >> BLOCK_BITS
  const row = new Float64Array(width + 2)
  // Blocks of the row that an edge has touched: between them coverage stands still.
  const touched = new Uint8Array(Math.ceil((width + 2) / BLOCK))
  const to = Math.min(touched.length, (clamp(Math.ceil(right), 0, width) >> BLOCK_BITS) + 2)
  const active: number[] = []
  for (let y = first; y <= last; y++) {
    for (let e = head[y]!; e >= 0; e = next[e]!) active.push(e)
    if (active.length === 0) continue
    let kept = 0
    for (const e of active) {
      const bottom = addEdge(
        row,
        y,
        width,
        touched,
        edges[e * 4]!,
        edges[e * 4 + 1]!,
        edges[e * 4 + 2]!,
        edges[e * 4 + 3]!,
      )
      if (bottom > y + 1) active[kept++] = e
    }
    active.length = kept
    paintRow(canvas, y, row, touched, from, to, over)
  }
}

const NO_RAMP = new Uint8Array(0)

/**
 * One row's differences of area into coverage, and that into pixels, from block `from` to before block `to`; the row and its
 * marks go back to nought.
 */
function paintRow(
  { pixels, palette, stride, width }: Canvas,
  y: number,
  row: Float64Array,
  touched: Uint8Array,
  from: number,
  to: number,
  over: number,
): void {
  const line = y * stride + 1
  let sum = 0
  let level = 0
  // Nearly all edges of a row lie on one colour.
  let under = -1
  let ramp: Uint8Array = NO_RAMP
  for (let block = from; block < to; block++) {
    const start = block * BLOCK
    if (touched[block] === 0 && (level === 0 || level === LEVELS)) {
      while (block + 1 < to && touched[block + 1] === 0) block++
      if (level === LEVELS) pixels.fill(over, line + start, line + Math.min((block + 1) * BLOCK, width))
      continue
    }
    touched[block] = 0
    const end = Math.min(start + BLOCK, row.length)
    for (let x = start; x < end; x++) {
      const step = row[x]!
      if (step !== 0) {
        row[x] = 0
        sum += step
        level = Math.floor(Math.min(1, Math.abs(sum)) * LEVELS + 0.5)
      }
      if (level === 0 || x >= width) continue
      const at = line + x
      if (level === LEVELS) pixels[at] = over
      else {
        if (pixels[at] !== under) {
          under = pixels[at]!
          ramp = palette.ramp(under, over)
        }
        pixels[at] = ramp[level]!
      }
    }
  }
}

/** Adds the signed area of this row that lies to the right of an edge, as differences along the row. Returns the edge's lower end. */
function addEdge(
  row: Float64Array,
  y: number,
  width: number,
  touched: Uint8Array,
  xa: number,
  ya: number,
  xb: number,
  yb: number,
): number {
  const down = ya < yb
  const sign = down ? 1 : -1
  const x1 = down ? xa : xb
  const y1 = down ? ya : yb
  const x2 = down ? xb : xa
  const y2 = down ? yb : ya
  const slope = (x2 - x1) / (y2 - y1)
  const from = Math.max(y1, y)
  const to = Math.min(y2, y + 1)
  const height = (to - from) * sign
  const xFrom = clamp(x1 + (from - y1) * slope, 0, width)
  const xTo = clamp(x1 + (to - y1) * slope, 0, width)
  const low = Math.min(xFrom, xTo)
  const high = Math.max(xFrom, xTo)
  const first = Math.floor(low)
  touched[first >> BLOCK_BITS] = 1
  if (high <= first + 1) {
    // Within one pixel: a trapezium of it lies to the right.
    const covered = height * (first + 1 - (low + high) / 2)
    row[first]! += covered
    row[first + 1]! += height - covered
    touched[(first + 1) >> BLOCK_BITS] = 1
    return y2
  }
  // Over several pixels: what is covered grows quadratically in the first and last, evenly between.
  const per = height / (high - low)
  const lead = first + 1 - low
  let before = (per * lead * lead) / 2
  row[first]! += before
  const last = Math.ceil(high) - 1
  for (let block = first >> BLOCK_BITS; block <= (last + 1) >> BLOCK_BITS; block++) touched[block] = 1
  for (let x = first + 1; x < last; x++) {
    const sum = per * (x + 0.5 - low)
    row[x]! += sum - before
    before = sum
  }
  const tail = high - last
  const sum = height - (per * tail * tail) / 2
  row[last]! += sum - before
  row[last + 1]! += height - sum
  return y2
}

/** Pairs of points, four numbers an edge, in pixels. Curves become chords that stray at most a tenth of a pixel. */
function flatten(d: readonly (string | number)[], scale: number): number[] {
  const edges: number[] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const line = (toX: number, toY: number) => {
    edges.push(x, y, toX, toY)
    x = toX
    y = toY
  }
  const at = (i: number) => (d[i] as number) * scale
  const chords = (bend: number) => clamp(Math.ceil(Math.sqrt(bend) * 1.6), 1, 64)
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
      case 'Q': {
        const [ax, ay, cx, cy, bx, by] = [x, y, at(i + 1), at(i + 2), at(i + 3), at(i + 4)]
        const n = chords(Math.max(Math.abs(ax - 2 * cx + bx), Math.abs(ay - 2 * cy + by)))
        for (let s = 1; s <= n; s++) {
          const t = s / n
          const u = 1 - t
          line(u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by)
        }
        i += 5
        break
      }
      case 'C': {
        const [ax, ay, cx, cy] = [x, y, at(i + 1), at(i + 2)]
        const [ex, ey, bx, by] = [at(i + 3), at(i + 4), at(i + 5), at(i + 6)]
        const bend = Math.max(
          Math.abs(ax - 2 * cx + ex),
          Math.abs(ay - 2 * cy + ey),
          Math.abs(cx - 2 * ex + bx),
          Math.abs(cy - 2 * ey + by),
        )
        const n = chords(bend * 3)
        for (let s = 1; s <= n; s++) {
          const t = s / n
          const u = 1 - t
          const [p, q, r, w] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
          line(p * ax + q * cx + r * ex + w * bx, p * ay + q * cy + r * ey + w * by)
        }
        i += 7
        break
      }
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
