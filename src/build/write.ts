// In: finished files and the folder they go to. Out: all of them in that folder, or none of them and an answer why.
//
// Each is written beside its place under a name of this process, made durable, and only then are all of them renamed. If the power
// fails in between, the folder shows the files as they were, or as they are now.
// What was there before is kept by a second link until the last rename has gone well, and comes back if one goes wrong.
import { randomUUID } from 'node:crypto'
import { copyFile, link, lstat, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { error, NOWHERE, type Report } from '../diagnostic.js'

export interface Output {
  /** File name, without a folder. */
  name: string
  bytes: Uint8Array
}

/** Our own temporary names: machine and process say whether their writer can still be alive. */
const HOST = hostname().replace(/[^A-Za-z0-9-]/g, '') || 'host'
const OURS = /^\.octavo-([A-Za-z0-9-]+)-(\d+)-[0-9a-f-]{36}\.(new|old)$/
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
  const name = (kind: 'new' | 'old') => {
    const path = join(out, `.octavo-${HOST}-${process.pid}-${randomUUID()}.${kind}`)
    temporary.add(path)
    return path
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
    made = await mkdir(out, { recursive: true })
    await sweep(out)
    for (const signal of SIGNALS) process.on(signal, onSignal)
    const moves = outputs.map((output) => ({ from: name('new'), to: join(out, output.name), bytes: output.bytes }))
    // All at once, since each waits for the disk; none may still be writing when the litter is taken away.
    const settled = await Promise.allSettled(moves.map(({ from, to, bytes }) => writeDurably(from, to, bytes)))
    for (const each of settled) if (each.status === 'rejected') throw each.reason
    if (stopped !== undefined) throw new Error('stopped')
    await swap(moves, () => name('old'))
    done = true
  } catch (cause) {
    if (stopped === undefined) explain(cause, label, report)
    else error(report, 'interrupted', NOWHERE, `stopped by ${stopped}`, 'start again')
  } finally {
    for (const path of temporary) await rm(path, { force: true }).catch(() => undefined)
    unhook()
    if (!done && made !== undefined) await removeEmpty(out, made)
    if (stopped !== undefined && process.listenerCount(stopped) === 0) process.kill(process.pid, stopped)
  }
  return done
}

async function writeDurably(path: string, to: string, bytes: Uint8Array): Promise<void> {
  if (await isFolder(to)) throw Object.assign(new Error('a folder is in the way'), { code: 'EISDIR', path: to })
  const file = await open(path, 'wx', 0o666)
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** All renames, or none: what a rename would replace stays reachable by a second name until all have gone well. */
async function swap(moves: readonly { from: string; to: string }[], spare: () => string): Promise<void> {
  const undo: (() => Promise<void>)[] = []
  try {
    for (const { from, to } of moves) {
      const old = spare()
      const kept = await keep(to, old)
      await rename(from, to)
      undo.push(() => (kept ? rename(old, to) : rm(to, { force: true })))
    }
  } catch (cause) {
    for (const step of undo.reverse()) await step().catch(() => undefined)
    throw cause
  }
}

/** A second link to `path`, or a copy where the file system has no links; false if there is nothing to keep. */
async function keep(path: string, old: string): Promise<boolean> {
  try {
    await link(path, old)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false
    await copyFile(path, old)
  }
  return true
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
    if (host === HOST && !isAlive(Number(pid))) await rm(join(out, entry), { force: true }).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) !== 'ESRCH'
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

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
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
    error(
      report,
      'output-in-the-way',
      NOWHERE,
      `\`${path}\` is a folder`,
      'move it away: a file of this name is to be written',
    )
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
