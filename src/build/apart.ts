// In: what is asked of a book, and what it may take. Out: its result. A light book is built here; a heavy one, and every book whose
// time or memory the caller limits, in a process of its own, which can be ended: so even an engine that gives up is an answer.
import { type ChildProcess, fork } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Diagnostic, error, NOWHERE } from '../diagnostic.js'
import { kindAt } from '../folder.js'
import { HEAVY, type Limits, limitsOf, timerFor, type Work } from '../model/limits.js'
import { isThreadRefused } from '../model/may-thread.js'
import type { BindOptions, BindResult, BuildResult, CheckOptions, CheckResult, Progress, Stage } from './options.js'
import { begin } from './stage-run.js'
import { HAS_PROCESSES } from './thread.js'

/** `largest`: the path of the largest text, once all are read. */
export type Weigh = (work: Partial<Work>, largest?: string) => void

export interface ApartTask {
  kind: 'build' | 'check'
  options: Omit<BindOptions, 'progress' | 'signal'>
}

/** What the process says: what it is doing, and in the end one of the others. `trace`: a fault of ours. */
export type ApartMessage =
  | { stage: Stage; count: Parameters<Progress>[1] }
  | { result: CheckResult | BindResult }
  | { memory: true }
  | { largest: string }
  | { trace: string }

/** Thrown through the reader when a book turns out to be more than is done in the caller's own process. */
class Heavy extends Error {}

/** `here` does the work in this process; `weigh` is to be told of the work, and may throw. */
export async function lightOrApart(
  kind: ApartTask['kind'],
  { shut = false, here: light = false, ...options }: BindOptions,
  here: (limits: Limits, weigh: Weigh) => Promise<BindResult>,
): Promise<BindResult> {
  const limits = limitsOf(options.limits)
  // Whoever builds book after book and waits for nothing else gives the collector no turn: what HarfBuzz and weak references hold of a
  // book goes only then.
  await new Promise<void>((done) => setImmediate(done))
  let largest: string | undefined
  // Only the bundle has a file that a process can be started with.
  const asked = options.limits?.time !== undefined || options.limits?.memory !== undefined
  if (!((asked && !light) || shut) || !HAS_PROCESSES) {
    try {
      return await again(() => {
        const watch = HAS_PROCESSES ? guard() : () => undefined
        return here(limits, (work, path) => {
          largest = path ?? largest
          watch(work)
        })
      })
    } catch (cause) {
      if (isOutOfMemory(cause)) return ended(options, limits, 'memory', largest)
      if (!(cause instanceof Heavy)) throw cause
    }
  }
  try {
    return await inProcess(kind, options, limits, shut)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EAGAIN' || code === 'ENOMEM') return ended(options, limits, 'memory', largest)
    // Node's permission model: whoever limits the caller's process limits this.
    if (code !== 'ERR_ACCESS_DENIED' || shut) throw cause
    return again(() => here(limits, () => undefined))
  }
}

/** What could not have its threads is done once more without. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isThreadRefused(cause)) throw cause
    return work()
  }
}

function guard(): Weigh {
  const sum: Work = { letters: 0, parts: 0, pixels: 0, drawing: 0 }
  return (work) => {
    for (const key of ['letters', 'parts', 'pixels', 'drawing'] as const) {
      sum[key] += work[key] ?? 0
      if (sum[key] > HEAVY[key]) throw new Heavy()
    }
  }
}

/** What V8 and Node throw where they can still throw. */
export function isOutOfMemory(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  if ((cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') return true
  return (
    (cause instanceof RangeError &&
      /allocation failed|Invalid string length|Map maximum size|Set maximum size/.test(cause.message)) ||
    (cause.name === 'RuntimeError' && /out of memory/i.test(cause.message))
  )
}

type Reason = 'time' | 'memory' | { signal: string }

/** What is said of a book that somebody else ended. */
export function endedBy(reason: 'time' | 'memory', limits: Limits): Diagnostic[] {
  return ended({}, limits, reason).diagnostics
}

function ended(options: CheckOptions, limits: Limits, reason: Reason, largest?: string): BuildResult {
  const run = begin({ strict: options.strict })
  const divide = `divide the book${largest === undefined ? '' : `: its largest text is \`${largest}\``}`
  if (reason === 'time') {
    const hint = 'allow it more with `--time-limit` (`limits.time` in the library), or '
    error(
      run.report,
      'out-of-time',
      NOWHERE,
      `the build took more than ${limits.time} ${limits.time === 1 ? 'second' : 'seconds'}`,
      hint + divide,
    )
  } else if (reason === 'memory') {
    const hint = 'allow it more with `--memory-limit` (`limits.memory` in the library), or '
    const message = `the build needed more memory than it may have or could get: the limit is ${limits.memory} MB`
    error(run.report, 'out-of-memory', NOWHERE, message, hint + divide)
  } else error(run.report, 'interrupted', NOWHERE, `stopped by ${reason.signal}`, 'start again')
  return { ...run.result(), files: [] }
}

async function inProcess(
  kind: ApartTask['kind'],
  options: BindOptions,
  limits: Limits,
  shut: boolean,
): Promise<BindResult> {
  const { progress, signal: given, ...plain } = options
  given?.throwIfAborted()
  const child = fork(new URL('../apart.js', import.meta.url), {
    execArgv: [`--max-old-space-size=${Math.ceil(limits.memory)}`, ...(shut ? rightsOf(options.book ?? '.') : [])],
    ...(shut && { env: bareEnvironment() }),
    // What V8 prints when it gives up is not for the author.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Files in memory are bytes.
    serialization: 'advanced',
  })
  return new Promise((resolve, reject) => {
    let reason: Reason | undefined
    let answer: BindResult | undefined
    let trace: string | undefined
    let largest: string | undefined
    const end = (why: Reason) => {
      reason ??= why
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => end('time'), timerFor(limits.time))
    const stop = () => child.kill('SIGKILL')
    given?.addEventListener('abort', stop)
    const stopWatching = watchMemory(child, limits.memory, () => end('memory'))
    child.on('message', (message: ApartMessage) => {
      if ('stage' in message) {
        // Files are replaced as one, or not: from here on it is let be.
        if (message.stage === 'write') {
          clearTimeout(timer)
          given?.removeEventListener('abort', stop)
        }
        progress?.(message.stage, message.count)
      } else if ('result' in message) answer = { files: [], ...message.result }
      else if ('largest' in message) largest = message.largest
      else if ('memory' in message) reason = 'memory'
      else trace = message.trace
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      stopWatching()
      given?.removeEventListener('abort', stop)
      if (answer !== undefined) resolve(answer)
      else if (trace !== undefined)
        reject(Object.assign(new Error('a build in a process of its own failed'), { stack: trace }))
      else if (given?.aborted === true) reject(given.reason)
      else if (reason !== undefined) resolve(ended(options, limits, reason, largest))
      else if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP')
        resolve(ended(options, limits, { signal }))
      // V8 aborts when its heap is full, and a system that is short of memory kills.
      else if (signal !== null || code !== 0) resolve(ended(options, limits, 'memory', largest))
      else reject(new Error('a build in a process of its own ended without an answer'))
    })
    child.send({ kind, options: plain } satisfies ApartTask)
  })
}

/**
 * Of a process that a stranger's book may take over: it may read that book, Octavo, and packages of themes and faces; it may write nothing,
 * start nothing, and from Node 25 on reach nobody. A Node without the permission model has none of these walls.
 */
export function rightsOf(book: string): string[] {
  const flag = ['--permission', '--experimental-permission'].find((one) => process.allowedNodeEnvironmentFlags.has(one))
  if (flag === undefined) return []
  const own = fileURLToPath(new URL('../..', import.meta.url))
  const packages = [own, realOf('.')].flatMap((from) => above(from).map((folder) => join(folder, 'node_modules')))
  const at = kindAt(book) === 'file' ? dirname(realOf(book)) : realOf(book)
  const may = [own, at, ...packages.filter((folder) => kindAt(folder) === 'folder')]
  return [flag, '--no-warnings', ...[...new Set(may)].map((path) => `--allow-fs-read=${path}`)]
}

function above(from: string): string[] {
  const all = [from]
  for (let dir = from; dirname(dir) !== dir; dir = dirname(dir)) all.push(dirname(dir))
  return all
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return resolve(path)
  }
}

/** No secret of whoever asks: keys and passwords stand in the environment. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const known = ['SOURCE_DATE_EPOCH', 'SystemRoot', 'TEMP', 'TMP']
  return Object.fromEntries(
    known.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

/** V8 keeps to its own limit; buffers and WebAssembly are not under it. Linux says what a process holds; elsewhere nobody asks. */
function watchMemory(child: ChildProcess, megabytes: number, tooMuch: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    if (kilobytes > megabytes * 1024) tooMuch()
  }, 200)
  return () => clearInterval(timer)
}
