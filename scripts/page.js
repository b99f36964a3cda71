// In: src/preview/page/, and the faces of the house. Out: the folder of the preview's page: its script in one file, its sheet, its
// faces with the letters that an interface needs. All of it is served as it lies there (see src/preview/).
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)
const source = join(root, 'src/preview/page')

const FACES = {
  'text.ttf': '@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf',
  'text-italic.ttf': '@expo-google-fonts/eb-garamond/400Regular_Italic/EBGaramond_400Regular_Italic.ttf',
  'mono.ttf': '@expo-google-fonts/source-code-pro/400Regular/SourceCodePro_400Regular.ttf',
}
/** Small capitals and both kinds of figures. */
const FEATURES = ['smcp', 'c2sc', 'onum', 'lnum', 'tnum', 'pnum']
/** Titles of books in Latin, Greek and Cyrillic letters; others come from the system's faces. */
const LETTERS = [
  [0x20, 0x17f],
  [0x218, 0x21b],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x2010, 0x203a],
  [0x2190, 0x2193],
  [0x2212, 0x2212],
  [0x25cf, 0x25cf],
]

export async function writePage(folder) {
  mkdirSync(folder)
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/preview/page/page.ts', 'src/preview/page/page.css'],
    entryNames: '[name]',
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: ['chrome123', 'firefox128', 'safari17'],
    minify: true,
    legalComments: 'none',
    external: ['*.ttf'],
    metafile: true,
    logLevel: 'warning',
  })
  for (const name of ['index.html', 'icon.svg']) copyFileSync(join(source, name), join(folder, name))
  const subset = await subsetter(folder)
  const unicodes = LETTERS.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
  for (const [name, face] of Object.entries(FACES)) {
    const bytes = new Uint8Array(readFileSync(require.resolve(face)))
    writeFileSync(
      join(folder, name),
      await subset(bytes, { unicodes, features: FEATURES, dropHints: true, pinAxes: true }),
    )
  }
  return metafile
}

/** The subsetter that makes the faces of books, out of the sources. */
async function subsetter(folder) {
  const script = join(folder, 'subset.mjs')
  await build({
    absWorkingDir: root,
    stdin: { contents: "export { subset } from './subset.js'", resolveDir: 'src/fonts', loader: 'ts' },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  try {
    return (await import(pathToFileURL(script).href)).subset
  } finally {
    rmSync(script)
  }
}
