// In: a task. Out: another thread at work on it. Messages are taken one by one, in the order in which they were sent.
//
// Only the bundle has a file that a thread can be started with; from the sources everything is done on one thread, with the
// same bytes.
import { on } from 'node:events'
import { type MessagePort, type ResourceLimits, type Transferable, Worker } from 'node:worker_threads'
import type { Limits } from '../model/limits.js'
import { mayStartThreads } from '../model/may-thread.js'

export interface Thread {
  send(message: unknown): void
  /** The thread's next message. Rejects if it fails. */
  next(): Promise<unknown>
}

const BUNDLED = import.meta.url.endsWith('.cjs')

/** May a build be done on several threads? */
export function hasThreads(): boolean {
  return BUNDLED && mayStartThreads()
}

/** May it be done in a process of its own? Where Node refuses that is seen when one is started. */
export const HAS_PROCESSES = BUNDLED

/** The threads of one build. */
export interface Threads {
  /** Starts so many, for tasks that are still to come: they load the code meanwhile. */
  foresee(count: number): void
  /** One of those, or another. */
  start(task: object): Thread
  /** Ends all of them, finished or not. */
  close(): Promise<void>
}

function openWorker(): Worker {
  // What this Node was told of its own memory or standard input is not for a thread, and would be refused.
  return new Worker(new URL('../worker.js', import.meta.url), { execArgv: [] })
}

/** `open`: makes a thread. */
export function createThreads(open: () => Worker = openWorker): Threads {
  const all: Worker[] = []
  const idle: Worker[] = []
  let closing = false
  const launch = () => {
    const worker = open()
    // If the caller fails, the thread does not keep the process.
    worker.unref()
    // One that nobody listens to yet; whoever does is told as well.
    worker.on('error', () => undefined)
    all.push(worker)
    return worker
  }
  return {
    foresee(count) {
      while (idle.length < count) idle.push(launch())
    },
    start(task) {
      const worker = idle.shift() ?? launch()
      const next = inbox(worker)
      worker.postMessage(task)
      return {
        send: (message) => worker.postMessage(message),
        async next() {
          worker.ref()
          const message = await next()
          // What comes while the thread is ended must not let the process go before it has ended: nothing would be told.
          if (!closing) worker.unref()
          return message
        },
      }
    },
    async close() {
      closing = true
      await Promise.all(all.splice(0).map((worker) => worker.terminate()))
    },
  }
}

/** What V8 may hold of a book on a thread of its own. Most of what a book leaves is soon gone: with more room for it, V8 collects less often. */
export function heapFor({ memory }: Limits): ResourceLimits {
  return { maxOldGenerationSizeMb: Math.ceil(memory), maxYoungGenerationSizeMb: 96 }
}

/** Messages that come before they are asked for wait. */
export function inbox(port: Worker | MessagePort): () => Promise<unknown> {
  const messages = on(port as Worker, 'message')
  return async () => (await messages.next()).value[0]
}

/** What may be handed over instead of copied. */
export function buffersOf(arrays: readonly (Uint8Array | undefined)[]): Transferable[] {
  return [...new Set(arrays.flatMap((bytes) => bytes?.buffer ?? []))] as unknown as Transferable[]
}
