// The card of a book: all that the catalogue knows of it, as plain data. The book itself is made elsewhere, perhaps on another
// machine or last year; pages, feeds and records are made of cards alone.
import type { Facts, FileFacts } from '../build/gathered.js'
import type { Contributor, Series } from '../model/book.js'
import { recordOf } from '../model/record.js'

export interface Card extends Facts {
  /** Where its page and files lie, seen from the site's root: 'books/war-and-peace/'; '' for the site of a single book. */
  at: string
  /** Its folder's path on the shelf; '' for a single book. */
  path: string
  /** Of an edition to read in the browser; addresses seen from `at`. */
  web?: { index: string; places: WebPlace[] } | undefined
}

export interface WebPlace {
  title: string
  href: string
}

export interface Person extends Contributor {
  /** As author or otherwise. */
  main: boolean
}

export function peopleOf({ metadata }: Facts): Person[] {
  const { creators, contributors } = recordOf(metadata).people
  return [...creators.map((one) => ({ ...one, main: true })), ...contributors.map((one) => ({ ...one, main: false }))]
}

export function seriesOf({ metadata }: Facts): Series[] {
  return recordOf(metadata).series
}

/** The day on which this state of the book was made, by its manifest. */
export function dayOf({ metadata }: Facts): string {
  return metadata.modified.slice(0, 10)
}

/** What a person takes first: the EPUB, or else whatever there is. */
export function mainFile({ files }: Facts): FileFacts | undefined {
  return files.find(({ edition, name }) => edition === 'epub' && name.endsWith('.epub')) ?? files[0]
}

const MEDIA_TYPES = new Map<string, string>(
  Object.entries({
    epub: 'application/epub+zip',
    pdf: 'application/pdf',
    jpg: 'image/jpeg',
    png: 'image/png',
  }),
)

/** A KEPUB is an EPUB that only a Kobo is to be given: it has a type of its own where readers choose by type. */
export function mediaType(name: string): string {
  if (name.endsWith('.kepub.epub')) return 'application/kepub+zip'
  return MEDIA_TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream'
}
