// In: where the tests' own generators and children were bundled. Out: the kinds of things that `npm run fuzz` tries, as loop.js has them.
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../testcode.js'
import { childOf } from './child.js'

/** paths: { root, home (where what is found is kept), own (of this run), sample } */
export async function kindsOf(paths, limit, strace) {
  const { root, home, own, sample } = paths
  await bundle(['fuzz/child', 'fuzz/svgchild', 'fuzz/generate', 'fuzz/growth', 'fuzz/fontbook', 'fuzz/svg'], own)
  const from = async (name) => import(pathToFileURL(join(own, `${name}.mjs`)).href)
  const [{ anyBook }, { anyGrowth }, { anyFont }, { anySvg, svgOf }] = await Promise.all(
    ['generate', 'growth', 'fontbook', 'svg'].map(from),
  )
  const trace = join(own, 'trace')
  const asked = ['-f', '-qq', '-y', '-e', 'trace=open,openat,openat2', '-o', trace, process.execPath]
  const traced = strace ? { execPath: 'strace', execArgv: [...asked, '--max-old-space-size=1500'] } : {}
  // What V8 compiles is kept here, not in the user's folder: no book has anything to look for there.
  const env = { ...process.env, XDG_CACHE_HOME: own }
  const builder = childOf(join(own, 'child.mjs'), [root], limit, { env, ...traced })
  const painter = childOf(join(own, 'svgchild.mjs'), [], limit)
  const json = (seed, value) => [join(home, 'kept', `${seed}.json`), `${JSON.stringify({ seed, ...value }, null, 1)}\n`]
  const strange = []

  const books = {
    name: 'books',
    arbitrary: anyBook,
    batch: 1000,
    ask: (book, n, seed) => builder.ask({ book, n, seed, sample }),
    keep: ({ plan, faults }, seed) => json(seed, { faults, book: portable(plan) }),
    async end() {
      await builder.end()
      if (strace) strange.push(...openedElsewhere(trace, root))
    },
    /** What the system was asked for outside of the books, and nobody may. */
    strange,
  }
  const growth = {
    name: 'plans of growth',
    arbitrary: anyGrowth,
    batch: 50,
    ask: (plan, n, seed) => builder.ask({ growth: plan, n, seed, sample }),
    keep: ({ plan, faults }, seed) => json(`growth-${seed}`, { faults, plan }),
    end: builder.end,
  }
  const fonts = {
    name: 'fonts',
    arbitrary: anyFont,
    batch: 250,
    ask: (font, n, seed) => builder.ask({ font, n, seed, sample }),
    keep: ({ plan, faults }, seed) => json(`font-${seed}`, { faults, plan }),
    end: builder.end,
  }
  const drawings = []
  const svg = {
    name: 'drawings',
    arbitrary: anySvg,
    batch: 500,
    async ask(plan, n) {
      const answer = await painter.ask({ plan, n })
      if (answer.source !== undefined && n % 20 === 0 && drawings.length < 100) drawings.push(answer.source)
      return answer
    },
    keep: ({ plan }, seed) => [join(home, 'kept', `svg-${seed}.svg`), svgOf(plan)],
    end: painter.end,
    /** Some of those that were taken. */
    drawings,
  }
  return { books, growth, svg, fonts }
}

/** Bytes as base64. */
function portable(book) {
  const files = Object.entries(book.files).map(([path, content]) => [
    path,
    typeof content === 'string' ? content : { base64: Buffer.from(content).toString('base64') },
  ])
  return { ...book, files: Object.fromEntries(files) }
}

/** What was opened outside of the book, this package and what Node itself needs. */
function openedElsewhere(trace, root) {
  if (!existsSync(trace)) return []
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
  return [...strange]
}
