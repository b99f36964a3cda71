// In: the pairs of scripts/key-pairs.yaml. Out: a picture of each, its two values side by side as paper has them, in docs/pictures/keys/. scripts/manual.js
// calls it; only what changed is drawn.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../dist/index.js'
import { KEYWORD } from './examples.js'
import { bookOfPair, KEY_PICTURES, PAIRS } from './key-pairs.js'
import { textOf, toPng } from './png.js'

const GROUND = [233, 231, 226]
const EDGE = [198, 195, 188]
/** Dots to the inch, of what is shown in part and of what is shown whole; pixels between the two. */
const PART = 116
const WHOLE = 84
const GAP = 24
/** Pixels across: the manual prints them on the whole measure. */
const LEAST = 864

/** `given`: names of pictures, or `--all`; without, those that are missing or older than their pair. */
export async function drawKeys(docs, given) {
  const folder = join(docs, KEY_PICTURES)
  mkdirSync(folder, { recursive: true })
  for (const pair of PAIRS) {
    const path = join(folder, pair.picture)
    const fresh = existsSync(path) && textOf(readFileSync(path), KEYWORD) === pair.sum
    if (given.length > 0 ? !given.includes('--all') && !given.includes(pair.picture) : fresh) continue
    const halves = [await drawn(pair, pair.left), await drawn(pair, pair.right)]
    if (halves[0].pixels.equals(halves[1].pixels)) throw new Error(`${pair.picture} shows no difference`)
    const bytes = toPng(together(halves), { most: Number(pair.colours ?? 8), texts: { [KEYWORD]: pair.sum } })
    writeFileSync(path, bytes)
    console.log(`keys/${pair.picture}  ${Math.ceil(bytes.length / 1024)} KB`)
  }
  const kept = new Set(PAIRS.map(({ picture }) => picture))
  for (const name of readdirSync(folder)) if (!kept.has(name)) console.log(`keys/${name} belongs to no key`)
}

async function drawn(pair, side) {
  const { ok, files, diagnostics } = await build({ source: bookOfPair(pair, side), editions: ['pdf'], out: false })
  const said = diagnostics.map((each) => `${each.path}:${each.line}: ${each.code} ${each.message}`)
  if (!ok) throw new Error(`${pair.picture}: ${said.join('; ')}`)
  for (const each of said) console.log(`  ${pair.picture}: ${each}`)
  const folder = mkdtempSync(join(tmpdir(), 'octavo-keys-'))
  try {
    writeFileSync(join(folder, 'book.pdf'), files[0].bytes)
    const { crop = 'ink' } = pair
    // The cover is the first page of a PDF for screens.
    const page = String(crop === 'cover' ? 1 : (pair.page ?? 1) + 1)
    const dots = String(crop === 'page' || crop === 'cover' ? WHOLE : PART)
    const words = ['-singlefile', '-r', dots, '-f', page, '-l', page, join(folder, 'book.pdf'), join(folder, 'page')]
    const { status, stderr, error } = spawnSync('pdftoppm', words)
    if (error !== undefined) throw new Error(`pdftoppm could not be run (${error.code}): install poppler-utils`)
    if (status !== 0) throw new Error(`${pair.picture}: ${stderr}`)
    return cut(fromPpm(readFileSync(join(folder, 'page.ppm'))), crop)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function fromPpm(bytes) {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  return { width: Number(head[1]), height: Number(head[2]), pixels: bytes.subarray(head[0].length) }
}

function cut(image, crop) {
  const { width, height, pixels } = image
  if (crop === 'page' || crop === 'cover') return image
  if (crop === 'head') return rows(image, 0, Math.round(height * 0.36))
  if (crop === 'upper') return rows(image, 0, Math.round(height * 0.5))
  if (crop === 'foot') return rows(image, Math.round(height * 0.6), height)
  const inked = (y) => pixels.subarray(y * width * 3, (y + 1) * width * 3).some((value) => value < 200)
  const all = Array.from({ length: height }, (_, y) => y).filter(inked)
  const room = Math.round(width * 0.06)
  return rows(image, Math.max(0, all[0] - room), Math.min(height, all.at(-1) + room))
}

function rows({ width, pixels }, from, to) {
  return { width, height: to - from, pixels: pixels.subarray(from * width * 3, to * width * 3) }
}

/** Each on paper with an edge, on one ground; what is less high stands at the head. */
function together(halves) {
  const frame = halves.map(({ width, height }) => ({ width: width + 2, height: height + 2 }))
  const own = frame.reduce((sum, each) => sum + each.width, GAP)
  const width = Math.max(own + 2 * GAP, LEAST)
  const height = Math.max(...frame.map((each) => each.height)) + 2 * GAP
  const pixels = new Uint8Array(width * height * 3)
  for (let i = 0; i < pixels.length; i++) pixels[i] = GROUND[i % 3]
  let left = Math.floor((width - own) / 2)
  for (const [i, half] of halves.entries()) {
    for (let y = 0; y < frame[i].height; y++)
      for (let x = 0; x < frame[i].width; x++) pixels.set(EDGE, ((y + GAP) * width + left + x) * 3)
    for (let y = 0; y < half.height; y++)
      pixels.set(
        half.pixels.subarray(y * half.width * 3, (y + 1) * half.width * 3),
        ((y + GAP + 1) * width + left + 1) * 3,
      )
    left += frame[i].width + GAP
  }
  return { width, height, pixels }
}
