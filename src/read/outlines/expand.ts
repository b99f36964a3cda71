// In: the manifest's entries, of which some are patterns or folders. Out: entries of one file each, in natural order.
import { error, type Report } from '../../diagnostic.js'
import { type Folder, kindOf, namesIn, within } from '../../folder.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { shown } from '../manifest/fields.js'
import { natural } from './natural.js'
import { FOREIGN, MARKDOWN } from './outline.js'

/** Folders within folders. */
const DEEPEST = 6
const MOST_FILES = 10_000

/** `chapters/*.md`, `**` for any folders, `chapters` for all Markdown in it. What is listed by its own name is not found by a pattern again. */
export function expandEntries(entries: readonly ManifestEntry[], folder: Folder, report: Report): ManifestEntry[] {
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
    const found = (wild ? matches(folder, path) : markdownIn(folder, path)).filter((one) => !taken.has(one))
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

function pathOf(file: string): string | undefined {
  const found = within('', file)
  return 'path' in found ? found.path : undefined
}

/** All Markdown in a folder and the folders in it, in natural order. */
export function markdownIn(folder: Folder, path: string): string[] {
  return filesIn(folder, path, DEEPEST).filter((one) => MARKDOWN.test(one))
}

function filesIn(folder: Folder, path: string, deep: number): string[] {
  const prefix = path === '' ? '' : `${path}/`
  const { files, folders } = namesIn(folder, path)
  const all = files.map((name) => prefix + name)
  if (deep > 0)
    for (const name of folders) {
      if (FOREIGN.test(name) || all.length > MOST_FILES) continue
      all.push(...filesIn(folder, prefix + name, deep - 1))
    }
  return all.sort(natural).slice(0, MOST_FILES)
}

/** A pattern that names no ending finds Markdown. `*` and `?` stand for no `/`, `**` for any folders. */
function matches(folder: Folder, pattern: string): string[] {
  const parts = pattern.split('/')
  const firm = parts.findIndex((part) => /[*?]/.test(part))
  const deep = parts.includes('**') ? DEEPEST : parts.length - firm - 1
  const all = filesIn(folder, parts.slice(0, firm).join('/'), deep)
  const any = !parts.at(-1)!.includes('.')
  return all.filter((path) => (!any || MARKDOWN.test(path)) && fits(path.split('/'), parts))
}

function fits(path: readonly string[], parts: readonly string[]): boolean {
  const [part, ...more] = parts
  if (part === undefined) return path.length === 0
  if (part !== '**') return path.length > 0 && fitsName(path[0]!, part) && fits(path.slice(1), more)
  return path.some((_, i) => fits(path.slice(i), more)) || fits([], more)
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
