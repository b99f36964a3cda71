// docs/many-books/: files for machines of others. Their commands are understood, they say what the page says of them, and whoever knows
// their kind has nothing to say: `kubernetes-validate` (PyPI), `actionlint` (Go), a shell; each is left out with a word where it is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { understand } from '../../src/cli/arguments.js'

const HERE = join(dirname(fileURLToPath(import.meta.url)), '../../docs/many-books')
const read = (name: string) => readFileSync(join(HERE, name), 'utf8')
const page = readFileSync(join(HERE, '../many-books.md'), 'utf8')
const names = readdirSync(HERE).sort()

/** Where engines say which share it is. */
const KUBERNETES = { JOB_COMPLETION_INDEX: '7' }
const SLURM = { SLURM_ARRAY_TASK_ID: '8', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_COUNT: '8' }

interface Container {
  args: string[]
  command?: string[]
  securityContext: object
}
interface Manifest {
  kind: string
  metadata: { name: string }
  spec: {
    completions?: number
    completionMode?: string
    template?: { spec: { containers: Container[]; automountServiceAccountToken: boolean } }
  }
}
const manifests = names
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) =>
    parseAllDocuments(read(name)).map((one) => ({ name, manifest: (one as { toJS(): Manifest }).toJS() })),
  )

test('each file is on the page, and each that is on the page is there', () => {
  const said = [...page.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!),
  )
  expect(said.sort()).toEqual(names)
})

describe('Kubernetes', () => {
  const own = manifests.flatMap(({ name, manifest }) =>
    (manifest.spec.template?.spec.containers ?? [])
      .filter(({ command }) => command?.at(-1)?.endsWith('octavo/dist/cli.js'))
      .map(({ args }) => ({ name, args, manifest })),
  )
  test('its commands are understood', () => {
    const asked = own.map(({ name, args }) => ({ name, ...understand(args, KUBERNETES) }))
    expect(asked).toMatchObject([
      { name: 'join.yaml', command: 'publish', join: true, store: '/store', out: '/site/public' },
      { name: 'queue.yaml', command: 'publish', queue: 'redis://octavo-queue:6379', store: '/store' },
      { name: 'shares.yaml', command: 'publish', shard: { index: 8, of: 8 }, store: '/store' },
      { name: 'workers.yaml', command: 'worker', queue: 'redis://octavo-queue:6379', untrusted: true, store: '/store' },
    ])
    const shares = own.find(({ name }) => name === 'shares.yaml')!.manifest
    expect(shares.spec).toMatchObject({ completions: 8, completionMode: 'Indexed' })
  })

  test('nothing runs as root, writes where it need not, or may ask the cluster', () => {
    const pods = manifests.flatMap(({ manifest }) => manifest.spec.template?.spec ?? [])
    expect(pods.length).toBe(5)
    for (const { containers, automountServiceAccountToken, ...pod } of pods) {
      expect(automountServiceAccountToken).toBe(false)
      expect(pod).toMatchObject({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } })
      for (const { securityContext } of containers)
        expect(securityContext).toEqual({
          ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        })
    }
  })

  const has = isThere('kubernetes-validate')
  test.skipIf(!has)(`Kubernetes would take them${has ? '' : ' (skipped: no kubernetes-validate)'}`, () => {
    for (const name of names.filter((each) => each.endsWith('.yaml'))) {
      const { status, stdout, stderr } = spawnSync('kubernetes-validate', ['--strict', join(HERE, name)], {
        encoding: 'utf8',
      })
      expect({ name, status, said: status === 0 ? '' : stdout + stderr }).toEqual({ name, status: 0, said: '' })
    }
  })
})

describe('GitHub Actions', () => {
  const { jobs } = parse(read('publish.yml')) as {
    jobs: Record<string, { steps: { run?: string }[]; strategy?: { matrix: { share: number[] } } }>
  }
  test('its commands are understood', () => {
    const shares = jobs['share']!.strategy!.matrix.share
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
    const asked = runs
      .filter((run) => run.startsWith('npx octavo '))
      .map((run) =>
        understand(
          run
            .replace(/\$\{\{.*?\}\}/, String(shares.length))
            .split(' ')
            .slice(2),
        ),
      )
    expect(asked).toMatchObject([
      { command: 'publish', book: '.', shard: { index: shares.length, of: shares.length }, store: 'store' },
      { command: 'publish', book: '.', join: true, store: 'store', out: 'site' },
      { command: 'verify', site: 'site' },
    ])
    expect(shares).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  const has = isThere('actionlint')
  test.skipIf(!has)(`GitHub would take it${has ? '' : ' (skipped: no actionlint)'}`, () => {
    const { status, stdout } = spawnSync('actionlint', ['-no-color', join(HERE, 'publish.yml')], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })
})

test('SLURM: its commands are understood, and a shell reads it', () => {
  const text = read('shares.sh')
  const commands = [...text.matchAll(/octavo (publish .*?)(?:'|$)/gm)].map(([, words]) =>
    words!.replace(/"?\$(\w+)"?/g, (_, name: string) =>
      name === 'SLURM_CPUS_PER_TASK' ? '4' : `/data/${name.toLowerCase()}`,
    ),
  )
  expect(commands.map((words) => understand(words.split(' '), SLURM))).toMatchObject([
    { command: 'publish', book: '/data/shelf', join: true, store: '/data/store', out: '/data/site' },
    { command: 'publish', book: '/data/shelf', shard: { index: 8, of: 8 }, store: '/data/store', jobs: 4 },
  ])
  expect(text).toMatch(/^#SBATCH --array=1-8$/m)
  if (process.platform === 'win32') return
  expect(spawnSync('sh', ['-n', join(HERE, 'shares.sh')], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  })
})

test.each([
  ['2/8', {}, { index: 2, of: 8 }],
  ['auto/8', { JOB_COMPLETION_INDEX: '0' }, { index: 1, of: 8 }],
  ['auto', { SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '4' }, { index: 3, of: 4 }],
])('the share %s, where the environment is %o', (said, environment, shard) => {
  expect(understand(['publish', '--shard', said], environment)).toMatchObject({ command: 'publish', shard })
})

test.each(['0/8', '9/8', '2', '2/', 'a/8', 'auto', 'auto/8', '-1/8', '1/0'])('the share %s is none', (said) => {
  expect(understand(['publish', `--shard=${said}`], {})).toMatchObject({ command: 'wrong' })
})

function isThere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
