import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import type { Page, Typeset } from '../../src/layout/typeset.js'
import { creepOf, impose, type Sheet } from '../../src/pdf/editions/imposition.js'
import { writePdf } from '../../src/pdf/index.js'
import { compose, HEIGHT, METADATA, WIDTH } from './fixture.js'
import { type Dict, operators, type Read, readPdf, Stream, Text } from './reader.js'

/** What a reader finds who prints both sides, folds, nests and turns the leaves. */
function fold(signatures: readonly Sheet[][]): number[] {
  const out: number[] = []
  for (const signature of signatures) {
    // Leaves from the outside to the fold and out again; of each first the right-hand page of its front.
    for (const { front, back } of signature) out.push(front.right, back.left)
    for (const { front, back } of [...signature].reverse()) out.push(back.right, front.left)
  }
  return out
}

describe('imposition', () => {
  it('reads in order when folded, with the blanks before the back cover', () => {
    const signature = fc.oneof(
      fc.constant('auto' as const),
      fc.integer({ min: 1, max: 10 }).map((n) => 4 * n),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), signature, (pages, size) => {
        const { signatures, places } = impose(pages, size)
        const read = fold(signatures)
        expect(read).toHaveLength(places)
        expect(read.filter((slot) => slot >= 0)).toEqual(Array.from({ length: pages }, (_, i) => i))
        expect(read.at(-1)).toBe(pages - 1)
        expect(places - pages).toBeLessThan(4)
        for (const sheets of signatures) {
          const last = sheets.at(-1)!
          expect([sheets[0]!.creep, last.creep]).toEqual([0, sheets.length > 1 ? 1 : 0])
        }
      }),
    )
  })

  it('makes one signature while that can be stapled, then sixteens', () => {
    expect(impose(64, 'auto').signatures.map((s) => s.length)).toEqual([16])
    expect(impose(70, 'auto').signatures.map((s) => s.length)).toEqual([4, 4, 4, 4, 2])
    expect(impose(3, 'auto').signatures.map((s) => s.length)).toEqual([1])
  })

  it('pairs pages that add up to one more than their number', () => {
    for (const { front, back } of impose(32, 'auto').signatures[0]!) {
      expect(front.left + 1 + front.right + 1).toBe(33)
      expect(back.left + 1 + back.right + 1).toBe(33)
    }
  })

  it('reckons the creep from the paper', () => {
    expect(creepOf(1, 0.3)).toBe(0)
    expect(creepOf(16, 0.283)).toBeCloseTo(5.5, 1)
  })
})

type Booklet = Extract<Parameters<typeof writePdf>[2], { name: 'booklet' }>
const A4 = { width: 595.28, height: 841.89 }
const EDITION: Booklet = { name: 'booklet', sheet: A4, signature: 'auto', creep: 'auto', paper: 0.283 }

/** Pages that say their number, at the outer margin of each. */
function numbered(count: number): Typeset {
  const c = compose()
  const document = c.tag('Document', -1)
  for (let page = 1; page <= count; page++) {
    c.page(String(page))
    c.line({ text: `page ${page}`, tag: document }, page % 2 === 1 ? 50 : 30, 100)
  }
  return c.finish([])
}

async function booklet(typeset: Typeset, edition: Partial<Booklet> = {}) {
  const told: Diagnostic[] = []
  const { bytes, advice } = await writePdf(typeset, METADATA, { ...EDITION, ...edition }, (d) => told.push(d))
  const pdf = readPdf(bytes)
  return { pdf, advice, told, sides: pdf.pages.map((page) => sideOf(pdf, page)) }
}

interface Shown {
  text: string
  x: number
  y: number
  scale: number
  clip: number[]
}

/** What a side of a sheet shows: pages by place. */
function sideOf(pdf: Read, page: Dict): { shown: Shown[]; strokes: [number, number][]; dashed: number } {
  const shown: Shown[] = []
  const strokes: [number, number][] = []
  let dashed = 0
  const content = pdf.get(page.get('Contents'))
  if (!(content instanceof Stream)) return { shown, strokes, dashed }
  const objects = pdf.dict(page.get('Resources')).get('XObject')
  let clip: number[] = []
  let place: number[] = []
  for (const { op, operands } of operators(content.bytes.toString('latin1'))) {
    if (op === 're') clip = operands as number[]
    if (op === 'cm') place = operands as number[]
    if (op === 'm' || op === 'l') strokes.push(operands as [number, number])
    if (op === 'd') dashed++
    if (op === 'Do') {
      const form = pdf.get(pdf.dict(objects).get((operands[0] as { name: string }).name)) as Stream
      shown.push({ text: textOf(pdf, form), x: place[4]!, y: place[5]!, scale: place[0]!, clip })
    }
  }
  return { shown: shown.sort((a, b) => a.x - b.x), strokes, dashed }
}

function textOf(pdf: Read, form: Stream): string {
  const font = pdf.dict([...pdf.dict(pdf.dict(form.dict.get('Resources')).get('Font')).values()][0])
  const map = (pdf.get(font.get('ToUnicode')) as Stream).bytes.toString('latin1')
  const texts = new Map([...map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]{4})>$/gm)].map(([, code, unit]) => [code, unit]))
  let out = ''
  for (const { op, operands } of operators(form.bytes.toString('latin1'))) {
    if (op !== 'TJ') continue
    for (const piece of operands[0] as unknown[])
      if (piece instanceof Text)
        for (let i = 0; i < piece.bytes.length; i += 2) {
          const code = Buffer.from(piece.bytes.slice(i, i + 2), 'latin1').toString('hex')
          out += String.fromCharCode(Number.parseInt(texts.get(code)!, 16))
        }
  }
  return out
}

describe('the booklet', () => {
  it('has its pages on the sheets as they will be folded', async () => {
    const { sides } = await booklet(numbered(8))
    expect(sides.map(({ shown }) => shown.map(({ text }) => text))).toEqual([
      ['page 8', 'page 1'],
      ['page 2', 'page 7'],
      ['page 6', 'page 3'],
      ['page 4', 'page 5'],
    ])
  })

  it('keeps the size of pages that fit, on either side of the fold, in the middle of the sheet', async () => {
    const { pdf, sides } = await booklet(numbered(4))
    expect(pdf.array(pdf.pages[0]!.get('MediaBox'))).toEqual([0, 0, A4.height, A4.width])
    const [left, right] = sides[0]!.shown as [Shown, Shown]
    expect(left.scale).toBe(1)
    expect(left.x).toBeCloseTo(A4.height / 2 - WIDTH, 2)
    expect(right.x).toBeCloseTo(A4.height / 2, 2)
    expect(left.y).toBeCloseTo((A4.width - HEIGHT) / 2, 2)
  })

  it('moves inner pages towards the fold and cuts them off there', async () => {
    const { sides } = await booklet(numbered(12), { creep: 6 })
    const shifts = sides.map(({ shown }) =>
      [shown[0]!.x - (A4.height / 2 - WIDTH), shown[1]!.x - A4.height / 2].map((n) => Math.round(n * 100) / 100),
    )
    expect(shifts).toEqual([
      [0, 0],
      [0, 0],
      [3, -3],
      [3, -3],
      [6, -6],
      [6, -6],
    ])
    for (const { shown } of sides) {
      expect(shown[0]!.clip[0]! + shown[0]!.clip[2]!).toBeCloseTo(A4.height / 2, 2)
      expect(shown[1]!.clip[0]).toBeCloseTo(A4.height / 2, 2)
    }
  })

  it('makes pages smaller that are too large for half a sheet', async () => {
    const small = { width: 420, height: 500 }
    const { sides, advice } = await booklet(numbered(4), { sheet: small })
    expect(sides[0]!.shown[0]!.scale).toBeCloseTo(250 / WIDTH, 3)
    expect(advice[0]).toContain('83 % of their size')
  })

  it('draws its marks outside the pages', async () => {
    const { sides } = await booklet(numbered(4))
    const [left, right] = [A4.height / 2 - WIDTH, A4.height / 2 + WIDTH]
    const [foot, top] = [(A4.width - HEIGHT) / 2, (A4.width + HEIGHT) / 2]
    for (const { strokes, dashed } of sides) {
      expect(dashed).toBe(1)
      expect(strokes).toHaveLength(16 + 4)
      for (const [x, y] of strokes) expect(x < left || x > right || y < foot || y > top).toBe(true)
    }
    const full = await booklet(numbered(4), { sheet: { width: HEIGHT, height: 2 * WIDTH } })
    expect(full.sides.flatMap(({ strokes }) => strokes)).toEqual([])
  })

  it('brings the last page to the back cover, its margins mirrored', async () => {
    const { sides, pdf } = await booklet(numbered(5))
    expect(sides.map(({ shown }) => shown.map(({ text }) => text))).toEqual([
      ['page 5', 'page 1'],
      ['page 2'],
      ['page 3'],
      ['page 4'],
    ])
    const forms = [...pdf.dict(pdf.dict(pdf.pages[0]!.get('Resources')).get('XObject')).entries()]
    const last = pdf.get(forms.find(([name]) => name === 'P4')![1]) as Stream
    const move = operators(last.bytes.toString('latin1')).find(({ op }) => op === 'cm')!.operands as number[]
    expect(move[4]).toBe(30 - 50)
  })

  it('has a cover with nothing on its back, and drops blanks at the end', async () => {
    const typeset = numbered(2)
    const blank: Page = { label: '3', side: 'recto', blank: true, items: [], links: [], anchors: [] }
    typeset.pages.push(blank)
    typeset.cover = {
      ...typeset.pages[0]!,
      items: [{ kind: 'rule', tag: -1, x: 0, y: 0, width: 9, height: 9, colour: '#ff0000' }],
    }
    const { sides } = await booklet(typeset)
    expect(sides).toHaveLength(2)
    expect(sides[0]!.shown.map(({ text }) => text)).toEqual(['page 2', ''])
    expect(sides[1]!.shown.map(({ text }) => text)).toEqual(['page 1'])
  })

  it('says how to print it', async () => {
    expect((await booklet(numbered(10))).advice).toEqual([
      'print sample-booklet.pdf on 3 sheets of A4: both sides, flip on the short edge, scale 100 %; fold all together in the middle and staple at the fold',
    ])
    expect((await booklet(numbered(70))).advice[0]).toContain('18 sheets of A4')
    expect((await booklet(numbered(70))).advice[0]).toContain('fold each 4 sheets together (5 signatures)')
  })
})
