// A theme goes in, with the size and the ink that a book asks for; the theme as it is on pages of that size, and in those inks, comes out.
import { isSameSize, SIZES, type Trim } from '../model/sizes.js'
import { contrast } from './contrast.js'
import { hexOf, type PageStyle, type Theme } from './theme.js'

export interface Variant {
  size?: Trim | undefined
  ink?: Ink | undefined
  /** Of the book. */
  language?: string | undefined
}

export const INKS = ['mono', 'colour'] as const
export type Ink = (typeof INKS)[number]

export function varied(theme: Theme, { size, ink }: Variant): Theme {
  const sized = size === undefined ? theme : onPages(theme, size)
  return ink === 'mono' ? inOneInk(sized) : sized
}

/**
 * Margins scale with the page; the size of type does not: a larger page holds more words. What the theme says of a size goes
 * before that.
 */
function onPages(theme: Theme, { width, height }: Trim): Theme {
  const { page } = theme
  const own = ownPage(theme, { width, height })
  const kx = width / page.width
  const ky = height / page.height
  const top = own?.top ?? page.top * ky
  const foot = (page.height - page.top - page.lines * page.leading) * ky
  const lines = Math.max(3, Math.floor((height - top - foot) / (own?.leading ?? page.leading) + 1e-6))
  const scaled = { ...page, width, height, inside: page.inside * kx, outside: page.outside * kx, top, lines }
  // In a smaller foot stands less: its folio comes nearer to the text, and fewer notes hang into it, or they would stand at the edge.
  const small = Math.min(1, ky)
  const notes = { ...theme.notes, hang: theme.notes.hang * small }
  return {
    ...theme,
    notes,
    page: { ...scaled, footDistance: page.footDistance * small, ...own },
    drawn: { page, notes: theme.notes },
  }
}

/** What the theme says of pages of this size alone. */
function ownPage({ sizes = {} }: Theme, trim: Trim): Partial<PageStyle> | undefined {
  return Object.entries(sizes).find(([name]) => isSameSize(SIZES.get(name)!, trim))?.[1]
}

/**
 * The theme for an edition's own trim: small pages have the type that the theme draws for them, as if the book had asked for that
 * size; and one that is large has the theme's usual type, though the book asked for small pages. Margins alone need no other theme.
 */
export function forTrim(theme: Theme, trim: Trim | undefined): Theme {
  if (trim === undefined || isSameSize(theme.page, trim)) return theme
  const drawn = { ...theme, ...theme.drawn }
  if (isSameSize(drawn.page, trim)) return drawn
  const asked = theme.drawn !== undefined && ownPage(theme, theme.page) !== undefined
  return asked || ownPage(theme, trim) !== undefined ? onPages(drawn, trim) : theme
}

/** From here on a colour is one to read or to see a line by; what is lighter is a ground. */
const SEEN = 3

/**
 * The inside of a book in black alone: text and lines in the text's ink, since a letter of screened gray is none; grounds in gray. The
 * cover is printed apart, and keeps its colours.
 */
function inOneInk(theme: Theme): Theme {
  const mono = (name: string) => {
    const hex = hexOf(theme, name)
    return contrast(hex, '#ffffff') >= SEEN ? 'ink' : grayOf(hex)
  }
  const colours = Object.fromEntries(
    Object.keys(theme.colours).map((name) => {
      const own = mono(name)
      return [name, own === 'ink' ? hexOf(theme, 'ink') : own]
    }),
  )
  return { ...(inked(theme, mono) as Theme), colours, cover: theme.cover, press: theme.press }
}

/** Keys whose value names a colour, wherever they stand in a theme. */
const COLOURED: ReadonlySet<string> = new Set(['colour', 'ground'])

/** Every colour that is named below `value`, by another. */
function inked(value: unknown, mono: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => inked(each, mono))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      COLOURED.has(key) && typeof each === 'string' ? mono(each) : inked(each, mono),
    ]),
  )
}

/** As light as the colour is. */
function grayOf(hex: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  const gray = Math.round(0.2126 * r! + 0.7152 * g! + 0.0722 * b!)
  return `#${gray.toString(16).padStart(2, '0').repeat(3)}`
}
