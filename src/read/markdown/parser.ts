// In: the text of one Markdown file. Out: markdown-it's tokens, with those of our own rules among them.
// What the tokens mean is for read/blocks/blocks.ts and inline.ts; quotes and dashes are left as they are.
import Parser, { type MarkdownIt, type StateBlock, type StateCore, type Token } from 'markdown-it'
import definitionLists from 'markdown-it-deflist'
import subscript from 'markdown-it-sub'
import superscript from 'markdown-it-sup'
import { DEFAULT_LIMITS } from '../../model/limits.js'
import { addressRules } from './addresses.js'
import { admonitionRule, markAlerts } from './admonitions.js'
import { attributeRules, paragraphAttributes, pictureAttributes, trailingAttributes } from './attributes.js'
import { divRule } from './fenced-divs.js'
import { noteRules } from './footnotes.js'
import { foreignRules } from './foreign.js'
import { leanpubRules } from './leanpub-asides.js'
import { lostLines, watchLinks } from './lost-lines.js'
import { tableRule } from './tablerows.js'
import { markTasks } from './tasks.js'
import { type Leavings, LightBlock, LightInline, MAX_LEVEL, newToken, TooMany } from './token.js'

/** Here markdown-it itself drops, without a word, what is still to come; one block opens no more than two levels at once. */
const DROPPED_LEVEL = MAX_LEVEL + 10
// Images in images' texts, notes in notes: each is parsed by a parser of its own.
const MAX_DEPTH = 6

// Characters that begin something, or that a rule of typography may want to see as a token.
const ACTIVE = /[\\`*_~^[\]<&\n{}$@]|:(?:\/\/|[a-z\d+-]+:)|==|\+\+|%%|^(?:!!!|\?\?\?|\/\/\/|\.\.|-?#)/

let parser: MarkdownIt | undefined

export interface Parsed {
  tokens: Token[]
  env: Leavings
}

export function nothing(): Parsed {
  const lines = { tooDeep: [], links: [], unread: [] }
  return {
    tokens: [],
    env: {
      notes: new Map(),
      strayFences: [],
      indents: new Map(),
      depth: 0,
      tokens: 0,
      most: DEFAULT_LIMITS.parts,
      ...lines,
    },
  }
}

/** 'large': it has more parts than can be held; 'deep': rules that call each other ran out of stack. */
export function parseMarkdown(text: string, most = DEFAULT_LIMITS.parts): Parsed | 'large' | 'deep' {
  parser ??= createParser()
  const { env } = nothing()
  env.most = most
  try {
    const tokens = parser.parse(text, env)
    if (env.tooDeep.length === 0) env.unread = lostLines(text, tokens, env)
    return { tokens, env }
  } catch (thrown) {
    if (thrown instanceof TooMany) return 'large'
    if (thrown instanceof RangeError) return 'deep'
    throw thrown
  }
}

/** The inline tokens of a text that stands for itself (a caption, a title). `notes`: by label, those that it may refer to. */
export function parseInline(text: string, notes: ReadonlyMap<string, unknown> = new Map()): Token[] {
  parser ??= createParser()
  const out: Token[] = []
  const { env } = nothing()
  parser.inline.parse(text, parser, { ...env, notes }, out)
  return out
}

function createParser(): MarkdownIt {
  const md = new Parser({ html: true, maxNesting: DROPPED_LEVEL })
  md.block.State = LightBlock
  md.inline.State = LightInline
  // Links are judged by links.ts, which can say what is wrong with them.
  md.validateLink = () => true
  md.normalizeLink = (url) => url
  md.normalizeLinkText = (url) => url
  md.core.ruler.disable(['normalize', 'linkify', 'replacements', 'smartquotes', 'text_join'])
  md.inline.ruler.disable(['linkify'])
  md.use(definitionLists).use(subscript).use(superscript)
  addressRules(md)
  noteRules(md)
  divRule(md)
  admonitionRule(md)
  attributeRules(md)
  foreignRules(md)
  tableRule(md)
  md.core.ruler.at('inline', inlineStage)
  md.block.ruler.before('table', 'plain', plainParagraph)
  leanpubRules(md)
  md.block.ruler.before('lettered', 'too_deep', tooDeepBlock)
  watchLinks(md)
  const parse = md.inline.parse.bind(md.inline)
  md.inline.parse = (source, self, env, out) => {
    const leavings = env as Leavings
    if (!ACTIVE.test(source) || leavings.depth >= MAX_DEPTH) {
      out.push(newToken('text', 0, source))
      return
    }
    leavings.depth++
    parse(source, self, env, out)
    leavings.depth--
  }
  return md
}

function inlineStage(state: StateCore): void {
  const { tokens } = state
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.type === 'plain') {
      if (ACTIVE.test(token.content)) {
        paragraphAttributes(tokens, i)
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
    paragraphAttributes(tokens, i)
    const children: Token[] = []
    state.md.inline.parse(token.content, state.md, state.env, children)
    token.children = children
    pictureAttributes(before, children)
    if (token.content.startsWith('[')) {
      markAlerts(tokens, i)
      markTasks(tokens, i)
    }
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
  const token = state.push('plain', '', 0)
  token.content = state.src.slice(start, state.eMarks[startLine]!).trimEnd()
  token.map = [startLine, startLine + 1]
  state.line = startLine + 1
  return true
}

/** The rest of a block that is nested too deeply is left out, and its line noted. */
function tooDeepBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.level < MAX_LEVEL) return false
  ;(state.env as Leavings).tooDeep.push(startLine)
  state.line = endLine
  return true
}
