// Metadata and theme in; the cover out, as rules and outlines in points: one design for every output and size.
//
// The design: the page divided by the golden section into a field of colour and a field of paper. The title stands on
// the lower edge of the colour, as large as it can be; above it the authors; on the paper a bar, what kind of book it is,
// and at the foot who publishes it. One margin, one axis, one colour.
import type { PathItem, Rule } from '../layout/typeset.js'
import type { Metadata } from '../model/book.js'
import type { Face, Theme } from '../theme/theme.js'
import { createLetterer, type Fitted, type Letterer, letterText, type Manner, place } from './lettering.js'

export interface Drawing {
  /** Points. */
  width: number
  height: number
  /** What it says, for those who do not see it. */
  alt: string
  /** From the ground up. */
  items: (Rule | PathItem)[]
  /** What it should say and does not, or not all of it, because no face has the characters. */
  unsaid: string[]
}

const GOLDEN = 0.618
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
  const { ground, ink, accent } = theme.cover
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

  const margin = width * 0.09
  const measure = width - 2 * margin
  const edge = height * GOLDEN
  const small = width * 0.046
  const items: Drawing['items'] = [rule(0, 0, width, height, ground), rule(0, 0, width, edge, accent)]
  const set = (fitted: Fitted, x: number, baseline: number, leading: number, colour: string) => {
    fitted.lines.forEach((line, i) => {
      const at = letterer.rightToLeft ? width - x - line.right * fitted.size : x - line.left * fitted.size
      items.push(outline(place(line.path, at, baseline + i * leading * fitted.size, fitted.size), colour))
    })
  }

  // Authors at the head of the colour.
  let top = margin
  if (authors.length > 0) {
    const names = lines(letterer, authors, { smallCaps: true, tracking: 0.07 }, small * 1.15, measure, height * 0.2)
    set(names, margin, margin + letterer.capHeight * names.size, 1.4, ground)
    top = margin + (letterer.capHeight + (names.lines.length - 1) * 1.4) * names.size + margin * 0.9
  }

  // The title on the edge.
  const leading = 1.06
  const stand = margin * 0.95
  const title = letterText(
    letterer,
    cut(headline),
    {},
    {
      width: measure,
      height: edge - stand - top,
      largest: width * 0.24,
      smallest: width * 0.05,
      leading,
      most: 12,
    },
  )
  set(title, margin, edge - stand - (title.lines.length - 1) * leading * title.size, leading, ground)

  // The paper: a bar that hangs from the edge, the subtitle below it.
  items.push(
    rule(letterer.rightToLeft ? width - margin - width * 0.16 : margin, edge, width * 0.16, height * 0.014, ink),
  )
  const foot = [series, said.publisher].flatMap((part) => legible(part) ?? []).map(cut)
  if (shownSubtitle !== undefined && shownSubtitle !== headline) {
    const room = height - edge - margin * (foot.length > 0 ? 3.4 : 2)
    const subtitle = letterText(
      letterer,
      cut(shownSubtitle),
      { italic: true },
      {
        width: measure,
        height: room,
        largest: width * 0.064,
        smallest: width * 0.02,
        leading: 1.25,
        most: 8,
      },
    )
    set(subtitle, margin, edge + margin + letterer.capHeight * subtitle.size, 1.25, ink)
  }
  if (foot.length > 0) {
    const fitted = lines(letterer, foot, { smallCaps: true, tracking: 0.07 }, small, measure, height * 0.1)
    set(fitted, margin, height - margin - (fitted.lines.length - 1) * 1.4 * fitted.size, 1.4, ink)
  }

  const words = [said.title, said.subtitle, everybody.join(', '), series, said.publisher]
  return { width, height, alt: sentences(words), items, unsaid }
}

/** As small as a line is made before it is divided instead. */
const LEAST = 0.75

/** Each text on lines of its own, all in one size: divided if it would be much too small on one, smaller if all together do not fit. */
function lines(
  letterer: Letterer,
  texts: readonly string[],
  manner: Manner,
  size: number,
  width: number,
  height: number,
): Fitted {
  const set = texts.flatMap((text) => {
    const line = letterer.line(text, manner)
    const smallest = size * LEAST
    if ((line.right - line.left) * smallest <= width) return [line]
    return letterText(letterer, text, manner, {
      width,
      height: Infinity,
      largest: size,
      smallest,
      leading: 1.4,
      most: 6,
    }).lines
  })
  const widest = Math.max(...set.map((line) => line.right - line.left), 0.01)
  return { lines: set, size: Math.min(size, width / widest, height / (set.length * 1.4)) }
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

function rule(x: number, y: number, width: number, height: number, colour: string): Rule {
  return { kind: 'rule', tag: -1, x: round(x), y: round(y), width: round(width), height: round(height), colour }
}

function outline(path: (string | number)[], colour: string): PathItem {
  return { kind: 'path', tag: -1, d: path.map((part) => (typeof part === 'number' ? round(part) : part)), colour }
}

/** Hundredths of a point: finer than any raster, and short in the file. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}
