// In: how many books. Out: what a shelf of so many articles takes: the first time, by growing numbers; with nothing to do; with one book changed;
// by one worker and by two, where there is a Redis. Seconds, seconds of processors, and the most memory that was held.
//
//   node scripts/bench/shelf.js COUNT [--keep DIR]              measures (npm run bench -- --shelf COUNT)
//   node scripts/bench/shelf.js COUNT --write DIR [BOOK…]       writes the shelf, with these books on it as well
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(import.meta.url)
const root = join(script, '../../..')

const SUBJECTS = ['Prisons', 'Trade unions', 'Exile', 'Letters', 'The press', 'Schools', 'Railways', 'Harvests']

/** Articles like the one of `book/`: its text, its notes, its editions; each with a title, people, subjects and sentences of its own. */
export function writeArticles(folder, count, books = []) {
  mkdirSync(join(folder, 'articles'), { recursive: true })
  const texts = ['note.md', 'imprint.md', 'colophon.md', 'victims.md'].map((name) => [
    name,
    readFileSync(join(root, 'book', name), 'utf8'),
  ])
  const manifest = readFileSync(join(root, 'book/book.yaml'), 'utf8')
  for (let i = 1; i <= count; i++) {
    const name = `article-${String(i).padStart(6, '0')}`
    const home = join(folder, 'articles', name)
    mkdirSync(home)
    const own = manifest
      .replace(/^title: .*$/m, `title: Article ${i} of the archive`)
      .replace(/^ {2}- Political prisoners$/m, `  - ${SUBJECTS[i % SUBJECTS.length]}`)
      .replace(/^slug: .*\n/m, '')
    writeFileSync(join(home, 'book.yaml'), `${own}\nslug: ${name}\n`)
    for (const [file, text] of texts) {
      // Paragraphs in another order, and one that no other article has.
      const [head, ...rest] = text.split('\n\n')
      const turned = file === 'victims.md' ? [...rest.slice(i % rest.length), ...rest.slice(0, i % rest.length)] : rest
      const more = file === 'victims.md' ? [`This is number ${i} of the archive, from its box ${i % 97}.`] : []
      writeFileSync(join(home, file), [head, ...more, ...turned].join('\n\n'))
    }
  }
  for (const book of books) cpSync(book, join(folder, 'books', basename(book)), { recursive: true })
  const patterns = books.length > 0 ? '  - articles/*\n  - books/*\n' : '  - articles/*\n'
  writeFileSync(
    join(folder, 'shelf.yaml'),
    `title: The Archive\nlanguage: en\naddress: https://archive.example.org/\neditions: [epub, pdf]\nbooks:\n${patterns}`,
  )
}

/** In a process of its own, so that what it takes is its alone. */
function measured(call, options, ended) {
  const child = spawn(process.execPath, [script, '--run', call, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (data) => {
    said += data
  })
  const done = new Promise((resolve, reject) =>
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`${call} ended with ${code}`)),
    ),
  )
  ended?.finally(() => child.kill('SIGTERM'))
  return done
}

async function runHere(call, options) {
  const octavo = await import('../../dist/index.js')
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort(new Error('enough')))
  let largest = 0
  const look = () => {
    largest = Math.max(largest, process.memoryUsage.rss())
  }
  const watch = setInterval(look, 200)
  const start = performance.now()
  const { diagnostics, ...result } = await octavo[call]({ ...options, signal: stop.signal })
  clearInterval(watch)
  look()
  const { user, system } = process.cpuUsage()
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 3)))
  console.log(
    JSON.stringify({
      ...result,
      seconds: (performance.now() - start) / 1000,
      processor: (user + system) / 1e6,
      largest,
    }),
  )
}

const inWords = ({ made, seconds, processor, largest }) =>
  [
    `${made} made`,
    `${seconds.toFixed(1)} s`,
    `${processor.toFixed(1)} s of processors${made > 20 ? `, ${(made / processor).toFixed(1)} books a second and core` : ''}`,
    `${Math.round(largest / 2 ** 20)} MB`,
  ].join('; ')

/** What a book takes, and what is held, on the largest shelf against the smallest: with one of each book's kind that would be 1.0. */
function growth(firsts) {
  const [least, most] = [firsts[0], firsts.at(-1)]
  const times = (value) => `${value(most).toFixed(1)} for ${value(least).toFixed(1)}`
  return [
    `growth from ${least.made} to ${most.made} books: ms of a processor a book ${times((one) => (one.processor / one.made) * 1000)}`,
    `MB held at most ${times((one) => one.largest / 2 ** 20)}`,
  ].join('; ')
}

async function measure(count, keep) {
  const home = keep ?? mkdtempSync(join(tmpdir(), 'octavo-shelf-'))
  const say = (what, figures) => console.log(`${what}: ${inWords(figures)}`)
  const firsts = []
  try {
    console.log(`${availableParallelism()} cores, Node ${process.versions.node}`)
    for (let size = Math.min(100, count); ; size = Math.min(size * 10, count)) {
      const from = join(home, `shelf-${size}`)
      writeArticles(from, size)
      const options = { from, out: join(home, `site-${size}`), store: join(home, `store-${size}`), storeSize: 1e6 }
      const first = await measured('publish', options)
      firsts.push(first)
      say(`${size} books, the first time`, first)
      say(`${size} books, nothing to do`, await measured('publish', options))
      appendFileSync(join(from, 'articles/article-000001/victims.md'), '\n\nOne paragraph more.\n')
      say(`${size} books, one changed`, await measured('publish', options))
      if (size === count) break
    }
    console.log(growth(firsts))
    await overRedis(home, Math.min(count, 200), say)
  } finally {
    if (keep === undefined) rmSync(home, { recursive: true, force: true })
  }
}

async function overRedis(home, size, say) {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.log('workers: left out, there is no redis-server')
    return
  }
  const port = await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
  const redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', home])
  await new Promise((done) => redis.stdout.on('data', (data) => String(data).includes('Ready to accept') && done()))
  try {
    const from = join(home, 'shelf-queue')
    writeArticles(from, size)
    for (const workers of [1, 2]) {
      const shared = { from, store: join(home, `store-queue-${workers}`), queue: `redis://127.0.0.1:${port}` }
      const publishing = measured('publish', { ...shared, out: join(home, `site-queue-${workers}`) })
      const working = Array.from({ length: workers }, () => measured('work', { ...shared, jobs: 1 }, publishing))
      const published = await publishing
      const all = await Promise.all(working)
      const processor = all.reduce((sum, one) => sum + one.processor, published.processor)
      const largest = Math.max(...all.map((one) => one.largest))
      say(`${size} books by ${workers} worker${workers > 1 ? 's' : ''} of one thread`, {
        ...published,
        processor,
        largest,
      })
    }
  } finally {
    redis.kill('SIGKILL')
  }
}

if (process.argv[1] === script) {
  const [first, ...rest] = process.argv.slice(2)
  if (first === '--run') await runHere(rest[0], JSON.parse(rest[1]))
  else if (rest[0] === '--write') writeArticles(rest[1], Number(first), rest.slice(2))
  else await measure(Number(first), rest[0] === '--keep' ? rest[1] : undefined)
}
