// Books with numbers: how they are said, where they stand in both files, and that the contents go as deep as asked.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../src/build.js'
import type { Block, Book } from '../src/model/book.js'
import { type Numbering, numberIn } from '../src/model/numbers.js'
import { numberBook } from '../src/read/index.js'
import { openEpub } from './finished/epub.js'
import { openPdf, textOf } from './finished/pdf.js'
import { expectSame, wordsOfEpub, wordsOfPdf } from './finished/streams.js'
import { readFolder } from './read/folder.js'

describe('numbers', () => {
  it.each([
    ['en', 21, 'Twenty-One'],
    ['en', 80, 'Eighty'],
    ['en', 100, '100'],
    ['fr', 21, 'vingt et un'],
    ['fr', 70, '70'],
    ['de', 21, 'einundzwanzig'],
    ['es', 26, 'veintiséis'],
    ['es', 31, 'treinta y uno'],
    ['it', 23, 'ventitré'],
    ['it', 28, 'ventotto'],
    ['pt', 22, 'vinte e dois'],
    ['nl', 32, 'tweeëndertig'],
    ['pl', 22, 'dwudziesty drugi'],
    ['ru', 21, 'двадцать первая'],
    ['el', 13, 'δέκατο τρίτο'],
    ['el', 21, 'εικοστό πρώτο'],
    ['eo', 2, 'Two'],
  ])('are words in %s: %i', (language, n, wanted) => {
    expect(numberIn('words', n, language)).toBe(wanted)
  })

  it('are roman and arabic, and agree with a Polish part', () => {
    expect(numberIn('roman', 1949, 'en')).toBe('MCMXLIX')
    expect(numberIn('arabic', 7, 'ru')).toBe('7')
    expect([1, 2, 3].map((n) => numberIn('words', n, 'pl', true))).toEqual(['pierwsza', 'druga', 'trzecia'])
  })
})

const FILES = {
  'preface.md': '# Preface\n\nText.\n',
  'one.md': '# The *Boat*\n\nText.\n\n## Rope\n\nText.\n\n### Knots\n\nText.\n\n## Sail\n\nText.\n',
  'two.md': 'Text of a chapter without a title.\n',
  'three.md': '---\nnumber: false\n---\n# Unnumbered\n\nText.\n',
  'four.md': '# Home\n\nText.\n',
}
const yaml = (more: string) =>
  `title: T\nlanguage: en\ndate: 2026-01-01\nfront: [preface.md]\nbody: [part: Out, one.md, two.md, three.md, part: Back, four.md]\n${more}\n`
const HOUSE = { parts: 'words', chapters: 'words', sections: 'arabic', named: true } as const

async function numbered(more: string): Promise<{ book: Book; numbering: Numbering | undefined; said: string[] }> {
  const { manuscript, said } = await readFolder({ 'book.yaml': yaml(more), ...FILES })
  const { book, numbering } = manuscript!
  numberBook(book, numbering, HOUSE)
  return { book, numbering, said: said.map((one) => one.code) }
}

const titles = (book: Book) => book.sections.filter((one) => !one.generated).map((one) => one.title)

describe('numbering', () => {
  it('says nothing where nobody asks', async () => {
    const { book, said } = await numbered('numbering: false')
    expect(titles(book)).toEqual(['Preface', 'Out', 'The Boat', '', 'Unnumbered', 'Back', 'Home'])
    expect(said).toEqual(['untitled-chapter'])
  })

  it('counts parts and chapters of the body in the theme’s manner, and names what has no title', async () => {
    const { book, said } = await numbered('numbering: true')
    expect(said).toEqual([])
    expect(titles(book)).toEqual([
      ...['Preface', 'Part One. Out', 'Chapter One. The Boat', 'Chapter Two', 'Unnumbered'],
      ...['Part Two. Back', 'Chapter Three. Home'],
    ])
    const heads = book.sections.flatMap((one) => one.blocks.slice(0, 1)).filter((one) => one.kind === 'heading')
    expect(heads.map((one) => one.prose.text)).toContain('Chapter One\nThe Boat')
    const boat = book.sections.find((one) => one.id === 'one')!
    expect(boat.short).toBe('The Boat')
  })

  it('takes each kind in its own manner', async () => {
    const { book } = await numbered('numbering: {parts: roman, chapters: arabic, sections: true}\ncontents-depth: 3')
    const contents = book.sections.find((one) => one.role === 'contents')!.blocks[1] as Extract<
      Block,
      { kind: 'contents' }
    >
    expect(contents.entries.map(({ depth, prose }) => `${depth} ${prose.text.replace('\u2002', '_')}`)).toEqual([
      ...['1 Preface', '1 Part I. Out', '2 Chapter 1. The Boat', '3 1.1_Rope', '4 Knots', '3 1.2_Sail', '2 Chapter 2'],
      ...['2 Unnumbered', '1 Part II. Back', '2 Chapter 3. Home', '1 Colophon'],
    ])
  })

  it.each([
    ['numbering: greek', 'wrong-type'],
    ['numbering: {chapters: seven}', 'wrong-type'],
    ['numbering: {chapter: words}', 'unknown-key'],
    ['contents-depth: 9', 'wrong-type'],
  ])('is refused: %s', async (more, code) => {
    expect((await numbered(more)).said).toContain(code)
  })
})

describe('a numbered book', () => {
  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'octavo-numbering-'))
    const more =
      'numbering: {parts: true, chapters: true, sections: arabic}\ncontents-depth: 2\nisbn: {epub: 978-0-306-40615-7, pdf: 0-306-40615-2}\ndoi: 10.1000/182'
    for (const [name, text] of Object.entries({ 'book.yaml': yaml(more), ...FILES }))
      await writeFile(join(dir, name), text)
  })
  afterAll(() => rm(dir, { recursive: true }))

  it('has the same words in both files, numbers and deep contents too, and each file its own ISBN', async () => {
    const { files, diagnostics } = await build({ book: dir, out: join(dir, 'out'), editions: ['epub', 'pdf'] })
    expect(diagnostics).toEqual([])
    const [bytes, pages] = await Promise.all(files.map(({ path }) => readFile(path)))
    const [epub, pdf] = [openEpub(bytes!), await openPdf(pages!)]
    const [one, other] = [wordsOfEpub(epub), wordsOfPdf(pdf)]
    expectSame(other.text, one.text)
    const text = textOf(pdf.root).replace(/\s+/g, ' ')
    expect(text).toContain('Chapter One The Boat')
    expect(text).toContain('1.1 Rope')
    expect(text).toContain('ISBN 978-0-306-40615-7 (EPUB)')
    const opf = [...epub.files.entries()].find(([name]) => name.endsWith('.opf'))![1].toString()
    expect(opf).toContain('>urn:isbn:9780306406157</dc:identifier>')
    expect(opf).toContain('>https://doi.org/10.1000/182</dc:identifier>')
    expect(pages!.toString('latin1')).toContain('<dc:identifier>urn:isbn:0306406152</dc:identifier>')
  })

  it('has bookmarks as deep as its contents, with a page of contents and without', async () => {
    for (const [more, deepest] of [
      ['contents-depth: 1', []],
      ['contents-depth: 2', ['Rope', 'Sail']],
      ['contents-depth: 3\ngenerate: false', ['Rope Knots', 'Sail']],
    ] as const) {
      const source = { ...FILES, 'book.yaml': `${yaml(more)}ignore: [untitled-chapter]\n` }
      const { files, diagnostics } = await build({ source, out: false, editions: ['pdf'] })
      expect(diagnostics).toEqual([])
      const pdf = await getDocumentProxy(new Uint8Array(files[0]!.bytes!))
      type Mark = NonNullable<Awaited<ReturnType<typeof pdf.getOutline>>>[number]
      const said = (marks: Mark[]): string[] =>
        marks.map(({ title, items }) => [title, ...said(items as Mark[])].join(' '))
      const out = (await pdf.getOutline())!.find(({ title }) => title === 'Out')!
      const boat = out.items.find(({ title }) => title === 'The Boat')! as Mark
      expect(said(boat.items as Mark[])).toEqual(deepest)
      for (const { dest } of boat.items as Mark[]) expect((dest as unknown[])[0]).toBeDefined()
    }
  })
})
