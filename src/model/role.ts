// The one word that joins model, theme and outputs: a block's role is the class in the EPUB, the key of the style in
// the theme and the source of the tag in the PDF.

/** Text-bearing roles: each has a style in the theme; a role that nobody styled does not compile. */
export const ROLES = [
  // running text
  'body', // a paragraph, indented
  'flush', // a paragraph after a heading or a scene break, or one that goes on with its sentence behind a quotation
  'opening', // the first paragraph of a chapter (lead-in, drop capital)
  'quote',
  'epigraph',
  'attribution', // the source line under an epigraph or quotation (last paragraph of it, opening with a dash)
  'letter',
  'letter-head', // date line, address, salutation of a letter (`.right`, `.dateline`, `.salutation`)
  'letter-close', // closing and signature
  'verse',
  'drama', // a play, and what is said in it
  'direction', // what is done
  'speaker', // the name at the head of a speech
  'list',
  'term',
  'definition',
  'entry', // of a bibliography
  'note',
  'aside',
  'right',
  'center',
  'dedication',
  'code',
  'cell-head',
  'cell',
  'caption',
  'break', // scene break
  // headings, by their level in the file
  'number', // of a chapter, above or beside its title
  'part-number',
  'part-title',
  'title', // `#`, the section's title
  'subtitle',
  'author', // of a section
  'heading-2',
  'heading-3',
  'heading-4',
  'heading-5',
  'heading-6',
  // generated pages
  'half-title',
  'book-title',
  'book-subtitle',
  'book-author',
  'book-publisher',
  'imprint',
  'colophon',
  'contents-part',
  'contents-chapter', // an entry at the top level, or below a part
  // margins of the page (PDF only)
  'head',
  'folio',
] as const

export type Role = (typeof ROLES)[number]

/** In their order stand their names in each language: a new one goes to the end. */
export const SECTION_ROLES = [
  'half-title',
  'title-page',
  'imprint',
  'contents',
  'dedication',
  'epigraph',
  'foreword',
  'preface',
  'introduction',
  'note',
  'part',
  'chapter',
  'appendix',
  'afterword',
  'bibliography',
  'glossary',
  'index',
  'colophon',
  'also-by',
  'praise',
  'map',
  'list-of-figures',
  'acknowledgements',
  'about-the-author',
  'chronology',
  'prologue',
  'interlude',
  'epilogue',
  'endnotes', // the notes of the whole book
] as const

export type SectionRole = (typeof SECTION_ROLES)[number]

/** Sections that tell the story: their first paragraph opens as a chapter's does, and a file in the body is one by its name. */
export const TOLD: ReadonlySet<SectionRole> = new Set(['chapter', 'prologue', 'interlude', 'epilogue'])
