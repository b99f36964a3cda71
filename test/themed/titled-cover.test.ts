// The author's picture with title and names that the theme letters: one picture, for the page, the wrap, the EPUB and the shops.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { coverArt, coverImage } from '../../src/build/cover.js'
import { openBook } from '../../src/build/open.js'
import { begin } from '../../src/build/stage-run.js'
import { build } from '../../src/build.js'
import { sourceOf } from '../../src/folder.js'
import { pixelsOf } from '../../src/pdf/index.js'
import { openEpub } from '../finished/epub.js'
import { folderOf } from './helpers.js'

/** Half blue, half green. */
const svg = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path fill="#0000ff" d="M0 0h${width}v${height}H0z"/><path fill="#00ff00" d="M0 0h${width / 2}v${height}H0z"/></svg>`

function bookOf(look: string, picture = svg(300, 400), text = 'Text.') {
  return folderOf({
    'book.yaml':
      'title: The Harbour\nsubtitle: A tale\nauthors: [Jane Maker]\nlanguage: en\ndate: 2026-01-01\ncover: p.svg\ntheme: look.yaml\nbody: [one.md]\n',
    'one.md': `# One\n\n${text}\n`,
    'p.svg': picture,
    'look.yaml': `extends: house\n${look}`,
  })
}

async function covers(look: string, picture?: string) {
  const run = begin({})
  const opened = (await openBook(sourceOf(bookOf(look, picture)), undefined, run, {}))!
  const { book, look: loaded } = opened
  const { theme, faces } = loaded
  const art = await coverArt(book, theme, faces, theme.page, run.report)
  const image = await coverImage(book, theme, faces, theme.page, run.report)
  return { book, art, image, told: run.result().diagnostics.map(({ code, message }) => `${code} ${message}`) }
}

async function coloursOf(bytes: Uint8Array) {
  const needs = { fonts: () => [], family: 'serif' }
  const { width, height, data } = await pixelsOf({ path: 'x', type: 'jpeg', bytes, width: 1, height: 1 }, 0, needs)
  const at = (x: number, y: number) => {
    const i = 4 * (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1)))
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!]
    return b > 200 && r < 60 ? 'blue' : g > 200 && r < 60 ? 'green' : r > 200 && g > 200 ? 'paper' : 'letters'
  }
  return { width, height, at }
}

test('alone it is what the author drew', async () => {
  const { art, image } = await covers('')
  expect('picture' in art && art.picture.path).toBe('p.svg')
  expect(image.type).toBe('svg')
})

test.each([
  ['above', { picture: [0.5, 0.3], paper: [0.03, 0.98] }],
  ['panel', { picture: [0.5, 0.95], paper: [0.115, 0.575] }],
] as const)('%s: picture and lettering are one picture for all outputs', async (manner, { paper }) => {
  const { book, art, image, told } = await covers(`cover: { picture: ${manner} }\n`)
  expect(told).toEqual([])
  expect(book.metadata.cover).toBe('p-titled.jpg')
  expect('picture' in art && art.picture.bytes).toBe(image.bytes)
  const { width, height, at } = await coloursOf(image.bytes)
  expect([width, height]).toEqual([2000, 3200])
  // the middle of the picture, left and right of it
  expect([at(0.2, 0.3), at(0.8, 0.3)]).toEqual(['green', 'blue'])
  expect(at(paper[0], paper[1])).toBe('paper')
  expect([at(0.02, 0.95), at(0.98, 0.95)]).toEqual(manner === 'panel' ? ['green', 'blue'] : ['paper', 'paper'])
  let letters = 0
  for (let x = 0.1; x < 0.9; x += 0.002) for (let y = 0.64; y < 0.84; y += 0.004) if (at(x, y) === 'letters') letters++
  expect(letters).toBeGreaterThan(300)
})

test('in the EPUB, and not in the text that shows the same picture', async () => {
  const book = bookOf('cover: { picture: above }\n', undefined, '![Two colours](p.svg "Two colours")')
  const { ok, files } = await build({ book, out: join(book, 'out'), editions: ['epub'] })
  expect(ok).toBe(true)
  const { files: inside } = openEpub(readFileSync(files[0]!.path))
  const pictures = [...inside.keys()]
    .filter((path) => /\.(jpg|svg)$/.test(path))
    .map((path) => path.replace(/^.*\//, ''))
  expect(pictures.sort()).toEqual(['cover.jpg', 'p.svg'])
})

test('square pages have a square one; what much is cut of is told', async () => {
  const { image, told } = await covers(
    'cover: { picture: panel }\npage: { width: 8 in, height: 8 in }\n',
    svg(1000, 200),
  )
  const { width, height } = await coloursOf(image.bytes)
  expect([width, height]).toEqual([2000, 2000])
  expect(told).toEqual([expect.stringMatching(/^cover-image 80 % of `p\.svg` is cut/)])
})

test('print and screen cannot differ in it', async () => {
  const run = begin({})
  await openBook(sourceOf(bookOf('print: { cover: { picture: panel } }\n')), undefined, run, {})
  expect(run.result().diagnostics.map(({ message }) => message)).toEqual([
    '`print` cannot change `cover.picture`: what is counted is the same in all editions',
  ])
})

test('over: letters straight on the picture, and it is told where they cannot be read on it', async () => {
  const { image, told } = await covers("cover: { picture: over, ink: '#ffffff' }\n")
  // white on blue, and on green, on which it cannot be read
  expect(told).toEqual([expect.stringMatching(/^theme-contrast \d\d % of the letters on the cover can hardly be told/)])
  const { width, height, at } = await coloursOf(image.bytes)
  expect([width, height]).toEqual([2000, 3200])
  expect([at(0.02, 0.02), at(0.98, 0.02), at(0.02, 0.98), at(0.98, 0.98)]).toEqual(['green', 'blue', 'green', 'blue'])
  let letters = 0
  for (let x = 0.1; x < 0.9; x += 0.004) for (let y = 0.08; y < 0.3; y += 0.004) if (at(x, y) === 'paper') letters++
  expect(letters).toBeGreaterThan(100)
  const dark = await covers(
    "cover: { picture: over, ink: '#ffffff' }\n",
    svg(300, 400).replaceAll('#00ff00', '#003300'),
  )
  expect(dark.told).toEqual([])
})
