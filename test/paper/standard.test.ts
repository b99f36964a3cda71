// PDF/X: each standard is kept, by our own rules; and each rule finds what breaks it, in a file that was changed by hand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import { STANDARDS, type Standard } from '../../src/model/inks.js'
import { faultsOf } from '../../src/pdf/proof/standard.js'
import { JPEG_COLOUR } from '../pdf/images.js'

async function made(standard: Standard, colour: string): Promise<Uint8Array[]> {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-standard-'))
  try {
    const settings = `{ colour: ${colour}, standard: "${standard}", marks: true }`
    const book = `title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\nignore: [image-resolution]\neditions:\n  print: ${settings}\n  cover-wrap: {}\n`
    writeFileSync(join(dir, 'book.yaml'), book)
    writeFileSync(join(dir, 'a.md'), '# One\n\nBlack words.\n\n![A picture](a.jpg)\n')
    writeFileSync(join(dir, 'a.jpg'), JPEG_COLOUR)
    const { files, diagnostics } = await build({ book: dir, out: false })
    expect(diagnostics).toEqual([])
    return files.map(({ bytes }) => bytes!)
  } finally {
    rmSync(dir, { recursive: true })
  }
}

describe.each(STANDARDS)('%s', (standard) => {
  test.each(['black', 'standard', 'cmyk'])('is kept in %s, inside and cover', async (colour) => {
    const files = await made(standard, colour)
    expect(files).toHaveLength(2)
    for (const bytes of files) expect(faultsOf(bytes, standard)).toEqual([])
    const version =
      { 'x-1a:2001': '1.3', 'x-3:2002': '1.3', 'x-1a:2003': '1.4', 'x-3:2003': '1.4' }[standard as string] ?? '1.6'
    for (const bytes of files) expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe(`%PDF-${version}`)
  })
})

describe('each rule finds what breaks it', () => {
  let plain: string
  beforeAll(async () => {
    plain = Buffer.from((await made('x-1a:2001', 'cmyk'))[0]!).toString('latin1')
  })
  /** Of the same length, so that everything stays in its place. */
  const broken = (from: string, to: string): string[] => {
    expect(plain).toContain(from)
    expect(to).toHaveLength(from.length)
    return faultsOf(Buffer.from(plain.replaceAll(from, to), 'latin1'), 'x-1a:2001')
  }

  test.each([
    ['it is of a version of PDF after 1.3', '%PDF-1.3', '%PDF-1.5'],
    ['it has no ID', '/ID[<', '/IX[<'],
    ['its information lacks Title', '/Title', '/Tutle'],
    ['its information lacks ModDate', '/ModDate', '/MadDate'],
    ['it does not say whether it is trapped', '/Trapped', '/Tropped'],
    ['its information does not name the standard', '(PDF/X-1:2001)', '(PDF/X-9:2001)'],
    ['its information does not name the standard', '(PDF/X-1a:2001)', '(PDF/X-1b:2001)'],
    ['it has 0 conditions of printing', '/GTS_PDFX\n', '/GTS_PDFY\n'],
    ['its condition of printing has no name', '/OutputConditionIdentifier', '/OutputConditionIdentifies'],
    [
      'its condition of printing is neither registered nor described',
      '(http://www.color.org)',
      '(http://www.colour.or)',
    ],
    ['a page does not say where it is cut', '/TrimBox', '/TrumBox'],
    ['a page’s boxes do not lie in each other', '/MediaBox[0 0 ', '/MediaBox[90 '.padEnd(14, ' ')],
    ['a page has notes or actions', '/BleedBox', '/Annots  '],
    ['it has colours in DeviceRGB', '/ColorSpace /DeviceCMYK', '/ColorSpace /DeviceRGB '],
    [
      'it is packed in a way that the standard does not have',
      '/DeviceCMYK\n/Filter /FlateDecode',
      '/DeviceCMYK\n/Filter /LZWDecode  ',
    ],
    ['a face is not in it', '/FontFile2', '/FontFole2'],
    ['it is transparent', '/OPM 1', '/ca .5'],
  ])('%s', (fault, from, to) => {
    expect(broken(from, to)).toContain(fault)
  })

  test('lights, and newer files, are none of PDF/X-1a', async () => {
    const [lights] = await made('x-3:2002', 'standard')
    expect(faultsOf(lights!, 'x-3:2002')).toEqual([])
    expect(faultsOf(lights!, 'x-1a:2001')).toContain('it has colours in ICCBased')
    const [modern] = await made('x-4', 'cmyk')
    expect(faultsOf(modern!, 'x-1a:2001')).toEqual(
      expect.arrayContaining(['it is of a version of PDF after 1.3', 'its information does not name the standard']),
    )
  })
})
