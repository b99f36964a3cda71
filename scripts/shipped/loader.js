// In: nothing. Out: the bundle, loaded.
//
// Compiling a megabyte of code would be half of the time that a short book takes. The bundle is therefore one script, and beside it
// lies what V8 made of it once, in a run that built a book (scripts/warm.js); V8 takes that up in a few milliseconds if it is
// the same V8, and else does without.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import vm from 'node:vm'

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
  let cachedData
  try {
    cachedData = readFileSync(filename.replace(/\.cjs$/, '.cache'))
  } catch {
    // Nobody made one here.
  }
  const script = new vm.Script(source, { filename, cachedData })
  const module = { exports: {} }
  const require = createRequire(bundle)
  script.runInThisContext()(require, module, module.exports, bundle.href)
  const { startShaper, ...exports } = module.exports
  const shaper = compile(readFileSync(new URL('./beside/harfbuzz.wasm', import.meta.url)))
  await startShaper({
    instantiateWasm: (imports, done) => done(new WebAssembly.Instance(shaper, imports), shaper),
  })
  return { script, exports }
}

/** Of a module, a book needs a part: the rest is neither compiled nor, as a module that comes with a package, checked. */
function compile(bytes) {
  setFlagsFromString('--wasm-lazy-validation')
  try {
    return new WebAssembly.Module(bytes)
  } finally {
    setFlagsFromString('--no-wasm-lazy-validation')
  }
}
