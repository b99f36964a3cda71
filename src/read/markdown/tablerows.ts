// markdown-it's tables go in; the same come out with the cells that a row has beyond the columns of its table, which
// markdown-it (as GitHub) leaves out. Nothing that was written may be lost: the table grows by them.
import type { MarkdownIt, StateBlock } from 'markdown-it'
import { newToken } from './token.js'

/** Wraps the rule for tables. A row with surplus cells says in `meta.columns` how many the table was to have. */
export function tableRule(md: MarkdownIt): void {
  const { ruler } = md.block
  const rule = ruler.__rules__[ruler.__find__('table')]
  if (rule === undefined) throw new Error('markdown-it has no rule for tables')
  const table = rule.fn
  const whole = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
    const from = state.tokens.length
    if (!table(state, startLine, endLine, silent)) return false
    if (!silent) keepSurplus(state, from)
    return true
  }
  ruler.at('table', whole, { alt: ['paragraph', 'reference'] })
}

function keepSurplus(state: StateBlock, from: number): void {
  const made = state.tokens.splice(from)
  let columns = 0
  let surplus: string[] = []
  for (const token of made) {
    if (token.type === 'th_open') columns++
    if (token.type === 'tr_open' && columns > 0) {
      surplus = cellsOf(state, token.map![0]).slice(columns)
      while (surplus.at(-1) === '') surplus.pop()
      if (surplus.length > 0) token.meta = { columns, cells: columns + surplus.length }
    }
    if (token.type === 'tr_close') {
      for (const cell of surplus) {
        const inline = newToken('inline', 0, cell)
        inline.block = true
        inline.level = token.level + 2
        inline.children = []
        state.tokens.push(newToken('td_open', 1), inline, newToken('td_close', -1))
      }
      surplus = []
    }
    state.tokens.push(token)
  }
}

/** As markdown-it parts a row: at every `|` that has no backslash before it; the first and the last may be a frame. */
function cellsOf(state: StateBlock, line: number): string[] {
  const row = state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]!).trim()
  const cells: string[] = []
  let start = 0
  for (let at = row.indexOf('|'); at >= 0; at = row.indexOf('|', at + 1)) {
    if (row[at - 1] === '\\') continue
    cells.push(row.slice(start, at))
    start = at + 1
  }
  cells.push(row.slice(start))
  if (cells[0] === '') cells.shift()
  if (cells.at(-1) === '') cells.pop()
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim())
}
