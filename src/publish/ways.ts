// In: books to be made. Out: each of them made, in one of several ways; the bytes are the same by all of them.
import { type Diagnostic, legible } from '../diagnostic.js'
import type { Missing, Told, Way } from './shelfwork.js'
import { type BookDone, failed, type Manner, makeBook } from './task.js'

/** `make`: one book, so many at a time. What it throws is that book's alone. */
export function several(
  jobs: number,
  make: (book: Missing, signal: AbortSignal | undefined) => Promise<BookDone>,
): Way {
  return async (books, told, signal) => {
    let next = 0
    const work = async () => {
      for (let book = books[next++]; book !== undefined && !signal?.aborted; book = books[next++]) {
        await one(book, make, told, signal)
      }
    }
    await Promise.all(Array.from({ length: Math.min(jobs, books.length) }, work))
  }
}

async function one(book: Missing, make: Parameters<typeof several>[1], told: Told, signal: AbortSignal | undefined) {
  let done: BookDone
  try {
    done = await make(book, signal)
  } catch (cause) {
    // What was stopped is not finished, and nothing else.
    if (signal?.aborted) return
    done = failed([fault(cause)])
  }
  told(book, done)
}

/** Of ours, not of the book: but of this book alone. */
export function fault(cause: unknown): Diagnostic {
  const trace = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  const message = `Octavo failed at this book: ${trace}`
  const hint = 'it is a fault of Octavo’s: tell its makers, with the book'
  return legible({ severity: 'error', code: 'book-failed', path: '', line: 0, message, hint })
}

/** In this process, or in one for each book: see `Manner`. */
export function inProcesses(jobs: number, manner: Manner): Way {
  return several(jobs, ({ task }, signal) => makeBook(task, { ...manner, signal }))
}
