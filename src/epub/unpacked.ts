// In: what a finished EPUB is made of. Out: its files, each made when it is asked for: for whoever shows a book that is being written.
import { createHash } from 'node:crypto'
import type { Report } from '../diagnostic.js'
import type { Book, Section } from '../model/book.js'
import { firstAnchor } from '../model/same.js'
import type { Face, Theme } from '../theme/theme.js'
import { type Cover, type EpubOptions, MEDIA_TYPES, prepareEpub, XHTML } from './edition.js'
import type { EmbeddedFont } from './fonts.js'
import type { SurveyMemory } from './kept-survey.js'
import { NIGHT_STYLESHEET, STYLESHEET } from './names.js'
import type { PageMark } from './pagemarks.js'
import type { Survey } from './survey.js'

export interface EpubFiles {
  /** The spine: the cover first. `section`: undefined for the cover. */
  documents: { path: string; section: string | undefined; title: string }[]
  /** By section: the anchor that each of its documents begins with. */
  begins: Map<string, { path: string; n: number }[]>
  /** The same bytes as in the EPUB; undefined if it has no such file. The book and its sections must be as they were given. */
  read(path: string): Promise<{ type: string; content: string | Uint8Array } | undefined>
  /** A document's text alone, with no wait. */
  document(path: string): string | undefined
  /**
   * What is the same as long as the files are: of the documents of a section, besides the section itself; of all documents;
   * of the sheets and the faces.
   */
  signs: { section(section: Section): string; documents: string; looks: string }
}

/** `bytes`: the picture itself, asked for once it is to be shown. */
export type FilesOptions = Omit<EpubOptions, 'cover'> & {
  cover: Omit<Cover, 'bytes'> & { bytes: () => Promise<Uint8Array> }
  /** Of earlier files of the same book. */
  memory?: SurveyMemory | undefined
}

export function openFiles(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  options: FilesOptions,
  report: Report,
): EpubFiles {
  const { cover } = options
  const edition = prepareEpub(book, theme, faces, options, report, options.memory)
  const { names, coverPage, nightStyles } = edition
  const sections = new Map(book.sections.map((section) => [section.id, section]))
  const documents: EpubFiles['documents'] = [{ path: coverPage.path, section: undefined, title: '' }]
  const begins: EpubFiles['begins'] = new Map()
  const home = new Map<string, string>()
  for (const [id, shares] of names.documents) {
    begins.set(
      id,
      shares.map(({ file, n }) => ({ path: `text/${file}`, n })),
    )
    for (const { file } of shares) {
      home.set(`text/${file}`, id)
      documents.push({ path: `text/${file}`, section: id, title: sections.get(id)!.title })
    }
  }
  const images = new Map([...names.images].map(([path, file]) => [`images/${file}`, path]))
  const written = new Map<string, string>([[coverPage.path, coverPage.content]])
  const document = (path: string): string | undefined => {
    const id = home.get(path)
    if (id !== undefined && !written.has(path))
      for (const each of edition.write(sections.get(id)!)) written.set(each.path, each.content)
    return written.get(path)
  }
  const { metadata } = book
  const documentsSign = JSON.stringify([
    [metadata.language, metadata.title, nightStyles !== undefined, theme.opening, theme.styles],
    [...names.documents].map(([id, shares]) => [id, shares.map(({ file }) => file)]),
    [...names.places].map(([id, { file, fragment }]) => [id, file, fragment]),
    [...names.images],
  ])
  let embedded: Promise<EmbeddedFont[]> | undefined
  const fonts = () => (embedded ??= edition.embed())
  return {
    documents,
    begins,
    document,
    signs: {
      section: (section) => edition.marksIn(section).map(markSign(section)).join(),
      documents: documentsSign,
      looks: JSON.stringify([theme, nightStyles, signOf(edition.survey)]),
    },
    async read(path) {
      const content = document(path)
      if (content !== undefined) return { type: XHTML, content }
      if (path === STYLESHEET) return { type: 'text/css', content: edition.style(await fonts()) }
      if (path === NIGHT_STYLESHEET && nightStyles !== undefined) return { type: 'text/css', content: nightStyles }
      if (path === `images/${names.coverImage}`) return { type: MEDIA_TYPES[cover.type], content: await cover.bytes() }
      const image = book.images.get(images.get(path) ?? '')
      if (image !== undefined) return { type: MEDIA_TYPES[image.type], content: image.bytes }
      if (!path.startsWith('fonts/')) return undefined
      const font = (await fonts()).find(({ file }) => path === `fonts/${file}`)
      return font && { type: font.type, content: font.bytes }
    },
  }
}

/** Of a page's mark: where it stands in its section, and what it says. */
function markSign(section: Section): (mark: PageMark) => string {
  const first = firstAnchor(section)
  return ({ id, label, n, offset }) => `${id} ${label} ${n - first} ${offset}`
}

/** All that the style sheet and the faces hang on. */
function signOf({ ids: _ids, pictures: _pictures, ...rest }: Survey): unknown {
  const plain = (value: unknown): unknown => {
    if (value instanceof Set) return [...value]
    if (value instanceof Map) return [...value].map(([key, of]) => [key, plain(of)])
    if (value instanceof Uint8Array) return createHash('sha1').update(value).digest('base64')
    if (typeof value !== 'object' || value === null) return value
    return Object.entries(value).map(([key, of]) => [key, plain(of)])
  }
  return plain(rest)
}
