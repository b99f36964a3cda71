// In: a book folder, again and again as it is written. Out: a proof of it each time: the book, its pages and the files of its EPUB
// as they are asked for, all that a person can look at, and no finished file.
import type { Diagnostic } from '../diagnostic.js'
import type { EpubFiles } from '../epub/index.js'
import type { Source } from '../folder.js'
import type { Typeset } from '../layout/index.js'
import type { Book } from '../model/book.js'
import type { Editions, Trim } from '../model/editions.js'
import { limitsOf } from '../model/limits.js'
import { metadataFor } from '../model/record.js'
import { firstAnchor, sameSection } from '../model/same.js'
import { numberAnchors } from '../model/walk.js'
import { type Loaded, type Look, lookIn } from '../theme/theme.js'
import { filesOf } from './judge.js'
import { keptCover } from './kept-cover.js'
import { citedEdition, citedPage } from './layouts.js'
import { createMemory, type Memory } from './memory.js'
import { openBook } from './open.js'
import type { CheckResult, Files } from './options.js'
import type { ProofSheets, SheetName } from './proof-sheets.js'
import { begin } from './stage-run.js'

export type { ProofSheets, SheetName } from './proof-sheets.js'

export interface Proof {
  source: Source
  book: Book
  look: Loaded
  /** Of the pages, if the theme has another for them. */
  onPages: Look
  editions: Editions
  /** As the manifest names it; '' for the house theme. */
  theme: string
  /** Of the pages that readers cite. */
  trim: Trim
  pages: Typeset
  epub: EpubFiles
  /** Of an edition on paper. To be asked for while no other proof is made. */
  sheets(name: SheetName): Promise<ProofSheets>
}

export interface Proved {
  /** Undefined if the book has errors. */
  proof: Proof | undefined
  /** Where the book is, if it was found. */
  source: Source | undefined
  diagnostics: Diagnostic[]
  timings: CheckResult['timings']
}

export interface Prover {
  /** `over`: files in memory that lie over those of the folder. A proof is good until the next is asked for. */
  prove(book: string | undefined, over?: Files): Promise<Proved>
}

export function createProver(): Prover {
  let memory = createMemory()
  return {
    async prove(book, over) {
      try {
        return await proveWith(book, over, memory)
      } catch (cause) {
        memory = createMemory()
        throw cause
      }
    },
  }
}

async function proveWith(named: string | undefined, over: Files | undefined, memory: Memory): Promise<Proved> {
  const run = begin({})
  const told = (source: Source | undefined, proof?: Proof): Proved => {
    const { diagnostics, timings } = run.result()
    return { proof: run.failed() ? undefined : proof, source, diagnostics, timings }
  }
  const { findBook } = await import('../read/index.js')
  const found = findBook(named, new Map(), run.report)
  if (found === undefined) return told(undefined)
  const source: Source = { ...found, over: filesOf(over) ?? found.over, kept: memory.files }
  const opened = await openBook(source, undefined, run, { limits: limitsOf(undefined), memory: memory.read })
  if (opened === undefined) return told(source)
  keepSections(opened.book, memory)
  const { lint } = await import('../check/index.js')
  await run.timed('check', () => lint(opened.book, run.report, memory.linted))
  if (run.failed()) return told(source)
  const { book, look, editions } = opened
  const cited = citedEdition(editions)
  const onPages = cited === undefined ? look : lookIn(look, cited)
  const inText = lookIn(look, 'epub')
  const trim = citedPage(opened)
  const cover = await run.timed('cover', () => keptCover(book, onPages, trim, memory.cover, run.report))
  const { createLayoutMemory, typeset } = await import('../layout/index.js')
  const layouts = memory.layouts.get('proof') ?? createLayoutMemory()
  memory.layouts.set('proof', layouts)
  const pages = await run.timed('typeset', () =>
    typeset(book, onPages.theme, onPages.faces, { trim, memory: layouts, cover: cover.art, traced: true }, run.report),
  )
  const { createSurveyMemory, openFiles } = await import('../epub/index.js')
  const survey = (memory.survey ??= createSurveyMemory())
  const own = { ...book, metadata: metadataFor(book.metadata, 'epub') }
  const isCited = editions.pdf !== undefined || editions.print !== undefined || editions.booklet !== undefined
  const epub = await run.timed('pack', () =>
    openFiles(
      own,
      inText.theme,
      inText.faces,
      { starts: isCited ? pages.starts : undefined, cover, memory: survey },
      () => undefined,
    ),
  )
  const sheets = async (name: SheetName) => (await import('./proof-sheets.js')).sheetsOf(opened, pages, name, memory)
  return told(source, { source, book, look, onPages, editions, theme: opened.theme, trim, pages, epub, sheets })
}

/** A section that is the same as before becomes the one from before: whoever keeps something of it finds it again. */
function keepSections(book: Book, { sections: known }: Memory): void {
  let moved = false
  book.sections.forEach((section, i) => {
    const before = known.get(section.id)
    if (before === undefined || !sameSection(before, section)) return
    moved ||= firstAnchor(before) !== firstAnchor(section)
    book.sections[i] = before
  })
  if (moved) numberAnchors(book.sections)
  known.clear()
  for (const section of book.sections) known.set(section.id, section)
}

/** Where a book is, whatever is to be said of it. */
export async function whereIs(book: string | undefined): Promise<Source | undefined> {
  const { findBook } = await import('../read/index.js')
  return findBook(book, new Map(), () => undefined)
}
