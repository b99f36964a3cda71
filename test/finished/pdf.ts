// In: a PDF's bytes. Out: what its pages show and its tags say, as pdf.js reads them: another reading than our writing.
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'

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
  /** As ToUnicode has it; the hyphen of a divided word, which reads as the word's rest, as U+00AD. */
  text: string
  x: number
  y: number
  /** Where the last glyph that is no space ends. */
  right: number
  /** Advances of the glyphs before kerning, stretching and letter-spacing, in 1/1000 em. */
  advances: number[]
  size: number
  /** Added after every glyph, points. */
  tracking: number
  /** Name of the embedded font without its subset's tag: 'EBGaramond-Italic'. */
  font: string
  /** '#rrggbb'. */
  colour: string
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

interface Glyph {
  unicode: string
  width: number
}
interface Operators {
  fnArray: number[]
  argsArray: unknown[][]
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
  const { OPS } = await getResolvedPDFJS()
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { fontExtraProperties: true })
  const root: Tagged = { role: 'Root', children: [] }
  const artifacts: Piece[] = []
  for (let page = from; page < Math.min(pdf.numPages, to); page++) {
    const proxy = await pdf.getPage(page + 1)
    const operators = (await proxy.getOperatorList()) as Operators
    const nameOf = (id: string) => (proxy.commonObjs.get(id) as { name: string }).name.replace(/^[A-Z]{6}\+/, '')
    const marked = new Map<number, Piece[]>()
    for (const { mark, piece } of show(operators, OPS, nameOf, page)) {
      if (mark === undefined) artifacts.push(piece)
      else if (marked.has(mark)) marked.get(mark)!.push(piece)
      else marked.set(mark, [piece])
    }
    const tree = (await proxy.getStructTree()) as TreeNode | null
    graft(root, tree?.children ?? [], marked)
    proxy.cleanup()
  }
  const labels = (await pdf.getPageLabels()) ?? []
  const { numPages } = pdf
  await pdf.destroy()
  return { pages: numPages, labels, root, artifacts }
}

/** What the text operators of a page show, and where (ISO 32000-1, 9.4), with the MCID of the marked content it stands in. */
function* show(
  { fnArray, argsArray }: Operators,
  ops: Record<string, number>,
  nameOf: (id: string) => string,
  page: number,
): Generator<{ mark: number | undefined; piece: Piece }> {
  const open: (number | undefined)[] = []
  let font = ''
  let size = 0
  let stretch = 1
  let tracking = 0
  let colour = '#000000'
  // Origin of the line, and where the next glyph stands.
  let [lineX, lineY, x] = [0, 0, 0]
  for (const [i, fn] of fnArray.entries()) {
    const args = argsArray[i] ?? []
    const [first, second] = args as [number, number]
    if (fn === ops['beginText']) lineX = lineY = x = 0
    else if (fn === ops['moveText']) {
      lineX += first
      lineY += second
      x = lineX
    } else if (fn === ops['setTextMatrix']) {
      const matrix = (args.length === 1 ? args[0] : args) as number[]
      lineX = x = matrix[4]!
      lineY = matrix[5]!
    } else if (fn === ops['setFont']) {
      font = nameOf(args[0] as string)
      size = second
    } else if (fn === ops['setHScale']) stretch = first / 100
    else if (fn === ops['setCharSpacing']) tracking = first
    else if (fn === ops['setFillRGBColor']) colour = args[0] as string
    else if (fn === ops['beginMarkedContent']) open.push(undefined)
    else if (fn === ops['beginMarkedContentProps']) open.push((args[1] as number | null) ?? undefined)
    else if (fn === ops['endMarkedContent']) open.pop()
    else if (fn === ops['showText']) {
      const glyphs = args[0] as (Glyph | number)[]
      const piece: Piece = { text: '', x, y: lineY, right: x, advances: [], size, tracking, font, colour, page }
      for (const glyph of glyphs) {
        if (typeof glyph === 'number') x -= (glyph / 1000) * size * stretch
        else {
          piece.text += glyph.unicode
          piece.advances.push(glyph.width)
          x += (glyph.width / 1000) * size * stretch
          if (!/\s/.test(glyph.unicode)) piece.right = x
          x += tracking * stretch
        }
      }
      // A span that is no element says what its glyphs read as.
      if (piece.text === '-' && open.length > 1 && open.at(-1) === undefined) piece.text = '\u00ad'
      yield { mark: open.findLast((each) => each !== undefined), piece }
    }
  }
}

/**
 * pdf.js shows the tree page by page, without saying which elements of two pages are one: those that begin on an earlier page
 * come as further elements.
 */
function graft(parent: Tagged, nodes: readonly TreeNode[], marked: Map<number, Piece[]>): void {
  for (const node of nodes) {
    if (node.type === 'content' && node.id !== undefined)
      parent.children.push(...(marked.get(Number(/_mc(\d+)$/.exec(node.id)?.[1])) ?? []))
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

/** Every element of one of the roles, outermost first, in the order of the tree. */
export function elementsOf(root: Tagged, roles: ReadonlySet<string>): Tagged[] {
  return root.children.flatMap((child) =>
    isPiece(child) ? [] : [...(roles.has(child.role) ? [child] : []), ...elementsOf(child, roles)],
  )
}

/** Roles whose content stands in a line: their edges part no words. */
const INLINE = new Set(['Span', 'Link', 'Reference', 'Quote', 'Code', 'Lbl'])

/** The text of an element: a space between lines and between blocks, none where a word was divided at a line's end. */
export function textOf(element: Tagged, leaveOut: (element: Tagged) => boolean = () => false): string {
  // In pieces: to ask a long string for its end makes it anew each time, which a novel's sixty thousand lines would feel.
  const out: string[] = []
  let last: Piece | undefined
  const walk = (each: Tagged) => {
    for (const child of each.children) {
      if (isPiece(child)) {
        if (last !== undefined && (Math.abs(last.y - child.y) > 6 || last.page !== child.page)) {
          // A soft hyphen at the end of a line divides a word; any other hyphen is the author's.
          const end = out.at(-1)
          if (end?.endsWith('\u00ad')) out[out.length - 1] = end.slice(0, -1)
          else out.push(' ')
        }
        // An empty piece would hide the end of the one before it.
        if (child.text !== '') out.push(child.text)
        last = child
      } else if (leaveOut(child)) {
        if (/\s$/.test(textOf(child))) out.push(' ')
      } else {
        const parted = !INLINE.has(child.role)
        if (parted) out.push(' ')
        walk(child)
        if (parted) out.push(' ')
      }
    }
  }
  walk(element)
  return out.join('')
}
