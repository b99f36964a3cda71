// In: a page's items. Out: its content stream (ISO 32000-1, 7.8.2 and 9), and which tag each piece of marked content has.
import type { ImageItem, Item, Page, PathItem, Rule, Tag, TextRun } from '../../layout/typeset.js'
import { literal } from '../file/syntax.js'
import type { Ink } from './colour.js'
import { createPen, type Pen } from './pen.js'

/** What an edition decides about painting. */
export interface Brush {
  /** Height of the pages: PDF counts from the foot, the Typeset from the top. */
  height: number
  /** Colours of text, and of everything else. */
  textInk: Ink
  ink: Ink
  /** Marked content with MCIDs for the structure tree; undefined: the edition has no tags. */
  tags: readonly Tag[] | undefined
  /** Operators that paint an image into the unit square, or undefined if it cannot be shown. */
  picture(image: number): string | undefined
}

export interface Painter {
  /**
   * Content is undefined for a page without ink. `opened` has, for each MCID, the item that opens it, and with it the tag.
   * `before` and `after` are operators around the page's own.
   */
  paint(page: Page, before?: string, after?: string): { content: Uint8Array | undefined; opened: number[] }
}

/** Of `marked`: a tag's number, or one of these. */
const NONE = -1
const DECORATION = -2
const HEADER = -3
const FOOTER = -4
/** What stands in the head or foot of the page is pagination; the rest is there for its looks. */
const ARTIFACTS: { [mark: number]: string } = {
  [DECORATION]: '/Artifact BMC\n',
  [HEADER]: '/Artifact<</Type/Pagination/Subtype/Header>>BDC\n',
  [FOOTER]: '/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n',
}

/** The text state that the stream is in, so that only changes are written. */
interface State {
  inText: boolean
  marked: number
  font: number
  size: number
  stretch: number
  tracking: number
  colour: string
  /** Origin of the current line in thousandths of a point, as written so far. */
  x: number
  y: number
}

/** `names`: by font, the file's code for a code of the layout. */
export function createPainter(brush: Brush, names: readonly Uint16Array[]): Painter {
  const pen = createPen()
  const inks = new Map<string, string>()
  const inkOf = (colour: string, text: boolean) => {
    const key = text ? colour : `${colour} `
    let operator = inks.get(key)
    if (operator === undefined) inks.set(key, (operator = text ? brush.textInk(colour) : brush.ink(colour)))
    return operator
  }

  const paint = (page: Page, before = '', after = '') => {
    pen.raw(before)
    const opened: number[] = []
    const state: State = {
      inText: false,
      marked: NONE,
      font: -1,
      size: 0,
      stretch: 1,
      tracking: 0,
      colour: '0 g\n',
      x: 0,
      y: 0,
    }
    const setColour = (operator: string) => {
      if (operator === state.colour) return
      pen.raw(operator)
      state.colour = operator
    }
    const close = () => {
      if (state.marked !== NONE) pen.raw('EMC\n')
      state.marked = NONE
    }
    const open = (item: Item, at: number) => {
      if (!brush.tags) return
      const mark = item.tag >= 0 ? item.tag : artifactOf(item)
      if (mark === state.marked) return
      close()
      state.marked = mark
      if (mark < 0) {
        pen.raw(ARTIFACTS[mark]!)
        return
      }
      pen.raw(`/${brush.tags[mark]!.type}<</MCID ${opened.length}>>BDC\n`)
      opened.push(at)
    }
    const leaveText = () => {
      if (!state.inText) return
      close()
      pen.raw('ET\n')
      state.inText = false
    }

    for (let at = 0; at < page.items.length; at++) {
      const item = page.items[at]!
      if (item.kind === 'text') {
        if (item.codes.length === 0) continue
        if (!state.inText) {
          close()
          pen.raw('BT\n')
          state.inText = true
          state.x = 0
          state.y = 0
        }
        open(item, at)
        setColour(inkOf(item.colour, true))
        paintText(pen, state, item, brush.height, names[item.font]!)
        continue
      }
      const operators = item.kind === 'image' ? brush.picture(item.image) : ''
      if (operators === undefined) continue
      leaveText()
      open(item, at)
      if (item.kind === 'image') paintImage(pen, item, brush.height, operators)
      else {
        setColour(inkOf(item.colour, false))
        if (item.kind === 'rule') paintRule(pen, item, brush.height)
        else paintPath(pen, item, brush.height)
      }
    }
    leaveText()
    close()
    pen.raw(after)
    const content = pen.take()
    return { content: content.length > 0 ? content : undefined, opened }
  }
  return { paint }
}

function paintText(pen: Pen, state: State, run: TextRun, height: number, names: Uint16Array): void {
  if (run.font !== state.font || run.size !== state.size) {
    pen.raw(`/F${run.font} `)
    pen.number(run.size)
    pen.raw('Tf\n')
    state.font = run.font
    state.size = run.size
  }
  if (run.stretch !== state.stretch) {
    pen.number(run.stretch * 100)
    pen.raw('Tz\n')
    state.stretch = run.stretch
  }
  if (run.tracking !== state.tracking) {
    pen.number(run.tracking)
    pen.raw('Tc\n')
    state.tracking = run.tracking
  }
  // Differences of rounded places, so that no error adds up along the page.
  const x = Math.round(run.x * 1000)
  const y = Math.round((height - run.y) * 1000)
  pen.milli(x - state.x)
  pen.milli(y - state.y)
  pen.raw('Td\n')
  state.x = x
  state.y = y

  if (run.actual !== undefined) pen.raw(`/Span<</ActualText${literal(run.actual)}>>BDC\n`)
  if (run.rises === undefined) pen.show(run.codes, run.shifts, names)
  else paintRaised(pen, run, run.rises, names)
  if (run.actual !== undefined) pen.raw('EMC\n')
}

/** Codes of the same height at a time. */
function paintRaised(pen: Pen, run: TextRun, rises: Int16Array, names: Uint16Array): void {
  let last = 0
  for (let from = 0, to = 0; from < run.codes.length; from = to) {
    const rise = rises[from]!
    while (to < run.codes.length && rises[to] === rise) to++
    if (rise !== last) {
      pen.number((rise * run.size) / 1000)
      pen.raw('Ts\n')
      last = rise
    }
    pen.show(run.codes.subarray(from, to), run.shifts?.subarray(from, to), names)
  }
  if (last !== 0) pen.raw('0 Ts\n')
}

function paintRule(pen: Pen, rule: Rule, height: number): void {
  pen.number(rule.x)
  pen.number(height - rule.y - rule.height)
  pen.number(rule.width)
  pen.number(rule.height)
  pen.raw('re f\n')
}

function paintImage(pen: Pen, item: ImageItem, height: number, operators: string): void {
  pen.raw('q ')
  if (item.frame) {
    pen.number(item.frame.x)
    pen.number(height - item.frame.y - item.frame.height)
    pen.number(item.frame.width)
    pen.number(item.frame.height)
    pen.raw('re W n\n')
  }
  pen.number(item.width)
  pen.raw('0 0 ')
  pen.number(item.height)
  pen.number(item.x)
  pen.number(height - item.y - item.height)
  pen.raw('cm\n')
  pen.raw(operators)
  pen.raw('Q\n')
}

/** Quadratic curves become the cubic ones that they are. */
function paintPath(pen: Pen, path: PathItem, height: number): void {
  let x = 0
  let y = 0
  let at = 0
  const { d } = path
  const next = () => d[at++] as number
  const point = (px: number, py: number) => {
    pen.outline(px)
    pen.outline(height - py)
  }
  while (at < d.length) {
    const command = d[at++]
    if (command === 'M' || command === 'L') {
      x = next()
      y = next()
      point(x, y)
      pen.raw(command === 'M' ? 'm\n' : 'l\n')
    } else if (command === 'C') {
      point(next(), next())
      point(next(), next())
      x = next()
      y = next()
      point(x, y)
      pen.raw('c\n')
    } else if (command === 'Q') {
      const [cx, cy, tx, ty] = [next(), next(), next(), next()]
      point(x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y))
      point(tx + (2 / 3) * (cx - tx), ty + (2 / 3) * (cy - ty))
      x = tx
      y = ty
      point(x, y)
      pen.raw('c\n')
    } else pen.raw('h\n')
  }
  pen.raw('f\n')
}

function artifactOf(item: Item): number {
  if (item.kind !== 'text' || !item.margin) return DECORATION
  return item.margin === 'head' ? HEADER : FOOTER
}
