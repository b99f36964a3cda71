// assets/themes/*.yaml in; a JSON file of the tree of each out, which the bundle reads instead of YAML (see src/theme/compiled.ts).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `folder`: `themes` beside the bundle. */
export async function compileThemes(folder) {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { parseTree } from './yaml.js'; export { pack } from './compiled.js'",
      resolveDir: join(root, 'src/theme'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/')" },
  })
  const { parseTree, pack } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
  )
  mkdirSync(folder, { recursive: true })
  for (const asset of readdirSync(join(root, 'assets/themes')).sort()) {
    if (!asset.endsWith('.yaml')) continue
    const text = readFileSync(join(root, 'assets/themes', asset), 'utf8')
    const tree = await parseTree(text, asset, (d) => {
      throw new Error(`${d.path}:${d.line}: ${d.message}`)
    })
    writeFileSync(join(folder, asset.replace('.yaml', '.json')), JSON.stringify({ text, tree: pack(tree) }))
  }
}
