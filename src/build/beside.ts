// In: a book and its look. Out: its editions of running text, made on another thread while this one sets and paints; the same bytes
// as here.
import type { Diagnostic } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import { type Editions, TEXT_NAMES, type Trim } from '../model/editions.js'
import { lookIn } from '../theme/theme.js'
import { citedPage } from './layouts.js'
import { receiveLook, type SentLook, sendLook } from './looks.js'
import type { Opened } from './open.js'
import type { CheckResult } from './options.js'
import { begin, type Run } from './stage-run.js'
import { type MadeText, makeTexts, type Starts, type Texts } from './texts.js'
import { hasThreads, type Threads } from './thread.js'

export interface TextMaker {
  /** To be called once, when the pages are known. */
  finish(starts: Starts): Promise<MadeText[]>
}

/** From this many anchors on, some thirty pages: a shorter book is done before a thread is ready. */
const LONG = 400

export interface TextTask {
  kind: 'texts'
  book: Book
  look: SentLook
  editions: Texts
  page: Trim
  home: string | undefined
}

export interface TextAnswer {
  made: MadeText[]
  found: Diagnostic[]
  timings: CheckResult['timings']
}

/** Undefined if none is asked for. */
export function startTexts(
  opened: Opened & { home?: string | undefined },
  threads: Threads,
  run: Run,
): TextMaker | undefined {
  const { book, home } = opened
  // Whatever is read as running text is of one medium.
  const look = lookIn(opened.look, 'epub')
  const editions = textsAmong(opened.editions)
  if (Object.keys(editions).length === 0) return undefined
  const page = citedPage(opened)
  if (!hasThreads() || book.anchors < LONG)
    return { finish: (starts) => makeTexts(book, look, editions, { page, home }, starts, run) }
  const thread = threads.start({ kind: 'texts', book, look: sendLook(look), editions, page, home } satisfies TextTask)
  return {
    async finish(starts) {
      thread.send(starts)
      const { made, found, timings } = (await thread.next()) as TextAnswer
      for (const each of found) run.report(each)
      run.took(timings)
      return made
    },
  }
}

function textsAmong(editions: Editions): Texts {
  return Object.fromEntries(TEXT_NAMES.flatMap((name) => (editions[name] ? [[name, editions[name]]] : [])))
}

/** On the thread. */
export async function serveTexts(
  { book, look, editions, page, home }: TextTask,
  starts: Promise<unknown>,
): Promise<TextAnswer> {
  const run = begin({})
  const made = await makeTexts(book, await receiveLook(look), editions, { page, home }, starts as Promise<Starts>, run)
  const { diagnostics: found, timings } = run.result()
  return { made, found, timings }
}
