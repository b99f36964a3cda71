// Notes that stand behind a text go in; elements come out, each note with its number: those of a section, a rule above the first, and
// those of a whole book, in a section of their own.
import type { Note, Section } from '../../model/book.js'
import { type Flow, type FlowElement, type TagParent, tagParent } from '../blocks/element.js'
import { paintLabel } from './foot.js'
import { setNote } from './set-section.js'

/** Lines between the text and its notes. */
const APART = 2

/** `rule`: its width, points; 0 for none. */
export function endNotes({ notes, language }: Section, flow: Flow, tag: TagParent, rule: number): FlowElement[] {
  const out = noteElements(notes, language, flow, tag, rule)
  if (out[0] !== undefined) out[0].before = APART
  return out
}

/** Of a section that has them among its blocks: all of it. */
export function bookNotes(section: Section, flow: Flow, tag: TagParent): FlowElement[] {
  const around = { tag, left: 0, right: 0, role: undefined, language: section.language }
  return section.blocks.flatMap((block) =>
    block.kind === 'notes'
      ? noteElements(block.notes, block.lang ?? section.language, flow, tag, 0)
      : flow.blocks([block], around, flow),
  )
}

export function hasBookNotes({ blocks }: Section): boolean {
  return blocks.some(({ kind }) => kind === 'notes')
}

function noteElements(
  notes: readonly Note[],
  language: string,
  flow: Flow,
  tag: TagParent,
  rule: number,
): FlowElement[] {
  const { styles, faces } = flow.setting
  const style = styles.of('note')
  const out: FlowElement[] = []
  for (const [i, note] of notes.entries()) {
    const own = { ...flow, file: note.place.path || flow.file }
    const set = setNote(note, own, language, tagParent('Note', tag, { id: note.id }))
    const first = set.elements[0]
    if (first === undefined) continue
    const { paint } = first
    first.paint = (sheet, way, from, to, y, repeated) => {
      if (from === 0) {
        if (i === 0 && rule > 0)
          sheet.page.items.push({
            kind: 'rule',
            tag: -1,
            x: sheet.left,
            y: y - flow.shape.grid * 0.5,
            width: rule,
            height: 0.4,
            colour: style.lettering.colour,
          })
        sheet.page.anchors.push({ id: note.id, x: sheet.left, y })
        paintLabel(set, sheet, y, faces, style)
      }
      paint(sheet, way, from, to, y, repeated)
    }
    for (const element of set.elements) out.push(element)
  }
  return out
}
