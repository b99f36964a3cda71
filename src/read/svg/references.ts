// In: an SVG's elements. Out: the same, every id there once, and no reference to what is not there or cannot be meant. Painters pass
// over those; a reading system need not, and an EPUB with them is not valid. The picture stays what it was.
import type { Element } from './parse-xml.js'

const SERVERS = new Set(['linearGradient', 'radialGradient', 'pattern'])
const SHOWN = new Set('svg g symbol use path rect circle ellipse line polyline polygon text image switch'.split(' '))

/** May an element of this name refer to one of that? */
function fits(from: string, to: string): boolean {
  if (from === 'use' || from === 'image' || from === 'feImage') return SHOWN.has(to)
  if (from === 'textPath') return /^(?:path|rect|circle|ellipse|line|poly.*)$/.test(to)
  return from === to || (from.endsWith('Gradient') && to.endsWith('Gradient'))
}

export function settleReferences(root: Element): void {
  const names = new Map<string, string>()
  const each = (element: Element, work: (element: Element) => void): void => {
    work(element)
    for (const child of element.children) if (typeof child !== 'string') each(child, work)
  }
  each(root, ({ name, attributes }) => {
    const id = attributes.get('id')
    if (id === undefined) return
    // The first is the one that is referred to.
    if (names.has(id) || !/^[^\s]+$/.test(id)) attributes.delete('id')
    else names.set(id, name)
  })
  each(root, ({ name, attributes }) => {
    for (const key of ['href', 'xlink:href']) {
      const address = attributes.get(key)
      if (address?.startsWith('#') && !fits(name, names.get(address.slice(1)) ?? '')) attributes.delete(key)
    }
    for (const key of ['fill', 'stroke']) {
      const [, id, other] = /^url\(["']?#([^)"']*)["']?\)(.*)$/s.exec(attributes.get(key) ?? '') ?? []
      if (id !== undefined && !SERVERS.has(names.get(id) ?? ''))
        attributes.set(key, other!.trim() === '' ? 'none' : other!.trim())
    }
    const [, clip] = /^url\(["']?#([^)"']*)["']?\)/.exec(attributes.get('clip-path') ?? '') ?? []
    if (clip !== undefined && names.get(clip) !== 'clipPath') attributes.delete('clip-path')
  })
}
