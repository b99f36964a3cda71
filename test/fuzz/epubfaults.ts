// In: an EPUB's bytes. Out: what is wrong with it (in words), and the text of its documents. Quick: every book of the fuzzer is asked.
import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import { parseDocument } from 'htmlparser2'
import { faultOf } from '../epub/wellformed.js'
import { type Element, isElement, type Tree } from '../finished/epub.js'
import { unzip } from '../finished/zip.js'

export interface EpubSeen {
  faults: string[]
  /** Text of the documents in the order of the spine, without attributes. */
  text: string
  /** All documents as they are. */
  raw: string
  title: string
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const PREFIXES = /(?:\s|<\/?)(epub|xlink|opf|dc|dcterms|m|svg):[a-z]/g
/** XML 1.0, 2.2: what is no character. */
const NO_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

export function lookAtEpub(bytes: Uint8Array): EpubSeen {
  const seen: EpubSeen = { faults: [], text: '', raw: '', title: '' }
  const fault = (what: string) => seen.faults.push(`EPUB: ${what}`)
  container(bytes, fault)
  const files = unzip(bytes)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const texts = new Map<string, string>()
  const trees = new Map<string, Tree>()
  for (const [path, content] of files) {
    if (!/\.(xhtml|opf|ncx|xml|svg|css)$/.test(path)) continue
    let text: string
    try {
      text = decoder.decode(content)
    } catch {
      fault(`${path} is not UTF-8`)
      continue
    }
    texts.set(path, text)
    if (NO_CHARACTER.test(text)) fault(`${path} has a character that XML does not have`)
    if (path.endsWith('.css')) continue
    const wrong = faultOf(path.endsWith('.svg') && !text.startsWith('<?xml') ? DECLARATION + text : text)
    if (wrong !== undefined) fault(`${path}: ${wrong}`)
    for (const [, prefix] of text.matchAll(PREFIXES))
      if (!text.includes(`xmlns:${prefix}=`)) fault(`${path}: the prefix ${prefix} is not declared`)
    if (/\.(xhtml|svg)$/.test(path)) dangers(path, text, fault)
    trees.set(path, parseDocument(text, { xmlMode: true }))
  }
  const opfPath = /full-path="([^"]+)"/.exec(texts.get('META-INF/container.xml') ?? '')?.[1] ?? ''
  const opf = trees.get(opfPath)
  if (opf === undefined) {
    fault('there is no package document')
    return seen
  }
  const all = elementsOf(opf)
  seen.title = textOf(all.find((each) => each.name === 'dc:title'))
  const ids = new Map<string, string>()
  const there = new Set<string>(['mimetype', 'META-INF/container.xml', opfPath])
  for (const { attribs } of all.filter((each) => each.name === 'item')) {
    const path = posix.join(posix.dirname(opfPath), decodeURIComponent(attribs['href'] ?? ''))
    if (there.has(path)) fault(`${path} is listed twice`)
    there.add(path)
    ids.set(attribs['id'] ?? '', path)
    if (!files.has(path)) fault(`${path} is listed and not there`)
  }
  for (const path of files.keys())
    if (!there.has(path) && !path.startsWith('META-INF/')) fault(`${path} is there and not listed`)
  const spine = all.filter((each) => each.name === 'itemref').map((each) => ids.get(each.attribs['idref'] ?? ''))
  if (spine.length === 0) fault('its spine is empty')
  for (const path of spine) {
    if (path === undefined) fault('its spine names what is not listed')
    else {
      seen.text += ` ${textOf(elementsOf(trees.get(path)!).find((each) => each.name === 'body'))}`
      seen.raw += texts.get(path) ?? ''
    }
  }
  links(trees, files, fault)
  order(trees, spine, fault)
  for (const [path, tree] of trees) if (path.endsWith('.xhtml')) nesting(path, tree, fault)
  for (const [path, text] of texts) {
    if (!path.endsWith('.css')) continue
    for (const [, ref] of text.matchAll(/url\(["']?([^"')]*)["']?\)/g))
      if (!files.has(posix.join(posix.dirname(path), ref!))) fault(`${path} names ${ref}, which is not there`)
    if (/@import|<\/style|javascript:/i.test(text)) fault(`${path} has what it must not have`)
  }
  return seen
}

/** Stored first is its type; every file's checksum is right; no name twice, none that leads out. */
function container(bytes: Uint8Array, fault: (what: string) => void): void {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 58)).toString('latin1')
  if (head.slice(30, 58) !== 'mimetypeapplication/epub+zip') fault('its type is not first, or not stored')
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = data.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  const files = unzip(bytes)
  const names = new Set<string>()
  let at = data.readUInt32LE(end + 16)
  for (let left = data.readUInt16LE(end + 10); left > 0; left--) {
    const lengths = [28, 30, 32].map((each) => data.readUInt16LE(at + each))
    const name = data.toString('utf8', at + 46, at + 46 + lengths[0]!)
    if (names.has(name.toLowerCase())) fault(`the name ${name} is there twice`)
    names.add(name.toLowerCase())
    if (/^\/|\\|(^|\/)\.\.?(\/|$)|[\u0000-\u001f"*:<>?|\u007f]|\.$/.test(name)) fault(`the name ${name} is refused`)
    if (crc32(files.get(name)!) !== data.readUInt32LE(at + 16)) fault(`the checksum of ${name} is wrong`)
    at += 46 + lengths[0]! + lengths[1]! + lengths[2]!
  }
}

/** The contents of the navigation documents name the files in the order of the spine. */
function order(trees: Map<string, Tree>, spine: readonly (string | undefined)[], fault: (what: string) => void): void {
  for (const [path, tree] of trees) {
    for (const toc of elementsOf(tree).filter((each) => each.attribs['epub:type'] === 'toc')) {
      const named = elementsOf(toc).flatMap(({ attribs }) => attribs['href']?.replace(/#.*/, '') ?? [])
      const places = named.map((href) => spine.indexOf(posix.join(posix.dirname(path), decodeURIComponent(href))))
      if (places.some((place, i) => i > 0 && place < places[i - 1]!)) fault(`${path} is not in the order of reading`)
    }
  }
}

function dangers(path: string, text: string, fault: (what: string) => void): void {
  for (const [tag] of text.matchAll(/<[^>]*>/g)) {
    if (/^<(script|iframe|object|embed|foreignObject|handler|base|form|input|link rel="(?!stylesheet))/i.test(tag))
      fault(`${path} has ${tag.slice(0, 80)}`)
    if (/\son[a-z]+=/i.test(tag)) fault(`${path} has a handler: ${tag.slice(0, 80)}`)
    for (const [, name, value] of tag.matchAll(/\s((?:xlink:)?href|src|action|poster|srcset)="([^"]*)"/g)) {
      if (/^\s*(javascript|file|data|vbscript):/i.test(value!)) fault(`${path} has ${tag.slice(0, 80)}`)
      if (name !== 'href' && /^[a-z]+:|^\/\//i.test(value!)) fault(`${path} is not whole without ${value}`)
      if (path.endsWith('.svg') && !value!.startsWith('#')) fault(`${path} leads to ${value}`)
    }
  }
  if (path.endsWith('.svg') && /url\(\s*["']?(?!#)/.test(text.replaceAll('&quot;', '"'))) fault(`${path} names a file`)
}

function links(trees: Map<string, Tree>, files: Map<string, Uint8Array>, fault: (what: string) => void): void {
  const idsOf = new Map<string, Set<string>>()
  for (const [path, tree] of trees) idsOf.set(path, new Set(elementsOf(tree).map((each) => each.attribs['id'] ?? '')))
  for (const [path, tree] of trees) {
    if (!path.endsWith('.xhtml')) continue
    for (const { name, attribs } of elementsOf(tree)) {
      for (const key of ['href', 'src']) {
        const value = attribs[key]
        if (value === undefined || /^(https?|mailto|tel|urn|ftp|[a-z][a-z0-9+.-]+):/i.test(value)) continue
        const [ref = '', fragment] = value.split('#')
        const target = ref === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(ref))
        if (!files.has(target)) fault(`${path}: <${name}> leads to ${value}, which is not there`)
        else if (fragment !== undefined && !idsOf.get(target)?.has(decodeURIComponent(fragment)))
          fault(`${path}: <${name}> leads to ${value}, an id that is not there`)
      }
    }
  }
}

const PHRASING = new Set(
  `a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr svg`.split(
    ' ',
  ),
)
const IN_A_LINE = new Set([...PHRASING, 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'dt', 'summary'])
const ONLY: Record<string, RegExp> = {
  ul: /^li$/,
  ol: /^li$/,
  dl: /^(dt|dd|div)$/,
  table: /^(caption|colgroup|thead|tbody|tfoot|tr)$/,
  thead: /^tr$/,
  tbody: /^tr$/,
  tfoot: /^tr$/,
  tr: /^t[dh]$/,
}
const VOID = new Set(['br', 'hr', 'img', 'wbr', 'col', 'link', 'meta'])

/** HTML's content models, as far as our documents have them: what may stand in what. */
function nesting(path: string, tree: Tree, fault: (what: string) => void): void {
  const walk = (element: Element, inLink: boolean) => {
    const { name } = element
    const kinds = element.children.filter(isElement)
    const said = (what: string) => fault(`${path}: ${what}`)
    if (VOID.has(name) && element.children.length > 0) said(`<${name}> is not empty`)
    if (ONLY[name] !== undefined) {
      for (const child of kinds) if (!ONLY[name].test(child.name)) said(`<${child.name}> in <${name}>`)
      for (const child of element.children)
        if (child.type === 'text' && (child as unknown as { data: string }).data.trim() !== '')
          said(`text in <${name}>`)
      if (name === 'tr' && kinds.length === 0) said('a row without cells')
      if (/^[uod]l$/.test(name) && kinds.length === 0) said(`an empty <${name}>`)
    }
    if (
      /^h[1-6]$/.test(name) &&
      textOf(element).trim() === '' &&
      !elementsOf(element).some(({ attribs }) => (attribs['alt'] ?? '') !== '')
    )
      said(`an empty <${name}>`)
    if (name === 'dl' && kinds[0] !== undefined && kinds[0].name === 'dd') said('a <dl> that begins with <dd>')
    for (const child of kinds) {
      if (IN_A_LINE.has(name) && !PHRASING.has(child.name) && name !== 'svg') said(`<${child.name}> in <${name}>`)
      if (child.name === 'a' && inLink) said('a link in a link')
      if (name !== 'svg') walk(child, inLink || name === 'a' || child.name === 'a')
    }
  }
  const body = elementsOf(tree).find((each) => each.name === 'body')
  if (body === undefined) fault(`${path} has no body`)
  else walk(body, false)
}

function elementsOf(tree: Tree | Element): Element[] {
  const out: Element[] = []
  const stack = [...tree.children].reverse()
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    if (!isElement(each)) continue
    out.push(each)
    stack.push(...[...each.children].reverse())
  }
  return out
}

function textOf(element: Element | undefined): string {
  let out = ''
  const walk = (each: Element) => {
    for (const child of each.children) {
      if (child.type === 'text') out += (child as unknown as { data: string }).data
      else if (isElement(child)) walk(child)
    }
  }
  if (element !== undefined) walk(element)
  return out
}
