// What the preview's server and its page say to each other: docs/preview.md has the addresses. Plain data; lengths in points.

/** All that the page needs to draw its frame; pages and documents are fetched as they come into view. */
export interface State {
  /** Grows with every build. */
  revision: number
  /** A build runs. */
  building: boolean
  /** The last build had errors: what is shown is the last good state (pages may be empty if there never was one). */
  broken: boolean
  title: string
  /** BCP 47 of the book, and the direction in which its pages turn. */
  language: string
  direction: 'ltr' | 'rtl'
  /** The book's folder as it was named. */
  folder: string
  findings: Finding[]
  /** The pages; nothing if there never was a good state. */
  sources: Source[]
  /** Other ways to look at the paper, fetched when they are asked for. `asked`: by the manifest. */
  others: { name: Source['name']; asked: boolean }[]
  /** Of the EPUB, in reading order (its spine). */
  documents: DocumentInfo[]
  /** Changes when the style sheets or the faces of the documents do. */
  looks: string
  chapters: Chapter[]
  statistics: Statistics
  /** How long the last build took, milliseconds, from the change seen to all being known. */
  ms: number
}

export interface Finding {
  severity: 'error' | 'warning'
  code: string
  /** '' for the whole book. */
  path: string
  /** 0: the whole file. */
  line: number
  message: string
  hint: string
  /** Index in source `pages`, where it stands in the shown state. */
  page?: number
  /** Of the line or block, points. */
  box?: Box
}

export interface Source {
  /** `pages`: trimmed; `print`: with bleed and marks; `booklet`: sides of sheets; `cover`: the front, or the whole wrap. */
  name: 'pages' | 'print' | 'booklet' | 'cover'
  /** Points: of every page of it. */
  width: number
  height: number
  /** By page, what its picture is fetched by; two pages that look the same may share one. */
  keys: string[]
  /** By page, as printed. */
  labels: string[]
  /** By page; pages[0] is a recto (right-hand) page in a left-to-right book. */
  blank: boolean[]
  /** Of `pages`: geometry for overlays. */
  grid?: Grid
  /** Of sheets, by side: where they are cut. */
  trims?: Box[][]
  /** Of sheets, by side: which of the pages stand on it, and where; absent where they show pages of another size. */
  parts?: SheetPart[][]
}

/** A page on a sheet: where its corner stands, and how much larger it is. */
export interface SheetPart {
  /** Index in `pages`. */
  page: number
  x: number
  y: number
  scale: number
}

/** Points. `inside`/`outside` are mirrored on versos. */
export interface Grid {
  top: number
  inside: number
  outside: number
  leading: number
  lines: number
}

export interface DocumentInfo {
  path: string
  /** Changes when the document or its sheets do. */
  key: string
  title: string
  /** Section id, for `chapters`. */
  section: string
}

export interface Chapter {
  title: string
  /** 0 for parts and top-level sections. */
  depth: number
  /** Index in `pages` where it begins, and how many pages it has. */
  page: number
  pages: number
  document: string
  section: string
  file: string
  line: number
}

export interface Statistics {
  pages: number
  words: number
  characters: number
  /** Minutes at 230 words. */
  minutes: number
  chapters: number
  /** Pages of a printed signature (16), how many signatures, and blank pages at the end to fill the last. */
  signature: number
  signatures: number
  blanks: number
  /** Millimetres: 0.1 mm a leaf of two pages (80 g/m²), unless the booklet's `paper` says otherwise. */
  spine: number
}

/** What changed. `keys`: one splice of `pages`' keys; other sources come whole in the state. */
export interface Built {
  revision: number
  broken: boolean
  ms: number
  /** In source `pages`: from `at` on, `removed` keys are replaced by `keys`. Nothing changed: removed 0, keys []. */
  pages: { at: number; removed: number; keys: string[] }
  /** Paths whose key changed (or that are new), with their new keys. */
  documents: { path: string; key: string }[]
  looks: string
  /** Fetch the whole state again: the list of documents, chapters, labels, sizes or other sources changed. */
  whole: boolean
  /** Where the change is, if it is one place: for the quiet mark. First changed page and document. */
  where?: { page?: number; document?: string; file?: string; line?: number }
  findings: Finding[]
  statistics: Statistics
  /** Indices of pages that begin with other text than before: breaks that moved. */
  moved: number[]
}

/** What a change is most likely looked at in, sent along with it: nobody need ask for it. With their keys. */
export interface Fresh {
  /** SVG. */
  pages: [key: string, text: string][]
  /** XHTML. */
  documents: [key: string, text: string][]
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** One word of the book, wherever it is shown. */
export interface Spot {
  word: string
  /** In the author's files; absent for what Octavo wrote by itself and nobody can edit. */
  file?: string
  line?: number
  /** Of the word, from 1, UTF-16 units; 1 if the word is not found in the line. */
  column?: number
  /** Made by Octavo (title page, contents, colophon): file is where its words come from. */
  generated: boolean
  page?: { index: number; boxes: Box[] }
  epub?: { document: string; from: number; to: number }
}

export interface Found {
  /** Some words around, the match between `from` and `to` of it. */
  context: string
  from: number
  to: number
  section: string
  spot: Spot
}

export interface PageDetail {
  lines: LineDetail[]
  tags: TagDetail[]
}

/** One set line of text (body, notes, cells). Points. */
export interface LineDetail {
  box: Box
  baseline: number
  /** −1 as tight as allowed … 0 natural … 1 as loose as allowed, more: looser; absent where lines are not justified. */
  loose?: number
  /** Ends with a hyphen of Octavo's. */
  hyphen: boolean
  /** The last line of its paragraph. */
  last: boolean
  words: { text: string; box: Box }[]
}

/** In reading order, as a screen reader meets them. */
export interface TagDetail {
  type: string
  depth: number
  /** What is said, shortened. */
  text: string
  alt?: string
  lang?: string
  box?: Box
}

/** What is other than when the book was published last. */
export interface SinceRelease {
  /** Of the release: '2026-01-31'. */
  date: string
  /** Paragraphs. */
  added: number
  altered: number
  removed: number
  /** Indices of pages that begin elsewhere, or bear another number. */
  moved: number[]
  /** Where paragraphs that came or were altered stand. */
  marks: { page: number; box: Box }[]
}

export interface ThemePanel {
  /** The book's theme file, if it has one of its own. */
  file?: string
  /** The name of the theme it extends or uses, 'house'. */
  base: string
  values: ThemeValue[]
  /** Some values are tried and not written. */
  tried: boolean
}

export interface ThemeValue {
  /** 'page.size': path of keys in the theme file. */
  path: string
  label: string
  group: 'Face' | 'Page' | 'Text' | 'Opening' | 'Ornament'
  kind: 'number' | 'choice' | 'text'
  value: number | string
  /** Of a number. */
  min?: number
  max?: number
  step?: number
  unit?: 'pt' | 'em' | 'lines' | 'words' | '×'
  /** Of a choice. */
  options?: { value: string; label: string }[]
}

export type ThemeChange =
  /** Shows the book with these; nothing is written. */
  | { do: 'try'; values: { [path: string]: number | string } }
  /** Back to the file. */
  | { do: 'drop' }
  /** Writes what is tried into the theme file; makes one (`theme.yaml`, with `extends:`) and names it in book.yaml if there is none. */
  | { do: 'write' }
