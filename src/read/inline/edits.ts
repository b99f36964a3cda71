// In: a Prose's text and spans, and changes to the text in ascending order. Out: both changed, the spans where they belong.

import type { Span } from '../../model/book.js'
import { firstPast } from '../../model/first-past.js'

export interface Edit {
  at: number
  /** UTF-16 units taken out at `at`. */
  out: number
  /** What stands there instead. */
  put: string
}

// To V8 `[]` is a list of whole numbers, and another thing than one of edits: here it is one of edits.
const none: Edit[] = [{ at: 0, out: 0, put: '' }]
none.length = 0
export const NO_EDITS: readonly Edit[] = none

/** Linear in the text, n log n in the spans. A span's end inside a changed stretch moves to the stretch's end. */
export function applyEdits(prose: { text: string; spans: Span[] }, edits: readonly Edit[]): void {
  if (edits.length === 0) return
  const parts: string[] = []
  const shifts: number[] = []
  let done = 0
  let shift = 0
  for (const edit of edits) {
    parts.push(prose.text.slice(done, edit.at), edit.put)
    done = edit.at + edit.out
    shift += edit.put.length - edit.out
    shifts.push(shift)
  }
  parts.push(prose.text.slice(done))
  prose.text = parts.join('')
  for (const span of prose.spans) {
    span.start = moved(span.start, edits, shifts)
    span.end = moved(span.end, edits, shifts)
  }
}

function moved(offset: number, edits: readonly Edit[], shifts: readonly number[]): number {
  const last = firstPast(edits.length, (i) => edits[i]!.at < offset) - 1
  if (last < 0) return offset
  const edit = edits[last]!
  const inside = Math.max(offset, edit.at + edit.out)
  return inside + shifts[last]!
}
