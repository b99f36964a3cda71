// Notes at the foot: the notes that a page's lines call go in; they are painted below the text, and what does not fit
// goes on to the next page.

import { linesHere } from '../breaking/note-room.js'
import type { Shape } from '../page-frame.js'
import { addTag, type Sheet } from '../sheet.js'
import { baseline } from '../text/baseline.js'
import type { ShapedFaces } from '../text/shaped-faces.js'
import type { BookType, PrintStyle } from '../text/styles.js'
import { runOf, spaced } from '../text/text-run.js'
import type { SetNote } from './set-section.js'

/** A note, or the rest of one: from line `line` of its element `element`. */
export interface Pending {
  set: SetNote
  element: number
  line: number
}

/** What notes are painted with. */
export interface Foot extends BookType {
  shape: Shape
  /** Width of the rule above them, points; 0 for none. */
  noteRule: number
}

/** Lines of a note's element and where they stand: below the first note, lines of the grid, and beside a short one, points. */
interface Stood {
  set: SetNote
  element: number
  from: number
  to: number
  at: number
  x: number
}

/** Paints as many notes as fit below `used` lines of text; returns the rest. `opening`: on the page that the section opens on. */
export function paintNotes(
  pending: readonly Pending[],
  used: number,
  sheet: Sheet,
  { shape, noteRule, faces, styles }: Foot,
  opening: boolean,
): Pending[] {
  if (pending.length === 0) return []
  const hang = opening ? shape.openingHang : shape.hang
  const style = styles.of('note')
  const most = hang + (shape.depth - used) - shape.noteGap
  const { stood, depth, rest } = stand(pending, Math.max(most, 0.8), used === 0, shape.noteLine, sheet.measure)
  if (stood.length === 0) return rest
  const { grid, top } = shape
  let y0: number
  if (hang > 0) {
    const taken = Math.max(0, Math.ceil(Math.min(depth, Math.max(most, 0)) + shape.noteGap - hang - 1e-6))
    y0 = top + (shape.depth - taken) * grid + shape.noteGap * grid
  } else {
    // their last line stands on the foot of all pages
    const last = stood[stood.length - 1]!
    const height = last.set.elements[last.element]!.ways[0]!.height
    const end = top + (shape.depth - 1) * grid
    y0 = baseline(end, grid) - baseline((depth - height) * grid, height * grid)
  }
  if (noteRule > 0)
    sheet.page.items.push({
      kind: 'rule',
      tag: -1,
      x: sheet.left,
      y: y0 - shape.noteGap * grid * 0.45,
      width: noteRule,
      height: 0.4,
      colour: style.lettering.colour,
    })
  for (const { set, element, from, to, at, x } of stood) {
    const y = y0 + at * grid
    const there = x === 0 ? sheet : { ...sheet, left: sheet.left + x }
    if (element === 0 && from === 0) {
      sheet.page.anchors.push({ id: set.note.id, x: there.left, y })
      paintLabel(set, there, y, faces, style)
    }
    set.elements[element]!.paint(there, 0, from, to, y, false)
  }
  return rest
}

/** `bare`: nothing else is on the page, and what an empty page cannot hold stands there all the same. */
function stand(pending: readonly Pending[], room: number, bare: boolean, noteLine: number, measure: number) {
  const stood: Stood[] = []
  let depth = 0
  let fill = 0
  let x = 0
  const ended = (rest: Pending[]) => ({ stood, depth, rest })
  for (let i = 0; i < pending.length; i++) {
    const p = pending[i]!
    const { set } = p
    // the same sums as the page breaker's: see withCalls
    if (set.share > 0 && fill > 0 && fill + set.share <= 1 + 1e-6) {
      stood.push({ set, element: 0, from: 0, to: 1, at: depth - noteLine, x })
      fill += set.share
      x += set.share * measure
      continue
    }
    let { element, line } = p
    for (; element < set.elements.length; element++, line = 0) {
      const e = set.elements[element]!
      const way = e.ways[0]!
      if (line === 0 && (element > 0 || depth > 0)) depth += e.gap
      const left = way.lines - line
      const there = Math.min(left, Math.floor((room - depth) / way.height + 1e-6))
      let fit = there < left && way.lines > 3 ? linesHere(left, there) : there
      if (fit <= 0 && bare && stood.length === 0) fit = 1
      if (!(fit > 0)) return ended([{ set, element, line }, ...pending.slice(i + 1)])
      stood.push({ set, element, from: line, to: line + fit, at: depth, x: 0 })
      depth += fit * way.height
      if (fit < left) return ended([{ set, element, line: line + fit }, ...pending.slice(i + 1)])
    }
    fill = set.share
    x = set.share * measure
  }
  return ended([])
}

/** Between a number and its note, em. */
export const LABEL_GAP = 0.3

/** The note's number stands in the indent of its first line and leads back to the text. */
export function paintLabel(
  set: Pick<SetNote, 'note' | 'label' | 'language' | 'tag' | 'noteColumn'>,
  sheet: Sheet,
  y: number,
  faces: ShapedFaces,
  style: PrintStyle,
): void {
  const l = style.lettering
  const features = l.features.replace('onum', 'lnum')
  const box = faces.box(l.face, features, set.language, set.label)
  const space = faces.box(l.face, l.features, set.language, ' ').codes
  const label = addTag(sheet.tags, { type: 'Lbl', parent: set.tag.of(sheet) })
  const link = addTag(sheet.tags, { type: 'Link', parent: label })
  const base = baseline(y, style.leading)
  const width = (box.width / 1000) * l.size
  // in a column of their own numbers end alike
  const x = sheet.left + (set.noteColumn === 0 ? 0 : set.noteColumn - LABEL_GAP * l.size - width)
  sheet.page.items.push(runOf(spaced(box, space), l, link, x, base))
  sheet.page.links.push({
    tag: link,
    x,
    y: base - l.size * 0.8,
    width,
    height: l.size,
    href: `#ref-${set.note.id.replace(/^note-/, '')}`,
    description: set.label,
  })
}
