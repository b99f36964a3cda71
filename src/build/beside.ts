// In: a book and its look. Out: its EPUB, made on another thread while this one sets and paints; the same bytes as here.
//
// Only the bundle has a file that a thread can be started with; from the sources, and for a short book, which is done before
// a thread is ready, the work is done here.
import { parentPort, type Transferable, Worker, workerData } from 'node:worker_threads'
import type { CheckResult } from '../build.js'
import type { Diagnostic } from '../diagnostic.js'
import type { Trim } from '../model/editions.js'
import { makeEpub, type Starts } from './epub.js'
import { citedPage } from './layouts.js'
import type { Opened } from './open.js'
import { begin, type Run } from './run.js'

export interface EpubMaker {
  /** To be called once, when the pages are known. */
  finish(starts: Starts): Promise<Uint8Array>
  /** Ends the thread, finished or not. */
  close(): Promise<void>
}

/** From this many anchors on: some thirty pages. */
const LONG = 400

/** Faces are read from the disk when they are needed, which cannot be sent: the thread loads the look for itself. */
type Task = Pick<Opened, 'book' | 'theme'> & { page: Trim }

interface Answer {
  bytes: Uint8Array
  found: Diagnostic[]
  timings: CheckResult['timings']
}

export function startEpub(opened: Opened, run: Run): EpubMaker {
  const { book, look, theme } = opened
  const page = citedPage(opened)
  const file = new URL('../worker.js', import.meta.url)
  if (!import.meta.url.endsWith('.cjs') || book.anchors < LONG)
    return { finish: (starts) => makeEpub(book, look, page, starts, run), close: async () => undefined }
  // What this Node was told of its own memory or standard input is not for a thread, and would be refused.
  const worker = new Worker(file, { workerData: { book, theme, page } satisfies Task, execArgv: [] })
  // If the caller fails, the thread does not keep the process.
  worker.unref()
  const answer = new Promise<Answer>((done, fail) => {
    worker.once('message', done)
    worker.once('error', fail)
  })
  // It is told where it is awaited.
  answer.catch(() => undefined)
  return {
    async finish(starts) {
      worker.ref()
      worker.postMessage(starts)
      const { bytes, found, timings } = await answer
      for (const each of found) run.report(each)
      run.took(timings)
      return bytes
    },
    close: async () => void (await worker.terminate()),
  }
}

/** The other thread's part. */
export async function serve(): Promise<void> {
  const starts = new Promise<Starts>((known) => parentPort?.once('message', known))
  const { book, theme, page } = workerData as Task
  const { loadTheme } = await import('../theme/index.js')
  const look = await loadTheme(theme.ref, theme.dir, () => undefined)
  if (look === undefined) throw new Error(`the theme \`${theme.ref}\` has gone while it was in use`)
  const run = begin(false, undefined)
  const bytes = await makeEpub(book, look, page, starts, run)
  const { diagnostics: found, timings } = run.result()
  const answer: Answer = { bytes, found, timings }
  parentPort?.postMessage(answer, [bytes.buffer as unknown as Transferable])
}
