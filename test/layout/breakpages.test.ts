// The page breaker on numbers: columns of which the good pages can be seen, and random ones whose pages must keep order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  breakPages,
  type Element,
  NEVER,
  type PageLimits,
  type Pages,
  STUB,
} from '../../src/layout/breaking/break-pages.js'
import { badBreaks, block, feet, heading, notesOf, paged, shown, single, TEN, table, text } from './columns.js'

const pages = (elements: readonly Element[], limits: Partial<PageLimits> = {}) =>
  breakPages(elements, { ...TEN, ...limits })

describe('a column', () => {
  it('of nothing is one empty page', () => {
    expect(pages([])).toMatchObject({ placements: [], count: 1, cost: 0 })
  })

  it('that fits a page stands on it, from its head down', () => {
    const found = pages([text(3), text(2)])
    expect(found).toMatchObject({ count: 1, cost: 0, short: [0] })
    expect(found.placements.map((p) => ({ ...p, top: p.top + 0 }))).toEqual([
      { element: 0, way: 0, from: 0, to: 3, page: 0, top: 0 },
      { element: 1, way: 0, from: 0, to: 2, page: 0, top: 3 },
    ])
  })

  it('goes on where the page is full', () => {
    expect(paged([text(8), text(8)])).toEqual(['0 1:0-2', '1:2-8'])
    expect(paged([...single(10), ...single(10)])).toHaveLength(2)
  })

  it('keeps the space between its elements, but none at the head of a page', () => {
    expect(paged([text(3), text(3, { gap: 2 })])).toEqual(['0 1@5'])
    expect(paged([text(5), text(5), text(6, { gap: 2 })])).toEqual(['0 1', '2'])
    expect(paged([text(5, { gap: 2 })], { sink: 1 })).toEqual(['0@1'])
  })

  it('comes back to the grid behind what is not on it', () => {
    expect(paged([text(3), block(1.3, { gap: 0.5 }), text(6, { gap: 0.5 })])).toEqual(['0 1@3.5 2:0-4@6', '2:4-6'])
  })

  it('begins below its sink, a line higher or lower where that spares a bad page', () => {
    // nor is a last page left with a few lines where the opening can spare it
    expect(paged([...single(6), text(4)], { sink: 4 })).toEqual(['0@5 1 2 3 4', '5 6'])
    expect(paged([...single(5), text(5)], { sink: 4 })).toEqual(['0@5 1 2 3 4', '5'])
    expect(paged([text(3), text(4), text(9)], { sink: 4 })).toEqual(['0@3 1', '2'])
    // a low sink is left alone
    expect(paged([text(5), text(4), text(5)], { sink: 2 })[0]).toMatch(/^0@2 /)
  })
})

describe('a page', () => {
  it('never ends behind the first or before the last line of a paragraph', () => {
    for (let above = 0; above < 10; above++) {
      for (const lines of [2, 3, 4, 5, 6, 9, 14]) {
        const elements = [...single(above), text(lines), ...single(12)]
        expect(badBreaks(elements, pages(elements))).toEqual([])
      }
    }
  })

  it('may end a line early or late instead, not more', () => {
    expect(paged([text(9), text(6)])).toEqual(['0', '1'])
    expect(pages([text(5), text(6)]).short).toEqual([1, 0])
    expect(pages([text(9), text(6)]).short).toEqual([1, 0])
    const long = pages([...single(8), heading(), text(6)])
    expect(long.short).toEqual([-1, 0])
    expect(long.placements.at(-1)).toMatchObject({ page: 1, from: 2, to: 6 })
  })

  it('rather takes a paragraph in another number of lines than end early or late', () => {
    const flexible = text(4, { ways: [[3, 100_000]] })
    expect(paged([...single(7), flexible, ...single(7)])).toEqual(['0 1 2 3 4 5 6 7/3', '8 9 10 11 12 13 14'])
    const longer = text(4, { ways: [[5, 100_000]] })
    expect(paged([...single(5), longer, text(6)])).toEqual(['0 1 2 3 4 5/5', '6'])
  })

  it('takes the cheaper of two such ways, and none without need', () => {
    const offered = (cost: number) => text(4, { ways: [[3, cost]] })
    expect(paged([...single(3), offered(200_000), offered(100_000), text(8)])[0]).toContain('4/3')
    expect(paged([...single(3), offered(100_000), offered(200_000), text(8)])[0]).toContain('3/3')
    expect(paged([...single(2), offered(200_000), offered(100_000), text(8)])).toEqual(['0 1 2 3', '4'])
  })

  it('does not end in a hyphen if it can be helped', () => {
    expect(paged([text(20)])).toEqual(['0:0-10', '0:10-20'])
    const elements = [text(20, { divided: [9] })]
    expect(badBreaks(elements, pages(elements))).toEqual([])
  })

  it('does not end in a single line that looks like the first of a paragraph', () => {
    expect(paged([...single(9), text(1), text(6)])).toEqual(['0 1 2 3 4 5 6 7 8 9', '10'])
    expect(paged([...single(9), text(1, { lone: true }), text(6)])).toEqual(['0 1 2 3 4 5 6 7 8', '9 10'])
  })

  it('does not seem to go on where its section ends', () => {
    const one = text(1, { lone: true })
    const two = text(2)
    const ending = { ...one, ways: [...one.ways, { ...two.ways[0]!, cost: 500_000 }] }
    expect(paged([...single(7), ending])).toEqual(['0 1 2 3 4 5 6 7/2'])
  })

  it('runs short together with the page that it faces', () => {
    // the verso cannot be filled: a block of three lines comes at its foot
    const elements = [...single(9), block(3), ...single(20)]
    expect(pages(elements, { recto: false }).short).toEqual([1, 1, 0, 0])
    // pages on two sides of a leaf do not face each other
    expect(pages(elements, { recto: true }).short).toEqual([1, 0, 0, 0])
  })
})

describe('a heading', () => {
  it('goes to the next page rather than stand at the foot alone, or with a single line', () => {
    expect(paged([...single(9), heading(), text(6)])).toEqual(['0 1 2 3 4 5 6 7 8', '9 10'])
    for (let above = 0; above < 10; above++) {
      const elements = [...single(above), heading(1, 1), text(6)]
      const { placements } = pages(elements)
      const at = placements.find((p) => p.element === above)!
      const next = placements.find((p) => p.element === above + 1)!
      expect(next).toMatchObject({ page: at.page, from: 0 })
      expect(next.to).toBeGreaterThanOrEqual(2)
    }
  })

  it('stays with another heading below it', () => {
    const elements = [...single(8), heading(), heading(), text(6)]
    const { placements } = pages(elements)
    expect(new Set(placements.filter((p) => p.element >= 8 && p.from === 0).map((p) => p.page)).size).toBe(1)
  })

  it('may be the last of all', () => {
    expect(paged([...single(3), heading()])).toEqual(['0 1 2 3'])
  })
})

describe('the last page', () => {
  it('has five lines at least where paragraphs can give way', () => {
    const giving = (lines: number, cost: number) => text(5, { ways: [[lines, cost]] })
    // 21 lines: the last one is got rid of, or gets four for company
    expect(paged([...single(12), giving(4, 100_000), ...single(4)])).toHaveLength(2)
    const elements = [...single(16), giving(6, 100_000), giving(6, 100_000), giving(6, 100_000), giving(6, 100_000)]
    const found = pages([...single(1), ...elements.slice(4)])
    expect(feet([...single(1), ...elements.slice(4)], found).at(-1)).toBeGreaterThanOrEqual(5)
  })

  it('is worth looser paragraphs, by every line that it lacks', () => {
    const giving = (cost: number) => text(3, { ways: [[4, cost]] })
    expect(paged([giving(3_000_000), ...single(8)])).toEqual(['0/4 1 2 3 4 5 6', '7 8'])
    expect(paged([giving(5_000_000), ...single(8)])).toEqual(['0 1 2 3 4 5 6 7', '8'])
    expect(paged([giving(3_000_000), ...single(12)])[0]).toBe('0 1 2 3 4 5 6 7')
  })

  it('is not thought short if it is the only one', () => {
    expect(pages(single(2)).cost).toBe(0)
  })
})

describe('white', () => {
  it('above what pauses is a line wider rather than that a page runs short', () => {
    // nine lines and a heading's two would leave the page a line short
    const elements = [text(4), text(3, { gap: 1 }), heading(1, 1), text(8)]
    const found = pages(elements)
    expect(shown(elements, found)[0]).toBe('0 1@6')
    expect(found.short[0]).toBe(1)
    const even = [text(4), text(4, { gap: 1 }), heading(1, 1), text(8)]
    expect(shown(even, pages(even))[0]).toBe('0 1@6')
    expect(pages(even).short[0]).toBe(0)
  })

  it('is a line wider at less than a line, too, if the text is said to pause there', () => {
    const elements = (pause: boolean) => [text(4), { ...text(3, { gap: 0.5 }), pause }, heading(1, 0.5), text(8)]
    expect(shown(elements(false), pages(elements(false)))[0]).toBe('0 1@5')
    expect(shown(elements(true), pages(elements(true)))[0]).toBe('0 1@6')
  })

  it('is no line wider where paragraphs can give way, nor between a heading and its text', () => {
    const giving = [text(4, { ways: [[5, 300_000]] }), text(4, { gap: 1 }), heading(1, 1), text(8)]
    expect(shown(giving, pages(giving))[0]).toBe('0/5 1@6')
    const headed = [text(3), heading(1, 1), text(3, { gap: 1 }), heading(1, 1), text(8)]
    expect(shown(headed, pages(headed))[0]).toBe('0 1@5 2@7')
  })

  it('of an empty line of code is left out at the head of a page', () => {
    const blank = { ...block(1), blank: true }
    const elements = [...single(10), blank, block(1), text(3)]
    expect(shown(elements, pages(elements))).toEqual(['0 1 2 3 4 5 6 7 8 9', '11 12'])
    expect(shown([...single(4), blank, block(1)], pages([...single(4), blank, block(1)]))).toEqual(['0 1 2 3 4 5'])
  })
})

describe('notes', () => {
  const foot = { hang: 2, noteGap: 0.5 }

  it('hang below a full page as far as they may', () => {
    expect(paged([text(6, { notes: { 2: 1.5 } }), text(8)], foot)[0]).toBe('0 1:0-4')
  })

  it('then take lines from the text', () => {
    // 3 and the space of a half, less 2 that hang: two lines
    const found = pages([text(6, { notes: { 2: 3 } }), text(8)], foot)
    expect(shown([text(6), text(8)], found)).toEqual(['0 1:0-2', '1:2-8'])
    // that is no short page
    expect(found.short).toEqual([0, 0])
  })

  it('stand on the page of the line that calls them', () => {
    const elements = [...single(9), text(4, { notes: { 0: 2 } }), text(8)]
    const found = pages(elements, { hang: 0, noteGap: 0.5 })
    expect(shown(elements, found)[0]).toBe('0 1 2 3 4 5 6 7 8')
    expect(notesOf(elements, found)[1]).toEqual([2])
  })

  it('of several lines add up, with one space for all', () => {
    const elements = [text(4, { notes: { 0: 1, 3: 1.5 } }), text(9)]
    expect(shown(elements, pages(elements, { hang: 0, noteGap: 0.5 }))[0]).toBe('0 1:0-3')
  })

  it('deeper than a page go on over pages, and the text with them', () => {
    const elements = [text(6, { notes: { 2: 14 } }), text(8), text(8)]
    const found = pages(elements, foot)
    expect(orderOf(elements, found)).toBe('')
    // the page that follows has room for what is left of them
    const [first, second] = feet(elements, found)
    expect(first! + second!).toBeLessThanOrEqual(20 - (14 + 2 * 0.5 - 2 * 2))
  })

  it('begin where they are called and go on on the next page, rather than drive the text away', () => {
    const elements = [text(6), text(4, { notes: { 1: 8 } }), text(12)]
    const found = pages(elements, { hang: 2, noteGap: 0.5 })
    // three of its lines stand below the call, five and the space on the next page, less what hangs
    expect(shown(elements, found).slice(0, 2)).toEqual(['0 1:0-2', '1:2-4 2:0-4'])
    // a short one is never parted
    const short = [text(7), text(4, { notes: { 1: 4 } }), text(12)]
    expect(shown(short, pages(short, { hang: 0, noteGap: 0.5 }))[0]).not.toContain('1:0-2')
  })

  it('hang nowhere on a page that has a folio there', () => {
    const elements = [text(6, { notes: { 2: 1.5 } }), text(18, { notes: { 9: 1.5 } })]
    const found = pages(elements, { ...foot, openingHang: 0 })
    expect(feet(elements, found).slice(0, 2)).toEqual([8, 10])
  })

  it('that are short share a line', () => {
    const called = [-0.4, -0.4, -0.4]
    const elements = [text(12, { notes: { 0: called } })]
    // three of them are two lines, not three
    expect(shown(elements, pages(elements, { hang: 0, noteGap: 0 }))[0]).toBe('0:0-8')
    expect(
      shown(
        [text(12, { notes: { 0: [1, 1, 1] } })],
        pages([text(12, { notes: { 0: [1, 1, 1] } })], { hang: 0, noteGap: 0 }),
      )[0],
    ).toBe('0:0-7')
  })
})

describe('a table', () => {
  it('repeats its head on the next page, and leaves it room', () => {
    expect(paged([...single(6), ...table(1.5, [1.5, 1.5, 1.5, 1.5, 1.5])])).toEqual([
      '0 1 2 3 4 5 6 7',
      '8@1.5 9 10 11',
    ])
  })

  it('keeps its head and a row together', () => {
    expect(paged([...single(8), ...table(1, [2, 2])])).toEqual(['0 1 2 3 4 5 6 7', '8 9 10'])
  })

  it('whose head fits just so leaves that no room twice', () => {
    expect(paged([...single(10), ...table(1, [2, 2])])[1]).toBe('10 11 12')
  })
})

describe('what is higher than a page', () => {
  it('stands at the head of one, and what follows on the next', () => {
    expect(paged([...single(3), block(15), ...single(3)])).toEqual(['0 1 2', '3', '4 5 6'])
    expect(paged([block(15), block(15)])).toEqual(['0', '1'])
  })

  it('may be a paragraph, over as many pages as it needs', () => {
    const elements = [text(1000)]
    const found = pages(elements)
    expect(found.count).toBe(100)
    expect(found.cost).toBe(0)
    expect(badBreaks(elements, found)).toEqual([])
  })

  it('may be a paragraph in several numbers of lines', () => {
    const elements = [
      text(2001, {
        ways: [
          [2000, 100_000],
          [2002, 300_000],
        ],
      }),
    ]
    expect(pages(elements, { depth: 32 }).count).toBe(63)
    expect(orderOf(elements, pages(elements, { depth: 32 }))).toBe('')
  })
})

describe('a figure that may leave its place', () => {
  const figure = (height: number) => block(height, { float: true, gap: 1 })

  it('stays where it fits', () => {
    expect(paged([...single(3), figure(4), ...single(2)])).toEqual(['0 1 2 3@4 4 5'])
  })

  it('goes to the head of the next page where it does not, and the text fills its place', () => {
    const elements = [...single(6), figure(5), ...single(12)]
    const found = pages(elements)
    expect(found.placements.filter((p) => p.page === 0).map((p) => p.element)).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 9, 10])
    expect(found.placements.find((p) => p.page === 1)).toMatchObject({ element: 6, top: 0 })
    expect(found.short).toEqual([0, 0, 0])
  })

  it('never goes before another that came earlier', () => {
    const found = pages([...single(6), figure(5), figure(4), ...single(12)])
    const at = (element: number) => found.placements.findIndex((p) => p.element === element)
    expect(at(6)).toBeLessThan(at(7))
  })

  it('is not lost at the end', () => {
    expect(paged([...single(6), figure(5)])).toEqual(['0 1 2 3 4 5', '6'])
    expect(paged([...single(6), figure(5), figure(5), figure(5)])).toEqual(['0 1 2 3 4 5', '6', '7', '8'])
    expect(paged([...single(6), figure(5), figure(4), figure(4)])).toEqual(['0 1 2 3 4 5', '6 7@6', '8'])
  })
})

describe('a picture that has pages for itself', () => {
  const plate = (pages = 1): Element => ({
    ...block(10, { float: true, plate: true }),
    ways: [{ lines: pages, height: 10, cost: 0, stops: new Uint8Array(pages).fill(NEVER), notes: undefined }],
  })

  it('has the page behind the one where it comes, which the text fills', () => {
    const elements = [...single(6), plate(), ...single(12)]
    const found = pages(elements)
    expect(found.placements.filter((p) => p.page === 0).map((p) => p.element)).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 9, 10])
    expect(found.placements.filter((p) => p.page === 1)).toEqual([
      { element: 6, way: 0, from: 0, to: 1, page: 1, top: 0 },
    ])
    expect(found.short).toEqual([0, 0, 0])
  })

  it('has two that face each other: text goes on up to the next left page', () => {
    // pages 0, 2, 4 are rectos
    expect(paged([...single(6), plate(2), ...single(12)]).map((one) => one.startsWith('6'))).toEqual([
      ...[false, true, true, false],
    ])
    expect(paged([...single(16), plate(2), ...single(24)]).map((one) => one.startsWith('16'))).toEqual([
      ...[false, false, false, true, true, false],
    ])
    const left = { recto: false }
    expect(paged([...single(6), plate(2), ...single(12)], left).map((one) => one.startsWith('6'))).toEqual([
      ...[false, false, true, true],
    ])
  })

  it('opens a section, and ends one without a page too many', () => {
    expect(paged([plate(), ...single(4)])).toEqual(['0', '1 2 3 4'])
    expect(paged([plate(), plate(2), plate()])).toEqual(['0', '1:0-1', '1:1-2', '2'])
    expect(paged([...single(4), plate()])).toEqual(['0 1 2 3', '4'])
    // what faces the fold alone leaves the page before it empty, if no text is left for that
    expect(paged([...single(12), plate(2)])).toHaveLength(5)
    expect(paged([...single(12), plate(2)])[2]).toBe('')
    expect(paged([plate(2)])).toEqual(['', '0:0-1', '0:1-2'])
    const found = pages([...single(12), plate(2), plate()])
    expect(found.short).toHaveLength(found.count)
  })

  it('does not part a heading from its text', () => {
    for (let above = 0; above < 12; above++) {
      const elements = [...single(above), heading(1, 1), plate(), text(6)]
      const at = (element: number) => pages(elements).placements.find((p) => p.element === element)!.page
      expect(at(above)).toBe(at(above + 2))
    }
  })

  it('leaves a note that goes on to the next page of text', () => {
    // the note of the last line has nine lines: three here, the others below the text behind the picture
    const elements = [...single(6), plate(), text(2, { notes: { 1: 9 } }), ...single(20)]
    const found = pages(elements)
    const lines = found.placements.filter((p) => p.page === 2).reduce((sum, p) => sum + p.to - p.from, 0)
    expect(lines).toBeLessThan(6)
    expect(found.placements.filter((p) => p.page === 1).map((p) => p.element)).toEqual([6])
  })
})

/** '' if every line of every element stands on one page, once, in order, below what came before it; else what is wrong. */
function orderOf(elements: readonly Element[], found: Pages): string {
  const done = elements.map(() => 0)
  const ways = elements.map(() => -1)
  let page = 0
  let bottom = -Infinity
  let element = 0
  for (const p of found.placements) {
    const way = elements[p.element]!.ways[p.way]!
    if (p.to <= p.from) return `nothing of ${p.element} on page ${p.page}`
    if (p.from !== done[p.element]) return `${p.element} goes on at ${p.from}, not ${done[p.element]}`
    if (ways[p.element] !== -1 && ways[p.element] !== p.way) return `${p.element} is set in two ways`
    ways[p.element] = p.way
    done[p.element] = p.to
    const floats = elements[p.element]!.float
    if (!floats && p.element < element) return `${p.element} stands behind ${element}`
    if (!floats) element = p.element
    if (p.page < page || p.page >= found.count) return `${p.element} on page ${p.page} behind page ${page}`
    if (p.page > page) bottom = -Infinity
    page = p.page
    if (p.top < bottom - 1e-6) return `${p.element} at ${p.top}, above ${bottom}`
    bottom = p.top + (p.to - p.from) * way.height
  }
  const missing = elements.findIndex((e, i) => done[i] !== e.ways[Math.max(0, ways[i]!)]!.lines)
  return missing < 0 ? '' : `${missing} is not whole`
}

describe('random columns', () => {
  const MANY = { numRuns: 150, seed: 1981 }
  const count = fc.integer({ min: 1, max: 12 })
  const ways = (n: number) =>
    fc.constantFrom<[number, number][]>([], [[n + 1, 200_000]], n > 1 ? [[n - 1, 400_000]] : [], [
      [n + 1, 90_000],
      [n + 2, 900_000],
    ])
  const paragraph = count.chain((n) => ways(n).map((offered) => text(n, { ways: offered })))
  const giving = count.chain((n) =>
    fc.constant(
      text(n, {
        ways:
          n > 1
            ? [
                [n + 1, 200_000],
                [n - 1, 400_000],
              ]
            : [],
      }),
    ),
  )
  const head = fc.constantFrom(heading(1, 1), heading(1.5, 2), heading(1, 0))
  const anything: fc.Arbitrary<Element[]> = fc.oneof(
    { weight: 5, arbitrary: paragraph.map((e) => [e]) },
    fc
      .tuple(count, fc.record({ 0: fc.integer({ min: 0, max: 6 }), 2: fc.integer({ min: 0, max: 9 }) }))
      .map(([n, notes]) => [text(n, { notes })]),
    fc.tuple(head, paragraph).map(([h, p]) => [h, p]),
    fc.integer({ min: 1, max: 24 }).map((height) => [block(height / 2, { gap: 1 })]),
    fc.integer({ min: 2, max: 6 }).map((height) => [block(height, { gap: 1, float: true })]),
    fc.array(fc.integer({ min: 2, max: 8 }), { minLength: 1, maxLength: 6 }).map((rows) =>
      table(
        1.5,
        rows.map((r) => r / 2),
      ),
    ),
    fc.integer({ min: 12, max: 60 }).map((n) => [text(n)]),
  )
  const column = fc.array(anything, { maxLength: 25 }).map((some) => some.flat())
  const shape = fc.record({
    depth: fc.integer({ min: 9, max: 32 }),
    sink: fc.constantFrom(0, 4),
    hang: fc.constantFrom(0, 2.5),
    noteGap: fc.constantFrom(0, 0.6),
    recto: fc.boolean(),
  })

  it('lose nothing, double nothing, and keep their order', () => {
    fc.assert(
      fc.property(column, shape, (elements, limits) => {
        expect(orderOf(elements, breakPages(elements, limits))).toBe('')
      }),
      MANY,
    )
  })

  it('have a page for each picture that wants one, and two that face each other for one that wants two', () => {
    const height = 12
    const plates = fc.constantFrom(1, 2).map((lines): Element[] => [
      {
        ...block(height, { float: true, plate: true }),
        ways: [{ lines, height, cost: 0, stops: new Uint8Array(lines).fill(NEVER), notes: undefined }],
      },
    ])
    const some = fc.array(fc.oneof({ weight: 3, arbitrary: anything }, plates), { maxLength: 14 })
    fc.assert(
      fc.property(some, fc.boolean(), (column, recto) => {
        const elements = column.flat()
        const found = breakPages(elements, { depth: height, sink: 0, hang: 0, noteGap: 0, recto })
        expect(orderOf(elements, { ...found, placements: [...found.placements].sort((a, b) => a.page - b.page) })).toBe(
          '',
        )
        expect(found.short).toHaveLength(found.count)
        const used = new Set(found.placements.map((p) => p.page))
        for (const p of found.placements) {
          const element = elements[p.element]!
          if (!element.plate) continue
          expect(found.placements.filter((other) => other.page === p.page)).toEqual([p])
          if (element.ways[0]!.lines < 2) continue
          expect((p.page % 2 === 0) === recto).toBe(p.from === 1)
        }
        // an empty page is one before two that face each other
        for (let page = 0; page < found.count; page++) {
          if (used.has(page) || elements.length === 0) continue
          const next = found.placements.find((p) => p.page === page + 1)!
          expect(elements[next.element]!.ways[0]!.lines).toBe(2)
        }
      }),
      MANY,
    )
  })

  it('fill no page deeper than it is, or by the one line of a long page', () => {
    fc.assert(
      fc.property(column, shape, (elements, limits) => {
        const found = breakPages(elements, limits)
        const down = feet(elements, found)
        const notes = notesOf(elements, found)
        const { depth, hang, noteGap } = limits
        const only = down.map((_, page) => found.placements.filter((p) => p.page === page))
        down.forEach((foot, page) => {
          // the last that is called may go on on the next page, with three lines where it is called
          const called = notes[page]!.map((call, i, all) => (i === all.length - 1 && call >= 5 ? 3 : call))
          const depths = called.reduce((sum, call) => sum + call, 0)
          const taken = depths === 0 ? 0 : Math.max(0, Math.ceil(depths + noteGap - hang - 1e-6))
          // what is too high for any page stands on one all the same, and so does a line with too many notes
          if (only[page]!.length === 1 && only[page]![0]!.to - only[page]![0]!.from === 1) return
          expect(foot).toBeLessThanOrEqual(depth - taken + 1 + 1e-6)
        })
      }),
      MANY,
    )
  })

  it('have no page without anything on it', () => {
    fc.assert(
      fc.property(column, shape, (elements, limits) => {
        const found = breakPages(elements, limits)
        if (elements.length === 0) return
        expect(new Set(found.placements.map((p) => p.page)).size).toBe(found.count)
      }),
      MANY,
    )
  })

  it('come out the same twice', () => {
    fc.assert(
      fc.property(column, shape, (elements, limits) => {
        expect(breakPages(elements, limits)).toEqual(breakPages(elements, limits))
      }),
      { ...MANY, numRuns: 30 },
    )
  })

  it('of paragraphs that give way have only good pages', () => {
    const some = fc
      .array(fc.oneof({ weight: 5, arbitrary: giving.map((e) => [e]) }, fc.tuple(head, giving)), { maxLength: 60 })
      .map((all) => all.flat())
    fc.assert(
      fc.property(some, fc.boolean(), (elements, recto) => {
        const found = breakPages(elements, { ...TEN, depth: 32, sink: 4, recto })
        expect(badBreaks(elements, found).filter((b) => b.stop === STUB || b.stop === NEVER)).toEqual([])
        found.placements.forEach((p, i) => {
          const next = found.placements[i + 1]
          if (next && elements[p.element]!.keepNext) expect(next.page).toBe(p.page)
        })
        const short = found.short.slice(0, -1)
        for (const lines of short) expect(Math.abs(lines)).toBeLessThanOrEqual(1)
        for (let verso = recto ? 1 : 0; verso + 1 < short.length; verso += 2)
          expect(short[verso]).toBe(short[verso + 1])
      }),
      MANY,
    )
  })
})
