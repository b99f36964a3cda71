// Small books for the tests of whole pages: files go in, the Book and its Typeset in the house theme come out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../../src/diagnostic.js'
import { type Typeset, typeset } from '../../src/layout/index.js'
import type { Book } from '../../src/model/book.js'
import type { Trim } from '../../src/model/editions.js'
import { readBook } from '../../src/read/index.js'
import { type Loaded, loadTheme } from '../../src/theme/index.js'

export interface SetBook {
  book: Book
  typeset: Typeset
  theme: Loaded['theme']
  told: Diagnostic[]
}

/** Sixteen lines of 88 mm: more pages for less text. */
export const SMALL: Trim = { width: (120 * 72) / 25.4, height: (110 * 72) / 25.4 }

const loaded = new Map<string, Promise<Loaded | undefined>>()

/** `files` by path, `book.yaml` among them; a `look.yaml` is the theme. */
export async function setBook(files: Record<string, string | Uint8Array>, trim?: Trim): Promise<SetBook> {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-layout-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), content)
    }
    const told: Diagnostic[] = []
    const manuscript = await readBook(dir, (d) => told.push(d))
    if (manuscript === undefined) throw new Error(`not read: ${JSON.stringify(told)}`)
    const own = files['look.yaml'] !== undefined
    // the faces are read once for all books
    const key = own ? JSON.stringify(files['look.yaml']) : 'house'
    if (!loaded.has(key))
      loaded.set(
        key,
        loadTheme(own ? 'look.yaml' : 'house', dir, (d) => told.push(d)),
      )
    const look = await loaded.get(key)
    if (look === undefined) throw new Error(`no theme: ${JSON.stringify(told)}`)
    const set = await typeset(manuscript.book, look.theme, look.faces, { trim }, (d) => told.push(d))
    return { book: manuscript.book, typeset: set, theme: look.theme, told }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** A book of one chapter and nothing else. */
export function chapter(
  text: string,
  more: Record<string, string | Uint8Array> = {},
): Record<string, string | Uint8Array> {
  return { 'book.yaml': manifest(['chapter.md']), 'chapter.md': text, ...more }
}

export function manifest(body: string[], more = 'generate: false'): string {
  return `title: A Small Book\nlanguage: en\nmodified: 2026-01-01T00:00:00Z\n${more}\nbody: [${body.join(', ')}]\n`
}
