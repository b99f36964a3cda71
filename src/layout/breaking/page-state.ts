// The states of the page breaker: how far a column has come, at what cost, and by which way. Numbers and links, in one shape each.

import { NO_NOTES, type Notes } from './note-room.js'

export interface State {
  page: number
  /** Depth used. */
  at: number
  /** Nothing stands on this page yet. */
  empty: boolean
  notes: Notes
  /** How short the page before ran, if it faces this one. */
  facing: number
  cost: number
  from: State | undefined
  element: number
  way: number
  /** Figures that wait for the head of the next page, by element. */
  waiting: number[]
  /** Lines placed since `from`, the last first. */
  cuts: Cut | undefined
  /** How short the pages turned since `from` ran, the last first. */
  short: Short | undefined
}

export interface Cut {
  element: number
  page: number
  from: number
  to: number
  top: number
  before: Cut | undefined
}

export interface Short {
  lines: number
  before: Short | undefined
}

export const NONE: number[] = []

/** States are made here alone: objects of one shape, whose every field V8 knows where to find. */
export function state(
  page: number,
  at: number,
  empty: boolean,
  notes: Notes,
  facing: number,
  cost: number,
  from: State | undefined,
  element: number,
  way: number,
  waiting: number[],
  cuts: Cut | undefined,
  short: Short | undefined,
): State {
  return { page, at, empty, notes, facing, cost, from, element, way, waiting, cuts, short }
}

/** The same for cuts. */
export function cut(
  element: number,
  page: number,
  from: number,
  to: number,
  top: number,
  before: Cut | undefined,
): Cut {
  return { element, page, from, to, top, before }
}

// V8 learns of every field what it holds from the values that it sees, and compiles anew what it had compiled when one turns
// up of another kind. Here it sees all kinds before the first page.
const SAMPLE = state(0, 0.5, true, NO_NOTES, 0, 0.5, undefined, 0, 0, NONE, undefined, undefined)
state(0, 0.5, true, NO_NOTES, 0, 0.5, SAMPLE, 0, 0, [0], cut(0, 0, 0, 0, 0.5, cut(0, 0, 0, 0, 0.5, undefined)), {
  lines: 0,
  before: { lines: 0, before: undefined },
})
