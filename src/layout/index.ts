// The door of the layout: a Book, a Theme and its faces go in, the Typeset comes out.
import { warning, type Report } from '../diagnostic.js'
import type { Book, Note, Section } from '../model/book.js'
import type { PageStart } from '../model/pages.js'
import type { Trim } from '../model/editions.js'
import { leadIn } from '../theme/leadin.js'
import type { Face, Theme } from '../theme/theme.js'
import { createLineBreaker } from './breaklines.js'
import { createFontBook } from './fontbook.js'
import { type Flow, tagParent, type TagParent } from './flow.js'
import { paintNotes, type Pending } from './foot.js'
import { paintFurniture } from './furniture.js'
import { hang } from './microtype.js'
import { outlineOf } from './outline.js'
import { pageShape } from './shape.js'
import { createCollector } from './paragraph.js'
import { setNote, setSection, type SetNote, type SetSection } from './section.js'
import type { Picture as InTextPicture, Setting } from './segments.js'
import type { Sheet } from './sheet.js'
import { createStyles } from './styles.js'
import type { Page, Picture, Tag, Typeset } from './typeset.js'

export type { Typeset } from './typeset.js'

export interface LayoutOptions {
  trim?: Trim | undefined
}

/** Most times that a book is laid out until its page references stand still. */
const MOST_PASSES = 4

export async function typeset(book: Book, theme: Theme, faces: readonly Face[], options: LayoutOptions, report: Report): Promise<Typeset> {
  const shape = pageShape(theme, options.trim)
  const fonts = createFontBook(faces, hang)
  const styles = createStyles(theme, fonts, new Set(faces.map((f) => f.key)), theme.page.size, theme.page.leading)
  const breaker = createLineBreaker()
  const { pictures, find } = collectImages(book)
  let refers = false
  let labels = new Map<string, string>()
  for (let pass = 1; ; pass++) {
    const quiet = pass > 1
    const known = labels
    const notes = new Map<string, { note: Note; section: Section }>()
    for (const section of book.sections) for (const note of section.notes) notes.set(note.id, { note, section })
    const divisions = { count: 0, mark: new Int32Array(256), ink: new Float64Array(256), glyphs: new Float64Array(256), inkAfter: new Float64Array(256), glyphsAfter: new Float64Array(256), hangRight: new Float64Array(256), hangLeft: new Float64Array(256), penalty: new Float64Array(256), flags: new Uint8Array(256) }
    const setting: Setting = {
      styles,
      book: fonts,
      divisions,
      noteLabel: (id) => notes.get(id)?.note.label ?? '',
      pageRef: (href) => {
        refers = true
        return pageRef(book.metadata.language, known.get(href.slice(1)))
      },
      image: find,
      leadIn: (text) => (theme.opening.kind === 'lead-in' ? leadIn(text, theme.opening.words) : undefined),
    }
    const setNotes = new Map<string, SetNote>()
    const sectionTags = new Map<string, TagParent>()
    const root: TagParent = { of: () => 0 }
    const labelsNow = new Map<string, string>()
    let current = root
    const flow: Flow = {
      setting,
      collector: createCollector(fonts, setting),
      breaker,
      report: quiet ? () => {} : report,
      measure: shape.measure,
      depth: shape.depth,
      sceneBreak: theme.sceneBreak.ornament,
      note: (id) => notes.get(id)?.note,
      noteDepth(id) {
        let set = setNotes.get(id)
        const found = notes.get(id)
        if (!found) return 0
        if (!set) {
          set = setNote(found.note, flow, found.section.language, tagParent('Note', current, { id }))
          setNotes.set(id, set)
        }
        return set.depth
      },
      pageLabel: (href) => labelsNow.get(href.slice(1)) ?? '',
      grid: shape.grid,
      file: '',
    }

    // cut everything into pages
    const pages: Page[] = []
    const sections: SetSection[] = []
    let arabic = false
    let number = 0
    const blank = () => pages.push(newPage(pages.length, nextLabel(), true))
    const nextLabel = () => (arabic ? String(++number) : roman(++number))
    for (const section of book.sections) {
      const style = theme.sections[section.role]
      const starts = section.matter !== 'front' && !arabic
      if ((style.opens === 'recto' || starts) && pages.length % 2 === 1) blank()
      if (starts) {
        arabic = true
        number = 0
      }
      flow.file = section.place.path
      const parent = (section.part && sectionTags.get(section.part)) || root
      current = tagParent('Sect', parent)
      const set = setSection(section, style, parent, flow, shape, pages.length, book.metadata.language)
      sectionTags.set(section.id, set.tag)
      sections.push(set)
      for (let i = 0; i < set.pages.count; i++) pages.push(newPage(pages.length, nextLabel(), set.elements.length === 0))
    }

    // paint: all but the contents first, since these tell the pages of all others
    const tags: Tag[] = [{ type: 'Document', parent: -1, lang: book.metadata.language }]
    const starts: PageStart[] = []
    const describe = (href: string) => (href.startsWith('#') ? (titles.get(href.slice(1)) ?? href.slice(1)) : href)
    const titles = new Map(book.sections.map((s) => [s.id, s.title || s.role]))
    const paintSection = (set: SetSection) => {
      const perPage: { at: number; placements: typeof set.pages.placements }[] = []
      for (let i = 0; i < set.pages.count; i++) perPage.push({ at: set.first + i, placements: [] })
      for (const placement of set.pages.placements) perPage[placement.page]!.placements.push(placement)
      let pending: Pending[] = []
      for (const { at, placements } of perPage) {
        const page = pages[at]!
        const sheet: Sheet = { page, left: page.side === 'recto' ? shape.inside : shape.outside, measure: shape.measure, tags, describe }
        if (at === set.first) page.anchors.push({ id: set.section.id, x: sheet.left, y: shape.top })
        let used = 0
        let first: { n: number; offset: number } | undefined
        for (let i = 0; i < placements.length; i++) {
          const p = placements[i]!
          const element = set.elements[p.element]!
          const way = element.ways[p.way]!
          const y = shape.top + p.top * shape.grid
          const repeated = i === 0 && at > set.first && element.repeat > 0
          element.paint(sheet, p.way, p.from, p.to, y, repeated)
          used = Math.max(used, p.top + (p.to - p.from) * way.height)
          first ??= element.start(p.way, p.from)
          for (const id of element.notes(p.way, p.from, p.to)) {
            const note = setNotes.get(id)
            if (note) pending.push({ set: note, element: 0, line: 0 })
          }
        }
        if (first) starts.push({ label: page.label, ...first })
        pending = paintNotes(pending, Math.min(used, shape.depth), sheet, shape, { top: shape.top, grid: shape.grid, rule: theme.notes.rule * shape.measure, ruleColour: styles.of('note').lettering.colour }, fonts, styles, false)
      }
      for (let guard = 0; pending.length > 0 && guard < 200; guard++) {
        // notes that no page of the section could hold: the last page takes them below its own
        const page = pages[set.first + set.pages.count - 1]!
        const sheet: Sheet = { page, left: page.side === 'recto' ? shape.inside : shape.outside, measure: shape.measure, tags, describe }
        warning(flow.report, 'notes-crowded', set.section.place, 'the notes of this section do not fit below its last page', 'shorten the notes, or turn the longest into an appendix')
        pending = paintNotes(pending, shape.depth, sheet, shape, { top: shape.top, grid: shape.grid, rule: 0, ruleColour: '#000000' }, fonts, styles, true)
      }
    }
    const isContents = (s: SetSection) => s.section.blocks.some((b) => b.kind === 'contents')
    const note = () => {
      for (const page of pages) for (const anchor of page.anchors) if (!labelsNow.has(anchor.id)) labelsNow.set(anchor.id, page.label)
      for (const [id, target] of book.targets) if (!labelsNow.has(id)) labelsNow.set(id, labelsNow.get(target.section) ?? '')
    }
    for (const set of sections) if (!isContents(set)) paintSection(set)
    // the pages of contents are numbered already, so their own entries can be told too
    for (const set of sections) if (isContents(set)) labelsNow.set(set.section.id, pages[set.first]!.label)
    note()
    for (const set of sections) if (isContents(set)) paintSection(set)
    if (refers && pass < MOST_PASSES && !same(labels, labelsNow)) {
      labels = labelsNow
      continue
    }
    placeLostAnchors(book, pages)
    starts.sort((a, b) => a.n - b.n || a.offset - b.offset)

    for (const set of sections) {
      for (let i = 0; i < set.pages.count; i++) {
        const page = pages[set.first + i]!
        const left = page.side === 'recto' ? shape.inside : shape.outside
        if (page.blank) continue
        const head = !set.style.heads ? '' : page.side === 'verso' ? book.metadata.title : set.section.title || book.metadata.title
        paintFurniture(page, { head, folio: set.style.folios, opening: i === 0 }, { headY: shape.top - theme.page.headDistance, footY: shape.top + shape.depth * shape.grid + theme.page.footDistance, folioIn: theme.page.folio, left, measure: shape.measure }, fonts, styles)
      }
    }
    return { width: shape.width, height: shape.height, pages, fonts: fonts.fonts, images: pictures, tags, outline: outlineOf(sections, shape.top), starts }
  }
}

function newPage(index: number, label: string, blank: boolean): Page {
  return { label, side: index % 2 === 0 ? 'recto' : 'verso', blank, items: [], links: [], anchors: [] }
}

const PAGE_WORDS: Record<string, string> = { de: 'S.', pl: 's.', ru: 'с.', el: 'σ.', nl: 'p.', fr: 'p.' }

function pageRef(language: string, label: string | undefined): string {
  if (!label) return ''
  return `\u00a0(${PAGE_WORDS[language.slice(0, 2)] ?? 'p.'}\u00a0${label})`
}


function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (b.get(key) !== value) return false
  return true
}

function placeLostAnchors(book: Book, pages: Page[]): void {
  const where = new Map<string, { page: Page; x: number; y: number }>()
  for (const page of pages) for (const a of page.anchors) if (!where.has(a.id)) where.set(a.id, { page, x: a.x, y: a.y })
  for (const [id, target] of book.targets) {
    if (where.has(id)) continue
    const home = where.get(target.section)
    if (home) home.page.anchors.push({ id, x: home.x, y: home.y })
  }
}

function collectImages(book: Book): { pictures: Picture[]; find: (src: string) => InTextPicture | undefined } {
  const pictures: Picture[] = []
  const index = new Map<string, InTextPicture>()
  return {
    pictures,
    find(src) {
      const known = index.get(src)
      if (known) return known
      const image = book.images.get(src)
      if (!image) return undefined
      const made = { index: pictures.push({ ...image }) - 1, width: image.width, height: image.height, vector: image.type === 'svg' }
      index.set(src, made)
      return made
    },
  }
}

export function roman(n: number): string {
  const digits: [number, string][] = [[1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']]
  let out = ''
  for (const [value, digit] of digits) for (; n >= value; n -= value) out += digit
  return out
}

