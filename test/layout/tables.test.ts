// Tables that do not fit: rows taller than a page, columns wider than the measure, cells over rows and columns.
import { describe, expect, it } from 'vitest'
import type { Page, TextRun } from '../../src/layout/typeset.js'
import { chapter, type SetBook, SMALL, setBook } from './books.js'
import { endOf, frameOf, textOf } from './dump.js'

const TALE =
  `Close by the king's castle lay a great dark forest, and under an old lime-tree in the forest was a well, and
when the day was very warm, the king's child went out into the forest and sat down by the side of the cool fountain. `.replace(
    /\n/g,
    ' ',
  )
const bars = (columns: number) => `|${' --- |'.repeat(columns)}`
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
const set = (...lines: string[]) => setBook(chapter(`# Tables\n\nBefore.\n\n${lines.join('\n')}\n\nAfter.\n`), SMALL)

const runs = (page: Page) => page.items.filter((item): item is TextRun => item.kind === 'text')
const within = (book: SetBook, item: TextRun) => {
  for (let tag = item.tag; tag >= 0; tag = book.typeset.tags[tag]!.parent)
    if (book.typeset.tags[tag]!.type === 'Table') return true
  return false
}
const cells = (book: SetBook) => book.typeset.pages.map((page) => runs(page).filter((item) => within(book, item)))
const tagsOf = (book: SetBook, type: string) => book.typeset.tags.filter((tag) => tag.type === type)
const told = (book: SetBook, code: string) => book.told.filter((d) => d.code === code)

/** Nothing of a table leaves the text block, and no two runs of it overprint each other. */
function expectInside(book: SetBook): void {
  const frame = frameOf(book.theme, SMALL)
  // a page may run a line long
  book.typeset.pages.forEach((page, i) => {
    const left = frame.left(page)
    const all = cells(book)[i]!
    for (const item of all) {
      expect(item.x).toBeGreaterThan(left - 0.5)
      expect(endOf(item, book.typeset)).toBeLessThan(left + frame.measure + 0.5)
      expect(item.y).toBeLessThan(frame.top + (frame.lines + 1) * frame.leading)
    }
    const ordered = [...all].sort((a, b) => a.y - b.y || a.x - b.x)
    for (let k = 1; k < ordered.length; k++) {
      const [one, two] = [ordered[k - 1]!, ordered[k]!]
      if (Math.abs(one.y - two.y) < 0.1) expect(two.x).toBeGreaterThan(endOf(one, book.typeset) - 4)
    }
  })
}

describe('tables that do not fit', () => {
  it('part a row that is taller than the page, and lose nothing of it', async () => {
    const text = Array.from({ length: 9 }, (_, i) => `Part ${i}. ${TALE}`).join('')
    const book = await set(row('Head', 'Text'), bars(2), row('One', 'short'), row('Two', text), row('Last', 'short'))
    expectInside(book)
    const all = cells(book)
    expect(all.filter((items) => items.length > 0).length).toBeGreaterThan(2)
    const printed = all
      .flat()
      .map((item) => textOf(item, book.typeset))
      .join('')
    for (let i = 0; i < 9; i++) expect(printed).toContain(`Part ${i}.`)
    expect(tagsOf(book, 'TD')).toHaveLength(6)
    expect(tagsOf(book, 'TR')).toHaveLength(4)
    expect(told(book, 'line-overfull')).toEqual([])
  })

  it('put a note of a tall row on the page that calls it', async () => {
    const book = await set(row('Head', 'Text'), bars(2), row('One', `${TALE.repeat(7)}^[Called late.]`))
    const called = book.typeset.pages.findIndex((page) => page.links.some((link) => link.href.startsWith('#note-')))
    const note = book.typeset.pages.findIndex((page) => page.links.some((link) => link.href.startsWith('#ref-')))
    expect(called).toBeGreaterThan(0)
    expect(note).toBe(called)
  })

  it('set eight columns of short numbers whole', async () => {
    const numbers = (from: number) => Array.from({ length: 8 }, (_, i) => String(from + i * 111))
    const book = await set(row(...numbers(1)), bars(8), row(...numbers(1000)), row(...numbers(2000)))
    expectInside(book)
    expect(told(book, 'line-overfull')).toEqual([])
    const texts = cells(book)
      .flat()
      .map((item) => textOf(item, book.typeset))
    for (const number of numbers(2000)) expect(texts).toContain(number)
  })

  it('say that words are cut where columns cannot hold them, and print no cell over another', async () => {
    const words = Array.from({ length: 8 }, (_, i) => `QWRTPSDFGH${i}`)
    const book = await set(row(...words), bars(8), row(...words))
    expectInside(book)
    expect(told(book, 'line-overfull')).toHaveLength(1)
    expect(told(book, 'line-overfull')[0]).toMatchObject({ path: 'chapter.md', line: 5 })
    expect(
      cells(book)
        .flat()
        .map((item) => textOf(item, book.typeset))
        .join(''),
    ).toContain('Q')
  })

  it('keep short columns on one line beside a long one', async () => {
    const book = await set(row('Day', 'Who', 'What'), bars(3), row('12 Mar.', 'Maria de Groot', TALE))
    const texts = cells(book)
      .flat()
      .map((item) => textOf(item, book.typeset).trim())
    expect(texts).toContain('12 Mar.')
    expect(texts).toContain('Maria de Groot')
  })

  it('carry a cell over rows to its end, over pages too', async () => {
    for (const times of [2, 3, 9]) {
      const html = `<table><tr><td rowspan="3">${TALE.repeat(times)}END</td><td>b1</td></tr><tr><td>b2</td></tr><tr><td>b3</td></tr><tr><td>below</td><td>right</td></tr></table>`
      const book = await set(TALE.repeat(3), '', html)
      expectInside(book)
      const all = cells(book).flat()
      const at = all.findIndex((item) => textOf(item, book.typeset).includes('END'))
      const below = all.findIndex((item) => textOf(item, book.typeset).includes('below'))
      expect(at).toBeGreaterThanOrEqual(0)
      expect(below).toBeGreaterThan(at)
      const [end, next] = [all[at]!, all[below]!]
      const samePage = book.typeset.pages.some((page) => page.items.includes(end) && page.items.includes(next))
      if (samePage) expect(next.y - end.y).toBeGreaterThan(end.size)
    }
  })

  it('report what no face can show, counted once for the cell and once for the caption', async () => {
    const book = await set(row('a', '\u{13000}'), bars(2), row('b', 'c'), '', ': Caption \u{13001}')
    const said = told(book, 'glyph-missing').flatMap((d) => d.message.match(/U\+\w+|\d+ in all/g))
    expect(said).toEqual(['U+13000', 'U+13001', '2 in all'])
    for (const d of told(book, 'glyph-missing')) expect(d.line).toBe(5)
  })
})
