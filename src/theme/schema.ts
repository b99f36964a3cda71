// What a theme may say: every key with what it means, its unit, its kind and its range. The tables below are the one source: they
// check a theme, and docs/themes.md and the schema for editors are made from them.
import type { Medium } from '../model/editions.js'
import { ROLES, SECTION_ROLES } from '../model/role.js'
import { SIZES } from '../model/sizes.js'
import { ABOUT_ROLES } from './about.js'
import { CLASS_NAME } from './classes.js'
import {
  choice,
  either,
  flag,
  hex,
  type Key,
  type Keys,
  type Kind,
  key,
  length,
  list,
  matching,
  maybe,
  named,
  number,
  only,
  partial,
  record,
  text,
} from './kinds.js'
import { NUMBERS } from './list-labels.js'
import { feet, heads, ofSize, PAGE, sizesHint } from './schema-page.js'
import { coverStyle, dramaStyle, iconStyle, noteStyle, verseStyle } from './schema-parts.js'
import { SCRIPT_NAME } from './scripts.js'
import type {
  BoxRules,
  CaptionStyle,
  Colour,
  ContentsStyle,
  Family,
  Line,
  ListStyle,
  MarkStyle,
  OpeningStyle,
  Padding,
  PageStyle,
  SectionStyle,
  SpacingStyle,
  Style,
  TableStyle,
  Theme,
} from './theme.js'

const colourName = text(40)

const line = record<Line>({
  weight: key('How thick it is: points, or with its unit.', length(0.1, 20)),
  width: maybe('How wide it is, as a share of the box (1 if absent); of rules above and below only.', number(0.02, 1)),
  colour: maybe('A name of `colours`, or `#rrggbb`; `ink` if absent.', colourName),
})

/** Beside a block: as long as that is high. */
const sideLine = record<Line>({
  weight: key('How thick it is: points, or with its unit.', length(0.1, 20)),
  colour: maybe('A name of `colours`, or `#rrggbb`; `ink` if absent.', colourName),
} as Keys<Line>)

/** Between the rows of a table; e-readers draw those from edge to edge. */
const tableLine = record<Line>({
  ...(line.shape.is === 'map' && (line.shape.keys as unknown as Keys<Line>)),
  width: only('pdf', maybe('How wide it is, as a share of the table (1 if absent); in the PDF.', number(0.02, 1))),
} as Keys<Line>)

const style = record<Style>({
  face: key('A name of `faces`.', text(40)),
  size: key('Size of the letters, × the body size.', number(0.3, 8)),
  leading: key('Distance of its baselines, lines of the text (1 is the grid).', number(0.3, 12)),
  weight: key('400 is the regular cut, 700 the bold.', choice(400, 700)),
  italic: key('In the italic cut.', flag),
  caps: key(
    '`small`: lower case as small capitals; `all-small`: capitals too; `upper`: all in capitals.',
    choice('none', 'small', 'all-small', 'upper'),
  ),
  tracking: key('Space added between letters, em of its own size.', number(-0.1, 1)),
  figures: key(
    'Old-style figures have ascenders and descenders, lining ones stand as high as capitals.',
    choice('oldstyle', 'lining'),
  ),
  tabular: key('Figures of one width, for columns of numbers.', flag),
  colour: key('A name of `colours`, or `#rrggbb`.', colourName),
  align: key(
    'How its lines stand; what a theme calls left is the right in a book that reads from right to left.',
    choice('justify', 'left', 'center', 'right'),
  ),
  indent: key('Of its first line, em of its own size; negative hangs all lines but the first.', number(-10, 10)),
  left: key('Inset of the whole block, em of the body size.', number(0, 20)),
  right: key('Inset of the whole block, em of the body size.', number(0, 20)),
  before: key('Space above, lines; of two that meet the larger holds.', number(0, 20)),
  after: key('Space below, lines; of two that meet the larger holds.', number(0, 20)),
  hyphenate: key('May words be divided at the ends of lines?', flag),
  keepNext: key('Stays with the block that follows.', flag),
  keepTogether: key('Is never broken over pages.', flag),
  ground: maybe('A tint behind the block: a name of `colours`, or `#rrggbb`. None if absent.', colourName),
  frame: maybe('A rule on all four sides. None if absent.', line),
  rules: maybe(
    'Rules on single sides; each goes before `frame` on its side. None if absent.',
    record<BoxRules>({
      above: maybe('Above the block.', line),
      below: maybe('Below the block.', line),
      start: maybe('Along the side where lines begin.', sideLine),
      end: maybe('Along the side where lines end.', sideLine),
    }),
  ),
  padding: maybe(
    'Distance from ground, frame and rules to the text. 0 if absent.',
    record<Padding>({
      above: maybe('Lines; 0 if absent.', number(0, 6)),
      below: maybe('Lines; 0 if absent.', number(0, 6)),
      sides: maybe('em of the body size; 0 if absent.', number(0, 6)),
    }),
  ),
})

const opening = record<OpeningStyle>({
  kind: key(
    '`lead-in`: its first words in small capitals; `drop-cap`: its first letter large, over several lines; `raised`: its first letter large, on its line.',
    choice('none', 'lead-in', 'drop-cap', 'raised'),
  ),
  words: key('Of a lead-in.', number(1, 20, true)),
  lines: key('That a drop capital is deep.', number(2, 6, true)),
  size: maybe('Of a raised letter, × the text around; 3 if absent.', number(1.2, 8)),
  lead: maybe('Is a large letter followed by `words` words in small capitals? No if absent.', flag),
  face: maybe('Of the large letter: a name of `faces`; the text’s own if absent.', text(40)),
  colour: maybe('Of the large letter; the text’s own if absent.', colourName),
  fit: only(
    'pdf',
    maybe(
      'Do the lines beside a drop capital follow its shape? No if absent. In the PDF; in the EPUB they stand off its box.',
      flag,
    ),
  ),
})

const section = record<SectionStyle>({
  opens: only('pdf', key('Where it may open: on a right-hand page, or on any; in the PDF.', choice('recto', 'page'))),
  sink: key(
    'Empty lines above its first line; in the PDF one or two fewer or more where that lets its last page, or all of its pages, come out even. At most four fewer than the page has.',
    number(0, 40),
  ),
  heads: only('pdf', key('Running heads; never on the page that it opens on; in the PDF.', flag)),
  folios: only('pdf', key('Page numbers; in the PDF.', flag)),
  align: key(
    '`middle`: a little above the middle of the page; `foot`: standing on its last line.',
    choice('top', 'middle', 'foot'),
  ),
  verso: only(
    'pdf',
    maybe(
      'The back of its last page: `blank`, so that what follows opens on a right-hand page, or `text`. `blank` of a part and `text` of all else, if absent; in the PDF.',
      choice('blank', 'text'),
    ),
  ),
  columns: only(
    'pdf',
    maybe(
      'Columns of its text below its title, alike on the last page; 1 if absent. Contents are so set only where they are longer than a page and nearly every entry stands in a line; a section with notes never is. In the PDF: e-readers make columns of their own.',
      number(1, 4, true),
    ),
  ),
  opening: maybe('How its own first paragraph begins, where that is otherwise than `opening` says.', partial(opening)),
})

const feature = matching(/^-?[a-z][a-z0-9]{3}$/, 'a tag of four letters and figures, such as `ss01`')

const files = record<Family['files']>({
  regular: key('The regular cut.', text(300)),
  italic: maybe('The italic; `none` if the family has none, and the regular cut stands for it.', text(300)),
  bold: maybe('The bold; `none` if the family has none, and the regular cut stands for it.', text(300)),
  boldItalic: maybe('The bold italic; without it, the bold stands for it.', text(300)),
})

const family = record<Omit<Family, 'cutOf'>>({
  family: key('As CSS and the colophon name it.', text(80)),
  designer: maybe('Whom the colophon credits; as the font file says, if absent.', text(200)),
  licence: maybe('What the colophon says of it; as the font file says, if absent.', text(200)),
  files: key('Font files: `PACKAGE/path.ttf` of an installed npm package, or a path beside the theme’s file.', files),
  optical: maybe(
    'Cuts that are drawn for large letters, or for larger and larger ones: each holds for styles of that size or more, and for covers the last; what it lacks is the family’s.',
    list(
      record<NonNullable<Family['optical']>[number]>({
        from: key('The size from which it holds.', length(4, 200)),
        files: key('Its files, as above.', files as Kind<NonNullable<Family['optical']>[number]['files']>),
      }),
    ),
  ),
  wordSpace: only(
    'pdf',
    maybe('Least width of a word space, em; the face’s own if absent. In the PDF.', number(0.05, 1)),
  ),
  features: maybe(
    'OpenType features that all text in it has, such as `ss01`, `case`, `swsh`; `-liga` takes one away. None if absent.',
    list(feature),
  ),
  generic: only(
    'epub',
    key('What a reading system without the file takes; in the EPUB.', choice('serif', 'sans-serif', 'monospace')),
  ),
})

const colour: Kind<Colour> = either(
  hex,
  record<Exclude<Colour, string>>({
    day: key('On white paper and by day.', hex),
    night: only(
      'epub',
      maybe('In the EPUB on a dark ground; if absent, the day’s, made lighter as far as it must be.', hex),
    ),
    cmyk: only(
      'pdf',
      maybe(
        'Cyan, magenta, yellow and black in percent, for editions in the four inks of a press; in the PDF. Turned by the profile if absent.',
        list(number(0, 100), 4),
      ),
    ),
    spot: only(
      'pdf',
      maybe(
        'An ink that is mixed for it, by its name: `PANTONE 485 C`. It needs `cmyk` beside it, which is printed where that ink is not; in the PDF.',
        text(60),
      ),
    ),
  }),
)

function byRole<R extends string, T>(
  roles: readonly R[],
  kind: Kind<T>,
  about: (role: R) => string,
): Kind<Record<R, T>> {
  return record(
    Object.fromEntries(roles.map((role) => [role, key(about(role), kind)])) as unknown as {
      [K in R]-?: Key<T>
    } as never,
  )
}

const offset = record<{ size: number; rise: number }>({
  size: key('× the size around.', number(0.3, 1)),
  rise: key('Off the baseline, em; negative goes down.', number(-1, 1)),
})

const manner = choice('words', 'roman', 'arabic')

/** What stands below these is any key of a theme, but for what is the same in all editions. */
export const MEDIA_ABOUT: Readonly<Record<Medium, string>> = {
  print: 'What is otherwise in the editions on paper: `print`, `booklet`, `cover-wrap`.',
  screen: 'What is otherwise in the edition `pdf`, which is read on screens.',
  epub: 'What is otherwise in the EPUB, in Kobo’s and on the web; and what only these can do.',
}

/** The whole theme, once `extends`, `defaults` and `like` are worked in. */
export const theme = record<Omit<Theme, 'press' | 'drawn'>>({
  name: key('What the theme is called.', text(80)),
  about: maybe('What it is, in a line: `octavo themes` says it.', text(200)),
  page: key('The printed page: trim, margins, type.', record<PageStyle>(PAGE)),
  sizes: maybe(
    'What is otherwise on pages of a size, by its name; the rest follows from `page`, with margins to scale.',
    named(record<Partial<PageStyle>>(ofSize), new RegExp(`^(?:${[...SIZES.keys()].join('|')})$`), sizesHint),
  ),
  faces: key('Families of type, by a name of your own; `text` and `mono` must be there.', named(family)),
  fallback: key(
    'Names of `faces`, asked in turn for a letter that the wanted face lacks; each shows it in its nearest cut.',
    list(text(40)),
  ),
  scripts: maybe(
    'Faces for scripts, by their names in ISO 15924: `{ Grek: greek, Cyrl: slav }`. Letters of such a script stand in that face, whatever the wanted face has; code stays as it is.',
    named(text(40), SCRIPT_NAME, 'write the four letters of a script: `Grek`, `Cyrl`, `Armn`, `Geor` …'),
  ),
  colours: key('By a name of your own; `ink` is the text’s, and the reader’s own in an e-reader.', named(colour)),
  cover: key('The cover that is drawn where the book has no picture for it, or with that picture.', coverStyle),
  styles: key(
    'How every kind of text looks.',
    byRole(ROLES, style, (role) => ABOUT_ROLES[role]),
  ),
  classes: key(
    'Written among `styles`, with a dot: `.recipe`. What a class of your own says otherwise than the text that has it.',
    named(partial(style), CLASS_NAME, 'begin it with a letter; then letters, digits, hyphens'),
  ),
  sections: key(
    'How every kind of section opens.',
    byRole(SECTION_ROLES, section, (role) => `A section that is \`${role}\`.`),
  ),
  notes: key('Footnotes.', noteStyle),
  opening: key('How a chapter’s first paragraph begins.', opening),
  sceneBreak: key(
    'What stands where the text makes a break.',
    record<Theme['sceneBreak']>({
      ornament: maybe('The text of it; `none` leaves white alone.', text(40)),
      head: only(
        'pdf',
        maybe('What shows a break that falls at the head of a page, where there is no ornament; in the PDF.', text(40)),
      ),
    }),
  ),
  heads,
  feet,
  numbering: key(
    'How numbers are said where a book asks for them.',
    record<Theme['numbering']>({
      parts: key('Of parts.', manner),
      chapters: key('Of chapters.', manner),
      sections: key('Of the headings in a chapter.', manner),
      named: key('‘Chapter One’, or ‘One’ alone.', flag),
      place: maybe(
        'Where the number of a chapter or a part stands by its title; `above` if absent.',
        choice('above', 'line', 'beside'),
      ),
      joint: maybe('Between number and title in one line; a wide space if absent.', text(20)),
      column: maybe(
        'Width of the column in which numbers stand beside their titles, em of the body size; 3 if absent.',
        number(0.5, 20),
      ),
      ornament: maybe('Text that stands between a number and the title below it. None if absent.', text(40)),
    }),
  ),
  spacing: only(
    'pdf',
    key(
      'How far a justified line gives way.',
      record<SpacingStyle>({
        stretch: key('Spaces, by this share of their width.', number(0.01, 1)),
        shrink: key('Spaces, by this share of their width.', number(0.01, 0.5)),
        expand: key('Letters, by this share of theirs.', number(0, 0.05)),
        condense: key('Letters, by this share of theirs.', number(0, 0.05)),
        trackOut: key('Between letters, em.', number(0, 0.05)),
        trackIn: key('Between letters, em.', number(0, 0.05)),
      }),
    ),
  ),
  marks: key(
    'Marks within text.',
    record<MarkStyle>({
      raised: key('Superscript.', offset),
      lowered: key('Subscript.', offset),
      small: key('Small print, × the size around.', number(0.3, 1)),
      code: key('Code, × the size around.', number(0.3, 1.5)),
    }),
  ),
  tables: key(
    'Tables.',
    record<TableStyle>({
      gutter: key('Between columns, em of the body size.', number(0, 5)),
      padding: key('Above and below a row, lines.', number(0, 2)),
      rules: maybe(
        'Rules: those that are named, and no others. Above, below the head and below the table if absent.',
        record<NonNullable<TableStyle['rules']>>({
          above: maybe('Above the table.', tableLine),
          head: maybe('Below its head.', tableLine),
          rows: maybe('Between its rows.', tableLine),
          below: maybe('Below the table.', tableLine),
        }),
      ),
      headGround: maybe('A tint behind the head: a name of `colours`, or `#rrggbb`. None if absent.', colourName),
      stripes: maybe('A tint behind every other row. None if absent.', colourName),
    }),
  ),
  lists: maybe(
    'Marks of lists, by their level: the last holds for all below it.',
    record<ListStyle>({
      bullets: maybe('Texts such as `•` or `–`; the bullet if absent.', list(text(4))),
      numbers: maybe('A manner, and what follows the number; `1.` if absent.', list(choice(...NUMBERS))),
    }),
  ),
  captions: maybe(
    'Captions of pictures and tables.',
    record<CaptionStyle>({
      figures: maybe('Of pictures; `below` if absent.', choice('above', 'below')),
      tables: maybe('Of tables; `above` if absent.', choice('above', 'below')),
      number: maybe(
        '‘Figure 1’, ‘Table 1’, counted through the book, or ‘Figure 2.1’ in each chapter. None if absent.',
        choice('book', 'chapter'),
      ),
      label: maybe(
        'How ‘Figure 1’ is told from the caption. As the rest if absent.',
        choice('bold', 'italic', 'smallcaps'),
      ),
      joint: maybe('Between number and caption; a full stop and a space if absent.', text(10)),
    }),
  ),
  icons: maybe(
    'Small pictures beside what stands apart, each in a column of its own. They say nothing that the text does not, and are passed over by whoever reads aloud.',
    iconStyle,
  ),
  contents: maybe(
    'The page of contents.',
    record<ContentsStyle>({
      depth: maybe(
        'How deep it goes: 1, the titles of parts and chapters; 2 to 4, headings below them too. `contents-depth` in a book’s manifest goes before it. 1 if absent. The bookmarks of the PDF go as deep.',
        number(1, 4, true),
      ),
      numbers: maybe('Are chapters called with their numbers, where the book has any? Yes if absent.', flag),
      leaders: only(
        'pdf',
        maybe('What leads to a page number: dots, or nothing; in the PDF. Dots if absent.', choice('dots', 'blank')),
      ),
      authors: maybe(
        'The authors of chapters, in a line of italics above the title or below it. None if absent.',
        choice('above', 'below'),
      ),
    }),
  ),
  verse: maybe('Verse, beside its style.', verseStyle),
  drama: maybe('Plays, beside their styles.', dramaStyle),
  epub: only(
    'epub',
    maybe(
      MEDIA_ABOUT.epub,
      record<NonNullable<Theme['epub']>>({
        css: maybe(
          'A style sheet beside the theme’s file, which goes behind what Octavo writes. It may style elements by their names and classes; what would reach for another file, or take a block out of the page, is refused at its line.',
          text(300),
        ),
      }),
    ),
  ),
  steps: key(
    'By which what is deeper stands in.',
    record<Theme['steps']>({
      verse: key('Lines of verse, em of their size.', number(0, 5)),
      contents: key('The chapters of a part in the contents, em of the body size.', number(0, 5)),
    }),
  ),
})

// Classes are written among the styles.
const TOP: readonly string[] =
  theme.shape.is === 'map' ? Object.keys(theme.shape.keys).filter((key) => key !== 'classes') : []

/** What is of the theme itself, or the same in all editions. */
const WHOLE: readonly string[] = ['name', 'about', 'epub', 'numbering']

/**
 * What may stand at the top of a theme's file, below its `defaults`, and below `print`, `screen` and `epub`: more than a whole theme
 * has.
 */
export const KEYS: Readonly<Record<'top' | 'defaults' | 'medium', readonly string[]>> = {
  top: [...TOP, 'extends', 'defaults', 'print', 'screen'],
  defaults: ['style', 'section'],
  medium: [...TOP.filter((key) => !WHOLE.includes(key)), 'defaults'],
}
