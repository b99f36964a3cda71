// The entries of a contents page go in; whether one stands apart from what is above it comes out: what comes after the last chapter of a
// part, and is none of it, is not to look like one more.
import type { ContentsEntry } from '../model/book.js'
import type { Theme } from './theme.js'

export function standsApart(entries: readonly ContentsEntry[], at: number): boolean {
  const { depth, role } = entries[at]!
  if (role === 'contents-part' || (entries[at - 1]?.depth ?? 0) <= depth) return false
  let above = at - 1
  while (above >= 0 && entries[above]!.depth > depth) above--
  return entries[above]?.role === 'contents-part'
}

/** Lines between them: as before a part. */
export function apart({ styles }: Theme): number {
  return Math.max(styles['contents-part'].before, styles['contents-chapter'].before, 0.5)
}
