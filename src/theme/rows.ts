// A text that stands in the margin, as a theme writes it: names in braces stand for what they name. In: the text. Out: its parts.
import { NAMED, type Row } from './theme.js'

export type Name = (typeof NAMED)[number]

export type RowPart = { name: Name } | { text: string }

/** Undefined if it names what there is not; a name alone needs no braces. */
export function partsOfRow(text: string): RowPart[] | undefined {
  if (isName(text)) return [{ name: text }]
  const parts: RowPart[] = []
  for (const [i, part] of text.split(/[{}]/).entries()) {
    if (i % 2 === 0) {
      if (part !== '') parts.push({ text: part })
    } else if (isName(part)) parts.push({ name: part })
    else return undefined
  }
  return parts
}

function isName(text: string): text is Name {
  return (NAMED as readonly string[]).includes(text)
}

export function names(row: Row | undefined, name: Name): boolean {
  return Object.values(row ?? {}).some(
    (text) => text !== undefined && partsOfRow(text)?.some((part) => 'name' in part && part.name === name),
  )
}

/** By the edges of the page: `inner` is at the spine. */
export function placed(row: Row, side: 'recto' | 'verso'): { left?: string; center?: string; right?: string } {
  const [left, right] = side === 'recto' ? [row.inner, row.outer] : [row.outer, row.inner]
  const at = { left: row.left ?? left, center: row.center, right: row.right ?? right }
  return Object.fromEntries(Object.entries(at).filter(([, text]) => text !== undefined))
}
