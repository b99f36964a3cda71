// The notes of a section go in; elements that stand behind its text come out, each note with its number, a rule above the first.
import type { Section } from '../../model/book.js'
import { type Flow, type FlowElement, type TagParent, tagParent } from '../blocks/element.js'
import { paintLabel } from './foot.js'
import { setNote } from './section.js'

/** Lines between the text and its notes. */
const APART = 2

/** `rule`: its width, points; 0 for none. */
export function endNotes(section: Section, flow: Flow, tag: TagParent, rule: number): FlowElement[] {
  const { styles, faces } = flow.setting
  const style = styles.of('note')
  const out: FlowElement[] = []
  for (const [i, note] of section.notes.entries()) {
    const set = setNote(note, flow, section.language, tagParent('Note', tag, { id: note.id }))
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
            y: y - flow.grid * 0.5,
            width: rule,
            height: 0.4,
            colour: style.lettering.colour,
          })
        sheet.page.anchors.push({ id: note.id, x: sheet.left, y })
        paintLabel(set, sheet, y, faces, style)
      }
      paint(sheet, way, from, to, y, repeated)
    }
    if (i === 0) first.before = APART
    for (const element of set.elements) out.push(element)
  }
  return out
}
