// In: modules of test/, which are TypeScript. Out: what they export, for the scripts that need the tests' own generators and eyes.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Each module bundled into `outdir` as NAME.mjs; packages stay outside. Returns their paths in the same order. */
export async function bundle(modules, outdir) {
  await build({
    absWorkingDir: root,
    entryPoints: modules.map((name) => `test/${name}.ts`),
    entryNames: '[name]',
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    define: { OCTAVO_VERSION: JSON.stringify('0.0.0-test') },
    logLevel: 'warning',
  })
  return modules.map((name) => join(outdir, `${name.replace(/.*\//, '')}.mjs`))
}

/** What one module exports. */
export async function load(module, outdir) {
  const [path] = await bundle([module], outdir)
  return import(pathToFileURL(path).href)
}
