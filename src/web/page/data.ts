// What a page is told of its book, by a script that is loaded when it is first used: `js/book.js` calls octavoBook with it.
import type { WebWords } from '../frame-words.js'

/** A line of the contents, and those below it. */
export type Line = [label: string, href: string, ...children: Line[]]

export interface BookData {
  words: WebWords
  /** Of the words, where it is not the book's. */
  lang?: string
  heading: string
  /** How many parts the search reads. */
  parts: number
  contents: Line[]
}

/** Of a section: its document, its title, and its texts: id and words. */
export type Entry = [file: string, title: string, texts: [id: string, text: string][]]

declare global {
  interface Window {
    octavoBook?: (data: BookData) => void
    octavoPart?: (entries: Entry[]) => void
    octavoSearch?: (panel: HTMLDialogElement, data: BookData, root: string, load: Load) => void
  }
}

/** Loads a script of the edition, once. */
export type Load = (path: string) => Promise<void>
