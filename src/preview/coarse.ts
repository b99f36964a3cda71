// In: a glyph's outline. Out: the same in straight strokes, as few as do for a distance from it that nobody sees.
//
// A page in a window is small: its em is ten or twenty dots. The curves of a good face are worth having in a large view; in a small one
// they are four times as much for the browser to read and to paint, and look the same.
import type { Path } from '../fonts/glyph-outlines.js'

/** Straight strokes to a curve, before those that can be spared are left out. */
const STROKES = 8

/**
 * M, L and Z alone, in units that are so many times smaller, and whole ones. `most`: how far, in the path's own units, a point may lie
 * beside the line that is drawn without it (Ramer, 1972; Douglas and Peucker, 1973).
 */
export function coarse(path: Path, most: number, smaller: number): Path {
  const out: Path = []
  for (const points of strokesOf(path)) {
    for (const [i, [x, y]] of spare(points, most).entries())
      out.push(i === 0 ? 'M' : 'L', Math.round(x / smaller), Math.round(y / smaller))
    out.push('Z')
  }
  return out
}

type Point = readonly [number, number]

/** Each closed contour as points, the first again at its end. */
function strokesOf(path: Path): Point[][] {
  const contours: Point[][] = []
  let points: Point[] = []
  for (let i = 0; i < path.length; ) {
    const command = path[i++]
    if (command === 'Z') {
      if (points.length > 0) contours.push([...points, points[0]!])
      points = []
      continue
    }
    const count = command === 'C' ? 3 : command === 'Q' ? 2 : 1
    const control: Point[] = []
    for (let k = 0; k < count; k++, i += 2) control.push([path[i] as number, path[i + 1] as number])
    const from = points.at(-1)
    if (from === undefined || count === 1) points.push(control.at(-1)!)
    else for (let k = 1; k <= STROKES; k++) points.push(at([from, ...control], k / STROKES))
  }
  return contours
}

/** A point of a Bézier curve, by de Casteljau's construction. */
function at(control: readonly Point[], t: number): Point {
  if (control.length === 1) return control[0]!
  return at(
    control.slice(1).map(([x, y], i): Point => {
      const [a, b] = control[i]!
      return [a + (x - a) * t, b + (y - b) * t]
    }),
    t,
  )
}

/** The first and the last point, and of the rest those that are needed. */
function spare(points: readonly Point[], most: number): Point[] {
  const needed = new Uint8Array(points.length)
  needed[0] = needed[points.length - 1] = 1
  const stretches: [number, number][] = [[0, points.length - 1]]
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [from, to] = stretch
    let farthest = from
    let distance = most
    for (let i = from + 1; i < to; i++) {
      const d = distanceOf(points[i]!, points[from]!, points[to]!)
      if (d > distance) [farthest, distance] = [i, d]
    }
    if (farthest === from) continue
    needed[farthest] = 1
    stretches.push([from, farthest], [farthest, to])
  }
  // The last is the first again.
  return points.filter((_, i) => needed[i] === 1).slice(0, -1)
}

/** Of a point from a stretch, or from its one end where both are the same. */
function distanceOf([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = Math.hypot(dx, dy)
  if (length === 0) return Math.hypot(x - ax, y - ay)
  const along = ((x - ax) * dx + (y - ay) * dy) / length ** 2
  if (along <= 0) return Math.hypot(x - ax, y - ay)
  if (along >= 1) return Math.hypot(x - bx, y - by)
  return Math.abs((x - ax) * dy - (y - ay) * dx) / length
}
