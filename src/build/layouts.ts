// In: a book and the editions asked for. Out: its pages, set once for every trim: one layout serves all editions of the same trim.
import type { Typeset } from '../layout/typeset.js'
import { EDITIONS, type Editions, PAGED_NAMES, type PagedName, type Trim } from '../model/editions.js'
import { coverArt } from './cover.js'
import type { Memory } from './memory.js'
import type { Opened } from './open.js'
import type { Run } from './run.js'
import { type SecondTake, startTake } from './takes.js'
import type { Threads } from './thread.js'

export type Paged = NonNullable<Editions[PagedName | 'cover-wrap']>

export interface Layouts {
  /** The layout whose pages readers can cite: the screen edition's, or else the first on paper. */
  cited: Typeset | undefined
  /** Undefined if a book with errors could not be set. */
  of(settings: Paged | undefined): Typeset | undefined
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
  const { theme, faces } = look
  // Editions on paper are painted in ways of their own.
  const [first, ...others] = PAGED_NAMES.filter((name) => editions[name] !== undefined)
  const alone = others.length === 0 && editions['cover-wrap'] === undefined
  const apart = first !== undefined && alone && EDITIONS[first].pages === 'apart' && !memory
  const second = apart ? await startTake(opened, trimOf(editions[first]!, editions), threads, run) : undefined
  const byTrim = new Map<string, Typeset>()
  const wanted = [...PAGED_NAMES, 'cover-wrap' as const].map((name) => editions[name])
  for (const settings of wanted) {
    if (settings === undefined) continue
    const trim = trimOf(settings, editions)
    if (byTrim.has(keyOf(trim))) continue
    const { createLayoutMemory, typeset } = await import('../layout/index.js')
    const known = memory?.layouts.get(keyOf(trim)) ?? createLayoutMemory()
    memory?.layouts.set(keyOf(trim), known)
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
      byTrim.set(keyOf(trim), layout)
    } catch (cause) {
      // A book with errors is set for what the layout has to say of it; it is not sound, and its faults come first.
      if (!run.failed()) throw cause
    }
  }
  const of = (settings: Paged | undefined) =>
    settings === undefined ? undefined : byTrim.get(keyOf(trimOf(settings, editions)))
  return { cited: of(citedEdition(editions)), of, second }
}

function citedEdition(editions: Editions): Paged | undefined {
  return PAGED_NAMES.map((name) => editions[name]).find((settings) => settings !== undefined)
}

/** The size of the pages that readers can cite, known before they are set. */
export function citedPage({ editions, look }: Pick<Opened, 'editions' | 'look'>): Trim {
  const edition = citedEdition(editions)
  return (edition === undefined ? undefined : trimOf(edition, editions)) ?? look.theme.page
}

/** Undefined: the theme's page. A booklet shows the pages of the screen edition, folded: it has no trim of its own. */
export function trimOf(settings: Paged, editions: Editions): Trim | undefined {
  if ('trim' in settings) return settings.trim
  const trims = PAGED_NAMES.map((name) => editions[name]).map((each) =>
    each && 'trim' in each ? each.trim : undefined,
  )
  return trims.find((trim) => trim !== undefined)
}

export function keyOf(trim: Trim | undefined): string {
  return trim === undefined ? 'theme' : `${trim.width} ${trim.height}`
}
