// In: the sections of a book. Out: an id for each of their paragraphs, made from its words: the same in EPUB, web and PDF, so that what
// is cited from one of them is found in the others, and in the next edition too.
//
// Only letters and digits count, as in letters.ts, and not their case: a comma mended, or a quotation mark turned, is no other
// paragraph. The id of one hangs on no other, but for those of a section that have the same words: they are counted.
import type { Block, Section } from './book.js'
import { isLetter } from './letters.js'

/** Crockford's digits: none can be taken for another. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
/** Thirty bits: of War and Peace’s twelve thousand paragraphs, one of fifteen such books would have two that share an id. */
const LENGTH = 6

/** Written into the blocks. `taken`: what an id may not be, the author's own. A paragraph that has one of those keeps it. */
export function namePassages(sections: readonly Section[], taken: { has(id: string): boolean }): void {
  const given = new Map<string, number>()
  const name = (plains: Iterator<string>, blocks: readonly Block[]) =>
    eachPassage(blocks, (block) => {
      const plain: string = plains.next().value
      const before = given.get(plain) ?? 0
      given.set(plain, before + 1)
      if (block.id !== undefined) return
      let id = before === 0 ? plain : `${plain}-${before + 1}`
      while (taken.has(id)) id += '-'
      block.passage = id
    })
  for (const section of sections) {
    if (section.generated) continue
    const plains = (kept.get(section) ?? passageIds(section)).values()
    name(plains, section.blocks)
    for (const note of section.notes) name(plains, note.blocks)
  }
}

/** Of sections that were read before. */
const kept = new WeakMap<Section, readonly string[]>()

/** Says beforehand what `passageIds` would say. */
export function keepPassages(section: Section, ids: readonly string[]): void {
  kept.set(section, ids)
}

/** What the words of its passages make, in reading order, its notes last. */
export function passageIds(section: Section): string[] {
  const ids: string[] = []
  const take = (block: Passage) => void ids.push(idOf(section.id, block))
  eachPassage(section.blocks, take)
  for (const note of section.notes) eachPassage(note.blocks, take)
  return ids
}

type Passage = Extract<Block, { kind: 'paragraph' | 'verse' }>

/** Paragraphs and poems wherever they stand, in reading order. */
export function eachPassage(blocks: readonly Block[], visit: (block: Passage) => void): void {
  for (const block of blocks) {
    switch (block.kind) {
      case 'paragraph':
      case 'verse':
        visit(block)
        break
      case 'quote':
      case 'group':
        eachPassage(block.blocks, visit)
        break
      case 'list':
        for (const item of block.items) eachPassage(item.blocks, visit)
        break
      case 'definitions':
        for (const entry of block.entries) for (const blocks of entry.definitions) eachPassage(blocks, visit)
        break
      case 'notes':
        for (const note of block.notes) eachPassage(note.blocks, visit)
    }
  }
}

/** The texts that a passage consists of: one, or a line each. */
export function textsOf(block: Passage): string[] {
  return block.kind === 'paragraph' ? [block.prose.text] : block.stanzas.flat().map((line) => line.prose.text)
}

/**
 * Two FNV-1a sums of 32 bits over the UTF-16 units, from two beginnings, stirred together as MurmurHash ends. It is in addresses that
 * people keep: it never changes.
 */
function idOf(section: string, block: Passage): string {
  let low = 0x811c9dc5
  let high = 0x050c5d1f
  const add = (text: string, all: boolean) => {
    const lower = text.toLowerCase()
    for (let i = 0; i < lower.length; i++) {
      const unit = lower.charCodeAt(i)
      if (!all && !isLetter(unit)) continue
      low = Math.imul(low ^ unit, 0x01000193)
      high = Math.imul(high ^ unit ^ (low >>> 15), 0x01000193)
    }
  }
  add(section, true)
  add('\n', true)
  for (const text of textsOf(block)) add(text, false)
  low = stir(low ^ (high >>> 13))
  high = stir(high ^ low)
  let id = 'p'
  for (let i = 0; i < LENGTH; i++) {
    id += DIGITS[low & 31]
    low = (low >>> 5) | ((high & 31) << 27)
    high >>>= 5
  }
  return id
}

function stir(sum: number): number {
  let out = sum
  out = Math.imul(out ^ (out >>> 16), 0x85ebca6b)
  out = Math.imul(out ^ (out >>> 13), 0xc2b2ae35)
  return out ^ (out >>> 16)
}
