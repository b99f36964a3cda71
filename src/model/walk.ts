// In: blocks. Out: a visit to each of them and to each Prose, in reading order; and with it, their numbers.
import type { Block, Note, Prose, Section } from './book.js'

/** Blocks before what they contain. Depth is bounded by the Markdown parser. */
export function eachBlock(
  blocks: readonly Block[],
  block: (block: Block) => void,
  prose: (prose: Prose, block: Block) => void = () => undefined,
): void {
  for (const one of blocks) {
    block(one)
    switch (one.kind) {
      case 'paragraph':
      case 'heading':
      case 'code':
        prose(one.prose, one)
        break
      case 'quote':
      case 'group':
        eachBlock(one.blocks, block, prose)
        break
      case 'list':
        for (const item of one.items) eachBlock(item.blocks, block, prose)
        break
      case 'definitions':
        for (const entry of one.entries) {
          for (const term of entry.terms) prose(term, one)
          for (const definition of entry.definitions) eachBlock(definition, block, prose)
        }
        break
      case 'verse':
        for (const stanza of one.stanzas) for (const line of stanza) prose(line.prose, one)
        break
      case 'table':
        if (one.caption !== undefined) prose(one.caption, one)
        for (const row of one.head) for (const cell of row.cells) prose(cell.prose, one)
        for (const row of one.body) for (const cell of row.cells) prose(cell.prose, one)
        break
      case 'figure':
        if (one.caption !== undefined) prose(one.caption, one)
        break
      case 'contents':
        for (const entry of one.entries) prose(entry.prose, one)
        break
      case 'notes':
        for (const note of one.notes) eachBlock(note.blocks, block, prose)
        break
      case 'break':
        break
    }
  }
}

/** Numbers every block and every prose, a section's notes after its blocks. A paragraph, heading or code shares its number with its text. */
export function numberAnchors(sections: readonly Section[]): number {
  let n = 0
  const number = (blocks: readonly Block[]) =>
    eachBlock(
      blocks,
      (block) => {
        block.n = n++
      },
      (prose, block) => {
        prose.n = block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'code' ? block.n : n++
      },
    )
  for (const section of sections) {
    number(section.blocks)
    for (const note of section.notes) number(note.blocks)
  }
  return n
}

/** Those that stand in a section, wherever: behind its text, or among it. */
export function notesIn({ blocks, notes }: Pick<Section, 'blocks' | 'notes'>): Note[] {
  const among = blocks.filter((block) => block.kind === 'notes')
  return among.length === 0 ? notes : [...among.flatMap((block) => block.notes), ...notes]
}
