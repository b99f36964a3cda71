// What a process does that was started for one book: its task, said once, and the answer that it owes.
import { Worker } from 'node:worker_threads'
import { buildHere, checkHere } from '../build.js'
import { limitsOf, timerFor } from '../model/limits.js'
import { isThreadRefused, mayStartThreads } from '../model/may-thread.js'
import { type ApartMessage, type ApartTask, again, isOutOfMemory, type Weigh } from './apart.js'
import type { Progress } from './options.js'

/** A build may not turn to its messages for minutes: a thread sees that whoever asked has gone, or forgot it, and ends the process. */
function watchParent(): Worker | undefined {
  if (!mayStartThreads()) return undefined
  const source = `
    const { ppid, pid } = process
    const end = () => process.kill(pid, 'SIGKILL')
    setInterval(() => process.ppid === ppid || end(), 500)
    require('node:worker_threads').parentPort.on('message', (ms) => setTimeout(end, ms))`
  const watch = new Worker(source, { eval: true, execArgv: [] })
  watch.unref()
  watch.on('error', isThreadRefused)
  return watch
}

export function serveApart(): void {
  const say = (message: ApartMessage, then: () => void = () => undefined) => void process.send?.(message, then)
  const leave = () => process.disconnect()
  const watch = watchParent()
  process.once('message', async ({ kind, options }: ApartTask) => {
    const progress: Progress = (stage, count) => {
      // Files that are being put in their places are all put there.
      if (stage === 'write') void watch?.terminate()
      say({ stage, count })
    }
    const tell: Weigh = (_, largest) => {
      if (largest !== undefined) say({ largest })
    }
    try {
      const limits = limitsOf(options.limits)
      // Whoever asked ends it sooner, unless that was a thread that was ended itself.
      watch?.postMessage(timerFor(limits.time + 10))
      const work = kind === 'build' ? buildHere : checkHere
      const result = await again(() => work({ ...options, progress }, undefined, limits, tell))
      say({ result }, leave)
    } catch (cause) {
      if (isOutOfMemory(cause)) say({ memory: true }, leave)
      else say({ trace: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }, leave)
    }
  })
}
