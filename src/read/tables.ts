// In: blocks in which a table's caption may stand beside it as a paragraph. Out: the caption with its table.
import type { Block } from '../model/book.js'
import { applyEdits } from './edits.js'

const CAPTION = /^(?:Table)?:\s+(?=\S)/

/** `Table: …` or `: …` right after or before a table, as Pandoc has it. */
export function captionTables(blocks: Block[]): Block[] {
  if (!blocks.some((block) => block.kind === 'table')) return blocks
  const kept: Block[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const next = blocks[i + 1]
    const before = kept.at(-1)
    const prefix = block.kind === 'paragraph' ? CAPTION.exec(block.prose.text) : null
    const table =
      before?.kind === 'table' && before.caption === undefined ? before : next?.kind === 'table' ? next : undefined
    if (block.kind === 'paragraph' && prefix !== null && table !== undefined) {
      applyEdits(block.prose, [{ at: 0, out: prefix[0].length, put: '' }])
      table.caption = block.prose
      if (block.id !== undefined) table.id ??= block.id
    } else kept.push(block)
  }
  return kept
}
