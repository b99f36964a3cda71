// In: a book whose sections are to be numbered, and the theme's manner. Out: the same book, with numbers before its titles.
import type { Block, Book, ContentsEntry, Prose, Section } from '../model/book.js'
import { type Manner, type Numbering, type NumberStyle, numberIn } from '../model/numbers.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import { UNNUMBERED } from './markdown/attributes.js'

/** Between a section's number and its title. */
const EN_SPACE = '\u2002'

/** Anchors stay as they are: only texts grow. `listed`: the contents have the numbers too. */
export function numberBook(book: Book, numbering: Numbering | undefined, style: NumberStyle, listed = true): void {
  if (numbering === undefined) return
  const manner = (what: 'parts' | 'chapters' | 'sections') => {
    const asked = numbering[what]
    return asked === false ? undefined : asked === true ? style[what] : asked
  }
  const labels = new Map<string, string>()
  const counts = { part: 0, chapter: 0 }
  for (const section of book.sections) {
    const { numbered } = section
    if (numbered === undefined) continue
    const n = ++counts[numbered]
    const of = manner(numbered === 'part' ? 'parts' : 'chapters')
    if (of !== undefined) nameSection(section, of, n, style, labels)
    const below = manner('sections')
    if (below !== undefined && numbered === 'chapter')
      numberHeadings(section.blocks, below, below === 'arabic' ? `${n}.` : '', section.language, labels)
  }
  for (const section of book.sections)
    for (const block of section.blocks)
      if (block.kind === 'contents') for (const entry of block.entries) nameEntry(entry, labels, listed)
}

/** `labels`: what stands before its title in a list, by id. */
function nameSection(
  section: Section,
  manner: Manner,
  n: number,
  style: NumberStyle,
  labels: Map<string, string>,
): void {
  const { named, place = 'above', joint = EN_SPACE } = style
  const { language, title } = section
  const number = numberIn(manner, n, language, section.numbered === 'part')
  const label = named ? `${wordsOf(language).roles[section.numbered!]} ${number}` : number
  const head = section.blocks.find((block) => block.role === 'title' || block.role === 'part-title')
  if (head?.kind === 'heading') {
    const { prose } = head
    const before = prose.text === '' ? label : label + (place === 'line' ? joint : '\n')
    prefix(prose, before)
    const end = label.length
    const lent = lentLanguage(language)
    const role = section.numbered === 'part' ? 'part-number' : 'number'
    if (prose.text.length > end) prose.spans.unshift({ kind: 'number', role, start: 0, end })
    if (lent !== undefined && named) prose.spans.unshift({ kind: 'span', start: 0, end, lang: lent, classes: [] })
  }
  if (title !== '') section.short ??= title
  section.title = title === '' ? label : `${label}. ${title}`
  labels.set(section.id, title === '' ? label : `${label}. `)
}

function numberHeadings(
  blocks: readonly Block[],
  manner: Manner,
  above: string,
  language: string,
  labels: Map<string, string>,
): void {
  let n = 0
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.role !== 'heading-2' || block.classes.includes(UNNUMBERED)) continue
    const label = `${above}${numberIn(manner, ++n, language)}${manner === 'arabic' ? '' : '.'}${EN_SPACE}`
    prefix(block.prose, label)
    if (block.id !== undefined) labels.set(block.id, label)
  }
}

/** What has no title is called by its number everywhere. */
function nameEntry(entry: ContentsEntry, labels: ReadonlyMap<string, string>, listed: boolean): void {
  const label = labels.get(entry.href.slice(1))
  if (label !== undefined && (listed || entry.prose.text === '')) prefix(entry.prose, label)
}

export function prefix(prose: Prose, text: string): void {
  prose.text = text + prose.text
  for (const span of prose.spans) {
    span.start += text.length
    span.end += text.length
  }
}
