// In: a Quarto book (`_quarto.yml`). Out: its outline.
import { type Report, warning } from '../../diagnostic.js'
import { type Folder, kindOf } from '../../folder.js'
import type { Matter } from '../../model/book.js'
import { DEFAULT_LIMITS as LIMITS } from '../../model/limits.js'
import { parseYaml, type Value } from '../../yaml/index.js'
import { readText } from '../book-folder.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { shown } from '../manifest/fields.js'
import { metadataOf } from './given.js'
import { titleOfName } from './guess.js'
import { readHead } from './heads.js'
import type { Outline } from './outline.js'
import { knownName, matterOf, roleOf } from './section-names.js'
import { at, itemsOf, map, text, writtenIn } from './tree.js'

const NAMES = ['_quarto.yml', '_quarto.yaml']

/** Undefined if there is none, or it is a website's. */
export async function outlineOfQuarto(folder: Folder, report: Report): Promise<Outline | undefined> {
  const path = NAMES.find((name) => kindOf(folder, name) === 'file')
  if (path === undefined) return undefined
  const source = readText(folder, path, LIMITS.manifest, { path, line: 0 }, report)
  if (source === undefined) return undefined
  const found: Parameters<Report>[0][] = []
  const tree = await parseYaml(source, path, 1, (one) => void found.push(one))
  const book = at(tree, 'book')
  if (book === undefined && found.length === 0) return undefined
  found.forEach(report)
  const said = metadataOf(book, path, report)
  const language = at(tree, 'lang') ?? said.language
  const title = said.title ?? text(titleOfName(folder.name), 0)
  const entries = await entriesOf(at(book, 'chapters'), 'body', folder, path, report)
  const first = entries[0]
  // The home page of its website: what it is, its title says.
  if (first?.file !== undefined && /^index\.\w+$/.test(first.file) && entries.length > 1) {
    const { heading, front } = await readHead(folder, first.file)
    const known = knownName(heading ?? writtenIn(at(front, 'title')) ?? '')
    first.matter = 'front'
    first.role = matterOf(known) === 'front' ? roleOf(known) : 'note'
  }
  for (const entry of entries)
    if (entry.file !== undefined && knownName(entry.file) === 'bibliography') entry.role = 'bibliography'
  entries.push(...(await entriesOf(at(book, 'appendices'), 'back', folder, path, report)))
  return { path, tree: map({ ...said, title, language }), entries, silent: true }
}

async function entriesOf(
  list: Value | undefined,
  matter: Matter,
  folder: Folder,
  path: string,
  report: Report,
): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = []
  const role = matter === 'back' ? ('appendix' as const) : undefined
  for (const item of itemsOf(list)) {
    const place = { path, line: item.line }
    const file = writtenIn(item) ?? writtenIn(at(item, 'file')) ?? writtenIn(at(item, 'href'))
    const part = writtenIn(at(item, 'part'))
    if (part !== undefined) {
      const isFile = /\.(?:qmd|md|rmd|ipynb)$/i.test(part) && kindOf(folder, part) === 'file'
      entries.push({ matter, place, role: 'part', ...(isFile ? { file: part } : { title: part }) })
      entries.push(...(await entriesOf(at(item, 'chapters'), matter, folder, path, report)))
    } else if (file === undefined || /^[a-z][a-z0-9+.-]*:/i.test(file) || /\.ipynb$/i.test(file)) {
      const what = file === undefined ? 'an entry that names no file' : `\`${shown(file)}\``
      const hint = 'a book’s chapters are Markdown files in its folder'
      warning(report, 'not-taken', place, `${what} is left out`, hint)
    } else entries.push({ matter, place, file, role, title: writtenIn(at(item, 'text')) })
  }
  return entries
}
