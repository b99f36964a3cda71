// A fresh person's ways to begin: each ends in a book, or in the one sentence that helps. Typed as a person would, in the packaged command.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const COMMAND = join(dirname(fileURLToPath(import.meta.url)), '../dist/cli.js')

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'octavo-begin-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))

function octavo(words: string, cwd = home, input?: string) {
  const run = spawnSync(process.execPath, [COMMAND, ...words.split(' ')], { cwd, encoding: 'utf8', input })
  return { status: run.status, said: run.stdout + run.stderr }
}

const text = (title: string) => `# ${title}\n\nA sentence of ${title}.\n`
const MANIFEST = 'title: A Book\nlanguage: en\ndate: 2026-01-31\n'

interface Way {
  files: Record<string, string>
  /** What is typed, in turn; in the folder `in`. */
  typed: string[]
  in?: string
  input?: string
  /** The stem of the files that are made in `out`. */
  book: string
  /** What is told, if anything. */
  told?: RegExp
}

const WAYS: [string, Way][] = [
  ['with nothing at all', { files: {}, typed: ['init my-book', 'build my-book'], book: 'a-book-begins' }],
  ['in an empty folder', { files: {}, typed: ['init', 'build'], book: 'a-book-begins' }],
  [
    'in the book’s own folder',
    { files: { 'book.yaml': `${MANIFEST}body: [one.md]\n`, 'one.md': text('One') }, typed: ['build'], book: 'a-book' },
  ],
  [
    'beside the book',
    {
      files: { 'book/book.yaml': `${MANIFEST}body: [one.md]\n`, 'book/one.md': text('One') },
      typed: ['build'],
      book: 'a-book',
    },
  ],
  [
    'with the manifest’s own name',
    {
      files: { 'b/book.yaml': `${MANIFEST}body: [one.md]\n`, 'b/one.md': text('One') },
      typed: ['build b/book.yaml'],
      book: 'a-book',
    },
  ],
  [
    'with a manifest of another ending',
    {
      files: { 'book.yml': `${MANIFEST}body: [chapters/*.md]\n`, 'chapters/1.md': text('One') },
      typed: ['build'],
      book: 'a-book',
    },
  ],
  [
    'with one file',
    {
      files: { 'paper.md': `---\nlang: en\n---\n\n${text('On Walking')}` },
      typed: ['build paper.md'],
      book: 'on-walking',
    },
  ],
  [
    'through a pipe',
    { files: {}, typed: ['build -'], input: `---\nlang: en\n---\n\n${text('From a Pipe')}`, book: 'from-a-pipe' },
  ],
  [
    'with a folder of Markdown',
    {
      files: { 'my-novel/10.md': text('Ten'), 'my-novel/9.md': text('Nine') },
      typed: ['build'],
      in: 'my-novel',
      book: 'my-novel',
      told: /octavo init \./,
    },
  ],
  [
    'with a folder of Markdown that is to be a book',
    {
      files: { 'n/10.md': text('Ten'), 'n/9.md': text('Nine') },
      typed: ['init n', 'build n'],
      book: 'n',
      told: /missing-date/,
    },
  ],
  [
    'with an mdBook',
    {
      files: {
        'book.toml': '[book]\ntitle = "A Tool"\n',
        'src/SUMMARY.md': '# Summary\n\n- [One](one.md)\n',
        'src/one.md': text('One'),
      },
      typed: ['build'],
      book: 'a-tool',
    },
  ],
  [
    'with a Quarto book',
    {
      files: { '_quarto.yml': 'book:\n  title: A Study\n  chapters: [one.qmd]\n', 'one.qmd': text('One') },
      typed: ['build'],
      book: 'a-study',
    },
  ],
  [
    'with a Leanpub book',
    {
      files: { 'lean/manuscript/Book.txt': 'one.md\n', 'lean/manuscript/one.md': text('One') },
      typed: ['build lean'],
      book: 'lean',
      told: /octavo init lean/,
    },
  ],
]

test.each(WAYS)('%s there is a book', (_, { files, typed, in: folder = '', input, book, told }) => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), content)
  }
  const here = join(home, folder)
  let last = { status: null as number | null, said: '' }
  for (const words of typed) {
    last = octavo(words, here, input)
    expect(last).toMatchObject({ status: 0 })
  }
  expect(readdirSync(join(here, 'out')).sort()).toEqual([`${book}.epub`, `${book}.pdf`])
  if (told === undefined) expect(last.said).not.toMatch(/warning|error/)
  else expect(last.said).toMatch(told)
})

test.each<[string, Record<string, string>, string, number, RegExp]>([
  ['nothing is here', {}, 'build', 2, /no book here.*\n {2}hint: .*paper\.md.*octavo init DIR/],
  ['the folder is not there', {}, 'build nowhere', 2, /no folder `nowhere`\n {2}hint: .*octavo init DIR/],
  ['the file is not there', {}, 'build paper.md', 2, /no file `paper\.md`\n {2}hint: /],
  [
    'it is a word processor’s',
    { 'novel.docx': 'x' },
    'build novel.docx',
    2,
    /hint: .*pandoc "novel\.docx" -t markdown -o "novel\.md"/,
  ],
  ['a folder holds a word processor’s', { 'novel.docx': 'x' }, 'build .', 1, /no-text.*\n {2}hint: .*pandoc/],
  [
    'the folder to begin in has a book',
    { 'book.yaml': MANIFEST },
    'init',
    2,
    /`book\.yaml` in `\.` already\n {2}hint: /,
  ],
])('where %s, one sentence helps', (_, files, words, status, said) => {
  for (const [path, content] of Object.entries(files)) writeFileSync(join(home, path), content)
  expect(octavo(words)).toEqual({ status, said: expect.stringMatching(said) })
  expect(existsSync(join(home, 'out'))).toBe(false)
})
