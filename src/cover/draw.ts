// Metadata and theme in; the cover out, as rules and outlines in points: one design for every output and size. What it says is decided
// here, how it stands by the manner that the theme names.
import type { PathItem, Rule } from '../layout/typeset.js'
import type { Metadata } from '../model/book.js'
import { capitals } from '../theme/index.js'
import type { Face, Theme } from '../theme/theme.js'
import { createBoard, type Words } from './board.js'
import { createLetterer, type Letterer } from './lettering.js'
import { MANNERS } from './manners.js'

export interface Drawing {
  /** Points. */
  width: number
  height: number
  /** What it says, for those who do not see it. */
  alt: string
  /** From the ground up. */
  items: (Rule | PathItem)[]
  /** The colour that it is seen to be of. */
  paper: string
  /** What it should say and does not, or not all of it, because no face has the characters. */
  unsaid: string[]
}

/** What a cover can hold; the whole of it stands on the title page. */
const MOST_AUTHORS = 6
const MOST_LETTERS = 300
/** A text that lacks a greater share of its characters is left out: a remnant of a name is none. */
const MOST_LACKING = 0.25

interface Drawn {
  theme: Theme
  faces: readonly Face[]
  drawing: Drawing
}

/** The last one of each book: the EPUB and the PDF show the same. */
const drawn = new WeakMap<Metadata, Drawn>()

/** `width` and `height` in points; any proportion from a slim octavo to a square will do. The drawing is not to be changed. */
export async function drawCover(
  metadata: Metadata,
  theme: Theme,
  faces: readonly Face[],
  width: number,
  height: number,
): Promise<Drawing> {
  const last = drawn.get(metadata)
  if (last?.theme === theme && last.faces === faces && last.drawing.width === width && last.drawing.height === height)
    return last.drawing
  const drawing = draw(metadata, theme, faces, width, height)
  drawn.set(metadata, { theme, faces, drawing })
  return drawing
}

function draw(metadata: Metadata, theme: Theme, faces: readonly Face[], width: number, height: number): Drawing {
  const { cover } = theme
  const { letterer, words, alt, unsaid } = lettered(metadata, theme, faces)
  const board = createBoard(width, height, words, cover, letterer)
  const manner = MANNERS[cover.layout ?? 'divided']
  manner.draw(board)
  return { width, height, alt, items: board.items, paper: cover[manner.paper], unsaid }
}

/** What a cover says, as far as a face has its letters; and whoever letters it. */
export function lettered(
  metadata: Metadata,
  theme: Theme,
  faces: readonly Face[],
): { letterer: Letterer; words: Words; alt: string; unsaid: string[] } {
  const said = metadata.printed ?? metadata
  const letterer = createLetterer(theme, faces, said.title, metadata.language)
  const unsaid: string[] = []
  /** The text, if it can be shown. */
  const legible = (text: string | undefined) => {
    const lacking = text === undefined ? 0 : letterer.lacking(text)
    if (text !== undefined && lacking > 0) unsaid.push(text)
    return lacking > MOST_LACKING ? undefined : text
  }
  const everybody = metadata.printed?.authors ?? metadata.authors.map((author) => author.name)
  const shownTitle = legible(said.title)
  const shownSubtitle = legible(said.subtitle)
  const authors = everybody
    .slice(0, MOST_AUTHORS)
    .flatMap((name) => legible(name) ?? [])
    .map(cut)
  if (everybody.length > MOST_AUTHORS) authors.push('…')
  const [first] = metadata.series ?? []
  const named = metadata.printed ? metadata.printed.series?.[0] : first?.name
  const series = first && [named, first.position].filter(Boolean).join(' ')
  // Without letters for the title, the subtitle stands in its place, or else the ornament that parts scenes.
  const headline = shownTitle ?? shownSubtitle ?? theme.sceneBreak.ornament ?? '* * *'

  const foot = [series, said.publisher].flatMap((part) => legible(part) ?? []).map(cut)
  const ornament = theme.sceneBreak.ornament
  const words = {
    title: cut(headline),
    capitals: cut(capitals(headline, metadata.language)),
    subtitle: shownSubtitle === undefined || shownSubtitle === headline ? undefined : cut(shownSubtitle),
    authors,
    foot,
    ornament: ornament === undefined || letterer.lacking(ornament) > 0 ? undefined : ornament,
  }
  const all = [said.title, said.subtitle, everybody.join(', '), series, said.publisher]
  return { letterer, words, alt: sentences(all), unsaid }
}

/** At a space, if there is one. */
function cut(text: string): string {
  const letters = [...text]
  if (letters.length <= MOST_LETTERS) return text
  return `${letters
    .slice(0, MOST_LETTERS)
    .join('')
    .replace(/\s+\S*$/, '')}…`
}

function sentences(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => (/[.!?…]$/.test(part!) ? part : `${part}.`))
    .join(' ')
}
