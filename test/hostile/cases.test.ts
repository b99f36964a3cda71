// Every kind of book that once had no end, a trace or a loss: a small book of each in; an answer with its code, or whole files out.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { lookAtEpub } from '../fuzz/epubfaults.js'
import { lookAtPdf } from '../fuzz/pdffaults.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-cases-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

type Files = Record<string, string | Uint8Array>
const KEYWORD = 'Keyword'

/** The codes of errors; none: it was built, and the keyword is in both files. */
async function end(files: Files): Promise<string[]> {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2026-01-01\nslug: book\ngenerate: false\nbody: [a.md]\n'
  for (const [path, content] of Object.entries({ 'book.yaml': manifest, ...files })) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), content)
  }
  const out = join(home, 'out')
  const { ok, diagnostics } = await build({ book: home, out })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  for (const { code, path, line, message } of errors) {
    expect({ message, placed: code === 'more-findings' || (path !== '' && line > 0) }).toEqual({
      message,
      placed: true,
    })
    expect(message).not.toMatch(/\bat \S+:\d|TypeError|RangeError|\bundefined\b|\[object /)
  }
  expect(ok).toBe(errors.length === 0)
  if (!ok) {
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([])
    return [...new Set(errors.map(({ code }) => code))].sort()
  }
  expect(lookAtEpub(readFileSync(join(out, 'book.epub'))).text).toContain(KEYWORD)
  expect(lookAtPdf(readFileSync(join(out, 'book.pdf')), 'pdf').text).toContain(KEYWORD)
  return []
}

const text = (markdown: string): Files => ({ 'a.md': `# A\n\n${markdown}\n` })
const drawing = (inside: string): Files => ({
  ...text(`![A drawing](a.svg)\n\n${KEYWORD}`),
  'a.svg': `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">${inside}</svg>`,
})
const times = (n: number, write: (i: number) => string) => Array.from({ length: n }, (_, i) => write(i)).join('')
const font = readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
const face = (bytes: Uint8Array): Files => ({
  ...text(KEYWORD),
  'book.yaml':
    'title: A Book\nlanguage: en\ndate: 2026-01-01\nslug: book\ngenerate: false\ntheme: look.yaml\nbody: [a.md]\n',
  'look.yaml': 'extends: house\nfaces: {text: {family: X, files: {regular: f.ttf}}}\n',
  'f.ttf': bytes,
})
const manifest = (more: string): Files => ({
  ...text(KEYWORD),
  'book.yaml': `title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n${more}\n`,
})
const deepDefinition = (n: number) =>
  `${times(n, (i) => `${'    '.repeat(i)}${i === 0 ? '' : ': '}Term\n`)}${'    '.repeat(n - 1)}: ${KEYWORD}`

const CASES: [what: string, files: Files, codes: string[]][] = [
  // The text that vanished.
  ['lists in each other', text(`${'- '.repeat(28)}${KEYWORD}`), []],
  ['thirty lists in each other', text(`${'- '.repeat(30)}${KEYWORD}`), ['too-deep']],
  ['a hundred lists', text(`${'- '.repeat(100)}${KEYWORD}`), ['too-deep']],
  ['quotes with lists', text(`${'> - '.repeat(40)}${KEYWORD}`), ['too-deep']],
  ['definition lists', text(deepDefinition(40)), []],
  // Time and memory.
  [
    'turbulence',
    drawing(
      '<filter id="f"><feTurbulence baseFrequency=".1" numOctaves="100000"/></filter><path d="M0 0h9v9z" filter="url(#f)"/>',
    ),
    ['svg-too-complex'],
  ],
  [
    'morphology',
    drawing('<filter id="f"><feMorphology radius="1000"/></filter><path d="M0 0h9v9z" filter="url(#f)"/>'),
    ['svg-too-complex'],
  ],
  [
    'clip paths in clip paths',
    drawing(
      `${times(30, (i) => `<clipPath id="c${i + 1}"><path d="M0 0h9v9z" clip-path="url(#c${i})"/><path d="M0 0h9v9z" clip-path="url(#c${i})"/></clipPath>`)}<clipPath id="c0"><path d="M0 0h9v9z"/></clipPath><path d="M0 0h9v9z" clip-path="url(#c30)"/>`,
    ),
    ['svg-too-complex'],
  ],
  [
    'masks in masks',
    drawing(
      `${times(30, (i) => `<mask id="c${i + 1}"><path d="M0 0h9v9z" mask="url(#c${i})"/><path d="M0 0h9v9z" mask="url(#c${i})"/></mask>`)}<mask id="c0"><path d="M0 0h9v9z"/></mask><path d="M0 0h9v9z" mask="url(#c30)"/>`,
    ),
    ['svg-too-complex'],
  ],
  [
    'selectors over deep groups',
    drawing(
      `<style>${times(2000, () => 'g g g g g g .x{fill:red}')}</style>${'<g>'.repeat(100)}${times(300, () => '<path class="x" d="M0 0h9v9z"/>')}${'</g>'.repeat(100)}`,
    ),
    ['svg-too-complex'],
  ],
  ['text of forty thousand words', drawing(`<text y="9">${'word '.repeat(40_000)}</text>`), ['svg-too-complex']],
  ['front matter without end', { 'a.md': `---\n${'k: v\n'.repeat(20_000)}---\n# A\n\n${KEYWORD}\n` }, ['too-large']],
  ['prose of more than a text may have', text('word '.repeat(3_600_000)), ['too-large']],
  ['errors without end', text(times(3000, (i) => `[a](#no${i})\n\n`)), ['dead-link', 'more-findings']],
  [
    'notes in one paragraph',
    text(`${times(400, (i) => `a[^${i}] `)}${KEYWORD}\n\n${times(400, (i) => `[^${i}]: b\n\n`)}`),
    [],
  ],
  ['addresses in angle brackets', text(`${times(400, (i) => `<https://example.org/${i}> `)}${KEYWORD}`), []],
  ['a word of three thousand signs', text(`${'[['.repeat(1500)} ${KEYWORD}`), []],
  // Traces and wrong answers.
  ['a font cut in half', face(font.subarray(0, font.length >> 1)), ['theme-font']],
  ['no font', face(new Uint8Array(1000)), ['theme-font']],
  ['a zone that is none', manifest('modified: 2026-01-01T00:00:00+99:99'), ['bad-date']],
  ['a trim of every object', manifest('editions: {pdf: {trim: constructor}}'), ['bad-length']],
  ['a device for a name', manifest('slug: con'), ['bad-slug']],
  ['hard breaks', text(`${'a\\\n'.repeat(3000)}${KEYWORD}`), []],
  ['a link to the folder itself', text('[here](.)'), ['bad-path']],
  [
    'a drawing of no size',
    { ...drawing(''), 'a.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e-300 1e-300"/>' },
    ['broken-image'],
  ],
  // SVG's style.
  [
    'a rule that imports, in two pieces',
    drawing('<style>@imp<!-- -->ort "http://example.org/"</style>'),
    ['unsafe-svg'],
  ],
  ['an address in CDATA', drawing('<style>path{fill:ur<![CDATA[l(http://example.org/)]]>}</style>'), ['unsafe-svg']],
  ['a set of images', drawing('<style>path{fill:image-set("http://example.org/")}</style>'), ['unsafe-svg']],
]

describe('a book of', () => {
  test.each(CASES)('%s', async (_, files, codes) => {
    expect(await end(files)).toEqual(codes)
  })
})

/** What needs a process, a disk or a clock of its own is tried where these are. */
test.each([
  ['test/letters.test.ts', ['between Markdown and blocks', 'on the pages', 'in the EPUB']],
  [
    'test/limits.test.ts',
    ['ends when its time is over', 'ends when the engine gives up', 'docs/limits.md is the table'],
  ],
  ['test/read/svg.test.ts', ['attributes', 'nothing is left that lives', 'too complex is an SVG of']],
  ['test/read/jpeg.test.ts', ['scan']],
  [
    'test/hostile/files.test.ts',
    ['swapped for a link', 'swapped during a build', 'theme and its face that go or change'],
  ],
  ['test/build.write.test.ts', ['a killed build has left', 'a journal that was torn', 'several renames']],
  ['test/cli.command.test.ts', ['/dev/full']],
])('the other cases are held in %s', (path, phrases) => {
  const source = readFileSync(path, 'utf8')
  expect(phrases.filter((phrase) => !source.includes(phrase))).toEqual([])
})
