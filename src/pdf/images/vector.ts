// In: an SVG that has been brought to plain paths. Out: PDF operators, or nothing if it says more than they can: gradients,
// patterns, masks, filters, pictures, groups that are transparent as a whole.
import { decimal } from '../file/syntax.js'

export interface VectorOptions {
  /** Transparency may stay transparency. */
  alpha: boolean
  /** Operators that set a colour, '#rrggbb', for filling and for stroking. */
  fill: (colour: string) => string
  stroke: (colour: string) => string
}

export interface Vector {
  width: number
  height: number
  /** In a space of `width` by `height`, y downwards. */
  content: string
  /** Graphics states by name: how opaque filling and stroking are. */
  states: Map<string, { fill: number; stroke: number }>
}

interface Element {
  name: string
  attributes: Map<string, string>
  children: Element[]
}

/** Graphics states may be nested 28 deep (PDF/A-2, 6.1.13); pages and pictures take some. */
const DEPTH = 20

/** Of groups and paths; whatever else they have is more than we can say. */
const GROUP = new Set(['id', 'transform', 'opacity', 'clip-path'])
const PATH = new Set([
  'id',
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-opacity',
  'transform',
  'd',
  'visibility',
  'shape-rendering',
  'clip-rule',
])
const CAPS = new Map<string, number>(Object.entries({ butt: 0, round: 1, square: 2 }))
const JOINS = new Map<string, number>(Object.entries({ miter: 0, round: 1, bevel: 2 }))

/** Thrown and caught here: the picture is for pixels. */
class Beyond extends Error {}

export function toOperators(svg: string, options: VectorOptions): Vector | undefined {
  try {
    return write(parse(svg), options)
  } catch (reason) {
    if (reason instanceof Beyond) return undefined
    throw reason
  }
}

/** The normal form has elements and attributes in double quotes alone. */
function parse(svg: string): Element {
  const root: Element = { name: '', attributes: new Map(), children: [] }
  const stack = [root]
  for (const [, closing, name, rest, empty] of svg.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g)) {
    if (closing) {
      stack.pop()
      continue
    }
    const attributes = new Map<string, string>()
    for (const [, key, value] of rest!.matchAll(/([\w:-]+)="([^"]*)"/g)) attributes.set(key!, value!)
    const element = { name: name!, attributes, children: [] }
    stack.at(-1)!.children.push(element)
    if (!empty) stack.push(element)
  }
  const [top] = root.children
  if (top?.name !== 'svg') throw new Beyond()
  return top
}

function write(svg: Element, options: VectorOptions): Vector {
  const width = number(svg, 'width', 0)
  const height = number(svg, 'height', 0)
  const box = (svg.attributes.get('viewBox') ?? `0 0 ${width} ${height}`).split(/[\s,]+/).map(Number)
  const [left, top, across, down] = box as [number, number, number, number]
  if (!(width > 0 && height > 0 && across > 0 && down > 0) || svg.attributes.has('preserveAspectRatio'))
    throw new Beyond()
  // The whole view box, as large as it fits, in the middle.
  const scale = Math.min(width / across, height / down)
  const view = [
    scale,
    0,
    0,
    scale,
    (width - across * scale) / 2 - left * scale,
    (height - down * scale) / 2 - top * scale,
  ]
  const clips = new Map<string, Element>()
  for (const { name, children } of svg.children)
    if (name === 'defs') for (const child of children) clips.set(child.attributes.get('id') ?? '', child)

  const states: Vector['states'] = new Map()
  let content = `${view.map(decimal).join(' ')} cm\n`
  const walk = (element: Element, depth: number, opacity: number): void => {
    if (depth > DEPTH) throw new Beyond()
    if (element.name === 'path') content += path(element, options, states, opacity)
    else if (element.name === 'g') {
      for (const key of element.attributes.keys()) if (!GROUP.has(key)) throw new Beyond()
      const own = number(element, 'opacity', 1)
      // Half of a group is not the group of halves, unless there is but one thing in it.
      if (own < 1 && !isSingle(element)) throw new Beyond()
      const inside = transform(element) + clip(element, clips)
      if (inside !== '') content += `q\n${inside}`
      for (const child of element.children) walk(child, inside === '' ? depth : depth + 1, opacity * own)
      if (inside !== '') content += 'Q\n'
    } else if (element.name !== 'defs') throw new Beyond()
  }
  for (const child of svg.children) walk(child, 1, 1)
  return { width, height, content, states }
}

function isSingle({ children }: Element): boolean {
  const [only] = children
  if (children.length !== 1 || !only) return children.length === 0
  if (only.name === 'g') return isSingle(only)
  const has = (key: string) => (only.attributes.get(key) ?? 'none') !== 'none'
  return only.name === 'path' && !(has('fill') && has('stroke'))
}

function clip(element: Element, clips: Map<string, Element>): string {
  const reference = element.attributes.get('clip-path')
  if (reference === undefined) return ''
  const found = clips.get(/^url\(#(.*)\)$/.exec(reference)?.[1] ?? '')
  const [shape] = found?.children ?? []
  if (found?.name !== 'clipPath' || found.children.length !== 1 || shape?.name !== 'path') throw new Beyond()
  if ([...found.attributes.keys()].some((key) => key !== 'id') || shape.attributes.has('transform')) throw new Beyond()
  const rule = shape.attributes.get('clip-rule') ?? 'nonzero'
  return `${segments(shape.attributes.get('d') ?? '')}${rule === 'evenodd' ? 'W*' : 'W'} n\n`
}

function path(element: Element, options: VectorOptions, states: Vector['states'], opacity: number): string {
  const { attributes } = element
  for (const key of attributes.keys()) if (!PATH.has(key)) throw new Beyond()
  if ((attributes.get('visibility') ?? 'visible') !== 'visible') return ''
  const fill = colour(attributes.get('fill') ?? '#000000')
  const stroke = colour(attributes.get('stroke') ?? 'none')
  if (!fill && !stroke) return ''

  let out = transform(element)
  const opaque = {
    fill: fill ? number(element, 'fill-opacity', 1) * opacity : 1,
    stroke: stroke ? number(element, 'stroke-opacity', 1) * opacity : 1,
  }
  if (opaque.fill < 1 || opaque.stroke < 1) {
    if (!options.alpha) throw new Beyond()
    const name = `A${Math.round(opaque.fill * 1000)}-${Math.round(opaque.stroke * 1000)}`
    states.set(name, opaque)
    out += `/${name} gs\n`
  }
  if (fill) out += options.fill(fill)
  if (stroke) {
    const cap = CAPS.get(attributes.get('stroke-linecap') ?? 'butt')
    const join = JOINS.get(attributes.get('stroke-linejoin') ?? 'miter')
    if (cap === undefined || join === undefined) throw new Beyond()
    const dashes = attributes.get('stroke-dasharray') ?? 'none'
    out +=
      options.stroke(stroke) +
      `${decimal(number(element, 'stroke-width', 1))} w ${cap} J ${join} j ` +
      `${decimal(Math.max(1, number(element, 'stroke-miterlimit', 4)))} M\n`
    if (dashes !== 'none')
      out += `[${dashes
        .split(/[\s,]+/)
        .map((n) => decimal(Number(n)))
        .join(' ')}] ${decimal(number(element, 'stroke-dashoffset', 0))} d\n`
  }
  const evenOdd = attributes.get('fill-rule') === 'evenodd' ? '*' : ''
  const paint = fill && stroke ? `B${evenOdd}` : fill ? `f${evenOdd}` : 'S'
  return `q\n${out}${segments(attributes.get('d') ?? '')}${paint}\nQ\n`
}

function transform(element: Element): string {
  const value = element.attributes.get('transform')
  if (value === undefined) return ''
  const matrix = /^matrix\(([^)]*)\)$/
    .exec(value)?.[1]
    ?.trim()
    .split(/[\s,]+/)
    .map(Number)
  if (matrix?.length !== 6 || !matrix.every(Number.isFinite)) throw new Beyond()
  // Six decimals: three would make a rotated drawing drift.
  return `${matrix
    .map((n) => Number(n.toFixed(6)))
    .map(plain)
    .join(' ')} cm\n`
}

/** No exponent: PDF has none. */
function plain(value: number): string {
  return Math.abs(value) < 1e-6 ? '0' : value.toFixed(6).replace(/\.?0+$/, '')
}

/** M, L, Q, C and Z in absolute numbers, as the normal form has them. */
function segments(d: string): string {
  let out = ''
  let x = 0
  let y = 0
  for (const [, command, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const n =
      rest!.trim() === ''
        ? []
        : rest!
            .trim()
            .split(/[\s,]+/)
            .map(Number)
    if (!n.every(Number.isFinite)) throw new Beyond()
    const at = n.length - 2
    if ((command === 'M' || command === 'L') && n.length === 2)
      out += `${n.map(decimal).join(' ')} ${command === 'M' ? 'm' : 'l'}\n`
    else if (command === 'C' && n.length === 6) out += `${n.map(decimal).join(' ')} c\n`
    else if (command === 'Q' && n.length === 4) {
      const [cx, cy, tx, ty] = n as [number, number, number, number]
      const third = (from: number, to: number) => decimal(from + (2 / 3) * (to - from))
      out += `${third(x, cx)} ${third(y, cy)} ${third(tx, cx)} ${third(ty, cy)} ${decimal(tx)} ${decimal(ty)} c\n`
    } else if (command === 'Z' && n.length === 0) out += 'h\n'
    else throw new Beyond()
    if (at >= 0) [x, y] = [n[at]!, n[at + 1]!]
  }
  return out
}

function number(element: Element, key: string, absent: number): number {
  const value = element.attributes.get(key)
  if (value === undefined) return absent
  const found = Number(value)
  if (!Number.isFinite(found)) throw new Beyond()
  return found
}

function colour(value: string): string | undefined {
  if (value === 'none') return undefined
  if (!/^#[0-9a-f]{6}$/i.test(value)) throw new Beyond()
  return value
}
