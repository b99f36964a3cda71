// In: the folder of a site; perhaps what it was made from, or whose signature it has. Out: whether every file is as it was made.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSums, SIGNATURE, SUMS } from '../build/sums.js'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import { isForeign } from './disk.js'
import { atTimes, createProver, isPlain } from './proved.js'

export interface Verified {
  /** Files whose sums are right. */
  files: number
}

/** What is missing, changed or strange is reported, by its path. */
export async function verifyFiles(site: string, label: string, report: Report): Promise<Verified> {
  // Who opens a pipe, or a link to a device, waits without end.
  const text = isPlain(site, SUMS) ? await readFile(join(site, SUMS), 'utf8').catch(() => undefined) : undefined
  const sums = text === undefined ? undefined : readSums(text)
  if (sums === undefined) {
    const message = text === undefined ? `\`${label}\` has no ${SUMS}` : `the ${SUMS} of \`${label}\` cannot be read`
    error(report, 'site-unproved', NOWHERE, message, 'name the folder of a site that `octavo publish` has made')
    return { files: 0 }
  }
  let files = 0
  const prove = createProver(site)
  let looked = 0
  for (const [path, sum] of sums) {
    await atTimes(++looked)
    const place = { path, line: 0 }
    const hint = 'take a fresh copy of the site'
    const proof = prove(path, sum)
    if (proof === 'sound') files++
    else if (proof === 'missing') error(report, 'site-missing', place, 'the file is not there, or cannot be read', hint)
    else error(report, 'site-changed', place, 'the file is not as it was made', hint)
  }
  for (const path of await strangers(site, sums)) {
    const hint = 'take it away; what is to be in the site is made by `octavo publish`'
    error(report, 'site-strange', { path, line: 0 }, 'the file is not of the site as it was made', hint)
  }
  return { files }
}

async function strangers(site: string, sums: ReadonlyMap<string, string>): Promise<string[]> {
  const found: string[] = []
  const walk = async (folder: string) => {
    const entries = await readdir(join(site, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (folder === '' && isForeign(entry.name)) continue
      if (entry.isDirectory()) await walk(path)
      else if (!sums.has(path) && path !== SUMS && path !== SIGNATURE) found.push(path)
    }
  }
  await walk('')
  return found
}

/** The site's own list against that of a site made again. */
export async function compare(site: string, made: ReadonlyMap<string, string>, report: Report): Promise<void> {
  const theirs = readSums(await readFile(join(site, SUMS), 'utf8').catch(() => '')) ?? new Map<string, string>()
  const hint = 'it was made from other sources, by another version of Octavo, or changed since'
  for (const [path, own] of made) {
    if (path === SUMS || path === SIGNATURE) continue
    const sum = theirs.get(path)
    const place = { path, line: 0 }
    if (sum === undefined)
      error(report, 'site-differs', place, 'the sources make this file, and the site has it not', hint)
    else if (sum !== own) error(report, 'site-differs', place, 'the sources make another file', hint)
  }
  for (const path of theirs.keys())
    if (!made.has(path)) error(report, 'site-differs', { path, line: 0 }, 'the sources do not make this file', hint)
}
