// Plays and verse by the theme: names run in or on their line, halves of a line in steps, directions, numbers of lines, turned lines.
import { expect, test } from 'vitest'
import type { TextRun } from '../../src/layout/typeset.js'
import type { VerseLine } from '../../src/model/book.js'
import { stepsOf } from '../../src/theme/speakers.js'
import type { Element } from '../finished/epub.js'
import { textOf as textIn } from '../finished/epub.js'
import { pageWith, said, type Themed, themed } from './helpers.js'

const PLAY = `# Act

:::: drama
*Enter* Ann *and* Bob.

*Enter* Cid *and Dan.*

**Ann.** Who is *there?*

**Bob.** *(aside)* I am.

He goes on.

*[They wait.]*

::: verse
**Ann.** Two words
which are a line,
and half of one
**Bob.** and half
**Ann.** of it.

*Thunder.*

**Bob.** No more.
:::
::::
`

/** That ends each line, for those who copy it. */
const SPACE = 2.2

const words = (element: Element) => textIn(element).replace(/\s+/g, ' ').trim()
const edge = ({ pages }: Themed, page: number) => ((pages.pages[page]!.side === 'recto' ? 18 : 21) * 72) / 25.4

function placed(it: Themed, text: string): TextRun & { text: string } {
  const { runs } = pageWith(it.pages, text)
  return runs.find((run) => run.text.includes(text))!
}

const endOf = ({ pages }: Themed, run: TextRun) => {
  const { codes } = pages.fonts[run.font]!
  let sum = 0
  for (const [i, code] of run.codes.entries()) sum += codes[code]!.advance + (run.shifts?.[i] ?? 0)
  return run.x + (sum / 1000) * run.size + run.codes.length * run.tracking
}

test('a play: names, speeches and directions are what they are in both books', async () => {
  const it = await themed('', [PLAY])
  expect(it.told.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(it.find('div.drama').map((one) => one.attribs['epub:type'])).toEqual(['z3998:drama'])
  expect(it.find('b.speaker[epub\\:type="z3998:persona"]').map(words)).toEqual([
    'Ann.',
    'Bob.',
    'Ann.',
    'Bob.',
    'Ann.',
    'Bob.',
  ])
  expect(it.find('p.direction').map(words)).toEqual(['Enter Cid and Dan.', '[They wait.]', 'Thunder.'])
  expect(it.find('p.direction i').map(words)).toEqual(['Cid'])
  expect(it.find('i[epub\\:type="z3998:stage-direction"]').map(words)).toEqual(['(aside)'])
  expect(it.find('p > em').map(words)).toContain('there?')
  // in the PDF names have small capitals, and directions slant
  const { fonts } = it.pages
  expect(fonts[placed(it, 'Thunder.').font]!.name).toMatch(/Italic/)
  expect(fonts[placed(it, 'Cid').font]!.name).not.toMatch(/Italic/)
  const [name] = pageWith(it.pages, 'Who is').runs.filter((run) => run.text.startsWith('Ann.'))
  const { codes } = fonts[name!.font]!
  const plain = pageWith(it.pages, 'and half').runs.find((run) => run.text.includes('and half of one'))!
  const glyph = (run: TextRun & { text: string }, letter: string) => codes[run.codes[run.text.indexOf(letter)]!]!.glyph
  expect(glyph(name!, 'n')).not.toBe(glyph(plain, 'n'))
})

test('speakers share a line in steps, each half behind the one before it', async () => {
  const it = await themed('', [PLAY])
  const half = (text: string) => pageWith(it.pages, text).runs.find((run) => run.text.trim() === text)!
  const [first, second, third] = [half('and half of one'), half('and half'), half('of it.')]
  expect(Math.abs(second.x - endOf(it, first))).toBeLessThan(1)
  expect(Math.abs(third.x - endOf(it, second))).toBeLessThan(1)
  expect(second.y).toBeGreaterThan(first.y)
  const steps = it.find('div.verse span[class^=i]').map((span) => Number(span.attribs['class']!.slice(1)))
  expect(steps).toHaveLength(2)
  expect(steps[1]).toBeGreaterThan(steps[0]!)
})

test('a line is shared by as many speakers as there are', () => {
  const line = (text: string, shared: boolean): VerseLine => ({
    prose: { n: 0, text, spans: [{ kind: 'speaker', start: 0, end: 2 }] },
    indent: 1,
    ...(shared && { shared }),
  })
  const many = [line('A. one', false), ...Array.from({ length: 50_000 }, () => line('B. x', true))]
  const steps = stepsOf(many, 1.5)
  expect(steps.slice(0, 3)).toEqual([1, 2, 2])
  expect(Math.max(...steps.slice(-9))).toBe(2)
  const long = Array.from({ length: 9 }, (_, i) => line('A. a speech of some words', i > 0))
  expect(stepsOf(long, 1.5)).toEqual([1, 4, 5, 5, 5, 5, 5, 5, 5])
})

test('names stand in lines of their own where the theme says so', async () => {
  const it = await themed('drama: { speaker: line }\nstyles: { speaker: { align: center } }\n', [PLAY])
  const who = pageWith(it.pages, 'Who is').runs
  const name = who.find((run) => run.text.startsWith('Ann.'))!
  const speech = who.find((run) => run.text.startsWith('Who'))!
  expect(speech.y).toBeGreaterThan(name.y + 5)
  expect(name.x).toBeGreaterThan(edge(it, 0) + 100)
  expect(said(it.css, '.speaker', 'display')).toBe('block')
  expect(said(it.css, '.speaker', 'text-align')).toBe('center')
})

const POEM = `# Poem\n\n::: verse\n${Array.from({ length: 11 }, (_, i) => `This is line ${'abcdefghijk'[i]}`).join('\n')}\n:::\n`

test('every so many lines of a long poem are numbered, beside them in both books, and read aloud in neither', async () => {
  const it = await themed('verse: { numbers: 5 }\n', [POEM])
  expect(it.find('span[data-line]').map((span) => [span.attribs['data-line'], words(span)])).toEqual([
    ['5', 'This is line e'],
    ['10', 'This is line j'],
  ])
  const { runs, page } = pageWith(it.pages, 'line a')
  const numbers = runs.filter((run) => run.text === '5' || run.text === '10')
  expect(numbers.map(({ tag }) => tag)).toEqual([-1, -1])
  expect(numbers[0]!.y).toBe(runs.find((run) => run.text.includes('line e'))!.y)
  const right = it.pages.width - ((page.side === 'recto' ? 21 : 18) * 72) / 25.4
  for (const number of numbers) expect(endOf(it, number)).toBeCloseTo(right, 1)
  expect((await themed('', [POEM])).find('span[data-line]')).toEqual([])
  expect((await themed('verse: { numbers: 12 }\n', [POEM])).find('span[data-line]')).toEqual([])
})

test('a line of verse too long is turned under to the right, a stanza stands on one page, and what is above a poem stays with it', async () => {
  const long = `# P\n\n::: verse\nShort\n${'and a line that is as long as no measure of a book can be, '.repeat(2)}end\n:::\n`
  const right = await themed('verse: { turned: right }\n', [long])
  const { runs, page } = pageWith(right.pages, 'end')
  const last = runs.find((run) => run.text.includes('end'))!
  expect(endOf(right, last) - SPACE).toBeCloseTo(right.pages.width - ((page.side === 'recto' ? 21 : 18) * 72) / 25.4, 0)
  for (let fill = 21; fill < 29; fill += 2) {
    const text = `# P\n\n${Array.from({ length: fill }, () => 'A line.').join('\n\n')}\n\nIts Title\n\n::: verse\none\ntwo\nthree\nfour\n:::\n`
    const it = await themed('', [text])
    const pages = ['Its Title', 'one', 'two', 'three', 'four'].map((each) => pageWith(it.pages, each).page)
    expect(new Set(pages).size, String(fill)).toBe(1)
  }
})
