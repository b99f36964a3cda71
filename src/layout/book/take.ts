// A stretch of a book's sections goes in; their pages come out, set and painted, but for what only the whole book can tell:
// labels, furniture, contents. Printers cut long copy into takes, so that several hands could set it at once.
import type { Report } from '../../diagnostic.js'
import type { Book, Note, Section } from '../../model/book.js'
import type { Trim } from '../../model/editions.js'
import { firstAnchor } from '../../model/same.js'
import { notesIn } from '../../model/walk.js'
import type { Face, Theme } from '../../theme/theme.js'
import { pageShape } from '../page-frame.js'
import { LABEL_GAP } from '../pages/foot.js'
import type { PaintedPages } from '../pages/paint-section.js'
import { addGaps, createGaps, type Gaps } from '../text/gaps.js'
import type { TextPicture } from '../text/setting.js'
import { ANY_LANGUAGE } from '../text/shaped-faces.js'
import type { BookType } from '../text/styles.js'
import type { Page, Picture, Tag } from '../typeset.js'
import type { ToldSection } from './bookmarks.js'
import { emptyPage, type Galley, renumber } from './galley.js'
import { createLayoutMemory, type LayoutMemory } from './kept.js'
import { type NoteManner, noteManner } from './note-manner.js'
import { type Job, type Labels, repaint, type SetGalley, setGalley } from './set-galley.js'

/** Labels of its pages are still empty; `tags[0]` is the Document. */
export interface Take extends PaintedPages {
  gaps: Gaps
  sections: ToldSection[]
  /** The first page that is counted in arabic figures, if it is in this take. */
  arabicFrom: number | undefined
  /** Has it a page number in its text? */
  refers: boolean
  /** Paints the contents, which wait until all labels are known. */
  paintContents(): void
}

/** Sets the takes of a book, as often as it takes. */
export interface Compositor {
  job: Job
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
  const { pictures, image } = collectImages(book)
  const titles = new Map(book.sections.map((s) => [s.id, s.title || s.role]))
  const notes = new Map<string, { note: Note; section: Section }>()
  for (const section of book.sections) for (const note of notesIn(section)) notes.set(note.id, { note, section })
  const shape = pageShape(theme, trim, manner.block)
  const sizes = pictures.map(({ path, type, width, height }) => [path, type, width, height])
  const words = [...(book.hyphenation ?? [])].map(([language, map]) => [language, ...map])
  const { language } = book.metadata
  const about = JSON.stringify([trim, theme, [...titles], language, words, book.spelling, sizes, traced, manner])
  const tools = memory.open(about, theme, faces, book)
  const noteColumn = columnOf(manner.longest, tools)
  const job: Job = { ...tools, book, theme, shape, notes, titles, pictures, image, noteColumn, traced }
  return { job, set: (from, to, labels, report, step) => setTake(job, memory, from, to, labels, report, step) }
}

/**
 * Section by section: cut into pages and painted at once, so that what was set can be forgotten. Only contents wait, until the pages
 * of all else are known.
 */
async function setTake(
  job: Job,
  memory: LayoutMemory,
  from: number,
  to: number,
  labels: Labels,
  report: Report,
  step: Step | undefined,
): Promise<Take> {
  const { book, theme } = job
  const waiting: (SetGalley & { place: InTake })[] = []
  const take = emptyTake(book.metadata.language, () => {
    // Figures at the book's end have no text after them; that of the contents is not it.
    take.unplaced.length = 0
    for (const { galley, paint, place } of waiting) {
      paint()
      append(take, galley, place)
      for (const diagnostic of galley.found) report(diagnostic)
      if (!galley.refers) memory.keep(galley)
    }
  })
  const { pages } = take
  // Tags of the parts, for the chapters that belong to them.
  const parts = new Map<string, number>()
  let arabic = book.sections.slice(0, from).some((section) => section.matter !== 'front')
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
    const root = section.part === undefined ? 0 : (parts.get(section.part) ?? 0)
    const place = { page: first, anchor: firstAnchor(section), root }
    const known = memory.recall(section, recto)
    const made = known ? undefined : setGalley(job, section, recto, labels)
    const galley = known ?? made!.galley
    if (section.blocks.some((b) => b.kind === 'contents'))
      waiting.push({ galley, paint: made?.paint ?? (() => repaint(job, galley, labels)), place })
    else {
      made?.paint()
      const next = take.tags.length
      append(take, galley, place)
      if (section.role === 'part') {
        // A part without a word of its own still holds its chapters.
        if (take.tags.length === next) take.tags.push({ type: 'Part', parent: root })
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

function emptyTake(language: string, paintContents: () => void): Take {
  return {
    pages: [],
    tags: [{ type: 'Document', parent: -1, lang: language }],
    starts: [],
    unplaced: [],
    gaps: createGaps(),
    sections: [],
    arabicFrom: undefined,
    refers: false,
    paintContents,
  }
}

/** Room for the longest number of a note and a space behind it, points; 0 if the indent of notes is enough for that. */
function columnOf(longest: string, { faces, styles }: BookType): number {
  const { lettering, indent } = styles.of('note')
  if (longest === '') return 0
  const figures = longest.replace(/\d/g, '0')
  const { width } = faces.box(lettering.face, lettering.features.replace('onum', 'lnum'), ANY_LANGUAGE, figures)
  const column = (width / 1000 + LABEL_GAP) * lettering.size
  return indent < 0 ? Math.max(-indent, column) : column > indent + 0.05 ? column : 0
}

/** The back of a part's page is left blank. */
function usualVerso({ role }: Section): 'blank' | 'text' {
  return role === 'part' ? 'blank' : 'text'
}

/** Where something stands in its take. */
export interface InTake {
  /** Its first page, and its first anchor. */
  page: number
  anchor: number
  /** The tag that its own tags[0] stands for. */
  root: number
}

/** Pages with numbers of their own. */
export type Part = PaintedPages & Pick<Galley, 'gaps' | 'shift' | 'shared' | 'placed'>

/** Tells a take of pages that become a part of it: their tags and starts. The pages themselves are added by the caller. */
export function append(take: Take, part: Part, { page, anchor, root }: InTake): void {
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

/** Numbered in the book's own order, whoever shows them first. */
function collectImages(book: Book): { pictures: Picture[]; image: Job['image'] } {
  const pictures: Picture[] = []
  const index = new Map<string, TextPicture>()
  for (const image of book.images.values())
    index.set(image.path, {
      index: pictures.push({ ...image }) - 1,
      width: image.width,
      height: image.height,
      vector: image.type === 'svg',
    })
  return { pictures, image: (src) => index.get(src) }
}
