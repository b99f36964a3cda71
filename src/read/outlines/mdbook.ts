// In: an mdBook (`book.toml`, `SUMMARY.md`), or its elders GitBook and HonKit (`book.json`). Out: its outline.
import { type Report, warning } from '../../diagnostic.js'
import { type Folder, kindOf } from '../../folder.js'
import { DEFAULT_LIMITS as LIMITS } from '../../model/limits.js'
import { parseYaml, type Value } from '../../yaml/index.js'
import { readText } from '../book-folder.js'
import { decodePath } from '../images/images.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { shown } from '../manifest/fields.js'
import { metadataOf } from './given.js'
import { titleOfName } from './guess.js'
import { plain, readHead, unclosed } from './heads.js'
import type { Outline } from './outline.js'
import { knownName, matterOf, roleOf } from './section-names.js'
import { at, map, text, writtenIn } from './tree.js'

/** Where the summary is, or undefined if this is no such book. */
export async function outlineOfMdbook(folder: Folder, report: Report): Promise<Outline | undefined> {
  const settings = await settingsOf(folder, report)
  const src =
    writtenIn(at(settings?.tree, 'book', 'src')) ??
    writtenIn(at(settings?.tree, 'root')) ??
    (settings?.path === 'book.toml' ? 'src' : '')
  const base = src
    .split('/')
    .filter((each) => each !== '' && each !== '.')
    .join('/')
  const path = [`${base}/SUMMARY.md`, 'SUMMARY.md', 'src/SUMMARY.md']
    .map((one) => one.replace(/^\//, ''))
    .find((one) => !/(?:^|\/)\.\.(?:\/|$)/.test(one) && kindOf(folder, one) === 'file')
  if (path === undefined) return undefined
  const summary = readText(folder, path, LIMITS.text, { path, line: 0 }, report)
  if (summary === undefined) return undefined
  const said: Parameters<Report>[0][] = []
  const entries = entriesOf(summary, path, (one) => void said.push(one))
  // A summary that lists nothing, without the settings of such a book, is a text that is called so.
  if (settings === undefined && !entries.some((entry) => entry.file !== undefined)) return undefined
  said.forEach(report)
  const given = metadataOf(at(settings?.tree, 'book') ?? settings?.tree, settings?.path ?? path, report)
  const tree = map({ ...given, title: given.title ?? text(await titleOf(folder, entries, path), 0) })
  return { path: settings?.path ?? path, tree, entries, silent: true }
}

async function settingsOf(
  folder: Folder,
  report: Report,
): Promise<{ path: string; tree: Value | undefined } | undefined> {
  for (const path of ['book.toml', 'book.json']) {
    if (kindOf(folder, path) !== 'file') continue
    const source = readText(folder, path, LIMITS.manifest, { path, line: 0 }, report)
    if (source === undefined) return { path, tree: undefined }
    if (path === 'book.json') return { path, tree: await parseYaml(source, path, 1, report) }
    const { parseToml } = await import('./toml.js')
    return { path, tree: parseToml(source, path, report) }
  }
  return undefined
}

/** What leads the list, or else the folder. */
async function titleOf(folder: Folder, entries: readonly ManifestEntry[], path: string): Promise<string> {
  const first = entries.find((entry) => entry.file !== undefined)?.file
  const isHome = first !== undefined && /(?:^|\/)(?:readme|index)\.\w+$/i.test(first)
  const heading = isHome ? (await readHead(folder, first)).heading : undefined
  return heading ?? (titleOfName(folder.name) || path)
}

const LINK = /^\[((?:\\.|[^\]\\])*)\]\(\s*(?:<([^<>]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))(?:\s+["'(].*["')])?\s*\)/

/** `# Part`, `- [Chapter](file.md)` nested by indentation, `[Preface](file.md)` before and after the list, `---`. */
function entriesOf(summary: string, path: string, report: Report): ManifestEntry[] {
  const base = path.slice(0, path.lastIndexOf('/') + 1)
  const entries: ManifestEntry[] = []
  const open: number[] = []
  let listed = false
  let started = false
  summary.split('\n').forEach((line, i) => {
    const place = { path, line: i + 1 }
    const heading = /^ {0,3}#{1,6}\s+(.*)$/.exec(line)?.[1]
    if (heading !== undefined) {
      // One that stands before everything is the list's own: Summary.
      const own = !started && /^ {0,3}#\s/.test(line)
      started = true
      if (!own) entries.push({ matter: 'body', place, role: 'part', title: plain(unclosed(heading.trim())) })
      return
    }
    const found = /^(\s*)(?:([-*+]|\d+[.)])\s+)?(\[.*)$/.exec(line)
    const link = found === null ? null : LINK.exec(found[3]!)
    if (found === null || link === null) {
      if (/^\s*(?:[-*+]|\d+[.)])\s+\S/.test(line) && !/^\s*([-*_])(?:\s*\1){2,}\s*$/.test(line)) {
        const hint = 'write `- [Title](file.md)`'
        warning(report, 'not-taken', place, `\`${shown(line.trim())}\` names no file, and is left out`, hint)
      }
      return
    }
    started = true
    const title = plain(link[1]!.replace(/\\(.)/g, '$1'))
    const target = (link[2] ?? link[3] ?? '').trim()
    const inList = found[2] !== undefined
    const width = found[1]!.replaceAll('\t', '    ').length
    if (inList) {
      while (open.length > 0 && open.at(-1)! >= width) open.pop()
      open.push(width)
    } else open.length = 0
    if (target === '') {
      const hint = 'write it, and name its file between the parentheses'
      warning(report, 'not-taken', place, `\`${shown(title)}\` has no file yet, and is left out`, hint)
      return
    }
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) {
      const hint = 'a book’s chapters are files in its folder'
      warning(report, 'not-taken', place, `\`${shown(target)}\` is an address, and is left out`, hint)
      return
    }
    const [name, anchor] = target.split('#')
    // GitBook lists headings within a file too: they are in the file.
    if (anchor !== undefined && entries.some((entry) => entry.file === base + name)) return
    const file = base + (decodePath(name!) ?? name!).replace(/^\.\//, '')
    const entry: ManifestEntry = { matter: 'body', place, file, title }
    if (inList) {
      listed = true
      if (open.length > 1) entry.level = open.length
    } else {
      const known = knownName(title) || knownName(name!)
      const outer = listed ? 'back' : 'front'
      entry.matter = outer
      entry.role = matterOf(known) === outer ? roleOf(known) : 'note'
    }
    entries.push(entry)
  })
  // Without a list there is nothing that they would stand before.
  if (!listed) for (const entry of entries) entry.matter = 'body'
  return entries
}
