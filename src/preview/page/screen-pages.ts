// The open document as pages of a device: its columns, of which one is shown. Which it is, where it begins, and how a place is reached.
import type { Device } from './device.js'
import { caretAt, type Opened } from './document-frame.js'
import { byId } from './dom.js'
import { offsetOf, rangeOf } from './text.js'

/** `label`: of the printed page whose mark stands there. */
export type Where = { offset: number } | { id: string } | { label: string } | { page: 'first' | 'last' }

/** A node, an offset in it, and its offset in the document for when the node is gone. */
interface Top {
  node: Node
  offset: number
  at: number
}

const MARKS = '[role="doc-pagebreak"]'

export function makeScreenPages(
  opened: () => Opened | undefined,
  device: () => Device,
  turned: (byReader: boolean) => void,
) {
  const bench = byId('bench')
  const at = byId('screen-at')
  let page = 0
  let count = 1
  /** Where to go as soon as it can be seen. */
  let waiting: Where | undefined
  /** Where the page began when it was last seen. */
  let last: Top | undefined

  const show = (wanted: number, byReader = false) => {
    const inside = opened()
    if (inside === undefined || isHidden()) return
    const { width } = device()
    // The last column ends without its gap.
    count = Math.max(1, Math.ceil((inside.body.scrollWidth - 2) / width))
    page = Math.min(Math.max(0, wanted), count - 1)
    const way = isRtl(inside) ? page * width : -page * width
    inside.body.style.transform = page === 0 ? '' : `translateX(${way}px)`
    at.textContent = `${page + 1} / ${count}`
    last = top()
    turned(byReader)
  }
  const isHidden = () => bench.clientWidth === 0
  const pageOf = (some: Range | Element) => page + columnOf(some, opened()!, device().width)

  /** Where the page begins; undefined on the first. */
  const top = (): Top | undefined => {
    const inside = opened()
    if (isHidden()) return last
    return inside === undefined || page === 0 ? undefined : topOf(inside, device())
  }

  const goTo = (where: Where) => {
    // In a narrow window the screen may be behind its tab: it is laid out when it comes forward.
    waiting = isHidden() ? where : undefined
    if (waiting !== undefined) return
    const { body } = opened()!
    page = 0
    body.style.transform = ''
    if ('page' in where) return show(where.page === 'first' ? 0 : Number.MAX_SAFE_INTEGER)
    const target = targetOf(where, body)
    show(target ? pageOf(target) : 0)
  }

  return {
    get page() {
      return page
    },
    get count() {
      return count
    },
    show,
    top,
    goTo,
    /** Goes to where a page began, in whatever the document has become. */
    backTo(place: Top | undefined) {
      if (isHidden()) waiting ??= { offset: place?.at ?? 0 }
      else if (place === undefined) show(0)
      else {
        const range = rangeAt(place, opened()!.body)
        show(range === undefined ? page : pageOf(range))
      }
    },
    /** Shows the page on which some letters of the document are. */
    bringIn(from: number, to: number) {
      const inside = opened()
      const range = inside === undefined ? undefined : rangeOf(inside.body, from, to)
      if (isHidden()) waiting = { offset: from }
      else if (range !== undefined && pageOf(range) !== page) show(pageOf(range))
    },
    /** It may have come forward: what waits for that is done. */
    comeForward() {
      if (waiting !== undefined && !isHidden() && opened() !== undefined) goTo(waiting)
    },
    /** The printed page whose mark stands last before the end of what is shown. */
    get label(): string | undefined {
      let label: string | undefined
      for (const mark of opened()?.body.querySelectorAll(MARKS) ?? []) {
        if (pageOf(mark) > page) break
        label = mark.getAttribute('aria-label') ?? undefined
      }
      return label
    },
  }
}

const isRtl = ({ root, window }: Opened) => window.getComputedStyle(root).direction === 'rtl'

/** The column, counted from the one that is shown, in which a range or an element begins. */
function columnOf(some: Range | Element, inside: Opened, width: number): number {
  const box =
    some instanceof inside.window.Element || some.getClientRects().length === 0
      ? some.getBoundingClientRect()
      : some.getClientRects()[0]!
  const x = isRtl(inside) ? width - box.right : box.left
  return Math.floor((x + 1) / width)
}

function topOf(inside: Opened, { margin, above, width }: Device): Top | undefined {
  const x = isRtl(inside) ? width - margin - 2 : margin + 2
  const caret = caretAt(inside.root.ownerDocument, x, above + 8)
  return caret && { ...caret, at: offsetOf(inside.body, caret.node, caret.offset) }
}

/** The letter with which a page began; undefined if the text is shorter now. */
function rangeAt(place: Top, body: Element): Range | undefined {
  const range = body.ownerDocument.createRange()
  if (place.node.isConnected) {
    range.setStart(place.node, Math.min(place.offset, place.node.nodeValue?.length ?? place.node.childNodes.length))
  } else {
    const other = rangeOf(body, place.at, place.at + 1)
    if (other === undefined) return undefined
    range.setStart(other.startContainer, other.startOffset)
  }
  if (range.startContainer.nodeType === 3 && range.startOffset < range.startContainer.nodeValue!.length)
    range.setEnd(range.startContainer, range.startOffset + 1)
  return range
}

function targetOf(where: Exclude<Where, { page: unknown }>, body: Element): Range | Element | null | undefined {
  if ('id' in where) return body.ownerDocument.getElementById(where.id)
  if ('label' in where) return body.querySelector(`${MARKS}[aria-label="${CSS.escape(where.label)}"]`)
  return rangeOf(body, where.offset, where.offset + 1)
}
