// A theme's tree in, with `defaults` and `like`; the plain complete tree out: every style and section says every key.
import { error, nearest, type Report } from '../diagnostic.js'
import type { Role } from '../model/role.js'
import { BOX_KEYS, WITHOUT_BOX } from './box.js'
import { length, number } from './kinds.js'
import { type MapNode, merge, type Node } from './yaml.js'

/** Works `defaults.style` and `like` into `styles`, `defaults.section` into `sections`, and takes those keys away. */
export function resolve(tree: MapNode, report: Report): MapNode {
  const defaults = mapAt(tree, 'defaults')
  const entries = new Map(withCanon(tree).entries)
  entries.delete('defaults')
  entries.delete('extends')
  const overlay = (key: string, base: MapNode | undefined) => {
    const all = mapAt(tree, key)
    if (all === undefined) return
    const done = new Map<string, Node>()
    const classes = new Map<string, Node>()
    for (const role of all.entries.keys()) {
      // a class says only what is otherwise
      if (key === 'styles' && role.startsWith('.')) classes.set(role.slice(1), chain(all, role, undefined, report))
      else done.set(role, chain(all, role, base, report))
    }
    entries.set(key, { kind: 'map', place: all.place, entries: done })
    if (key === 'styles') entries.set('classes', { kind: 'map', place: all.place, entries: classes })
  }
  entries.set('classes', { kind: 'map', place: tree.place, entries: new Map() })
  overlay('styles', defaults && mapAt(defaults, 'style'))
  overlay('sections', defaults && mapAt(defaults, 'section'))
  return { kind: 'map', place: tree.place, entries }
}

/** What is like another may have its size by a share of the other's. */
function scaled(style: MapNode, by: Node, report: Report): MapNode {
  const size = style.entries.get('size')
  const share = number(0.1, 10)(by, 'scale', report)
  if (share === undefined || size?.kind !== 'scalar' || typeof size.value !== 'number') return style
  const value = Math.round(size.value * share * 1000) / 1000
  return { ...style, entries: new Map(style.entries).set('size', { ...size, place: by.place, value }) }
}

/** One entry: the defaults, then what it is like (and what that is like …), then what it says itself. */
function chain(all: MapNode, role: string, base: MapNode | undefined, report: Report): Node {
  const layers: { tree: MapNode; scale: Node | undefined }[] = []
  const seen = new Set<string>()
  let at = role
  while (true) {
    const own = all.entries.get(at)
    if (own?.kind !== 'map') {
      if (at === role && own && !(own.kind === 'scalar' && own.value === null)) return own // told by the schema: not a map
      break
    }
    seen.add(at)
    const like = own.entries.get('like')
    const said = new Map(own.entries)
    said.delete('like')
    const scale = said.get('scale')
    if (like !== undefined) said.delete('scale')
    // a cell that looks like another is not framed like the table, nor a number like its title
    if (at !== role && (WITHOUT_BOX.has(role as Role) || /^(part-)?number$/.test(role)))
      for (const key of BOX_KEYS) said.delete(key)
    layers.unshift({ tree: { kind: 'map', place: own.place, entries: said }, scale: like && scale })
    if (like === undefined) break
    const next = like.kind === 'scalar' && typeof like.value === 'string' ? like.value : ''
    if (seen.has(next)) {
      // A circle is told once, by the role that closes it first, in the file that is being written.
      const likes = [...seen].map((name) => (all.entries.get(name) as MapNode).entries.get('like')!.place)
      const place = likes.find((each) => each.path === all.place.path) ?? like.place
      if (next === role && [...all.entries.keys()].find((name) => seen.has(name)) === role) {
        error(report, 'theme-like', place, `\`like: ${next}\` goes in a circle`, 'let one of them say its own values')
      }
      break
    }
    if (!all.entries.has(next)) {
      const near = nearest(next, [...all.entries.keys()])
      const hint = near ? `did you mean \`${near}\`?` : 'name another style'
      error(report, 'theme-like', like.place, `\`like: ${next}\` names no style`, hint)
      break
    }
    at = next
  }
  const place = all.entries.get(role)?.place ?? all.place
  let result: MapNode = { kind: 'map', place, entries: new Map(base?.entries) }
  for (const { tree, scale } of layers) {
    if (scale) result = scaled(result, scale, report)
    result = merge(result, tree)
  }
  return { ...result, place }
}

/** Margins by a canon, as shares of the page's width or height; `foot` tells how many lines there are. */
type Canon = (width: number, height: number) => Record<'inside' | 'top' | 'outside' | 'foot', number>

const CANONS: ReadonlyMap<string, Canon> = new Map<string, Canon>([
  // a ninth and two ninths of the page, each way (J. A. van de Graaf, 1946)
  ['van-de-graaf', (w, h) => ({ inside: w / 9, top: h / 9, outside: (w * 2) / 9, foot: (h * 2) / 9 })],
  // two, three, four and six parts of eighteen of the width, whatever the height (J. Tschichold, 1953)
  ['tschichold', (w) => ({ inside: w / 9, top: w / 6, outside: (w * 2) / 9, foot: w / 3 })],
  // the text has two thirds of the page each way, and stands in its middle from side to side
  ['thirds', (w, h) => ({ inside: w / 6, top: h / 9, outside: w / 6, foot: (h * 2) / 9 })],
])

/** A canon goes before what a theme below says of margins, and behind what the theme that names it says itself. */
function withCanon(tree: MapNode): MapNode {
  const page = mapAt(tree, 'page')
  const named = page?.entries.get('margins')
  const canon = named?.kind === 'scalar' ? CANONS.get(String(named.value)) : undefined
  if (page === undefined || named === undefined || canon === undefined) return tree
  const points = (key: string): number | undefined => {
    const node = page.entries.get(key)
    return node && length(0, 10_000)(node, key, () => undefined)
  }
  const [width, height, leading] = [points('width'), points('height'), points('leading')]
  if (width === undefined || height === undefined || leading === undefined) return tree
  const made = canon(width, height)
  const own = (key: string) => page.entries.get(key)?.place.path === named.place.path && page.entries.has(key)
  const top = own('top') ? (points('top') ?? made.top) : made.top
  const values = { ...made, top, lines: Math.max(3, Math.floor((height - top - made.foot) / leading + 1e-6)) }
  const entries = new Map(page.entries)
  for (const key of ['inside', 'outside', 'top', 'lines'] as const)
    if (!own(key))
      entries.set(key, { kind: 'scalar', place: named.place, value: Math.round(values[key] * 1000) / 1000 })
  return { ...tree, entries: new Map(tree.entries).set('page', { ...page, entries }) }
}

/**
 * A theme laid over another. A face that brings another regular cut is another face: it takes no cut, no credit and no measure
 * from the one below.
 */
export function layOver(under: MapNode, over: MapNode): MapNode {
  const faces = mapAt(over, 'faces')
  const below = mapAt(under, 'faces')
  const laid = merge(under, over)
  if (faces === undefined || below === undefined) return laid
  const entries = new Map((laid.entries.get('faces') as MapNode).entries)
  for (const [name, face] of faces.entries) {
    const there = mapAt(below, name)
    if (face.kind !== 'map' || there === undefined || mapAt(face, 'files')?.entries.get('regular') === undefined)
      continue
    const generic = there.entries.get('generic')
    const own = new Map(face.entries)
    if (generic !== undefined && !own.has('generic')) own.set('generic', generic)
    entries.set(name, { ...face, entries: own })
  }
  return { ...laid, entries: new Map(laid.entries).set('faces', { kind: 'map', place: faces.place, entries }) }
}

function mapAt(tree: MapNode, key: string): MapNode | undefined {
  const node = tree.entries.get(key)
  return node?.kind === 'map' ? node : undefined
}
