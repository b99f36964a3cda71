// In: where a book is. Out: its outline, from whichever manifest lies there, or guessed; what is wrong with that is reported.
import { error, type Report, warning } from '../../diagnostic.js'
import type { Source } from '../../folder.js'
import { type Folder, isThere, kindOf, namesIn } from '../../folder.js'
import { DEFAULT_LIMITS as LIMITS, type Limits } from '../../model/limits.js'
import { parseYaml } from '../../yaml/index.js'
import { readText } from '../book-folder.js'
import { shown } from '../manifest/fields.js'
import { ABOUT, MARKDOWN, type Outline } from './outline.js'
import { at } from './tree.js'

export type { Outline } from './outline.js'

/** Our own, in the order in which they are looked for. */
export const MANIFESTS = ['book.yaml', 'book.yml', 'book.json'] as const

/** Undefined if there is nothing to make a book of. */
export async function outlineOf(
  folder: Folder,
  source: Source,
  report: Report,
  limits: Limits = LIMITS,
): Promise<Outline | undefined> {
  if (source.file !== undefined) {
    const { outlineOfFile } = await import('./guess.js')
    return outlineOfFile(folder, source.file, report)
  }
  const own = MANIFESTS.find((name) => kindOf(folder, name) === 'file')
  // GitBook has a `book.json` too, which leaves it to the summary to list the files.
  if (own !== undefined && !(own === 'book.json' && isGitbook(folder))) {
    const outline = await ownOutline(folder, own, limits.manifest, report)
    for (const other of MANIFESTS) {
      if (other === own || kindOf(folder, other) !== 'file' || (other === 'book.json' && isOthers(folder))) continue
      const message = `\`${other}\` is not read: \`${own}\` is the manifest`
      warning(report, 'not-taken', { path: other, line: 0 }, message, 'keep one of them')
    }
    return outline && (await withOthersList(outline, folder, source, report))
  }
  // A link that leads out, a folder, a pipe: its author means it to be one.
  const meant = own === undefined ? MANIFESTS.find((name) => isThere(folder, name)) : undefined
  if (meant !== undefined) {
    const place = { path: meant, line: 0 }
    readText(folder, meant, limits.manifest, place, (one) =>
      report(one.code === 'missing-file' ? { ...one, code: 'unreadable-file' } : one),
    )
    return undefined
  }
  const { outlineOfFolder } = await import('./guess.js')
  let refused = false
  const hear: Report = (one) => {
    refused ||= one.severity === 'error'
    report(one)
  }
  const found =
    (await othersOutline(folder, source, hear)) ??
    (isOneBook(folder, source, hear) ? await outlineOfFolder(folder, source, limits, hear) : undefined)
  if (found === undefined && !refused) refuse(folder, source, report)
  return found
}

async function othersOutline(folder: Folder, source: Source, report: Report): Promise<Outline | undefined> {
  const { outlineOfQuarto } = await import('./quarto.js')
  const { outlineOfMdbook } = await import('./mdbook.js')
  const { outlineOfLeanpub } = await import('./leanpub.js')
  return (
    (await outlineOfQuarto(folder, report)) ??
    (await outlineOfMdbook(folder, report)) ??
    (await outlineOfLeanpub(folder, source, report))
  )
}

/** Folders that are looked into. */
const LOOKED_INTO = 1000

/** Folders with manifests, and no text beside them or in other folders, are books, and not the chapters of one. */
function isOneBook(folder: Folder, source: Source, report: Report): boolean {
  const { files, folders } = namesIn(folder, '')
  const hasText = (names: readonly string[]) =>
    names.some((name) => MARKDOWN.test(name) && !ABOUT.test(name.replace(/\.[^.]*$/, '')))
  if (hasText(files)) return true
  const isBook = (name: string) => MANIFESTS.some((own) => kindOf(folder, `${name}/${own}`) === 'file')
  const all = folders.sort().slice(0, LOOKED_INTO)
  const books = all.filter(isBook)
  if (books.length === 0) return true
  if (all.some((name) => !books.includes(name) && hasText(namesIn(folder, name).files))) return true
  const named = books.slice(0, 3).map((name) => `\`${shown(name)}\``)
  const message = `this folder is no book: there are books in it, ${named.join(', ')}${books.length > named.length ? ' and more' : ''}`
  const example = shown(`${source.dir ?? '.'}/${books[0]}`)
  const hint = `name one of them: \`${example}\`; or write a \`shelf.yaml\` that says \`books: ['*']\`, for \`octavo publish\``
  error(report, 'several-books', { path: '', line: 0 }, message, hint)
  return false
}

/** A manifest of ours that lists no files leaves that to another tool's, if there is one. */
async function withOthersList(own: Outline, folder: Folder, source: Source, report: Report): Promise<Outline> {
  if (['front', 'body', 'back'].some((key) => at(own.tree, key) !== undefined)) return own
  const hear: Report = (one) => void (one.code !== 'no-manifest' && report(one))
  const other = await othersOutline(folder, source, hear)
  return other === undefined ? own : { ...own, entries: other.entries, images: other.images }
}

/** It has no list of files. */
function isOthers(folder: Folder): boolean {
  const text = readText(folder, 'book.json', LIMITS.manifest, { path: 'book.json', line: 0 }, () => undefined) ?? ''
  return !/"body"\s*:/.test(text)
}

function isGitbook(folder: Folder): boolean {
  return isOthers(folder) && namesIn(folder, '').files.concat(namesIn(folder, 'src').files).includes('SUMMARY.md')
}

async function ownOutline(folder: Folder, path: string, limit: number, report: Report): Promise<Outline | undefined> {
  const text = readText(folder, path, limit, { path, line: 0 }, report)
  if (text === undefined) return undefined
  const tree = await parseYaml(text, path, 1, report)
  if (tree !== undefined) return { path, tree, silent: false }
  if (text.trim() === '') {
    const hint = 'write at least `title`, `language` and `body`'
    error(report, 'missing-title', { path, line: 0 }, 'the manifest is empty', hint)
  }
  return undefined
}

/** What else there is may be turned into Markdown. */
const OTHERS = /\.(?:docx?|odt|rtf|html?|tex|txt|adoc|rst|org|pages|epub|scriv|fodt)$/i

function refuse(folder: Folder, source: Source, report: Report): void {
  const { files } = namesIn(folder, '')
  const other = files.filter((name) => OTHERS.test(name)).sort()[0]
  const message = `there is neither a manifest nor Markdown in \`${shown(source.dir ?? 'the files given')}\``
  error(report, 'no-text', { path: '', line: 0 }, message, other === undefined ? START : turnHint(other))
}

const START = 'write `chapter.md` there; or begin with `octavo init DIR`, which makes a small book to write over'

/** How what a word processor wrote becomes Markdown. */
export function turnHint(file: string): string {
  const stem = file.replace(/\.[^.]*$/, '')
  return /\.txt$/i.test(file)
    ? `if \`${shown(file)}\` is your text, call it \`${shown(stem)}.md\``
    : `turn your text into Markdown first: \`pandoc "${shown(file)}" -t markdown -o "${shown(stem)}.md"\``
}
