// The words of the site's own pages: what a language has to say. `%` stands for what is said in its place.

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
  inLanguage: string
  published: string
  updated: string
  series: string
  subjects: string
  edition: string
  printing: string
  checksum: string
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
  newest: string
  people: string
  search: string
  searchHint: string
  found: string
  nothing: string
  filter: string
  all: string
  catalogue: string
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
  changedPage: string
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
  /** By tag; a language that is not there is called by its tag. */
  languageNames: ReadonlyMap<string, string>
  access: AccessWords
}

/**
 * Sentences on accessibility: those of W3C's Accessibility Metadata Display Guide for Digital Publications 2.0, in English to the letter;
 * in other languages as we put them.
 */
export interface AccessWords {
  ways: string
  modifiable: string
  unknownAppearance: string
  readable: string
  notFully: string
  alternatives: string
  noAudio: string
  conformance: string
  meets: string
  certifiedBy: string
  unknown: string
  navigation: string
  contents: string
  index: string
  headings: string
  pages: string
  hazards: string
  noHazards: string
  unknownHazards: string
  summary: string
  legal: string
  exempt: string
  more: string
  pageBreaks: string
  aria: string
}
