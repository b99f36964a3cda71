// In: the files of a site and the folder where it is to lie. Out: the site in that folder, as a whole; or what was there, and why.
//
// It is made beside its place and made durable; then the old site steps aside and the new one takes its place: two renames, between
// which the folder is not there. Who is killed between them finds the old site put back by the next publication. What others keep in
// the site's folder under a name that begins with a dot, and CNAME, moves along; anything else that is not the site's own stops it.
import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '../build/journal.js'
import { makeFolder } from '../build/makefolder.js'
import { readSums, SIGNATURE, SUMS } from '../build/sums.js'
import { codeOf, HOST, isAlive } from '../build/traces.js'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import type { Files } from './files.js'

/** The name of the site's own folder stands at the end: two sites may lie side by side. */
const ASIDE = /^\.octavo-([A-Za-z0-9-]+)-(\d+)-[0-9a-f-]{36}\.(new|old)-site-(.*)$/

/** Not the site's, and none of its business. */
export function isForeign(name: string): boolean {
  return name.startsWith('.') || name === 'CNAME'
}

/** The text of a file of the site that is there, if there is one. */
export async function readOld(out: string, name: string): Promise<string | undefined> {
  return readFile(join(out, name), 'utf8').catch(() => undefined)
}

/** True when it is in its place. */
export async function writeSite(out: string, label: string, files: Files, report: Report): Promise<boolean> {
  const parent = dirname(out)
  const id = `.octavo-${HOST}-${process.pid}-${randomUUID()}`
  const own = (kind: 'new' | 'old') => join(parent, `${id}.${kind}-site-${basename(out)}`)
  const [fresh, old] = [own('new'), own('old')]
  try {
    await makeFolder(parent)
    await mend(out)
    const keep = await proved(out, label, report)
    if (keep === undefined) return false
    await mkdir(fresh)
    await fill(fresh, files)
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
    await syncFolder(parent)
    return true
  } catch (cause) {
    explain(cause, label, report)
    return false
  } finally {
    for (const path of [fresh, old]) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function fill(folder: string, files: Files): Promise<void> {
  const folders = new Set<string>([folder])
  for (const path of files.keys()) {
    const to = join(folder, dirname(path))
    if (folders.has(to)) continue
    await mkdir(to, { recursive: true })
    for (let one = to; one !== folder; one = dirname(one)) folders.add(one)
  }
  const waiting = [...files]
  // A few at once: each waits for the disk.
  const write = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const file = await open(join(folder, next[0]), 'wx', 0o666).catch((cause) => {
        // Two spellings of a word are one name where the case of letters means nothing; they say the same.
        if (codeOf(cause) === 'EEXIST' && isSpelling(files, next!)) return undefined
        throw cause
      })
      if (file === undefined) continue
      try {
        await file.writeFile(next[1])
        await file.datasync()
      } finally {
        await file.close()
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, write))
  for (const path of folders) await syncFolder(path)
}

function isSpelling(files: Files, [path, content]: [string, string | Uint8Array]): boolean {
  const own = path.toLowerCase()
  return [...files].some(([other, same]) => other !== path && other.toLowerCase() === own && same === content)
}

/** What moves along. Undefined, and reported, if what lies there is not to be replaced. */
async function proved(
  out: string,
  label: string,
  report: Report,
): Promise<{ kind: 'none' | 'site'; names: string[] } | undefined> {
  const stat = await lstat(out).catch(() => undefined)
  if (stat === undefined) return { kind: 'none', names: [] }
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
  return { kind: 'site', names: names.filter(isForeign) }
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

function explain(cause: unknown, label: string, report: Report): void {
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
