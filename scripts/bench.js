// In: the article, and a long book. Out: how long Octavo takes for them, beside others on the same machine in the same run.
//
//   npm run bench [-- --long BOOK] [--runs 5] [--no-growth] [--write]
//   npm run bench -- --many 2000      the article so often in one process, and what the process holds
//   npm run bench -- --shelf 1000     a shelf of so many articles: published, again, one changed, by workers
//   npm run bench -- --preview 20     so many edits in the preview: from the saved file to both views painted
//
// BOOK is a book folder (or the environment's OCTAVO_LONG_BOOK); without one, a book of the same size is made up. Typst is
// brought from npm into the user's cache, at its first use; a newer one, of PyPI, Pandoc and XeLaTeX are measured where they are installed. All are
// run in turn, so that what else the machine does falls on all alike. `--write` puts the tables into README.md.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeUp, readManifest, resize } from './bench/books.js'
import { live, recompile } from './bench/live.js'
import { stagesOf } from './bench/stages.js'
import { findTypst, installTypst, toTypst } from './bench/typst.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { values: options } = parseArgs({
  options: {
    long: { type: 'string', default: process.env.OCTAVO_LONG_BOOK },
    runs: { type: 'string', default: '5' },
    many: { type: 'string' },
    preview: { type: 'string' },
    shelf: { type: 'string' },
    'no-growth': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
if (options.many !== undefined) {
  const script = join(root, 'scripts/bench/many.js')
  const { status } = spawnSync(process.execPath, [script, join(root, 'book'), options.many], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
if (options.shelf !== undefined) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/bench/shelf.js'), options.shelf], {
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}
if (options.preview !== undefined) {
  const script = join(root, 'scripts/bench/preview.js')
  const books = [join(root, 'book'), ...(options.long === undefined ? [] : [resolve(options.long)])]
  const words = [script, join(root, 'dist/index.js'), options.preview, ...books]
  const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' })
  process.exit(status ?? 1)
}
const runs = Number(options.runs)
const TYPST = 'Typst 0.14, PDF'
/** Of one word each, in a preview. */
const CHANGES = 20
const temporary = mkdtempSync(join(tmpdir(), 'octavo-bench-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))

const octavo = join(root, 'dist/cli.js')
const map = join(root, '.judges/bundle.json')
if (!existsSync(octavo) || !existsSync(map)) throw new Error('no dist/: run `npm run build -- --map` first')
const long = options.long === undefined ? makeUp(join(temporary, 'long'), join(root, 'book')) : resolve(options.long)
const books = [
  { name: 'the article', path: join(root, 'book') },
  { name: options.long === undefined ? 'a made-up long book' : readManifest(long).title, path: long },
]
const typst = installTypst()
const newer = findTypst()
const has = (command) => spawnSync(command, ['--version']).error === undefined

const lines = []
const say = (line = '') => {
  lines.push(line)
  console.log(line)
}

say(
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0].model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}; medians of ${runs}.`,
)
for (const book of books) {
  const peers = prepare(book)
  const taken = new Map(peers.map(({ name }) => [name, []]))
  for (let run = 0; run < runs; run++)
    for (const { name, words, cwd } of peers) taken.get(name).push(await time(words, cwd))
  say()
  say(`**${book.name}** (${count(book.path).toLocaleString('en')} words)`)
  say()
  say('| | seconds | × Typst | peak memory | size |')
  say('| --- | ---: | ---: | ---: | ---: |')
  const base = typst === undefined ? undefined : median(taken.get(TYPST).map((each) => each.seconds))
  for (const { name, made } of peers) {
    const all = taken.get(name)
    const seconds = median(all.map((each) => each.seconds))
    const memory = Math.max(...all.map((each) => each.memory))
    const sizes = made.filter((path) => existsSync(path)).map((path) => megabytes(statSync(path).size))
    const ratio = base === undefined ? '' : (seconds / base).toFixed(2)
    say(
      `| ${name} | ${seconds.toFixed(2)} | ${ratio} | ${memory === 0 ? '' : `${Math.round(memory / 1024)} MB`} | ${sizes.join(' + ')} |`,
    )
  }
  say()
  say(`By stage, in one process: ${stages(book.path)}.`)
  say()
  say(`Of the PDF alone, on one processor: ${stagesOf(book.path, octavo, map, temporary)}.`)
  say()
  const folder = mkdtempSync(join(temporary, 'live-'))
  const pace = await live(new URL('../dist/index.js', import.meta.url).href, book.path, folder, CHANGES)
  const again = recompile(toTypst(book.path), folder, CHANGES)
  const beside =
    again === undefined
      ? ''
      : `; ${newer.name.replace(', PDF', '')} compiles its version again in ${again.toFixed(0)} ms`
  say(`While it is written, from a saved file to the changed page and document: ${pace.toFixed(0)} ms${beside}.`)
}
if (!options['no-growth']) {
  say()
  say('| part of the long book | words | seconds | peak memory |')
  say('| ---: | ---: | ---: | ---: |')
  for (const share of [0.1, 0.5, 1, 4]) {
    const path = resize(long, join(temporary, `x${share}`), share)
    const all = []
    for (let run = 0; run < Math.min(3, runs); run++)
      all.push(await time([process.execPath, octavo, 'build', path, '--out', join(temporary, 'grown')], temporary))
    const memory = Math.max(...all.map((each) => each.memory))
    say(
      `| ${share} | ${count(path).toLocaleString('en')} | ${median(all.map((each) => each.seconds)).toFixed(2)} | ${Math.round(memory / 1024)} MB |`,
    )
  }
}
if (options.write) {
  const readme = join(root, 'README.md')
  const text = readFileSync(readme, 'utf8')
  const marks = /(<!-- bench -->\n)[\s\S]*(\n<!-- \/bench -->)/
  if (!marks.test(text)) throw new Error('README.md has no <!-- bench --> … <!-- /bench -->')
  writeFileSync(
    readme,
    text.replace(marks, (_, before, after) => before + lines.join('\n') + after),
  )
}

/** What is run for a book: its name, the words of the command, where, and what comes out. */
function prepare({ path }) {
  const out = mkdtempSync(join(temporary, 'out-'))
  const manifest = readManifest(path)
  const all = [
    {
      name: '**Octavo**, EPUB and tagged PDF',
      words: [process.execPath, octavo, 'build', path, '--out', out],
      cwd: out,
      made: ['epub', 'pdf'].map((edition) => join(out, `${slugIn(out, path)}.${edition}`)),
    },
  ]
  if (typst !== undefined) {
    writeFileSync(join(out, 'book.typ'), toTypst(path))
    all.push({
      name: TYPST,
      words: typst.command(out, 'book.typ', 'typst.pdf'),
      cwd: out,
      made: [join(out, 'typst.pdf')],
    })
  }
  if (newer !== undefined) {
    writeFileSync(join(out, 'newer.typ'), toTypst(path))
    all.push({
      name: newer.name,
      words: newer.command(out, 'newer.typ', 'newer.pdf'),
      cwd: out,
      made: [join(out, 'newer.pdf')],
    })
  }
  if (has('pandoc')) {
    const files = manifest.files.map((file) => join(path, file))
    const words = ['pandoc', '--metadata', `title=${manifest.title}`, '--toc']
    all.push({
      name: 'Pandoc, EPUB',
      words: [...words, '-o', 'pandoc.epub', ...files],
      cwd: out,
      made: [join(out, 'pandoc.epub')],
    })
    if (has('xelatex')) {
      const made = spawnSync(
        'pandoc',
        [...words.slice(1), '-s', '-V', 'documentclass=memoir', '-V', 'papersize=a5', '-o', 'xelatex.tex', ...files],
        { cwd: out },
      )
      if (made.status === 0)
        all.push({
          name: 'XeLaTeX, PDF, one pass of two or three',
          words: ['xelatex', '-interaction=batchmode', 'xelatex.tex'],
          cwd: out,
          made: [join(out, 'xelatex.pdf')],
        })
    }
  }
  return all
}

/** The stem of Octavo's outputs, found by one build that is not counted (it also warms the disk's cache). */
function slugIn(out, path) {
  const { status, stdout } = spawnSync(process.execPath, [octavo, 'build', path, '--out', out], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout)
  return readdirSync(out)
    .find((name) => name.endsWith('.epub'))
    .slice(0, -'.epub'.length)
}

/** Wall seconds of a command from its start to its end, and the peak memory in KB of its largest process (0 where there is no /proc): a heavy book is built in a process of its own. */
function time([command, ...words], cwd) {
  return new Promise((done, fail) => {
    const start = performance.now()
    const child = spawn(command, words, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (data) => {
      said += data
    })
    let memory = 0
    // The high-water mark only rises: the last look before the end is the peak, to within what ten milliseconds can add.
    const watch = setInterval(() => {
      try {
        const begun = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ').filter(Boolean)
        for (const pid of [child.pid, ...begun]) {
          const [, peak] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
          memory = Math.max(memory, Number(peak ?? 0))
        }
      } catch {
        // No /proc, or the process is gone.
      }
    }, 10)
    child.on('error', fail)
    child.on('close', (status) => {
      clearInterval(watch)
      const seconds = (performance.now() - start) / 1000
      if (status === 0) done({ seconds, memory })
      else fail(new Error(`${command} ${words.join(' ')}: ${said}`))
    })
  })
}

function stages(path) {
  const script = `const { build } = await import(process.argv[1]); const { timings } = await build({ book: process.argv[2], out: process.argv[3] }); console.log(JSON.stringify(timings))`
  const index = new URL('../dist/index.js', import.meta.url).href
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, index, path, join(temporary, 'stages')],
    { encoding: 'utf8' },
  )
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
    .map(({ stage, ms }) => `${stage} ${(ms / 1000).toFixed(2)} s`)
    .join(', ')
}

function count(path) {
  return readManifest(path).files.reduce(
    (sum, file) => sum + readFileSync(join(path, file), 'utf8').split(/\s+/).filter(Boolean).length,
    0,
  )
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

function megabytes(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
