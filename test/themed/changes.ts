// What one key of a theme changes: a small book is set both ways, as the theme was and as it is with one value more. In: a book's files,
// the theme below, and what is said on top. Out: the pages and the EPUB as text, to be compared.
import { createHash } from 'node:crypto'
import { coverArt } from '../../src/build/cover.js'
import { openFiles } from '../../src/epub/index.js'
import { typeset } from '../../src/layout/index.js'
import {
  gatherNotes,
  listAuthors,
  markNotes,
  numberBook,
  numberCaptions,
  numberLines,
  readBook,
} from '../../src/read/index.js'
import { loadTheme } from '../../src/theme/index.js'
import type { Key, Shape } from '../../src/theme/kinds.js'
import type { Theme } from '../../src/theme/theme.js'
import type { Variant } from '../../src/theme/variants.js'
import { folderOf } from './helpers.js'

export interface Both {
  theme: Theme
  pdf: string
  epub: string
}

const silent = () => undefined

/** The book is read once; `base`: the theme below; the texts of a call are laid over it, one over the other. Faults come out as text. */
export async function setter(files: Record<string, string>, base: string, variant: Variant = {}, fonts = false) {
  const folder = folderOf(files)
  const sources = new Map<number, Awaited<ReturnType<typeof readBook>>>()
  return async (...layers: string[]): Promise<Both | string> => {
    const all: Record<string, string> = { 'l0.yaml': base }
    layers.forEach((text, i) => {
      all[`l${i + 1}.yaml`] = `extends: l${i}.yaml\n${text}`
    })
    const told: string[] = []
    const last = `l${layers.length}.yaml`
    const loaded = await loadTheme(last, folderOf(all), (d) => told.push(d.message), undefined, variant)
    if (loaded === undefined) return told.join('; ')
    const { theme, faces } = loaded
    const { depth = 1, numbers } = theme.contents ?? {}
    const source = sources.get(depth) ?? (await readBook(folder, silent, { depth }))!
    sources.set(depth, source)
    const book = structuredClone(source.book)
    numberBook(book, source.numbering, theme.numbering, numbers)
    listAuthors(book, theme.contents?.authors)
    numberCaptions(book, theme.captions ?? {})
    markNotes(book, theme.notes.marks)
    if (theme.notes.place === 'book') gatherNotes(book)
    numberLines(book, theme.verse?.numbers)
    const set = await typeset(book, theme, faces, {}, silent)
    const shown = { type: 'png', ground: '#ffffff', bytes: async () => new Uint8Array() } as const
    const epub = openFiles(book, theme, faces, { cover: shown }, silent)
    const documents = epub.documents.map(({ path }) => epub.document(path))
    const sheets = [await epub.read('css/book.css'), await epub.read('css/night.css')]
    // codes are numbers in a font: what they show is part of what is shown
    const cover = await coverArt(book, theme, faces, { width: set.width, height: set.height }, silent)
    const drawn = await coverArt(book, theme, faces, { width: 400, height: 640 }, silent)
    const embedded: unknown[] = []
    if (fonts)
      for (const [, path] of String(sheets[0]?.content).matchAll(/url\(\.\.\/(fonts\/[^)]+)\)/g))
        embedded.push(
          path,
          createHash('sha256')
            .update((await epub.read(path!))!.content)
            .digest('hex'),
        )
    const codes = set.fonts.map(({ codes }) => codes.map(({ glyph }) => glyph).join(' '))
    return {
      theme,
      pdf: JSON.stringify([set.width, set.height, set.pages, codes, cover]),
      epub: JSON.stringify([documents, sheets, drawn, embedded]),
    }
  }
}

/** Which of two differ. */
export function changed(one: Both, two: Both): string {
  return [one.pdf !== two.pdf && 'pdf', one.epub !== two.epub && 'epub'].filter(Boolean).join(', ')
}

/** `a: { b: { c: value } }` */
export function saying(path: readonly string[], value: string): string {
  return path.reduceRight((inner, key, i) => (i === 0 ? `${key}: ${inner}` : `{ ${key}: ${inner} }`), value)
}

/** Every key below a map that holds a value itself, with its path. */
export function leaves(
  keys: Readonly<Record<string, Key<unknown>>>,
  skip: readonly string[] = [],
  path: readonly string[] = [],
): { path: string[]; shape: Shape }[] {
  return Object.entries(keys).flatMap(([key, { kind }]) => {
    if (path.length === 0 && skip.includes(key)) return []
    const at = [...path, key]
    return kind.shape.is === 'map' ? leaves(kind.shape.keys, [], at) : [{ path: at, shape: kind.shape }]
  })
}

/** Another value than the theme has now, as YAML. */
export function another(path: string, shape: Shape, now: unknown): string | undefined {
  if (/\.?(colour|headGround|stripes|ground)$/.test(path)) return 'red'
  if (/(^|\.)face$/.test(path)) return 'mono'
  switch (shape.is) {
    case 'flag':
      return String(now !== true)
    case 'choice':
      return JSON.stringify(shape.of.find((one) => one !== now && one !== 'none' && one !== 'lead-in'))
    case 'number': {
      const value = Math.round((shape.least + (shape.most - shape.least) * 0.22) * 1000) / 1000
      return String(shape.whole ? Math.round(value) : value)
    }
    case 'length':
      return String(Math.min(shape.most, shape.least + 7))
    case 'text':
      return "'⁂'"
    case 'either':
      return 'none'
    default:
      return undefined
  }
}

export function at(theme: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((of, key) => (of as Record<string, unknown> | undefined)?.[key], theme)
}
