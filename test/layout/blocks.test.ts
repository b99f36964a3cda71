// Verse, figures and lists at their limits: deep indents, pictures too coarse, blocks in notes.
import { expect, it } from 'vitest'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import { largeLetter } from '../../src/theme/paragraphs.js'
import { png } from '../epub/builders.js'
import { makePng } from '../pdf/images.js'
import { chapter, SMALL, setBook } from './books.js'
import { endOf, frameOf, textOf } from './dump.js'

const TALE = `The king's daughter followed it with her eyes, but it vanished, and the well was deep, so deep that the bottom
could not be seen. At this she began to cry, and cried louder and louder, and could not be comforted.`

const runs = (page: Page) => page.items.filter((item): item is TextRun => item.kind === 'text')

it('keeps a line of verse on the page, however deep its indent', async () => {
  const { typeset, theme } = await setBook(
    chapter(
      `# Verse\n\n${TALE}\n\n::: verse\nA line\n${' '.repeat(80)}and a deep one, long enough to be turned under\n:::\n`,
    ),
    SMALL,
  )
  const frame = frameOf(theme, SMALL)
  for (const page of typeset.pages)
    for (const run of runs(page)) {
      expect(endOf(run, typeset)).toBeLessThan(frame.left(page) + frame.measure + 4)
      if (textOf(run, typeset).startsWith('and a deep'))
        expect(run.x).toBeLessThan(frame.left(page) + frame.measure / 2 + 1)
    }
})

it('asks for pixels that are enough once they are there', async () => {
  const hint = /(\d+) pixels/
  const build = async (width: number) => {
    const picture = await png(width, Math.round(width / 2), 120)
    const { told } = await setBook(chapter(`# Figure\n\n${TALE}\n\n![A picture](a.png)\n`, { 'a.png': picture }), SMALL)
    return told.filter((d) => d.code === 'image-resolution')
  }
  const [first] = await build(200)
  expect(first?.hint).toMatch(hint)
  expect(await build(Number(hint.exec(first!.hint)![1]))).toEqual([])
})

it('sets what stands in a note as small as the note', async () => {
  const note = [
    '[^a]: The note.',
    '',
    '1. item',
    '',
    '| cell | two |',
    '| --- | --- |',
    '| three | four |',
    '',
    '```',
    'code',
    '```',
  ]
  const { typeset, theme } = await setBook(chapter(`# Notes\n\n${TALE}[^a]\n\n${note.join('\n    ')}\n`), SMALL)
  const all = typeset.pages.flatMap(runs)
  const of = (text: string) => all.find((run) => textOf(run, typeset).trim() === text)!
  const most = theme.styles.note.size * theme.page.size + 1e-6
  for (const text of ['1.', 'item', 'three', 'code']) expect(of(text).size).toBeLessThanOrEqual(most)
  expect(of('1.').y).toBeCloseTo(of('item').y, 6)
})

it('gives a task its box and no bullet, and leaves no title of a block behind', async () => {
  const { typeset } = await setBook(chapter(`# T\n\n${TALE}\n\n- [ ] one\n- [x] two\n- three\n`), SMALL)
  const said = typeset.pages.flatMap(runs).map((run) => textOf(run, typeset).trim())
  expect(said.filter((text) => text === '•')).toHaveLength(1)
  expect(said.join(' ')).toMatch(/☐ one ☑ two • three/)
  const tips = Array.from(
    { length: 40 },
    (_, i) => `${'Line\\\n'.repeat(i % 5)}Last.\n\n::: tip Lead${i}\nText${i}.\n:::\n`,
  )
  const book = await setBook(chapter(`# T\n\n${tips.join('\n')}`), SMALL)
  const pageOf = (word: string) =>
    book.typeset.pages.findIndex((page) => runs(page).some((run) => textOf(run, book.typeset).trim() === word))
  for (let i = 0; i < 40; i++) expect(pageOf(`Lead${i}`), String(i)).toBe(pageOf(`Text${i}.`))
})

it('never parts a numbered step from its listing', async () => {
  for (let fill = 3; fill < 9; fill++) {
    const { typeset } = await setBook(
      chapter(
        `# T\n\n${'A line.\n\n'.repeat(fill)}1. First step:\n\n   \`\`\`\n   listing one\n   and two\n   and three\n   \`\`\`\n`,
      ),
      SMALL,
    )
    const pageOf = (word: string) =>
      typeset.pages.findIndex((page) => runs(page).some((run) => textOf(run, typeset).includes(word)))
    expect(pageOf('First'), String(fill)).toBe(pageOf('listing'))
  }
})

it('ends a note that no page can hold', async () => {
  const note = `[^n]: The note.\n\n    ![A picture ${'supercalifragilistic-'.repeat(40)}](one.png){caption=alt}\n`
  const files = chapter(`# T\n\nText.[^n]\n\n${note}`, {
    'one.png': makePng({ type: 2, bits: 8, interlaced: false, clear: false }),
  })
  const { typeset } = await setBook(files, { width: 141.7, height: 141.7 })
  expect(typeset.pages.length).toBeLessThan(10)
})

it.each([
  ['tr', 'istasyon', 'İSTASYON'],
  ['de', 'Straße', 'STRASSE'],
  ['el', 'Μάιος', 'ΜΑΪΟΣ'],
])('sets capitals by the rules of the text’s language: %s', async (language, title, wanted) => {
  const look = `extends: house
styles:
  title: { caps: upper, tracking: 0 }
  head: { caps: upper, tracking: 0 }
`
  const files = chapter(`# ${title}\n\n${`${TALE}\n\n`.repeat(12)}`, { 'look.yaml': look })
  const { typeset } = await setBook(
    {
      ...files,
      'book.yaml': files['book.yaml']!.toString().replace('language: en', `language: ${language}`),
    },
    SMALL,
  )
  const shown = typeset.pages.flatMap(runs).map((run) => ({ text: textOf(run, typeset).trim(), head: run.margin }))
  expect(shown.find(({ text, head }) => text === wanted && head === undefined)).toBeDefined()
  expect(shown.find(({ text, head }) => text === wanted && head === 'head')).toBeDefined()
})

it('opens a text large in the PDF where it does so in the EPUB', async () => {
  const look = 'extends: house\nopening: { kind: drop-cap, lines: 3 }\n'
  const large = async (text: string) => {
    const { typeset, theme, book } = await setBook(chapter(`# One\n\n${text}\n\n${TALE}\n`, { 'look.yaml': look }))
    const size = Math.max(...typeset.pages.flatMap(runs).map((run) => run.size))
    const opening = book.sections[0]!.blocks.find((block) => block.kind === 'paragraph')!
    const says = largeLetter(opening.prose, opening.role, theme.opening) !== undefined
    return [size > 2 * theme.page.size, says]
  }
  expect(await large(TALE)).toEqual([true, true])
  expect(await large(TALE.slice(0, 190))).toEqual([false, false])
  expect(await large(`*T*${TALE.slice(1)}`)).toEqual([false, false])
  expect(await large(TALE.replace(' her eyes', '\\\n her eyes'))).toEqual([false, false])
})

it('on a small trim the folio and the notes stand on the page', async () => {
  const a6 = { width: (105 * 72) / 25.4, height: (148 * 72) / 25.4 }
  const notes = Array.from({ length: 9 }, (_, i) => `[^${i}]: Note ${i}.`).join('\n')
  const marks = Array.from({ length: 9 }, (_, i) => `A sentence.[^${i}]`).join(' ')
  const { typeset } = await setBook(chapter(`# One\n\n${marks}\n\n${notes}\n`), a6)
  const lowest = typeset.pages.flatMap(runs).map((run) => ({ y: run.y, text: textOf(run, typeset).trim() }))
  expect(lowest.map(({ text }) => text)).toEqual(expect.arrayContaining(['1', 'Note 8.']))
  expect(lowest.filter(({ y }) => y > a6.height - 9)).toEqual([])
  // Neither stands on the other.
  const folio = lowest.find(({ text, y }) => text === '1' && y > a6.height - 40)!
  expect(lowest.filter(({ y, text }) => text !== '1' && y > folio.y - 8)).toEqual([])
})
