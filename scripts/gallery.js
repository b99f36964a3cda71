// In: the themes that Octavo brings. Out: a picture of each in docs/gallery/: its cover, an opening, the page after it, and a phone by
// night, from a real build of the specimen.
//
//   npm run gallery                those that are missing, or older than their theme
//   npm run gallery -- novel       some; or `--all`
//   npm run gallery -- --article   also builds the article in the pamphlet's dress, into out/pamphlet/
//
// It needs poppler's `pdftoppm` and Chromium (CHROMIUM names it, else the usual places). A picture bears the sum of its theme and of the
// specimen: a test knows an old one.

import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import { getDocumentProxy } from 'unpdf'
import { CHROMIUM } from './chromium.js'
import { cropped, fromPng, textOf, toPng } from './png.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const GALLERY = join(ROOT, 'docs/gallery')
export const KEYWORD = 'Octavo-Theme'
const SCALE = 1.5
const GROUND = [214, 210, 202]

/** Words that stand in the heading of the chapter which shows a theme best. */
const CHAPTERS = { poetry: 'Verse', drama: 'Verse', manual: 'Tables' }

export function themeNames() {
  return readdirSync(join(ROOT, 'assets/themes'))
    .map((file) => file.replace('.yaml', ''))
    .sort()
}

/** Of all that a picture is made from, but for Octavo itself. */
export function sumOf(theme) {
  const sum = createHash('sha256')
  for (const name of new Set(['house', theme])) sum.update(readFileSync(join(ROOT, `assets/themes/${name}.yaml`)))
  for (const name of readdirSync(join(ROOT, 'assets/specimen')).sort())
    sum.update(readFileSync(join(ROOT, 'assets/specimen', name)))
  return sum.digest('hex').slice(0, 16)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.slice(2))

async function main(given) {
  const asked = given.filter((word) => !word.startsWith('--'))
  mkdirSync(GALLERY, { recursive: true })
  for (const theme of themeNames()) {
    const path = join(GALLERY, `${theme}.png`)
    const old = !existsSync(path) || textOf(readFileSync(path), KEYWORD) !== sumOf(theme)
    if (asked.length > 0 ? !asked.includes(theme) : !old && !given.includes('--all')) continue
    const bytes = await drawn(theme)
    writeFileSync(path, bytes)
    console.log(`${theme}.png  ${Math.ceil(bytes.length / 1024)} KB`)
  }
  if (given.includes('--article')) await article()
}

async function drawn(theme) {
  const folder = mkdtempSync(join(tmpdir(), 'octavo-gallery-'))
  try {
    execFileSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'themes', 'show', theme, '-o', folder], {
      stdio: 'ignore',
    })
    const chapter = CHAPTERS[theme] ?? 'Letters'
    const pages = await draw(folder, join(folder, `${theme}.pdf`), chapter)
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(folder, `${theme}.epub`))))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const screen = readdirSync(join(folder, 'EPUB/text')).find((name) =>
      new RegExp(`<title>[^<]*${chapter}`).test(readFileSync(join(folder, 'EPUB/text', name), 'utf8')),
    )
    if (screen === undefined) throw new Error(`${theme}: no document is called ${chapter}`)
    writeFileSync(join(folder, 'sheet.html'), sheet(pages, screen))
    return toPng(cropped(fromPng(photo(folder)), GROUND, 22), { most: 64, texts: { [KEYWORD]: sumOf(theme) } })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The cover, the page on which the chapter begins by the bookmarks, and the one after it. */
async function draw(folder, file, chapter) {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
  const all = []
  const walk = (items) => {
    for (const item of items ?? []) {
      all.push(item)
      walk(item.items)
    }
  }
  walk(await pdf.getOutline())
  const { dest } = all.find(({ title }) => title.includes(chapter))
  const [page] = typeof dest === 'string' ? await pdf.getDestination(dest) : dest
  const first = typeof page === 'number' ? page + 1 : (await pdf.getPageIndex(page)) + 1
  return [1, first, first + 1].map((number) => {
    const name = `page-${number}`
    const words = ['-png', '-singlefile', '-r', '130', '-f', String(number), '-l', String(number), file]
    const { status, stderr, error } = spawnSync('pdftoppm', [...words, join(folder, name)])
    if (error !== undefined) throw new Error(`pdftoppm could not be run (${error.code}): install poppler-utils`)
    if (status !== 0) throw new Error(stderr.toString())
    return `${name}.png`
  })
}

function sheet(pages, screen) {
  const [cover, ...inside] = pages
  const image = (file) => `<img src="${file}">`
  return `<!DOCTYPE html><meta charset="utf-8"><style>
* { box-sizing: border-box }
body { margin: 0; padding: 22px; background: rgb(${GROUND}); display: flex; gap: 22px; align-items: flex-start; justify-content: center }
img { height: 300px; background: #fff; display: block; box-shadow: 0 1px 4px #0005 }
.spread { display: flex }
.screen { width: 190px; height: 300px; background: #1b1b1b; border: 6px solid #38362f; border-radius: 14px; overflow: hidden }
iframe { display: block; border: 0; width: 356px; height: 590px; zoom: 0.5 }
</style><body>${image(cover)}<div class="spread">${inside.map(image).join('')}</div>
<div class="screen"><iframe src="EPUB/text/${screen}"></iframe></div>
<script>document.querySelector('iframe').onload = ({ target: { contentDocument: book } }) => {
  const night = book.createElementNS('http://www.w3.org/1999/xhtml', 'style')
  night.textContent = 'html { background: #1b1b1b; color: #d8d4cc } body { padding: 0 22px; margin: 0 } section { padding-top: 2em !important }'
  book.head.prepend(night)
}</script>`
}

function photo(folder) {
  if (CHROMIUM === undefined) throw new Error('there is no Chromium: CHROMIUM names it')
  execFileSync(
    CHROMIUM,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars', '--disable-lcd-text'],
      ...[`--user-data-dir=${join(folder, 'profile')}`, '--allow-file-access-from-files'],
      // By night.
      ...['--blink-settings=preferredColorScheme=0', '--virtual-time-budget=20000'],
      ...[`--force-device-scale-factor=${SCALE}`, '--window-size=1180,400'],
      ...[`--screenshot=${join(folder, 'photo.png')}`, `file://${folder}/sheet.html`],
    ],
    { stdio: 'ignore' },
  )
  return readFileSync(join(folder, 'photo.png'))
}

/** The article of book/ in another dress; its own colophon tells of the house's face, so Octavo writes one. */
async function article() {
  const { build } = await import('../dist/index.js')
  const manifest = readFileSync(join(ROOT, 'book/book.yaml'), 'utf8')
  const dressed = `${manifest.replace(/^.*colophon\.md.*$/m, '  - generate: colophon')}\ntheme: pamphlet\n`
  const { ok, files, diagnostics } = await build({
    book: join(ROOT, 'book'),
    source: { 'book.yaml': dressed },
    out: join(ROOT, 'out/pamphlet'),
    editions: ['epub', 'pdf'],
  })
  for (const each of diagnostics)
    console.log(`${each.path}:${each.line}: ${each.severity} ${each.code}: ${each.message}`)
  if (!ok) process.exitCode = 1
  for (const { path } of files) console.log(path)
}
