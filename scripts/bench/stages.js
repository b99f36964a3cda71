// In: a book. Out: what share of its PDF's making falls on which stage, by a profile of the packaged command on one processor.
// Each sample belongs to the innermost function that stands in one of our stages; what HarfBuzz or the deflater do, to whoever asked.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'

/** The first that matches a source's path holds; the rest is start-up. */
const STAGES = [
  ['deflate', /src\/(pdf\/file\/)?deflate/],
  ['read', /src\/(read|yaml|model)\/|markdown-it|node_modules\/(yaml|entities|mdurl|uc\.micro)\//],
  ['shape', /src\/fonts\/|src\/layout\/text\/(shaped-faces|box)\.|harfbuzzjs/],
  ['divide words', /src\/layout\/text\/(hyphenate|divide)/],
  ['break lines', /src\/layout\/breaking\/(break-lines|ends|limits)/],
  ['break pages', /src\/layout\/breaking\/(break-pages|page-state|page-prices)/],
  ['paint', /src\/(pdf|cover)\/|pdfkit|src\/layout\/\w+\/(lines|press|furniture|foot|rest)\./],
  ['collect', /src\/layout\//],
]
const ORDER = ['read', 'collect', 'shape', 'divide words', 'break lines', 'break pages', 'paint', 'deflate']

/** `map`: what `scripts/bundle.js --map` wrote of the bundle; `temporary`: a folder for outputs. */
export function stagesOf(book, octavo, map, temporary) {
  const folder = mkdtempSync(join(temporary, 'profile-'))
  const words = ['--cpu-prof', '--cpu-prof-dir', folder, octavo, 'build', book, '--edition', 'pdf', '--out', folder]
  // On one processor nothing is done on other threads, which profiles do not show.
  const pinned = spawnSync('taskset', ['-c', '0', process.execPath, ...words])
  const { status } = pinned.error === undefined ? pinned : spawnSync(process.execPath, words)
  if (status !== 0) throw new Error(`the profile of ${book} was not made`)
  const profile = readFileSync(
    join(
      folder,
      readdirSync(folder).find((name) => name.endsWith('.cpuprofile')),
    ),
    'utf8',
  )
  return shares(JSON.parse(profile), stageFinder(map))
}

/** From a frame of the profile to its stage; undefined for what belongs to its caller. */
function stageFinder(path) {
  const { map, wide } = JSON.parse(readFileSync(path, 'utf8'))
  const source = new SourceMap(map)
  return ({ url, functionName, lineNumber, columnNumber }) => {
    if (functionName === '(garbage collector)') return 'collect garbage'
    if (!url.endsWith('octavo.cjs')) return undefined
    // The map is of the bundle before its letters beyond ASCII became six.
    let column = columnNumber
    for (const at of wide[lineNumber] ?? []) if (at + 5 < column) column -= 5
    const { originalSource } = source.findEntry(lineNumber, column)
    return originalSource && STAGES.find(([, files]) => files.test(originalSource))?.[0]
  }
}

function shares({ nodes, samples, timeDeltas }, stageOf) {
  const parent = new Map()
  const own = new Map()
  for (const node of nodes) {
    own.set(node.id, stageOf(node.callFrame))
    for (const child of node.children ?? []) parent.set(child, node.id)
  }
  const stage = (id) => own.get(id) ?? (parent.has(id) ? stage(parent.get(id)) : 'start')
  const taken = new Map()
  let whole = 0
  samples.forEach((id, i) => {
    whole += timeDeltas[i]
    taken.set(stage(id), (taken.get(stage(id)) ?? 0) + timeDeltas[i])
  })
  return ['start', ...ORDER, 'collect garbage']
    .map((name) => `${name} ${Math.round((100 * (taken.get(name) ?? 0)) / whole)} %`)
    .join(', ')
}
