import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import { writePdf } from '../../src/pdf/index.js'
import { METADATA } from './fixture.js'
import { makePng, picture } from './images.js'
import { type Dict, Name, type Obj, type Read, type Reference, readPdf, type Stream, Text } from './reader.js'
import { LONG, sample } from './sample.js'
import { contentOf, tagTree } from './tagtree.js'

async function write(metadata = METADATA): Promise<{ bytes: Uint8Array; pdf: Read; told: Diagnostic[] }> {
  const told: Diagnostic[] = []
  const { bytes } = await writePdf(sample(), metadata, { name: 'pdf' }, (d) => told.push(d))
  return { bytes, pdf: readPdf(bytes), told }
}

const { bytes, pdf, told } = await write()
const name = (value: Obj | undefined) => (value as Name).name
const text = (value: Obj | undefined) => (value as Text).text

describe('the screen edition', () => {
  it('has nothing to say about a good book', () => {
    expect(told).toEqual([])
  })

  it('is the same every time', async () => {
    const hash = (file: Uint8Array) => createHash('sha256').update(file).digest('hex')
    expect(hash((await write()).bytes)).toBe(hash(bytes))
  })

  it('has an ID that changes with its content, and one that stays', async () => {
    const other = (await write({ ...METADATA, description: 'Revised' })).pdf
    const ids = (file: Read) => file.array(file.trailer.get('ID')).map((id) => (id as Text).bytes)
    expect(ids(other)[0]).toBe(ids(pdf)[0])
    expect(ids(other)[1]).not.toBe(ids(pdf)[1])
  })

  it('has this tree of tags', async () => {
    await expect(tagTree(pdf)).toMatchFileSnapshot('golden/sample.tags.txt')
  })

  it('says where its figures stand', async () => {
    const png = makePng({ type: 2, bits: 8, interlaced: false, clear: false })
    const images = [picture('a.png', 'png', png, 40, 40), picture('b.png', 'png', png, 40, 40)]
    const { bytes } = await writePdf(sample(images), METADATA, { name: 'pdf' }, () => {})
    const figures = tagTree(readPdf(bytes)).match(/Figure Alt="Picture.*/g)
    expect(figures).toEqual([
      expect.stringMatching(/^Figure Alt="Picture 0" Placement=Block BBox=44 [\d.]+ 84 [\d.]+$/),
      expect.stringMatching(/^Figure Alt="Picture 1" Placement=Block BBox=94 [\d.]+ 134 [\d.]+$/),
    ])
  })

  it('marks heads and folios as pagination', () => {
    const [stream] = pdf.pages
      .slice(4, 5)
      .map((page) => (pdf.get(page.get('Contents')) as Stream).bytes.toString('latin1'))
    expect(stream).toContain('/Artifact<</Type/Pagination/Subtype/Header>>BDC')
    expect(stream).toContain('/Artifact<</Type/Pagination/Subtype/Footer>>BDC')
    expect(contentOf(pdf, pdf.pages[4]!).artifacts).toBe('[rule]The Office2')
  })

  it('gives the author’s words back, in order and whole', () => {
    const shown = pdf.pages.map((page) => [...contentOf(pdf, page).marked.values()].join('')).join('')
    expect(shown).toContain('­')
    expect(shown.replaceAll('­', '')).toContain(LONG.replaceAll('­', ''))
    expect(shown).toContain('nineteen thirty-six')
  })

  it('leads from every mark and every annotation back to its element', () => {
    const root = pdf.dict(pdf.catalog.get('StructTreeRoot'))
    const numbers = new Map<number, Obj>()
    for (const leaf of pdf.array(pdf.dict(root.get('ParentTree')).get('Kids'))) {
      const nums = pdf.array(pdf.dict(leaf).get('Nums'))
      for (let i = 0; i < nums.length; i += 2) numbers.set(nums[i] as number, nums[i + 1]!)
    }
    let annotations = 0
    pdf.pages.forEach((page) => {
      const marks = contentOf(pdf, page).marked
      const parents = marks.size > 0 ? pdf.array(numbers.get(page.get('StructParents') as number)) : []
      expect(parents.length).toBe(marks.size)
      for (const annotation of pdf.array(page.get('Annots'))) {
        const element = pdf.dict(numbers.get(pdf.dict(annotation).get('StructParent') as number))
        expect(name(element.get('S'))).toBe('Link')
        const objects = pdf.array(element.get('K')).filter((kid) => kid instanceof Map && kid.has('Obj')) as Dict[]
        expect(objects.map((kid) => (kid.get('Obj') as Reference).id)).toContain((annotation as Reference).id)
        annotations++
      }
      if (page.has('Annots')) expect(name(page.get('Tabs'))).toBe('S')
    })
    expect(annotations).toBe(5)
    expect(root.get('ParentTreeNextKey')).toBeGreaterThan(Math.max(...numbers.keys()))
  })

  it('has links that say where they lead, and destinations for them', () => {
    const names: string[] = []
    for (const leaf of pdf.array(pdf.dict(pdf.dict(pdf.catalog.get('Names')).get('Dests')).get('Kids'))) {
      const entries = pdf.array(pdf.dict(leaf).get('Names'))
      for (let i = 0; i < entries.length; i += 2) {
        names.push(text(entries[i]))
        expect(pdf.pageIds).toContain((pdf.array(entries[i + 1])[0] as Reference).id)
      }
    }
    expect(names).toEqual(['note-1', 'one', 'two'])
    for (const page of pdf.pages) {
      for (const annotation of pdf.array(page.get('Annots')).map((a) => pdf.dict(a))) {
        expect(text(annotation.get('Contents'))).not.toBe('')
        expect(annotation.get('F')).toBe(4)
        if (annotation.has('Dest')) expect(names).toContain(text(annotation.get('Dest')))
      }
    }
  })

  it('numbers its pages as printed', () => {
    const labels = pdf.array(pdf.dict(pdf.catalog.get('PageLabels')).get('Nums'))
    const shown = labels.map((entry) =>
      entry instanceof Map
        ? [...entry]
            .map(
              ([key, value]) =>
                `${key}=${value instanceof Text ? value.text : value instanceof Name ? value.name : value}`,
            )
            .join(' ')
        : entry,
    )
    expect(shown).toEqual([0, 'P=Cover', 1, 'S=r', 3, 'S=D'])
  })

  it('has an outline like the book', () => {
    const lines: string[] = []
    const walk = (first: Obj | undefined, depth: number) => {
      for (let at = first; at; at = pdf.dict(at).get('Next')) {
        const item = pdf.dict(at)
        const [page, kind, left] = pdf.array(item.get('Dest'))
        lines.push(
          `${'  '.repeat(depth)}${text(item.get('Title'))} ${pdf.pageIds.indexOf((page as Reference).id)} ${name(kind)} ${left}`,
        )
        walk(item.get('First'), depth + 1)
      }
    }
    walk(pdf.dict(pdf.catalog.get('Outlines')).get('First'), 0)
    expect(lines).toEqual([
      'Contents 1 XYZ 0',
      'The Office 3 XYZ 0',
      'Öl & Wasser 5 XYZ 0',
      '  A Second Heading 5 XYZ 0',
    ])
  })

  it('says what it is in well-formed XMP', () => {
    const xmp = (pdf.get(pdf.catalog.get('Metadata')) as Stream).bytes.toString('utf8')
    expect(xmp).toContain('<rdf:li xml:lang="x-default">Tom &amp; Jerry &lt;1&gt;, «почти» книга</rdf:li>')
    expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(xmp).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
    expect(xmp.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/)
    const open: string[] = []
    for (const [, close, tag, empty] of xmp.replace(/<\?.*?\?>/gs, '').matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(tag)
      else if (!empty) open.push(tag!)
    }
    expect(open).toEqual([])
  })

  it('asks viewers to show its title, and tells its language', () => {
    expect(pdf.dict(pdf.catalog.get('ViewerPreferences')).get('DisplayDocTitle')).toBe(true)
    expect(pdf.dict(pdf.catalog.get('MarkInfo')).get('Marked')).toBe(true)
    expect(text(pdf.catalog.get('Lang'))).toBe('en')
  })

  it('embeds the faces it shows, cut down, with their widths and no CIDSet', () => {
    const fonts = [...pdf.dict(pdf.dict(pdf.pages[0]!.get('Resources')).get('Font')).values()].map((font) =>
      pdf.dict(font),
    )
    expect(fonts).toHaveLength(3)
    for (const font of fonts) {
      expect(name(font.get('BaseFont'))).toMatch(/^[A-Z]{6}\+[\w-]+$/)
      const descendant = pdf.dict(pdf.array(font.get('DescendantFonts'))[0])
      const descriptor = pdf.dict(descendant.get('FontDescriptor'))
      expect(descriptor.has('CIDSet')).toBe(false)
      expect((pdf.get(descriptor.get('FontFile2')) as Stream).bytes.length).toBeLessThan(40_000)
      for (const key of ['Ascent', 'CapHeight', 'StemV']) expect(descriptor.get(key)).toBeGreaterThan(40)
      const map = (pdf.get(descendant.get('CIDToGIDMap')) as Stream).bytes
      const file = (pdf.get(descriptor.get('FontFile2')) as Stream).bytes
      for (const [code, width] of widthsOf(pdf, descendant))
        expect(advanceOf(file, map.readUInt16BE(2 * code))).toBeCloseTo(width, 0)
    }
  })

  it('is an sRGB file', () => {
    const [intent] = pdf.array(pdf.catalog.get('OutputIntents')).map((i) => pdf.dict(i))
    const profile = (pdf.get(intent!.get('DestOutputProfile')) as Stream).bytes
    expect(profile.length).toBe(profile.readUInt32BE(0))
    expect(profile.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ')
    // White is the sum of the three primaries: the white of the connection space.
    const white = [0, 0, 0]
    for (let i = 0; i < profile.readUInt32BE(128); i++) {
      const tag = profile.toString('latin1', 132 + 12 * i, 136 + 12 * i)
      const at = profile.readUInt32BE(136 + 12 * i)
      if (/^[rgb]XYZ$/.test(tag)) for (let c = 0; c < 3; c++) white[c]! += profile.readInt32BE(at + 8 + 4 * c) / 65536
    }
    expect(white.map((n) => Math.round(n * 1000))).toEqual([964, 1000, 825])
  })
})

function widthsOf(file: Read, descendant: Dict): Map<number, number> {
  const out = new Map<number, number>()
  const w = file.array(descendant.get('W'))
  for (let i = 0; i < w.length; i += 2)
    file.array(w[i + 1]).forEach((width, j) => {
      out.set((w[i] as number) + j, width as number)
    })
  return out
}

function advanceOf(font: Buffer, glyph: number): number {
  const tables = new Map<string, number>()
  for (let i = 0; i < font.readUInt16BE(4); i++)
    tables.set(font.toString('latin1', 12 + 16 * i, 16 + 16 * i), font.readUInt32BE(20 + 16 * i))
  const count = font.readUInt16BE(tables.get('hhea')! + 34)
  const advance = font.readUInt16BE(tables.get('hmtx')! + 4 * Math.min(glyph, count - 1))
  return (advance * 1000) / font.readUInt16BE(tables.get('head')! + 18)
}
