// In: a book folder and what is asked of it. Out: the finished files in the output folder, and all that there is to say.
//
// The one place that strings the stages together. Each is loaded when its turn comes, and only if its turn comes.
import { availableParallelism } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { lightOrApart, type Weigh } from './build/apart.js'
import { startTexts } from './build/beside.js'
import type { Gathered } from './build/gathered.js'
import { filesOf, judge } from './build/judge.js'
import { setPages } from './build/layouts.js'
import { type Made, make } from './build/make.js'
import { createMemory, type Memory } from './build/memory.js'
import { type Opened, openBook } from './build/open.js'
import type {
  BindOptions,
  BindResult,
  BuildOptions,
  BuildResult,
  BuiltFile,
  CheckOptions,
  CheckResult,
  OutlineResult,
} from './build/options.js'
import { begin, type Run } from './build/stage-run.js'
import { createThreads, hasThreads, type Threads } from './build/thread.js'
import { writeWhole } from './build/write.js'
import { PAGED_NAMES } from './model/editions.js'
import type { Limits, Work } from './model/limits.js'

export type {
  BuildOptions,
  BuildResult,
  BuiltFile,
  CheckOptions,
  CheckResult,
  Files,
  OutlineResult,
  Progress,
  Stage,
} from './build/options.js'
export type { Diagnostic, Severity } from './diagnostic.js'
export type { EditionName } from './model/editions.js'
export type { Limits } from './model/limits.js'

/**
 * Builds a book again and again, as it is written: what did not change since the last build is not set or painted anew. Its
 * files are those that `build` makes. It remembers one book, as much as a build needs while it runs.
 */
export interface Builder {
  build(options?: BuildOptions): Promise<BuildResult>
  check(options?: CheckOptions): Promise<CheckResult>
}

export function createBuilder(): Builder {
  let memory = createMemory()
  let book: string | undefined
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: two would have the same pages in hand.
  const inTurn = <T>(options: CheckOptions, work: (memory: Memory) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const asked = options.book === undefined ? '' : fullPath(String(options.book))
      if (asked !== book) memory = createMemory()
      book = asked
      try {
        return await work(memory)
      } catch (cause) {
        memory = createMemory()
        throw cause
      }
    })
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    build: (options = {}) => inTurn(options, (memory) => buildWith(options, memory)),
    check: (options = {}) => inTurn(options, (memory) => checkWith(options, memory)),
  }
}

const CHECKED = ['book', 'source', 'editions', 'strict', 'progress', 'signal', 'limits'] as const

/** Finds all that there is to say of a book, as `build` does, without writing anything. Never throws for a fault of the book. */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  return checkWith(options, undefined)
}

async function checkWith(options: CheckOptions, memory: Memory | undefined): Promise<CheckResult> {
  const wrong = judge(options, CHECKED)
  if (wrong.length > 0) return { ok: false, diagnostics: wrong, timings: [] }
  const { files: _, ...result } = await lightOrApart('check', options, async (limits, weigh) => ({
    ...(await checkHere(options, memory, limits, weigh)),
    files: [],
  }))
  return result
}

/** In this process, whatever it takes; `weigh` is told. */
export async function checkHere(
  options: CheckOptions,
  memory: Memory | undefined,
  limits: Limits,
  weigh: Weigh,
): Promise<CheckResult> {
  const run = begin(options, limits.findings)
  await makeAll(options, run, memory, limits, weigh)
  return run.result()
}

/** Builds a book. Never throws for a fault of the book, of the options or of the output folder: those are diagnostics. */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  return buildWith(options, undefined)
}

async function buildWith(options: BuildOptions, memory: Memory | undefined): Promise<BuildResult> {
  const wrong = judge(options, [...CHECKED, 'out'])
  if (wrong.length > 0) return { ok: false, diagnostics: wrong, timings: [], files: [] }
  return lightOrApart('build', options, (limits, weigh) => buildHere(options, memory, limits, weigh))
}

/**
 * A book for a catalogue: its files, which are written nowhere, and what a catalogue says of them. A heavy book is made in a process
 * of its own, as everywhere.
 */
export async function bind({
  home,
  shut,
  here,
  ...options
}: Omit<BindOptions, 'out' | 'gather'> = {}): Promise<BindResult> {
  const wrong = judge(options, CHECKED)
  if (wrong.length > 0) return { ok: false, diagnostics: wrong, timings: [], files: [] }
  const asked = { ...options, out: false as const, gather: true, home, shut, here }
  return lightOrApart('build', asked, (limits, weigh) => buildHere(asked, undefined, limits, weigh))
}

/** As `checkHere`. */
export async function buildHere(
  options: BindOptions,
  memory: Memory | undefined,
  limits: Limits,
  weigh: Weigh,
): Promise<BindResult> {
  const run = begin(options, limits.findings)
  const { made, gathered } = await makeAll(options, run, memory, limits, weigh)
  if (made.length === 0 || run.failed()) return { ...run.result(), files: [] }
  const { out = 'out' } = options
  const done = out === false || (await run.timed('write', () => writeWhole(fullPath(out), out, made, run.report)))
  const toFile = ({ edition, name, bytes, advice }: Made): BuiltFile =>
    out === false
      ? { edition, path: name, size: bytes.length, advice, bytes }
      : { edition, path: join(out, name), size: bytes.length, advice }
  return { ...run.result(), files: done ? made.map(toFile) : [], ...(gathered && { gathered }) }
}

/** All editions, finished; none if the book has errors. */
async function makeAll(
  { book, source, editions, gather: gathering = false, home }: CheckOptions & BindOptions,
  run: Run,
  memory: Memory | undefined,
  limits: Limits,
  weigh: Weigh,
): Promise<{ made: Made[]; gathered?: Gathered | undefined }> {
  const threads = createThreads()
  try {
    const { findBook } = await import('./read/index.js')
    const found = findBook(book, filesOf(source)!, run.report)
    if (found === undefined) return { made: [] }
    const opened = await openBook(found, editions, run, {
      limits,
      weigh: (work, largest) => {
        weigh(work, largest)
        foresee(work, 2, threads)
      },
    })
    if (opened === undefined) return { made: [] }
    const texts = run.failed() ? undefined : startTexts({ ...opened, home }, threads, run)
    const { lint } = await import('./check/index.js')
    await run.timed('check', () => lint(opened.book, run.report))
    const layouts = await setPages(opened, threads, run, memory, true)
    if (run.failed()) {
      await tellRest(opened, run)
      return { made: [] }
    }
    const made = await make(opened, layouts, texts, run, memory)
    if (!gathering || run.failed()) return { made }
    const { gather } = await import('./build/facts.js')
    return { made, gathered: await gather(opened, layouts, made, run) }
  } finally {
    await threads.close()
  }
}

/** All faults in one run: pictures are read when they are painted, and of a book with errors no page is. The cover is drawn for itself. */
async function tellRest({ book, editions }: Opened, run: Run): Promise<void> {
  const images = [...book.images.values()].filter(({ path }) => path !== book.metadata.cover)
  if (images.length === 0 || !PAGED_NAMES.some((name) => editions[name] !== undefined)) return
  const { tellPictures } = await import('./pdf/index.js')
  await run.timed('check', () => tellPictures(images, run.report))
}

/** The path itself where the working folder was deleted: whoever opens it is told that there is no such thing. */
function fullPath(path: string): string {
  if (isAbsolute(path)) return path
  try {
    return resolve(path)
  } catch {
    return path
  }
}

/** What a folder without a `book.yaml` is taken for, as a manifest. */
export async function outline(options: Pick<CheckOptions, 'book' | 'source'> = {}): Promise<OutlineResult> {
  const diagnostics = judge(options, ['book', 'source'])
  if (diagnostics.length > 0) return { manifest: undefined, texts: 0, diagnostics }
  const run = begin({})
  const { findBook, outlineManifest } = await import('./read/index.js')
  const found = findBook(options.book, filesOf(options.source)!, run.report)
  const told = found && (await outlineManifest(found, run.report))
  return { manifest: told?.manifest, texts: told?.texts ?? 0, diagnostics: run.result().diagnostics }
}

/** The themes that are installed: Octavo's own, and those of packages that can be found from here. `about`: what each is, in a line. */
export async function themes(): Promise<{ name: string; about: string }[]> {
  const { listThemes } = await import('./theme/index.js')
  return listThemes()
}

/** From this many letters on, some three hundred pages, other threads are sure to have work. */
const LONG = 500_000

function foresee({ letters = 0 }: Partial<Work>, tasks: number, threads: Threads): void {
  if (hasThreads() && letters >= LONG) threads.foresee(Math.min(tasks, availableParallelism()))
}
