// The paragraph by which Knuth and Plass showed their method: its text, as they allow it to be divided, in the widths of
// their paper (D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11, 1981).
import type { Limits } from '../../src/layout/breaking/break-lines.js'
import { type Item, PLAIN } from './paragraphs.js'

/** '-' may be printed, '=' always is. */
const TEXT =
  'In olden times when wish-ing still helped one, there lived a king whose daugh-ters were all beau-ti-ful; and the ' +
  'young-est was so beau-ti-ful that the sun it-self, which has seen so much, was aston-ished when-ever it shone in ' +
  'her face. Close by the king’s cas-tle lay a great dark for-est, and un-der an old lime=tree in the for-est was a ' +
  'well, and when the day was very warm, the king’s child went out into the for-est and sat down by the side of the ' +
  'cool foun-tain; and when she was bored she took a golden ball, and threw it up on high and caught it; and this ' +
  'ball was her fa-vor-ite play-thing.'

/** a to z, in eighteenths of the em. */
const LETTERS = [9, 10, 8, 10, 8, 6, 9, 10, 5, 6, 10, 5, 15, 10, 9, 10, 10, 7, 7, 7, 10, 9, 13, 10, 10, 8]
const OTHERS: Record<string, number> = { C: 13, I: 6, '-': 6, ',': 5, ';': 5, '.': 5, '’': 5 }

/** Width, stretch and shrink of the space after a character. */
const SPACES: Record<string, [number, number, number]> = { ',': [6, 4, 2], ';': [6, 4, 1], '.': [8, 6, 1] }
const SPACE: [number, number, number] = [6, 3, 2]

/**
 * Stretch and shrink differ from space to space: what stretches is called space here, what shrinks is counted as glyphs, and
 * the rest of a space's width is rigid.
 */
export const KNUTH: Limits = { ...PLAIN, spaceStretch: 1, spaceShrink: 0, trackIn: 1, tolerance: 1 }

export interface Told {
  items: Item[]
  /** What a line that stops at each end ends with, by end. */
  ends: string[]
}

/** `indent`: a box at the paragraph's head; `divided`: with the paper's hyphens, each at a penalty of 50. */
export function frogKing(indent: number, divided: boolean): Told {
  const items: Item[] = indent > 0 ? [{ box: indent }] : []
  const ends: string[] = []
  const words = TEXT.split(' ')
  words.forEach((word, w) => {
    let piece = ''
    for (const char of word) {
      const shown = char === '=' ? '-' : char
      if (char !== '-') {
        items.push({ box: LETTERS[shown.charCodeAt(0) - 97] ?? OTHERS[shown]! })
        piece += shown
      }
      if (char === '=' || (char === '-' && divided)) {
        items.push({ hyphen: char === '=' ? 0 : OTHERS['-']!, penalty: 50 })
        ends.push(char === '=' ? piece : `${piece}-`)
      }
    }
    ends.push(piece)
    if (w === words.length - 1) return
    const [width, stretch, shrink] = SPACES[word.at(-1)!] ?? SPACE
    items.push({ space: stretch, rigid: width - stretch, glyphs: shrink })
  })
  return { items, ends }
}
