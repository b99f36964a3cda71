// Blocks whose every line begins with a mark, and blocks between two names in braces. In: lines. Out: the tokens of `::: note`.
//   W> Take care.               Leanpub: asides and their kinds by a letter; `C>` is centred
//   {blurb, class: tip} … {/blurb}, {aside} … {/aside}    the same, between lines
//   | A line of verse           Pandoc: each line as it stands
import type { MarkdownIt, StateBlock, Token } from 'markdown-it'
import { KINDS } from './admonitions.js'
import { flatten } from './fenced-divs.js'
import type { Leavings } from './token.js'

/** Kinds by Leanpub's letter; what has no kind is an aside. */
const LETTERS = new Map(
  Object.entries({
    A: '',
    B: '',
    C: 'center',
    D: 'info',
    E: 'error',
    G: '',
    I: 'info',
    Q: 'question',
    T: 'tip',
    W: 'warning',
    X: 'example',
  }),
)
const NAMES = new Map(Object.entries({ information: 'info', discussion: 'info', exercise: 'example' }))

export function leanpubRules(md: MarkdownIt): void {
  const alt = ['paragraph', 'reference', 'blockquote', 'list']
  md.block.ruler.before('plain', 'lettered', lettered, { alt })
  md.block.ruler.before('fence', 'braced', braced, { alt })
  md.block.ruler.before('table', 'line_block', lineBlock)
}

/** How a block of a kind is opened. Its first heading is its title, no heading of the book. */
function metaOf(kind: string): Token['meta'] {
  const classes = kind === 'center' ? ['center'] : [KINDS.get(kind) ?? 'aside']
  const said = KINDS.has(kind) ? { kind } : {}
  return { attributes: { classes, keys: new Map<string, string>() }, headed: true, ...said }
}

function lettered(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!
  if (state.src.charCodeAt(start + 1) !== 0x3e /* > */ || state.sCount[startLine]! - state.blkIndent >= 4) return false
  const kind = LETTERS.get(state.src.charAt(start))
  if (kind === undefined || !/^[ \t\n]?$/.test(state.src.charAt(start + 2))) return false
  if (silent) return true
  const prefix = state.src.slice(start, start + 2)
  let end = startLine
  while (end < endLine && opensWith(state, end, prefix)) end++
  within(state, startLine, end, 2, metaOf(kind))
  return true
}

function opensWith(state: StateBlock, line: number, prefix: string): boolean {
  const start = state.bMarks[line]! + state.tShift[line]!
  if (!state.src.startsWith(prefix, start) || state.sCount[line]! - state.blkIndent >= 4) return false
  const end = start + prefix.length
  return end >= state.eMarks[line]! || /[ \t]/.test(state.src.charAt(end))
}

/** Of a table without its line of hyphens the bars stand at the end, too. */
function lineBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || !opensWith(state, startLine, '|')) return false
  let end = startLine
  for (; end < endLine && opensWith(state, end, '|'); end++) {
    const start = state.bMarks[end]! + state.tShift[end]!
    if (state.src.slice(start + 1, state.eMarks[end]!).includes('|')) return false
  }
  const classes = ['verse']
  within(state, startLine, end, 1, { attributes: { classes, keys: new Map<string, string>() } })
  return true
}

/** Reads the lines as if `width` characters and a space in front of each were not there. */
function within(state: StateBlock, from: number, to: number, width: number, meta: Token['meta']): void {
  const { src, parentType, lineMax, bMarks, tShift, sCount } = state
  const old: [bMark: number, shift: number, count: number][] = []
  for (let line = from; line < to; line++) {
    old.push([bMarks[line]!, tShift[line]!, sCount[line]!])
    let at = bMarks[line]! + tShift[line]! + width
    const end = state.eMarks[line]!
    if (at < end) at++
    // Its mark may be a letter, and stand alone.
    else (state.env as Leavings).links.push([line, line + 1])
    let shift = 0
    while (at + shift < end && /[ \t]/.test(src.charAt(at + shift))) shift++
    bMarks[line] = at
    tShift[line] = shift
    sCount[line] = state.blkIndent + shift
  }
  state.parentType = 'div'
  state.lineMax = to
  const open = state.push('div_open', 'div', 1)
  open.map = [from, to]
  open.meta = meta
  if (width === 1) flatten(state, from, to)
  state.md.block.tokenize(state, from, to)
  state.push('div_close', 'div', -1)
  old.forEach(([bMark, shift, count], i) => {
    bMarks[from + i] = bMark
    tShift[from + i] = shift
    sCount[from + i] = count
  })
  state.parentType = parentType
  state.lineMax = lineMax
  state.line = to
}

/** Lines from which on nothing closes a block of a name: to look again from each of them would be quadratic. */
const unclosed = new WeakMap<Leavings, Map<string, number>>()

function closeOf(state: StateBlock, close: string, startLine: number, endLine: number): number | undefined {
  const env = state.env as Leavings
  const known = unclosed.get(env) ?? new Map<string, number>()
  unclosed.set(env, known)
  // Within a quotation lines begin elsewhere.
  const key = `${close} ${endLine} ${state.level} ${state.bMarks[endLine - 1]}`
  if (startLine >= (known.get(key) ?? endLine)) return undefined
  for (let line = startLine + 1; line < endLine; line++)
    if (lineOf(state, line).trim().toLowerCase() === close) return line
  known.set(key, startLine)
  return undefined
}

const OPENS = /^\{(blurb|aside)(?:,[ \t]*([^{}\n]{0,200}))?\}[ \t]*$/i

function braced(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const found = lineOf(state, startLine).startsWith('{') ? OPENS.exec(lineOf(state, startLine)) : null
  if (found === null || state.sCount[startLine]! - state.blkIndent >= 4) return false
  const end = closeOf(state, `{/${found[1]!.toLowerCase()}}`, startLine, endLine)
  if (end === undefined) return false
  if (silent) return true
  const said = /(?:^|[\s,])class\s*:\s*"?([a-z]+)/i.exec(found[2] ?? '')?.[1]?.toLowerCase() ?? ''
  const { parentType, lineMax } = state
  state.parentType = 'div'
  state.lineMax = end
  const open = state.push('div_open', 'div', 1)
  open.map = [startLine, end]
  open.meta = metaOf(NAMES.get(said) ?? said)
  state.md.block.tokenize(state, startLine + 1, end)
  state.push('div_close', 'div', -1)
  // The line that closes it says nothing.
  ;(state.env as Leavings).links.push([end, end + 1])
  state.parentType = parentType
  state.lineMax = lineMax
  state.line = end + 1
  return true
}

function lineOf(state: StateBlock, line: number): string {
  const start = state.bMarks[line]! + state.tShift[line]!
  return state.src.slice(start, Math.min(state.eMarks[line]!, start + 300))
}
