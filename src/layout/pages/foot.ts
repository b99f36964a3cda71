// Notes at the foot: the notes that a page's lines call go in; they are painted below the text, and what does not fit
// goes on to the next page.

import { baseline } from '../text/baseline.js'
import type { ShapedFaces } from '../text/shaped-faces.js'
import type { Styles } from '../text/styles.js'
import type { PageShape, SetNote } from './section.js'
import { addTag, type Sheet } from './sheet.js'

/** A note, or the rest of one: from line `line` of its element `element`. */
export interface Pending {
  set: SetNote
  element: number
  line: number
}

export interface Foot {
  /** y of the text block's head, and of a line of the grid, points. */
  top: number
  grid: number
  /** Width of the rule, points; 0 for none. */
  rule: number
  ruleColour: string
}

/** Paints as many notes as fit below `used` lines of text; returns the rest. */
export function paintNotes(
  pending: readonly Pending[],
  used: number,
  sheet: Sheet,
  shape: PageShape,
  foot: Foot,
  faces: ShapedFaces,
  styles: Styles,
): Pending[] {
  if (pending.length === 0) return []
  const wanted = pending.reduce((sum, p) => sum + restDepth(p), 0)
  const most = shape.hang + (shape.depth - used) - shape.noteGap
  const taken = Math.max(0, Math.ceil(Math.min(wanted, Math.max(most, 0)) + shape.noteGap - shape.hang - 1e-6))
  const y0 = foot.top + (shape.depth - taken) * foot.grid + shape.noteGap * foot.grid
  const room = Math.max(most, 0.8)
  let depth = 0
  let bare = true
  const rest: Pending[] = []
  const style = styles.of('note')
  if (foot.rule > 0)
    sheet.page.items.push({
      kind: 'rule',
      tag: -1,
      x: sheet.left,
      y: y0 - shape.noteGap * foot.grid * 0.45,
      width: foot.rule,
      height: 0.4,
      colour: foot.ruleColour,
    })
  for (let i = 0; i < pending.length; i++) {
    const p = pending[i]!
    let { element, line } = p
    for (; element < p.set.elements.length; element++, line = 0) {
      const e = p.set.elements[element]!
      const way = e.ways[0]!
      if (line === 0 && (element > 0 || depth > 0)) depth += e.gap
      let fit = Math.min(way.lines - line, Math.floor((room - depth) / way.height + 1e-6))
      // what an empty page cannot hold stands there all the same
      if (fit <= 0 && used === 0 && bare) fit = 1
      if (!(fit > 0)) return [...rest, { set: p.set, element, line }, ...pending.slice(i + 1)]
      const y = y0 + depth * foot.grid
      if (element === 0 && line === 0) {
        sheet.page.anchors.push({ id: p.set.note.id, x: sheet.left, y })
        paintLabel(p.set, sheet, y, faces, style)
      }
      e.paint(sheet, 0, line, line + fit, y, false)
      depth += fit * way.height
      bare = false
      if (line + fit < way.lines) return [...rest, { set: p.set, element, line: line + fit }, ...pending.slice(i + 1)]
    }
  }
  return rest
}

function restDepth(p: Pending): number {
  let depth = 0
  for (let i = p.element; i < p.set.elements.length; i++) {
    const e = p.set.elements[i]!
    const way = e.ways[0]!
    depth += (i > p.element || p.element > 0 ? e.gap : 0) + (way.lines - (i === p.element ? p.line : 0)) * way.height
  }
  return depth
}

/** The note's number stands in the indent of its first line and leads back to the text. */
export function paintLabel(
  set: Pick<SetNote, 'note' | 'label' | 'language' | 'tag'>,
  sheet: Sheet,
  y: number,
  faces: ShapedFaces,
  style: ReturnType<Styles['of']>,
): void {
  const l = style.lettering
  const features = l.features.replace('onum', 'lnum')
  const box = faces.box(l.face, features, set.language, set.label)
  const space = faces.box(l.face, l.features, set.language, ' ').codes
  const label = addTag(sheet.tags, { type: 'Lbl', parent: set.tag.of(sheet) })
  const link = addTag(sheet.tags, { type: 'Link', parent: label })
  const codes = new Uint16Array(box.codes.length + space.length)
  codes.set(box.codes)
  codes.set(space, box.codes.length)
  const shifts = new Int16Array(codes.length)
  shifts.set(box.shifts)
  const base = baseline(y, style.leading)
  sheet.page.items.push({
    kind: 'text',
    tag: link,
    font: l.face,
    size: l.size,
    x: sheet.left,
    y: base,
    stretch: 1,
    tracking: 0,
    codes,
    shifts,
    rises: undefined,
    colour: l.colour,
    actual: undefined,
    margin: undefined,
  })
  const width = (box.width / 1000) * l.size
  sheet.page.links.push({
    tag: link,
    x: sheet.left,
    y: base - l.size * 0.8,
    width,
    height: l.size,
    href: `#ref-${set.note.id.replace(/^note-/, '')}`,
    description: set.label,
  })
}
