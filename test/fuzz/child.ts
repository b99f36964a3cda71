// The process in which `npm run fuzz` builds: it is handed one book, or font, or plan of growth after the other, and says what was wrong
// and what it cost. It may hang or fall; its parent, scripts/fuzz.js, sees that.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildOptions, BuildResult } from '../../src/build.js'
import { proveFont } from '../../src/fonts/prove.js'
import { shaperOf } from '../../src/fonts/shape.js'
import type { HostileBook } from './book.js'
import { type Cost, costOf, worseThanLinear } from './cost.js'
import { bookIn, type FontPlan, SOUND_FONTS } from './fontbook.js'
import { hurtFont } from './fonts.js'
import { type GrowthPlan, grown, sizeOf } from './growth.js'
import { judge } from './judge.js'
import { watchDisk } from './watch.js'

/** One of the first three. */
export interface Task {
  book?: HostileBook
  font?: FontPlan
  growth?: GrowthPlan
  /** Its number in the run: every so many are looked at more closely. */
  n: number
  seed: number
  /** Folder for copies of the files that the outside judges are to see. */
  sample: string
}

export interface Answer extends Partial<Cost> {
  faults: string[]
  /** What became of it, in a word. */
  end: string
  codes?: string[]
  bytes?: number
}

const root = process.argv[2]!
/** Where themes may be installed: beside the package, and above it and the working folder. */
const shelves = [root, process.cwd()].flatMap((from) => {
  const all: string[] = []
  for (let dir = from; ; dir = dirname(dir)) {
    all.push(join(dir, 'node_modules'))
    if (dirname(dir) === dir) return all
  }
})
const watch = watchDisk([root, realpathSync(join(root, 'node_modules')), ...shelves])
const { build } = (await import(pathToFileURL(join(root, 'dist/index.js')).href)) as {
  build: (options: BuildOptions) => Promise<BuildResult>
}

process.on('unhandledRejection', (cause) => {
  console.error(cause)
  process.exit(70)
})
process.on('message', async (task: Task) => {
  const { book, font, growth } = task
  if (book !== undefined) process.send?.(await tryBook(book, task))
  else if (font !== undefined) process.send?.(await tryFont(font, task))
  else process.send?.(await tryGrowth(growth!))
})

async function tryBook(book: HostileBook, { n, seed, sample }: Task): Promise<Answer> {
  const qpdfFaults: string[] = []
  const keep = (paths: string[]) => {
    if (n % 50 === 0) qpdfFaults.push(...paths.filter((path) => path.endsWith('.pdf')).flatMap(qpdf))
    if (n % 200 !== 0) return
    mkdirSync(sample, { recursive: true })
    for (const path of paths) copyFileSync(path, join(sample, `${seed}-${basename(path).slice(-40)}`))
  }
  const { cost, ...verdict } = await judge(book, { build, watch, keep, measure: costOf, twice: n % 20 === 0 })
  verdict.faults.push(...qpdfFaults)
  return { ...verdict, end: verdict.built ? 'built' : 'refused', bytes: sizeOf(book), ...cost }
}

const require = createRequire(import.meta.url)
const sound = SOUND_FONTS.map((path) => readFileSync(require.resolve(path)))

/** Proved and, if it is taken, shaped; every tenth of these is the face of a book. */
async function tryFont({ font, seed }: FontPlan, { n }: Task): Promise<Answer> {
  const { bytes, how } = hurtFont(sound[font]!, seed)
  const answer: Answer = { faults: [], end: 'refused', bytes: bytes.length }
  try {
    const { value, cost } = await costOf(() => proveFont(bytes))
    Object.assign(answer, cost)
    if (value.fault !== undefined) {
      if (!/^[a-z][ -~’]+$/.test(value.fault)) answer.faults.push(`the words of a programmer: ${value.fault}`)
    } else {
      answer.end = value.doubt === undefined ? 'taken' : 'taken with a doubt'
      const { advances } = shaperOf(bytes).shape('Hamburgefonstiv', [], 'en')
      if (advances.some((each) => !(each >= 0))) answer.faults.push('a letter of no width')
    }
    if (value.fault === undefined || n % 100 === 0) {
      const verdict = await judge(bookIn(bytes), { build, watch })
      answer.faults.push(...verdict.faults)
      answer.codes = verdict.codes
      if (verdict.built !== (value.fault === undefined) && !verdict.codes.includes('glyph-missing'))
        answer.faults.push(`proved ${answer.end}, the book ${verdict.codes.join(' ')}`)
    }
  } catch (cause) {
    answer.faults.push(`thrown: ${cause instanceof Error ? cause.stack : String(cause)}`.slice(0, 400))
  }
  answer.faults = answer.faults.map((each) => `${each} (${how})`)
  return answer
}

/** So many times larger. */
const TIMES = 4
/** What is less is taken for the machine's mood: milliseconds, bytes. */
const LEAST: Cost = { ms: 400, memory: 150e6 }

async function tryGrowth(plan: GrowthPlan): Promise<Answer> {
  const one = async (times: number) => {
    const book = grown(plan, times)
    const { cost, ...verdict } = await judge(book, { build, measure: costOf })
    return { ...verdict, cost: cost ?? { ms: 0, memory: 0 }, bytes: sizeOf(book) }
  }
  const small = await one(1)
  const large = await one(TIMES)
  const faults = [...new Set([...small.faults, ...large.faults])]
  const times = large.bytes / small.bytes
  if (worseThanLinear(small.cost, large.cost, times, LEAST) !== undefined) {
    // The first time is the time of code that is not compiled yet, and of a memory that is not swept.
    const least = (a: Cost, b: Cost): Cost => ({ ms: Math.min(a.ms, b.ms), memory: Math.min(a.memory, b.memory) })
    const [again, more] = [await one(1), await one(TIMES)]
    const worse = worseThanLinear(least(small.cost, again.cost), least(large.cost, more.cost), times, LEAST)
    if (worse !== undefined) faults.push(`${worse}: \`${plan.before}${plan.piece}${plan.more}\``)
  }
  const end = large.built ? 'built' : small.built ? 'refused when large' : 'refused'
  return { faults, end, codes: [...new Set([...small.codes, ...large.codes])], bytes: large.bytes, ...large.cost }
}

process.on('disconnect', () => process.exit())
process.send?.('ready')

function qpdf(path: string): string[] {
  const { status, stdout, stderr, error } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
  return error !== undefined || status === 0 ? [] : [`qpdf: ${(stdout + stderr).slice(0, 300)}`]
}
