// The Book: what was written. Plain data; knows neither Markdown nor HTML nor points.
import type { Place } from '../diagnostic.js'
import type { EditionName } from './editions.js'
import type { Exemption } from './exemptions.js'
import type { Role, SectionRole } from './role.js'

export interface Book {
  metadata: Metadata
  /** All sections in reading order: front, body, back. Ids are unique. */
  sections: Section[]
  /** Pictures of the cover's wrap, which no other edition shows, by their paths. */
  wrapped?: Map<string, Image> | undefined
  /** Every image that the text or the cover shows, by its path in the book folder, sorted by path. */
  images: Map<string, Image>
  /** Every `id` that can be linked to: the section it is in, and the anchor of the block or prose that carries it. */
  targets: Map<string, Target>
  /** How many anchors there are: `Prose.n` and `Block.n` run from 0 to anchors - 1 in reading order, notes after their section's blocks. */
  anchors: number
  /** How many ranks of headings the contents and the PDF's bookmarks list; 1 if absent: the titles alone. Those have ids. */
  depth?: number | undefined
  /** Of the manifest, for what is found of the whole. */
  places?: Places | undefined
  /** Words whose divisions the author has given. */
  hyphenation?: Hyphenation | undefined
  /** ICC profiles of printers, by the path that an edition names. */
  profiles?: Map<string, Uint8Array> | undefined
  /** Whose English its text is, where a language tag says no more than `en`; undefined if the text leaves it open. */
  spelling?: Spelling | undefined
}

/** By language, in small letters, or EVERY_LANGUAGE; by the word's letters, in small ones: the offsets at which it may be divided. */
export type Hyphenation = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>

export const EVERY_LANGUAGE = '*'

export type Spelling = 'en-US' | 'en-GB'

/** Where the manifest says what the book is called, and asks for each edition. */
export interface Places {
  title: Place
  /** Of what stands on the back of the cover. */
  blurb?: Place | undefined
  editions: { readonly [N in EditionName]: Place }
}

export interface Target {
  /** Section id. */
  section: string
  /** The anchor that carries the id, or of the section's first block. */
  n: number
}

export interface Contributor {
  name: string
  /** Sorting form, 'Tolstoy, Leo'; made from the name if the author gave none. */
  sort: string
  /** MARC relator code. */
  role: string
}

/** From the manifest. `undefined` means that the author said nothing, and nothing is then said anywhere. */
export interface Metadata {
  title: string
  subtitle?: string | undefined
  language: string
  authors: Contributor[]
  contributors: Contributor[]
  publisher?: string | undefined
  /** The place of publication. */
  publishedAt?: string | undefined
  rights?: string | undefined
  description?: string | undefined
  /** The same as its author marked it up: well-formed, of a few elements; undefined if it is plain. */
  richDescription?: string | undefined
  /** What stands on the back of the cover: paragraphs, as printed. */
  blurb?: string[] | undefined
  /** And on the flaps of its jacket. */
  flaps?: { front: string[]; back: string[] } | undefined
  subjects: Subject[]
  /** ISO date of this edition, as given. */
  date?: string | undefined
  /** `YYYY-MM-DDThh:mm:ssZ`, always known. */
  modified: string
  /** URN or URL, always known. */
  identifier: string
  /** What else the edition is known by: the identifier given beside an ISBN, a DOI as its address. */
  otherIdentifiers?: string[] | undefined
  /** False if the identifier was made from title, authors and language. */
  identifierGiven: boolean
  /** As written, with their hyphens; proved. */
  isbn?: Isbns | undefined
  /** '10.1000/182'. */
  doi?: string | undefined
  copyright?: Copyright | undefined
  /** Of the edition and of its printing: a number in figures, or the words for it. */
  edition?: string | undefined
  printing?: string | undefined
  /** For running heads. */
  shortTitle?: string | undefined
  source?: Source | undefined
  /** The one that a cover names comes first. */
  series?: Series[] | undefined
  /** Stem of the output files. */
  slug: string
  /** Path of the cover image in the book folder; undefined: drawn from the theme. */
  cover?: string | undefined
  /** What is printed of the above on title page and cover: the same words, with the quotation marks and dashes of the language. */
  printed?: Printed | undefined
  /** Who certified the EPUB's accessibility: an extension key of the manifest, `certifier`. */
  certifier?: string | undefined
  /** By what law the EPUB need not be accessible. */
  exemption?: Exemption | undefined
}

export interface Isbns {
  /** Of every edition that has none of its own. */
  book?: string | undefined
  editions: Partial<Record<EditionName, string>>
}

export interface Copyright {
  /** '2026', '1999–2026'. */
  years: string
  holders: string[]
}

export interface Series {
  name: string
  position?: string | undefined
}

/** `scheme` and `code` come together: 'LCSH', 'Thema', 'BISAC' … or a URL, and the subject's code in it. */
export interface Subject {
  name: string
  scheme?: string | undefined
  code?: string | undefined
}

export interface Printed {
  title: string
  shortTitle?: string | undefined
  subtitle?: string | undefined
  authors: string[]
  publisher?: string | undefined
  /** Their names. */
  series?: string[] | undefined
}

export interface Source {
  title?: string | undefined
  identifier?: string | undefined
  date?: string | undefined
  url?: string | undefined
  note?: string | undefined
}

export type Matter = 'front' | 'body' | 'back'

export interface Section {
  /** Unique in the book, safe as a file stem and as an XML id; made from the file's name. */
  id: string
  role: SectionRole
  matter: Matter
  /** 1, or 2 for a chapter that belongs to a part; more if it stands below a chapter. The section's title has this heading level. */
  depth: number
  /** Id of the part it belongs to. */
  part?: string | undefined
  /** Id of the chapter that it stands below in the contents. */
  under?: string | undefined
  /** Made by Octavo, not written by the author. */
  generated: boolean
  /** Plain text for contents, running heads, bookmarks and `<title>`; '' if it has none (an untitled dedication). */
  title: string
  /** What it is counted as, if the manifest asks for numbers. */
  numbered?: 'part' | 'chapter' | undefined
  /** For running heads, where the title is too long for them. */
  short?: string | undefined
  /** Of the title, if it is a word of ours in another language than the section's. */
  titleLanguage?: string | undefined
  /** Is it listed in the contents? */
  toc: boolean
  /** BCP 47. */
  language: string
  /** Title, subtitle and author come first, as blocks of those roles, when they are shown. */
  blocks: Block[]
  /** The footnotes referred to here, in order of their first reference; labels run from 1 in every section. */
  notes: Note[]
  place: Place
}

export interface Note {
  /** Unique in the book: `note-SECTION-1`. Its reference has the id `ref-SECTION-1`. */
  id: string
  /** As printed: '1', '2', … */
  label: string
  blocks: Block[]
  place: Place
}

/** Text with its marks. `\n` is a hard line break; U+FFFC stands for a note reference or an inline image. */
export interface Prose {
  /** Anchor: position in reading order. */
  n: number
  text: string
  /** Properly nested, in order of start; of two with the same start the outer comes first. Offsets are UTF-16 units. */
  spans: Span[]
  /** While it is set: its first letter stands before it, large. */
  cut?: true | undefined
}

export type Span = { start: number; end: number } & (
  | {
      kind:
        | 'emphasis'
        | 'strong'
        | 'code'
        | 'strike'
        | 'sub'
        | 'sup'
        | 'smallcaps'
        | 'underline'
        | 'mark'
        | 'small'
        | 'cite'
        | 'kbd'
        | 'quoted'
        | 'bold'
        | 'defined'
        | 'isolate'
        // Ruby: base and annotation, all of it and its parts. The parentheses are for whoever shows it in one line.
        | 'ruby'
        | 'ruby-base'
        | 'ruby-text'
        | 'ruby-paren'
    }
  /** Letters that slant without stress. `type`: what the words are, as `epub:type` has it. */
  | { kind: 'italic'; type?: string | undefined }
  /** `title`: what the abbreviation stands for. */
  | { kind: 'abbr'; title?: string | undefined }
  /** `datetime`: the day or the moment that the words mean, as HTML writes it. */
  | { kind: 'time'; datetime?: string | undefined }
  /** `lang` and/or classes and/or id given by the author with `[text]{…}`. */
  | {
      kind: 'span'
      lang?: string | undefined
      id?: string | undefined
      classes: string[]
      /** As that of italics. */
      type?: string | undefined
    }
  /** `href`: 'https:…', 'mailto:…', or '#ID' for a key of Book.targets. `page`: the PDF prints the target's page number after the text. */
  | { kind: 'link'; href: string; title?: string | undefined; page: boolean; place: Place }
  /** The number of a chapter or a part, at the head of its title. */
  | { kind: 'number'; role: 'number' | 'part-number' }
  /** The name of who speaks, at the head of a speech. */
  | { kind: 'speaker' }
  /** One U+FFFC. The first reference to a note carries its id `ref-…`. */
  | { kind: 'note'; note: string; first: boolean }
  /** One U+FFFC. */
  | { kind: 'image'; src: string; alt: Alternative }
)

/** What an image says to those who do not see it. '': it is decoration, as the author said; undefined: the author gave none. */
export type Alternative = string | undefined

interface BlockBase {
  /** Anchor. Blocks that hold a Prose directly share its number. */
  n: number
  id?: string | undefined
  /** Of a paragraph or a poem without such an id: its own, made from its words. See passages.ts. */
  passage?: string | undefined
  /** The author's classes, without those that Octavo understands. */
  classes: string[]
  /** Only where it differs from what surrounds it. */
  lang?: string | undefined
  place: Place
}

export type Block =
  | (BlockBase & { kind: 'paragraph'; role: Role; prose: Prose })
  /** `level` in the book's hierarchy, no gaps; `role` by the level in the file. */
  | (BlockBase & { kind: 'heading'; role: Role; level: number; prose: Prose })
  /** Containers: their paragraphs carry the role. `role` is the container's own. */
  | (BlockBase & { kind: 'quote'; role: 'quote'; blocks: Block[] })
  | (BlockBase & {
      kind: 'group'
      role: 'epigraph' | 'letter' | 'aside' | 'right' | 'center' | 'note' | 'dedication' | 'drama' | 'body'
      blocks: Block[]
    })
  | (BlockBase & { kind: 'list'; role: 'list'; ordered: boolean; start: number; tight: boolean; items: ListItem[] })
  | (BlockBase & { kind: 'definitions'; role: 'definition'; entries: { terms: Prose[]; definitions: Block[][] }[] })
  /** One line of `prose.text` a line of code, separated by `\n`. */
  | (BlockBase & { kind: 'code'; role: 'code'; language: string; prose: Prose })
  | (BlockBase & { kind: 'verse'; role: 'verse'; stanzas: VerseLine[][] })
  | (BlockBase & {
      kind: 'table'
      role: 'cell'
      head: TableRow[]
      body: TableRow[]
      aligns: Align[]
      caption?: Prose | undefined
    })
  /** `width`: share of the measure, above 0 and up to 1, if the author asks for one. */
  | (BlockBase & {
      kind: 'figure'
      role: 'caption'
      src: string
      alt: Alternative
      caption?: Prose | undefined
      width?: number | undefined
      plate?: Plate | undefined
    })
  | (BlockBase & { kind: 'break'; role: 'break' })
  /** Notes of a section that stand at the end of the book, where the theme has them there: see read/endnotes.ts. */
  | (BlockBase & { kind: 'notes'; role: 'note'; notes: Note[] })
  /** The table of contents, or of figures, as a list; filled by the reader once all sections are known. */
  | (BlockBase & { kind: 'contents'; role: 'contents-chapter'; entries: ContentsEntry[] })

/** A picture with a page for itself: whole where the text would stand, or to the edges; or with two that face each other. */
export type Plate = 'page' | 'bleed' | 'spread'

export interface ListItem {
  /** A task: its text begins with a box, ☐ or ☑, which is all the label that it has. */
  task?: true
  blocks: Block[]
}

export interface VerseLine {
  /** In steps of one indent, 0 flush. */
  indent: number
  prose: Prose
  /** It goes on in the line of verse that another speaker began above. */
  shared?: true | undefined
  /** That stands beside it, where the theme asks for numbers. */
  number?: number | undefined
}

export type Align = 'left' | 'center' | 'right' | undefined

export interface TableRow {
  cells: TableCell[]
}

export interface TableCell {
  prose: Prose
  head: boolean
  colSpan: number
  rowSpan: number
}

export interface ContentsEntry {
  /** 1, or 2 below a part. */
  depth: number
  role: 'contents-part' | 'contents-chapter'
  /** '#ID'. */
  href: string
  prose: Prose
}

export interface Image {
  /** Path in the book folder, with `/`. */
  path: string
  type: 'png' | 'jpeg' | 'gif' | 'webp' | 'svg'
  bytes: Uint8Array
  /** A file that only printers take as it is: `bytes` are what screens are shown in its place. */
  origin?: { type: 'jpeg' | 'tiff'; bytes: Uint8Array } | undefined
  /** Pixels; for SVG the size of its view box. */
  width: number
  height: number
  /** Of an SVG: about how long it takes to draw, milliseconds. It decides where it is drawn, never how. */
  work?: number
  /** Where it is shown first. */
  place?: Place | undefined
}
