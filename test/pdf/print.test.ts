import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import type { Page, Typeset } from '../../src/layout/typeset.js'
import { bleedPage } from '../../src/pdf/editions/bleed.js'
import { insideNeeded, marginsOf } from '../../src/pdf/editions/margins.js'
import { writePdf } from '../../src/pdf/index.js'
import { compose, HEIGHT, METADATA, WIDTH } from './fixture.js'
import { type Dict, type Name, operators, readPdf, Stream, Text } from './reader.js'
import { sample } from './sample.js'

type Print = Extract<Parameters<typeof writePdf>[2], { name: 'print' }>
const EDITION: Print = {
  name: 'print',
  stock: 'white',
  colour: 'black',
  bleed: 9,
  marks: false,
  gutter: 0,
  cover: false,
  multiple: 4,
  standard: 'x-4',
}

async function print(edition: Partial<Print> = {}, typeset: Typeset = sample()) {
  const told: Diagnostic[] = []
  const { bytes } = await writePdf(typeset, METADATA, { ...EDITION, ...edition }, (d) => told.push(d))
  const pdf = readPdf(bytes)
  const drawn = pdf.pages.map((page) => {
    const content = pdf.get(page.get('Contents'))
    return content instanceof Stream ? operators(content.bytes.toString('latin1')) : []
  })
  const box = (page: Dict, name: string) => pdf.array(page.get(name)) as number[]
  return { bytes, pdf, drawn, box, told }
}

const COLOURS = new Set(['g', 'G', 'rg', 'RG', 'k', 'K', 'cs', 'CS', 'sc', 'SC', 'scn', 'SCN'])

describe('the printer’s edition', () => {
  it('has no links, bookmarks, tags, actions or cover', async () => {
    const { pdf } = await print()
    for (const key of ['Outlines', 'StructTreeRoot', 'MarkInfo', 'OpenAction', 'PageMode'])
      expect(pdf.catalog.has(key)).toBe(false)
    expect(pdf.dict(pdf.catalog.get('Names')).size).toBe(0)
    for (const page of pdf.pages) expect(page.has('Annots')).toBe(false)
    const withCover = await print({ cover: true })
    expect(withCover.pdf.pages.length - pdf.pages.length).toBe(0)
    expect(withCover.drawn[0]!.some(({ op }) => op === 'c')).toBe(true)
    expect(withCover.drawn[1]).toEqual([])
  })

  it('says PDF/X-4 and has an intent with a profile for a press', async () => {
    const { pdf, bytes } = await print()
    expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe('%PDF-1.6')
    const xmp = (pdf.get(pdf.catalog.get('Metadata')) as Stream).bytes.toString('utf8')
    expect(xmp).toContain('<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>')
    expect(xmp).toContain('<pdf:Trapped>False</pdf:Trapped>')
    expect(xmp).toMatch(/<xmpMM:DocumentID>.+<\/xmpMM:DocumentID><xmpMM:VersionID>.+<xmpMM:RenditionClass>/)
    const info = pdf.dict(pdf.trailer.get('Info'))
    expect((pdf.get(info.get('Trapped')) as Name).name).toBe('False')
    for (const key of ['Title', 'CreationDate', 'ModDate']) expect(pdf.get(info.get(key))).toBeInstanceOf(Text)
    const intents = pdf.array(pdf.catalog.get('OutputIntents')).map((intent) => pdf.dict(intent))
    expect(intents.map((intent) => (intent.get('S') as Name).name)).toEqual(['GTS_PDFX', 'GTS_PDFA1'])
    expect(intents[0]!.get('DestOutputProfile')).toEqual(intents[1]!.get('DestOutputProfile'))
    const profile = pdf.get(intents[0]!.get('DestOutputProfile')) as Stream
    expect([profile.dict.get('N'), profile.bytes.toString('latin1', 12, 20)]).toEqual([1, 'prtrGRAY'])
  })

  it('nests its boxes and keeps the trim', async () => {
    for (const marks of [false, true]) {
      const { pdf, box } = await print({ marks })
      for (const page of pdf.pages) {
        const [media, bleed, trim] = ['MediaBox', 'BleedBox', 'TrimBox'].map((name) => box(page, name)) as [
          number[],
          number[],
          number[],
        ]
        expect(trim[2]! - trim[0]!).toBeCloseTo(WIDTH, 2)
        expect(trim[3]! - trim[1]!).toBeCloseTo(HEIGHT, 2)
        for (const i of [0, 1]) {
          expect(trim[i]! - bleed[i]!).toBeCloseTo(9, 2)
          expect(bleed[i + 2]! - trim[i + 2]!).toBeCloseTo(9, 2)
          expect(bleed[i]! - media[i]!).toBeCloseTo(marks ? 18 : 0, 2)
          expect(media[i + 2]! - bleed[i + 2]!).toBeCloseTo(marks ? 18 : 0, 2)
        }
      }
    }
  })

  it('draws crop marks outside the bleed, on every page, if asked', async () => {
    const { pdf, drawn, box } = await print({ marks: true })
    pdf.pages.forEach((page, i) => {
      const [left, foot, right, top] = box(page, 'BleedBox') as [number, number, number, number]
      const strokes = drawn[i]!.slice(drawn[i]!.findLastIndex(({ op }) => op === 'w')).filter(
        ({ op }) => op === 'm' || op === 'l',
      )
      expect(strokes).toHaveLength(16)
      for (const { operands } of strokes) {
        const [x, y] = operands as [number, number]
        const outside = x <= left + 0.01 || x >= right - 0.01 || y <= foot + 0.01 || y >= top - 0.01
        expect(outside).toBe(true)
      }
    })
    expect((await print()).drawn.flat().some(({ op }) => op === 'S')).toBe(false)
  })

  it('sets text in pure black, and everything in the one ink', async () => {
    const { drawn } = await print({ cover: true })
    for (const page of drawn) {
      let colour = '0 g'
      for (const { op, operands } of page) {
        if (COLOURS.has(op)) {
          expect(['g', 'G']).toContain(op)
          colour = `${operands[0]} ${op}`
        }
        if (op === 'TJ') expect(colour).toBe('0 g')
      }
    }
  })

  it('makes the number of pages a multiple, with blanks at the end', async () => {
    expect((await print({ multiple: 4 })).pdf.pages).toHaveLength(8)
    expect((await print({ multiple: 1 })).pdf.pages).toHaveLength(5)
    const { drawn, pdf } = await print({ multiple: 16 })
    expect(pdf.pages).toHaveLength(16)
    expect(drawn.slice(5).flat()).toEqual([])
  })

  it('moves pages away from the spine', async () => {
    const places = async (gutter: number) => {
      const { drawn } = await print({ gutter, bleed: 0 })
      return [0, 3].map((page) => (drawn[page]!.find(({ op }) => op === 'cm')!.operands as number[])[4])
    }
    expect(await places(0)).toEqual([0, 0])
    // A recto's spine is on its left, a verso's on its right.
    expect(await places(7)).toEqual([7, -7])
  })

  it('carries to the bleed what touches the edge', async () => {
    const { drawn } = await print({ cover: true, bleed: 9 })
    const rule = drawn[0]!.filter(({ op }) => op === 're')[1]!
    expect(rule.operands).toEqual([-9, -9, WIDTH + 18, HEIGHT + 18])
  })
})

describe('bleed', () => {
  const page = (item: object): Page => ({
    label: '',
    side: 'recto',
    blank: false,
    links: [],
    anchors: [],
    items: [item as Page['items'][number]],
  })
  const image = { kind: 'image', tag: -1, image: 0 }

  it('leaves alone what keeps off the edges', () => {
    const inside = page({ ...image, x: 10, y: 10, width: 50, height: 50 })
    expect(bleedPage(inside, 100, 200, 9)).toBe(inside)
  })

  it('enlarges a picture over the edges it touches, and keeps its shape', () => {
    const cases: [number[], number[]][] = [
      [
        [0, 0, 100, 200],
        [-9, -18, 118, 236],
      ],
      [
        [0, 50, 40, 20],
        [-9, 47.75, 49, 24.5],
      ],
      [
        [80, 190, 20, 10],
        [80, 190, 38, 19],
      ],
    ]
    for (const [[x, y, width, height], want] of cases) {
      const [item] = bleedPage(page({ ...image, x, y, width, height }), 100, 200, 9).items
      const {
        x: left,
        y: top,
        width: wide,
        height: high,
      } = item as { x: number; y: number; width: number; height: number }
      expect([left, top, wide, high].map((n) => Math.round(n * 1e6) / 1e6)).toEqual(want)
    }
  })
})

describe('margins', () => {
  it('are those of the text, by the side of the page', () => {
    const c = compose()
    const document = c.tag('Document', -1)
    c.page('1')
    c.line({ text: 'recto', tag: document }, 50, 100)
    c.page('2')
    c.line({ text: 'verso', tag: document }, 30, 100)
    const typeset = c.finish([])
    const recto = marginsOf(typeset.pages.slice(0, 1), typeset)
    expect(recto.inside).toBe(50)
    expect(recto.outside).toBeGreaterThan(WIDTH - 50 - 25)
    expect(recto.outside).toBeLessThan(WIDTH - 50 - 15)
    expect(marginsOf(typeset.pages.slice(1), typeset).outside).toBe(30)
  })

  it('grow with the number of pages', () => {
    expect([24, 150, 151, 300, 301, 500, 501, 700, 701, 2000].map(insideNeeded)).toEqual([
      27, 27, 36, 36, 45, 45, 54, 54, 63, 63,
    ])
  })

  it('that are too narrow are widened, or told of', async () => {
    const narrow = (left: number, right: number) => {
      const c = compose()
      const document = c.tag('Document', -1)
      c.page('1')
      for (const x of [left, right]) c.line({ text: 'word', tag: document }, x, 100)
      return c.finish([])
    }
    const widened = await print({ gutter: 'auto', bleed: 0 }, narrow(20, 200))
    expect((widened.drawn[0]!.find(({ op }) => op === 'cm')!.operands as number[])[4]).toBe(7)
    expect(widened.told).toEqual([])
    const full = await print({ gutter: 'auto', bleed: 0 }, narrow(20, 258))
    expect(full.told.map((d) => `${d.severity} ${d.code}`)).toEqual(['warning print-margin'])
  })
})
