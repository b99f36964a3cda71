// A book and its look go in; what every document of it is written with comes out: names and addresses, headings, page marks.
import type { Block, Book, Image, Section } from '../model/book.js'
import { direction } from '../model/languages.js'
import type { PageStart } from '../model/pages.js'
import { eachBlock } from '../model/walk.js'
import type { Face, Theme } from '../theme/theme.js'
import type { BlockDesk } from './block-markup.js'
import { type Outline, outlineOf } from './headings.js'
import { type SurveyMemory, surveyKept } from './kept-survey.js'
import { fileAt, type Names, type Naming, nameFiles, referenceId } from './names.js'
import { byAnchor, collectMarks, type PageMark } from './pagemarks.js'
import { type Survey, surveyBook } from './survey.js'

export interface Prepared {
  survey: Survey
  names: Names
  outline: Outline
  /** Those that are written have an address. */
  pages: PageMark[]
  /** Those that stand in a section's text. */
  marksIn(section: Section): readonly PageMark[]
  /** Can a picture of the text show what is behind it? */
  transparent: boolean
  deskOf(section: Section): BlockDesk
}

export function prepare(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  coverType: Image['type'],
  starts: readonly PageStart[],
  naming?: Naming,
  memory?: SurveyMemory,
): Prepared {
  const present = new Set(faces.map((face) => face.key))
  const survey = memory ? surveyKept(book, theme, present, memory) : surveyBook(book, theme, present)
  const names = nameFiles(book, coverType, survey, naming)
  const outline = outlineOf(book)
  const taken = new Set([...book.targets.keys(), ...outline.ids.values(), ...names.notes.keys()])
  const pages = collectMarks(starts, taken)
  const marksIn = marksBySection(book, pages)
  return {
    survey,
    names,
    outline,
    pages,
    marksIn,
    transparent: [...names.images.keys()].some((path) => book.images.get(path)!.type !== 'jpeg'),
    deskOf: (section) => ({
      book,
      names,
      file: names.sections.get(section.id)!,
      theme,
      marks: byAnchor(marksIn(section)),
      z3998: false,
      se: false,
      mixed: isMixed(section),
      references: section.blocks.some(({ kind }) => kind === 'notes') ? referencesIn(book, names) : new Map(),
      beyond: 0,
      section,
      outline,
      tables: 0,
    }),
  }
}

/** To every note, as the documents that call it will have them, whichever of them are written. */
function referencesIn({ sections }: Book, names: Names): Map<string, { file: string; id: string }[]> {
  const all = new Map<string, { file: string; id: string }[]>()
  for (const section of sections)
    eachBlock(
      section.blocks,
      () => undefined,
      ({ n, spans }) => {
        for (const span of spans) {
          if (span.kind !== 'note') continue
          const there = all.get(span.note) ?? []
          const file = fileAt(section.id, n, names) ?? names.sections.get(section.id)!
          all.set(span.note, [...there, { file, id: referenceId(span.note, there.length) }])
        }
      },
    )
  return all
}

/** Is any of its text written from right to left? */
function isMixed({ language, blocks, notes }: Section): boolean {
  const turns = (of: { lang?: string | undefined }) => of.lang !== undefined && direction(of.lang) === 'rtl'
  let mixed = direction(language) === 'rtl'
  const look = (some: readonly Block[]) =>
    eachBlock(
      some,
      (block) => {
        mixed ||= turns(block)
      },
      ({ spans }) => {
        mixed ||= spans.some((span) => span.kind === 'span' && turns(span))
      },
    )
  look(blocks)
  for (const note of notes) look(note.blocks)
  return mixed
}

/** Throws if a page was not written: a fault of the layout's or ours, never of the author's. */
export function expectAll(pages: readonly PageMark[]): void {
  const lost = pages.find((page) => page.href === undefined)
  if (lost) throw new Error(`page ${lost.label} begins at anchor ${lost.n}, which the book has not`)
}

/** Those that stand in a section's text: anchors run on from section to section. */
function marksBySection({ sections }: Book, pages: readonly PageMark[]): (section: Section) => PageMark[] {
  const first = ({ blocks, notes }: Section) => blocks[0]?.n ?? notes[0]?.blocks[0]?.n
  const by = new Map<string, PageMark[]>()
  const sorted = [...pages].sort((a, b) => a.n - b.n || a.offset - b.offset)
  let at = sorted.length
  for (const section of [...sections].reverse()) {
    const from = first(section)
    if (from === undefined) continue
    let begin = at
    while (begin > 0 && sorted[begin - 1]!.n >= from) begin--
    by.set(section.id, sorted.slice(begin, at))
    at = begin
  }
  return (section) => by.get(section.id) ?? []
}
