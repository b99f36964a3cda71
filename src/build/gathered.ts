// What a catalogue says of a book that is built, as plain data; and the pictures and faces that its page in the catalogue shows.
import type { Accessibility } from '../epub/index.js'
import type { Matter, Metadata } from '../model/book.js'
import type { Output } from './write.js'

export interface Facts {
  metadata: Metadata
  /** Words as readers count them; of scripts that do not part words, letters. */
  words: number
  letters: number
  /** Of the pages that readers can cite: how many, and the last number that is printed. */
  pages: { count: number; last: string } | undefined
  contents: ContentsLine[]
  access: Accessibility
  look: CatalogueLook
  files: FileFacts[]
  cover: PictureFacts
  thumbnail: PictureFacts
}

export interface ContentsLine {
  title: string
  /** 1, or more below a part or a chapter. */
  depth: number
  matter: Matter
  section: string
  /** As printed. */
  page: string | undefined
}

export interface FileFacts {
  /** Its name, as in the manifest. */
  edition: string
  /** Path in the book's folder. */
  name: string
  size: number
  sha256: string
  /** Of a PDF. */
  pages: number | undefined
  identifier: string
  advice: string[]
}

export interface PictureFacts {
  name: string
  type: 'image/png' | 'image/jpeg'
  width: number
  height: number
}

/** What of the theme a page on the web takes up. */
export interface CatalogueLook {
  ground: string
  ink: string
  accent: string
  text: PageFace[]
  title: PageFace[]
  generic: string
}

export interface PageFace {
  family: string
  weight: number
  italic: boolean
  /** File name; the same content has the same name. */
  file: string
}

/** Of a section that an author wrote. */
export interface SectionPassages {
  id: string
  title: string
  /** Of each paragraph: its id, the page on which it begins ('' if there are none), a sum of its text, how it begins. */
  passages: [id: string, page: string, sum: string, beginning: string][]
}

export interface Gathered {
  facts: Facts
  passages: SectionPassages[]
  /** To lie beside the book's files. */
  pictures: Output[]
  /** To lie with those of all other books. */
  faces: Output[]
  /** A face of the book lies in a package that is neither one of Octavo's own nor a theme's: nobody can say when that changes. */
  strange: boolean
}
