// The wrap of a cover: its measures for each receiver, its spine, its barcode read again, and what would be refused.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { barcodeOf } from '../../src/cover/barcode.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { RECEIVER_NAMES, RECEIVERS } from '../../src/model/receivers.js'
import { paintedOn } from '../../src/pdf/proof/extents.js'
import { type Read, readPdf, Stream } from '../../src/pdf/proof/read-pdf.js'
import { proveWrap } from '../../src/pdf/proof/wrap-proof.js'
import { type Built, builtFrom } from '../claims/built.js'
import { find } from '../epub/browser.js'
import { JPEG_COLOUR } from '../pdf/images.js'

const POPPLER = find(['pdftoppm'])
const ZBAR = find(['zbarimg'])
const without = POPPLER && ZBAR ? '' : ' (left out: pdftoppm or zbarimg is not here)'

const ISBN = '978-1-4028-9462-6'
const manifest = (more: string, language = 'en') =>
  `title: The Sea Wall\nauthors: [Ann Marlow]\npublisher: The Marlow Press\nlanguage: ${language}\ndate: 2026-01-01\nisbn: ${ISBN}\nbody: [a.md]\nsize: 6x9\n${more}`
const TEXT = `# One\n\n${'It was late when the last boat came in, and the men went up the path. '.repeat(3000)}\n`
const BLURB = '# Below the *wall*\n\nNobody knew yet what had been "found".\n'

const wrapOf = (built: Built) => readPdf(built.files.get('the-sea-wall-cover.pdf')!)
const boxOf = (built: Built, name: string) => wrapOf(built).pages[0]!.get(name) as number[]

/** The white that is painted just before the first black bar. */
function panelOf(pdf: Read): { left: number; foot: number; width: number; height: number } {
  const content = (pdf.get(pdf.pages[0]!.get('Contents')) as Stream).bytes.toString('latin1')
  const n = String.raw`(-?[\d.]+)`
  const found = new RegExp(
    `(?:0 0 0 0 k|1 g|1 1 1 rg)\\n${n} ${n} ${n} ${n} re f\\n(?:/\\w+ gs )?(?:0 0 0 1 k|0 g|0 0 0 rg)\\n`,
  ).exec(content)
  const [left, y, width, height] = found!.slice(1).map(Number) as [number, number, number, number]
  return { left, foot: y + Math.min(0, height), width, height: Math.abs(height) }
}

test('an outline of more points than a call has room for has a box', () => {
  const outline = `1 2 m ${'3 4 l '.repeat(150_000)}f`
  const pdf = { get: (one: unknown) => one, dict: () => new Map() } as unknown as Read
  const { extents } = paintedOn(pdf, new Map([['Contents', new Stream(new Map(), Buffer.from(outline))]]))
  expect(extents).toEqual([{ kind: 'shape', left: 1, foot: 2, right: 3, top: 4, lettering: true }])
})

describe.each(RECEIVER_NAMES)('a wrap for %s', (name) => {
  let built: Built
  let pages: number
  const receiver = RECEIVERS[name]

  beforeAll(async () => {
    const theme =
      'extends: house\npage: { width: 6in, height: 9in, inside: 26mm, outside: 20mm, top: 22mm, lines: 34, footDistance: 34pt }\n'
    const more = `theme: t.yaml\neditions:\n  print: { for: ${name}, marks: false }\n  cover-wrap: {}\n`
    built = await builtFrom({ 'book.yaml': manifest(more), 't.yaml': theme, 'a.md': TEXT, 'blurb.md': BLURB }, [
      'print',
      'cover-wrap',
    ])
    expect(built.said.filter((one) => one.severity === 'error')).toEqual([])
    pages = readPdf(built.files.get('the-sea-wall-print.pdf')!).pages.length
  })

  test('is as wide as two pages, the spine that so many make, and the bleed', () => {
    const spine = pages * receiver.papers['white black']!.thickness + receiver.spine.cover
    const [left, foot, right, top] = boxOf(built, 'BleedBox') as [number, number, number, number]
    expect(right - left).toBeCloseTo(2 * 432 + spine + 2 * receiver.wrap.bleed, 1)
    expect(top - foot).toBeCloseTo(648 + 2 * receiver.wrap.bleed, 1)
    expect(spine).toBeGreaterThan(10)
  })

  test('has lettering on the spine where the book is thick enough', () => {
    const { extents } = paintedOn(wrapOf(built), wrapOf(built).pages[0]!)
    const middle = (boxOf(built, 'MediaBox') as number[])[2]! / 2
    const letters = extents.filter((one) => one.lettering && one.left < middle && one.right > middle)
    // Nor any of less than five points.
    const spine = pages * receiver.papers['white black']!.thickness + receiver.spine.cover
    const fits = (spine - 2 * receiver.spine.clear) / 1.05 >= 5
    expect(letters.length > 0).toBe(pages >= receiver.spine.textFrom && fits)
    // Upright letters: each part is higher than wide.
    for (const one of letters) expect(one.top - one.foot).toBeGreaterThan(one.right - one.left)
  })

  test.each(['', 'price: 51499'])(
    'has its barcode, its number and the white around them in the field {%s}',
    async (price) => {
      const more = `editions:\n  cover-wrap: { for: ${name}, marks: false, ${price} }\n`
      const priced = await builtFrom({ 'book.yaml': manifest(more), 'a.md': TEXT.slice(0, 4000) }, ['cover-wrap'])
      const panel = panelOf(wrapOf(priced))
      const { width, height, from } = receiver.wrap.barcode
      expect(panel.width).toBeLessThanOrEqual(width + 0.01)
      expect(panel.height).toBeLessThanOrEqual(height + 0.01)
      // no smaller than it must be: as wide as the field, or as the standard has it
      const modules = price === '' ? 113 : 169
      expect(panel.width).toBeCloseTo(Math.min(width, modules * 0.33 * (72 / 25.4)), 1)
      const [, foot] = boxOf(priced, 'TrimBox') as [number, number]
      expect(panel.foot - foot).toBeCloseTo(from, 1)
      // what is lettered on it stays on it
      const { extents } = paintedOn(wrapOf(priced), wrapOf(priced).pages[0]!)
      const inside = (one: { left: number; right: number }) =>
        one.left > panel.left - 1 && one.right < panel.left + panel.width + 1
      const low = extents.filter((one) => one.lettering && inside(one) && one.foot < panel.foot + height + 10)
      expect(low.length).toBeGreaterThan(13)
      for (const one of low) {
        expect(one.top).toBeLessThanOrEqual(panel.foot + panel.height)
        expect(one.foot).toBeGreaterThanOrEqual(panel.foot)
      }
    },
  )

  test('is refused when lettering comes near an edge or a fold, or when anything stands beyond the bleed', async () => {
    const bytes = built.files.get('the-sea-wall-cover.pdf')!
    const [left, foot, right, top] = boxOf(built, 'BleedBox') as [number, number, number, number]
    const sheet = { width: right - left, height: top - foot, bleed: receiver.wrap.bleed, folds: [] }
    const spine = right - left - 2 * (432 + receiver.wrap.bleed)
    const said = async (at: number, width: number) => {
      const found: Diagnostic[] = []
      await proveWrap(bytes, name, { ...sheet, spine: { left: at, width } }, undefined, (one) => void found.push(one))
      return found.map((one) => one.message).join('\n')
    }
    expect(await said(432 + receiver.wrap.bleed, spine)).toBe('')
    // The same sheet, folded in the middle of the title.
    expect(await said(432 + receiver.wrap.bleed + spine + 60, spine)).toContain('from its folds')
    const { wrap } = receiver
    const before = wrap.safe
    wrap.safe = 200
    expect(await said(432 + receiver.wrap.bleed, spine)).toContain('from the edge of a cover')
    wrap.safe = before
    const bleed = wrap.bleed
    wrap.bleed = 40
    expect(await said(432 + bleed, spine)).toContain('wants a bleed of')
    wrap.bleed = bleed
  })
})

test('the pages are those that are bound, whether the inside is made in the same run or not', async () => {
  const spineOf = async (name: string, print = '') => {
    const more = `editions:\n${print}  cover-wrap: { for: ${name}, paper: 1mm }\n`
    const text = '# One\n\nA word.\n\n[one]: x\n'
    const built = await builtFrom({ 'book.yaml': manifest(more), 'a.md': text }, ['cover-wrap'])
    const [left, , right] = boxOf(built, 'TrimBox') as [number, number, number]
    const { spine } = RECEIVERS[name as 'ingram']
    // Half a millimetre each: how many pages there are.
    return Math.round((right - left - 2 * 432 - spine.cover) / (36 / 25.4))
  }
  const pages = await spineOf('lulu')
  expect(pages % 2).toBe(0)
  // The same text has another blank at the end there, and so two pages more where its last is not blank.
  const atIngram = await spineOf('ingram')
  expect([pages, pages + 2]).toContain(atIngram)
  expect((await spineOf('press')) % 4).toBe(0)
  expect(await spineOf('lulu', '  print: { for: lulu, multiple: 32 }\n')).toBe(32)
})

test('the spine is read upwards where that is the custom, and as the book says', async () => {
  const middleOf = async (language: string, spine: string) => {
    const more = `editions:\n  cover-wrap: { for: press, paper: 1mm, spine: ${spine} }\n`
    const built = await builtFrom({ 'book.yaml': manifest(more, language), 'a.md': TEXT }, ['cover-wrap'])
    const pdf = wrapOf(built)
    const middle = (boxOf(built, 'MediaBox') as number[])[2]! / 2
    const letters = paintedOn(pdf, pdf.pages[0]!).extents.filter(
      (one) => one.lettering && one.left < middle && one.right > middle,
    )
    return letters.map((one) => Math.round((one.foot + one.top) / 2))
  }
  const [title, author] = await middleOf('en', 'auto')
  expect(title).toBeGreaterThan(author!)
  const [titre, auteur] = await middleOf('fr', 'auto')
  expect(titre).toBeLessThan(auteur!)
  expect(await middleOf('en', 'up')).toEqual(await middleOf('fr', 'up'))
  expect(await middleOf('en', 'none')).toEqual([])
})

describe('the barcode', () => {
  test('is that of the standard', () => {
    const bits = (isbn: string, price?: string) => {
      const { bars, width } = barcodeOf(isbn, price)
      const row = new Array(width).fill('0')
      for (const bar of bars) row.fill('1', bar.x, bar.x + bar.width)
      return row.join('')
    }
    // The example of the GS1 General Specifications, worked by hand: 0 prefix sets all left figures odd.
    expect(bits('0000000000000')).toBe(`101${'0001101'.repeat(6)}01010${'1110010'.repeat(6)}101`)
    expect(bits('9781402894626')).toHaveLength(95)
    expect(bits('9781402894626', '51499')).toHaveLength(95 + 9 + 47)
    expect(bits('9781402894626', '51499').slice(95, 108)).toBe('0000000001011')
  })

  test.runIf(POPPLER && ZBAR)(`is read again from the finished sheet${without}`, async () => {
    const more = 'editions:\n  cover-wrap: { price: 51499 }\n'
    const built = await builtFrom({ 'book.yaml': manifest(more), 'a.md': TEXT }, ['cover-wrap'])
    const dir = mkdtempSync(join(tmpdir(), 'octavo-wrap-'))
    try {
      writeFileSync(join(dir, 'w.pdf'), built.files.get('the-sea-wall-cover.pdf')!)
      execFileSync(POPPLER!, ['-r', '200', '-png', join(dir, 'w.pdf'), join(dir, 'w')])
      const read = execFileSync(ZBAR!, ['-q', '--raw', join(dir, 'w-1.png')], { stdio: ['ignore', 'pipe', 'ignore'] })
      expect(read.toString()).toContain('9781402894626')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })

  test('is in black alone, on white', async () => {
    const built = await builtFrom({ 'book.yaml': manifest('editions: [cover-wrap]\n'), 'a.md': TEXT }, ['cover-wrap'])
    const page = wrapOf(built).pages[0]!
    const content = (wrapOf(built).get(page.get('Contents')) as { bytes: Buffer }).bytes.toString('latin1')
    expect(content).toMatch(/\/Instead gs 0 0 0 0 k\n[^k]* re f\n\/Instead gs 0 0 0 1 k\n/)
  })
})

test('a picture fills the front and its bleed, and the colour of its edges the rest', async () => {
  const files = { 'a.md': TEXT, 'c.jpg': JPEG_COLOUR, 'book.yaml': manifest('cover: c.jpg\neditions: [cover-wrap]\n') }
  const built = await builtFrom(files, ['cover-wrap'])
  const { extents } = paintedOn(wrapOf(built), wrapOf(built).pages[0]!)
  const pictures = extents.filter((one) => one.kind === 'image')
  expect(pictures).toHaveLength(1)
  const [, , right] = boxOf(built, 'TrimBox') as number[]
  expect(pictures[0]!.right).toBeGreaterThan(right! - 1)
  expect(pictures[0]!.left).toBeGreaterThan(432)
})

test('marks beyond the bleed are no lettering', async () => {
  const more = 'editions:\n  print: { for: press }\n  cover-wrap: {}\n'
  const { said, files } = await builtFrom({ 'book.yaml': manifest(more), 'a.md': TEXT, 'blurb.md': BLURB }, [
    'cover-wrap',
  ])
  expect(said.filter((one) => one.severity === 'error')).toEqual([])
  const pdf = readPdf(files.get('the-sea-wall-cover.pdf')!)
  expect(pdf.array(pdf.pages[0]!.get('MediaBox'))).not.toEqual(pdf.array(pdf.pages[0]!.get('BleedBox')))
})
