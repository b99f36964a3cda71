// What a page breaker is told of a column: its elements, each in the ways that it can be set, and where a page may end in it. Unit of
// length: one line of the grid.
import type { Calls } from './note-room.js'

/** One way to set an element. */
export interface Way {
  lines: number
  /** Height of a line; 1 stands on the grid. */
  height: number
  /** What this way costs more than the best way, in demerits. */
  cost: number
  /** By line i (0-based, lines - 1 entries used): may the page end behind it? One of the constants below. */
  stops: Uint8Array
  /** By line: the notes that it calls; undefined for none. */
  notes: readonly (Calls | undefined)[] | undefined
  /** A paragraph of one line that fills the measure: at the foot of a page it looks like the first line of a longer one. */
  lone?: boolean | undefined
}

/** The page may end here. */
export const MAY = 0
/** Not in a good book: behind the first or before the last line of a paragraph. */
export const STUB = 1
/** The line ends with a hyphen. */
export const DIVIDED = 2
/** Never: inside a figure, a heading, a row. */
export const NEVER = 3

export interface Element {
  ways: readonly Way[]
  /** Space wanted above; dropped at the head of a page. */
  gap: number
  /** The same, if the figure just before has moved away. */
  gapPast?: number | undefined
  /** Stays with the next element. */
  keepNext: boolean
  /** Depth of what is repeated at the head of the page if the page breaks inside this element or just before it (a table's head). */
  repeat: number
  /** How much of its gap it gives so as to stand on the next line of the grid above, and how deep the line of the grid is below its top that it leads to: see to-grid.ts. */
  give?: number | undefined
  toText?: number | undefined
  /** The text pauses above it: a line more of white is hardly seen there. So it is wherever the gap is a line or more. */
  pause?: boolean | undefined
  /** It has nothing to show, and is left out at the head of a page: an empty line of code. */
  blank?: boolean | undefined
  /** A figure: if it does not fit here it may stand at the head of the next page, and the text goes on. One line high way. */
  float?: boolean | undefined
  /** A picture that has a page for each of its lines; two of them face each other. Text goes on before it, until its page ends. */
  plate?: boolean | undefined
}

/** Elements come from many hands: here they get one shape too. */
export function plainElement(element: Element): Required<Element> {
  const { gap, gapPast, keepNext, repeat, give, toText, pause, blank, float, plate } = element
  const ways: Way[] = []
  for (const way of element.ways)
    ways.push({
      lines: way.lines,
      height: way.height,
      cost: way.cost,
      stops: way.stops,
      notes: way.notes,
      lone: way.lone === true,
    })
  return {
    ways,
    gap,
    gapPast: gapPast ?? gap,
    keepNext,
    repeat,
    give: give ?? 0,
    toText: toText ?? 0,
    pause: pause ?? gap >= 1,
    blank: blank === true,
    float: float === true,
    plate: plate === true,
  }
}

// As in page-state.ts: of every field, V8 sees all kinds of values before the first page.
const WAY: Way = { lines: 1, height: 0.5, cost: 0.5, stops: new Uint8Array(1), notes: undefined, lone: true }
plainElement({ ways: [WAY], gap: 0.5, keepNext: true, repeat: 0.5 })
plainElement({
  ways: [{ ...WAY, notes: [[0.5]] }],
  gap: 0.5,
  gapPast: 0.5,
  keepNext: true,
  repeat: 0.5,
  give: 0.5,
  toText: 0.5,
  pause: true,
  blank: true,
  float: true,
  plate: true,
})
