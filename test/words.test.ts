// Nothing is lost and nothing is added: the words of the source are the words of the EPUB and of the PDF, in their order.
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../src/build.js'
import { type Epub, textOf as epubText, openEpub, wordsOf } from './finished/epub.js'
import { openPdf, type Pdf, textOf as pdfText } from './finished/pdf.js'
import { expectSame, wordsOfEpub, wordsOfPdf } from './finished/streams.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const KITCHEN_SINK = join(ROOT, 'test/kitchen-sink')
const LONG = process.env['OCTAVO_LONG_BOOK'] ?? ''

let out: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'octavo-words-'))
})
afterAll(() => rm(out, { recursive: true }))

interface Finished {
  epub: Epub
  pdf: Pdf
}

async function finish(book: string): Promise<Finished> {
  const { files, diagnostics } = await build({ book, out, editions: ['epub', 'pdf'] })
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([])
  const [epub, pdf] = await Promise.all(files.map(({ path }) => readFile(path)))
  return { epub: openEpub(epub!), pdf: await openPdf(pdf!) }
}

describe('the article', () => {
  let finished: Finished
  beforeAll(async () => {
    finished = await finish(join(ROOT, 'book'))
  })

  test('has the source’s words in the EPUB, to the letter', () => {
    const source = readFileSync(join(ROOT, 'book/victims.md'), 'utf8').replace(/^(# |> )/gm, '')
    const chapter = finished.epub.chapters.find(({ path }) => path.endsWith('/victims.xhtml'))!
    // With all marks of punctuation, not only as words.
    expect(epubText(chapter.body).trim().split(/\s+/)).toEqual(source.trim().split(/\s+/))
  })

  test('has the source’s words in the PDF, to the letter', () => {
    const source = readFileSync(join(ROOT, 'book/victims.md'), 'utf8').replace(/^(# |> )/gm, '')
    expect(pdfText(finished.pdf.root).replace(/\s+/g, ' ')).toContain(source.trim().replace(/\s+/g, ' '))
  })

  test('has the same words in both files, front and back matter included', () => {
    const [epub, pdf] = [wordsOfEpub(finished.epub), wordsOfPdf(finished.pdf)]
    expect(epub.text.length).toBeGreaterThan(700)
    expectSame(pdf.text, epub.text)
    expectSame(pdf.notes, epub.notes)
  })
})

describe.runIf(existsSync(KITCHEN_SINK))('the kitchen-sink book', () => {
  test('has the same words in both files', async () => {
    const finished = await finish(KITCHEN_SINK)
    const [epub, pdf] = [wordsOfEpub(finished.epub), wordsOfPdf(finished.pdf)]
    expect(epub.notes.length).toBeGreaterThan(10)
    expect(epub.captions.length).toBeGreaterThan(4)
    expectSame(pdf.text, epub.text)
    expectSame(pdf.notes, epub.notes)
    expectSame(pdf.captions, epub.captions)
  })
})

// A long book is no part of the project: `npm run judge` names one where it finds it. Its Markdown is plain: headings, emphasis, notes.
describe.runIf(existsSync(join(LONG, 'book.yaml')))('a long book', () => {
  test('has the source’s words in both files, notes included', async () => {
    const finished = await finish(LONG)
    const [epub, pdf] = [wordsOfEpub(finished.epub), wordsOfPdf(finished.pdf)]
    expect(epub.text.length).toBeGreaterThan(100_000)
    expectSame(pdf.text, epub.text)
    expectSame(pdf.notes, epub.notes)

    const manifest = readFileSync(join(LONG, 'book.yaml'), 'utf8')
    const files = [...manifest.matchAll(/^ {2}- (\S+\.md)$/gm)].map(([, file]) =>
      readFileSync(join(LONG, file!), 'utf8'),
    )
    const note = /^\[\^[^\]]+\]: ([\s\S]*?)(?=\n\[\^|\n\n\S|\s*$(?![\s\S]))/gm
    const text = files.map((file) =>
      file
        .replace(/^---\n[\s\S]*?\n---\n/, '')
        .replace(note, '')
        .replace(/\[\^[^\]]+\]/g, ''),
    )
    const own = finished.epub.chapters.filter(
      ({ path }) => !/\/(cover|half-title|title-page|imprint|contents|colophon)\./.test(path),
    )
    expectSame(wordsOfEpub({ ...finished.epub, chapters: own }).text, wordsOf(text.join('\n').replace(/[*_\\]/g, '')))
    const notes = files.flatMap((file) => [...file.matchAll(note)].map(([, words]) => words!.replace(/[*_\\]/g, '')))
    expectSame(epub.notes, wordsOf(notes.join('\n')))
  })
})
