// What `book.yaml` may say: every key with what it means and what it takes. The tables are the one source: the manifest's readers
// take their keys from them, and the schema for editors (`octavo schema book`) is made of them.
import { EDITION_NAMES, EDITIONS, type EditionName, type Editions, type Setting } from '../../model/editions.js'
import { EXEMPTION_NAMES } from '../../model/exemptions.js'
import { SECTION_ROLES } from '../../model/role.js'

/** What a value may be, as data. No value at all (`key:`) counts as the key's absence everywhere. */
export type Shape =
  /** `like`: a regular expression; `such`: some of the words that it may be; `year`: a number is a year. */
  | { is: 'text'; like?: string; such?: readonly string[]; year?: true }
  | { is: 'flag' }
  | { is: 'choice'; of: readonly (string | number)[] }
  | { is: 'whole'; least: number; most: number }
  /** A number with its unit, from 0 on. */
  | { is: 'length' }
  /** A paper's name, or width and height. */
  | { is: 'size' }
  /** `together`: one of them needs the others. */
  | { is: 'map'; keys: Keys; needs: readonly string[]; together?: readonly string[] }
  /** One, or a list of them, of which there must be `least`. */
  | { is: 'some'; of: Shape; least?: number }
  | { is: 'either'; of: readonly Shape[] }
  /** Words with their hyphens, or lists of them by language. */
  | { is: 'divisions' }
  /** What `front`, `body` and `back` are lists of. */
  | { is: 'entry' }
  /** Codes of findings of that severity. */
  | { is: 'codes'; of: 'warning' | 'forgivable' }

export interface Key {
  about: string
  shape: Shape
  /** What holds if nobody says anything. */
  usual?: string | number | boolean | undefined
  /** A book without it is none. */
  needed?: true
}

export type Keys = Readonly<Record<string, Key>>

type Of<K> = Extract<Shape, { is: K }>

const text: Shape = { is: 'text' }
const flag: Shape = { is: 'flag' }
const key = (about: string, shape: Shape = text, usual?: Key['usual']): Key => ({ about, shape, usual })
const map = (keys: Keys, ...needs: string[]): Of<'map'> => ({ is: 'map', keys, needs })
const either = (...of: Shape[]): Shape => ({ is: 'either', of })
const some = (...of: Shape[]): Of<'some'> => ({ is: 'some', of: of.length === 1 ? of[0]! : either(...of) })

/** In a regular expression that knows no flags. */
const anyCase = (word: string) =>
  word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)

export const namesOf = (keys: Keys): string[] => Object.keys(keys)

export const AUTHOR: Keys = {
  name: key('As it is printed.'),
  sort: key('As it is sorted: `Tolstoy, Leo`. Made from the name if absent.'),
}

export const CONTRIBUTOR: Keys = {
  ...AUTHOR,
  role: key('A word, `translator`, or a code of MARC’s relators, `trl`.', {
    is: 'text',
    such: [
      'translator',
      'editor',
      'illustrator',
      'photographer',
      'foreword',
      'introduction',
      'afterword',
      'cover artist',
    ],
  }),
}

/** As EPUB 3.3 reserves them (5.5.3.1.1, `authority`). */
export const SCHEMES = [
  ...['AAT', 'BIC', 'BISAC', 'CLC', 'CLIL', 'DDC', 'EuroVoc', 'LCSH', 'MEDTOP', 'NDC', 'Thema', 'UDC', 'WGS'],
] as const

export const SUBJECT: Keys = {
  name: key('For people: `Modern fiction`.'),
  scheme: key('What the code is of, or the address of another scheme.', {
    is: 'text',
    such: SCHEMES,
    like: `^(${SCHEMES.map(anyCase).join('|')}|[hH][tT][tT][pP][sS]?://[^\\s<>"]+)$`,
  }),
  code: key('The subject in that scheme: `FBA`.'),
}

export const SERIES: Keys = {
  name: key('What the series is called.'),
  position: key('Of this book in it.'),
}

export const SOURCE: Keys = {
  title: key('What the work is called.'),
  identifier: key('Its ISBN, or another.'),
  date: key('When it came out.'),
  url: key('Where it is.', { is: 'text', like: '^[hH][tT][tT][pP][sS]?://[^\\s<>"]+$' }),
  note: key('What else is to be said of it.'),
}

export const COPYRIGHT: Keys = {
  year: key('A year, or years: `1999–2026`.', { is: 'text', like: '^\\d{4}(\\s*[,–-]\\s*\\d{4})*$', year: true }),
  holder: key('Who has it; the authors if nobody is named.', some(text)),
}

export const MANNERS = ['words', 'roman', 'arabic'] as const

const manner = either({ is: 'choice', of: MANNERS }, flag)

export const NUMBERING: Keys = {
  parts: key('Of parts.', manner, false),
  chapters: key('Of chapters.', manner, false),
  sections: key('Of the headings in a chapter.', manner, false),
}

export const GENERATED = ['half-title', 'title-page', 'imprint', 'contents', 'list-of-figures', 'colophon'] as const

const roleShape: Shape = { is: 'choice', of: SECTION_ROLES }

/** An entry has one of `file`, `generate` and `part`. */
export const ENTRY: Keys = {
  file: key('A Markdown file, a pattern (`chapters/*.md`) or a folder, from the book’s folder.'),
  generate: key('A page that Octavo writes.', { is: 'choice', of: GENERATED }),
  part: key('The title of a part that needs no file.'),
  role: key(
    'What it is; if absent, what its name says (`dedication.md`), a chapter in the body, a note elsewhere.',
    roleShape,
  ),
  title: key('In the contents and the running heads; if absent, the file’s own.'),
  'short-title': key('For the running heads.'),
  toc: key('Is it in the contents?', flag, true),
  number: key('Has it a number where others have?', flag, true),
  chapters: key('What stands below it in the contents.', some({ is: 'entry' })),
}

const MM = 72 / 25.4
const mm = (points: number) => `${Math.round((points / MM) * 100) / 100}mm`

const ABOUT_SETTINGS: {
  readonly [N in EditionName]: { readonly [K in keyof Required<NonNullable<Editions[N]>>]: string }
} = {
  epub: {
    'cover-image': 'The cover as shops ask for it, 1600 × 2560 in sRGB, as a file of its own.',
    kindle: 'Say what Send to Kindle and KDP are known to refuse or to leave out.',
  },
  kepub: {},
  web: {},
  pdf: {
    trim: 'Size of the page; the theme’s if absent.',
    linear: 'In the order of the web: a browser shows the first page before the rest has come.',
  },
  print: {
    trim: 'Size of the page when it is cut; the theme’s if absent.',
    for: 'Who prints it: its rules hold, and the finished file is proved by them.',
    stock: 'The paper.',
    colour:
      'How the inside is printed: in black, in one of two kinds of colour by machines on demand, or in the four inks of a press (`cmyk`).',
    spot: 'A second ink beside black, by the name on its can: the theme’s colours that have that `spot` are printed in it.',
    bleed: 'What is printed beyond the trim; `auto`: what its printer asks for, where a page reaches its edge.',
    marks: 'Crop marks.',
    gutter: 'Room at the fold, added to the inside margin; `auto`: by the number of pages.',
    cover: 'Is the cover its first page?',
    multiple: 'The number of pages is filled up to a multiple of this.',
    standard: 'PDF/X: what the file promises to be; by its printer if absent.',
    profile: 'The printer’s ICC profile, a file of the book: colours are turned into its inks.',
    condition:
      'How it is printed, by the name in the registry of the ICC: FOGRA51, GRACoL2006. FOGRA39 comes with its profile; of others the printer’s `profile` is needed if there are colours to turn into inks.',
    ink: 'All inks together on one spot, percent: what goes beyond it is made of more black and less colour; by its printer if absent.',
  },
  booklet: {
    sheet: 'The paper in the printer, upright.',
    signature: 'Pages of one folded set, a multiple of four; `auto`: one while it can be stapled, then sixteen.',
    creep: 'How far the innermost pages move to the fold; `auto`: by the paper.',
    paper: 'How thick a sheet is.',
    fold: '`half`: once; `quarter`: twice, eight pages to a sheet; `eighth`: a zine of eight pages, on one side of one sheet.',
  },
  'cover-wrap': {
    for: 'Who prints it; as `print` has it if absent.',
    stock: 'The paper of the inside, which makes the spine; as `print` has it if absent.',
    colour: 'How the inside is printed; as `print` has it if absent.',
    trim: 'Size of the page; as `print` has it if absent.',
    multiple: 'The inside has a multiple of so many pages; as `print` has it if absent.',
    paper: 'How thick a leaf of the inside is; by its printer if absent.',
    bleed: 'What is printed beyond the trim; by its printer if absent.',
    marks: 'Crop and fold marks.',
    binding: '`paper`; `case`, printed paper around boards; `jacket`, around a book in boards.',
    flaps: 'How wide the flaps are; of a jacket as the trade has them, if absent.',
    overhang: 'Of a case: how far its boards go beyond the pages; by its printer if absent.',
    hinge: 'Of a case: the joint beside the spine; by its printer if absent.',
    'turn-in': 'Of a case: what is folded in around its boards; by its printer if absent.',
    boards: 'What the boards add to the spine; by its printer if absent.',
    art: 'A picture of the whole sheet, with its bleed: only the barcode is drawn on it.',
    portrait: 'A picture of the author, for the back or its flap.',
    mark: 'The mark of who publishes it, for the foot of the spine, or of the back.',
    spine: 'Which way the spine is read; `auto`: by the custom of the language, nothing on a thin one.',
    price: 'Five figures beside the barcode, as the trade codes a price: 51499 is 14.99 US dollars.',
    template: 'Folds and safe areas are drawn over it: to look at, not to send.',
    standard: 'PDF/X: what the file promises to be; as `print` has it if absent.',
    profile: 'The printer’s ICC profile; as `print` has it if absent.',
    condition: 'How it is printed, by the name in the registry of the ICC; as `print` has it if absent.',
    ink: 'All inks together on one spot, percent; as `print` has it if absent.',
  },
}

const ABOUT_EDITIONS: { readonly [N in EditionName]: string } = {
  epub: 'For e-readers: `SLUG.epub`.',
  kepub: 'For Kobo’s e-readers: `SLUG.kepub.epub`.',
  web: 'To be read in the browser: the folder `SLUG-web/`.',
  pdf: 'For screens, with links, bookmarks and a cover page: `SLUG.pdf`.',
  print: 'For a printer, with bleed and boxes: `SLUG-print.pdf`.',
  'cover-wrap': 'Back, spine and front on one sheet: `SLUG-cover.pdf`.',
  booklet: 'Pages imposed on sheets, to fold and staple: `SLUG-booklet.pdf`.',
}

function settingsOf(name: EditionName): Keys {
  const about = new Map<string, string>(Object.entries(ABOUT_SETTINGS[name]))
  return Object.fromEntries(
    Object.entries<Setting<unknown>>(EDITIONS[name].settings).map(([setting, { usual, ...rest }]) => {
      const shape: Shape =
        rest.kind === 'whole'
          ? { is: 'whole', least: rest.least, most: rest.most }
          : rest.kind === 'choice'
            ? { is: 'choice', of: rest.of }
            : { is: rest.kind === 'file' ? 'text' : rest.kind }
      const auto = (rest.kind === 'whole' || rest.kind === 'length') && rest.auto
      const said =
        typeof usual === 'number' && rest.kind === 'length'
          ? mm(usual)
          : rest.kind === 'size' && usual !== undefined
            ? 'a4'
            : (usual as Key['usual'])
      return [
        setting,
        key(about.get(setting) ?? '', auto ? either({ is: 'choice', of: ['auto'] }, shape) : shape, said),
      ]
    }),
  )
}

const editions: Keys = Object.fromEntries(
  EDITION_NAMES.map((name) => [name, key(ABOUT_EDITIONS[name], either(map(settingsOf(name)), flag))]),
)

const oneIsbn: Shape = { is: 'text', like: '^[\\dXxISBNisbn:\\s‐–-]+$' }

export const MANIFEST: Keys = {
  title: { ...key('What the book is called.'), needed: true },
  'short-title': key('For the running heads; the title if absent.'),
  subtitle: key('Below the title.'),
  language: key(
    'A language tag: `en`, `en-GB`, `fr`, `el`.',
    { is: 'text', such: ['en', 'en-GB', 'fr', 'de', 'es', 'it', 'el', 'ru'] },
    'en',
  ),
  authors: key('Names, or `{name, sort}`.', some(text, map(AUTHOR, 'name'))),
  contributors: key(
    'Whoever else had a part in the book: `{name, role, sort}`.',
    some(map(CONTRIBUTOR, 'name', 'role')),
  ),
  publisher: key('Who brings it out.'),
  place: key('Where: a town, at the foot of the title page.'),
  rights: key('What may be done with it.'),
  description: key('What it is about, for shops and libraries; simple HTML may stand in it.'),
  subjects: key(
    'Texts, or `{name: Fiction, scheme: Thema, code: FBA}`.',
    some(text, { ...map(SUBJECT, 'name'), together: ['scheme', 'code'] }),
  ),
  date: key('Of this edition: `2026-01-31`, `2026-01`, `2026`.', {
    is: 'text',
    like: '^\\d{4}(-\\d\\d(-\\d\\d)?)?$',
    year: true,
  }),
  modified: key(
    'Day and time of the last change: `2026-01-31T12:00:00Z`. If absent, `SOURCE_DATE_EPOCH`, else the date.',
    { is: 'text', like: '^\\d{4}-\\d\\d-\\d\\d' },
  ),
  identifier: key('A URN or an address; made from title, authors and language if absent.', { is: 'text', like: ':' }),
  isbn: key(
    'Of the book, or of editions: `{epub: 978-…, print: 978-…}`.',
    either(
      oneIsbn,
      map(Object.fromEntries(EDITION_NAMES.map((name) => [name, key(`Of the edition \`${name}\`.`, oneIsbn)]))),
    ),
  ),
  doi: key('As `10.1000/182`.', { is: 'text', like: '10\\.\\d{4,9}' }),
  edition: key('A number, or words: `Second, revised edition`.'),
  printing: key('A number, or words.'),
  copyright: key(
    '`2026`, `© 2026 Ann Marlow`, or `{year, holder}`.',
    either({ is: 'text', like: '\\d{4}', year: true }, map(COPYRIGHT, 'year')),
  ),
  source: key(
    'The work that this edition is made from: its title, or `{title, identifier, date, url, note}`.',
    either(text, map(SOURCE)),
  ),
  series: key('A name, `{name, position}`, or several.', some(text, map(SERIES, 'name'))),
  slug: key('How the files are called; made from the title if absent.', {
    is: 'text',
    like: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$',
  }),
  cover: key('A PNG, JPEG or SVG of the folder; one is drawn if absent.'),
  theme: key('Name of an installed theme, or a YAML file of the folder.', { is: 'text', such: ['house'] }, 'house'),
  size: key('Of the pages, where an edition has no `trim` of its own; the theme’s if absent.', { is: 'size' }),
  ink: key('`mono`: the inside of the book in black; `colour`: as the theme has it.', {
    is: 'choice',
    of: ['mono', 'colour'],
  }),
  editions: key(
    'Which files are made, and how; `epub` and `pdf` if absent.',
    either(map(editions), { ...some({ is: 'choice', of: EDITION_NAMES }), least: 1 }),
  ),
  'contents-depth': key(
    '1: the titles; 2 to 4: headings below them too. As the theme says, if absent.',
    { is: 'whole', least: 1, most: 4 },
    1,
  ),
  numbering: key(
    'Of parts and chapters: `words`, `roman`, `arabic`, `true` for the theme’s manner; or a map that says each for itself.',
    either(manner, map(NUMBERING)),
    false,
  ),
  front: key('What stands before the text.', some({ is: 'entry' })),
  body: { ...key('The text: files, patterns, folders, parts.', some({ is: 'entry' })), needed: true },
  back: key('What stands behind it.', some({ is: 'entry' })),
  generate: key(
    'Half-title, title page, imprint, contents and colophon are made unless they are listed; `false`: none is.',
    flag,
    true,
  ),
  hyphenation: key(
    'Words with the hyphens that they may be divided at in the PDF; or a map of such lists by language. Without a hyphen: never.',
    { is: 'divisions' },
  ),
  smart: key('Straight quotation marks, `--`, `---` and `...` become what they stand for.', flag, true),
  certifier: key('Who vouches for the accessibility of the EPUB.'),
  exemption: key('By which exemption of the European Accessibility Act the book need not meet it.', {
    is: 'choice',
    of: EXEMPTION_NAMES,
  }),
  ignore: key('Codes of warnings that you do not want to hear.', some({ is: 'codes', of: 'warning' })),
  forgive: key('Codes of errors that are to be warnings.', some({ is: 'codes', of: 'forgivable' })),
}
