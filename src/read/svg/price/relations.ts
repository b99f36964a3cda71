// In: an SVG's elements, as they are met, and its styles. Out: which element another is within, takes its looks from or refers to; a Fault
// where that has no end.
import { FIXED } from '../../../model/limits.js'
import { type Element, tooComplex } from '../parse-xml.js'
import type { Cascade, Styles } from './cascade.js'

/** Elements in elements, references followed. */
export const MAX_DEPTH = FIXED.svgReferences.value

export interface Relations {
  meet(element: Element, parent: Element | undefined): void
  /** What is referred to takes its looks from where it is written, not from where it is used. */
  stylesAt(element: Element): Styles
  /** What a property's values refer to. */
  referred(styles: Styles, ...names: string[]): Element[]
  hrefOf(element: Element): Element | undefined
  /** Gradients and patterns may take their stops and contents from others: an element with all of them. */
  chain(element: Element): Element[]
}

export function createRelations(cascade: Cascade): Relations {
  const ids = new Map<string, Element>()
  const parents = new Map<Element, Element>()
  const looks = new Map<Element, Styles>()
  const relations: Relations = {
    meet(element, parent) {
      const id = element.attributes.get('id')
      if (id !== undefined && !ids.has(id)) ids.set(id, element)
      if (parent !== undefined) parents.set(element, parent)
    },
    stylesAt(element) {
      const known = looks.get(element)
      if (known !== undefined) return known
      const parent = parents.get(element)
      const found = cascade.of(element, parent === undefined ? new Map() : relations.stylesAt(parent))
      looks.set(element, found)
      return found
    },
    referred(styles, ...names) {
      const found = new Set<Element>()
      for (const name of names)
        for (const value of styles.get(name) ?? [])
          for (const [, quoted, plain] of value.matchAll(/url\((?:"#([^"]*)"|#([^)]*))\)/g)) {
            const element = ids.get(quoted ?? plain ?? '')
            if (element !== undefined) found.add(element)
          }
      return [...found]
    },
    hrefOf(element) {
      return ids.get((element.attributes.get('href') ?? element.attributes.get('xlink:href') ?? '').slice(1))
    },
    chain(element) {
      const all: Element[] = []
      for (let each: Element | undefined = element; each !== undefined; each = relations.hrefOf(each)) {
        if (all.push(each) > MAX_DEPTH) throw tooComplex('refers to itself, or is nested too deeply')
      }
      return all
    },
  }
  return relations
}
