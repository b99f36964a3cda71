import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import type { Page, Typeset } from '../../src/layout/typeset.js'
import { type Folded, layFolded } from '../../src/pdf/editions/folds.js'
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
const EDITION: Booklet = { name: 'booklet', sheet: A4, signature: 'auto', creep: 'auto', paper: 0.283, fold: 'half' }

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
    for (const [i, { strokes: all, dashed }] of sides.entries()) {
      // the staples of the first side stand on the fold, and on nothing else
      const strokes = i === 0 ? all.slice(0, -4) : all
      if (i === 0) for (const [x] of all.slice(-4)) expect(x).toBeCloseTo(A4.height / 2, 1)
      expect(dashed).toBe(1)
      expect(strokes).toHaveLength(16 + 4)
      for (const [x, y] of strokes) expect(x < left || x > right || y < foot || y > top).toBe(true)
    }
    const full = await booklet(numbered(4), { sheet: { width: HEIGHT, height: 2 * WIDTH } })
    // but for the staples, which stand on the fold
    expect(full.sides.map(({ strokes }) => strokes.map(([x]) => x))).toEqual([[WIDTH, WIDTH, WIDTH, WIDTH], []])
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

describe('a sheet that is folded more than once', () => {
  const A6 = { width: A4.width / 2, height: A4.height / 2 }
  /** The cell of each page, by number: its column from the left and its row from the foot. */
  const cells = (side: readonly Folded[], { width, height }: { width: number; height: number }) =>
    new Map(
      side.map(({ slot, cell }) => [slot + 1, [Math.round(cell.x / width), Math.round(cell.y / height)] as const]),
    )

  it('in quarters has leaf upon leaf, and reads in order', () => {
    const { sides, sheet, scale, places } = layFolded(16, A6, A4, 'quarter')
    expect([scale, places, sides.length]).toEqual([1, 16, 4])
    expect(sheet).toEqual(A4)
    for (const [nth, first] of [
      [0, 1],
      [1, 9],
    ] as const) {
      const [front, back] = [cells(sides[2 * nth]!, A6), cells(sides[2 * nth + 1]!, A6)]
      // what is behind a page is in the same row, and in the other column: the sheet is turned on its long edge
      for (let page = first; page < first + 8; page += 2) {
        const [recto, verso] = [front.get(page) ?? back.get(page), front.get(page + 1) ?? back.get(page + 1)]
        expect(front.has(page)).toBe(back.has(page + 1))
        expect(verso).toEqual([1 - recto![0], recto![1]])
      }
      // the outer pair, and the pair behind the fold at the head
      expect([front.get(first), front.get(first + 7)]).toEqual([
        [1, 0],
        [0, 0],
      ])
      expect([front.get(first + 3), front.get(first + 4)]).toEqual([
        [1, 1],
        [0, 1],
      ])
    }
    for (const { turned, cell, box } of sides.flat()) {
      expect(turned).toBe(cell.y > 0)
      // at the spine
      expect(cell.x === 0 ? box.x + box.width : box.x).toBeCloseTo(A6.width, 3)
    }
  })

  it('in eighths is a zine: pages that face each other are neighbours, leaves are joined at the head or in the middle', () => {
    const panel = { width: A4.height / 4, height: A4.width / 2 }
    const { sides, sheet, cut, scale } = layFolded(8, panel, A4, 'eighth')
    expect(sides).toHaveLength(1)
    expect([sheet.width, sheet.height, scale]).toEqual([A4.height, A4.width, 1])
    const at = cells(sides[0]!, panel)
    for (const [left, right] of [
      [2, 3],
      [4, 5],
      [6, 7],
      [8, 1],
    ] as const) {
      expect(at.get(left)![1]).toBe(at.get(right)![1])
      // upside down, the left one is to the right
      const [one, other] = at.get(left)![1] === 1 ? [right, left] : [left, right]
      expect([at.get(one)![0] % 2, at.get(other)![0] - at.get(one)![0]]).toEqual([0, 1])
    }
    // one behind the other by the fold along the sheet, at its two ends, which the cut leaves
    for (const [recto, verso] of [
      [1, 2],
      [5, 6],
    ] as const) {
      expect(at.get(recto)![0]).toBe(at.get(verso)![0])
      expect([0, 3]).toContain(at.get(recto)![0])
    }
    // and by the fold across its middle
    for (const [recto, verso] of [
      [3, 4],
      [7, 8],
    ] as const)
      expect([at.get(recto)![0], at.get(verso)![0]].sort()).toEqual([1, 2])
    const [[x1, y1, x2, y2]] = cut as [[number, number, number, number]]
    expect([x1, x2, y1, y2].map(Math.round)).toEqual(
      [panel.width, 3 * panel.width, panel.height, panel.height].map(Math.round),
    )
  })

  it('has the upper row upside down in the file, and its last page on the back, behind the blanks', async () => {
    const { pdf, sides, advice, told } = await booklet(numbered(6), { fold: 'eighth' })
    expect(told).toEqual([])
    // the sheet, and how it is folded
    expect(pdf.pages).toHaveLength(2)
    const { shown } = sides[0]!
    const rows = (isTurned: boolean) => shown.filter(({ scale }) => scale < 0 === isTurned).map(({ text }) => text)
    expect(rows(true)).toEqual(['page 5', 'page 4', 'page 3', 'page 2'])
    expect(rows(false)).toEqual(['page 6', 'page 1'])
    expect(advice.join()).toContain('cut along the line in the middle')
    const quarter = await booklet(numbered(6), { fold: 'quarter' })
    expect(quarter.pdf.pages).toHaveLength(3)
    expect(quarter.advice.join()).toContain('flip on the long edge')
  })

  it('in eighths has no ninth page', async () => {
    const { told } = await booklet(numbered(9), { fold: 'eighth' })
    expect(told).toMatchObject([{ severity: 'error', code: 'booklet-pages' }])
    expect(told[0]!.message).toContain('the book has 9')
  })
})

describe('the outside of a booklet', () => {
  const contentOf = (pdf: Read, page: number) =>
    (pdf.get(pdf.pages[page]!.get('Contents')) as Stream).bytes.toString('latin1')
  const fold = (A4.height / 2).toFixed(2).replace(/0+$/, '')

  it('shows where it is stapled, on its first side alone', async () => {
    const { pdf } = await booklet(numbered(16))
    const staples = (page: number) =>
      [...contentOf(pdf, page).matchAll(/^([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$/gm)].filter(
        ([, x1, y1, x2, y2]) => Math.abs(Number(x1) - A4.height / 2) < 0.1 && x1 === x2 && Number(y2) - Number(y1) > 30,
      )
    expect(staples(0)).toHaveLength(2)
    for (let page = 1; page < pdf.pages.length; page++) expect(staples(page)).toHaveLength(0)
  })

  it('has a bar on the back of each signature, lower from one to the next', async () => {
    const { pdf } = await booklet(numbered(32), { signature: 8 })
    const bars = pdf.pages.map((_, page) => /^([\d.]+) ([\d.]+) 7 14 re f$/m.exec(contentOf(pdf, page)))
    // two sheets to a signature, two sides to a sheet
    expect(bars.map((bar) => bar !== null)).toEqual(Array.from({ length: 17 }, (_, i) => i < 16 && i % 4 === 0))
    const heights = bars.flatMap((bar) => (bar ? [Number(bar[2])] : []))
    expect(heights).toEqual([...heights].sort((a, b) => b - a))
    expect(new Set(heights).size).toBe(4)
    for (const bar of bars) if (bar) expect(Number(bar[1]) + 3.5).toBeCloseTo(Number(fold), 0)
  })
})

describe('the page that shows how it is folded', () => {
  const steps = async (pages: number, edition: Partial<Booklet>) => {
    const { pdf, advice } = await booklet(numbered(pages), edition)
    const last = pdf.pages.at(-1)!
    const [, , width, height] = pdf.array(last.get('MediaBox')) as number[]
    const content = (pdf.get(last.get('Contents')) as Stream).bytes.toString('latin1')
    // circles of that size stand around the numbers of the steps alone
    const circles = operators(content).filter(({ op, operands }, i, all) => {
      const next = all[i + 1]
      if (op !== 'm' || next?.op !== 'c') return false
      const [x, y] = operands as [number, number]
      const to = next.operands as number[]
      return Math.abs(to[4]! - (x - 13)) < 0.1 && Math.abs(to[5]! - (y + 13)) < 0.1
    })
    return { count: circles.length, shape: height! > width!, advice: advice.join(), content, pages: pdf.pages.length }
  }

  it.each([
    ['a zine', 8, { fold: 'eighth' }, 5, 1],
    ['a sheet in quarters', 8, { fold: 'quarter' }, 3, 2],
    ['sheets in quarters', 20, { fold: 'quarter' }, 5, 6],
    ['signatures', 32, { signature: 16 }, 3, 16],
  ] as const)('is the last of %s', async (_, count, edition, shown, sides) => {
    const page = await steps(count, edition)
    expect(page).toMatchObject({ count: shown, shape: true, pages: sides + 1 })
    expect(page.advice).toMatch(/; the last page shows how$/)
    // nothing leaves the sheet
    for (const { op, operands } of operators(page.content))
      if (op === 'm' || op === 'l') {
        const [x, y] = operands as [number, number]
        expect(x > 0 && x < A4.width && y > 0 && y < A4.height).toBe(true)
      }
  })

  it('is none where staples hold it', async () => {
    const { pdf, advice } = await booklet(numbered(16))
    expect(pdf.pages).toHaveLength(8)
    expect(advice.join()).not.toContain('shows how')
  })
})
