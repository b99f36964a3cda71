// Covers of books in boards: the measures of a case and of a jacket, what stands on the flaps, the author's own pictures, and the layer that
// shows where it is folded.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { HARD, RECEIVERS } from '../../src/model/receivers.js'
import { type Extent, paintedOn } from '../../src/pdf/proof/extents.js'
import { type Dict, type Name, readPdf, type Stream } from '../../src/pdf/proof/read-pdf.js'
import { proveWrap } from '../../src/pdf/proof/wrap-proof.js'
import { type Built, builtFrom } from '../claims/built.js'
import { find } from '../epub/browser.js'
import { JPEG_COLOUR } from '../pdf/images.js'

const POPPLER = find(['pdftoppm'])
const ZBAR = find(['zbarimg'])
const without = POPPLER && ZBAR ? '' : ' (left out: pdftoppm or zbarimg is not here)'

const manifest = (wrap: string, editions = '') =>
  `title: The Sea Wall\nauthors: [Ann Marlow]\npublisher: The Marlow Press\nlanguage: en\ndate: 2026-01-01\nisbn: 978-1-4028-9462-6\nbody: [a.md]\nsize: 6x9\neditions:\n${editions}  cover-wrap: ${wrap}\n`
const TEXT = `# One\n\n${'It was late when the last boat came in, and the men went up the path. '.repeat(60)}\n`
const FLAP = 'Three days on an island, and nobody who will say what was found there.\n'
const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="100" height="100"><rect width="10" height="10"/></svg>'

const built = (wrap: string, more: Record<string, string | Uint8Array> = {}, editions = '') =>
  builtFrom({ 'book.yaml': manifest(wrap, editions), 'a.md': TEXT, ...more }, [
    ...(['cover-wrap'] as const),
    ...(editions === '' ? [] : (['epub'] as const)),
  ])
const sheetOf = (one: Built) => readPdf(one.files.get('the-sea-wall-cover.pdf')!)
const boxOf = (one: Built, name: string) => sheetOf(one).pages[0]!.get(name) as number[]
const extentsOf = (one: Built) => paintedOn(sheetOf(one), sheetOf(one).pages[0]!).extents
/** Those of letters: outlines that are no rules. */
const letters = (all: readonly Extent[]) => all.filter((one) => one.lettering)

/** How many pages the inside has, as a spine of leaves of two millimetres tells. */
const MM = 72 / 25.4

describe('a case', () => {
  let one: Built
  const WRAP =
    '{ for: press, binding: case, paper: 2mm, spine: down, hinge: 12mm, overhang: 3mm, turn-in: 15mm, boards: 5mm }'

  beforeAll(async () => {
    one = await built(WRAP)
    expect(one.said.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('is as large as its boards, its joints and its spine, and what is folded in; it is cut at that edge', () => {
    const trim = boxOf(one, 'TrimBox')
    expect(boxOf(one, 'BleedBox')).toEqual(trim)
    const [left, foot, right, top] = trim as [number, number, number, number]
    expect(top - foot).toBeCloseTo(648 + 2 * (3 + 15) * MM, 1)
    const pages = (right - left - 2 * (432 + (12 + 3 + 15) * MM) - 5 * MM) / MM
    // a leaf of two millimetres: one for each page
    expect(pages).toBeCloseTo(Math.round(pages), 2)
    expect(Math.round(pages) % RECEIVERS.press.multiple).toBe(0)
    expect(pages).toBeGreaterThan(4)
  })

  test('has the trade’s measures where nobody says others, and its printer’s before them', async () => {
    const usual = await built('{ for: press, binding: case }')
    const [, foot, , top] = boxOf(usual, 'TrimBox') as [number, number, number, number]
    expect(top - foot).toBeCloseTo(648 + 2 * HARD.turnIn, 1)
    const lulu = await built('{ for: lulu, binding: case }', { 'a.md': TEXT.repeat(20) })
    expect(lulu.said.filter(({ severity }) => severity === 'error')).toEqual([])
    const [, low, , high] = boxOf(lulu, 'TrimBox') as [number, number, number, number]
    expect(high - low).toBeCloseTo(648 + 2 * 54, 1)
  })

  test('has no lettering in the joints, nor near an edge, or is refused', async () => {
    const [left, foot, right, top] = boxOf(one, 'TrimBox') as [number, number, number, number]
    const width = right - left
    const spine = width - 2 * (432 + (12 + 3 + 15) * MM)
    const at = 432 + (12 + 3 + 15) * MM
    const sheet = { width, height: top - foot, bleed: 0, turnIn: 15 * MM, folds: [], spine: { left: at, width: spine } }
    const said = async (hinge: number, turnIn = 15 * MM) => {
      const found: Diagnostic[] = []
      const bytes = one.files.get('the-sea-wall-cover.pdf')!
      await proveWrap(bytes, 'press', { ...sheet, hinge, turnIn }, undefined, (each) => void found.push(each))
      return found.map(({ message }) => message).join('\n')
    }
    expect(await said(12 * MM)).toBe('')
    expect(await said(40 * MM)).toContain('wants lettering out of the joints, 1.575 in beside the spine of a case')
    expect(await said(12 * MM, 40 * MM)).toContain('from the edge of a cover')
    expect(letters(extentsOf(one)).length).toBeGreaterThan(20)
  })
})

describe('a jacket', () => {
  let one: Built
  const files = {
    'flap-front.md': FLAP,
    'flap-back.md': `She lives by the sea. ${FLAP}`,
    'ann.jpg': JPEG_COLOUR,
    'm.svg': MARK,
  }
  const WRAP = '{ for: press, binding: jacket, paper: 2mm, spine: down, flaps: 90mm, portrait: ann.jpg, mark: m.svg'
  const FLAP_WIDTH = 90 * MM
  let fold: number

  beforeAll(async () => {
    one = await built(`${WRAP} }`, files)
    expect(one.said.filter(({ severity }) => severity === 'error')).toEqual([])
    fold = boxOf(one, 'TrimBox')[0]! + FLAP_WIDTH
  })

  test('goes around boards, with flaps on both sides', () => {
    const [left, foot, right, top] = boxOf(one, 'TrimBox') as [number, number, number, number]
    const { wider, higher, spine } = HARD.jacket
    expect(top - foot).toBeCloseTo(648 + higher, 1)
    const pages = (right - left - 2 * (432 + wider + FLAP_WIDTH) - HARD.boards - spine) / MM
    expect(pages).toBeCloseTo(Math.round(pages), 2)
  })

  test('has the text of each flap on it, and the author above the one of the back', () => {
    const all = extentsOf(one)
    const [left, , right] = boxOf(one, 'TrimBox') as [number, number, number]
    const onBack = letters(all).filter((each) => each.right < fold)
    const onFront = letters(all).filter((each) => each.left > right - FLAP_WIDTH)
    expect(onFront.length).toBeGreaterThan(1)
    expect(onBack.length).toBeGreaterThan(onFront.length - 1)
    for (const each of [...onBack, ...onFront]) {
      expect(each.left - left).toBeGreaterThan(RECEIVERS.press.wrap.safe - 0.5)
      expect(right - each.right).toBeGreaterThan(RECEIVERS.press.wrap.safe - 0.5)
    }
    // With a margin to look at, not the least that a printer takes.
    const margin = Math.min(...[...onBack, ...onFront].map((each) => Math.min(each.left - left, right - each.right)))
    expect(margin).toBeGreaterThan(FLAP_WIDTH * 0.1)
    const [portrait] = all.filter((each) => each.kind === 'image')
    expect(portrait!.right).toBeLessThan(fold)
    expect(portrait!.foot).toBeGreaterThan(Math.max(...onBack.map((each) => each.top)))
  })

  test('is refused where a flap folds through lettering', async () => {
    const [, , right] = boxOf(one, 'TrimBox') as [number, number, number]
    const [from, foot, to, top] = boxOf(one, 'BleedBox') as [number, number, number, number]
    const width = to - from
    const { bleed } = RECEIVERS.press.wrap
    const spine = width - 2 * (bleed + FLAP_WIDTH + 432 + HARD.jacket.wider)
    const sheet = { width, height: top - foot, bleed, spine: { left: (width - spine) / 2, width: spine } }
    const said = async (folds: number[]) => {
      const found: Diagnostic[] = []
      await proveWrap(
        one.files.get('the-sea-wall-cover.pdf')!,
        'press',
        { ...sheet, folds },
        undefined,
        (each) => void found.push(each),
      )
      return found.map(({ message }) => message).join('\n')
    }
    expect(await said([fold - from, right - FLAP_WIDTH - from])).toBe('')
    expect(await said([fold - from - 60, right - FLAP_WIDTH - from])).toContain('from the folds of the flaps')
  })

  test('tells of what its flaps have no room for', async () => {
    const long = Array.from({ length: 40 }, (_, i) => `${i} ${'It was late when the boat came in. '.repeat(6)}`).join(
      '\n\n',
    )
    const { said } = await built(`${WRAP} }`, { ...files, 'flap-front.md': long })
    expect(said.some(({ code, message }) => code === 'cover-lettering' && message.includes('has no room for'))).toBe(
      true,
    )
  })

  test('shows its folds in a layer that is not printed, and claims nothing then', async () => {
    expect(sheetOf(one).catalog.has('OCProperties')).toBe(false)
    expect(one.xmp).toContain('PDF/X-4')
    const layered = await built(`${WRAP}, template: true }`, files)
    const pdf = sheetOf(layered)
    const layers = pdf.dict(pdf.catalog.get('OCProperties'))
    const [layer] = pdf.array(layers.get('OCGs')).map((each) => pdf.dict(each))
    const print = pdf.dict(pdf.dict(layer!.get('Usage')).get('Print'))
    expect((print.get('PrintState') as Name).name).toBe('OFF')
    const events = pdf
      .array(pdf.dict(layers.get('D')).get('AS'))
      .map((each) => (pdf.dict(each).get('Event') as Name).name)
    expect(events).toContain('Print')
    const content = (pdf.get(pdf.pages[0]!.get('Contents')) as Stream).bytes.toString('latin1')
    const plain = (sheetOf(one).get(sheetOf(one).pages[0]!.get('Contents')) as Stream).bytes.toString('latin1')
    const [art, lines] = content.split('/OC /Template BDC\n')
    expect(art).toBe(plain)
    expect(lines).toMatch(/re f\n[\s\S]*Q\nEMC\n$/)
    const named = pdf.dict(pdf.dict(pdf.pages[0]!.get('Resources')).get('Properties')) as Dict
    expect(pdf.dict(named.get('Template'))).toEqual(layer)
    expect(layered.xmp).not.toContain('PDF/X-4')
    expect(layered.xmp).not.toContain('pdfaid')
  })

  test.runIf(POPPLER && ZBAR)(`has a barcode that is read again${without}`, () => {
    const dir = mkdtempSync(join(tmpdir(), 'octavo-hard-'))
    try {
      writeFileSync(join(dir, 'w.pdf'), one.files.get('the-sea-wall-cover.pdf')!)
      execFileSync(POPPLER!, ['-r', '200', '-png', join(dir, 'w.pdf'), join(dir, 'w')])
      const read = execFileSync(ZBAR!, ['-q', '--raw', join(dir, 'w-1.png')], { stdio: ['ignore', 'pipe', 'ignore'] })
      expect(read.toString()).toContain('9781402894626')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

test('art of the author’s own is the whole sheet, with the barcode alone on it; of another shape it is an error', async () => {
  const svg = (width: number, height: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#336"/></svg>`
  const WRAP = '{ for: press, art: all.svg, spine: down }'
  const wrong = await built(WRAP, { 'all.svg': svg(900, 700) })
  const [told] = wrong.said.filter(({ severity }) => severity === 'error')
  expect(told).toMatchObject({ code: 'cover-art', path: 'book.yaml' })
  const [, width, height] = /make it (\d+) × (\d+) pixels/.exec(told!.hint)!.map(Number) as [number, number, number]
  const right = await built(WRAP, { 'all.svg': svg(width, height) }, '  epub: {}\n')
  expect(right.said.filter(({ severity }) => severity === 'error')).toEqual([])
  const [from, foot, to, top] = boxOf(right, 'BleedBox') as [number, number, number, number]
  expect(Math.abs((to - from) * (300 / 72) - width)).toBeLessThan(1)
  expect(Math.abs((top - foot) * (300 / 72) - height)).toBeLessThan(1)
  const drawn = letters(extentsOf(right))
  // figures below the bars, and the number above them
  const [low, high] = [Math.min(...drawn.map((each) => each.left)), Math.max(...drawn.map((each) => each.right))]
  expect(high - low).toBeLessThan(RECEIVERS.press.wrap.barcode.width)
  expect(right.opf).not.toContain('all.svg')
})

describe('what is bound in boards', () => {
  const refused = async (wrap: string, more: Record<string, string> = {}) =>
    (await built(wrap, more)).said.filter(({ code }) => code === 'receiver-refuses').map((one) => one.message)

  test('has as many pages as its receiver binds so, and a jacket where there are jackets', async () => {
    expect(await refused('{ for: kdp, binding: case }')).toEqual([
      expect.stringMatching(/^Kindle Direct Publishing binds no fewer than 75 pages in boards, and the book has \d+$/),
    ])
    expect(await refused('{ for: lulu, binding: case }')).toEqual([
      expect.stringMatching(/^Lulu binds no fewer than 24 pages in boards, and the book has \d+$/),
    ])
    expect(await refused('{ for: kdp, binding: jacket, multiple: 64 }', { 'a.md': TEXT.repeat(40) })).toEqual([
      'Kindle Direct Publishing makes no `binding: jacket`',
    ])
    expect(await refused('{ for: press, binding: jacket }')).toEqual([])
  })

  test('has no more of them', async () => {
    const { hard } = RECEIVERS.kdp
    RECEIVERS.kdp.hard = { ...hard, pages: { least: 2, most: 4 } }
    try {
      expect(await refused('{ for: kdp, binding: case }')).toEqual([
        expect.stringMatching(/^Kindle Direct Publishing binds no more than 4 pages in boards, and the book has \d+$/),
      ])
    } finally {
      RECEIVERS.kdp.hard = hard
    }
  })
})
