// In: the stages of a run, as they begin. Out: V8 told how eager it should be to optimise, once it is known whether the book is short.
//
// Optimising runs on other threads, but the processor is shared: for a short book a quarter of its time went to functions that
// had not much more to do; for a long one, half of it went to large functions that were optimised again and again, since what
// they had met so far was not all that they would meet. They now run longer before, and take less of each other in; until then
// a long book has them compiled plainly (Sparkplug) at once, which spares it a twelfth of its time. Only these flags are read
// whenever they are needed: flags of the collector, set so late, end the process. The command does this, not the library: a
// process of its own is its to arrange.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import type { Stage } from '../build.js'

/** Bytes in use when a book and its look have been read; our own code is eight millions of them. */
const SHORT = 14_000_000

/** V8 complains of flags that it does not know: these are the Nodes that have them. */
const KNOWN = /^(20|22|24)\./

/** To be told each stage. Flags are set after the bundle is loaded: V8 keeps its compilation for the flags that it was made with. */
export function createHurry(): (stage: Stage) => void {
  let decided = !KNOWN.test(process.versions.node)
  return (stage) => {
    if (decided || stage === 'read' || stage === 'theme') return
    decided = true
    const short = getHeapStatistics().used_heap_size <= SHORT
    setFlagsFromString(`--interrupt-budget=${short ? 1_000_000 : 300_000}`)
    if (short) return
    setFlagsFromString('--max-inlined-bytecode-size-cumulative=300')
    setFlagsFromString('--always-sparkplug')
  }
}
