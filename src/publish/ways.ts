// In: books to be made. Out: each of them made, in one of several ways; the bytes are the same by all of them.
import { type Diagnostic, legible } from '../diagnostic.js'
import type { Told, Unmade, Way } from './shelfwork.js'
import { type BookDone, type BookTask, failed, type Manner, makeBook } from './task.js'

/** Makes one book after the other, or several at a time; what it throws is that book's alone. */
export interface Maker {
  make(task: BookTask, signal: AbortSignal | undefined): Promise<BookDone>
  close(): Promise<void>
}

/** In this process, or in one for each book: see `Manner`. */
export function inProcesses(manner: Manner): Maker {
  return { make: (task, signal) => makeBook(task, { ...manner, signal }), close: async () => undefined }
}

/** So many at a time. */
export function several(jobs: number, open: () => Promise<Maker>): Way {
  return async (books, told, signal) => {
    const maker = await open()
    let next = 0
    const work = async () => {
      for (let book = books[next++]; book !== undefined && !signal?.aborted; book = books[next++])
        await one(book, maker, told, signal)
    }
    try {
      await Promise.all(Array.from({ length: Math.min(jobs, books.length) }, work))
    } finally {
      await maker.close()
    }
  }
}

async function one(book: Unmade, maker: Maker, told: Told, signal: AbortSignal | undefined): Promise<void> {
  const done = await made(maker, book.task, signal)
  if (done !== undefined) await told(book, done)
}

/** Undefined if it was stopped. */
export async function made(
  maker: Maker,
  task: BookTask,
  signal: AbortSignal | undefined,
): Promise<BookDone | undefined> {
  try {
    return await maker.make(task, signal)
  } catch (cause) {
    // What was stopped is not finished, and nothing else.
    return signal?.aborted ? undefined : failed([fault(cause)])
  }
}

/** Of ours, not of the book: but of this book alone. */
function fault(cause: unknown): Diagnostic {
  const trace = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  const message = `Octavo failed at this book: ${trace}`
  const hint = 'it is a fault of Octavo’s: tell its makers, with the book'
  return legible({ severity: 'error', code: 'book-failed', path: '', line: 0, message, hint })
}

/** What others have put into the store is taken; nobody makes anything. */
export const byOthers: Way = async (books, told) => {
  for (const book of books) await told(book, 'stored')
}
