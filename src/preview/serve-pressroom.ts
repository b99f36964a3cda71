// What a thread does that was started for a preview: it keeps the press room of one book, and owes an answer to every question.
import { parentPort, workerData } from 'node:worker_threads'
import type { Hands } from './desk.js'
import { openPressroom, type RoomOf } from './pressroom.js'
import type { FromRoom, ToRoom } from './pressroom-apart.js'
import { Refused } from './refused.js'

export function servePressroom(): void {
  const port = parentPort
  if (!port) throw new Error('there is no thread to serve')
  const say = (message: FromRoom) => port.postMessage(message)
  const waiting = new Map<number, (answer: never) => void>()
  let count = 0
  const hand = <T>(name: keyof Hands, args: unknown[]): Promise<T> =>
    new Promise((done) => {
      waiting.set(count, done)
      say({ hand: name, id: count++, with: args })
    })
  // When this module and all others are read.
  setImmediate(() => say({ ready: true }))
  const room = openPressroom(workerData as RoomOf, {
    building: () => void hand('building', []),
    show: (spot) => void hand('show', [spot]),
    again: () => hand('again', []),
    openEditor: (...where) => hand('openEditor', where),
  })
  port.on('message', async (message: ToRoom) => {
    if ('done' in message) {
      waiting.get(message.done)?.(message.answer as never)
      waiting.delete(message.done)
      return
    }
    const { id } = message
    try {
      const call = room[message.ask] as (...args: unknown[]) => Promise<unknown>
      say({ id, answer: await call(...message.with) })
    } catch (cause) {
      if (cause instanceof Refused) say({ id, refused: cause.message })
      else say({ id, failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
    }
  })
}
