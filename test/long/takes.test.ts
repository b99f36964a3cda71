// A book that is set in two takes is the book that is set in one, to the byte; with threads or without.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { cutOf, noteManner, type Rest, setRest, typeset } from '../../src/layout/index.js'
import type { Book } from '../../src/model/book.js'
import { type Elsewhere, paintApart, shownBy, writePdf } from '../../src/pdf/index.js'
import { readBook } from '../../src/read/index.js'
import { type Loaded, loadTheme } from '../../src/theme/index.js'
import { writeBook } from './book.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const COMMAND = join(ROOT, 'dist/cli.js')

let dir: string
let book: Book
let look: Loaded
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'octavo-takes-'))
  writeBook(dir, 60)
  const told: Diagnostic[] = []
  const manuscript = await readBook(dir, (each) => told.push(each))
  expect(told.filter((each) => each.severity === 'error')).toEqual([])
  book = manuscript!.book
  look = (await loadTheme(manuscript!.theme, dir, () => undefined))!
})
afterAll(() => rmSync(dir, { recursive: true }))

const silent = () => undefined

/** Sets the rest here, but lets through only what a thread could send. */
async function apart(book: Book, from: number): Promise<{ rest: Rest; elsewhere: Elsewhere }> {
  const own = await setRest(
    book,
    look.theme,
    look.faces,
    { from, manner: noteManner(book, look.theme, undefined) },
    silent,
  )
  let finished: ReturnType<typeof own.finish>
  let grown = 0
  return {
    rest: {
      from,
      told: Promise.resolve(structuredClone(own.told)),
      place(labels, shift) {
        finished = own.finish(labels)
        grown = shift
      },
    },
    elsewhere: {
      count: own.told.pages.length,
      get shown() {
        return Promise.resolve(structuredClone(shownBy(finished.pages, finished.fonts)))
      },
      async paint(task) {
        const { pages, fonts, tags, height } = finished
        const painted = await paintApart(pages, fonts, tags, height, structuredClone(task))
        return { ...painted, marks: painted.marks.map((page) => page.map((tag) => (tag > 0 ? tag + grown : tag))) }
      },
    },
  }
}

async function paint(rest?: Rest, elsewhere?: Elsewhere) {
  const pages = await typeset(book, look.theme, look.faces, { rest }, silent)
  const { bytes } = await writePdf(pages, book.metadata, { name: 'pdf' }, silent, { elsewhere })
  return { pages, bytes: Buffer.from(bytes).toString('latin1') }
}

describe('two takes', () => {
  test('make the PDF that one makes, wherever the book can be cut', async () => {
    const whole = await paint()
    const parts = book.sections.flatMap((section, i) =>
      section.role === 'part' && section.title !== 'Part 1' ? i : [],
    )
    expect(parts).toHaveLength(2)
    for (const from of parts) {
      const { rest, elsewhere } = await apart(book, from)
      const cut = await paint(rest, elsewhere)
      expect(cut.pages.starts).toEqual(whole.pages.starts)
      expect(cut.pages.outline).toEqual(whole.pages.outline)
      expect(cut.pages.tags).toEqual(whole.pages.tags)
      expect(cut.bytes === whole.bytes, `cut at ${book.sections[from]!.title}`).toBe(true)
    }
  })

  test('are cut at the part nearest to the middle', () => {
    expect(book.sections[cutOf(book, look.theme)!]!.title).toBe('Part 2')
  })

  const without = (change: (copy: Book) => void) => {
    const copy = structuredClone(book)
    change(copy)
    return cutOf(copy, look.theme)
  }

  test('are not made where what follows hangs on what comes before', () => {
    // Parts in the middle of a part, chapters that open on the next page, contents after the cut, page numbers in the text.
    expect(without((copy) => copy.sections.forEach((each) => void (each.part = 'part-1')))).toBe(undefined)
    expect(without((copy) => copy.sections.forEach((each) => void (each.role = 'chapter')))).toBe(undefined)
    const contents = book.sections.findIndex((section) => section.blocks.some((block) => block.kind === 'contents'))
    expect(contents).toBeGreaterThan(-1)
    expect(without((copy) => void copy.sections.push(...copy.sections.splice(contents, 1)))).toBe(undefined)
    const refer = (copy: Book) => {
      const prose = copy.sections.flatMap((each) => each.blocks).find((block) => block.kind === 'paragraph')!.prose
      const place = { path: '', line: 1 }
      prose.spans.push({ start: 0, end: 1, kind: 'link', href: '#chapter-1', page: true, place })
    }
    expect(without(refer)).toBe(undefined)
  })
})

test('the packaged command, with its threads, makes what the sources make without', async () => {
  const long = mkdtempSync(join(tmpdir(), 'octavo-takes-'))
  try {
    writeBook(long, 420)
    const at = (name: string) => readFileSync(join(long, name)).toString('latin1')
    execFileSync(process.execPath, [COMMAND, 'build', long, '--out', join(long, 'command')])
    const { ok } = await build({ book: long, out: join(long, 'sources') })
    expect(ok).toBe(true)
    for (const file of ['takes.pdf', 'takes.epub'])
      expect(at(`command/${file}`) === at(`sources/${file}`), file).toBe(true)
  } finally {
    rmSync(long, { recursive: true })
  }
})
