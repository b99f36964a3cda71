#!/usr/bin/env node
// node scripts/judge-paper.js [--for NAME,…] [--unproved]   A novel of 400 pages and a picture book of 32 (test/paper/books.ts) for every
// receiver of `print: { for: … }`, inside and cover, and what others say of the files: Ghostscript's separations (inkcov of each page, the
// plates of tiffsep), qpdf, pdfcpu, veraPDF where a file claims PDF/A-2b (`--unproved` leaves that out: it takes half a minute for a
// novel), and a reader of barcodes. Exits with 1 if any finds fault; says what it had to leave out.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inksOf, mostInk, platesOf } from './judge/plates.js'
import { judges, verapdf } from './judge/verapdf.js'
import { load } from './testcode.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const HOME = join(root, '.judges/paper')
const OUT = join(root, 'out/judged/paper')
const PDFCPU = 'github.com/pdfcpu/pdfcpu/cmd/pdfcpu@v0.15.0'

const PROCESS = new Set(['Cyan', 'Magenta', 'Yellow', 'Black'])
/** Percent; what a second coding of a JPEG may add to a dot. */
const MORE = 6
/** Of the receivers whose files are in inks: what they bear, and what the house’s profile makes at most. */
const MOST = { ingram: 240, press: 300 }

const words = process.argv.slice(2)
const isProved = !words.includes('--unproved')
const { writePaperBook, BOUND, ISBNS, SPOT, RECEIVER_NAMES } = await load('paper/books', join(root, '.judges/code'))
const names = words.includes('--for') ? words[words.indexOf('--for') + 1].split(',') : RECEIVER_NAMES
const strange = names.filter((name) => !RECEIVER_NAMES.includes(name))
if (strange.length > 0) {
  console.error(`no such receiver: ${strange.join(', ')}; there are ${RECEIVER_NAMES.join(', ')}`)
  process.exit(2)
}

let faults = 0
const note = (good, what, said = '') => {
  if (!good) faults++
  console.log(
    good ? `${what}: fine${said && `, ${said}`}` : `${what}: FAULT\n${String(said).trim().replace(/^/gm, '    ')}`,
  )
}
const left = new Set()
const skip = (judge, why) => {
  if (!left.has(judge)) console.log(`${judge}: left out, ${why}`)
  left.add(judge)
}
const run = (command, ...args) => spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
const has = (command, ...args) => run(command, ...args).error === undefined

const here = { gs: has('gs', '--version'), qpdf: has('qpdf', '--version'), zbar: has('zbarimg', '--version') }
const pdfcpu = bringPdfcpu()

for (const name of names) for (const book of Object.keys(BOUND)) await judgeBook(name, book)
process.exit(faults > 0 ? 1 : 0)

async function judgeBook(name, book) {
  const dir = join(HOME, book)
  const out = join(OUT, `${book}-${name}`)
  await writePaperBook(dir, book, name)
  rmSync(out, { recursive: true, force: true })
  const built = run(
    process.execPath,
    join(root, 'dist/cli.js'),
    'build',
    dir,
    '--out',
    out,
    '--edition',
    'print,cover-wrap',
    '--json',
  )
  const of = `${book} for ${name}`
  // what its receiver would refuse is an error
  note(built.status === 0, `${of}: octavo build`, built.status === 0 ? '' : built.stdout + built.stderr)
  if (built.status !== 0) return
  for (const file of readdirSync(out).sort()) {
    const isCover = file.endsWith('-cover.pdf')
    const what = `${of}, ${isCover ? 'cover' : 'inside'}`
    const at = join(out, file)
    judgeFile(at, what, isCover ? 1 : BOUND[book])
    if (here.gs) {
      if (isCover) judgeCover(at, what, name, ISBNS[book])
      else judgeInside(at, what, name, book)
    } else skip('Ghostscript', 'it is not here')
  }
}

/** Is it sound, as a file? */
function judgeFile(at, what, pages) {
  if (here.qpdf) {
    const { status, stdout, stderr } = run('qpdf', '--check', at)
    note(status === 0, `${what}: qpdf --check`, status === 0 ? '' : stdout + stderr)
    const count = Number(run('qpdf', '--show-npages', at).stdout)
    note(count === pages, `${what}: pages`, count === pages ? `${pages}` : `${count} for ${pages}`)
  } else skip('qpdf', 'it is not here')
  if (pdfcpu !== undefined) {
    const { status, stdout, stderr } = run(pdfcpu, 'validate', at)
    note(status === 0, `${what}: pdfcpu validate`, status === 0 ? '' : stdout + stderr)
  }
  if (!readFileSync(at).includes('<pdfaid:conformance>B<')) return
  if (!isProved) return skip('veraPDF', 'nobody asked for it')
  const said = verapdf(at, '2b')
  if (said.missing !== undefined) skip('veraPDF', said.missing)
  else note(said.fault === undefined, `${what}: veraPDF 2b`, said.fault)
}

function judgeInside(at, what, name, book) {
  const pages = inksOf(at)
  const coloured = pages.filter(({ c, m, y }) => c + m + y > 0).length
  const black = pages.filter(({ c, m, y, k }) => c + m + y === 0 && k > 0).length
  if (book === 'novel') {
    // inkcov has no plate for the ink of a can, and counts what stands for it
    const can = name === 'press' ? [SPOT] : []
    const good = can.length > 0 ? coloured >= 40 : coloured === 0
    const said = `${black} pages in black alone${can.length > 0 ? `, ${coloured} with what stands for ${SPOT}` : ''}`
    note(good, `${what}: inkcov`, good ? said : `${coloured} pages in colour`)
    const some = pages.flatMap(({ c, m, y }, i) => (i % 40 === 0 || c + m + y > 0 ? [i + 1] : [])).slice(0, 20)
    const plates = platesOf(at, some, 72)
    const spots = [...new Set(plates.map(({ plate }) => plate))].filter((plate) => !PROCESS.has(plate))
    const all = `black${spots.map((one) => `, ${one}`).join('')}`
    note(String(spots) === String(can), `${what}: plates of tiffsep`, all)
    const stray = plates.filter(({ plate, most }) => PROCESS.has(plate) && plate !== 'Black' && most > 0)
    const told = stray.map(({ page, plate }) => `page ${page}: ${plate}`).join('\n')
    note(stray.length === 0, `${what}: nothing on the other plates of tiffsep`, told)
    return
  }
  // the page with two figures in inks has text in black besides
  note(coloured >= 10 && black >= 4, `${what}: inkcov`, `${coloured} pages in colour, ${black} in black alone`)
  judgeInk(
    at,
    what,
    name,
    pages.map((_, i) => i + 1),
  )
}

function judgeInk(at, what, name, pages) {
  const most = MOST[name]
  if (most === undefined) {
    // its own machine turns the colours of screens into inks: here it is seen that they can be
    const seen = new Set(
      platesOf(at, pages, 36)
        .filter((one) => one.most > 0)
        .map(({ plate }) => plate),
    )
    note(seen.size >= 4, `${what}: plates of tiffsep`, [...seen].join(', '))
    return
  }
  const found = mostInk(at, pages, 100)
  note(found <= most + MORE, `${what}: ink in tiffsep`, `${found.toFixed(1)} % at most, and ${most} % may be`)
}

/** Its barcode is read from the plate of black alone. */
function judgeCover(at, what, name, isbn) {
  judgeInk(at, what, name, [1])
  if (!here.zbar) return skip('zbar', 'it is not here')
  const [black] = platesOf(at, [1], 300, (plate) => plate === 'Black')
  const image = join(OUT, 'black.pgm')
  writeFileSync(image, Buffer.concat([Buffer.from(`P5\n${black.width} ${black.height}\n255\n`), black.samples]))
  const { stdout } = run('zbarimg', '-q', '--raw', image)
  rmSync(image)
  note(stdout.split('\n').includes(isbn), `${what}: zbar, on the plate of black`, stdout.trim() || 'it reads nothing')
}

/** From the module proxy, once. */
function bringPdfcpu() {
  if (has('pdfcpu', 'version')) return 'pdfcpu'
  const bin = join(judges, 'bin')
  const path = join(bin, 'pdfcpu')
  if (existsSync(path)) return path
  if (!has('go', 'version')) return void skip('pdfcpu', 'it is not here, nor go to bring it')
  mkdirSync(bin, { recursive: true })
  const env = { ...process.env, GOBIN: bin, GOFLAGS: '-mod=mod' }
  const { status } = spawnSync('go', ['install', PDFCPU], { env, stdio: 'ignore', timeout: 300_000 })
  if (existsSync(path)) return path
  return void skip('pdfcpu', `go could not bring it (status ${status})`)
}
