// Sections in columns by the theme: an index, a glossary, contents of numbers alone; balanced at their end.
import { expect, test } from 'vitest'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import { type Themed, textOf, themed } from './helpers.js'

const LOOK = 'sections: { chapter: { columns: 2 } }\n'
const entries = (count: number) => Array.from({ length: count }, (_, i) => `Entry ${i}, ${i + 1}`).join('\n\n')

const left = (page: Page) => ((page.side === 'recto' ? 18 : 21) * 72) / 25.4
const shownIn = ({ pages }: Themed, id: string) => {
  const { first, count } = pages.sections.find((section) => section.id === id)!
  return pages.pages.slice(first, first + count).map((page) => ({
    page,
    runs: page.items.filter((item): item is TextRun => item.kind === 'text' && item.margin === undefined),
  }))
}

test('a section stands in two columns below its title, in the order of reading', async () => {
  const it = await themed(LOOK, [`# Words\n\n${entries(90)}\n`])
  const pages = shownIn(it, 'c1')
  expect(pages.length).toBe(2)
  const read: number[] = []
  for (const { page, runs } of pages) {
    const own = runs.filter((run) => textOf(it.pages, run).startsWith('Entry') || /^ntry/.test(textOf(it.pages, run)))
    const xs = new Set(own.map(({ x }) => Math.round((x - left(page)) / 40)))
    expect(xs.size).toBe(2)
    for (const run of own) read.push(Number(/\d+/.exec(textOf(it.pages, run))![0]))
  }
  expect(read).toEqual([...read].sort((a, b) => a - b))
  // the last columns end alike
  const last = pages.at(-1)!
  const feet = [0, 1].map((column) => {
    const own = last.runs.filter(({ x }) => x - left(last.page) > 140 === (column === 1))
    return Math.max(...own.map(({ y }) => y))
  })
  expect(Math.abs(feet[0]! - feet[1]!)).toBeLessThan(15)
  expect(feet[0]).toBeLessThan(400)
  expect(it.css).toBe((await themed('', [`# Words\n\n${entries(90)}\n`])).css)
})

test('columns lose nothing, and part no term from what it means', async () => {
  const words = Array.from(
    { length: 60 },
    (_, i) => `Term${i}\n: What it means, in some words that take a line or two of its column.\n`,
  )
  const it = await themed(LOOK, [`# Words\n\n${words.join('\n')}\n`])
  expect(it.told.filter(({ severity }) => severity === 'error')).toEqual([])
  for (const { page, runs } of shownIn(it, 'c1')) {
    const ordered = runs.map((run) => ({ text: textOf(it.pages, run), column: run.x - left(page) > 140 }))
    ordered.forEach(({ text, column }, i) => {
      if (/^Term/.test(text)) expect(ordered[i + 1]?.column, text).toBe(column)
    })
  }
})

test('contents stand in columns where they are numbers alone and longer than a page; notes forbid columns', async () => {
  const many = Array.from({ length: 80 }, (_, i) => `# ${i + 1}\n\nText.\n`)
  const xs = (it: Themed) => {
    const [{ page, runs }] = shownIn(it, 'contents') as [{ page: Page; runs: TextRun[] }]
    return new Set(
      runs
        .filter((run) => /^\d+$/.test(textOf(it.pages, run).trim()) && run.tag >= 0)
        .map(({ x }) => x - left(page) > 140),
    )
  }
  const it = await themed('', many)
  expect(shownIn(it, 'contents')).toHaveLength(2)
  expect(xs(it).size).toBe(2)
  // one entry in eighty that needs a second line does not make them all stand alone; one in four does
  const long = '# A chapter with a title that no half of a page can hold in one line\n\nText.\n'
  expect(xs(await themed('', many.with(40, long))).size).toBe(2)
  const mixed = await themed(
    '',
    many.map((one, i) => (i % 4 === 0 ? long : one)),
  )
  const starts = shownIn(mixed, 'contents').flatMap(({ page, runs }) =>
    runs.filter((run) => textOf(mixed.pages, run).startsWith('A chapter')).map(({ x }) => x - left(page)),
  )
  expect(starts).toHaveLength(20)
  for (const x of starts) expect(x).toBeLessThan(140)
  const few = await themed('', many.slice(0, 5))
  // one list on one page: its numbers stand at the right of the page
  const [{ page, runs }] = shownIn(few, 'contents') as [{ page: Page; runs: TextRun[] }]
  const folios = runs.filter((run) => /^ \d$/.test(textOf(few.pages, run)))
  expect(folios.length).toBe(6)
  for (const { x } of folios) expect(x - left(page)).toBeGreaterThan(280)
  const noted = await themed(LOOK, [`# W\n\n${entries(20)}[^1]\n\n[^1]: A note.\n`])
  const [only] = shownIn(noted, 'c1')
  const own = only!.runs.filter((run) => textOf(noted.pages, run).startsWith('Entry'))
  expect(own.length).toBeGreaterThan(10)
  for (const { x } of own) expect(x - left(only!.page)).toBeLessThan(140)
})

test('what is wrong with a title above columns that are given up is told once', async () => {
  const it = await themed('styles: { title: { size: 8, leading: 8 } }\n', ['# One\n\nText.\n'])
  const overfull = it.told.filter(({ code }) => code === 'line-overfull').map(({ message }) => message)
  expect(overfull.filter((message) => message.includes('`Contents`'))).toHaveLength(1)
})
