// The documents of the EPUB, as the e-reader's list offers them and as links between them name them.
import type { DocumentInfo } from '../protocol.js'
import { byId, h } from './dom.js'
import { addressOfDocument } from './routes.js'
import type { Where } from './screen-pages.js'

/** `pick`: a document was chosen from the list. */
export function makeDocumentList(pick: (path: string) => void) {
  const select = byId<HTMLSelectElement>('document')
  let documents: readonly DocumentInfo[] = []
  let names: ReadonlyMap<string, string> = new Map()
  let listed = ''
  let chosen = ''
  const list = () => {
    const all = documents.map((each): [string, string] => [each.path, names.get(each.path) ?? each.title])
    const now = JSON.stringify(all)
    if (now !== listed) select.replaceChildren(...all.map(([value, name]) => h('option', { value }, name)))
    listed = now
    select.value = chosen
  }
  select.addEventListener('change', () => pick(select.value))

  return {
    get: (path: string): DocumentInfo | undefined => documents.find((each) => each.path === path),
    get first() {
      return documents[0]
    },
    /** The one so many after another. */
    after: (path: string, by: number) => documents[documents.findIndex((each) => each.path === path) + by],
    set(next: readonly DocumentInfo[]) {
      documents = next
      list()
    },
    /** What documents are called, with the part that they belong to. */
    name(next: ReadonlyMap<string, string>) {
      names = next
      list()
    },
    choose(path: string) {
      chosen = path
      select.value = path
    },
  }
}

/** Where a link of a document leads; the path is empty outside of the book. */
export function targetOfLink(link: HTMLAnchorElement, from: { path: string; key: string }): [string, Where] {
  const base = new URL(addressOfDocument('', ''), location.href)
  const to = new URL(link.getAttribute('href')!, new URL(addressOfDocument(from.path, from.key), location.href))
  const isInside = to.origin === base.origin && to.pathname.startsWith(base.pathname)
  const path = isInside ? decodeURI(to.pathname.slice(base.pathname.length)) : ''
  return [path, to.hash === '' ? { page: 'first' } : { id: decodeURIComponent(to.hash.slice(1)) }]
}
