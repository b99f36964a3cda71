// In: an SVG's elements, its rules of style, and its size. Out: what it costs to draw, in milliseconds; or a Fault, if that is too much.
//
// The painter (resvg in WebAssembly) is given a picture whole and works until it is done: what `use`, masks and patterns multiply, what
// filters do to every pixel, what a dash of a thousandth makes of a line has to be counted before. The picture is walked as it will be
// painted, every reference followed each time; the walk ends where the price is too high, so that it is itself never long. Sizes are
// upper bounds: what may match a rule is taken to match, what may be inside of the picture is.
// The figures are measured, on one core of a common machine, in nanoseconds.
import { FIXED } from '../../../model/limits.js'
import type { Clean } from '../clean.js'
import { type Element, tooComplex } from '../xml.js'
import { type Styles, stylesOf } from './cascade.js'
import { filterWork } from './filters.js'
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
} from './geometry.js'
import { outlineOf } from './outline.js'
import { areLettersPlain, boxOfText } from './text.js'

/** Bytes of pixels that are held at one time. */
const MAX_HELD = FIXED.svgHeld.value * 1e6
/** Elements in elements, references followed. */
const MAX_DEPTH = FIXED.svgReferences.value
/** Letters of text: each becomes an outline. */
const MAX_LETTERS = FIXED.svgLetters.value
/** Comparisons of elements with rules. */
const MAX_MATCHES = FIXED.svgRules.value
/** Numbers in all outlines, each time that they are drawn. */
const MAX_NUMBERS = FIXED.svgPoints.value

/** A picture is priced as if it filled such a box, of pixels: a page of four and a half by six and three quarter inches, at 400 to the inch. */
const SHEET = { width: 1800, height: 2700 }

/** Nanoseconds. */
const COST = {
  element: 25_000,
  /** An element and a rule that might be its. */
  match: 60,
  letter: 150_000,
  number: 600,
  /** A line of a path, for each row of pixels that it crosses. */
  row: 100,
  /** A stroke is an outline of its own. */
  dash: 4_000,
  pixel: 12,
  gradient: 30,
  layer: 100,
  mask: 250,
  tile: 30,
  decoded: 40,
} as const

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
  const unseen = new Set<Element>()
  let layers = 0
  /** Times that it was not certain where something is drawn: that is one of several places, or depends on what only the painter knows. */
  let unsure = 0
  let work = 0
  let letters = 0
  let numbers = 0
  let plainLetters: boolean | undefined
  const ids = new Map<string, Element>()
  const cascade = stylesOf(picture.rules)

  const spend = (nanoseconds: number, times: number) => {
    work += (nanoseconds * times) / 1e6
    // NaN too.
    if (!(work <= most)) throw tooComplex('takes too long to draw')
  }
  const hold = (bytes: number) => {
    if (!(bytes <= MAX_HELD)) throw tooComplex('takes too much memory to draw')
  }

  /** Every element is met once, and compared with every rule. */
  let matches = 0
  const parents = new Map<Element, Element>()
  const meet = (element: Element): void => {
    const id = element.attributes.get('id')
    if (id !== undefined && !ids.has(id)) ids.set(id, element)
    matches += cascade.cost(element)
    if (!(matches <= MAX_MATCHES)) throw tooComplex('has too many rules of style for so many elements')
    spend(COST.element, 1)
    for (const child of element.children)
      if (typeof child !== 'string') {
        parents.set(child, element)
        meet(child)
      }
  }
  const match = (element: Element, depth: number): void => {
    spend((cascade.cost(element) + cascade.ways(element, depth)) * COST.match, 1)
    for (const child of element.children) if (typeof child !== 'string') match(child, depth + 1)
  }

  /** What is referred to takes its looks from where it is written, not from where it is used. */
  const looks = new Map<Element, Styles>()
  const stylesAt = (element: Element): Styles => {
    const known = looks.get(element)
    if (known !== undefined) return known
    const parent = parents.get(element)
    const found = cascade.of(element, parent === undefined ? new Map() : stylesAt(parent))
    looks.set(element, found)
    return found
  }

  /** What a property's values refer to. */
  const referred = (styles: Styles, ...names: string[]): Element[] => {
    const found = new Set<Element>()
    for (const name of names)
      for (const value of styles.get(name) ?? [])
        for (const [, quoted, plain] of value.matchAll(/url\((?:"#([^"]*)"|#([^)]*))\)/g)) {
          const element = ids.get(quoted ?? plain ?? '')
          if (element !== undefined) found.add(element)
        }
    return [...found]
  }
  const hrefOf = (element: Element): Element | undefined =>
    ids.get((element.attributes.get('href') ?? element.attributes.get('xlink:href') ?? '').slice(1))
  /** Gradients and patterns may take their stops and contents from others. */
  const chain = (element: Element): Element[] => {
    const all: Element[] = []
    for (let each: Element | undefined = element; each !== undefined; each = hrefOf(each)) {
      if (all.push(each) > MAX_DEPTH) throw tooComplex('refers to itself, or is nested too deeply')
    }
    return all
  }

  const children = (element: Element, around: Around): Box | undefined => {
    let box: Box | undefined
    for (const child of element.children) if (typeof child !== 'string') box = join(box, draw(child, around))
    return box
  }

  /** Where it paints, in pixels. */
  const draw = (element: Element, outer: Around): Box | undefined => {
    spend(COST.element, outer.times)
    if (NEVER.has(element.name)) return undefined
    const styles = cascade.of(element, outer.styles)
    const own = transformOf(styles.get('transform') ?? [])
    const around = { ...deeper(outer), matrix: multiply(outer.matrix, own), styles }
    const layered = isLayered(styles)
    const before = { layers, unsure }
    if (layered) layers++
    if (isUnsteady(element, styles)) unsure++
    const layer = canvasBytes(canvas)
    const inner = layered ? { ...around, held: around.held + layer } : around
    hold(inner.held)
    const box = contents(element, inner)
    const reach = layered ? effects(styles, around, box) : box
    // A layer that is far outside the painter cannot cut to what it can show.
    const lost = reach !== undefined && layers > before.layers && unsure === before.unsure && isBeyond(reach, canvas)
    if (lost && around.written) unseen.add(element)
    return reach
  }

  const contents = (element: Element, around: Around): Box | undefined => {
    switch (element.name) {
      case 'use': {
        const target = hrefOf(element)
        if (target === undefined) return undefined
        const moved = { ...placed(element, around), written: false }
        return target.name === 'symbol' || target.name === 'svg'
          ? viewport(target, element, moved)
          : draw(target, moved)
      }
      case 'svg':
        return element === picture.root
          ? children(element, around)
          : viewport(element, element, placed(element, around))
      case 'image':
      case 'feImage': {
        const pixels = picture.pixels.get(element) ?? 0
        hold(around.held + pixels * 8)
        const box = boxOf(element, around.matrix, view)
        const covered = cover(box, canvas)
        spend(pixels * COST.decoded + covered * COST.tile, around.times)
        const inside = hrefOf(element)
        return inside === undefined ? box : join(box, draw(inside, { ...around, written: false }))
      }
      case 'text':
        return text(element, around)
      case 'g':
      case 'switch':
      case 'tspan':
      case 'textPath':
        return children(element, around)
      default:
        return shape(element, around)
    }
  }

  const placed = (element: Element, around: Around): Around => {
    const place = (name: string, whole: number) => placeIn(element.attributes.get(name) ?? '', whole)
    const [x, y] = [place('x', user.width), place('y', user.height)]
    return { ...around, matrix: multiply(around.matrix, [1, 0, 0, 1, x, y]) }
  }
  /** A view box within another: as large as it may be. */
  const viewport = (target: Element, from: Element, around: Around): Box | undefined => {
    const before = unsure
    const box = numbersOf(target.attributes.get('viewBox') ?? '')
    const side = (name: string, whole: number) => {
      const given = from.attributes.get(name) ?? target.attributes.get(name) ?? '100%'
      return placeIn(given, whole)
    }
    const [width, height] = [side('width', user.width), side('height', user.height)]
    const scale = box.length === 4 && box[2]! > 0 && box[3]! > 0 ? Math.max(width / box[2]!, height / box[3]!) : 1
    const matrix = multiply(around.matrix, [scale, 0, 0, scale, -(box[0] ?? 0) * scale, -(box[1] ?? 0) * scale])
    const shown = children(target, { ...deeper(around), matrix })
    // It shows nothing outside of itself, wherever in it that is.
    const own = boxOf({ left: 0, top: 0, right: width, bottom: height }, around.matrix, view)
    const told = [from, target].map(({ attributes }) => `${attributes.get('overflow')} ${attributes.get('style')}`)
    const open =
      picture.rules.length > 0 || told.some((style) => /visible|auto|overflow|width|height|[xy]:/.test(style))
    const hidden = !open && isBeyond(own, canvas)
    unsure = hidden ? before : unsure + 1
    return hidden ? own : shown
  }

  const text = (element: Element, around: Around): Box | undefined => {
    const count = lettersOf(element)
    letters += count * around.times
    if (!(letters <= MAX_LETTERS)) throw tooComplex(`has more than ${MAX_LETTERS} letters of text`)
    spend(count * COST.letter, around.times)
    // Each run may have paint of its own; all of them may be anywhere.
    const runs = (part: Element, styles: Styles): number => {
      let sum = 1
      const number =
        (numbersOf((styles.get('font-size') ?? ['16']).join(' ')).reduce((a, b) => Math.max(a, b), 0) || 16) *
        scaleOf(around.matrix)
      const covered = Math.min(cover(canvas, canvas), lettersOf(part) * number * number)
      paint(styles, { ...around, styles }, canvas, covered)
      for (const child of part.children) if (typeof child !== 'string') sum += runs(child, cascade.of(child, styles))
      const path = hrefOf(part)
      if (path !== undefined && part.name === 'textPath') draw(path, { ...around, written: false })
      return sum
    }
    spend(runs(element, around.styles) * COST.element, around.times)
    plainLetters ??= picture.rules.length === 0 && areLettersPlain(picture.root)
    const own = plainLetters ? boxOfText(element, around.styles) : undefined
    return own === undefined ? canvas : boxOf(own, around.matrix, view)
  }

  const shape = (element: Element, around: Around): Box | undefined => {
    const outline = outlineOf(element, around.styles, view)
    if (outline === undefined) return undefined
    numbers += outline.numbers * around.times
    if (!(numbers <= MAX_NUMBERS)) throw tooComplex('has outlines with too many points')
    spend(outline.numbers * COST.number, around.times)
    const scale = scaleOf(around.matrix)
    const stroked = (around.styles.get('stroke') ?? []).some((value) => value !== 'none')
    const width = stroked ? Math.max(...widthsOf(around.styles), 0) * scale : 0
    const box = boxOf(outline.box, around.matrix, view, width * 2)
    const rows = Math.min(outline.length * scale, outline.numbers * (canvas.bottom - canvas.top))
    spend(rows * COST.row * (stroked ? 3 : 1), around.times)
    if (stroked) dashes(around, outline.length)
    paint(around.styles, around, box, cover(box, canvas))
    for (const marker of referred(around.styles, 'marker', 'marker-start', 'marker-mid', 'marker-end')) {
      unsure++
      const times = around.times * (outline.numbers / 2 + 2)
      const size = Math.max(1, width / scale)
      const inner = {
        ...around,
        times,
        matrix: multiply(around.matrix, [size, 0, 0, size, 0, 0]),
        depth: around.depth + 1,
        styles: stylesAt(marker),
        written: false,
      }
      viewport(marker, renamed(marker), inner)
    }
    return box
  }

  const dashes = (around: Around, length: number) => {
    for (const value of around.styles.get('stroke-dasharray') ?? []) {
      const pattern = numbersOf(value)
      const period = pattern.reduce((sum, each) => sum + Math.max(0, each), 0)
      if (pattern.length > 0 && period > 0) spend((length / period) * pattern.length * COST.dash, around.times)
    }
  }

  const paint = (styles: Styles, around: Around, box: Box, covered: number) => {
    spend(covered * COST.pixel * 2, around.times)
    for (const server of referred(styles, 'fill', 'stroke')) {
      spend(covered * COST.gradient, around.times)
      for (const each of chain(server)) {
        if (each.name !== 'pattern') spend(each.children.length * COST.element, around.times)
        else tile(each, around, box)
      }
    }
  }

  const tile = (pattern: Element, around: Around, box: Box) => {
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
    hold(around.held + pixels * 4)
    spend(pixels * COST.tile, around.times)
    children(pattern, {
      ...around,
      depth: around.depth + 1,
      matrix: multiply(around.matrix, own),
      styles: stylesAt(pattern),
      written: false,
    })
  }

  const deeper = (around: Around, held = around.held): Around => {
    if (around.depth >= MAX_DEPTH) throw tooComplex('refers to itself, or is nested too deeply')
    return { ...around, held, depth: around.depth + 1 }
  }

  /** A layer, and what is done to it as a whole. */
  const effects = (styles: Styles, around: Around, box: Box | undefined): Box | undefined => {
    const covered = Math.max(cover(box ?? canvas, canvas), 1)
    spend(covered * COST.layer, around.times)
    const held = around.held + canvasBytes(canvas)
    for (const each of referred(styles, 'clip-path', 'mask')) {
      spend(covered * COST.mask, around.times)
      hold(held + canvasBytes(canvas))
      // Units of the box that is masked may stretch what is in them to all of it.
      const shares = [each.attributes.get('clipPathUnits'), each.attributes.get('maskContentUnits')].includes(
        'objectBoundingBox',
      )
      const within = box ?? canvas
      const matrix: Matrix = shares
        ? [within.right - within.left, 0, 0, within.bottom - within.top, within.left, within.top]
        : around.matrix
      const inner = { ...deeper(around, held), matrix, styles: stylesAt(each), written: false }
      const shown = children(each, inner)
      if (isLayered(inner.styles)) effects(inner.styles, inner, shown)
    }
    let reach = box
    for (const each of referred(styles, 'filter')) {
      for (const filter of chain(each)) {
        const { nanoseconds, bytes, region } = filterWork(filter, around.matrix, box, canvas, user)
        spend(nanoseconds, around.times)
        hold(held + bytes)
        for (const part of filter.children)
          if (typeof part !== 'string' && part.name === 'feImage') contents(part, deeper(around, held))
        reach = join(reach, region)
      }
    }
    return reach
  }

  meet(picture.root)
  if (picture.rules.length > 0) match(picture.root, 1)
  const shift: Matrix = [unit, 0, 0, unit, -(view[0] ?? 0) * unit, -(view[1] ?? 0) * unit]
  draw(picture.root, {
    matrix: view.length === 4 ? shift : IDENTITY,
    depth: 1,
    times: 1,
    written: true,
    held: canvasBytes(canvas),
    styles: new Map(),
  })
  return { work, unseen }
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
