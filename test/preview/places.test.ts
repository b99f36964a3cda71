// A word on a page, the same word in the EPUB, and its line in the author's file: each leads to the other two.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyText } from '../../src/preview/documents.js'
import type { Found, PageDetail, Spot, State } from '../../src/preview/protocol.js'
import { BOOK, type Opened, openBook } from './open.js'

let book: Opened
let state: State
const opened: string[] = []
beforeAll(async () => {
  book = await openBook(BOOK, { editor: (file, line, column) => opened.push(`${file}:${line}:${column}`) })
  state = await book.state()
})
afterAll(() => book.close())

/** Where the author wrote a word: line and column from 1. */
function written(file: keyof typeof BOOK, word: string): { file: string; line: number; column: number } {
  const before = BOOK[file].slice(0, BOOK[file].indexOf(word)).split('\n')
  return { file, line: before.length, column: before.at(-1)!.length + 1 }
}

/** Not in the contents. */
async function onPage(word: string): Promise<{ page: number; x: number; y: number }> {
  const contents = state.chapters.find(({ title }) => title === 'Contents')!.page
  for (let page = 0; page < state.sources[0]!.keys.length; page++) {
    if (page === contents) continue
    const detail = await book.get<PageDetail>(`/api/page?index=${page}`)
    for (const line of detail.lines)
      for (const { text, box } of line.words)
        if (text.includes(word)) return { page, x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  throw new Error(`\`${word}\` is on no page`)
}

async function inEpub(document: string, from: number, to: number): Promise<string> {
  return bodyText((await book.ask(`/epub/${document}`)).text).slice(from, to)
}

const WORDS: [what: string, word: string, file: keyof typeof BOOK][] = [
  ['a paragraph', 'leaving', 'chapters/one.md'],
  ['stressed', 'stresses', 'chapters/one.md'],
  ['a heading', 'Harbour', 'chapters/one.md'],
  ['a note', 'captain', 'chapters/one.md'],
  ['a table cell', 'Mackerel', 'chapters/one.md'],
  ['a line of verse', 'again', 'chapters/one.md'],
  ['another chapter', 'dawn', 'chapters/two.md'],
]

test.each(WORDS)('a word of %s', async (_, word, file) => {
  const { page, x, y } = await onPage(word)
  const spot = await book.get<Spot>(`/api/spot?page=${page}&x=${x}&y=${y}`)
  expect(spot).toMatchObject({ word, generated: false, ...written(file, word) })
  expect(spot.page!.index).toBe(page)
  const [box] = spot.page!.boxes
  expect(x).toBeGreaterThan(box!.x)
  expect(x).toBeLessThan(box!.x + box!.width)
  // In the EPUB:
  const { document, from, to } = spot.epub!
  expect(await inEpub(document, from, to)).toBe(word)
  const back = await book.get<Spot>(`/api/spot?document=${document}&offset=${from + 1}`)
  expect(back).toEqual(spot)
  // From the author's file:
  const { line, column } = written(file, word)
  expect(await book.get<Spot>(`/api/spot?file=${file}&line=${line}&column=${column}`)).toEqual(spot)
})

test('what Octavo wrote leads to where it has it from', async () => {
  const { chapters } = state
  const contents = chapters.find(({ title }) => title === 'Contents')
  const detail = await book.get<PageDetail>(`/api/page?index=${contents!.page}`)
  const { box } = detail.lines.flatMap(({ words }) => words).find(({ text }) => text === 'Crossing')!
  const entry = await book.get<Spot>(`/api/spot?page=${contents!.page}&x=${box.x + 2}&y=${box.y + 5}`)
  expect(entry).toMatchObject({ word: 'Crossing', generated: true, file: 'chapters/two.md', line: 1, column: 7 })
  const title = await onPage('Small')
  const spot = await book.get<Spot>(`/api/spot?page=${title.page}&x=${title.x}&y=${title.y}`)
  expect(spot).toMatchObject({ word: 'Small', generated: true, ...written('book.yaml', 'Small') })
})

test('a click beside all text leads nowhere', async () => {
  expect((await book.ask('/api/spot?page=0&x=5&y=5')).status).toBe(404)
  expect((await book.ask('/api/spot?page=999&x=5&y=5')).status).toBe(404)
  expect((await book.ask('/api/spot?file=../secret.md&line=1')).status).toBe(404)
})

test('opens the editor at the word, in files of the book alone', async () => {
  const { body } = await book.post('/api/open', { file: 'chapters/one.md', line: 5, column: 3 })
  expect(body).toEqual({ opened: true })
  expect(opened).toEqual([`${book.dir}/chapters/one.md:5:3`])
  for (const file of ['../x.md', '/etc/passwd', 'chapters/none.md', 7])
    expect((await book.post('/api/open', { file, line: 1, column: 1 })).status).toBe(400)
  expect((await book.post('/api/open', { file: 'chapters/one.md', line: 0, column: 1 })).status).toBe(400)
  expect(opened.length).toBe(1)
})

test('an editor shows the line under its cursor to every page that is open', async () => {
  const [one, other] = [await book.events(), await book.events()]
  const { body } = await book.post<Spot>('/api/show', { file: 'chapters/one.md', line: 5 })
  expect(body).toMatchObject({ word: 'A', file: 'chapters/one.md', line: 5, column: 1 })
  expect(await one.next('show')).toEqual(body)
  expect(await other.next('show')).toEqual(body)
  one.close()
  other.close()
})

test('finds in both books, what was written before what was made of it', async () => {
  const found = await book.get<Found[]>('/api/find?q=the%20harbour')
  expect(found.map(({ section }) => section)).toEqual(['one', 'two', 'contents'])
  const [first] = found
  expect(first!.context.slice(first!.from, first!.to)).toBe('The Harbour')
  expect(first!.spot).toMatchObject({ file: 'chapters/one.md', line: 1 })
  expect(await book.get<Found[]>('/api/find?q=don%27t')).toHaveLength(1)
  expect(await book.get<Found[]>('/api/find?q=')).toEqual([])
})

test('tells of a page what its overlays show', async () => {
  const { page } = state.chapters.find(({ title }) => title === 'The Harbour')!
  const { lines, tags } = await book.get<PageDetail>(`/api/page?index=${page}`)
  expect(lines.some(({ loose }) => loose !== undefined)).toBe(true)
  expect(lines.filter(({ last }) => last).length).toBeGreaterThan(4)
  expect(tags.slice(0, 3).map(({ type, depth }) => [type, depth])).toEqual([
    ['Document', 0],
    ['Sect', 1],
    ['H1', 2],
  ])
  expect(tags.find(({ type }) => type === 'H1')!.text).toBe('The Harbour')
  expect(tags.map(({ type }) => type)).toEqual(expect.arrayContaining(['Table', 'TH', 'TD', 'Note', 'Em']))
})
