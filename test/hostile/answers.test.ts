// Small hostile books in; an answer out, or a good build: never a trace, never a page of nonsense.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { build, check } from '../../src/build.js'
import { breakPages, type Way } from '../../src/layout/breaking/break-pages.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-hostile-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** What is said of a book of these files, as `path:line code`. */
async function said(files: Record<string, string>, more = ''): Promise<string[]> {
  const manifest = `title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n${more}\n`
  for (const [path, content] of Object.entries({ 'book.yaml': manifest, 'a.md': '# A\n\nText.\n', ...files })) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), content)
  }
  const { diagnostics } = await check({ book: home })
  return diagnostics.map(({ path, line, code }) => `${path}:${line} ${code}`)
}

test.each(['+99:99', '+15:00', '-00:60', '+9999'])('a zone that no clock has is no date: %s', async (zone) => {
  expect(await said({}, `modified: 2026-01-01T10:00:00${zone}`)).toEqual(['book.yaml:5 bad-date'])
})

test.each(['9999-12-31T23:00:00-05:00', '0000-01-01T00:00:00+05:00'])(
  'nor is a moment outside of the years of four digits: %s',
  async (moment) => {
    expect(await said({}, `modified: ${moment}`)).toEqual(['book.yaml:5 bad-date'])
  },
)

test.each(['con', 'NUL', 'Lpt1', 'aux.old'])('a slug that is a device on Windows is refused: %s', async (slug) => {
  expect(await said({}, `slug: ${slug}`)).toEqual(['book.yaml:5 bad-slug'])
})

test('the words that JavaScript keeps for itself are words like any other', async () => {
  expect(await said({}, 'editions: {pdf: {trim: constructor}}')).toEqual(['book.yaml:5 bad-length'])
  expect(await said({}, 'editions: {booklet: {sheet: __proto__}}')).toEqual(['book.yaml:5 bad-length'])
  for (const key of ['constructor', '__proto__', 'toString']) {
    const style = `extends: house\nstyles:\n  body: {colour: ${key}}\n`
    expect(await said({ 'look.yaml': style }, 'theme: look.yaml')).toEqual(['look.yaml:3 theme-name'])
    const fallback = `extends: house\nfallback: [${key}]\n`
    expect(await said({ 'look.yaml': fallback }, 'theme: look.yaml')).toEqual(['look.yaml:2 theme-name'])
  }
  rmSync(join(home, 'look.yaml'))
  const text = '# A\n\n::: constructor\nOne.\n:::\n\n[two]{.constructor .toString}. <constructor>three</constructor>\n'
  expect(await said({ 'a.md': text })).toEqual(['a.md:3 unknown-block', 'a.md:7 unknown-tag', 'a.md:7 class-unstyled'])
  const picture = '<svg xmlns="http://www.w3.org/2000/svg"><text>&constructor;</text></svg>'
  expect(await said({ 'a.md': '# A\n\n![A](a.svg)\n', 'a.svg': picture })).toEqual(['a.md:3 unsafe-svg'])
})

test.each(['1e-300 1e-300', '1 1e-300', '1e300 1e300', '1e6 1'])('a picture of no size is refused: %s', async (box) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box}"><path d="M0 0h1v1z"/></svg>`
  expect(await said({ 'a.md': '# A\n\n![A](a.svg)\n', 'a.svg': svg })).toEqual(['a.md:3 broken-image'])
})

test('a paragraph over more pages than calls can be nested is set, every line of it', () => {
  const lines = 125_000
  const way: Way = { lines, height: 1, cost: 0, stops: new Uint8Array(lines), notes: undefined }
  const limits = { depth: 32, hang: 2, noteGap: 1, recto: true, sink: 0 }
  const { placements, count } = breakPages([{ ways: [way], gap: 0, keepNext: false, repeat: 0 }], limits)
  expect(placements.map(({ from }) => from)).toEqual([0, ...placements.map(({ to }) => to).slice(0, -1)])
  expect(placements.at(-1)!.to).toBe(lines)
  expect(count).toBeGreaterThanOrEqual(lines / 34)
})

test('what only the painter finds is told at the line that shows the picture, in its own words', async () => {
  await said({ 'a.md': '# A\n\nText.\n\n![A](a.gif)\n' })
  const [header, palette] = [Buffer.from('GIF89a\x01\0\x01\0\x80\0\0', 'latin1'), Buffer.alloc(6)]
  // Codes of twelve bits to begin with: there are none.
  const picture = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 12, 1, 0, 0, 0x3b])
  writeFileSync(join(home, 'a.gif'), Buffer.concat([header, palette, picture]))
  const { diagnostics: all } = await build({ book: home, out: join(home, 'out') })
  const diagnostics = all.filter(({ severity }) => severity === 'error')
  expect(diagnostics).toMatchObject([{ path: 'a.md', line: 5, code: 'image-unreadable' }])
  expect(diagnostics[0]!.message).toBe(
    '`a.gif` cannot be shown: its pixels are of a kind that the standard does not know',
  )
})

test('what is found of a whole edition, or of the cover, is told where the manifest speaks of it', async () => {
  const narrow = 'extends: house\npage: {inside: 8mm, outside: 4mm}\n'
  const files = { 'look.yaml': narrow, 'book.yaml': 'language: en\ndate: 2026-01-01\ntheme: look.yaml\ntitle: 𓀀𓀁𓀂𓀃\n' }
  await said({ ...files, 'book.yaml': `${files['book.yaml']}editions:\n  pdf:\n  print:\nbody: [a.md]\n` })
  const { diagnostics, ok } = await build({ book: home, out: join(home, 'out') })
  expect(ok).toBe(true)
  const places = diagnostics.map(({ path, line, code }) => `${path}:${line} ${code}`)
  expect([...new Set(places)]).toEqual(
    expect.arrayContaining(['book.yaml:4 cover-lettering', 'book.yaml:7 print-margin']),
  )
  expect(places.filter((one) => one.startsWith(':'))).toEqual([])
})
