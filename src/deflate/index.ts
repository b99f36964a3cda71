// In: bytes. Out: the same bytes deflated, alike on every machine.
//
// Node's own zlib is another with every version and processor, and so are its bytes. This is libdeflate as a WebAssembly module:
// it makes them smaller than zlib does in less time.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { deflate as raw, zlib } from 'libdeflate'

/** Level as libdeflate's, 1 to 12. RFC 1950 with a `zlib` head, or RFC 1951 alone. Throws only if memory has run out. */
export function deflate(bytes: Uint8Array, level: number, format: 'zlib' | 'raw'): Uint8Array {
  if (!started) start()
  return format === 'zlib' ? zlib(bytes, level) : raw(bytes, level)
}

const kept = new WeakMap<Uint8Array, Map<string, Uint8Array>>()

/** The same, for what many books have in common: once for the same object, which is not to be changed, nor what comes of it. */
export function deflateOnce(bytes: Uint8Array, level: number, format: 'zlib' | 'raw'): Uint8Array {
  let made = kept.get(bytes)
  if (made === undefined) kept.set(bytes, (made = new Map()))
  const key = `${format} ${level}`
  let out = made.get(key)
  if (out === undefined) made.set(key, (out = deflate(bytes, level, format)))
  return out
}

/** Where the package lies, for a thread's program: its `zlib` is the function that `deflate` calls. */
export function deflateUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('libdeflate')).href
}

let started = false

/** As it starts, the module listens for uncaught errors of the process, which belong to whoever runs us: its listeners are taken off again. */
function start(): void {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map((event) => process.listeners(event as 'exit'))
  raw(new Uint8Array(), 1)
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as 'exit'))
      if (!before[i]!.includes(listener)) process.removeListener(event, listener)
  })
  started = true
}
