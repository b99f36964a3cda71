// In: the text of one Markdown file. Out: markdown-it's tokens, with those of our own rules among them.
// What the tokens mean is for blocks.ts and inline.ts; quotes and dashes are left as they are.
import Parser, { type Env, type MarkdownIt, type StateBlock, type StateCore, type Token } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import subscript from 'markdown-it-sub'
import superscript from 'markdown-it-sup'
import { attributeRules, trailingAttributes } from './attributes.js'
import { divRule } from './divs.js'
import { noteRules } from './notes.js'

/** What the rules leave beside the tokens. */
export interface Leavings extends Env {
  /** Lines (from 0) of notes' definitions, by label. */
  notes: Map<string, number>
  /** Lines (from 0) of `:::` that open nothing or close nothing. */
  strayFences: { line: number; opens: boolean }[]
  /** Columns by which a line (from 0) of a verse block is indented. */
  indents: Map<number, number>
  depth: number
}

/** Blocks nested deeper than this are not parsed any more (markdown-it would drop them; see `tooDeep`). */
export const MAX_LEVEL = 60
// Images in images' texts, notes in notes: each is parsed by a parser of its own.
const MAX_DEPTH = 6

// Characters that begin something, or that a rule of typography may want to see as a token.
const ACTIVE = /[\\`*_~^[\]<&\n{}]/

let parser: MarkdownIt | undefined

export function parseMarkdown(text: string): { tokens: Token[]; env: Leavings } {
  parser ??= createParser()
  const env: Leavings = { notes: new Map(), strayFences: [], indents: new Map(), depth: 0 }
  return { tokens: parser.parse(text, env), env }
}

/** The inline tokens of a text that stands for itself (a caption, a title). Notes cannot be referred to from it. */
export function parseInline(text: string): Token[] {
  parser ??= createParser()
  const out: Token[] = []
  const env: Leavings = { notes: new Map(), strayFences: [], indents: new Map(), depth: 0 }
  parser.inline.parse(text, parser, env, out)
  return out
}

function createParser(): MarkdownIt {
  const md = new Parser({ html: true, maxNesting: MAX_LEVEL })
  // Links are judged by links.ts, which can say what is wrong with them.
  md.validateLink = () => true
  md.normalizeLink = (url) => url
  md.normalizeLinkText = (url) => url
  md.core.ruler.disable(['normalize', 'linkify', 'replacements', 'smartquotes', 'text_join'])
  md.inline.ruler.disable(['linkify'])
  md.use(definitionLists).use(subscript).use(superscript)
  noteRules(md)
  divRule(md)
  attributeRules(md)
  md.core.ruler.at('inline', inlineStage)
  md.block.ruler.before('table', 'plain', plainParagraph)
  const parse = md.inline.parse.bind(md.inline)
  md.inline.parse = (source, self, env, out) => {
    const leavings = env as Leavings
    if (!ACTIVE.test(source) || leavings.depth >= MAX_DEPTH) {
      out.push(textToken(source))
      return
    }
    leavings.depth++
    parse(source, self, env, out)
    leavings.depth--
  }
  return md
}

let Maker: (new (type: string, tag: string, nesting: -1 | 0 | 1) => Token) | undefined

function textToken(content: string): Token {
  Maker ??= Parser.Token
  const token = new Maker('text', '', 0)
  token.content = content
  return token
}

export function newToken(type: string, nesting: -1 | 0 | 1): Token {
  Maker ??= Parser.Token
  return new Maker(type, '', nesting)
}

function inlineStage(state: StateCore): void {
  const { tokens } = state
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.type === 'plain') {
      if (ACTIVE.test(token.content)) {
        token.children = []
        state.md.inline.parse(token.content, state.md, state.env, token.children)
      }
      continue
    }
    if (token.type !== 'inline') continue
    const before = tokens[i - 1]
    if (before?.type === 'heading_open') {
      const found = trailingAttributes(token.content)
      if (found !== undefined) {
        token.content = found.text
        before.meta = { attributes: found.attributes }
      }
    }
    const children: Token[] = []
    state.md.inline.parse(token.content, state.md, state.env, children)
    token.children = children
  }
}

/**
 * One token for what most of a book is: a line that begins with a letter or a quotation mark, between blank lines. No rule
 * of Markdown could make anything else of it, and asking them all takes most of the time that parsing takes.
 * Its `children` stay null if there is nothing in it but text.
 */
function plainParagraph(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.parentType !== 'root' || state.blkIndent !== 0 || state.sCount[startLine] !== 0) return false
  const start = state.bMarks[startLine]!
  const code = state.src.charCodeAt(start)
  if (code < 0x80 && !((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)) return false
  if (startLine + 1 < endLine && !state.isEmpty(startLine + 1)) return false
  // A definition may stand below its term with a line between.
  if (startLine + 2 < endLine) {
    const next = state.src.charCodeAt(state.bMarks[startLine + 2]! + state.tShift[startLine + 2]!)
    if (next === 0x3a /* : */ || next === 0x7e /* ~ */) return false
  }
  state.tokens.push(new PlainToken(state.src.slice(start, state.eMarks[startLine]!).trimEnd(), startLine))
  state.line = startLine + 1
  return true
}

/** As markdown-it's Token, which takes long to make. */
class PlainToken {
  type = 'plain'
  tag = ''
  attrs = null
  map: [number, number]
  nesting = 0 as const
  level = 0
  children: Token[] | null = null
  content: string
  markup = ''
  info = ''
  meta = null
  block = true
  hidden = false
  constructor(content: string, line: number) {
    this.content = content
    this.map = [line, line + 1]
  }
  attrIndex(): number {
    return -1
  }
  attrPush(): void {}
  attrSet(): void {}
  attrGet(): null {
    return null
  }
  attrJoin(): void {}
}
