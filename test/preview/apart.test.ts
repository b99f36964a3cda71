// The press room on a thread of its own, as the finished package has it: it answers as it does at home, and a proof that takes more than
// it may is ended, while the server goes on.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { PreviewOptions } from '../../src/preview/options.js'
import type { Built, Spot, State } from '../../src/preview/protocol.js'
import type { Preview } from '../../src/preview.js'
import { BOOK } from './open.js'
import { ROOT } from './window.js'

const LIBRARY = join(ROOT, 'dist/index.js')
const dir = mkdtempSync(join(tmpdir(), 'octavo-apart-'))
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  writeFileSync(join(dir, path), text)
}
for (const [path, text] of Object.entries(BOOK)) write(path, text)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function open(options: PreviewOptions): Promise<Preview> {
  const { preview } = (await import(pathToFileURL(LIBRARY).href)) as {
    preview(options: PreviewOptions): Promise<Preview>
  }
  return preview({ book: dir, port: 0, ...options })
}

// `npm run build` makes it.
describe.skipIf(!existsSync(LIBRARY))('on a thread', () => {
  test('answers, follows, opens the editor, tries a theme, and refuses', async () => {
    const calls: [string, number, number][] = []
    let heard: (built: Built) => void = () => undefined
    const preview = await open({ editor: (...where) => calls.push(where), built: (built) => heard(built) })
    const get = async <T>(path: string) => (await (await fetch(new URL(path, preview.address))).json()) as T
    const post = async (path: string, body: unknown) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(new URL(path, preview.address), {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: (await answer.json()) as { error?: string; tried?: boolean } }
    }
    try {
      await preview.ready
      const state = await get<State>('api/state')
      expect(state).toMatchObject({ title: 'A Small Book', broken: false, building: false })
      const spot = await get<Spot>('api/spot?file=chapters/one.md&line=3&column=5')
      expect(spot).toMatchObject({ word: 'ship', line: 3, column: 5 })
      await post('api/open', { file: 'chapters/one.md', line: 3, column: 5 })
      expect(calls).toEqual([[join(dir, 'chapters/one.md'), 3, 5]])
      expect(await post('api/open', { file: '../secret', line: 1 })).toMatchObject({ status: 400 })
      expect((await post('api/theme', { do: 'try', values: { 'page.size': 12 } })).body.tried).toBe(true)
      expect((await post('api/theme', { do: 'try', values: { 'page.size': 1 } })).body.error).toContain('page.size')
      expect((await post('api/theme', { do: 'drop' })).body.tried).toBe(false)

      const built = new Promise<Built>((done) => {
        heard = done
      })
      write('chapters/one.md', BOOK['chapters/one.md'].replace('The ship lay', 'The boat lay'))
      const { pages, documents } = await built
      const now = await get<State>('api/state')
      // What the server has reckoned of the change is what the room would say.
      expect(now.sources[0]!.keys).toContain(pages.keys[0])
      expect(now.documents.find(({ path }) => path === documents[0]!.path)?.key).toBe(documents[0]!.key)
      expect(await get<Spot>('api/spot?file=chapters/one.md&line=3&column=5')).toMatchObject({ word: 'boat' })
      expect((await fetch(new URL(`pages/${pages.keys[0]}.svg`, preview.address))).status).toBe(200)
      write('chapters/one.md', BOOK['chapters/one.md'])
    } finally {
      await preview.close()
    }
  })

  test.each([
    ['time', { time: 0.02 }, 'out-of-time'],
    ['memory', { memory: 1 }, 'out-of-memory'],
  ])('a proof that takes too much %s is ended and said, and the server answers', async (_, limits, code) => {
    const preview = await open({ limits })
    try {
      await preview.ready
      const state = (await (await fetch(new URL('api/state', preview.address))).json()) as State
      expect(state).toMatchObject({ broken: true, building: false, documents: [] })
      expect(state.findings.map((one) => one.code)).toEqual([code])
      expect((await fetch(new URL('api/spot?page=0&x=1&y=1', preview.address))).status).toBe(404)
      expect((await fetch(preview.address)).status).toBe(200)
    } finally {
      await preview.close()
    }
  })

  test('a text that takes too much: the last good state stays; it is ended once, and gone when it is mended', async () => {
    const told: Built[] = []
    let heard: (built: Built) => void = () => undefined
    const built = (one: Built) => {
      told.push(one)
      heard(one)
    }
    const next = () =>
      new Promise<Built>((done) => {
        heard = done
      })
    const preview = await open({ limits: { memory: 200 }, built })
    try {
      await preview.ready
      const before = (await (await fetch(new URL('api/state', preview.address))).json()) as State
      expect(before.broken).toBe(false)
      const broken = next()
      write('chapters/one.md', 'Word.\n\n'.repeat(900_000))
      expect(await broken).toMatchObject({ broken: true, documents: [] })
      const state = (await (await fetch(new URL('api/state', preview.address))).json()) as State
      expect(state.findings.map((one) => one.code)).toEqual(['out-of-memory'])
      expect(state.documents).toEqual(before.documents)
      expect(state.sources).toEqual(before.sources)
      const mended = next()
      write('chapters/one.md', BOOK['chapters/one.md'])
      expect((await mended).findings).toEqual(before.findings)
      expect(told.map((one) => one.broken)).toEqual([false, true, false])
      const { documents } = (await (await fetch(new URL('api/state', preview.address))).json()) as State
      const { path } = documents.find((one) => one.path.includes('harbour')) ?? documents.at(-1)!
      expect(await (await fetch(new URL(`epub/${path}`, preview.address))).text()).toContain('<body')
    } finally {
      await preview.close()
    }
  })
})
