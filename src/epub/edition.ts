// In: a book, its look, and where its printed pages begin. Out: what all files of the EPUB share, and each document as it is asked for.
import type { Report } from '../diagnostic.js'
import type { Book, Image, Section } from '../model/book.js'
import { direction } from '../model/languages.js'
import type { PageStart } from '../model/pages.js'
import type { Face, Theme } from '../theme/theme.js'
import { checkLetters } from './account.js'
import type { BlockDesk } from './blocks.js'
import { styleSheet } from './css.js'
import { writeCoverPage, writeDocument } from './document.js'
import { type EmbeddedFont, embedFonts } from './fonts.js'
import { type Outline, outlineOf } from './headings.js'
import { type Names, nameFiles } from './names.js'
import { nightSheet } from './night.js'
import { byAnchor, collectMarks, type PageMark } from './pagemarks.js'
import { type Survey, surveyBook } from './survey.js'

export interface EpubOptions {
  /** In the order of the pages; none: the EPUB has no page list. */
  starts?: readonly PageStart[] | undefined
  cover: Cover
  /** How the documents are to be otherwise than in an EPUB for all; undefined: as they are. */
  manner?: Manner | undefined
}

/** What one maker of reading systems wants, where all others take it as we write it. */
export interface Manner {
  /** A finished document. */
  document(xhtml: string): string
  /** The selector of what holds the section in a body of a role. */
  holder(role: string): string
}

export interface Cover {
  bytes: Uint8Array
  type: Image['type']
  /** '#rrggbb', for what it leaves of a screen of another shape; the theme's ground of covers if absent. */
  ground?: string | undefined
  /** What can be read on it; title and authors if absent. */
  alt?: string | undefined
}

export const XHTML = 'application/xhtml+xml'

export const MEDIA_TYPES: Record<Image['type'], string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
}

export interface WrittenDocument {
  /** Below the package document: 'text/chapter-1.xhtml'. */
  path: string
  content: string
}

export interface Edition {
  survey: Survey
  names: Names
  outline: Outline
  /** Each has its place once its section is written. */
  pages: PageMark[]
  nightStyles: string | undefined
  coverPage: WrittenDocument
  /** Those that stand in a section's text. */
  marksIn(section: Section): readonly PageMark[]
  /** A section's documents. What they lack of its letters is reported. */
  write(section: Section): WrittenDocument[]
  embed(): Promise<EmbeddedFont[]>
  style(fonts: readonly EmbeddedFont[]): string
}

export function prepareEpub(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  { starts = [], cover, manner }: Omit<EpubOptions, 'cover'> & { cover: Omit<Cover, 'bytes'> },
  report: Report,
): Edition {
  const { metadata } = book
  const finish = (xhtml: string) => manner?.document(xhtml) ?? xhtml
  const survey = surveyBook(book, theme, new Set(faces.map((face) => face.key)))
  const names = nameFiles(book, cover.type, survey)
  const outline = outlineOf(book)
  const taken = new Set([...book.targets.keys(), ...outline.ids.values(), ...names.notes.keys()])
  const pages = collectMarks(starts, taken)
  const nightStyles = nightSheet(
    theme,
    [...names.images.keys()].some((path) => book.images.get(path)!.type !== 'jpeg'),
    survey.uses.values(),
  )
  const alt =
    cover.alt ??
    [metadata.title, metadata.subtitle, metadata.authors.map((author) => author.name).join(', ')]
      .filter(Boolean)
      .join('. ')
  const marksIn = marksBySection(book, pages)
  return {
    survey,
    names,
    outline,
    pages,
    nightStyles,
    coverPage: {
      path: `text/${names.coverPage}`,
      content: finish(writeCoverPage(metadata, names, alt, cover.ground ?? theme.cover.ground)),
    },
    marksIn,
    write(section) {
      const desk: BlockDesk = {
        book,
        names,
        file: names.sections.get(section.id)!,
        theme,
        marks: byAnchor(marksIn(section)),
        z3998: false,
        se: false,
        references: new Map(),
        beyond: 0,
        section,
        outline,
        tables: 0,
      }
      const written = names.documents.get(section.id)!.map((share) => {
        const content = finish(writeDocument(section, share, desk, nightStyles !== undefined))
        return { path: `text/${share.file}`, content }
      })
      const contents = written.map(({ content }) => content)
      checkLetters(section, contents, desk, report)
      return written
    },
    embed: () => embedFonts(survey, theme, faces),
    style: (fonts) => styleSheet(theme, fonts, survey, direction(metadata.language) === 'rtl', manner?.holder),
  }
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
