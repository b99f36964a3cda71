// In: texts with their tags. Out: a small Typeset, set by hand (greedy lines, natural hyphens), for the painter's tests.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { shaperOf } from '../../src/fonts/shape.js'
import type { Font, Item, Link, OutlineItem, Page, Picture, Tag, Typeset } from '../../src/layout/typeset.js'
import type { Metadata } from '../../src/model/book.js'

const require = createRequire(import.meta.url)
const FILES = [
  '@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf',
  '@expo-google-fonts/eb-garamond/400Regular_Italic/EBGaramond_400Regular_Italic.ttf',
  '@expo-google-fonts/source-code-pro/400Regular/SourceCodePro_400Regular.ttf',
]
export const ROMAN = 0
export const ITALIC = 1
export const MONO = 2

/** Inline text. `\u00ad` marks where a word may be broken. */
export interface Piece {
  text: string
  tag: number
  font?: number
  actual?: string
  href?: string
  description?: string
}

interface Glyph {
  code: number
  advance: number
  shift: number
}

export interface Composer {
  tag(type: Tag['type'], parent: number, more?: Partial<Tag>): number
  /** Turns over; returns the page. */
  page(label: string, blank?: boolean): Page
  /** Sets a paragraph below what stands on the page, over as many pages as it takes. */
  set(pieces: Piece[], options?: { indent?: number; left?: number; width?: number; size?: number }): void
  /** One line of text at a place. */
  line(piece: Piece, x: number, y: number, size?: number, margin?: 'head' | 'foot'): void
  add(item: Item): void
  anchor(id: string): void
  skip(points: number): void
  y(): number
  finish(outline: OutlineItem[], images?: Picture[]): Typeset
}

export const WIDTH = 300
export const HEIGHT = 420
const LEFT = 40
const MEASURE = 220
const TOP = 50
const FOOT = 370
const LEADING = 14

/** `files`: font files, roman, italic and monospaced. */
export function compose(files: readonly string[] = FILES.map((file) => require.resolve(file))): Composer {
  const fonts: Font[] = []
  const tables: Map<string, number>[] = []
  const shapers = files.map((file) => {
    const bytes = readFileSync(file)
    const shaper = shaperOf(bytes)
    fonts.push({
      name: file.slice(file.lastIndexOf('/') + 1, -4),
      family: file.includes('garamond') ? 'EB Garamond' : 'Source Code Pro',
      bytes,
      italic: file.includes('Italic'),
      weight: 400,
      monospaced: file.includes('code'),
      codes: [{ glyph: 0, text: '', advance: 0 }],
    })
    tables.push(new Map())
    return shaper
  })
  const tags: Tag[] = []
  const pages: Page[] = []
  let y = TOP

  const codeOf = (font: number, glyph: number, text: string): number => {
    const key = `${glyph} ${text}`
    let code = tables[font]!.get(key)
    if (code === undefined) {
      code = fonts[font]!.codes.push({ glyph, text, advance: shapers[font]!.advance(glyph) }) - 1
      tables[font]!.set(key, code)
    }
    return code
  }
  const shape = (font: number, text: string): Glyph[] => {
    const plain = text.replaceAll('\u00ad', '')
    const { ids, advances, clusters } = shapers[font]!.shape(plain, [], 'en')
    return ids.map((id, i) => ({
      code: codeOf(font, id, plain.slice(clusters[i], clusters[i + 1] ?? plain.length)),
      advance: advances[i]!,
      shift: Math.round(advances[i]! - shapers[font]!.advance(id)),
    }))
  }
  const hyphen = (font: number): Glyph[] => {
    const [glyph] = shape(font, '-')
    const code = codeOf(font, fonts[font]!.codes[glyph!.code]!.glyph, '\u00ad')
    return [{ code, advance: glyph!.advance, shift: 0 }]
  }
  const width = (glyphs: readonly Glyph[], size: number) =>
    glyphs.reduce((sum, glyph) => sum + (glyph.advance * size) / 1000, 0)
  const page = () => pages.at(-1)!
  const turn = (label: string, blank = false): Page => {
    pages.push({
      label,
      side: pages.length % 2 === 0 ? 'recto' : 'verso',
      blank,
      items: [],
      links: [],
      anchors: [],
    })
    y = TOP
    return page()
  }
  const addRun = (
    piece: Piece,
    glyphs: readonly Glyph[],
    x: number,
    at: number,
    size: number,
    margin?: 'head' | 'foot',
  ) => {
    page().items.push({
      kind: 'text',
      tag: piece.tag,
      font: piece.font ?? ROMAN,
      size,
      x,
      y: at,
      stretch: 1,
      tracking: 0,
      codes: Uint16Array.from(glyphs, (glyph) => glyph.code),
      shifts: glyphs.some((glyph) => glyph.shift !== 0) ? Int16Array.from(glyphs, (glyph) => glyph.shift) : undefined,
      colour: '#000000',
      actual: piece.actual,
      margin,
    })
    if (piece.href) {
      const link: Link = {
        tag: piece.tag,
        x,
        y: at - size,
        width: width(glyphs, size),
        height: size * 1.3,
        href: piece.href,
        description: piece.description ?? piece.text,
      }
      page().links.push(link)
    }
  }

  return {
    tag: (type, parent, more = {}) => tags.push({ type, parent, ...more }) - 1,
    page: turn,
    anchor: (id) => page().anchors.push({ id, x: LEFT, y }),
    skip: (points) => {
      y += points
    },
    y: () => y,
    add: (item) => page().items.push(item),
    line: (piece, x, at, size = 10, margin) =>
      addRun(piece, shape(piece.font ?? ROMAN, piece.text), x, at, size, margin),
    set(pieces, { indent = 0, left = LEFT, width: measure = MEASURE, size = 10 } = {}) {
      // Parts: a word or the half of one, with the space or the break after it.
      const parts = pieces.flatMap((piece) =>
        (piece.text.match(/[^ \u00ad]+[ \u00ad]?|[ \u00ad]/g) ?? []).map((text) => ({ piece, text })),
      )
      const need = () => {
        if (y <= FOOT) return
        turn(String(Number(page().label) + 1))
      }
      let line: { piece: Piece; glyphs: Glyph[] }[] = []
      let used = indent
      const flush = () => {
        need()
        let x = left + (first ? indent : 0)
        for (let i = 0; i < line.length; ) {
          const { piece } = line[i]!
          const glyphs: Glyph[] = []
          for (; i < line.length && line[i]!.piece === piece; i++) glyphs.push(...line[i]!.glyphs)
          addRun(piece, glyphs, x, y, size)
          x += width(glyphs, size)
        }
        y += LEADING
        line = []
        used = 0
        first = false
      }
      let first = true
      parts.forEach(({ piece, text }, i) => {
        const font = piece.font ?? ROMAN
        const glyphs = shape(font, text)
        const breaks = text.endsWith('\u00ad')
        const w = width(shape(font, text.trimEnd()), size)
        const next = parts[i + 1]
        const room = breaks && next ? width(hyphen(next.piece.font ?? ROMAN), size) : 0
        if (used + w + room > measure && line.length > 0) {
          const last = line.at(-1)!
          if (parts[i - 1]?.text.endsWith('\u00ad')) last.glyphs.push(hyphen(font)[0]!)
          flush()
        }
        line.push({ piece, glyphs })
        used += width(glyphs, size)
      })
      if (line.length > 0) flush()
    },
    finish: (outline, images = []) => ({
      width: WIDTH,
      height: HEIGHT,
      pages,
      fonts,
      images,
      tags,
      outline,
      sections: [],
      starts: [],
    }),
  }
}

export const METADATA: Metadata = {
  title: 'Tom & Jerry <1>, «почти» книга',
  language: 'en',
  authors: [{ name: 'Ann Author', sort: 'Author, Ann', role: 'aut' }],
  contributors: [],
  description: 'What "it" says & means',
  subjects: [{ name: 'cats' }, { name: 'mice' }],
  rights: '© 1936',
  publisher: 'Nobody & Sons',
  modified: '2024-02-29T12:30:15Z',
  identifier: 'urn:uuid:00000000-0000-5000-8000-000000000000',
  identifierGiven: true,
  slug: 'sample',
}
