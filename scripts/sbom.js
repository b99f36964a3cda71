// In: the folders of the packages that are distributed, bundled or as dependencies. Out: a bill of them, as CycloneDX 1.6 has it, in JSON. It has
// no clock and no number of chance: the same packages give the same bytes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))
const byRef = (a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)

/** Package URL: an @ that begins a scope is written as %40. */
const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** SPDX: one licence by its id, several by an expression; what is neither by its name. */
function licences(license) {
  if (license === undefined) return undefined
  if (/^[\w.+-]+$/.test(license)) return [{ license: { id: license } }]
  return /^SEE LICENSE/i.test(license)
    ? [{ license: { name: license } }]
    : [{ expression: license.replace(/^\((.*)\)$/, '$1') }]
}

/** paths: from `root`, as the lockfile names them. */
export function billOf(root, paths) {
  const own = json(root, 'package.json')
  const locked = json(root, 'package-lock.json').packages
  const packages = [...new Set(paths)].map((path) => ({ path, ...json(root, path, 'package.json') }))
  const refs = new Map(packages.map((each) => [each.path, purl(each)]))
  const components = packages.map((each) => {
    const [, base64] = /^sha512-(.*)$/.exec(locked[each.path]?.integrity ?? '') ?? []
    return {
      type: 'library',
      'bom-ref': purl(each),
      name: each.name,
      version: each.version,
      scope: 'required',
      ...(base64 && { hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] }),
      ...(licences(each.license) && { licenses: licences(each.license) }),
      purl: purl(each),
    }
  })
  /** As Node looks for it: beside the package, then further out. */
  const found = (from, name) => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`
      if (refs.has(path)) return refs.get(path)
      if (at === '') return undefined
      if (!at.includes('/node_modules/')) at = ''
    }
  }
  const edges = packages.map(({ path, dependencies = {} }) => ({
    ref: refs.get(path),
    dependsOn: Object.keys(dependencies)
      .flatMap((name) => found(path, name) ?? [])
      .sort(),
  }))
  const reached = new Set(edges.flatMap((each) => each.dependsOn))
  const wanted = { ...own.dependencies, ...own.devDependencies }
  const direct = packages.filter((each) => Object.hasOwn(wanted, each.name) || !reached.has(purl(each)))
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl(own),
        name: own.name,
        version: own.version,
        licenses: licences(own.license),
        purl: purl(own),
      },
    },
    components: components.sort(byRef),
    dependencies: [
      { ref: purl(own), dependsOn: direct.map(purl).sort() },
      ...edges.sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    ],
  }
  return `${JSON.stringify(bill, null, 1)}\n`
}
