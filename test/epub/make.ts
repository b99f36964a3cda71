// A book in, its EPUB's bytes and files out, in the house's look: what the tests of the EPUB begin with.
import { type Diagnostic, toLine } from '../../src/diagnostic.js'
import { type EpubOptions, writeEpub } from '../../src/epub/index.js'
import type { Book } from '../../src/model/book.js'
import type { PageStart } from '../../src/model/pages.js'
import { readBook } from '../../src/read/index.js'
import { type Loaded, loadTheme, type Theme } from '../../src/theme/index.js'
import { unzip } from '../finished/zip.js'
import { png } from './builders.js'

export async function house(): Promise<Loaded> {
  const loaded = await loadTheme('house', '.', () => {})
  if (loaded === undefined) throw new Error('the house theme does not load')
  return loaded
}

export interface Made {
  bytes: Uint8Array
  /** By path in the container. */
  files: Map<string, Uint8Array>
  text(path: string): string
}

export async function make(
  book: Book,
  more: Partial<EpubOptions> & { theme?: (theme: Theme) => void /** Embed no faces. */; bare?: boolean } = {},
): Promise<Made> {
  const { theme, faces } = await house()
  const changed = structuredClone(theme)
  more.theme?.(changed)
  const { theme: _, bare, ...options } = more
  const cover = { bytes: await png(160, 240, 200), type: 'png' as const }
  const bytes = await writeEpub(book, changed, bare ? [] : faces, { cover, ...options }, () => {})
  return opened(bytes)
}

function opened(bytes: Uint8Array): Made {
  const files = unzip(bytes)
  return {
    bytes,
    files,
    text(path) {
      const found = files.get(path)
      if (found === undefined) throw new Error(`the EPUB has no ${path}`)
      return new TextDecoder().decode(found)
    },
  }
}

/** The EPUB of a book folder, in its own look. */
export async function makeFolder(dir: string): Promise<Made> {
  const errors: string[] = []
  const report = (each: Diagnostic) => {
    if (each.severity === 'error') errors.push(toLine(each))
  }
  const manuscript = await readBook(dir, report)
  const look = await loadTheme(manuscript?.theme ?? '', dir, report)
  if (manuscript === undefined || look === undefined || errors.length > 0) throw new Error(errors.join('\n'))
  const { book } = manuscript
  const cover = { bytes: await png(1600, 2400, 200), type: 'png' as const }
  return opened(await writeEpub(book, look.theme, look.faces, { cover, starts: pagesOf(book, 9) }, report))
}

/** A page at every `step`th anchor. */
export function pagesOf(book: Book, step: number): PageStart[] {
  const starts: PageStart[] = []
  for (let n = 0; n < book.anchors; n += step) starts.push({ label: String(starts.length + 1), n, offset: 0 })
  return starts
}
