// How letters are widened and narrowed, on numbers: small paragraphs in given lines, whose letters should look alike.
import { describe, expect, it } from 'vitest'
import { createLineBreaker, type Limits } from '../../src/layout/breaking/break-lines.js'
import { evenLetters, STEP, WIDEST } from '../../src/layout/breaking/even-letters.js'
import { endsOf, type Item, PLAIN } from './paragraphs.js'

const LIMITS: Limits = {
  ...PLAIN,
  measure: 100,
  spaceStretch: 0.5,
  spaceShrink: 0.3,
  expand: 0.02,
  condense: 0.02,
  trackOut: 0.05,
  trackIn: 0.05,
}

/** Lines of four words with these widths of all their ink, spaces of 3 between and behind them. */
function lines(...widths: number[]): Item[] {
  return widths.flatMap((width, i) =>
    [0, 1, 2, 3].flatMap((word): Item[] => [...(i + word === 0 ? [] : [{ space: 3 }]), { box: width / 4, glyphs: 5 }]),
  )
}

function even(widths: number[], limits: Partial<Limits> = {}) {
  const ends = endsOf(lines(...widths))
  const stops = Int32Array.from(widths, (_, i) => 4 * i + 3)
  const broken = { ends: stops, marks: new Int32Array(widths.length), ratios: new Float64Array(widths.length) }
  return [...evenLetters(broken, ends, { ...LIMITS, ...limits }).give]
}

describe('letters', () => {
  it('are left alone where lines are full by themselves', () => {
    expect(even([91, 91, 91, 40])).toEqual([0, 0, 0, 0])
  })

  it('take a share of what a line lacks, and leave the rest to the spaces', () => {
    const [loose] = even([89, 40])
    expect(loose).toBeGreaterThan(0.2)
    expect(loose).toBeLessThan(1)
    const [tight] = even([93, 40])
    expect(tight).toBeLessThan(-0.2)
    expect(tight).toBeGreaterThan(-1)
  })

  it('follow the lines above and below, more than the line by itself would', () => {
    const [alone] = even([89, 40])
    const [between] = even([89, 93, 40])
    const [among] = even([89, 89, 40])
    expect(between).toBeLessThan(alone!)
    expect(among).toBeGreaterThan(alone!)
  })

  it('differ less between neighbours than if each line went its own way', () => {
    const own = even([88.5, 40])[0]! - even([93, 40])[0]!
    const pair = even([88.5, 93, 40])
    expect(pair[0]! - pair[1]!).toBeLessThan(own)
  })

  it('of a last line follow those above a little, and never close the gap behind it', () => {
    const last = even([88, 88, 40]).at(-1)!
    expect(last).toBeGreaterThan(0)
    expect(last).toBeLessThan(even([88, 88, 40])[1]!)
    // 100 - 91 - 8.9: a tenth of a unit is left
    expect(even([88, 88, 82], { lastGap: 8.9 }).at(-1)).toBeLessThan(0.05)
  })

  it('step by no more than is seen, where spaces can take the rest', () => {
    // widened and narrowed in turn: all that is done to letters counts, tracking too
    const widths = [88, 92.5, 88, 92.5, 88, 40]
    const share = (width: number, q: number) =>
      q * (q >= 0 ? (width + 9) * 0.02 + 20 * 0.05 : (width + 9) * 0.02 + 20 * 0.05)
    const give = even(widths)
    for (let i = 1; i < 5; i++) {
      const [a, b] = [
        share(widths[i - 1]!, give[i - 1]!) / (widths[i - 1]! + 9),
        share(widths[i]!, give[i]!) / (widths[i]! + 9),
      ]
      expect(Math.abs(a - b)).toBeLessThan(STEP + 0.004)
    }
  })

  it('of a paragraph of one line are hardly narrowed', () => {
    // 92.5 and 9 for a measure of 100
    const one = (limits: Partial<Limits>) => {
      const ends = endsOf(lines(94))
      const broken = { ends: Int32Array.of(3), marks: new Int32Array(1), ratios: Float64Array.of(-1) }
      return evenLetters(broken, ends, { ...LIMITS, ...limits }).give[0]!
    }
    expect(-one({}) * (103 * 0.02 + 20 * 0.05)).toBeLessThan((STEP / 2 + 0.004) * 103)
  })

  it('give what spaces may not: no narrower than their shrink, no wider than their widest', () => {
    // 94.5 and spaces of 9, 3.5 too long: spaces give 2.7
    const ends = endsOf(lines(94.5, 40))
    const broken = { ends: Int32Array.of(3, 7), marks: new Int32Array(2), ratios: Float64Array.of(-0.9, 0) }
    const [q] = evenLetters(broken, ends, LIMITS).give
    const narrowed = -q! * (103.5 * 0.02 + 20 * 0.05)
    expect(3.5 - narrowed).toBeLessThanOrEqual(0.3 * 9 + 1e-9)
    const [loose] = even([85, 40])
    expect(6 - loose! * (94 * 0.02 + 20 * 0.05)).toBeGreaterThan(3)
    expect(6 - loose! * (94 * 0.02 + 20 * 0.05)).toBeLessThanOrEqual(WIDEST * 9)
  })

  it('never pass what they can give', () => {
    for (const q of even([70, 99, 70, 99, 40])) expect(Math.abs(q)).toBeLessThanOrEqual(1)
  })

  it('of a paragraph of one line that nearly fills its measure are drawn in as little as lines are, never crushed', () => {
    const breaker = createLineBreaker()
    const items = lines(88)
    const limits = { ...LIMITS, lastGap: 8, insets: [2] }
    const [found] = breaker.breakLines(endsOf(items), limits, 0)
    // 1 is left of 98, and 8 are wanted: too far, the line stays as it is
    expect(found!.ratios[0]).toBe(0)
    const near = breaker.breakLines(endsOf(items), { ...limits, lastGap: 3 }, 0)[0]!
    expect(near.ratios[0]).toBeLessThan(0)
    expect(near.ratios[0]).toBeGreaterThanOrEqual(-1)
    const set = evenLetters(near, endsOf(items), { ...limits, lastGap: 3 })
    expect(set.spaces[0]).toBeGreaterThanOrEqual(-limits.spaceShrink)
  })
})
