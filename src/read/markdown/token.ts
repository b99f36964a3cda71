// Tokens and states as markdown-it's rules expect them, but light: its own are made field by field in a way that takes more
// time and memory than all else, and count nothing. A file whose tokens are too many to hold is refused (TooMany).
import Parser, { type Env, type StateInline, type Token } from 'markdown-it'
import { FIXED } from '../../model/limits.js'
import type { Definitions } from './definitions.js'

type Nesting = -1 | 0 | 1

export class LightToken {
  type: string
  tag: string
  nesting: Nesting
  attrs: [string, string | number][] | null = null
  map: [number, number] | null = null
  level = 0
  children: Token[] | null = null
  content = ''
  markup = ''
  info = ''
  meta: Record<string, unknown> | null = null
  block = false
  hidden = false

  constructor(type: string, tag: string, nesting: Nesting) {
    this.type = type
    this.tag = tag
    this.nesting = nesting
  }

  attrIndex(name: string): number {
    return this.attrs === null ? -1 : this.attrs.findIndex(([one]) => one === name)
  }

  attrPush(attribute: [string, string | number]): void {
    if (this.attrs === null) this.attrs = [attribute]
    else this.attrs.push(attribute)
  }

  attrSet(name: string, value: string | number): void {
    const found = this.attrs?.find(([one]) => one === name)
    if (found === undefined) this.attrPush([name, value])
    else found[1] = value
  }

  attrGet(name: string): string | number | null {
    return this.attrs?.find(([one]) => one === name)?.[1] ?? null
  }

  attrJoin(name: string, value: string | number): void {
    const old = this.attrGet(name)
    this.attrSet(name, old === null ? value : `${old} ${value}`)
  }
}

export function newToken(type: string, nesting: Nesting, content = ''): Token {
  const token = new LightToken(type, '', nesting)
  token.content = content
  return token
}

/** More tokens than a file may have. */
export class TooMany extends Error {}

/** How many tokens there are so far, and may be; it is kept in the environment of the file. */
export interface Counted {
  tokens: number
  most: number
}

/** What the rules leave beside the tokens. */
export interface Leavings extends Env, Counted {
  /** Lines (from 0) of notes' definitions, by label. */
  notes: Map<string, number>
  /** Lines (from 0) of `:::` that open nothing or close nothing. */
  strayFences: { line: number; opens: boolean }[]
  /** Columns by which a line (from 0) of a verse block is indented. */
  indents: Map<number, number>
  depth: number
  /** Lines (from 0) from which on a block is nested too deeply to be read. */
  tooDeep: number[]
  /** Lines (from 0) that leave no token: definitions of links, marks that stand alone. */
  links: [from: number, to: number][]
  /** Definitions of links, if there are any. */
  definitions?: Definitions
  /** Lines (from 0) that no token is made of, with their letters: there must be none. */
  unread: { line: number; letters: number }[]
}

/** Blocks nested deeper than this are not parsed any more: a list in a list counts two. */
export const MAX_LEVEL = FIXED.levels.value

function count(env: unknown): void {
  const counted = env as Counted
  if (++counted.tokens > counted.most) throw new TooMany()
}

export class LightBlock extends Parser.StateBlock {
  override push(type: string, tag: string, nesting: Nesting): Token {
    count(this.env)
    const token = new LightToken(type, tag, nesting)
    token.block = true
    if (nesting < 0) this.level--
    token.level = this.level
    if (nesting > 0) this.level++
    this.tokens.push(token)
    return token
  }
}

export class LightInline extends Parser.StateInline {
  override pushPending(): Token {
    count(this.env)
    const token = new LightToken('text', '', 0)
    token.content = this.pending
    token.level = this.pendingLevel
    this.tokens.push(token)
    this.pending = ''
    return token
  }

  override push(type: string, tag: string, nesting: Nesting): Token {
    if (this.pending !== '') this.pushPending()
    count(this.env)
    const token = new LightToken(type, tag, nesting)
    let meta: { delimiters: StateInline['delimiters'] } | undefined
    if (nesting < 0) {
      this.level--
      this.delimiters = this._prev_delimiters.pop() ?? []
    }
    token.level = this.level
    if (nesting > 0) {
      this.level++
      this._prev_delimiters.push(this.delimiters)
      this.delimiters = []
      meta = { delimiters: this.delimiters }
    }
    this.pendingLevel = this.level
    this.tokens.push(token)
    this.tokens_meta.push(meta)
    return token
  }
}

/** Levels tell the conversion how deep it is. */
export function relevel(tokens: Token[]): void {
  let level = 0
  for (const token of tokens) {
    if (token.nesting === -1) level--
    token.level = level
    if (token.nesting === 1) level++
  }
}
