// In: the stages of a run, as they begin. Out: V8 told to hurry, where a book is so short that the run is over before haste costs.
//
// A quarter of the processor's time that a short book took went to optimising functions that had not much more to do. They now run
// eight times as long before. Only this budget is read whenever it is needed: flags of the collector, set so late, end the process.
// The command does this, not the library: a process of its own is its to arrange.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import type { Stage } from '../build.js'

/** Bytes in use when a book and its look have been read; our own code is eight millions of them. */
const SHORT = 14_000_000

/** To be told each stage. Flags are set after the bundle is loaded: V8 keeps its compilation for the flags that it was made with. */
export function createHurry(): (stage: Stage) => void {
  let decided = false
  return (stage) => {
    if (decided || stage === 'read' || stage === 'theme') return
    decided = true
    // In a long run it pays.
    if (getHeapStatistics().used_heap_size > SHORT) return
    setFlagsFromString('--interrupt-budget=1000000')
  }
}
