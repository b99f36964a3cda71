// What a cover is made on. In: its size, its words, its colours, and whoever letters them. Out: rules and outlines, put where a manner
// wants them.
import type { PathItem, Rule } from '../layout/typeset.js'
import { type Fitted, type Letterer, letterText, type Manner, place } from './lettering.js'

export interface Words {
  /** The title, or what stands for it. */
  title: string
  /** It in capitals, for manners that set it so. */
  capitals: string
  subtitle: string | undefined
  authors: readonly string[]
  /** What series it is of, and who publishes it. */
  foot: readonly string[]
  /** What parts scenes, if a face has it. */
  ornament: string | undefined
}

export interface Colours {
  ground: string
  ink: string
  accent: string
}

/** Where lines stand: at the margin where reading begins, or on the middle axis. */
export type Axis = 'start' | 'middle'

export interface Board {
  width: number
  height: number
  words: Words
  colours: Colours
  letterer: Letterer
  items: (Rule | PathItem)[]
  rule(x: number, y: number, width: number, height: number, colour: string): void
  /** At the margin where reading begins. */
  bar(margin: number, y: number, width: number, height: number, colour: string): void
  /** `x`: the margin, or the middle. */
  set(fitted: Fitted, axis: Axis, x: number, baseline: number, leading: number, colour: string): void
  /** As large as fits; `room.most` lines. */
  fit(text: string, manner: Manner, room: Room): Fitted
  /** Each text on lines of its own, all in one size: divided if it would be much too small on one, smaller if all together do not fit. */
  lines(texts: readonly string[], manner: Manner, size: number, width: number, height: number): Fitted
  circle(x: number, y: number, radius: number, colour: string): void
}

export interface Room {
  width: number
  height: number
  largest: number
  smallest: number
  leading: number
  most: number
}

/** As small as a line is made before it is divided instead. */
const LEAST = 0.75
/** Of lines of one size, below one another. */
export const LEADING = 1.4

export function createBoard(width: number, height: number, words: Words, colours: Colours, letterer: Letterer): Board {
  const items: Board['items'] = []
  const rule: Board['rule'] = (x, y, w, h, colour) => {
    items.push({ kind: 'rule', tag: -1, x: round(x), y: round(y), width: round(w), height: round(h), colour })
  }
  return {
    width,
    height,
    words,
    colours,
    letterer,
    items,
    rule,
    bar: (margin, y, w, h, colour) => rule(letterer.rightToLeft ? width - margin - w : margin, y, w, h, colour),
    set(fitted, axis, x, baseline, leading, colour) {
      fitted.lines.forEach((line, i) => {
        const at =
          axis === 'middle'
            ? x - ((line.left + line.right) / 2) * fitted.size
            : letterer.rightToLeft
              ? width - x - line.right * fitted.size
              : x - line.left * fitted.size
        items.push(outline(place(line.path, at, baseline + i * leading * fitted.size, fitted.size), colour))
      })
    },
    fit: (text, manner, room) => letterText(letterer, text, manner, room),
    lines(texts, manner, size, most, height) {
      const set = texts.flatMap((text) => {
        const line = letterer.line(text, manner)
        const smallest = size * LEAST
        if ((line.right - line.left) * smallest <= most) return [line]
        return letterText(letterer, text, manner, {
          width: most,
          height: Infinity,
          largest: size,
          smallest,
          leading: LEADING,
          most: 6,
        }).lines
      })
      const widest = Math.max(...set.map((line) => line.right - line.left), 0.01)
      return { lines: set, size: Math.min(size, most / widest, height / (set.length * LEADING)) }
    },
    circle(x, y, radius, colour) {
      // Four quarters, each a cubic that strays from the circle by less than three in ten thousand of the radius.
      const k = radius * 0.5523
      const d = ['M', x + radius, y]
      for (const [ax, ay] of [
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as const) {
        const [bx, by] = [-ay, ax]
        const from = [x + ax * radius + bx * k, y + ay * radius + by * k]
        const to = [x + bx * radius + ax * k, y + by * radius + ay * k, x + bx * radius, y + by * radius]
        d.push('C', ...from, ...to)
      }
      items.push(outline([...d, 'Z'], colour))
    },
  }
}

function outline(path: (string | number)[], colour: string): PathItem {
  return { kind: 'path', tag: -1, d: path.map((part) => (typeof part === 'number' ? round(part) : part)), colour }
}

/** Hundredths of a point: finer than any raster, and short in the file. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}
