// The EPUB in a device: the book's own documents in a frame without scripts, turned by pages. Which document is open, and where in it
// its reader is: a change is worked into the document that is open, so that the reader stays at the word.
import type { DocumentInfo } from '../protocol.js'
import { makeScreen } from './device-screen.js'
import { makeDocumentList, targetOfLink } from './document-list.js'
import type { Stretch } from './screen-marks.js'
import type { Where } from './screen-pages.js'
import type { Settings } from './settings.js'

interface Calls {
  pressed(path: string, offset: number, twice: boolean): void
  /** Another page is shown. `byReader`: it was turned here. */
  turned(byReader: boolean): void
  key(event: KeyboardEvent): void
}

export function makeReader(settings: Settings, calls: Calls) {
  const documents = makeDocumentList((path) => turnTo(path, { page: 'first' }))
  const work = makeWork()
  const screen = makeScreen(settings, {
    ...calls,
    followed: (link, from) => turnTo(...targetOfLink(link, from)),
    turn: (by) => turn(by),
  })
  const { pages } = screen

  /** Opens a document, or moves in the open one. */
  const load = (path: string, where: Where): Promise<void> => {
    const info = documents.get(path)
    if (info === undefined) return Promise.resolve()
    if (path === screen.open.path && screen.inside() !== undefined) {
      pages.goTo(where)
      return Promise.resolve()
    }
    documents.choose(path)
    work.drop()
    return work.add(screen.opens(info, where))
  }
  /** By the reader's own hand. */
  const turnTo = (path: string, where: Where) => {
    if (documents.get(path) !== undefined) void load(path, where).then(() => calls.turned(true))
  }
  const turn = (by: number) => {
    if (by === 0 || screen.open.sheet === undefined) return
    const wanted = pages.page + by
    if (wanted >= 0 && wanted < pages.count) return pages.show(wanted, true)
    const other = documents.after(screen.open.path, by)
    if (other !== undefined) turnTo(other.path, { page: by > 0 ? 'first' : 'last' })
  }
  const setDocuments = (next: readonly DocumentInfo[], looks: string) => {
    documents.set(next)
    screen.looks = looks
  }

  return {
    get path() {
      return screen.open.path
    },
    get page() {
      return pages.page
    },
    /** The offset in the document at which the page begins. */
    get offset(): number {
      return pages.top()?.at ?? 0
    },
    /** The printed page whose mark stands last before the end of what is shown. */
    get label(): string | undefined {
      return pages.label
    },
    setDocuments,
    name: documents.name,
    load,
    /** Works a new version into the open document. */
    update(next: readonly DocumentInfo[], looks: string): Promise<void> {
      setDocuments(next, looks)
      const info = documents.get(screen.open.path)
      if (info === undefined) {
        screen.leave()
        return documents.first === undefined ? Promise.resolve() : load(documents.first.path, { page: 'first' })
      }
      if (info.key === screen.open.key) return work.all
      return work.add(work.all.then(() => screen.renew(info)))
    },
    turn,
    restyle: screen.restyle,
    /** Marks a word; `go`: and brings it into view. */
    async mark(spot: Stretch | undefined, go: boolean) {
      screen.marks.marked = spot
      if (spot !== undefined && go) {
        if (spot.document !== screen.open.path) await load(spot.document, { offset: spot.from })
        await work.all
        pages.bringIn(spot.from, spot.to)
      }
      screen.paint()
    },
    find(words: string, now: Stretch | undefined) {
      Object.assign(screen.marks, { words, now })
      screen.paint()
    },
    settled: () => work.all,
  }
}

/** What is being done in the open document. When another takes its place, that will never be done, and nobody waits for it. */
function makeWork() {
  let all: Promise<void> = Promise.resolve()
  let dropped = promised()
  return {
    get all() {
      return all
    },
    /** It is a race: of what is done, and of its being dropped. */
    add(next: Promise<void>): Promise<void> {
      all = Promise.race([next, dropped.promise])
      return all
    },
    drop() {
      dropped.done()
      dropped = promised()
    },
  }
}

function promised(): { promise: Promise<void>; done: () => void } {
  let done: () => void = () => undefined
  const promise = new Promise<void>((go) => {
    done = go
  })
  return { promise, done }
}

export type Reader = ReturnType<typeof makeReader>
