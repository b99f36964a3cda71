// A book that is built again after a change is the book that is built anew, to the byte; what did not change is not set again.
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { build, createBuilder } from '../../src/build.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { createLayoutMemory, typeset } from '../../src/layout/index.js'
import type { Page } from '../../src/layout/typeset.js'
import { createPaintMemory, writePdf } from '../../src/pdf/index.js'
import { readBook } from '../../src/read/index.js'
import { loadTheme } from '../../src/theme/index.js'
import { prose, writeBook } from './book.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'octavo-again-'))
  writeBook(dir, 40)
})
afterEach(() => rmSync(dir, { recursive: true }))

async function read() {
  const manuscript = await readBook(dir, () => undefined)
  const look = await loadTheme(manuscript!.theme, dir, () => undefined)
  return { book: manuscript!.book, look: look! }
}

async function make(memories: {
  memory?: ReturnType<typeof createLayoutMemory>
  painted?: ReturnType<typeof createPaintMemory>
}) {
  const { book, look } = await read()
  const found: Diagnostic[] = []
  const pages = await typeset(book, look.theme, look.faces, { memory: memories.memory }, (each) => found.push(each))
  const report = (each: Diagnostic) => void found.push(each)
  const { bytes } = await writePdf(pages, book.metadata, { name: 'pdf' }, report, { memory: memories.painted })
  return { pages, found, bytes: Buffer.from(bytes).toString('latin1'), book }
}

const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(join(dir, file), change(readFileSync(join(dir, file), 'utf8')))

/** One after the other, upon the same book. */
const CHANGES: [what: string, change: () => void][] = [
  ['nothing', () => undefined],
  ['a word', () => edit('c2.md', (text) => text.replace('fox', 'vixen'))],
  ['a paragraph', () => appendFileSync(join(dir, 'c1.md'), `\n\n${prose(5, 50)}\n`)],
  ['a page', () => appendFileSync(join(dir, 'c1.md'), `\n\n${prose(6, 400)}\n\n${prose(7, 90)}\n`)],
  ['a note', () => appendFileSync(join(dir, 'c3.md'), `\n\nA word.[^new]\n\n[^new]: ${prose(8, 60)}\n`)],
  ['a letter that was in no other chapter', () => appendFileSync(join(dir, 'c2.md'), '\n\nŒuvre, Ŋ, ﬀ, ‡\n')],
  ['an image', () => edit('c4.md', (text) => text.replace('images/sink.svg', 'images/drop.png'))],
  ['a title', () => edit('c3.md', (text) => text.replace('# Chapter 3 ', '# A Third Chapter '))],
  ['the order', () => edit('book.yaml', (text) => text.replace('  - c1.md\n  - c2.md', '  - c2.md\n  - c1.md'))],
  ['a chapter less', () => edit('book.yaml', (text) => text.replace('  - c5.md\n', ''))],
  ['the language', () => edit('book.yaml', (text) => text.replace('language: en', 'language: de'))],
  [
    'a look of its own',
    () => {
      writeFileSync(join(dir, 'look.yaml'), 'extends: house\npage:\n  size: 12 pt\n')
      edit('book.yaml', (text) => `theme: look.yaml\n${text}`)
    },
  ],
  ['a page number in the text', () => edit('c2.md', (text) => `${text}\n\n[](#chapter-1){.page}\n`)],
  ['a page before it', () => edit('c1.md', (text) => `${text}\n\n${prose(9, 500)}\n\n${prose(10, 500)}\n`)],
  ['a line that cannot be set well', () => edit('c1.md', (text) => `${text}\n\n${'m'.repeat(200)}\n`)],
  ['a paragraph after that', () => appendFileSync(join(dir, 'c2.md'), `\n\n${prose(5, 50)}\n`)],
]

describe('a book that is built again', () => {
  test('is the book that is built anew, whatever was changed', async () => {
    const memories = { memory: createLayoutMemory(), painted: createPaintMemory() }
    for (const [what, change] of CHANGES) {
      change()
      const again = await make(memories)
      const anew = await make({})
      expect(again.pages.starts, what).toEqual(anew.pages.starts)
      expect(again.pages.tags, what).toEqual(anew.pages.tags)
      expect(again.found, what).toEqual(anew.found)
      expect(again.bytes === anew.bytes, what).toBe(true)
    }
  })

  test('has its pages from before where nothing changed', async () => {
    const memory = createLayoutMemory()
    const pagesOf = ({ pages, book }: Awaited<ReturnType<typeof make>>, id: string): Page[] => {
      const title = book.sections.find((section) => section.id === id)!.title
      const at = pages.outline.flatMap((each) => [each, ...each.children])
      const here = at.findIndex((each) => each.title === title)
      return pages.pages.slice(at[here]!.page, at[here + 1]?.page).filter((page) => !page.blank)
    }
    const before = await make({ memory })
    appendFileSync(join(dir, 'c3.md'), '\n\nOne more.\n')
    const after = await make({ memory })
    for (const id of ['c1', 'c2', 'c4'])
      for (const [i, page] of pagesOf(after, id).entries()) expect(page.ink).toBe(pagesOf(before, id)[i]!.ink)
    expect(pagesOf(after, 'c1')[0]!.items).toBe(pagesOf(before, 'c1')[0]!.items)
    expect(pagesOf(after, 'c3')[0]!.ink).not.toBe(pagesOf(before, 'c3')[0]!.ink)
  })
})

test('the pages of a build stay as they are while the next are made', async () => {
  const memory = createLayoutMemory()
  const { pages } = await make({ memory })
  // Whoever changes anything of it now, throws.
  const { fonts, ...finished } = pages
  expect(fonts.length).toBeGreaterThan(3)
  freeze(finished)
  expect(Object.isFrozen(pages.pages[0]!.items[0])).toBe(true)
  appendFileSync(join(dir, 'c1.md'), `\n\n${prose(6, 400)}\n\nA word.[^new]\n\n[^new]: ${prose(8, 60)}\n`)
  edit('c3.md', (text) => text.replace('# Chapter 3 ', '# A Third Chapter '))
  const next = await make({ memory })
  expect(next.pages.tags.length).toBeGreaterThan(pages.tags.length)
})

function freeze(what: unknown): void {
  if (typeof what !== 'object' || what === null || ArrayBuffer.isView(what) || Object.isFrozen(what)) return
  Object.freeze(what)
  for (const each of Object.values(what)) freeze(each)
}

test('a builder makes the files that a build makes, time after time, also when they are asked for at once', async () => {
  const files = (out: string) =>
    ['takes.epub', 'takes.pdf'].map((name) => readFileSync(join(dir, out, name)).toString('latin1'))
  const builder = createBuilder()
  const [first, second] = await Promise.all([
    builder.build({ book: dir, out: join(dir, 'one') }),
    builder.build({ book: dir, out: join(dir, 'two') }),
  ])
  expect([first.ok, second.ok]).toEqual([true, true])
  expect(files('one').every((bytes, i) => bytes === files('two')[i])).toBe(true)
  // A fault is told, and the book is built again once it is mended.
  renameSync(join(dir, 'c4.md'), join(dir, 'away.md'))
  const broken = await builder.build({ book: dir, out: join(dir, 'two') })
  const codes = new Set(broken.diagnostics.map((each) => each.code))
  expect([broken.ok, codes.has('missing-file')]).toEqual([false, true])
  renameSync(join(dir, 'away.md'), join(dir, 'c4.md'))
  appendFileSync(join(dir, 'c4.md'), '\n\nAnd this.\n')
  expect((await builder.build({ book: dir, out: join(dir, 'two') })).ok).toBe(true)
  expect((await build({ book: dir, out: join(dir, 'one') })).ok).toBe(true)
  expect(files('one').every((bytes, i) => bytes === files('two')[i])).toBe(true)
})
