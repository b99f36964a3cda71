// `::: name` … `:::`: fenced blocks, as Pandoc has them; they nest.
// In: lines. Out: `div_open` (meta: attributes, title) and `div_close` around the tokens of the lines between.
import type { MarkdownIt, StateBlock } from 'markdown-it'
import { type Attributes, parseAttributes } from './attributes.js'
import type { Leavings } from './token.js'

// Which fence closes which is found in one pass over the file; looking for the end from each opening would be quadratic.
const pairs = new WeakMap<Leavings, Map<number, number>>()

// What a line may begin with: quotations, items of lists, definitions, labels of notes.
const FENCE = /^(?:[ \t>]|[-*+:~] |\d{1,9}[.)] |\[\^[^\s\]]{1,200}\]:)*(:{3,})[ \t]*(.*)$/
const CODE = /^(?:[ \t>]|[-*+:~] |\d{1,9}[.)] |\[\^[^\s\]]{1,200}\]:)*(`{3,}|~{3,})(.*)$/

function pairFences(source: string, env: Leavings): Map<number, number> {
  const found = new Map<number, number>()
  const open: number[] = []
  let code: string | undefined
  let line = -1
  for (const text of source.split('\n')) {
    line++
    const ticks = text.includes('```') || text.includes('~~~') ? CODE.exec(text) : null
    if (ticks !== null) {
      const [, marks, rest] = ticks
      if (code === undefined) {
        if (marks![0] === '~' || !rest!.includes('`')) code = marks!
      } else if (marks!.startsWith(code) && rest!.trim() === '') code = undefined
      continue
    }
    if (code !== undefined || !text.includes(':::')) continue
    const fence = FENCE.exec(text)
    if (fence === null) continue
    if (fence[2]!.trim() === '') {
      const opening = open.pop()
      if (opening === undefined) env.strayFences.push({ line, opens: false })
      else found.set(opening, line)
    } else if (parseHead(fence[2]!) !== undefined) open.push(line)
  }
  for (const opening of open) env.strayFences.push({ line: opening, opens: true })
  return found
}

/** Not by an expression: that would begin anew at each of a thousand spaces. */
function without(marks: string, head: string): string {
  let end = head.length
  while (end > 0 && marks.includes(head[end - 1]!)) end--
  return head.slice(0, end)
}

/** `name`, `{.name #id}`, `name {#id}`, `name A title`; colons at the end are ornament. */
function parseHead(head: string): { attributes: Attributes; title: string; named: boolean } | undefined {
  let rest = without(' \t', without(':', without(' \t', head)))
  const attributes: Attributes = { classes: [], keys: new Map() }
  const named = !rest.startsWith('{')
  if (named) {
    const name = /^[A-Za-z][\w-]*/.exec(rest)
    if (name === null) return undefined
    attributes.classes.push(name[0])
    rest = rest.slice(name[0].length).trimStart()
  }
  // As Docusaurus writes a title: `:::note[Title]`.
  if (named) rest = rest.replace(/^\[([^[\]]*)\](?=$|\{)/, '$1')
  const brace = rest.startsWith('{') ? 0 : rest.endsWith('}') ? rest.lastIndexOf('{') : -1
  if (brace < 0) return { attributes, title: rest, named }
  const found = parseAttributes(rest, brace)
  if (found === undefined || rest.slice(found.end).trim() !== '') return undefined
  attributes.id = found.attributes.id
  attributes.keys = found.attributes.keys
  attributes.classes = attributes.classes.concat(found.attributes.classes)
  return { attributes, title: rest.slice(0, brace).trim(), named }
}

export function divRule(md: MarkdownIt): void {
  const alt = ['paragraph', 'reference', 'blockquote', 'list']
  md.block.ruler.before('fence', 'div', div, { alt })
}

function div(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!
  if (!state.src.startsWith(':::', start) || state.sCount[startLine]! - state.blkIndent >= 4) return false
  const fence = FENCE.exec(state.src.slice(start, state.eMarks[startLine]!))
  if (fence === null) return false
  const env = state.env as Leavings
  let paired = pairs.get(env)
  if (paired === undefined) {
    paired = pairFences(state.src, env)
    pairs.set(env, paired)
  }
  const head = fence[2]!.trim() === '' ? undefined : parseHead(fence[2]!)
  if (head === undefined) {
    // A closing fence that closed nothing (reported) is left out; anything else is text.
    if (fence[2]!.trim() !== '') return false
    if (!silent) state.line = startLine + 1
    return true
  }
  if (silent) return true
  const close = Math.min(paired.get(startLine) ?? endLine, endLine)
  const { parentType, lineMax } = state
  state.parentType = 'div'
  state.lineMax = close
  const open = state.push('div_open', 'div', 1)
  open.map = [startLine, close]
  open.meta = { ...head }
  if (head.attributes.classes.includes('verse')) flatten(state, startLine + 1, close)
  state.line = startLine + 1
  state.md.block.tokenize(state, startLine + 1, close)
  state.push('div_close', 'div', -1)
  // The item of a list in which it stands may end before it does.
  const end = state.skipEmptyLines(state.line)
  if (end < close) env.strayFences.push({ line: startLine, opens: true })
  state.parentType = parentType
  state.lineMax = lineMax
  state.line = end < close ? end : Math.min(close + 1, endLine)
  return true
}

/** In verse, spaces before a line say how far it is indented; they never make it code. */
export function flatten(state: StateBlock, from: number, to: number): void {
  const { indents } = state.env as Leavings
  for (let line = from; line < to; line++) {
    const columns = state.sCount[line]! - state.blkIndent
    if (state.isEmpty(line) || columns <= 0) continue
    indents.set(line, columns)
    state.sCount[line] = state.blkIndent
  }
}
