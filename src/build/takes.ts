// In: a long book. Out: its second half, set and painted on another thread while this one sets and paints the first.
import { availableParallelism } from 'node:os'
import type { Diagnostic } from '../diagnostic.js'
import type { NoteManner, Rest, Told } from '../layout/index.js'
import type { Book } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import type { Elsewhere, Painted, PaintTask, Shown } from '../pdf/index.js'
import type { Look } from '../theme/index.js'
import { receiveLook, type SentLook, sendLook } from './looks.js'
import { begin, type Run } from './stage-run.js'
import { hasThreads, type Threads } from './thread.js'

/** The second take: the layout's part of it, and the painter's. */
export interface SecondTake {
  rest: Rest
  elsewhere: Elsewhere
}

/** From this many anchors on, some two hundred pages, a second thread brings more than it costs. */
const LONG = 2000

export interface TakeTask {
  kind: 'take'
  book: Book
  look: SentLook
  trim: Trim | undefined
  from: number
  /** What hangs on the notes of the whole book. */
  manner: NoteManner
}

interface TakeSet {
  told: Told
  found: Diagnostic[]
}

interface Placed {
  labels: string[]
  /** What has to be added to the number of a tag. */
  shift: number
}

/** Undefined if the book is set in one take: it is short, or cannot be cut, or there is one processor. */
export async function startTake(book: Book, look: Look, trim: Trim | undefined, threads: Threads, run: Run) {
  if (!hasThreads() || book.anchors < LONG || availableParallelism() < 2) return undefined
  const { cutOf, noteManner } = await import('../layout/index.js')
  const from = cutOf(book, look.theme)
  if (from === undefined) return undefined
  const thread = threads.start({
    kind: 'take',
    book: partOf(book, from),
    look: sendLook(look),
    trim,
    from,
    manner: noteManner(book, look.theme, trim),
  } satisfies TakeTask)
  let count = 0
  const told = async () => {
    const { told, found } = (await thread.next()) as TakeSet
    for (const each of found) run.report(each)
    count = told.pages.length
    return told
  }
  let shown: Promise<Shown> | undefined
  const take: SecondTake = {
    rest: {
      from,
      told: told(),
      place(labels, shift) {
        thread.send({ labels, shift } satisfies Placed)
        shown = thread.next() as Promise<Shown>
      },
    },
    elsewhere: {
      get count() {
        return count
      },
      get shown() {
        return shown ?? Promise.reject(new Error('the pages of the second take have no labels yet'))
      },
      paint(task) {
        thread.send(task)
        return thread.next() as Promise<Painted>
      },
    },
  }
  // It is told where it is awaited.
  take.rest.told.catch(() => undefined)
  return take
}

/** The sections before the cut count, but are not set again; images are measured, not shown. */
function partOf(book: Book, from: number): Book {
  const bytes = new Uint8Array()
  return {
    ...book,
    sections: book.sections.map((section, i) => (i < from ? { ...section, blocks: [], notes: [] } : section)),
    images: new Map([...book.images].map(([path, image]) => [path, { ...image, bytes }])),
    targets: new Map(),
  }
}

/** On the thread. */
export async function serveTake(
  { book, look: sent, trim, from, manner }: TakeTask,
  send: (message: unknown, pages?: readonly (Uint8Array | undefined)[]) => void,
  next: () => Promise<unknown>,
): Promise<void> {
  const { setRest } = await import('../layout/index.js')
  const look = await receiveLook(sent)
  const run = begin({})
  const own = await setRest(book, look.theme, look.faces, { trim, from, manner }, run.report)
  send({ told: own.told, found: run.result().diagnostics } satisfies TakeSet)
  const { labels, shift } = (await next()) as Placed
  const { pages, fonts, tags, height } = own.finish(labels)
  const { paintApart, shownBy } = await import('../pdf/index.js')
  send(shownBy(pages, fonts))
  const { contents, marks } = await paintApart(pages, fonts, tags, height, (await next()) as PaintTask)
  const moved = marks.map((page) => page.map((tag) => (tag > 0 ? tag + shift : tag)))
  send({ contents, marks: moved } satisfies Painted, contents)
}
