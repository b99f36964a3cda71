// Parts of what a theme may say (see schema.ts): of covers, notes, icons, verse, plays.

import { CLASS_NAME } from './classes.js'
import { ICON_NAMES, ICON_SQUARE } from './icons.js'
import { choice, flag, hex, key, length, maybe, named, number, only, record, text } from './kinds.js'
import {
  COVER_LAYOUTS,
  type CoverStyle,
  type DramaStyle,
  type IconStyle,
  type NoteStyle,
  type VerseStyle,
} from './theme.js'

export const noteStyle = record<NoteStyle>({
  hang: only('pdf', key('So many of their lines stand below the text before they take lines from it.', number(0, 20))),
  gap: only('pdf', key('From the text’s last line to the first note.', length(0, 100))),
  place: maybe(
    'At the foot of the page that calls them, at the end of their chapter, or gathered at the end of the `book`, by what calls them. `foot` if absent. In the EPUB they stand at the chapter’s end or the book’s, and open where they are called.',
    choice('foot', 'chapter', 'book'),
  ),
  rule: only(
    'pdf',
    key('Width of the rule above them, as a share of the measure; 0 for none. In the PDF.', number(0, 1)),
  ),
  set: only(
    'pdf',
    maybe(
      '`hang`: as `hang` says; `block`: within the text block, their last line on the foot of all pages; `auto`: within it where more than a third of the pages have notes, and where a folio stands below them. `hang` if absent. In the PDF.',
      choice('hang', 'block', 'auto'),
    ),
  ),
  runIn: only('pdf', maybe('May short ones stand in one line? No if absent. In the PDF.', flag)),
  marks: maybe(
    'Figures, or *, †, ‡, §, ‖, ¶ and these doubled: anew on each page of the PDF, in the EPUB from the beginning of each section. Figures if absent.',
    choice('figures', 'symbols'),
  ),
})

export const iconStyle = record<IconStyle>({
  kinds: key(
    `By the name of a block, \`tip\`, \`warning\`, \`note\` or a class of your own: ${ICON_NAMES.map((name) => `\`${name}\``).join(', ')}, or an outline of your own in a square of ${ICON_SQUARE}, as SVG writes it with M, L, C, Q and Z.`,
    named(text(4000), CLASS_NAME, 'write the name of a block, such as `tip`'),
  ),
  size: maybe('Side of its square, em of the body size; 1.4 if absent.', number(0.5, 6)),
  column: maybe('Width of the column that it has beside the text, em of the body size; 2 if absent.', number(0.5, 10)),
  colour: maybe('A name of `colours`, or `#rrggbb`; the text’s if absent.', text(40)),
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
  stands: only(
    'pdf',
    maybe(
      'Where a poem stands: in the `middle`, by its longest line, or at the `left` of the style; in the PDF. `middle` if absent.',
      choice('middle', 'left'),
    ),
  ),
})

export const dramaStyle = record<DramaStyle>({
  speaker: maybe(
    'Where the name of who speaks stands: `run-in`, at the head of the speech; `line`, above it. `run-in` if absent.',
    choice('run-in', 'line'),
  ),
})

export const coverStyle = record<CoverStyle>({
  picture: maybe(
    'Where the book has a picture for its cover: `alone` (if absent), the picture is the cover; `above`, it fills the upper part, with title and names below it on the ground; `panel`, it fills all, with title and names on a panel in the ground’s colour; `over`, they stand straight on it, in the `ink`, and it is told where that cannot be read on it. Its middle is shown, cut to the shape.',
    choice('alone', 'above', 'panel', 'over'),
  ),
  layout: maybe(
    '`divided` (if absent): a field of colour above, paper below. `plain`: all at one margin, on paper; `full`: on the accent. `centred`: on the middle axis. `banded`: strong rules and a block of colour, the title in capitals. `framed`: a double frame. `label`: a label on coloured boards. `disc`: a disc on a field of colour.',
    choice(...COVER_LAYOUTS),
  ),
  ground: key('Behind all of it.', hex),
  ink: key('Of title and author.', hex),
  accent: key('Of what adorns it.', hex),
  face: key('A name of `faces`.', text(40)),
})
