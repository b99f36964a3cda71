// Pictures that only printers take as they are: JPEGs of four inks, TIFFs. A press has them untouched; screens and e-readers see them in sRGB.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { build } from '../../src/build.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { jpegInks } from '../../src/pdf/images/inked.js'
import { readTiff } from '../../src/pdf/images/tiff.js'
import { inkOn, tellInk } from '../../src/pdf/proof/ink.js'
import { type Name, type Read, readPdf, Stream } from '../../src/pdf/proof/read-pdf.js'
import { unzip } from '../finished/zip.js'
import { JPEG_CMYK } from '../pdf/images.js'

const PACKINGS = { none: 1, lzw: 5, deflate: 8, packbits: 32773 } as const
type Packing = keyof typeof PACKINGS
const SPACES = { white: [0, 1], gray: [1, 1], rgb: [2, 3], palette: [3, 1], cmyk: [5, 4] } as const
interface Kind {
  space: keyof typeof SPACES
  packing: Packing
  little?: boolean
  differences?: boolean
  alpha?: boolean
}

const WIDTH = 5
const HEIGHT = 4
const ROWS = 3

/** By row, pixel and sample. */
function sampleAt(x: number, y: number, c: number): number {
  return (x * 40 + y * 11 + c * 60) % 256
}

/** Two strips, of three rows and of one. */
function tiff({ space, packing, little = true, differences = false, alpha = false }: Kind): Buffer {
  const [photometric, colours] = SPACES[space]
  const samples = colours + (alpha ? 1 : 0)
  const strip = (from: number, to: number) => {
    const out: number[] = []
    for (let y = from; y < to; y++)
      for (let x = 0; x < WIDTH; x++)
        for (let c = 0; c < samples; c++)
          out.push((sampleAt(x, y, c) - (differences && x > 0 ? sampleAt(x - 1, y, c) : 0)) & 255)
    return pack(Buffer.from(out), packing)
  }
  const strips = [strip(0, ROWS), strip(ROWS, HEIGHT)]
  const entries: [tag: number, type: 3 | 4, values: number[]][] = [
    [256, 3, [WIDTH]],
    [257, 3, [HEIGHT]],
    [258, 3, Array(samples).fill(8)],
    [259, 3, [PACKINGS[packing]]],
    [262, 3, [photometric]],
    [273, 4, []],
    [277, 3, [samples]],
    [278, 3, [ROWS]],
    [279, 4, strips.map((one) => one.length)],
    [317, 3, [differences ? 2 : 1]],
    ...(space === 'palette'
      ? [[320, 3, Array.from({ length: 768 }, (_, i) => ((i % 256) * 257) ^ 0)] as [number, 3, number[]]]
      : []),
  ]
  let at = 8 + 2 + entries.length * 12 + 4
  const blocks: Buffer[] = []
  const put = (bytes: Buffer) => {
    blocks.push(bytes)
    at += bytes.length
    return at - bytes.length
  }
  entries.find(([tag]) => tag === 273)![2] = strips.map(put)
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4)
  const u16 = (out: Buffer, value: number, to: number) =>
    little ? out.writeUInt16LE(value, to) : out.writeUInt16BE(value, to)
  const u32 = (out: Buffer, value: number, to: number) =>
    little ? out.writeUInt32LE(value, to) : out.writeUInt32BE(value, to)
  head.write(little ? 'II' : 'MM', 0, 'latin1')
  u16(head, 42, 2)
  u32(head, 8, 4)
  u16(head, entries.length, 8)
  entries.forEach(([tag, type, values], i) => {
    const to = 10 + 12 * i
    u16(head, tag, to)
    u16(head, type, to + 2)
    u32(head, values.length, to + 4)
    const size = type === 3 ? 2 : 4
    const data = Buffer.alloc(Math.max(4, values.length * size))
    values.forEach((value, k) => void (size === 2 ? u16(data, value, 2 * k) : u32(data, value, 4 * k)))
    if (values.length * size <= 4) data.copy(head, to + 8)
    else u32(head, put(data), to + 8)
  })
  return Buffer.concat([head, ...blocks])
}

function pack(bytes: Buffer, packing: Packing): Buffer {
  if (packing === 'none') return bytes
  if (packing === 'deflate') return deflateSync(bytes)
  if (packing === 'packbits') {
    // A run of three, a row of plain ones, and the mark that says nothing.
    const out: number[] = [128]
    for (let at = 0; at < bytes.length; ) {
      let run = 1
      while (run < 100 && bytes[at + run] === bytes[at]) run++
      if (run > 1) out.push(257 - run, bytes[at]!)
      else out.push(0, bytes[at]!)
      at += run
    }
    return Buffer.from(out)
  }
  // LZW with a table that grows, as its standard writes it.
  const out: number[] = []
  let [held, bits] = [0, 0]
  const write = (code: number, size: number) => {
    held = (held << size) | code
    bits += size
    for (; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 255)
    held &= (1 << bits) - 1
  }
  let table = new Map<string, number>()
  let next = 258
  let size = 9
  const codeOf = (word: string) => (word.length === 1 ? word.charCodeAt(0) : table.get(word)!)
  write(256, size)
  let word = ''
  for (const byte of bytes) {
    const longer = word + String.fromCharCode(byte)
    if (longer.length === 1 || table.has(longer)) {
      word = longer
      continue
    }
    write(codeOf(word), size)
    table.set(longer, next++)
    if (next === 1 << size) size++
    word = String.fromCharCode(byte)
  }
  write(codeOf(word), size)
  write(257, size)
  write(0, 7)
  table = new Map()
  return Buffer.from(out)
}

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
