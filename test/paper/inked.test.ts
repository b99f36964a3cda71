// Pictures that only printers take as they are: JPEGs of four inks, TIFFs. A press has them untouched; screens and e-readers see them in sRGB.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createProver } from '../../src/build/proof.js'
import { build } from '../../src/build.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { jpegInks } from '../../src/pdf/images/printers-pictures.js'
import { readTiff } from '../../src/pdf/images/tiff.js'
import { inkOn, tellInk } from '../../src/pdf/proof/ink.js'
import { type Name, type Read, readPdf, Stream } from '../../src/pdf/proof/read-pdf.js'
import { unzip } from '../finished/zip.js'
import { JPEG_CMYK } from '../pdf/images.js'
import { HEIGHT, type Kind, PACKINGS, type Packing, SPACES, sampleAt, tiff, WIDTH } from '../pdf/tiff.js'

describe('a TIFF', () => {
  const kinds: Kind[] = (Object.keys(SPACES) as Kind['space'][]).flatMap((space) =>
    (Object.keys(PACKINGS) as Packing[]).map((packing) => ({ space, packing })),
  )
  test.each([
    ...kinds,
    { space: 'rgb', packing: 'lzw', differences: true } as Kind,
    { space: 'cmyk', packing: 'deflate', differences: true, little: false } as Kind,
    { space: 'rgb', packing: 'none', alpha: true } as Kind,
    { space: 'gray', packing: 'packbits', little: false } as Kind,
  ])('of $space, packed by $packing', (kind) => {
    const { width, height, space, pixels, alpha } = readTiff(tiff(kind))
    expect([width, height, space]).toEqual([
      WIDTH,
      HEIGHT,
      kind.space === 'palette' ? 'rgb' : kind.space === 'white' ? 'gray' : kind.space,
    ])
    const expected: number[] = []
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++) {
        const of = (c: number) => sampleAt(x, y, c)
        if (kind.space === 'palette') expected.push(of(0), of(0), of(0))
        else if (kind.space === 'white') expected.push(255 - of(0))
        else for (let c = 0; c < SPACES[kind.space][1]; c++) expected.push(of(c))
      }
    expect([...pixels!]).toEqual(expected)
    expect(alpha?.[1]).toBe(kind.alpha ? sampleAt(1, 0, 3) : undefined)
  })

  test('that is cut short at any byte, or changed in any, never breaks anything', () => {
    const whole = tiff({ space: 'cmyk', packing: 'lzw' })
    const read = (bytes: Uint8Array) => {
      try {
        readTiff(bytes)
      } catch (reason) {
        expect((reason as Error).message).toMatch(/^its? /)
      }
    }
    for (let end = 8; end < whole.length; end++) read(whole.subarray(0, end))
    for (let at = 4; at < whole.length; at++)
      for (const value of [0, 1, 127, 255]) {
        const changed = Buffer.from(whole)
        changed[at] = value
        // What claims to be as large as a wall is refused before it is unpacked.
        read(changed)
      }
  })
})

async function bound(files: Record<string, Uint8Array>, print: string) {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-inked-'))
  try {
    const text = Object.keys(files).map((name) => `![A picture](${name})\n\n`)
    const book = `title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\nignore: [image-resolution]\neditions:\n  epub: {}\n  pdf: {}\n  print: ${print}\n`
    for (const [name, content] of Object.entries({ ...files, 'book.yaml': book, 'a.md': `# One\n\n${text.join('')}` }))
      writeFileSync(join(dir, name), content)
    const { files: made, diagnostics } = await build({ book: dir, out: false })
    const bytes = (edition: string) => made.find((one) => one.edition === edition)?.bytes ?? new Uint8Array()
    return { said: diagnostics.map((one) => `${one.code}: ${one.message}`), bytes }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function imagesOf(bytes: Uint8Array): { pdf: Read; images: Stream[] } {
  const pdf = readPdf(bytes)
  const images = [...pdf.objects.values()].filter(
    (one): one is Stream => one instanceof Stream && (one.dict.get('Subtype') as Name | undefined)?.name === 'Image',
  )
  return { pdf, images: images.filter(({ dict }) => (dict.get('Width') as number) < 100) }
}

const spaceOf = ({ dict }: Stream) => {
  const space = dict.get('ColorSpace')
  return Array.isArray(space) ? (space[0] as Name).name : (space as Name).name
}

describe('a picture of four inks', () => {
  test('goes to a press as it is, and to screens in sRGB', async () => {
    const inks = tiff({ space: 'cmyk', packing: 'lzw' })
    const { said, bytes } = await bound({ 'a.jpg': JPEG_CMYK, 'b.tif': inks }, '{ colour: cmyk }')
    expect(said).toEqual([])
    const print = imagesOf(bytes('print'))
    expect(print.images.map(spaceOf)).toEqual(['DeviceCMYK', 'DeviceCMYK'])
    const [photo] = print.images
    expect(Buffer.compare(photo!.raw, Buffer.from(JPEG_CMYK))).toBe(0)
    const epub = unzip(bytes('epub'))
    const pictures = [...epub].filter(([name]) => /\/images\/[ab]\./.test(name))
    expect(pictures.map(([name]) => name.replace(/.*\//, '')).sort()).toEqual(['a.jpg', 'b.jpg'])
    // Of three colours: the frame's segment says so.
    for (const [, file] of pictures) expect(Buffer.from(file).includes(Buffer.from([0xff, 0xc4]))).toBe(true)
    const screen = imagesOf(bytes('pdf'))
    expect(screen.images.map(spaceOf).every((name) => name !== 'DeviceCMYK')).toBe(true)
  })

  test('is black ink where there is no other, and colours of screens where those are asked for', async () => {
    const files = {
      'a.jpg': JPEG_CMYK,
      'b.tif': tiff({ space: 'cmyk', packing: 'none' }),
      'c.tif': tiff({ space: 'rgb', packing: 'none' }),
    }
    const black = await bound(files, '{ colour: black }')
    expect(imagesOf(black.bytes('print')).images.map(spaceOf)).toEqual(['DeviceGray', 'DeviceGray', 'DeviceGray'])
    const lights = await bound(files, '{ colour: premium }')
    expect(imagesOf(lights.bytes('print')).images.map(spaceOf)).toEqual(['ICCBased', 'ICCBased', 'ICCBased'])
  })

  test('with more ink than the press bears has less of it', async () => {
    const { bytes } = await bound({ 'b.tif': tiff({ space: 'cmyk', packing: 'none' }) }, '{ colour: cmyk, ink: 200 }')
    expect(Math.max(...(await inkOn(readPdf(bytes('print')))))).toBeLessThanOrEqual(201)
    expect(
      Math.max(...readTiff(tiff({ space: 'cmyk', packing: 'none' })).pixels!.filter((_, i) => i % 4 === 0)),
    ).toBeGreaterThan(100)
  })

  test('has its ink counted where it stays a JPEG, by every four of its dots', async () => {
    const { bytes } = await bound({ 'a.jpg': JPEG_CMYK }, '{ colour: cmyk }')
    const { pixels, width, height } = await jpegInks(JPEG_CMYK)
    const sum = (x: number, y: number) => [0, 1, 2, 3].reduce((all, c) => all + pixels![4 * (y * width + x) + c]!, 0)
    let most = 0
    for (let y = 0; y + 1 < height; y++)
      for (let x = 0; x + 1 < width; x++)
        most = Math.max(most, sum(x, y) + sum(x + 1, y) + sum(x, y + 1) + sum(x + 1, y + 1))
    const found = Math.max(...(await inkOn(readPdf(bytes('print')))))
    expect(Math.abs(found - most / 4 / 2.55)).toBeLessThan(2)
    expect(found).toBeGreaterThan(101)
  })

  test('is refused where it is a JPEG of more ink than it may have', async () => {
    const { bytes } = await bound({ 'a.jpg': JPEG_CMYK }, '{ colour: cmyk }')
    const told: Diagnostic[] = []
    await tellInk(bytes('print'), 120, (one) => void told.push(one))
    expect(told).toMatchObject([{ code: 'receiver-refuses', severity: 'error' }])
    expect(told[0]!.message).toMatch(/^the edition bears 120 % of ink on one spot, and page \d+ has \d+ %$/)
  })

  test('is shown anew when the printer’s profile is another', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'octavo-inked-'))
    try {
      const book =
        'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\nignore: [image-resolution]\neditions:\n  epub: {}\n  pdf: {}\n  print: { colour: cmyk, profile: press.icc }\n'
      const house = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../assets/icc/coated-fogra39.icc'))
      for (const [name, content] of Object.entries({
        ...{ 'book.yaml': book, 'a.md': '# One\n\n![A picture](a.jpg)\n', 'a.jpg': JPEG_CMYK, 'press.icc': house },
      }))
        writeFileSync(join(dir, name), content)
      const prover = createProver()
      const shown = async () => {
        const { proof } = await prover.prove(dir)
        const file = await proof!.epub.read('images/a.jpg')
        return { text: Buffer.from(file!.content as Uint8Array), page: Buffer.from(proof!.pages.images[0]!.bytes) }
      }
      const first = await shown()
      // of other inks: those of its tables by which they are seen are half as light
      const other = Buffer.from(house)
      for (let i = 0; i < house.readUInt32BE(128); i++) {
        const at = 132 + 12 * i
        if (!/^A2B/.test(house.toString('latin1', at, at + 4))) continue
        const [from, size] = [house.readUInt32BE(at + 4), house.readUInt32BE(at + 8)]
        for (let k = from + (size >> 2); k < from + (size >> 1); k++) other[k]! >>= 1
      }
      writeFileSync(join(dir, 'press.icc'), other)
      const second = await shown()
      expect(Buffer.compare(first.text, second.text)).not.toBe(0)
      expect(Buffer.compare(second.text, second.page)).toBe(0)
      writeFileSync(join(dir, 'press.icc'), house)
      expect(Buffer.compare((await shown()).text, first.text)).toBe(0)
    } finally {
      rmSync(dir, { recursive: true })
    }
  })

  test('is opened by its inks: Adobe’s are the wrong way round', async () => {
    const { pixels, space } = await jpegInks(JPEG_CMYK)
    expect(space).toBe('cmyk')
    expect(pixels!.length % 4).toBe(0)
  })

  test.each([
    ['cut short', JPEG_CMYK.subarray(0, JPEG_CMYK.length - 20)],
    ['of 16 bits', Buffer.from(tiff({ space: 'rgb', packing: 'none' })).fill(16, 34, 35)],
  ])('that is %s is told of', async (_, file) => {
    const { said } = await bound({ 'a.jpg': file as Uint8Array }, '{ colour: cmyk }')
    expect(said.length).toBeGreaterThan(0)
  })
})
