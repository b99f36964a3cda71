// In: bytes. Out: the same bytes deflated, alike on every machine.
//
// Node's own zlib is another with every version and processor, and so are its bytes. This is zlib as a WebAssembly module without
// imports, which comes with zip.js: a sixth slower than Node's, and ready in a few milliseconds, where a deflater in JavaScript
// needs tenths of a second to be compiled.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Level as zlib's, 1 to 9. RFC 1950 with a `zlib` head, or RFC 1951 alone. */
export type Deflate = (bytes: Uint8Array, level: number, format: 'zlib' | 'raw') => Uint8Array

/** The functions of the module that we call; pointers and sizes are numbers into its memory. */
interface Zlib {
  memory: WebAssembly.Memory
  _initialize(): void
  malloc(size: number): number
  deflate_new(): number
  deflate_init(stream: number, level: number): number
  deflate_init_raw(stream: number, level: number): number
  /** What was made in the lower 24 bits, zlib's answer above. */
  deflate_process(stream: number, from: number, length: number, to: number, room: number, flush: number): number
  deflate_last_consumed(stream: number): number
  deflate_end(stream: number): number
}

/** Made once in a process. It can be sent to a thread, which has not to make it again. */
let made: WebAssembly.Module | undefined

export function deflateModule(): WebAssembly.Module {
  made ??= new WebAssembly.Module(
    readFileSync(createRequire(import.meta.url).resolve('@zip.js/zip.js/dist/zip-module.wasm')),
  )
  return made
}

/**
 * Starts the module. The function stands alone, so that its source can be a thread's program. What it returns throws only if
 * memory has run out.
 */
export function startDeflate(module: WebAssembly.Module): Deflate {
  const zlib = new WebAssembly.Instance(module, {}).exports as unknown as Zlib
  zlib._initialize()
  // zlib.h: Z_NO_FLUSH, Z_FINISH, Z_STREAM_END.
  const [more, finish, end] = [0, 4, 1]
  // What a call makes is told in 24 bits.
  const room = 1 << 16
  const input = zlib.malloc(room)
  const output = zlib.malloc(room)
  return (bytes, level, format) => {
    const stream = zlib.deflate_new()
    const answer = format === 'raw' ? zlib.deflate_init_raw(stream, level) : zlib.deflate_init(stream, level)
    if (answer !== 0 || input === 0 || output === 0) throw new Error('out of memory for deflating')
    const parts: Uint8Array[] = []
    let length = 0
    let at = 0
    let ended = false
    while (!ended) {
      const some = bytes.subarray(at, at + room)
      at += some.length
      const flush = at === bytes.length ? finish : more
      new Uint8Array(zlib.memory.buffer, input, room).set(some)
      for (let from = 0; !ended && (from < some.length || flush === finish); ) {
        const result = zlib.deflate_process(stream, input + from, some.length - from, output, room, flush)
        if (result < 0) throw new Error(`zlib says ${result >> 24} while deflating`)
        const count = result & 0xffffff
        if (count > 0) parts.push(new Uint8Array(zlib.memory.buffer, output, count).slice())
        length += count
        from += zlib.deflate_last_consumed(stream)
        ended = result >> 24 === end
      }
    }
    zlib.deflate_end(stream)
    if (parts.length === 1) return parts[0]!
    const whole = new Uint8Array(length)
    let to = 0
    for (const part of parts) {
      whole.set(part, to)
      to += part.length
    }
    return whole
  }
}

let started: Deflate | undefined

export const deflate: Deflate = (bytes, level, format) => {
  started ??= startDeflate(deflateModule())
  return started(bytes, level, format)
}
