// What all kinds of blocks are read with: the tokens of a file and where each that opens is closed; a block's attributes; the
// language around it; and the reading of what stands inside it, handed in since blocks hold blocks.
import type { Token } from 'markdown-it'
import type { Block } from '../../model/book.js'
import type { Role } from '../../model/role.js'
import { checkKeys, claimId, type FileContext } from '../context.js'
import { languageOf } from '../inline/writing.js'
import type { Attributes } from '../markdown/attributes.js'

export type BlockOf<K extends Block['kind']> = Block & { kind: K }

/** A run of tokens: `ends[i]` is where the token opened at `i` is closed. */
export interface Stream {
  tokens: readonly Token[]
  ends: Int32Array
}

/** Blocks of the tokens from `from` up to `to`; paragraphs get `role`. */
export type ReadBlocks = (stream: Stream, from: number, to: number, role: Role, ctx: FileContext) => Block[]

export function streamOf(tokens: readonly Token[]): Stream {
  const ends = new Int32Array(tokens.length)
  const open: number[] = []
  for (let i = 0; i < tokens.length; i++) {
    const { nesting } = tokens[i]!
    if (nesting === 1) open.push(i)
    else if (nesting === -1) ends[open.pop() ?? i] = i
  }
  for (const i of open) ends[i] = tokens.length
  return { tokens, ends }
}

export function lineOfToken(token: Token): number {
  return token.map === null ? 0 : token.map[0]
}

/** Runs `read` in the language `lang`, if there is one. */
export function within<T>(lang: string | undefined, ctx: FileContext, read: () => T): T {
  const outer = ctx.language
  ctx.language = lang ?? outer
  const result = read()
  ctx.language = outer
  return result
}

/** Id, classes and language of a block, checked. */
export function attributed(
  attributes: Attributes | undefined,
  line: number,
  ctx: FileContext,
  known: readonly string[] = [],
): { id?: string; classes: string[]; lang?: string } {
  if (attributes === undefined) return { classes: [] }
  checkKeys(ctx, attributes.keys.keys(), ['lang', 'xml:lang', ...known], line)
  const lang = languageOf(attributes.keys, ctx, line)
  const { id, classes } = attributes
  const own = claimId(ctx, id, line)
  return {
    classes: [...classes],
    ...(own === undefined ? {} : { id: own }),
    ...(lang !== undefined && lang !== ctx.language ? { lang } : {}),
  }
}
