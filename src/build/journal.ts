// In: finished files under temporary names, and the names that they are to have. Out: all of them in their places, as one: whoever
// is killed in between leaves a journal, and the next build ends what it began.
//
// The journal is made durable before the first rename, so that from then on the way is forward; it is made exclusively, so that
// two builds into one folder do not mix their files. While the renames last, some thousandths of a second, a reader of the folder
// can see new files beside old ones: no file system replaces several at once. Nor does one replace a folder that has files in it: the
// old one steps aside first, and for that moment there is none.
import { copyFile, link, lstat, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { codeOf, HOST, isAlive, OURS } from './traces.js'

export interface Move {
  /** Names in the folder: of the finished file, of its place, and of the second link that keeps what is there. */
  from: string
  to: string
  old: string
  /** It is a folder; what is there moves to `old`. */
  folder: boolean
}

interface Journal {
  host: string
  pid: number
  id: string
  /** `old` is said of folders alone. */
  moves: [from: string, to: string, old?: string][]
}

const JOURNAL = '.octavo-journal'
/** Milliseconds between two looks at another's journal, and looks until its writer is taken for stopped: one that has not even written it is sooner. */
const PAUSE = 20
const LOOKS = 250
const LOOKS_AT_TORN = 25

/** Journals of this process that are in use: another of its number is a dead one's, whose number came again. */
const own = new Set<string>()

/** What a disk that fails at going back as well as at going on leaves: the journal, and all that it names. The next build ends it. */
export class Unfinished extends Error {}

/** All renames, or none: then what was there is there again. `id` is unlike any other; `stopped` ends the waiting for another build. */
export async function moveAll(out: string, moves: readonly Move[], id: string, stopped: () => boolean): Promise<void> {
  own.add(id)
  const kept = new Set<Move>()
  const done: Move[] = []
  let written = false
  try {
    written = await write(
      out,
      {
        host: HOST,
        pid: process.pid,
        id,
        moves: moves.map(({ from, to, old, folder }) => (folder ? [from, to, old] : [from, to])),
      },
      stopped,
    )
    for (const move of moves) if (!move.folder && (await keep(join(out, move.to), join(out, move.old)))) kept.add(move)
    for (const move of moves) {
      if (move.folder && (await stepAside(out, move.to, move.old))) kept.add(move)
      done.push(move)
      await rename(join(out, move.from), join(out, move.to))
    }
    await syncFolder(out)
  } catch (cause) {
    const back: unknown[] = []
    for (const move of done.reverse()) await putBack(out, move, kept.has(move)).catch((fault) => back.push(fault))
    if (back.length === 0) throw cause
    written = false
    throw Object.assign(new Unfinished('neither the old nor the new', { cause }), { code: codeOf(cause) })
  } finally {
    if (written) await rm(join(out, JOURNAL), { force: true }).catch(() => undefined)
    own.delete(id)
  }
}

/** Ends what a killed build began in the folder. */
export async function mend(out: string): Promise<void> {
  const found = await read(out)
  if (found !== undefined && !isLiving(found)) await goOn(out, found)
}

/** True when it is there for good. Another build's is waited for; if that is dead, or does not go on, it is ended first. */
async function write(out: string, journal: Journal, stopped: () => boolean): Promise<boolean> {
  for (let looks = 0; ; looks++) {
    try {
      const file = await open(join(out, JOURNAL), 'wx', 0o666)
      try {
        await file.writeFile(JSON.stringify(journal))
        await file.datasync()
      } catch (cause) {
        await rm(join(out, JOURNAL), { force: true })
        throw cause
      } finally {
        await file.close()
      }
      await syncFolder(out)
      return true
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw cause
    }
    if (stopped()) throw new Error('stopped')
    const other = await read(out)
    if (other === undefined) continue
    if (looks >= (other === 'torn' ? LOOKS_AT_TORN : LOOKS) || !isLiving(other)) await goOn(out, other)
    else await setTimeout(PAUSE)
  }
}

/** Undefined if there is none. One that cannot be read was not whole when its writer died: nothing had been renamed. */
async function read(out: string): Promise<Journal | 'torn' | undefined> {
  let text: string
  try {
    text = await readFile(join(out, JOURNAL), 'utf8')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw cause
  }
  try {
    const found = JSON.parse(text) as Journal
    const plain = (name: unknown) => typeof name === 'string' && /^[^./\\][^/\\]*$/.test(name)
    const sound = found.moves.every(([from, to, old = from]) => OURS.test(from) && plain(to) && OURS.test(old))
    return sound ? found : 'torn'
  } catch {
    return 'torn'
  }
}

function isLiving(journal: Journal | 'torn'): boolean {
  // Of a torn one, and of another machine's, nobody knows.
  if (journal === 'torn' || journal.host !== HOST) return true
  return journal.pid === process.pid ? own.has(journal.id) : isAlive(journal.pid)
}

async function goOn(out: string, journal: Journal | 'torn'): Promise<void> {
  for (const [from, to, old] of journal === 'torn' ? [] : journal.moves) {
    if (old !== undefined && (await isThere(join(out, from)))) await stepAside(out, to, old)
    await rename(join(out, from), join(out, to)).catch((cause) => {
      // It was renamed before.
      if (codeOf(cause) !== 'ENOENT') throw cause
    })
  }
  await syncFolder(out)
  for (const [, , old] of journal === 'torn' ? [] : journal.moves)
    if (old !== undefined) await rm(join(out, old), { recursive: true, force: true })
  await rm(join(out, JOURNAL), { force: true })
}

/** A second link to `path`, or a copy where the file system has no links; false if there is nothing to keep. */
async function keep(path: string, old: string): Promise<boolean> {
  try {
    await link(path, old).catch((cause) => (codeOf(cause) === 'ENOENT' ? Promise.reject(cause) : copyFile(path, old)))
    return true
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false
    throw cause
  }
}

/** False if there is nothing there. */
async function stepAside(out: string, name: string, old: string): Promise<boolean> {
  try {
    await rename(join(out, name), join(out, old))
    return true
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false
    throw cause
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/** The new file keeps its temporary name meanwhile: who is killed here can still be ended forward. */
async function putBack(out: string, { from, to, old, folder }: Move, kept: boolean): Promise<void> {
  if (folder) {
    // The last one may not have come to its place.
    await stepAside(out, to, from)
    if (kept) await rename(join(out, old), join(out, to))
    return
  }
  // A file that never came to its place is as it was.
  if (await isThere(join(out, from))) return
  await keep(join(out, to), join(out, from))
  if (kept) await rename(join(out, old), join(out, to))
  else await rm(join(out, to), { force: true })
}

/** Names are durable when their folder is. Windows has no such thing, and some file systems neither. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  try {
    await folder?.sync()
  } catch (cause) {
    if (!['EINVAL', 'EPERM', 'EBADF', 'ENOTSUP', 'EISDIR'].includes(codeOf(cause))) throw cause
  } finally {
    await folder?.close()
  }
}
