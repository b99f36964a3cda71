// In: the manifest's entries, of which some are patterns or folders. Out: entries of one file each, in natural order.
import { error, type Report } from '../../diagnostic.js'
import { type Folder, isThere, kindOf, namesIn, within } from '../../folder.js'
import { DEFAULT_LIMITS, FIXED, type Limits } from '../../model/limits.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { shown } from '../manifest/fields.js'
import { natural } from './natural.js'
import { FOREIGN, MARKDOWN } from './outline.js'

/** Folders within folders. */
const DEEPEST = FIXED.folders.value

/** `chapters/*.md`, `**` for any folders, `chapters` for all Markdown in it. What is listed by its own name is not found by a pattern again. */
export function expandEntries(
  entries: readonly ManifestEntry[],
  folder: Folder,
  report: Report,
  { files }: Pick<Limits, 'files'> = DEFAULT_LIMITS,
): ManifestEntry[] {
  const taken = new Set(entries.flatMap(({ file }) => (file === undefined ? [] : [pathOf(file)])))
  return entries.flatMap((entry) => {
    const { file } = entry
    if (file === undefined) return [entry]
    const path = pathOf(file)
    if (path === undefined) return [entry]
    const wild = /[*?]/.test(path) && kindOf(folder, path) === undefined
    // A name that looks like a file's is asked for when it is read.
    const isFolder = !wild && !/\.\w+$/.test(path) && kindOf(folder, path) === 'folder'
    if (!wild && !isFolder) return [entry]
    const search: Search = { most: files, beyond: undefined }
    const all = wild ? matches(folder, path, search) : markdownIn(folder, path, search)
    if (search.beyond !== undefined) {
      error(report, 'too-large', entry.place, `\`${shown(file)}\` ${search.beyond}`, 'list fewer, or by their names')
      return []
    }
    const found = all.filter((one) => !taken.has(one))
    const linked = wild && found.length === 0 ? linkedOut(folder, path) : undefined
    if (linked !== undefined) {
      const message = `\`${shown(linked)}\` is a link that leads nowhere, or out of the book folder`
      error(report, 'outside-folder', entry.place, message, 'put a copy of what it leads to into the book folder')
      return []
    }
    if (found.length === 0) {
      const message = wild
        ? `no file matches \`${shown(file)}\``
        : `there is no Markdown in the folder \`${shown(file)}\``
      error(report, 'missing-file', entry.place, message, 'write the files, or mend the name')
      return []
    }
    if (entry.title !== undefined && found.length > 1) {
      const message = `\`${shown(file)}\` is ${found.length} files, and has one \`title\``
      error(report, 'wrong-type', entry.place, message, 'let the files give their titles themselves')
    }
    for (const one of found) taken.add(one)
    return found.map((one) => ({ ...entry, file: one }))
  })
}

/** What is there, before the pattern's first star, and is not in the folder. */
function linkedOut(folder: Folder, pattern: string): string | undefined {
  const parts = pattern.split('/')
  for (const [i, part] of parts.entries()) {
    const path = parts.slice(0, i + 1).join('/')
    if (/[*?]/.test(part)) return undefined
    if (kindOf(folder, path) === undefined) return isThere(folder, path) ? path : undefined
  }
  return undefined
}

function pathOf(file: string): string | undefined {
  const found = within('', file)
  return 'path' in found ? found.path : undefined
}

export interface Search {
  /** Files that are found. */
  most: number
  /** Why it did not see all that there is, in words. */
  beyond: string | undefined
  /** Names that were looked at. */
  seen?: number
}

/** Names of files and folders that are looked at, for each file that may be found. */
const LOOKED_AT = 20

/** All Markdown in a folder and the folders in it, in natural order. */
export function markdownIn(folder: Folder, path: string, search: Search): string[] {
  return filesIn(folder, path, DEEPEST, (one) => MARKDOWN.test(one), search).sort(natural)
}

/** In no order. */
function filesIn(
  folder: Folder,
  path: string,
  deep: number,
  wanted: (path: string) => boolean,
  search: Search,
): string[] {
  const prefix = path === '' ? '' : `${path}/`
  const { files, folders } = namesIn(folder, path)
  const found = files.map((name) => prefix + name).filter(wanted)
  search.seen = (search.seen ?? 0) + files.length + folders.length
  for (const name of folders) {
    if (search.beyond !== undefined) return []
    if (FOREIGN.test(name)) continue
    if (deep > 0) for (const one of filesIn(folder, prefix + name, deep - 1, wanted, search)) found.push(one)
    else if (prefix.split('/').length > DEEPEST) search.beyond = `has folders more than ${DEEPEST} deep`
  }
  if (found.length > search.most || search.seen > LOOKED_AT * search.most)
    search.beyond ??= `stands for more than ${search.most} files`
  return found
}

/** A pattern that names no ending finds Markdown. `*` and `?` stand for no `/`, `**` for any folders. */
function matches(folder: Folder, pattern: string, search: Search): string[] {
  const parts = pattern.normalize('NFC').split('/')
  const firm = parts.findIndex((part) => /[*?]/.test(part))
  const deep = parts.includes('**') ? DEEPEST : parts.length - firm - 1
  const any = !parts.at(-1)!.includes('.')
  const wanted = (path: string) => (!any || MARKDOWN.test(path)) && fits(path.normalize('NFC').split('/'), parts)
  return filesIn(folder, parts.slice(0, firm).join('/'), deep, wanted, search).sort(natural)
}

/** However many of them are `**`, each part is asked once for each place. */
function fits(path: readonly string[], parts: readonly string[]): boolean {
  let places = [0]
  for (const part of parts) {
    const first = places[0]
    if (first === undefined) return false
    places =
      part === '**'
        ? Array.from({ length: path.length - first + 1 }, (_, i) => first + i)
        : places.flatMap((at) => (at < path.length && fitsName(path[at]!, part) ? [at + 1] : []))
  }
  return places.includes(path.length)
}

/** One step back at most: no pattern takes long, however many stars it has. */
function fitsName(name: string, pattern: string): boolean {
  let [n, p, star, from] = [0, 0, -1, 0]
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      from = n
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      n++
      p++
    } else if (star >= 0) {
      p = star + 1
      n = ++from
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
