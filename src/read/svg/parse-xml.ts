// In: the text of an XML file. Out: its elements as a tree, with namespaces and entities dealt with; or what is wrong with it.
// Strict (XML 1.0), and stricter: no entities are declared, and nothing but UTF-8 is read.

import { FIXED } from '../../model/limits.js'

export interface Element {
  name: string
  attributes: Map<string, string>
  /** Texts hold no marks: what stands in CDATA stands here as text, comments and instructions are gone. */
  children: (Element | string)[]
}

/** Why a picture is not taken. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly code: 'broken-image' | 'unsafe-svg' | 'svg-too-complex',
  ) {
    super(message)
  }
}

export const broken = (message: string) => new Fault(message, 'save it again as plain SVG', 'broken-image')
export const unsafe = (message: string) =>
  new Fault(message, 'save it again as plain SVG, with everything in the one file', 'unsafe-svg')
export const tooComplex = (message: string) =>
  new Fault(message, 'simplify it where it was drawn, or save it as PNG', 'svg-too-complex')

/** Of elements and texts; what is deeper or longer no painter should be asked to draw. */
const LIMITS = { depth: FIXED.svgDepth.value, nodes: FIXED.svgParts.value }

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y
const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y

/** XML has no such characters. */
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** The root. Throws a Fault. */
export function parseXml(source: string): Element {
  const text = source.replace(UNFIT, '')
  const top: Element = { name: '', attributes: new Map(), children: [] }
  const open = [top]
  let at = 0
  let nodes = 0
  while (at < text.length) {
    if (++nodes > LIMITS.nodes) throw tooComplex('has too many parts')
    const next = text.indexOf('<', at)
    const run = text.slice(at, next < 0 ? text.length : next)
    const around = open.at(-1)!
    if (run !== '') {
      const plain = decodeXml(run)
      if (around !== top) around.children.push(plain)
      else if (plain.replace('\ufeff', '').trim() !== '') throw broken('has text outside of its root')
    }
    if (next < 0) break
    at = next
    if (text.startsWith('<!--', at)) at = past(text, '-->', at + 4)
    else if (text.startsWith('<?', at)) at = instruction(text, at)
    else if (text.startsWith('<![CDATA[', at)) {
      const end = past(text, ']]>', at)
      if (around === top) throw broken('has text outside of its root')
      around.children.push(text.slice(at + 9, end - 3))
      at = end
    } else if (text.startsWith('<!', at)) at = doctype(text, at)
    else if (text[at + 1] === '/') {
      const end = past(text, '>', at)
      const name = text.slice(at + 2, end - 1).trim()
      if (around === top || around.name !== name)
        throw broken(`is not well-formed: \`</${name.slice(0, 40)}>\` closes nothing`)
      open.pop()
      at = end
    } else {
      const { element, empty, end } = startTag(text, at)
      if (around === top && top.children.length > 0) throw broken('is not well-formed: it has a second root')
      around.children.push(element)
      if (!empty) open.push(element)
      if (open.length > LIMITS.depth) throw tooComplex('is nested too deeply')
      at = end
    }
  }
  if (open.length > 1) throw broken(`is not well-formed: \`<${open.at(-1)!.name}>\` is never closed`)
  const [root] = top.children
  if (root === undefined || typeof root === 'string') throw broken('has no root')
  return root
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

function startTag(text: string, at: number): { element: Element; empty: boolean; end: number } {
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
  return { element: { name, attributes, children: [] }, empty: close[1] === '/', end: TAG_END.lastIndex }
}

const PREDEFINED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

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

/** The same elements as text. */
export function writeXml(root: Element): string {
  const out: string[] = []
  const write = ({ name, attributes, children }: Element): void => {
    out.push('<', name)
    for (const [key, value] of attributes)
      out.push(
        ' ',
        key,
        '="',
        encodeXml(value)
          .replace(/"/g, '&quot;')
          .replace(/[\n\t]/g, ' '),
        '"',
      )
    if (children.length === 0) {
      out.push('/>')
      return
    }
    out.push('>')
    for (const child of children) {
      if (typeof child === 'string') out.push(encodeXml(child))
      else write(child)
    }
    out.push('</', name, '>')
  }
  write(root)
  return out.join('')
}

function encodeXml(text: string): string {
  return text.replace(UNFIT, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
