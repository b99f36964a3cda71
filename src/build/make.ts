// In: a book folder and the editions asked for. Out: the finished bytes of each, named, or what is wrong with the book.
import type { EditionName } from '../build.js'
import type { Typeset } from '../layout/typeset.js'
import type { Book } from '../model/book.js'
import { DEFAULT_EDITIONS, type Editions, type Trim } from '../model/editions.js'
import { eachBlock } from '../model/walk.js'
import type { Manuscript } from '../read/index.js'
import type { Loaded } from '../theme/index.js'
import type { Family, Theme } from '../theme/theme.js'
import { coverImage, coverPage } from './cover.js'
import type { Run } from './run.js'
import type { Output } from './write.js'

export interface Ready {
  manuscript: Manuscript
  look: Loaded
  editions: Editions
  /** By trim: one layout serves all editions of the same trim. */
  layouts: Map<string, Typeset>
}

export interface Made extends Output {
  edition: EditionName
  advice: string[]
}

const ORDER = ['epub', 'pdf', 'print', 'booklet'] as const satisfies readonly EditionName[]

/**
 * Everything that is found out before anything is painted. `asked`: these editions, whatever the manifest says.
 * Undefined if the book cannot be read, or has no look.
 */
export async function prepare(
  dir: string,
  asked: readonly EditionName[] | undefined,
  run: Run,
): Promise<Ready | undefined> {
  const { nameFaces, readBook } = await import('../read/index.js')
  const manuscript = await run.timed('read', () => readBook(dir, run.report))
  if (manuscript !== undefined) run.ignore(manuscript.ignore)
  const { loadTheme } = await import('../theme/index.js')
  const look = await run.timed('theme', () => loadTheme(manuscript?.theme ?? '', dir, run.report))
  if (manuscript === undefined || look === undefined) return undefined
  nameFaces(manuscript.book, facesOf(manuscript.book, look.theme))
  const editions = choose(manuscript.editions, asked)
  const layouts = new Map<string, Typeset>()
  for (const trim of trims(editions)) {
    const { typeset } = await import('../layout/index.js')
    const { theme, faces } = look
    try {
      const layout = await run.timed('typeset', () => typeset(manuscript.book, theme, faces, { trim }, run.report))
      layouts.set(keyOf(trim), layout)
    } catch (cause) {
      // A book with errors is set for what the layout has to say of it; it is not sound, and its faults come first.
      if (!run.failed()) throw cause
    }
  }
  return { manuscript, look, editions, layouts }
}

/** Paints and packs what was prepared. */
export async function make({ manuscript, look, editions, layouts }: Ready, run: Run): Promise<Made[]> {
  const { book } = manuscript
  const { metadata } = book
  const { theme, faces } = look
  const made: Made[] = []
  const add = (edition: EditionName, suffix: string, bytes: Uint8Array, advice: string[]) =>
    made.push({ edition, name: `${metadata.slug}${suffix}`, bytes, advice })

  if (editions.epub !== undefined) {
    const { writeEpub } = await import('../epub/index.js')
    // The pages that readers can cite are those of the screen edition, or else of the first on paper.
    const layout = layoutOf(editions.pdf ?? editions.print ?? editions.booklet, editions, layouts)
    const cover = await run.timed('cover', () => coverImage(book, theme, faces, layout ?? theme.page))
    const options = { starts: layout?.starts, cover }
    add('epub', '.epub', await run.timed('pack', () => writeEpub(book, theme, faces, options, run.report)), [])
  }
  for (const name of ORDER) {
    const settings = editions[name]
    if (name === 'epub' || settings === undefined) continue
    const { writePdf } = await import('../pdf/index.js')
    const layout = layoutOf(settings, editions, layouts)!
    layout.cover ??= await run.timed('cover', () => coverPage(book, theme, faces, layout))
    const edition = { name, ...settings } as Parameters<typeof writePdf>[2]
    const { bytes, advice } = await run.timed('paint', () => writePdf(layout, metadata, edition, run.report))
    add(name, name === 'pdf' ? '.pdf' : `-${name}.pdf`, bytes, advice)
  }
  return made
}

/** What the colophon names: the text's face, and that of code if there is any. */
function facesOf(book: Book, { faces, styles }: Theme): Family[] {
  let hasCode = false
  for (const section of book.sections)
    for (const blocks of [section.blocks, ...section.notes.map((note) => note.blocks)])
      eachBlock(
        blocks,
        (block) => {
          hasCode ||= block.kind === 'code'
        },
        (prose) => {
          hasCode ||= prose.spans.some((span) => span.kind === 'code' || span.kind === 'kbd')
        },
      )
  const names = new Set([styles.body.face, ...(hasCode ? [styles.code.face] : [])])
  return [...names].flatMap((name) => faces[name] ?? [])
}

function choose(given: Editions, asked: readonly EditionName[] | undefined): Editions {
  if (asked === undefined) return given
  return Object.fromEntries(asked.map((name) => [name, given[name] ?? DEFAULT_EDITIONS[name]]))
}

type Paged = NonNullable<Editions['pdf' | 'print' | 'booklet']>

/** A booklet shows the pages of the screen edition, folded: it has no trim of its own. */
function trimOf(settings: Paged, editions: Editions): Trim | undefined {
  return 'trim' in settings ? settings.trim : (editions.pdf?.trim ?? editions.print?.trim)
}

function trims(editions: Editions): (Trim | undefined)[] {
  const all = new Map<string, Trim | undefined>()
  for (const settings of [editions.pdf, editions.print, editions.booklet]) {
    if (settings === undefined) continue
    const trim = trimOf(settings, editions)
    all.set(keyOf(trim), trim)
  }
  return [...all.values()]
}

function layoutOf(settings: Paged | undefined, editions: Editions, layouts: Map<string, Typeset>): Typeset | undefined {
  return settings === undefined ? undefined : layouts.get(keyOf(trimOf(settings, editions)))
}

function keyOf(trim: Trim | undefined): string {
  return trim === undefined ? 'theme' : `${trim.width} ${trim.height}`
}
