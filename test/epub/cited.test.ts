// The EPUB's pages are the PDF's: both finished files are read, and the text between two page marks of the one is the text
// of that page of the other, to the letter.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { type Element, type Epub, isElement, type Node, openEpub, type Tree } from '../finished/epub.js'
import { isPiece, openPdf, type Pdf, type Tagged, textOf } from '../finished/pdf.js'

let out: string
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'octavo-cited-'))
})
afterAll(() => rm(out, { recursive: true }))

interface Page {
  label: string
  text: string
  /** The mark stands before a link: a page that begins within one has its mark there. */
  beforeLink?: boolean
}

const letters = (text: string) => (text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]/gu) ?? []).join('')
const role = (element: Element) => element.attribs['role'] ?? ''

/** What stands elsewhere on paper, or is said there otherwise: notes and their numbers, captions of figures that moved, the contents' entries. */
const isElsewhere = (element: Element) =>
  /^doc-(footnote|noteref|backlink)$/.test(role(element)) ||
  /^(fig)?caption$/.test(element.name) ||
  (element.name === 'ol' && element.attribs['class'] === 'contents')

const nextName = (element: Element) => {
  const next = element.next as Node | null
  return next && isElement(next) ? next.name : ''
}

/** The running text of the EPUB, from mark to mark. */
function pagesOfEpub({ chapters }: Epub): Page[] {
  const pages: Page[] = [{ label: '', text: '' }]
  const walk = (node: Node | Tree, silent: boolean) => {
    if (node.type === 'text' && !silent) pages.at(-1)!.text += (node as unknown as { data: string }).data
    if (!('children' in node)) return
    const element = isElement(node) ? node : undefined
    if (element && role(element) === 'doc-pagebreak')
      pages.push({ label: element.attribs['aria-label']!, text: '', beforeLink: nextName(element) === 'a' })
    for (const child of node.children) walk(child, silent || (element !== undefined && isElsewhere(element)))
  }
  for (const { body } of chapters) walk(body, false)
  return pages.map((page) => ({ ...page, text: letters(page.text) }))
}

/** Bullets and numbers are labels; so is a term that is defined, which is the author's. */
const isOfPaper = (element: Tagged): boolean =>
  /^(Note|TOC|Reference|Caption)$/.test(element.role) || (element.role === 'Lbl' && !/\p{L}{2}/u.test(textOf(element)))

/** What a cross-reference prints on paper alone. */
const PAGE_REFERENCE = /\s*\(p\.\s*\w+\)/g

/** The running text of the PDF, page by page. */
function pagesOfPdf({ root, labels, pages }: Pdf): Page[] {
  const texts = new Array<string>(pages).fill('')
  const walk = (of: Tagged) => {
    for (const child of of.children) {
      if (isPiece(child)) texts[child.page] += child.text
      else if (!isOfPaper(child)) walk(child)
    }
  }
  walk(root)
  return texts.map((text, i) => ({ label: labels[i] ?? '', text: letters(text.replace(PAGE_REFERENCE, '')) }))
}

describe.each(['book', 'test/kitchen-sink'].filter((book) => existsSync(book)))('%s', (book) => {
  let epub: Page[]
  let pdf: Page[]
  let nav: string
  beforeAll(async () => {
    const { files, diagnostics } = await build({ book, out, editions: ['epub', 'pdf'] })
    expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([])
    const bytesOf = (edition: string) => readFile(files.find((file) => file.edition === edition)!.path)
    const opened = openEpub(await bytesOf('epub'))
    nav = new TextDecoder().decode(opened.files.get('EPUB/nav.xhtml'))
    epub = pagesOfEpub(opened)
    pdf = pagesOfPdf(await openPdf(await bytesOf('pdf')))
  })

  test('begins with a page, and passes over none that has text', () => {
    const [before, ...marked] = epub
    expect(before!.text).toBe('')
    const labels = marked.map((page) => page.label)
    expect(labels.length).toBeGreaterThan(5)
    // The cover is no page of the book; blank pages have no mark.
    const shown = pdf.filter((page) => page.text !== '' && page.label !== pdf[0]!.label)
    expect(shown.map((page) => page.label).filter((label) => !labels.includes(label))).toEqual([])
    const listed = [...nav.slice(nav.indexOf('epub:type="page-list"')).matchAll(/<li><a [^>]*>([^<]*)</g)].map(
      (each) => each[1],
    )
    expect(listed).toEqual(labels)
  })

  test('has on every page what the paper has', () => {
    const paper = new Map(pdf.map((page) => [page.label, page.text]))
    let carried = '' // what a mark before a link has taken from the page before it
    const marked = epub.slice(1)
    marked.forEach(({ label, text }, i) => {
      const own = text.startsWith(carried) ? text.slice(carried.length) : text
      const wanted = paper.get(label) ?? ''
      carried = marked[i + 1]?.beforeLink && wanted.startsWith(own) ? wanted.slice(own.length) : ''
      expect({ label, text: own + carried }).toEqual({ label, text: wanted })
    })
  })
})
