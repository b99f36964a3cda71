// In: how many books and from which seed. Out: what went wrong with books of chance, and the smallest book that shows it.
//
//   npm run fuzz [-- --runs 1000 --seed 1 --limit 30 --strace]
//
// Book n of a run is that of seed S + n. Each is built in another process, within a limit of time (seconds of a processor): one that hangs or falls is a
// fault too. A book that shows one is made smaller (fast-check) and kept in .judges/fuzz/kept/SEED.json; what belongs into the
// tests goes from there to test/fuzz/kept/. Every 200th goes to EPUBCheck and veraPDF. --strace asks the system which files were opened.
import { fork, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { bundle } from './testcode.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const home = join(root, '.judges/fuzz')
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '30' },
    shrink: { type: 'string', default: '60' },
    strace: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)
const first = Number(values.seed)
const limit = Number(values.limit) * 1000
/** Books for one process, then another is taken: what one leaves behind does not gather. */
const BATCH = 250

const own = join(home, String(process.pid))
const sample = join(home, `sample-${first}`)
const trace = join(own, 'trace')
await bundle(['fuzz/child', 'fuzz/generate'], own)
const { anyBook } = await import(pathToFileURL(join(own, 'generate.mjs')).href)

let child
let last = Promise.resolve()
let tried = 0
const count = { built: 0, refused: 0, faults: 0 }
const codes = new Map()
const told = new Map()

/** What a process has had of a processor, milliseconds: a machine may be busy with other things. Where that is not told, the clock. */
function spent(pid) {
  try {
    // proc(5): user and system time in hundredths of a second, counted after the name in parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/, '').trim().split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return performance.now()
  }
}

/** The child's verdict on a book; what became of the child, if it gives none. */
function verdictOn(book, n, seed) {
  return new Promise((done) => {
    const usual = process.execArgv
    const asked = () => child.send({ book, n, seed, sample })
    const end = (verdict) => {
      clearInterval(timer)
      child?.removeAllListeners()
      done(verdict)
    }
    const fallen = (what) => {
      const gone = child
      end({ faults: [what], built: false, codes: [] })
      child = undefined
      gone.kill('SIGKILL')
    }
    let timer
    const listen = () => {
      child.on('exit', (code, signal) => fallen(`the process fell: ${signal ?? code}`))
      child.on('message', (message) => (message === 'ready' ? begin() : end(message)))
    }
    const begin = () => {
      const start = spent(child.pid)
      timer = setInterval(() => {
        if (spent(child.pid) - start > limit) fallen('it does not come to an end')
      }, 500)
      asked()
    }
    if (child !== undefined) {
      listen()
      begin()
      return
    }
    const words = [...usual, '--max-old-space-size=1500']
    const script = join(own, 'child.mjs')
    const strace = ['-f', '-qq', '-y', '-e', 'trace=open,openat,openat2', '-o', trace, process.execPath]
    child = values.strace
      ? fork(script, [root], { execPath: 'strace', execArgv: [...strace, ...words], serialization: 'advanced' })
      : fork(script, [root], { execArgv: words, serialization: 'advanced' })
    listen()
  })
}

async function recycle() {
  await last
  const gone = child
  child = undefined
  if (gone === undefined) return
  gone.removeAllListeners()
  const ended = new Promise((done) => gone.once('exit', done))
  gone.disconnect()
  gone.kill()
  await ended
}

/** What the system was asked for outside of the book, this package and what Node itself needs. */
function traced() {
  if (!values.strace || !existsSync(trace)) return
  const mine = [root, realpathSync(join(root, 'node_modules')), '/dev/shm/octavo-fuzz-', '/tmp/octavo-fuzz-']
  const system =
    /^\/(proc\/(self|\d+|meminfo|version|sys|cpuinfo)|sys\/|dev\/(null|urandom|shm$)|etc\/(ld\.so|ssl|localtime|resolv|nsswitch|hosts)|usr\/|lib|opt\/|root\/\.(node|npm)|package\.json)/
  const strange = new Set()
  // What was really opened, behind links. The judge itself writes the secrets, and takes the folder away when it is done.
  for (const [, flags, path] of readFileSync(trace, 'utf8').matchAll(
    /open(?:at2?)?\(.*?", (\S+?)[,)}].*= \d+<([^>\n]*)>/g,
  )) {
    if (/O_WRONLY|O_DIRECTORY/.test(flags) || system.test(path)) continue
    const ours = mine.some((each) => path.startsWith(each)) && !/octavo-fuzz-\w+\/(secret|book-twin)/.test(path)
    if (!ours && path.startsWith('/')) strange.add(path)
  }
  rmSync(trace)
  for (const path of strange) console.log(`opened: ${path}`)
  count.faults += strange.size
}

/** Two faults that differ in numbers and names only are one. */
const kind = (fault) =>
  fault
    .replace(/k[ws]\d+[ws]k/g, 'w')
    .replace(/\d+/g, '0')
    .replace(/`[^`]*`/g, '``')
    .slice(0, 90)

const begun = Date.now()
for (let n = 1; n <= runs; n++) {
  const seed = first + n - 1
  let found
  let wanted
  const property = fc.asyncProperty(anyBook, async (book) => {
    // One that was given up on may still be at work.
    const verdict = await (last = last.then(() => verdictOn(book, n, seed)))
    if (wanted === undefined) {
      tried++
      count[verdict.built ? 'built' : 'refused']++
      for (const code of verdict.codes) codes.set(code, (codes.get(code) ?? 0) + 1)
      if (verdict.faults.length > 0) wanted = kind(verdict.faults[0])
    }
    const same = verdict.faults.find((each) => kind(each) === wanted)
    if (same === undefined) return
    found = { book, faults: verdict.faults }
    // One of a kind is enough to be made smaller.
    if (told.has(wanted)) throw new fc.PreconditionFailure()
    throw new Error(same)
  })
  const settings = { seed, numRuns: 1, interruptAfterTimeLimit: Number(values.shrink) * 1000, maxSkipsPerRun: 0 }
  await fc.check(property, settings)
  if (found !== undefined) {
    count.faults++
    told.set(wanted, (told.get(wanted) ?? 0) + 1)
    if (told.get(wanted) === 1) {
      mkdirSync(join(home, 'kept'), { recursive: true })
      const file = join(home, 'kept', `${seed}.json`)
      writeFileSync(file, `${JSON.stringify({ seed, ...portable(found) }, null, 1)}\n`)
      console.log(`seed ${seed}: ${found.faults.join('\n  ')}\n  ${file}`)
    }
  }
  if (n % BATCH === 0) {
    await recycle()
    traced()
    const pace = ((Date.now() - begun) / n).toFixed(0)
    console.log(`${n} books: ${count.built} built, ${count.refused} refused, ${count.faults} faults (${pace} ms each)`)
  }
}
await recycle()
traced()
outside()
rmSync(own, { recursive: true, force: true })
for (const [what, times] of [...told].sort((a, b) => b[1] - a[1])) console.log(`${times} × ${what}`)
console.log(
  `codes: ${[...codes]
    .sort((a, b) => b[1] - a[1])
    .map(([code, times]) => `${code} ${times}`)
    .join(', ')}`,
)
console.log(
  `${tried} books tried (seeds ${first} to ${first + runs - 1}): ${count.built} built, ${count.refused} refused, ${count.faults} faults`,
)
process.exitCode = count.faults > 0 ? 1 : 0

/** Bytes as base64. */
function portable({ book, faults }) {
  const files = Object.entries(book.files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : { base64: Buffer.from(content).toString('base64') },
  ])
  return { faults, book: { ...book, files: Object.fromEntries(files) } }
}

function outside() {
  if (!existsSync(sample)) return
  const files = readdirSync(sample).map((name) => join(sample, name))
  const ask = (script, some, ...words) => {
    if (some.length === 0) return
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'scripts', script), ...words, ...some], {
      encoding: 'utf8',
    })
    const said = stdout.split('\n').filter((line) => !/: fine\b/.test(line))
    if (status !== 0) count.faults++
    console.log(`${script}: ${some.length} files, ${status === 0 ? 'fine' : `FAULT\n${said.join('\n')}`}`)
  }
  ask(
    'judge-epub.js',
    files.filter((name) => name.endsWith('.epub')),
    '--only',
    'epubcheck',
  )
  ask(
    'judge-pdf.js',
    files.filter((name) => name.endsWith('.pdf')),
  )
}
