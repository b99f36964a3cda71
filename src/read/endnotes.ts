// A book whose theme has its notes at the end goes in; the same comes out with a section of notes, parted by what called them, and in
// the contents. Anchors are numbered anew, for the notes are read there.
import type { Block, Book, ContentsEntry, Note, Section } from '../model/book.js'
import type { SectionRole } from '../model/role.js'
import { eachBlock, numberAnchors } from '../model/walk.js'
import { lentLanguage, wordsOf } from '../model/words.js'

/** What belongs to the text goes before its notes; what is looked up besides, behind them (The Chicago Manual of Style, 17th edition, 1.4). */
const BEFORE: ReadonlySet<SectionRole> = new Set([
  ...(['epilogue', 'afterword', 'acknowledgements', 'appendix', 'chronology'] as const),
])

const PLACE = { path: '', line: 0 }

/** Sections as they were read are not changed: they may be kept for the next build. */
export function gatherNotes(book: Book): void {
  const called = book.sections.filter(({ notes }) => notes.length > 0)
  if (called.length === 0) return
  const anchors = anchorsOf(book.sections)
  const blocks = called.flatMap((section) => [...(called.length > 1 ? [headOf(section)] : []), notesOf(section)])
  book.sections = book.sections.map((section) => (section.notes.length > 0 ? { ...section, notes: [] } : section))
  const own = book.sections.findIndex(({ role }) => role === 'endnotes')
  if (own >= 0) {
    const section = book.sections[own]!
    book.sections[own] = { ...section, blocks: [...section.blocks, ...blocks] }
  } else {
    const at = book.sections.findLastIndex(({ matter, role }) => matter !== 'back' || BEFORE.has(role)) + 1
    const section = endnotes(book, blocks)
    book.sections.splice(at, 0, section)
    listIn(book, section, at)
    book.targets.set(section.id, { section: section.id, n: -1 })
  }
  numberAnew(book, anchors)
}

/** What called them, by its title. */
function headOf(section: Section): Block {
  const text = section.title || wordsOf(section.language).roles[section.role]
  const lang = section.title === '' ? (lentLanguage(section.language) ?? section.language) : section.language
  const prose = { n: 0, text, spans: [] }
  return { n: 0, classes: [], place: PLACE, kind: 'heading', role: 'heading-2', level: 2, prose, lang }
}

function notesOf({ notes, language }: Section): Block {
  return { n: 0, classes: [], place: PLACE, kind: 'notes', role: 'note', notes: notes as Note[], lang: language }
}

function endnotes({ metadata: { language }, sections, targets }: Book, blocks: readonly Block[]): Section {
  const title = wordsOf(language).roles.endnotes
  const lent = lentLanguage(language)
  const taken = new Set([...targets.keys(), ...sections.map(({ id }) => id)])
  let id = 'endnotes'
  while (taken.has(id)) id += '-'
  const prose = { n: 0, text: title, spans: [] }
  const head: Block = {
    ...{ n: 0, classes: [], place: PLACE, kind: 'heading', role: 'title', level: 1, prose },
    ...(lent === undefined ? {} : { lang: lent }),
  }
  const own = blocks.map((block) => (block.lang === language ? { ...block, lang: undefined } : block))
  return {
    ...{ id, role: 'endnotes', matter: 'back', depth: 1, generated: false, title, toc: true, language },
    ...{ blocks: [head, ...own], notes: [], place: PLACE },
    ...(lent === undefined ? {} : { titleLanguage: lent }),
  }
}

/** In every list of the book's contents, before what comes after it. */
function listIn({ sections, targets }: Book, { id, title, titleLanguage }: Section, at: number): void {
  const after = new Set(sections.slice(at + 1).map((section) => section.id))
  const span = { start: 0, end: title.length, kind: 'span' as const, lang: titleLanguage, classes: [] }
  const prose = { n: 0, text: title, spans: titleLanguage === undefined ? [] : [span] }
  const entry: ContentsEntry = { depth: 1, role: 'contents-chapter', href: `#${id}`, prose }
  sections.forEach((section, i) => {
    if (section.role !== 'contents') return
    const blocks = section.blocks.map((block): Block => {
      if (block.kind !== 'contents') return block
      const found = block.entries.findIndex(({ href }) => after.has(targets.get(href.slice(1))?.section ?? ''))
      const before = found < 0 ? block.entries.length : found
      const entries = [...block.entries.slice(0, before), structuredClone(entry), ...block.entries.slice(before)]
      return { ...block, entries }
    })
    sections[i] = { ...section, blocks }
  })
}

/** Blocks by their anchors. */
function anchorsOf(sections: readonly Section[]): Map<number, { n: number }> {
  const found = new Map<number, { n: number }>()
  const look = (blocks: readonly Block[]) =>
    eachBlock(
      blocks,
      (block) => void found.set(block.n, block),
      (prose) => void found.set(prose.n, prose),
    )
  for (const { blocks, notes } of sections) {
    look(blocks)
    for (const note of notes) look(note.blocks)
  }
  return found
}

/** What leads to a note, or into one, leads to where it is now. */
function numberAnew(book: Book, anchors: ReadonlyMap<number, { n: number }>): void {
  const { sections, targets } = book
  book.anchors = numberAnchors(sections)
  const home = new Map<object, string>()
  const first = new Map<string, number>()
  for (const { id, blocks } of sections) {
    first.set(id, blocks[0]?.n ?? 0)
    const at = (one: object) => void home.set(one, id)
    eachBlock(blocks, at, at)
  }
  for (const [id, { section, n }] of targets) {
    const there = anchors.get(n)
    if (id === section) targets.set(id, { section, n: first.get(id) ?? 0 })
    else if (there !== undefined) targets.set(id, { section: home.get(there) ?? section, n: there.n })
  }
}
