// In: what makes a WebAssembly module. Out: the module, with V8 told how long its functions run before they are optimised.
//
// V8 makes each function plainly when it is first called, and optimises one that has run for a while, on another thread. What that takes
// has to come back. From HarfBuzz's shaper it does for a long book; optimised later by twenty times, it spares a short one a fourteenth of
// the processor. Which it will be is foreseen from the size of its texts (src/cli/hurry.ts). From the subsetter it never does.
import { setFlagsFromString } from 'node:v8'

/**
 * V8's own budget, by Node, as `node --v8-options` says it: bytes of its code that run before a function is optimised. To be put back
 * exactly, since V8 takes up what it compiled in an earlier run only with the flags that it had then. Of another Node it is not known,
 * and so left alone.
 */
const BUDGET = new Map(Object.entries({ 20: 1_800_000, 22: 13_000_000, 24: 13_000_000, 26: 13_000_000 }))

/** Times the usual budget. */
export const USUALLY = 1
/** For a short book: few of its functions run so long that it comes back. */
export const SELDOM = 20
/** So much that no book comes there. */
export const NEVER = Infinity

const MOST = 2_000_000_000

/** A module takes the budget that is set when it is made: `make` makes it before it returns. */
export function optimised<T>(times: number, make: () => T): T {
  const usual = BUDGET.get(process.versions.node.split('.')[0]!)
  if (usual !== undefined) setFlagsFromString(`--wasm-tiering-budget=${Math.min(MOST, times * usual)}`)
  // Functions are checked when they are first called, and most never are.
  setFlagsFromString('--wasm-lazy-validation')
  try {
    return make()
  } finally {
    setFlagsFromString('--no-wasm-lazy-validation')
    if (usual !== undefined) setFlagsFromString(`--wasm-tiering-budget=${usual}`)
  }
}
