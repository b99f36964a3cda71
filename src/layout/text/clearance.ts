// Two glyphs side by side go in; how near their outlines come to one another comes out. A hook of f runs into a mark that
// follows it, and the font's kerning does not always know.
import { outlinerOf } from '../../fonts/glyph-outlines.js'

/** Heights at which outlines are compared, in 1/1000 em: of what stands below the lowest and above the highest none meet. */
const STEP = 20
const LOWEST = -400
const BANDS = 80
/** Straight pieces that a curve is taken for. */
const PIECES = 8

/** By band: where the ink begins and ends, 1/1000 em from the origin; Infinity and -Infinity where there is none. */
export interface Profile {
  left: Float64Array
  right: Float64Array
  /** Over all bands. */
  first: number
  last: number
}

/** Profiles of a font's glyphs, each made once. */
export function profilesOf(bytes: () => Uint8Array): (glyph: number) => Profile {
  const known = new Map<number, Profile>()
  let outliner: ReturnType<typeof outlinerOf> | undefined
  return (glyph) => {
    let made = known.get(glyph)
    if (made === undefined) {
      outliner ??= outlinerOf(bytes())
      known.set(glyph, (made = profileOf(outliner.glyph(glyph), 1000 / outliner.upem)))
    }
    return made
  }
}

/** `path`: commands of an outline with y upwards; `k`: what makes their units 1/1000 em. */
export function profileOf(path: readonly (string | number)[], k: number): Profile {
  const made: Profile = {
    left: new Float64Array(BANDS).fill(Infinity),
    right: new Float64Array(BANDS).fill(-Infinity),
    first: Infinity,
    last: -Infinity,
  }
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const to = (nextX: number, nextY: number) => {
    // a point in every band that the line passes
    const steps = Math.max(1, Math.ceil((Math.abs(nextY - y) / STEP) * 2))
    for (let i = 0; i <= steps; i++) mark(made, x + ((nextX - x) * i) / steps, y + ((nextY - y) * i) / steps)
    x = nextX
    y = nextY
  }
  const at = (i: number) => (path[i] as number) * k
  for (let i = 0; i < path.length; ) {
    const command = path[i++]
    if (command === 'M') {
      x = startX = at(i)
      y = startY = at(i + 1)
      i += 2
    } else if (command === 'L') {
      to(at(i), at(i + 1))
      i += 2
    } else if (command === 'Z') to(startX, startY)
    else {
      const cubic = command === 'C'
      const [ax, ay] = [at(i), at(i + 1)]
      const [bx, by] = cubic ? [at(i + 2), at(i + 3)] : [ax, ay]
      const end = i + (cubic ? 4 : 2)
      const [ex, ey, fromX, fromY] = [at(end), at(end + 1), x, y]
      for (let n = 1; n <= PIECES; n++) {
        const t = n / PIECES
        const s = 1 - t
        if (cubic)
          to(
            s * s * s * fromX + 3 * s * s * t * ax + 3 * s * t * t * bx + t * t * t * ex,
            s * s * s * fromY + 3 * s * s * t * ay + 3 * s * t * t * by + t * t * t * ey,
          )
        else to(s * s * fromX + 2 * s * t * ax + t * t * ex, s * s * fromY + 2 * s * t * ay + t * t * ey)
      }
      i = end + 2
    }
  }
  return made
}

function mark(p: Profile, x: number, y: number): void {
  const band = Math.min(BANDS - 1, Math.max(0, Math.floor((y - LOWEST) / STEP)))
  if (x < p.left[band]!) p.left[band] = x
  if (x > p.right[band]!) p.right[band] = x
  if (x < p.first) p.first = x
  if (x > p.last) p.last = x
}

/** How a glyph stands: its size against the unit of what is asked, and how far it is raised, in that unit. */
export interface Stand {
  scale: number
  rise: number
}

const PLAIN: Stand = { scale: 1, rise: 0 }

/** The least distance of their ink, at heights that both have or nearly have, if the second's origin is `advance` to the right of the first's; Infinity if they pass. */
export function clearance(a: Profile, b: Profile, advance: number, left: Stand = PLAIN, right: Stand = PLAIN): number {
  let least = Infinity
  for (let i = 0; i < BANDS; i++) {
    if (a.right[i]! === -Infinity) continue
    const end = a.right[i]! * left.scale
    const low = (LOWEST + i * STEP) * left.scale + left.rise
    // the bands of the other that are as high, and those next to them
    const from = Math.floor(((low - right.rise) / right.scale - LOWEST) / STEP) - 1
    const until = Math.floor(((low + STEP * left.scale - right.rise) / right.scale - LOWEST) / STEP) + 1
    for (let j = Math.max(0, from); j <= until && j < BANDS; j++) {
      const gap = advance + b.left[j]! * right.scale - end
      if (gap < least) least = gap
    }
  }
  return least
}

/** The least that should stand between a letter and a mark, 1/1000 em: less looks like a fault of the printer's. */
export const LEAST = 45
/** Between marks of quotation within one another, and the hair beside a dash: else they read as a row of equal marks. */
const NESTED = 170
const HAIR = 60
/** No pair is moved further apart than this: what is drawn to overlap is left to do so. */
const MOST = 220

const MARKS = '’‘”“"\'«»‹›?!)]}([{*†'
const QUOTES = '’‘”“«»‹›„‚'

/** Cheap: is there a mark in this text that something could touch? */
export function hasMarks(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (
      c > 0x7a
        ? c >= 0x2014 || c === 0xab || c === 0xbb || c === 0x7b || c === 0x7d
        : c < 0x30 || c === 0x3f || c === 0x5b || c === 0x5d
    )
      return text.length > 1
  }
  return false
}

/**
 * What has to be added between two characters, 1/1000 em of the first: `gap` says how far apart their ink is, or something less that is
 * as much as `enough`.
 */
export function roomFor(before: string, after: string, gap: (enough: number) => number): number {
  if (isQuote(before) && isQuote(after)) return before === after ? 0 : within(NESTED - gap(NESTED))
  if ((isDash(before) && isQuote(after)) || (isQuote(before) && isDash(after))) return HAIR
  if (MARKS.includes(before) === MARKS.includes(after)) return 0
  return within(LEAST - gap(LEAST))
}

/** The same where the style changes between them: a raised figure behind a letter, a roman mark behind an italic. */
export function roomAtJoint(before: string, after: string, gap: () => number): number {
  const letters = /^[\p{L}\p{M}]{2}$/u.test(before + after)
  return letters ? 0 : isQuote(before) && isQuote(after) ? roomFor(before, after, gap) : within(LEAST - gap())
}

const within = (room: number) => (room > 0 ? Math.min(MOST, Math.round(room)) : 0)
const isQuote = (char: string) => char !== '' && QUOTES.includes(char)
const isDash = (char: string) => char === '—' || char === '–'
