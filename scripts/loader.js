// Becomes dist/index.js: the library, `import { build, check } from 'octavo'`. In: a call. Out: the same call, to the bundle.
//
// Compiling a megabyte of code would be half of the time that a short book takes. The bundle is therefore one script, and beside it
// lies what V8 made of it once, in a run that built a book (scripts/bundle.js); V8 takes that up in a few milliseconds if it is
// the same V8, and else does without.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

// It lies two folders below the package, as its sources do: assets/ is two folders up from both.
const bundle = new URL('./bundle/octavo.cjs', import.meta.url)
let loading

async function load() {
  // WebAssembly, compiled on another thread while this one reads on.
  const shaper = import('harfbuzzjs')
  const { factory } = compile()
  const module = { exports: {} }
  factory(createRequire(bundle), module, module.exports, bundle.href, await shaper)
  return module.exports
}

/** The bundle as a function of what it needs, and the script that it came from. */
export function compile() {
  const filename = fileURLToPath(bundle)
  const source = `(function (require, module, exports, __url, __harfbuzz) {${readFileSync(filename, 'utf8')}\n})`
  let cachedData
  try {
    cachedData = readFileSync(filename.replace(/\.cjs$/, '.cache'))
  } catch {
    // Nobody made one here.
  }
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
  const script = new vm.Script(source, { filename, cachedData, importModuleDynamically })
  return { script, factory: script.runInThisContext() }
}

export async function build(options) {
  loading ??= load()
  return (await loading).build(options)
}

export async function check(options) {
  loading ??= load()
  return (await loading).check(options)
}
