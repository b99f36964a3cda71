// In: two sections, each of its own time. Out: are they the same text? Where they stand in the book does not count.
import type { Block, Prose, Section } from './book.js'

type Paragraph = Extract<Block, { kind: 'paragraph' }>

/** Most of a book is paragraphs: what they may have is known, and need not be asked of each. */
const OF_PARAGRAPHS = Object.keys({
  ...{ kind: 0, role: 0, prose: 0, n: 0, id: 0, passage: 0, classes: 0, lang: 0, place: 0 },
} satisfies Record<keyof Paragraph, 0>)
const OF_PROSE = Object.keys({ n: 0, text: 0, spans: 0, cut: 0 } satisfies Record<keyof Prose, 0>)

/** The anchors of a section are counted from this one. */
export function firstAnchor({ blocks, notes }: Section): number {
  return blocks[0]?.n ?? notes[0]?.blocks[0]?.n ?? 0
}

/** Is it, but for where it stands in the book, the same text? */
export function sameSection(a: Section, b: Section): boolean {
  return same(a, b, firstAnchor(b) - firstAnchor(a))
}

/** Plain data; anchors (`n`) of `b` are `shift` higher. */
function same(a: unknown, b: unknown, shift: number): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!same(a[i], b[i], shift)) return false
    return true
  }
  if (Array.isArray(b)) return false
  const keys = keysOf(a as object, b as object)
  if (keys === undefined) return false
  for (const key of keys) {
    const one: unknown = a[key as keyof typeof a]
    const other: unknown = b[key as keyof typeof b]
    if (key === 'n' ? (one as number) + shift !== other : !same(one, other, shift)) return false
  }
  return true
}

/** What both are to be asked for; undefined if one has something that the other has not. */
function keysOf(a: object, b: object): string[] | undefined {
  if ((a as Paragraph).kind === 'paragraph') return OF_PARAGRAPHS
  if ((a as Prose).spans !== undefined) return OF_PROSE
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length ? keys : undefined
}
