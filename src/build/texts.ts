// In: a book, its look, and, as soon as they are known, the starts of its printed pages. Out: its editions of running text, each with
// the cover.
import type { Report } from '../diagnostic.js'
import type { EpubOptions } from '../epub/index.js'
import type { Book } from '../model/book.js'
import { EDITIONS, type Editions, TEXT_NAMES, type TextName, type Trim } from '../model/editions.js'
import type { PageStart } from '../model/pages.js'
import { metadataFor } from '../model/record.js'
import type { Look } from '../theme/index.js'
import type { Face, Theme } from '../theme/theme.js'
import { coverAt, coverImage } from './cover.js'
import type { Run } from './stage-run.js'
import { withSums } from './sums.js'
import type { Output } from './write.js'

/** Pixels across of a cover that stands on a page of the browser's. */
const JACKET = 720
const ICON = 64

/** No starts: the book has no printed pages. */
export type Starts = PageStart[] | undefined

export type Texts = Pick<Editions, TextName>

export interface MadeText extends Output {
  edition: TextName
}

type Writer<N extends TextName> = (
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  options: EpubOptions & { edition: NonNullable<Editions[N]>; name: string; page: Trim; home: string | undefined },
  report: Report,
) => Promise<Output[]>

/** What writes each edition. */
const WRITERS: { readonly [N in TextName]: Writer<N> } = {
  epub: async (book, theme, faces, options, report) => {
    const { writeEpub } = await import('../epub/index.js')
    const { kindle } = options.edition
    return [{ name: options.name, bytes: await writeEpub(book, theme, faces, { ...options, kindle }, report) }]
  },
  kepub: async (book, theme, faces, options, report) => {
    const { writeKepub } = await import('../kepub/index.js')
    return [{ name: options.name, bytes: await writeKepub(book, theme, faces, options, report) }]
  },
  web: async (book, theme, faces, { starts, name, page, home }, report) => {
    const { writeWeb } = await import('../web/index.js')
    const cover = await coverAt(book, theme, faces, page, JACKET, report)
    const icon = cover && (await coverAt(book, theme, faces, page, ICON, report))
    if (cover === undefined || icon === undefined) return []
    const files = await writeWeb(book, theme, faces, { starts, cover, icon, home }, report)
    return withSums(files).map((file) => ({ name: `${name}/${file.name}`, bytes: file.bytes }))
  },
}

/** `page` gives the proportions of a cover that is drawn; `home`: the book's page in a catalogue, as the web edition sees it. */
export async function makeTexts(
  book: Book,
  { theme, faces }: Look,
  editions: Texts,
  { page, home }: { page: Trim; home: string | undefined },
  known: Starts | Promise<Starts>,
  run: Run,
): Promise<MadeText[]> {
  const cover = await run.timed('cover', () => coverImage(book, theme, faces, page, run.report))
  const starts = await known
  const made: MadeText[] = []
  for (const name of TEXT_NAMES) {
    const edition = editions[name]
    if (edition === undefined) continue
    const own = { ...book, metadata: metadataFor(book.metadata, name) }
    const options = { starts, cover, edition, page, home, name: book.metadata.slug + EDITIONS[name].ending }
    const write = WRITERS[name] as Writer<TextName>
    const outputs = await run.timed('pack', () => write(own, theme, faces, options, run.report))
    for (const output of outputs) made.push({ edition: name, ...output })
  }
  return made
}
