// In: a book and the editions asked for. Out: its pages, set once for every trim and look: one layout serves all editions of the same.
import type { Typeset } from '../layout/typeset.js'
import { EDITIONS, type Editions, PAGED_NAMES, type PagedName, type Trim } from '../model/editions.js'
import { type Loaded, lookIn } from '../theme/theme.js'
import { coverArt } from './cover.js'
import type { Memory } from './memory.js'
import type { Opened } from './open.js'
import type { Run } from './stage-run.js'
import { type SecondTake, startTake } from './takes.js'
import type { Threads } from './thread.js'

/** Editions that show pages, or count them. */
export type PageName = PagedName | 'cover-wrap'

export type Paged = NonNullable<Editions[PageName]>

const PAGES: readonly PageName[] = [...PAGED_NAMES, 'cover-wrap']

export interface Layouts {
  /** The layout whose pages readers can cite: the screen edition's, or else the first on paper. */
  cited: Typeset | undefined
  /** Undefined if it is not asked for, or a book with errors could not be set. */
  of(name: PageName): Typeset | undefined
  /** Another thread has the last pages of the only layout. */
  second: SecondTake | undefined
}

/** With a memory all is set here: the other thread's pages could not be kept. `covered`: with a cover, for files. */
export async function setPages(
  opened: Opened,
  threads: Threads,
  run: Run,
  memory: Memory | undefined,
  covered: boolean,
): Promise<Layouts> {
  const { book, look, editions } = opened
  // Editions on paper are painted in ways of their own.
  const [first, ...others] = PAGED_NAMES.filter((name) => editions[name] !== undefined)
  const alone = others.length === 0 && editions['cover-wrap'] === undefined
  const apart = first !== undefined && alone && EDITIONS[first].pages === 'apart' && !memory
  const second = apart
    ? await startTake(book, lookIn(look, first), trimOf(editions[first]!, editions), threads, run)
    : undefined
  const byKey = new Map<string, Typeset>()
  for (const name of PAGES) {
    const settings = editions[name]
    if (settings === undefined) continue
    const trim = trimOf(settings, editions)
    const key = keyOf(look, name, trim)
    if (byKey.has(key)) continue
    const { theme, faces } = lookIn(look, name)
    const { createLayoutMemory, typeset } = await import('../layout/index.js')
    const known = memory?.layouts.get(key) ?? createLayoutMemory()
    memory?.layouts.set(key, known)
    const cover =
      covered && !run.failed()
        ? await run.timed('cover', () => coverArt(book, theme, faces, trim ?? theme.page, run.report))
        : undefined
    try {
      const layout = await run.timed('typeset', () =>
        typeset(
          book,
          theme,
          faces,
          { trim, rest: second?.rest, memory: known, cover, step: run.step('typeset') },
          run.report,
        ),
      )
      byKey.set(key, layout)
    } catch (cause) {
      // A book with errors is set for what the layout has to say of it; it is not sound, and its faults come first.
      if (!run.failed()) throw cause
    }
  }
  const of = (name: PageName) => {
    const settings = editions[name]
    return settings && byKey.get(keyOf(look, name, trimOf(settings, editions)))
  }
  const cited = citedEdition(editions)
  return { cited: cited && of(cited), of, second }
}

/** Whose pages readers cite. */
export function citedEdition(editions: Editions): PagedName | undefined {
  return PAGED_NAMES.find((name) => editions[name] !== undefined)
}

/** The size of the pages that readers can cite, known before they are set. */
export function citedPage({ editions, look }: Pick<Opened, 'editions' | 'look'>): Trim {
  const edition = citedEdition(editions)
  if (edition === undefined) return look.theme.page
  return trimOf(editions[edition]!, editions) ?? lookIn(look, edition).theme.page
}

/** Undefined: the theme's page. A booklet shows the pages of the screen edition, folded: it has no trim of its own. */
export function trimOf(settings: Paged, editions: Editions): Trim | undefined {
  if ('trim' in settings) return settings.trim
  const trims = PAGED_NAMES.map((name) => editions[name]).map((each) =>
    each && 'trim' in each ? each.trim : undefined,
  )
  return trims.find((trim) => trim !== undefined)
}

/** The same for all editions that show the same pages. */
export function keyOf(look: Loaded, name: PageName, trim: Trim | undefined): string {
  const apart = lookIn(look, name) === look ? '' : `${EDITIONS[name].medium} `
  return apart + (trim === undefined ? 'theme' : `${trim.width} ${trim.height}`)
}
