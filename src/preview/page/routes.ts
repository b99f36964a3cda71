// The server that this page came from: its routes as functions, its events as a stream. Nothing else is ever asked.
import type {
  Built,
  Finding,
  Found,
  Fresh,
  PageDetail,
  SinceRelease,
  Source,
  Spot,
  State,
  ThemeChange,
  ThemePanel,
} from '../protocol.js'

async function ask<T>(path: string, body?: unknown): Promise<T | undefined> {
  try {
    const answer = await fetch(
      path,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
    return answer.ok ? ((await answer.json()) as T) : undefined
  } catch {
    // It has gone; the stream of events says so.
    return undefined
  }
}

/** What came with the last change. */
let fresh = { pages: new Map<string, string>(), documents: new Map<string, string>() }

/** `undefined`: there is nothing there, or the server has gone. */
export const server = {
  state: () => ask<State>('api/state'),
  source: (name: string) => ask<Source>(`api/source?name=${name}`),
  release: () => ask<SinceRelease>('api/release'),
  page: (index: number) => ask<PageDetail>(`api/page?index=${index}`),
  spotOnPage: (page: number, x: number, y: number) =>
    ask<Spot>(`api/spot?page=${page}&x=${x.toFixed(2)}&y=${y.toFixed(2)}`),
  spotInDocument: (path: string, offset: number) =>
    ask<Spot>(`api/spot?document=${encodeURIComponent(path)}&offset=${offset}`),
  spotInFile: (file: string, line: number, column?: number) =>
    ask<Spot>(
      `api/spot?file=${encodeURIComponent(file)}&line=${line}${column === undefined ? '' : `&column=${column}`}`,
    ),
  find: (text: string) => ask<Found[]>(`api/find?q=${encodeURIComponent(text)}`),
  open: (file: string, line: number, column: number) =>
    ask<{ opened: boolean; why?: string }>('api/open', { file, line, column }),
  theme: () => ask<ThemePanel>('api/theme'),
  async changeTheme(change: ThemeChange): Promise<{ panel?: ThemePanel; error?: string }> {
    try {
      const answer = await fetch('api/theme', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      })
      if (answer.ok) return { panel: (await answer.json()) as ThemePanel }
      return { error: ((await answer.json()) as { error?: string }).error ?? 'the theme was refused' }
    } catch {
      return { error: 'the preview has ended' }
    }
  },
  /** The text of a document, new. */
  async document(path: string, key: string): Promise<string | undefined> {
    const sent = fresh.documents.get(key)
    if (sent !== undefined) return sent
    try {
      const answer = await fetch(`epub/${path}?${key}`)
      return answer.ok ? await answer.text() : undefined
    } catch {
      return undefined
    }
  },
}

/** What a page's picture is fetched from; `done`: to be called when it has come. */
export function pictureOf(key: string, isFine: boolean): { address: string; done: () => void } {
  const sent = isFine ? undefined : fresh.pages.get(key)
  if (sent === undefined) return { address: `pages/${key}.svg${isFine ? '?fine' : ''}`, done: () => undefined }
  const address = URL.createObjectURL(new Blob([sent], { type: 'image/svg+xml' }))
  return { address, done: () => URL.revokeObjectURL(address) }
}
export const addressOfDocument = (path: string, key: string): string => `epub/${path}?${key}`

export interface Listeners {
  /** Connected, for the first time or again. */
  hello(revision: number): void
  building(): void
  built(what: Built): void
  show(spot: Spot): void
  /** The server has gone; the stream tries again by itself. */
  gone(): void
}

export function listen(to: Listeners): void {
  const stream = new EventSource('api/events')
  const on = <T>(name: string, call: (data: T) => void) =>
    stream.addEventListener(name, (event) => call(JSON.parse((event as MessageEvent<string>).data) as T))
  on<{ revision: number }>('hello', ({ revision }) => to.hello(revision))
  on('building', () => to.building())
  on<Built & { fresh: Fresh }>('built', (what) => {
    fresh = { pages: new Map(what.fresh.pages), documents: new Map(what.fresh.documents) }
    to.built(what)
  })
  on<Spot>('show', (spot) => to.show(spot))
  stream.addEventListener('error', () => {
    to.gone()
    // A stream that was refused is not begun again by the browser.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(to), 2000)
  })
}

export type { Built, Finding, Found, PageDetail, Spot, State }
