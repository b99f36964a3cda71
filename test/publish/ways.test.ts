// One process, threads, a process for each book, shares that are joined, workers over a real Redis of which one is killed at its work, a
// bucket: the sites are the same, file for file. Redis is skipped with a word where there is no `redis-server`, S3 where there is no
// `moto_server` (PyPI's `moto[server]`).
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { QueueEvents } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareEnvironment, rightsOf } from '../../src/build/apart.js'
import type { PublishOptions, PublishResult, WorkOptions } from '../../src/index.js'
import type { onThreads } from '../../src/publish/threads.js'
import { NODES } from '../nodes.js'
import { below, book, filesIn, folderOf, type Texts } from './shelves.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const CLI = join(ROOT, 'dist/cli.js')

interface Library {
  publish(options: PublishOptions): Promise<PublishResult>
  work(options: WorkOptions): Promise<{ ok: boolean; diagnostics: unknown[] }>
}
let octavo: Library

const NAMES = ['ash', 'beech', 'elm', 'fir', 'lime', 'oak', 'yew']
/** One of them has errors; one more would be published under another's name. */
const FAULTY = 'fir'
const shelf: Texts = {
  'shelf.yaml': 'title: Trees\naddress: https://trees.example.org/\nlanguage: de\n',
  ...Object.assign(
    {},
    ...NAMES.map((name) =>
      below(
        name,
        book(
          { title: `Of ${name}`, slug: name, subjects: ['Trees'], editions: { epub: {}, pdf: {}, web: {} } },
          `# ${name}\n\n${'A tree stands by itself, and is counted with others. '.repeat(40)}\n${name === FAULTY ? '\n[^lost]\n' : ''}`,
        ),
      ),
    ),
  ),
}
const from = folderOf(shelf)
const home = folderOf({})
const place = (name: string) => ({ from, out: join(home, name), store: join(home, `${name}-store`) })
let first: Map<string, Buffer>

const same = (name: string) => {
  const files = filesIn(join(home, name))
  expect([...files.keys()]).toEqual([...first.keys()])
  for (const [path, bytes] of files)
    expect({ path, same: bytes.equals(first.get(path)!) }).toEqual({ path, same: true })
}

beforeAll(async () => {
  octavo = (await import(pathToFileURL(join(ROOT, 'dist/index.js')).href)) as Library
  const result = await octavo.publish({ ...place('one'), jobs: 1 })
  expect(result).toMatchObject({ published: true, ok: false, books: 6, passedOver: [FAULTY], made: 7 })
  first = filesIn(join(home, 'one'))
  expect(first.size).toBeGreaterThan(100)
})

test('on four threads', async () => {
  expect(await octavo.publish({ ...place('threads'), jobs: 4 })).toMatchObject({ published: true, made: 7 })
  same('threads')
})

test('threads that hold much are replaced by fresh ones, and every book comes out', async () => {
  const { load } = (await import(pathToFileURL(join(ROOT, 'dist/loader.js')).href)) as {
    load(): Promise<{ onThreads: typeof onThreads }>
  }
  const bundle = await load()
  const threads = async (old: number | undefined) => {
    let begun = 0
    const count = () => void begun++
    process.on('worker', count)
    const maker = await bundle.onThreads(2, undefined, old)
    const books = NAMES.map((name) => ({
      ...{ book: join(from, name), editions: undefined, strict: false, limits: undefined },
    }))
    const made = await Promise.all(books.map((task) => maker.make(task, undefined)))
    await maker.close()
    process.off('worker', count)
    expect(made.filter(({ ok }) => ok)).toHaveLength(NAMES.length - 1)
    return begun
  }
  expect(await threads(undefined)).toBeLessThanOrEqual(2)
  expect(await threads(0)).toBeGreaterThan(2)
})

test('each book in a process of its own', async () => {
  expect(await octavo.publish({ ...place('untrusted'), jobs: 4, untrusted: true })).toMatchObject({ made: 7 })
  same('untrusted')
})

test('in eight shares that are joined; without one of them there is no site, and it is said which books are missing', async () => {
  const { store } = place('shares')
  for (let index = 8; index >= 1; index--) {
    const result = await octavo.publish({ from, store, shard: { index, of: 8 } })
    expect(result).toMatchObject({ published: false, made: index === 8 ? 0 : 1, ok: NAMES[index - 1] !== FAULTY })
    if (index !== 2) continue
    const early = await octavo.publish({ ...place('shares'), join: true })
    expect(early).toMatchObject({ published: false, passedOver: ['ash', FAULTY] })
    expect(early.diagnostics.map(({ path, code }) => `${path} ${code}`)).toContain('ash not-in-store')
    expect(existsSync(join(home, 'shares'))).toBe(false)
  }
  expect(await octavo.publish({ ...place('shares'), join: true })).toMatchObject({ published: true, made: 0 })
  same('shares')
})

describe('a book that takes too much is ended and told of, and the rest come out', () => {
  const words = `${'Many words follow each other, and none of them is the last. '.repeat(12)}\n\n`
  const long = (name: string) =>
    below(name, book({ title: name, slug: name, editions: { epub: {}, pdf: {} } }, `# A\n\n${words.repeat(6000)}`))
  const codes = ({ diagnostics }: PublishResult) =>
    diagnostics.filter(({ severity }) => severity === 'error').map(({ path, code }) => `${path} ${code}`)

  test('by its memory, in a process of its own', async () => {
    const own = folderOf({ ...shelf, ...long('a-long-one') })
    const result = await octavo.publish({ ...place('memory'), from: own, untrusted: true, limits: { memory: 250 } })
    expect(codes(result)).toEqual(['a-long-one out-of-memory', `${FAULTY}/one.md missing-note`])
    expect(result).toMatchObject({ published: true, books: 6, passedOver: ['a-long-one', FAULTY] })
    same('memory')
  })

  test.each([false, true])('by the clock, in a process of its own: %s', async (untrusted) => {
    const own = folderOf({ ...shelf, ...long('a-long-one'), ...long('another'), ...long('one-more') })
    // The others are in the store: nobody waits for them.
    const all = { ...place(`late-${untrusted}`), from: own, untrusted, store: place('one').store }
    const result = await octavo.publish({ ...all, limits: { time: 1 }, jobs: 3 })
    expect(codes(result)).toEqual([
      'a-long-one out-of-time',
      'another out-of-time',
      `${FAULTY}/one.md missing-note`,
      'one-more out-of-time',
    ])
    expect(result).toMatchObject({ published: true, books: 6, made: 3 })
    same(`late-${untrusted}`)
  })
})

test('a process for a stranger’s book may read it and Octavo, write and start nothing, and knows no password', () => {
  const book = join(from, 'oak')
  writeFileSync(join(home, 'secret'), 'secret')
  const tried = `const fs = require('node:fs'), path = ${JSON.stringify(book)}
    const tell = (work) => { try { return work() ?? 'done' } catch (e) { return e.code } }
    console.log(JSON.stringify({
      own: tell(() => fs.readFileSync(path + '/one.md') && 'read'),
      octavo: tell(() => fs.readFileSync(${JSON.stringify(CLI)}) && 'read'),
      secret: tell(() => fs.readFileSync(${JSON.stringify(join(home, 'secret'))})),
      other: tell(() => fs.readFileSync(path + '/../ash/one.md')),
      write: tell(() => fs.writeFileSync(path + '/left', 'x')),
      start: tell(() => require('node:child_process').spawnSync('true').error?.code),
      thread: tell(() => new (require('node:worker_threads').Worker)('0', { eval: true })),
      password: process.env.OCTAVO_KEY_PASSWORD ?? 'unknown',
    }))`
  for (const node of NODES) {
    const flags = spawnSync(node, ['-p', 'process.allowedNodeEnvironmentFlags.has("--permission")'], {
      encoding: 'utf8',
    })
    // What this Node calls it is what its children are given; another calls it otherwise.
    const own = rightsOf(book).map((flag) =>
      /permission$/.test(flag) && flags.stdout.trim() === 'true' ? '--permission' : flag,
    )
    const env = { ...bareEnvironment(), PATH: process.env['PATH'] }
    const { stdout } = spawnSync(node, [...own, '-e', tried], { encoding: 'utf8', env })
    const denied = 'ERR_ACCESS_DENIED'
    expect({ node, ...JSON.parse(stdout) }).toEqual({
      ...{ node, own: 'read', octavo: 'read', secret: denied, other: denied },
      ...{ write: denied, start: denied, thread: denied, password: 'unknown' },
    })
  }
})

/** A port that nobody listens to. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** When the process has said this. */
function says(child: ChildProcess, words: string): Promise<void> {
  return new Promise((done, fail) => {
    let said = ''
    const hear = (data: Buffer) => {
      said += data
      if (said.includes(words)) done()
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.on('exit', () => fail(new Error(`it ended without saying ${words}: ${said}`)))
  })
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0
describe.skipIf(!hasRedis)(`over Redis${hasRedis ? '' : ' (skipped: no redis-server)'}`, () => {
  let server: ChildProcess
  let url: string
  const started: ChildProcess[] = []
  beforeAll(async () => {
    const port = await freePort()
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', home])
    await says(server, 'Ready to accept connections')
    url = `redis://127.0.0.1:${port}`
  })
  afterAll(async () => {
    for (const child of [...started, server])
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  })
  const worker = (store: string) => {
    const words = ['worker', from, '--queue', url, '--store', store, '--jobs', '1', '--patience', '5']
    const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(child)
    return child
  }

  test('three workers, of which one is killed at its work', async () => {
    const { store } = place('queue')
    const redis = new Redis(url, { maxRetriesPerRequest: null })
    const events = new QueueEvents('octavo-books', { connection: redis })
    await events.waitUntilReady()
    const three = [worker(store), worker(store), worker(store)]
    const gone = three.map((child) => once(child, 'exit'))
    // The first that has a book in hand is ended before it can say that the book is done.
    const taken = new Promise<number>((done) => {
      events.on('active', async ({ jobId }) => {
        const by = await redis.hget(`bull:octavo-books:${jobId}`, 'pb')
        done(three.findIndex(({ pid }) => by?.endsWith(`-${pid}`)))
      })
    })
    const publishing = octavo.publish({ ...place('queue'), queue: url })
    const which = await taken
    expect(which).toBeGreaterThanOrEqual(0)
    three[which]!.kill('SIGKILL')
    expect(await publishing).toMatchObject({ published: true, books: 6, made: 7, passedOver: [FAULTY] })
    same('queue')
    for (const child of three) child.kill('SIGTERM')
    const ends = await Promise.all(gone)
    expect(ends.map(([code, signal]) => code ?? signal)).toEqual(three.map((_, i) => (i === which ? 'SIGKILL' : 0)))
    // Nothing is left behind but the queue's own bookkeeping.
    expect((await redis.keys('bull:octavo-catalogue-*')).filter((key) => !key.endsWith(':events'))).toEqual([])
    expect(await redis.keys('bull:octavo-books:????????-????-*')).toEqual([])
    await events.close()
    redis.disconnect()
  })

  test('a worker with another copy of the shelf makes nothing, and it is said why', async () => {
    const other = folderOf(shelf)
    writeFileSync(join(other, 'oak/one.md'), '# Another\n\nText.\n')
    const stop = new AbortController()
    const { store } = place('other')
    const wrong: string[] = []
    const progress = (path: string, why: string | undefined) => void (why && wrong.push(`${path}: ${why}`))
    const working = octavo.work({ from: other, queue: url, store, jobs: 2, signal: stop.signal, progress })
    const result = await octavo.publish({ ...place('other'), queue: url })
    stop.abort()
    expect(await working).toMatchObject({ ok: true, diagnostics: [] })
    expect(wrong).toEqual(['oak: the worker’s copy of the book, or its Octavo, is another'])
    expect(result).toMatchObject({ published: true, books: 5, passedOver: [FAULTY, 'oak'] })
    expect(result.diagnostics.find(({ path }) => path === 'oak')).toMatchObject({ code: 'book-given-up' })
  })
})

test('where no Redis answers, that is said', async () => {
  const result = await octavo.publish({
    ...place('nobody'),
    queue: `redis://someone:secret@127.0.0.1:${await freePort()}`,
  })
  expect(result.diagnostics).toMatchObject([{ code: 'queue-unreachable', severity: 'error' }])
  expect(result.diagnostics[0]!.message).not.toContain('secret')
  expect(existsSync(join(home, 'nobody'))).toBe(false)
})

const hasMoto = spawnSync('moto_server', ['--help']).status === 0
test.skipIf(!hasMoto)(
  `by shares on machines that have a bucket in common${hasMoto ? '' : ' (skipped: no moto_server)'}`,
  async () => {
    const port = await freePort()
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
    try {
      await says(server, 'Running on')
      const env = {
        ...{ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`, AWS_REGION: 'us-east-1' },
        ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      }
      for (const [name, value] of Object.entries(env)) process.env[name] = value
      const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3')
      await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'books' }))
      const bucket = 's3://books/kept'
      for (const index of [1, 2])
        await octavo.publish({ from, store: join(home, `far-${index}`), bucket, shard: { index, of: 2 } })
      expect(readdirSync(join(home, 'far-2')).length).toBeGreaterThan(1)
      const joined = await octavo.publish({ ...place('bucket'), bucket, join: true })
      expect(joined).toMatchObject({ published: true, books: 6, made: 0 })
      same('bucket')
      const wrong = await octavo.publish({ ...place('wrong'), bucket: 's3://nowhere' })
      expect(wrong.diagnostics).toMatchObject([{ code: 'store-failed' }])
    } finally {
      server.kill('SIGKILL')
    }
  },
)
