// In: a book and its look. Out: its EPUB, made on another thread while this one sets and paints; the same bytes as here.
import type { Diagnostic } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import { makeEpub, type Starts } from './epub.js'
import { citedPage } from './layouts.js'
import { receiveLook, type SentLook, sendLook } from './looks.js'
import type { Opened } from './open.js'
import type { CheckResult } from './options.js'
import { begin, type Run } from './run.js'
import { hasThreads, type Threads } from './thread.js'

export interface EpubMaker {
  /** To be called once, when the pages are known. */
  finish(starts: Starts): Promise<Uint8Array>
}

/** From this many anchors on, some thirty pages: a shorter book is done before a thread is ready. */
const LONG = 400

export interface EpubTask {
  kind: 'epub'
  book: Book
  look: SentLook
  page: Trim
}

export interface EpubAnswer {
  bytes: Uint8Array
  found: Diagnostic[]
  timings: CheckResult['timings']
}

export function startEpub(opened: Opened, threads: Threads, run: Run): EpubMaker {
  const { book, look } = opened
  const page = citedPage(opened)
  if (!hasThreads() || book.anchors < LONG) return { finish: (starts) => makeEpub(book, look, page, starts, run) }
  const thread = threads.start({ kind: 'epub', book, look: sendLook(look), page } satisfies EpubTask)
  return {
    async finish(starts) {
      thread.send(starts)
      const { bytes, found, timings } = (await thread.next()) as EpubAnswer
      for (const each of found) run.report(each)
      run.took(timings)
      return bytes
    },
  }
}

/** On the thread. */
export async function serveEpub({ book, look, page }: EpubTask, starts: Promise<unknown>): Promise<EpubAnswer> {
  const run = begin({})
  const bytes = await makeEpub(book, await receiveLook(look), page, starts as Promise<Starts>, run)
  const { diagnostics: found, timings } = run.result()
  return { bytes, found, timings }
}
