// In: a book folder and what is asked of it. Out: the finished files in the output folder, and all that there is to say.
//
// The one place that strings the stages together. Each is loaded when its turn comes, and only if its turn comes.
import { availableParallelism } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { lightOrApart, type Weigh } from './build/apart.js'
import { startEpub } from './build/beside.js'
import { setPages } from './build/layouts.js'
import { type Made, make } from './build/make.js'
import { createMemory, type Memory } from './build/memory.js'
import { openBook } from './build/open.js'
import type { BuildOptions, BuildResult, CheckOptions, CheckResult } from './build/options.js'
import { begin } from './build/run.js'
import { createThreads, HAS_THREADS, type Threads } from './build/thread.js'
import { writeWhole } from './build/write.js'
import type { Limits, Work } from './model/limits.js'

export type { BuildOptions, BuildResult, BuiltFile, CheckOptions, CheckResult, Stage } from './build/options.js'
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
  let book = ''
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: two would have the same pages in hand.
  const inTurn = <T>(options: CheckOptions, work: (memory: Memory) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const asked = fullPath(options.book ?? 'book')
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

/** Finds all that there is to say of a book, without writing anything. Never throws for a fault of the book. */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  return checkWith(options, undefined)
}

async function checkWith(options: CheckOptions, memory: Memory | undefined): Promise<CheckResult> {
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
  const run = begin(options.strict === true, options.progress, limits.findings)
  const threads = createThreads()
  try {
    const opened = await openBook(options.book ?? 'book', undefined, run, {
      limits,
      weigh: (work) => {
        weigh(work)
        foresee(work, 1, threads)
      },
    })
    if (opened !== undefined) {
      const { lint } = await import('./check/index.js')
      await run.timed('check', () => lint(opened.book, run.report))
      await setPages(opened, threads, run, memory, false)
    }
    return run.result()
  } finally {
    await threads.close()
  }
}

/** Builds a book. Never throws for a fault of the book or of the output folder: those are diagnostics. */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  return buildWith(options, undefined)
}

function buildWith(options: BuildOptions, memory: Memory | undefined): Promise<BuildResult> {
  return lightOrApart('build', options, (limits, weigh) => buildHere(options, memory, limits, weigh))
}

/** As `checkHere`. */
export async function buildHere(
  options: BuildOptions,
  memory: Memory | undefined,
  limits: Limits,
  weigh: Weigh,
): Promise<BuildResult> {
  const run = begin(options.strict === true, options.progress, limits.findings)
  const out = options.out ?? 'out'
  const threads = createThreads()
  try {
    const opened = await openBook(options.book ?? 'book', options.editions, run, {
      limits,
      weigh: (work) => {
        weigh(work)
        foresee(work, 2, threads)
      },
    })
    if (opened === undefined) return { ...run.result(), files: [] }
    const epub = opened.editions.epub === undefined || run.failed() ? undefined : startEpub(opened, threads, run)
    const layouts = await setPages(opened, threads, run, memory, true)
    const made = run.failed() ? [] : await make(opened, layouts, epub, run, memory)
    if (made.length === 0 || run.failed()) return { ...run.result(), files: [] }
    const done = await run.timed('write', () => writeWhole(fullPath(out), out, made, run.report))
    const toFile = ({ edition, name, bytes, advice }: Made) => ({
      edition,
      path: join(out, name),
      size: bytes.length,
      advice,
    })
    return { ...run.result(), files: done ? made.map(toFile) : [] }
  } finally {
    await threads.close()
  }
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

/** From this many letters on, some three hundred pages, other threads are sure to have work. */
const LONG = 500_000

function foresee({ letters = 0 }: Partial<Work>, tasks: number, threads: Threads): void {
  if (HAS_THREADS && letters >= LONG) threads.foresee(Math.min(tasks, availableParallelism()))
}
