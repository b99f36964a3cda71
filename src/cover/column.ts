// Paragraphs in; lines in a column of a cover's wrap out, as large as they fit, each as full as it can be.
import type { PathItem, Rule } from '../layout/typeset.js'
import { type Letterer, place } from './lettering.js'

/** Points, from the upper left corner of the sheet. */
export interface Column {
  left: number
  measure: number
  head: number
  foot: number
  /** From where the ground changes. */
  gap: number
  /** Of the letters. */
  largest: number
}

const LEADING = 1.42
const LEAST = 6.5

export function setColumn(
  items: (Rule | PathItem)[],
  paragraphs: readonly string[],
  { left, measure, head, foot, gap, largest }: Column,
  letterer: Letterer,
  ink: (y: number) => string,
  ground: (y: number) => string,
  unsaid: string[],
): void {
  if (paragraphs.length === 0) return
  // Text stands on one ground: it ends where that does.
  let end = foot
  for (let y = head; y < foot; y += 2) if (ground(y) !== ground(head)) end = Math.min(end, y - gap)
  let set: string[][] = []
  let size = largest
  const fits = () =>
    set.reduce((sum, lines) => sum + lines.length * LEADING * size, 0) + (set.length - 1) * size * 0.7 <= end - head
  // Sizes are tried with the widths of its words; outlines are made of what is printed alone.
  const fill = createFiller(letterer)
  for (; size >= LEAST; size *= 0.95) {
    set = paragraphs.map((text) => fill(text, measure / size))
    if (fits()) break
  }
  while (set.length > 0 && !fits()) {
    unsaid.push(paragraphs[set.length - 1]!)
    set.pop()
  }
  let y = head + letterer.capHeight * size
  for (const lines of set) {
    for (const text of lines) {
      const line = letterer.line(text, {})
      const d = place(line.path, left - line.left * size, y, size)
      items.push({
        kind: 'path',
        tag: -1,
        d: d.map((part) => (typeof part === 'number' ? round(part) : part)),
        colour: ink(y),
      })
      y += LEADING * size
    }
    y += size * 0.7
  }
}

/** Makes lines of a text, each as full as it can be; a word that is wider than the measure stands alone. Each word is measured once. */
function createFiller(letterer: Letterer): (text: string, measure: number) => string[] {
  const space = letterer.advance(' ', {})
  const widths = new Map<string, number>()
  const widthOf = (word: string) => {
    const known = widths.get(word) ?? letterer.advance(word, {})
    widths.set(word, known)
    return known
  }
  return (text, measure) => {
    const lines: string[] = []
    let line = ''
    let width = 0
    for (const word of text.trim().split(/\s+/)) {
      const wide = widthOf(word)
      if (line !== '' && width + space + wide > measure) {
        lines.push(line)
        line = word
        width = wide
      } else {
        line = line === '' ? word : `${line} ${word}`
        width += (width > 0 ? space : 0) + wide
      }
    }
    return [...lines, line]
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
