// The theme panel: values are tried without a file being touched, and written with nothing else in the file being changed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { State, ThemePanel } from '../../src/preview/protocol.js'
import { editYaml } from '../../src/yaml/edit.js'
import { BOOK, type Opened, openBook } from './open.js'

let book: Opened
afterEach(() => book?.close())

const THEME = `# My theme: do not lose this line.
extends: house

page:   # all of it
  size: 10.5 pt     # a little smaller
  width: 140 mm
sceneBreak: { ornament: '⁂' }
`
const read = (path: string) => readFileSync(join(book.dir, path), 'utf8')
const valueAt = ({ values }: ThemePanel, path: string) => values.find((one) => one.path === path)!.value

test('shows the values of the theme, tries others, drops them', async () => {
  book = await openBook({ ...BOOK, 'book.yaml': `${BOOK['book.yaml']}theme: mine.yaml\n`, 'mine.yaml': THEME })
  const panel = await book.get<ThemePanel>('/api/theme')
  expect(panel).toMatchObject({ file: 'mine.yaml', tried: false })
  expect(valueAt(panel, 'page.size')).toBe(10.5)
  expect(valueAt(panel, 'sceneBreak.ornament')).toBe('⁂')
  const before = await book.state()
  const { body } = await book.post<ThemePanel>('/api/theme', { do: 'try', values: { 'page.size': 13 } })
  expect(body.tried).toBe(true)
  expect(valueAt(body, 'page.size')).toBe(13)
  const tried: State = await book.state()
  expect(tried.sources[0]!.keys).not.toEqual(before.sources[0]!.keys)
  expect(read('mine.yaml')).toBe(THEME)
  await book.post('/api/theme', { do: 'drop' })
  expect((await book.state()).sources[0]!.keys).toEqual(before.sources[0]!.keys)
})

test('writes what was tried, and touches nothing else', async () => {
  book = await openBook({ ...BOOK, 'book.yaml': `${BOOK['book.yaml']}theme: mine.yaml\n`, 'mine.yaml': THEME })
  const values = {
    'page.size': 13,
    'page.width': 360,
    'page.leading': 14.5,
    'opening.kind': 'drop-cap',
    'sceneBreak.ornament': '* *',
  }
  await book.post('/api/theme', { do: 'try', values })
  const { body } = await book.post<ThemePanel>('/api/theme', { do: 'write' })
  expect(body.tried).toBe(false)
  expect(read('mine.yaml')).toBe(`# My theme: do not lose this line.
extends: house

page:   # all of it
  size: 13 pt     # a little smaller
  width: 127 mm
  leading: 14.5
sceneBreak: { ornament: '* *' }
opening:
  kind: drop-cap
`)
  expect(await book.get<ThemePanel>('/api/theme')).toMatchObject({ tried: false, file: 'mine.yaml' })
  expect(await book.state()).toMatchObject({ broken: false })
})

test('gives a book that has none a theme of its own, which its manifest then names', async () => {
  book = await openBook({ ...BOOK, 'theme.yaml': 'not: ours\n' })
  await book.post('/api/theme', { do: 'try', values: { 'page.folio': 'foot' } })
  expect(existsSync(join(book.dir, 'theme-2.yaml'))).toBe(false)
  await book.post('/api/theme', { do: 'write' })
  expect(read('theme-2.yaml')).toBe('extends: house\npage:\n  folio: foot\n')
  expect(read('theme.yaml')).toBe('not: ours\n')
  expect(read('book.yaml')).toBe(`${BOOK['book.yaml']}theme: theme-2.yaml\n`)
  expect(await book.get<ThemePanel>('/api/theme')).toMatchObject({ file: 'theme-2.yaml' })
})

test('refuses what is no value of the panel', async () => {
  book = await openBook(BOOK)
  for (const values of [
    { 'page.size': 999 },
    { 'page.size': '13' },
    { extends: '/etc' },
    { __proto__x: 1 },
    { 'opening.kind': 'x' },
  ]) {
    const { status } = await book.post('/api/theme', { do: 'try', values })
    expect({ values, status }).toEqual({ values, status: 400 })
  }
  expect((await book.post('/api/theme', { do: 'erase' })).status).toBe(400)
  expect(await book.get<ThemePanel>('/api/theme')).toMatchObject({ tried: false })
})

test.each([
  ['', 'a: 1\n'],
  ['a: 2\n', 'a: 1\n'],
  ['a: 2 # why\nb: 3', 'a: 1 # why\nb: 3'],
  ['a:\nb: 3\n', 'a: 1\nb: 3\n'],
  ['b: 3', 'b: 3\na: 1\n'],
  ['b:\n  - 1\n  - 2\n\n# end\n', 'b:\n  - 1\n  - 2\na: 1\n\n# end\n'],
  ['b: |\n  text\n  more\n', 'b: |\n  text\n  more\na: 1\n'],
  ['{ b: 2 }', '{ b: 2, a: 1 }'],
  ['"a" : 5\r\nb: 2\r\n', '"a" : 1\r\nb: 2\r\n'],
])('edits %j', (before, after) => {
  expect(editYaml(before, [{ path: ['a'], value: 1 }])).toBe(after)
})

test('does not edit what is no map, is broken, or is an alias', () => {
  for (const text of ['- 1\n', 'a: [1\n', 'b: &x { a: 1 }\na: *x\n', 'a: &x 1\nb: *x\n'])
    expect(editYaml(text, [{ path: ['a'], value: 1 }])).toBeUndefined()
})
