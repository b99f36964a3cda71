// In: a finished EPUB or PDF. Out: its words in reading order, so that the two can be compared: the running text, the notes, the captions.
import { selectAll } from 'css-select'
import { expect } from 'vitest'
import { type Element, type Epub, textOf as epubText, wordsOf } from './epub.js'
import { elementsOf, type Pdf, textOf as pdfText, type Tagged } from './pdf.js'

const has = (element: Element, name: string, value: string) => (element.attribs[name] ?? '').split(' ').includes(value)
const isNote = (element: Element) => element.name === 'aside' && has(element, 'role', 'doc-footnote')
/** What the PDF's pages show too, but where and how is theirs: the contents' entries, and the numbers of notes. */
const isFurniture = (element: Element) =>
  (element.name === 'ol' && has(element, 'class', 'contents')) ||
  has(element, 'role', 'doc-noteref') ||
  has(element, 'role', 'doc-backlink')

/** The running text; and what need not stand where it stands in the other: notes are at the foot of their page, figures may wait for room. */
export interface Streams {
  text: string[]
  notes: string[]
  /** Each as one, sorted. */
  captions: string[]
}

const isCaption = (element: Element) => /^(fig)?caption$/.test(element.name)

export function wordsOfEpub({ chapters }: Epub): Streams {
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

export function wordsOfPdf({ root }: Pdf): Streams {
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
export function expectSame(one: readonly string[], other: readonly string[]) {
  const at = one.findIndex((word, i) => word !== other[i])
  const part = (words: readonly string[]) => (at < 0 ? [] : words.slice(Math.max(0, at - 5), at + 8))
  expect(part(one)).toEqual(part(other))
  expect(one.length).toBe(other.length)
}
