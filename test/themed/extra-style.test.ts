// The EPUB's own style sheet: what only it can do stands behind ours; what would leave the page is refused, line by line.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { readExtraStyle } from '../../src/read/extra-style.js'
import { openEpub } from '../finished/epub.js'
import { folderOf } from './helpers.js'

async function read(css: string) {
  const told: string[] = []
  const out = await readExtraStyle(css, 'extra.css', (d) => told.push(`${d.line} ${d.message}`))
  return { out, told }
}

test('what styles a page of text is taken, and written anew', async () => {
  const { out, told } = await read(
    '/* a word */ p.wide , h1{ letter-spacing:.1em;columns:2 12em; }\n@media (prefers-color-scheme: dark) { aside { border-color: #ccc } }',
  )
  expect(told).toEqual([])
  expect(out).toContain('p.wide,h1{letter-spacing:.1em;columns:2 12em}')
  expect(out).toContain('@media (prefers-color-scheme:dark)')
  expect(out).not.toContain('a word')
})

test.each([
  ['p { position: absolute }', '1 the property `position` is not taken'],
  ['p { display: none }', '1 the property `display` is not taken'],
  ['\n\np { background: url(http://example.org/a.png) }', '3 an address is not taken'],
  ['p { background: u\\72l(a.png) }', ''],
  ['@import "a.css";', '1 `@import` is not taken'],
  ['@font-face { font-family: x; src: url(a.ttf) }', '1 `@font-face` is not taken'],
  ['@media print { p { color: red } }', '1 `@media` is not taken'],
  ['p { width: attr(data-x) }', '1 `attr()` is not taken'],
  ['p { background-image: image-set("a.png" 1x) }', '1 the property `background-image` is not taken'],
  ['a:hover { color: red }', '1 `:hover` is not taken'],
  ['p:before { content: "Not in the text" }', '1 `content` has words'],
  ['p { color: red', undefined],
  ['p { --x: url(a) ; color: red }', '1 the property `--x` is not taken'],
])('%j', async (css, message) => {
  const { out, told } = await read(css)
  if (message === undefined) expect(told).toEqual([])
  else {
    if (message === '') expect(told).not.toEqual([])
    else expect(told).toContain(message)
    expect(out).toBeUndefined()
  }
})

test('it stands behind our own rules in the EPUB', async () => {
  const dir = folderOf({
    'book.yaml':
      'title: A\nlanguage: en\nauthors: [B]\nmodified: 2026-01-01T00:00:00Z\ntheme: looks/look.yaml\nbody: [c.md]\n',
    'looks/look.yaml': 'extends: house\nepub: { css: extra.css }\n',
    'looks/extra.css': 'p.opening { word-spacing: .1em }',
    'c.md': '# One\n\nText.\n',
  })
  const { ok, files, diagnostics } = await build({ book: dir, out: join(dir, 'out'), editions: ['epub'] })
  expect(diagnostics).toEqual([])
  expect(ok).toBe(true)
  expect(openEpub(readFileSync(files[0]!.path)).css.trimEnd().endsWith('p.opening{word-spacing:.1em}')).toBe(true)
})
