// The kinds of values that a theme has. In: a node of its tree. Out: a typed value, each fault reported with its line. Every kind
// says what it takes (`shape`), and every key what it means: the reference and the editors' schema are made from these.
import { error, nearest, type Place, type Report } from '../diagnostic.js'
import type { MapNode, Node } from './yaml.js'

/** What a value may be, as data. */
export type Shape =
  | { is: 'text'; longest: number }
  | { is: 'flag' }
  | { is: 'number'; least: number; most: number; whole: boolean }
  /** Points, or a number with its unit. */
  | { is: 'length'; least: number; most: number }
  | { is: 'choice'; of: readonly (string | number)[] }
  | { is: 'colour' }
  | { is: 'map'; keys: Readonly<Record<string, Key<unknown>>> }
  /** Names that the theme is free to choose. */
  | { is: 'names'; of: Shape }
  /** `count`: exactly so many. */
  | { is: 'list'; of: Shape; count?: number | undefined }
  | { is: 'either'; of: readonly Shape[] }

/** Reads one value; reports and returns undefined if it is not of its kind. `name` is the path of keys, for messages. */
export interface Kind<T> {
  (node: Node, name: string, report: Report): T | undefined
  shape: Shape
}

/** A key of a map: what it means, with its unit; `optional`: it may be left out, and what then holds is in `about`. */
export interface Key<T> {
  kind: Kind<T>
  about: string
  optional: boolean
  /** The other output has it not; `about` says so too. */
  only?: 'pdf' | 'epub' | undefined
}

type Read<T> = (node: Node, name: string, report: Report) => T | undefined

function kind<T>(shape: Shape, read: Read<T>): Kind<T> {
  return Object.assign(read, { shape })
}

export function key<T>(about: string, kind: Kind<T>): Key<T> {
  return { kind, about, optional: false }
}

export function maybe<T>(about: string, kind: Kind<T>): Key<T> & { optional: true } {
  return { kind, about, optional: true }
}

/** The same key, which the other output has not. */
export function only<K extends { about: string }>(output: 'pdf' | 'epub', of: K): K {
  return { ...of, only: output }
}

/** Which output alone has what stands at a path of keys; undefined: both, or nobody knows such a key. */
export function isOnly(shape: Shape, [key, ...rest]: readonly string[]): 'pdf' | 'epub' | undefined {
  if (key === undefined) return undefined
  if (shape.is === 'names' || shape.is === 'list') return isOnly(shape.of, rest)
  if (shape.is === 'either') return shape.of.map((one) => isOnly(one, [key, ...rest])).find((one) => one !== undefined)
  const own = shape.is === 'map' && Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined
  return own && (own.only ?? isOnly(own.kind.shape, rest))
}

/** Where nothing nearer can be said. */
const LOOK = 'docs/theme-keys.md says of every key what it takes'

export function wrong(report: Report, place: Place, name: string, wanted: string, hint = LOOK): undefined {
  error(report, 'theme-value', place, `\`${name}\` must be ${wanted}`, hint)
  return undefined
}

export const text = (longest = 500): Kind<string> =>
  kind({ is: 'text', longest }, (node, name, report) =>
    node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '' && node.value.length <= longest
      ? node.value
      : wrong(report, node.place, name, 'text'),
  )

/** A text of a form. */
export const matching = (form: RegExp, wanted: string): Kind<string> =>
  kind({ is: 'text', longest: 40 }, (node, name, report) =>
    node.kind === 'scalar' && typeof node.value === 'string' && form.test(node.value)
      ? node.value
      : wrong(report, node.place, name, wanted),
  )

export const flag: Kind<boolean> = kind({ is: 'flag' }, (node, name, report) =>
  node.kind === 'scalar' && typeof node.value === 'boolean'
    ? node.value
    : wrong(report, node.place, name, '`true` or `false`'),
)

export const number = (least: number, most: number, whole = false): Kind<number> =>
  kind({ is: 'number', least, most, whole }, (node, name, report) => {
    const value = node.kind === 'scalar' ? node.value : undefined
    if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value)))
      return value
    return wrong(report, node.place, name, `${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`)
  })

const POINTS = new Map<string, number>(Object.entries({ pt: 1, mm: 72 / 25.4, cm: 720 / 25.4, in: 72, pc: 12 }))

/** Points: a bare number, or a number and its unit. Rounded to a thousandth, so that 148 mm is the same on every machine. */
export const length = (least: number, most: number): Kind<number> =>
  kind({ is: 'length', least, most }, (node, name, report) => {
    const value = node.kind === 'scalar' ? node.value : undefined
    const parts = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*(pt|mm|cm|in|pc)$/.exec(value.trim()) : null
    const points = typeof value === 'number' ? value : parts ? Number(parts[1]) * POINTS.get(parts[2]!)! : Number.NaN
    if (points >= least && points <= most) return Math.round(points * 1000) / 1000
    return wrong(report, node.place, name, `a length from ${least} to ${most} points, such as \`12 pt\` or \`18 mm\``)
  })

export const choice = <const T extends string | number>(...all: T[]): Kind<T> =>
  kind({ is: 'choice', of: all }, (node, name, report) => {
    const value = node.kind === 'scalar' ? node.value : undefined
    const found = all.find((one) => one === value)
    if (found !== undefined) return found
    const words = all.filter((one) => typeof one === 'string')
    const near = typeof value === 'string' ? nearest(value, words) : undefined
    const hint = near === undefined ? undefined : `did you mean \`${near}\`?`
    return wrong(report, node.place, name, all.map((one) => `\`${one}\``).join(' or '), hint)
  })

const HEX = /^#[0-9a-f]{6}$/
const COLOURS = 'write it as `#` and six figures, in quotation marks: two each of red, green and blue, from 00 to ff'

/** '#rrggbb', lower case. */
export const hex: Kind<string> = kind({ is: 'colour' }, (node, name, report) => {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.toLowerCase() : ''
  return HEX.test(value) ? value : wrong(report, node.place, name, "a colour such as `'#b3261e'`", COLOURS)
})

/** A map, or a single value: whichever the node is. */
export const either = <A, B>(one: Kind<A>, map: Kind<B>): Kind<A | B> =>
  kind<A | B>({ is: 'either', of: [one.shape, map.shape] }, (node, name, report) =>
    node.kind === 'map' ? map(node, name, report) : one(node, name, report),
  )

export type Keys<T> = {
  [K in keyof T]-?: undefined extends T[K] ? Key<NonNullable<T[K]>> : Key<T[K]> & { optional: boolean }
}

/** A map with exactly these keys; a missing one is an error unless it is optional. */
export function record<T extends object>(keys: Keys<T>): Kind<T> {
  const names = Object.keys(keys)
  const all = keys as Readonly<Record<string, Key<unknown>>>
  return kind({ is: 'map', keys: all }, (node, name, report) => {
    if (node.kind !== 'map')
      return wrong(report, node.place, name, `a map of ${names.map((n) => `\`${n}\``).join(', ')}`)
    refuseUnknown(node, names, name, report)
    const result: Record<string, unknown> = {}
    let whole = true
    for (const [key, { kind, optional }] of Object.entries(all)) {
      const entry = node.entries.get(key)
      const path = name === '' ? key : `${name}.${key}`
      if (entry) {
        if (optional && isNone(entry, kind.shape)) continue
        const value = kind(entry, path, report)
        if (value === undefined) whole = false
        result[key] = value
      } else if (!optional) {
        error(
          report,
          'theme-missing',
          node.place,
          `\`${path}\` is missing`,
          'add it, or begin the theme with `extends: house`',
        )
        whole = false
      }
    }
    return whole ? (result as T) : undefined
  })
}

/** `none` takes away what a theme below has said; unless it is one of the words that there are. */
function isNone(node: Node, shape: Shape): boolean {
  if (node.kind !== 'scalar' || (node.value !== 'none' && node.value !== null)) return false
  return !(shape.is === 'choice' && shape.of.includes('none'))
}

/** The same map, of which every key may be left out. */
export function partial<T extends object>(of: Kind<T>): Kind<{ [K in keyof T]?: T[K] | undefined }> {
  const keys = of.shape.is === 'map' ? of.shape.keys : {}
  const all = Object.fromEntries(Object.entries(keys).map(([name, one]) => [name, { ...one, optional: true }]))
  return record(all as never)
}

/** A map from names that the theme is free to choose. */
export function named<T>(
  of: Kind<T>,
  like = /^[a-z][a-zA-Z0-9-]*$/,
  hint = 'use letters, digits and hyphens',
): Kind<Record<string, T>> {
  return kind({ is: 'names', of: of.shape }, (node, name, report) => {
    if (node.kind !== 'map') return wrong(report, node.place, name, 'a map of names')
    const result: Record<string, T> = {}
    let whole = true
    for (const [key, entry] of node.entries) {
      if (!like.test(key)) {
        error(report, 'theme-value', entry.place, `\`${key}\` cannot be a name`, hint)
        whole = false
        continue
      }
      const value = of(entry, `${name}.${key}`, report)
      if (value === undefined) whole = false
      else result[key] = value
    }
    return whole ? result : undefined
  })
}

export function list<T>(of: Kind<T>, count?: number): Kind<T[]> {
  return kind({ is: 'list', of: of.shape, count }, (node, name, report) => {
    if (node.kind !== 'list') return wrong(report, node.place, name, 'a list')
    if (count !== undefined && node.items.length !== count)
      return wrong(report, node.place, name, `a list of ${count}, not of ${node.items.length}`)
    const all = node.items.map((item, i) => of(item, `${name}[${i}]`, report))
    return all.includes(undefined) ? undefined : (all as T[])
  })
}

export function refuseUnknown(node: MapNode, known: readonly string[], name: string, report: Report): void {
  for (const [key, entry] of node.entries) {
    if (known.includes(key)) continue
    const near = nearest(key, known)
    const hint = near === undefined ? `known here: ${known.join(', ')}` : `did you mean \`${near}\`?`
    error(report, 'theme-key', entry.place, `unknown key \`${name === '' ? key : `${name}.${key}`}\``, hint)
  }
}
