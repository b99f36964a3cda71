// The cover fits any title, is the same drawing everywhere, and its PNG shows what the drawing says.
import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Drawing, drawCover, toPng } from '../src/cover/index.js'
import { createLetterer, letterText } from '../src/cover/lettering.js'
import { outlinerOf } from '../src/fonts/glyph-outlines.js'
import type { PathItem, Rule } from '../src/layout/typeset.js'
import type { Metadata } from '../src/model/book.js'
import { loadTheme } from '../src/theme/index.js'
import type { Face, Theme } from '../src/theme/theme.js'

let theme: Theme
let faces: Face[]
beforeAll(async () => {
  const loaded = await loadTheme('house', '.', (d) => {
    throw new Error(d.message)
  })
  ;({ theme, faces } = loaded!)
})

function metadata(more: Partial<Metadata>): Metadata {
  return {
    title: 'Untitled',
    language: 'en',
    authors: [],
    contributors: [],
    subjects: [],
    modified: '2000-01-01T00:00:00Z',
    identifier: 'urn:x',
    identifierGiven: true,
    slug: 'x',
    ...more,
  }
}

const author = (name: string) => ({ name, sort: name, role: 'aut' })

/** All points of the paths: curves lie within their control points. */
function bounds(drawing: Drawing) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const item of drawing.items) {
    if (item.kind !== 'path') continue
    const numbers = item.d.filter((part) => typeof part === 'number')
    for (let i = 0; i < numbers.length; i += 2) {
      box.left = Math.min(box.left, numbers[i]!)
      box.right = Math.max(box.right, numbers[i]!)
      box.top = Math.min(box.top, numbers[i + 1]!)
      box.bottom = Math.max(box.bottom, numbers[i + 1]!)
    }
  }
  return box
}

describe('the drawing', () => {
  test('says in words what it shows, and nothing that is not known', async () => {
    const full = await drawCover(
      metadata({
        title: 'Whither?',
        subtitle: 'A Question',
        authors: [author('A. B.'), author('C. D.')],
        series: [{ name: 'Questions', position: '3' }],
        publisher: 'E & F',
      }),
      theme,
      faces,
      400,
      600,
    )
    expect(full.alt).toBe('Whither? A Question. A. B., C. D. Questions 3. E & F.')
    const bare = await drawCover(metadata({ title: 'If' }), theme, faces, 400, 600)
    expect(bare.alt).toBe('If.')
    expect(bare.items.map((item) => item.kind)).toEqual(['rule', 'rule', 'path', 'rule'])
    expect(full.items.filter((item) => item.kind === 'path')).toHaveLength(1 + 2 + 1 + 2)
  })

  test('uses the three colours of the theme, and the whole page', async () => {
    const drawing = await drawCover(metadata({ title: 'If', subtitle: 'A Poem' }), theme, faces, 419.53, 595.28)
    expect(new Set(drawing.items.map((item) => item.colour))).toEqual(
      new Set(Object.values(theme.cover).filter((v) => v.startsWith('#'))),
    )
    expect(drawing.items[0]).toMatchObject({
      kind: 'rule',
      x: 0,
      y: 0,
      width: 419.53,
      height: 595.28,
      colour: theme.cover.ground,
    })
  })

  test('divides a long name rather than setting it too small to read', async () => {
    const heights = async (name: string) => {
      const drawing = await drawCover(metadata({ authors: [author(name)] }), theme, faces, 400, 600)
      const box = bounds({ ...drawing, items: drawing.items.filter((item) => item.kind === 'path').slice(0, 1) })
      return box.bottom - box.top
    }
    const short = await heights('Hilda Hyde')
    const long = await heights(
      'The Honourable Hilda Hyde of the Society for the Diffusion of Useful Knowledge among Printers',
    )
    expect(long).toBeGreaterThan(short * 0.7)
  })

  test('says what is printed, and leaves no empty box for a character that no face has', async () => {
    const drawn = await drawCover(
      metadata({ title: "Don't", printed: { title: 'Don’t', authors: [] } }),
      theme,
      faces,
      400,
      600,
    )
    expect(drawn.alt).toBe('Don’t.')
    const paths = async (title: string) =>
      (await drawCover(metadata({ title }), theme, faces, 400, 600)).items.filter((item) => item.kind === 'path')
    expect(await paths('Signs\u{f0000}\u0fb0')).toEqual(await paths('Signs'))
    expect(await paths('Cafe\u0301')).toEqual(await paths('Café'))
  })

  test('says which texts it goes without, and is not bare for that', async () => {
    const pathsOf = async (about: Partial<Metadata>) => {
      const drawing = await drawCover(metadata(about), theme, faces, 400, 600)
      return { unsaid: drawing.unsaid, paths: drawing.items.filter((item) => item.kind === 'path') }
    }
    const title = '走れメロス'
    expect((await pathsOf({ title: 'Война и мир' })).unsaid).toEqual([])
    // The subtitle in the title's place, a lone ornament if there is none.
    const run = await pathsOf({ title, subtitle: 'Run, Melos!', authors: [author('太宰治'), author('A. Reader')] })
    expect(run.unsaid).toEqual([title, '太宰治'])
    const same = await pathsOf({ title: 'Run, Melos!', authors: [author('A. Reader')] })
    expect(run.paths).toEqual(same.paths)
    const bare = await pathsOf({ title })
    expect(bare.unsaid).toEqual([title])
    expect(bare.paths).toHaveLength(1)
    expect(bare.paths).toEqual((await pathsOf({ title: theme.sceneBreak.ornament })).paths)
    // A sign that is lacking in a long text is said too, and the text stands.
    expect((await pathsOf({ title: 'Signs \u{f0000}' })).unsaid).toEqual(['Signs \u{f0000}'])
  })

  test('sets the title large and even, and never a little word at the end of a line', () => {
    const letterer = createLetterer(theme, faces, '', 'en')
    const box = { width: 328, height: 300, largest: 96, smallest: 20, leading: 1.06, most: 12 }
    const peace = letterText(letterer, 'War and Peace', {}, box)
    const same = ['War', 'and Peace'].map((text) => letterer.line(text, {}).advance)
    expect(peace.lines.map((line) => line.advance)).toEqual(same)
    const victims = letterText(letterer, 'Victims of Stalinist Repression and Terror', {}, box)
    const expected = ['Victims', 'of Stalinist', 'Repression', 'and Terror'].map(
      (text) => letterer.line(text, {}).advance,
    )
    expect(victims.lines.map((line) => line.advance)).toEqual(expected)
    expect(victims.size).toBeGreaterThan(60)
    expect(letterText(letterer, 'If', {}, box).size).toBe(96)
  })

  test('breaks a word that is too long for any line, with a hyphen', () => {
    const letterer = createLetterer(theme, faces, '', 'de')
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
    const box = { width: 328, height: 300, largest: 96, smallest: 20, leading: 1.06, most: 12 }
    const set = letterText(letterer, word, {}, box)
    expect(set.lines.length).toBeGreaterThan(2)
    expect(set.size).toBeGreaterThanOrEqual(20)
    const hyphens = set.lines.length - 1
    const whole = letterer.line(word, {}).advance + hyphens * letterer.line('-', {}).advance
    expect(set.lines.reduce((sum, line) => sum + line.advance, 0)).toBeCloseTo(whole, 0)
  })

  test('stands on the right for what is read from the right', async () => {
    const margin = 400 * 0.09
    const hebrew = bounds(await drawCover(metadata({ title: 'שלום', language: 'he' }), theme, faces, 400, 600))
    expect(hebrew.right).toBeCloseTo(400 - margin, 0)
    expect(hebrew.left).toBeGreaterThan(100)
    const latin = bounds(await drawCover(metadata({ title: 'Pax' }), theme, faces, 400, 600))
    expect(latin.left).toBeCloseTo(margin, 0)
  })

  test('is drawn soon for a title without an end, and for a crowd of authors', async () => {
    const names = Array.from({ length: 500 }, (_, i) => author(`Author ${i}`))
    for (const title of ['word '.repeat(40_000), 'w'.repeat(200_000), '字'.repeat(100_000)]) {
      const drawing = await drawCover(
        metadata({ title, subtitle: title, publisher: title, authors: names }),
        theme,
        faces,
        400,
        600,
      )
      expect(drawing.items.length).toBeLessThan(50)
      expect(drawing.alt).toContain('Author 499')
    }
  })

  test('keeps within the page whatever the title, the authors and the proportion are', async () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('of', 'the', 'Repression', 'и', 'наказание', '日本語', 'שלום', '—', 'a-b', '1936,'), {
          minLength: 1,
          maxLength: 40,
        })
        .map((w) => w.join(' ')),
    )
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(text, { maxLength: 4 }),
        fc.option(text, { nil: undefined }),
        fc.integer({ min: 90, max: 180 }),
        async (title, authors, subtitle, percent) => {
          fc.pre(title.trim() !== '')
          const height = 4 * percent
          const drawing = await drawCover(
            metadata({ title, subtitle, publisher: subtitle, authors: authors.map(author) }),
            theme,
            faces,
            400,
            height,
          )
          const numbers = drawing.items.flatMap((item) =>
            item.kind === 'path'
              ? item.d.filter((part) => typeof part === 'number')
              : [item.x, item.y, item.width, item.height],
          )
          expect(numbers.every(Number.isFinite)).toBe(true)
          const box = bounds(drawing)
          if (box.left === Infinity) return
          expect(box.left).toBeGreaterThan(10)
          expect(box.right).toBeLessThan(390)
          expect(box.top).toBeGreaterThan(0)
          expect(box.bottom).toBeLessThan(height)
        },
      ),
      { numRuns: 60, seed: 1936 },
    )
  })
})

describe('the PNG', () => {
  test('is 1600 × 2400 of palette colours, and the same bytes every time', async () => {
    const drawing = await drawCover(
      metadata({ title: 'Victims of Stalinist Repression and Terror' }),
      theme,
      faces,
      400,
      600,
    )
    const bytes = toPng(drawing, 1600)
    expect(Buffer.compare(bytes, toPng(structuredClone(drawing), 1600))).toBe(0)
    // Node's own zlib has deflated them: with this strategy every Node's is to give the same.
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toMatchInlineSnapshot(`"0b54edf02f8bdcf7"`)
    const image = decode(bytes)
    expect([image.width, image.height]).toEqual([1600, 2400])
    expect(image.at(3, 3)).toBe(theme.cover.accent)
    expect(image.at(1599, 2399)).toBe(theme.cover.ground)
    expect(image.at(200, 1490)).toBe(theme.cover.ink)
  })

  test('shows of each pixel what is covered: areas come out exact', () => {
    const shapes: [string, (string | number)[], number][] = [
      ['square off the grid', ['M', 10.3, 10.6, 'L', 30.9, 10.6, 'L', 30.9, 20.1, 'L', 10.3, 20.1, 'Z'], 20.6 * 9.5],
      ['triangle', ['M', 5, 5, 'L', 60, 20, 'L', 12, 50, 'Z'], Math.abs(55 * 45 - 7 * 15) / 2],
      ['the same wound the other way', ['M', 5, 5, 'L', 12, 50, 'L', 60, 20, 'Z'], Math.abs(55 * 45 - 7 * 15) / 2],
      ['unclosed', ['M', 5, 5, 'L', 12, 50, 'L', 60, 20], Math.abs(55 * 45 - 7 * 15) / 2],
      ['parabola', ['M', 0, 0, 'Q', 30, 60, 60, 0, 'Z'], (2 / 3) * 60 * 30],
      ['circle', circle(40, 40, 30), Math.PI * 900],
      ['ring', [...circle(40, 40, 30), ...circle(40, 40, 20, true)], Math.PI * 500],
      [
        'two that overlap',
        [
          'M',
          10,
          10,
          'L',
          40,
          10,
          'L',
          40,
          40,
          'L',
          10,
          40,
          'Z',
          'M',
          20,
          20,
          'L',
          50,
          20,
          'L',
          50,
          50,
          'L',
          20,
          50,
          'Z',
        ],
        900 + 900 - 400,
      ],
      ['cut off by the edges', ['M', -20, -20, 'L', 20, -20, 'L', 20, 20, 'L', -20, 20, 'Z'], 400],
    ]
    for (const [name, d, area] of shapes) {
      const image = decode(toPng(onWhite({ kind: 'path', tag: -1, d, colour: '#000000' }), 80))
      let ink = 0
      for (let y = 0; y < 80; y++)
        for (let x = 0; x < 80; x++) ink += 1 - Number.parseInt(image.at(x, y).slice(1, 3), 16) / 255
      expect(Math.abs(ink - area), name).toBeLessThan(area * 0.004 + 0.5)
    }
  })

  test('a slanting edge covers each pixel that it crosses by its own share', () => {
    const image = decode(
      toPng(onWhite({ kind: 'path', tag: -1, d: ['M', 10, 10, 'L', 14, 11, 'L', 10, 11, 'Z'], colour: '#000000' }), 80),
    )
    const shares = [10, 11, 12, 13].map((x) => 1 - Number.parseInt(image.at(x, 10).slice(1, 3), 16) / 255)
    const expected = [7 / 8, 5 / 8, 3 / 8, 1 / 8]
    for (const [i, share] of shares.entries()) expect(share).toBeCloseTo(expected[i]!, 2)
  })

  test('an edge is the mean of its two colours, and paths lie over paths', () => {
    const drawing = onWhite({
      kind: 'path',
      tag: -1,
      d: ['M', 10.5, 10, 'L', 20, 10, 'L', 20, 20, 'L', 10.5, 20, 'Z'],
      colour: '#a00000',
    })
    drawing.items.push({
      kind: 'path',
      tag: -1,
      d: ['M', 15, 0, 'L', 30, 0, 'L', 30, 30, 'L', 15, 30, 'Z'],
      colour: '#0000ff',
    })
    const image = decode(toPng(drawing, 80))
    expect(image.at(10, 15)).toBe('#d08080')
    expect(image.at(11, 15)).toBe('#a00000')
    expect(image.at(15, 15)).toBe('#0000ff')
    expect(image.at(9, 15)).toBe('#ffffff')
  })
})

test('an outline is kerned, takes features and tracking, and knows its ink', () => {
  const outliner = outlinerOf(faces[0]!.bytes())
  const plain = outliner.outline('AV', [], 'en')
  expect(plain.advance).toBeLessThan(
    outliner.outline('A', [], 'en').advance + outliner.outline('V', [], 'en').advance - 0.03,
  )
  expect(outliner.outline('AV', [], 'en', 0.1).advance).toBeCloseTo(plain.advance + 0.1)
  const small = outliner.outline('x', ['smcp'], 'en')
  expect(small.path).not.toEqual(outliner.outline('x', [], 'en').path)
  expect(outliner.xHeight).toBeCloseTo(0.4, 1)
  expect(outliner.capHeight).toBeCloseTo(0.65, 1)
  expect(plain.top).toBeCloseTo(-outliner.capHeight, 1)
  expect(outliner.has(0x41)).toBe(true)
  expect(outliner.has(0x65e5)).toBe(false)
  expect(outliner.outline(' ', [], 'en')).toMatchObject({ path: [], left: 0, right: 0 })
})

function onWhite(item: PathItem): Drawing {
  const ground: Rule = { kind: 'rule', tag: -1, x: 0, y: 0, width: 80, height: 80, colour: '#ffffff' }
  return { width: 80, height: 80, alt: '', items: [ground, item], paper: '#ffffff', unsaid: [] }
}

function circle(x: number, y: number, r: number, back = false): (string | number)[] {
  const k = r * 0.5522847498
  const points = [
    [x + r, y + k, x + k, y + r, x, y + r],
    [x - k, y + r, x - r, y + k, x - r, y],
    [x - r, y - k, x - k, y - r, x, y - r],
    [x + k, y - r, x + r, y - k, x + r, y],
  ]
  // Mirrored at its own middle line, it winds the other way.
  const place = (row: number[]) => (back ? row.map((value, i) => (i % 2 === 1 ? 2 * y - value : value)) : row)
  return ['M', x + r, y, ...points.flatMap((row) => ['C', ...place(row)]), 'Z']
}

function decode(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes)
  const chunks = new Map<string, Buffer>()
  for (let i = 8; i < buffer.length; ) {
    const length = buffer.readUInt32BE(i)
    chunks.set(buffer.toString('latin1', i + 4, i + 8), buffer.subarray(i + 8, i + 8 + length))
    i += 12 + length
  }
  const header = chunks.get('IHDR')!
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  expect([...header.subarray(8)]).toEqual([8, 3, 0, 0, 0])
  const raw = inflateSync(chunks.get('IDAT')!)
  expect(raw.length).toBe((width + 1) * height)
  for (let y = 0; y < height; y++) {
    const row = y * (width + 1)
    expect([0, 2]).toContain(raw[row])
    if (raw[row] === 2)
      for (let x = 1; x <= width; x++) raw[row + x] = (raw[row + x]! + raw[row + x - width - 1]!) & 255
  }
  const palette = chunks.get('PLTE')!
  expect(palette.length).toBeLessThanOrEqual(768)
  return {
    width,
    height,
    at: (x: number, y: number) =>
      `#${palette.toString('hex', raw[y * (width + 1) + 1 + x]! * 3, raw[y * (width + 1) + 1 + x]! * 3 + 3)}`,
  }
}
