// In: a book. Out: the room in which it is proved, again and again, and in which all questions about it are answered.
import { isAsRead } from '../folder.js'
import { createDesk, type Hands } from './desk.js'
import type { Detail } from './drawing.js'
import type { Built, Fresh, State } from './protocol.js'
import { createSession, type Session, type SessionOf } from './session.js'
import { findingPlace } from './spots.js'

/** Sent along at most: where more has changed, those that look ask for what they see. */
const FRESH = { pages: 4, documents: 2, letters: 1_500_000 }

export interface Pressroom {
  /** Undefined: what has changed was read already. */
  prove(paths: readonly string[]): Promise<Proof | undefined>
  /** Something was changed again: a proof that does not come to an end is given up. */
  hurry(): void
  state(): Promise<State>
  draw(key: string, detail: Detail): Promise<string | undefined>
  file(path: string): Promise<{ type: string; content: string | Uint8Array } | undefined>
  /** Answers to `/api/…`. Undefined: there is nothing like it. */
  get(name: string, query: string): Promise<unknown>
  /** The same. Throws `Refused` for what cannot be done. */
  post(name: string, body: unknown): Promise<unknown>
  close(): Promise<void>
}

export interface Proof {
  built: Built
  /** Where the book is, if it was found. */
  source: Where | undefined
  fresh: Fresh
}

export interface RoomOf extends SessionOf {
  /** Where the book was published, if it was. */
  site: string
}

/** Of a book on the disk. */
export interface Where {
  dir: string | undefined
  file?: string | undefined
}

export function openPressroom({ site, ...of }: RoomOf, hands: Hands): Pressroom {
  const session = createSession(of, findingPlace)
  const desk = createDesk(session, hands, site)
  return {
    async prove(paths) {
      const source = session.source()
      // A change may be told once more when it has been read already.
      if (source !== undefined && paths.length > 0 && paths.every((path) => isAsRead(source, path))) return undefined
      hands.building()
      desk.refresh()
      const built = await session.prove(paths)
      const now = session.source()
      return { built, source: now && { dir: now.dir, file: now.file }, fresh: await freshOf(session, built) }
    },
    hurry: () => undefined,
    state: async () => session.state(),
    draw: async (key, detail) => session.draw(key, detail),
    file: (path) => session.file(path),
    get: async (name, query) => desk.get(name, new URLSearchParams(query)),
    post: (name, body) => desk.post(name, body),
    close: async () => undefined,
  }
}

async function freshOf(session: Session, { pages, documents, whole }: Built): Promise<Fresh> {
  const fresh: Fresh = { pages: [], documents: [] }
  if (whole) return fresh
  let room = FRESH.letters
  const add = (to: Fresh['pages'], key: string, text: string | Uint8Array | undefined) => {
    if (typeof text === 'string' && (room -= text.length) >= 0) to.push([key, text])
  }
  for (const key of pages.keys.slice(0, FRESH.pages)) add(fresh.pages, key, session.draw(key, 'coarse'))
  for (const { path, key } of documents.slice(0, FRESH.documents))
    add(fresh.documents, key, (await session.file(path))?.content)
  return fresh
}
