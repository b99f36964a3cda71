// In: an SVG's rules, and its elements one by one. Out: the values that each property of an element may have: all that are possible,
// where only the painter would know which one holds.
import { PROPERTIES } from '../names.js'
import type { Rule } from '../style.js'
import type { Element } from '../xml.js'

export type Styles = ReadonlyMap<string, readonly string[]>

/** Those that matter here, and that an element takes from the one around it. */
const INHERITED = new Set(
  'fill stroke stroke-width stroke-dasharray marker marker-start marker-mid marker-end font-size font'.split(' '),
)
const WANTED = new Set([
  ...INHERITED,
  ...'opacity mix-blend-mode isolation clip-path mask filter transform d r rx ry cx cy x y width height'.split(' '),
])

export interface Cascade {
  of(element: Element, around: Styles): Styles
  /** How many comparisons the rules ask for at an element. */
  cost(element: Element, depth: number): number
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
    if (rules.length === 0) return []
    const classes = new Set((element.attributes.get('class') ?? '').split(/\s+/))
    const near = [
      ...(byType.get('') ?? []),
      ...(byType.get(element.name) ?? []),
      ...(byId.get(element.attributes.get('id') ?? '') ?? []),
      ...[...classes].flatMap((name) => byClass.get(name) ?? []),
    ]
    return near.filter(
      (rule) => (rule.type === '' || rule.type === element.name) && rule.classes.every((name) => classes.has(name)),
    )
  }
  return {
    of(element, around) {
      const found = new Map<string, string[]>()
      const put = (name: string, value: string) => {
        const all = found.get(name)
        if (all === undefined) found.set(name, [value])
        else if (!all.includes(value)) all.push(value)
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
      for (const rule of matching(element))
        for (const [name, value] of rule.declarations) if (WANTED.has(name)) put(name, value)
      for (const name of INHERITED) {
        if (sure.has(name) && !found.get(name)?.includes('inherit')) continue
        for (const value of around.get(name) ?? []) put(name, value)
      }
      return found
    },
    cost(element, depth) {
      if (rules.length === 0) return 0
      const words = element.attributes.get('class')?.length ?? 0
      let cost = rules.length * (1 + words / 8)
      // Every way of finding the parts of a selector among those above is tried.
      for (const rule of matching(element)) cost += ways(depth, rule.ancestors)
      return cost
    },
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
