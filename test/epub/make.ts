// A book in, its EPUB's bytes and files out, in the house's look: what the tests of the EPUB begin with.
import { type EpubOptions, writeEpub } from '../../src/epub/index.js'
import type { Book } from '../../src/model/book.js'
import type { PageStart } from '../../src/model/pages.js'
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

/** A page at every `step`th anchor. */
export function pagesOf(book: Book, step: number): PageStart[] {
  const starts: PageStart[] = []
  for (let n = 0; n < book.anchors; n += step) starts.push({ label: String(starts.length + 1), n, offset: 0 })
  return starts
}
