// V8's compilation of the bundle is taken up again: the one beside it, and, where a package was installed, the one that its first
// run leaves in the user's cache folder. On this Node, and on others where they are:
// `npm install --prefix .judges/node-22 node@22` brings one.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { userCache } from '../src/cli/cache.js'

const folder = mkdtempSync(join(tmpdir(), 'octavo-compiled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const others = [20, 22, 24, 26]
  .filter((each) => each !== Number(process.versions.node.split('.')[0]))
  .map((each) => ({ name: `Node ${each}`, node: resolve(`.judges/node-${each}/node_modules/node/bin/node`) }))
const nodes = [{ name: 'this Node', node: process.execPath }, ...others.filter(({ node }) => existsSync(node))]
for (const { name, node } of others) if (!existsSync(node)) console.log(`not tested on ${name}: there is no ${node}`)

/** A package as it is installed: without a cache. */
function install(name: string): string {
  const root = join(folder, name)
  mkdirSync(root)
  for (const each of ['package.json', 'assets']) cpSync(each, join(root, each), { recursive: true })
  cpSync('dist', join(root, 'dist'), { recursive: true, filter: (path) => !path.endsWith('octavo.cache') })
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction')
  return root
}

function run(node: string, home: string, ...words: string[]) {
  const env = { ...process.env, XDG_CACHE_HOME: home, NODE_OPTIONS: '', NODE_COMPILE_CACHE: undefined }
  const { status, stdout, stderr } = spawnSync(node, words, { env, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout.trim()
}

/** 'false' if V8 took what it was given; 'undefined' if it was given nothing, or nothing that it takes. */
function rejected(node: string, root: string, home: string): string {
  const loader = JSON.stringify(join(root, 'dist/loader.js'))
  const code = `const { run } = await import(${loader}); console.log((await run()).script.cachedDataRejected)`
  return run(node, home, '--input-type=module', '-e', code)
}

describe.each(nodes)('$name', ({ name, node }) => {
  const root = install(name)
  const build = (home: string) =>
    run(
      node,
      home,
      join(root, 'dist/cli.js'),
      'build',
      join(root, 'assets/starter'),
      '--out',
      join(folder, 'out'),
      '--quiet',
    )
  const cached = (home: string) =>
    existsSync(join(home, 'octavo')) ? readdirSync(join(home, 'octavo')).filter((each) => each.endsWith('.cache')) : []

  test('the first run leaves a cache, the next takes it', () => {
    const home = join(folder, `${name} home`)
    expect(rejected(node, root, home)).toBe('undefined')
    build(home)
    expect(cached(home)).toHaveLength(1)
    expect(rejected(node, root, home)).toBe('false')
    const [file] = cached(home).map((each) => join(home, 'octavo', each))
    const { mtimeMs } = statSync(file!)
    build(home)
    expect(statSync(file!).mtimeMs).toBe(mtimeMs)

    if (process.getuid === undefined) return
    // What others may write is not run.
    chmodSync(file!, 0o620)
    expect(rejected(node, root, home)).toBe('undefined')
    chmodSync(file!, 0o600)
    chmodSync(join(home, 'octavo'), 0o777)
    expect(rejected(node, root, home)).toBe('undefined')
    chmodSync(join(home, 'octavo'), 0o700)
    expect(rejected(node, root, home)).toBe('false')
  })

  test('where it cannot be written, a book is built as well', () => {
    build('/dev/null/none')
  })

  test('the one that is made with the bundle is taken', () => {
    mkdirSync(join(root, 'scripts'))
    cpSync('scripts/warm.js', join(root, 'scripts/warm.js'))
    run(node, join(folder, 'nowhere'), join(root, 'scripts/warm.js'))
    expect(rejected(node, root, join(folder, 'nowhere'))).toBe('false')
  })
})

test('of the subsetter nothing is optimised: that would take longer than a short book', () => {
  const words = ['--trace-wasm-compilation-times', 'dist/cli.js', 'build', 'book', '--out', join(folder, 'traced')]
  const told = run(process.execPath, join(folder, 'nowhere'), ...words).split('\n')
  const modules = (compiler: string) =>
    new Set(told.flatMap((line) => new RegExp(`function (\\w+)#\\d+ using ${compiler}`).exec(line)?.[1] ?? [])).size
  // the shaper, the deflater and the subsetter
  expect(modules('Liftoff')).toBe(3)
  expect(modules('TurboFan')).toBeLessThan(3)
})

test('caches lie where the system has them', () => {
  const home = resolve('/home/mary')
  const at = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) => userCache({ platform, env, home })
  expect(at('linux')).toBe(join(home, '.cache'))
  expect(at('linux', { XDG_CACHE_HOME: resolve('/var/mine') })).toBe(resolve('/var/mine'))
  expect(at('linux', { XDG_CACHE_HOME: 'relative' })).toBe(join(home, '.cache'))
  expect(at('darwin')).toBe(join(home, 'Library', 'Caches'))
  expect(at('win32')).toBe(join(home, 'AppData', 'Local'))
  expect(at('win32', { LOCALAPPDATA: resolve('/local') })).toBe(resolve('/local'))
  expect(userCache({ platform: 'linux', env: {}, home: '' })).toBe(undefined)
})
