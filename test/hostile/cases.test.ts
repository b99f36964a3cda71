// Every kind of book that once had no end, a trace or a loss: a small book of each in; an answer with its code, or whole files out.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { lookAtEpub } from '../fuzz/epubfaults.js'
import { lookAtPdf } from '../fuzz/pdffaults.js'
import { JPEG_GRAY } from '../pdf/images.js'

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
/** The head of a square PNG whose pixels are not there. */
const claiming = (side: number) => {
  const head = Buffer.alloc(33)
  head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  head.writeUInt32BE(side, 16)
  head.writeUInt32BE(side, 20)
  head.set([8, 2], 24)
  return head
}
/** Square and white, of a bit a pixel. */
const png = (side: number) => {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const rows = deflateSync(Buffer.alloc(side * (Math.ceil(side / 8) + 1)), { level: 1 })
  const head = Buffer.from(claiming(side).subarray(16, 29))
  head.set([1, 0], 8)
  const start = claiming(side).subarray(0, 8)
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}
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
  [
    'an element with fifty thousand attributes',
    drawing(`<path d="M0 0h9v9z" ${times(50_000, (i) => `a${i}="1" `)}/>`),
    [],
  ],
  [
    'pictures inside that are larger than they are',
    drawing(`<image xlink:href="data:image/png;base64,${claiming(20_000).toString('base64')}" width="9" height="9"/>`),
    ['svg-too-complex'],
  ],
  [
    'pictures inside without end',
    drawing(times(40, () => `<image xlink:href="data:image/png;base64,${png(1300).toString('base64')}"/>`)),
    ['svg-too-complex'],
  ],
  [
    'pictures of more pixels than all may have',
    {
      ...text(times(12, (i) => `![A picture](${i}.png)\n\n`)),
      ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.png`, png(9_500 + i)])),
    },
    ['too-large'],
  ],
  ['a picture of more pixels than one may have', { ...text('![A](a.png)'), 'a.png': png(10_001) }, ['too-large']],
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
  [
    'a colour of every object',
    {
      ...manifest('theme: look.yaml'),
      'look.yaml': 'extends: house\nstyles: {body: {colour: toString}}\n',
    },
    ['theme-name'],
  ],
  ['YAML that its library has words for', manifest('subtitle: "a\\qb"'), ['bad-yaml']],
  [
    'a JPEG whose picture is cut off',
    { ...text('![A](a.jpg)'), 'a.jpg': JPEG_GRAY.subarray(0, JPEG_GRAY.length - 6) },
    ['broken-image'],
  ],
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
  [
    'test/letters.test.ts',
    [
      'of thirty lists was lost',
      'between Markdown and blocks',
      'on the pages',
      'in the EPUB',
      'between lines and tokens',
    ],
  ],
  [
    'test/limits.test.ts',
    [
      'ends when its time is over',
      'ends when the engine gives up',
      'is what a heavy book gets, unasked',
      'makes the same files, and says the same',
      'can be asked for by the command',
      'findings lists the first, and counts the rest',
      "['allPixels'",
      "['texts'",
      'where no thread can be started',
      'docs/limits.md is the table',
    ],
  ],
  [
    'test/read/svg.test.ts',
    ['attributes', 'nothing is left that lives', 'too complex is an SVG of', 'far outside on a layer'],
  ],
  ['test/pdf/resvg.test.ts', ['what does not come to an end is ended', 'wants more memory than there is']],
  ['test/read/jpeg.test.ts', ['scan']],
  [
    'test/fonts/prove.test.ts',
    ['wherever a font is cut', 'what is hurt is refused', 'is not proved again at each start'],
  ],
  [
    'test/hostile/files.test.ts',
    [
      'swapped for a link',
      'swapped during a build',
      'to the folder itself as well',
      'theme and its face that go or change',
      'not as a file that is missing',
      'what waits for ever when it is opened',
      'letters with their accents apart',
    ],
  ],
  [
    'test/hostile/answers.test.ts',
    [
      'a zone that no clock has',
      'the words that JavaScript keeps for itself',
      'more pages than calls can be nested',
      'at the line that shows the picture',
      'told where the manifest speaks of it',
    ],
  ],
  [
    'test/build.write.test.ts',
    [
      'a killed build has left',
      'a journal that was torn',
      'several renames',
      'where the file system has no links',
      'many at once',
    ],
  ],
  ['test/cli.command.test.ts', ['/dev/full', 'a working folder that was deleted', 'no room is an answer']],
  ['test/layers.test.ts', ['the lint rule against inherited properties', 'whatever may be asked for any text']],
  [
    'test/packages.test.ts',
    [
      '`npm ls`',
      'every licence is one that we know',
      'runs anything when it is installed',
      'pinned to it',
      'CycloneDX',
    ],
  ],
  [
    'test/services.test.ts',
    [
      'the permission model lets a book be built',
      'it may refuse threads, and processes',
      'it refuses what is not allowed',
    ],
  ],
])('the other cases are held in %s', (path, phrases) => {
  const source = readFileSync(path, 'utf8')
  expect(phrases.filter((phrase) => !source.includes(phrase))).toEqual([])
})
