// In: a book. Out: the room in which it is proved, again and again, and in which all questions about it are answered.
import { isAsRead } from '../folder.js'
import { createDesk, type Hands } from './desk.js'
import type { Built, State } from './protocol.js'
import { createSession, type SessionOf } from './session.js'
import { findingPlace } from './spots.js'

export interface Pressroom {
  /** Undefined: what has changed was read already. */
  prove(paths: readonly string[]): Promise<Proof | undefined>
  /** Something was changed again: a proof that does not come to an end is given up. */
  hurry(): void
  state(): Promise<State>
  draw(key: string): Promise<string | undefined>
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
      return { built, source: now && { dir: now.dir, file: now.file } }
    },
    hurry: () => undefined,
    state: async () => session.state(),
    draw: async (key) => session.draw(key),
    file: (path) => session.file(path),
    get: async (name, query) => desk.get(name, new URLSearchParams(query)),
    post: (name, body) => desk.post(name, body),
    close: async () => undefined,
  }
}
