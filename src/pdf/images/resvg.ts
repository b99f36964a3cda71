// In: an SVG, and what it costs to draw. Out: the same in plain paths, and in pixels, as resvg has them.
//
// resvg is WebAssembly that works until it is done. What costs little is drawn here. What costs much, and what is wanted after resvg has
// once failed, is drawn by a thread of its own, which is ended when its time is over: an answer then, in place of one that never comes.
// Both have the same code and the same bounded memory, and make the same bytes.
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { ResvgRenderOptions } from '@resvg/resvg-wasm'
import { mayStartThreads } from '../../model/may-thread.js'
import { TooComplex, Unreadable } from './raster.js'

export interface Drawn {
  /** The normal form: plain paths where it can be. */
  normal: string
  width: number
  height: number
  /** As a PNG. May be asked for once. */
  pixels(): Promise<Uint8Array>
  /** To be called when it is not needed any more. */
  free(): void
}

/** Milliseconds: what is reckoned to take longer is not drawn in this thread; what does take longer is given up. */
const HERE = 1_500
const MOST = 180_000
/** Of WebAssembly's memory, pages of 64 kB: 1.5 GB. Of the thread's own, megabytes. */
const PAGES = 24_576
const HEAP = 1_024

let compiled: Promise<WebAssembly.Module> | undefined
let started: Promise<typeof import('@resvg/resvg-wasm')> | undefined
/** What has failed inside of resvg leaves it as it was at that moment. */
let spoilt = false

function compile(): Promise<WebAssembly.Module> {
  compiled ??= readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')).then((bytes) =>
    WebAssembly.compile(withLimit(bytes, PAGES)),
  )
  return compiled
}

function start() {
  started ??= (async () => {
    const resvg = await import('@resvg/resvg-wasm')
    await resvg.initWasm(compile())
    return resvg
  })()
  return started
}

/** Throws TooComplex, or an Error that says what is wrong with the file. `work` in milliseconds. */
export async function draw(source: string, options: ResvgRenderOptions, work: number, most = MOST): Promise<Drawn> {
  if (!mayStartThreads()) {
    if (spoilt) throw new TooComplex('the painter gave up on a picture before it')
    // What it may cost is bounded by its price.
    return drawHere(source, options)
  }
  return spoilt || work > HERE ? drawApart(source, options, most) : drawHere(source, options)
}

async function drawHere(source: string, options: ResvgRenderOptions): Promise<Drawn> {
  const { Resvg } = await start()
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (fault) {
      const { name, message } = fault as Error
      if (name !== 'Error') spoilt = true
      throw faultOf(name, message)
    }
  }
  const svg = guarded(() => new Resvg(source, options))
  return {
    normal: guarded(() => svg.toString()),
    width: svg.width,
    height: svg.height,
    pixels: async () =>
      guarded(() => {
        const image = svg.render()
        const png = image.asPng()
        image.free()
        return png
      }),
    free: () => void (spoilt || svg.free()),
  }
}

/** resvg's own answers are plain Errors; others come from WebAssembly: no memory, no stack, a fault within resvg. */
function faultOf(name: string, message: string): Error {
  if (name !== 'Error') return new TooComplex('the painter gave up on it')
  // Not in resvg's own words, which are for those who program with it; where it stopped is for all.
  const at = /\bat (\d+):(\d+)\b/.exec(message)
  return new Unreadable(`it is not an SVG that can be drawn${at ? ` (line ${at[1]})` : ''}`)
}

/** What the thread does; plain JavaScript, since it is started from the bundle and from the sources alike. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const { initWasm, Resvg } = require(workerData.resvg)
const answer = (work) => {
  try {
    parentPort.postMessage(work())
  } catch (fault) {
    parentPort.postMessage({ fault: fault.name, message: fault.message })
  }
}
initWasm(workerData.module).then(() => {
  let svg
  answer(() => {
    svg = new Resvg(workerData.source, workerData.options)
    return { normal: svg.toString(), width: svg.width, height: svg.height }
  })
  parentPort.once('message', () => answer(() => ({ png: svg.render().asPng() })))
})`

type Answer =
  | { fault: string; message: string }
  | { normal: string; width: number; height: number }
  | { png: Uint8Array }

async function drawApart(source: string, options: ResvgRenderOptions, most: number): Promise<Drawn> {
  const resvg = createRequire(import.meta.url).resolve('@resvg/resvg-wasm')
  const worker = new Worker(THREAD, {
    eval: true,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
    workerData: { resvg, module: await compile(), source, options },
  })
  const timer = new AbortController()
  const late = setTimeout(() => timer.abort(), most)
  const free = () => {
    clearTimeout(late)
    void worker.terminate()
  }
  const next = async (): Promise<Answer> => {
    let answer: Answer
    try {
      ;[answer] = (await once(worker, 'message', { signal: timer.signal })) as [Answer]
    } catch (reason) {
      free()
      if (timer.signal.aborted) throw new TooComplex(`it is not drawn in ${most / 1000} seconds`)
      if ((reason as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY')
        throw new TooComplex('it takes too much memory')
      throw reason
    }
    if (!('fault' in answer)) return answer
    free()
    throw faultOf(answer.fault, answer.message)
  }
  const first = (await next()) as { normal: string; width: number; height: number }
  return {
    ...first,
    async pixels() {
      worker.postMessage('pixels')
      return ((await next()) as { png: Uint8Array }).png
    },
    free,
  }
}

/**
 * A module of WebAssembly whose memory may grow to so many pages and no further. WebAssembly Core 5.5: sections of a number, a length
 * (LEB128) and contents; of them the fifth is the memories: how many, and of each whether it has a limit, the least, the most.
 */
export function withLimit(bytes: Uint8Array, pages: number): Uint8Array {
  let at = 8
  const read = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const begin = at
    const id = bytes[at++]!
    const length = read()
    const end = at + length
    if (id === 5) {
      at += 2
      const body = [1, 1, ...leb(read()), ...leb(pages)]
      return Buffer.concat([
        bytes.subarray(0, begin),
        Buffer.from([5, ...leb(body.length), ...body]),
        bytes.subarray(end),
      ])
    }
    at = end
  }
  throw new Error('the module has no memory')
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]
}
