// What a section or a block is, in the two vocabularies that reading systems know: `epub:type` (EPUB Structural Semantics
// 1.1) and the DPUB-ARIA role that says the same to assistive technology, where there is one.
import type { SectionRole } from '../model/role.js'

export interface Semantics {
  type?: string
  role?: string
}

/** By section role. Those without a role have none in DPUB-ARIA; the editorial note has a type only in the front. */
const SECTIONS: Record<SectionRole, Semantics> = {
  'half-title': { type: 'halftitlepage' },
  'title-page': { type: 'titlepage' },
  imprint: { type: 'imprint' },
  contents: { type: 'toc', role: 'doc-toc' },
  dedication: { type: 'dedication', role: 'doc-dedication' },
  epigraph: { type: 'epigraph', role: 'doc-epigraph' },
  foreword: { type: 'foreword', role: 'doc-foreword' },
  preface: { type: 'preface', role: 'doc-preface' },
  introduction: { type: 'introduction', role: 'doc-introduction' },
  note: { type: 'preamble' },
  part: { type: 'part', role: 'doc-part' },
  chapter: { type: 'chapter', role: 'doc-chapter' },
  appendix: { type: 'appendix', role: 'doc-appendix' },
  afterword: { type: 'afterword', role: 'doc-afterword' },
  bibliography: { type: 'bibliography', role: 'doc-bibliography' },
  glossary: { type: 'glossary', role: 'doc-glossary' },
  index: { type: 'index', role: 'doc-index' },
  colophon: { type: 'colophon', role: 'doc-colophon' },
  'also-by': {},
  praise: {},
  map: {},
  'list-of-figures': { type: 'loi' },
  acknowledgements: { type: 'acknowledgments', role: 'doc-acknowledgments' },
  'about-the-author': {},
  chronology: {},
  prologue: { type: 'prologue', role: 'doc-prologue' },
  interlude: { type: 'chapter', role: 'doc-chapter' },
  epilogue: { type: 'epilogue', role: 'doc-epilogue' },
  endnotes: { type: 'endnotes', role: 'doc-endnotes' },
}

/** The prefix of Standard Ebooks' vocabulary. */
export const SE = 'se: https://standardebooks.org/vocab/1.0'

export function ofSection(role: SectionRole, matter: 'front' | 'body' | 'back'): Semantics {
  return role === 'note' && matter !== 'front' ? {} : SECTIONS[role]
}

/** `epub:type` of a document's body; never a role, which would hide the body's own from assistive technology. */
export const MATTER = { front: 'frontmatter', body: 'bodymatter', back: 'backmatter' } as const

/** Sections that a reader goes to by what they are: they stand among the landmarks under their `epub:type`. */
export const LANDMARKS: ReadonlySet<SectionRole> = new Set([
  'title-page',
  'contents',
  'foreword',
  'preface',
  'introduction',
  'appendix',
  'afterword',
  'bibliography',
  'glossary',
  'index',
  'colophon',
  'list-of-figures',
  'acknowledgements',
  'prologue',
  'epilogue',
  'endnotes',
])
