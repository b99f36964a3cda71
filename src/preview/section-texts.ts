// In: a section. Out: its texts in reading order, each with its block, and the words around a place in one.
import type { Block, Note, Prose, Section } from '../model/book.js'
import { firstAnchor } from '../model/same.js'
import { eachBlock } from '../model/walk.js'

export interface Text {
  prose: Prose
  block: Block
  note: Note | undefined
}

export interface Texts {
  list: Text[]
  /** Blocks in reading order, those that hold others too. */
  blocks: Block[]
  /** By anchor, counted from the section's first. */
  at: Map<number, Text>
}

const known = new WeakMap<Section, Texts>()

/** Sections that stay as they are stay the same object: what is found in them is kept with it. */
export function textsOf(section: Section): Texts {
  let texts = known.get(section)
  if (texts !== undefined) return texts
  texts = { list: [], blocks: [], at: new Map() }
  const first = firstAnchor(section)
  const take = (blocks: readonly Block[], note: Note | undefined) =>
    eachBlock(
      blocks,
      (block) => void texts!.blocks.push(block),
      (prose, block) => {
        const text = { prose, block, note }
        texts!.list.push(text)
        texts!.at.set(prose.n - first, text)
      },
    )
  take(section.blocks, undefined)
  for (const note of section.notes) take(note.blocks, note)
  known.set(section, texts)
  return texts
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'‑-][\p{L}\p{M}\p{N}]+)*/gu
const MARK = '\ufffc'

/** The word at an offset, or the nearest; a mark of a note or a picture by itself. */
export function wordAt(text: string, offset: number): { from: number; to: number } {
  if (text[offset] === MARK) return { from: offset, to: offset + 1 }
  let nearest: { from: number; to: number } | undefined
  let least = Number.POSITIVE_INFINITY
  // A long text is looked at around the place only.
  const begin = Math.max(0, offset - 400)
  const part = text.slice(begin, offset + 400).replaceAll('\u00ad', '-')
  for (const found of part.matchAll(WORD)) {
    const from = begin + found.index
    const to = from + found[0].length
    const distance = offset < from ? from - offset : offset >= to ? offset - to + 1 : 0
    if (distance < least) [nearest, least] = [{ from, to }, distance]
    if (from > offset) break
  }
  return nearest ?? { from: Math.min(offset, text.length), to: Math.min(offset + 1, text.length) }
}

/** As it is said: without soft hyphens and marks. */
export function plainWord(text: string): string {
  return text.replace(/[\u00ad\ufffc]/g, '').replace(/\s+/g, ' ')
}
