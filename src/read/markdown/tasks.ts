// A task of a list, as GitHub has it: `- [x]` is a box.
// In: the tokens, and where the inline token stands whose text opens with a bracket. Out: ☐ and ☑ before the text, and a task of the item.
import type { Token } from 'markdown-it'

export function markTasks(tokens: Token[], at: number): void {
  const inline = tokens[at]!
  const first = inline.children?.[0]
  if (tokens[at - 2]?.type !== 'list_item_open' || first?.type !== 'text') return
  const box = /^\[([ xX])\][ \t]/.exec(first.content)
  if (box === null) return
  first.content = `${box[1] === ' ' ? '\u2610' : '\u2611'} ${first.content.slice(box[0].length)}`
  tokens[at - 2]!.info = 'task'
}
