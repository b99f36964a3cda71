// In: what the author said of where the book is: nothing, a folder, a file. Out: where it is, or why it is nowhere.
import { basename, dirname } from 'node:path'
import { error, NOWHERE, type Report } from '../../diagnostic.js'
import type { Source } from '../../folder.js'
import { isThere, kindAt, openFolder } from '../../folder.js'
import { shown } from '../manifest/fields.js'
import { textsOf } from './guess.js'
import { MANIFESTS, turnHint } from './index.js'
import { ABOUT, MARKDOWN } from './outline.js'

/** That lie in a book's folder and say what it consists of. */
const SIGNS = [
  ...MANIFESTS,
  '_quarto.yml',
  '_quarto.yaml',
  'book.toml',
  'SUMMARY.md',
  'Book.txt',
  'manuscript/Book.txt',
]

/** `book`: a folder, a manifest in it, or one Markdown file; undefined: here, or in `./book`. Undefined if there is none, which is reported. */
export function findBook(book: string | undefined, over: Source['over'], report: Report): Source | undefined {
  if (book === undefined) return over.size > 0 ? { dir: undefined, over } : findHere(report)
  const kind = kindAt(book)
  if (kind === 'folder') return { dir: book, over }
  const [dir, file] = [dirname(book), basename(book)]
  if (kind === 'file' || over.has(file)) {
    if (SIGNS.includes(file)) return { dir, over }
    if (MARKDOWN.test(file) || over.has(file)) return { dir, over, file }
    const hint = /\.(?:ya?ml|json|toml)$/i.test(file) ? 'the manifest is called `book.yaml`' : turnHint(book)
    error(report, 'missing-folder', NOWHERE, `\`${shown(book)}\` is neither a folder nor Markdown`, hint)
    return undefined
  }
  if (isThere({ root: dir, name: '', over }, file)) {
    const hint =
      'name a folder or a Markdown file: no pipe or device; a text can be piped in, `octavo build - < essay.md`'
    error(report, 'missing-folder', NOWHERE, `\`${shown(book)}\` is neither a folder nor a plain file`, hint)
    return undefined
  }
  const what = MARKDOWN.test(book) ? 'file' : 'folder'
  const hint = 'name the folder of a book, or a Markdown file; or begin one with `octavo init DIR`'
  error(report, 'missing-folder', NOWHERE, `there is no ${what} \`${shown(book)}\``, hint)
  return undefined
}

function findHere(report: Report): Source | undefined {
  const over: Source['over'] = new Map()
  if (SIGNS.some((name) => kindAt(name) === 'file')) return { dir: '.', over }
  if (kindAt('book') === 'folder') return { dir: 'book', over }
  const here = openFolder('.')
  // What only speaks of a program is no book.
  if (!('fault' in here) && textsOf(here).texts.some((path) => !ABOUT.test(basename(path).replace(/\.\w+$/, ''))))
    return { dir: '.', over }
  const hint = 'name a folder or a Markdown file: `octavo build paper.md`; or begin a book with `octavo init DIR`'
  error(report, 'missing-folder', NOWHERE, 'there is no book here: no manifest, no Markdown, no folder `book`', hint)
  return undefined
}
