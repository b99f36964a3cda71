// The door of the EPUB: a book, its look, its faces and where its printed pages begin go in; a finished EPUB 3.3 comes out, or its
// files one by one, as they are asked for.

import type { Report } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import type { Face, Theme } from '../theme/theme.js'
import { type Accessibility, describeAccessibility } from './accessibility.js'
import { type EpubOptions, MEDIA_TYPES, prepareEpub, XHTML } from './edition.js'
import { NAVIGATION, NCX, NIGHT_STYLESHEET, STYLESHEET } from './names.js'
import { hasContents, waysThrough, writeGuide, writeNav, writeNcx } from './nav.js'
import { type Item, writePackage } from './package.js'
import { expectAll } from './prepare.js'
import { surveyBook } from './survey.js'

export type { Accessibility } from './accessibility.js'
export { type Cover, coverAlt, type EpubOptions, type Manner, MEDIA_TYPES } from './edition.js'
export { createSurveyMemory, type SurveyMemory } from './kept-survey.js'
export { tellPlainCapitals } from './plain-capitals.js'
export { type EpubFiles, openFiles } from './unpacked.js'

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
  const edition = prepareEpub(book, theme, faces, options, report)
  const { survey, names, outline, pages, nightStyles, coverPage } = edition
  const night = nightStyles !== undefined
  const embedding = edition.embed()

  // write
  const documents = book.sections.flatMap((section) => edition.write(section))
  expectAll(pages)
  const ways = waysThrough(book, names, outline, pages)
  const fonts = await embedding
  const styles = edition.style(fonts)

  // pack
  const coverImage = `images/${names.coverImage}`
  const navAside = !hasContents(book)
  const items: Item[] = [
    { href: coverPage.path, type: XHTML, spine: 'linear' },
    ...documents.map(({ path, content }): Item => {
      const properties = content.includes('<svg ') ? 'svg' : undefined
      return { href: path, type: XHTML, spine: 'linear', ...(properties && { properties }) }
    }),
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
  const bytes = await pack(
    metadata.title,
    files.map((file) => ({ path: `EPUB/${file.path}`, content: file.content })),
  )
  if (options.kindle) {
    const { checkKindle } = await import('./kindle.js')
    const texts = files.flatMap(({ path, content }) => (typeof content === 'string' ? [{ path, content }] : []))
    checkKindle({ book, cover, texts, size: bytes.length, pictures: names.images.keys() }, report)
  }
  return bytes
}

/** What the EPUB says of its accessibility, for those who hand it out. `pages`: how many begin in it. */
export function accessibilityOf(book: Book, theme: Theme, faces: readonly Face[], pages: number): Accessibility {
  return describeAccessibility(book, surveyBook(book, theme, new Set(faces.map((face) => face.key))), pages)
}
