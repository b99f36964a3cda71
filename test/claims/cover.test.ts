// The cover that shops ask for, beside the EPUB; and the EPUB's own on a screen of another shape. Read back from the finished files.
import { beforeAll, describe, expect, test } from 'vitest'
import { pixelsOf, toJpeg } from '../../src/pdf/index.js'
import { COLUMNS, JPEG_CMYK, JPEG_COLOUR, makePng } from '../pdf/images.js'
import { operators, readPdf, type Stream } from '../pdf/reader.js'
import { type Built, builtFrom } from './built.js'

type Colour = [red: number, green: number, blue: number]

const GREEN: Colour = [20, 120, 60]
const SAND: Colour = [220, 190, 130]
const HOUSE_ACCENT: Colour = [0xa6, 0x21, 0x1c]

/** A field of sand with a frame of green, two pixels in a hundred wide. */
function framed(width: number, height: number): { width: number; height: number; data: Uint8Array } {
  const rim = Math.max(2, Math.round(width / 50))
  const data = new Uint8Array(4 * width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inside = x >= rim && x < width - rim && y >= rim && y < height - rim
      const colour = inside ? SAND : GREEN
      for (let c = 0; c < 3; c++) data[4 * (y * width + x) + c] = colour[c]!
      data[4 * (y * width + x) + 3] = 255
    }
  return { width, height, data }
}

const manifest = (more: string) =>
  `title: The Sea Wall\nlanguage: en\ndate: 2024-01-01\nslug: wall\nbody: [a.md]\n${more}`
const ASKED = 'editions: { epub: { cover-image: true } }\n'
const text = { 'a.md': '# A\n\nA word.\n' }

const opened = (type: 'jpeg' | 'png', bytes: Uint8Array) =>
  pixelsOf({ path: '', type, bytes, width: 0, height: 0 }, 0, { fonts: () => [], family: '' })

async function shown(built: Built): Promise<(x: number, y: number) => Colour> {
  const bytes = built.files.get('wall-cover.jpg')!
  const { width, height, data } = await opened('jpeg', bytes)
  expect([width, height]).toEqual([1600, 2560])
  return (x, y) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)] as Colour
}

/** JPEG keeps flat colours to a step or two. */
function expectColour(colour: Colour, wanted: Colour): void {
  const far = Math.max(...colour.map((channel, i) => Math.abs(channel - wanted[i]!)))
  expect({ colour, wanted, close: far <= 4 }).toEqual({ colour, wanted, close: true })
}

const withCover = async (name: string, bytes: string | Uint8Array) =>
  builtFrom({ ...text, 'book.yaml': manifest(`${ASKED}cover: ${name}\n`), [name]: bytes })

describe('the cover beside the EPUB', () => {
  test('is there when an edition asks for it, and only then', async () => {
    const without = await builtFrom({ ...text, 'book.yaml': manifest('editions: [epub]\n') })
    expect([...without.files.keys()]).toEqual(['wall.epub'])
    const wrong = await builtFrom({ ...text, 'book.yaml': manifest('editions: { epub: { cover-imge: true } }\n') })
    expect(wrong.said.map((one) => [one.code, one.hint])).toEqual([['unknown-key', 'did you mean `cover-image`?']])
  })

  test('is drawn in the theme’s colours, without a profile, the same bytes each time', async () => {
    const one = await builtFrom({ ...text, 'book.yaml': manifest(ASKED) })
    const two = await builtFrom({ ...text, 'book.yaml': manifest(ASKED) })
    expect([...one.files.keys()]).toEqual(['wall.epub', 'wall-cover.jpg'])
    const bytes = Buffer.from(one.files.get('wall-cover.jpg')!)
    expect(bytes.equals(two.files.get('wall-cover.jpg')!)).toBe(true)
    expect(bytes.includes('ICC_PROFILE')).toBe(false)
    expectColour((await shown(one))(5, 5), HOUSE_ACCENT)
  })

  test('takes a picture of its own shape as it is', async () => {
    const built = await withCover('cover.jpg', await toJpeg(framed(1600, 2560)))
    expect(built.said).toEqual([])
    const at = await shown(built)
    expectColour(at(3, 1200), GREEN)
    expectColour(at(800, 2556), GREEN)
    expectColour(at(800, 1200), SAND)
  })

  test('cuts a little of one that is nearly of its shape', async () => {
    const built = await withCover('cover.jpg', await toJpeg(framed(1000, 1500)))
    const at = await shown(built)
    // The frame is gone at the sides, and stands above and below.
    expectColour(at(1, 1200), SAND)
    expectColour(at(1598, 1200), SAND)
    expectColour(at(800, 4), GREEN)
  })

  test('shows others whole, on a ground of their edges’ colour', async () => {
    for (const [width, height] of [
      [1000, 1000],
      [900, 600],
    ] as const) {
      const built = await withCover('cover.jpg', await toJpeg(framed(width, height)))
      const at = await shown(built)
      const top = Math.round((2560 - (1600 * height) / width) / 2)
      for (const y of [2, top - 10, top + 10, 2557]) expectColour(at(800, y), GREEN)
      expectColour(at(3, 1280), GREEN)
      expectColour(at(800, 1280), SAND)
      expectColour(at(800, top + 60), SAND)
    }
  })

  test('is made of SVG and of PNG of every kind too, and what is transparent has the theme’s ground', async () => {
    const square = '<rect width="10" height="10" fill="rgb(20,120,60)"/>'
    const svg = await withCover(
      'cover.svg',
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 16">${square}</svg>`,
    )
    const at = await shown(svg)
    expectColour(at(800, 800), GREEN)
    expectColour(at(800, 2500), [0xf2, 0xe9, 0xd8])
    for (const [type, bits] of [
      [0, 1],
      [0, 16],
      [2, 8],
      [3, 4],
      [4, 8],
      [6, 16],
    ] as const) {
      const bytes = makePng({ type, bits, interlaced: bits === 8, clear: false })
      const { data } = await opened('png', bytes)
      // At the right end red, or grey, is full.
      expect([type, bits, data[4 * (COLUMNS - 1)]]).toEqual([type, bits, 255])
      expect(data[4 * (COLUMNS - 1) + 3]).toBe(255)
    }
  })

  test('says what shops will not like: few pixels, and colours of another profile', async () => {
    const small = await withCover('cover.jpg', await toJpeg(framed(800, 1280)))
    expect(small.said.map((one) => [one.code, one.path, one.message])).toEqual([
      ['cover-image', 'book.yaml', '`cover.jpg` has fewer pixels than shops ask of a cover, and is enlarged to 200 %'],
    ])
    const plain = await toJpeg(framed(1600, 2560))
    const profile = Buffer.from('ICC_PROFILE\0\x01\x01 a profile by the name of Display P3', 'latin1')
    const named = (name: string) => {
      const segment = Buffer.from(profile.toString('latin1').replace('Display P3', name), 'latin1')
      const head = Buffer.from([0xff, 0xe2, (segment.length + 2) >> 8, (segment.length + 2) & 255])
      return Buffer.concat([plain.subarray(0, 2), head, segment, plain.subarray(2)])
    }
    const foreign = await withCover('cover.jpg', named('Display P3'))
    expect(foreign.said.map((one) => [one.code, one.hint])).toEqual([['cover-image', 'save it in sRGB']])
    expect(Buffer.from(foreign.files.get('wall-cover.jpg')!).includes('ICC_PROFILE')).toBe(false)
    expect((await withCover('cover.jpg', named('sRGB IEC61966-2.1'))).said).toEqual([])
  })

  test('is made of CMYK as screens see it', async () => {
    const built = await withCover('cover.jpg', JPEG_CMYK)
    expect(built.said.map(({ code }) => code)).toEqual(['cover-image'])
    expect(built.files.size).toBeGreaterThan(0)
  })

  test('is not made of what nobody can open, and then nothing is', async () => {
    const built = await withCover('cover.jpg', STRANGE)
    expect(built.files.size).toBe(0)
    expect(built.said.map((one) => [one.severity, one.code, one.message])).toEqual([
      ['error', 'image-unreadable', '`cover.jpg` cannot be shown: it is coded in a way that PDF does not know'],
    ])
  })
})

/** Its frame says that it is coded by arithmetic. */
const STRANGE = Buffer.from(JPEG_COLOUR).fill(
  0xc9,
  1 + Buffer.from(JPEG_COLOUR).indexOf('ffc0', 'hex'),
  2 + Buffer.from(JPEG_COLOUR).indexOf('ffc0', 'hex'),
)

describe('the EPUB’s own cover', () => {
  const EPUB = 'editions: [epub]\n'
  let built: Built
  beforeAll(async () => {
    const files = { ...text, 'book.yaml': manifest(`${EPUB}cover: cover.jpg\n`) }
    built = await builtFrom({ ...files, 'cover.jpg': await toJpeg(framed(600, 600)) })
  })

  const pageStyle = (of: Built) => {
    const page = of.inEpub('EPUB/text/cover.xhtml')
    return /body \{[^}]*background-color: #([0-9a-f]{6})/.exec(page)![1]!
  }
  const channels = (hex: string) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Colour

  test('fills what its picture leaves of a screen with the colour of the picture’s edges', () => {
    expect(built.inEpub('EPUB/text/cover.xhtml')).toMatch(
      /img \{[^}]*width: 100%; height: 100vh; [^}]*object-fit: contain/,
    )
    expectColour(channels(pageStyle(built)), GREEN)
  })

  test('is on the theme’s colour where it is drawn, or where nobody can read its colours', async () => {
    expect(pageStyle(await builtFrom({ ...text, 'book.yaml': manifest(EPUB) }))).toBe('a6211c')
    const files = { ...text, 'book.yaml': manifest(`${EPUB}cover: cover.jpg\n`), 'cover.jpg': STRANGE }
    expect(pageStyle(await builtFrom(files))).toBe('a6211c')
  })
})

describe('the PDF’s first page', () => {
  const placed = async (width: number, height: number) => {
    const files = { ...text, 'book.yaml': manifest('editions: [pdf]\ncover: cover.jpg\n') }
    const built = await builtFrom({ ...files, 'cover.jpg': await toJpeg(framed(width, height)) })
    const pdf = readPdf(built.files.get('wall.pdf')!)
    const content = pdf.get(pdf.pages[0]!.get('Contents')) as Stream
    const all = operators(content.bytes.toString('latin1'))
    const page = (pdf.array(pdf.pages[0]!.get('MediaBox')) as number[]).slice(2)
    const matrix = all.findLast(({ op, operands }) => op === 'cm' && operands[0] !== 1)!.operands as number[]
    const fill = all.find(({ op }) => op === 'rg')?.operands as number[] | undefined
    return { page, size: [matrix[0]!, Math.abs(matrix[3]!)], fill: fill?.map((part) => Math.round(255 * part)) }
  }

  test('shows a picture of another shape whole, on the colour of its edges', async () => {
    const { page, size, fill } = await placed(600, 600)
    expect(size.map(Math.round)).toEqual([Math.round(page[0]!), Math.round(page[0]!)])
    expectColour(fill as Colour, GREEN)
  })

  test('is filled by one of nearly its own shape', async () => {
    const { page, size, fill } = await placed(800, 1280)
    expect(size[0]).toBeGreaterThanOrEqual(page[0]! - 0.01)
    expect(size[1]).toBeGreaterThanOrEqual(page[1]! - 0.01)
    expect(fill).toBeUndefined()
  })
})
