// In: a shape. Out: how many numbers its outline has, how long it is at most, and the box that it lies in.
import type { Element } from '../parse-xml.js'
import { type Box, numbersOf, placeIn } from './bounds.js'
import type { Styles } from './cascade.js'

export interface Outline {
  numbers: number
  /** In its own units. */
  length: number
  box: Box
}

/** Undefined: it is no shape. */
export function outlineOf(element: Element, styles: Styles, view: readonly number[]): Outline | undefined {
  const get = (name: string) => element.attributes.get(name) ?? styles.get(name)?.join(' ')
  const diagonal = Math.hypot(view[2] ?? 100, view[3] ?? 100)
  const lengthOf = (name: string, absent = 0) => {
    const value = get(name)
    if (value === undefined) return absent
    const most = numbersOf(value).reduce((a, b) => Math.max(a, Math.abs(b)), 0)
    // Units are larger than a pixel at most by those of an inch.
    return value.includes('%') ? (most / 100) * diagonal : /[a-z]/i.test(value) ? most * 96 : most
  }
  const signed = (name: string) => placeIn(get(name) ?? '0', (name.includes('x') ? view[2] : view[3]) ?? 100)
  const rectangle = (left: number, top: number, width: number, height: number, numbers: number): Outline => ({
    numbers,
    length: 4 * (width + height),
    box: { left, top, right: left + width, bottom: top + height },
  })
  switch (element.name) {
    case 'rect':
      return rectangle(signed('x'), signed('y'), lengthOf('width', diagonal), lengthOf('height', diagonal), 24)
    case 'circle':
    case 'ellipse': {
      const [x, y] = [lengthOf('rx', lengthOf('r', lengthOf('ry'))), lengthOf('ry', lengthOf('r', lengthOf('rx')))]
      return rectangle(signed('cx') - x, signed('cy') - y, 2 * x, 2 * y, 26)
    }
    case 'line':
      return along([['M', [signed('x1'), signed('y1'), signed('x2'), signed('y2')]]])
    case 'polyline':
    case 'polygon':
      return along([['M', numbersOf(get('points') ?? '')]])
    case 'path': {
      const all = [element.attributes.get('d') ?? '', ...(styles.get('d') ?? [])].join(' ')
      return along(
        [...all.matchAll(/([MLHVCSQTAZ])([^MLHVCSQTAZ]*)/gi)].map(([, command, rest]) => [command!, numbersOf(rest!)]),
      )
    }
    default:
      return undefined
  }
}

/** Numbers to a step, by command. */
const STEP = new Map([
  ['M', 2],
  ['L', 2],
  ['T', 2],
  ['H', 1],
  ['V', 1],
  ['C', 6],
  ['S', 4],
  ['Q', 4],
  ['A', 7],
])

function along(commands: readonly [string, number[]][]): Outline {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  let [x, y, length, count] = [0, 0, 0, 0]
  let start: [number, number] = [0, 0]
  /** The last handle of a curve: a smooth one goes on in its direction. */
  let handle: [number, number] | undefined
  const touch = (px: number, py: number, more = 0) => {
    box.left = Math.min(box.left, px - more)
    box.top = Math.min(box.top, py - more)
    box.right = Math.max(box.right, px + more)
    box.bottom = Math.max(box.bottom, py + more)
  }
  const to = (px: number, py: number) => {
    length += Math.abs(px - x) + Math.abs(py - y)
    ;[x, y] = [px, py]
    touch(x, y)
  }
  for (const [command, n] of commands) {
    const kind = command.toUpperCase()
    const step = STEP.get(kind)
    count += n.length + 1
    if (step === undefined) to(...start)
    for (let at = 0; step !== undefined && at + step <= n.length; at += step) {
      const [fromX, fromY] = command === kind ? [0, 0] : [x, y]
      if (kind === 'H') to(n[at]! + fromX, y)
      else if (kind === 'V') to(x, n[at]! + fromY)
      else if (kind === 'A') {
        // An arc goes round its ellipse at most once, and does not leave it by more than its width.
        const reach = 2 * Math.max(Math.abs(n[at]!), Math.abs(n[at + 1]!))
        touch(x, y, reach)
        to(n[at + 5]! + fromX, n[at + 6]! + fromY)
        touch(x, y, reach)
        length += 4 * reach
        count += 24
      } else {
        const mirrored: [number, number] = [2 * x - (handle?.[0] ?? x), 2 * y - (handle?.[1] ?? y)]
        if (kind === 'S' || kind === 'T') touch(...mirrored)
        for (let pair = at; pair + 2 <= at + step; pair += 2) {
          if (pair + 4 === at + step) handle = [n[pair]! + fromX, n[pair + 1]! + fromY]
          to(n[pair]! + fromX, n[pair + 1]! + fromY)
        }
        if (kind === 'T') handle = mirrored
        if (kind === 'M' && at === 0) start = [x, y]
      }
      if (!/[CSQT]/.test(kind)) handle = undefined
    }
  }
  return { numbers: count, length, box }
}
