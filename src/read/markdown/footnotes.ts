// Footnotes: definitions `[^label]: …`, references `[^label]`, and `^[text]` in place.
// Our own rules, since the well-known plugin keeps no lines, lets a second definition win in silence, nests without end, and
// gathers notes in time that grows with the square of their number.
// Out: `note_open`/`note_close` around a definition (meta.label), `note_ref` (meta.label), `note_missing`, `note_inline` (children).
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import type { Leavings } from './token.js'

const DEFINITION = /^\[\^([^\s\]]{1,200})\]:[ \t]*/

export function noteRules(md: MarkdownIt): void {
  md.block.ruler.before('reference', 'note_definition', definition, { alt: ['paragraph', 'reference'] })
  // Before superscript, which would run from one of them to the next.
  md.inline.ruler.before('emphasis', 'note_inline', inPlace)
  md.inline.ruler.before('link', 'note_reference', reference)
}

function definition(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!
  if (state.src.charCodeAt(start) !== 0x5b /* [ */ || state.src.charCodeAt(start + 1) !== 0x5e /* ^ */) return false
  if (state.sCount[startLine]! - state.blkIndent >= 4) return false
  const found = DEFINITION.exec(state.src.slice(start, Math.min(state.eMarks[startLine]!, start + 300)))
  if (found === null) return false
  if (silent) return true
  const label = found[1]!
  const { notes } = state.env as Leavings
  if (!notes.has(label)) notes.set(label, startLine)

  // The definition's own first line begins after the colon; the lines that follow belong to it if they are indented by
  // four, as in a list whose marker is the label.
  const mark = state.bMarks[startLine]!
  const shift = state.tShift[startLine]!
  const count = state.sCount[startLine]!
  const { parentType } = state
  state.blkIndent += 4
  state.parentType = 'note'
  state.bMarks[startLine] = start + found[0].length
  state.tShift[startLine] = 0
  state.sCount[startLine] = state.blkIndent
  const open = state.push('note_open', '', 1)
  open.meta = { label }
  state.md.block.tokenize(state, startLine, endLine)
  open.map = [startLine, state.line]
  state.push('note_close', '', -1)
  state.bMarks[startLine] = mark
  state.tShift[startLine] = shift
  state.sCount[startLine] = count
  state.blkIndent -= 4
  state.parentType = parentType
  return true
}

function reference(state: StateInline, silent: boolean): boolean {
  const start = state.pos
  if (state.src.charCodeAt(start) !== 0x5b /* [ */ || state.src.charCodeAt(start + 1) !== 0x5e /* ^ */) return false
  const limit = Math.min(state.posMax, start + 203)
  let end = start + 2
  for (; end < limit; end++) {
    const code = state.src.charCodeAt(end)
    if (code <= 0x20 || code === 0x5b) return false
    if (code === 0x5d) break
  }
  if (end >= limit || end === start + 2) return false
  const label = state.src.slice(start + 2, end)
  const known = (state.env as Leavings).notes.has(label)
  const after = state.src.charCodeAt(end + 1)
  // `[^x](…)` and `[^x][…]` are links with an odd text.
  if (!known && (after === 0x28 || after === 0x5b || after === 0x7b)) return false
  if (!silent) {
    const token = state.push(known ? 'note_ref' : 'note_missing', '', 0)
    token.meta = { label }
    token.content = state.src.slice(start, end + 1)
  }
  state.pos = end + 1
  return true
}

function inPlace(state: StateInline, silent: boolean): boolean {
  const start = state.pos
  if (state.src.charCodeAt(start) !== 0x5e /* ^ */ || state.src.charCodeAt(start + 1) !== 0x5b /* [ */) return false
  const end = state.md.helpers.parseLinkLabel(state, start + 1)
  if (end < 0) return false
  if (!silent) {
    const token = state.push('note_inline', '', 0)
    token.content = state.src.slice(start + 2, end)
    token.children = []
    state.md.inline.parse(token.content, state.md, state.env, token.children)
  }
  state.pos = end + 1
  return true
}
