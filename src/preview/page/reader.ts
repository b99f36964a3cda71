// The EPUB in a device: the book's own documents in a frame without scripts, turned by pages. A change is worked into the document
// that is open, so that its reader stays at the word.
import type { DocumentInfo } from '../protocol.js'
import { DEVICES, groundOf, paperOf, sheetOf } from './device.js'
import { byId, framed, h } from './dom.js'
import { morph } from './morph.js'
import { addressOfDocument, server } from './server.js'
import type { Settings } from './settings.js'
import { everywhere, offsetOf, rangeOf } from './text.js'

interface Calls {
  pressed(path: string, offset: number, twice: boolean): void
  /** Another page is shown. `byReader`: it was turned here. */
  turned(byReader: boolean): void
  key(event: KeyboardEvent): void
}

/** A node, an offset in it, and its offset in the document for when the node is gone. */
interface Top {
  node: Node
  offset: number
  at: number
}

/** `label`: of the printed page whose mark stands there. */
export type Where = { offset: number } | { id: string } | { label: string } | { page: 'first' | 'last' }

/** The parts of a frame's window that types do not know, or not of another window. */
interface FrameWindow extends Window {
  CSSStyleSheet: typeof CSSStyleSheet
  DOMParser: typeof DOMParser
  Element: typeof Element
  Highlight?: typeof Highlight
  CSS: typeof CSS
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: all of it turns on the one document that is open
export function makeReader(settings: Settings, calls: Calls) {
  const bench = byId('bench')
  const body = byId('body')
  const glass = byId('glass')
  const select = byId<HTMLSelectElement>('document')
  const at = byId('screen-at')
  let documents: readonly DocumentInfo[] = []
  let path = ''
  let key = ''
  let frame: HTMLIFrameElement | undefined
  let sheet: CSSStyleSheet | undefined
  /** What its sheets and faces are to be, and what those of the open document are. */
  let looks = ''
  let styles = ''
  let page = 0
  let count = 1
  let marked: { document: string; from: number; to: number } | undefined
  let words = ''
  let now: { document: string; from: number; to: number } | undefined
  let work: Promise<void> = Promise.resolve()
  /** Another document takes the open one's place: what was to be done in that will never be, and nobody waits for it. */
  let replaced = promised()
  let waiting: Where | undefined
  /** Where the page began when it was last seen. */
  let last: Top | undefined
  let names: ReadonlyMap<string, string> = new Map()

  const live = () => {
    const inner = frame?.contentDocument
    return inner?.body
      ? { root: inner.documentElement, body: inner.body, window: frame!.contentWindow as FrameWindow }
      : undefined
  }
  const isHidden = () => bench.clientWidth === 0
  const device = () => DEVICES.get(settings.device)!
  const rtl = (root: Element) => root.ownerDocument.defaultView!.getComputedStyle(root).direction === 'rtl'

  /** The screen as large as the pane allows; never larger than it is. */
  const fitGlass = () => {
    const { width, height } = device()
    const room = { width: bench.clientWidth - 32 - 44, height: bench.clientHeight - 40 - 78 }
    const scale = Math.max(0.35, Math.min(1, room.width / width, room.height / height))
    body.dataset['device'] = settings.device
    body.style.width = `${Math.round(width * scale) + 2 * Number.parseFloat(getComputedStyle(body).paddingLeft)}px`
    glass.style.height = `${Math.round(height * scale)}px`
    glass.style.background = paperOf(groundOf(settings))
    if (frame === undefined) return
    frame.style.width = `${width}px`
    frame.style.height = `${height}px`
    frame.style.transform = `scale(${scale})`
    frame.style.colorScheme = groundOf(settings) === 'night' ? 'dark' : 'light'
    frame.style.filter = settings.device === 'e-ink' ? 'grayscale(1) contrast(.92)' : ''
  }

  const show = (wanted: number, byReader = false) => {
    const inside = live()
    if (inside === undefined || isHidden()) return
    const { width } = device()
    // The last column ends without its gap.
    count = Math.max(1, Math.ceil((inside.body.scrollWidth - 2) / width))
    page = Math.min(Math.max(0, wanted), count - 1)
    const way = rtl(inside.root) ? page * width : -page * width
    inside.body.style.transform = page === 0 ? '' : `translateX(${way}px)`
    at.textContent = `${page + 1} / ${count}`
    last = top()
    calls.turned(byReader)
  }

  /** The page, in this document, on which a range begins. */
  const pageOf = (range: Range | Element): number => {
    const inside = live()!
    const box =
      range instanceof inside.window.Element || range.getClientRects().length === 0
        ? range.getBoundingClientRect()
        : range.getClientRects()[0]!
    const { width } = device()
    const x = rtl(inside.root) ? width - box.right : box.left
    return Math.floor((x + 1) / width) + page
  }

  /** Where the page begins; undefined on the first. */
  const top = (): Top | undefined => {
    const inside = live()
    if (isHidden()) return last
    if (inside === undefined || page === 0) return undefined
    const { margin, above, width } = device()
    const caret = caretAt(inside.root.ownerDocument, rtl(inside.root) ? width - margin - 2 : margin + 2, above + 8)
    if (caret === undefined) return undefined
    return { ...caret, at: offsetOf(inside.body, caret.node, caret.offset) }
  }

  const backTo = (place: Top | undefined, inside = live()!) => {
    if (isHidden()) {
      waiting ??= { offset: place?.at ?? 0 }
      return
    }
    if (place === undefined) return show(0)
    const range = inside.body.ownerDocument.createRange()
    if (place.node.isConnected) {
      range.setStart(place.node, Math.min(place.offset, place.node.nodeValue?.length ?? place.node.childNodes.length))
    } else {
      const other = rangeOf(inside.body, place.at, place.at + 1)
      if (other === undefined) return show(page)
      range.setStart(other.startContainer, other.startOffset)
    }
    if (range.startContainer.nodeType === 3 && range.startOffset < range.startContainer.nodeValue!.length)
      range.setEnd(range.startContainer, range.startOffset + 1)
    show(pageOf(range))
  }

  const paintMarks = () => {
    const inside = live()
    if (inside?.window.Highlight === undefined) return
    const { highlights } = inside.window.CSS
    const set = (name: string, ranges: (Range | undefined)[]) => {
      const some = ranges.filter((range) => range !== undefined)
      if (some.length === 0) highlights.delete(name)
      else highlights.set(name, new inside.window.Highlight!(...some))
    }
    const own = (spot: typeof marked) => [
      spot?.document === path ? rangeOf(inside.body, spot.from, spot.to) : undefined,
    ]
    set('octavo-found', words === '' ? [] : everywhere(inside.body, words, 500))
    set('octavo-now', own(now))
    set('octavo-mark', own(marked))
  }

  const prepare = (where: Where) => {
    const inside = live()
    if (inside === undefined) return
    const inner = inside.body.ownerDocument
    sheet = new inside.window.CSSStyleSheet()
    sheet.replaceSync(sheetOf(settings))
    inner.adoptedStyleSheets = [sheet]
    styles = looks
    inner.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a[href]')
      if (link !== null) {
        event.preventDefault()
        follow(link as HTMLAnchorElement)
        return
      }
      const caret = caretAt(inner, event.clientX, event.clientY)
      if (caret !== undefined) calls.pressed(path, offsetOf(inside.body, caret.node, caret.offset), event.detail === 2)
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
        self.turn(Math.sign(event.deltaY || event.deltaX))
      },
      { passive: false },
    )
    place(where)
    paintMarks()
  }

  const place = (where: Where) => {
    // In a narrow window the screen may be behind its tab: it is laid out when it comes forward.
    waiting = isHidden() ? where : undefined
    if (waiting !== undefined) return
    const inside = live()!
    page = 0
    inside.body.style.transform = ''
    if ('page' in where) return show(where.page === 'first' ? 0 : Number.MAX_SAFE_INTEGER)
    const target =
      'id' in where
        ? inside.body.ownerDocument.getElementById(where.id)
        : 'label' in where
          ? inside.body.querySelector(`[role="doc-pagebreak"][aria-label="${CSS.escape(where.label)}"]`)
          : rangeOf(inside.body, where.offset, where.offset + 1)
    show(target ? pageOf(target) : 0)
  }

  const follow = (link: HTMLAnchorElement) => {
    const base = new URL(addressOfDocument('', ''), location.href)
    const to = new URL(link.getAttribute('href')!, new URL(addressOfDocument(path, key), location.href))
    const rest =
      to.origin === base.origin && to.pathname.startsWith(base.pathname)
        ? decodeURI(to.pathname.slice(base.pathname.length))
        : ''
    if (documents.some((each) => each.path === rest))
      void self
        .load(rest, to.hash === '' ? { page: 'first' } : { id: decodeURIComponent(to.hash.slice(1)) })
        .then(() => calls.turned(true))
  }

  let listed = ''
  const list = () => {
    const all = documents.map((each): [string, string] => [each.path, names.get(each.path) ?? each.title])
    const now = JSON.stringify(all)
    if (now !== listed) select.replaceChildren(...all.map(([value, name]) => h('option', { value }, name)))
    listed = now
    select.value = path
  }

  select.addEventListener(
    'change',
    () => void self.load(select.value, { page: 'first' }).then(() => calls.turned(true)),
  )
  new ResizeObserver(
    framed(() => {
      fitGlass()
      if (waiting !== undefined && !isHidden() && live() !== undefined) place(waiting)
    }),
  ).observe(bench)

  const self = {
    get path() {
      return path
    },
    get page() {
      return page
    },
    /** The offset in the document at which the page begins. */
    get offset(): number {
      return top()?.at ?? 0
    },
    /** The printed page whose mark stands last before the end of what is shown. */
    get label(): string | undefined {
      const inside = live()
      if (inside === undefined) return undefined
      let label: string | undefined
      for (const mark of inside.body.querySelectorAll('[role="doc-pagebreak"]')) {
        if (pageOf(mark) > page) break
        label = mark.getAttribute('aria-label') ?? undefined
      }
      return label
    },
    setDocuments(next: readonly DocumentInfo[], nextLooks: string) {
      documents = next
      looks = nextLooks
      list()
    },
    /** What documents are called, with the part that they belong to. */
    name(next: ReadonlyMap<string, string>) {
      names = next
      list()
    },
    /** Opens a document, or moves in the open one. */
    load(wanted: string, where: Where): Promise<void> {
      const info = documents.find((each) => each.path === wanted)
      if (info === undefined) return Promise.resolve()
      if (info.path === path && live() !== undefined) {
        place(where)
        return Promise.resolve()
      }
      path = info.path
      key = info.key
      sheet = undefined
      select.value = path
      replaced.done()
      replaced = promised()
      const loaded = new Promise<void>((done) => {
        const next = h('iframe', {
          sandbox: 'allow-same-origin',
          title: `E-reader: ${info.title}`,
          src: addressOfDocument(path, key),
        })
        const old = frame
        next.style.opacity = '0'
        next.addEventListener('load', async () => {
          if (frame !== next) return done()
          fitGlass()
          const ready = next.contentDocument?.fonts.ready
          // Its faces are there in a moment; if not, the text is shown in others until they are.
          await Promise.race([ready, new Promise((go) => setTimeout(go, 250))])
          if (frame !== next) return done()
          prepare(where)
          void ready?.then(() => frame === next && backTo(top()))
          next.style.opacity = ''
          old?.remove()
          done()
        })
        frame = next
        glass.append(next)
        for (const other of [...glass.children]) if (other !== next && other !== old) other.remove()
        fitGlass()
      })
      work = Promise.race([loaded, replaced.promise])
      return work
    },
    /** Works a new version into the open document. */
    update(next: readonly DocumentInfo[], nextLooks: string): Promise<void> {
      self.setDocuments(next, nextLooks)
      const info = next.find((each) => each.path === path)
      if (info === undefined) {
        const first = next[0]
        path = ''
        return first === undefined ? Promise.resolve() : self.load(first.path, { page: 'first' })
      }
      if (info.key === key) return work
      const updated = work.then(async () => {
        const inside = live()
        if (inside === undefined || info.path !== path) return
        const inner = inside.body.ownerDocument
        const text = await server.document(info.path, info.key)
        if (text === undefined) return
        const fresh = new inside.window.DOMParser().parseFromString(text, 'application/xhtml+xml')
        if (fresh.querySelector('parsererror') !== null || fresh.body === null) return
        const place = top()
        key = info.key
        morph(inside.body, fresh.body)
        inner.title = fresh.title
        if (looks !== styles) {
          styles = looks
          await freshSheets(inner, looks)
        }
        backTo(place)
        paintMarks()
      })
      work = Promise.race([updated, replaced.promise])
      return work
    },
    turn(by: number) {
      if (by === 0 || sheet === undefined) return
      const wanted = page + by
      if (wanted >= 0 && wanted < count) return show(wanted, true)
      const other = documents[documents.findIndex((each) => each.path === path) + by]
      if (other !== undefined)
        void self.load(other.path, { page: by > 0 ? 'first' : 'last' }).then(() => calls.turned(true))
    },
    /** After the device, the type, the face or the ground was changed. */
    restyle() {
      const place = top()
      fitGlass()
      sheet?.replaceSync(sheetOf(settings))
      if (live() === undefined) return
      backTo(place)
      paintMarks()
    },
    /** Marks a word; `go`: and brings it into view. */
    async mark(spot: typeof marked, go: boolean) {
      marked = spot
      if (spot !== undefined && go) {
        if (spot.document !== path) await self.load(spot.document, { offset: spot.from })
        await work
        const inside = live()
        const range = inside === undefined ? undefined : rangeOf(inside.body, spot.from, spot.to)
        if (isHidden()) waiting = { offset: spot.from }
        else if (range !== undefined) {
          const there = pageOf(range)
          if (there !== page) show(there)
        }
      }
      paintMarks()
    },
    find(text: string, current: typeof now) {
      words = text
      now = current
      paintMarks()
    },
    settled: () => work,
  }

  return self
}

function promised(): { promise: Promise<void>; done: () => void } {
  let done: () => void = () => undefined
  const promise = new Promise<void>((go) => {
    done = go
  })
  return { promise, done }
}

const sheetsOf = (inner: Document) => [...inner.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')]

/** Asks for the sheets again; the new ones take the old ones' place when they are there. */
async function freshSheets(inner: Document, version: string): Promise<void> {
  await Promise.all(
    sheetsOf(inner).map(
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

/** The letter at a point of a frame. */
function caretAt(inner: Document, x: number, y: number): { node: Node; offset: number } | undefined {
  const caret = inner.caretPositionFromPoint?.(x, y)
  if (caret) return { node: caret.offsetNode, offset: caret.offset }
  const range = (
    inner as Document & { caretRangeFromPoint?: (x: number, y: number) => Range | null }
  ).caretRangeFromPoint?.(x, y)
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined
}

export type Reader = ReturnType<typeof makeReader>
