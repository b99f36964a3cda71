// In: a finished PDF. Out: one modest PNG with its cover, title page, first opening and a spread, for the README.
//
//   npm run pictures [-- FILE.pdf [OUT.png]]      by default the one PDF in out/ and assets/pages.png
//
// It needs poppler's `pdftoppm`. The pages are found by their labels, so the picture follows the book.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { getDocumentProxy } from 'unpdf'

const GROUND = [233, 231, 226]
const EDGE = [198, 195, 188]
const GAP = 28
const SMALL = 470
const LARGE = 712
const given = process.argv.slice(2)
const file = given[0] ?? onlyPdf('out')
const picture = given[1] ?? 'assets/pages.png'

const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
const labels = (await pdf.getPageLabels()) ?? Array.from({ length: pdf.numPages }, (_, i) => String(i + 1))
const numberOf = (label) => {
  const index = labels.indexOf(label)
  if (index < 0) throw new Error(`${file} has no page ${label}`)
  return index + 1
}

const above = [1, numberOf('iii'), numberOf('1')].map((number) => draw(number, SMALL))
const below = [numberOf('2'), numberOf('3')].map((number) => draw(number, LARGE))
const widthOf = (row, gap) => row.reduce((sum, each) => sum + each.width, gap * (row.length - 1))
const width = Math.max(widthOf(above, GAP), widthOf(below, 0)) + 2 * GAP
const sheet = blank(width, SMALL + LARGE + 3 * GAP)
place(sheet, above, GAP, Math.floor((width - widthOf(above, GAP)) / 2), GAP)
place(sheet, below, 2 * GAP + SMALL, Math.floor((width - widthOf(below, 0)) / 2), 0)
const bytes = toPng(sheet)
writeFileSync(picture, bytes)
console.log(`${picture}: ${sheet.width} × ${sheet.height}, ${Math.ceil(bytes.length / 1024)} KB`)

function onlyPdf(folder) {
  const found = readdirSync(folder).filter((name) => name.endsWith('.pdf') && !/-(print|booklet)\.pdf$/.test(name))
  if (found.length !== 1) throw new Error(`${folder} holds ${found.length} PDFs: name one`)
  return join(folder, found[0])
}

/** A page as RGB bytes, `height` pixels high. */
function draw(page, height) {
  const words = ['-f', String(page), '-l', String(page), '-scale-to-y', String(height), '-scale-to-x', '-1', file]
  const { stdout, stderr, status, error } = spawnSync('pdftoppm', words, { maxBuffer: 1 << 28 })
  if (error !== undefined) throw new Error(`pdftoppm could not be run (${error.code}): install poppler-utils`)
  if (status !== 0) throw new Error(stderr.toString())
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'))
  return { width: Number(head[1]), height: Number(head[2]), pixels: stdout.subarray(head[0].length) }
}

function blank(width, height) {
  const pixels = new Uint8Array(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) pixels.set(GROUND, at)
  return { width, height, pixels }
}

/** Puts the pages of a row side by side, each with a hairline around it. */
function place(sheet, row, top, left, gap) {
  let x = left
  for (const page of row) {
    for (let y = -1; y <= page.height; y++) {
      for (let i = -1; i <= page.width; i++) {
        const to = ((top + y) * sheet.width + x + i) * 3
        const inside = y >= 0 && y < page.height && i >= 0 && i < page.width
        const from = (y * page.width + i) * 3
        sheet.pixels.set(inside ? page.pixels.subarray(from, from + 3) : EDGE, to)
      }
    }
    x += page.width + gap
  }
}

/** PNG with a palette (ISO 15948): the 256 commonest colours, the others sent to their nearest. */
function toPng({ width, height, pixels }) {
  const counts = new Map()
  const keys = new Uint32Array(width * height)
  for (let i = 0; i < keys.length; i++) {
    const key = (pixels[3 * i] << 16) | (pixels[3 * i + 1] << 8) | pixels[3 * i + 2]
    keys[i] = key
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 256)
    .map(([key]) => key)
  const parts = (key) => [key >> 16, (key >> 8) & 255, key & 255]
  const far = (a, b) => parts(a).reduce((sum, value, i) => sum + (value - parts(b)[i]) ** 2, 0)
  const index = new Map(palette.map((key, i) => [key, i]))
  for (const key of counts.keys())
    if (!index.has(key))
      index.set(
        key,
        palette.reduce((best, each, i) => (far(key, each) < far(key, palette[best]) ? i : best), 0),
      )
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = index.get(keys[y * width + x])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
