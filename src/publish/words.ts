// The words of the site's own pages, by language; `%` stands for what is said in its place. A language that is not here yet is served in
// English, and the pages say so in `lang`.
import { primary } from '../model/languages.js'

export interface PageWords {
  language: string
  skip: string
  by: string
  and: string
  read: string
  download: string
  editions: string
  /** What an edition is for, by its name, and what its file is called. */
  formats: ReadonlyMap<string, { name: string; use: string }>
  pages: string
  page: string
  words: string
  characters: string
  /** Before the number of minutes or hours. */
  minutes: string
  hours: string
  readingTime: string
  length: string
  language_: string
  published: string
  updated: string
  series: string
  subjects: string
  edition: string
  printing: string
  checksum: string
  checkHow: string
  contents: string
  accessibility: string
  cite: string
  citeHint: string
  source: string
  licence: string
  rights: string
  identifiers: string
  about: string
  allBooks: string
  book: string
  books: string
  newest: string
  people: string
  search: string
  searchHint: string
  found: string
  nothing: string
  filter: string
  all: string
  date: string
  catalogue: string
  subscribe: string
  opdsHint: string
  opds2Hint: string
  feed: string
  forShops: string
  forLibraries: string
  forKnowledge: string
  verify: string
  changes: string
  changesAll: string
  paragraphs: string
  changedPages: string
  repaged: string
  added: string
  removed: string
  altered: string
  isNew: string
  isOut: string
  isOther: string
  filesOnly: string
  gone: string
  more: string
  first: string
  releases: string
  previous: string
  next: string
  coverOf: string
  madeWith: string
  of: string
  pagesOfList: string
  seriesAll: string
  languages: string
  years: string
  allOf: string
}

const FORMATS = new Map(
  Object.entries({
    epub: { name: 'EPUB', use: 'for e-readers, phones and tablets' },
    kepub: { name: 'KEPUB', use: 'for Kobo e-readers' },
    pdf: { name: 'PDF', use: 'for the screen, with links and bookmarks' },
    print: { name: 'PDF for print', use: 'for a printer, with bleed' },
    booklet: { name: 'PDF booklet', use: 'to print at home, fold and staple' },
    web: { name: 'Web', use: 'to read in the browser' },
    cover: { name: 'Cover', use: 'as a picture, for shops and reviews' },
  }),
)

const ENGLISH: PageWords = {
  language: 'en',
  skip: 'Skip to the text',
  by: 'by %',
  and: ' and ',
  read: 'Read in the browser',
  download: 'Download %',
  editions: 'Editions',
  formats: FORMATS,
  pages: '% pages',
  page: 'page %',
  words: '% words',
  characters: '% characters',
  minutes: 'about % min',
  hours: 'about % h',
  readingTime: 'Reading time',
  length: 'Length',
  language_: 'Language',
  published: 'Published',
  updated: 'This version',
  series: 'Series',
  subjects: 'Subjects',
  edition: 'Edition',
  printing: 'Printing',
  checksum: 'SHA-256',
  checkHow: 'proves that a file arrived as it was made',
  contents: 'Contents',
  accessibility: 'Accessibility',
  cite: 'How to cite',
  citeHint: 'Copy the line, or take it into a reference manager:',
  source: 'Source',
  licence: 'Licence',
  rights: 'Rights',
  identifiers: 'Identifier',
  about: 'This edition',
  allBooks: 'All books',
  book: '% book',
  books: '% books',
  newest: 'Newest',
  people: 'People',
  search: 'Search',
  searchHint: 'Title, person, subject, chapter …',
  found: '% found',
  nothing: 'Nothing found. Try fewer or other words.',
  filter: 'Narrow',
  all: 'All',
  date: 'Year',
  catalogue: 'Catalogue',
  subscribe: 'Subscribe',
  opdsHint: 'the catalogue for e-readers: add this address in yours',
  opds2Hint: 'the same for newer ones',
  feed: 'news of this site, for feed readers',
  forShops: 'for shops',
  forLibraries: 'for libraries',
  forKnowledge: 'for knowledge bases',
  verify: 'checksums of every file',
  changes: 'What changed',
  changesAll: 'Every change, paragraph by paragraph',
  paragraphs: 'Paragraphs: %',
  changedPages: 'on pages %',
  repaged: 'from page % on the pages begin elsewhere',
  added: '% new',
  removed: '% taken out',
  altered: '% altered',
  isNew: 'New',
  isOut: 'Taken out',
  isOther: 'Altered',
  filesOnly: 'The words are the same; the files were made anew',
  gone: 'No longer published here',
  more: 'and % more',
  first: 'First release',
  releases: 'Releases',
  previous: 'Previous page',
  next: 'Next page',
  coverOf: 'Cover of %',
  madeWith: 'Made with Octavo',
  of: '% of %',
  pagesOfList: 'Pages of this list',
  seriesAll: 'Series',
  languages: 'Languages',
  years: 'Years',
  allOf: 'All %',
}

const TABLE = new Map<string, PageWords>([['en', ENGLISH]])

export function pageWords(tag: string): PageWords {
  return TABLE.get(primary(tag)) ?? ENGLISH
}

/** Each `%` in turn. */
export function say(phrase: string, ...what: (string | number)[]): string {
  let i = 0
  return phrase.replace(/%/g, () => String(what[i++] ?? ''))
}

/** In English; a language that is not known is called by its tag. */
const LANGUAGE_NAMES = new Map(
  Object.entries({
    ...{ en: 'English', fr: 'French', de: 'German', es: 'Spanish', it: 'Italian', pt: 'Portuguese', nl: 'Dutch' },
    ...{ pl: 'Polish', ru: 'Russian', el: 'Greek', la: 'Latin', uk: 'Ukrainian', cs: 'Czech', da: 'Danish' },
    ...{ sv: 'Swedish', nb: 'Norwegian', no: 'Norwegian', fi: 'Finnish', hu: 'Hungarian', ro: 'Romanian' },
    ...{ tr: 'Turkish', he: 'Hebrew', ar: 'Arabic', fa: 'Persian', hi: 'Hindi', zh: 'Chinese', ja: 'Japanese' },
    ...{ ko: 'Korean', ca: 'Catalan', eo: 'Esperanto', ga: 'Irish', cy: 'Welsh', grc: 'Ancient Greek' },
  }),
)

export function languageName(tag: string): string {
  return LANGUAGE_NAMES.get(primary(tag)) ?? tag
}

/** '111 kB', '4.6 MB'. */
export function sizeInWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** '563,356', with thin spaces where that is usual: '563 356' is read by everybody. */
export function numberInWords(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, n > 9999 ? '\u202f' : '')
}

/**
 * Silent reading of non-fiction in English, words a minute: Brysbaert, How Many Words Do We Read Per Minute? (2019), 238; of letters
 * in scripts that do not part words, 255 (Chinese).
 */
const WORDS_A_MINUTE = 238
const LETTERS_A_MINUTE = 255

export function readingTime({ words, letters }: { words: number; letters: number }, say_: PageWords): string {
  const minutes = Math.max(1, Math.round(words / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE))
  return minutes < 90 ? say(say_.minutes, minutes) : say(say_.hours, Math.round(minutes / 60))
}

/** ISO 8601, as schema.org has it. */
export function readingMinutes({ words, letters }: { words: number; letters: number }): string {
  return `PT${Math.max(1, Math.round(words / WORDS_A_MINUTE + letters / LETTERS_A_MINUTE))}M`
}
