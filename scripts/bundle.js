// In: src/. Out: dist/: the command and the library as ES modules with their packages bundled in, and the types.
//
// Start-up is most of the time that a short book takes, and most of start-up is finding and compiling the many small
// files of packages. So everything is bundled, split so that an edition nobody asked for is never loaded.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { compileThemes } from './themes.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const require = createRequire(import.meta.url)
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * What packages import at their head and our code never reaches: replaced by exports that throw when called, so that a
 * path that does reach one fails loudly in the tests instead of costing everyone its loading.
 */
const UNREACHED = [
  // Fonts are ours (harfbuzzjs): pdfkit is handed a ready font object, or none.
  { importer: 'pdfkit', name: 'fontkit', exports: ['create'] },
  // Lines are broken by our own layout; pdfkit's text() is never called.
  { importer: 'pdfkit', name: 'linebreak', exports: ['default'] },
  // Nothing is encrypted: PDF/A forbids it.
  { importer: 'pdfkit', name: '@noble/ciphers/aes', exports: ['cbc', 'ecb'] },
  // Nothing is ever fetched: images and faces are handed over as bytes.
  { importer: 'epub-gen-memory', name: './fetchable', exports: ['default'] },
  // Chapters are handed over as finished XHTML, not parsed and mended by the package.
  { importer: 'epub-gen-memory', name: './html-parse', exports: ['fixHTML'] },
]

/** epub-gen-memory checks its options with `ow` (150 ms to load); its own browser edition does without, as ours does. */
const REPLACED = [
  { importer: 'epub-gen-memory', name: './predicates', by: 'epub-gen-memory/dist/lib/util/predicates-nop.js' },
]

const inPackage = (importer, name) => importer.replaceAll('\\', '/').includes(`/node_modules/${name}/`)

const lean = {
  name: 'lean',
  setup(bundler) {
    for (const { importer, name, by } of REPLACED)
      bundler.onResolve({ filter: exactly(name) }, (args) =>
        inPackage(args.importer, importer) ? { path: require.resolve(join(root, 'node_modules', by)) } : undefined,
      )
    for (const { importer, name } of UNREACHED)
      bundler.onResolve({ filter: exactly(name) }, (args) =>
        inPackage(args.importer, importer) ? { path: `${importer} ${name}`, namespace: 'unreached' } : undefined,
      )
    bundler.onLoad({ filter: /./, namespace: 'unreached' }, (args) => {
      const [importer, name] = args.path.split(' ')
      const stub = UNREACHED.find((each) => each.importer === importer && each.name === name)
      const fail = `() => { throw new Error('${name} is left out of this bundle: see scripts/bundle.js') }`
      // CommonJS with __esModule serves both kinds of importer.
      const lines = stub.exports.map((each) => `exports.${each} = ${fail}`)
      return { contents: `exports.__esModule = true\n${lines.join('\n')}\n`, loader: 'js' }
    })
  },
}

function exactly(name) {
  return new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`)
}

const result = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  outdir: 'dist',
  // assets/ is two folders up, from dist/chunks as from src/theme: modules that look for it are never inlined into an
  // entry, because every stage is imported dynamically.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Loads its WebAssembly from beside itself.
  external: ['harfbuzzjs'],
  // Names stay, for the traces of our own faults; white space goes, since reading it costs time at every start.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  define: { OCTAVO_VERSION: JSON.stringify(version) },
  // CommonJS packages ask for Node's own modules by require().
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [lean],
  metafile: true,
  logLevel: 'warning',
  write: false,
})

// A command that runs meanwhile still finds the chunks that it knows: stale ones go when they are old.
const OLD = 10 * 60_000
for (const file of result.outputFiles) {
  mkdirSync(dirname(file.path), { recursive: true })
  writeFileSync(file.path, file.contents)
}
const fresh = new Set(result.outputFiles.map((file) => file.path))
for (const name of readdirSync(join(root, 'dist/chunks'))) {
  const path = join(root, 'dist/chunks', name)
  if (!fresh.has(path) && statSync(path).mtimeMs < Date.now() - OLD) rmSync(path)
}
writeFileSync(join(root, 'dist/NOTICES.txt'), notices(Object.keys(result.metafile.inputs)))
await compileThemes(join(root, 'dist/themes.json'))
if (process.argv.includes('--sizes')) {
  for (const [path, { bytes, inputs }] of Object.entries(result.metafile.outputs)) {
    const most = Object.entries(inputs)
      .sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
      .slice(0, 3)
    console.log(`${bytes} ${path}  ${most.map(([name, each]) => `${name} ${each.bytesInOutput}`).join(', ')}`)
  }
}

// tsc is called as a script of this very Node: no shell, no .bin folder, the same on every system.
const types = spawnSync(
  process.execPath,
  [join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), '-p', 'tsconfig.types.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
process.exit(types.status ?? 1)

/** The licences of the packages that these files belong to: what is bundled is distributed, and most licences ask for their text. */
function notices(inputs) {
  const packages = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [])
  return [...new Set(packages)]
    .sort()
    .map((path) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, path)).find((each) => /^(licen[cs]e|copying)/i.test(each))
      const text = file === undefined ? '' : readFileSync(join(root, path, file), 'utf8').trim()
      return `${name} ${version} (${license})\n\n${text}\n`
    })
    .join(`\n${'-'.repeat(79)}\n\n`)
}
