// In: a press room. Out: an HTTP server that shows it: the page itself, the book's pages and documents, and a stream of what changes.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Detail } from './drawing.js'
import { COOKIE, forbid, type Guard, refusalOf } from './guard.js'
import type { PageFiles } from './page-files.js'
import type { Pressroom } from './pressroom.js'
import { Refused } from './refused.js'

export interface Channel {
  /** To every page that is open. */
  tell(event: string, data: unknown): void
  count(): number
}

/** What a page or an editor sends is short. */
const LARGEST = 64 * 1024
/** As many pages may listen at once. */
const MOST_LISTENERS = 64

export function createPreviewServer(
  room: Pressroom,
  files: PageFiles,
  guard: () => Guard,
): { server: Server; channel: Channel; end(): void } {
  const { channel, listen, hangUp } = createChannel(room)
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) plain(response, 500, 'the preview failed')
      else response.destroy()
    })
  })
  // A client that says nothing does not hold a connection for ever.
  server.headersTimeout = 10_000
  server.requestTimeout = 20_000

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(request, guard())
    if (refusal === 401) return plain(response, 401, 'open the address that the command has printed, with its token')
    if (refusal !== undefined) return plain(response, refusal, 'this address is for the preview on this machine alone')
    const url = new URL(request.url ?? '/', 'http://host')
    const { token } = guard()
    if (token !== undefined && url.searchParams.get('token') === token)
      response.setHeader('set-cookie', `${COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/`)
    const [, area = '', rest = ''] = /^\/([^/]*)(?:\/(.*))?$/.exec(url.pathname) ?? []
    const isApi = area === 'api'
    if (request.method === 'POST' && isApi) return post(rest, request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', isApi ? 'GET, HEAD, POST' : 'GET, HEAD')
      return plain(response, 405, 'this is for reading')
    }
    if (isApi) {
      if (rest === 'events') return listen(request, response)
      const found = await (rest === 'state' ? room.state() : room.get(rest, url.search))
      return json(response, found === undefined ? 404 : 200, found ?? { error: 'there is nothing here' })
    }
    if (area === 'pages') return page(rest, url.searchParams.has('fine') ? 'fine' : 'coarse', request, response)
    if (area === 'epub') return file(rest, request, response)
    const own = rest === '' && !url.pathname.endsWith('//') ? files.get(area === '' ? 'index.html' : area) : undefined
    if (own === undefined) return plain(response, 404, 'there is nothing here')
    forbid(response, 'page')
    send(request, response, own.type, own.bytes, 'no-cache')
  }

  const page = async (
    rest: string,
    detail: Detail,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const [, key] = /^([\w-]+)\.svg$/.exec(rest) ?? []
    const drawn = key && (await room.draw(key, detail))
    if (!drawn) return plain(response, 404, 'there is no such page any more')
    forbid(response, 'picture')
    send(request, response, 'image/svg+xml', drawn, 'private, max-age=86400, immutable')
  }

  const file = async (rest: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let path = ''
    try {
      path = decodeURIComponent(rest)
    } catch {
      // No name of ours.
    }
    const found = await room.file(path)
    if (found === undefined) return plain(response, 404, 'the EPUB has no such file')
    forbid(response, 'book')
    send(request, response, found.type, found.content, 'no-cache')
  }

  const post = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return json(response, 415, { error: 'send JSON, with its content type' })
    const body = await bodyOf(request)
    if (body === undefined) return json(response, 400, { error: 'that is no JSON, or too much of it' })
    try {
      const done = await room.post(name, body)
      json(response, done === undefined ? 404 : 200, done ?? { error: 'there is nothing here' })
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      json(response, 400, { error: cause.message })
    }
  }

  return {
    server,
    channel,
    end() {
      hangUp()
      server.closeAllConnections()
    },
  }
}

/** The stream of what changes, to every page that listens. */
function createChannel(room: Pressroom): {
  channel: Channel
  listen(request: IncomingMessage, response: ServerResponse): Promise<void>
  hangUp(): void
} {
  const listeners = new Set<ServerResponse>()
  const listen = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (listeners.size >= MOST_LISTENERS) return plain(response, 503, 'too many pages are open')
    forbid(response, 'picture')
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.on('close', () => listeners.delete(response))
    response.on('error', () => listeners.delete(response))
    response.write('retry: 1000\n\n')
    // What is told while the revision is asked for comes first, and is no harm: it is older.
    if (request.method !== 'HEAD') listeners.add(response)
    response.write(message('hello', { revision: (await room.state()).revision }))
    if (request.method === 'HEAD') response.end()
  }
  const channel: Channel = {
    tell(event, data) {
      const told = message(event, data)
      for (const each of listeners) {
        // Who does not listen any more does not make us keep what was said.
        if (each.writableLength > 8 << 20) each.destroy()
        else each.write(told)
      }
    },
    count: () => listeners.size,
  }
  const hangUp = () => {
    for (const each of listeners) each.end()
  }
  return { channel, listen, hangUp }
}

function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** What was sent, if it is JSON and short. */
function bodyOf(request: IncomingMessage): Promise<unknown> {
  return new Promise((done) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= LARGEST) parts.push(part)
    })
    request.on('error', () => done(undefined))
    request.on('end', () => {
      try {
        done(size > LARGEST ? undefined : JSON.parse(Buffer.concat(parts).toString('utf8')))
      } catch {
        done(undefined)
      }
    })
  })
}

function json(response: ServerResponse, status: number, body: unknown): void {
  forbid(response, 'picture')
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function plain(response: ServerResponse, status: number, text: string): void {
  forbid(response, 'picture')
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${text}\n`)
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  content: string | Uint8Array,
  caching: string,
): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length, 'cache-control': caching })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
