// What the theme says of running heads and folios goes in, with the pages whose numbers are known; each page gets its furniture.
import type { Book, Section } from '../../model/book.js'
import { names, partsOfRow, placed } from '../../theme/rows.js'
import { type FurnitureRule, hexOf, type Row, type Theme } from '../../theme/theme.js'
import { type MarginLine, missingIn, paintFurniture, type Slot } from '../pages/furniture.js'
import { type Gaps, noteHead } from '../text/gaps.js'
import type { Page } from '../typeset.js'
import type { ToldSection } from './bookmarks.js'
import type { Job } from './set-galley.js'

/** What the names of a line stand for on a page. */
type Values = Record<'title' | 'part' | 'chapter' | 'section' | 'author' | 'folio', string>

/** Running heads and folios, when labels are known. */
export function furnish(sections: readonly ToldSection[], pages: readonly Page[], job: Job): void {
  const { book, theme, shape, titles } = job
  const { language } = book.metadata
  const { title, author } = valuesOf(book)
  for (const { section, style, first, count, galley } of sections) {
    if (!galley) continue
    const own = valuesIn(section, titles, theme, author)
    /** The heading that the text stands under, page by page. */
    let heading = ''
    for (let i = 0; i < count; i++) {
      const page = pages[first + i]!
      const painted = galley.own[i]!
      const [opens = heading] = painted.headings ?? []
      const closes = painted.headings?.at(-1) ?? heading
      const values: Values = {
        title,
        ...own,
        // on the left the first that the page has, on the right the last
        section: page.side === 'verso' ? opens : closes,
        folio: page.label,
      }
      heading = closes
      if (page.blank || page.plate) continue
      const shown = {
        opening: i === 0,
        heads: style.heads,
        folios: style.folios,
        language: section.language,
        bookLanguage: language,
      }
      // A page that was here before may have it already; if not, the old is taken away.
      const furniture = [page.side, ...Object.values(values), ...Object.values(shown)].join('\0')
      if (painted.furniture === furniture) continue
      const lines = linesOf(page, values, shown, job)
      if (painted.furniture !== undefined) {
        page.items = page.items.slice(0, painted.items)
        page.ink = {}
      }
      painted.furniture = furniture
      const left = page.side === 'recto' ? shape.inside : shape.outside
      paintFurniture(page, lines, { left, measure: shape.measure }, job)
    }
  }
}

/** What is in the heads of all sections and has no letters in the faces is told; who sets half of the book knows of the other half's. */
export function noteHeads(sections: readonly ToldSection[], job: Job, gaps: Gaps): void {
  const { book, theme, titles } = job
  const ofBook = valuesOf(book)
  /** By text: has it letters that no face has? */
  const told = new Map<string, boolean>()
  for (const { section, style, count, galley } of sections) {
    const values = { ...ofBook, ...valuesIn(section, titles, theme, ofBook.author), section: '', folio: '' }
    const shown = {
      heads: style.heads,
      folios: false,
      language: section.language,
      bookLanguage: book.metadata.language,
    }
    const sign = [...Object.values(values), style.heads, section.language, count > 1].join('\0')
    if (galley?.lettered === sign) continue
    let lettered = true
    for (const side of ['verso', 'recto'] as const)
      for (const opening of count > 1 ? [false, true] : [true])
        for (const { slots } of linesOf({ side, label: '' }, values, { ...shown, opening }, job))
          for (const { text } of slots.flatMap(({ parts }) => parts)) {
            if (!told.has(text)) {
              const missing = missingIn(text, job)
              told.set(text, missing.length > 0)
              const place = text === values.title ? (book.places?.title ?? section.place) : section.place
              noteHead(gaps, text, missing, place)
            }
            lettered &&= told.get(text) === false
          }
    if (galley !== undefined && lettered) galley.lettered = sign
  }
}

function valuesOf({ metadata }: Book): { title: string; author: string } {
  const { printed, title, authors } = metadata
  const names = printed?.authors ?? authors.map(({ name }) => name)
  return { title: printed?.shortTitle ?? title, author: names.join(', ') }
}

function valuesIn(section: Section, titles: ReadonlyMap<string, string>, theme: Theme, author: string) {
  return {
    part: section.part === undefined ? '' : (titles.get(section.part) ?? ''),
    chapter: headOf(section, titles, theme.heads.joint),
    author: authorOf(section) ?? author,
  }
}

/** What of the theme's lines a page shows, and in which language. */
interface Shown {
  opening: boolean
  heads: boolean
  folios: boolean
  /** Of the section, and of the book. */
  language: string
  bookLanguage: string
}

function linesOf(
  page: Pick<Page, 'side' | 'label'>,
  values: Values,
  shown: Shown,
  { theme, shape, styles }: Job,
): MarginLine[] {
  const { heads, feet = {} } = theme
  const said = heads[page.side]
  const headRow = shown.opening ? heads.opening : typeof said === 'string' ? undefined : said
  const footRow = shown.opening ? feet.opening : feet[page.side]
  const folio: Slot['parts'] = [{ text: page.label, as: 'folio', language: shown.language }]
  const inHead: Slot[] = []
  const inFoot: Slot[] = []
  if (shown.folios && !names(headRow, 'folio') && !names(footRow, 'folio') && theme.page.folio !== 'none') {
    if (shown.opening ? feet.opening === undefined : theme.page.folio === 'foot')
      inFoot.push({ at: 'center', parts: folio })
    else if (!shown.opening) inHead.push({ at: page.side === 'recto' ? 'right' : 'left', parts: folio })
  }
  if (typeof said === 'string' && !shown.opening && shown.heads && said !== 'none') {
    const chapter = said === 'section' && values.chapter !== ''
    const text = chapter ? values.chapter : values.title
    const room = shape.measure - 2 * styles.of('head').lettering.size * 4
    if (text !== '')
      inHead.push({
        at: 'center',
        parts: [{ text, as: 'head', language: chapter ? shown.language : shown.bookLanguage }],
        room,
      })
  }
  inHead.push(...slotsOf(headRow, page.side, values, shown))
  inFoot.push(...slotsOf(footRow, page.side, values, shown))
  const headY = shape.top - theme.page.headDistance
  const footY = shape.folioY
  const ruled = (rule: FurnitureRule | undefined): MarginLine['rule'] =>
    rule && {
      weight: rule.weight,
      gap: rule.gap,
      colour: rule.colour === undefined ? styles.of('head').lettering.colour : hexOf(theme, rule.colour),
    }
  return [
    { margin: 'head', y: headY, slots: inHead, rule: ruled(heads.rule) },
    { margin: 'foot', y: footY, slots: inFoot, rule: ruled(feet.rule) },
  ]
}

/** A text whose names all stand for nothing is not there; nor is what stands between two of which one is nothing. */
function slotsOf(
  row: Row | undefined,
  side: Page['side'],
  values: Values,
  { heads, folios, language, bookLanguage }: Shown,
): Slot[] {
  if (row === undefined) return []
  return Object.entries(placed(row, side)).flatMap(([at, text]): Slot[] => {
    const parts = partsOfRow(text) ?? []
    const shown: Slot['parts'] = []
    let joint = ''
    let named = 0
    for (const part of parts) {
      if ('text' in part) {
        joint += part.text
        continue
      }
      const isFolio = part.name === 'folio'
      const value = isFolio ? (folios ? values.folio : '') : heads ? values[part.name] : ''
      if (value === '') {
        joint = ''
        continue
      }
      const own = part.name === 'title' || part.name === 'author' ? bookLanguage : language
      // what stands between two names goes with either of them
      if (joint !== '' && (named > 0 || part === parts[1])) shown.push({ text: joint, as: 'head', language: own })
      joint = ''
      named++
      shown.push({ text: value, as: isFolio ? 'folio' : 'head', language: own })
    }
    const lettered = parts.every((part) => 'text' in part) && heads
    if (lettered || (named > 0 && joint.trim() !== '')) shown.push({ text: joint, as: 'head', language })
    return shown.length === 0 ? [] : [{ at: at as Slot['at'], parts: shown }]
  })
}

function authorOf({ blocks }: Section): string | undefined {
  const block = blocks.find(({ role }) => role === 'author')
  return block?.kind === 'paragraph' ? block.prose.text.replace(/[\ufffc\s]+/g, ' ').trim() || undefined : undefined
}

/** A chapter that is only numbered says its part too. */
function headOf(section: Section, titles: ReadonlyMap<string, string>, joint: string): string {
  const part = section.part === undefined ? undefined : titles.get(section.part)
  if (section.short !== undefined) return section.short
  return part && /^[\p{Lu}\d.]{1,7}$/u.test(section.title) ? `${part}${joint}${section.title}` : section.title
}
