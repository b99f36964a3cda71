// In: the files of a site and the folder where it is to lie. Out: the site in that folder, as a whole; or what was there, and why.
//
// It is made beside its place and made durable; then the old site steps aside and the new one takes its place: two renames, between
// which the folder is not there; who is killed there finds the old site put back by the next publication. A file that is in the old site
// as it is to be is not written again: it gets a second name in the new one (a hard link), so that its date stays too, and a copy of the
// site elsewhere is soon up to date. If all are, the site is let be. What others keep in the site's folder under a name that begins with
// a dot, and CNAME, moves along; anything else that is not the site's own stops it.
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync } from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '../build/journal.js'
import { makeFolder } from '../build/makefolder.js'
import { readSums, SIGNATURE, SUMS, sumOf } from '../build/sums.js'
import { codeOf, HOST, isAlive } from '../build/traces.js'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import type { Sink, SiteFile } from './files.js'
import { atTimes, createProver, isPlain } from './proved.js'

/** The name of the site's own folder stands at the end: two sites may lie side by side. */
const ASIDE = /^\.octavo-([A-Za-z0-9-]+)-(\d+)-[0-9a-f-]{36}\.(new|old)-site-(.*)$/

/** Not the site's, and none of its business. */
export function isForeign(name: string): boolean {
  return name.startsWith('.') || name === 'CNAME'
}

/** The text of a file of the site that is there, if there is one. */
export async function readOld(out: string, name: string): Promise<string | undefined> {
  // Who opens a pipe, or a link to a device, waits without end.
  return isPlain(out, name) ? readFile(join(out, name), 'utf8').catch(() => undefined) : undefined
}

export interface SiteWriter extends Sink {
  /** Puts what was written in its place, if not all of it was there already. */
  finish(): Promise<void>
  /** To be called whatever happened. */
  close(): Promise<void>
}

/** Undefined, and reported, if `out` is not to be written. `label`: as the author named it. */
export async function openSiteWriter(out: string, label: string, report: Report): Promise<SiteWriter | undefined> {
  try {
    const parent = dirname(out)
    await makeFolder(parent)
    await mend(out)
    const keep = await proved(out, label, report)
    if (keep === undefined) return undefined
    const id = `.octavo-${HOST}-${process.pid}-${randomUUID()}`
    const own = (kind: 'new' | 'old') => join(parent, `${id}.${kind}-site-${basename(out)}`)
    await mkdir(own('new'))
    return createWriter(out, own('new'), own('old'), keep)
  } catch (cause) {
    explain(cause, label, report)
    return undefined
  }
}

/** Files that are written at the same time: each waits for the disk. */
const SEVERAL = 16

function createWriter(out: string, fresh: string, old: string, keep: Kept): SiteWriter {
  const folders = new Set<string>([fresh])
  /** By the path in small letters: where the case of letters means nothing, two spellings of a word are one name, and say the same. */
  const spelled = new Map<string, string>()
  const writing = new Set<Promise<void>>()
  let failed: unknown
  let changed = 0
  let put = 0
  const prove = createProver(out)
  const hasFolder = (path: string) => {
    const to = join(fresh, dirname(path))
    if (folders.has(to)) return
    mkdirSync(to, { recursive: true })
    for (let one = to; one !== fresh; one = dirname(one)) folders.add(one)
  }
  const write = async (path: string, content: ReturnType<SiteFile['content']>) => {
    const file = await open(join(fresh, path), 'wx', 0o666)
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await file.writeFile(content)
      else for (const piece of content) await file.writeFile(piece)
      await file.datasync()
    } finally {
      await file.close()
    }
  }
  return {
    async put(path, file) {
      if (failed !== undefined) throw failed
      await atTimes(++put)
      hasFolder(path)
      const again = spelled.get(path.toLowerCase()) === file.sum
      spelled.set(path.toLowerCase(), file.sum)
      const isThere = keep.sums.get(path) === file.sum && prove(path, file.sum, file.size) === 'sound'
      if (isThere && hasSecondName(join(out, path), join(fresh, path))) return
      changed++
      const one = write(path, file.content()).catch((cause) => {
        if (!again || codeOf(cause) !== 'EEXIST') failed ??= cause
      })
      writing.add(one)
      void one.finally(() => writing.delete(one))
      if (writing.size >= SEVERAL) await Promise.race(writing)
    },
    async finish() {
      await Promise.all(writing)
      if (failed !== undefined) throw failed
      if (keep.kind === 'site' && changed === 0 && keep.sums.size === put) return
      for (const path of folders) await syncFolder(path)
      const there = keep.kind === 'site'
      if (there) await rename(out, old)
      try {
        for (const name of keep.names) await rename(join(old, name), join(fresh, name))
        await rename(fresh, out)
      } catch (cause) {
        for (const name of keep.names) await rename(join(fresh, name), join(old, name)).catch(() => undefined)
        if (there) await rename(old, out)
        throw cause
      }
      await syncFolder(dirname(out))
    },
    async close() {
      await Promise.allSettled(writing)
      for (const path of [fresh, old]) await rm(path, { recursive: true, force: true }).catch(() => undefined)
    },
  }
}

/** Gives a file of the old site a name in the new one too. */
function hasSecondName(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch {
    // A disk that knows no second names, or the file is gone.
    return false
  }
}

/** Is every file of a site there, as its list says it is? `told`: how many have been looked at. */
export async function stands(
  out: string,
  sums: ReadonlyMap<string, string>,
  told: (looked: number) => void,
): Promise<boolean> {
  const prove = createProver(out)
  let looked = 0
  for (const [path, sum] of sums) {
    await atTimes(++looked)
    if (prove(path, sum) !== 'sound') return false
    told(looked)
  }
  return true
}

interface Kept {
  kind: 'none' | 'site'
  /** What moves along. */
  names: string[]
  /** Of the site that is there, by its own list, and of that. */
  sums: ReadonlyMap<string, string>
}

/** Undefined, and reported, if what lies there is not to be replaced. */
async function proved(out: string, label: string, report: Report): Promise<Kept | undefined> {
  const stat = await lstat(out).catch(() => undefined)
  if (stat === undefined) return { kind: 'none', names: [], sums: new Map() }
  if (!stat.isDirectory()) {
    const what = stat.isSymbolicLink() ? 'a link' : 'not a folder'
    error(report, 'output-not-a-folder', NOWHERE, `\`${label}\` is ${what}`, 'choose another folder with `--out`')
    return undefined
  }
  const names = await readdir(out)
  const sums = readSums((await readOld(out, SUMS)) ?? '')
  const ours = new Set([...(sums?.keys() ?? [])].map((path) => path.split('/')[0]!).concat(SUMS, SIGNATURE))
  const strange = names.filter((name) => !isForeign(name) && !ours.has(name)).sort()
  if (strange.length > 0) {
    const some = strange
      .slice(0, 3)
      .map((name) => `\`${name}\``)
      .join(', ')
    const message = `\`${label}\` has what no site of Octavo’s has: ${some}${strange.length > 3 ? ' …' : ''}`
    error(
      report,
      'output-not-a-site',
      NOWHERE,
      message,
      'choose an empty folder, or one that `octavo publish` has made',
    )
    return undefined
  }
  const own = await Promise.all([SUMS, SIGNATURE].map(async (name) => [name, await readOld(out, name)] as const))
  const listed = own.flatMap(([name, text]) => (text === undefined ? [] : [[name, sumOf(text)] as const]))
  return { kind: 'site', names: names.filter(isForeign), sums: new Map([...(sums ?? []), ...listed]) }
}

/** What was killed between two renames is put back; what was killed before is taken away. */
async function mend(out: string): Promise<void> {
  const parent = dirname(out)
  for (const name of await readdir(parent)) {
    const [, host, pid, kind, site] = ASIDE.exec(name) ?? []
    if (host !== HOST || site !== basename(out) || isAlive(Number(pid))) continue
    const there = await lstat(out).catch(() => undefined)
    if (kind === 'old' && there === undefined) await rename(join(parent, name), out)
    else await rm(join(parent, name), { recursive: true, force: true })
  }
}

/** Throws what the system did not say. */
export function explain(cause: unknown, label: string, report: Report): void {
  const code = codeOf(cause)
  if (code === '') throw cause
  const [name, message, hint] =
    code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
      ? ['output-full', `no room to write \`${label}\``, 'free some space, or choose another folder with `--out`']
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? ['output-denied', `may not write \`${label}\``, 'mend its permissions, or choose another folder with `--out`']
        : ['output-failed', `could not write \`${label}\` (${code})`, 'choose another folder with `--out`']
  error(report, name!, NOWHERE, message!, hint!)
}
