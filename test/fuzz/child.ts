// The process in which `npm run fuzz` builds: it is handed one book after the other, and says what was wrong. It may hang or fall;
// its parent, scripts/fuzz.js, sees that.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BuildOptions, BuildResult } from '../../src/build.js'
import type { HostileBook } from './book.js'
import { judge } from './judge.js'
import { watchDisk } from './watch.js'

export interface Task {
  book: HostileBook
  /** Its number in the run: every so many are looked at more closely. */
  n: number
  seed: number
  /** Folder for copies of the files that the outside judges are to see. */
  sample: string
}

const root = process.argv[2]!
const watch = watchDisk([root, realpathSync(join(root, 'node_modules'))])
const { build } = (await import(pathToFileURL(join(root, 'dist/index.js')).href)) as {
  build: (options: BuildOptions) => Promise<BuildResult>
}

process.on('unhandledRejection', (cause) => {
  console.error(cause)
  process.exit(70)
})
process.on('message', async ({ book, n, seed, sample }: Task) => {
  const qpdfFaults: string[] = []
  const keep = (paths: string[]) => {
    if (n % 50 === 0) qpdfFaults.push(...paths.filter((path) => path.endsWith('.pdf')).flatMap(qpdf))
    if (n % 200 !== 0) return
    mkdirSync(sample, { recursive: true })
    for (const path of paths) copyFileSync(path, join(sample, `${seed}-${basename(path).slice(-40)}`))
  }
  const verdict = await judge(book, { build, watch, keep, twice: n % 20 === 0 })
  verdict.faults.push(...qpdfFaults)
  process.send?.(verdict)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')

function qpdf(path: string): string[] {
  const { status, stdout, stderr, error } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
  return error !== undefined || status === 0 ? [] : [`qpdf: ${(stdout + stderr).slice(0, 300)}`]
}
