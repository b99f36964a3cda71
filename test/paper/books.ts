// In: an empty folder, and who is to print it. Out: in it a book that nobody wrote, with all that its cover asks for: a novel in black, or a
// picture book in colour. The judges send both to every receiver. The same words and pictures each time.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { ReceiverName } from '../../src/model/receivers.js'
import { encodeJpeg } from '../../src/pdf/images/encode-jpeg.js'
import { toJpeg } from '../../src/pdf/images/pixels.js'
import { chunk } from '../pdf/images.js'
import { tiff } from '../pdf/tiff.js'

export type PaperBook = 'novel' | 'picture-book'

/** What is bound: the text comes to a few pages less, and blanks fill it up. */
export const BOUND: { readonly [B in PaperBook]: number } = { novel: 400, 'picture-book': 32 }

export const ISBNS: { readonly [B in PaperBook]: string } = { novel: '9781402894626', 'picture-book': '9780306406157' }

/** The ink of a can in the novel for a press. */
export const SPOT = 'PANTONE 1797 C'

export async function writePaperBook(dir: string, book: PaperBook, receiver: ReceiverName): Promise<void> {
  for (const folder of ['images', 'text']) mkdirSync(join(dir, folder), { recursive: true })
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(dir, name), content)
  write('book.yaml', (book === 'novel' ? novelManifest : pictureManifest)(receiver))
  write('theme.yaml', themeFor(book))
  write('blurb.md', BLURB)
  write('flap-front.md', 'An island, a lamp that is lit each night, and nobody on it.\n')
  if (book === 'novel') {
    const words = chance(7)
    for (let n = 1; n <= CHAPTERS; n++) write(`text/${String(n).padStart(2, '0')}.md`, chapter(n, words))
    return
  }
  for (const [n, text] of PICTURED.entries()) write(`text/${String(n + 1).padStart(2, '0')}.md`, text)
  // they take some seconds, and are the same for everybody
  if (!existsSync(join(dir, 'images/spread.jpg'))) await writePictures(write)
}

const HEAD =
  'authors: [Ann Marlow]\npublisher: The Marlow Press\nlanguage: en\ndate: 2026-01-01\ntheme: theme.yaml\nbody: ["text/*.md"]\n'

/** Each binding once at least. */
function novelManifest(receiver: ReceiverName): string {
  const spot = receiver === 'press' ? `, spot: ${SPOT}` : ''
  const binding = receiver === 'press' ? 'jacket' : receiver === 'lulu' || receiver === 'kdp' ? 'case' : 'paper'
  return `title: The Sea Wall\n${HEAD}isbn: "${ISBNS.novel}"\nsize: 6x9\nignore: [doubled-word]\neditions:\n  print: { for: ${receiver}, stock: cream, multiple: 16${spot} }\n  cover-wrap: { binding: ${binding}, price: 51499 }\n`
}

function pictureManifest(receiver: ReceiverName): string {
  const colour = receiver === 'press' ? 'cmyk' : 'premium'
  const binding = receiver === 'ingram' ? 'case' : 'paper'
  return `title: The Lamp\n${HEAD}isbn: "${ISBNS['picture-book']}"\nsize: 8.5x8.5\ngenerate: false\ncover: images/dusk.jpg\neditions:\n  print: { for: ${receiver}, colour: ${colour}, multiple: 32 }\n  cover-wrap: { binding: ${binding} }\n`
}

/** Wide enough for every one of them. */
function themeFor(book: PaperBook): string {
  if (book === 'novel')
    return `extends: house
colours: { red: { day: '#b3261e', cmyk: [0, 95, 85, 15], spot: ${SPOT} } }
styles: { title: { colour: red } }
page: { width: 6in, height: 9in, inside: 26mm, outside: 20mm, top: 22mm, lines: 34, footDistance: 34pt }
`
  return `extends: house
colours: { tint: '#f3e3c3' }
page: { width: 8.5in, height: 8.5in, inside: 30mm, outside: 30mm, top: 30mm, lines: 28, footDistance: 34pt }
`
}

const BLURB = `# A lamp is lit each night

Nobody has lived on the island for twenty years, and *every night* its lamp is lit. Ann rows over to see by whom.

“One does not put it down.”
`

/** Numerical Recipes’ generator of 32 bits. */
function chance(seed: number): (most: number) => number {
  let state = seed >>> 0
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

const CHAPTERS = 42
const PARAGRAPHS = 28
const WHO = ['the ferryman', 'Ann', 'her brother', 'the old woman', 'a stranger', 'the lighthouse keeper', 'nobody']
const DID = ['looked at', 'remembered', 'went towards', 'had forgotten', 'spoke of', 'was afraid of', 'understood']
const WHAT = [
  ...['the harbour', 'the water behind the wall', 'a lamp in the upper window', 'the path through the pools'],
  ...[
    'what had been said in the evening',
    'the extraordinary weather',
    'those who came before',
    'the unfinished letter',
  ],
]
const WHEN = ['in the morning', 'before it was dark', 'without a word', 'for the third time', 'as they always did', '']
const AND = [', and', '; but', ', while', ', because', ', although']

function chapter(n: number, next: (most: number) => number): string {
  const of = (list: readonly string[]) => list[next(list.length)]!
  const clause = () => `${of(WHO)} ${of(DID)} ${of(WHAT)} ${of(WHEN)}`.trim()
  const sentence = () => {
    let out = clause()
    for (let more = next(3); more > 0; more--) out += `${of(AND)} ${clause()}`
    return `${out[0]!.toUpperCase()}${out.slice(1)}.`
  }
  const paragraph = () => Array.from({ length: 3 + next(5) }, sentence).join(' ')
  return `# Chapter ${n}\n\n${Array.from({ length: PARAGRAPHS }, paragraph).join('\n\n')}\n`
}

/** A page of text, and a picture behind it: one to the edges, one in two pages, one whole, and figures of every kind. */
const PICTURED = [
  page('The island', 'dusk.jpg', 'bleed', '![A chart of the island.](../images/chart.svg){width=40%}'),
  page('The boat', 'sea.jpg', 'bleed', '![A boat, drawn with a pencil.](../images/pencil.png){width=40%}'),
  page('The pools', 'spread.jpg', 'spread', '![Three flags.](../images/flags.png){width=30%}'),
  page('The path', 'dusk.jpg', 'bleed', '![A stone.](../images/inks.jpg){width=30%}'),
  page('The door', 'sea.jpg', 'full-page', '![A shell.](../images/inks.tif){width=20%}'),
  page('The stairs', 'dusk.jpg', 'bleed', ''),
  page('The lamp', 'sea.jpg', 'bleed', ''),
  page('The night', 'dusk.jpg', 'bleed', ''),
  page('The storm', 'sea.jpg', 'bleed', ''),
  page('The morning', 'dusk.jpg', 'bleed', ''),
]

function page(title: string, picture: string, plate: string, figure: string): string {
  return `# ${title}\n\nAnn rowed over at low water, and left the boat among the stones.\n\n${figure}\n\nNobody came to meet her.\n\n![${title}, as Ann sees it.](../images/${picture}){.${plate}}\n`
}

/** Of a page with its bleed, 300 to the inch. */
const SQUARE = Math.round(8.75 * 300)
const SPREAD = Math.round(17.25 * 300)

async function writePictures(write: (name: string, content: string | Uint8Array) => void): Promise<void> {
  const photo = async (
    name: string,
    width: number,
    height: number,
    at: (x: number, y: number, grain: number) => number[],
  ) => {
    const data = new Uint8Array(4 * width * height)
    const next = chance(width)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const to = 4 * (y * width + x)
        data.set(at(x / height, y / height, next(12)), to)
        data[to + 3] = 255
      }
    write(`images/${name}`, await toJpeg({ width, height, data }))
  }
  // a dark sky of much ink, a sea of saturated blues, a coast of both
  await photo('dusk.jpg', SQUARE, SQUARE, (x, y, grain) => [
    ...[20 + 90 * y * y + grain, 10 + 40 * y + grain, 40 + 30 * Math.sin(4 * x) ** 2 + grain],
  ])
  await photo('sea.jpg', SQUARE, SQUARE, (x, y, grain) => [
    ...[10 + 60 * Math.sin(9 * (x + y)) ** 2, 90 + 80 * y + grain, 140 + 90 * Math.cos(3 * x) ** 2 + grain],
  ])
  await photo('spread.jpg', SPREAD, SQUARE, (x, y, grain) => [
    ...[200 - 120 * y + grain, 160 - 60 * y + 40 * Math.sin(5 * x), 90 + 100 * y + grain],
  ])
  write('images/chart.svg', CHART)
  write(
    'images/pencil.png',
    truePng(640, 640, (x, y) => new Array(3).fill(128 + 100 * Math.sin(x / 40) * Math.sin(y / 70))),
  )
  write(
    'images/flags.png',
    truePng(480, 300, (x) => (x < 160 ? [179, 38, 30] : x < 320 ? [255, 255, 255] : [20, 60, 140])),
  )
  const inks = (x: number, y: number, c: number) => (c === 3 ? (x + y) % 90 : (x * (c + 1) + y * 3) % 160)
  const [width, height] = [500, 400]
  const samples = new Uint8Array(width * height * 4)
  for (let i = 0; i < samples.length; i++) samples[i] = inks((i >> 2) % width, Math.floor(i / 4 / width), i & 3)
  write('images/inks.jpg', encodeJpeg(samples, width, height, 4))
  write('images/inks.tif', tiff({ space: 'cmyk', packing: 'none' }, { width: 400, height: 300, sampleAt: inks }))
}

const CHART = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120" width="200" height="120">
<rect width="200" height="120" fill="#dfe7ee"/><path d="M20 90C50 20 90 40 120 60S180 70 185 100Z" fill="#7a8a4a"/>
<path d="M20 90H185" stroke="#808080" stroke-width="2"/><circle cx="120" cy="60" r="6" fill="#b3261e"/></svg>
`

/** In three colours, whatever they are. */
function truePng(width: number, height: number, at: (x: number, y: number) => readonly number[]): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc((3 * width + 1) * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows.set(at(x, y), y * (3 * width + 1) + 1 + 3 * x)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    ...[signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))],
  ])
}

export { RECEIVER_NAMES } from '../../src/model/receivers.js'
