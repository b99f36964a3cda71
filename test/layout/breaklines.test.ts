// The line breaker on numbers: the paragraph of the paper it is made after, small paragraphs where the answer can be seen,
// and random ones of which every way was tried.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createLineBreaker,
  HYPHEN,
  type Limits,
  type LineAbove,
  type Lines,
  NOTHING_ABOVE,
} from '../../src/layout/breaking/break-lines.js'
import {
  CRAMPED,
  HOLE,
  HYPHEN_PENALTY,
  NAME,
  RIVER,
  RUNT,
  STACK,
  TRIPLE,
} from '../../src/layout/breaking/line-prices.js'
import { frogKing, KNUTH } from './frogking.js'
import { cheapest, dividedOf, endsOf, everyWay, type Item, PLAIN } from './paragraphs.js'

const breaker = createLineBreaker()
const MANY = { numRuns: 200, seed: 1981 }

/** Words of these widths with spaces of 6 between them. */
function words(...widths: number[]): Item[] {
  return widths.flatMap((box, i) => (i === 0 ? [{ box }] : [{ space: 6 }, { box }]))
}

/** Words whose parts may be divided by a hyphen of width 4. */
function divided(...parts: number[][]): Item[] {
  return parts.flatMap((word, i) => [
    ...(i === 0 ? [] : [{ space: 6 }]),
    ...word.flatMap((box, j) => (j === 0 ? [{ box }] : [{ hyphen: 4 }, { box }])),
  ])
}

function best(items: readonly Item[], limits: Partial<Limits>): Lines {
  return breaker.breakLines(endsOf(items), { ...PLAIN, ...limits }, 0)[0]!
}

function rounded(numbers: Iterable<number>): number[] {
  return Array.from(numbers, (n) => Math.round(n * 1000) / 1000 + 0)
}

/** Most lines in a row that stop at a hyphen. */
function ladder(items: readonly Item[], ends: Iterable<number>): number {
  const { flags } = endsOf(items)
  let most = 0
  let run = 0
  for (const end of ends) {
    run = flags[end]! & HYPHEN ? run + 1 : 0
    most = Math.max(most, run)
  }
  return most
}

describe('the paragraph of Knuth and Plass', () => {
  // ends and adjustment ratios as the paper prints them beside its lines
  const NARROW: [string, number][] = [
    ['one,', 0.857],
    ['beau-', 0],
    ['the', 0.28],
    ['aston-', 1],
    ['the', 0.067],
    ['an', -0.278],
    ['when', 0.536],
    ['out', -0.167],
    ['the', 0.7],
    ['a', -0.176],
    ['caught', 0.357],
    ['plaything.', 0],
  ]
  const WIDE: [string, number][] = [
    ['a', 0.774],
    ['was', 0.179],
    ['was', 0.629],
    ['king’s', 0.545],
    ['the', 0],
    ['king’s', 0.079],
    ['the', 0.282],
    ['ball,', 0.294],
    ['her', 0.575],
    ['plaything.', 0],
  ]
  const shown = (told: { ends: string[] }, lines: Lines) =>
    Array.from(lines.ends, (end, i) => [told.ends[end], rounded([lines.ratios[i]!])[0]])

  it('is set in lines of 390 units as there', () => {
    const told = frogKing(18, true)
    const [lines] = breaker.breakLines(endsOf(told.items), { ...KNUTH, measure: 390 }, 0)
    expect(shown(told, lines!)).toEqual(NARROW)
  })

  it('is set in lines of 500 units as there, without a hyphen', () => {
    const told = frogKing(18, false)
    const [lines] = breaker.breakLines(endsOf(told.items), { ...KNUTH, measure: 500 }, 0)
    expect(shown(told, lines!)).toEqual(WIDE)
  })

  it('needs no hyphen at 500 units though it may have them', () => {
    const told = frogKing(18, true)
    const [lines] = breaker.breakLines(endsOf(told.items), { ...KNUTH, measure: 500 }, 0)
    expect(rounded(lines!.ratios)).toEqual(WIDE.map(([, ratio]) => ratio))
    expect(ladder(told.items, lines!.ends)).toBe(0)
  })

  it('cannot be set at 390 units within the paper’s tolerance without hyphens', () => {
    const told = frogKing(18, false)
    const [lines] = breaker.breakLines(endsOf(told.items), { ...KNUTH, measure: 390 }, 0)
    expect(Math.max(...lines!.ratios)).toBeGreaterThan(1)
    expect(lines!.bad).toBe(-1)
  })

  it('is set the same if the indent is the measure’s and not a box', () => {
    const told = frogKing(0, true)
    const [lines] = breaker.breakLines(endsOf(told.items), { ...KNUTH, measure: 390, insets: [18, 0] }, 0)
    expect(shown(told, lines!)).toEqual(NARROW)
  })

  it('is set the same if its hyphens are found only when asked for', () => {
    const told = frogKing(18, true)
    const { ends, divide } = dividedOf(told.items)
    const [lines] = breaker.breakLines(ends, { ...KNUTH, measure: 390 }, 0, divide)
    expect(rounded(lines!.ratios)).toEqual(NARROW.map(([, ratio]) => ratio))
    // 'beau-' and 'aston-' are the first divisions of their words
    expect([...lines!.marks]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('is offered in nine lines of 500 units too, which cost more', () => {
    const told = frogKing(18, true)
    const ways = breaker.breakLines(endsOf(told.items), { ...KNUTH, measure: 500 }, 1)
    expect(ways.map((way) => way.ends.length)).toEqual([10, 9])
    expect(rounded(ways[1]!.ratios)).toEqual([-0.727, 0.821, -0.455, -0.87, -0.208, 0, -0.577, -0.231, 0])
    expect(ways[1]!.demerits).toBeGreaterThan(ways[0]!.demerits)
  })
})

describe('small paragraphs', () => {
  it('have no lines if they are empty', () => {
    const [lines] = breaker.breakLines({ ...endsOf([]), count: 0 }, { ...PLAIN, measure: 100 }, 1)
    expect(lines).toMatchObject({ demerits: 0, bad: -1 })
    expect(lines!.ends).toHaveLength(0)
  })

  it('are a single line if they fit one, at their natural spaces', () => {
    const lines = best(words(20, 20, 20), { measure: 100 })
    expect([...lines.ends]).toEqual([2])
    expect([...lines.ratios]).toEqual([0])
  })

  it('stop where they must, and do not stretch that line', () => {
    const lines = best([...words(20, 20), { forced: true }, ...words(30, 30, 20)], { measure: 100 })
    expect([...lines.ends]).toEqual([1, 4])
    expect([...lines.ratios]).toEqual([0, 0])
    expect(lines.bad).toBe(-1)
  })

  it('stop at every forced end, also behind each other and where a line could not be filled', () => {
    const items = [{ box: 5 }, { forced: true }, { box: 5 }, { forced: true }, ...words(45, 45)] as Item[]
    expect([...best(items, { measure: 100 }).ends]).toEqual([0, 1, 3])
  })

  it('give way in the spaces by the limits given', () => {
    // two spaces of 6: up to 6 wider at ratio 1, 3.6 narrower at -1
    expect(rounded(best(words(30, 30, 25, 60), { measure: 100 }).ratios)).toEqual([0.5, 0])
    expect(rounded(best(words(30, 30, 30.7, 60), { measure: 100 }).ratios)).toEqual([-0.75, 0])
  })

  it('give way in letters before spaces run over', () => {
    const limits = { measure: 100, expand: 0.02, condense: 0.01, trackOut: 0.1, trackIn: 0.05 }
    const items = (last: number): Item[] =>
      words(30, 30, last, 60).map((item) => ('box' in item ? { ...item, glyphs: 5 } : item))
    // 90 natural, with 15 glyphs: letters give 1.8 and 1.5, the two spaces 6; beyond that only spaces give
    expect(rounded(best(items(18), limits).ratios)).toEqual([rounded([(10 - 1.8 - 1.5) / 6])[0], 0])
    expect(rounded(best(items(23), limits).ratios)).toEqual([rounded([5 / (0.02 * 95 + 1.5 + 6)])[0], 0])
    // 103 natural
    expect(rounded(best(items(31), limits).ratios)).toEqual([rounded([-3 / (1.03 + 0.75 + 3.6)])[0], 0])
  })

  it('hang what hangs on either side into the margins', () => {
    const plain = words(30, 30, 28, 60)
    expect(rounded(best(plain, { measure: 100 }).ratios)).toEqual([0, 0])
    const hanging: Item[] = [
      { box: 30 },
      { space: 6 },
      { box: 30 },
      { space: 6 },
      { box: 28, right: 2 },
      { space: 6 },
      { box: 60 },
    ]
    expect(rounded(best(hanging, { measure: 98 }).ratios)).toEqual([0, 0])
    // the hang of the word that ends a line counts, not that of the words before it
    const inner: Item[] = [
      { box: 30 },
      { space: 6 },
      { box: 30, right: 2 },
      { space: 6 },
      { box: 28 },
      { space: 6 },
      { box: 60 },
    ]
    expect(rounded(best(inner, { measure: 100 }).ratios)).toEqual([0, 0])
    // and that of the word that begins the second line counts there
    const second = [
      ...words(30, 30, 28),
      { space: 6 },
      { box: 60, left: 3 },
      { space: 6 },
      { box: 37 },
      { space: 6 },
      { box: 80 },
    ]
    expect(rounded(best(second, { measure: 100 }).ratios)).toEqual([0, 0, 0])
  })

  it('hang nothing in a first line: of a long paragraph, of one line, of what the author began anew', () => {
    const quoted: Item[] = [
      { box: 30, left: 3 },
      { space: 6 },
      { box: 30 },
      { space: 6 },
      { box: 28 },
      { space: 6 },
      { box: 60 },
    ]
    for (const insets of [[0], [12, 0]]) {
      const measure = 100 + insets[0]!
      expect(rounded(best(quoted, { measure, insets }).ratios)).toEqual([0, 0])
      expect(best(quoted.slice(0, 5), { measure: measure - 3, insets }).ratios[0]).toBeLessThan(0)
    }
    const anew: Item[] = [
      { box: 100 },
      { forced: true },
      { box: 40, left: 3 },
      { space: 6 },
      { box: 54 },
      { space: 6 },
      { box: 60 },
    ]
    expect(rounded(best(anew, { measure: 100, restarts: true }).ratios)).toEqual([0, 0, 0])
    expect(rounded(best(anew, { measure: 100 }).ratios)[1]).not.toBe(0)
  })

  it('begin at their indent, and hang it', () => {
    expect(rounded(best(words(30, 30, 16, 60, 34, 90), { measure: 100, insets: [12, 0] }).ratios)).toEqual([0, 0, 0])
    expect(rounded(best(words(30, 30, 28, 48, 34, 70), { measure: 100, insets: [0, 12] }).ratios)).toEqual([0, 0, 0])
  })

  it('take a hyphen for a good line, and leave it where it is too dear', () => {
    const items = divided([30], [30], [20, 20], [50], [14], [40])
    const limits = { measure: 96, spaceStretch: 2, tolerance: 4 }
    expect([...best(items, limits).ends]).toEqual([2, 5, 6])
    expect([...best(items, { ...limits, hyphenPenalty: 8000 }).ends]).toEqual([1, 4, 6])
  })

  it('charge half of a hyphen’s price for an end behind the author’s own hyphen', () => {
    const items = divided([30], [30], [20, 20], [50], [14], [40])
    const { ends, divide } = dividedOf(items)
    const limits = { ...PLAIN, measure: 96, hyphenPenalty: 100 }
    const own = breaker.breakLines(endsOf(items), limits, 0)[0]!
    const made = breaker.breakLines(ends, limits, 0, divide)[0]!
    expect([...made.marks]).toEqual([1, 0, 0])
    expect(made.demerits - own.demerits).toBeCloseTo(100 ** 2 - 50 ** 2, 6)
  })

  it('never stop three lines in a row at a hyphen if that can be helped', () => {
    // every line is full to the point if it stops at a hyphen, and loose if it stops behind a word
    const items = divided([20], ...Array.from({ length: 6 }, () => [[44], [20, 20]]).flat(), [30])
    const lines = best(items, { measure: 100, spaceStretch: 1, tolerance: 3 })
    expect(ladder(items, lines.ends)).toBe(2)
    expect(lines.ends).toHaveLength(7)
  })

  it('begin no last line with a part of a word if that can be helped', () => {
    const limits = { measure: 96, spaceStretch: 4 }
    expect([...best(divided([30], [30], [20, 10], [30]), limits).ends]).toEqual([1, 4])
    // in the midst of a paragraph nothing speaks against it
    expect([...best(divided([30], [30], [20, 10], [30], [44], [60]), limits).ends]).toEqual([2, 5, 6])
  })

  it('end in no tiny line, though others are looser for it', () => {
    const items = words(28, 28, 28, 28, 28, 28, 10)
    const limits = { measure: 100, spaceStretch: 2, tolerance: 1.5 }
    expect([...best(items, limits).ends]).toEqual([2, 5, 6])
    const lines = best(items, { ...limits, runt: 20, lastLine: 25 })
    expect([...lines.ends]).toEqual([1, 4, 6])
    expect(lines.ratios[0]).toBeGreaterThan(limits.tolerance)
  })

  it('are narrower than their limit only where others would have holes', () => {
    // 30 + 40 + 26 and two spaces are 108: at its limit 104.4, and nothing else comes near the measure
    const items = words(30, 40, 26, 60)
    const lines = best(items, { measure: 103.7 })
    expect([...lines.ends]).toEqual([2, 3])
    expect(lines.ratios[0]).toBeLessThan(-1)
    expect(lines.demerits).toBeGreaterThan(CRAMPED)
    // where spaces can be had, no line is
    expect(best(words(30, 40, 26, 60), { measure: 103.7, spaceStretch: 4 }).ratios[0]).toBeGreaterThan(0)
  })

  it('cost most of all where they have holes', () => {
    const way = (spaceStretch: number) => best(words(30, 30, 90), { measure: 96, spaceStretch }).demerits
    expect(way(1.8)).toBeLessThan(HOLE)
    expect(way(1.2)).toBeGreaterThan(HOLE)
  })

  it('rather have a last line of some length', () => {
    const way = (lastLine: number) => best(words(30, 30, 28, 12), { measure: 100, runt: 5, lastLine }).demerits
    expect(way(10)).toBeLessThan(way(15))
    expect(way(15)).toBeLessThan(way(60))
  })

  it('draw in a last line that nearly fills its measure', () => {
    expect(rounded(best(words(30, 30, 26), { measure: 100, lastGap: 3 }).ratios)).toEqual([-0.278])
    expect(rounded(best(words(30, 30, 20), { measure: 100, lastGap: 3 }).ratios)).toEqual([0])
  })

  it('keep a word that is longer than the measure, alone, and say where it stands', () => {
    const lines = best(words(44, 50, 130, 40, 40), { measure: 100 })
    expect([...lines.ends]).toEqual([1, 2, 4])
    expect(lines.bad).toBe(1)
    expect(lines.ratios[1]).toBe(-1)
  })

  it('say that a line is bad if nothing better can be had', () => {
    const lines = best(words(20, 20, 95, 95, 30), { measure: 100 })
    expect(lines.bad).toBeGreaterThanOrEqual(0)
    expect(best(words(30, 30, 28, 60), { measure: 100 }).bad).toBe(-1)
  })

  it('know of a word beyond the measure also in a single line', () => {
    expect(best(words(130), { measure: 100 })).toMatchObject({ bad: 0 })
  })

  it('keep their spaces if they are ragged, and end about equally short', () => {
    const limits = { measure: 100, justified: false, tolerance: 4 }
    // greedily 98 and 34; as even as it goes: 62 and 70
    const lines = best(words(26, 30, 30, 34, 80), limits)
    expect([...lines.ends]).toEqual([1, 3, 4])
    expect(rounded(best(words(30, 30, 20, 60), limits).ratios)).toEqual([rounded([8 / 12])[0], 0])
  })
})

describe('a last line', () => {
  it('is hardly ever the rest of a word alone, and rather begins with one', () => {
    const ending = (...rest: Item[]) => {
      const items: Item[] = [
        { box: 30 },
        { space: 6 },
        { box: 30 },
        { space: 6 },
        { box: 5 },
        { hyphen: 4 },
        { box: 40 },
      ]
      const limits = { ...PLAIN, measure: 81, spaceStretch: 1, tolerance: 3 }
      return [...best([...items, ...rest], limits).ends]
    }
    // whole, the first line lacks 15 of its one space: dearer than a hyphen, but not than such an end
    expect(ending({ space: 6 }, { box: 30 })).toEqual([2, 4])
    expect(ending()).toEqual([1, 3])
  })
})

describe('a name', () => {
  /** Divided the line is full; whole, its one space lacks so much, in what it gives. */
  const lines = (lack: number) => {
    const items: Item[] = [{ box: 30 }, { space: 6 }, { box: 30 }, { space: 6 }, { box: 6 * lack - 10 }]
    items.push({ hyphen: 4, penalty: NAME }, { box: 40 }, { space: 6 }, { box: 30 })
    const limits = { ...PLAIN, measure: 66 + 6 * lack, spaceStretch: 1, tolerance: 1.75, hyphenPenalty: HYPHEN_PENALTY }
    const { ends, divide } = dividedOf(items)
    return [...breaker.breakLines(ends, limits, 0, divide)[0]!.marks]
  }

  it('is not divided where a loose line does as well', () => {
    expect(lines(2)).toEqual([0, 0])
    expect(lines(2.5)).toEqual([0, 0])
  })

  it('is divided where there would be holes', () => {
    expect(lines(5)).toEqual([1, 0])
  })
})

describe('words at the edges of lines', () => {
  // boxes with the number of their word, where it matters
  const named = (...boxes: [width: number, word?: number][]): Item[] =>
    boxes.flatMap(([box, word], i) => [...(i === 0 ? [] : [{ space: 6 }]), { box, ...(word ? { word } : {}) }])
  const limits = { ...PLAIN, measure: 100, spaceStretch: 1 }

  it('cost more where two lines end with the same word, and as much again and more where three do', () => {
    const cost = (...last: number[]) =>
      best(named(...last.flatMap((word): [number, number?][] => [[30], [30], [28, word]]), [30], [20]), limits).demerits
    const [free, two, three] = [cost(1, 2, 3), cost(1, 1, 3), cost(1, 1, 1)]
    expect(two - free).toBeCloseTo(STACK, 6)
    expect(three - free).toBeCloseTo(STACK + TRIPLE, 6)
    expect(cost(1, 2, 1)).toBeCloseTo(free, 6)
  })

  it('cost more where two lines begin with the same word, the first line’s too', () => {
    const cost = (...head: number[]) =>
      best(named(...head.flatMap((word): [number, number?][] => [[30, word], [30], [28]]), [30], [20]), limits).demerits
    expect(cost(1, 1, 3) - cost(1, 2, 3)).toBeCloseTo(STACK, 6)
    expect(cost(1, 2, 2) - cost(1, 2, 3)).toBeCloseTo(STACK, 6)
  })

  it('are told what the line above the paragraph begins and ends with', () => {
    const items = named([30, 1], [30], [28, 2], [30, 1], [30], [28, 3], [30], [20, 4])
    const below = (above: LineAbove) => best(items, { ...limits, above }).demerits
    const free = below(NOTHING_ABOVE)
    // the second line begins like the first; with the line above that makes three
    expect(below({ head: 1, tail: 9, stacked: 0 }) - free).toBeCloseTo(TRIPLE - STACK, 6)
    expect(below({ head: 1, tail: 2, stacked: 0 }) - free).toBeCloseTo(TRIPLE - STACK + STACK, 6)
    expect(below({ head: 9, tail: 2, stacked: 2 }) - free).toBeCloseTo(TRIPLE, 6)
    expect(below({ head: 9, tail: 2, stacked: 1 }) - free).toBeCloseTo(STACK, 6)
  })

  it('of the last line are told to the next paragraph', () => {
    const foot = (...boxes: [width: number, word?: number][]) => best(named(...boxes), limits).foot
    expect(foot([30, 1], [30], [28, 2], [30, 3], [20, 4])).toEqual({ head: 3, tail: 4, stacked: 0 })
    expect(foot([30, 1], [30], [28, 2], [30, 1], [20, 4])).toEqual({ head: 1, tail: 4, stacked: 1 })
    expect(foot([30, 1], [30], [28, 2], [30, 1], [20, 2])).toEqual({ head: 1, tail: 2, stacked: 3 })
    expect(foot([30, 5], [20, 6])).toEqual({ head: 5, tail: 6, stacked: 0 })
  })
})

describe('words at the edges of a last line', () => {
  const named = (...boxes: [width: number, word?: number][]): Item[] =>
    boxes.flatMap(([box, word], i) => [...(i === 0 ? [] : [{ space: 6 }]), { box, ...(word ? { word } : {}) }])
  const limits = { ...PLAIN, measure: 100, spaceStretch: 1 }

  it('are told what the paragraph below begins with', () => {
    const items = named([30, 1], [30], [28], [30, 1], [30])
    const cost = (below: number) => best(items, { ...limits, below }).demerits
    expect(cost(2) - cost(0)).toBeCloseTo(0, 6)
    expect(cost(1) - cost(0)).toBeCloseTo(TRIPLE, 6)
    const other = (below: number) => best(named([30, 3], [30], [28], [30, 1], [30]), { ...limits, below }).demerits
    expect(other(1) - other(0)).toBeCloseTo(STACK, 6)
    // where two paragraphs of one line below it begin alike, a third line would be the third
    const twice = (below: number) =>
      best(named([30, 3], [30], [28], [30, 1], [30]), { ...limits, below, belowTwice: true }).demerits
    expect(twice(1) - other(0)).toBeCloseTo(TRIPLE, 6)
    expect(twice(2)).toBe(other(0))
    // a paragraph of one line cannot be broken otherwise
    const one = (below: number) => best(named([30, 1], [30]), { ...limits, below }).demerits
    expect(one(1)).toBe(one(0))
  })

  it('are no word at all if a last line has fewer than five signs, however wide they are', () => {
    const cost = (glyphs: number) =>
      best([...words(30, 30, 28), { space: 6 }, { box: 40, glyphs }], { ...limits, runt: 20, leastLetters: 5 }).demerits
    expect(cost(4) - cost(5)).toBeCloseTo(RUNT, 0)
  })
})

describe('spaces that stand on one another', () => {
  const limits = { ...PLAIN, measure: 100, rivers: true }
  const cost = (items: readonly Item[], rivers: boolean) => best(items, { ...limits, rivers }).demerits
  const lines = (...all: number[][]) => words(...all.flat())
  const [even, other] = [
    [30, 30, 28],
    [10, 40, 38],
  ]

  it('cost nothing in two lines, and more with each line from the third on', () => {
    const river = (...all: number[][]) => cost(lines(...all, [30]), true) - cost(lines(...all, [30]), false)
    expect(river(even, even)).toBeCloseTo(0, 6)
    expect(river(even, even, even)).toBeCloseTo(2 * RIVER, 6)
    expect(river(even, even, even, even)).toBeCloseTo(2 * RIVER + 6 * RIVER, 6)
    expect(river(even, even, other, even)).toBeCloseTo(0, 6)
    expect(river(other, even, even, even)).toBeCloseTo(2 * RIVER, 6)
  })

  it('are found behind a first line’s indent, a division, and where a line is stretched', () => {
    const found = (items: readonly Item[], more: Partial<Limits> = {}) =>
      (best(items, { ...limits, ...more }).demerits - best(items, { ...limits, ...more, rivers: false }).demerits) /
      RIVER
    expect(found(lines([18, 30, 28], even, even, [30]), { insets: [12, 0] })).toBeCloseTo(2, 6)
    const halved: Item[] = [...words(30, 30, 28), { space: 6 }, ...words(30, 30), { space: 6 }, { box: 24 }]
    halved.push({ hyphen: 4 }, { box: 30 }, { space: 6 }, ...words(30, 28), { space: 6 }, { box: 30 })
    expect(found(halved)).toBeCloseTo(2, 6)
    // a line that lacks two: its spaces are at 30 and 67 where the others’ are at 30 and 66
    expect(found(lines(even, even, [30, 30, 26], [50]))).toBeCloseTo(2, 6)
  })

  it('are fewer where they are priced, in lines that are nearly as even', () => {
    const [with_, without] = [true, false].map((rivers) => {
      const sum = { rivers: 0, uneven: 0 }
      for (let seed = 1; seed <= 40; seed++) {
        const widths = Array.from({ length: 150 }, (_, i) => 8 + ((Math.imul(seed * 977 + i, 0x9e3779b1) >>> 8) % 41))
        const { ends, ratios } = best(words(...widths), { ...limits, measure: 260, rivers })
        sum.rivers += riversIn(widths, ends, ratios)
        for (const ratio of ratios) sum.uneven += ratio * ratio
      }
      return sum
    })
    expect(without!.rivers).toBeGreaterThan(50)
    expect(with_!.rivers).toBeLessThan(without!.rivers * 0.97)
    expect(with_!.uneven).toBeLessThan(without!.uneven * 1.05)
  })
})

/** Counted a second time: spaces that stand on two lines' spaces above them, by two thirds of the narrower. */
function riversIn(widths: readonly number[], ends: Int32Array, ratios: Float64Array): number {
  let found = 0
  let above: { left: number; right: number; deep: boolean }[] = []
  let from = 0
  for (const [i, end] of ends.entries()) {
    const wide = 6 * (1 + ratios[i]! * (ratios[i]! < 0 ? PLAIN.spaceShrink : PLAIN.spaceStretch))
    const spaces: typeof above = []
    for (let k = from, left = 0; k < end; k++, left += wide) {
      left += widths[k]!
      const right = left + wide
      const under = above.filter(
        (one) => Math.min(one.right, right) - Math.max(one.left, left) > (2 / 3) * Math.min(one.right - one.left, wide),
      )
      if (under.some(({ deep }) => deep)) found++
      spaces.push({ left, right, deep: under.length > 0 })
    }
    above = spaces
    from = end + 1
  }
  return found
}

describe('numbers of lines', () => {
  const items = words(...Array.from({ length: 40 }, (_, i) => 14 + ((i * 7) % 11)))
  const limits = { ...PLAIN, measure: 150, tolerance: 3 }

  it('are offered one longer and one shorter, the best first', () => {
    const ways = breaker.breakLines(endsOf(items), limits, 1)
    const counts = ways.map((way) => way.ends.length)
    expect(new Set(counts).size).toBe(counts.length)
    expect(counts.length).toBeGreaterThan(1)
    for (const count of counts) expect(Math.abs(count - counts[0]!)).toBeLessThanOrEqual(1)
    expect(Math.min(...ways.map((way) => way.demerits))).toBe(ways[0]!.demerits)
    for (const way of ways) expect(way.ends.at(-1)).toBe(39)
  })

  it('are not offered if nobody asks', () => {
    expect(breaker.breakLines(endsOf(items), limits, 0)).toHaveLength(1)
  })

  it('leave the best way as it was', () => {
    const alone = breaker.breakLines(endsOf(items), limits, 0)[0]!
    expect(breaker.breakLines(endsOf(items), limits, 1)[0]).toEqual(alone)
    expect(breaker.breakLines(endsOf(items), limits, 2)[0]).toEqual(alone)
  })
})

describe('random paragraphs', () => {
  const word = fc.integer({ min: 5, max: 40 })
  const limits = fc.record({
    measure: fc.integer({ min: 60, max: 160 }),
    insets: fc.constantFrom([0], [12, 0], [0, 12]),
    tolerance: fc.constantFrom(0.8, 1.5, 3),
    lastLine: fc.constantFrom(0, 30),
    runt: fc.constantFrom(0, 20),
    lastGap: fc.constantFrom(0, 8),
    hyphenPenalty: fc.constantFrom(0, 120),
  })
  const giving: Limits = { ...PLAIN, expand: 0.02, condense: 0.02, trackOut: 0.3, trackIn: 0.2 }
  const inked = (items: Item[]): Item[] =>
    items.map((item) =>
      'box' in item ? { ...item, glyphs: item.box / 5, right: item.box % 3, left: item.box % 2 } : item,
    )

  /** What the breaker should find: it looks further afield if nothing within tolerance will do. */
  const truth = (items: readonly Item[], l: Limits) => {
    const ends = endsOf(items)
    for (const tolerance of [l.tolerance, l.tolerance * 3, Infinity]) {
      const ways = everyWay(ends, l, tolerance)
      const way = cheapest(ways)
      if (way && (tolerance !== l.tolerance || way.demerits < RUNT)) return { way, ways }
    }
    return undefined
  }

  const compare = (items: Item[], l: Limits, spread: number) => {
    const found = breaker.breakLines(endsOf(items), l, spread)
    const right = truth(items, l)
    // every line is too long in every way: nothing to compare
    if (!right) return expect(found[0]!.bad).toBeGreaterThanOrEqual(0)
    // beyond this the numbers are too large to be told apart
    if (right.way.demerits > 1e12) return
    expect(found[0]!.demerits).toBeCloseTo(right.way.demerits, 3)
    expect(rounded(found[0]!.ratios)).toEqual(rounded(right.way.ratios))
    for (const other of found.slice(1)) {
      expect(other.demerits).toBeCloseTo(right.ways.get(other.ends.length)!.demerits, 3)
    }
  }

  it('of whole words cost what the cheapest of all ways costs', () => {
    const paragraph = fc.array(word, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(paragraph, limits, (widths, l) => compare(inked(words(...widths)), { ...giving, ...l }, 0)),
      MANY,
    )
  })

  it('in other numbers of lines too', () => {
    const paragraph = fc.array(word, { minLength: 4, maxLength: 12 })
    fc.assert(
      fc.property(paragraph, limits, (widths, l) => compare(inked(words(...widths)), { ...giving, ...l }, 2)),
      MANY,
    )
  })

  it('with hyphens too', () => {
    // of more than two hyphens the breaker may lose a way that has fewer in a row
    const whole = fc.array(fc.tuple(word), { minLength: 1, maxLength: 8 })
    const parted = fc.tuple(fc.tuple(word, word), fc.tuple(word, word))
    fc.assert(
      fc.property(whole, parted, fc.nat(8), fc.nat(8), limits, (some, [one, two], i, j, l) => {
        const parts: number[][] = [...some]
        parts.splice(i, 0, one)
        parts.splice(j, 0, two)
        compare(inked(divided(...parts)), { ...giving, ...l }, 0)
      }),
      MANY,
    )
  })

  it('that are ragged too', () => {
    const paragraph = fc.array(word, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(paragraph, limits, (widths, l) =>
        compare(inked(words(...widths)), { ...giving, ...l, justified: false, runt: 0, lastLine: 0, lastGap: 0 }, 0),
      ),
      MANY,
    )
  })

  it('find the same hyphens whether these are listed or asked for', () => {
    const paragraph = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(paragraph, fc.integer({ min: 60, max: 160 }), (parts, measure) => {
        const items = inked(divided(...parts))
        const { ends, divide } = dividedOf(items)
        const l = { ...giving, measure, tolerance: 3 }
        const listed = breaker.breakLines(endsOf(items), l, 0)[0]!
        const asked = breaker.breakLines(ends, l, 0, divide)[0]!
        if (listed.demerits > 1e8) return
        expect(asked.demerits).toBeCloseTo(listed.demerits, 3)
        expect(rounded(asked.ratios)).toEqual(rounded(listed.ratios))
      }),
      MANY,
    )
  })

  it('lose nothing, and end, whatever their words', () => {
    const size = fc.integer({ min: 1, max: 150 })
    const item: fc.Arbitrary<Item> = fc.oneof(
      { weight: 5, arbitrary: fc.record({ box: size, left: fc.nat(3), right: fc.nat(3) }) },
      { weight: 4, arbitrary: fc.record({ space: fc.integer({ min: 1, max: 12 }) }) },
      fc.record({ tie: fc.constant(6) }),
      fc.record({ hyphen: fc.nat(6) }),
      fc.record({ penalty: fc.integer({ min: 0, max: 10_000 }) }),
      fc.constant<Item>({ forced: true }),
    )
    fc.assert(
      fc.property(fc.array(item, { maxLength: 60 }), limits, fc.boolean(), fc.nat(2), (items, l, justified, spread) => {
        const ends = endsOf(items)
        const ways = breaker.breakLines(ends, { ...giving, ...l, justified }, spread)
        const forced = items.flatMap((one, i) => ('forced' in one ? [endAt(items, i)] : []))
        for (const way of ways) {
          const stops = [...way.ends]
          expect(stops.at(-1)).toBe(ends.count - 1)
          expect(stops.every((end, i) => i === 0 || end > stops[i - 1]!)).toBe(true)
          for (const end of forced) expect(stops).toContain(end)
          expect(way.demerits).not.toBeNaN()
        }
        expect(new Set(ways.map((way) => way.ends.length)).size).toBe(ways.length)
      }),
      MANY,
    )
  })

  it('come out the same however often, and whatever came between', () => {
    const items = frogKing(18, true).items
    const once = breaker.breakLines(endsOf(items), { ...KNUTH, measure: 420 }, 1)
    best(words(...Array.from({ length: 900 }, (_, i) => 10 + (i % 17))), { measure: 300 })
    best(words(130, 2, 140), { measure: 100 })
    expect(breaker.breakLines(endsOf(items), { ...KNUTH, measure: 420 }, 1)).toEqual(once)
    expect(createLineBreaker().breakLines(endsOf(items), { ...KNUTH, measure: 420 }, 1)).toEqual(once)
  })
})

/** The end that item `i` makes. */
function endAt(items: readonly Item[], i: number): number {
  return items.slice(0, i).filter((item) => !('box' in item) && !('tie' in item)).length
}
