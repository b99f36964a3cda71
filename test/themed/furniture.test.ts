// Running heads and folios, composed of what they name, anywhere in the margins, with rules; and what falls off the page is told.
import { beforeAll, describe, expect, test } from 'vitest'
import { type Themed, textOf, themed } from './helpers.js'

const LOOK = `page: { folio: none }
heads:
  verso: { inner: '{part} — {chapter}', outer: folio }
  recto: { inner: '{section}', outer: 'p. {folio}' }
  opening: { center: '{title}' }
  rule: { weight: 0.5 pt, gap: 4 pt }
feet:
  verso: { center: '{author}' }
  recto: { left: '{title}' }
  rule: { weight: 2 pt, colour: red, gap: 10 pt }
`
const LONG = Array.from(
  { length: 40 },
  () => 'A paragraph that takes a line or two, so that the chapter runs over some pages of the book.',
).join('\n\n')
const CHAPTER = `# Rain\n\n${LONG}\n\n## Before\n\n${LONG}\n\n## After\n\n${LONG}`

describe('composed', () => {
  let it: Themed
  beforeAll(async () => {
    it = await themed(LOOK, [CHAPTER])
  })
  const margin = (page: Themed['pages']['pages'][number], where: 'head' | 'foot') => {
    const runs = page.items.flatMap((item) => (item.kind === 'text' && item.margin === where ? [item] : []))
    const lines = runs.map((run) => ({ x: run.x, text: textOf(it.pages, run).trim(), tag: run.tag }))
    return lines.sort((a, b) => a.x - b.x)
  }
  const chapter = () => {
    const first = it.pages.pages.findIndex((page) => page.label === '1')
    return it.pages.pages.slice(first, first + 8)
  }

  test('an opening has its own, and no other', () => {
    const [opening] = chapter()
    expect(margin(opening!, 'head').map(({ text }) => text)).toEqual(['A Book'])
    expect(margin(opening!, 'foot')).toEqual([])
  })

  test('inner and outer change sides; what names nothing is not there, nor the joint to it', () => {
    const [, verso, recto] = chapter()
    expect([verso!.side, recto!.side]).toEqual(['verso', 'recto'])
    expect(margin(verso!, 'head').map(({ text }) => text)).toEqual([verso!.label, 'Rain'])
    expect(margin(verso!, 'foot').map(({ text }) => text)).toEqual(['A. Maker'])
    expect(
      margin(recto!, 'head')
        .map(({ text }) => text)
        .slice(-2),
    ).toEqual(['p.', recto!.label])
    expect(margin(recto!, 'foot').map(({ text }) => text)).toEqual(['A Book'])
  })

  test('the section is the one that the text stands under', () => {
    const heads = chapter()
      .filter(({ side }) => side === 'recto')
      .map((page) => margin(page, 'head')[0]!.text)
    const named = heads.filter((text) => text === 'Before' || text === 'After')
    expect(new Set(named)).toEqual(new Set(['Before', 'After']))
    expect(named.indexOf('After')).toBeGreaterThan(named.lastIndexOf('Before') - named.length)
    expect([...named].sort().reverse()).toEqual(named)
  })

  test('rules stand between them and the text, as wide as the measure', () => {
    const [, page] = chapter()
    const rules = page!.items.flatMap((item) => (item.kind === 'rule' ? [item] : []))
    const [head, foot] = [rules.find(({ height }) => height === 0.5)!, rules.find(({ height }) => height === 2)!]
    expect(head.width).toBeCloseTo(it.pages.width - ((18 + 21) * 72) / 25.4, 1)
    expect(foot.colour).toBe('#b3261e')
    const texts = page!.items.flatMap((item) => (item.kind === 'text' && item.margin !== undefined ? [item] : []))
    expect(head.y).toBeGreaterThan(texts.find(({ margin }) => margin === 'head')!.y)
    expect(foot.y).toBeLessThan(texts.find(({ margin }) => margin === 'foot')!.y)
  })

  test('all of it is outside of the text that is read', () => {
    for (const page of chapter())
      for (const item of page.items) if (item.kind === 'text' && item.margin !== undefined) expect(item.tag).toBe(-1)
  })
})

test('a long text loses its last words before it meets another', async () => {
  const it = await themed(
    "page: { folio: none }\nheads: { verso: { left: '{chapter}', right: '{chapter}' }, recto: { left: '{chapter}', right: '{chapter}' } }\n",
    [`# ${'A very long title indeed '.repeat(5)}\n\n${LONG}`],
  )
  const page = it.pages.pages.find(({ label }) => label === '2')!
  const heads = page.items.flatMap((item) => (item.kind === 'text' && item.margin === 'head' ? [item] : []))
  const texts = heads.map((item) => textOf(it.pages, item))
  expect(texts.filter((text) => /^A very long/.test(text) && text.length < 100)).toHaveLength(2)
  expect(texts.join('')).not.toContain('…')
})

test('of two long texts in one place each loses some of its words, and none leaves the measure', async () => {
  const long = 'A very long title indeed '.repeat(4)
  const it = await themed(
    "heads: { verso: { left: '{title} — {chapter}', right: folio } }\n",
    [`# ${long}\n\n${LONG}`],
    `short-title: "${long}"\n`,
  )
  const page = it.pages.pages.find(({ label }) => label === '2')!
  const heads = page.items.flatMap((item) => (item.kind === 'text' && item.margin === 'head' ? [item] : []))
  const texts = heads.map((item) => textOf(it.pages, item))
  expect(texts.filter((text) => text.startsWith('A very long') && text.length < long.length - 8)).toHaveLength(2)
  const end = Math.max(...heads.slice(0, -1).map(({ x }) => x))
  expect(end).toBeLessThan(it.pages.width - 100)
})

test.each([
  ['page: { folio: foot, footDistance: 200 pt }\n', 'what stands below the text is'],
  ['page: { headDistance: 80 pt }\n', 'running heads are'],
  ["heads: { verso: { left: '{chaper}' } }\n", 'names what there is not'],
  ["heads: { verso: { left: 'a', outer: 'b' } }\n", 'beside `inner` or `outer`'],
  ['feet: { rule: { weight: 1, gap: 2, colour: rde } }\n', 'names no colour'],
])('%j is told', async (look, message) => {
  await expect(themed(look, ['# One'])).rejects.toThrow(message)
})
