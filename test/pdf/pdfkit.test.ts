// Each work-round in src/pdf/file/objects.ts has its reason here: a test that fails tells that pdfkit has mended it.
import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { openPdf, type PdfOptions, text } from '../../src/pdf/file/objects.js'
import { makePng } from './images.js'
import { Reference, readPdf, type Stream, type Text } from './reader.js'

const DATE = new Date('2024-02-29T12:30:15Z')

/** A file as pdfkit writes it by itself. */
async function plain(options: object, draw: (doc: PDFKit.PDFDocument) => void = () => {}): Promise<string> {
  const doc = new PDFDocument({
    compress: false,
    info: { CreationDate: DATE },
    ...options,
  } as PDFKit.PDFDocumentOptions)
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>((resolve) => doc.on('end', resolve))
  draw(doc)
  doc.end()
  await done
  return Buffer.concat(chunks).toString('latin1')
}

describe('pdfkit still', () => {
  it('writes titles into XMP unescaped', async () => {
    const file = await plain({ pdfVersion: '1.7', info: { CreationDate: DATE, Title: 'Tom & Jerry <1>' } })
    expect(file).toContain('<rdf:li xml:lang="x-default">Tom & Jerry <1></rdf:li>')
  })

  it('sorts names by a locale', async () => {
    const file = await plain({}, (doc) => {
      for (const name of ['b', 'B', 'a', 'A']) doc.addNamedDestination(name)
    })
    const names = [...file.matchAll(/\((\w)\) \[/g)].map(([, name]) => name)
    expect(names).toHaveLength(4)
    expect(names).not.toEqual(['A', 'B', 'a', 'b'])
  })

  it('writes a table of twenty bytes an object and no object streams', async () => {
    const file = await plain({ pdfVersion: '1.7' })
    expect(file).toMatch(/\nxref\n0 \d+\n0000000000 65535 f \n/)
    expect(file).not.toContain('/ObjStm')
  })

  it('gives two states of a document one ID', async () => {
    const id = async (width: number) =>
      /\/ID (\[.*\])/.exec(await plain({}, (doc) => doc.rect(0, 0, width, 9).fill()))![1]
    expect(await id(10)).toBe(await id(20))
  })

  it('writes a stream of no bytes as no stream', async () => {
    const file = await plain({ autoFirstPage: false, font: '' }, (doc) => {
      const ref = doc.ref({ Type: 'Nothing' }) as unknown as { end(chunk: Uint8Array): void }
      ref.end(new Uint8Array(0))
    })
    expect(file).toMatch(/\/Type \/Nothing\n\/Length 0\n>>\nendobj/)
  })

  it('flips the axis of its pages and gives each a unit and resources', async () => {
    const file = await plain({ size: [100, 200] })
    expect(file).toContain('1 0 0 -1 0 200 cm')
    expect(file).toContain('/UserUnit 1')
    expect(file).toContain('/ProcSet')
  })

  it('points outline entries at the right edge', async () => {
    const file = await plain({ size: [100, 200] }, (doc) => {
      const options = { fit: false, top: 10 } as unknown as { expanded?: boolean }
      doc.outline.addItem('one', options)
    })
    expect(file).toMatch(/\/Dest \[\d+ 0 R \/XYZ 100 190/)
  })

  it('gives tagged links an empty Contents', async () => {
    const file = await plain({ tagged: true, pdfVersion: '1.7' }, (doc) => {
      const link = doc.struct('Link')
      doc.addStructure(link)
      doc.link(0, 0, 9, 9, 'https://example.org/', { structParent: link } as object)
      link.end()
    })
    expect(file).toContain('/Contents ()')
  })

  it('names the current page in the OBJR of a link on an earlier one', async () => {
    const file = await plain({ tagged: true, pdfVersion: '1.7' }, (doc) => {
      const link = doc.struct('Link')
      doc.addStructure(link)
      doc.link(0, 0, 9, 9, 'https://example.org/', { structParent: link } as object)
      doc.addPage()
      link.end()
    })
    const [first] = /\/Kids \[(\d+ 0 R)/.exec(file)!.slice(1)
    const [page] = /\/Type \/OBJR\n\/Obj \d+ 0 R\n\/Pg (\d+ 0 R)/.exec(file)!.slice(1)
    expect(page).not.toBe(first)
  })

  it('lists too few glyphs in the CIDSet of its PDF/UA', async () => {
    const { createRequire } = await import('node:module')
    const font = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
    const file = await plain({ subset: 'PDF/UA', pdfVersion: '1.7', tagged: true, lang: 'en', font }, (doc) =>
      doc.text('éèêñ'),
    )
    const [id] = /\/CIDSet (\d+) 0 R/.exec(file)!.slice(1)
    const stream = new RegExp(`\\n${id} 0 obj\\n[\\s\\S]*?stream\\n([\\s\\S]*?)\\nendstream`).exec(file)![1]!
    let bits = 0
    for (const byte of Buffer.from(stream, 'latin1')) for (let i = 0; i < 8; i++) bits += (byte >> i) & 1
    // Four letters and .notdef have at least their accents and bare letters beside them.
    expect(bits).toBeLessThan(8)
  })

  it('reads a small palette with alpha as if it had eight bits', async () => {
    const png = makePng({ type: 3, bits: 2, interlaced: false, clear: true })
    const file = await plain({}, (doc) => doc.image(Buffer.from(png), 0, 0))
    const mask = /\/ColorSpace \/DeviceGray\n\/Decode \[0 1\]\n\/Length \d+\n>>\nstream\n(.*?)\nendstream/s.exec(
      file,
    )![1]!
    const { inflateSync } = await import('node:zlib')
    const alpha = inflateSync(Buffer.from(mask, 'latin1'))
    expect([...alpha.subarray(0, 4)]).not.toEqual([0, 128, 255, 255])
  })

  it('loads Helvetica unasked', async () => {
    const doc = new PDFDocument({ autoFirstPage: false }) as unknown as { _font: { name: string } | null }
    expect(doc._font?.name).toBe('Helvetica')
  })
})

const OPTIONS: PdfOptions = {
  version: '1.7',
  language: 'en',
  info: { Title: 'A title', CreationDate: DATE },
  xmp: '<x/>',
  identity: 'a book',
}

describe('the file', () => {
  it('holds what was put into it, whatever the way', () => {
    const pdf = openPdf(OPTIONS)
    const first = pdf.reserve(500)
    for (let i = 0; i < 500; i++) pdf.put(first + i, `<</Number ${i}>>`)
    const ref = pdf.ref({ Kind: 'Made', Text: text('é (1)'), First: pdf.named(first) })
    ref.end()
    const stream = pdf.stream({ Kind: 'Stream' }, new Uint8Array([1, 13, 10, 255]))
    const read = readPdf(pdf.finish())
    for (let i = 0; i < 500; i++) expect(read.dict(new Reference(first + i)).get('Number')).toBe(i)
    const made = read.dict(new Reference(ref.id))
    expect((made.get('Text') as Text).text).toBe('é (1)')
    expect(read.dict(made.get('First')).get('Number')).toBe(0)
    expect([...(read.get(new Reference(stream.id)) as Stream).bytes]).toEqual([1, 13, 10, 255])
    expect((read.get(read.catalog.get('Metadata')) as Stream).bytes.toString()).toBe('<x/>')
    expect((read.get(read.dict(read.trailer.get('Info')).get('Title')) as Text).text).toBe('A title')
  })

  it('names an object that was never written, instead of ending without a word', () => {
    const pdf = openPdf(OPTIONS)
    const ref = pdf.ref({})
    expect(() => pdf.finish()).toThrow(`object ${ref.id} was named and never written`)
  })

  it('refuses an object that is written twice, and a stream without bytes', () => {
    const pdf = openPdf(OPTIONS)
    const id = pdf.reserve(1)
    pdf.put(id, 'null')
    pdf.put(id, 'null')
    expect(() => pdf.finish()).toThrow('written twice')
    expect(() => openPdf(OPTIONS).stream({}, new Uint8Array(0))).toThrow('without bytes')
  })

  it('is the same for the same objects', () => {
    const make = () => {
      const pdf = openPdf(OPTIONS)
      pdf.stream({}, new Uint8Array([1, 2, 3]))
      return createHash('sha256').update(pdf.finish()).digest('hex')
    }
    expect(make()).toBe(make())
  })
})
