// In: the bytes of an SVG image. Out: the same picture as well-formed XML without scripts, remote parts or entities, and what it
// costs to draw; or why not. In two steps: what is wrong with it as XML and how large it is, at once; the rest when the reader of
// styles is there, which is loaded for those that have style.
import { DEFAULT_LIMITS } from '../../model/limits.js'
import { clean, hasStyle } from './clean.js'
import { broken, type Element, Fault, parseXml, writeXml } from './parse-xml.js'
import { UNITS } from './price/bounds.js'
import { priceOf } from './price/price.js'
import { loadStyleReader } from './style.js'

export { Fault }

export interface Drawing {
  width: number
  height: number
  /** Throws a Fault. `seconds`: it may take so many to draw. */
  finish(seconds?: number): Promise<{ bytes: Uint8Array; work: number }>
}

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'

/** Throws a Fault. */
export function readDrawing(bytes: Uint8Array): Drawing {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw broken('is not UTF-8 text')
  }
  const root = parseXml(text)
  if (root.name !== 'svg') throw broken('is no SVG: its root is another element')
  const size = sizeOf(root.attributes)
  return {
    ...size,
    async finish(seconds = DEFAULT_LIMITS.drawing) {
      const styles = hasStyle(root) ? await loadStyleReader() : undefined
      const found = clean(root, styles)
      const attributes = new Map([
        ['xmlns', SVG],
        ['xmlns:xlink', XLINK],
      ])
      if (!root.attributes.has('viewBox')) attributes.set('viewBox', `0 0 ${size.width} ${size.height}`)
      for (const [name, value] of found.root.attributes) attributes.set(name, value)
      found.root.attributes = attributes
      const { work, unseen } = priceOf(found, size, seconds * 1000)
      if (unseen.size > 0) putAside(found.root, unseen)
      return { bytes: new TextEncoder().encode(writeXml(found.root)), work }
    },
  }
}

/** What is not seen is not drawn, but may be referred to. */
function putAside(element: Element, unseen: ReadonlySet<Element>): void {
  element.children = element.children.map((child) => {
    if (typeof child === 'string') return child
    if (unseen.has(child)) return { name: 'defs', attributes: new Map(), children: [child] }
    putAside(child, unseen)
    return child
  })
}

function sizeOf(attributes: Element['attributes']): { width: number; height: number } {
  const box = attributes
    .get('viewBox')
    ?.trim()
    .split(/[\s,]+/)
    .map(Number)
  if (box !== undefined) {
    const [, , width, height] = box
    if (box.length !== 4 || !box.every(Number.isFinite) || !(width! > 0) || !(height! > 0))
      throw broken('has a damaged `viewBox`')
    // Sizes that no painter can count with; the shape of a picture is told by small numbers as well.
    if (Math.min(width!, height!) < 1e-3 || Math.max(width!, height!) > 1e6)
      throw broken('has a `viewBox` of a size that is none')
    if (Math.max(width! / height!, height! / width!) > 1e4) throw broken('has a `viewBox` that is but a line')
    return { width: width!, height: height! }
  }
  const length = (name: string): number | undefined => {
    const found = /^\s*(\d{1,7}(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(attributes.get(name) ?? '')
    const unit = UNITS.get(found?.[2]?.toLowerCase() ?? '')
    return found === null || unit === undefined || Number(found[1]) === 0 ? undefined : Number(found[1]) * unit
  }
  return { width: length('width') ?? 300, height: length('height') ?? 150 }
}
