// The barcode of a finished wrap is read by somebody else's reader, from the bars that are in the file: the number, and the price beside it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { type Obj, operators, readPdf, type Stream } from '../../src/pdf/proof/read-pdf.js'
import { builtFrom } from '../claims/built.js'

interface Bar {
  left: number
  foot: number
  right: number
  top: number
}

beforeAll(() => {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasm = readFileSync(path)
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
})

/** Rectangles filled with black alone. */
function barsOf(bytes: Uint8Array): Bar[] {
  const pdf = readPdf(bytes)
  const bars: Bar[] = []
  let path: Bar[] = []
  let isBlack = false
  const black = (n: readonly Obj[], ink: number) =>
    n.every((one, i) => (one as number) === (i === n.length - 1 ? ink : 0))
  for (const { op, operands } of operators(
    (pdf.get(pdf.pages[0]!.get('Contents')) as Stream).bytes.toString('latin1'),
  )) {
    const n = operands as number[]
    if (op === 'k') isBlack = black(n, 1)
    else if (op === 'g') isBlack = black(n, 0)
    else if (op === 're')
      path.push({
        left: n[0]!,
        foot: n[1]! + Math.min(0, n[3]!),
        right: n[0]! + n[2]!,
        top: n[1]! + Math.max(0, n[3]!),
      })
    else if (op === 'f') {
      if (isBlack) bars.push(...path.filter((one) => one.right - one.left < 8 && one.top - one.foot > 20))
      path = []
    } else if (op === 'n' || op === 'm') path = []
  }
  return bars
}

const SCALE = 6
/** Points of paper around it. */
const QUIET = 16

function picture(bars: readonly Bar[]) {
  const [left, right] = [
    Math.min(...bars.map((one) => one.left)) - QUIET,
    Math.max(...bars.map((one) => one.right)) + QUIET,
  ]
  const [foot, top] = [
    Math.min(...bars.map((one) => one.foot)) - QUIET,
    Math.max(...bars.map((one) => one.top)) + QUIET,
  ]
  const [width, height] = [Math.ceil((right - left) * SCALE), Math.ceil((top - foot) * SCALE)]
  const data = new Uint8ClampedArray(4 * width * height).fill(255)
  for (const bar of bars)
    for (let y = Math.round((top - bar.top) * SCALE); y < Math.round((top - bar.foot) * SCALE); y++)
      for (let x = Math.round((bar.left - left) * SCALE); x < Math.round((bar.right - left) * SCALE); x++)
        data.fill(0, 4 * (y * width + x), 4 * (y * width + x) + 3)
  return { data, width, height, colorSpace: 'srgb' as const }
}

test.each(['kdp', 'ingram', 'lulu', 'bookvault', 'press'])('of a wrap for %s', async (name) => {
  const book = `title: The Sea Wall\nauthors: [Ann Marlow]\nlanguage: en\ndate: 2026-01-01\nisbn: 978-1-4028-9462-6\nbody: [a.md]\nsize: 6x9\neditions:\n  cover-wrap: { for: ${name}, price: 51499 }\n`
  const { files, said } = await builtFrom({ 'book.yaml': book, 'a.md': '# One\n\nA word.\n' }, ['cover-wrap'])
  expect(said.filter(({ severity }) => severity === 'error')).toEqual([])
  const bars = barsOf(files.get('the-sea-wall-cover.pdf')!)
  const read = async (some: readonly Bar[]) =>
    (
      await readBarcodes(picture(some) as Parameters<typeof readBarcodes>[0], {
        formats: ['EAN13'],
        eanAddOnSymbol: 'Read',
      })
    ).map(({ text }) => text)
  expect(await read(bars)).toContain('978140289462651499')
  // one bar less, and it is read no more
  const middle = [...bars].sort((a, b) => a.left - b.left)[14]!
  expect(await read(bars.filter((one) => one !== middle))).not.toContain('978140289462651499')
})
