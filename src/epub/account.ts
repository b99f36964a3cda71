// In: a section, and the document that was written of it. Out: an error of ours if it has fewer letters.
import type { Report } from '../diagnostic.js'
import type { Section } from '../model/book.js'
import { lettersBetweenTags, lettersShown, piecesOf, reportLoss } from '../model/letters.js'
import type { Desk } from './inlines.js'

export function checkLetters(section: Section, document: string, { names, beyond }: Desk, report: Report): void {
  const wanted = lettersShown(section, (note) => names.notes.get(note)?.label) + beyond
  const body = document.indexOf('<body')
  const written = lettersBetweenTags(document, body)
  if (written >= wanted) return
  const text = document.slice(body).replace(/<[^>]*>|&[a-z]+;/g, '')
  reportLoss('in the EPUB', wanted - written, piecesOf(section), text, section.place, report)
}
