// Page breaking over a whole section at once, on numbers alone: heights, ways of setting and prices go in, placements
// come out. After M. F. Plass, "Optimal Pagination Techniques" (1981), and F. Mittelbach, "A General Framework for
// Globally Optimized Pagination" (2016): paragraphs are offered in several numbers of lines, and the cheapest chain of
// full pages is found by dynamic programming over (element, page, depth). Unit of length: one line of the grid.

import { begunBefore, carriedOn, NO_NOTES, type NoteRoom, type Notes, room, withCalls } from './note-room.js'
import { type Element, plainElement, type Way } from './page-elements.js'
import {
  DRIFT_PRICE,
  ELASTIC_PRICE,
  FLOAT_PRICE,
  HOPELESS,
  KEEP_PRICE,
  LATE_PRICE,
  LEAST_LAST,
  LEAST_STATES,
  LONE_PRICE,
  MOST_STATES,
  PARTED_PRICE,
  PASS_PRICE,
  SHORT,
  SHORT_TOGETHER,
  SINK_PRICE,
  STOP_PRICES,
  STUB_PRICE,
  STUMP,
  WORST_SHORT,
} from './page-prices.js'
import { type Cut, cut, NONE, type Short, type State, state } from './page-state.js'
import { hasPages, isRecto, isUnused, plateAtEnd, plated, platePages, withPlate } from './plates.js'

export { DIVIDED, type Element, MAY, NEVER, STUB, type Way } from './page-elements.js'

export interface PageLimits {
  /** Full depth of the text, lines. */
  depth: number
  /** Space that is empty above the section's first element. */
  sink: number
  /** Lines of notes that hang below the text (on the section's first page otherwise, if that is said), and the space between text and notes. */
  hang: number
  openingHang?: number | undefined
  noteGap: number
  /** Depth of a line of a note; a whole line if absent. */
  noteLine?: number | undefined
  /** Is the section's first page a recto? */
  recto: boolean
}

/** Lines [from, to) of an element in one way, `top` lines below the head of the section's page `page`. */
export interface Placement {
  element: number
  way: number
  from: number
  to: number
  page: number
  top: number
  /** Of a section in columns: from 0. */
  column?: number | undefined
}

export interface Pages {
  placements: Placement[]
  count: number
  cost: number
  /** By page: lines that it runs short (negative: long), judged against the full depth less what its notes take. */
  short: number[]
}

const EPS = 1e-6
/** How many ends of a page are tried: full, up to five lines short, one long, and before the element. */
const ENDS = 8
/** So many pages are tried for one element; if it is longer than that, the next are as full as they can be. Prose takes some ten. */
const PATIENCE = 100_000
/** Pages of one element that follow each other by calls within calls: after so many, the cheapest way goes on by itself. */
const DEEPEST = 500
/** Between a figure at the head of a page and the text below it. */
const FLOAT_GAP = 1

/** A column on its way into pages: what every step looks at. */
interface Column extends NoteRoom {
  elements: readonly Required<Element>[]
  recto: boolean
  /** The element at hand, and the one before it. */
  index: number
  element: Required<Element>
  before: Required<Element> | undefined
  /** The states behind it, the cheapest of each kind; and the cheapest of all. */
  next: Map<number, State>
  best: number
  /** Lines by which the space above the element is wider than it asks for. */
  extra: number
  /** Of one state and way: what it costs to come to a place. */
  reached: Map<number, number>
  /** Pages of this element that have been tried. */
  tried: number
  /** The cheapest way that has come to DEEPEST pages, and its line. */
  deep: { state: State; line: number } | undefined
}

function arrive(c: Column, s: State): void {
  // where notes stand matters only as far as they take room
  const key =
    (((s.page * 4096 + Math.round(s.at * 16)) * 8 + (s.facing + 3)) * 64 + Math.min(63, Math.ceil(s.notes.depth))) * 4 +
    Math.min(3, s.waiting.length)
  const other = c.next.get(key)
  if (other !== undefined && s.cost >= other.cost) return
  c.next.set(key, s)
  if (s.cost < c.best) c.best = s.cost
}

/** Ends the page of `s` at depth `used`, for `price`; what follows stands on an empty page. */
function turn(c: Column, s: State, used: number, notes: Notes, price: number, w: number, cuts: Cut | undefined): State {
  const { depth } = c
  const recto = isRecto(c, s.page)
  const carried = carriedOn(c, notes.depth, used, s.page)
  // a page whose notes go on is full
  const short = carried > 0 ? 0 : Math.round(room(c, notes.depth, s.page) - used)
  let cost = s.cost + price + (carried > 0 ? PARTED_PRICE : 0)
  if (Math.abs(short) > 0) {
    const together = recto && s.facing === short && s.page > 0
    cost += together ? SHORT_TOGETHER : SHORT * Math.min(short * short, WORST_SHORT)
  } else if (recto && s.facing !== 0) cost += SHORT
  if (!recto && Math.abs(short) === 1) cost -= SHORT - SHORT_TOGETHER
  // figures that waited stand at the head of the new page, as many as it holds; those that have pages to themselves, before it
  let at = 0
  let page = s.page + 1
  let turned: Short = { lines: short, before: s.short }
  let begun = begunBefore(c, carried)
  let { waiting } = s
  while (waiting.length > 0) {
    const figure = waiting[0]!
    const { ways, plate } = c.elements[figure]!
    const { height } = ways[0]!
    if (plate) {
      if (at > 0 || !hasPages(c, figure, page)) break
      ;({ page, cuts, short: turned } = platePages(c, figure, page, cuts, turned))
      begun = withPlate(c, figure, begun)
    } else {
      if (at > 0 && at + height > depth - 4) break
      cuts = cut(figure, page, 0, 1, at, cuts)
      at += height + FLOAT_GAP
    }
    waiting = waiting.slice(1)
  }
  // figures that leave no two lines have the page for themselves
  const filled = at > depth - 2
  const facing = recto || page > s.page + 1 ? 0 : clamp(short)
  return state(page, filled ? depth : at, !filled, begun, facing, cost, s.from, c.index, w, waiting, cuts, turned)
}

/** The notes after `k` lines from `line`. */
function notesAfter(c: Column, s: State, way: Way, line: number, k: number): Notes {
  let { notes } = s
  if (way.notes) for (let i = 0; i < k; i++) notes = withCalls(notes, way.notes[line + i], c)
  return notes
}

/** Sets the lines from `line` on below `s`, and ends its page wherever that may pay. */
function place(c: Column, s: State, w: number, way: Way, line: number, guard: number): void {
  const { element, index } = c
  if (guard === DEEPEST) {
    if (c.deep === undefined || s.cost < c.deep.state.cost) c.deep = { state: s, line }
    return
  }
  c.tried++
  if (element.blank && s.empty && s.page > 0 && s.at === 0) {
    arrive(c, s)
    return
  }
  const left = way.lines - line
  // where a figure has left its place, the space that it wanted goes with it
  const moved = s.waiting.length > 0 && s.waiting[s.waiting.length - 1] === index - 1
  let top = s.empty ? s.at : s.at + (moved ? element.gapPast : element.gap) + c.extra
  if (way.height === 1) top = Math.ceil(top - element.give - EPS)
  else if (element.toText > 0 && !s.empty) top = Math.ceil(top - element.give + element.toText - EPS) - element.toText
  if (s.empty && s.page > 0) top = s.at + element.repeat
  // how many lines fit, with the notes that they call begun; and with all of them whole
  let { notes } = s
  let fit = 0
  let whole = 0
  if (!way.notes) {
    const lines = (depth: number) =>
      Math.min(left, Math.max(0, Math.floor((room(c, depth, s.page) - top) / way.height + EPS)))
    fit = lines(notes.least)
    whole = notes.least === notes.depth ? fit : lines(notes.depth)
  } else {
    while (fit < left) {
      const more = withCalls(notes, way.notes[line + fit], c)
      const foot = top + (fit + 1) * way.height - EPS
      if (foot > room(c, more.least, s.page)) break
      notes = more
      fit++
      if (foot <= room(c, more.depth, s.page)) whole = fit
    }
  }
  if (fit === left) {
    const at = top + left * way.height
    const cost = s.cost + s.waiting.length * (element.keepNext ? PASS_PRICE : DRIFT_PRICE * left)
    const cuts = cut(index, s.page, line, way.lines, top, s.cuts)
    arrive(c, state(s.page, at, false, notes, s.facing, cost, s.from, index, w, s.waiting, cuts, s.short))
    // ending the page before it is full pays only near its foot, or where the next element must not stand alone
    if (s.empty || guard > 60 || room(c, notes.depth, s.page) - at > (element.keepNext ? 6 : 2)) return
  }
  const [first, head] = [s.page === 0, s.at === 0]
  const bare = s.empty && (first || head)
  if (bare && fit === 0) {
    // nothing fits an empty page: the line goes there all the same, its notes run on
    fit = 1
    if (left === 1) {
      const at = Math.max(top + way.height, 0)
      const cuts = cut(index, s.page, line, way.lines, top, s.cuts)
      const more = notesAfter(c, s, way, line, 1)
      arrive(c, state(s.page, at, false, more, s.facing, s.cost + SHORT, s.from, index, w, s.waiting, cuts, s.short))
      return
    }
  }
  // the page ends inside the element, or before it: full if it can be, a little short, a line long
  let cheap = Infinity
  const ends = whole < fit ? ENDS + 3 : ENDS
  for (let i = 0; i < ends; i++) {
    const k = i >= ENDS ? whole + ENDS - i : i === ENDS - 1 ? 0 : i === ENDS - 2 ? fit + 1 : Math.min(fit, left - 1) - i
    if (k < 0 || k > left - 1 || (k === 0 && i !== ENDS - 1)) continue
    const foot = top + k * way.height
    const used = k === 0 ? s.at : foot
    const total = notesAfter(c, s, way, line, k)
    // notes hang from the last line: a page that has some is never a line long
    if (k > 0 && used > room(c, total.least, s.page) + (total.depth > 0 ? 0 : 1) + EPS && !(s.empty && k === 1))
      continue
    if (k === 0 && bare) continue
    // within a paragraph only if figures alone have filled the page
    if (k === 0 && line > 0 && s.at < c.depth) continue
    const price = k === 0 ? priceBefore(c, s, line) : STOP_PRICES[way.stops[line + k - 1]!]!
    if (price > cheap * 4 && price >= STUB_PRICE) continue
    const cuts = k === 0 ? s.cuts : cut(index, s.page, line, line + k, top, s.cuts)
    const turned = turn(c, s, used, total, price, w, cuts)
    if (turned.cost < cheap) cheap = turned.cost
    if (turned.cost > c.best + HOPELESS && !(k === 0 && element.keepNext)) continue
    // a paragraph over many pages comes to the same place in many ways: only the cheapest goes on
    if (line + k > 0) {
      const there =
        ((turned.page * 4 + Math.min(3, turned.waiting.length)) * 8 + turned.facing + 3) * way.lines + line + k
      const known = c.reached.get(there)
      if (known !== undefined && known <= turned.cost) continue
      c.reached.set(there, turned.cost)
    }
    place(c, turned, w, way, line + k, guard + 1)
    if (c.tried > PATIENCE) return
  }
}

/** What it costs to end a page before the element. */
function priceBefore({ before }: Column, s: State, line: number): number {
  if (before === undefined) return 0
  const lone = before.ways[s.from === undefined ? 0 : s.from.way]?.lone === true
  return (line === 0 && before.keepNext ? KEEP_PRICE : 0) + (lone ? LONE_PRICE : 0)
}

export function breakPages(column: readonly Element[], limits: PageLimits): Pages {
  const elements: Required<Element>[] = []
  for (const element of column) elements.push(plainElement(element))
  const { depth, hang, openingHang = hang, noteGap, noteLine = 1, recto } = limits
  let states = openings(limits, elements.length)
  const reached = new Map<number, number>()
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index]!
    // a picture with a page for itself parts nobody from what follows
    let at = index - 1
    while (at >= 0 && elements[at]!.plate) at--
    const before = at >= 0 ? elements[at]! : undefined
    const next = new Map<number, State>()
    const c: Column = {
      elements,
      depth,
      hang,
      openingHang,
      noteGap,
      noteLine,
      recto,
      index,
      element,
      before,
      next,
      best: Infinity,
      extra: 0,
      reached,
      tried: 0,
      deep: undefined,
    }
    for (const s of states) {
      if (element.plate) arrive(c, plated(c, s, index))
      else goOn(c, s)
    }
    states = promising(c)
  }

  const ending: Ending = { ...limits, elements, openingHang, noteLine }
  let winner: State | undefined
  let lowest = Infinity
  for (const text of states) {
    const s = withWaiting(text, ending)
    const cost = priceOfEnd(text, s, elements)
    if (cost < lowest) {
      lowest = cost
      winner = s
    }
  }
  return pagesOf(winner, lowest)
}

/** Where a section may begin: an opening may stand a line higher or lower than its sister chapters: nobody sees that, everybody sees a widow. */
function openings({ sink }: PageLimits, elements: number): State[] {
  const begin = (at: number, cost: number): State =>
    state(0, at, true, NO_NOTES, 0, cost, undefined, -1, 0, NONE, undefined, undefined)
  const states = [begin(sink, 0)]
  if (sink < 3 || elements <= 1) return states
  for (const lines of [1, 2]) {
    const price = SINK_PRICE * lines ** 3
    states.push(begin(sink - lines, price), begin(sink + lines, price))
  }
  return states
}

/** Every way of the element at hand, behind `s`. */
function goOn(c: Column, s: State): void {
  const { index, element, before, reached } = c
  for (let w = 0; w < element.ways.length; w++) {
    const way = element.ways[w]!
    reached.clear()
    const cost = s.cost + way.cost
    // figures keep their order, and a heading its figure
    const behind = s.waiting.length > 0
    if (element.float && !before?.keepNext && (behind || !s.empty) && s.waiting.length < 3) {
      arrive(c, step(s, cost + FLOAT_PRICE, index, w, [...s.waiting, index]))
      if (behind) continue
    }
    place(c, step(s, cost, index, w, s.waiting), w, way, 0, 0)
    while (c.deep !== undefined) {
      const { state, line } = c.deep
      c.deep = undefined
      place(c, state, w, way, line, 1)
    }
    // where text pauses a line more is hardly seen, and may spare a page that runs short
    if (s.empty || !element.pause || before?.keepNext || element.float || behind) continue
    c.extra = 1
    reached.clear()
    place(c, step(s, cost + ELASTIC_PRICE, index, w, s.waiting), w, way, 0, 0)
    c.extra = 0
    c.deep = undefined
  }
}

/** What is known of a column where it ends. */
type Ending = PageLimits & { elements: readonly Required<Element>[]; openingHang: number; noteLine: number }

/** Figures that still wait get pages of their own. */
function withWaiting(text: State, ending: Ending): State {
  const { elements, depth } = ending
  let s = text
  while (s.waiting.length > 0) {
    if (elements[s.waiting[0]!]!.plate) {
      s = plateAtEnd(ending, s)
      continue
    }
    let cuts: Cut | undefined
    let at = 0
    let waiting = s.waiting
    const unused = isUnused(s)
    const page = unused ? s.page : s.page + 1
    do {
      cuts = cut(waiting[0]!, page, 0, 1, at, cuts)
      at += elements[waiting[0]!]!.ways[0]!.height + FLOAT_GAP
      waiting = waiting.slice(1)
    } while (
      waiting.length > 0 &&
      !elements[waiting[0]!]!.plate &&
      at + elements[waiting[0]!]!.ways[0]!.height <= depth
    )
    const short = unused ? undefined : { lines: 0, before: undefined }
    const cost = s.cost + LATE_PRICE
    s = state(page, at, s.empty && !unused, s.notes, s.facing, cost, s, s.element, s.way, waiting, cuts, short)
  }
  return s
}

/** `text`: before what waited was put behind it. */
function priceOfEnd(text: State, s: State, elements: readonly Required<Element>[]): number {
  let { cost } = s
  const last = isUnused(s) ? text : s
  if (last.page > 0 && !isUnused(last) && last.at < LEAST_LAST) cost += STUMP * (LEAST_LAST - last.at)
  // a section that ends with such a line seems to go on
  if (elements.at(-1)?.ways[s.way]?.lone) cost += LONE_PRICE
  return cost
}

function pagesOf(winner: State | undefined, cost: number): Pages {
  const placements: Placement[] = []
  const short: number[] = []
  for (let s = winner; s && s.element >= 0; s = s.from) {
    for (let part = s.cuts; part; part = part.before) {
      const { element, page, from, to, top } = part
      placements.push({ element, way: element === s.element ? s.way : 0, page, from, to, top })
    }
    for (let turned = s.short; turned; turned = turned.before) short.push(turned.lines)
  }
  placements.reverse()
  short.reverse()
  // behind a picture that has the last pages nothing was begun
  if (winner !== undefined && isUnused(winner)) return { placements, count: winner.page, cost, short }
  return { placements, count: (winner?.page ?? 0) + 1, cost, short: [...short, 0] }
}

/** `s`, as the way `w` of the element `index` is begun. */
function step(s: State, cost: number, index: number, w: number, waiting: number[]): State {
  return state(s.page, s.at, s.empty, s.notes, s.facing, cost, s, index, w, waiting, undefined, undefined)
}

/** The states that are worth going on from. */
function promising({ next, best, element }: Column): State[] {
  let list = [...next.values()]
  if (list.length <= LEAST_STATES) return list
  list.sort((a, b) => a.cost - b.cost || a.page - b.page || a.at - b.at)
  let keep = LEAST_STATES
  while (keep < list.length && keep < MOST_STATES && list[keep]!.cost <= best + HOPELESS) keep++
  // before a heading every page's cheapest state stays: what is dear now may be the only good end
  const rest = element.keepNext ? list.slice(keep) : []
  list = list.slice(0, keep)
  for (const s of rest) if (!list.some((other) => other.page === s.page)) list.push(s)
  return list
}

function clamp(short: number): number {
  return short > 3 ? 3 : Math.max(short, -3)
}
