// In: the text of a Markdown file, and the tokens that were made of it. Out: the lines with letters that none was made of.
// Every line is the text of a token, the head of a container, or the definition of a link.
import type { MarkdownIt, StateBlock, Token } from 'markdown-it'
import { lettersIn } from '../../model/letters.js'
import { Definitions } from './definitions.js'
import type { Leavings } from './token.js'

/** Has the rule for definitions of links (`[label]: address`) note its lines, and which of them nothing refers to. */
export function watchLinks(md: MarkdownIt): void {
  const { ruler } = md.block
  const rule = ruler.__rules__[ruler.__find__('reference')]
  if (rule === undefined) throw new Error('markdown-it has no rule for definitions of links')
  const define = rule.fn
  ruler.at('reference', (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
    if (silent) return define(state, startLine, endLine, silent)
    const env = state.env as Leavings
    const all = (env.definitions ??= new Definitions())
    env.references ??= all.watched()
    all.line = startLine
    const defines = define(state, startLine, endLine, silent)
    all.line = -1
    if (defines) env.links.push([startLine, state.line])
    if (defines) {
      const start = state.bMarks[startLine]! + state.tShift[startLine]!
      all.note(startLine, state.src.slice(start, Math.min(state.eMarks[startLine]!, start + 200)))
    }
    return defines
  })
}

export function lostLines(
  text: string,
  tokens: readonly Token[],
  { links, strayFences }: Leavings,
): { line: number; letters: number }[] {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  const read = new Uint8Array(count)
  for (const { map, nesting, type } of tokens) {
    if (map === null) continue
    // Rows and cells of a table have no lines of their own.
    if (nesting === 0 || type === 'table_open') read.fill(1, map[0], map[1])
    else read[map[0]] = 1
  }
  for (const [from, to] of links) read.fill(1, from, to)
  // What these say is an error of the author's already.
  for (const { line } of strayFences) read[line] = 1
  const unread: { line: number; letters: number }[] = []
  let at = 0
  for (let line = 0; line < count; line++) {
    const end = text.indexOf('\n', at)
    if (read[line] === 0) {
      const letters = lettersIn(text.slice(at, end < 0 ? text.length : end))
      if (letters > 0) unread.push({ line, letters })
    }
    at = end + 1
  }
  return unread
}
