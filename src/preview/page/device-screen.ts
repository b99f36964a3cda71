// The e-reader's screen: the one document that is open in it, as pages, with what is marked there. How a document comes to be open,
// and how a new version of it is worked in.
import type { DocumentInfo } from '../protocol.js'
import { DEVICES, sheetOf } from './device.js'
import { freshSheets, layOver, listenIn, type Opened, openedIn, openOver } from './document-frame.js'
import { byId, framed } from './dom.js'
import { fitGlass } from './glass.js'
import { morph } from './morph.js'
import { server } from './routes.js'
import { paintMarks, type ScreenMarks } from './screen-marks.js'
import { makeScreenPages, type Where } from './screen-pages.js'
import type { Settings } from './settings.js'

/** The document that is open, or is being opened. */
export interface Open {
  path: string
  key: string
  frame?: HTMLIFrameElement
  /** Of the device, over the book's own; undefined until the document is there. */
  sheet?: CSSStyleSheet
  /** The version of the book's sheets and faces that it has. */
  looks?: string
}

interface Calls {
  followed(link: HTMLAnchorElement, from: Open): void
  pressed(path: string, offset: number, twice: boolean): void
  key(event: KeyboardEvent): void
  turn(by: number): void
  /** Another page is shown. `byReader`: it was turned here. */
  turned(byReader: boolean): void
}

export function makeScreen(settings: Settings, calls: Calls) {
  const marks: ScreenMarks = { marked: undefined, words: '', now: undefined }
  let open: Open = { path: '', key: '' }
  /** What the open document's sheets and faces are to be. */
  let looks = ''

  const inside = () => openedIn(open.frame)
  const pages = makeScreenPages(inside, () => DEVICES.get(settings.device)!, calls.turned)
  const paint = () => {
    const here = inside()
    if (here !== undefined) paintMarks(here, open.path, marks)
  }
  const prepare = (own: Open, where: Where) => {
    const here = inside()
    if (here === undefined) return
    own.sheet = layOver(here, sheetOf(settings))
    own.looks = looks
    listenIn(here, {
      followed: (link) => calls.followed(link, own),
      pressed: (offset, twice) => calls.pressed(own.path, offset, twice),
      key: calls.key,
      turn: calls.turn,
    })
    pages.goTo(where)
    paint()
  }
  new ResizeObserver(
    framed(() => {
      fitGlass(settings, open.frame)
      pages.comeForward()
    }),
  ).observe(byId('bench'))

  return {
    get open(): Readonly<Open> {
      return open
    },
    inside,
    pages,
    marks,
    paint,
    /** For what is opened from now on, and for the open document when it is renewed. */
    set looks(next: string) {
      looks = next
    },
    /** Nothing of the book is open any more; what stands there stays until something else is opened. */
    leave() {
      open = { ...open, path: '' }
    },
    /** Ends when the document stands, or when another is opened instead. */
    opens(info: DocumentInfo, where: Where): Promise<void> {
      const own: Open = { path: info.path, key: info.key }
      open = own
      const { frame, stands } = openOver(byId('glass'), info, {
        isWanted: () => open === own,
        came: () => prepare(own, where),
        facesCame: () => pages.backTo(pages.top()),
      })
      own.frame = frame
      fitGlass(settings, frame)
      return stands
    },
    /** Works another version of the open document into it. */
    async renew({ path, key }: DocumentInfo): Promise<void> {
      const own = open
      const here = inside()
      if (path !== own.path || here === undefined) return
      const fresh = await versionOf(path, key, here)
      if (fresh === undefined || open !== own) return
      const inner = here.root.ownerDocument
      const top = pages.top()
      own.key = key
      morph(here.body, fresh.body)
      inner.title = fresh.title
      if (own.looks !== looks) {
        own.looks = looks
        await freshSheets(inner, looks)
      }
      pages.backTo(top)
      paint()
    },
    /** After the device, the type, the face or the ground was changed. */
    restyle() {
      const top = pages.top()
      fitGlass(settings, open.frame)
      open.sheet?.replaceSync(sheetOf(settings))
      if (inside() === undefined) return
      pages.backTo(top)
      paint()
    },
  }
}

/** A version of a document, made in the open one's window; undefined if it is not known any more. */
async function versionOf(path: string, key: string, { window }: Opened): Promise<Document | undefined> {
  const text = await server.document(path, key)
  if (text === undefined) return undefined
  const fresh = new window.DOMParser().parseFromString(text, 'application/xhtml+xml')
  return fresh.querySelector('parsererror') !== null || fresh.body === null ? undefined : fresh
}
