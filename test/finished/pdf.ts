// In: a PDF's bytes. Out: what its pages show and its tags say, as pdf.js reads them: another reading than our writing.
import { getDocumentProxy } from 'unpdf'

// pdf.js counts on a method that Node has from 21 on.
type Transferable = ArrayBuffer & { transferToFixedLength?: (length?: number) => ArrayBuffer }
;(ArrayBuffer.prototype as Transferable).transferToFixedLength ??= function (
  this: ArrayBuffer,
  length = this.byteLength,
) {
  const copy = new ArrayBuffer(length)
  new Uint8Array(copy).set(new Uint8Array(this).subarray(0, length))
  return copy
}

/** A piece of text as one operator shows it. Points; y upwards from the page's foot. */
export interface Piece {
  text: string
  x: number
  y: number
  width: number
  size: number
  /** Name of the embedded font without its subset's tag: 'EBGaramond-Italic'. */
  font: string
  /** Index of the page, from 0. */
  page: number
}

/** A structure element with the text below it, in the order of the tree. */
export interface Tagged {
  role: string
  alt?: string | undefined
  lang?: string | undefined
  children: (Tagged | Piece)[]
}

export interface Pdf {
  pages: number
  labels: string[]
  /** The structure tree's root element. An element that runs over a page is one. */
  root: Tagged
  /** Text outside the tree: heads, folios, leaders. */
  artifacts: Piece[]
}

interface Item {
  type?: string
  id?: string | null
  str?: string
  transform?: number[]
  width?: number
  fontName?: string
}
interface TreeNode {
  role?: string
  type?: string
  id?: string
  alt?: string
  lang?: string
  children?: TreeNode[]
}

/** `from` and `to`: pages, counted from 0; all if absent. */
export async function openPdf(bytes: Uint8Array, from = 0, to = Number.POSITIVE_INFINITY): Promise<Pdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { fontExtraProperties: true })
  const root: Tagged = { role: 'Root', children: [] }
  const artifacts: Piece[] = []
  for (let page = from; page < Math.min(pdf.numPages, to); page++) {
    const proxy = await pdf.getPage(page + 1)
    const [content, tree] = await Promise.all([
      proxy.getTextContent({ includeMarkedContent: true, disableNormalization: true }),
      proxy.getStructTree() as Promise<TreeNode | null>,
    ])
    // Fonts are only loaded when operators are read.
    await proxy.getOperatorList()
    const names = new Map<string, string>()
    const nameOf = (id: string) => {
      let name = names.get(id)
      if (name === undefined) {
        const font = proxy.commonObjs.get(id) as { name: string }
        names.set(id, (name = font.name.replace(/^[A-Z]{6}\+/, '')))
      }
      return name
    }
    const marked = new Map<string, Piece[]>()
    const open: (string | undefined)[] = []
    for (const item of content.items as Item[]) {
      if (item.type === 'beginMarkedContent' || item.type === 'beginMarkedContentProps') open.push(item.id ?? undefined)
      else if (item.type === 'endMarkedContent') open.pop()
      else if (item.str !== undefined && item.str !== '') {
        const [, , c, d, x, y] = item.transform as [number, number, number, number, number, number]
        const piece: Piece = {
          text: item.str,
          x,
          y,
          width: item.width ?? 0,
          size: Math.hypot(c, d),
          font: nameOf(item.fontName!),
          page,
        }
        const id = open.findLast((each) => each !== undefined)
        if (id === undefined) artifacts.push(piece)
        else marked.set(id, [...(marked.get(id) ?? []), piece])
      }
    }
    if (tree !== null) graft(root, tree.children ?? [], marked)
  }
  const labels = (await pdf.getPageLabels()) ?? []
  const { numPages } = pdf
  await pdf.destroy()
  return { pages: numPages, labels, root, artifacts }
}

/**
 * pdf.js shows the tree page by page, without saying which elements of two pages are one: those that begin on an earlier page
 * come as further elements.
 */
function graft(parent: Tagged, nodes: readonly TreeNode[], marked: Map<string, Piece[]>): void {
  for (const node of nodes) {
    if (node.type === 'content' && node.id !== undefined) parent.children.push(...(marked.get(node.id) ?? []))
    else if (node.role !== undefined) {
      const element: Tagged = { role: node.role, alt: node.alt, lang: node.lang, children: [] }
      parent.children.push(element)
      graft(element, node.children ?? [], marked)
    }
  }
}

export function isPiece(child: Tagged | Piece): child is Piece {
  return 'text' in child
}

/** All pieces below an element, in the order of the tree, without those below elements of the roles left out. */
export function piecesOf(element: Tagged, leaveOut: ReadonlySet<string> = new Set()): Piece[] {
  return element.children.flatMap((child) =>
    isPiece(child) ? [child] : leaveOut.has(child.role) ? [] : piecesOf(child, leaveOut),
  )
}

/** Every element of one of the roles, outermost first, in the order of the tree. */
export function elementsOf(root: Tagged, roles: ReadonlySet<string>): Tagged[] {
  return root.children.flatMap((child) =>
    isPiece(child) ? [] : [...(roles.has(child.role) ? [child] : []), ...elementsOf(child, roles)],
  )
}

/** Roles whose content stands in a line: their edges part no words. */
const INLINE = new Set(['Span', 'Link', 'Reference', 'Quote', 'Code', 'Lbl'])

/** The text of an element: a space between lines and between blocks, none where a word was divided at a line's end. */
export function textOf(element: Tagged, leaveOut: ReadonlySet<string> = new Set()): string {
  let out = ''
  let last: Piece | undefined
  const walk = (each: Tagged) => {
    for (const child of each.children) {
      if (isPiece(child)) {
        if (last !== undefined && (Math.abs(last.y - child.y) > 3 || last.page !== child.page)) {
          // A soft hyphen at the end of a line divides a word; any other hyphen is the author's.
          if (out.endsWith('\u00ad')) out = out.slice(0, -1)
          else out += ' '
        }
        out += child.text
        last = child
      } else if (!leaveOut.has(child.role)) {
        const parted = !INLINE.has(child.role)
        if (parted) out += ' '
        walk(child)
        if (parted) out += ' '
      }
    }
  }
  walk(element)
  return out
}
