// In: an EPUB's bytes. Out: its documents in reading order, as trees, and its style sheets.
import { posix } from 'node:path'
import { selectAll, selectOne } from 'css-select'
import { parseDocument } from 'htmlparser2'
import { unzip } from './zip.js'

export type Tree = ReturnType<typeof parseDocument>
export type Node = Tree['children'][number]
export type Element = Extract<Node, { attribs: unknown }>

export const isElement = (node: Node | Tree): node is Element => node.type === 'tag'

export interface Chapter {
  /** Path in the container. */
  path: string
  tree: Tree
  body: Element
}

export interface Epub {
  files: Map<string, Uint8Array>
  chapters: Chapter[]
  /** Text of the style sheets, in the order in which the first chapter links to them. */
  css: string
}

const decoder = new TextDecoder()

export function openEpub(bytes: Uint8Array): Epub {
  const files = unzip(bytes)
  const text = (path: string) => {
    const found = files.get(path)
    if (found === undefined) throw new Error(`the EPUB has no ${path}`)
    return decoder.decode(found)
  }
  const xml = (path: string) => parseDocument(text(path), { xmlMode: true })
  const attribute = (node: Node | null, name: string) => (node as Element | null)?.attribs[name] ?? ''
  const opf = attribute(selectOne('rootfile', xml('META-INF/container.xml').children), 'full-path')
  const tree = xml(opf)
  const items = new Map(
    selectAll('item', tree.children).map((each) => [attribute(each, 'id'), attribute(each, 'href')]),
  )
  const chapters = selectAll('itemref', tree.children).map((each) => {
    const path = posix.join(posix.dirname(opf), items.get(attribute(each, 'idref')) ?? '')
    const document = xml(path)
    return { path, tree: document, body: selectOne('body', document.children) as Element }
  })
  const last = chapters.at(-1)!
  const links = selectAll('link[rel=stylesheet]', last.tree.children).map((each) => attribute(each, 'href'))
  const css = links.map((href) => text(posix.join(posix.dirname(last.path), href))).join('\n')
  return { files, chapters, css }
}

/** Elements that stand in a line of text: their edges part no words. */
const INLINE = /^(a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var|wbr)$/

/** The text of a node, with a space wherever a block or a line begins or ends. */
export function textOf(node: Node | Tree, leaveOut: (element: Element) => boolean = () => false): string {
  let out = ''
  const walk = (each: Node | Tree) => {
    if (each.type === 'text') out += (each as unknown as { data: string }).data
    if (!('children' in each)) return
    if (isElement(each) && leaveOut(each)) return
    const parted = !isElement(each) || !INLINE.test(each.name)
    if (parted) out += ' '
    for (const child of each.children) walk(child)
    if (parted) out += ' '
  }
  walk(node)
  return out
}

/** Letters and digits are words; what parts them is not compared. Ligatures and the like are taken apart. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}
