// A book goes in; what its search reads comes out: every text that is not made by us, with the id that it stands under, in parts that
// are loaded one after another. They are scripts, not data: a page on a disk may load no other.
import type { Prepared } from '../epub/prepare.js'
import type { Block, Book, Section } from '../model/book.js'
import { eachBlock } from '../model/walk.js'

/** Letters of a part, about: a telephone reads so much in a blink. */
const PART = 200_000

/** Of a section: its document, its title, and its texts: id and words. */
type Entry = [file: string, title: string, texts: [id: string, text: string][]]

export function searchParts(book: Book, prepared: Prepared): string[] {
  const parts: Entry[][] = []
  const titles = new Map(book.sections.map(({ id, title }) => [id, title]))
  let size = Number.POSITIVE_INFINITY
  for (const section of book.sections) {
    if (section.generated) continue
    const texts = textsOf(section, prepared)
    if (texts.length === 0) continue
    if (size >= PART) {
      parts.push([])
      size = 0
    }
    parts
      .at(-1)!
      .push([prepared.names.sections.get(section.id)!, titleOf(section, titles) || book.metadata.title, texts])
    size += texts.reduce((sum, [, text]) => sum + text.length, 0)
  }
  return parts.map((part) => `octavoPart(${JSON.stringify(part)})\n`)
}

/** With that of its part: 'I' says little. */
function titleOf({ part = '', title }: Section, titles: ReadonlyMap<string, string>): string {
  return [titles.get(part), title].filter(Boolean).join(' · ')
}

function textsOf(section: Section, { outline }: Prepared): Entry[2] {
  const texts: Entry[2] = []
  let id = section.id
  let last: Block | undefined
  const look = (blocks: readonly Block[]) =>
    eachBlock(
      blocks,
      (block) => {
        id = block.id ?? block.passage ?? (block.kind === 'heading' ? outline.ids.get(block) : undefined) ?? id
      },
      (prose, block) => {
        const text = prose.text
          .replace(/[\u00ad\ufffc]/g, '')
          .replace(/\s+/g, ' ')
          .trim()
        if (text === '') return
        // Cells of a table, lines of a poem, terms: they belong together.
        if (block === last) texts.at(-1)![1] += ` ${text}`
        else texts.push([id, text])
        last = block
      },
    )
  look(section.blocks)
  for (const note of section.notes) look(note.blocks)
  return texts
}
