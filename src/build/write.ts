// In: finished files and the folder they go to. Out: all of them in that folder, or none of them and an answer why.
//
// Each is written beside its place under a name of this process and made durable; then all of them are renamed as one (journal.ts).
// Who is killed before that leaves the folder as it was; who is killed after, a journal that the next build ends.
import { randomUUID } from 'node:crypto'
import { lstat, open, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import { mend, moveAll, syncFolder, Unfinished } from './journal.js'
import { makeFolder } from './makefolder.js'
import { readSums, SUMS } from './sums.js'
import { codeOf, HOST, isAlive, OURS } from './traces.js'

export interface Output {
  /** File name; of a file in a folder that is an output as a whole, with that: 'book-web/index.html'. */
  name: string
  bytes: Uint8Array
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Replaces or makes `out`/name for every output. False if it could not; then the folder is as it was before and the
 * reason was reported, against `label`, the folder as the author named it.
 */
export async function writeWhole(
  out: string,
  label: string,
  outputs: readonly Output[],
  report: Report,
): Promise<boolean> {
  const temporary = new Set<string>()
  const id = randomUUID()
  const name = (kind: 'new' | 'old') => {
    const own = `.octavo-${HOST}-${process.pid}-${randomUUID()}.${kind}`
    temporary.add(join(out, own))
    return own
  }
  // A signal that ends the process ends it after the litter is gone: not at once, since a thread may be about to make the
  // next file. Another listener may want the process to live on.
  let stopped: NodeJS.Signals | undefined
  const onSignal = (signal: NodeJS.Signals) => {
    stopped ??= signal
  }
  const unhook = () => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  let made: string | undefined
  let done = false
  try {
    made = await makeFolder(out)
    if (made !== undefined) await syncFolder(dirname(made))
    await mend(out)
    await sweep(out)
    for (const signal of SIGNALS) process.on(signal, onSignal)
    const whole = [...byName(outputs)]
    const moves = whole.map(([to, files]) => ({
      from: name('new'),
      to,
      old: name('old'),
      folder: Array.isArray(files),
    }))
    // All at once, since each waits for the disk; none may still be writing when the litter is taken away.
    const settled = await Promise.allSettled(
      moves.map(async ({ from, to }, i) => {
        const [, what] = whole[i]!
        if (Array.isArray(what)) await writeFolder(join(out, from), join(out, to), what)
        else await writeDurably(join(out, from), join(out, to), what)
      }),
    )
    for (const each of settled) if (each.status === 'rejected') throw each.reason
    if (stopped !== undefined) throw new Error('stopped')
    await moveAll(out, moves, id, () => stopped !== undefined)
    done = true
  } catch (cause) {
    // What the journal names is needed still.
    if (cause instanceof Unfinished) temporary.clear()
    if (stopped === undefined) explain(cause, label, report)
    else error(report, 'interrupted', NOWHERE, `stopped by ${stopped}`, 'start again')
  } finally {
    for (const path of temporary) await rm(path, { recursive: true, force: true }).catch(() => undefined)
    unhook()
    if (!done && made !== undefined) await removeEmpty(out, made)
    if (stopped !== undefined && process.listenerCount(stopped) === 0) process.kill(process.pid, stopped)
  }
  return done
}

/** What is to lie in the output folder: a file's bytes, or a folder's files. */
function byName(outputs: readonly Output[]): Map<string, Uint8Array | Output[]> {
  const all = new Map<string, Uint8Array | Output[]>()
  for (const { name, bytes } of outputs) {
    const [folder, ...rest] = name.split('/') as [string, ...string[]]
    if (rest.length === 0) all.set(name, bytes)
    else {
      const there = all.get(folder)
      const file = { name: rest.join('/'), bytes }
      if (Array.isArray(there)) there.push(file)
      else all.set(folder, [file])
    }
  }
  return all
}

async function writeDurably(path: string, to: string, bytes: Uint8Array): Promise<void> {
  if (await isFolder(to)) throw inTheWay(to)
  await writeFile(path, bytes)
}

/** `foreign`: it would be lost with its folder. */
function inTheWay(path: string, foreign = false): Error {
  return Object.assign(new Error('something is in the way'), { code: 'EISDIR', path, foreign })
}

/** Files that are written at the same time. */
const SEVERAL = 16

async function writeFolder(path: string, to: string, files: readonly Output[]): Promise<void> {
  const foreign = await foreignIn(to)
  if (foreign !== undefined) throw inTheWay(foreign, true)
  const folders = [...new Set(files.map(({ name }) => join(path, dirname(name))))]
  for (const folder of folders) await makeFolder(folder)
  for (let at = 0; at < files.length; at += SEVERAL) {
    const some = files.slice(at, at + SEVERAL)
    const settled = await Promise.allSettled(some.map(({ name, bytes }) => writeFile(join(path, name), bytes)))
    for (const each of settled) if (each.status === 'rejected') throw each.reason
  }
  for (const folder of folders) await syncFolder(folder)
}

/** What systems put into every folder that somebody has looked at. */
const LITTER: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** Of what is there, the first that no build has put there: it would be lost with the folder. A folder says itself what is its own. */
async function foreignIn(to: string): Promise<string | undefined> {
  const there = await lstat(to).catch(() => undefined)
  if (there === undefined) return undefined
  if (!there.isDirectory()) return to
  const own = readSums(await readFile(join(to, SUMS), 'utf8').catch(() => '')) ?? new Map<string, string>()
  const look = async (folder: string): Promise<string | undefined> => {
    // Another build may be putting it aside at this moment.
    const entries = await readdir(join(to, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.sort(byNames)) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        const found = await look(name)
        if (found !== undefined) return found
      } else if (!LITTER.has(entry.name) && name !== SUMS && !own.has(name)) return join(to, name)
    }
    return undefined
  }
  return look('')
}

function byNames(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}

async function writeFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o666)
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** What a build that was killed has left: files with our name, of this machine, whose process is gone. */
async function sweep(out: string): Promise<void> {
  for (const entry of await readdir(out)) {
    const [, host, pid] = OURS.exec(entry) ?? []
    if (host === HOST && !isAlive(Number(pid)))
      await rm(join(out, entry), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** The folders that this call made, innermost first, as far as they are empty. */
async function removeEmpty(out: string, made: string): Promise<void> {
  for (let folder = out; folder.length >= made.length; folder = dirname(folder)) {
    try {
      await rmdir(folder)
    } catch {
      return
    }
  }
}

function explain(cause: unknown, label: string, report: Report): void {
  const code = codeOf(cause)
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
  const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
  if (full) {
    error(
      report,
      'output-full',
      NOWHERE,
      `no room to write in \`${label}\``,
      'free some space, or choose another folder with `--out`',
    )
  } else if (denied) {
    error(
      report,
      'output-denied',
      NOWHERE,
      `may not write in \`${label}\``,
      'mend its permissions, or choose another folder with `--out`',
    )
  } else if (code === 'EISDIR') {
    const path = cause instanceof Error && 'path' in cause ? String(cause.path) : label
    const foreign = cause instanceof Error && 'foreign' in cause && cause.foreign === true
    const [message, hint] = foreign
      ? [
          `\`${path}\` was put there by no build`,
          'move it away: what is to be written there is a folder, which is replaced as a whole',
        ]
      : [`\`${path}\` is a folder`, 'move it away: a file of this name is to be written']
    error(report, 'output-in-the-way', NOWHERE, message, hint)
  } else if (code === 'ENOTDIR' || code === 'EEXIST') {
    error(report, 'output-not-a-folder', NOWHERE, `\`${label}\` is not a folder`, 'choose another folder with `--out`')
  } else if (code !== '') {
    error(
      report,
      'output-failed',
      NOWHERE,
      `could not write in \`${label}\` (${code})`,
      'choose another folder with `--out`',
    )
  } else throw cause
}
