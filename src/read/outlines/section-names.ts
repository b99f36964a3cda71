// In: the name of a file or of a section. Out: where in a book such a section stands, and as what.
import type { Matter } from '../../model/book.js'
import { SECTION_ROLES, type SectionRole } from '../../model/role.js'

/** In the order of the trade (Chicago Manual of Style, 1.4). What is not here stands in the body. */
const FRONT = [
  'praise',
  'also-by',
  'half-title',
  'frontispiece',
  'title-page',
  'imprint',
  'dedication',
  'epigraph',
  'list-of-figures',
  'map',
  'foreword',
  'preface',
  'acknowledgements',
  'introduction',
]
const BACK = [
  'afterword',
  'postscript',
  'acknowledgements',
  'appendix',
  'chronology',
  'endnotes',
  'glossary',
  'bibliography',
  'index',
  'about-the-author',
  'colophon',
]
/** Sections of the body that are known by name: what stands before all chapters, among them, after them. */
const BODY = ['prologue', 'interlude', 'epilogue']
const ALIASES = new Map(
  Object.entries({
    copyright: 'imprint',
    'copyright-page': 'imprint',
    'title-page': 'title-page',
    titlepage: 'title-page',
    halftitle: 'half-title',
    forward: 'foreword',
    intro: 'introduction',
    figures: 'list-of-figures',
    illustrations: 'list-of-figures',
    'list-of-illustrations': 'list-of-figures',
    'other-books': 'also-by',
    'also-by-the-author': 'also-by',
    prolog: 'prologue',
    epilog: 'epilogue',
    acknowledgments: 'acknowledgements',
    acknowledgement: 'acknowledgements',
    acknowledgment: 'acknowledgements',
    thanks: 'acknowledgements',
    maps: 'map',
    motto: 'epigraph',
    appendices: 'appendix',
    references: 'bibliography',
    'works-cited': 'bibliography',
    'about-author': 'about-the-author',
    author: 'about-the-author',
    'about-the-authors': 'about-the-author',
    timeline: 'chronology',
  }),
)

/** The word by which `02-Preface.md`, `appendix_a.md` or "Preface" is known; '' if by none. */
export function knownName(name: string): string {
  const word = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.[A-Za-z]+$/, '')
    .toLowerCase()
    .replace(/^[\d\s_.-]+/, '')
    .replace(/[\s_]+/g, '-')
  const known = ALIASES.get(word) ?? word
  if (FRONT.includes(known) || BACK.includes(known) || BODY.includes(known)) return known
  if (/^interlude-(?:[a-z]+|\d+)$/.test(known)) return 'interlude'
  return /^appendix-(?:[a-z]|[ivx]+|\d+)(?:-|$)/.test(known) ? 'appendix' : ''
}

export function matterOf(known: string): Matter {
  return FRONT.includes(known) ? 'front' : BACK.includes(known) ? 'back' : 'body'
}

/** For sorting files without numbers. */
export function rankOf(known: string, matter: Matter): number {
  if (matter === 'body') return known === 'prologue' ? -1 : known === 'epilogue' ? 1 : 0
  return (matter === 'front' ? FRONT : BACK).indexOf(known)
}

/** The role that goes with it, if it has one that its file's name does not give it. */
export function roleOf(known: string): SectionRole | undefined {
  return (SECTION_ROLES as readonly string[]).includes(known) ? (known as SectionRole) : undefined
}
