// What a thread does that was started beside the main one: its task, and the answers that it owes.
import { parentPort } from 'node:worker_threads'
import { serveTexts, type TextTask } from './beside.js'
import { serveTake, type TakeTask } from './takes.js'
import { buffersOf, inbox } from './thread.js'

export async function serve(): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('there is no thread to serve')
  const next = inbox(port)
  const task = (await next()) as TextTask | TakeTask
  if (task.kind === 'texts') {
    const answer = await serveTexts(task, next())
    port.postMessage(answer, buffersOf(answer.made.map(({ bytes }) => bytes)))
  } else await serveTake(task, (message, bytes = []) => port.postMessage(message, buffersOf(bytes)), next)
  port.close()
}
