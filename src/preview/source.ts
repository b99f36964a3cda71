// In: the lines of an author's file, and the texts that were read of them. Out: in which line and column a word of a text stands, and
// which word of a text stands in a line and column.
//
// The Book knows the line that a block begins in. Within it, the words of the text and those of the Markdown are set beside each other,
// as two versions of a file are: what is common to both in the same order belongs together.
import type { Block } from '../model/book.js'

export interface SourceSpot {
  line: number
  column: number
  /** Was the very word found? */
  exact: boolean
}

interface Word {
  word: string
  /** Of the text that it is in. */
  text: number
  offset: number
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu

/** Words of several texts, in order. */
export function wordsIn(texts: readonly string[]): Word[] {
  return texts.flatMap((text, i) =>
    [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word: word.toLowerCase(), text: i, offset: index })),
  )
}

/** The lines that a block takes: from its own (counted from 1) to before the next that anything begins in. */
export function linesOf(block: Block, blocks: readonly Block[], count: number): { from: number; to: number } {
  const from = Math.max(1, block.place.line)
  let to = count + 1
  for (const { place } of blocks)
    if (place.line > from && place.line < to && place.path === block.place.path) to = place.line
  return { from, to }
}

/** Beyond so many pairs words are not compared one by one. */
const MOST_PAIRS = 4_000_000

/** For each word of `a` the word of `b` that it is, or -1: a longest common subsequence. */
export function align(a: readonly Word[], b: readonly Word[]): Int32Array {
  const pairs = new Int32Array(a.length).fill(-1)
  let head = 0
  while (head < a.length && head < b.length && a[head]!.word === b[head]!.word) {
    pairs[head] = head
    head++
  }
  const rows = a.length - head
  const columns = b.length - head
  if (rows === 0 || columns === 0) return pairs
  if (rows * columns > MOST_PAIRS) return alignNear(a, b, head, pairs)
  const width = columns + 1
  const best = new Uint16Array((rows + 1) * width)
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--) {
      best[i * width + j] =
        a[head + i]!.word === b[head + j]!.word
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!)
    }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (a[head + i]!.word === b[head + j]!.word) {
      pairs[head + i] = head + j
      i++
      j++
    } else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++
    else j++
  }
  return pairs
}

/** Word after word, each looked for a little way ahead. */
function alignNear(a: readonly Word[], b: readonly Word[], head: number, pairs: Int32Array): Int32Array {
  let next = head
  for (let i = head; i < a.length; i++) {
    const until = Math.min(b.length, next + 200)
    for (let j = next; j < until; j++) {
      if (a[i]!.word !== b[j]!.word) continue
      pairs[i] = j
      next = j + 1
      break
    }
  }
  return pairs
}

/** Where the word at an offset of a text stands, among lines [from, to) of a file. */
export function findInLines(
  texts: readonly string[],
  text: number,
  offset: number,
  lines: readonly string[],
  { from, to }: { from: number; to: number },
): SourceSpot {
  const own = wordsIn(texts)
  const written = wordsIn(lines.slice(from - 1, to - 1))
  let at = own.findIndex((word) => word.text === text && word.offset + word.word.length > offset)
  if (at < 0) at = own.findLastIndex((word) => word.text <= text)
  const none: SourceSpot = { line: from, column: 1, exact: false }
  if (at < 0) return none
  const pairs = align(own, written)
  for (let i = at; i >= 0; i--) {
    const found = written[pairs[i]!]
    if (found === undefined) continue
    return { line: from + found.text, column: found.offset + 1, exact: i === at }
  }
  return none
}

/** The other way: the word of the texts that stands at a line and column, or next after it. */
export function findInTexts(
  texts: readonly string[],
  line: number,
  column: number,
  lines: readonly string[],
  { from, to }: { from: number; to: number },
): { text: number; offset: number } | undefined {
  const own = wordsIn(texts)
  const written = wordsIn(lines.slice(from - 1, to - 1))
  const pairs = align(own, written)
  const here = line - from
  const isBefore = ({ text, offset, word }: Word) => text < here || (text === here && offset + word.length < column)
  let last: Word | undefined
  for (let i = 0; i < own.length; i++) {
    const found = written[pairs[i]!]
    if (found === undefined) continue
    last = own[i]
    if (!isBefore(found)) break
  }
  return last ?? own[0]
}
