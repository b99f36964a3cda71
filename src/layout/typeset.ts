// Typeset: where everything stands. Plain data, nothing left to decide; all that a painter sees.
// Points; x from the page's left edge, y from its top edge downwards, baselines for text.
import type { Image } from '../model/book.js'
import type { Equivalents } from '../model/equivalents.js'
import type { PageStart } from '../model/pages.js'
import type { Frame } from '../model/sizes.js'

/** Finished when the layout returns it: nothing changes it afterwards, but that its fonts get more codes as more is set. */
export interface Typeset {
  /** Trim size of every page. */
  width: number
  height: number
  pages: Page[]
  /** The cover, if the edition shows one; not counted among `pages`, never labelled. */
  cover?: Page | undefined
  fonts: Font[]
  images: Picture[]
  /** The structure tree, parents before children; tags[0] is the Document. */
  tags: Tag[]
  outline: OutlineItem[]
  /** Of colours on pages and cover, by what they are called there: the inks of a press. */
  press?: Equivalents | undefined
  /** Is some of the text known to be shown otherwise than it was written? */
  flawed?: boolean | undefined
  /** In reading order, by their ids, with their pages. */
  sections: { id: string; first: number; count: number }[]
  /** For the EPUB. */
  starts: PageStart[]
}

/** A face as used: codes are our own numbering of (glyph, text) pairs, so that every code has one Unicode value. */
export interface Font {
  /** PostScript-like name, unique: 'EBGaramond-Regular'. */
  name: string
  family: string
  /** The whole font file. */
  bytes: Uint8Array
  italic: boolean
  weight: number
  monospaced: boolean
  /** By code; code 0 is .notdef and never painted. `advance` in units of 1000 to the em. */
  codes: { glyph: number; text: string; advance: number }[]
}

/** As the book has it, by its index in the Typeset. */
export type Picture = Image

/** What a cover shows, before it has a page: the author's picture, or a drawing as large as the page. */
/** `ground`, '#rrggbb': the picture stands whole on it; without one it fills the page, and what is over is cut. */
export type CoverArt = { alt: string } & (
  | { picture: Picture; ground?: string | undefined }
  | { drawing: readonly (Rule | PathItem)[] }
)

export interface Page {
  /** As printed; blanks have one too, but it is not shown. */
  label: string
  side: 'recto' | 'verso'
  blank: boolean
  /** A picture has it for itself: no running head, no folio. */
  plate?: true | undefined
  /** In reading order: text runs, rules, images. Artifacts (head, folio, leaders, rules) have tag -1. */
  items: Item[]
  links: Link[]
  /** Named places on this page: what links and bookmarks go to. */
  anchors: { id: string; x: number; y: number }[]
  /** The same object where two layouts of a book show the same here, whatever the numbers of its tags. */
  ink?: object | undefined
  /** In the order in which they were painted; only where they are asked for, by whoever leads from a place on a page to the text. */
  lines?: SetLine[] | undefined
}

/** A line of text on its page. */
export interface SetLine {
  /** The anchor, counted from its section's first. */
  n: number
  /** Items of the page that it is made of: from (included), to (excluded). */
  from: number
  to: number
  /** By item: UTF-16 offset in the prose at which it begins. */
  offsets: number[]
  /** Left edge and width of what it may fill, and its baseline, points. */
  x: number
  width: number
  y: number
  leading: number
  /** How far spaces and letters gave way, 1: as far as they may, below 0: drawn in; undefined: it is not justified. */
  loose: number | undefined
  /** Is a word divided at its end? */
  divided: boolean
  /** Does a paragraph end with it? */
  last: boolean
}

export type Item = TextRun | Rule | ImageItem | PathItem

/** The layout names all fields of each, in this order: what reads a million of them is fast if they are alike. */
export interface TextRun {
  kind: 'text'
  tag: number
  /** Index into Typeset.fonts. */
  font: number
  size: number
  x: number
  y: number
  /** Horizontal scale, 1 = natural; applies to glyphs, shifts and tracking alike (PDF's Tz). */
  stretch: number
  /** Added after every code, points before scaling (PDF's Tc). */
  tracking: number
  /** Codes of the font. */
  codes: Uint16Array
  /** By code: correction of the advance after it, in 1/1000 em (kerning, word space; positive moves right); undefined: all zero. */
  shifts?: Int16Array | undefined
  /** By code: vertical offset in 1/1000 em, upwards; only with marks. */
  rises?: Int16Array | undefined
  colour: string
  /** What the run reads as, where the codes' own texts do not say it. */
  actual?: string | undefined
  /** For artifacts: a running head or a folio, by where it stands. */
  margin?: 'head' | 'foot' | undefined
}

export interface Rule {
  kind: 'rule'
  tag: number
  x: number
  y: number
  width: number
  height: number
  colour: string
}

export interface ImageItem {
  kind: 'image'
  tag: number
  /** Index into Typeset.images. */
  image: number
  x: number
  y: number
  width: number
  height: number
  /** What it fills, if that is less than all of it: the rest is cut. It may go over the page's edge, and over the fold onto the page that faces it. */
  frame?: Frame | undefined
}

/** A filled outline (cover, ornaments): SVG path commands M L C Q Z in points, already placed. */
export interface PathItem {
  kind: 'path'
  tag: number
  d: (string | number)[]
  colour: string
}

export interface Link {
  /** Tag of type Link. A link over several lines has one of these for each. */
  tag: number
  x: number
  y: number
  width: number
  height: number
  /** 'https:…', 'mailto:…' or '#ANCHOR'. */
  href: string
  /** For annotations' Contents: never empty. */
  description: string
}

export type TagType =
  | 'Document'
  | 'Part'
  | 'Sect'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'H5'
  | 'H6'
  | 'P'
  | 'BlockQuote'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Caption'
  | 'Note'
  | 'Reference'
  | 'Link'
  | 'TOC'
  | 'TOCI'
  | 'Code'
  | 'Span'
  | 'Em'
  | 'Strong'
  | 'Sub'
  | 'Quote'
  | 'Ruby'
  | 'RB'
  | 'RT'
  | 'RP'
  | 'Art'
  | 'Index'

/** An element of the structure tree. Its children are the tags that name it as parent and the items that name it, in the order in which pages first show them. */
export interface Tag {
  type: TagType
  /** Index into tags; -1 for the Document. */
  parent: number
  lang?: string | undefined
  /** Of a Figure: undefined if nobody described it. */
  alt?: string | undefined
  /** What an abbreviation stands for. */
  expansion?: string | undefined
  /** For Note: unique. */
  id?: string | undefined
  /** Title of a Sect or Part, as the outline has it. */
  title?: string | undefined
  scope?: 'Column' | 'Row' | undefined
  colSpan?: number | undefined
  rowSpan?: number | undefined
  /** Of a cell: the TH cells that it stands under or beside, where their scope does not say it. */
  headers?: readonly number[] | undefined
  numbering?: ('None' | 'Disc' | 'Decimal') | ('LowerAlpha' | 'UpperAlpha' | 'LowerRoman' | 'UpperRoman') | undefined
  /** For Figure: x, y, width, height in points from the top left, on its page. */
  box?: [number, number, number, number] | undefined
}

export interface OutlineItem {
  title: string
  /** Index into pages, or -1 for the cover. */
  page: number
  y: number
  children: OutlineItem[]
}
