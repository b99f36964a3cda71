// In: a book and its pages. Out: its paragraphs as a list that is kept from one release to the next: which words stand where.

import { createHash } from 'node:crypto'
import { upTo } from '../diagnostic.js'
import type { Book } from '../model/book.js'
import { firstPast } from '../model/first-past.js'
import type { PageStart } from '../model/pages.js'
import { eachPassage, textsOf } from '../model/passages.js'
import type { SectionPassages } from './gathered.js'

/** Letters of a beginning: enough to know a paragraph again. */
const BEGINNING = 72

export function passagesOf(book: Book, starts: readonly PageStart[]): SectionPassages[] {
  return book.sections
    .filter(({ generated }) => !generated)
    .map(({ id, title, blocks, notes }) => {
      const passages: SectionPassages['passages'] = []
      for (const list of [blocks, ...notes.map((note) => note.blocks)])
        eachPassage(list, (block) => {
          const own = block.id ?? block.passage
          if (own === undefined) return
          const text = plainOf(block)
          passages.push([own, pageOf(starts, block.n), sumOf(text), beginningOf(text)])
        })
      return { id, title, passages }
    })
    .filter(({ passages }) => passages.length > 0)
}

export function plainOf(block: Parameters<typeof textsOf>[0]): string {
  return textsOf(block).join('\n').replaceAll('\ufffc', '')
}

/** Of the text of a paragraph. */
export function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** The page on which the anchor's text begins. */
export function pageOf(starts: readonly PageStart[], n: number): string {
  const next = firstPast(starts.length, (i) => starts[i]!.n < n || (starts[i]!.n === n && starts[i]!.offset === 0))
  return starts[next - 1]?.label ?? ''
}

function beginningOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= BEGINNING) return line
  const cut = upTo(BEGINNING, line)
  const space = cut.lastIndexOf(' ')
  return `${space > BEGINNING / 2 ? cut.slice(0, space) : cut}…`
}
