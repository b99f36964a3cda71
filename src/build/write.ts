// In: finished files and the folder they go to. Out: all of them in that folder, or none of them and an answer why.
//
// Each is written beside its place under a name of this process and made durable; then all of them are renamed as one (journal.ts).
// Who is killed before that leaves the folder as it was; who is killed after, a journal that the next build ends.
import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import { mend, moveAll, syncFolder } from './journal.js'
import { codeOf, HOST, isAlive, OURS } from './traces.js'

export interface Output {
  /** File name, without a folder. */
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
    made = await mkdir(out, { recursive: true })
    if (made !== undefined) await syncFolder(dirname(made))
    await mend(out)
    await sweep(out)
    for (const signal of SIGNALS) process.on(signal, onSignal)
    const moves = outputs.map((output) => ({ from: name('new'), to: output.name, old: name('old') }))
    // All at once, since each waits for the disk; none may still be writing when the litter is taken away.
    const settled = await Promise.allSettled(
      moves.map(({ from, to }, i) => writeDurably(join(out, from), join(out, to), outputs[i]!.bytes)),
    )
    for (const each of settled) if (each.status === 'rejected') throw each.reason
    if (stopped !== undefined) throw new Error('stopped')
    await moveAll(out, moves, id, () => stopped !== undefined)
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
