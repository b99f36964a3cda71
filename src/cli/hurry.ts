// In: the stages of a run, as they begin. Out: V8 told how eager it should be to optimise, once it is known whether the book is short.
//
// Optimising runs on other threads, but the processor is shared: for a short book a quarter of its time went to functions that
// had not much more to do; for a long one, half of it went to large functions that were optimised again and again, since what
// they had met so far was not all that they would meet. They now run longer before, and take less of each other in; until then
// a long book has them compiled plainly (Sparkplug) at once, which spares it a twelfth of its time. Only these flags are read
// whenever they are needed: most flags of the collector, set so late, end the process. The command does this, not the library: a
// process of its own is its to arrange.
import { readdirSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import type { Stage } from '../build.js'

/** Bytes in use when a book and its look have been read; for the smallest book, our own code and a theme, they are fifteen millions. */
const SHORT = 18_000_000

/** How long functions run before they are optimised, as V8 is told. */
interface Patience {
  short: string
  long: string
}
const BY_BUDGET: Patience = { short: '--interrupt-budget=1000000', long: '--interrupt-budget=300000' }
const BY_COUNT: Patience = {
  short: '--invocation-count-for-turbofan=20000',
  long: '--invocation-count-for-turbofan=7000',
}
/** By Node: V8 has called it by two names, and complains of one that it does not know. */
const PATIENCE = new Map<string, Patience>(Object.entries({ 20: BY_BUDGET, 22: BY_COUNT, 24: BY_COUNT, 26: BY_COUNT }))

/** Set by the loader (scripts/shipped/loader.js) in a run after which what V8 compiled is to be kept. */
const KEEPING = Symbol.for('octavo keeps what is compiled')

/** Told to the loader (scripts/shipped/loader.js), which starts the shaper before any of the book is read. */
const FORESEEN = Symbol.for('octavo foresees a short book')
/** Bytes of text at most, and names that are looked at: a folder of more of them is taken for a long book. */
const SHORT_TEXT = 150_000
const MOST_NAMES = 300
const TEXT = /\.(?:md|markdown|mdown|mkd|txt)$/i

/** To be told where the book is, if that is known, before the bundle is loaded. A wrong guess costs a little time and nothing else. */
export function foresee(book = '.'): void {
  let bytes = 0
  let names = 0
  const folders = [book]
  try {
    if (TEXT.test(book)) bytes = statSync(folders.pop()!).size
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (++names > MOST_NAMES) return
        if (entry.isDirectory()) {
          if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) folders.push(join(folder, entry.name))
        } else if (TEXT.test(entry.name)) bytes += statSync(join(folder, entry.name)).size
      }
  } catch {
    // What is wrong with the folder is said by whoever reads the book.
    return
  }
  if (bytes <= SHORT_TEXT) Reflect.set(globalThis, FORESEEN, true)
}

/** To be told each stage. Flags are set after the bundle is loaded: V8 keeps its compilation for the flags that it was made with. */
export function createHurry(): (stage: Stage) => void {
  const patience = PATIENCE.get(process.versions.node.split('.')[0]!)
  let decided = false
  return (stage) => {
    if (decided || patience === undefined || stage === 'read' || stage === 'theme') return
    decided = true
    const short = getHeapStatistics().used_heap_size <= SHORT
    // Once: such a run ends with the flags that it began with, as the next begins.
    if (short && Reflect.has(globalThis, KEEPING)) return
    setFlagsFromString(short ? patience.short : patience.long)
    if (short) return
    setFlagsFromString('--max-inlined-bytecode-size-cumulative=300')
    setFlagsFromString('--always-sparkplug')
    // The book's own threads take both processors: helpers of the collector would only wait for each other.
    if (availableParallelism() <= 2) setFlagsFromString('--no-parallel-scavenge')
  }
}
