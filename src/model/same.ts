// In: two sections, each of its own time. Out: are they the same text? Where they stand in the book does not count.
import type { Section } from './book.js'

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
  const keys = Object.keys(a)
  if (Array.isArray(b) || keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    const one: unknown = a[key as keyof typeof a]
    const other: unknown = b[key as keyof typeof b]
    if (key === 'n' ? (one as number) + shift !== other : !same(one, other, shift)) return false
  }
  return true
}
