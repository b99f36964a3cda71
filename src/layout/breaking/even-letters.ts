// The lines of a broken paragraph go in; how far the letters of each are widened or narrowed comes out, so that neighbours look
// alike. What a line lacks is shared between its letters and its spaces: letters are dear, since the eye compares them with those
// above and below, spaces less so. Small steps between neighbours cost little, what the eye would see costs much. Least squares
// over the whole paragraph, solved by sweeps. One length unit throughout.
import { type Divisions, type Ends, FORCED } from './ends.js'
import type { Limits } from './line-limits.js'

/** By line. */
export interface Letters {
  /** From -1 to 1: the share of what its letters can give, all that is done to them together. */
  give: Float64Array
  /** How much wider its spaces are, as a share of their width, in a line that does not fill the measure. */
  spaces: Float64Array
}

/** Where the lines end, as a line breaker found it. */
export interface Broken {
  ends: Int32Array
  marks: Int32Array
  ratios: Float64Array
}

/** How much dearer it is to widen letters than to widen spaces by the same share: the eye knows the letters' shapes by heart. */
const DEARER = 7.61
/** What a difference from the line above, or below, costs against the change itself. */
const NEIGHBOUR = 0.03
/** A step between neighbours' letters, as a share of their width, from which on it would be seen. What is smaller is free, or nearly so: letters follow their own line there. */
export const STEP = 0.03
/** What a difference costs as far as it is larger than STEP. */
const SEEN = 6
/** Spaces are widened by no more than this share as long as letters can still give. */
export const WIDEST = 0.52
/** And narrowed by no more, though they could be. */
const NARROWEST = 0.23
/** Up and down the lines; by then it has settled to a hundredth. */
const SWEEPS = 6

/** What a line lacks at its natural width to be as wide as it should be (negative: what it has too much), its ink and spaces, its spaces, its glyphs. */
interface Slack {
  lack: Float64Array
  used: Float64Array
  space: Float64Array
  glyphs: Float64Array
  /** 0: it fills the measure. 1: nothing has to fill it; `lack` is how far it may be widened. 2: a last line that is drawn in. */
  kind: Uint8Array
}

/** `limits` are those by which the paragraph was broken, justified. */
export function evenLetters(
  lines: Broken,
  e: Ends,
  l: Limits,
  divide?: ((end: number) => Divisions) | undefined,
): Letters {
  const s = slackOf(lines, e, l, divide)
  const n = lines.ends.length
  // x: the share by which letters are wider; its bounds; where the line by itself would have it, and how much it cares
  const x = new Float64Array(n)
  const low = new Float64Array(n)
  const high = new Float64Array(n)
  const own = new Float64Array(n)
  const weight = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const used = s.used[i]!
    weight[i] = 1
    if (used <= 0) continue
    const [space, lack] = [s.space[i]!, s.lack[i]!]
    const most = l.expand + (s.glyphs[i]! * l.trackOut) / used
    const least = -(l.condense + (s.glyphs[i]! * l.trackIn) / used)
    if (s.kind[i] === 1) {
      low[i] = least
      high[i] = Math.max(0, Math.min(most, lack / used))
    } else if (space > 0) {
      const stiff = used / space / DEARER
      weight[i] = 1 + stiff * stiff
      own[i] = (stiff * stiff * lack) / used
      // spaces give no more than they may
      high[i] = clamp((lack + Math.min(l.spaceShrink, NARROWEST) * space) / used, least, most)
      low[i] = clamp((lack - WIDEST * space) / used, least, high[i]!)
    } else low[i] = high[i] = clamp(lack / used, least, most)
    x[i] = clamp(own[i]! / weight[i]!, low[i]!, high[i]!)
  }
  // What stands above and below the paragraph is taken for natural. A paragraph of one line has no others of its own to be like:
  // it keeps nearer to them.
  const step = n === 1 ? STEP / 2 : STEP
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let k = 0; k < n; k++) {
      const i = sweep % 2 === 0 ? k : n - 1 - k
      const above = i > 0 ? x[i - 1]! : 0
      const below = i + 1 < n ? x[i + 1]! : 0
      let wish = own[i]! + NEIGHBOUR * (above + below)
      let care = weight[i]! + 2 * NEIGHBOUR
      for (let side = 0; side < 2; side++) {
        const other = side === 0 ? above : below
        const off = x[i]! - other
        if (off <= step && off >= -step) continue
        wish += SEEN * (other + (off > 0 ? step : -step))
        care += SEEN
      }
      x[i] = clamp(wish / care, low[i]!, high[i]!)
    }
  const spaces = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const used = s.used[i]!
    if (used <= 0) continue
    if (s.kind[i] === 2 && s.space[i]! > 0)
      spaces[i] = Math.max(-l.spaceShrink, (s.lack[i]! - x[i]! * used) / s.space[i]!)
    const [stretch, track] = x[i]! >= 0 ? [l.expand, l.trackOut] : [l.condense, l.trackIn]
    const give = stretch + (s.glyphs[i]! * track) / used
    x[i] = give > 0 ? x[i]! / give : 0
  }
  return { give: x, spaces }
}

function slackOf(
  { ends, marks, ratios }: Broken,
  e: Ends,
  l: Limits,
  divide: ((end: number) => Divisions) | undefined,
): Slack {
  const n = ends.length
  const s: Slack = {
    lack: new Float64Array(n),
    used: new Float64Array(n),
    space: new Float64Array(n),
    glyphs: new Float64Array(n),
    kind: new Uint8Array(n),
  }
  const insets = l.insets
  // nothing hangs in a first line
  let [ink, space, glyphs, hang, number] = [0, 0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const k = ends[i]!
    const inset = insets[Math.min(number, insets.length - 1)] ?? 0
    let [inkTo, glyphsTo, right] = [e.ink[k]!, e.glyphs[k]!, e.hangRight[k]!]
    let [inkAfter, glyphsAfter, left, spaceAfter] = [
      e.inkAfter[k]!,
      e.glyphsAfter[k]!,
      e.hangLeft[k]!,
      e.spaceAfter[k]!,
    ]
    const whole = marks[i] === 0
    const d = whole ? undefined : divide?.(k)
    if (d) {
      let j = 0
      while (d.mark[j] !== marks[i]) j++
      ;[inkTo, glyphsTo, right] = [d.ink[j]!, d.glyphs[j]!, d.hangRight[j]!]
      ;[inkAfter, glyphsAfter, left, spaceAfter] = [d.inkAfter[j]!, d.glyphsAfter[j]!, d.hangLeft[j]!, e.space[k]!]
    }
    const forced = whole && i < n - 1 && (e.flags[k]! & FORCED) !== 0
    const width = l.measure - inset
    const wide = (s.space[i] = e.space[k]! - space)
    const used = (s.used[i] = inkTo - ink + wide)
    s.glyphs[i] = glyphsTo - glyphs
    s.lack[i] = width + right + hang - used
    if (forced || i === n - 1) {
      const gap = width - used - l.lastGap
      const shrink = used * l.condense + s.glyphs[i]! * l.trackIn + wide * l.spaceShrink
      s.kind[i] = ratios[i]! < 0 ? 2 : 1
      // as a rule it is drawn in until a gap is left; where that is too much, until it fits
      if (s.kind[i] === 1 || gap >= -shrink) s.lack[i] = gap
    }
    ink = inkAfter
    space = spaceAfter
    glyphs = glyphsAfter
    const anew = forced && l.restarts === true
    hang = anew ? 0 : left
    number = anew ? 0 : number + 1
  }
  return s
}

function clamp(v: number, low: number, high: number): number {
  return v < low ? low : v > high ? high : v
}
