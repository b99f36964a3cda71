// In: a section, and the documents that were written of it, or what is in their bodies. Out: an error of ours if it has fewer letters.
import type { Report } from '../diagnostic.js'
import type { Section } from '../model/book.js'
import { lettersBetweenTags, lettersShown, piecesOf, reportLoss } from '../model/letters.js'
import type { Desk } from './inlines.js'

export function checkLetters(
  section: Section,
  documents: readonly string[],
  { names, beyond }: Desk,
  report: Report,
  stage = 'in the EPUB',
): void {
  const wanted = lettersShown(section, (note) => names.notes.get(note)?.label) + beyond
  const bodies = documents.map((document) => document.slice(Math.max(0, document.indexOf('<body'))))
  const written = bodies.reduce((sum, body) => sum + lettersBetweenTags(body, 0), 0)
  if (written >= wanted) return
  const text = bodies.join('\n').replace(/<[^>]*>|&[a-z]+;/g, '')
  reportLoss(stage, wanted - written, piecesOf(section), text, section.place, report)
}
