// A stretch of a book's sections goes in; their pages come out, set and painted, but for what only the whole book can tell:
// labels, furniture, contents. Printers cut long copy into takes, so that several hands could set it at once.
import type { Diagnostic, Report } from '../../diagnostic.js'
import type { Book, Note, Prose, Section } from '../../model/book.js'
import type { Trim } from '../../model/editions.js'
import { firstAnchor } from '../../model/same.js'
import { apart } from '../../theme/contents.js'
import { leadIn } from '../../theme/leadin.js'
import { hasLeadIn, largeLetter, openingOf, raisedSize } from '../../theme/paragraphs.js'
import type { Face, OpeningStyle, Theme } from '../../theme/theme.js'
import { type Flow, type TagParent, tagParent } from '../blocks/element.js'
import { blockElements } from '../blocks/flow.js'
import { inColumns } from '../pages/columns.js'
import { endNotes } from '../pages/end-notes.js'
import { LABEL_GAP } from '../pages/foot.js'
import { pageShape, type Shape } from '../pages/page-frame.js'
import { type Press, paintSection, type TakenStart } from '../pages/press.js'
import { type SetNote, setNote, setSection } from '../pages/section.js'
import { addGaps, createGaps, type Gaps, noteInto, pagesOfNumbers } from '../text/gaps.js'
import type { Picture as InTextPicture, Opening, Setting } from '../text/segments.js'
import { ANY_LANGUAGE, type ShapedFaces } from '../text/shaped-faces.js'
import type { Styles } from '../text/styles.js'
import type { Item, Page, Picture, Tag } from '../typeset.js'
import { checkLetters } from './account.js'
import type { ToldSection } from './bookmarks.js'
import { type Galley, renumber } from './galley.js'
import { createLayoutMemory, type LayoutMemory } from './kept.js'
import { pageRef } from './labels.js'
import { type NoteManner, noteManner } from './note-manner.js'

export interface Take {
  /** Their labels are still empty. */
  pages: Page[]
  /** tags[0] is the Document. */
  tags: Tag[]
  starts: TakenStart[]
  /** Pages at its end with nothing but figures: they begin where the next take's text does. */
  unplaced: number[]
  gaps: Gaps
  sections: ToldSection[]
  /** The first page that is counted in arabic figures, if it is in this take. */
  arabicFrom: number | undefined
  /** Has it a page number in its text? */
  refers: boolean
  /** Paints the contents, which wait until all labels are known. */
  paintContents(): void
}

export interface Labels {
  /** Of an earlier pass, by anchor: for page numbers in the text. */
  known: ReadonlyMap<string, string>
  /** To be filled before contents are painted. */
  now: Map<string, string>
}

/** What all takes and passes of a book share. */
export interface Compositor {
  shape: Shape
  faces: ShapedFaces
  styles: Styles
  pictures: Picture[]
  /** Titles, or else roles, of sections by their ids. */
  titles: ReadonlyMap<string, string>
  /** Sets sections [from, to). A take that is not the first begins on a recto. */
  set(from: number, to: number, labels: Labels, report: Report, step?: Step): Promise<Take>
}

/** Told how many sections are done of how many; whoever does the work waits for the promise, if there is one. */
export type Step = (done: number, total: number) => Promise<void> | undefined

/** `memory`: what was set before, and is not set again if its text is the same. `traced`: pages know their lines. */
export function createCompositor(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  trim: Trim | undefined,
  memory: LayoutMemory = createLayoutMemory(),
  traced = false,
  manner: NoteManner = noteManner(book, theme, trim),
): Compositor {
  const { pictures, find } = collectImages(book)
  const titles = new Map(book.sections.map((s) => [s.id, s.title || s.role]))
  const notes = new Map<string, { note: Note; section: Section }>()
  for (const section of book.sections) for (const note of section.notes) notes.set(note.id, { note, section })
  const shape = pageShape(theme, trim, manner.block)
  const sizes = pictures.map(({ path, type, width, height }) => [path, type, width, height])
  const words = [...(book.hyphenation ?? [])].map(([language, map]) => [language, ...map])
  const about = JSON.stringify([
    trim,
    theme,
    [...titles],
    book.metadata.language,
    words,
    book.spelling,
    sizes,
    traced,
    manner,
  ])
  const { faces: shaped, styles, collector, breaker, divisions } = memory.open(about, theme, faces, book)

  const noteColumn = columnOf(manner.longest, styles, shaped)

  /** One section by itself, broken into pages; painted when that is asked. */
  const setOne = (section: Section, recto: boolean, labels: Labels) => {
    const found: Diagnostic[] = []
    const gaps = createGaps()
    const root: TagParent = { of: () => 0 }
    let refers = false
    const opening = openingOf(theme, section.role)
    const setting: Setting = {
      styles,
      faces: shaped,
      divisions,
      noteLabel: (id) => notes.get(id)?.note.label ?? '',
      pageRef: (href) => {
        refers = true
        return pageRef(section.language, labels.known.get(href.slice(1)))
      },
      image: find,
      opening: (prose) => openingIn(prose, opening),
    }
    const setNotes = new Map<string, SetNote>()
    const atEnd = theme.notes.place === 'chapter'
    const tag = tagParent(section.role === 'part' ? 'Part' : 'Sect', root, {
      title: section.title || undefined,
      lang: section.language !== book.metadata.language ? section.language : undefined,
    })
    const flow: Flow = {
      setting,
      collector,
      breaker,
      report: (diagnostic) => void found.push(diagnostic),
      measure: shape.measure,
      depth: shape.depth,
      opening,
      sceneBreak: theme.sceneBreak,
      noteColumn,
      apart: apart(theme),
      noteCall(id) {
        // those at the chapter's end take no line from the page
        if (atEnd) return 0
        const known = notes.get(id)
        if (!known) return 0
        let set = setNotes.get(id)
        if (!set) {
          set = setNote(known.note, flow, known.section.language, tagParent('Note', tag, { id }), theme.notes.runIn)
          setNotes.set(id, set)
        }
        return set.share > 0 ? -set.share : set.depth
      },
      pageLabel: (href) => labels.now.get(href.slice(1)) ?? '',
      grid: shape.grid,
      file: section.place.path,
      noteGaps: noteInto(gaps),
      blocks: blockElements,
    }
    const pages: Page[] = []
    const newPage = (blank: boolean) => {
      const page = emptyPage(recto === (pages.length % 2 === 0), blank)
      if (traced) page.lines = []
      pages.push(page)
    }
    const press: Press = {
      shape,
      pages,
      tags: [{ type: 'Document', parent: -1 }],
      starts: [],
      unplaced: [],
      headings: [],
      note: (id) => setNotes.get(id),
      describe: (href) => (href.startsWith('#') ? (titles.get(href.slice(1)) ?? href.slice(1)) : href),
      faces: shaped,
      styles,
      noteRule: theme.notes.rule * shape.measure,
      newPage,
    }
    const end = atEnd ? endNotes(section, flow, tag, theme.notes.rule * shape.measure) : []
    const style = theme.sections[section.role]
    const limits = { columns: style.columns ?? 1, sink: Math.min(style.sink, shape.depth - 4), depth: shape.depth }
    // what calls notes needs the whole foot of the page
    const set =
      (limits.columns > 1 && section.notes.length === 0 ? inColumns(section, tag, flow, limits) : undefined) ??
      setSection(section, style, tag, flow, shape, recto, end)
    for (let i = 0; i < set.pages.count; i++) newPage(set.elements.length === 0)
    const { tags, starts, unplaced } = press
    const galley: Galley = {
      section,
      recto,
      pages,
      own: [],
      tags,
      starts,
      unplaced,
      refers,
      found,
      gaps,
      shift: 0,
      shared: false,
    }
    return {
      galley,
      paint() {
        paintSection(set, press)
        const { noteLabel } = setting
        const inFigures = (theme.lists?.numbers ?? []).every((manner) => manner.startsWith('1'))
        const ref = (href: string) => pageRef(book.metadata.language, labels.known.get(href.slice(1)))
        checkLetters(
          section,
          pages,
          shaped.fonts,
          { noteLabel, pageRef: ref, pageLabel: flow.pageLabel, inFigures },
          flow.report,
        )
        const first = firstAnchor(section)
        for (const start of starts) start.n -= first
        for (const { lines = [] } of pages) for (const line of lines) line.n -= first
        galley.own = pages.map(({ items, anchors }, i) => ({
          items: items.length,
          anchors: anchors.length,
          furniture: undefined,
          headings: press.headings[i],
        }))
        galley.refers = refers
        if (gaps.found.size > 0) gaps.pages = pagesOfNumbers(pages, shaped)
      },
    }
  }

  const set: Compositor['set'] = async (from, to, labels, report, step) => {
    const waiting: { galley: Galley; paint: () => void; place: Place }[] = []
    const take: Take = {
      pages: [],
      tags: [{ type: 'Document', parent: -1, lang: book.metadata.language }],
      starts: [],
      unplaced: [],
      gaps: createGaps(),
      sections: [],
      arabicFrom: undefined,
      refers: false,
      paintContents() {
        // Figures at the book's end have no text after them; that of the contents is not it.
        take.unplaced.length = 0
        for (const { galley, paint, place } of waiting) {
          paint()
          append(take, galley, place)
          for (const diagnostic of galley.found) report(diagnostic)
        }
      },
    }
    const { pages } = take
    // Tags of the parts, for the chapters that belong to them.
    const parts = new Map<string, number>()
    let arabic = book.sections.slice(0, from).some((section) => section.matter !== 'front')

    // Section by section: cut into pages and painted at once, so that what was set can be forgotten. Only contents wait,
    // until the pages of all else are known.
    for (const section of book.sections.slice(from, to)) {
      const style = theme.sections[section.role]
      const begins = section.matter !== 'front' && !arabic
      const behind = take.sections.at(-1)
      const backed = behind !== undefined && (behind.style.verso ?? usualVerso(behind.section)) === 'blank'
      if ((style.opens === 'recto' || begins || backed) && pages.length % 2 === 1) addPage(pages, true)
      if (begins) {
        arabic = true
        take.arabicFrom = pages.length
      }
      const first = pages.length
      const recto = first % 2 === 0
      const place = {
        page: first,
        anchor: firstAnchor(section),
        root: section.part === undefined ? 0 : (parts.get(section.part) ?? 0),
      }
      const known = memory.recall(section, recto)
      const made = known ? undefined : setOne(section, recto, labels)
      const galley = known ?? made!.galley
      if (made && section.blocks.some((b) => b.kind === 'contents')) waiting.push({ ...made, place })
      else {
        made?.paint()
        const next = take.tags.length
        append(take, galley, place)
        if (section.role === 'part') {
          // A part without a word of its own still holds its chapters.
          if (take.tags.length === next) take.tags.push({ type: 'Part', parent: place.root })
          parts.set(section.id, next)
        }
        for (const diagnostic of galley.found) report(diagnostic)
        take.refers ||= galley.refers
        if (!galley.refers) memory.keep(galley)
      }
      for (const page of galley.pages) pages.push(page)
      take.sections.push({ section, style, first, count: pages.length - first, galley })
      const wait = step?.(take.sections.length, to - from)
      if (wait) await wait
    }
    return take
  }
  return { shape, faces: shaped, styles, pictures, titles, set }
}

/** Room for the longest number of a note and a space behind it, points; 0 if the indent of notes is enough for that. */
function columnOf(longest: string, styles: Styles, faces: ShapedFaces): number {
  const { lettering, indent } = styles.of('note')
  if (longest === '') return 0
  const figures = longest.replace(/\d/g, '0')
  const { width } = faces.box(lettering.face, lettering.features.replace('onum', 'lnum'), ANY_LANGUAGE, figures)
  const column = (width / 1000 + LABEL_GAP) * lettering.size
  return indent < 0 ? Math.max(-indent, column) : column > indent + 0.05 ? column : 0
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

/** The back of a part's page is left blank. */
function usualVerso({ role }: Section): 'blank' | 'text' {
  return role === 'part' ? 'blank' : 'text'
}

/** Where something stands in its take. */
export interface Place {
  /** Its first page, and its first anchor. */
  page: number
  anchor: number
  /** The tag that its own tags[0] stands for. */
  root: number
}

/** Pages with numbers of their own. */
export type Part = Pick<Galley, 'pages' | 'tags' | 'starts' | 'unplaced' | 'gaps' | 'shift' | 'shared' | 'placed'>

/** Tells a take of pages that become a part of it: their tags and starts. The pages themselves are added by the caller. */
export function append(take: Take, part: Part, { page, anchor, root }: Place): void {
  const { tags, starts, unplaced } = take
  const shift = tags.length - 1
  addGaps(take.gaps, part.gaps)
  renumber(part, shift)
  const known = part.placed
  const own = known?.shift === shift && known.root === root ? known.tags : placedTags(part.tags, shift, root)
  part.placed = { shift, root, tags: own }
  for (const tag of own) tags.push(tag)
  const placed = part.starts.map((start) => ({ page: start.page + page, n: start.n + anchor, offset: start.offset }))
  const [next] = placed
  if (next) for (const before of unplaced.splice(0)) starts.push({ ...next, page: before })
  for (const start of placed) starts.push(start)
  for (const each of part.unplaced) unplaced.push(each + page)
}

function placedTags(tags: readonly Tag[], shift: number, root: number): Tag[] {
  return tags.slice(1).map((tag) => ({
    ...tag,
    parent: tag.parent > 0 ? tag.parent + shift : root,
    headers: tag.headers?.map((header) => header + shift),
  }))
}

/** The first page of a take is a recto. */
export function addPage(pages: Page[], blank: boolean): void {
  pages.push(emptyPage(pages.length % 2 === 0, blank))
}

// An empty list of objects: V8 takes `[]` for a list of whole numbers, and makes it anew when the first object comes.
const NO_ITEMS: Item[] = [{ kind: 'rule', tag: -1, x: 0, y: 0, width: 0, height: 0, colour: '' }]
NO_ITEMS.length = 0

function emptyPage(recto: boolean, blank: boolean): Page {
  return {
    label: '',
    side: recto ? 'recto' : 'verso',
    blank,
    items: NO_ITEMS.slice(),
    links: [],
    anchors: [],
    ink: {},
    lines: undefined,
  }
}

/** Numbered in the book's own order, whoever shows them first. */
function collectImages(book: Book): { pictures: Picture[]; find: (src: string) => InTextPicture | undefined } {
  const pictures: Picture[] = []
  const index = new Map<string, InTextPicture>()
  for (const image of book.images.values())
    index.set(image.path, {
      index: pictures.push({ ...image }) - 1,
      width: image.width,
      height: image.height,
      vector: image.type === 'svg',
    })
  return { pictures, find: (src) => index.get(src) }
}
