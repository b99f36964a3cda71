// One section goes in, with what all sections of its book share; it comes out in a galley: set, cut into pages, and painted when that is
// asked.

import type { Book, Note, Prose, Section } from '../../model/book.js'
import { firstAnchor } from '../../model/same.js'
import { apart } from '../../theme/entries-apart.js'
import { leadIn } from '../../theme/leadin.js'
import { hasLeadIn, largeLetter, openingOf, raisedSize } from '../../theme/paragraphs.js'
import type { OpeningStyle, Theme } from '../../theme/theme.js'
import { type Flow, type TagParent, tagParent } from '../blocks/element.js'
import { blockElements } from '../blocks/flow.js'
import { NOTHING_ABOVE } from '../breaking/ends.js'
import { type Shape, sinkOf } from '../page-frame.js'
import { inColumns } from '../pages/columns.js'
import { bookNotes, endNotes, hasBookNotes } from '../pages/end-notes.js'
import { marksByPage, marksOnPages } from '../pages/marks-by-page.js'
import { type Painting, paintSection } from '../pages/paint-section.js'
import { type SetNote, type SetSection, setNote, setSection } from '../pages/set-section.js'
import { createGaps, noteInto, pagesOfNumbers } from '../text/gaps.js'
import type { Opening, Setting, Tools } from '../text/setting.js'
import type { Picture } from '../typeset.js'
import { checkLetters } from './account.js'
import { emptyPage, type Galley } from './galley.js'
import { pageRef } from './labels.js'

export interface Labels {
  /** Of an earlier pass, by anchor: for page numbers in the text. */
  known: ReadonlyMap<string, string>
  /** To be filled before contents are painted. */
  now: Map<string, string>
}

/** The whole book as one job of a composing room: what all its sections are set and painted with. */
export interface Job extends Tools {
  book: Book
  theme: Theme
  shape: Shape
  /** By their ids. */
  notes: ReadonlyMap<string, { note: Note; section: Section }>
  /** Titles, or else roles, of sections by their ids. */
  titles: ReadonlyMap<string, string>
  pictures: Picture[]
  image: Setting['image']
  /** Width of the column that notes' numbers have to themselves, points. */
  noteColumn: number
  /** Do pages know their lines? */
  traced: boolean
}

export interface SetGalley {
  galley: Galley
  paint(): void
}

/** A galley on the way: what its parts share. */
interface Setter {
  job: Job
  galley: Galley
  labels: Labels
  tag: TagParent
  setting: Setting
  /** By their ids: notes that stand at the foot of its pages. */
  footnotes: Map<string, SetNote>
}

/** Notes that have marks are called from the first of them on each page: their width may move a line, and that a note to another page. */
export function setGalley(job: Job, section: Section, recto: boolean, labels: Labels): SetGalley {
  if (!marksByPage(job.theme, section)) return setOnce(job, section, recto, labels, NO_MARKS).made
  let marks = NO_MARKS
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { made, set } = setOnce(job, section, recto, labels, marks)
    const now = marksOnPages(set)
    if (now.size !== section.notes.length) break
    if (section.notes.every(({ id }) => now.get(id) === marks.get(id))) return made
    marks = now
  }
  // what comes to no rest has the marks that no other of its section has
  return setOnce(job, section, recto, labels, NO_MARKS).made
}

const NO_MARKS: ReadonlyMap<string, string> = new Map()
const MOST_TRIES = 6

/** `marks`: by note, what it is called by if not by its label. */
function setOnce(
  job: Job,
  section: Section,
  recto: boolean,
  labels: Labels,
  marks: ReadonlyMap<string, string>,
): { made: SetGalley; set: SetSection } {
  const { book, theme } = job
  const galley: Galley = {
    section,
    recto,
    pages: [],
    own: [],
    tags: [{ type: 'Document', parent: -1 }],
    starts: [],
    unplaced: [],
    refers: false,
    labels: new Map(),
    found: [],
    gaps: createGaps(),
    shift: 0,
    shared: false,
  }
  const root: TagParent = { of: () => 0 }
  const tag = tagParent(section.role === 'part' ? 'Part' : 'Sect', root, {
    title: section.title || undefined,
    lang: section.language !== book.metadata.language ? section.language : undefined,
  })
  const setting = settingOf(job, galley, labels, openingOf(theme, section.role), marks)
  const setter: Setter = { job, galley, labels, tag, setting, footnotes: new Map() }
  const flow = flowOf(setter)
  const set = setPages(setter, flow)
  for (let i = 0; i < set.pages.count; i++) newPage(setter, set.elements.length === 0)
  return { made: { galley, paint: () => paint(setter, set, flow) }, set }
}

/** Contents that were set before are set again if another page number stands in them. */
export function repaint(job: Job, galley: Galley, { known, now }: Labels): void {
  if ([...galley.labels].every(([href, label]) => label === (now.get(href.slice(1)) ?? ''))) return
  // As the first time, when no page was known yet.
  const labels: Labels = { known, now: new Map() }
  const fresh = setGalley(job, galley.section, galley.recto, labels)
  labels.now = now
  fresh.paint()
  const pages = galley.pages.map((page, i) => Object.assign(page, { ...fresh.galley.pages[i]!, label: page.label }))
  delete galley.placed
  Object.assign(galley, fresh.galley, { pages })
}

function newPage({ job, galley }: Setter, blank: boolean): void {
  const { pages, recto } = galley
  const page = emptyPage(recto === (pages.length % 2 === 0), blank)
  if (job.traced) page.lines = []
  pages.push(page)
}

function settingOf(
  { faces, styles, collector, breaker, divisions, notes, image }: Job,
  galley: Galley,
  labels: Labels,
  opening: OpeningStyle,
  marks: ReadonlyMap<string, string>,
): Setting {
  return {
    faces,
    styles,
    collector,
    breaker,
    divisions,
    noteLabel: (id) => marks.get(id) ?? notes.get(id)?.note.label ?? '',
    pageRef(href) {
      galley.refers = true
      return pageRef(galley.section.language, labels.known.get(href.slice(1)))
    },
    image,
    begins: (prose) => openingIn(prose, opening),
  }
}

function flowOf({ job, galley, labels, tag, setting, footnotes }: Setter): Flow {
  const { theme, shape, notes, noteColumn } = job
  const { section, found, gaps } = galley
  const flow: Flow = {
    setting,
    report: (diagnostic) => void found.push(diagnostic),
    shape,
    measure: shape.measure,
    opening: openingOf(theme, section.role),
    noteColumn,
    apart: apart(theme),
    noteCall(id) {
      const known = notes.get(id)
      // those at the chapter's end, or the book's, take no line from the page
      if (!known || notesAtEnd(theme)) return 0
      let set = footnotes.get(id)
      if (!set) {
        set = setNote(known.note, flow, known.section.language, tagParent('Note', tag, { id }), theme.notes.runIn)
        footnotes.set(id, set)
      }
      return set.share > 0 ? -set.share : set.depth
    },
    pageLabel(href) {
      const label = labels.now.get(href.slice(1)) ?? ''
      galley.labels.set(href, label)
      return label
    },
    plates: true,
    file: section.place.path,
    noteGaps: noteInto(gaps),
    above: { line: NOTHING_ABOVE, next: 0, twice: false },
    blocks: blockElements,
  }
  return flow
}

function notesAtEnd(theme: Theme): boolean {
  return theme.notes.place === 'chapter' || theme.notes.place === 'book'
}

function setPages({ job, galley, tag }: Setter, flow: Flow): SetSection {
  const { theme, shape } = job
  const { section, recto } = galley
  const end = notesAtEnd(theme) ? endNotes(section, flow, tag, theme.notes.rule * shape.measure) : []
  const style = theme.sections[section.role]
  const { columns = 1 } = style
  // what calls notes needs the whole foot of the page
  if (hasBookNotes(section)) return setSection(section, style, tag, flow, recto, end, bookNotes(section, flow, tag))
  const hasColumns = columns > 1 && section.notes.length === 0
  const parted = hasColumns ? inColumns(section, tag, flow, columns, sinkOf(style, shape)) : undefined
  return parted ?? setSection(section, style, tag, flow, recto, end)
}

function paint(setter: Setter, set: SetSection, flow: Flow): void {
  const { job, galley, labels, setting, footnotes } = setter
  const { book, theme, shape, faces, styles, titles } = job
  const { section, pages, starts, gaps } = galley
  const painting: Painting = {
    ...{ faces, styles, shape, onto: galley, headings: [] },
    note: (id) => footnotes.get(id),
    describe: (href) => (href.startsWith('#') ? (titles.get(href.slice(1)) ?? href.slice(1)) : href),
    noteRule: theme.notes.rule * shape.measure,
    newPage: (blank) => newPage(setter, blank),
  }
  paintSection(set, painting)
  const { noteLabel } = setting
  const inFigures = (theme.lists?.numbers ?? []).every((manner) => manner.startsWith('1'))
  const ref = (href: string) => pageRef(book.metadata.language, labels.known.get(href.slice(1)))
  const printed = { noteLabel, pageRef: ref, pageLabel: flow.pageLabel, inFigures }
  checkLetters(section, pages, faces.fonts, printed, flow.report)
  const first = firstAnchor(section)
  for (const start of starts) start.n -= first
  for (const { lines = [] } of pages) for (const line of lines) line.n -= first
  galley.own = pages.map(({ items, anchors }, i) => ({
    items: items.length,
    anchors: anchors.length,
    furniture: undefined,
    headings: painting.headings[i],
  }))
  if (gaps.found.size > 0) gaps.pages = pagesOfNumbers(pages, faces)
}

/** What of a chapter's first text stands out in its line. */
function openingIn(prose: Prose, opening: OpeningStyle): Opening | undefined {
  const large = opening.kind === 'raised' ? largeLetter(prose, 'opening', opening) : undefined
  const raised =
    large === undefined
      ? undefined
      : { end: large.length, look: { size: raisedSize(opening), face: opening.face, colour: opening.colour } }
  if (!hasLeadIn(opening)) return raised && { lead: undefined, raised }
  const lead = leadIn(prose.text, opening.words)
  // behind a large letter nothing of a word in capitals stays one
  if (lead?.capitals && prose.cut) lead.start = 0
  return lead || raised ? { lead, raised } : undefined
}
