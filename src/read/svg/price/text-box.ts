// In: a text of an SVG, and the styles around it. Out: the box that it cannot leave, in its own units; nothing where that is not sure.
import type { Element } from '../parse-xml.js'
import { type Box, numbersOf } from './bounds.js'
import type { Styles } from './cascade.js'

/** These set letters elsewhere than one after the other. */
const MOVING =
  /spacing|writing-mode|baseline|textLength|lengthAdjust|rotate|glyph|direction|font-size-adjust|font-stretch|kerning/
const PLAIN = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:px)?\s*$/
const PLACES = new Set(['x', 'y', 'dx', 'dy'])
/** No Latin letter, and no letter of another script, is wider than so many ems. */
const [LATIN, OTHER] = [2, 20]

/** True if nothing in the picture has a say in where letters stand but places and sizes. */
export function areLettersPlain(root: Element): boolean {
  for (const [name, value] of root.attributes)
    if (MOVING.test(name) || (name === 'style' && (MOVING.test(value) || /font/.test(value)))) return false
  return root.children.every((child) => typeof child === 'string' || areLettersPlain(child))
}

export function boxOfText(element: Element, styles: Styles): Box | undefined {
  const sizes = styles.get('font-size') ?? []
  const strokes = styles.get('stroke-width') ?? []
  if (styles.has('font') || ![...sizes, ...strokes].every((value) => PLAIN.test(value))) return undefined
  const seen = { size: 16, stroke: 0, ems: 2, moved: 0, xs: [0], ys: [0], sure: true }
  const look = (part: Element) => {
    if (part.name !== 'text' && part.name !== 'tspan') seen.sure = false
    for (const [name, value] of part.attributes) {
      if (PLACES.has(name)) {
        const all = value.trim() === '' ? [] : value.trim().split(/[\s,]+/)
        if (!all.every((each) => PLAIN.test(each))) seen.sure = false
        const numbers = all.map((each) => Number.parseFloat(each))
        if (name === 'x') for (const each of numbers) seen.xs.push(each)
        else if (name === 'y') for (const each of numbers) seen.ys.push(each)
        else for (const each of numbers) seen.moved += Math.abs(each)
      } else if (name === 'font-size' || name === 'stroke-width') {
        if (!PLAIN.test(value)) seen.sure = false
        if (name === 'font-size') seen.size = Math.max(seen.size, Number.parseFloat(value))
        else seen.stroke = Math.max(seen.stroke, Number.parseFloat(value))
      } else if (name === 'font' || name === 'style' ? /font|stroke-width/.test(value) : false) seen.sure = false
    }
    for (const child of part.children)
      if (typeof child !== 'string') look(child)
      else for (const letter of child) seen.ems += letter < '\u0250' ? LATIN : OTHER
  }
  look(element)
  if (!seen.sure) return undefined
  for (const each of sizes) for (const size of numbersOf(each)) seen.size = Math.max(seen.size, size)
  for (const each of strokes) for (const width of numbersOf(each)) seen.stroke = Math.max(seen.stroke, width)
  // The first place counts only where none is given, which makes the box larger than it need be.
  const reach = seen.ems * seen.size + seen.moved + seen.stroke * 8
  const [own, first] = [element.attributes, (all: number[]) => (all.length > 1 ? all.slice(1) : all)]
  const xs = own.has('x') ? first(seen.xs) : seen.xs
  const ys = own.has('y') ? first(seen.ys) : seen.ys
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))]
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))]
  return { left: left - reach, top: top - reach, right: right + reach, bottom: bottom + reach }
}
