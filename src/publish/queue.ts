// In: books to be made, or a hand to make them; a Redis, or Valkey, that all know. Out: books made by whoever takes them.
//
// BullMQ's flows: each book is a job, and the catalogue is their parent, which its publisher takes when all books are done. Jobs name
// books and keys; the books themselves come from the worker's copy of the shelf, and go to the store that all share. A worker renews
// its hold on a book while it makes it; one that falls silent loses it to another.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { HOST } from '../build/traces.js'
import { error, NOWHERE, type Report } from '../diagnostic.js'
import { within } from '../folder.js'
import type { EditionName } from '../model/editions.js'
import type { Limits } from '../model/limits.js'
import { createKeys, type Keys } from './key.js'
import { peer } from './peer.js'
import type { Told, Unmade, Way } from './shelfwork.js'
import type { Store } from './store.js'
import { failed, isPassing } from './task.js'
import { type Maker, made } from './ways.js'

const BOOKS = 'octavo-books'
const PACKAGES = 'bullmq ioredis'
/** How often a book is tried whose maker fails, or falls silent. */
const ATTEMPTS = 3
/** Milliseconds before it is tried again. */
const PAUSE = 1000

/** What a job says. */
interface Job {
  path: string
  key: string
  editions: readonly EditionName[] | null
  strict: boolean
  limits: Partial<Limits>
}

/** No Redis answers. */
export class Unreachable extends Error {}

export function sayUnreachable({ message }: Unreachable, report: Report): void {
  const hint = 'start one, or mend the address: `--queue redis://host:6379`'
  error(report, 'queue-unreachable', NOWHERE, message, hint)
}

/** Throws `Missing`, or `Unreachable`. */
async function connect(url: string) {
  const asked = '--queue'
  const bull = await peer('bullmq', () => import('bullmq'), PACKAGES, asked)
  const { Redis } = await peer('ioredis', () => import('ioredis'), PACKAGES, asked)
  const open = () => {
    // BullMQ wants its commands to wait while the connection is gone.
    const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true })
    redis.on('error', () => undefined)
    return redis
  }
  const first = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  let cause = ''
  first.on('error', ({ message }: Error) => {
    cause ||= message
  })
  try {
    await first.connect()
    await first.ping()
  } catch (failure) {
    const { host } = new URL(url)
    throw new Unreachable(`no Redis answers at \`${host}\`: ${cause || (failure as Error).message}`)
  } finally {
    first.disconnect()
  }
  return { bull, open }
}

/** Puts books into the queue, and waits until all are done or given up. */
export function inQueue(url: string): Way {
  return async (books, told, signal) => {
    const { bull, open } = await connect(url)
    const redis = [open(), open(), open()] as const
    // Nobody else is to take this publisher's catalogue.
    const own = `octavo-catalogue-${randomUUID()}`
    const events = new bull.QueueEvents(BOOKS, { connection: redis[0] })
    const flows = new bull.FlowProducer({ connection: redis[1] })
    const waiting = new Map<string, Unmade>()
    const settle = async (id: string, done: Parameters<Told>[1]) => {
      const book = waiting.get(id)
      waiting.delete(id)
      if (book !== undefined) await told(book, done)
    }
    const gone: Promise<void>[] = []
    events.on('completed', ({ jobId }) => gone.push(settle(jobId, 'stored')))
    events.on('failed', ({ jobId, failedReason }) => gone.push(settle(jobId, failed([givenUp(failedReason)]))))
    const stopped = new Promise<void>((done) => signal?.addEventListener('abort', () => done()))
    const queue = new bull.Queue(own, { connection: redis[1] })
    let reached = () => {}
    const all = new Promise<void>((done) => {
      reached = done
    })
    const catalogue = new bull.Worker(own, async () => reached(), { connection: redis[2], autorun: false })
    catalogue.on('error', () => undefined)
    try {
      await events.waitUntilReady()
      const opts = { attempts: ATTEMPTS, backoff: { type: 'fixed', delay: PAUSE } }
      const kept = { removeOnComplete: true, removeOnFail: true }
      const flow = await flows.add({
        name: 'catalogue',
        queueName: own,
        opts: kept,
        children: books.map((book) => {
          // A catalogue has to come out without those that were given up.
          const child = { ...opts, ...kept, ignoreDependencyOnFailure: true, jobId: randomUUID() }
          waiting.set(child.jobId, book)
          return { name: 'book', queueName: BOOKS, data: jobOf(book), opts: child }
        }),
      })
      catalogue.run().catch(() => undefined)
      await Promise.race([all, stopped])
      if (signal?.aborted) await flow.job.remove({ removeChildren: true }).catch(() => undefined)
      else {
        await Promise.all(gone)
        // Whose event was lost: it is in the store, or it is missed there.
        for (const id of [...waiting.keys()]) await settle(id, 'stored')
      }
    } finally {
      await Promise.all([catalogue.close(), events.close(), flows.close()])
      await queue.obliterate({ force: true }).catch(() => undefined)
      await queue.close()
      for (const one of redis) one.disconnect()
    }
  }
}

function jobOf({ path, key, task: { editions, strict, limits = {} } }: Unmade): Job {
  return { path, key, editions: editions ?? null, strict, limits }
}

function givenUp(reason: string) {
  const message = `the book was given up after ${ATTEMPTS} attempts: ${reason}`
  const hint = 'see what the workers say; then start again'
  return { severity: 'error' as const, code: 'book-given-up', path: '', line: 0, message, hint }
}

export interface Hand {
  /** The worker's copy of the shelf. */
  root: string
  url: string
  store: Store
  jobs: number
  /** Of this machine, whatever the publisher allows. */
  limits: Partial<Limits>
  maker: Maker
  /** Seconds after which a silent worker loses its book. */
  patience: number
  signal: AbortSignal
  /** `wrong`: what forbids a book, or lets it be tried again. */
  progress: (path: string, wrong: string | undefined) => void
}

/** Makes books from a queue until `signal`; those in hand are finished. Throws `Missing`, or `Unreachable`. */
export async function serveQueue({ url, jobs, patience, signal, progress, ...hand }: Hand): Promise<void> {
  const { bull, open } = await connect(url)
  const redis = open()
  const keys = createKeys()
  const worker = new bull.Worker<Job>(
    BOOKS,
    async ({ data, attemptsMade }) => {
      const last = attemptsMade + 1 >= ATTEMPTS
      const wrong = await makeOne(data, hand, keys, last)
      progress(String(data.path), wrong?.message)
      if (wrong !== undefined) throw wrong.final ? new bull.UnrecoverableError(wrong.message) : new Error(wrong.message)
    },
    {
      connection: redis,
      concurrency: jobs,
      // Who looks into the queue sees who is at work.
      name: `${HOST}-${process.pid}`,
      lockDuration: patience * 1000,
      stalledInterval: (patience * 1000) / 2,
      maxStalledCount: ATTEMPTS - 1,
    },
  )
  // It goes on when Redis is there again.
  worker.on('error', () => undefined)
  await new Promise<void>((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done())
  })
  await worker.close()
  redis.disconnect()
}

/** Undefined: it is in the store. `final`: no other worker will do better. */
async function makeOne(
  job: Job,
  { root, store, limits, maker }: Pick<Hand, 'root' | 'store' | 'limits' | 'maker'>,
  keys: Keys,
  last: boolean,
): Promise<{ message: string; final: boolean } | undefined> {
  const place = job.path === '' ? { path: '' } : within('', job.path)
  if ('refused' in place) return { message: 'the job names no book of the shelf', final: true }
  const { editions, strict, key } = job
  const book = join(root, place.path)
  const task = { book, editions: editions ?? undefined, strict, limits: { ...job.limits, ...limits } }
  if ((await store.get(key)) !== undefined) return undefined
  const other = { message: 'the worker’s copy of the book, or its Octavo, is another', final: true }
  if (keys.of(task, true) !== key) return other
  const done = await made(maker, task, undefined)
  if (done === undefined || keys.of(task, true) !== key) return other
  if (!done.ok && isPassing(done) && !last) {
    const { message = 'it cannot be kept' } = done.diagnostics.find(({ severity }) => severity === 'error') ?? {}
    return { message, final: false }
  }
  await store.put(key, done)
  return undefined
}
