// Footnotes by the theme: below the text or in it, short ones in one line, figures or marks, and the column of their numbers.
import { expect, test } from 'vitest'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import { textOf } from '../layout/dump.js'
import { history } from '../layout/notes-book.js'
import { type Themed, themed } from './helpers.js'

const LEADING = 14
const FOOT = (20 * 72) / 25.4 + 31 * LEADING + LEADING * 0.74

const runsOf = (page: Page) =>
  page.items.filter((item): item is TextRun => item.kind === 'text' && item.margin === undefined)
const isNote = (run: TextRun) => run.size < 9
const footOf = (page: Page) => Math.max(...runsOf(page).map(({ y }) => y))
/** Pages with notes: the imprint is small, too, but has none. */
const noted = ({ pages }: Themed) =>
  pages.pages.filter((page) => page.links.some(({ href }) => href.startsWith('#ref-')))

test('where most pages have notes they stand in the text block, on the foot of all pages; where few have, they hang', async () => {
  const many = await themed('', [history(60)])
  const inside = noted(many)
  expect(inside.length).toBeGreaterThan(10)
  for (const page of inside) expect(Math.abs(footOf(page) - FOOT)).toBeLessThan(0.5)
  // a note and the text that goes with it fill the page between them
  for (const page of inside.slice(1, -1)) {
    const text = Math.max(
      ...runsOf(page)
        .filter((run) => !isNote(run))
        .map(({ y }) => y),
    )
    const first = Math.min(
      ...runsOf(page)
        .filter(isNote)
        .map(({ y }) => y),
    )
    expect(first - text).toBeLessThan(2.9 * LEADING)
  }
  const few = await themed('', [`${history(1)}\n`, ...Array.from({ length: 6 }, () => history(0))])
  const below = await themed('notes: { set: hang }\n', [history(60)])
  const hanging = noted(below).filter((page) => footOf(page) > FOOT + 2)
  expect(hanging.length).toBeGreaterThan(noted(below).length / 2)
  expect(noted(few)).toHaveLength(1)
})

test('no note hangs above a folio at the foot', async () => {
  const one = '# One\n\nA text.[^1]\n\n[^1]: The note.\n'
  const it = await themed('', [one, ...Array.from({ length: 6 }, () => history(0))])
  const [page] = noted(it) as [Page]
  expect(page.items.some((item) => item.kind === 'text' && item.margin === 'foot')).toBe(true)
  expect(footOf(page)).toBeCloseTo(FOOT, 0)
})

test('a number of three figures has room before its note, and all numbers end alike', async () => {
  const it = await themed('', [history(104)])
  const left = (page: Page) => Math.min(...runsOf(page).map(({ x }) => x))
  const ends = new Set<string>()
  let long = 0
  for (const page of noted(it)) {
    const runs = runsOf(page).filter(isNote)
    for (const [i, run] of runs.entries()) {
      const label = textOf(run, it.pages)
      if (!/^\d+ $/.test(label)) continue
      const width = run.codes
        .slice(0, -1)
        .reduce((sum, code, k) => sum + it.pages.fonts[run.font]!.codes[code]!.advance + (run.shifts?.[k] ?? 0), 0)
      const end = run.x + (width / 1000) * run.size
      ends.add((end - (page.side === 'recto' ? 18 : 21) * (72 / 25.4)).toFixed(1))
      const next = runs[i + 1]!
      expect(next.y).toBe(run.y)
      expect(next.x - end).toBeGreaterThan(run.size / 5)
      if (label.length > 3) long++
      expect(run.x).toBeGreaterThan(left(page) - 0.01)
    }
  }
  expect(ends.size).toBe(1)
  expect(long).toBe(5)
})

const SHORT = `# One\n\n${'A[^1] text[^2] that[^3] calls[^4] them. '}\n\n${[1, 2, 3].map((i) => `[^${i}]: Tacit. Annal. ${i}.`).join('\n\n')}\n\n[^4]: ${'One that is too long to share its line with another, which it shows by going on and on. '}\n`

test('short notes stand in one line where the theme lets them, each with its own tag and place', async () => {
  const lines = (pages: Themed) => {
    const runs = noted(pages).flatMap(runsOf).filter(isNote)
    return new Set(runs.map(({ y }) => y.toFixed(2))).size
  }
  const apart = await themed('', [SHORT])
  const joined = await themed('notes: { runIn: true }\n', [SHORT])
  expect(lines(joined)).toBe(lines(apart) - 2)
  const count = (it: Themed) => it.pages.tags.filter(({ type }) => type === 'Note' || type === 'Lbl').length
  expect(count(joined)).toBe(count(apart))
  const anchors = joined.pages.pages.flatMap((page) => page.anchors).filter(({ id }) => /^note-/.test(id))
  expect(new Set(anchors.map(({ y }) => y.toFixed(1))).size).toBe(2)
  expect(joined.css).toBe(apart.css)
})

test('marks instead of figures, the same in both books, and not raised', async () => {
  const it = await themed('notes: { marks: symbols }\n', [SHORT])
  const said = it.find('a[role=doc-noteref]').map((a) => a.children.map((c) => ('data' in c ? c.data : '')).join(''))
  expect(said).toEqual(['*', '†', '‡', '§'])
  expect(it.find('sup')).toEqual([])
  const runs = it.pages.pages.flatMap(runsOf)
  for (const mark of said) {
    const found = runs.filter((run) => textOf(run, it.pages).trim() === mark)
    expect(found.map(({ size }) => Math.round(size * 10) / 10).sort()).toEqual([11, 8.8])
  }
  const many = await themed('notes: { marks: symbols }\n', [history(14)])
  const calls = many.find('a[role=doc-noteref]').map((a) => a.children.map((c) => ('data' in c ? c.data : '')).join(''))
  expect(calls.slice(6, 8)).toEqual(['**', '††'])
  expect(calls[13]).toBe('†††')
})

test('marks begin anew on each page, in the text and below it; those of a note that is called twice are its section’s', async () => {
  const marksOf = (it: Themed, from: string) =>
    it.pages.pages.map((page) => page.links.filter(({ href }) => href.startsWith(from)).map((link) => link.description))
  const MARKS = ['*', '†', '‡', '§', '‖', '¶', '**', '††']
  const it = await themed('notes: { marks: symbols }\n', [history(60)])
  const calls = marksOf(it, '#note-').filter((page) => page.length > 0)
  expect(calls.length).toBeGreaterThan(10)
  expect(calls.flat()).toHaveLength(60)
  for (const page of calls) expect(page).toEqual(MARKS.slice(0, page.length))
  // a page's notes are called as its text calls them, and painted so
  for (const page of noted(it)) {
    const own = page.links.filter(({ href }) => href.startsWith('#ref-'))
    for (const { href, description } of own) {
      const call = it.pages.pages
        .flatMap(({ links }) => links)
        .find((one) => one.href === href.replace('#ref-', '#note-'))
      expect(call?.description).toBe(description)
    }
    const painted = runsOf(page).map((run) => textOf(run, it.pages).trim())
    for (const { description } of own) expect(painted.filter((text) => text === description)).toHaveLength(2)
  }
  const twice = await themed('notes: { marks: symbols }\n', [history(14).replace('[^1]', '[^1] and again[^2]')])
  const labels = marksOf(twice, '#ref-').flat()
  expect(new Set(labels).size).toBe(14)
})

test('whatever opens a note begins where its text does, be it a quotation, verse, a list or code', async () => {
  const opened: [string, RegExp][] = [
    ['Plain words.', /^Plain/],
    ['> A quotation of words.', /^A quot/],
    ['::: verse\n    Burning bright\n    :::', /^Burning/],
    ['- an item', /^•/],
    ['```\n    const a = 1\n    ```', /^const/],
  ]
  const text = opened.map(([note], i) => `A text.[^${i}]\n\n[^${i}]: ${note}`).join('\n\n')
  const many = Array.from({ length: 104 }, (_, i) => `A text.[^n${i}]\n\n[^n${i}]: A note.`).join('\n\n')
  // their numbers stand in the indent, or have a column
  for (const before of ['', `${many}\n\n`]) {
    const it = await themed('', [`# One\n\n${before}${text}\n`])
    const starts = opened.map(([, said]) => {
      for (const page of noted(it)) {
        const run = runsOf(page).find((each) => isNote(each) && said.test(textOf(each, it.pages)))
        if (run) return run.x - (page.side === 'recto' ? 18 : 21) * (72 / 25.4)
      }
      return Number.NaN
    })
    for (const start of starts) expect(Math.abs(start - starts[0]!)).toBeLessThan(1)
  }
})
