// In: a shelf's folder. Out: what its `shelf.yaml` says, checked key by key, and the books that it names; all its faults reported.
import { error, nearest, type Place, type Report } from '../diagnostic.js'
import { type Folder, kindOf, namesIn, within } from '../folder.js'
import { EDITION_NAMES, type EditionName } from '../model/editions.js'
import { DEFAULT_LIMITS } from '../model/limits.js'
import { readText } from '../read/book-folder.js'
import { asText, type Fields, fields, itemsOf, lineOf, shown, textOf, wrong } from '../read/manifest/fields.js'
import { checkLanguage } from '../read/manifest/manifest.js'
import { MANIFESTS } from '../read/outlines/index.js'
import { natural } from '../read/outlines/natural.js'
import { FOREIGN, MARKDOWN } from '../read/outlines/outline.js'
import { parseYaml, type Value } from '../yaml/index.js'

export const SHELF = 'shelf.yaml'

export interface Shelf {
  title: string | undefined
  description: string | undefined
  publisher: string | undefined
  /** Of the site, with `/` at its end. */
  address: string | undefined
  language: string
  licence: Licence | undefined
  contact: string | undefined
  order: Order
  groups: Group[]
  editions: EditionName[] | undefined
  theme: string
  themeLine: number
  /** Paths of the books in the shelf's folder, in its order. */
  books: string[]
}

/** `url`: where its text stands, if it is one that is known or an address was given. */
export interface Licence {
  name: string
  url: string | undefined
}

export interface Group {
  title: string
  /** Paths of the books. */
  books: string[]
}

const ORDERS = ['title', 'author', 'newest', 'oldest', 'listed'] as const
export type Order = (typeof ORDERS)[number]

const KEYS = [
  'title',
  'description',
  'publisher',
  'address',
  'language',
  'licence',
  'contact',
  'order',
  'groups',
  'editions',
  'theme',
  'books',
] as const

export const NO_SHELF: Omit<Shelf, 'books'> = {
  title: undefined,
  description: undefined,
  publisher: undefined,
  address: undefined,
  language: 'en',
  licence: undefined,
  contact: undefined,
  order: 'title',
  groups: [],
  editions: undefined,
  theme: '',
  themeLine: 0,
}

/** Undefined if there is no map to speak of. */
export async function readShelf(folder: Folder, report: Report): Promise<Shelf | undefined> {
  const place: Place = { path: SHELF, line: 0 }
  const text = readText(folder, SHELF, DEFAULT_LIMITS.text, place, report)
  const tree = text === undefined ? undefined : await parseYaml(text, SHELF, 1, report)
  const all = tree && fields(tree, KEYS, 'the shelf', SHELF, report)
  if (all === undefined) return undefined
  const books = readBooks(all, 'books', folder, all.entries.has('books') ? [] : ['*'])
  if (books.length === 0) {
    const hint = 'list folders of books under `books:`, or patterns of them: `- books/*`'
    error(report, 'empty-shelf', { path: SHELF, line: lineOf(all, 'books') }, 'the shelf has no books', hint)
  }
  const language = textOf(all, 'language')
  return {
    title: textOf(all, 'title'),
    description: textOf(all, 'description'),
    publisher: textOf(all, 'publisher'),
    address: readAddress(all),
    language:
      (language && checkLanguage(language, { path: SHELF, line: lineOf(all, 'language') }, report)) ??
      NO_SHELF.language,
    licence: readLicence(all),
    contact: textOf(all, 'contact'),
    order: oneOf(all, 'order', ORDERS) ?? NO_SHELF.order,
    groups: readGroups(all, folder, books),
    editions: readEditionNames(all),
    theme: textOf(all, 'theme') ?? '',
    themeLine: lineOf(all, 'theme'),
    books,
  }
}

/** An address of a site: absolute, without a query or a fragment; `/` at its end. Undefined if it is none. */
export function siteAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s<>"'{}|\\^`?#]+$/i.test(text) || !URL.canParse(text)) return undefined
  const { href } = new URL(text)
  return href.endsWith('/') ? href : `${href}/`
}

function readAddress(all: Fields): string | undefined {
  const text = textOf(all, 'address')
  if (text === undefined) return undefined
  const address = siteAddress(text)
  if (address !== undefined) return address
  const hint = 'write where the site will be: https://books.example.org/'
  const place = { path: SHELF, line: lineOf(all, 'address') }
  error(all.report, 'bad-identifier', place, `\`address\` is \`${shown(text)}\``, hint)
  return undefined
}

/** Licences that publishers of free books name, by their SPDX identifiers in lower case. */
const LICENCES = new Map<string, Licence>(
  [
    ...['by', 'by-sa', 'by-nc', 'by-nd', 'by-nc-sa', 'by-nc-nd'].flatMap((kind) =>
      ['4.0', '3.0', '2.5', '2.0'].map((version): [string, Licence] => [
        `cc-${kind}-${version}`,
        {
          name: `Creative Commons ${kind.toUpperCase()} ${version}`,
          url: `https://creativecommons.org/licenses/${kind}/${version}/`,
        },
      ]),
    ),
    ['cc0-1.0', { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' }] as [string, Licence],
    ['public domain', { name: 'Public domain', url: 'https://creativecommons.org/publicdomain/mark/1.0/' }] as [
      string,
      Licence,
    ],
    ['gfdl-1.3', { name: 'GNU Free Documentation License 1.3', url: 'https://www.gnu.org/licenses/fdl-1.3.html' }] as [
      string,
      Licence,
    ],
  ].map(([key, licence]) => [key, licence]),
)

function readLicence(all: Fields): Licence | undefined {
  const value = all.entries.get('licence')?.value
  if (value?.kind !== 'map') {
    const name = textOf(all, 'licence')
    return name === undefined ? undefined : (LICENCES.get(name.toLowerCase()) ?? { name, url: undefined })
  }
  const own = fields(value, ['name', 'url'], '`licence`', SHELF, all.report)
  if (own === undefined) return undefined
  const [name, url] = [textOf(own, 'name'), textOf(own, 'url')]
  if (url !== undefined && siteAddress(url) === undefined) {
    const place = { path: SHELF, line: lineOf(own, 'url') }
    const message = `the \`url\` of the licence is \`${shown(url)}\``
    error(all.report, 'bad-identifier', place, message, 'write an address that begins with https://')
    return undefined
  }
  if (name === undefined) {
    wrong(SHELF, all.report, value.line, '`licence`', 'a name', 'write `licence: {name: …, url: …}`')
    return undefined
  }
  return { name, url }
}

function oneOf<T extends string>(all: Fields, key: string, known: readonly T[]): T | undefined {
  const text = textOf(all, key)
  if (text === undefined) return undefined
  const found = known.find((one) => one === text)
  if (found !== undefined) return found
  const like = nearest(text, known)
  const hint = like === undefined ? `write one of ${known.join(', ')}` : `did you mean \`${like}\`?`
  error(all.report, 'wrong-type', { path: SHELF, line: lineOf(all, key) }, `\`${key}\` is \`${shown(text)}\``, hint)
  return undefined
}

function readEditionNames(all: Fields): EditionName[] | undefined {
  const names: EditionName[] = []
  const items = itemsOf(all, 'editions')
  for (const item of items) {
    const text = asText(item, 'an edition', SHELF, all.report)
    if (text === undefined) continue
    const found = EDITION_NAMES.find((one) => one === text)
    if (found !== undefined) {
      if (!names.includes(found)) names.push(found)
      continue
    }
    const like = nearest(text, EDITION_NAMES)
    const hint = like === undefined ? `there are ${EDITION_NAMES.join(', ')}` : `did you mean \`${like}\`?`
    error(all.report, 'wrong-type', { path: SHELF, line: item.line }, `there is no edition \`${shown(text)}\``, hint)
  }
  return names.length === 0 ? undefined : names
}

function readGroups(all: Fields, folder: Folder, books: readonly string[]): Group[] {
  return itemsOf(all, 'groups').flatMap((item) => {
    const own = fields(item, ['title', 'books'], 'a group', SHELF, all.report)
    if (own === undefined) return []
    const title = textOf(own, 'title')
    if (title === undefined) {
      wrong(SHELF, all.report, item.line, 'a group', 'a title', 'write `- {title: …, books: […]}`')
      return []
    }
    const named = readBooks(own, 'books', folder, [])
    for (const path of named.filter((one) => !books.includes(one))) {
      const message = `the group \`${shown(title)}\` has \`${shown(path)}\`, which is not on the shelf`
      error(all.report, 'missing-book', { path: SHELF, line: item.line }, message, 'add it under `books:` as well')
    }
    return [{ title, books: named.filter((one) => books.includes(one)) }]
  })
}

/** Paths of books, each once; a name that is no book is reported. `absent`: what is meant where nothing is said. */
function readBooks(all: Fields, key: string, folder: Folder, absent: readonly string[]): string[] {
  const items = itemsOf(all, key)
  const said: { text: string; line: number }[] =
    items.length === 0
      ? absent.map((text) => ({ text, line: all.line }))
      : items.flatMap((item: Value) => {
          const text = asText(item, 'a book', SHELF, all.report)
          return text === undefined ? [] : [{ text, line: item.line }]
        })
  const books = new Set<string>()
  for (const { text, line } of said) {
    const place = { path: SHELF, line }
    const path = within('', text)
    if ('refused' in path) {
      const hint = 'write the path from the shelf’s folder: books/my-book'
      error(all.report, 'bad-path', place, `\`${shown(text)}\` is refused: ${path.refused}`, hint)
      continue
    }
    const found = path.path.includes('*')
      ? expand(folder, path.path)
      : isBook(folder, path.path)
        ? [path.path]
        : undefined
    if (found === undefined || (found.length === 0 && items.length > 0)) {
      const what = found === undefined ? `\`${shown(text)}\` is no book` : `no book is what \`${shown(text)}\` means`
      const hint = 'a book is a folder with a manifest or with Markdown, or one Markdown file'
      error(all.report, 'missing-book', place, what, hint)
    }
    for (const one of found ?? []) books.add(one)
  }
  return [...books]
}

/** `*` stands for any part of one name. */
function expand(folder: Folder, pattern: string): string[] {
  let paths = ['']
  const parts = pattern.split('/')
  parts.forEach((part, i) => {
    const last = i === parts.length - 1
    const source = part
      .split('*')
      .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*')
    const like = new RegExp(`^${source}$`)
    paths = paths.flatMap((path) => {
      const { files, folders } = namesIn(folder, path)
      const names = [...folders.filter((name) => !FOREIGN.test(name)), ...(last ? files : [])]
      return names
        .filter((name) => like.test(name))
        .sort(natural)
        .map((name) => (path === '' ? name : `${path}/${name}`))
    })
  })
  return paths.filter((path) => isBook(folder, path))
}

/** What stands for a book in a pattern: a folder that has a manifest, or one Markdown file. What is named need only be there. */
function isBook(folder: Folder, path: string): boolean {
  const kind = kindOf(folder, path)
  if (kind === 'file') return MARKDOWN.test(path)
  if (kind !== 'folder') return false
  if (MANIFESTS.some((name) => kindOf(folder, `${path}/${name}`) === 'file')) return true
  const { files } = namesIn(folder, path)
  return files.some((name) => MARKDOWN.test(name) || /^(?:_quarto\.yml|book\.toml|Book\.txt)$/.test(name))
}
