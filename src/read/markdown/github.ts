// What GitHub makes of two forms that CommonMark has no meaning for: `> [!NOTE]` opens a block set apart, and `- [x]` is a box.
// In: the tokens, and where the inline token stands whose text opens with a bracket. Out: the tokens of `::: note`; ☐ and ☑.
import type { Token } from 'markdown-it'

const ALERT = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i

export function markAlerts(tokens: Token[], at: number): void {
  const inline = tokens[at]!
  const quote = tokens[at - 2]
  if (quote?.type !== 'blockquote_open') return
  const word = ALERT.exec(inline.content)?.[1]
  if (word === undefined) return
  const end = tokens.findIndex((token, i) => i > at && token.type === 'blockquote_close' && token.level === quote.level)
  if (end < 0) return
  quote.type = 'div_open'
  tokens[end]!.type = 'div_close'
  const name = word.toLowerCase()
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  quote.meta = { attributes: { classes: [name], keys: new Map<string, string>() }, title }
  // The rest of the paragraph is the block's first; if there is none, an empty paragraph is nothing.
  const children = inline.children ?? []
  const rest = children.findIndex((token) => token.type === 'softbreak' || token.type === 'hardbreak')
  inline.children = rest < 0 ? [] : children.slice(rest + 1)
}

export function markTasks(tokens: Token[], at: number): void {
  const inline = tokens[at]!
  const first = inline.children?.[0]
  if (tokens[at - 2]?.type !== 'list_item_open' || first?.type !== 'text') return
  const box = /^\[([ xX])\][ \t]/.exec(first.content)
  if (box !== null) first.content = `${box[1] === ' ' ? '\u2610' : '\u2611'} ${first.content.slice(box[0].length)}`
}
