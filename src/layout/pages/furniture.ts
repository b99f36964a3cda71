// The furniture of a page: running heads and folios, and the rules between them and the text. Artifacts all; they come last, when page
// numbers are known.
import { upTo } from '../../diagnostic.js'
import { capitals } from '../../theme/capitals.js'
import type { ShapedFaces } from '../text/shaped-faces.js'
import type { BookType, PrintStyle } from '../text/styles.js'
import { runOf } from '../text/text-run.js'
import { numberOf } from '../text/unset-scripts.js'
import type { Page } from '../typeset.js'

/** A text in the margin, in parts that are set in the style of heads or of folios. */
export interface Slot {
  at: 'left' | 'center' | 'right'
  parts: { text: string; as: 'head' | 'folio'; language: string }[]
  /** Widest that it may be, points; undefined: as wide as the rest of its line leaves it. */
  room?: number | undefined
}

/** A line in the margin. */
export interface MarginLine {
  margin: 'head' | 'foot'
  /** Of its baseline. */
  y: number
  slots: readonly Slot[]
  rule?: { weight: number; colour: string; gap: number } | undefined
}

/** `left`, `measure`: of the text, points. */
export function paintFurniture(
  page: Page,
  lines: readonly MarginLine[],
  { left, measure }: { left: number; measure: number },
  type: BookType,
): void {
  for (const line of lines) {
    if (line.slots.length === 0) continue
    for (const { slot, parts } of fitted(line.slots, measure, type)) {
      let width = 0
      for (const part of parts) width += part.width
      let x = slot.at === 'left' ? left : slot.at === 'right' ? left + measure - width : left + (measure - width) / 2
      for (const part of parts) {
        paint(page, part, x, line, type.faces)
        x += part.width
      }
    }
    const { rule } = line
    if (rule)
      page.items.push({
        kind: 'rule',
        tag: -1,
        x: left,
        y: line.margin === 'head' ? line.y + rule.gap : line.y - rule.gap - rule.weight,
        width: measure,
        height: rule.weight,
        colour: rule.colour,
      })
  }
}

interface SetPart {
  style: PrintStyle
  shown: string
  language: string
  runs: { start: number; end: number; face: number }[]
  width: number
}

function setPart({ text, as, language }: Slot['parts'][number], { faces, styles }: BookType): SetPart {
  const style = styles.of(as)
  const l = style.lettering
  let shown = style.caps === 'upper' ? capitals(text, language) : text
  let runs = faces.runs(l.face, styles.fallback, shown)
  if (runs.some((run) => run.face < 0)) {
    shown = runs
      .map(({ start, end, face }) => (face < 0 ? numbersOf(shown.slice(start, end)) : shown.slice(start, end)))
      .join('')
    runs = faces.runs(l.face, styles.fallback, shown).filter((run) => run.face >= 0)
  }
  let width = 0
  for (const run of runs) {
    const box = boxOf(run, { style, shown, language }, faces)
    width += (box.width / 1000) * l.size + box.codes.length * l.tracking
  }
  return { style, shown, language, runs, width }
}

/** The head's characters that no face has. */
export function missingIn(text: string, { faces, styles }: BookType): string[] {
  return faces
    .runs(styles.of('head').lettering.face, styles.fallback, text)
    .flatMap(({ start, end, face }) => (face < 0 ? [...text.slice(start, end)] : []))
}

function numbersOf(characters: string): string {
  return [...characters].map(numberOf).join('')
}

function boxOf(
  run: SetPart['runs'][number],
  { style, shown, language }: Pick<SetPart, 'style' | 'shown' | 'language'>,
  faces: ShapedFaces,
) {
  const l = style.lettering
  return faces.box(run.face, l.features, language, shown.slice(run.start, run.end))
}

/** Texts that are too long for their line lose their last words; a page's number never does. */
function fitted(slots: readonly Slot[], measure: number, type: BookType): { slot: Slot; parts: SetPart[] }[] {
  const set = slots.map((slot) => ({ slot, parts: slot.parts.map((part) => setPart(begun(part), type)) }))
  const widthOf = ({ parts }: (typeof set)[number]) => parts.reduce((sum, part) => sum + part.width, 0)
  const { faces, styles } = type
  const gap = styles.em
  for (const one of set) {
    const { slot } = one
    let { room } = slot
    if (room === undefined) {
      const others = set.filter((other) => other !== one).map((other) => widthOf(other) + gap)
      room = slot.at === 'center' ? measure - 2 * Math.max(0, ...others) : measure - others.reduce((a, b) => a + b, 0)
      // of two long ones each has its share
      room = Math.max(room, measure / 4)
    }
    if (slot.room === undefined && widthOf(one) <= room) continue
    // the widest first, and the others only if that is not enough; what stands between two texts is left as it is
    const order = slot.parts
      .map((part, at) => ({ part, at, width: one.parts[at]!.width }))
      .filter(({ part }) => part.as === 'head' && /[\p{L}\p{N}]/u.test(part.text))
      .sort((a, b) => b.width - a.width || b.at - a.at)
    for (const { part, at, width } of order) {
      const l = styles.of(part.as).lettering
      const own = room - (widthOf(one) - width)
      const text = shorten(
        part.text,
        order.length > 1 ? Math.max(own, room / (order.length + 1)) : own,
        (s) => (faces.box(l.face, l.features, part.language, s).width / 1000) * l.size + s.length * l.tracking,
      )
      if (text !== part.text) one.parts[at] = setPart({ ...part, text }, type)
      if (widthOf(one) <= room) break
    }
  }
  return set
}

function paint(page: Page, part: SetPart, left: number, { margin, y }: MarginLine, faces: ShapedFaces): void {
  const l = part.style.lettering
  let x = 0
  for (const run of part.runs) {
    const box = boxOf(run, part, faces)
    const item = runOf(box, { ...l, face: run.face }, -1, left + x, y, l.tracking)
    item.margin = margin
    page.items.push(item)
    x += (box.width / 1000) * l.size + box.codes.length * l.tracking
  }
}

/** More letters than any head has room for; and than any line has, however small they are. */
const LONGEST = 150
const NO_LINE = 1000

/** It is measured on every page: a title of a hundred pages is not, on each of them. */
function begun(part: Slot['parts'][number]): Slot['parts'][number] {
  if (part.text.length <= NO_LINE) return part
  return { ...part, text: upTo(NO_LINE, part.text) }
}

/** Where a title makes a pause, the stronger first. */
const PAUSES = [/\s*[:;.!?—–(|/]\s*|\s+-\s+/gu, /\s*,\s*/gu]
/** Words that lead to others: a head does not end with them. Short ones in small letters are such in all languages. */
const LEADING =
  /^(?:\p{Ll}{1,3}|with|from|into|upon|over|than|that|this|when|where|which|whose|about|after|against|before|between|under|through|their|your|oder|eine|einer|einem|einen|über|unter|durch|gegen|nach|pour|dans|avec|sans|leur|como|para|sobre|desde|della|delle|degli|nella|sulla)$/iu

/**
 * A head that is too long ends where its title makes a pause, else behind a word that can end it; never with dots, which would say that
 * the reader misses something. `short-title` says it better.
 */
export function shorten(text: string, room: number, width: (s: string) => number): string {
  if (text.length < LONGEST && width(text) <= room) return text
  const fits = (one: string) => one.length < LONGEST && width(one) <= room
  for (const pause of PAUSES) {
    const ends = [...text.slice(0, LONGEST).matchAll(pause)].map(({ index }) => index)
    const best = ends.reverse().find((end) => fits(text.slice(0, end)))
    if (best !== undefined && (/\s/.test(text.slice(0, best)) || best > 4)) return text.slice(0, best)
  }
  const words = text.slice(0, LONGEST).split(' ')
  for (words.pop(); words.length > 0; words.pop()) {
    if (words.length > 1 && LEADING.test(words.at(-1)!)) continue
    const shorter = words.join(' ').replace(/[,;:–—-]+$/, '')
    if (fits(shorter)) return shorter
  }
  // one word as long as that: as much of it as there is room for
  let end = Math.min(text.length, LONGEST - 1)
  while (end > 1 && width(text.slice(0, end)) > room) end--
  return upTo(end, text)
}
