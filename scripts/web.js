// In: src/web/page/. Out: the scripts and the style that the web edition gives to browsers, in the folder `web` beside the bundle. MiniSearch
// is in that of the search, with its licence at its head, since it goes wherever the book goes.
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Answers which files went into them. */
export async function writeWeb(folder) {
  mkdirSync(folder, { recursive: true })
  const licence = readFileSync(join(root, 'node_modules/minisearch/LICENSE.txt'), 'utf8').trim()
  const one = (name, banner) =>
    build({
      absWorkingDir: root,
      entryPoints: [`src/web/page/${name}`],
      outdir: folder,
      bundle: true,
      format: 'iife',
      platform: 'browser',
      target: ['chrome120', 'firefox120', 'safari17'],
      minify: true,
      charset: 'ascii',
      legalComments: 'none',
      banner,
      logLevel: 'warning',
      metafile: true,
    })
  const made = await Promise.all([
    one('web.ts', {}),
    one('search.ts', { js: `/* MiniSearch\n\n${licence}\n*/` }),
    one('sw.js', {}),
    one('web.css', {}),
  ])
  return made.flatMap(({ metafile }) => Object.keys(metafile.inputs))
}
