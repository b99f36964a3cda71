// In: a file's tokens, and the section that was made of them. Out: an error of ours if the section has fewer letters than they had.
//
// The reader keeps an account in `ctx.owed`: letters of the tokens, with those added that it writes itself (a title from the
// front matter, a caption), less those that it leaves out and says so (a note that nobody refers to).
import type { Token } from 'markdown-it'
import type { Section } from '../model/book.js'
import { lettersIn, lettersOf, type Piece, piecesOf, reportLoss } from '../model/letters.js'
import { type FileContext, placeOf } from './context.js'

const NO_TEXT: ReadonlySet<string> = new Set(['image', 'html_inline', 'note_inline', 'note_ref'])

/**
 * Calls `text` for every text of the tokens that is to be printed as such. An image’s text is not one; neither is a tag, nor
 * what stands in a note’s definition or in a note in place: these are read where they are referred to.
 */
function eachText(tokens: readonly Token[], text: (text: string, line: number) => void): void {
  let line = 0
  let notes = 0
  for (const token of tokens) {
    if (token.map !== null) line = token.map[0]
    if (token.type === 'note_open') notes++
    else if (token.type === 'note_close') notes--
    if (notes > 0 || token.nesting !== 0) continue
    const { children, type } = token
    if (children !== null && (type === 'inline' || type === 'plain')) {
      for (const child of children) if (!NO_TEXT.has(child.type)) text(child.content, line)
    } else if (type !== 'inline') text(token.content, line)
  }
}

export function lettersOfTokens(tokens: readonly Token[]): number {
  let sum = 0
  eachText(tokens, (text) => {
    sum += lettersIn(text)
  })
  return sum
}

/** Letters that the reader writes itself, or (below zero) leaves out aloud. */
export function owe(ctx: FileContext, letters: number): void {
  ctx.owed += letters
}

/** Runs `make`, which makes a text of what is no text of the tokens (an image’s, a title): all of its letters are then owed. */
export function owing<T>(ctx: FileContext, make: () => T, textOf: (made: T) => string): T {
  const before = ctx.owed
  const made = make()
  ctx.owed = before + lettersIn(textOf(made))
  return made
}

/** To be called when the section is complete, with the tokens that its blocks were made of. */
export function settleAccount(section: Section, tokens: readonly Token[], ctx: FileContext): void {
  let kept = lettersOf(section.blocks)
  for (const note of section.notes) kept += lettersOf(note.blocks)
  if (kept >= ctx.owed) return
  const pieces: Piece[] = []
  const take = (text: string, line: number) => void pieces.push({ text, place: placeOf(ctx, line) })
  eachText(tokens, take)
  for (const note of ctx.notes) eachText(note.tokens, take)
  const texts = piecesOf(section).map((piece) => piece.text)
  reportLoss('in reading', ctx.owed - kept, pieces, texts.join('\n'), section.place, ctx.report)
}
