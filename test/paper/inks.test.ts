// The inks of files for printers: black alone, four by a profile, ink that is limited, conditions by their name; judged by Ghostscript where it is.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { build, type Diagnostic } from '../../src/build.js'
import { limitInk, openPress } from '../../src/pdf/colour/press.js'
import { srgbProfile } from '../../src/pdf/file/icc.js'
import { inkOn } from '../../src/pdf/proof/ink.js'
import { type Name, operators, type Read, readPdf, Stream, type Text } from '../../src/pdf/proof/read-pdf.js'
import { faultOf } from '../../src/read/profile.js'
import { chunk, JPEG_COLOUR } from '../pdf/images.js'

const HOUSE = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../assets/icc/coated-fogra39.icc'))
const hasGhostscript = spawnSync('gs', ['--version']).status === 0

/** A PNG of 8 bits: `rows` by their samples. */
function png(width: number, type: 2 | 3, rows: number[][], palette?: number[], profile?: Uint8Array): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(rows.length, 4)
  head.set([8, type], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    ...(profile ? [chunk('iCCP', Buffer.concat([Buffer.from('own\0\0', 'latin1'), deflateSync(profile)]))] : []),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    chunk('IDAT', deflateSync(Buffer.from(rows.flatMap((row) => [0, ...row])))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="30" height="20" fill="#c1272d"/><path d="M2 10H28" stroke="#000000"/></svg>'
const FILES = {
  'a.md':
    '# One\n\nBlack words.\n\n![A picture](a.png)\n\n![Grey](b.png)\n\n![Grey](c.png)\n\n![Flat](d.png)\n\n![Drawn](e.svg)\n\n![Taken](f.jpg)\n',
  // In this order: colours, greys as colours, greys of a palette, a drawing of few colours.
  'a.png': png(3, 2, [[200, 30, 40, 10, 60, 20, 60, 5, 60]]),
  'b.png': png(2, 2, [[0, 0, 0, 128, 128, 128]]),
  'c.png': png(2, 3, [[0, 1]], [0, 0, 0, 90, 90, 90, 255, 0, 0]),
  'd.png': png(3, 3, [[0, 1, 2]], [0, 0, 0, 200, 30, 40, 128, 128, 128]),
  'e.svg': SVG,
  'f.jpg': JPEG_COLOUR,
}

async function printed(
  print: string,
  files: Record<string, string | Uint8Array> = FILES,
  more = '',
): Promise<{ pdf: Read; bytes: Uint8Array; said: Diagnostic[]; advice: string[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-inks-'))
  try {
    const book = `title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\nignore: [image-resolution]\n${more}editions:\n  print: ${print}\n`
    for (const [name, content] of Object.entries({ ...files, 'book.yaml': book }))
      writeFileSync(join(dir, name), content)
    const { files: made, diagnostics } = await build({ book: dir, out: false, editions: ['print'] })
    const bytes = made[0]?.bytes ?? new Uint8Array()
    return {
      pdf: bytes.length > 0 ? readPdf(bytes) : (undefined as unknown as Read),
      bytes,
      said: diagnostics,
      advice: made[0]?.advice ?? [],
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function contentsOf(pdf: Read): { op: string; operands: unknown[] }[] {
  const streams = [...pdf.objects.values()].filter((one): one is Stream => one instanceof Stream)
  const forms = streams.filter(({ dict }) => (dict.get('Subtype') as Name | undefined)?.name === 'Form')
  const pages = pdf.pages.map((page) => pdf.get(page.get('Contents'))).filter((one) => one instanceof Stream)
  return [...pages, ...forms].flatMap((one) => operators(one.bytes.toString('latin1')))
}

/** What colours its pictures are in, sorted. */
function spacesOf(pdf: Read): string[] {
  const images = [...pdf.objects.values()].filter(
    (one): one is Stream => one instanceof Stream && (one.dict.get('Subtype') as Name | undefined)?.name === 'Image',
  )
  return images
    .map(({ dict }) => {
      const space = pdf.get(dict.get('ColorSpace'))
      if (!Array.isArray(space)) return (space as Name).name
      const base = pdf.get(space[1])
      return `${(space[0] as Name).name} ${Array.isArray(base) ? (base[0] as Name).name : base instanceof Stream ? '' : (base as Name).name}`.trim()
    })
    .sort()
}

const COLOURING = new Set(['g', 'G', 'rg', 'RG', 'k', 'K', 'cs', 'CS', 'sc', 'scn', 'SC', 'SCN'])
const coloursOf = (pdf: Read) => new Set(contentsOf(pdf).flatMap(({ op }) => (COLOURING.has(op) ? [op] : [])))
const lines = (said: readonly Diagnostic[]) => said.map((one) => `${one.line} ${one.code}: ${one.message}`)

describe('a book in black', () => {
  test('has black ink alone, its pictures in greys, and says which have lost their colours', async () => {
    const { pdf, advice, said } = await printed('{ colour: black }')
    expect([...coloursOf(pdf)].sort()).toEqual(['G', 'g'])
    expect(spacesOf(pdf)).toEqual(['DeviceGray', 'DeviceGray', 'DeviceGray', 'DeviceGray', 'DeviceGray'])
    expect(advice).toEqual(['in black ink, colours as greys by their lightness: a.png, d.png, e.svg, f.jpg'])
    expect(said).toEqual([])
  })

  test.runIf(hasGhostscript)('by Ghostscript’s separations', async () => {
    const { bytes } = await printed('{ colour: black }')
    expect(inksBy(bytes)).toEqual({ cyan: 0, magenta: 0, yellow: 0, black: expect.any(Number) })
  })
})

/** Of all pages together, how much of each ink; by Ghostscript. */
function inksBy(bytes: Uint8Array): { [ink: string]: number } {
  const dir = mkdtempSync(join(tmpdir(), 'octavo-gs-'))
  writeFileSync(join(dir, 'a.pdf'), bytes)
  const out = execFileSync('gs', ['-q', '-o', '-', '-sDEVICE=inkcov', join(dir, 'a.pdf')], { encoding: 'utf8' })
  rmSync(dir, { recursive: true })
  const rows = out.split('\n').flatMap((line) => (/CMYK OK/.test(line) ? [line.trim().split(/\s+/).map(Number)] : []))
  const sum = (at: number) => rows.reduce((all, row) => all + row[at]!, 0)
  return { cyan: sum(0), magenta: sum(1), yellow: sum(2), black: sum(3) }
}

describe('a book in four inks', () => {
  test('turns pictures and drawings into inks, and greys into black', async () => {
    const { pdf, said, advice } = await printed('{ colour: cmyk }')
    expect(said).toEqual([])
    expect(advice).toEqual([])
    expect(spacesOf(pdf)).toEqual(['DeviceCMYK', 'DeviceCMYK', 'DeviceGray', 'DeviceGray', 'Indexed DeviceCMYK'])
    expect([...coloursOf(pdf)].sort()).toEqual(['K', 'k'])
    const flat = [...pdf.objects.values()].find(
      (one) => one instanceof Stream && Array.isArray(pdf.get(one.dict.get('ColorSpace'))),
    ) as Stream
    const table = pdf.get((pdf.get(flat.dict.get('ColorSpace')) as never[])[3]) as Text
    const inks = Buffer.from(table.bytes, 'latin1')
    expect([...inks.subarray(0, 4)]).toEqual([0, 0, 0, 255])
    expect([...inks.subarray(8, 12)]).toEqual([0, 0, 0, 127])
    const [cyan, magenta, yellow] = inks.subarray(4, 8)
    expect(magenta! > 200 && yellow! > 150 && cyan! < 60).toBe(true)
  })

  test('prints black letters over what is below them, and nothing else', async () => {
    const { pdf } = await printed('{ colour: cmyk }', { 'a.md': '# One\n\nBlack words.\n' })
    const all = contentsOf(pdf)
    const set = all.flatMap(({ op, operands }, i) => (op === 'gs' ? [[(operands[0] as Name).name, all[i + 1]]] : []))
    expect(set).toContainEqual(['Over', { op: 'k', operands: [0, 0, 0, 1] }])
    expect(
      set.filter(
        ([state, next]) => state === 'Over' && String((next as { operands: number[] }).operands) !== '0,0,0,1',
      ),
    ).toEqual([])
    const states = pdf.dict(pdf.dict(pdf.pages[0]!.get('Resources')).get('ExtGState'))
    expect(Object.fromEntries(pdf.dict(states.get('Over')))).toMatchObject({ OP: true, op: true, OPM: 1 })
    expect(Object.fromEntries(pdf.dict(states.get('Instead')))).toMatchObject({ OP: false, op: false })
  })

  test('has no more ink on a spot than is asked for', async () => {
    const most = async (print: string) => Math.max(...(await inkOn((await printed(print)).pdf)))
    expect(await most('{ colour: cmyk }')).toBeGreaterThan(200)
    expect(await most('{ colour: cmyk, ink: 160 }')).toBeLessThanOrEqual(161)
  })

  test('is the same, to the byte, each time', async () => {
    const [one, two] = [await printed('{ colour: cmyk }'), await printed('{ colour: cmyk }')]
    expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(true)
  })

  test('takes the printer’s own profile', async () => {
    const { pdf, said } = await printed('{ colour: cmyk, profile: own.icc }', { ...FILES, 'own.icc': HOUSE })
    expect(said).toEqual([])
    const [intent] = pdf.array(pdf.catalog.get('OutputIntents')).map((one) => pdf.dict(one))
    expect((intent!.get('OutputConditionIdentifier') as Text).text).toBe('Custom')
    expect((intent!.get('OutputCondition') as Text).text).toBe('Coated paper, based on FOGRA39')
    expect(Buffer.from((pdf.get(intent!.get('DestOutputProfile')) as Stream).bytes).equals(HOUSE)).toBe(true)
  })

  test('of a condition by its name alone has what needs no turning', async () => {
    const { pdf, said } = await printed('{ colour: cmyk, condition: GRACoL2006, standard: "x-1a:2003" }', {
      'a.md': '# One\n\nBlack words.\n',
    })
    expect(said).toEqual([])
    const [intent] = pdf.array(pdf.catalog.get('OutputIntents')).map((one) => pdf.dict(one))
    expect((intent!.get('OutputConditionIdentifier') as Text).text).toBe('CGATS TR 006')
    expect(intent!.has('DestOutputProfile')).toBe(false)
    const coloured = await printed('{ colour: cmyk, condition: FOGRA51, standard: "x-1a:2003" }')
    expect(lines(coloured.said).filter((one) => one.includes('a.png'))).toEqual([
      '5 missing-profile: `a.png` cannot be turned into inks: the printing condition has no profile here',
    ])
    const modern = await printed('{ colour: cmyk, condition: FOGRA51 }', { 'a.md': '# One\n\nWords.\n' })
    expect(lines(modern.said)).toEqual([
      '7 missing-profile: `condition: FOGRA51` has no profile here, and PDF/X-4 wants it in the file',
    ])
    expect(modern.bytes).toHaveLength(0)
  })

  test.runIf(hasGhostscript)('by Ghostscript’s separations', async () => {
    const words = await printed('{ colour: cmyk }', {
      'a.md': '# One\n\nBlack words.\n\n![Grey](b.png)\n',
      'b.png': FILES['b.png'],
    })
    expect(inksBy(words.bytes)).toEqual({ cyan: 0, magenta: 0, yellow: 0, black: expect.any(Number) })
    expect(inksBy((await printed('{ colour: cmyk }')).bytes)['magenta']).toBeGreaterThan(0)
  })
})

describe('a picture with a profile of its own', () => {
  /** sRGB under another name, with red and blue changed for each other. */
  const swapped = (() => {
    const out = Buffer.from(srgbProfile())
    const [red, blue] = [out.indexOf('rXYZ'), out.indexOf('bXYZ')]
    out.write('bXYZ', red, 'latin1')
    out.write('rXYZ', blue, 'latin1')
    out[out.indexOf(Buffer.from('\0s\0R\0G\0B', 'latin1')) + 1] = 'x'.charCodeAt(0)
    return out
  })()
  const inksOfFirst = async (picture: Uint8Array) => {
    const { pdf, said } = await printed('{ colour: cmyk }', {
      'a.md': '# One\n\n![A picture](a.png)\n',
      'a.png': picture,
    })
    expect(said).toEqual([])
    const image = [...pdf.objects.values()].find(
      (one): one is Stream => one instanceof Stream && (one.dict.get('Subtype') as Name | undefined)?.name === 'Image',
    )!
    const space = pdf.get(image.dict.get('ColorSpace'))
    if (!Array.isArray(space)) return [...image.bytes.subarray(1, 5)]
    return [...Buffer.from((pdf.get(space[3]!) as Text).bytes, 'latin1').subarray(0, 4)]
  }

  test('is read by it before it becomes inks', async () => {
    const [cyan, magenta, yellow] = await inksOfFirst(png(1, 2, [[220, 20, 30]]))
    expect(magenta! > 200 && yellow! > 180 && cyan! < 40).toBe(true)
    for (const picture of [png(1, 2, [[220, 20, 30]], undefined, swapped), png(1, 3, [[0]], [220, 20, 30], swapped)]) {
      const [c, m, y] = await inksOfFirst(picture)
      expect(c! > 150 && m! > 150 && y! < 60).toBe(true)
    }
  })

  test('that makes no sense is as if it had none', async () => {
    const plain = await inksOfFirst(png(1, 2, [[220, 20, 30]]))
    for (const profile of [Buffer.from('nothing'), swapped.subarray(0, 200), HOUSE])
      expect(await inksOfFirst(png(1, 2, [[220, 20, 30]], undefined, profile))).toEqual(plain)
  })
})

describe('inks of a theme’s own', () => {
  test('are printed as it says, and from their own can', async () => {
    const { inksOf } = await import('../../src/pdf/paint/edition-inks.js')
    const own = new Map([
      ['#c8102e', { cmyk: [0, 100, 81, 4] as const, spot: 'PANTONE 186 C' }],
      ['#004b87', { cmyk: [100, 70, 0, 10] as const }],
    ])
    const inks = inksOf(undefined as never, { inking: 'cmyk', press: undefined }, own, () => undefined)
    expect(inks.fill('#C8102E')).toBe('/Instead gs /Spot1 cs 1 scn\n')
    expect(inks.stroke('#c8102e')).toBe('/Instead gs /Spot1 CS 1 SCN\n')
    expect(inks.text('#004b87')).toBe('/Instead gs 1 .7 0 .1 k\n')
    expect(inks.resources['ColorSpace']).toEqual({
      Spot1: [
        'Separation',
        'PANTONE#20186#20C',
        'DeviceCMYK',
        { FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0, 0], C1: [0, 1, 0.81, 0.04], N: 1 },
      ],
    })
  })
})

describe('a theme that says how a colour is printed', () => {
  const files = {
    'a.md': '# One\n\nBlack words.\n',
    't.yaml':
      "extends: house\ncolours:\n  red: { day: '#b3261e', night: '#ff7a6b', cmyk: [0, 95, 85, 15], spot: PANTONE 1797 C }\nstyles: { title: { colour: red } }\n",
  }
  const ofItsOwn = (standard: string) => printed(`{ colour: cmyk, standard: "${standard}" }`, files, 'theme: t.yaml\n')

  test('has it from its can in every standard, and as four inks beside it', async () => {
    for (const standard of ['x-1a:2001', 'x-4']) {
      const { pdf, said } = await ofItsOwn(standard)
      expect(said).toEqual([])
      expect(contentsOf(pdf).some(({ op }) => op === 'scn')).toBe(true)
      const spaces = pdf.dict(pdf.dict(pdf.pages[0]!.get('Resources')).get('ColorSpace'))
      const [kind, can] = pdf.array(spaces.get('Spot1')) as Name[]
      expect([kind!.name, can!.name]).toEqual(['Separation', 'PANTONE 1797 C'])
    }
  })

  test('with more ink than is asked for is told of', async () => {
    const inky = {
      ...files,
      't.yaml': files['t.yaml'].replace('[0, 95, 85, 15], spot: PANTONE 1797 C', '[90, 95, 85, 30]'),
    }
    const { said } = await printed('{ colour: cmyk, ink: 240 }', inky, 'theme: t.yaml\n')
    expect(said.map((one) => one.message)).toEqual(['the edition bears 240 % of ink on one spot, and page 5 has 300 %'])
  })

  test.runIf(hasGhostscript)('which Ghostscript separates', async () => {
    const { bytes } = await ofItsOwn('x-1a:2001')
    const dir = mkdtempSync(join(tmpdir(), 'octavo-gs-'))
    writeFileSync(join(dir, 'a.pdf'), bytes)
    execFileSync('gs', ['-q', '-o', join(dir, 'a%d.tif'), '-sDEVICE=tiffsep', '-r10', join(dir, 'a.pdf')], {
      stdio: 'ignore',
    })
    const plates = readdirSync(dir).filter((name) => name.includes('PANTONE 1797 C'))
    rmSync(dir, { recursive: true })
    expect(plates.length).toBeGreaterThan(0)
  })
})

describe('ink that is too much', () => {
  test('is given to black as far as it is grey, and then made less of', () => {
    expect([...limitInk(Uint8Array.from([200, 200, 200, 100]), 510)]).toEqual([105, 105, 105, 195])
    expect([...limitInk(Uint8Array.from([255, 255, 0, 0]), 408)]).toEqual([204, 204, 0, 0])
    expect([...limitInk(Uint8Array.from([10, 20, 30, 40]), 408)]).toEqual([10, 20, 30, 40])
    for (const dot of [
      [255, 255, 255, 255],
      [255, 1, 255, 255],
      [128, 255, 255, 0],
    ]) {
      const made = limitInk(Uint8Array.from(dot), 510)
      expect(made.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(510)
    }
  })
})

describe('a profile', () => {
  const patched = (at: number, text: string) => {
    const out = Buffer.from(HOUSE)
    out.write(text, at, 'latin1')
    return out
  }
  /** The first of its tables, with another number of points each way. */
  const grown = () => {
    const out = Buffer.from(HOUSE)
    for (let at = 132; ; at += 12)
      if (out.toString('latin1', at, at + 4) === 'A2B0') {
        out[out.readUInt32BE(at + 4) + 10] = 255
        return out
      }
  }

  test.each([
    ['is no ICC profile', Buffer.from('nothing at all')],
    ['is no ICC profile', Buffer.alloc(5000)],
    ['ends before the profile does', HOUSE.subarray(0, 60_000)],
    ['is a profile of RGB colours, not of four inks', srgbProfile()],
    ['is not the profile of a press', patched(12, 'scnr')],
    ['is a link between devices, not a profile', patched(20, 'CMYK')],
    ['has a table that is not whole', grown()],
  ])('that %s is refused', async (fault, bytes) => {
    expect(faultOf(bytes)).toBe(fault)
    const { said } = await printed('{ colour: cmyk, profile: own.icc }', {
      'a.md': '# One\n\nWords.\n',
      'own.icc': bytes,
    })
    expect(lines(said)).toEqual([`7 bad-profile: \`own.icc\` ${fault}`])
  })

  test('that is huge, or elsewhere, is refused', async () => {
    const huge = await printed('{ colour: cmyk, profile: own.icc }', {
      'a.md': '# One\n\nA.\n',
      'own.icc': Buffer.alloc(9 << 20),
    })
    expect(huge.said.map((one) => one.code)).toEqual(['too-large'])
    const out = await printed('{ colour: cmyk, profile: ../own.icc }', { 'a.md': '# One\n\nA.\n' })
    expect(out.said.map((one) => one.code)).toEqual(['bad-path'])
  })

  test('whose tables make no sense to the engine is refused', async () => {
    const bytes = Buffer.from(HOUSE)
    for (let at = 132; at < 132 + 12 * bytes.readUInt32BE(128); at += 12)
      if (/^[AB]2/.test(bytes.toString('latin1', at, at + 4))) bytes.writeUInt16BE(0, bytes.readUInt32BE(at + 4) + 8)
    expect(faultOf(bytes)).toBe('has a table that is not whole')
    await expect(openPress(bytes)).rejects.toThrow('is a profile that no colours can be turned by')
  })

  test('of the house is what it says: white is no ink, and colours come back', async () => {
    const press = await openPress(HOUSE)
    expect(faultOf(HOUSE)).toBeUndefined()
    expect([...press.toInks(Uint8Array.from([255, 255, 255]))].every((ink) => ink <= 3)).toBe(true)
    const there = Uint8Array.from([180, 90, 60, 90, 140, 100, 80, 90, 150])
    const back = press.toScreen(press.toInks(there))
    expect(there.every((value, i) => Math.abs(value - back[i]!) <= 8)).toBe(true)
  })
})
