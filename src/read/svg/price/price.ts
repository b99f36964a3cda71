// In: an SVG's elements, its rules of style, and its size. Out: what it costs to draw, in milliseconds; or a Fault, if that is too much.
//
// The painter (resvg in WebAssembly) is given a picture whole and works until it is done: what `use`, masks and patterns multiply, what
// filters do to every pixel, what a dash of a thousandth makes of a line has to be counted before. The picture is walked as it will be
// painted, every reference followed each time; the walk ends where the price is too high, so that it is itself never long. Sizes are
// upper bounds: what may match a rule is taken to match, what may be inside of the picture is.
import type { Clean } from '../clean.js'
import { type Element, tooComplex } from '../parse-xml.js'
import {
  type Box,
  boxOf,
  cover,
  IDENTITY,
  isBeyond,
  join,
  type Matrix,
  multiply,
  numbersOf,
  placeIn,
  scaleOf,
  transformOf,
} from './bounds.js'
import { type Cascade, type Styles, stylesOf } from './cascade.js'
import { COST, type Ledger, openLedger } from './costs.js'
import { filterWork } from './filters.js'
import { outlineOf } from './path-outline.js'
import { createRelations, MAX_DEPTH, type Relations } from './relations.js'
import { areLettersPlain, boxOfText } from './text-box.js'

/** A picture is priced as if it filled such a box, of pixels: a page of four and a half by six and three quarter inches, at 400 to the inch. */
const SHEET = { width: 1800, height: 2700 }

interface Around {
  matrix: Matrix
  depth: number
  /** How often it is drawn. */
  times: number
  /** It is drawn where it is written, not where something refers to it. */
  written: boolean
  /** Bytes of the layers that it is drawn into. */
  held: number
  styles: Styles
}

/** What is priced, and how far. */
interface Walk {
  picture: Clean
  canvas: Box
  view: readonly number[]
  /** In the picture's own units. */
  user: { width: number; height: number }
  cascade: Cascade
  relations: Relations
  ledger: Ledger
  unseen: Set<Element>
  layers: number
  /** Times that it was not certain where something is drawn: that is one of several places, or depends on what only the painter knows. */
  unsure: number
  plainLetters: boolean | undefined
}

/** In milliseconds, and at most so many. `unseen`: what lies outside of the picture, on layers of its own. */
export function priceOf(
  picture: Clean,
  size: { width: number; height: number },
  most: number,
): { work: number; unseen: Set<Element> } {
  const unit = Math.min(SHEET.width / size.width, SHEET.height / size.height)
  const canvas: Box = { left: 0, top: 0, right: size.width * unit, bottom: size.height * unit }
  const view = numbersOf(picture.root.attributes.get('viewBox') ?? '')
  const user = { width: view[2] ?? size.width, height: view[3] ?? size.height }
  const cascade = stylesOf(picture.rules)
  const [relations, ledger, unseen] = [createRelations(cascade), openLedger(most), new Set<Element>()]
  const walk: Walk = {
    ...{ picture, canvas, view, user, cascade, relations, ledger, unseen },
    ...{ layers: 0, unsure: 0, plainLetters: undefined },
  }
  const said = picture.rules.reduce((sum, { declarations }) => sum + 1 + declarations.length, 0)
  ledger.spend(said * said * COST.declaration, 1)
  meet(walk, picture.root, undefined)
  if (picture.rules.length > 0) match(walk, picture.root, 1)
  const shift: Matrix = [unit, 0, 0, unit, -(view[0] ?? 0) * unit, -(view[1] ?? 0) * unit]
  draw(walk, picture.root, {
    matrix: view.length === 4 ? shift : IDENTITY,
    depth: 1,
    times: 1,
    written: true,
    held: canvasBytes(canvas),
    styles: new Map(),
  })
  return { work: ledger.work, unseen }
}

/** Every element is met once, and compared with every rule. */
function meet(walk: Walk, element: Element, parent: Element | undefined): void {
  const { ledger } = walk
  walk.relations.meet(element, parent)
  ledger.match(walk.cascade.cost(element))
  const said = element.attributes.get('style')?.split(';').length ?? 0
  ledger.spend(COST.element + said * said * COST.declaration, 1)
  for (const child of element.children) if (typeof child !== 'string') meet(walk, child, element)
}

function match(walk: Walk, element: Element, depth: number): void {
  const { cascade, ledger } = walk
  ledger.spend((cascade.cost(element) + cascade.ways(element, depth)) * COST.match, 1)
  for (const child of element.children) if (typeof child !== 'string') match(walk, child, depth + 1)
}

function children(walk: Walk, element: Element, around: Around): Box | undefined {
  let box: Box | undefined
  for (const child of element.children) if (typeof child !== 'string') box = join(box, draw(walk, child, around))
  return box
}

/** Where it paints, in pixels. */
function draw(walk: Walk, element: Element, outer: Around): Box | undefined {
  const { canvas, cascade, ledger, unseen } = walk
  ledger.spend(COST.element, outer.times)
  if (NEVER.has(element.name)) return undefined
  const styles = cascade.of(element, outer.styles)
  const own = transformOf(styles.get('transform') ?? [])
  const around = { ...deeper(outer), matrix: multiply(outer.matrix, own), styles }
  const layered = isLayered(styles)
  const before = { layers: walk.layers, unsure: walk.unsure }
  if (layered) walk.layers++
  if (isUnsteady(element, styles)) walk.unsure++
  const layer = canvasBytes(canvas)
  const inner = layered ? { ...around, held: around.held + layer } : around
  ledger.hold(inner.held)
  const box = contents(walk, element, inner)
  const reach = layered ? effects(walk, styles, around, box) : box
  // A layer that is far outside the painter cannot cut to what it can show.
  const lost =
    reach !== undefined && walk.layers > before.layers && walk.unsure === before.unsure && isBeyond(reach, canvas)
  if (lost && around.written) unseen.add(element)
  return reach
}

function contents(walk: Walk, element: Element, around: Around): Box | undefined {
  const { picture, canvas, view, ledger, relations } = walk
  switch (element.name) {
    case 'use': {
      const target = relations.hrefOf(element)
      if (target === undefined) return undefined
      const moved = { ...placed(walk, element, around), written: false }
      return target.name === 'symbol' || target.name === 'svg'
        ? viewport(walk, target, element, moved)
        : draw(walk, target, moved)
    }
    case 'svg':
      return element === picture.root
        ? children(walk, element, around)
        : viewport(walk, element, element, placed(walk, element, around))
    case 'image':
    case 'feImage': {
      const pixels = picture.pixels.get(element) ?? 0
      ledger.hold(around.held + pixels * 8)
      const box = boxOf(element, around.matrix, view)
      const covered = cover(box, canvas)
      ledger.spend(pixels * COST.decoded + covered * COST.tile, around.times)
      const inside = relations.hrefOf(element)
      return inside === undefined ? box : join(box, draw(walk, inside, { ...around, written: false }))
    }
    case 'text':
      return text(walk, element, around)
    case 'g':
    case 'switch':
    case 'tspan':
    case 'textPath':
      return children(walk, element, around)
    default:
      return shape(walk, element, around)
  }
}

function placed(walk: Walk, element: Element, around: Around): Around {
  const { user } = walk
  const place = (name: string, whole: number) => placeIn(element.attributes.get(name) ?? '', whole)
  const [x, y] = [place('x', user.width), place('y', user.height)]
  return { ...around, matrix: multiply(around.matrix, [1, 0, 0, 1, x, y]) }
}

/** A view box within another: as large as it may be. */
function viewport(walk: Walk, target: Element, from: Element, around: Around): Box | undefined {
  const { picture, canvas, view, user } = walk
  const before = walk.unsure
  const box = numbersOf(target.attributes.get('viewBox') ?? '')
  const side = (name: string, whole: number) => {
    const given = from.attributes.get(name) ?? target.attributes.get(name) ?? '100%'
    return placeIn(given, whole)
  }
  const [width, height] = [side('width', user.width), side('height', user.height)]
  const scale = box.length === 4 && box[2]! > 0 && box[3]! > 0 ? Math.max(width / box[2]!, height / box[3]!) : 1
  const matrix = multiply(around.matrix, [scale, 0, 0, scale, -(box[0] ?? 0) * scale, -(box[1] ?? 0) * scale])
  const shown = children(walk, target, { ...deeper(around), matrix })
  // It shows nothing outside of itself, wherever in it that is.
  const own = boxOf({ left: 0, top: 0, right: width, bottom: height }, around.matrix, view)
  const told = [from, target].map(({ attributes }) => `${attributes.get('overflow')} ${attributes.get('style')}`)
  const open = picture.rules.length > 0 || told.some((style) => /visible|auto|overflow|width|height|[xy]:/.test(style))
  const hidden = !open && isBeyond(own, canvas)
  walk.unsure = hidden ? before : walk.unsure + 1
  return hidden ? own : shown
}

function text(walk: Walk, element: Element, around: Around): Box | undefined {
  const { picture, canvas, view, cascade, ledger, relations } = walk
  const count = lettersOf(element)
  ledger.letters(count, around.times)
  // Each run may have paint of its own; all of them may be anywhere.
  const runs = (part: Element, styles: Styles): number => {
    let sum = 1
    const number =
      (numbersOf((styles.get('font-size') ?? ['16']).join(' ')).reduce((a, b) => Math.max(a, b), 0) || 16) *
      scaleOf(around.matrix)
    const covered = Math.min(cover(canvas, canvas), lettersOf(part) * number * number)
    paint(walk, styles, { ...around, styles }, canvas, covered)
    for (const child of part.children) if (typeof child !== 'string') sum += runs(child, cascade.of(child, styles))
    const path = relations.hrefOf(part)
    if (path !== undefined && part.name === 'textPath') draw(walk, path, { ...around, written: false })
    return sum
  }
  ledger.spend(runs(element, around.styles) * COST.element, around.times)
  walk.plainLetters ??= picture.rules.length === 0 && areLettersPlain(picture.root)
  const own = walk.plainLetters ? boxOfText(element, around.styles) : undefined
  return own === undefined ? canvas : boxOf(own, around.matrix, view)
}

function shape(walk: Walk, element: Element, around: Around): Box | undefined {
  const { canvas, view, ledger, relations } = walk
  const outline = outlineOf(element, around.styles, view)
  if (outline === undefined) return undefined
  ledger.points(outline.numbers, around.times)
  const scale = scaleOf(around.matrix)
  const stroked = (around.styles.get('stroke') ?? []).some((value) => value !== 'none')
  const width = stroked ? Math.max(...widthsOf(around.styles), 0) * scale : 0
  const box = boxOf(outline.box, around.matrix, view, width * 2)
  const rows = Math.min(outline.length * scale, outline.numbers * (canvas.bottom - canvas.top))
  ledger.spend(rows * COST.row * (stroked ? 3 : 1), around.times)
  if (stroked) dashes(walk, around, outline.length)
  paint(walk, around.styles, around, box, cover(box, canvas))
  for (const marker of relations.referred(around.styles, 'marker', 'marker-start', 'marker-mid', 'marker-end')) {
    walk.unsure++
    const times = around.times * (outline.numbers / 2 + 2)
    const size = Math.max(1, width / scale)
    const inner = {
      ...around,
      times,
      matrix: multiply(around.matrix, [size, 0, 0, size, 0, 0]),
      depth: around.depth + 1,
      styles: relations.stylesAt(marker),
      written: false,
    }
    viewport(walk, marker, renamed(marker), inner)
  }
  return box
}

function dashes(walk: Walk, around: Around, length: number): void {
  const { ledger } = walk
  for (const value of around.styles.get('stroke-dasharray') ?? []) {
    const pattern = numbersOf(value)
    const period = pattern.reduce((sum, each) => sum + Math.max(0, each), 0)
    if (pattern.length > 0 && period > 0) ledger.spend((length / period) * pattern.length * COST.dash, around.times)
  }
}

function paint(walk: Walk, styles: Styles, around: Around, box: Box, covered: number): void {
  const { ledger, relations } = walk
  ledger.spend(covered * COST.pixel * 2, around.times)
  for (const server of relations.referred(styles, 'fill', 'stroke')) {
    ledger.spend(covered * COST.gradient, around.times)
    for (const each of relations.chain(server)) {
      if (each.name !== 'pattern') ledger.spend(each.children.length * COST.element, around.times)
      else tile(walk, each, around, box)
    }
  }
}

function tile(walk: Walk, pattern: Element, around: Around, box: Box): void {
  const { ledger, relations } = walk
  const [width = 0, height = 0] = ['width', 'height'].map((name) => {
    const value = pattern.attributes.get(name) ?? '0'
    return (numbersOf(value)[0] ?? 0) / (value.trim().endsWith('%') ? 100 : 1)
  })
  const own = transformOf([pattern.attributes.get('patternTransform') ?? ''])
  const scale = scaleOf(multiply(around.matrix, own))
  // In shares of what is painted, or in units; a share is never more than what is seen.
  const units = width * height * scale * scale
  const shares = width * height * scaleOf(own) ** 2 * Math.max(1, (box.right - box.left) * (box.bottom - box.top))
  const pixels = pattern.attributes.get('patternUnits') === 'userSpaceOnUse' ? units : shares
  ledger.hold(around.held + pixels * 4)
  ledger.spend(pixels * COST.tile, around.times)
  children(walk, pattern, {
    ...around,
    depth: around.depth + 1,
    matrix: multiply(around.matrix, own),
    styles: relations.stylesAt(pattern),
    written: false,
  })
}

function deeper(around: Around, held = around.held): Around {
  if (around.depth >= MAX_DEPTH) throw tooComplex('refers to itself, or is nested too deeply')
  return { ...around, held, depth: around.depth + 1 }
}

/** A layer, and what is done to it as a whole. */
function effects(walk: Walk, styles: Styles, around: Around, box: Box | undefined): Box | undefined {
  const { canvas, user, ledger, relations } = walk
  const covered = Math.max(cover(box ?? canvas, canvas), 1)
  ledger.spend(covered * COST.layer, around.times)
  const held = around.held + canvasBytes(canvas)
  for (const each of relations.referred(styles, 'clip-path', 'mask')) {
    ledger.spend(covered * COST.mask, around.times)
    ledger.hold(held + canvasBytes(canvas))
    // Units of the box that is masked may stretch what is in them to all of it.
    const shares = [each.attributes.get('clipPathUnits'), each.attributes.get('maskContentUnits')].includes(
      'objectBoundingBox',
    )
    const within = box ?? canvas
    const matrix: Matrix = shares
      ? [within.right - within.left, 0, 0, within.bottom - within.top, within.left, within.top]
      : around.matrix
    const inner = { ...deeper(around, held), matrix, styles: relations.stylesAt(each), written: false }
    const shown = children(walk, each, inner)
    if (isLayered(inner.styles)) effects(walk, inner.styles, inner, shown)
  }
  let reach = box
  for (const each of relations.referred(styles, 'filter')) {
    for (const filter of relations.chain(each)) {
      const { nanoseconds, bytes, region } = filterWork(filter, around.matrix, box, canvas, user)
      ledger.spend(nanoseconds, around.times)
      ledger.hold(held + bytes)
      for (const part of filter.children)
        if (typeof part !== 'string' && part.name === 'feImage') contents(walk, part, deeper(around, held))
      reach = join(reach, region)
    }
  }
  return reach
}

/** What is drawn only where it is referred to. */
const NEVER = new Set(
  'defs symbol style title desc linearGradient radialGradient stop pattern clipPath mask marker filter view'.split(' '),
)

function isLayered(styles: Styles): boolean {
  const says = (name: string, not: RegExp) => (styles.get(name) ?? []).some((value) => !not.test(value))
  return (
    says('opacity', /^(?:1|100%|inherit)$/) ||
    says('mix-blend-mode', /^normal$/) ||
    says('isolation', /^auto$/) ||
    ['clip-path', 'mask', 'filter'].some((name) => says(name, /^none$/))
  )
}

const PLACING = 'transform d x y cx cy r rx ry width height'.split(' ')

/** Are there several places where it may be, or is its place told in a way that is not reckoned here? */
function isUnsteady({ name, attributes }: Element, styles: Styles): boolean {
  return (
    PLACING.some((one) => (styles.get(one)?.length ?? 0) > 1 || /\d(?:em|ex|rem)\b/.test(attributes.get(one) ?? '')) ||
    /transform-(?:origin|box)/.test(attributes.get('style') ?? '') ||
    ['transform-origin', 'transform-box'].some((one) => attributes.has(one) || styles.has(one)) ||
    (name === 'line' && /[a-z%]/i.test(['x1', 'x2', 'y1', 'y2'].map((one) => attributes.get(one) ?? '').join()))
  )
}

function widthsOf(styles: Styles): number[] {
  return (styles.get('stroke-width') ?? ['1']).map((value) => numbersOf(value)[0] ?? 1)
}

function canvasBytes({ right, bottom }: Box): number {
  return right * bottom * 4
}

function lettersOf(element: Element): number {
  let count = 0
  for (const child of element.children) count += typeof child === 'string' ? child.length : lettersOf(child)
  return count
}

/** A marker's size has names of its own. */
function renamed(marker: Element): Element {
  const attributes = new Map([
    ['width', marker.attributes.get('markerWidth') ?? '3'],
    ['height', marker.attributes.get('markerHeight') ?? '3'],
  ])
  return { name: 'marker', attributes, children: [] }
}
