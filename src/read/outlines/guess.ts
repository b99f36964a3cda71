// In: a folder, or one file, without a manifest. Out: the book that it is taken for: what a person would have written down.
import { error, NOWHERE, type Report, warning } from '../../diagnostic.js'
import type { Source } from '../../folder.js'
import { type Folder, namesIn } from '../../folder.js'
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.js'
import type { ManifestEntry } from '../manifest/entries.js'
import { shown } from '../manifest/fields.js'
import { KEYS } from '../manifest/manifest.js'
import { markdownIn, type Search } from './expand.js'
import { metadataOf, ownKeys } from './given.js'
import { type Head, readHead } from './heads.js'
import { natural } from './natural.js'
import { ABOUT, type Outline } from './outline.js'
import { knownName, matterOf, rankOf, roleOf } from './section-names.js'
import { at, map, text } from './tree.js'

/** A paper, an essay, a novel in one file: its front matter is its manifest. */
export async function outlineOfFile(folder: Folder, file: string, report: Report): Promise<Outline> {
  const head = await readHead(folder, file)
  const said = metadataOf(head.front, file, report)
  const named = head.heading ?? titleOfName(file)
  const title = said.title ?? text(file.startsWith('stdin.') && head.heading === undefined ? 'Untitled' : named, 0)
  if (said.language === undefined && at(head.front, 'language') === undefined) {
    const hint = 'say what it is between two lines of three hyphens at the head of the file: `language: en`'
    warning(
      report,
      'missing-language',
      { path: file, line: 0 },
      'the file names no `language`; it is taken for English',
      hint,
    )
  }
  const place = { path: file, line: 1 }
  const one: ManifestEntry = { matter: 'body', place, file, skip: head.lines }
  if (head.headings === 0) one.title = title.kind === 'text' ? title.text : undefined
  // A text of one chapter needs neither a half-title nor contents.
  const entries: ManifestEntry[] =
    head.headings > 1
      ? [one]
      : [{ matter: 'front', place, generate: 'title-page' }, one, { matter: 'back', place, generate: 'colophon' }]
  const tree = map({ ...ownKeys(head.front, OWN), ...said, title })
  return { path: file, tree, entries, silent: true }
}

/** Keys that papers of other tools do not have. */
const OWN = KEYS.filter((key) => !['front', 'body', 'back', 'authors', 'language', 'date', 'cover'].includes(key))

/** Undefined if there is no Markdown in the folder. */
export async function outlineOfFolder(
  folder: Folder,
  { dir }: Source,
  { files }: Pick<Limits, 'files'>,
  report: Report,
): Promise<Outline | undefined> {
  const search: Search = { most: files, beyond: undefined }
  const { texts, aside } = textsOf(folder, search)
  if (search.beyond !== undefined) {
    error(
      report,
      'too-large',
      NOWHERE,
      `the folder ${search.beyond}`,
      'write a `book.yaml` that lists those of the book',
    )
    return undefined
  }
  if (texts.length === 0) return undefined
  const entries = texts.map(entryOf).sort(inOrder)
  const first = entries.find((entry) => entry.matter === 'body') ?? entries[0]!
  if (first.matter !== 'body') for (const entry of entries) entry.matter = 'body'
  const { title, head } = await titleOf(folder, entries, aside)
  const said = metadataOf(head?.front, first.file!, () => undefined)
  const cover = namesIn(folder, '')
    .files.filter((name) => /^cover\.(?:png|jpe?g|svg)$/i.test(name))
    .sort(natural)[0]
  const tree = map({
    title: text(title, 0),
    language: said.language,
    cover: cover === undefined ? undefined : text(cover, 0),
  })
  const count = entries.length === 1 ? 'one file' : `${entries.length} files in the order of their names`
  const left = aside.length === 0 ? '' : `, without ${aside.map((name) => `\`${shown(name)}\``).join(', ')}`
  const message = `there is no manifest: the book is made of ${count}${left}, and called \`${shown(title)}\``
  const hint = `\`octavo init ${dir ?? '.'}\` writes a \`book.yaml\` that says so, for you to change`
  warning(report, 'no-manifest', { path: '', line: 0 }, message, hint)
  return { path: '', tree, entries, silent: true }
}

/** The texts of a folder, and what lies in it that speaks of them. */
export function textsOf(
  folder: Folder,
  search: Search = { most: DEFAULT_LIMITS.files, beyond: undefined },
): { texts: string[]; aside: string[] } {
  const all = markdownIn(folder, '', search)
  const isAside = (path: string) => ABOUT.test(nameOf(path)) || path.split('/').some((name) => name.startsWith('_'))
  const texts = all.filter((path) => !isAside(path))
  return texts.length === 0 ? { texts: all, aside: [] } : { texts, aside: all.filter(isAside) }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[A-Za-z]+$/, '')
}

/** Texts that print nothing but themselves, and stand in no table of contents. */
const UNLISTED = ['imprint', 'dedication', 'epigraph', 'half-title', 'title-page']

export function entryOf(file: string): ManifestEntry {
  const inFront = /^(?:\d+[-_. ]*)?front(?:[-_ ]?matter)?\//i.test(file)
  const inBack = /^(?:\d+[-_. ]*)?(?:back(?:[-_ ]?matter)?|appendi(?:x|ces))\//i.test(file)
  const known = knownName(file)
  const matter = inFront ? 'front' : inBack ? 'back' : matterOf(known)
  const role = known === '' ? (/appendi/i.test(file.split('/')[0]!) && inBack ? 'appendix' : undefined) : roleOf(known)
  const entry: ManifestEntry = { matter, place: { path: file, line: 0 }, file, role }
  if (UNLISTED.includes(known)) entry.toc = false
  return entry
}

const MATTERS = ['front', 'body', 'back']

/** By matter; there by number where names have one, else by the trade's order. */
function inOrder(a: ManifestEntry, b: ManifestEntry): number {
  const byMatter = MATTERS.indexOf(a.matter) - MATTERS.indexOf(b.matter)
  if (byMatter !== 0) return byMatter
  const [one, two] = [a.file!, b.file!]
  const numbered = [one, two].every((file) => /^\d/.test(nameOf(file)))
  const rank = (file: string) => rankOf(knownName(file), a.matter)
  return (numbered ? 0 : rank(one) - rank(two)) || natural(one, two)
}

/** Names of folders that say nothing of what is in them. */
const DUMB =
  /^(?:book|books|chapters?|content|contents|docs?|manuscript|markdown|md|source|src|texts?|tmp|temp|draft|novel|)$/i

/**
 * What heads the only text, or a file that introduces all of them; else the folder's name, for the first of many chapters
 * speaks for itself alone.
 */
async function titleOf(
  folder: Folder,
  entries: readonly ManifestEntry[],
  aside: readonly string[],
): Promise<{ title: string; head: Head | undefined }> {
  const intro = [...entries.map((entry) => entry.file!), ...aside].find(
    (file) => /^(?:index|title|readme)$/i.test(nameOf(file)) && !file.includes('/'),
  )
  const first = entries.find((entry) => entry.matter === 'body')!.file!
  const head = await readHead(folder, first)
  const named = titleOfName(folder.name)
  if (intro !== undefined && intro !== first) {
    const { heading, front } = await readHead(folder, intro)
    const title = metadataOf(front, intro, () => undefined).title
    const found = title?.kind === 'text' ? title.text : heading
    if (found !== undefined) return { title: found, head }
  }
  const said = metadataOf(head.front, first, () => undefined).title
  const own = said?.kind === 'text' ? said.text : head.heading
  const many = entries.filter((entry) => entry.matter === 'body').length > 1
  if (own !== undefined && (!many || DUMB.test(folder.name) || /^(?:index|title|readme)$/i.test(nameOf(first))))
    return { title: own, head }
  return { title: DUMB.test(folder.name) ? (own ?? 'Untitled') : named, head }
}

/** `my-first_novel` is My First Novel; a name that has spaces or capitals already was written so. */
export function titleOfName(name: string): string {
  const words = nameOf(name).replace(/^\d+[-_. ]+(?=\D)/, '')
  if (/\s|\p{Lu}/u.test(words)) return words.replace(/[-_]+/g, ' ').trim()
  return words
    .split(/[-_]+/)
    .filter((word) => word !== '')
    .map((word, i) => (i > 0 && SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ')
}

const SMALL = new Set(['a', 'an', 'the', 'and', 'or', 'of', 'in', 'on', 'at', 'to', 'for', 'by', 'with', 'from'])
