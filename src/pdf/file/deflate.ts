// In: streams, one by one. Out: the same streams deflated, in the same order; on another thread while the caller goes on,
// if there is enough of it. The same bytes either way.
import { Buffer } from 'node:buffer'
import { deflate, deflateOnce, deflateUrl } from '../../deflate/index.js'
import { mayStartThreads } from '../../model/may-thread.js'

export interface Deflater {
  /** Returns the number of the stream, counting from 0. */
  add(bytes: Uint8Array): number
  /** All of them, by number. Ends the thread. */
  finish(): Promise<Uint8Array[]>
}

/** For pages of text, 1 takes three quarters of the time and makes them larger by a twelfth; 6, twice as long and smaller by as much. */
const LEVEL = 2

/** One stream by itself, as `FlateDecode` reads it. */
export function flate(bytes: Uint8Array): Uint8Array {
  return deflate(bytes, 6, 'zlib')
}

/** The same, of what many books have in common: see `deflateOnce`. */
export function flateOnce(bytes: Uint8Array): Uint8Array {
  return deflateOnce(bytes, 6, 'zlib')
}

/** A batch is worth a message. */
const BATCH = 1 << 18

/** Batches that the thread is given at once: the rest is there for whoever is free. */
const AHEAD = 2

// The thread's program: a batch is one buffer and the lengths of the streams in it.
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads')
import(workerData).then(({ zlib }) =>
  parentPort.on('message', ({ number, bytes, lengths }) => {
    let at = 0
    const out = lengths.map((length) => zlib(bytes.subarray(at, (at += length)), ${LEVEL}))
    parentPort.postMessage({ number, out })
  }),
)
`

interface Batch {
  first: number
  streams: Uint8Array[]
}

/** `expected` is about how many bytes will come: a small book is deflated where it is. */
export function createDeflater(expected: number): Deflater {
  return expected < 2 * BATCH || !mayStartThreads() ? deflateHere() : deflateBeside()
}

/** On this thread. */
export function deflateHere(): Deflater {
  const out: Uint8Array[] = []
  return {
    add: (bytes) => out.push(deflate(bytes, LEVEL, 'zlib')) - 1,
    finish: async () => out,
  }
}

function deflateBeside(): Deflater {
  const out: Uint8Array[] = []
  const waiting: Batch[] = []
  const atWork = new Map<number, Batch>()
  let batch: Batch = { first: 0, streams: [] }
  let size = 0
  let count = 0
  let done: (() => void) | undefined
  let failed: ((reason: unknown) => void) | undefined
  let fault: unknown

  const settle = () => {
    if (waiting.length === 0 && atWork.size === 0) done?.()
  }
  const worker = startWorker()
  /** That there is no thread. */
  const toldAtTheEnd = () => undefined
  const feed = () => {
    while (atWork.size < AHEAD) {
      const next = waiting.shift()
      if (!next) return
      atWork.set(next.first, next)
      void worker.then((thread) => {
        const bytes = new Uint8Array(Buffer.concat(next.streams))
        const lengths = next.streams.map((stream) => stream.length)
        thread.postMessage({ number: next.first, bytes, lengths }, [bytes.buffer])
      }, toldAtTheEnd)
    }
  }
  void worker.then((thread) => {
    thread.on('message', ({ number, out: made }: { number: number; out: Uint8Array[] }) => {
      made.forEach((bytes, i) => {
        out[number + i] = bytes
      })
      atWork.delete(number)
      feed()
      settle()
    })
    thread.on('error', (reason) => {
      fault = reason
      failed?.(reason)
    })
  }, toldAtTheEnd)
  const close = () => {
    if (batch.streams.length > 0) waiting.push(batch)
    batch = { first: count, streams: [] }
    size = 0
    feed()
  }

  return {
    add(bytes) {
      batch.streams.push(bytes)
      size += bytes.length
      count++
      if (size >= BATCH) close()
      return count - 1
    },
    async finish() {
      close()
      // This thread has nothing else to do now: it takes batches from the end.
      for (let last = waiting.pop(); last; last = waiting.pop()) {
        const { first, streams } = last
        streams.forEach((stream, i) => {
          out[first + i] = deflate(stream, LEVEL, 'zlib')
        })
        // Lets the other thread's answers in, so that it is given its next batch.
        await new Promise((resolve) => setImmediate(resolve))
      }
      const thread = await worker
      thread.ref()
      await new Promise<void>((resolve, reject) => {
        done = resolve
        failed = reject
        if (fault !== undefined) reject(fault)
        settle()
      })
      await thread.terminate()
      return out
    },
  }
}

async function startWorker() {
  const { Worker } = await import('node:worker_threads')
  const thread = new Worker(PROGRAM, { eval: true, execArgv: [], workerData: deflateUrl() })
  // If the caller fails, the thread does not keep the process.
  thread.unref()
  return thread
}
