// In: a book, and where it is to be shown. Out: its preview, open until it is closed: watched, proved anew, served.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { whereIs } from '../build/proof.js'
import { hasThreads } from '../build/thread.js'
import { limitsOf } from '../model/limits.js'
import type { Hands } from './desk.js'
import { openWith } from './editor.js'
import { type Guard, isHere } from './guard.js'
import type { Preview, PreviewOptions } from './options.js'
import { pageFiles } from './page-files.js'
import { openPressroom } from './pressroom.js'
import { startPressroom } from './pressroom-apart.js'
import { createPreviewServer } from './server.js'
import { watchBook } from './watch.js'

/** Where it is served if nobody says anything, and that is free. */
const USUAL = 4711

export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { book, host = '127.0.0.1', port } = options
  const token = isHere(host) ? undefined : randomBytes(18).toString('base64url')
  const guard: Guard = { host, port: 0, token }
  const hands: Hands = {
    building: () => channel.tell('building', {}),
    show: (spot) => channel.tell('show', spot),
    again: () => rebuild(),
    openEditor: (...where) => openWith(options.editor, ...where),
  }
  const limits = limitsOf(options.limits)
  const of = { book, site: resolve(options.site ?? 'site'), since: 0, limits }
  const room = hasThreads() ? startPressroom(of, hands) : openPressroom(of, hands)
  const { server, channel, end } = createPreviewServer(room, pageFiles(), () => guard)

  const waiting = new Set<string>()
  let changed = false
  let forced = false
  let running: Promise<void> | undefined
  /** Whatever changes while a proof is made is in the next. `paths`: none: it is made in any case. */
  const rebuild = (paths: readonly string[] = []): Promise<void> => {
    for (const path of paths) waiting.add(path)
    forced ||= paths.length === 0
    changed = true
    running ??= (async () => {
      while (changed) {
        const since = forced ? [] : [...waiting]
        changed = false
        forced = false
        waiting.clear()
        const proof = await room.prove(since)
        if (proof === undefined) continue
        await watcher.follow(proof.source)
        channel.tell('built', { ...proof.built, fresh: proof.fresh })
        options.built?.(proof.built)
      }
      running = undefined
    })()
    return running
  }
  const watcher = watchBook(book, (paths) => {
    room.hurry()
    void rebuild(paths)
  })
  try {
    guard.port = await listen(server, host, port)
  } catch (cause) {
    await watcher.close()
    throw cause
  }
  await watcher.follow(await whereIs(book))
  const first = rebuild()
  const named = host.includes(':') ? `[${host}]` : host
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : named
  return {
    diagnostics: [],
    address: `http://${shown}:${guard.port}/${token === undefined ? '' : `?token=${token}`}`,
    ready: first,
    async close() {
      await watcher.close()
      end()
      await new Promise<void>((done) => server.close(() => done()))
      await room.close()
      await running?.catch(() => undefined)
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
