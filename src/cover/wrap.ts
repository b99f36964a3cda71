// A front cover, what stands on the back, and the book's measures in; the whole wrap out: back, spine and front on one sheet, with
// the bleed around them. What the front is made of goes on over the folds where it spans the whole front.

import type { Path } from '../fonts/glyph-outlines.js'
import type { PathItem, Rule } from '../layout/typeset.js'
import { contrast } from '../theme/index.js'
import type { Face, Theme } from '../theme/theme.js'
import { barcodeOf, NOMINAL, QUIET } from './barcode.js'
import { setColumn } from './column.js'
import { createLetterer, type Letterer, type Manner, place } from './lettering.js'

type Item = Rule | PathItem

/** Points. The sheet's origin is the upper left corner of its bleed. */
export interface WrapShape {
  trim: { width: number; height: number }
  bleed: number
  spine: number
  /** Of each flap of a jacket; 0 without. */
  flap: number
  /** The joint of a case, on both sides of the spine: nothing is lettered there; 0 without. */
  hinge: number
  /** Text keeps so far from the edges, and from the folds beside the spine. */
  safe: number
  clear: number
  /** The field that is kept for the barcode, and its distance from the trim and the fold. */
  barcode: { width: number; height: number; from: number }
}

interface Size {
  width: number
  height: number
}

export interface WrapWords {
  title: string
  authors: readonly string[]
  /** Paragraphs. */
  blurb: readonly string[]
  publisher: string | undefined
  language: string
  /** Thirteen figures. */
  isbn: string | undefined
  /** As printed: '978-0-…'. */
  isbnPrinted: string | undefined
  price: string | undefined
  /** Which way the spine is read. */
  spine: 'down' | 'up' | 'none'
  flaps: { front: readonly string[]; back: readonly string[] }
  /** How large the pictures of the author and of the publisher's mark are, if there are any. */
  portrait: Size | undefined
  mark: Size | undefined
  /** The author drew all of it: only the barcode is left to us. */
  bare: boolean
}

export interface Wrap {
  width: number
  height: number
  items: Item[]
  /** Where pictures stand on it. */
  pictures: (Size & { of: 'portrait' | 'mark'; x: number; y: number })[]
  /** Where the sheet is folded, from the left. */
  folds: number[]
  /** What did not fit, or has no letters. */
  unsaid: string[]
}

/** `front`: of the trim's size less the joint, drawn; undefined: a picture stands there. `paper`: the colour around it. */
export function drawWrap(
  shape: WrapShape,
  words: WrapWords,
  front: readonly Item[] | undefined,
  paper: string,
  theme: Theme,
  faces: readonly Face[],
): Wrap {
  const { trim, bleed, spine, flap, safe, hinge } = shape
  const width = 2 * (bleed + flap + trim.width) + spine
  const height = trim.height + 2 * bleed
  const left = { back: bleed + flap, spine: bleed + flap + trim.width, front: bleed + flap + trim.width + spine }
  const letterer = createLetterer(theme, faces, words.title, words.language)
  const items: Item[] = [rule(0, 0, width, height, paper)]
  const unsaid: string[] = []
  for (const item of front ?? []) items.push(stretched(item, left.front + hinge, shape, width, height))
  const ground = groundsOf(items, width)
  const ink = (y: number) => best(ground(y), theme)

  const pictures: Wrap['pictures'] = []
  const field = drawBarcode(items, shape, left.back, words, letterer)
  if (!words.bare) {
    const taken = words.mark ? drawMark(pictures, shape, left.spine, words.mark) : 0
    if (words.spine !== 'none') drawSpine(items, shape, left.spine, taken, words, letterer, ink, unsaid)
    drawBack(items, pictures, shape, left.back, words, letterer, ink, ground, field, unsaid)
    if (flap > 0) {
      // As the back has them, in a narrower field; and the first line of a flap stands where that of the back does.
      const margin = Math.max(safe, flap * 0.11)
      const deep = Math.max(2 * safe, trim.width * 0.11)
      const column = { measure: flap - 2 * margin, head: bleed + deep, foot: bleed + trim.height - deep }
      const how = { gap: margin * 0.5, largest: Math.min(trim.width * 0.03, 11) }
      const right = left.front + trim.width
      setColumn(items, words.flaps.front, { ...column, ...how, left: right + margin }, letterer, ink, ground, unsaid)
      let { head } = column
      if (words.portrait) {
        const scale = Math.min(column.measure / words.portrait.width, (trim.height * 0.35) / words.portrait.height)
        const size = { width: words.portrait.width * scale, height: words.portrait.height * scale }
        pictures.push({ of: 'portrait', x: bleed + margin, y: head, ...size })
        head += size.height + margin
      }
      setColumn(
        items,
        words.flaps.back,
        { ...column, ...how, head, left: bleed + margin },
        letterer,
        ink,
        ground,
        unsaid,
      )
    }
  }
  const folds = [left.spine, left.front, ...(flap > 0 ? [left.back, left.front + trim.width] : [])].sort(
    (a, b) => a - b,
  )
  return { width, height, items, pictures, folds, unsaid }
}

/** A band that spans the front goes around the book; whatever else touches an edge goes into the bleed there. */
function stretched(item: Item, dx: number, { trim, bleed, hinge }: WrapShape, width: number, height: number): Item {
  if (item.kind === 'path') return { ...item, d: moved(item.d, dx, bleed) }
  const near = 0.5
  const front = trim.width - hinge
  const across = item.x <= near && item.x + item.width >= front - near
  let [x, right] = across ? [0, width] : [dx + item.x, dx + item.x + item.width]
  if (!across && item.x + item.width >= front - near) right += bleed
  const top = item.y <= near ? 0 : bleed + item.y
  const foot = item.y + item.height >= trim.height - near ? height : bleed + item.y + item.height
  x = Math.max(0, x)
  return { ...item, x: round(x), y: round(top), width: round(right - x), height: round(foot - top) }
}

/** The colour that the back and the spine have at a height: that of the last band that goes around. */
function groundsOf(items: readonly Item[], width: number): (y: number) => string {
  const bands = items.filter((item): item is Rule => item.kind === 'rule' && item.x <= 0 && item.width >= width - 1)
  return (y) => bands.findLast((band) => y >= band.y && y <= band.y + band.height)!.colour
}

function best(ground: string, { cover }: Theme): string {
  const colours = [cover.ink, cover.ground, '#000000', '#ffffff']
  return (
    colours.find((one) => contrast(one, ground) >= 4.5) ??
    colours.reduce((a, b) => (contrast(a, ground) > contrast(b, ground) ? a : b))
  )
}

/** Title and authors along the spine, as large as it is wide, on one line. */
function drawSpine(
  items: Item[],
  { trim, bleed, spine, clear, safe }: WrapShape,
  left: number,
  taken: number,
  words: WrapWords,
  letterer: Letterer,
  ink: (y: number) => string,
  unsaid: string[],
): void {
  const room = spine - 2 * clear
  const measure = trim.height - 2 * Math.max(safe, trim.height * 0.06) - taken
  const author = words.authors.join(', ')
  const parts: [text: string, manner: Manner][] = [[words.title, {}]]
  if (author !== '') parts.push([author, { smallCaps: true, tracking: 0.05 }])
  const lines = parts.map(([text, manner]) => letterer.line(text, manner))
  // Ascender to descender is about one em; between title and author at least an em and a half.
  const all = lines.reduce((sum, line) => sum + line.right - line.left, 0) + 1.5 * (lines.length - 1)
  const size = Math.min(room / 1.05, measure / all, trim.width * 0.07)
  if (size < 5) {
    unsaid.push(words.title)
    return
  }
  const down = words.spine === 'down'
  const middle = left + spine / 2
  const start = bleed + (trim.height - measure - taken) / 2
  const offset = (letterer.capHeight * size) / 2
  lines.forEach((line, i) => {
    const length = (line.right - line.left) * size
    // The title at the head where it is read downwards; the author at the other end.
    const along = i === 0 ? 0 : measure - length
    const at = down ? start + along : start + measure - along
    const path = place(line.path, -line.left * size, 0, size)
    const d = turned(path, down ? middle - offset : middle + offset, at, down)
    items.push({ kind: 'path', tag: -1, d, colour: ink(down ? at + length / 2 : at - length / 2) })
  })
}

/** A white field with its bars, in black alone; nothing without an ISBN, but the field is left free where it is wanted. */
function drawBarcode(
  items: Item[],
  { trim, bleed, hinge, barcode }: WrapShape,
  left: number,
  words: WrapWords,
  letterer: Letterer,
): { top: number } {
  const foot = bleed + trim.height - barcode.from
  if (words.isbn === undefined) return { top: foot }
  const code = barcodeOf(words.isbn, words.price)
  const modules = code.width + QUIET.left + QUIET.right
  const module = Math.min(NOMINAL.module * (72 / 25.4), barcode.width / modules)
  const width = modules * module
  const text = module * 8.5
  const label = words.isbnPrinted === undefined ? 0 : text * 1.2
  // above and below the bars
  const around = text * 1.25 + label + module * 3
  // lower than the standard's where the field has no room for them, with their figures and the number
  const high = Math.min((NOMINAL.height / NOMINAL.module) * module, barcode.height - around)
  const height = high + around
  const x = left + trim.width - hinge - barcode.from - width
  const y = foot - height
  const start = x + QUIET.left * module
  items.push(rule(x, y, width, height, '#ffffff'))
  const top = y + label + module * 2
  for (const bar of code.bars) {
    const from = bar.beside ? top + text * 1.1 : top
    const to = top + high + (bar.long ? text * 0.55 : 0)
    // Unrounded: a bar's width is what the scanner reads.
    items.push({ ...rule(0, from, 0, to - from, '#000000'), x: start + bar.x * module, width: bar.width * module })
  }
  const figure = (text2: string, middle: number, baseline: number, size: number) => {
    const line = letterer.line(text2, {})
    const at = middle - ((line.right + line.left) / 2) * size
    items.push(outline(place(line.path, at, baseline, size), '#000000'))
  }
  for (const { text: digit, x: at, above } of code.figures)
    figure(digit, start + at * module, above ? top + text * 0.85 : top + high + text * 0.95, text)
  if (words.isbnPrinted !== undefined) {
    const line = `ISBN ${words.isbnPrinted}`
    const { left: l, right: r } = letterer.line(line, {})
    const size = Math.min(text, (95 * module) / (r - l))
    figure(line, start + 47.5 * module, y + label, size)
  }
  return { top: y }
}

/** The blurb, from the head of the back; the publisher at the foot, beside the barcode, and the author above that, if no flap shows them. */
function drawBack(
  items: Item[],
  pictures: Wrap['pictures'],
  shape: WrapShape,
  left: number,
  words: WrapWords,
  letterer: Letterer,
  ink: (y: number) => string,
  ground: (y: number) => string,
  field: { top: number },
  unsaid: string[],
): void {
  const { trim, bleed, safe, hinge, barcode } = shape
  const margin = Math.max(safe, trim.width * 0.11)
  const measure = trim.width - margin - Math.max(margin, hinge + safe)
  const beside = trim.width - margin - hinge - barcode.from - barcode.width - margin * 0.5
  let foot = bleed + trim.height - Math.max(margin, barcode.from)
  if (words.publisher !== undefined) {
    const line = letterer.line(words.publisher, { smallCaps: true, tracking: 0.06 })
    const room = words.isbn === undefined ? measure : beside
    const size = Math.min(trim.width * 0.034, room / (line.right - line.left))
    if (size >= 5) {
      items.push(outline(place(line.path, left + margin - line.left * size, foot, size), ink(foot)))
      foot -= size * 1.4
    }
  }
  const stand = (of: 'portrait' | 'mark', width: number, height: number) => {
    const scale = Math.min(width / words[of]!.width, height / words[of]!.height)
    const size = { width: words[of]!.width * scale, height: words[of]!.height * scale }
    foot -= size.height
    pictures.push({ of, x: left + margin, y: foot, ...size })
    foot -= safe
  }
  if (words.mark && !pictures.some(({ of }) => of === 'mark')) stand('mark', Math.min(beside, 54), 36)
  if (words.portrait && shape.flap === 0) stand('portrait', Math.min(beside, trim.width * 0.3), trim.height * 0.18)
  const text = { left: left + margin, measure, head: bleed + margin, foot: Math.min(field.top - margin * 0.6, foot) }
  setColumn(
    items,
    words.blurb,
    { ...text, gap: margin * 0.5, largest: trim.width * 0.034 },
    letterer,
    ink,
    ground,
    unsaid,
  )
}

/** The mark at the foot of the spine, upright, if that is wide enough to tell it; how much of the spine it takes. */
function drawMark(
  pictures: Wrap['pictures'],
  { trim, bleed, spine, clear, safe }: WrapShape,
  left: number,
  mark: Size,
): number {
  const room = spine - 2 * clear
  if (room < 14) return 0
  const scale = Math.min(room / mark.width, (1.5 * room) / mark.height, 36 / mark.height)
  const [width, height] = [mark.width * scale, mark.height * scale]
  const foot = bleed + trim.height - Math.max(safe, trim.height * 0.03)
  pictures.push({ of: 'mark', x: left + (spine - width) / 2, y: foot - height, width, height })
  return Math.max(0, height + trim.height * 0.02 - trim.height * 0.03)
}

/** A quarter turn about the baseline's beginning: downwards, or upwards. */
function turned(path: (string | number)[], x: number, y: number, down: boolean): (string | number)[] {
  const out: (string | number)[] = []
  let px: number | undefined
  for (const part of path) {
    if (typeof part === 'string') out.push(part)
    else if (px === undefined) px = part
    else {
      out.push(round(down ? x - part : x + part), round(down ? y + px : y - px))
      px = undefined
    }
  }
  return out
}

function moved(path: Path, dx: number, dy: number): Path {
  return place(path, dx, dy, 1).map((part) => (typeof part === 'string' ? part : round(part)))
}

function rule(x: number, y: number, width: number, height: number, colour: string): Rule {
  return { kind: 'rule', tag: -1, x: round(x), y: round(y), width: round(width), height: round(height), colour }
}

function outline(path: (string | number)[], colour: string): PathItem {
  return { kind: 'path', tag: -1, d: path.map((part) => (typeof part === 'number' ? round(part) : part)), colour }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
