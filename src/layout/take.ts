// A stretch of a book's sections goes in; their pages come out, set and painted, but for what only the whole book can tell:
// labels, furniture, contents. Printers cut long copy into takes, so that several hands could set it at once.
import type { Report } from '../diagnostic.js'
import type { Book, Note, Section } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import { leadIn } from '../theme/leadin.js'
import type { Face, Theme } from '../theme/theme.js'
import { createLineBreaker } from './breaklines.js'
import { type Flow, type TagParent, tagParent } from './flow.js'
import { createFontBook, type FontBook } from './fontbook.js'
import { pageRef } from './labels.js'
import { hang } from './microtype.js'
import type { ToldSection } from './outline.js'
import { createCollector } from './paragraph.js'
import { type Press, paintSection, type TakenStart } from './press.js'
import { type SetNote, type SetSection, setNote, setSection } from './section.js'
import type { Picture as InTextPicture, Setting } from './segments.js'
import { pageShape, type Shape } from './shape.js'
import { createStyles, type Styles } from './styles.js'
import type { Page, Picture, Tag } from './typeset.js'

export interface Take {
  /** Their labels are still empty. */
  pages: Page[]
  /** tags[0] is the Document. */
  tags: Tag[]
  starts: TakenStart[]
  /** Pages at its end with nothing but figures: they begin where the next take's text does. */
  unplaced: number[]
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
  fonts: FontBook
  styles: Styles
  pictures: Picture[]
  /** Titles, or else roles, of sections by their ids. */
  titles: ReadonlyMap<string, string>
  /** Sets sections [from, to). A take that is not the first begins on a recto. */
  set(from: number, to: number, labels: Labels, report: Report): Take
}

export function createCompositor(book: Book, theme: Theme, faces: readonly Face[], trim: Trim | undefined): Compositor {
  const shape = pageShape(theme, trim)
  const fonts = createFontBook(faces, hang)
  const styles = createStyles(theme, fonts, new Set(faces.map((f) => f.key)), theme.page.size, theme.page.leading)
  const breaker = createLineBreaker()
  const { pictures, find } = collectImages(book)
  const titles = new Map(book.sections.map((s) => [s.id, s.title || s.role]))
  const notes = new Map<string, { note: Note; section: Section }>()
  for (const section of book.sections) for (const note of section.notes) notes.set(note.id, { note, section })

  const set = (from: number, to: number, labels: Labels, report: Report): Take => {
    let refers = false
    const divisions = {
      count: 0,
      mark: new Int32Array(256),
      ink: new Float64Array(256),
      glyphs: new Float64Array(256),
      inkAfter: new Float64Array(256),
      glyphsAfter: new Float64Array(256),
      hangRight: new Float64Array(256),
      hangLeft: new Float64Array(256),
      penalty: new Float64Array(256),
      flags: new Uint8Array(256),
    }
    const setting: Setting = {
      styles,
      book: fonts,
      divisions,
      noteLabel: (id) => notes.get(id)?.note.label ?? '',
      pageRef: (href) => {
        refers = true
        return pageRef(book.metadata.language, labels.known.get(href.slice(1)))
      },
      image: find,
      leadIn: (text) => (theme.opening.kind === 'lead-in' ? leadIn(text, theme.opening.words) : undefined),
    }
    const setNotes = new Map<string, SetNote>()
    const sectionTags = new Map<string, TagParent>()
    const root: TagParent = { of: () => 0 }
    let current = root
    const flow: Flow = {
      setting,
      collector: createCollector(fonts, setting),
      breaker,
      report,
      measure: shape.measure,
      depth: shape.depth,
      sceneBreak: theme.sceneBreak.ornament,
      dropLines: theme.opening.kind === 'drop-cap' ? theme.opening.lines : 0,
      noteDepth(id) {
        const found = notes.get(id)
        if (!found) return 0
        let set = setNotes.get(id)
        if (!set) {
          set = setNote(found.note, flow, found.section.language, tagParent('Note', current, { id }))
          setNotes.set(id, set)
        }
        return set.depth
      },
      pageLabel: (href) => labels.now.get(href.slice(1)) ?? '',
      grid: shape.grid,
      file: '',
      said: new Set(),
    }
    const pages: Page[] = []
    const press: Press = {
      shape,
      pages,
      tags: [{ type: 'Document', parent: -1, lang: book.metadata.language }],
      starts: [],
      unplaced: [],
      note: (id) => setNotes.get(id),
      describe: (href) => (href.startsWith('#') ? (titles.get(href.slice(1)) ?? href.slice(1)) : href),
      book: fonts,
      styles,
      noteRule: theme.notes.rule * shape.measure,
      newPage: (blank) => addPage(pages, blank),
    }
    let arabic = book.sections.slice(0, from).some((section) => section.matter !== 'front')
    let arabicFrom: number | undefined

    // Section by section: cut into pages and painted at once, so that what was set can be forgotten. Only contents wait,
    // until the pages of all else are known.
    const sections: ToldSection[] = []
    const waiting: SetSection[] = []
    for (const section of book.sections.slice(from, to)) {
      const style = theme.sections[section.role]
      const begins = section.matter !== 'front' && !arabic
      if ((style.opens === 'recto' || begins) && pages.length % 2 === 1) addPage(pages, true)
      if (begins) {
        arabic = true
        arabicFrom = pages.length
      }
      flow.file = section.place.path
      flow.said.clear()
      const parent = (section.part && sectionTags.get(section.part)) || root
      current = tagParent(section.role === 'part' ? 'Part' : 'Sect', parent, {
        title: section.title || undefined,
        lang: section.language !== book.metadata.language ? section.language : undefined,
      })
      sectionTags.set(section.id, current)
      const first = pages.length
      const made = setSection(section, style, current, flow, shape, first)
      for (let i = 0; i < made.pages.count; i++) addPage(pages, made.elements.length === 0)
      if (section.blocks.some((b) => b.kind === 'contents')) waiting.push(made)
      else paintSection(made, press)
      setNotes.clear()
      sections.push({ section, style, first, count: pages.length - first })
    }
    return {
      pages,
      tags: press.tags,
      starts: press.starts,
      unplaced: press.unplaced,
      sections,
      arabicFrom,
      refers,
      paintContents: () => {
        // Figures at the book's end have no text after them; that of the contents is not it.
        press.unplaced.length = 0
        for (const made of waiting) paintSection(made, press)
      },
    }
  }
  return { shape, fonts, styles, pictures, titles, set }
}

/** The first page of a take is a recto. */
export function addPage(pages: Page[], blank: boolean): void {
  pages.push({ label: '', side: pages.length % 2 === 0 ? 'recto' : 'verso', blank, items: [], links: [], anchors: [] })
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
