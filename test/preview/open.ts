// In: the files of a small book. Out: a preview of it on a port of its own, asked over HTTP as a browser asks.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { PreviewOptions } from '../../src/preview/options.js'
import type { State } from '../../src/preview/protocol.js'
import type { Preview } from '../../src/preview.js'
import { preview } from '../../src/preview.js'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: () => never
}

export interface Opened {
  dir: string
  preview: Preview
  port: number
  write(path: string, text: string): void
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<{ status: number; body: T }>
  state(): Promise<State>
  /** From now on: the events as they come. */
  events(): Promise<{ next(name: string): Promise<never>; close(): void }>
  close(): Promise<void>
}

export async function openBook(files: Record<string, string>, options: PreviewOptions = {}): Promise<Opened> {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-preview-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const opened = await preview({ book: dir, port: 0, ...options })
  await opened.ready
  const port = Number(new URL(opened.address).port)
  const ask: Opened['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((done, fail) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          done({ status: response.statusCode!, headers: response.headers, text, json: () => JSON.parse(text) as never })
        })
      })
      asked.on('error', fail)
      asked.end(body)
    })
  return {
    dir,
    preview: opened,
    port,
    write,
    ask,
    get: async (path) => (await ask(path)).json(),
    async post(path, body) {
      const headers = { 'content-type': 'application/json' }
      const answer = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
      return { status: answer.status, body: answer.json() }
    },
    state: async () => (await ask('/api/state')).json(),
    events: () => listen(port),
    async close() {
      await opened.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function listen(port: number): ReturnType<Opened['events']> {
  return new Promise((done, fail) => {
    const waiting: { name: string; tell: (data: never) => void }[] = []
    const told: { name: string; data: never }[] = []
    let rest = ''
    const asked = request({ host: '127.0.0.1', port, path: '/api/events' }, (response) => {
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        rest += part
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
          const [, name = ''] = /^event: (.*)$/m.exec(rest.slice(0, end)) ?? []
          const [, data = 'null'] = /^data: (.*)$/m.exec(rest.slice(0, end)) ?? []
          rest = rest.slice(end + 2)
          const at = waiting.findIndex((one) => one.name === name)
          const event = { name, data: JSON.parse(data) as never }
          if (at < 0) told.push(event)
          else waiting.splice(at, 1)[0]!.tell(event.data)
          if (name === 'hello') done({ next, close: () => asked.destroy() })
        }
      })
      response.on('error', () => undefined)
    })
    const next = (name: string): Promise<never> => {
      const at = told.findIndex((one) => one.name === name)
      if (at >= 0) return Promise.resolve(told.splice(at, 1)[0]!.data)
      return new Promise((tell) => waiting.push({ name, tell }))
    }
    asked.on('error', fail)
    asked.end()
  })
}

export const BOOK = {
  'book.yaml': `title: A Small Book
language: en
authors: [Ada Writer]
date: 2026-01-02
modified: 2026-01-02T00:00:00Z
identifier: urn:uuid:3a6b1a54-0d4e-4b62-9f7a-4a3c8d0f1b2e
body:
  - chapters/one.md
  - chapters/two.md
`,
  'chapters/one.md': `# The Harbour

The ship lay at anchor, and nobody spoke of leaving.[^why]

A second paragraph, which says “don’t” and *stresses* a word. It goes on for a while, so that it is set on more than
one line of the page, as paragraphs of books are, and its lines are drawn in or out until they end at the same edge.

| Fish | Price |
| ---- | ----: |
| Herring | two pence |
| Mackerel | four pence |

::: verse
The tide came in,
the tide went out again.
:::

[^why]: The captain had lost the keys.
`,
  'chapters/two.md': `# The Crossing

At dawn the harbour was empty.
`,
}
