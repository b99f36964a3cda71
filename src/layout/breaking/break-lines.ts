// Total-fit line breaking on numbers alone: measures and penalties of the possible breaks go in, the best breaks for
// several numbers of lines come out.
// After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981), with
// the glyphs' own stretch and shrink inside the optimisation (Hàn Thế Thành, "Micro-typographic extensions to the TeX
// typesetting system", 2000). One length unit throughout.

import { DIVISIBLE, type Divisions, type Ends, FORCED, HYPHEN, type Lines, NO_LINES } from './ends.js'
import { FITS, NATURAL, STEPS } from './fitness.js'
import { type Limits, type PlainLimits, plainLimits } from './line-limits.js'
import {
  CRAMPED,
  CRUSHED,
  DEAR,
  FAR,
  FULL_LAST,
  GAPING,
  HOLE,
  LADDER,
  LAST_HYPHEN,
  LAST_PART,
  MOST_CRAMPED,
  OVERFULL,
  RIVER,
  RUNT,
  SECOND_HYPHEN,
  SHORT_LAST,
  STACK,
  TRIPLE,
  UNEVEN,
  USELESS,
} from './line-prices.js'
import { recordsFor } from './line-records.js'
import { FROM_INK, FROM_SPACE, LACK, MEASURE, Rivers, START, TO_INK, TO_SPACE } from './rivers.js'

export * from './ends.js'
export type { Limits } from './line-limits.js'

/** Ways that are kept open before all but the cheapest to each place are dropped: no text of words comes to so many. */
const CROWD = 512
/** Of every line number and every quarter of a ratio the best way to reach a break is kept. */
const NUMBERS = 16
/** Of ways that differ in their last line's fitness alone: what a later line could make good, a step from one limit to the other. */
const MADE_GOOD = STEPS[FITS + 9]!

const INK = 0 // places in `given`
const GLYPHS = 1
const RIGHT = 2
const PENALTY = 3
const INK_AFTER = 4
const GLYPHS_AFTER = 5
const LEFT = 6

export interface LineBreaker {
  /** The best way for each feasible number of lines from the best's - `spread` to + `spread`; the best first. Never empty. */
  breakLines(ends: Ends, limits: Limits, spread: number, divide?: (end: number) => Divisions): Lines[]
}

/** Keeps its working memory between paragraphs. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: its arrays are reached without a step between, a million times a book
export function createLineBreaker(): LineBreaker {
  let records = recordsFor(1024)
  let { at, mark, line, prev, fit, run, cost, ratio, ink, space, glyphs, hang } = records
  let { first, heads, tails, stacked, live } = records
  let count = 0

  const grow = (need: number) => {
    if (need <= at.length) return
    records = recordsFor(need * 2, records)
    ;({ at, mark, line, prev, fit, run, cost, ratio, ink, space, glyphs, hang } = records)
    ;({ first, heads, tails, stacked, live } = records)
  }

  // the best way found so far to reach the break at hand, for each line number (modulo 16) and fitness class
  const BEST = NUMBERS * FITS
  const rivers = new Rivers(BEST)
  const stamp = new Int32Array(BEST)
  const order = new Int32Array(BEST)
  let call = 0
  const given = new Float64Array(7)
  const bestCost = new Float64Array(BEST)
  const bestFrom = new Int32Array(BEST)
  const bestRatio = new Float64Array(BEST)
  const bestLine = new Int32Array(BEST)
  const bestFit = new Uint8Array(BEST)

  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: one walk over all places where a line may end
  const attempt = (
    e: Ends,
    l: PlainLimits,
    tolerance: number,
    reach: number,
    divide: ((end: number) => Divisions) | undefined,
  ): number => {
    count = 0
    grow(64)
    let alive = 0
    const { insets } = l
    const lastInset = insets.length - 1
    const raggedStretch = l.measure * 0.12
    const restarts = l.restarts === true
    const flows = l.rivers === true
    // of an end's flags: which of them lets the next line begin anew
    const anew = restarts ? FORCED : 0
    const hole = l.justified ? GAPING : Infinity
    // where the limits leave no way, a line may be drawn in a little further rather than stand with holes
    const narrow = tolerance > l.tolerance ? -MOST_CRAMPED : -1.0001
    const lastTry = tolerance === Infinity
    // if later lines are no narrower, a line that begins later is always looser
    let widening = true
    for (let i = 1; i <= lastInset; i++) if (insets[i]! > insets[i - 1]!) widening = false

    // the paragraph's start
    at[0] = -1
    mark[0] = 0
    line[0] = 0
    prev[0] = -1
    fit[0] = NATURAL
    run[0] = 0
    cost[0] = 0
    ratio[0] = 0
    ink[0] = 0
    space[0] = 0
    glyphs[0] = 0
    // a first line begins where all its sisters do: nothing hangs there, or a quotation mark would spoil the common edge
    hang[0] = 0
    first[0] = 0
    heads[0] = e.heads[e.count] ?? 0
    tails[0] = l.above.tail
    rivers.begin()
    rivers.given[MEASURE] = l.measure
    stacked[0] = (heads[0] !== 0 && heads[0] === l.above.head ? 1 : 0) | (l.above.stacked & 2)
    live[0] = 0
    alive = 1
    count = 1

    const last = e.count - 1
    // a break at hand, in `given`: numbers handed over as arguments would be boxed, a million times a book
    // biome-ignore lint/complexity/noExcessiveLinesPerFunction: the inner loop stays whole: parted, it is slower
    const weigh = (k: number, division: number, flags: number) => {
      const inkTo = given[INK]!
      const glyphsTo = given[GLYPHS]!
      const right = given[RIGHT]!
      const penalty = given[PENALTY]!
      let found = 0
      const spaceTo = e.space[k]!
      const final = k === last && division === 0
      const forced = final || (division === 0 && (flags & FORCED) !== 0)
      const isHyphen = (flags & HYPHEN) !== 0
      const price = penalty * penalty
      const [headTo, tailTo] = division > 0 ? [0, 0] : [e.heads[k]!, e.tails[k]!]
      let kept = 0
      const aliveBefore = alive
      // nodes at one place differ in cost alone: the line from there is weighed once
      call++
      let cheapest = Infinity
      let cheapestLine = 0
      let place = -2
      let placeMark = -1
      let inset = -1
      let delta = 0
      let used = 0
      let r = 0
      let f = NATURAL
      let d0 = 0
      let overfull = false
      let filled = false
      for (let a = 0; a < aliveBefore; a++) {
        const node = live[a]!
        const n = line[node]!
        const own = first[node]!
        if (at[node] !== place || mark[node] !== placeMark || own !== inset) {
          place = at[node]!
          placeMark = mark[node]!
          inset = own
          const inkWidth = inkTo - ink[node]!
          const spaceWidth = spaceTo - space[node]!
          used = inkWidth + spaceWidth
          delta = l.measure - insets[own]! + right + hang[node]! - used
          r = 0
          overfull = false
          filled = false
          if (!l.justified) {
            if (delta < -1e-6) overfull = true
            else if (!forced) r = delta / raggedStretch
          } else if (delta >= 0) {
            if (!forced) {
              const glyphStretch = used * l.expand + (glyphsTo - glyphs[node]!) * l.trackOut
              const spaceStretch = spaceWidth * l.spaceStretch
              r = delta / (glyphStretch + spaceStretch)
              if (r > 1) r = spaceStretch > 0 ? (delta - glyphStretch) / spaceStretch : 100
            }
          } else {
            const shrink = used * l.condense + (glyphsTo - glyphs[node]!) * l.trackIn + spaceWidth * l.spaceShrink
            r = shrink > 0 ? delta / shrink : -100
            if (r < (forced ? -1.0001 : narrow)) overfull = true
          }
          // a last line is either full or plainly not: one that nearly fills its measure is drawn in a little
          const gap = delta - right - hang[node]!
          if (forced && l.justified && !overfull && gap < l.lastGap) {
            const shrink = used * l.condense + (glyphsTo - glyphs[node]!) * l.trackIn + spaceWidth * l.spaceShrink
            const drawn = (gap - l.lastGap) / shrink
            if (drawn >= -1) r = drawn
          }
          if (!overfull && r <= tolerance) {
            const square = r * r
            d0 = UNEVEN * square + FAR * square * square * square + price
            if (r > hole) d0 += HOLE
            else if (r < -1.0001) d0 += CRAMPED
            if (d0 > 1e15) d0 = 1e15
            f = Math.max(0, Math.min(FITS - 1, Math.round(r * 4) + NATURAL))
          }
        }
        // a line that is too long already stays so at every later end
        if (division === 0 && !overfull && !forced) live[kept++] = node
        let d = d0
        if (overfull) {
          // the least bad: only where nothing else is left alive
          const alone = division + kept + found === 0 && a === aliveBefore - 1
          const dear = OVERFULL * (1 - delta)
          if (!alone || !lastTry) continue
          r = -1
          f = 0
          d = dear
        } else if (r > tolerance) {
          // active breaks stand in the order of their places: what follows is looser still, unless lines differ in width
          if (!forced && widening) {
            if (division === 0) {
              if (kept === a + 1) kept = aliveBefore
              else for (let b = a + 1; b < aliveBefore; b++) live[kept++] = live[b]!
            }
            break
          }
          continue
        }
        if (isHyphen && run[node]! >= 1) d += run[node]! >= 2 ? LADDER : SECOND_HYPHEN
        if (tailTo !== 0 && tailTo === tails[node]!) d += stacked[node]! & 2 ? TRIPLE : STACK
        if (!final && headTo !== 0 && headTo === heads[node]!) d += stacked[node]! & 1 ? TRIPLE : STACK
        if (final && node !== 0 && heads[node] === l.below && l.below !== 0)
          d += l.belowTwice || stacked[node]! & 1 ? TRIPLE : STACK
        const jump = f - fit[node]!
        if (node !== 0) d += STEPS[jump + FITS]!
        else if (final && r < -0.5 && !overfull) d += CRUSHED * (r + 0.5) * (r + 0.5)
        if (final && node !== 0) {
          if (used < l.runt || glyphsTo - glyphs[node]! < l.leastLetters) d += RUNT
          else if (used < l.lastLine) d += SHORT_LAST * (1 - (used - l.runt) / (l.lastLine - l.runt + 1e-9))
          else if (delta > 0.01 && delta < l.lastLine * 0.5) d += FULL_LAST
          if (run[node]! > 0) d += spaceTo > space[node]! ? LAST_HYPHEN : LAST_PART
        }
        d += cost[node]!
        const lineTo = n + 1
        const slot = (lineTo & (NUMBERS - 1)) * FITS + f
        const known = stamp[slot] === call
        if (known && d >= bestCost[slot]!) continue
        if (flows) {
          if (!filled) {
            rivers.given[LACK] = forced ? 0 : delta
            fill(node, k)
            filled = true
          }
          d += RIVER * rivers.below(node)
          if (known && d >= bestCost[slot]!) continue
          rivers.isBest(slot)
        }
        if (!known) {
          stamp[slot] = call
          order[found++] = slot
        }
        bestCost[slot] = d
        bestFrom[slot] = node
        bestRatio[slot] = r
        bestLine[slot] = lineTo
        bestFit[slot] = f
        if (d < cheapest || (d === cheapest && lineTo < cheapestLine)) {
          cheapest = d
          cheapestLine = lineTo
        }
      }
      // nodes may only be dropped where the whole piece was weighed
      if (division === 0) alive = kept
      if (found === 0) return
      grow(count + found + alive)
      for (let o = 0; o < found; o++) {
        const s = order[o]!
        // ways that no page could want: dearer than any other number of lines is worth, or too far off
        const off = bestLine[s]! - cheapestLine
        if (off > reach || off < -reach || bestCost[s]! > cheapest + (off === 0 ? MADE_GOOD : USELESS)) continue
        const node = count++
        const from = bestFrom[s]!
        at[node] = k
        mark[node] = division
        const lineTo = bestLine[s]!
        line[node] = lineTo
        first[node] = division === 0 && (flags & anew) !== 0 ? 0 : Math.min(lineTo, lastInset)
        prev[node] = from
        fit[node] = bestFit[s]!
        run[node] = (flags & HYPHEN) !== 0 ? Math.min(3, run[from]! + 1) : 0
        cost[node] = bestCost[s]!
        ratio[node] = bestRatio[s]!
        ink[node] = given[INK_AFTER]!
        // a division stands before the space behind its piece
        space[node] = division > 0 ? spaceTo : e.spaceAfter[k]!
        glyphs[node] = given[GLYPHS_AFTER]!
        hang[node] = division === 0 && (flags & anew) !== 0 ? 0 : given[LEFT]!
        heads[node] = headTo
        tails[node] = tailTo
        if (flows) rivers.keep(node, from, s)
        stacked[node] =
          (headTo !== 0 && headTo === heads[from] ? 1 : 0) | (tailTo !== 0 && tailTo === tails[from] ? 2 : 0)
        if (!final) live[alive++] = node
      }
      if (alive > CROWD) thin()
    }

    /** The line from a record to an end; what it lacks, and its ink and spaces up to there, are given. */
    const fill = (node: number, k: number) => {
      const g = rivers.given
      g[FROM_INK] = ink[node]!
      g[FROM_SPACE] = space[node]!
      g[TO_INK] = given[INK]!
      g[TO_SPACE] = e.space[k]!
      g[START] = insets[first[node]!]! - hang[node]!
      rivers.fill(e, mark[node]! > 0 ? at[node]! : at[node]! + 1, k)
    }

    /** A word of thousands of letters, divided anywhere, has a thousand ways to each of its letters, and none is worth its price. */
    const thin = () => {
      let kept = 0
      for (let a = 0; a < alive; a++) {
        const node = live[a]!
        const before = kept > 0 ? live[kept - 1]! : -1
        if (before < 0 || at[before] !== at[node] || mark[before] !== mark[node]) live[kept++] = node
        else if (cost[node]! < cost[before]!) live[kept - 1] = node
      }
      alive = kept
    }

    /** The first end from `k` on that even the oldest line could reach: before it, all lines are too loose, whole or divided. */
    const beyond = (k: number): number => {
      const node = live[0]!
      const measure = l.measure - insets[first[node]!]!
      for (; k < last && (e.flags[k]! & FORCED) === 0; k++) {
        const inkWidth = e.ink[k]! - ink[node]!
        const spaceWidth = e.space[k]! - space[node]!
        const room = measure - inkWidth - spaceWidth
        const glyphStretch = (inkWidth + spaceWidth) * l.expand + (e.glyphs[k]! - glyphs[node]!) * l.trackOut
        const give = spaceWidth * l.spaceStretch
        if (room < glyphStretch + give * Math.min(tolerance, 4)) break
        // beyond ratio 1 spaces alone give way; the margin is far wider than what rounding does
        if (room + hang[node]! + e.hangRight[k]! < glyphStretch + give * tolerance + 1e-6) break
      }
      return k
    }
    // where letters and spaces give way, and the oldest line is the fullest, most ends can be passed by
    const passes = l.justified && widening && !restarts && tolerance >= 1 && tolerance <= 50
    for (let k = 0; k <= last; k++) {
      if (alive === 0) return -1
      if (passes) k = beyond(k)
      const flags = e.flags[k]!
      if (divide && (flags & DIVISIBLE) !== 0) {
        // worth asking only if the oldest line reaches its measure within this piece
        const node = live[0]!
        const inkWidth = e.ink[k]! - ink[node]!
        const spaceWidth = e.space[k]! - space[node]!
        const room = l.measure - insets[first[node]!]! - inkWidth - spaceWidth
        const glyphStretch = (inkWidth + spaceWidth) * l.expand + (e.glyphs[k]! - glyphs[node]!) * l.trackOut
        const most = l.justified
          ? glyphStretch + spaceWidth * l.spaceStretch * Math.min(tolerance, 4)
          : raggedStretch * tolerance
        if (room < most) {
          const d = divide(k)
          for (let i = 0; i < d.count; i++) {
            const printed = (d.flags[i]! & HYPHEN) !== 0
            given[INK] = d.ink[i]!
            given[GLYPHS] = d.glyphs[i]!
            given[RIGHT] = d.hangRight[i]!
            given[PENALTY] = d.penalty[i]! + (printed ? l.hyphenPenalty : 0)
            given[INK_AFTER] = d.inkAfter[i]!
            given[GLYPHS_AFTER] = d.glyphsAfter[i]!
            given[LEFT] = d.hangLeft[i]!
            weigh(k, d.mark[i]!, d.flags[i]!)
          }
        }
      }
      given[INK] = e.ink[k]!
      given[GLYPHS] = e.glyphs[k]!
      given[RIGHT] = e.hangRight[k]!
      given[PENALTY] = e.penalty[k]! + ((flags & HYPHEN) !== 0 ? l.hyphenPenalty * 0.5 : 0)
      given[INK_AFTER] = e.inkAfter[k]!
      given[GLYPHS_AFTER] = e.glyphsAfter[k]!
      given[LEFT] = e.hangLeft[k]!
      weigh(k, 0, flags)
    }
    // the ways that reach the end
    let best = -1
    for (let node = count - 1; node > 0 && at[node] === last && mark[node] === 0; node--)
      if (best < 0 || cost[node]! < cost[best]! || (cost[node] === cost[best] && line[node]! < line[best]!)) best = node
    return best
  }

  const collect = (node: number, justified: boolean): Lines => {
    const n = line[node]!
    const ends = new Int32Array(n)
    const marks = new Int32Array(n)
    const ratios = new Float64Array(n)
    const loosest = justified ? 4 : Infinity
    let bad = -1
    for (let at_ = node, i = n - 1; i >= 0; i--) {
      ends[i] = at[at_]!
      marks[i] = mark[at_]!
      ratios[i] = ratio[at_]!
      const none = bad < 0
      if (cost[at_]! - cost[prev[at_]!]! >= OVERFULL || (ratio[at_]! > loosest && none)) bad = i
      at_ = prev[at_]!
    }
    const above = prev[node]!
    const foot = { head: heads[above]!, tail: tails[node]!, stacked: (stacked[above]! & 1) | (stacked[node]! & 2) }
    return { ends, marks, ratios, demerits: cost[node]!, bad, foot }
  }

  return {
    breakLines(e, limits, spread, divide) {
      if (e.count === 0) return [NO_LINES]
      const l = plainLimits(limits)
      // ever looser, as far as is needed: a second try costs more, the last takes whatever there is
      let best = attempt(e, l, l.tolerance, spread, divide)
      if (best < 0 || cost[best]! >= DEAR) best = attempt(e, l, l.tolerance * 3, spread, divide)
      if (best < 0) best = attempt(e, l, Infinity, spread, divide)
      if (best < 0) throw new Error('a paragraph without a way to its end')
      const last = e.count - 1
      const ways = [collect(best, l.justified)]
      // the nearest numbers of lines first, the lesser of two
      for (let off = 1; off <= spread; off++)
        for (let n = line[best]! - off; n <= line[best]! + off; n += 2 * off) {
          let cheapest = -1
          for (let node = count - 1; node > 0 && at[node] === last && mark[node] === 0; node--)
            if (line[node] === n && (cheapest < 0 || cost[node]! < cost[cheapest]!)) cheapest = node
          if (cheapest >= 0) ways.push(collect(cheapest, l.justified))
        }
      return ways
    },
  }
}
