// In: a booklet that is folded more than once, or sewn. Out: the operators of a page that shows how, step below step, without a word: folds are
// dashed, cuts have scissors, arrows go where the paper goes, and a broken one goes behind it.
import type { BookletEdition, Trim } from '../../model/editions.js'
import { decimal } from '../file/syntax.js'
import { LAID } from './folds.js'

/** `sheets`: of the whole booklet; `inOne`: of a signature. Undefined where one fold and staples say all. */
export function foldingSteps(
  { fold }: Pick<BookletEdition, 'fold'>,
  { sheets, inOne }: { sheets: number; inOne: number },
  paper: Trim,
): string | undefined {
  const steps =
    fold === 'quarter'
      ? quarterSteps(paper, sheets)
      : fold === 'eighth'
        ? eighthSteps(paper)
        : sheets > inOne
          ? sewnSteps(inOne, Math.ceil(sheets / inOne))
          : undefined
  if (steps === undefined) return undefined
  const row = paper.height / (steps.length + 0.5)
  const size = Math.min(row * 0.8, paper.width * 0.5)
  return steps
    .map((draw, i) => {
      const middle = paper.height - row * (i + 0.75)
      const from: Point = [paper.width * 0.16, middle]
      return pen(0.8) + circle(from, 13) + number(i + 1, from, 13) + draw([paper.width * 0.56, middle], size)
    })
    .join('')
}

type Point = readonly [x: number, y: number]
/** A step around its middle, so high as there is room. */
type Step = (middle: Point, room: number) => string

const pen = (width: number, dashes = '') => `0 G\n0 g\n${width} w\n[${dashes}] 0 d\n`
const at = ([x, y]: Point) => `${decimal(x)} ${decimal(y)}`

function path(points: readonly Point[]): string {
  return points.map((point, i) => `${at(point)} ${i === 0 ? 'm' : 'l'}\n`).join('')
}

function line(...points: Point[]): string {
  return `${path(points)}S\n`
}

function rect(x: number, y: number, width: number, height: number, white = false): string {
  return `${white ? '1 g\n' : ''}${[x, y, width, height].map(decimal).join(' ')} re ${white ? 'B' : 'S'}\n`
}

/** Four curves (0.5523: a quarter of a circle within a thousandth). */
function circle([x, y]: Point, radius: number): string {
  const k = 0.5523 * radius
  const curve = (...points: Point[]) => `${points.map(at).join(' ')} c\n`
  return (
    `${at([x + radius, y])} m\n` +
    curve([x + radius, y + k], [x + k, y + radius], [x, y + radius]) +
    curve([x - k, y + radius], [x - radius, y + k], [x - radius, y]) +
    curve([x - radius, y - k], [x - k, y - radius], [x, y - radius]) +
    `${curve([x + k, y - radius], [x + radius, y - k], [x + radius, y])}S\n`
  )
}

/** A curve bent by `bend` to the left of its way, with a head; `behind`: broken. */
function arrow(from: Point, to: Point, bend: number, behind = false): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const long = Math.hypot(dx, dy)
  const side: Point = [(-dy / long) * bend, (dx / long) * bend]
  const control = (share: number): Point => [from[0] + dx * share + side[0], from[1] + dy * share + side[1]]
  const last = control(0.8)
  const angle = Math.atan2(to[1] - last[1], to[0] - last[0])
  const wing = (turn: number): Point => [to[0] - 8 * Math.cos(angle + turn), to[1] - 8 * Math.sin(angle + turn)]
  return (
    pen(1.2, behind ? '4 3' : '') +
    `${at(from)} m\n${at(control(0.2))} ${at(last)} ${at(to)} c S\n${pen(1.2)}` +
    line(wing(0.45), to, wing(-0.45))
  )
}

/** Blades that open along a cut that goes to the right, from its beginning. */
function scissors([x, y]: Point): string {
  const handle = (dy: number) => circle([x - 17, y + dy], 3.2)
  return pen(1) + line([x + 7, y + 3], [x - 14, y - 4]) + line([x + 7, y - 3], [x - 14, y + 4]) + handle(6) + handle(-6)
}

/** On a grid of two by four, each a line or more. */
const FIGURES: readonly (readonly (readonly Point[])[])[] = [
  [
    [
      [0, 0],
      [2, 0],
      [2, 4],
      [0, 4],
      [0, 0],
    ],
  ],
  [
    [
      [0.3, 3.2],
      [1.2, 4],
      [1.2, 0],
    ],
  ],
  [
    [
      [0, 4],
      [2, 4],
      [2, 2],
      [0, 2],
      [0, 0],
      [2, 0],
    ],
  ],
  [
    [
      [0, 4],
      [2, 4],
      [2, 0],
      [0, 0],
    ],
    [
      [0.4, 2],
      [2, 2],
    ],
  ],
  [
    [
      [0, 4],
      [0, 2],
      [2, 2],
    ],
    [
      [2, 4],
      [2, 0],
    ],
  ],
  [
    [
      [2, 4],
      [0, 4],
      [0, 2],
      [2, 2],
      [2, 0],
      [0, 0],
    ],
  ],
  [
    [
      [2, 4],
      [0, 4],
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ],
  ],
  [
    [
      [0, 4],
      [2, 4],
      [0.8, 0],
    ],
  ],
  [
    [
      [0, 0],
      [2, 0],
      [2, 4],
      [0, 4],
      [0, 0],
    ],
    [
      [0, 2],
      [2, 2],
    ],
  ],
  [
    [
      [2, 2],
      [0, 2],
      [0, 4],
      [2, 4],
      [2, 0],
      [0, 0],
    ],
  ],
]

/** Lines alone: a page that needs no face. `turned`: upside down. */
function number(value: number, [x, y]: Point, high: number, turned = false): string {
  const unit = (turned ? -high : high) / 4
  const digits = [...String(value)].map(Number)
  const start = x - ((digits.length * 3 - 1) * unit) / 2
  const drawn = digits.flatMap((digit, i) =>
    FIGURES[digit]!.map((points) =>
      line(...points.map(([px, py]): Point => [start + (i * 3 + px) * unit, y + (py - 2) * unit])),
    ),
  )
  return pen(Math.max(0.8, high / 10)) + drawn.join('')
}

const FOLD = '5 4'

/** A sheet with the numbers of its pages, and what is folded: `upper` of its rows shown. */
function laid(middle: Point, width: number, height: number, rows: readonly (readonly [number[], boolean])[]): string {
  const [x, y] = [middle[0] - width / 2, middle[1] - height / 2]
  const high = height / rows.length
  let out = pen(1) + rect(x, y, width, height, true)
  rows.forEach(([row, turned], i) => {
    const wide = width / row.length
    const foot = y + height - (i + 1) * high
    row.forEach((page, column) => {
      const size = Math.min(high, wide) * 0.34
      out += number(page, [x + (column + 0.5) * wide, foot + high / 2], size, turned)
      if (column > 0) out += pen(0.8, FOLD) + line([x + column * wide, foot], [x + column * wide, foot + high])
    })
    if (i > 0) out += pen(0.8, FOLD) + line([x, foot + high], [x + width, foot + high])
  })
  return out
}

/** Leaves with their fold at the left, the first of them above. */
function folded([mx, my]: Point, width: number, height: number, leaves: number): string {
  const [x, y] = [mx - width / 2, my - height / 2]
  let out = pen(1)
  for (let i = leaves - 1; i >= 0; i--) out += rect(x + i * 2, y - i * 2, width, height, true)
  return out
}

function quarterSteps(paper: Trim, sheets: number): Step[] {
  const [upper, lower] = LAID.quarter[0]!
  const sized = (room: number) => ({ high: room, wide: (room * paper.width) / paper.height })
  const steps: Step[] = [
    (middle, room) => {
      const { high, wide } = sized(room)
      const right = middle[0] + wide / 2
      return (
        laid(middle, wide, high, [
          [upper, true],
          [lower, false],
        ]) + arrow([right + 6, middle[1] + high * 0.3], [right + 6, middle[1] - high * 0.3], 26, true)
      )
    },
    (middle, room) => {
      const { high, wide } = sized(room)
      const foot = middle[1] - high / 4
      return (
        laid(middle, wide, high / 2, [[lower, false]]) +
        arrow([middle[0] - wide * 0.3, foot - 6], [middle[0] + wide * 0.3, foot - 6], -22, true)
      )
    },
    ([x, y], room) => {
      const { high, wide } = sized(room)
      const [w, h] = [wide / 2, high / 2]
      const [left, top] = [x - w / 2, y + h / 2]
      const stitch = (share: number) => line([left, y + h * share - 7], [left, y + h * share + 7])
      return (
        folded([x, y], w, h, 4) +
        number(1, [x, y], h * 0.3) +
        pen(0.8, FOLD) +
        line([left - 4, top], [left + w + 14, top]) +
        scissors([left - 6, top]) +
        pen(2.6) +
        (sheets === 1 ? stitch(0.25) + stitch(-0.25) : '')
      )
    },
  ]
  return sheets > 1 ? [...steps, inOrder(sheets, 8), sewing()] : steps
}

function eighthSteps(paper: Trim): Step[] {
  const [upper, lower] = LAID.eighth[0]!
  const sized = (room: number) => ({ high: room * 0.8, wide: (room * 0.8 * paper.height) / paper.width })
  return [
    (middle, room) =>
      laid(middle, sized(room).wide, sized(room).high, [
        [upper, true],
        [lower, false],
      ]),
    (middle, room) => {
      const { wide, high } = sized(room)
      const [x, y] = middle
      const rows = [
        [upper, true],
        [lower, false],
      ] as const
      return (
        laid(middle, wide, high, rows) +
        pen(2.4) +
        line([x - wide / 4, y], [x + wide / 4, y]) +
        scissors([x - wide / 4, y])
      )
    },
    ([x, y], room) => {
      const { wide, high } = sized(room)
      const right = x + wide / 2
      return (
        laid([x, y], wide, high / 2, [[lower, false]]) +
        arrow([x - wide / 2 - 34, y], [x - wide / 2 - 6, y], 0.01) +
        arrow([right + 34, y], [right + 6, y], 0.01)
      )
    },
    // from above: the slit has opened to a cross of four leaves, each of two layers
    ([x, y], room) => {
      const arm = room * 0.42
      const leaf = ([dx, dy]: Point) =>
        line([x + dy * 3, y + dx * 3], [x + dx * arm + dy * 3, y + dy * arm + dx * 3]) +
        line([x - dy * 3, y - dx * 3], [x + dx * arm - dy * 3, y + dy * arm - dx * 3])
      const arms: Point[] = [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]
      return (
        pen(1) +
        arms.map(leaf).join('') +
        arrow([x - arm * 0.9, y + 10], [x - 10, y + arm * 0.9], 24) +
        arrow([x + arm * 0.9, y - 10], [x + 10, y - arm * 0.9], 24)
      )
    },
    ([x, y], room) => {
      const [w, h] = [(room * 0.8 * paper.height) / paper.width / 4, room * 0.4]
      return folded([x, y], w, h, 4) + number(1, [x, y], h * 0.3)
    },
  ]
}

function sewnSteps(inOne: number, signatures: number): Step[] {
  return [
    // seen from the head: sheets that lie in each other
    ([x, y], room) => {
      const half = room * 0.55
      let out = pen(1)
      const shown = Math.min(inOne, 6)
      for (let i = 0; i < shown; i++)
        out += line(
          [x - half + i * 5, y + room * 0.2 - i * 2],
          [x, y - room * 0.2 + i * 7],
          [x + half - i * 5, y + room * 0.2 - i * 2],
        )
      return (
        out +
        number(inOne, [x, y - room * 0.38], room * 0.16) +
        arrow([x - half, y + room * 0.28], [x + half, y + room * 0.28], -room * 0.16)
      )
    },
    inOrder(signatures, undefined),
    sewing(),
  ]
}

/** Signatures from the back, the first above: their bars are a stair; or, without bars, by their first pages. */
function inOrder(signatures: number, pages: number | undefined): Step {
  return ([x, y], room) => {
    const shown = Math.min(signatures, 5)
    const [wide, high] = [room * 0.95, (room * 0.8) / shown]
    let out = ''
    for (let i = 0; i < shown; i++) {
      const top = y + room * 0.4 - i * high
      out += pen(1) + rect(x - wide / 2, top - high * 0.8, wide, high * 0.8)
      // behind a gap stands the last
      const nth = i === shown - 1 ? signatures - 1 : i
      if (pages !== undefined) out += number(nth * pages + 1, [x, top - high * 0.4], high * 0.4)
      else
        out += `${pen(0)}${[x - wide * 0.4 + (wide * 0.7 * i) / shown, top - high * 0.8, wide * 0.1, high * 0.8].map(decimal).join(' ')} re f\n`
      if (i === shown - 1 && signatures > shown)
        out += pen(1, '1 4') + line([x, top + high * 0.02], [x, top + high * 0.18])
    }
    return out
  }
}

/** The fold from within: a thread through four holes, and its knot. */
function sewing(): Step {
  return ([x, y], room) => {
    const [wide, high] = [room * 0.9, room * 0.6]
    const holes = [-0.36, -0.12, 0.12, 0.36].map((share) => x + share * wide)
    const spine =
      pen(1) +
      rect(x - wide / 2, y - high / 2, wide, high) +
      pen(0.8, FOLD) +
      line([x - wide / 2, y], [x + wide / 2, y])
    const thread =
      pen(1.8) +
      line([holes[0]!, y], [holes[1]!, y]) +
      line([holes[2]!, y], [holes[3]!, y]) +
      pen(1.8, '3 3') +
      line([holes[1]!, y], [holes[2]!, y])
    const tail = pen(1.2) + arrow([holes[0]!, y], [holes[0]! - 4, y + high * 0.42], 8)
    return spine + holes.map((hole) => pen(1) + circle([hole, y], 2.6)).join('') + thread + tail
  }
}
