// What a book consists of, whoever says it: a manifest of ours, another tool's, or nobody, so that it was guessed.
import type { Value } from '../../yaml/index.js'
import type { ManifestEntry } from '../manifest/entries.js'

export interface Outline {
  /** The file that says it; '' if there is none. */
  path: string
  /** A manifest, key by key, with lines in `path`. */
  tree: Value
  /** The files of the book, if they are not listed in the tree. */
  entries?: ManifestEntry[] | undefined
  /** May it be silent about language and date? Other tools do not ask for them. */
  silent: boolean
  /** Where images may be that are not where the text says, as folders. */
  images?: string[] | undefined
}

/** Files that are read as Markdown when a folder or a pattern finds them. */
export const MARKDOWN = /\.(?:md|markdown|mdown|mkd|qmd|rmd)$/i

/** What lies in a folder of texts and is no text of the book. */
export const ABOUT =
  /^(?:readme|licen[cs]e|copying|changelog|changes|contributing|code[-_]of[-_]conduct|security|summary|todo|notes-to-self)$/i

/** Folders that other programs fill. */
export const FOREIGN = /^(?:node_modules|_book|_site|_freeze|__pycache__)$/
