// Which mark calls each note, where marks begin anew on each page: a section as it was cut into pages goes in.
import type { Section } from '../../model/book.js'
import { noteMark } from '../../model/note-marks.js'
import { eachBlock } from '../../model/walk.js'
import type { Theme } from '../../theme/theme.js'
import type { SetSection } from './set-section.js'

/** Those of a section that stand at the feet of its pages. One that is called twice, perhaps from two pages, needs a mark of its own in all the section. */
export function marksByPage({ notes: { marks, place } }: Theme, { blocks, notes }: Section): boolean {
  if (marks !== 'symbols' || (place ?? 'foot') !== 'foot' || notes.length < 2) return false
  let again = false
  eachBlock(
    blocks,
    () => undefined,
    ({ spans }) => {
      for (const span of spans) if (span.kind === 'note' && !span.first) again = true
    },
  )
  return !again
}

export function marksOnPages({ elements, pages }: SetSection): Map<string, string> {
  const marks = new Map<string, string>()
  const called = new Map<number, number>()
  for (const { page, element, way, from, to } of pages.placements)
    for (const id of elements[element]!.notes(way, from, to)) {
      if (marks.has(id)) continue
      const before = called.get(page) ?? 0
      marks.set(id, noteMark(before))
      called.set(page, before + 1)
    }
  return marks
}
