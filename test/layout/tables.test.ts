// Tables that do not fit: rows taller than a page, columns wider than the measure, cells over rows and columns.
import { describe, expect, it } from 'vitest'
import type { Around, Flow } from '../../src/layout/blocks/element.js'
import { lacking } from '../../src/layout/blocks/number-columns.js'
import type { PrintStyle } from '../../src/layout/text/styles.js'
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

  it('lose nothing of a first row of many lines, which stays with the head, nor of one that a cell over rows holds', async () => {
    const tall = Array.from({ length: 8 }, (_, i) => `line ${i}`).join('<br>')
    const first = [row('Head', 'Text'), bars(2), row('One', tall.replaceAll('<br>', '<br/>')), row('Two', 'short')]
    const spanned = `<table><thead><tr><th>H</th><th>T</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr>
<tr><td rowspan="2">two</td><td>${tall}</td></tr><tr><td>c</td></tr></tbody></table>`
    for (const table of [first.join('\n'), spanned]) {
      const book = await setBook(chapter(`# Tables\n\nBefore.\n\n${table}\n\nAfter.\n`))
      const printed = cells(book)
        .flat()
        .map((item) => textOf(item, book.typeset))
        .join('')
      for (let i = 0; i < 8; i++) expect(printed).toContain(`line ${i}`)
      expect(told(book, 'text-lost')).toEqual([])
    }
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

  it('narrow the column that is too wide, and divide no word of another', async () => {
    const long = 'https://example.org/a/path/that/no/column/of/a/small/page/could/hold/in/one/line.html'
    const book = await set(row('Mayor', 'File', 'Where'), bars(3), row('Lorcan', '`dovecot.log`', long))
    expectInside(book)
    const texts = cells(book)
      .flat()
      .map((item) => textOf(item, book.typeset).trim())
    for (const whole of ['Lorcan', 'dovecot.log']) expect(texts).toContain(whole)
    expect(texts.some((text) => /^may/i.test(text) && !/mayor/i.test(text))).toBe(false)
  })

  it('part a row of seven lines where the page ends, and not one of two', async () => {
    const cell = (lines: number) => Array.from({ length: lines * 7 }, (_, i) => `w${i}`).join(' ')
    const tall = await set(...[row('A', 'B'), bars(2)], ...Array.from({ length: 6 }, () => row('a', cell(7))))
    const low = await set(...[row('A', 'B'), bars(2)], ...Array.from({ length: 14 }, () => row('a', cell(2))))
    const depths = (book: SetBook) => {
      const frame = frameOf(book.theme, SMALL)
      const pages = cells(book).filter((items) => items.length > 0)
      return pages.slice(0, -1).map((items) => frame.lines - (Math.max(...items.map(({ y }) => y)) - frame.top) / 14)
    }
    for (const short of depths(tall)) expect(short).toBeLessThan(3.5)
    const firsts = cells(low).map((items) => items.map((item) => textOf(item, low.typeset).trim()))
    for (const texts of firsts)
      expect(texts.filter((text) => text.startsWith('w0')).length).toBe(texts.filter((text) => text === 'a').length)
  })

  it('put the points of numbers below one another, where their fractions differ', async () => {
    const book = await set(
      ...[row('What', 'Cost', 'Whole', 'Mixed'), '| --- | ---: | ---: | ---: |'],
      ...[row('Nails', '3.90', '10', '1.5'), row('Lime', '2.4', '9', 'none'), row('Latch', '0.10', '1,200', '2.25')],
      ...[row('In all', '1,028.125', '3', '—'), row('Less', '12', '8', '')],
    )
    expectInside(book)
    // from the margin, which is another on the left than on the right
    const all = book.typeset.pages.flatMap((page) =>
      runs(page).map((item) => ({ ...item, x: item.x - frameOf(book.theme, SMALL).left(page) })),
    )
    const at = (text: string) => all.find((item) => textOf(item, book.typeset).trim() === text)!
    const codes = (item: TextRun) => book.typeset.fonts[item.font]!.codes
    const pointOf = (text: string) => {
      const item = at(text)
      const end = text.includes('.') ? text.indexOf('.') : text.length
      let x = item.x
      for (let i = 0; i < end; i++)
        x += ((codes(item)[item.codes[i]!]!.advance + (item.shifts?.[i] ?? 0)) / 1000) * item.size
      return x
    }
    for (const other of ['2.4', '0.10', '1,028.125', '12'])
      expect(pointOf(other), other).toBeCloseTo(pointOf('3.90'), 1)
    // numbers alike stand on the right, and so does what is no number
    expect(endOf(at('10'), book.typeset)).toBeCloseTo(endOf(at('1,200'), book.typeset), 1)
    expect(endOf(at('1.5'), book.typeset)).toBeCloseTo(endOf(at('2.25'), book.typeset), 1)
  })

  it('put points below one another however many rows there are', () => {
    const cell = (n: number) => ({
      prose: { n, text: n % 2 ? '1.5' : '1.25', spans: [] },
      head: false,
      colSpan: 1,
      rowSpan: 1,
    })
    const body = Array.from({ length: 200_000 }, (_, n) => ({ cells: [cell(n)] }))
    const table: Parameters<typeof lacking>[0] = {
      kind: 'table',
      role: 'cell',
      n: 0,
      classes: [],
      place: { path: 'a.md', line: 1 },
      head: [],
      body,
      aligns: ['right'],
    }
    const box = (_face: number, _features: string, _language: string, text: string) => ({ width: text.length * 500 })
    const flow = { setting: { faces: { box } } } as unknown as Flow
    const style = { lettering: { face: 0, features: '', size: 10 } } as PrintStyle
    const lackOf = lacking(table, style, { language: 'en' } as Around, flow)
    expect([lackOf(0, 0), lackOf(0, 1)]).toEqual([0, 5])
  })

  it('draw no head that has no word', async () => {
    const book = await set(row('', ''), bars(2), row('one', 'two'), row('three', 'four'))
    expect(tagsOf(book, 'THead')).toEqual([])
    expect(tagsOf(book, 'TR')).toHaveLength(2)
    const page = book.typeset.pages.find((each) =>
      runs(each).some((item) => textOf(item, book.typeset).startsWith('one')),
    )!
    const rules = page.items.filter((item) => item.kind === 'rule')
    expect(rules.length).toBeGreaterThan(0)
    const first = runs(page).find((item) => textOf(item, book.typeset).startsWith('one'))!
    expect(first.y - Math.min(...rules.map(({ y }) => y))).toBeLessThan(14)
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

it('there is as much white above a table as below it, whatever its rows are high', async () => {
  for (let rows = 1; rows < 4; rows++) {
    const book = await set(row('a', 'b'), bars(2), ...Array.from({ length: rows }, () => row('one', 'two')))
    const page = book.typeset.pages.find((each) =>
      runs(each).some((run) => textOf(run, book.typeset).startsWith('After')),
    )!
    const at = (text: string) => runs(page).find((run) => textOf(run, book.typeset).startsWith(text))!.y
    const { leading } = frameOf(book.theme, SMALL)
    const rules = page.items.flatMap((item) => (item.kind === 'rule' ? [item.y, item.y + item.height] : []))
    // lines stand a little below the middle of their depth
    const above = Math.min(...rules) - (at('Before') + 0.26 * leading)
    const below = at('After') - 0.74 * leading - Math.max(...rules)
    expect(Math.abs(above - below), `${rows} rows`).toBeLessThan(2.5)
  }
})
