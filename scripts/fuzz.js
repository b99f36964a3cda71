// In: how many, or how many minutes, and from which seed. Out: one report of what went wrong with books, growing books, drawings and fonts of
// chance, and of what they cost; and the smallest of each that shows a fault.
//
//   npm run fuzz [-- --minutes 30 | --runs 1000] [--seed 1] [--only books,growth,svg,fonts] [--limit 30] [--strace]
//
// Number n of a run is that of seed S + n - 1. `--runs` counts books; to four of them come one drawing and one font, to forty one plan of
// growth: a book that is one thing many times, built small and four times as large. With `--minutes` each kind has its share of the time.
// Each is tried in another process, within a limit of time (seconds of a processor): one that hangs or falls is a fault too. One that
// shows a fault is made smaller (fast-check) and kept in .judges/fuzz/kept/; what belongs into the tests goes from there to
// test/fuzz/kept/. Every 200th book goes to EPUBCheck and veraPDF. --strace asks the system which files were opened.
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { kindsOf } from './fuzz/kinds.js'
import { loop, report } from './fuzz/loop.js'
import { judgeBooks, judgeDrawings } from './fuzz/outside.js'

/** How many to a book, and which part of the time. */
const SHARES = {
  svg: { runs: 1 / 4, time: 0.2 },
  fonts: { runs: 1 / 4, time: 0.15 },
  growth: { runs: 1 / 40, time: 0.15 },
  books: { runs: 1, time: 0.5 },
}
const names = Object.keys(SHARES)

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: names.join() },
    limit: { type: 'string', default: '30' },
    shrink: { type: 'string', default: '60' },
    strace: { type: 'boolean', default: false },
  },
})
const number = (name, otherwise) => {
  const given = Number(values[name] ?? otherwise)
  if (given > 0) return given
  console.error(`fuzz: --${name} must be a number above 0`)
  process.exit(2)
}
const minutes = number('minutes', Number.POSITIVE_INFINITY)
const runs = number('runs', values.minutes === undefined ? 1000 : Number.POSITIVE_INFINITY)
const seed = number('seed')
const only = values.only.split(',')
const unknown = only.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`fuzz: --only knows ${names.join(', ')}, not ${unknown.join(', ')}`)
  process.exit(2)
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const home = join(root, '.judges/fuzz')
const paths = { root, home, own: join(home, String(process.pid)), sample: join(home, `sample-${seed}`) }
rmSync(paths.sample, { recursive: true, force: true })
const kinds = await kindsOf(paths, number('limit') * 1000, values.strace)

const whole = only.reduce((sum, name) => sum + SHARES[name].time, 0)
const lines = []
let faults = 0
for (const name of names.filter((each) => only.includes(each))) {
  const { runs: share, time } = SHARES[name]
  const until = Date.now() + (minutes * 60_000 * time) / whole
  const kind = kinds[name]
  const wanted = only.length === 1 ? runs : Math.ceil(runs * share)
  const found = await loop(kind, { runs: wanted, seed, until, shrink: number('shrink') })
  lines.push(report(kind, found))
  faults += found.faults
}
const outside = [
  ...kinds.books.strange.map((path) => `opened: ${path}`),
  ...judgeBooks(root, paths.sample),
  ...judgeDrawings(root, join(home, `svg-book-${seed}`), kinds.svg.drawings),
]
rmSync(paths.own, { recursive: true, force: true })
console.log([...lines, ...outside, `${faults + outside.length} faults in all`].join('\n'))
process.exitCode = faults + outside.length > 0 ? 1 : 0
