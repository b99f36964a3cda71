// In: an SVG's rules, and its elements one by one. Out: the values that each property of an element may have: all that are possible,
// where only the painter would know which one holds.

import type { Element } from '../parse-xml.js'
import type { Rule } from '../style.js'
import { PROPERTIES } from '../vocabulary.js'

export type Styles = ReadonlyMap<string, readonly string[]>

/** Those that matter here, and that an element takes from the one around it. */
const INHERITED = new Set(
  'fill stroke stroke-width stroke-dasharray marker marker-start marker-mid marker-end font-size font'.split(' '),
)
const WANTED = new Set([
  ...INHERITED,
  ...'opacity mix-blend-mode isolation clip-path mask filter transform transform-origin transform-box d r rx ry cx cy x y width height'.split(
    ' ',
  ),
])

export interface Cascade {
  of(element: Element, around: Styles): Styles
  /** How many comparisons with rules there are at an element. */
  cost(element: Element): number
  /** And how many for what their selectors ask of those above. */
  ways(element: Element, depth: number): number
}

export function stylesOf(rules: readonly Rule[]): Cascade {
  const byClass = new Map<string, Rule[]>()
  const byId = new Map<string, Rule[]>()
  const byType = new Map<string, Rule[]>()
  const add = (map: Map<string, Rule[]>, key: string, rule: Rule) => {
    const all = map.get(key)
    if (all === undefined) map.set(key, [rule])
    else all.push(rule)
  }
  for (const rule of rules) {
    const [first] = rule.classes
    if (rule.id !== '') add(byId, rule.id, rule)
    else if (first !== undefined) add(byClass, first, rule)
    else add(byType, rule.type, rule)
  }
  const matching = (element: Element): Rule[] => {
    const classes = new Set((element.attributes.get('class') ?? '').split(/\s+/))
    const near = [
      byType.get(''),
      byType.get(element.name),
      byId.get(element.attributes.get('id') ?? ''),
      ...[...classes].map((name) => byClass.get(name)),
    ]
    return near.flatMap((some) =>
      (some ?? []).filter(
        (rule) => (rule.type === '' || rule.type === element.name) && rule.classes.every((name) => classes.has(name)),
      ),
    )
  }
  /** What the rules say of elements of the same name, id and classes: the values, and how far their selectors look upwards. */
  const known = new Map<string, { said: Map<string, Set<string>>; ancestors: number[] }>()
  const saidOf = (element: Element) => {
    const key = `${element.name} ${element.attributes.get('id') ?? ''} ${element.attributes.get('class') ?? ''}`
    let found = known.get(key)
    if (found === undefined) {
      const said = new Map<string, Set<string>>()
      const ancestors: number[] = []
      for (const rule of matching(element)) {
        ancestors[rule.ancestors] = (ancestors[rule.ancestors] ?? 0) + 1
        for (const [name, value] of rule.declarations) {
          if (!WANTED.has(name)) continue
          const values = said.get(name)
          if (values === undefined) said.set(name, new Set([value]))
          else values.add(value)
        }
      }
      found = { said, ancestors }
      known.set(key, found)
    }
    return found
  }
  return {
    of(element, around) {
      const found = new Map<string, Set<string>>()
      const put = (name: string, value: string) => {
        const all = found.get(name)
        if (all === undefined) found.set(name, new Set([value]))
        else all.add(value)
      }
      // What only a rule says may hold or not: the one around remains possible.
      const sure = new Set<string>()
      for (const [name, value] of element.attributes) {
        if (name === 'style') {
          for (const part of value.split(';')) {
            const cut = part.indexOf(':')
            if (cut > 0 && WANTED.has(part.slice(0, cut))) put(part.slice(0, cut), part.slice(cut + 1))
            sure.add(part.slice(0, cut))
          }
        } else if (WANTED.has(name) && PROPERTIES.has(name)) {
          put(name, value)
          sure.add(name)
        }
      }
      if (rules.length > 0)
        for (const [name, values] of saidOf(element).said) for (const value of values) put(name, value)
      for (const name of INHERITED) {
        if (sure.has(name) && !found.get(name)?.has('inherit')) continue
        for (const value of around.get(name) ?? []) put(name, value)
      }
      return new Map([...found].map(([name, all]) => [name, [...all]]))
    },
    cost: (element) => rules.length * (1 + (element.attributes.get('class')?.length ?? 0) / 8),
    ways: (element, depth) =>
      // Every way of finding the parts of a selector among those above is tried.
      saidOf(element).ancestors.reduce((sum, count, parts) => sum + count * ways(depth, parts), 0),
  }
}

/** Of choosing so many out of so many. */
function ways(depth: number, parts: number): number {
  let all = 1
  let some = 1
  for (let i = 0; i < Math.min(parts, depth); i++) {
    some = (some * (depth - i)) / (i + 1)
    all += some
  }
  return all
}
