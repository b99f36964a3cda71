// Pictures beside what stands apart: a bulb by a tip, a triangle by a warning. In: a block and its theme. Out: the outline to draw, in a
// square of 24, and the room that it has. One answer for both outputs. They say nothing that the title or the kind does not.
import type { Block } from '../model/book.js'
import type { IconStyle, Theme } from './theme.js'

/** What is drawn of it is filled by the direction of its outlines: one that runs the other way cuts a hole. */
export interface Icon {
  d: readonly (string | number)[]
  /** em of the body's size. */
  size: number
  column: number
  colour: string
}

/** A side of the square in which outlines are drawn. */
export const ICON_SQUARE = 24

/** How far a quarter of a circle's handles reach. */
const KAPPA = 0.5523

/** A circle, or with `hole` one that is cut out. */
function circle(x: number, y: number, r: number, hole = false): string {
  const k = r * KAPPA
  const n = (value: number) => Math.round(value * 1000) / 1000
  const [top, left, right, foot] = [y - r, x - r, x + r, y + r].map(n)
  const arc = (...at: number[]) => `C ${at.map(n).join(' ')}`
  return hole
    ? `M ${n(x)} ${top} ${arc(x - k, y - r, x - r, y - k, left!, y)} ${arc(x - r, y + k, x - k, y + r, x, foot!)} ${arc(x + k, y + r, x + r, y + k, right!, y)} ${arc(x + r, y - k, x + k, y - r, x, top!)} Z`
    : `M ${n(x)} ${top} ${arc(x + k, y - r, x + r, y - k, right!, y)} ${arc(x + r, y + k, x + k, y + r, x, foot!)} ${arc(x - k, y + r, x - r, y + k, left!, y)} ${arc(x - r, y - k, x - k, y - r, x, top!)} Z`
}

/** Points in turn, clockwise; a hole the other way round. */
function shape(...points: number[]): string {
  const pairs: string[] = []
  for (let i = 0; i < points.length; i += 2) pairs.push(`${points[i]} ${points[i + 1]}`)
  return `M ${pairs.join(' L ')} Z`
}

const MARK = `${shape(10.6, 7, 11.1, 14.4, 12.9, 14.4, 13.4, 7)} ${circle(12, 17.2, 1.3, true)}`

/** By name. */
const DRAWN: ReadonlyMap<string, string> = new Map([
  ['info', `${circle(12, 12, 11)} ${circle(12, 6.8, 1.5, true)} ${shape(10.7, 10, 10.7, 18.5, 13.3, 18.5, 13.3, 10)}`],
  ['mark', `${circle(12, 12, 11)} ${MARK}`],
  [
    'triangle',
    `${shape(12, 1.2, 23.6, 22, 0.4, 22)} ${shape(10.7, 8.4, 11.2, 15.6, 12.8, 15.6, 13.3, 8.4)} ${circle(12, 18.4, 1.3, true)}`,
  ],
  ['octagon', `${shape(7.4, 1, 16.6, 1, 23, 7.4, 23, 16.6, 16.6, 23, 7.4, 23, 1, 16.6, 1, 7.4)} ${MARK}`],
  [
    'bulb',
    `M 12 1 C 16.2 1 19.5 4.3 19.5 8.4 C 19.5 11 18.2 13 16.4 14.6 C 15.7 15.2 15.3 15.9 15.3 16.8 L 8.7 16.8 C 8.7 15.9 8.3 15.2 7.6 14.6 C 5.8 13 4.5 11 4.5 8.4 C 4.5 4.3 7.8 1 12 1 Z ${shape(8.7, 18, 15.3, 18, 15.3, 19.8, 8.7, 19.8)} ${shape(9.7, 21, 14.3, 21, 13.3, 23, 10.7, 23)}`,
  ],
  [
    'pencil',
    `${shape(17.6, 1.6, 22.4, 6.4, 19.8, 9, 15, 4.2)} ${shape(13.9, 5.3, 18.7, 10.1, 7.8, 21, 3, 16.2)} ${shape(2.2, 17.6, 6.4, 21.8, 1, 23)}`,
  ],
  ['check', `${circle(12, 12, 11)} ${shape(6.2, 12.2, 10.4, 16.8, 17.8, 8.6, 16.2, 7.2, 10.4, 13.6, 7.8, 10.8)}`],
  [
    'cross',
    `${circle(12, 12, 11)} ${shape(7.2, 8.7, 10.5, 12, 7.2, 15.3, 8.7, 16.8, 12, 13.5, 15.3, 16.8, 16.8, 15.3, 13.5, 12, 16.8, 8.7, 15.3, 7.2, 12, 10.5, 8.7, 7.2)}`,
  ],
  [
    'star',
    shape(12, 0.8, 15.4, 8.4, 23.6, 9.3, 17.5, 14.9, 19.2, 23, 12, 18.9, 4.8, 23, 6.5, 14.9, 0.4, 9.3, 8.6, 8.4),
  ],
  [
    'flag',
    `${shape(3.4, 1, 5.6, 1, 5.6, 23, 3.4, 23)} ${shape(6.8, 2.2, 21.4, 2.2, 17.6, 7.8, 21.4, 13.4, 6.8, 13.4)}`,
  ],
  ['arrow', shape(13.2, 3.4, 22.6, 12, 13.2, 20.6, 13.2, 14.6, 1.4, 14.6, 1.4, 9.4, 13.2, 9.4)],
])

export const ICON_NAMES: readonly string[] = [...DRAWN.keys()]

/** Between them a theme may draw its own. */
const PATH = /^M[MLCQZ0-9.,\s-]{3,4000}$/
const COUNTS: ReadonlyMap<string, number> = new Map([...Object.entries({ M: 2, L: 2, C: 6, Q: 4, Z: 0 })])

/** The operators of an outline, of a name or as SVG writes one (M, L, C, Q and Z); undefined if it is none. */
export function outlineOf(said: string): (string | number)[] | undefined {
  const text = DRAWN.get(said) ?? said
  if (!PATH.test(text)) return undefined
  const out: (string | number)[] = []
  for (const [, name = '', rest = ''] of text.matchAll(/([MLCQZ])([^MLCQZ]*)/g)) {
    const numbers = rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []
    if (rest.replace(/-?(?:\d+\.?\d*|\.\d+)/g, '').replace(/[\s,]/g, '') !== '') return undefined
    const count = COUNTS.get(name)!
    if (count === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % count !== 0) return undefined
    if (count === 0) out.push(name)
    for (let i = 0; i < numbers.length; i += count || 1) {
      // what follows the first pair of a move is a line (SVG 2, 9.3.3)
      out.push(name === 'M' && i > 0 ? 'L' : name, ...numbers.slice(i, i + count).map(Number))
    }
  }
  return out
}

/** Of a block set apart, by its kind; none where the theme draws none for it. */
export function iconOf({ icons }: Pick<Theme, 'icons'>, block: Block): Icon | undefined {
  const kind = icons && kindOf(icons, block)
  const d = kind === undefined ? undefined : outlineOf(icons!.kinds[kind]!)
  return d && { d, size: icons!.size ?? 1.4, column: icons!.column ?? 2, colour: icons!.colour ?? 'ink' }
}

/** By which of its names such a block has one: 'aside tip'. */
export function iconKey({ icons }: Pick<Theme, 'icons'>, block: Block): string | undefined {
  const kind = icons && kindOf(icons, block)
  return kind === undefined ? undefined : `${block.role} ${kind}`
}

function kindOf({ kinds }: IconStyle, block: Block): string | undefined {
  if (block.kind !== 'group' || (block.role !== 'aside' && block.role !== 'note')) return undefined
  return [...block.classes, block.role].find((name) => Object.hasOwn(kinds, name))
}
