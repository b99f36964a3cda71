// In: two sections, each of its own time. Out: are they the same text? Where they stand in the book does not count.
import type { Block, Prose, Section } from './book.js'

type Paragraph = Extract<Block, { kind: 'paragraph' }>

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
  if (isParagraph(a) && isParagraph(b)) return sameParagraph(a, b, shift)
  const keys = Object.keys(a)
  if (Array.isArray(b) || keys.length !== Object.keys(b).length) return false
  for (const key of keys) {
    const one: unknown = a[key as keyof typeof a]
    const other: unknown = b[key as keyof typeof b]
    if (key === 'n' ? (one as number) + shift !== other : !same(one, other, shift)) return false
  }
  return true
}

const isParagraph = (some: object): some is Paragraph => (some as Paragraph).kind === 'paragraph'

/** Most of a book is paragraphs: a field that is named is asked for ten times as fast as one that is looked for. */
function sameParagraph(a: Paragraph, b: Paragraph, shift: number): boolean {
  return (
    a.n + shift === b.n &&
    a.role === b.role &&
    a.id === b.id &&
    a.passage === b.passage &&
    a.lang === b.lang &&
    same(a.classes, b.classes, 0) &&
    same(a.place, b.place, 0) &&
    sameProse(a.prose, b.prose, shift)
  )
}

function sameProse(a: Prose, b: Prose, shift: number): boolean {
  return a.n + shift === b.n && a.text === b.text && a.cut === b.cut && same(a.spans, b.spans, 0)
}

// Whoever gives a paragraph another field finds here that it is to be compared.
type Compared =
  | 'kind'
  | 'n'
  | 'role'
  | 'id'
  | 'passage'
  | 'lang'
  | 'classes'
  | 'place'
  | 'prose'
  | 'text'
  | 'cut'
  | 'spans'
type Uncompared = Exclude<keyof Paragraph | keyof Prose, Compared>
undefined satisfies Uncompared | undefined extends undefined ? undefined : never
