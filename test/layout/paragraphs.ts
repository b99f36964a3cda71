// Paragraphs by hand for the tests of the line breaker: boxes, spaces and hyphens go in, Ends come out; and the cost of
// a way of breaking, written a second time, so that every way of a short paragraph can be tried.
import {
  DIVISIBLE,
  type Divisions,
  type Ends,
  FORCED,
  HYPHEN,
  type Limits,
} from '../../src/layout/breaking/break-lines.js'
import {
  CONTRAST,
  CRAMPED,
  CRUSHED,
  EASY,
  FAR,
  FULL_LAST,
  GAPING,
  HOLE,
  JOLT,
  LADDER,
  LAST_HYPHEN,
  LAST_PART,
  MOST_CRAMPED,
  RUNT,
  SECOND_HYPHEN,
  SHORT_LAST,
  UNEVEN,
} from '../../src/layout/breaking/line-prices.js'

/**
 * `box`: ink that is never parted. `space`: a line may end before it; `rigid`: as much of it again never gives way. `tie`: a
 * space before which no line ends. `hyphen`: its width, if it is printed. `word`: which word the box is; the same number, the same word.
 */
export type Item =
  | { box: number; glyphs?: number; left?: number; right?: number; word?: number }
  | { space: number; rigid?: number; glyphs?: number }
  | { tie: number }
  | { hyphen: number; penalty?: number }
  | { penalty: number }
  | { forced: true }

/** A line that is set as TeX sets it: no letter gives way, only spaces do. */
export const PLAIN: Limits = {
  measure: 0,
  insets: [0],
  spaceStretch: 0.5,
  spaceShrink: 0.3,
  expand: 0,
  condense: 0,
  trackOut: 0,
  trackIn: 0,
  tolerance: 1.5,
  justified: true,
  lastLine: 0,
  runt: 0,
  lastGap: 0,
  hyphenPenalty: 0,
}

interface End {
  ink: number
  space: number
  glyphs: number
  inkAfter: number
  spaceAfter: number
  glyphsAfter: number
  hangRight: number
  hangLeft: number
  penalty: number
  flags: number
  tail: number
  head: number
}

function list(items: readonly Item[]): { ends: End[]; head: number } {
  const ends: End[] = []
  let ink = 0
  let space = 0
  let glyphs = 0
  let right = 0
  let word = 0
  const wordAfter = (i: number) => {
    for (const item of items.slice(i)) if ('box' in item) return item.word ?? 0
    return 0
  }
  const leftAfter = (i: number) => {
    for (const item of items.slice(i)) if ('box' in item) return item.left ?? 0
    return 0
  }
  const end = (i: number, penalty: number, flags: number, width = 0, after = { space: 0, rigid: 0, glyphs: 0 }) =>
    ends.push({
      ink: ink + width,
      space,
      glyphs,
      inkAfter: ink + after.rigid,
      spaceAfter: space + after.space,
      glyphsAfter: glyphs + after.glyphs,
      hangRight: right,
      hangLeft: leftAfter(i + 1),
      penalty,
      flags,
      tail: flags & HYPHEN ? 0 : word,
      head: flags & HYPHEN ? 0 : wordAfter(i + 1),
    })
  items.forEach((item, i) => {
    if ('box' in item) {
      ink += item.box
      glyphs += item.glyphs ?? 0
      right = item.right ?? 0
      word = item.word ?? 0
    } else if ('space' in item) {
      const after = { space: item.space, rigid: item.rigid ?? 0, glyphs: item.glyphs ?? 0 }
      end(i, 0, 0, 0, after)
      ink += after.rigid
      space += after.space
      glyphs += after.glyphs
    } else if ('tie' in item) space += item.tie
    else if ('hyphen' in item) end(i, item.penalty ?? 0, HYPHEN, item.hyphen)
    else if ('penalty' in item) end(i, item.penalty, 0)
    else end(i, 0, FORCED)
  })
  end(items.length, 0, 0)
  return { ends, head: wordAfter(0) }
}

export function endsOf(items: readonly Item[]): Ends {
  const { ends, head } = list(items)
  return toEnds(ends, head)
}

function toEnds(ends: readonly End[], head: number): Ends {
  const of = (key: keyof End) => Float64Array.from(ends, (end) => end[key])
  return {
    count: ends.length,
    ink: of('ink'),
    space: of('space'),
    glyphs: of('glyphs'),
    inkAfter: of('inkAfter'),
    spaceAfter: of('spaceAfter'),
    glyphsAfter: of('glyphsAfter'),
    hangRight: of('hangRight'),
    hangLeft: of('hangLeft'),
    penalty: of('penalty'),
    flags: Uint8Array.from(ends, (end) => end.flags),
    tails: Int32Array.from(ends, (end) => end.tail),
    heads: Int32Array.from([...ends.map((end) => end.head), head]),
  }
}

/** The same paragraph with its hyphens found only when asked for, as those of words are; marks count from 1 in each piece. */
export function dividedOf(items: readonly Item[]): { ends: Ends; divide: (end: number) => Divisions } {
  const { ends, head } = list(items)
  const whole: End[] = []
  const inside: End[][] = []
  let pending: End[] = []
  for (const end of ends) {
    if (end.flags & HYPHEN) pending.push(end)
    else {
      whole.push({ ...end, flags: end.flags | (pending.length > 0 ? DIVISIBLE : 0) })
      inside.push(pending)
      pending = []
    }
  }
  const divide = (k: number): Divisions => {
    const found = inside[k]!
    const of = (key: keyof End) => Float64Array.from(found, (end) => end[key])
    return {
      count: found.length,
      mark: Int32Array.from(found, (_, i) => i + 1),
      ink: of('ink'),
      glyphs: of('glyphs'),
      inkAfter: of('inkAfter'),
      glyphsAfter: of('glyphsAfter'),
      hangRight: of('hangRight'),
      hangLeft: of('hangLeft'),
      penalty: of('penalty'),
      flags: Uint8Array.from(found, (end) => end.flags),
    }
  }
  return { ends: toEnds(whole, head), divide }
}

export interface Way {
  /** Indexes of ends. */
  ends: number[]
  ratios: number[]
  demerits: number
}

/**
 * Every way to break a paragraph whose lines are no looser than `tolerance` and none too long, the cheapest for each
 * number of lines, by number of lines. Nothing clever: all ends are tried behind every end.
 */
export function everyWay(ends: Ends, l: Limits, tolerance: number): Map<number, Way> {
  const found = new Map<number, Way>()
  const last = ends.count - 1
  const at: number[] = []
  const ratios: number[] = []
  const go = (from: number, fitness: number, hyphens: number, demerits: number) => {
    const n = at.length
    const width = l.measure - l.insets[Math.min(n, l.insets.length - 1)]!
    for (let k = from + 1; k <= last; k++) {
      const forced = k === last || (ends.flags[k]! & FORCED) !== 0
      const hangs = (from < 0 ? 0 : ends.hangLeft[from]!) + ends.hangRight[k]!
      const ink = ends.ink[k]! - (from < 0 ? 0 : ends.inkAfter[from]!)
      const space = ends.space[k]! - (from < 0 ? 0 : ends.spaceAfter[from]!)
      const glyphs = ends.glyphs[k]! - (from < 0 ? 0 : ends.glyphsAfter[from]!)
      // in a second try a line may be narrower than its limit
      const least = tolerance > l.tolerance && !forced ? -MOST_CRAMPED : -1.0001
      const ratio = ratioOf(width, hangs, ink, space, glyphs, forced, l, least)
      if (ratio !== undefined && ratio <= tolerance) {
        const hyphen = (ends.flags[k]! & HYPHEN) !== 0
        const price = ends.penalty[k]! + (hyphen ? l.hyphenPenalty * 0.5 : 0)
        const fit = Math.max(-6, Math.min(9, Math.round(ratio * 4)))
        let d = Math.min(1e15, UNEVEN * ratio ** 2 + FAR * ratio ** 6 + price ** 2)
        if (l.justified && ratio > GAPING) d += HOLE
        if (ratio < -1.0001) d += CRAMPED
        if (hyphen && hyphens > 0) d += hyphens >= 2 ? LADDER : SECOND_HYPHEN
        const step = Math.abs(fit - fitness)
        if (n > 0) d += CONTRAST * step ** 2 + JOLT * Math.max(0, step - EASY) ** 2
        else if (k === last && ratio < -0.5) d += CRUSHED * (ratio + 0.5) ** 2
        if (k === last && n > 0) d += lastLine(ink + space, width + hangs, hyphens > 0, space > 0, l)
        at.push(k)
        ratios.push(ratio)
        if (k === last) {
          const total = demerits + d
          const best = found.get(n + 1)
          if (!best || total < best.demerits) found.set(n + 1, { ends: [...at], ratios: [...ratios], demerits: total })
        } else go(k, fit, hyphen ? hyphens + 1 : 0, demerits + d)
        at.pop()
        ratios.pop()
      }
      if (forced) break
    }
  }
  go(-1, 0, 0, 0)
  return found
}

/** Undefined: too long. */
function ratioOf(
  width: number,
  hangs: number,
  ink: number,
  space: number,
  glyphs: number,
  forced: boolean,
  l: Limits,
  least: number,
): number | undefined {
  const rest = width + hangs - ink - space
  if (!l.justified) return rest < -1e-6 ? undefined : forced ? 0 : rest / (l.measure * 0.12)
  const shrink = (ink + space) * l.condense + glyphs * l.trackIn + space * l.spaceShrink
  const drawn = (width - ink - space - l.lastGap) / shrink
  let ratio: number
  if (rest >= 0) {
    const letters = (ink + space) * l.expand + glyphs * l.trackOut
    const spaces = space * l.spaceStretch
    ratio = forced ? 0 : rest / (letters + spaces)
    if (ratio > 1) ratio = spaces > 0 ? (rest - letters) / spaces : 100
  } else {
    ratio = shrink > 0 ? rest / shrink : -100
    if (ratio < least) return undefined
  }
  const gap = width - ink - space
  return forced && gap < l.lastGap && drawn >= -1 ? drawn : ratio
}

function lastLine(used: number, width: number, afterHyphen: boolean, words: boolean, l: Limits): number {
  let d = 0
  if (used < l.runt) d = RUNT
  else if (used < l.lastLine) d = SHORT_LAST * (1 - (used - l.runt) / (l.lastLine - l.runt + 1e-9))
  else if (width - used > 0.01 && width - used < l.lastLine * 0.5) d = FULL_LAST
  return d + (afterHyphen ? (words ? LAST_HYPHEN : LAST_PART) : 0)
}

/** The cheapest of all numbers of lines. */
export function cheapest(ways: ReadonlyMap<number, Way>): Way | undefined {
  let best: Way | undefined
  for (const way of ways.values()) if (!best || way.demerits < best.demerits) best = way
  return best
}
