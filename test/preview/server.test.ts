// The preview as a browser meets it: what it serves, what it refuses, and what it says when a file is saved.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import type { Built } from '../../src/preview/protocol.js'
import { unzip } from '../finished/zip.js'
import { BOOK, type Opened, openBook } from './open.js'

let book: Opened
beforeAll(async () => {
  book = await openBook(BOOK)
})
afterAll(() => book.close())

test('tells what there is to see', async () => {
  const state = await book.state()
  expect(state).toMatchObject({
    title: 'A Small Book',
    language: 'en',
    direction: 'ltr',
    broken: false,
    building: false,
  })
  const [pages, cover] = state.sources
  expect(pages!.name).toBe('pages')
  expect(pages!.keys.length).toBe(state.statistics.pages)
  expect(cover).toBeUndefined()
  expect(state.others.map(({ name }) => name)).toEqual(['print', 'booklet', 'cover'])
  expect(state.chapters.map(({ title }) => title)).toEqual(expect.arrayContaining(['The Harbour', 'The Crossing']))
  expect(state.chapters.find(({ title }) => title === 'The Crossing')).toMatchObject({
    file: 'chapters/two.md',
    line: 1,
  })
  expect(state.statistics.words).toBeGreaterThan(40)
})

test('draws its pages, glyph by glyph, and runs nothing in them', async () => {
  const { sources, chapters } = await book.state()
  const { page } = chapters.find(({ title }) => title === 'The Harbour')!
  const drawn = await book.ask(`/pages/${sources[0]!.keys[page]}.svg`)
  expect(drawn.status).toBe(200)
  expect(drawn.headers['content-type']).toBe('image/svg+xml')
  expect(drawn.headers['content-security-policy']).toContain("default-src 'none'")
  // A path for each run, in which every glyph begins at its own place.
  expect(drawn.text.match(/M-?[\d.]+ -?[\d.]+m/g)!.length).toBeGreaterThan(150)
  expect((await book.ask('/pages/nothing.svg')).status).toBe(404)
})

test('serves the documents and sheets that the EPUB has, to the letter', async () => {
  const { documents } = await book.state()
  const result = await build({ book: book.dir, out: false, editions: ['epub', 'pdf'] })
  const files = unzip(result.files.find(({ edition }) => edition === 'epub')!.bytes!)
  const text = (path: string) => Buffer.from(files.get(`EPUB/${path}`)!).toString('utf8')
  expect(documents.map(({ path }) => path)[0]).toBe('text/cover.xhtml')
  for (const { path } of documents) {
    const served = await book.ask(`/epub/${path}`)
    expect(served.headers['content-type']).toBe('application/xhtml+xml')
    expect(served.headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox allow-same-origin$/)
    expect(served.text).toBe(text(path))
  }
  expect((await book.ask('/epub/css/book.css')).text).toBe(text('css/book.css'))
  const font = [...files.keys()].find((path) => path.startsWith('EPUB/fonts/'))!
  expect((await book.ask(`/${font.toLowerCase().startsWith('epub') ? font.replace('EPUB', 'epub') : ''}`)).status).toBe(
    200,
  )
})

test('serves nothing else', async () => {
  for (const path of [
    '/book.yaml',
    '/epub/../book.yaml',
    '/epub/%2e%2e/book.yaml',
    '/epub/text/none.xhtml',
    '/etc/passwd',
    '/api/none',
    '/pages/../x',
  ])
    expect((await book.ask(path)).status, path).toBe(404)
  expect((await book.ask('/epub/%')).status).toBe(404)
  expect((await book.ask('/api/state', { method: 'DELETE' })).status).toBe(405)
  expect((await book.ask('/api/open', { method: 'POST', body: '{}' })).status).toBe(415)
})

test('answers this machine alone: no other name leads here, and no other site may ask', async () => {
  const host = (name: string) => book.ask('/api/state', { headers: { host: name } })
  expect((await host(`localhost:${book.port}`)).status).toBe(200)
  expect((await host(`evil.example:${book.port}`)).status).toBe(403)
  expect((await host('127.0.0.1')).status).toBe(403)
  const from = (origin: string) => book.ask('/api/state', { headers: { origin } })
  expect((await from('https://evil.example')).status).toBe(403)
  expect((await from('null')).status).toBe(403)
  expect((await from(`http://127.0.0.1:${book.port}`)).status).toBe(200)
  expect((await book.ask('/api/state', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
})

test('says what a saved file has changed, and only that', async () => {
  const before = await book.state()
  const events = await book.events()
  const text = readFileSync(join(book.dir, 'chapters/two.md'), 'utf8')
  book.write('chapters/two.md', text.replace('empty', 'deserted'))
  const built = (await events.next('built')) as Built
  const { page } = before.chapters.find(({ title }) => title === 'The Crossing')!
  expect(built).toMatchObject({ broken: false, pages: { at: page, removed: 1 } })
  expect(built.documents.map(({ path }) => path)).toEqual(['text/two.xhtml'])
  expect(built.where).toMatchObject({ page, document: 'text/two.xhtml', file: 'chapters/two.md' })
  const after = await book.state()
  expect(after.sources[0]!.keys[page]).toBe(built.pages.keys[0])
  expect((await book.ask('/epub/text/two.xhtml')).text).toContain('was deserted.')
  // Who has not heard of it yet can still draw what was there.
  expect((await book.ask(`/pages/${before.sources[0]!.keys[page]}.svg`)).status).toBe(200)
  events.close()
})

test('shows the last good state of a book with errors, and says so until it is mended', async () => {
  const before = await book.state()
  const events = await book.events()
  const text = readFileSync(join(book.dir, 'chapters/one.md'), 'utf8')
  book.write('chapters/one.md', `${text}\n:::\n`)
  const broken = (await events.next('built')) as Built
  expect(broken.broken).toBe(true)
  expect(broken.findings).toMatchObject([{ severity: 'error', code: 'stray-fence', path: 'chapters/one.md' }])
  const shown = await book.state()
  expect(shown.sources).toEqual(before.sources)
  book.write('chapters/one.md', text)
  expect(await events.next('built')).toMatchObject({ broken: false, findings: [], pages: { removed: 0, keys: [] } })
  events.close()
})

test('what is wrong has its place on the page', async () => {
  const events = await book.events()
  const text = readFileSync(join(book.dir, 'chapters/two.md'), 'utf8')
  book.write('chapters/two.md', `${text}\nAfter the the storm, calm.\n`)
  const { findings } = (await events.next('built')) as Built
  expect(findings).toMatchObject([{ severity: 'warning', code: 'doubled-word', path: 'chapters/two.md', line: 5 }])
  const { chapters, sources } = await book.state()
  const { page, box } = findings[0]!
  expect(page).toBe(chapters.find(({ title }) => title === 'The Crossing')!.page)
  const { grid, width } = sources[0]!
  expect(box!.x).toBeGreaterThan(grid!.outside - 1)
  expect(box!.x + box!.width).toBeLessThan(width)
  expect(box!.y).toBeGreaterThan(grid!.top)
  book.write('chapters/two.md', text)
  expect(await events.next('built')).toMatchObject({ findings: [] })
  events.close()
})
