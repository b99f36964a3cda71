// Parts of what a theme may say (see schema.ts): of notes, verse, plays.
import { choice, flag, key, length, maybe, number, only, record } from './kinds.js'
import type { DramaStyle, NoteStyle, VerseStyle } from './theme.js'

export const noteStyle = record<NoteStyle>({
  hang: only('pdf', key('So many of their lines stand below the text before they take lines from it.', number(0, 20))),
  gap: only('pdf', key('From the text’s last line to the first note.', length(0, 100))),
  place: maybe(
    'At the foot of the page that calls them, at the end of their chapter, or gathered at the end of the `book`, by what calls them. `foot` if absent. In the EPUB they stand at the chapter’s end or the book’s, and open where they are called.',
    choice('foot', 'chapter', 'book'),
  ),
  rule: key('Width of the rule above them, as a share of the measure; 0 for none.', number(0, 1)),
  set: only(
    'pdf',
    maybe(
      '`hang`: as `hang` says; `block`: within the text block, their last line on the foot of all pages; `auto`: within it where more than a third of the pages have notes, and where a folio stands below them. `hang` if absent. In the PDF.',
      choice('hang', 'block', 'auto'),
    ),
  ),
  runIn: only('pdf', maybe('May short ones stand in one line? No if absent. In the PDF.', flag)),
  marks: maybe(
    'Figures, or *, †, ‡, §, ‖, ¶ and these doubled, from the beginning of each section. Figures if absent.',
    choice('figures', 'symbols'),
  ),
})

export const verseStyle = record<VerseStyle>({
  numbers: maybe(
    'Every so many lines a number stands at the right, in poems that have more lines than that; in a play, counted through its section. None if absent.',
    number(2, 100, true),
  ),
  turned: only(
    'pdf',
    maybe(
      'The rest of a line that is longer than the measure: `hang`, by the indent of the style; `right`, at the right edge; in the PDF. `hang` if absent.',
      choice('hang', 'right'),
    ),
  ),
})

export const dramaStyle = record<DramaStyle>({
  speaker: maybe(
    'Where the name of who speaks stands: `run-in`, at the head of the speech; `line`, above it. `run-in` if absent.',
    choice('run-in', 'line'),
  ),
})
