// In: a book, and how often it is to be built in one process. Out: at the first build, at the hundredth, at every further tenth of
// all: what a build took since, and what the process holds.
//
//   node scripts/bench/many.js BOOK TIMES [--json]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(import.meta.url)

/** `{ builds, seconds, processor, memory, webassembly }` for each look: seconds a build, and bytes. */
export function buildMany(book, times) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, book, String(times), '--json'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim().split('\n').map(JSON.parse)
}

/** One look in words. */
export function inWords({ builds, seconds, processor, memory, webassembly }) {
  const ms = (value) => `${Math.round(value * 1000)} ms`
  const mb = (value) => `${Math.round(value / 2 ** 20)} MB`
  return `build ${builds}: ${ms(seconds)} each, ${ms(processor)} of a processor; ${mb(memory)} held, WebAssembly ${mb(webassembly)}`
}

if (process.argv[1] === script) {
  const [, , book, times, json] = process.argv
  await run(book, Number(times), (look) => console.log(json ? JSON.stringify(look) : inWords(look)))
}

async function run(book, times, tell) {
  const memories = watchMemories()
  const { build } = await import('../../dist/index.js')
  let since = { builds: 0, time: performance.now(), used: used() }
  for (let builds = 1; builds <= times; builds++) {
    const { ok, diagnostics } = await build({ book, out: false })
    if (!ok) throw new Error(JSON.stringify(diagnostics))
    if (builds !== 1 && builds !== 100 && builds !== times && builds % Math.ceil(times / 10) !== 0) continue
    const now = { builds, time: performance.now(), used: used() }
    const count = builds - since.builds
    tell({
      builds,
      seconds: (now.time - since.time) / 1000 / count,
      processor: (now.used - since.used) / count,
      memory: process.memoryUsage.rss(),
      webassembly: [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    })
    since = now
  }
}

/** Seconds of processors, all threads'. */
function used() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The memories of all modules that are started from now on. */
function watchMemories() {
  const memories = new Set()
  const note = (instance) => {
    for (const each of Object.values(instance.exports)) if (each instanceof WebAssembly.Memory) memories.add(each)
    return instance
  }
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (target, words) => note(new target(...words)),
  })
  const { instantiate } = WebAssembly
  WebAssembly.instantiate = async (...words) => {
    const made = await instantiate(...words)
    note(made.instance ?? made)
    return made
  }
  return memories
}
