// In: where a book is. Out: a word whenever something in it has changed and it has been quiet for a moment since.
//
// Editors write in place, or write another file and rename it; a checkout changes hundreds of files; a folder is moved away and
// back. All of it is one change, when it is over.
import { basename, dirname, join, resolve, sep } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { folderAt, kindAt } from '../folder.js'
import type { Where } from './pressroom.js'

export interface Watcher {
  /** Where the book is now thought to be. Resolves when nothing that happens there is missed any more. */
  follow(source: Where | undefined): Promise<void>
  close(): Promise<void>
}

/** Milliseconds without another change, and how long a change is waited out at most. */
const QUIET = 8
const PATIENCE = 400
/** How often a folder that is gone is looked for. */
const GONE = 300

const DEEPEST = 12

/** Files that a book is made of, or that say what it is made of. */
const OF_BOOKS = /\.(?:md|markdown|mdown|mkd|txt|ya?ml|json|toml|png|jpe?g|gif|webp|svg|ttf|otf|woff2?)$/i

/** What tools keep for themselves. */
function isOfTools(path: string): boolean {
  const name = basename(path)
  return name.startsWith('.') || name === 'node_modules'
}

/** Changes are told together, when it has been quiet for a moment. */
function gather(changed: (paths: readonly string[]) => void): { note(path: string): void; end(): void } {
  let quiet: NodeJS.Timeout | undefined
  let begun: number | undefined
  let closed = false
  const seen = new Set<string>()
  const tell = () => {
    quiet = undefined
    begun = undefined
    const paths = [...seen]
    seen.clear()
    changed(paths)
  }
  return {
    note(path) {
      if (closed) return
      seen.add(path)
      const now = performance.now()
      begun ??= now
      clearTimeout(quiet)
      quiet = setTimeout(tell, Math.max(0, Math.min(QUIET, begun + PATIENCE - now)))
    },
    end() {
      closed = true
      clearTimeout(quiet)
    },
  }
}

/** `named`: as the author named the book, for the time when there is none; `out`: a folder that does not count. */
export function watchBook(
  named: string | undefined,
  changed: (paths: readonly string[]) => void,
  out?: string,
): Watcher {
  let watcher: FSWatcher | undefined
  let root: string | undefined
  /** The one file that is the book, if it is one. */
  let only: string | undefined
  /** The folder that is watched: its name may lead to another by now. */
  let watched: string | undefined
  let search: NodeJS.Timeout | undefined
  let settle: () => void = () => undefined
  const { note, end } = gather(changed)

  const isForeign = (path: string) => isOfTools(path) || path === out || path.startsWith(`${out}${sep}`)
  /** Nothing tells that a folder has come back: it is looked for. */
  const lookOut = () => {
    clearInterval(search)
    search = setInterval(() => {
      const path = root ?? resolve(named ?? '.')
      if (kindAt(path) === undefined) return
      clearInterval(search)
      search = undefined
      // What was written while its files were looked through may have been missed.
      void start(path).then(() => note(path))
    }, GONE)
  }
  const isGone = () => root !== undefined && folderAt(root) !== watched
  /** That it went is told late, or not at all where another has come meanwhile: it is asked after each proof as well. */
  const leave = () => {
    void watcher?.close()
    watcher = undefined
    lookOut()
  }
  const start = (path: string): Promise<void> => {
    void watcher?.close()
    settle()
    root = path
    watched = folderAt(path)
    const made = watch(only === undefined ? path : dirname(only), {
      ignoreInitial: true,
      atomic: false,
      depth: only === undefined ? DEEPEST : 1,
      followSymlinks: true,
      ignored: (each, stats) =>
        each !== path && (isForeign(each) || (stats?.isFile() === true && !OF_BOOKS.test(each))),
    })
    watcher = made
    // Of several changes of a file within a twentieth of a second, chokidar tells the first; the system tells all.
    made.on('raw', (_event, name, details) => {
      const at = (details as { watchedPath?: string } | undefined)?.watchedPath ?? path
      const each = basename(at) === name ? at : join(at, name ?? '')
      if (made === watcher && !isForeign(each) && OF_BOOKS.test(each)) note(each)
    })
    made.on('all', (event, each) => {
      if (made !== watcher) return
      note(each)
      if (event === 'unlinkDir' && isGone()) leave()
    })
    // What may not be looked at is told by the build.
    made.on('error', () => undefined)
    // One that is closed before it has seen all says nothing of it.
    return new Promise((done) => {
      settle = done
      made.on('ready', () => done())
    })
  }
  return {
    async follow(source) {
      const path = source?.dir === undefined ? undefined : resolve(source.dir)
      if (path === undefined) {
        if (watcher === undefined ? search === undefined : isGone()) leave()
        return
      }
      if (root === path) {
        // A folder that is looked for is watched from when it is there: a watcher of nothing may miss that it comes.
        if (watcher !== undefined && isGone()) leave()
        return
      }
      only = source?.file === undefined ? undefined : path + sep + source.file
      clearInterval(search)
      search = undefined
      await start(path)
      if (isGone()) leave()
    },
    async close() {
      end()
      clearInterval(search)
      await watcher?.close()
      settle()
    },
  }
}
