// In: a finished PDF. Out: one modest PNG with its cover, title page, first opening and a spread, for the README.
//
//   npm run pictures [-- FILE.pdf [OUT.png]]      by default the one PDF in out/ and assets/pages.png
//
// It needs poppler's `pdftoppm`. The pages are found by their labels, so the picture follows the book.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getDocumentProxy } from 'unpdf'
import { toPng } from './png.js'

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
