// In: a book, its look, and where its printed pages begin. Out: what all files of the EPUB share, and each document as it is asked for.
import type { Report } from '../diagnostic.js'
import type { Book, Image, Metadata, Section } from '../model/book.js'
import { direction } from '../model/languages.js'
import type { PageStart } from '../model/pages.js'
import type { Face, Theme } from '../theme/theme.js'
import { checkLetters } from './account.js'
import { styleSheet } from './css.js'
import { writeCoverPage, writeDocument } from './document.js'
import { type EmbeddedFont, embedFonts } from './fonts.js'
import type { Outline } from './headings.js'
import type { SurveyMemory } from './kept-survey.js'
import type { Names } from './names.js'
import { nightSheet } from './night.js'
import type { PageMark } from './pagemarks.js'
import { prepare } from './prepare.js'
import type { Survey } from './survey.js'

export interface EpubOptions {
  /** In the order of the pages; none: the EPUB has no page list. */
  starts?: readonly PageStart[] | undefined
  cover: Cover
  /** Is it to be asked whether Kindle takes it? */
  kindle?: boolean | undefined
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

/** What can be read on a cover, if nobody says. */
export function coverAlt({ title, subtitle, authors }: Metadata): string {
  return [title, subtitle, authors.map((author) => author.name).join(', ')].filter(Boolean).join('. ')
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
  memory?: SurveyMemory,
): Edition {
  const { metadata } = book
  const finish = (xhtml: string) => manner?.document(xhtml) ?? xhtml
  const prepared = prepare(book, theme, faces, cover.type, starts, undefined, memory)
  const { survey, names, outline, pages, marksIn } = prepared
  const nightStyles = nightSheet(theme, prepared.transparent, survey.uses.values())
  const alt = cover.alt ?? coverAlt(metadata)
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
      const desk = prepared.deskOf(section)
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
