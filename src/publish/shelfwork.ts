// In: the books of a shelf, a store, and a way to make books. Out: every book in the store, or what is wrong with it; those that are there
// already are not made. One book's fault is that book's alone.
import type { Diagnostic } from '../diagnostic.js'
import { createKeys } from './key.js'
import type { KeptBook, Store } from './store.js'
import { type BookDone, type BookTask, failed } from './task.js'

export interface Wanted {
  /** As the shelf calls it. */
  path: string
  task: BookTask
}

/** A book to be made. */
export interface Unmade extends Wanted {
  key: string
}

/** What came of one: itself, or that it lies in the store. Said once for each. */
export type Told = (book: Unmade, done: BookDone | 'stored') => Promise<void>

/** A way to make books: here, on threads, in processes, on other machines. Ends when all are told of, or soon after `signal`. */
export type Way = (books: readonly Unmade[], told: Told, signal: AbortSignal | undefined) => Promise<void>

export interface Outcome {
  path: string
  key: string
  diagnostics: Diagnostic[]
  /** Undefined: it was passed over. */
  kept: KeptBook | undefined
  /** It was not in the store before. */
  made: boolean
  /** It may come out otherwise another time. */
  passing: boolean
}

export interface ShelfOptions {
  /** What came of a book once, and may come out otherwise another time, will do: nothing is made again for it. */
  settled: boolean
  signal: AbortSignal | undefined
  /** `path`: the book that was done last; undefined: of those that were in the store. */
  progress: ((done: number, total: number, path: string | undefined) => void) | undefined
}

export async function makeBooks(
  all: readonly Wanted[],
  store: Store,
  wayFor: (missing: number) => Way,
  { settled, signal, progress }: ShelfOptions,
): Promise<Outcome[]> {
  const keys = createKeys()
  const outcomes = new Map<string, Outcome>()
  const missing: Unmade[] = []
  for (let at = 0; at < all.length; at += SEVERAL) {
    // Whoever would stop this has to be heard.
    await new Promise<void>((done) => setImmediate(done))
    if (signal?.aborted) return [...outcomes.values()]
    await Promise.all(
      all.slice(at, at + SEVERAL).map(async ({ path, task }) => {
        const key = keys.of(task)
        const kept = await store.get(key, settled)
        if (kept === undefined) missing.push({ path, task, key })
        else outcomes.set(path, outcomeOf(path, key, kept, false))
      }),
    )
  }
  progress?.(outcomes.size, all.length, undefined)
  let broken: unknown
  const told: Told = async (book, done) => {
    const { path, key, task } = book
    try {
      if (done !== 'stored') await store.put(key, keys.of(task, true) === key ? done : failed([changed()]))
      outcomes.set(path, outcomeOf(path, key, await store.get(key, true), true))
      progress?.(outcomes.size, all.length, path)
    } catch (cause) {
      // A store that cannot be written ends the work; the first reason is the one to tell.
      broken ??= cause
    }
  }
  if (missing.length > 0) await wayFor(missing.length)(missing, told, signal)
  if (broken !== undefined) throw broken
  return all.flatMap(({ path }) => outcomes.get(path) ?? [])
}

/** Books that are looked for in the store at the same time: it may be far. */
const SEVERAL = 32

function outcomeOf(path: string, key: string, kept: KeptBook | undefined, made: boolean): Outcome {
  const diagnostics = kept?.diagnostics ?? [lost()]
  return { path, key, diagnostics, kept: kept?.ok ? kept : undefined, made, passing: kept?.passing ?? true }
}

function changed(): Diagnostic {
  const message = 'the book was changed while it was made'
  return {
    severity: 'error',
    code: 'book-changed',
    path: '',
    line: 0,
    message,
    hint: 'start again when nothing else writes there',
  }
}

/** Then there is no site: it would be less than whole by no fault of a book. */
export const LOST = 'not-in-store'

function lost(): Diagnostic {
  const message = 'nobody has put the book into this store'
  const hint = 'give the same `--store` to all that work on the shelf, and run the share again that it belongs to'
  return { severity: 'error', code: LOST, path: '', line: 0, message, hint }
}
