// In: nothing. Out: the bundle, loaded.
//
// Compiling a megabyte of code would be half of the time that a short book takes. The bundle is therefore one script, and beside it
// lies what V8 made of it once, in a run that built a book (scripts/warm.js), or that is in the user's cache folder (./cache.js), since
// packages are built by another V8. V8 takes that up in a few milliseconds if it is the same V8 with the same flags, and else does without.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { cacheFolder, readCache, writeCache } from './cache.js'

// It lies two folders below the package, as its sources do: assets/ is two folders up from both.
const bundle = new URL('./bundle/octavo.cjs', import.meta.url)
let loading

/** What the bundle exports. */
export function load() {
  loading ??= start()
  return loading
}

async function start() {
  return (await run()).exports
}

/** The same, and the script that it came from. */
export async function run() {
  const filename = fileURLToPath(bundle)
  // It is ASCII.
  const source = `(function (require, module, exports, __url) {${readFileSync(filename, 'latin1')}\n})`
  const sum = sumOf(source)
  const { script, cached } = compileScript(source, filename, sum)
  const module = { exports: {} }
  const require = createRequire(bundle)
  script.runInThisContext()(require, module, module.exports, bundle.href)
  const { startShaper, optimised, SELDOM, USUALLY, ...exports } = module.exports
  const bytes = readFileSync(new URL('./beside/harfbuzz.wasm', import.meta.url))
  // Told by src/cli/hurry.ts, which has looked.
  const isShort = Reflect.has(globalThis, Symbol.for('octavo foresees a short book'))
  const shaper = optimised(isShort ? SELDOM : USUALLY, () => new WebAssembly.Module(bytes))
  await startShaper({
    instantiateWasm: (imports, done) => done(new WebAssembly.Instance(shaper, imports), shaper),
  })
  if (!cached && sum !== undefined && cacheFolder(true) !== undefined) {
    keepLater = () => keep(script, sum)
    // Told to src/cli/hurry.ts, which would set flags.
    globalThis[Symbol.for('octavo keeps what is compiled')] = true
  }
  return { script, exports }
}

/** What V8 made of the bundle before is taken from beside it, or from the user's cache. */
function compileScript(source, filename, sum) {
  const beside = () => {
    try {
      return readFileSync(filename.replace(/\.cjs$/, '.cache'))
    } catch {
      // Nobody made one here.
      return undefined
    }
  }
  for (const read of [beside, () => (sum === undefined ? undefined : readCache(sum))]) {
    const cachedData = read()
    if (cachedData === undefined) continue
    const script = new vm.Script(source, { filename, cachedData })
    if (!script.cachedDataRejected) return { script, cached: true }
  }
  return { script: new vm.Script(source, { filename }), cached: false }
}

/** The bundle ends with a comment that holds its sum: V8 would take the cache of any script that is as long. */
function sumOf(source) {
  return /\/\/([0-9a-f]{32})\s*\}\)$/.exec(source.slice(-48))?.[1]
}

let keepLater

/** To be called when a book was built: its functions are those that the next run needs. They are written when the process ends. */
export function keepCompiled() {
  if (keepLater !== undefined) process.once('exit', keepLater)
  keepLater = undefined
}

/**
 * V8 refuses what was compiled under other flags. Of what it is given it looks at the length, not at the text; and a text that it
 * compiled before in this process it would not look up at all: so there are two.
 */
const PROBES = ['"at the start"', '"at the close"']
const probe = new vm.Script(PROBES[0]).createCachedData()

function keep(script, sum) {
  const { cachedDataRejected } = new vm.Script(PROBES[1], { cachedData: probe })
  if (!cachedDataRejected) writeCache(sum, script.createCachedData())
}
