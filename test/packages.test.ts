// What is installed is what the lockfile says, may be passed on, runs nothing when it is installed, and stands in the bill that goes with
// the package.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { billOf } from '../scripts/sbom.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
interface Locked {
  version: string
  license?: string
  dev?: boolean
  hasInstallScript?: boolean
}
const own = json('package.json') as {
  version: string
  dependencies: object
  devDependencies: Record<string, string>
  peerDependencies: Record<string, string>
  peerDependenciesMeta: object
}
const packages = Object.entries(json('package-lock.json').packages as Record<string, Locked>).filter(
  ([path]) => path !== '',
)
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '')

/** Of whatever is distributed: bundled, or installed beside Octavo. */
const RUNTIME = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'MPL-2.0', 'MIT AND OFL-1.1']
/** Of what only develops it, also. */
const DEVELOPMENT = [
  ...RUNTIME,
  'CC0-1.0',
  'PSF-2.0',
  'MIT OR Apache-2.0',
  '(MIT OR CC0-1.0)',
  '(MIT OR GPL-3.0-or-later)',
  '(MIT AND Zlib)',
]
/** Read by us in the files that they bring. */
const READ: Record<string, string> = {
  // Bitstream Vera's licence: free to use, embed and pass on, not to be sold by itself.
  'dejavu-fonts-ttf': 'SEE LICENSE IN README.md AND LICENSE',
  // MIT, in its LICENSE.
  'png-js': 'none',
  // The examples of CommonMark, which only the tests read.
  'commonmark-spec': 'CC-BY-SA-4.0',
}
/** There is one release, so no range says anything: what comes next is looked at first. */
const ONE_RELEASE = ['libdeflate', 'foliate-js']

const bill = json('dist/sbom.cdx.json') as {
  bomFormat: string
  specVersion: string
  version: number
  serialNumber?: string
  metadata: { timestamp?: string; component: { 'bom-ref': string; name: string; version: string } }
  components: {
    type: string
    'bom-ref': string
    name: string
    version: string
    purl: string
    hashes: { alg: string; content: string }[]
    licenses?: ({ license: { id?: string; name?: string } } | { expression: string })[]
  }[]
  dependencies: { ref: string; dependsOn: string[] }[]
}
const shipped = new Set(bill.components.map(({ name }) => name))

test('the tree of packages is whole: `npm ls`', () => {
  const { status, stdout, error } = spawnSync('npm', ['ls', '--all', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 1 << 26,
  })
  expect(error).toBeUndefined()
  expect((JSON.parse(stdout) as { problems?: string[] }).problems ?? []).toEqual([])
  expect(status).toBe(0)
})

test('every licence is one that we know', () => {
  const strange = packages
    .map(([path, { license = 'none' }]) => ({ name: nameOf(path), license }))
    .filter(({ name, license }) => {
      if (READ[name] === license) return false
      return !(shipped.has(name) ? RUNTIME : DEVELOPMENT).includes(license)
    })
  expect(strange).toEqual([])
  expect(packages.length).toBeGreaterThan(100)
})

test('no package that is distributed runs anything when it is installed', () => {
  expect(packages.filter(([, each]) => each.hasInstallScript && !each.dev).map(([path]) => path)).toEqual([])
  for (const [path] of packages.filter(
    ([path]) => shipped.has(nameOf(path)) && !/node_modules\/.*node_modules/.test(path),
  )) {
    const { scripts = {} } = json(`${path}/package.json`) as { scripts?: Record<string, string> }
    const run = ['preinstall', 'install', 'postinstall'].filter((name) => Object.hasOwn(scripts, name))
    expect({ path, run }).toEqual({ path, run: [] })
  }
  // For whoever develops: esbuild puts its program in its place; what BullMQ brings looks whether its binary suits; the others, which
  // epub.js brings, print a request.
  expect(packages.filter(([, each]) => each.hasInstallScript).map(([path]) => nameOf(path))).toEqual([
    'core-js',
    'es5-ext',
    'esbuild',
    'msgpackr-extract',
  ])
})

test('what has one release is pinned to it', () => {
  const wanted: Record<string, string> = { ...own.dependencies, ...own.devDependencies }
  for (const name of ONE_RELEASE)
    expect({ name, range: wanted[name] }).toEqual({ name, range: expect.stringMatching(/^\d/) })
})

describe('the bill of what is distributed', () => {
  test('has the shape of CycloneDX 1.6, and neither clock nor chance', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
    expect(bill.serialNumber ?? bill.metadata.timestamp).toBeUndefined()
    expect(bill.metadata.component).toMatchObject({ type: 'application', name: 'octavo', version: own.version })
    const refs = bill.components.map((each) => each['bom-ref'])
    expect(refs).toEqual([...new Set(refs)].sort())
    for (const each of bill.components) {
      expect(each).toMatchObject({ type: 'library', purl: each['bom-ref'] })
      expect(each.purl).toMatch(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/)
      expect(each.hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }])
      for (const one of each.licenses!) {
        const said = 'expression' in one ? one.expression : (one.license.id ?? one.license.name)
        expect(each.name in READ ? READ[each.name] : RUNTIME).toContain(said)
      }
    }
    const known = new Set([bill.metadata.component['bom-ref'], ...refs])
    expect(new Set(bill.dependencies.map(({ ref }) => ref))).toEqual(known)
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([])
    // Everything is there for something.
    const reached = new Set(bill.dependencies.flatMap(({ dependsOn }) => dependsOn))
    expect(refs.filter((ref) => !reached.has(ref))).toEqual([])
  })

  test('names what the notices of licences name, and the faces; and the packages of the house’s table that are not among them are none', () => {
    const noticed = [
      ...readFileSync(join(ROOT, 'dist/NOTICES.txt'), 'utf8').matchAll(/^(@?[a-z][\w./-]*) \d\S* \(/gm),
    ].map(([, name]) => name!)
    expect([...shipped].sort()).toEqual([...new Set([...noticed, ...Object.keys(own.dependencies)])].sort())
    const [, table] = /## Packages\n([\s\S]*?)\n## /.exec(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'))!
    const housed = [...table!.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!)
    const { peerDependencies, peerDependenciesMeta } = own
    const optional = Object.keys(peerDependencies).sort()
    expect(housed.filter((name) => !shipped.has(name)).sort()).toEqual(optional)
    // Who installs Octavo gets none of them; `npm install` of one says whether its version suits.
    expect(peerDependenciesMeta).toEqual(Object.fromEntries(optional.map((name) => [name, { optional: true }])))
  })

  test('is the same whatever the order in which packages are found', () => {
    const paths = packages.map(([path]) => path).filter((path) => shipped.has(nameOf(path)))
    const direct = paths.filter((path) => !/node_modules\/.*node_modules/.test(path))
    expect(billOf(ROOT, [...direct].reverse())).toBe(billOf(ROOT, direct))
  })
})
