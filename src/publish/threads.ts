// In: books of one's own shelf. Out: each of them made on one of several threads, by piscina. A thread ends with its book by the clock, or
// when V8 has no more memory for it; when threads hold much, all are replaced by fresh ones as their books are done.
import { fileURLToPath } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { endedBy, isOutOfMemory } from '../build/apart.js'
import { heapFor } from '../build/thread.js'
import { type Limits, limitsOf, timerFor } from '../model/limits.js'
import { type BookDone, type BookTask, failed, makeBook } from './task.js'
import type { Maker } from './ways.js'

interface Answer {
  done: BookDone
  /** Bytes that the thread holds. */
  held: number
}

/** Megabytes that a thread holds when it is time for another: some ten times what a small book leaves. */
const OLD = 768

/** Only the bundle has a file that a thread can be started with. `jobs`: at the same time; `given`: limits of each book. */
export async function onThreads(jobs: number, given: Partial<Limits> | undefined, old = OLD): Promise<Maker> {
  const { Piscina } = await import('piscina')
  const limits = limitsOf(given)
  const open = () => {
    const pool = new Piscina({
      filename: fileURLToPath(new URL('../book.js', import.meta.url)),
      minThreads: 1,
      maxThreads: jobs,
      // A book may wait for threads of its own.
      atomics: 'disabled',
      resourceLimits: heapFor(limits),
      // What this Node was told of itself is not for a thread.
      execArgv: [],
    })
    // Of a thread that fails while it has no book: the next book tells.
    pool.on('error', () => undefined)
    return { pool, running: 0 }
  }
  let latest = open()
  const all = new Set([latest])
  const end = (one: typeof latest) => {
    all.delete(one)
    return one.pool.destroy()
  }
  return {
    async make(task, signal) {
      const own = latest
      const late = new AbortController()
      const { time } = limitsOf(task.limits)
      const timer = setTimeout(() => late.abort(), timerFor(time))
      const stop = () => late.abort()
      signal?.addEventListener('abort', stop)
      own.running++
      try {
        const { done, held } = (await own.pool.run(task, { signal: late.signal })) as Answer
        if (held > old * (1 << 20) && own === latest) all.add((latest = open()))
        return done
      } catch (cause) {
        if (signal?.aborted) throw cause
        if (late.signal.aborted) return failed(endedBy('time', { ...limits, time }))
        if (isOutOfMemory(cause)) return failed(endedBy('memory', limits))
        throw cause
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
        if (--own.running === 0 && own !== latest) await end(own)
      }
    },
    close: async () => void (await Promise.all([...all].map(end))),
  }
}

/** On the thread. Whoever asked sees to its time and memory. */
export async function serveBook(task: BookTask): Promise<Answer> {
  const done = await makeBook(task, { here: true })
  // What the whole process holds takes the system milliseconds to say.
  const { total_heap_size, external_memory } = getHeapStatistics()
  return { done, held: total_heap_size + external_memory }
}
