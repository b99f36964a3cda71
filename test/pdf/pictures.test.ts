import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic.js'
import type { Picture } from '../../src/layout/typeset.js'
import { writePdf } from '../../src/pdf/index.js'
import { compose, METADATA } from './fixture.js'
import * as images from './images.js'
import { type Dict, type Name, operators, type Read, readPdf, Stream, type Text } from './reader.js'

type Edition = Parameters<typeof writePdf>[2]
const PRINT: Edition = {
  name: 'print',
  stock: 'white',
  colour: 'black',
  bleed: 0,
  marks: false,
  gutter: 0,
  cover: false,
  multiple: 1,
  standard: 'x-4',
}

async function show(pictures: Picture[], edition: Edition = { name: 'pdf' }, times = 1) {
  const c = compose()
  const document = c.tag('Document', -1)
  c.page('1')
  for (let time = 0; time < times; time++)
    pictures.forEach((picture, image) => {
      const figure = c.tag('Figure', document, { alt: picture.path })
      c.add({
        kind: 'image',
        tag: figure,
        image,
        x: 20,
        y: 20,
        width: 72,
        height: (72 * picture.height) / picture.width,
      })
    })
  const told: Diagnostic[] = []
  const { bytes } = await writePdf(c.finish([], pictures), METADATA, edition, (d) => told.push(d))
  const pdf = readPdf(bytes)
  const resources = pdf.dict(pdf.pages[0]!.get('Resources'))
  const objects = resources.has('XObject')
    ? [...pdf.dict(resources.get('XObject')).values()].map((o) => pdf.get(o) as Stream)
    : []
  const content = pdf.get(pdf.pages[0]!.get('Contents'))
  return { told, pdf, objects, painted: content instanceof Stream ? operators(content.bytes.toString('latin1')) : [] }
}

/** RGB and alpha of a pixel of an image object, 0 to 255, as a viewer would find them. */
function pixel(pdf: Read, image: Stream, x: number, y: number): number[] {
  const { dict } = image
  const number = (key: string) => dict.get(key) as number
  const space = pdf.get(dict.get('ColorSpace'))
  const base = Array.isArray(space) ? (space[0] as Name).name : (space as Name).name
  const indexed = base === 'Indexed'
  const colours = base === 'DeviceRGB' || base === 'ICCBased' ? 3 : 1
  const samples = rowOf(image.bytes, dict, number('Width') * colours, number('BitsPerComponent'), y, pdf)
  const most = 2 ** number('BitsPerComponent') - 1
  const own = samples.slice(x * colours, (x + 1) * colours)
  const palette = indexed ? Buffer.from((pdf.get((space as never[])[3]) as Text).bytes, 'latin1') : undefined
  const rgb = palette
    ? [...palette.subarray(3 * own[0]!, 3 * own[0]! + 3)]
    : own.map((sample) => Math.round((sample * 255) / most))
  const mask = pdf.get(dict.get('SMask')) as Stream | undefined
  const alpha = mask ? mask.bytes[y * (mask.dict.get('Width') as number) + x]! : 255
  return [...(rgb.length === 1 ? [rgb[0]!, rgb[0]!, rgb[0]!] : rgb), alpha]
}

/** One row's samples, its PNG predictor undone by hand. */
function rowOf(bytes: Buffer, dict: Dict, count: number, bits: number, row: number, pdf: Read): number[] {
  const parms = pdf.get(dict.get('DecodeParms')) as Dict | undefined
  const size = Math.ceil((count * bits) / 8)
  let line = [...bytes.subarray(row * size, (row + 1) * size)]
  if (parms) {
    expect([parms.get('Predictor'), parms.get('Columns'), parms.get('BitsPerComponent')]).toEqual([
      15,
      dict.get('Width'),
      bits,
    ])
    const stride = Math.max(1, ((parms.get('Colors') as number) * bits) >> 3)
    let above: number[] = []
    for (let y = 0; y <= row; y++) {
      const raw = bytes.subarray(y * (size + 1) + 1, (y + 1) * (size + 1))
      const filter = bytes[y * (size + 1)]!
      line = []
      raw.forEach((value, i) => {
        const [left, up, corner] = [line[i - stride] ?? 0, above[i] ?? 0, i >= stride ? (above[i - stride] ?? 0) : 0]
        const guess = left + up - corner
        const near = [left, up, corner].reduce((best, n) => (Math.abs(guess - n) < Math.abs(guess - best) ? n : best))
        line.push((value + [0, left, up, (left + up) >> 1, near][filter]!) & 255)
      })
      above = line
    }
  }
  const samples: number[] = []
  for (let i = 0; i < count; i++) {
    if (bits === 16) samples.push(line[2 * i]! * 256 + line[2 * i + 1]!)
    else samples.push((line[(i * bits) >> 3]! >> (8 - bits - ((i * bits) & 7))) & ((1 << bits) - 1))
  }
  return samples
}

const DEPTHS = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] } as const
const KINDS: images.PngKind[] = ([0, 2, 3, 4, 6] as const).flatMap((type) =>
  DEPTHS[type].flatMap((bits) =>
    [false, true].flatMap((interlaced) =>
      (type < 4 ? [false, true] : [false]).map((clear) => ({ type, bits, interlaced, clear })),
    ),
  ),
)

/** What a PNG of this kind shows at a place. */
function expected(kind: images.PngKind, x: number, y: number): number[] {
  const most = 2 ** kind.bits - 1
  const samples = images.samplesAt(kind, x, y)
  if (kind.type === 3) {
    const [red, green, blue, alpha] = images.paletteColour(samples[0]!)
    return [red, green, blue, kind.clear ? alpha : 255]
  }
  const wide = samples.map((sample) => Math.round((sample * 255) / most))
  const [first, second, third, fourth] = wide as [number, number, number, number]
  const key = images.samplesAt(kind, 3, 0)
  const hidden = kind.clear && key.every((sample, i) => sample === samples[i])
  if (kind.type === 0) return [first, first, first, hidden ? 0 : 255]
  if (kind.type === 2) return [first, second, third, hidden ? 0 : 255]
  if (kind.type === 4) return [first, first, first, second]
  return [first, second, third, fourth]
}

describe('PNG', () => {
  for (const kind of KINDS) {
    const { type, bits, interlaced, clear } = kind
    it(`of type ${type}, ${bits} bits${interlaced ? ', interlaced' : ''}${clear ? ', with a transparent colour' : ''}`, async () => {
      const file = images.picture('a.png', 'png', images.makePng(kind), images.COLUMNS, images.ROWS)
      const { pdf, objects, told } = await show([file])
      expect(told).toEqual([])
      for (const [x, y] of [
        [0, 0],
        [3, 0],
        [3, 1],
        [4, 0],
        [12, 8],
        [7, 5],
        [1, 7],
      ] as const) {
        const got = pixel(pdf, objects[0]!, x, y)
        const want = expected(kind, x, y)
        // A transparent pixel has no colour; 16 bits may have become 8.
        if (want[3] === 0) expect(got[3]).toBe(0)
        else for (const [i, value] of got.entries()) expect(Math.abs(value - want[i]!)).toBeLessThanOrEqual(1)
      }
    })
  }

  it('is laid on white in print', async () => {
    const kind: images.PngKind = { type: 6, bits: 8, interlaced: false, clear: false }
    const { pdf, objects } = await show(
      [images.picture('a.png', 'png', images.makePng(kind), images.COLUMNS, images.ROWS)],
      { ...PRINT, colour: 'standard' },
    )
    expect(objects[0]!.dict.has('SMask')).toBe(false)
    // Half transparent black with blue on white, and the opaque rest as it was.
    expect(pixel(pdf, objects[0]!, 0, 0)).toEqual([127, 127, 127, 255])
    expect(pixel(pdf, objects[0]!, 12, 0)).toEqual([255, 0, 0, 255])
  })

  it('that is cut short, or claims to be huge, is refused with a word', async () => {
    const whole = images.makePng({ type: 2, bits: 8, interlaced: false, clear: false })
    const huge = Uint8Array.from(whole)
    new DataView(huge.buffer).setUint32(16, 1_000_000)
    new DataView(huge.buffer).setUint32(20, 1_000_000)
    const rows = Uint8Array.from(whole)
    new DataView(rows.buffer).setUint32(20, 500)
    const { told, objects } = await show([
      images.picture('short.png', 'png', whole.subarray(0, 50)),
      images.picture('huge.png', 'png', huge),
      images.picture('rows.png', 'png', rows),
      images.picture('empty.png', 'png', new Uint8Array(8)),
    ])
    expect(objects).toEqual([])
    expect(told.map((d) => `${d.severity} ${d.code} ${d.path} ${d.message}`)).toEqual([
      'error image-unreadable short.png `short.png` cannot be shown: it is cut short',
      'error image-unreadable huge.png `huge.png` cannot be shown: it has more than a hundred million pixels',
      'error image-unreadable rows.png `rows.png` cannot be shown: its pixels are cut short',
      'error image-unreadable empty.png `empty.png` cannot be shown: it has no header',
    ])
  })
})

describe('JPEG', () => {
  it('goes in as it is, in its own colours', async () => {
    const { objects, told } = await show([
      images.picture('c.jpg', 'jpeg', images.JPEG_COLOUR),
      images.picture('g.jpg', 'jpeg', images.JPEG_GRAY),
    ])
    expect(told).toEqual([])
    expect(objects.map(({ dict }) => (dict.get('ColorSpace') as Name).name)).toEqual(['DeviceRGB', 'DeviceGray'])
    expect(objects[0]!.raw.equals(images.JPEG_COLOUR)).toBe(true)
    expect([objects[0]!.dict.get('Width'), objects[0]!.dict.get('Height')]).toEqual([24, 16])
  })

  it('in CMYK is refused with a word', async () => {
    const { told } = await show([images.picture('k.jpg', 'jpeg', images.JPEG_CMYK)])
    expect(told.map((d) => d.message)).toEqual([
      '`k.jpg` cannot be shown: it is in CMYK, which looks different on every device',
    ])
  })

  it('is turned upright as its camera says', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const { painted } = await show([images.picture('c.jpg', 'jpeg', turned(orientation))])
      const matrices = painted.filter(({ op }) => op === 'cm').map(({ operands }) => operands as number[])
      // Where the stored picture's upper left corner comes to stand in the unit square, y upwards.
      const [a, b, c, d, e, f] = (matrices[1] ?? [1, 0, 0, 1, 0, 0]) as [number, number, number, number, number, number]
      const corner = [c + e, d + f]
      const right = [a, b]
      // Exif: where row 0 and column 0 of the stored picture are seen.
      const seen: { [orientation: number]: [number[], number[]] } = {
        1: [
          [0, 1],
          [1, 0],
        ],
        2: [
          [1, 1],
          [-1, 0],
        ],
        3: [
          [1, 0],
          [-1, 0],
        ],
        4: [
          [0, 0],
          [1, 0],
        ],
        5: [
          [0, 1],
          [0, -1],
        ],
        6: [
          [1, 1],
          [0, -1],
        ],
        7: [
          [1, 0],
          [0, 1],
        ],
        8: [
          [0, 0],
          [0, 1],
        ],
      }
      expect([corner, right]).toEqual(seen[orientation])
    }
  })
})

/** The colour JPEG with an Exif segment that has an orientation. */
function turned(orientation: number): Uint8Array {
  const exif = Buffer.alloc(36)
  exif.writeUInt16BE(0xffe1, 0)
  exif.writeUInt16BE(34, 2)
  exif.write('Exif\0\0MM\0*', 4, 'latin1')
  exif.writeUInt32BE(8, 14)
  exif.writeUInt16BE(1, 18)
  exif.writeUInt16BE(0x0112, 20)
  exif.writeUInt16BE(3, 22)
  exif.writeUInt32BE(1, 24)
  exif.writeUInt16BE(orientation, 28)
  return Buffer.concat([images.JPEG_COLOUR.subarray(0, 2), exif, images.JPEG_COLOUR.subarray(2)])
}

describe('GIF and WebP', () => {
  it('come as pixels', async () => {
    const { pdf, objects, told } = await show([
      images.picture('i.gif', 'gif', images.GIF_INTERLACED),
      images.picture('l.webp', 'webp', images.WEBP_LOSSY),
      images.picture('a.webp', 'webp', images.WEBP_ALPHA),
    ])
    expect(told).toEqual([])
    const [gif, lossy, clear] = objects as [Stream, Stream, Stream]
    // Its rows come in four passes.
    const reds = Array.from({ length: 16 }, (_, y) => pixel(pdf, gif, 0, y)[0])
    expect(reds).toEqual([230, 230, 230, 230, 162, 162, 162, 162, 93, 93, 93, 26, 93, 26, 26, 26])
    const [red, green, blue] = pixel(pdf, lossy, 12, 15)
    expect([red! > 240, green! > 200, blue! < 30]).toEqual([true, true, true])
    expect(pixel(pdf, clear, 0, 0)[3]).toBeLessThan(10)
    expect(pixel(pdf, clear, 0, 15)[3]).toBeGreaterThan(245)
  })

  it('that are broken are refused with a word', async () => {
    const { told } = await show([
      images.picture('i.gif', 'gif', images.GIF_INTERLACED.subarray(0, 20)),
      images.picture('l.webp', 'webp', images.WEBP_LOSSY.subarray(0, 30)),
    ])
    expect(told.map((d) => [d.code, d.path])).toEqual([
      ['image-unreadable', 'i.gif'],
      ['image-unreadable', 'l.webp'],
    ])
  })
})

describe('SVG', () => {
  const svg = (source: string, width = 100, height = 60) =>
    images.picture('a.svg', 'svg', new TextEncoder().encode(source), width, height)
  const kindOf = (object: Stream) => (object.dict.get('Subtype') as Name).name

  it('becomes paths, its text too', async () => {
    const { objects, told } = await show([svg(images.SVG_PLAIN, 200, 120)])
    expect(told).toEqual([])
    expect(kindOf(objects[0]!)).toBe('Form')
    const drawn = operators(inflateSync(objects[0]!.raw).toString('latin1'))
    const count = (op: string) => drawn.filter((each) => each.op === op).length
    expect({ B: count('B'), f: count('f'), S: count('S'), W: count('W'), d: count('d') }).toEqual({
      B: 1,
      f: 2,
      S: 1,
      W: 1,
      d: 1,
    })
    expect(drawn.filter(({ op }) => op === 'rg').map(({ operands }) => operands)).toEqual([[0.8, 0, 0]])
    expect(count('q')).toBe(count('Q'))
  })

  it('keeps its transparency on screen, and has none in print', async () => {
    const screen = await show([svg(images.SVG_CLEAR)])
    expect(kindOf(screen.objects[0]!)).toBe('Form')
    const states = screen.pdf.dict(screen.pdf.dict(screen.objects[0]!.dict.get('Resources')).get('ExtGState'))
    expect([...states.values()].map((state) => screen.pdf.dict(state).get('ca'))).toEqual([0.5, 0.25])
    const print = await show([svg(images.SVG_CLEAR)], PRINT)
    expect(kindOf(print.objects[0]!)).toBe('Image')
    expect(print.objects[0]!.dict.has('SMask')).toBe(false)
  })

  it('becomes fine pixels where paths cannot say it', async () => {
    const { objects, pdf } = await show([svg(images.SVG_GRADIENT)])
    expect(kindOf(objects[0]!)).toBe('Image')
    expect(objects[0]!.dict.get('Width')).toBe(400)
    const [left] = pixel(pdf, objects[0]!, 2, 100)
    const [, , right] = pixel(pdf, objects[0]!, 397, 100)
    expect([left! > 245, right! > 245]).toEqual([true, true])
  })

  it('with text that no face has is told of', async () => {
    const words = (text: string) =>
      svg(`<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text x="2" y="15">${text}</text></svg>`)
    const { told } = await show([words('Sea 水 <tspan>שלום</tspan>'), words('Sea &amp; <tspan>sand</tspan>')])
    expect(told.map((d) => [d.code, d.message.includes('水')])).toEqual([['image-incomplete', true]])
  })

  it('that is none, or leans on other files, is told of', async () => {
    const { told } = await show([
      svg('<svg xmlns="http://www.w3.org/2000/svg"><rect'),
      svg(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="b.png" width="5" height="5"/><path d="M0 0h5v5z"/></svg>',
      ),
    ])
    expect(told.map((d) => `${d.severity} ${d.code}`)).toEqual(['error image-unreadable', 'warning image-incomplete'])
  })
})

describe('pictures', () => {
  it('are embedded once, however often they are shown', async () => {
    const same = images.makePng({ type: 2, bits: 8, interlaced: false, clear: false })
    const { objects, painted } = await show(
      [images.picture('a.png', 'png', same), images.picture('b.png', 'png', same)],
      { name: 'pdf' },
      3,
    )
    expect(objects).toHaveLength(1)
    expect(painted.filter(({ op }) => op === 'Do')).toHaveLength(6)
  })

  it('are never smoothed on the writer’s word', async () => {
    const { objects } = await show([
      images.picture('a.png', 'png', images.makePng({ type: 2, bits: 8, interlaced: false, clear: false })),
    ])
    expect(objects[0]!.dict.has('Interpolate')).toBe(false)
  })

  it('in print are told of if they are coarse, and their colours are defined', async () => {
    const { told, objects, pdf } = await show([images.picture('a.jpg', 'jpeg', images.JPEG_COLOUR)], {
      ...PRINT,
      colour: 'standard',
    })
    expect(told.filter((d) => d.path !== '').map((d) => `${d.severity} ${d.code} ${d.message}`)).toEqual([
      'warning image-resolution `a.jpg` is printed with 24 dots to the inch in the edition `print`, fewer than 300',
    ])
    const [kind, profile] = pdf.array(objects[0]!.dict.get('ColorSpace'))
    expect((kind as Name).name).toBe('ICCBased')
    expect(pdf.dict(profile).get('N')).toBe(3)
  })
})
