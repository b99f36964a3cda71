// The paragraphs of a quotation go in; the last, if it alone opens with a dash, is marked as its source.
import type { Block } from '../../model/book.js'

const DASHED = /^(?:[—–―]|--)\s?\S/

/** The last paragraph of a quotation names its source, if it alone opens with a dash. */
export function attribute(blocks: Block[]): Block[] {
  const last = blocks.at(-1)
  if (blocks.length < 2 || last?.kind !== 'paragraph' || last.prose.text.length > 200) return blocks
  const dashed = blocks.filter((block) => block.kind === 'paragraph' && DASHED.test(block.prose.text))
  if (dashed.length === 1 && dashed[0] === last) last.role = 'attribution'
  return blocks
}
