// In: the bytes of an SVG image. Out: the same picture as well-formed XML without scripts, remote parts or entities; or why not.
// Read strictly (XML 1.0), kept by allow-list, written anew: nothing passes that was not understood.

export type Harmless =
  | { bytes: Uint8Array; width: number; height: number }
  | { broken: string; hint: string; unsafe: boolean }

const LIMITS = { depth: 64, nodes: 500_000 }
const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'

const KEPT = new Set(
  `svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath image switch style
   linearGradient radialGradient stop pattern clipPath mask marker view filter feBlend feColorMatrix feComponentTransfer
   feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
   feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
   feTile feTurbulence`.split(/\s+/),
)
/** Refused, not dropped: without them the picture would not be the one that was meant, and with them it is a danger. */
const REFUSED = new Set(
  'script foreignObject handler listener iframe audio video object embed animate animateMotion animateTransform set'.split(
    ' ',
  ),
)

class Fault extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly unsafe: boolean,
  ) {
    super(message)
  }
}

const broken = (message: string) => new Fault(message, 'save it again as plain SVG', false)
const unsafe = (message: string) =>
  new Fault(message, 'save it again as plain SVG, with everything in the one file', true)

export function makeHarmless(bytes: Uint8Array): Harmless {
  try {
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      throw broken('is not UTF-8 text')
    }
    const { out, width, height } = rewrite(text)
    return { bytes: new TextEncoder().encode(out), width, height }
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return { broken: thrown.message, hint: thrown.hint, unsafe: thrown.unsafe }
  }
}

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y
const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y

function rewrite(text: string): { out: string; width: number; height: number } {
  const out: string[] = []
  /** Open elements: whether each is written. */
  const open: { name: string; kept: boolean }[] = []
  let size: { width: number; height: number } | undefined
  let at = 0
  let nodes = 0
  while (at < text.length) {
    if (++nodes > LIMITS.nodes) throw broken('has too many parts')
    const next = text.indexOf('<', at)
    const run = text.slice(at, next < 0 ? text.length : next)
    const top = open.at(-1)
    if (run !== '') {
      const plain = decodeXml(run)
      if (top === undefined && plain.replace('\ufeff', '').trim() !== '') throw broken('has text outside of its root')
      if (top?.kept === true) out.push(encodeXml(top.name === 'style' ? safeStyle(plain) : plain))
    }
    if (next < 0) break
    at = next
    if (text.startsWith('<!--', at)) at = past(text, '-->', at)
    else if (text.startsWith('<?', at)) at = instruction(text, at)
    else if (text.startsWith('<![CDATA[', at)) {
      const end = past(text, ']]>', at)
      const plain = text.slice(at + 9, end - 3)
      if (top?.kept === true) out.push(encodeXml(top.name === 'style' ? safeStyle(plain) : plain))
      at = end
    } else if (text.startsWith('<!', at)) at = doctype(text, at)
    else if (text[at + 1] === '/') {
      const end = past(text, '>', at)
      const name = text.slice(at + 2, end - 1).trim()
      const closing = open.pop()
      if (closing?.name !== name) throw broken(`is not well-formed: \`</${name.slice(0, 40)}>\` closes nothing`)
      if (closing.kept) out.push(`</${name === 'a' ? 'g' : name}>`)
      at = end
    } else {
      const tag = element(text, at)
      at = tag.end
      // A picture has no links: what is linked stays as a group.
      if (tag.name === 'a') {
        tag.attributes.delete('href')
        tag.attributes.delete('xlink:href')
        tag.attributes.delete('target')
      }
      const name = tag.name === 'a' ? 'g' : tag.name
      const kept = (top?.kept ?? true) && KEPT.has(name)
      const root = open.length === 0
      if (REFUSED.has(tag.name)) throw unsafe(`has \`<${tag.name}>\`, which is not allowed`)
      if (root) {
        if (tag.name !== 'svg' || size !== undefined) throw broken('is no SVG: its root is another element')
        size = sizeOf(tag.attributes)
      }
      if (kept) out.push(`<${name}${attributesOf(tag.attributes, root ? size : undefined)}${tag.empty ? '/>' : '>'}`)
      if (!tag.empty) open.push({ name: tag.name, kept })
      if (open.length > LIMITS.depth) throw broken('is nested too deeply')
    }
  }
  if (open.length > 0) throw broken(`is not well-formed: \`<${open.at(-1)!.name}>\` is never closed`)
  if (size === undefined) throw broken('has no root')
  return { out: out.join(''), ...size }
}

function past(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from)
  if (end < 0) throw broken('is not well-formed: it ends too early')
  return end + mark.length
}

function instruction(text: string, at: number): number {
  const end = past(text, '?>', at)
  const body = text.slice(at + 2, end - 2)
  if (/^xml\s/.test(body)) {
    const encoding = /encoding\s*=\s*["']([^"']+)["']/.exec(body)?.[1] ?? 'utf-8'
    if (!/^(?:utf-?8|us-ascii)$/i.test(encoding)) throw broken(`is written in ${encoding.slice(0, 20)}, not in UTF-8`)
  } else if (/^xml-stylesheet/.test(body)) throw unsafe('asks for a style sheet')
  return end
}

function doctype(text: string, at: number): number {
  const end = past(text, '>', at)
  // Entities are declared in brackets; without them the declaration says nothing that is needed.
  if (text.slice(at, end).includes('[')) throw unsafe('declares entities')
  return end
}

interface Element {
  name: string
  attributes: Map<string, string>
  empty: boolean
  end: number
}

function element(text: string, at: number): Element {
  NAME.lastIndex = at + 1
  const name = NAME.exec(text)?.[0]
  if (name === undefined) throw broken('is not well-formed: a `<` opens nothing')
  let end = NAME.lastIndex
  const attributes = new Map<string, string>()
  for (;;) {
    ATTRIBUTE.lastIndex = end
    const found = ATTRIBUTE.exec(text)
    if (found === null) break
    end = ATTRIBUTE.lastIndex
    if (attributes.has(found[1]!)) throw broken(`is not well-formed: \`${found[1]!.slice(0, 40)}\` is there twice`)
    attributes.set(found[1]!, decodeXml(found[2] ?? found[3] ?? ''))
  }
  TAG_END.lastIndex = end
  const close = TAG_END.exec(text)
  if (close === null) throw broken(`is not well-formed in \`<${name.slice(0, 40)}>\``)
  return { name, attributes, empty: close[1] === '/', end: TAG_END.lastIndex }
}

const PREDEFINED = new Map<string, string>(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }))

function decodeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{0,12};)?/g, (_, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? ''
    const numeric = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
    const code = numeric === null ? 0 : numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(numeric[1], 16)
    const fit =
      code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0x10ffff)
    const put = numeric === null ? PREDEFINED.get(name) : fit ? String.fromCodePoint(code) : undefined
    if (put === undefined) throw unsafe(`uses the entity \`&${name}\``)
    return put
  })
}

function encodeXml(text: string): string {
  const fit = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return fit.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function safeStyle(css: string): string {
  if (/\\/.test(css)) throw unsafe('has escapes in its style sheet')
  if (/@import|@font-face|expression\s*\(|-moz-binding|javascript:/i.test(css))
    throw unsafe('has a style sheet that asks for other files')
  checkUrls(css)
  return css
}

function checkUrls(value: string): void {
  for (const found of value.matchAll(/url\s*\(\s*(["']?)\s*([^)]*)/gi)) {
    if (!found[2]!.startsWith('#')) throw unsafe('refers to another file')
  }
}

function attributesOf(attributes: Map<string, string>, size: { width: number; height: number } | undefined): string {
  let out = ''
  for (const [name, value] of attributes) {
    if (/^on/i.test(name)) throw unsafe(`has the script \`${name.slice(0, 40)}\``)
    if (name === 'href' || name === 'xlink:href') {
      if (!/^#/.test(value) && !/^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/.test(value)) {
        throw unsafe('refers to another file')
      }
    } else if (name.includes(':') ? name !== 'xml:space' && name !== 'xml:lang' : name === 'xmlns') continue
    if (/^\s*(?:java|vb)script:/i.test(value)) throw unsafe('has a script')
    if (name === 'style') safeStyle(value)
    else checkUrls(value)
    out += ` ${name}="${encodeXml(value)
      .replace(/"/g, '&quot;')
      .replace(/[\n\t]/g, ' ')}"`
  }
  if (size === undefined) return out
  const box = attributes.has('viewBox') ? '' : ` viewBox="0 0 ${size.width} ${size.height}"`
  return ` xmlns="${SVG}" xmlns:xlink="${XLINK}"${box}${out}`
}

// CSS pixels to the unit.
const UNITS = new Map<string, number>(
  Object.entries({
    '': 1,
    px: 1,
    pt: 96 / 72,
    pc: 16,
    mm: 96 / 25.4,
    cm: 96 / 2.54,
    in: 96,
    em: 16,
    ex: 8,
  }),
)

function sizeOf(attributes: Map<string, string>): { width: number; height: number } {
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
