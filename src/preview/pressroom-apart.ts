// In: a book. Out: its press room on a thread of its own: whatever a book does there, the server goes on answering; and a proof that
// takes too long, or too much memory, is ended with its thread.
import { Worker } from 'node:worker_threads'
import { endedBy } from '../build/apart.js'
import { heapFor } from '../build/thread.js'
import { stampOf } from '../folder.js'
import { timerFor } from '../model/limits.js'
import { applyBuilt } from './apply.js'
import type { Hands } from './desk.js'
import { faultOf } from './fault.js'
import type { Pressroom, Proof, RoomOf } from './pressroom.js'
import type { Built, Finding, State } from './protocol.js'
import { Refused } from './refused.js'

type Asked = Exclude<keyof Pressroom, 'hurry' | 'close'>

/** To the room: what is asked of it, and what the hands outside have done. */
export type ToRoom = { id: number; ask: Asked; with: unknown[] } | { done: number; answer: unknown }

/** From the room. `ready`: first of all; `refused`: why; `failed`: a fault of ours; `hand`: what is to be done outside. */
export type FromRoom =
  | { ready: true }
  | { id: number; answer: unknown }
  | { id: number; refused: string }
  | { id: number; failed: string }
  | { hand: keyof Hands; id: number; with: unknown[] }

/** A proof of a book that was changed meanwhile is waited for so long, and three times as long as the longest before it; milliseconds. */
const PATIENCE = 15_000
/** How often the memory is looked at while a proof is made; milliseconds. */
const LOOK = 250
/** Pages that were drawn last: for another window, and while a proof is made. */
const DRAWN = 64

interface Pending {
  done(answer: unknown): void
  fail(cause: Error): void
  timer: NodeJS.Timeout
}

/** The thread has ended before it answered. */
class Ended extends Error {}

export function startPressroom(of: RoomOf, hands: Hands): Pressroom {
  const { limits } = of
  let closed = false
  let state: State | undefined
  let begun: number | undefined
  let longest = 0
  /** What the files that had changed were like when a proof began that did not come to its end. */
  let ended = new Map<string, string | undefined>()
  let hurried = false
  const thread = openThread(of, hands, () => state?.revision ?? of.since)
  const { ask } = thread
  const told = async (proof: Proof | undefined): Promise<Proof | undefined> => {
    if (proof === undefined) return undefined
    const { built } = proof
    if (state === undefined || built.whole) state = await ask<State>('state')
    else applyBuilt(state, built)
    return proof
  }
  return {
    async prove(paths) {
      // A change may be told once more for which a proof was ended already.
      if (paths.length > 0 && paths.every((path) => ended.has(path) && ended.get(path) === stampOf(path)))
        return undefined
      const stamps = new Map(paths.map((path) => [path, stampOf(path)]))
      ended = new Map()
      hurried = false
      await thread.clear()
      begun = performance.now()
      thread.fault = undefined
      const watch = setInterval(() => thread.isFull() && thread.end(endedBy('memory', limits)[0]!), LOOK)
      watch.unref()
      try {
        const proof = await ask<Proof | undefined>('prove', paths)
        longest = Math.max(longest, performance.now() - begun)
        return await told(proof)
      } catch (cause) {
        if (!(cause instanceof Ended) || closed) throw cause
        if (!hurried) ended = stamps
        const why = thread.fault ?? faultOf('its thread has ended', limits)
        state ??= await emptyState(of)
        const built = brokenBuild(state, why, performance.now() - begun)
        applyBuilt(state, built)
        return { built, source: undefined, fresh: { pages: [], documents: [] } }
      } finally {
        clearInterval(watch)
        begun = undefined
      }
    },
    hurry() {
      if (begun === undefined) return
      const taken = performance.now() - begun
      if (taken <= PATIENCE || taken <= 3 * longest) return
      hurried = true
      thread.end(givenUp(taken))
    },
    async state() {
      return state === undefined ? ask<State>('state') : { ...state, building: begun !== undefined }
    },
    draw: keeping((key, detail) => orNothing(ask<string | undefined>('draw', key, detail))),
    file: (path) => orNothing(ask('file', path)),
    get: (name, query) => orNothing(ask('get', name, query)),
    post: (name, body) => orNothing(ask('post', name, body)),
    async close() {
      closed = true
      await thread.close()
    },
  }
}

/** The thread that proofs are made on: started when something is asked, and again after it has ended. */
interface Thread {
  /** Why it ended, or is being ended. */
  fault: Finding | undefined
  ask<T>(what: Asked, ...args: unknown[]): Promise<T>
  end(why: Finding): void
  isFull(): boolean
  clear(): Promise<void>
  close(): Promise<void>
}

/** `since`: the revision that was shown last. */
function openThread(of: RoomOf, hands: Hands, since: () => RoomOf['since']): Thread {
  const { limits } = of
  let worker: Worker | undefined
  let closed = false
  let pending = new Map<number, Pending>()
  let count = 0
  /** Bytes of this process before the room was there. */
  let without = 0

  /** Of the thread: it has read its modules, or has ended. */
  let loaded: Promise<void> = Promise.resolve()

  /** While a thread reads its modules it is not ended: the whole process would fall, by a fault of V8 in Node 20. */
  const stop = async (): Promise<void> => {
    const made = worker
    await loaded
    await made?.terminate()
  }
  const end = (why: Finding) => {
    thread.fault ??= why
    void stop()
  }
  const start = () => {
    without = process.memoryUsage.rss()
    const task: RoomOf = { ...of, since: since() }
    const made = new Worker(new URL('../desk.js', import.meta.url), {
      execArgv: [],
      workerData: task,
      resourceLimits: heapFor(limits),
    })
    worker = made
    loaded = new Promise((done) => {
      made.once('message', () => done())
      made.once('exit', () => done())
    })
    made.on('message', (message: FromRoom) => void (made === worker && take(message)))
    made.on('error', (cause) => {
      thread.fault ??= faultOf(cause, limits)
    })
    made.on('exit', () => {
      if (made !== worker) return
      worker = undefined
      const lost = pending
      pending = new Map()
      for (const one of lost.values()) settle(one, new Ended('the press room has ended'))
    })
  }
  /** Its heap is V8's to watch; what lies beside that, pictures and what WebAssembly holds, is seen from here. */
  const isFull = () => worker !== undefined && (process.memoryUsage.rss() - without) / 2 ** 20 > limits.memory
  /** What has piled up is no fault of the next proof: that is made in an empty room. */
  const clear = async () => {
    if (isFull()) await stop()
  }
  const take = async (message: FromRoom): Promise<void> => {
    if ('ready' in message) return
    if ('hand' in message) {
      const call = hands[message.hand] as (...args: unknown[]) => unknown
      const answer = await call(...message.with)
      worker?.postMessage({ done: message.id, answer } satisfies ToRoom)
      return
    }
    const one = pending.get(message.id)
    pending.delete(message.id)
    if (one !== undefined) settle(one, message)
  }
  const ask = <T>(what: Asked, ...args: unknown[]): Promise<T> => {
    if (closed) return Promise.reject(new Ended('the preview is closed'))
    if (worker === undefined) start()
    return new Promise<T>((done, fail) => {
      const id = count++
      const timer = setTimeout(() => end(endedBy('time', limits)[0]!), timerFor(limits.time))
      timer.unref()
      pending.set(id, { done: done as (answer: unknown) => void, fail, timer })
      worker!.postMessage({ id, ask: what, with: args } satisfies ToRoom)
    })
  }
  const thread: Thread = {
    fault: undefined,
    ask,
    end,
    isFull,
    clear,
    async close() {
      closed = true
      await stop()
    },
  }
  return thread
}

/** Who asks when there is no room any more is told that there is nothing, and asks again after the next change. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (cause) {
    if (cause instanceof Ended) return undefined
    throw cause
  }
}

function settle(
  { done, fail, timer }: Pending,
  told: Exclude<FromRoom, { hand: unknown } | { ready: true }> | Ended,
): void {
  clearTimeout(timer)
  if (told instanceof Ended) fail(told)
  else if ('answer' in told) done(told.answer)
  else fail('refused' in told ? new Refused(told.refused) : new Error(told.failed))
}

type Draw = Pressroom['draw']

/** Pages that were drawn last are not drawn again. */
function keeping(draw: Draw): Draw {
  const drawn = new Map<string, string>()
  return async (key, detail) => {
    const both = `${detail} ${key}`
    const known = drawn.get(both)
    if (known !== undefined) return known
    const made = await draw(key, detail)
    if (made === undefined) return undefined
    drawn.set(both, made)
    if (drawn.size > DRAWN) drawn.delete(drawn.keys().next().value!)
    return made
  }
}

/** A build that nothing came of; `taken`: milliseconds. */
function brokenBuild({ revision, statistics, looks }: State, why: Finding, taken: number): Built {
  return {
    ...{ revision: revision + 1, broken: true, ms: Math.round(taken), whole: false },
    ...{ pages: { at: 0, removed: 0, keys: [] }, documents: [], moved: [] },
    ...{ findings: [why], statistics, looks },
  }
}

async function emptyState(of: RoomOf): Promise<State> {
  const { createSession } = await import('./session.js')
  return createSession(of, (finding) => finding).state()
}

const givenUp = (taken: number): Finding => ({
  ...{ severity: 'error', code: 'out-of-time', path: '', line: 0, hint: 'it is made anew' },
  message: `the proof was given up after ${Math.round(taken / 1000)} seconds, since the book has changed again`,
})
