// In: where a book is, and the editions asked for. Out: the book and its look, or what is wrong with them.
import type { Diagnostic, Report } from '../diagnostic.js'
import type { Source } from '../folder.js'
import type { Book } from '../model/book.js'
import { type EditionName, type Editions, settle } from '../model/editions.js'
import type { SectionRole } from '../model/role.js'
import { eachBlock } from '../model/walk.js'
import type { FaceCredit, ReadOptions } from '../read/index.js'
import type { Loaded } from '../theme/index.js'
import { familyOf, looksOf, type Theme } from '../theme/theme.js'
import type { Run } from './stage-run.js'
import { titleCover } from './titled-cover.js'

export interface Opened {
  book: Book
  look: Loaded
  editions: Editions
  /** As the manifest names it; '' for the house theme. */
  theme: string
}

/** `asked`: these editions, whatever the manifest says. Undefined if the book cannot be read, or has no look. */
export async function openBook(
  source: Source,
  asked: readonly EditionName[] | undefined,
  run: Run,
  options: ReadOptions,
): Promise<Opened | undefined> {
  const {
    gatherNotes,
    readExtraStyle,
    listAuthors,
    markNotes,
    nameFaces,
    numberBook,
    numberCaptions,
    numberLines,
    openSections,
    readBook,
    tellClasses,
    unknownBlock,
  } = await import('../read/index.js')
  // A block that Octavo does not know may be one that the theme has a style for.
  const unknown: Diagnostic[] = []
  const report: Report = (d) => (unknownBlock(d) === undefined ? run.report(d) : void unknown.push(d))
  let manuscript = await run.timed('read', () => readBook(source, report, { ...options, step: run.step('read') }))
  if (manuscript !== undefined) {
    run.ignore(manuscript.ignore)
    run.judge(manuscript.judge)
  }
  if (manuscript !== undefined) {
    const { showInks } = await import('./for-screens.js')
    await showInks(manuscript.book, manuscript.editions, run.report)
  }
  const { CLASSED_KINDS, loadTheme, tellOpenings, unreadOn } = await import('../theme/index.js')
  const variant = { ...manuscript?.variant, language: manuscript?.book.metadata.language }
  const look = await run.timed('theme', () =>
    loadTheme(manuscript?.theme ?? '', source, run.report, manuscript?.themePlace, variant, options.limits),
  )
  if (look?.sheet !== undefined) {
    const css = await readExtraStyle(look.sheet.text, look.sheet.path, run.report)
    if (css === undefined) return undefined
    for (const each of looksOf(look)) each.theme = { ...each.theme, epub: { css } }
  }
  const styled = Object.keys(look?.theme.classes ?? {})
  for (const each of unknown) if (!styled.includes(unknownBlock(each)!)) run.report(each)
  if (manuscript === undefined || look === undefined) return undefined
  const { depth = 1, numbers } = look.theme.contents ?? {}
  if (!manuscript.saysDepth && depth > 1) {
    // The theme is known behind the manifest only: what is listed is read again, and what is wrong with it was said.
    const again = await readBook(source, () => undefined, { ...options, weigh: undefined, depth })
    if (again === undefined) return undefined
    manuscript = again
    await (await import('./for-screens.js')).showInks(manuscript.book, manuscript.editions, () => undefined)
  }
  const { book } = manuscript
  const unread: Parameters<typeof tellClasses>[4] = (name, on) => unreadOn(on, look.theme.classes[name])
  tellClasses(book, styled, CLASSED_KINDS, unknown.map(unknownBlock), unread, run.report)
  openSections(book, withOpening(look.theme))
  for (const { theme } of looksOf(look)) tellOpenings(book, theme, run.report)
  numberBook(book, manuscript.numbering, look.theme.numbering, numbers)
  listAuthors(book, look.theme.contents?.authors)
  numberCaptions(book, look.theme.captions ?? {})
  markNotes(book, look.theme.notes.marks)
  if (look.theme.notes.place === 'book') gatherNotes(book)
  numberLines(book, look.theme.verse?.numbers)
  nameFaces(
    book,
    facesOf(
      book,
      looksOf(look).map(({ theme }) => theme),
    ),
  )
  const { tellPlainCapitals } = await import('../epub/index.js')
  for (const each of looksOf(look)) tellPlainCapitals(book, each, run.report)
  await titleCover(book, look, run.report)
  return { book, look, editions: choose(manuscript.editions, asked), theme: manuscript.theme }
}

/** Kinds of sections that open otherwise than chapters do. */
function withOpening({ sections }: Theme): Set<SectionRole> {
  const all = Object.entries(sections) as [SectionRole, Theme['sections'][SectionRole]][]
  return new Set(all.flatMap(([role, style]) => (style.opening === undefined ? [] : [role])))
}

function choose(given: Editions, asked: readonly EditionName[] | undefined): Editions {
  if (asked === undefined) return given
  return Object.fromEntries(asked.map((name) => [name, given[name] ?? settle(name)]))
}

/** What the colophon names: the text's face, those of its heads, and that of code if there is any; of all that the book's editions look like. */
function facesOf(book: Book, themes: readonly Theme[]): FaceCredit[] {
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
  const credits = new Map<string, FaceCredit>()
  for (const theme of themes) {
    const { styles } = theme
    const heads = (['title', 'heading-2', 'book-title', 'head'] as const).map((role) => styles[role].face)
    for (const name of [styles.body.face, ...heads, ...(hasCode ? [styles.code.face] : [])]) {
      const { cutOf, family, designer = '', licence = '' } = familyOf(theme, name) ?? {}
      const called = cutOf ?? family
      if (called !== undefined)
        credits.set(JSON.stringify([called, designer, licence]), { family: called, designer, licence })
    }
  }
  return [...credits.values()]
}
