// In: an SVG's elements as they were read. Out: the same picture of elements, attributes and styles that are known and harmless; or a
// Fault. What is written is made of these, so nothing passes that was not understood.
import { FIXED } from '../../model/limits.js'
import { inspect } from '../images/inspect.js'
import { broken, type Element, tooComplex, unsafe } from './parse-xml.js'
import { transformOf } from './price/bounds.js'
import { settleReferences } from './references.js'
import { isPlain, type Rule, type StyleReader } from './style.js'
import { ATTRIBUTES, ELEMENTS, PROPERTIES, REFERRING, REFUSED } from './vocabulary.js'

export interface Clean {
  root: Element
  rules: Rule[]
  /** Pixels of the pictures within, by the element that shows them. */
  pixels: Map<Element, number>
}

/** Of all pictures within one, decoded: 200 MB. */
const MAX_PIXELS = FIXED.svgPixels.value
const DATA = /^data:image\/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]*)$/
const HREF = new Set(['href', 'xlink:href'])

/** Does this need a reader of styles? */
export function hasStyle(element: Element): boolean {
  if (element.name === 'style') return true
  for (const [name, value] of element.attributes)
    if (name === 'style' || (PROPERTIES.has(name) && !isPlain(value) && !isSimple(name, value))) return true
  return element.children.some((child) => typeof child !== 'string' && hasStyle(child))
}

/** What nearly every picture has, and a pattern can tell: a part of the picture, a colour, a transformation. */
function isSimple(name: string, value: string): boolean {
  if (/^url\(#[\w.:-]+\)$/.test(value) || /^rgba?\([\d\s.,%]*\)$/.test(value)) return true
  return (
    name === 'transform' &&
    /^(?:[\s,]*(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+\d\s.,eE]*\))*\s*$/.test(value)
  )
}

/** What is seen where it stands; the others are looked for by what refers to them. */
const FLAT = new Set('svg g use path rect circle ellipse line polyline polygon text image switch'.split(' '))

/** Its own transformation leaves no area: nothing is seen of it, and the painter stumbles over some of those. */
function isFlat(attributes: Element['attributes']): boolean {
  const style = /(?:^|;)transform:([^;!]*)/.exec(attributes.get('style') ?? '')?.[1]
  const transform = style ?? attributes.get('transform')
  if (transform === undefined) return false
  const [a, b, c, d] = transformOf([transform])
  return Math.abs(a * d - b * c) <= 1e-12 * Math.max(a * a + b * b, c * c + d * d)
}

/** `styles` may be absent where `hasStyle` says no. */
export function clean(root: Element, styles: StyleReader | undefined): Clean {
  const rules: Rule[] = []
  const pixels = new Map<Element, number>()
  let budget = MAX_PIXELS

  const take = (element: Element): Element | undefined => {
    if (REFUSED.has(element.name)) throw unsafe(`has \`<${element.name}>\`, which is not allowed`)
    // A picture has no links: what is linked stays as a group.
    const name = element.name === 'a' ? 'g' : element.name
    const attributes = new Map<string, string>()
    for (const [key, value] of element.attributes) {
      const written = attribute(element.name, key, value)
      if (written !== undefined) attributes.set(key, written)
    }
    const children: Element['children'] = []
    const type = element.attributes.get('type') ?? 'text/css'
    // The text of a style sheet is that of all its parts: marks between them part no words.
    const texts = element.children.filter((child) => typeof child === 'string')
    if (name === 'style') {
      if (!/^(?:text\/css)?$/i.test(type.trim())) return undefined
      attributes.delete('type')
      const sheet = styles!.sheet(texts.join(''))
      if (sheet.css === '') return undefined
      children.push(sheet.css)
      for (const rule of sheet.rules) rules.push(rule)
    }
    for (const child of element.children) {
      if (typeof child !== 'string') {
        const kept = take(child)
        if (kept !== undefined && name !== 'style') children.push(kept)
      } else if (name !== 'style') children.push(child)
    }
    if (!ELEMENTS.has(name) || (element !== root && FLAT.has(name) && isFlat(attributes))) return undefined
    const kept = { name, attributes, children }
    if (name === 'image' || name === 'feImage') for (const key of HREF) measure(kept, attributes.get(key))
    return kept
  }

  /** Undefined: it is left out. */
  const attribute = (element: string, name: string, value: string): string | undefined => {
    if (/^on/i.test(name)) throw unsafe(`has the script \`${name.slice(0, 40)}\``)
    if (HREF.has(name)) {
      if (!REFERRING.has(element)) return undefined
      const address = value.trim()
      if (!/^#/.test(address) && !(/^(?:image|feImage)$/.test(element) && DATA.test(address)))
        throw unsafe('refers to another file')
      return address
    }
    if (name === 'style') {
      const all = styles!.declarations(value)
      return all.length === 0 ? undefined : all.map(([property, words]) => `${property}:${words}`).join(';')
    }
    if (name === 'd' || ATTRIBUTES.has(name)) return value
    if (/^aria-[a-z]+$/.test(name)) return value
    if (!PROPERTIES.has(name)) return undefined
    return isPlain(value) || isSimple(name, value) ? value : styles!.value(value)
  }

  const measure = (element: Element, address: string | undefined) => {
    const data = DATA.exec(address ?? '')?.[1]
    if (data === undefined) return
    const bytes = Buffer.from(data, 'base64')
    // What is too large is not unpacked to be looked at.
    const told = bytes[0] === 0x89 && bytes.length > 24 ? bytes.readUInt32BE(16) * bytes.readUInt32BE(20) : 0
    const found = told > budget ? { width: told, height: 1 } : inspect(bytes)
    if ('broken' in found) throw broken(`has a picture within that ${found.broken}`)
    if ('type' in found && found.type === 'svg') throw unsafe('has another SVG within that says it is something else')
    const size = found.width * found.height
    budget -= size
    if (budget < 0) throw tooComplex(`has pictures within of more than ${MAX_PIXELS / 1e6} million pixels`)
    pixels.set(element, (pixels.get(element) ?? 0) + size)
  }

  const cleaned = take(root)!
  settleReferences(cleaned)
  return { root: cleaned, rules, pixels }
}
