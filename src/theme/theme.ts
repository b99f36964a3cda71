// The Theme: how a book looks, one value for both outputs. Sizes are relative, so that the EPUB's CSS and the PDF's
// styles are two readings of the same numbers.

import { EDITIONS, type EditionName, MEDIA, type Medium } from '../model/editions.js'
import type { Cmyk, Equivalent, Equivalents } from '../model/equivalents.js'
import type { NumberStyle } from '../model/numbers.js'
import type { Role, SectionRole } from '../model/role.js'
import type { NumberManner } from './list-labels.js'

export interface Theme {
  name: string
  /** What it is, in a line. */
  about?: string | undefined
  page: PageStyle
  /** What is otherwise on pages of a size, by a name of `SIZES`. */
  sizes?: Record<string, Partial<PageStyle>> | undefined
  /** Where a book asks for another size: what the theme was drawn for. */
  drawn?: Pick<Theme, 'page' | 'notes'> | undefined
  /** By name; 'text' and 'mono' always exist. */
  faces: Record<string, Family>
  /** Faces asked in turn for a glyph that the wanted face lacks: names of `faces`. */
  fallback: string[]
  /** Letters of a script stand in a face of their own, whatever the text's has: by ISO 15924, names of `faces`. */
  scripts?: Record<string, string> | undefined
  styles: Record<Role, Style>
  /** What classes of the author's own say otherwise, by their names: see classes.ts. */
  classes: Record<string, Overlay>
  sections: Record<SectionRole, SectionStyle>
  notes: NoteStyle
  opening: OpeningStyle
  /** Without an ornament a break is white; `head` is what one at the head of a page has instead, where white is not seen. */
  sceneBreak: { ornament?: string | undefined; head?: string | undefined }
  numbering: NumberStyle
  heads: HeadStyle
  feet?: FootStyle | undefined
  spacing: SpacingStyle
  marks: MarkStyle
  /** Of a table: between columns, em of the body size; above and below a row, lines. */
  tables: TableStyle
  lists?: ListStyle | undefined
  captions?: CaptionStyle | undefined
  icons?: IconStyle | undefined
  contents?: ContentsStyle | undefined
  verse?: VerseStyle | undefined
  drama?: DramaStyle | undefined
  /** What only the EPUB can do: a file as the theme gives it, and once it is loaded its text. */
  epub?: { css?: string | undefined } | undefined
  /** By which lines of verse, and the chapters of a part in the contents, stand in: em of their own size, em of the body's. */
  steps: { verse: number; contents: number }
  cover: CoverStyle
  /** By name; styles name one of these, or '#rrggbb'. 'ink' is the text's and is left to the reading system in the EPUB. */
  colours: Record<string, Colour>
  /** What of them is said of inks, in the book as it was before it was printed in one: see variants.ts. */
  press?: Equivalents | undefined
}

/** '#rrggbb', or one for the day, one for the EPUB's night, and the inks of a press. */
export type Colour =
  | string
  | { day: string; night?: string | undefined; cmyk?: number[] | undefined; spot?: string | undefined }

/** The colour that a style names, '#rrggbb'. What the theme does not name is a colour itself. */
export function hexOf({ colours }: Pick<Theme, 'colours'>, name: string): string {
  const own = Object.hasOwn(colours, name) ? colours[name] : undefined
  return own === undefined ? name : typeof own === 'string' ? own : own.day
}

/** What the theme says of that colour at night, if it does. */
export function nightOf({ colours }: Pick<Theme, 'colours'>, name: string): string | undefined {
  const own = Object.hasOwn(colours, name) ? colours[name] : undefined
  return typeof own === 'object' ? own.night : undefined
}

/** The inks of its colours, wherever they stand. */
export function pressOf({ colours }: Pick<Theme, 'colours'>): Equivalents | undefined {
  const all = Object.values(colours).flatMap((own): [string, Equivalent][] =>
    typeof own === 'object' && own.cmyk !== undefined
      ? [[own.day, { cmyk: own.cmyk as unknown as Cmyk, spot: own.spot }]]
      : [],
  )
  return all.length === 0 ? undefined : new Map(all)
}

/** The family of a name, if the theme has it. */
export function familyOf({ faces }: Pick<Theme, 'faces'>, name: string): Family | undefined {
  return Object.hasOwn(faces, name) ? faces[name] : undefined
}

/** Points, unless said otherwise. A spread is mirrored. */
export interface PageStyle {
  /** Trim size that the margins below are drawn for; other trims scale them. */
  width: number
  height: number
  inside: number
  outside: number
  /** What the four margins come of, if not of numbers: see resolve.ts. */
  margins?: 'van-de-graaf' | 'tschichold' | 'thirds' | undefined
  /** From the trim's top edge to the top of the first line. */
  top: number
  /** Full depth of the text block, in lines. */
  lines: number
  /** Body size and the distance of its baselines: the grid. */
  size: number
  leading: number
  /** From the top of the text block up to the running head's baseline. */
  headDistance: number
  /** Where folios stand: in the outer corner of the head line, or centred below the text. */
  folio: 'head' | 'foot' | 'none'
  /** From the last baseline of a full page down to a foot folio's baseline (openings use it even if folio is 'head'). */
  footDistance: number
}

export interface Family {
  /** As CSS and the colophon name it. */
  family: string
  /** As the file itself says, if the theme does not. */
  designer?: string | undefined
  licence?: string | undefined
  /** File paths as the theme gives them: `PACKAGE/path.ttf` of an installed npm package, or a file beside the theme. */
  files: { regular: string; italic?: string | undefined; bold?: string | undefined; boldItalic?: string | undefined }
  /** Cuts that are drawn for letters from a size on, points: see optical.ts. What they lack is the family's. */
  optical?: { from: number; files: Partial<Family['files']> & { regular: string } }[] | undefined
  /** The family that it is a cut of, as the colophon names it. */
  cutOf?: string | undefined
  /** Least natural width of a word space, em; the face's own if it says nothing. */
  wordSpace?: number | undefined
  /** OpenType features that all its text has: 'ss01', '-liga'. */
  features?: string[] | undefined
  /** CSS generic family to fall back to. */
  generic: 'serif' | 'sans-serif' | 'monospace'
}

/** One font file of a family, found and known to be a font. */
export interface Face {
  /** 'FAMILY/CUT', by the names of Theme.faces and of Family.files: 'text/regular', 'text/boldItalic', 'mono/regular'. */
  key: string
  /** As CSS names it: 'EB Garamond'. */
  family: string
  weight: 400 | 700
  italic: boolean
  /** The file itself; of one that Octavo brings, its path: it is read when it is first asked for. */
  source: Uint8Array | string
  bytes: () => Uint8Array
  /** It lies in a package that is neither one of Octavo's own nor a theme's. */
  strange?: true
}

/** A theme with its faces: all that an output asks of it. */
export interface Look {
  theme: Theme
  faces: Face[]
}

export interface Loaded extends Look {
  /** As it is in a medium that the theme says something of apart. */
  apart?: { readonly [M in Medium]?: Look } | undefined
  /** The EPUB's own style sheet, as it was written. */
  sheet?: { path: string; text: string } | undefined
}

/** The look of an edition. The same object wherever the theme makes no difference. */
export function lookIn(look: Loaded, edition: EditionName): Look {
  return look.apart?.[EDITIONS[edition].medium] ?? look
}

/** All looks that a theme has. */
export function looksOf(look: Loaded): Look[] {
  return [look, ...MEDIA.flatMap((medium) => look.apart?.[medium] ?? [])]
}

export type Align = 'justify' | 'left' | 'center' | 'right'

export interface Style {
  /** Key of Theme.faces. */
  face: string
  /** × body size. */
  size: number
  /** Distance of baselines, in body lines (1 = the grid). */
  leading: number
  weight: 400 | 700
  italic: boolean
  /** 'small': lower case as small capitals; 'all-small': capitals too; 'upper': capitals. */
  caps: 'none' | 'small' | 'all-small' | 'upper'
  /** Extra letter-spacing, em of its own size. */
  tracking: number
  figures: 'oldstyle' | 'lining'
  tabular: boolean
  colour: string
  align: Align
  /** First-line indent, em of its own size. Negative hangs. The first paragraph of a container stands flush (a hang holds there too). */
  indent: number
  /** Insets of the whole block, em of the body size. Containers add up; the paragraphs in a container have no inset of their own. */
  left: number
  right: number
  /**
   * Space before and after, body lines; adjoining ones do not add up, the larger holds. That of a container (quotation, letter,
   * list, verse, epigraph, aside) stands around the whole, not around each of its paragraphs.
   */
  before: number
  after: number
  hyphenate: boolean
  /** Stays with the block that follows / is never broken over pages. */
  keepNext: boolean
  keepTogether: boolean
  /** A tint behind the block, rules around it, and their distance from its text: see box.ts. */
  ground?: string | undefined
  frame?: Line | undefined
  rules?: BoxRules | undefined
  padding?: Padding | undefined
}

/** What a class says of what has it. */
export type Overlay = { [K in keyof Style]?: Style[K] | undefined }

/** A rule. */
export interface Line {
  /** Points. */
  weight: number
  /** Share of the box, of a rule above or below it. */
  width?: number | undefined
  colour?: string | undefined
}

/** `start`: where lines begin, the left of a book that reads from left to right. */
export interface BoxRules {
  above?: Line | undefined
  below?: Line | undefined
  start?: Line | undefined
  end?: Line | undefined
}

export interface Padding {
  /** Lines of the body. */
  above?: number | undefined
  below?: number | undefined
  /** em of the body size. */
  sides?: number | undefined
}

export interface SectionStyle {
  /** Where it may open: on a recto, or on any new page. */
  opens: 'recto' | 'page'
  /** Empty lines above its first block. */
  sink: number
  /** Running heads and folios on its pages (an opening page never has a head). */
  heads: boolean
  folios: boolean
  /** Vertically: 'top', or the block centred a little above the middle, or standing at the foot. */
  align: 'top' | 'middle' | 'foot'
  /** What may stand on the back of its last page, if that is a recto: nothing, or the section that follows. */
  verso?: 'blank' | 'text' | undefined
  /** How many its text stands in, below its title. */
  columns?: number | undefined
  /** How its first paragraph begins, if otherwise than Theme.opening says. */
  opening?: { [K in keyof OpeningStyle]?: OpeningStyle[K] | undefined } | undefined
}

export interface NoteStyle {
  /** Lines of notes that may hang below the text block into the foot margin, before notes take lines from the text. */
  hang: number
  /** Points between the text block's last line and the first note's line; the rule stands in it. */
  gap: number
  /** Width of the rule above notes as a share of the measure; 0 for none. */
  rule: number
  /** At the foot of the page that calls them, at the end of their chapter, or of the book. */
  place?: 'foot' | 'chapter' | 'book' | undefined
  /** Below the text, in it, or in it where most pages have some. */
  set?: 'hang' | 'block' | 'auto' | undefined
  /** Short ones share a line. */
  runIn?: boolean | undefined
  marks?: 'figures' | 'symbols' | undefined
}

export interface OpeningStyle {
  /** How chapters begin: lead-in in small capitals (the first `words` words; see leadin.ts), a drop capital over `lines`, or nothing. */
  kind: 'none' | 'lead-in' | 'drop-cap' | 'raised'
  words: number
  lines: number
  /** × the text around, of a raised letter. */
  size?: number | undefined
  /** A large letter is followed by a lead-in. */
  lead?: boolean | undefined
  /** Of the large letter. */
  face?: string | undefined
  colour?: string | undefined
  /** The lines beside a drop capital follow its shape. */
  fit?: boolean | undefined
}

/** What running heads say. */
export interface HeadStyle {
  recto: 'book' | 'section' | 'none' | Row
  verso: 'book' | 'section' | 'none' | Row
  /** Of the page that a section opens on; nothing if absent. */
  opening?: Row | undefined
  rule?: FurnitureRule | undefined
  /** Between the title of a part and that of a chapter that is only numbered. */
  joint: string
}

/** A line in the margin: texts with names in braces, see furniture.ts. `inner` is at the spine. */
export interface Row {
  left?: string | undefined
  center?: string | undefined
  right?: string | undefined
  inner?: string | undefined
  outer?: string | undefined
}

/** Between the text and a line in the margin. */
export interface FurnitureRule {
  weight: number
  colour?: string | undefined
  /** Points from the line's baseline. */
  gap: number
}

/** What stands below the text, beside notes. */
export interface FootStyle {
  recto?: Row | undefined
  verso?: Row | undefined
  /** Of the page that a section opens on; its number in the middle if absent. */
  opening?: Row | undefined
  rule?: FurnitureRule | undefined
}

/** What a line in the margin can name. */
export const NAMED = ['title', 'part', 'chapter', 'section', 'author', 'folio'] as const

export interface TableStyle {
  gutter: number
  padding: number
  /** The house's if absent; if not, those that are named and no others. */
  rules?:
    | { above?: Line | undefined; head?: Line | undefined; rows?: Line | undefined; below?: Line | undefined }
    | undefined
  /** Tints of the head, and of every other row. */
  headGround?: string | undefined
  stripes?: string | undefined
}

/** By level, the last for all below. */
export interface ListStyle {
  bullets?: string[] | undefined
  numbers?: NumberManner[] | undefined
}

export interface CaptionStyle {
  figures?: 'above' | 'below' | undefined
  tables?: 'above' | 'below' | undefined
  number?: 'book' | 'chapter' | undefined
  label?: 'bold' | 'italic' | 'smallcaps' | undefined
  joint?: string | undefined
}

/** Beside what stands apart: see icons.ts. */
export interface IconStyle {
  /** By the name of a block: 'tip'. The name of an outline, or one. */
  kinds: Record<string, string>
  /** Side of its square, and width of the column in which it stands; em of the body size. */
  size?: number | undefined
  column?: number | undefined
  colour?: string | undefined
}

export interface ContentsStyle {
  /** 1: titles alone; to 4: headings below them. What the manifest says goes before it. */
  depth?: number | undefined
  /** Do numbers of chapters stand in it? */
  numbers?: boolean | undefined
  leaders?: 'dots' | 'blank' | undefined
  /** Where those of a chapter stand by its title. */
  authors?: 'above' | 'below' | undefined
}

export interface VerseStyle {
  /** Every so many lines a number stands in the margin. */
  numbers?: number | undefined
  /** Where the rest of a line stands that is longer than the measure. */
  turned?: 'hang' | 'right' | undefined
  /** Where a poem stands: in the middle, by its longest line, or at the inset of the style. */
  stands?: 'middle' | 'left' | undefined
}

export interface DramaStyle {
  speaker?: 'run-in' | 'line' | undefined
}

/** How far justified lines give way: what nobody sees. Beyond it only spaces open, and nothing is drawn in. */
export interface SpacingStyle {
  /** Of a word space's own width. */
  stretch: number
  shrink: number
  /** Of the width of glyphs. */
  expand: number
  condense: number
  /** Between letters, em. */
  trackOut: number
  trackIn: number
}

/** Marks within text. */
export interface MarkStyle {
  /** × the size of the text around, and how far off its baseline, em of that text. */
  raised: { size: number; rise: number }
  lowered: { size: number; rise: number }
  /** × the size of the text around. */
  small: number
  code: number
}

export const COVER_LAYOUTS = ['divided', 'plain', 'full', 'centred', 'banded', 'framed', 'label', 'disc'] as const
export type CoverLayout = (typeof COVER_LAYOUTS)[number]

export interface CoverStyle {
  /** What becomes of the author's own picture: all of the cover, or its upper part, or all of it below a panel or below the letters themselves. */
  picture?: 'alone' | 'above' | 'panel' | 'over' | undefined
  layout?: CoverLayout | undefined
  ground: string
  ink: string
  accent: string
  /** Key of Theme.faces. */
  face: string
}
