// The threads of a build: whether they keep the process, from their start to their end.
import { EventEmitter, once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createThreads } from '../src/build/thread.js'

/** A thread that is ended only when it is told so, and holds the process as Node's does. */
class Held extends EventEmitter {
  holds = true
  ref() {
    this.holds = true
  }
  unref() {
    this.holds = false
  }
  postMessage() {}
  async terminate() {
    this.ref()
    await once(this, 'exit')
    return 0
  }
}

test('a message that comes while a thread is ended does not let the process go before it has ended', async () => {
  const thread = new Held()
  const threads = createThreads(() => thread as unknown as Worker)
  const told = threads.start({}).next()
  expect(thread.holds).toBe(true)
  const closed = threads.close()
  thread.emit('message', 'pages')
  expect(await told).toBe('pages')
  // otherwise Node would leave with 13 and without a word, since nothing else holds it
  expect(thread.holds).toBe(true)
  thread.emit('exit')
  await closed
})

test('a thread holds the process while its message is awaited, and no longer', async () => {
  const thread = new Held()
  const one = createThreads(() => thread as unknown as Worker).start({})
  expect(thread.holds).toBe(false)
  const told = one.next()
  expect(thread.holds).toBe(true)
  thread.emit('message', 'pages')
  await told
  expect(thread.holds).toBe(false)
})
