// In: a book, and where it is to be shown. Out: its preview, open until it is closed: watched, proved anew, served.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { whereIs } from '../build/proof.js'
import { isAsRead } from '../folder.js'
import { createDesk } from './desk.js'
import { pageFiles } from './files.js'
import { type Guard, isHere } from './guard.js'
import type { Preview, PreviewOptions } from './options.js'
import { createPreviewServer } from './server.js'
import { createSession } from './session.js'
import { findingPlace } from './spots.js'
import { watchBook } from './watch.js'

/** Where it is served if nobody says anything, and that is free. */
const USUAL = 4711

export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { book, host = '127.0.0.1', port } = options
  const session = createSession(book, findingPlace)
  const token = isHere(host) ? undefined : randomBytes(18).toString('base64url')
  const guard: Guard = { host, port: 0, token }
  const desk = createDesk(session, {
    openEditor: options.editor,
    show: (spot) => channel.tell('show', spot),
    again: () => rebuild([]),
  })
  const { server, channel, end } = createPreviewServer(session, desk, pageFiles(), () => guard)

  let changed = false
  let running: Promise<void> | undefined
  /** Whatever changes while a proof is made is in the next. */
  const rebuild = (paths: readonly string[]): Promise<void> => {
    changed = true
    channel.tell('building', {})
    running ??= (async () => {
      while (changed) {
        changed = false
        desk.refresh()
        const built = await session.prove(paths)
        await watcher.follow(session.source())
        channel.tell('built', built)
        options.built?.(built)
      }
      running = undefined
    })()
    return running
  }
  const watcher = watchBook(book, (paths) => {
    const source = session.source()
    // A change may be told once more when it has been read already.
    if (source !== undefined && paths.every((path) => isAsRead(source, path))) return
    void rebuild(paths)
  })
  try {
    guard.port = await listen(server, host, port)
  } catch (cause) {
    await watcher.close()
    throw cause
  }
  await watcher.follow(await whereIs(book))
  const first = rebuild([])
  const named = host.includes(':') ? `[${host}]` : host
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : named
  return {
    address: `http://${shown}:${guard.port}/${token === undefined ? '' : `?token=${token}`}`,
    ready: first,
    async close() {
      await watcher.close()
      end()
      await new Promise<void>((done) => server.close(() => done()))
      await running
    },
  }
}

async function listen(
  server: ReturnType<typeof createPreviewServer>['server'],
  host: string,
  port: number | undefined,
): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((done, fail) => {
      server.once('error', fail)
      server.listen(port, host, () => {
        server.off('error', fail)
        done((server.address() as AddressInfo).port)
      })
    })
  if (port !== undefined) return attempt(port)
  return attempt(USUAL).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause
    return attempt(0)
  })
}
