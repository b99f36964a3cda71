// In: src/. Out: dist/: the command and the library, with their packages bundled in, and the types.
//
// Start-up is most of the time that a short book takes, and most of start-up is finding and compiling the many small files
// of packages. So everything that builds books is one script, whose modules run only when an edition needs them, and V8's own
// compilation of it is kept beside it: see scripts/shipped/loader.js.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writePage } from './page.js'
import { billOf } from './sbom.js'
import { writeSchemas } from './schema.js'
import { compileThemes } from './themes.js'
import { writeWeb } from './web.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const require = createRequire(import.meta.url)
const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * What packages import at their head and our code never reaches: replaced by exports that throw when called, so that a
 * path that does reach one fails loudly in the tests instead of costing everyone its loading.
 */
const UNREACHED = [
  // Fonts, pictures and lines are ours; nothing is encrypted.
  { importer: 'pdfkit', name: 'fontkit', exports: ['create'] },
  { importer: 'pdfkit', name: 'linebreak', exports: ['default'] },
  { importer: 'pdfkit', name: 'png-js', exports: ['default'] },
  { importer: 'pdfkit', name: '@noble/ciphers/aes', exports: ['cbc', 'ecb'] },
  // Documents come to it finished, with their faces and images as bytes: nothing is fetched, parsed, mended or filled in.
  { importer: 'epub-gen-memory', name: './fetchable', exports: ['default'] },
  { importer: 'epub-gen-memory', name: './html-parse', exports: ['fixHTML'] },
  { importer: 'epub-gen-memory', name: 'ejs', exports: ['render'] },
  { importer: 'epub-gen-memory', name: 'mime', exports: ['getType', 'getExtension'] },
  // It makes file names of chapters' titles, and is given no chapters.
  { importer: 'epub-gen-memory', name: 'slugify', exports: ['default'] },
]

/** What is needed, but not in the form in which it comes. */
const REPLACED = [
  // It checks its options with `ow` (150 ms to load); its own browser edition does without, as ours does.
  { importer: 'epub-gen-memory', name: './predicates', by: 'epub-gen-memory/dist/lib/util/predicates-nop.js' },
  // The same parser as ES modules, of which the unused half can be left out.
  { importer: '', name: 'yaml', by: 'yaml/browser/dist/index.js' },
]

/** What is made or called and of which nothing comes: the least that serves. */
const EMPTY = [
  // Its archive is made and never used: ours is another (src/epub/pack.ts).
  {
    importer: 'epub-gen-memory',
    name: 'jszip',
    contents: 'module.exports = class { file() {} folder() { return this } }',
  },
  // It takes the accents off the language that it would say, `en`.
  { importer: 'epub-gen-memory', name: 'diacritics', contents: 'exports.remove = (text) => text' },
  // Every parser has one, for addresses in the text; ours leave them as they are.
  { importer: 'markdown-it', name: 'linkify-it', contents: 'exports.LinkifyIt = class {}' },
]

/** '' is our own code. */
const imports = (importer, name) =>
  name === '' ? !importer.includes('node_modules') : importer.replaceAll('\\', '/').includes(`/node_modules/${name}/`)

const lean = {
  name: 'lean',
  setup(bundler) {
    for (const { importer, name, by } of REPLACED)
      bundler.onResolve({ filter: exactly(name) }, (args) =>
        imports(args.importer, importer) ? { path: join(root, 'node_modules', by), sideEffects: false } : undefined,
      )
    for (const { importer, name } of UNREACHED)
      bundler.onResolve({ filter: exactly(name) }, (args) =>
        imports(args.importer, importer) ? { path: `${importer} ${name}`, namespace: 'unreached' } : undefined,
      )
    for (const { importer, name, contents } of EMPTY) {
      bundler.onResolve({ filter: exactly(name) }, (args) =>
        imports(args.importer, importer) ? { path: name, namespace: `empty-${name}` } : undefined,
      )
      bundler.onLoad({ filter: /./, namespace: `empty-${name}` }, () => ({ contents, loader: 'js' }))
    }
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

/** It starts its WebAssembly while it is imported, which a script cannot wait for: the loader starts it. */
const shaper = {
  name: 'shaper',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]harfbuzzjs[\\/]dist[\\/]index\.mjs$/ }, ({ path }) => {
      const start = 'init(await createHarfBuzz());'
      const parts = readFileSync(path, 'utf8').split(start)
      if (parts.length !== 2) throw new Error(`harfbuzzjs does not start with \`${start}\``)
      const later = 'export const startShaper = async (options) => init(await createHarfBuzz(options));'
      return { contents: parts.join(later), loader: 'js' }
    })
  },
}

/** Patterns of hyphenation are big tables, which are read three times as fast as JSON than as code: `patterns/` beside the bundle. */
const patterns = {
  name: 'patterns',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]src[\\/]layout[\\/]text[\\/]hyphenate\.ts$/ }, ({ path }) => {
      const [before, name, after, ...more] = readFileSync(path, 'utf8').split(/`hyphen\/patterns\/(.*)\.js`/)
      if (after === undefined || more.length > 0) throw new Error(`${path} does not ask for patterns in one place`)
      return { contents: `${before}\`../patterns/${name}.json\`${after}`, loader: 'ts' }
    })
  },
}

/** What each letter of the world is in a to z: a table half as long as the bundle, for the file names of a few books. Beside it. */
const LETTERS = 'letters.cjs'
const letters = {
  name: 'letters',
  setup(bundler) {
    bundler.onResolve({ filter: exactly('any-ascii') }, () => ({ path: `../${LETTERS}`, external: true }))
  },
}

/** What packages have beside their code, which is read as a file, and a package that a thread of its own imports: beside the bundle. */
const BESIDE = {
  'harfbuzzjs/dist/harfbuzz.wasm': 'harfbuzz.wasm',
  'harfbuzzjs/dist/harfbuzz-subset.wasm': 'harfbuzz-subset.wasm',
  '@resvg/resvg-wasm/index_bg.wasm': 'resvg.wasm',
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm': 'jpeg-read.wasm',
  '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm': 'jpeg-write.wasm',
  '@jsquash/webp/codec/dec/webp_dec.wasm': 'webp.wasm',
  'lcms-wasm/dist/lcms.wasm': 'lcms.wasm',
  'pdfjs-dist/image_decoders/pdf.image_decoders.mjs': 'jpeg-inks.cjs',
  libdeflate: 'libdeflate.mjs',
  '@resvg/resvg-wasm': 'resvg.cjs',
}

/** Of what is large, what is asked for. */
const ONLY = { 'pdfjs-dist/image_decoders/pdf.image_decoders.mjs': '{ JpegImage, setVerbosityLevel }' }

const beside = {
  name: 'beside',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]src[\\/](?:fonts|deflate|pdf)[\\/].*\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
        .replace(/createRequire\(import\.meta\.url\)\.resolve\('([^']+)'\)/g, (_, name) => {
          if (BESIDE[name] === undefined)
            throw new Error(`${path} reads \`${name}\`, which is not put beside the bundle`)
          return `createRequire(import.meta.url).resolve('../beside/${BESIDE[name]}')`
        })
        .replace("new URL('../../../assets/icc/", "new URL('../beside/")
      return { contents, loader: 'ts' }
    })
  },
}

/** Loaded only for a shelf, and with a file that its threads start with: beside the bundle. */
const pool = {
  name: 'pool',
  setup(bundler) {
    bundler.onResolve({ filter: exactly('piscina') }, () => ({ path: '../beside/piscina.cjs', external: true }))
    const inks = exactly('pdfjs-dist/image_decoders/pdf.image_decoders.mjs')
    bundler.onResolve({ filter: inks }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: '../beside/jpeg-inks.cjs', external: true } : undefined,
    )
    for (const name of ['bullmq', 'ioredis', '@aws-sdk/client-s3'])
      bundler.onResolve({ filter: exactly(name) }, () => ({ path: name, external: true }))
  },
}

async function writePool(folder) {
  const own = dirname(require.resolve('piscina'))
  const worker = {
    name: 'worker',
    setup(bundler) {
      // The package says what is below it: its files are CommonJS all the same.
      bundler.onLoad({ filter: /[\\/]piscina[\\/]dist[\\/]index\.js$/ }, ({ path }) => {
        const parts = readFileSync(path, 'utf8').split("(__dirname, 'worker.js')")
        if (parts.length !== 2) throw new Error('piscina does not start its threads with worker.js')
        return { contents: parts.join("(__dirname, 'piscina-worker.cjs')"), loader: 'js' }
      })
    },
  }
  const made = await build({
    ...common,
    entryPoints: { piscina: join(own, 'main.js'), 'piscina-worker': join(own, 'worker.js') },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // Niceness is asked of no thread.
    external: ['@napi-rs/nice'],
    plugins: [worker],
    write: true,
  })
  return Object.keys(made.metafile.inputs)
}

async function writeBeside(folder) {
  for (const name of readdirSync(join(root, 'assets/icc')))
    if (name.endsWith('.icc')) copyFileSync(join(root, 'assets/icc', name), join(folder, name))
  for (const [name, file] of Object.entries(BESIDE)) {
    if (file.endsWith('.wasm')) copyFileSync(require.resolve(name), join(folder, file))
    else
      await build({
        ...common,
        format: file.endsWith('.cjs') ? 'cjs' : 'esm',
        stdin: { contents: `export ${ONLY[name] ?? '*'} from '${name}'`, resolveDir: root },
        outfile: join(folder, file),
        write: true,
        metafile: false,
      })
  }
}

/** Church Slavonic's file does not parse: a letter stands unquoted. Nobody asks for it. */
const BROKEN = 'cu.js'

function writePatterns(folder) {
  mkdirSync(folder)
  const source = join(dirname(require.resolve('hyphen/package.json')), 'patterns')
  for (const name of readdirSync(source).filter((name) => name !== BROKEN))
    writeFileSync(join(folder, name.replace(/\.js$/, '.json')), JSON.stringify(require(join(source, name))))
}

/** The command says `--help` without the bundle, and reaches it, from its folder of chunks, by the library's door. */
const door = {
  name: 'door',
  setup(bundler) {
    bundler.onResolve({ filter: /\/(?:build|preview|publish\/index)\.js$/ }, () => ({
      path: '../index.js',
      external: true,
    }))
  },
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Names stay, for the traces of our own faults; white space goes, since reading it costs time at every start.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  define: { OCTAVO_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
  metafile: true,
  write: false,
}
const [command, stages, table] = await Promise.all([
  // assets/ is found two folders up, from src/cli as from dist/chunks: what looks for it is imported dynamically.
  build({
    ...common,
    entryPoints: { cli: 'src/cli.ts', cache: 'src/cli/cache.ts' },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    plugins: [door],
  }),
  build({
    ...common,
    stdin: {
      contents: [
        "export * from './index.js'",
        "export { serve } from './build/serve.js'",
        "export { serveApart } from './build/serve-apart.js'",
        "export { onThreads, serveBook } from './publish/threads.js'",
        "export { servePressroom } from './preview/serve-pressroom.js'",
        "export { startShaper } from 'harfbuzzjs'",
        "export { optimised, SELDOM, USUALLY } from './wasm.js'",
      ].join('\n'),
      resolveDir: 'src',
      loader: 'ts',
    },
    outfile: 'dist/bundle/octavo.cjs',
    format: 'cjs',
    // Node's own modules too are asked for by require(): a script from V8's cache has lost its way to import().
    supported: { 'dynamic-import': false },
    define: { ...common.define, 'import.meta.url': '__url' },
    plugins: [shaper, patterns, beside, lean, letters, pool],
    sourcemap: process.argv.includes('--map') ? 'external' : false,
  }),
  build({
    ...common,
    stdin: { contents: "module.exports = require('any-ascii').default", resolveDir: root },
    outfile: `dist/${LETTERS}`,
    format: 'cjs',
  }),
])

// A command that runs meanwhile must not find half of it: all is made aside, then takes its place.
const aside = join(root, `dist.${process.pid}`)
for (const file of [
  ...command.outputFiles,
  ...table.outputFiles,
  ...stages.outputFiles.filter(({ path }) => !path.endsWith('.map')),
]) {
  const path = file.path.replace(dist, () => aside)
  mkdirSync(dirname(path), { recursive: true })
  // esbuild leaves regular expressions as they are; without other letters than ASCII's, V8 keeps the source in half the room.
  const text = file.text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  // What is asked for by its package's name is not there where Octavo is installed.
  const [, gone] = /\bresolve\(["'](?!\.)([\w@/.-]+)["']\)/.exec(text) ?? []
  if (gone !== undefined) throw new Error(`${path} looks for \`${gone}\`, which is not beside the bundle`)
  // The loader tells by its sum what was compiled of the very same.
  const sum = createHash('sha256').update(text).digest('hex').slice(0, 32)
  writeFileSync(path, path.endsWith('octavo.cjs') ? `${text}//${sum}\n` : text)
}
writeMap(stages.outputFiles)
for (const name of readdirSync(join(root, 'scripts/shipped')))
  copyFileSync(join(root, 'scripts/shipped', name), join(aside, name))
// The patterns too are distributed, and what the web edition gives to browsers.
mkdirSync(join(aside, 'beside'))
const inputs = [
  ...(await writePool(join(aside, 'beside'))),
  ...(await writeWeb(join(aside, 'web'))),
  'node_modules/pdfjs-dist',
  ...Object.keys(stages.metafile.inputs),
  ...Object.keys(table.metafile.inputs),
  'node_modules/hyphen/patterns',
]
const packages = packagesOf(inputs)
writeFileSync(join(aside, 'NOTICES.txt'), notices(packages))
writeFileSync(
  join(aside, 'sbom.cdx.json'),
  billOf(root, [...packages, ...Object.keys(dependencies).map((name) => `node_modules/${name}`)]),
)
await compileThemes(join(aside, 'themes'))
await writeSchemas(join(aside, 'schema'))
writePatterns(join(aside, 'patterns'))
await writeBeside(join(aside, 'beside'))
await writePage(join(aside, 'preview'))

// tsc is called as a script of this very Node: no shell, no .bin folder, the same on every system.
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
run(tsc, '-p', 'tsconfig.types.json', '--outDir', join(aside, 'types'))
rmSync(dist, { recursive: true, force: true })
renameSync(aside, dist)
run('scripts/warm.js')
if (process.argv.includes('--sizes')) {
  for (const { outputs } of [command.metafile, stages.metafile])
    for (const [path, { bytes, inputs }] of Object.entries(outputs)) {
      const most = Object.entries(inputs).sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
      console.log(`${bytes} ${path}`)
      for (const [name, each] of most.slice(0, 20)) console.log(`  ${each.bytesInOutput} ${name}`)
    }
}

/** For profiles: the map of the bundle, and where on its lines stand letters that are written as six. */
function writeMap(files) {
  const map = files.find(({ path }) => path.endsWith('.map'))
  if (map === undefined) return
  const { text } = files.find(({ path }) => path.endsWith('.cjs'))
  const wide = text
    .split('\n')
    .map((line) => [...line.matchAll(/[^\x00-\x7f]/g)].map((found, i) => found.index + i * 5))
  mkdirSync(join(root, '.judges'), { recursive: true })
  writeFileSync(join(root, '.judges/bundle.json'), JSON.stringify({ map: JSON.parse(map.text), wide }))
}

function run(script, ...words) {
  const { status } = spawnSync(process.execPath, [script, ...words], { cwd: root, stdio: 'inherit' })
  if (status === 0) return
  rmSync(aside, { recursive: true, force: true })
  process.exit(status ?? 1)
}

/** The folders of the packages that these files belong to, in order. */
function packagesOf(inputs) {
  const packages = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [])
  return [...new Set(packages)].sort()
}

/** Their licences: what is bundled is distributed, and most licences ask for their text. */
function notices(packages) {
  return packages
    .map((path) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
      // What is compiled into a package's WebAssembly has a licence of its own, in its folder.
      const texts = ['.', 'codec'].flatMap((folder) =>
        (existsSync(join(root, path, folder)) ? readdirSync(join(root, path, folder)) : [])
          .filter((each) => /^(licen[cs]e|copying)/i.test(each))
          .slice(0, 1)
          .map((each) => readFileSync(join(root, path, folder, each), 'utf8').trim()),
      )
      return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`
    })
    .join(`\n${'-'.repeat(79)}\n\n`)
}
