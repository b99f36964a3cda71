// In: how many drawings and from which seed. Out: what went wrong with SVG of chance: what lives in what was taken, what costs more than it
// was priced at, what grows faster than its bytes; with the smallest drawing that shows it.
//
//   npm run fuzz:svg [-- --runs 5000 --seed 1 --limit 60]
//
// Drawing n of a run is that of seed S + n. Each is read and drawn in another process, within a limit of time (seconds of the clock).
// A sample of those that were taken is made into a book, which EPUBCheck is shown.
import { fork, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { bundle } from './testcode.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const home = join(root, '.judges/fuzz')
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '60' },
    shrink: { type: 'string', default: '20' },
    sample: { type: 'string', default: '100' },
  },
})
const [runs, first, limit, most] = [values.runs, values.seed, values.limit, values.sample].map(Number)
/** Drawings for one process: what one leaves behind does not gather. */
const BATCH = 500
const own = join(home, String(process.pid))
await bundle(['fuzz/svgchild', 'fuzz/svg'], own)
const { anySvg, svgOf } = await import(pathToFileURL(join(own, 'svg.mjs')).href)

let child
const ends = new Map()
const kinds = new Map()
const sample = []
const total = { bytes: 0, read: 0, drawn: 0, work: 0 }
const worst = { read: [], drawn: [] }

function verdictOn(plan, wide) {
  return new Promise((done) => {
    const end = (verdict) => {
      clearTimeout(timer)
      child?.removeAllListeners()
      done(verdict)
    }
    const fallen = (what) => {
      const gone = child
      end({ faults: [what], end: 'fallen', bytes: 0, read: 0, drawn: 0, work: 0 })
      child = undefined
      gone.kill('SIGKILL')
    }
    const timer = setTimeout(() => fallen('it does not come to an end'), limit * 1000)
    const ask = () => child.send({ plan, wide })
    const running = child !== undefined
    child ??= fork(join(own, 'svgchild.mjs'), [], {
      execArgv: ['--max-old-space-size=1500'],
      serialization: 'advanced',
    })
    child.on('exit', (code, signal) => fallen(`the process fell: ${signal ?? code}`))
    child.on('message', (message) => (message === 'ready' ? ask() : end(message)))
    if (running) ask()
  })
}

/** Two faults that differ in numbers and names only are one. */
const kind = (fault) =>
  fault
    .replace(/[\d.]+/g, '0')
    .replace(/`[^`]*`/g, '``')
    .slice(0, 80)

const begun = Date.now()
for (let n = 1; n <= runs; n++) {
  const seed = first + n - 1
  let wanted
  let found
  // At the width of a column a drawing has sixteen times the pixels.
  const wide = n % 10 === 0
  const property = fc.asyncProperty(anySvg, async (plan) => {
    const verdict = await verdictOn(plan, wide)
    if (wanted === undefined) {
      ends.set(verdict.end, (ends.get(verdict.end) ?? 0) + 1)
      for (const key of Object.keys(total)) total[key] += verdict[key]
      for (const key of Object.keys(worst)) {
        worst[key].push([verdict[key], verdict.bytes, seed])
        if (worst[key].length > 200) worst[key] = worst[key].sort((a, b) => b[0] - a[0]).slice(0, 5)
      }
      if (verdict.source !== undefined && n % Math.max(1, Math.floor(runs / most / 3)) === 0 && sample.length < most)
        sample.push(verdict.source)
      if (verdict.faults.length > 0) wanted = kind(verdict.faults[0])
    }
    const same = verdict.faults.find((each) => kind(each) === wanted)
    if (same === undefined) return
    found = { plan, faults: verdict.faults }
    // One of a kind is enough to be made smaller.
    if (kinds.has(wanted)) throw new fc.PreconditionFailure()
    throw new Error(same)
  })
  await fc.check(property, {
    seed,
    numRuns: 1,
    interruptAfterTimeLimit: Number(values.shrink) * 1000,
    maxSkipsPerRun: 0,
  })
  if (found !== undefined) {
    if (!kinds.has(wanted)) {
      mkdirSync(join(home, 'kept'), { recursive: true })
      const file = join(home, 'kept', `svg-${seed}.svg`)
      writeFileSync(file, svgOf(found.plan))
      console.log(`seed ${seed}: ${found.faults.join('\n  ')}\n  ${file}`)
    }
    kinds.set(wanted, (kinds.get(wanted) ?? 0) + 1)
  }
  if (n % BATCH === 0) {
    child?.removeAllListeners()
    child?.kill()
    child = undefined
    console.log(`${n} drawings, ${((Date.now() - begun) / n).toFixed(0)} ms each`)
  }
}
child?.removeAllListeners()
child?.kill()
rmSync(own, { recursive: true, force: true })
for (const [what, times] of kinds) console.log(`${times} × ${what}`)
for (const [end, times] of [...ends].sort((a, b) => b[1] - a[1])) console.log(`${times} ${end}`)
for (const key of Object.keys(worst)) {
  const most = worst[key].sort((a, b) => b[0] - a[0]).slice(0, 3)
  console.log(
    `${key}: ${((total[key] / total.bytes) * 1e6).toFixed(0)} ms a megabyte; the longest ${most.map(([ms, bytes, seed]) => `${ms.toFixed(0)} ms for ${bytes} bytes (seed ${seed})`).join(', ')}`,
  )
}
let faults = [...kinds.values()].reduce((sum, times) => sum + times, 0)
if (!judged()) faults++
console.log(`${runs} drawings (seeds ${first} to ${first + runs - 1}): ${faults} faults`)
process.exitCode = faults > 0 ? 1 : 0

/** A book of those that were taken. */
function judged() {
  const book = join(home, `svg-book-${first}`)
  rmSync(book, { recursive: true, force: true })
  mkdirSync(book, { recursive: true })
  for (const [i, source] of sample.entries()) writeFileSync(join(book, `${i}.svg`), source)
  const figures = sample.map((_, i) => `![A drawing.](${i}.svg)\n`).join('\n')
  writeFileSync(join(book, 'a.md'), `# A\n\nWords.\n\n${figures}`)
  writeFileSync(
    join(book, 'book.yaml'),
    'title: Drawings\nlanguage: en\ndate: 2026-01-01\nslug: drawings\nbody: [a.md]\n',
  )
  const run = (...words) => spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
  const built = run('dist/cli.js', 'build', book, '--out', join(book, 'out'), '--edition', 'epub')
  const told = run('scripts/judge-epub.js', '--only', 'epubcheck', join(book, 'out/drawings.epub'))
  // The grammar of SVG 1.1 that it knows is no fault: any place for anything is what these drawings are for.
  const wrong = told.stdout.split('\n').filter((line) => /^\s+(?:FATAL|ERROR|WARNING)\b/.test(line))
  const said = [
    ...(built.status === 0 ? [] : [built.stderr.slice(0, 2000)]),
    ...wrong.map((line) => line.slice(0, 300)),
  ]
  console.log(`a book of ${sample.length} of them: ${said.length === 0 ? 'fine' : said.join('\n')}`)
  return said.length === 0
}
