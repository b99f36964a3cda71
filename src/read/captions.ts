// In: a book, and how its theme numbers captions. Out: the same book, with numbers before the captions of its pictures and tables,
// and before these in a list of figures.
import type { Block, Book, Prose } from '../model/book.js'
import { eachBlock } from '../model/walk.js'
import { lentLanguage, wordsOf } from '../model/words.js'
import { prefix } from './numbering.js'

export interface CaptionNumbers {
  number?: 'book' | 'chapter' | undefined
  label?: 'bold' | 'italic' | 'smallcaps' | undefined
  joint?: string | undefined
}

/** Anchors stay as they are: only texts grow. Captions without a word have no number. */
export function numberCaptions(book: Book, { number, label, joint = '. ' }: CaptionNumbers): void {
  if (number === undefined) return
  const labels = new Map<string, string>()
  const counts = { figure: 0, table: 0 }
  let chapter = 0
  for (const section of book.sections) {
    if (section.role === 'chapter') chapter++
    if (number === 'chapter' && section.role === 'chapter') counts.figure = counts.table = 0
    const inChapter = number === 'chapter' && section.role === 'chapter'
    const look = (block: Block): void => {
      if ((block.kind !== 'figure' && block.kind !== 'table') || !block.caption?.text.trim()) return
      const language = block.lang ?? section.language
      const n = ++counts[block.kind]
      const said = `${wordsOf(language)[block.kind]} ${inChapter ? `${chapter}.${n}` : n}`
      mark(block.caption, said, joint, label, lentLanguage(language))
      if (block.id !== undefined) labels.set(block.id, said + joint)
    }
    eachBlock(section.blocks, look)
  }
  for (const section of book.sections)
    for (const block of section.blocks)
      if (block.kind === 'contents' && section.role === 'list-of-figures')
        for (const { href, prose } of block.entries) {
          const own = labels.get(href.slice(1))
          if (own !== undefined) prefix(prose, own)
        }
}

function mark(
  prose: Prose,
  said: string,
  joint: string,
  label: CaptionNumbers['label'],
  lang: string | undefined,
): void {
  prefix(prose, said + joint)
  const end = said.length
  if (label !== undefined) prose.spans.unshift({ kind: label, start: 0, end })
  if (lang !== undefined) prose.spans.unshift({ kind: 'span', start: 0, end, lang, classes: [] })
}
