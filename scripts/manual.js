// In: the manual's pages. Out: a picture for each example in them: what becomes of it on paper, and in an e-reader.
//
//   npm run manual                 those that are missing, or older than their example
//   npm run manual -- --all        all; or the names of some: `npm run manual -- verse.png`
//
// It builds each example with dist/, draws the page with poppler's `pdftoppm`, and lets Chromium (CHROMIUM names it, else the usual places)
// show the EPUB's own document beside it. scripts/examples.js says what an example is. Nothing here is in a file that a book is made of.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { getDocumentProxy } from 'unpdf'
import { build } from '../dist/index.js'
import { CHROMIUM } from './chromium.js'
import { bookOf, examplesOf, KEYWORD, PICTURES } from './examples.js'
import { drawKeys } from './key-pictures.js'
import { cropped, fromPng, textOf, toPng } from './png.js'

const DOCS = join(dirname(fileURLToPath(import.meta.url)), '../docs')
/** Of the screen on which all is drawn to that of the picture. */
const SCALE = 2
const GROUND = [233, 231, 226]

const given = process.argv.slice(2)
mkdirSync(join(DOCS, PICTURES), { recursive: true })
const wanted = readdirSync(DOCS)
  .filter((name) => name.endsWith('.md'))
  .sort()
  .flatMap((name) => examplesOf(readFileSync(join(DOCS, name), 'utf8')))
for (const example of wanted) {
  const path = join(DOCS, PICTURES, example.picture)
  const asked =
    given.length > 0 ? given.includes('--all') || given.includes(example.picture) : !isFresh(path, example.sum)
  if (!asked) continue
  const bytes = await drawn(example)
  writeFileSync(path, bytes)
  console.log(`${example.picture}  ${Math.ceil(bytes.length / 1024)} KB`)
}
await drawKeys(DOCS, given)
const kept = new Set(wanted.map(({ picture }) => picture))
for (const name of readdirSync(join(DOCS, PICTURES)))
  if (name.endsWith('.png') && !kept.has(name)) console.log(`${name} belongs to no example`)

function isFresh(path, sum) {
  return existsSync(path) && textOf(readFileSync(path), KEYWORD) === sum
}

async function drawn(example) {
  const { settings } = example
  const edition = settings.edition ?? 'pdf'
  const { ok, files, diagnostics } = await build({
    source: bookOf(example),
    editions: [...new Set(['epub', edition])],
    out: false,
  })
  const said = diagnostics.map((each) => `${each.path}:${each.line}: ${each.message}`)
  if (!ok) throw new Error(`${example.picture}: ${said.join('; ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'octavo-manual-'))
  try {
    const pdf = files.find((file) => file.edition === edition).bytes
    writeFileSync(join(folder, 'book.pdf'), pdf)
    const pages = await draw(folder, pdf, settings)
    const epub = unzipSync(files.find((file) => file.edition === 'epub').bytes)
    for (const [path, bytes] of Object.entries(epub)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const sections = settings.sections === 'none' ? [] : (settings.sections ?? 'one').split(',')
    writeFileSync(join(folder, 'sheet.html'), sheet(pages, sections))
    return toPng(cropped(fromPng(photo(folder)), GROUND, 14 * SCALE), {
      most: Number(settings.colours ?? 16),
      texts: { [KEYWORD]: example.sum },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The pages that are asked for, as files beside the PDF; without a word the first of the text, cut to what is printed on it. */
async function draw(folder, bytes, { pages, edition }) {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const labels = (await pdf.getPageLabels()) ?? Array.from({ length: pdf.numPages }, (_, i) => String(i + 1))
  return (pages ?? '1').split(',').map((label) => {
    const number = edition === 'booklet' ? Number(label) : labels.indexOf(label) + 1
    if (number === 0) throw new Error(`there is no page ${label}: there are ${labels.join(', ')}`)
    const name = `page-${number}`
    const words = ['-singlefile', '-r', '240', '-f', String(number), join(folder, 'book.pdf'), join(folder, name)]
    const { status, stderr, error } = spawnSync('pdftoppm', words)
    if (error !== undefined) throw new Error(`pdftoppm could not be run (${error.code}): install poppler-utils`)
    if (status !== 0) throw new Error(stderr.toString())
    const file = `${name}.png`
    const image = fromPpm(readFileSync(join(folder, `${name}.ppm`)))
    const inked = pages === undefined ? inkOf(image) : image
    writeFileSync(join(folder, file), toPng(inked))
    return { file, width: inked.width }
  })
}

function fromPpm(bytes) {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) }
}

/** From a little above the first ink to a little below the last; at the sides half of the margins. */
function inkOf({ width, height, pixels }) {
  const inked = (y) => pixels.subarray(y * width * 3, (y + 1) * width * 3).some((value) => value < 128)
  const rows = Array.from({ length: height }, (_, y) => y).filter(inked)
  const margin = Math.round(width * 0.06)
  const [top, foot] = [Math.max(0, rows[0] - margin), Math.min(height, rows.at(-1) + margin)]
  const cut = new Uint8Array((width - 2 * margin) * (foot - top) * 3)
  for (let y = top; y < foot; y++)
    cut.set(
      pixels.subarray((y * width + margin) * 3, ((y + 1) * width - margin) * 3),
      (y - top) * (width - 2 * margin) * 3,
    )
  return { width: width - 2 * margin, height: foot - top, pixels: cut }
}

/** Paper to the left, the e-reader to the right, each with its name; several pages stand above several screens. */
function sheet(pages, sections) {
  const rows = pages.length > 1
  const each = rows ? Math.floor((620 - 8 * (pages.length - 1)) / Math.max(pages.length, 2)) : 300
  const screens = sections.map((name) => `<div class="screen"><iframe src="EPUB/text/${name}.xhtml"></iframe></div>`)
  return `<!DOCTYPE html><meta charset="utf-8"><style>
* { box-sizing: border-box }
body { margin: 0; padding: 20px; background: rgb(${GROUND}); display: flex; flex-direction: ${rows ? 'column' : 'row'}; gap: 20px; align-items: ${rows ? 'center' : 'flex-start'}; justify-content: ${rows ? 'flex-start' : 'center'} }
figure { margin: 0 }
figure > div { display: flex; align-items: flex-start; justify-content: center; gap: ${rows ? 8 : 20}px }
figcaption { font: 13px/1 'DejaVu Sans', sans-serif; color: #6a665e; text-align: center; padding-top: 10px }
img { width: ${each}px; background: #fff; border: 1px solid #c6c3bc }
.screen { width: 300px; background: #fff; border: 7px solid #4a4842; border-radius: 12px; overflow: hidden; padding: 8px 12px }
iframe { display: block; width: 100%; border: 0; height: 560px; zoom: 0.91 }
</style><body>
<figure><div>${pages.map(({ file }) => `<img src="${file}">`).join('')}</div><figcaption>on paper</figcaption></figure>
${screens.length === 0 ? '' : `<figure><div>${screens.join('')}</div><figcaption>in an e-reader</figcaption></figure>`}
<script>for (const frame of document.querySelectorAll('iframe')) frame.onload = () => frame.contentDocument.fonts.ready.then(() => {
  const { body } = frame.contentDocument
  const boxes = [...body.querySelectorAll('p, h1, h2, h3, li, pre, img, td, dd, figcaption')].map((one) => one.getBoundingClientRect())
  frame.style.height = Math.ceil(Math.max(...boxes.map(({ bottom }) => bottom)) + 8) + 'px'
})</script>`
}

function photo(folder) {
  if (CHROMIUM === undefined) throw new Error('there is no Chromium: CHROMIUM names it')
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--hide-scrollbars',
    '--disable-lcd-text',
  ]
  const own = [
    `--user-data-dir=${join(folder, 'profile')}`,
    '--allow-file-access-from-files',
    '--virtual-time-budget=20000',
  ]
  const size = [
    `--force-device-scale-factor=${SCALE}`,
    '--window-size=660,2400',
    `--screenshot=${join(folder, 'photo.png')}`,
  ]
  execFileSync(CHROMIUM, [...flags, ...own, ...size, `file://${folder}/sheet.html`], { stdio: 'ignore' })
  return readFileSync(join(folder, 'photo.png'))
}
