// Nothing is lost and nothing is added: the words of the source are the words of the EPUB and of the PDF, in their order.
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { selectAll } from 'css-select'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../src/build.js'
import { type Element, type Epub, textOf as epubText, openEpub, wordsOf } from './finished/epub.js'
import { elementsOf, openPdf, type Pdf, textOf as pdfText, type Tagged } from './finished/pdf.js'

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

const has = (element: Element, name: string, value: string) => (element.attribs[name] ?? '').split(' ').includes(value)
const isNote = (element: Element) => element.name === 'aside' && has(element, 'role', 'doc-footnote')
/** What the PDF's pages show too, but where and how is theirs: the contents' entries, and the numbers of notes. */
const isFurniture = (element: Element) =>
  (element.name === 'ol' && has(element, 'class', 'contents')) ||
  has(element, 'role', 'doc-noteref') ||
  has(element, 'role', 'doc-backlink')

/** The running text; and what need not stand where it stands in the other: notes are at the foot of their page, figures may wait for room. */
interface Streams {
  text: string[]
  notes: string[]
  /** Each as one, sorted. */
  captions: string[]
}

const isCaption = (element: Element) => /^(fig)?caption$/.test(element.name)

function wordsOfEpub({ chapters }: Epub): Streams {
  const text = chapters.map(({ body }) =>
    epubText(body, (each) => isNote(each) || isCaption(each) || isFurniture(each)),
  )
  const all = (selector: string) => chapters.flatMap(({ body }) => selectAll(selector, [body]) as Element[])
  const notes = all('aside').filter(isNote)
  const words = (elements: Element[]) => wordsOf(elements.map((each) => epubText(each, isFurniture)).join(' '))
  const captions = all('figcaption, caption').map((each) => words([each]).join(' '))
  return { text: wordsOf(text.join(' ')), notes: words(notes), captions: captions.sort() }
}

/** A list's bullets and numbers and a note's number are labels; so is a term that is defined, which is the author's. */
const isMarker = (element: Tagged) => element.role === 'Lbl' && !/\p{L}{2}/u.test(pdfText(element))

/** What a cross-reference prints on paper alone. */
const PAGE_REFERENCE = /\s*\(p\.\s*\w+\)/g

function wordsOfPdf({ root }: Pdf): Streams {
  const all = (role: string) => elementsOf(root, new Set([role])).map((each) => wordsOf(pdfText(each, isMarker)))
  const text = pdfText(root, (each) => /^(Note|TOC|Reference|Caption)$/.test(each.role) || isMarker(each))
  return {
    text: wordsOf(text.replace(PAGE_REFERENCE, '')),
    notes: all('Note').flat(),
    captions: all('Caption')
      .map((words) => words.join(' '))
      .sort(),
  }
}

/** Where two lists part: a few words before and after, which reads better than a diff of thousands. */
function expectSame(one: readonly string[], other: readonly string[]) {
  const at = one.findIndex((word, i) => word !== other[i])
  const part = (words: readonly string[]) => (at < 0 ? [] : words.slice(Math.max(0, at - 5), at + 8))
  expect(part(one)).toEqual(part(other))
  expect(one.length).toBe(other.length)
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
  test('has the source’s words in both files, notes included', { timeout: 900_000 }, async () => {
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
