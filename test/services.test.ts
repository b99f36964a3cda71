// docs/services.md: its Dockerfile and unit have the walls that it names, and their command builds a book behind them, as far as this
// machine has them. For Node's permission model: `npm install --prefix .judges/node25 node@25`, and the same of 24.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NODES } from './nodes.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const page = read('docs/services.md')

interface Instruction {
  name: string
  rest: string
}
const docker: Instruction[] = read('docs/services/Dockerfile')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line)!
    return { name: name!, rest: rest! }
  })
const of = (name: string) => docker.filter((each) => each.name === name).map(({ rest }) => rest)
const words = (name: string) => JSON.parse(of(name).at(-1)!) as string[]

/** By key, in order; a key may come twice. */
const unit = new Map<string, string[]>()
for (const line of read('docs/services/octavo@.service').split('\n')) {
  const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? []
  if (key !== undefined) unit.set(key, [...(unit.get(key) ?? []), value!])
}
const service = (key: string) => unit.get(key)?.at(-1)

const SCRIPT = '/opt/octavo/node_modules/octavo/dist/cli.js'

describe('the Dockerfile', () => {
  test('has no instruction that linters warn of', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'ENTRYPOINT', 'CMD']
    expect(docker.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
    for (const image of of('FROM')) expect(image).toMatch(/^node:\d+-bookworm-slim( AS \w+)?$/)
    for (const folder of of('WORKDIR')) expect(folder).toMatch(/^\//)
    for (const command of of('RUN')) expect(command).not.toMatch(/curl|wget|sudo|&& cd |apt/)
    expect(of('RUN').join()).toMatch(/npm install .*--omit=dev --ignore-scripts/)
    // Nobody: a number, so that a service can see that it is not root.
    expect(of('USER')).toEqual(['65534:65534'])
    expect(docker.findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      docker.findLastIndex(({ name }) => name === 'RUN'),
    )
    expect(words('CMD')).toEqual(['build', '/book', '--out', '/out'])
  })

  test('runs what the page says', () => {
    const [, command] = /```sh\n(node --permission[\s\S]*?)\n```/.exec(page)!
    const said = command!.replace(/\\\n\s*/g, '').split(' ')
    const entry = words('ENTRYPOINT')
    expect([...entry.slice(entry.indexOf('node')), ...words('CMD')]).toEqual(said)
    expect(entry[0]).toBe('timeout')
    const [, run] = /```sh\n(docker run[\s\S]*?)\n```/.exec(page)!
    for (const wall of [
      '--rm',
      '--network none',
      '--read-only',
      '--memory ',
      '--memory-swap ',
      '--pids-limit ',
      '--cap-drop ALL',
      'no-new-privileges',
      ':/book:ro',
    ])
      expect(run).toContain(wall)
  })
})

describe('the unit', () => {
  test('has every wall that the page names', () => {
    const said = [...page.matchAll(/`(\w+)=(\w*)`/g)].map(([, key, value]) => [key!, value!] as const)
    expect(said.length).toBeGreaterThan(8)
    for (const [key, value] of said) {
      if (key === 'MemoryDenyWriteExecute') expect(unit.has(key)).toBe(false)
      else expect({ key, value: service(key) }).toEqual({ key, value: value === '' ? expect.any(String) : value })
    }
    expect(service('NoNewPrivileges')).toBe('yes')
    expect(service('MemorySwapMax')).toBe('0')
  })

  test('runs what the Dockerfile runs, in its own folders', () => {
    const entry = words('ENTRYPOINT')
    const inside = [...entry.slice(entry.indexOf('node')), ...words('CMD')].join(' ')
    const ran = service('ExecStart')!.replaceAll('/srv/octavo/%i/', '/').replace('/usr/bin/node', 'node')
    expect(ran).toBe(inside)
    expect(service('ReadWritePaths')).toBe('/srv/octavo/%i/out')
  })

  const verify = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).status === 0
  test.skipIf(!verify)(`is one that systemd understands${verify ? '' : ' (skipped: no systemd-analyze)'}`, () => {
    const home = mkdtempSync(join(tmpdir(), 'octavo-unit-'))
    try {
      // The program that it names is not installed on every machine.
      const text = read('docs/services/octavo@.service').replace('/usr/bin/node', process.execPath)
      writeFileSync(join(home, 'octavo@.service'), text)
      writeFileSync(join(home, 'octavo@a.service'), text)
      const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', join(home, 'octavo@a.service')], {
        encoding: 'utf8',
      })
      const told = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('octavo'))
      expect(told).toEqual([])
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  })
})

describe('behind the walls', () => {
  let home: string
  const at = (name: string) => join(home, name)
  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'octavo-walls-')))
    mkdirSync(at('book'))
    mkdirSync(at('plain'))
    writeFileSync(at('book/book.yaml'), 'title: A Book\nlanguage: en\ndate: 2026-01-01\nslug: book\nbody: [a.md]\n')
    writeFileSync(
      at('book/a.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    )
    writeFileSync(at('book/a.md'), '# A\n\nA sentence, *stressed*, with `code`.\n\n![A drawing](a.svg)\n')
    writeFileSync(at('secret'), 'secret')
    expect(run(process.execPath, [join(ROOT, 'dist/cli.js'), ...words('CMD')], 'plain').status).toBe(0)
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  /** The paths of the image, as they are here. */
  const here = (out: string) => (word: string) =>
    word
      .replace(SCRIPT, join(ROOT, 'dist/cli.js'))
      .replace('/opt/octavo', ROOT)
      .replace(/(^|=)\/(book)$/, `$1${at('book')}`)
      .replace(/(^|=)\/(out)$/, `$1${at(out)}`)
  const run = (program: string, args: string[], out: string) => {
    mkdirSync(at(out), { recursive: true })
    return spawnSync(program, args.map(here(out)), { encoding: 'utf8', cwd: home })
  }
  const same = (out: string) => {
    for (const name of ['book.epub', 'book.pdf'])
      expect(readFileSync(at(`${out}/${name}`)).equals(readFileSync(at(`plain/${name}`))), name).toBe(true)
  }
  const entry = words('ENTRYPOINT')
  const command = entry.slice(entry.indexOf('node') + 1)

  const nodes = NODES.map((path) => ({
    path,
    major: Number(/^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 0),
  }))
  const able = nodes.filter(({ major }) => major >= 24)

  test.skipIf(able.length === 0)(
    `the permission model lets a book be built, the same to the byte${able.length === 0 ? ' (skipped: no Node 24 or 25, see CONTRIBUTING)' : ''}`,
    () => {
      for (const { path, major } of able) {
        const out = `out${major}`
        const { status, stderr } = run(path, [...command, ...words('CMD')], out)
        expect({ major, status, stderr }).toMatchObject({
          major,
          status: 0,
          stderr: expect.not.stringContaining('rror'),
        })
        same(out)
      }
    },
  )

  test.skipIf(able.length === 0)('it may refuse threads, and processes: a long book is built all the same', () => {
    const paragraph = `${'Some words of a paragraph that is a little longer. '.repeat(5)}\n\n`
    mkdirSync(at('long'), { recursive: true })
    writeFileSync(at('long/book.yaml'), 'title: A Book\nlanguage: en\ndate: 2026-01-01\nslug: book\nbody: [a.md]\n')
    writeFileSync(at('long/a.md'), `# A\n\n${paragraph.repeat(2100)}`)
    const args = ['build', at('long'), '--out', '/out']
    expect(run(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], 'whole').status).toBe(0)
    for (const { path, major } of able) {
      for (const more of [[], ['--time-limit', '100']]) {
        const out = `alone${major}${more.length}`
        const flags = command.filter((word) => word !== '--allow-worker')
        const { status, stderr } = run(path, [`--allow-fs-read=${at('long')}`, ...flags, ...args, ...more], out)
        expect({ major, status, stderr }).toEqual({ major, status: 0, stderr: '' })
        for (const name of ['book.epub', 'book.pdf'])
          expect(readFileSync(at(`${out}/${name}`)).equals(readFileSync(at(`whole/${name}`))), name).toBe(true)
      }
    }
  })

  test.skipIf(able.length === 0)('it refuses what is not allowed, and Octavo answers', () => {
    for (const { path, major } of able) {
      const unwritable = command.filter((word) => !word.startsWith('--allow-fs-write'))
      const shut = run(path, [...unwritable, ...words('CMD')], `shut${major}`)
      expect(shut.status).toBe(1)
      expect(shut.stdout).toMatch(/error output-/)
      expect(shut.stdout + shut.stderr).not.toMatch(/^\s+at /m)
      expect(readdirSync(at(`shut${major}`))).toEqual([])
      const tried = `const fs = require('node:fs'), net = require('node:net')
        try { fs.readFileSync(${JSON.stringify(at('secret'))}); console.log('read') } catch (e) { console.log(e.code) }
        try { net.connect(9, '127.0.0.1').on('error', (e) => console.log(e.code === 'ERR_ACCESS_DENIED' ? e.code : 'connects')) } catch (e) { console.log(e.code) }`
      writeFileSync(at('book/tried.cjs'), tried)
      const flags = command.filter((word) => word.startsWith('--'))
      const { stdout } = run(path, [...flags, at('book/tried.cjs')], `tried${major}`)
      expect(stdout.trim().split('\n')).toEqual(['ERR_ACCESS_DENIED', major >= 25 ? 'ERR_ACCESS_DENIED' : 'connects'])
    }
  })

  // A namespace of one's own: no network, everything but the output folder only read, no capability.
  const walls = (out: string, args: string[]) => [
    '-rnm',
    'sh',
    '-c',
    'mount --bind "$1" "$1" && mount -o remount,bind,ro / || exit 99; shift; exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all "$@"',
    'sh',
    at(out),
    ...args,
  ]
  const walled = (() => {
    if (process.platform !== 'linux') return false
    const { status } = spawnSync('unshare', ['-rnm', 'setpriv', '--no-new-privs', 'true'])
    return status === 0
  })()
  test.skipIf(!walled)(
    `no network and a root that is only read do not hinder it${walled ? '' : ' (skipped: no unshare here)'}`,
    () => {
      mkdirSync(at('walled'))
      const proof = spawnSync(
        'unshare',
        walls('walled', ['sh', '-c', `echo x > ${at('left')} || echo x > ${at('walled/in')}`]),
      )
      // Where even a namespace may not mount, there is nothing to try.
      if (proof.status === 99) return
      expect([existsSync(at('left')), existsSync(at('walled/in'))]).toEqual([false, true])
      const { status, stderr } = run(
        'unshare',
        walls('walled', [process.execPath, join(ROOT, 'dist/cli.js'), ...words('CMD')]),
        'walled',
      )
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      same('walled')
    },
  )
})
