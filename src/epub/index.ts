// The door of the EPUB: a book, its look, its faces and where its printed pages begin go in; a finished EPUB 3.3 comes out.

import type { Report } from '../diagnostic.js'
import type { Book, Image } from '../model/book.js'
import { direction } from '../model/languages.js'
import type { PageStart } from '../model/pages.js'
import type { Face, Theme } from '../theme/theme.js'
import { type Accessibility, describeAccessibility } from './accessibility.js'
import { checkLetters } from './account.js'
import type { BlockDesk } from './blocks.js'
import { styleSheet } from './css.js'
import { writeCoverPage, writeDocument } from './document.js'
import { embedFonts } from './fonts.js'
import { outlineOf } from './headings.js'
import { NAVIGATION, NCX, NIGHT_STYLESHEET, nameFiles, STYLESHEET } from './names.js'
import { hasContents, waysThrough, writeGuide, writeNav, writeNcx } from './nav.js'
import { nightSheet } from './night.js'
import { type Item, writePackage } from './package.js'
import { byAnchor, collectMarks } from './pagemarks.js'
import { surveyBook } from './survey.js'

export type { Accessibility } from './accessibility.js'

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

const MEDIA_TYPES: Record<Image['type'], string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
}

/** Throws if a page start names an anchor that the book has not: a fault of the layout's or ours, never of the author's. */
export async function writeEpub(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  options: EpubOptions,
  report: Report,
): Promise<Uint8Array> {
  // The packer is loaded while we write.
  const packer = import('./pack.js')
  const { metadata } = book
  const { cover, manner } = options
  const finish = (xhtml: string) => manner?.document(xhtml) ?? xhtml

  // collect
  const survey = surveyBook(book, theme, new Set(faces.map((face) => face.key)))
  const names = nameFiles(book, cover.type, survey)
  const outline = outlineOf(book)
  const taken = new Set([...book.targets.keys(), ...outline.ids.values(), ...names.notes.keys()])
  const pages = collectMarks(options.starts ?? [], taken)
  const marks = byAnchor(pages)
  const embedding = embedFonts(survey, theme, faces)

  // write
  const nightStyles = nightSheet(
    theme,
    [...names.images.keys()].some((path) => book.images.get(path)!.type !== 'jpeg'),
    survey.uses.values(),
  )
  const night = nightStyles !== undefined
  const documents = book.sections.flatMap((section) => {
    const file = names.sections.get(section.id)!
    const desk: BlockDesk = {
      book,
      names,
      file,
      theme,
      marks,
      z3998: false,
      se: false,
      references: new Map(),
      beyond: 0,
      section,
      outline,
      tables: 0,
    }
    const written = names.documents.get(section.id)!.map((share) => {
      return { path: `text/${share.file}`, content: finish(writeDocument(section, share, desk, night)) }
    })
    const contents = written.map(({ content }) => content)
    checkLetters(section, contents, desk, report)
    return written
  })
  const lost = pages.find((page) => page.href === undefined)
  if (lost) throw new Error(`page ${lost.label} begins at anchor ${lost.n}, which the book has not`)
  const alt =
    cover.alt ??
    [metadata.title, metadata.subtitle, metadata.authors.map((author) => author.name).join(', ')]
      .filter(Boolean)
      .join('. ')
  const coverPage = {
    path: `text/${names.coverPage}`,
    content: finish(writeCoverPage(metadata, names, alt, cover.ground ?? theme.cover.ground)),
  }
  const ways = waysThrough(book, names, outline, pages)
  const fonts = await embedding
  const styles = styleSheet(theme, fonts, survey, direction(metadata.language) === 'rtl', manner?.holder)

  // pack
  const coverImage = `images/${names.coverImage}`
  const navAside = !hasContents(book)
  const items: Item[] = [
    { href: coverPage.path, type: XHTML, spine: 'linear' },
    ...documents.map((document): Item => ({ href: document.path, type: XHTML, spine: 'linear' })),
    { href: NAVIGATION, type: XHTML, properties: 'nav', ...(navAside ? { spine: 'aside' } : {}) },
    { href: NCX, type: 'application/x-dtbncx+xml' },
    { href: STYLESHEET, type: 'text/css' },
    ...(night ? [{ href: NIGHT_STYLESHEET, type: 'text/css' }] : []),
    ...fonts.map((font) => ({ href: `fonts/${font.file}`, type: font.type })),
    { href: coverImage, type: MEDIA_TYPES[cover.type], properties: 'cover-image' },
    ...[...names.images].map(([path, file]) => ({
      href: `images/${file}`,
      type: MEDIA_TYPES[book.images.get(path)!.type],
    })),
  ]
  const opf = writePackage({
    metadata,
    items,
    accessibility: describeAccessibility(book, survey, pages.length),
    pageSource: pages.length > 0 ? `${metadata.title} (PDF)` : undefined,
    cover: coverImage,
    guide: writeGuide(ways.landmarks),
  })
  const files = [
    { path: 'package.opf', content: opf },
    { path: NAVIGATION, content: finish(writeNav(metadata, ways, night)) },
    { path: NCX, content: writeNcx(metadata, ways) },
    { path: STYLESHEET, content: styles },
    ...(nightStyles === undefined ? [] : [{ path: NIGHT_STYLESHEET, content: nightStyles }]),
    coverPage,
    ...documents,
    { path: coverImage, content: cover.bytes },
    ...[...names.images].map(([path, file]) => ({ path: `images/${file}`, content: book.images.get(path)!.bytes })),
    ...fonts.map((font) => ({ path: `fonts/${font.file}`, content: font.bytes })),
  ]
  const { pack } = await packer
  return pack(
    metadata.title,
    files.map((file) => ({ path: `EPUB/${file.path}`, content: file.content })),
  )
}

const XHTML = 'application/xhtml+xml'

/** What the EPUB says of its accessibility, for those who hand it out. `pages`: how many begin in it. */
export function accessibilityOf(book: Book, theme: Theme, faces: readonly Face[], pages: number): Accessibility {
  return describeAccessibility(book, surveyBook(book, theme, new Set(faces.map((face) => face.key))), pages)
}
