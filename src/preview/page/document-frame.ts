// The document that is open in the e-reader's frame, as its own window has it: how it comes into the frame, and what a reader does in it.
import type { DocumentInfo } from '../protocol.js'
import { h } from './dom.js'
import { addressOfDocument } from './routes.js'
import { offsetOf } from './text.js'

/** The parts of a frame's window that types do not know, or not of another window. */
interface FrameWindow extends Window {
  CSSStyleSheet: typeof CSSStyleSheet
  DOMParser: typeof DOMParser
  Element: typeof Element
  Highlight?: typeof Highlight
  CSS: typeof CSS
}

export interface Opened {
  root: HTMLElement
  body: HTMLElement
  window: FrameWindow
}

export function openedIn(frame: HTMLIFrameElement | undefined): Opened | undefined {
  const inner = frame?.contentDocument
  return inner?.body
    ? { root: inner.documentElement, body: inner.body, window: frame!.contentWindow as FrameWindow }
    : undefined
}

interface Steps {
  /** Whether nobody has opened another meanwhile. */
  isWanted(): boolean
  /** The document is there: it is to be laid out, and is shown afterwards. */
  came(): void
  /** Its faces came, maybe after it is shown. */
  facesCame(): void
}

/** Opens a document over the one that is read, which is taken away when this one stands; or when it is no longer wanted, ends as well. */
export function openOver(
  glass: HTMLElement,
  { path, key, title }: DocumentInfo,
  steps: Steps,
): { frame: HTMLIFrameElement; stands: Promise<void> } {
  const old = glass.lastElementChild
  const frame = h('iframe', {
    sandbox: 'allow-same-origin',
    title: `E-reader: ${title}`,
    src: addressOfDocument(path, key),
  })
  frame.style.opacity = '0'
  const stands = new Promise<void>((done) => {
    frame.addEventListener('load', async () => {
      if (!steps.isWanted()) return done()
      const faces = frame.contentDocument?.fonts.ready
      // Its faces are there in a moment; if not, the text is shown in others until they are.
      await Promise.race([faces, new Promise((go) => setTimeout(go, 250))])
      if (!steps.isWanted()) return done()
      steps.came()
      void faces?.then(() => steps.isWanted() && steps.facesCame())
      frame.style.opacity = ''
      old?.remove()
      done()
    })
  })
  glass.append(frame)
  for (const other of [...glass.children]) if (other !== frame && other !== old) other.remove()
  return { frame, stands }
}

/** Lays a sheet over the book's own. */
export function layOver({ root, window }: Opened, css: string): CSSStyleSheet {
  const sheet = new window.CSSStyleSheet()
  sheet.replaceSync(css)
  root.ownerDocument.adoptedStyleSheets = [sheet]
  return sheet
}

interface Calls {
  followed(link: HTMLAnchorElement): void
  pressed(offset: number, twice: boolean): void
  key(event: KeyboardEvent): void
  turn(by: number): void
}

/** Listens to a reader's hands. */
export function listenIn({ body }: Opened, calls: Calls): void {
  const inner = body.ownerDocument
  inner.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a[href]')
    if (link !== null) {
      event.preventDefault()
      calls.followed(link as HTMLAnchorElement)
      return
    }
    const caret = caretAt(inner, event.clientX, event.clientY)
    if (caret !== undefined) calls.pressed(offsetOf(body, caret.node, caret.offset), event.detail === 2)
  })
  inner.addEventListener('keydown', calls.key)
  let turned = 0
  inner.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      // A trackpad sends many small ones: a page for each that stands alone.
      if (event.timeStamp - turned < 250) return
      turned = event.timeStamp
      calls.turn(Math.sign(event.deltaY || event.deltaX))
    },
    { passive: false },
  )
}

/** The letter at a point of a frame. */
export function caretAt(inner: Document, x: number, y: number): { node: Node; offset: number } | undefined {
  const caret = inner.caretPositionFromPoint?.(x, y)
  if (caret) return { node: caret.offsetNode, offset: caret.offset }
  const range = (
    inner as Document & { caretRangeFromPoint?: (x: number, y: number) => Range | null }
  ).caretRangeFromPoint?.(x, y)
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined
}

/** Asks for the book's sheets again; the new ones take the old ones' place when they are there. */
export async function freshSheets(inner: Document, version: string): Promise<void> {
  await Promise.all(
    [...inner.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(
      (link) =>
        new Promise<void>((done) => {
          const next = link.cloneNode() as HTMLLinkElement
          next.href = `${link.href.replace(/\?.*$/, '')}?${version}`
          const end = () => {
            link.remove()
            done()
          }
          next.addEventListener('load', end)
          next.addEventListener('error', end)
          link.after(next)
        }),
    ),
  )
  await inner.fonts.ready
}
