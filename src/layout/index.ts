// The door of the layout: a Book, a Theme and its faces go in, the Typeset comes out.
import type { Report } from '../diagnostic.js'
import type { Book, Note, Section } from '../model/book.js'
import type { Trim } from '../model/editions.js'
import { leadIn } from '../theme/leadin.js'
import type { Face, Theme } from '../theme/theme.js'
import { createLineBreaker } from './breaklines.js'
import { type Flow, type TagParent, tagParent } from './flow.js'
import { createFontBook } from './fontbook.js'
import { paintFurniture } from './furniture.js'
import { hang } from './microtype.js'
import { outlineOf, type ToldSection } from './outline.js'
import { createCollector } from './paragraph.js'
import { type Press, paintSection } from './press.js'
import { type SetNote, type SetSection, setNote, setSection } from './section.js'
import type { Picture as InTextPicture, Setting } from './segments.js'
import { pageShape } from './shape.js'
import { createStyles } from './styles.js'
import type { Page, Picture, Typeset } from './typeset.js'

export type { Typeset } from './typeset.js'

export interface LayoutOptions {
  trim?: Trim | undefined
}

/** Most times that a book is laid out until its page references stand still. */
const MOST_PASSES = 4

export async function typeset(
  book: Book,
  theme: Theme,
  faces: readonly Face[],
  options: LayoutOptions,
  report: Report,
): Promise<Typeset> {
  const shape = pageShape(theme, options.trim)
  const fonts = createFontBook(faces, hang)
  const styles = createStyles(theme, fonts, new Set(faces.map((f) => f.key)), theme.page.size, theme.page.leading)
  const breaker = createLineBreaker()
  const { pictures, find } = collectImages(book)
  const titles = new Map(book.sections.map((s) => [s.id, s.title || s.role]))
  let refers = false
  let labels = new Map<string, string>()
  for (let pass = 1; ; pass++) {
    const quiet = pass > 1
    const known = labels
    const notes = new Map<string, { note: Note; section: Section }>()
    for (const section of book.sections) for (const note of section.notes) notes.set(note.id, { note, section })
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
        return pageRef(book.metadata.language, known.get(href.slice(1)))
      },
      image: find,
      leadIn: (text) => (theme.opening.kind === 'lead-in' ? leadIn(text, theme.opening.words) : undefined),
    }
    const setNotes = new Map<string, SetNote>()
    const sectionTags = new Map<string, TagParent>()
    const root: TagParent = { of: () => 0 }
    let current = root
    const labelsNow = new Map<string, string>()
    const flow: Flow = {
      setting,
      collector: createCollector(fonts, setting),
      breaker,
      report: quiet ? () => {} : report,
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
      pageLabel: (href) => labelsNow.get(href.slice(1)) ?? '',
      grid: shape.grid,
      file: '',
      said: new Set(),
    }
    const press: Press = {
      shape,
      pages: [],
      tags: [{ type: 'Document', parent: -1, lang: book.metadata.language }],
      starts: [],
      unplaced: [],
      note: (id) => setNotes.get(id),
      describe: (href) => (href.startsWith('#') ? (titles.get(href.slice(1)) ?? href.slice(1)) : href),
      book: fonts,
      styles,
      noteRule: theme.notes.rule * shape.measure,
      newPage: (blank) => newPage(press.pages, blank, arabic ? String(++number) : roman(++number)),
    }
    const { pages } = press
    let arabic = false
    let number = 0

    // Section by section: cut into pages and painted at once, so that what was set can be forgotten. Only contents wait,
    // until the pages of all else are known.
    const told: ToldSection[] = []
    const waiting: SetSection[] = []
    for (const section of book.sections) {
      const style = theme.sections[section.role]
      const begins = section.matter !== 'front' && !arabic
      if ((style.opens === 'recto' || begins) && pages.length % 2 === 1) press.newPage(true)
      if (begins) {
        arabic = true
        number = 0
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
      const set = setSection(section, style, current, flow, shape, first)
      for (let i = 0; i < set.pages.count; i++) press.newPage(set.elements.length === 0)
      if (section.blocks.some((b) => b.kind === 'contents')) waiting.push(set)
      else paintSection(set, press)
      setNotes.clear()
      told.push({ section, style, first, count: pages.length - first })
    }
    for (const page of pages)
      for (const anchor of page.anchors) if (!labelsNow.has(anchor.id)) labelsNow.set(anchor.id, page.label)
    for (const set of waiting) labelsNow.set(set.section.id, pages[set.first]!.label)
    for (const [id, target] of book.targets)
      if (!labelsNow.has(id)) labelsNow.set(id, labelsNow.get(target.section) ?? '')
    for (const set of waiting) paintSection(set, press)
    if (refers && pass < MOST_PASSES && !same(labels, labelsNow)) {
      labels = labelsNow
      continue
    }
    placeLostAnchors(book, pages)
    press.starts.sort((a, b) => a.n - b.n || a.offset - b.offset)

    for (const { section, style, first, count } of told) {
      for (let i = 0; i < count; i++) {
        const page = pages[first + i]!
        if (page.blank) continue
        const head = !style.heads
          ? ''
          : page.side === 'verso'
            ? book.metadata.title
            : chapterHead(section, titles) || book.metadata.title
        const places = {
          headY: shape.top - theme.page.headDistance,
          footY: shape.top + shape.depth * shape.grid + theme.page.footDistance,
          folioIn: theme.page.folio,
          left: page.side === 'recto' ? shape.inside : shape.outside,
          measure: shape.measure,
        }
        paintFurniture(page, { head, folio: style.folios, opening: i === 0 }, places, fonts, styles)
      }
    }
    return {
      width: shape.width,
      height: shape.height,
      pages,
      fonts: fonts.fonts,
      images: pictures,
      tags: press.tags,
      outline: outlineOf(told, shape.top),
      starts: press.starts,
    }
  }
}

function newPage(pages: Page[], blank: boolean, label: string): void {
  pages.push({ label, side: pages.length % 2 === 0 ? 'recto' : 'verso', blank, items: [], links: [], anchors: [] })
}

/** A chapter that is only numbered says its part too. */
function chapterHead(section: Section, titles: ReadonlyMap<string, string>): string {
  const part = section.part === undefined ? undefined : titles.get(section.part)
  return part && /^[\p{Lu}\d.]{1,7}$/u.test(section.title) ? `${part} · ${section.title}` : section.title
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
  for (const page of pages)
    for (const a of page.anchors) if (!where.has(a.id)) where.set(a.id, { page, x: a.x, y: a.y })
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
      const made = {
        index: pictures.push({ ...image }) - 1,
        width: image.width,
        height: image.height,
        vector: image.type === 'svg',
      }
      index.set(src, made)
      return made
    },
  }
}

export function roman(n: number): string {
  const digits: [number, string][] = [
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ]
  let out = ''
  for (const [value, digit] of digits) for (; n >= value; n -= value) out += digit
  return out
}
