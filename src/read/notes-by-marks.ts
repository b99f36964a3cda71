// In: a book, and what its theme calls notes by. Out: the same book, its notes called by marks instead of figures if that is asked.
import type { Book } from '../model/book.js'
import { noteMark } from '../model/note-marks.js'

export function markNotes(book: Book, marks: 'figures' | 'symbols' | undefined): void {
  for (const section of book.sections)
    section.notes.forEach((note, i) => {
      note.label = marks === 'symbols' ? noteMark(i) : String(i + 1)
    })
}
