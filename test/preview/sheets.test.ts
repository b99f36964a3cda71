// Paper as its printer gets it, as a preview shows it: which page stands where on which sheet, what is cut, and the marks around.
import { expect, test } from 'vitest'
import type { Source, Spot } from '../../src/preview/protocol.js'
import { BOOK, openBook } from './open.js'

const MM = 72 / 25.4
const EDITIONS = 'editions:\n  epub: true\n  pdf: true\n  print: {marks: true, bleed: 3 mm}\n'

test('shows the print edition with its bleed and marks, the booklet’s sheets, the cover', async () => {
  const book = await openBook({ ...BOOK, 'book.yaml': `${BOOK['book.yaml']}${EDITIONS}` })
  try {
    const state = await book.state()
    expect(state.others).toEqual([
      { name: 'print', asked: true },
      { name: 'booklet', asked: false },
      { name: 'cover', asked: true },
    ])
    const [pages] = state.sources as [Source]
    const source = (name: string) => book.get<Source>(`/api/source?name=${name}`)
    const svg = async (key: string) => (await book.ask(`/pages/${key}.svg`)).text

    const print = await source('print')
    expect(print.keys.length % 2).toBe(0)
    expect(print.keys.length).toBeGreaterThanOrEqual(pages.keys.length)
    // Marks stand fifteen points long outside of the bleed, with three to spare.
    expect(print.width).toBeCloseTo(pages.width + 2 * (3 * MM + 18), 1)
    expect(print.trims![0]).toEqual([expect.objectContaining({ width: pages.width, height: pages.height })])
    expect(print.parts!.flat().map(({ page }) => page)).toEqual(pages.keys.map((_, i) => i))
    const drawn = await svg(print.keys[0]!)
    expect(drawn).toContain('<clipPath')
    expect(drawn.match(/ stroke-width="\.25"/g)).toHaveLength(1)
    expect(drawn).toContain('<path transform="matrix(')

    const booklet = await source('booklet')
    expect(booklet.width).toBeCloseTo(297 * MM, 1)
    expect(booklet.labels.slice(0, 2)).toEqual(['1 front', '1 back'])
    const shown = booklet.parts!.flat().map(({ page }) => page)
    expect(new Set(shown).size).toBe(shown.length)
    const last = pages.blank.findLastIndex((blank) => !blank)
    expect([...shown].sort((a, b) => a - b)).toEqual(Array.from({ length: last + 1 }, (_, i) => i))
    // The outermost sheet has the last page at the left of the cover.
    expect(booklet.parts![0]!.map(({ page }) => page)).toEqual([last])
    expect(await svg(booklet.keys[1]!)).toMatch(/^<svg /)

    const cover = await source('cover')
    expect(cover.keys).toHaveLength(1)
    expect(await svg(cover.keys[0]!)).toContain('<path')
    expect((await book.ask('/api/source?name=nothing')).status).toBe(404)
  } finally {
    await book.close()
  }
})

test('an edition of another trim is set for itself; a wrap takes the cover’s place', async () => {
  const editions =
    'editions:\n  pdf: { trim: a5 }\n  print: { trim: us-trade, bleed: 0 }\n  cover-wrap: { bleed: 3 mm, paper: 0.1 mm }\n'
  const book = await openBook({ ...BOOK, 'book.yaml': `${BOOK['book.yaml']}${editions}` })
  try {
    expect((await book.state()).findings.filter(({ severity }) => severity === 'error')).toEqual([])
    const print = await book.get<Source>('/api/source?name=print')
    expect([print.width, print.height]).toEqual([432, 648])
    expect(print.parts).toBeUndefined()
    const wrap = await book.get<Source>('/api/source?name=cover')
    const { width } = (await book.state()).sources[0]!
    expect(wrap.width).toBeGreaterThan(2 * width)
    const [key] = wrap.keys
    // It goes with the book: another title is another cover.
    const events = await book.events()
    book.write('book.yaml', `${BOOK['book.yaml']}${editions}`.replace('A Small Book', 'A Larger Book'))
    await events.next('built')
    events.close()
    expect((await book.get<Source>('/api/source?name=cover')).keys[0]).not.toBe(key)
    // The pages are the pages: a place in them is found while another edition lies on the desk.
    expect((await book.get<Spot>('/api/spot?file=chapters/one.md&line=3')).page?.index).toBeGreaterThan(0)
  } finally {
    await book.close()
  }
})
