// In: a task. Out: another thread at work on it. Messages are taken one by one, in the order in which they were sent.
//
// Only the bundle has a file that a thread can be started with; from the sources everything is done on one thread, with the
// same bytes.
import { on } from 'node:events'
import { type MessagePort, type Transferable, Worker } from 'node:worker_threads'

export interface Thread {
  send(message: unknown): void
  /** The thread's next message. Rejects if it fails. */
  next(): Promise<unknown>
  /** Ends it, finished or not. */
  close(): Promise<void>
}

export const HAS_THREADS = import.meta.url.endsWith('.cjs')

export function startThread(task: object): Thread {
  // What this Node was told of its own memory or standard input is not for a thread, and would be refused.
  const worker = new Worker(new URL('../worker.js', import.meta.url), { workerData: task, execArgv: [] })
  // If the caller fails, the thread does not keep the process.
  worker.unref()
  const next = inbox(worker)
  return {
    send: (message) => worker.postMessage(message),
    async next() {
      worker.ref()
      const message = await next()
      worker.unref()
      return message
    },
    close: async () => void (await worker.terminate()),
  }
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
