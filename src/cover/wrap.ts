// A front cover, what stands on the back, and the book's measures in; the whole wrap out: back, spine and front on one sheet, with
// the bleed around them. What the front is made of goes on over the folds where it spans the whole front.

import type { PathItem, Rule } from '../layout/typeset.js'
import { contrast } from '../theme/index.js'
import type { Face, Theme } from '../theme/theme.js'
import { barcodeOf, NOMINAL, QUIET } from './barcode.js'
import { createLetterer, type Letterer, type Manner, place } from './lettering.js'

type Item = Rule | PathItem

/** Points. The sheet's origin is the upper left corner of its bleed. */
export interface WrapShape {
  trim: { width: number; height: number }
  bleed: number
  spine: number
  /** Of each flap of a jacket; 0 without. */
  flap: number
  /** Text keeps so far from the edges, and from the folds beside the spine. */
  safe: number
  clear: number
  /** The field that is kept for the barcode, and its distance from the trim and the fold. */
  barcode: { width: number; height: number; from: number }
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
}

export interface Wrap {
  width: number
  height: number
  items: Item[]
  /** Where the sheet is folded, from the left. */
  folds: number[]
  /** What did not fit, or has no letters. */
  unsaid: string[]
}

/** `front`: of the trim's size, drawn; undefined: a picture stands there. `paper`: the colour around it. */
export function drawWrap(
  shape: WrapShape,
  words: WrapWords,
  front: readonly Item[] | undefined,
  paper: string,
  theme: Theme,
  faces: readonly Face[],
): Wrap {
  const { trim, bleed, spine, flap } = shape
  const width = 2 * (bleed + flap + trim.width) + spine
  const height = trim.height + 2 * bleed
  const left = { back: bleed + flap, spine: bleed + flap + trim.width, front: bleed + flap + trim.width + spine }
  const letterer = createLetterer(theme, faces, words.title, words.language)
  const items: Item[] = [rule(0, 0, width, height, paper)]
  const unsaid: string[] = []
  for (const item of front ?? []) items.push(stretched(item, left.front, shape, width, height))
  const ground = groundsOf(items, width)
  const ink = (y: number) => best(ground(y), theme)

  if (words.spine !== 'none') drawSpine(items, shape, left.spine, words, letterer, ink, unsaid)
  const field = drawBarcode(items, shape, left.back, words, letterer)
  drawBack(items, shape, left.back, words, letterer, ink, ground, field, unsaid)
  const folds = [left.spine, left.front, ...(flap > 0 ? [left.back, left.front + trim.width] : [])].sort(
    (a, b) => a - b,
  )
  return { width, height, items, folds, unsaid }
}

/** A band that spans the front goes around the book; whatever else touches an edge goes into the bleed there. */
function stretched(item: Item, dx: number, { trim, bleed }: WrapShape, width: number, height: number): Item {
  if (item.kind === 'path') return { ...item, d: moved(item.d, dx, bleed) }
  const near = 0.5
  const across = item.x <= near && item.x + item.width >= trim.width - near
  let [x, right] = across ? [0, width] : [dx + item.x, dx + item.x + item.width]
  if (!across && item.x + item.width >= trim.width - near) right += bleed
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
  words: WrapWords,
  letterer: Letterer,
  ink: (y: number) => string,
  unsaid: string[],
): void {
  const room = spine - 2 * clear
  const measure = trim.height - 2 * Math.max(safe, trim.height * 0.06)
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
  const start = bleed + (trim.height - measure) / 2
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
  { trim, bleed, barcode }: WrapShape,
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
  const high = Math.min(NOMINAL.height * (72 / 25.4) * (module / (NOMINAL.module * (72 / 25.4))), barcode.height * 0.72)
  const text = module * 8.5
  const label = words.isbnPrinted === undefined ? 0 : text * 1.2
  const height = high + text * 1.25 + label + module * 3
  const x = left + trim.width - barcode.from - width
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

/** The blurb, from the head of the back; the publisher at the foot, beside the barcode. */
function drawBack(
  items: Item[],
  { trim, bleed, safe, barcode }: WrapShape,
  left: number,
  words: WrapWords,
  letterer: Letterer,
  ink: (y: number) => string,
  ground: (y: number) => string,
  field: { top: number },
  unsaid: string[],
): void {
  const margin = Math.max(safe, trim.width * 0.11)
  const measure = trim.width - 2 * margin
  const head = bleed + margin
  const foot = field.top - margin * 0.6
  const leading = 1.42
  if (words.blurb.length > 0) {
    // Text stands on one ground: it ends where that does.
    let end = foot
    for (let y = head; y < foot; y += 2) if (ground(y) !== ground(head)) end = Math.min(end, y - margin * 0.5)
    let set: string[][] = []
    let size = trim.width * 0.034
    const fits = () =>
      set.reduce((sum, lines) => sum + lines.length * leading * size, 0) + (set.length - 1) * size * 0.7 <= end - head
    // Sizes are tried with the widths of its words; outlines are made of what is printed alone.
    const fill = createFiller(letterer)
    for (; size >= 6.5; size *= 0.95) {
      set = words.blurb.map((text) => fill(text, measure / size))
      if (fits()) break
    }
    while (set.length > 0 && !fits()) {
      unsaid.push(words.blurb[set.length - 1]!)
      set.pop()
    }
    let y = head + letterer.capHeight * size
    for (const lines of set) {
      for (const text of lines) {
        const line = letterer.line(text, {})
        items.push(outline(place(line.path, left + margin - line.left * size, y, size), ink(y)))
        y += leading * size
      }
      y += size * 0.7
    }
  }
  if (words.publisher !== undefined) {
    const line = letterer.line(words.publisher, { smallCaps: true, tracking: 0.06 })
    const room = words.isbn === undefined ? measure : trim.width - margin - barcode.from - barcode.width - margin * 0.5
    const size = Math.min(trim.width * 0.034, room / (line.right - line.left))
    if (size < 5) return
    const y = bleed + trim.height - Math.max(margin, barcode.from)
    items.push(outline(place(line.path, left + margin - line.left * size, y, size), ink(y)))
  }
}

/** Makes lines of a text, each as full as it can be; a word that is wider than the measure stands alone. Each word is measured once. */
function createFiller(letterer: Letterer): (text: string, measure: number) => string[] {
  const space = letterer.advance(' ', {})
  const widths = new Map<string, number>()
  const widthOf = (word: string) => {
    const known = widths.get(word) ?? letterer.advance(word, {})
    widths.set(word, known)
    return known
  }
  return (text, measure) => {
    const lines: string[] = []
    let line = ''
    let width = 0
    for (const word of text.trim().split(/\s+/)) {
      const wide = widthOf(word)
      if (line !== '' && width + space + wide > measure) {
        lines.push(line)
        line = word
        width = wide
      } else {
        line = line === '' ? word : `${line} ${word}`
        width += (width > 0 ? space : 0) + wide
      }
    }
    return [...lines, line]
  }
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

function moved(path: readonly (string | number)[], dx: number, dy: number): (string | number)[] {
  let odd = false
  return path.map((part) => {
    if (typeof part === 'string') {
      odd = false
      return part
    }
    odd = !odd
    return round(part + (odd ? dx : dy))
  })
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
