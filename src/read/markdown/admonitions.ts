// Blocks set apart from the text, in the manners of other tools. In: lines, tokens. Out: the tokens of `::: note Title`.
//   > [!NOTE] Title             GitHub; with a title, and of more kinds, Obsidian
//   !!! note "Title"            Python-Markdown and MkDocs, the text indented by four; `???` and `???+` are its folding ones
import type { MarkdownIt, StateBlock, Token } from 'markdown-it'

/** Every kind that one of the tools knows, and its class among ours. */
export const KINDS = new Map<string, string>(
  Object.entries({
    note: 'note',
    ...Object.fromEntries(['tip', 'info', 'important', 'warning', 'caution', 'danger'].map((name) => [name, name])),
    ...{ hint: 'tip', success: 'tip', check: 'tip', done: 'tip' },
    ...{ abstract: 'info', summary: 'info', tldr: 'info', todo: 'info', question: 'info', help: 'info', faq: 'info' },
    ...{ example: 'info', quote: 'aside', cite: 'aside', seealso: 'info' },
    ...{ attention: 'warning', failure: 'danger', fail: 'danger', missing: 'danger', error: 'danger', bug: 'danger' },
  }),
)

/** Without a title its kind stands in its place, in words of the language around it. */
function metaOf(kind: string, title: string | undefined): Record<string, unknown> {
  const attributes = { classes: [KINDS.get(kind.toLowerCase()) ?? 'aside'], keys: new Map<string, string>() }
  return { attributes, title, kind: title === undefined ? kind : undefined }
}

const ALERT = /^\[!([a-z]+)\][+-]?[ \t]*([^\n]*)(?:\n|$)/i

/** `at`: where the inline token stands whose text opens with a bracket. */
export function markAlerts(tokens: Token[], at: number): void {
  const inline = tokens[at]!
  const quote = tokens[at - 2]
  if (quote?.type !== 'blockquote_open') return
  const found = ALERT.exec(inline.content)
  const kind = found?.[1]
  if (kind === undefined || !KINDS.has(kind.toLowerCase())) return
  const end = tokens.findIndex((token, i) => i > at && token.type === 'blockquote_close' && token.level === quote.level)
  if (end < 0) return
  quote.type = 'div_open'
  tokens[end]!.type = 'div_close'
  quote.meta = metaOf(kind, found![2]!.trim() || undefined)
  // The rest of the paragraph is the block's first; if there is none, an empty paragraph is nothing.
  const children = inline.children ?? []
  const rest = children.findIndex((token) => token.type === 'softbreak' || token.type === 'hardbreak')
  inline.children = rest < 0 ? [] : children.slice(rest + 1)
}

export function admonitionRule(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'admonition', admonition, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
}

const HEAD = /^(?:!{3}|\?{3}\+?)[ \t]*([a-z]+)((?:[ \t]+[a-z][\w-]*)*)(?:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'))?[ \t]*$/i

function admonition(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!
  const code = state.src.charCodeAt(start)
  if ((code !== 0x21 && code !== 0x3f) || state.sCount[startLine]! - state.blkIndent >= 4) return false
  const found = HEAD.exec(state.src.slice(start, Math.min(state.eMarks[startLine]!, start + 300)))
  if (found === null) return false
  const [, kind, more, double, single] = found
  let title = double ?? single
  // A kind of one's own has a title, or its text below it; without them it may be a cry.
  if (!KINDS.has(kind!.toLowerCase()) && (title ?? '') === '') {
    const next = more === '' ? state.skipEmptyLines(startLine + 1) : startLine + 1
    if (next >= endLine || state.isEmpty(next) || state.sCount[next]! - state.blkIndent < 4) return false
    title ??= kind!.charAt(0).toUpperCase() + kind!.slice(1).toLowerCase()
  }
  if (silent) return true
  let end = startLine + 1
  for (let line = end; line < endLine; line++) {
    if (state.isEmpty(line)) continue
    if (state.sCount[line]! - state.blkIndent < 4) break
    end = line + 1
  }
  const { parentType, lineMax } = state
  state.parentType = 'div'
  state.lineMax = end
  state.blkIndent += 4
  const open = state.push('div_open', 'div', 1)
  open.map = [startLine, end]
  // A title of nothing, `""`, is how these tools leave it out.
  open.meta = metaOf(kind!, title)
  state.md.block.tokenize(state, startLine + 1, end)
  state.push('div_close', 'div', -1)
  state.blkIndent -= 4
  state.parentType = parentType
  state.lineMax = lineMax
  state.line = end
  return true
}
