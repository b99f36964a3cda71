// No finished file says of itself what was not seen to be true.
import { selectAll, selectOne } from 'css-select'
import { parseDocument } from 'htmlparser2'
import { beforeAll, describe, expect, test } from 'vitest'
import { png } from '../epub/builders.js'
import { type Element, type Node, textOf } from '../finished/epub.js'
import { openPdf, type Piece, type Tagged } from '../finished/pdf.js'
import { unzip } from '../finished/zip.js'
import { operators, readPdf, type Stream } from '../pdf/reader.js'
import { contentOf } from '../pdf/tagtree.js'
import { type Built, builtBook, builtFrom } from './built.js'

const metas = (opf: string, property: string) =>
  [...opf.matchAll(new RegExp(`<meta property="${property}"[^>]*>([^<]*)<`, 'g'))].map((found) => found[1])

describe('a book with pictures that nobody described', () => {
  let built: Built
  beforeAll(async () => {
    built = await builtBook('undescribed')
  })

  test('is built, and says which they are', () => {
    expect([...built.files.keys()].sort()).toEqual(['shore-notes.epub', 'shore-notes.pdf'])
    expect(built.said.map((one) => [one.severity, one.code, one.line])).toEqual([
      ['warning', 'missing-alt', 3],
      ['warning', 'missing-alt', 5],
    ])
  })

  test('does not say in the EPUB that text is enough, nor that anybody vouches for it', () => {
    const { opf } = built
    expect(metas(opf, 'schema:accessMode')).toEqual(['textual', 'visual'])
    expect(metas(opf, 'schema:accessModeSufficient')).toEqual(['textual,visual'])
    expect(metas(opf, 'schema:accessibilityFeature')).not.toContain('alternativeText')
    expect(opf).not.toMatch(/conformsTo|certifiedBy/)
    expect(metas(opf, 'schema:accessibilitySummary')[0]).toContain('2 of its pictures have no description in words')
  })

  test('hides only the decoration from those who listen', () => {
    const page = built.inEpub('EPUB/text/shore.xhtml')
    const alts = [...page.matchAll(/<img[^>]* alt="([^"]*)"/g)].map((found) => found[1])
    const none = 'Picture without a description'
    expect(alts).toEqual([none, none, '', 'A drop of water, as it hangs from a leaf of marram grass.'])
  })

  test('claims neither PDF/UA nor PDF/A’s level A, but that it will stay as it is', () => {
    expect(built.xmp).not.toContain('pdfuaid')
    expect(built.xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
  })
})

describe('a picture is not described', () => {
  const manifest =
    'title: A Book\nlanguage: en\ndate: 2024-01-01\ncertifier: Somebody\nbody: [a.md]\nignore: [image-resolution]\n'

  test.each([
    ['by its file’s name', '![map-2.png](map-2.png)', 'alt-is-file-name'],
    ['by its own name without the ending', '![map-2](map-2.png)', 'alt-is-file-name'],
    ['by a point', '![.](map-2.png)', 'missing-alt'],
    ['by a caption', '![](map-2.png "A map")', 'missing-alt'],
    ['by HTML that has no alternative', '<img src="map-2.png">', 'missing-alt'],
    [
      'as decoration, where it is all that a link shows',
      'See [![](map-2.png){.decorative}](https://example.org).',
      'missing-alt',
    ],
  ])('%s: both files claim nothing, and that is said', async (_, text, code) => {
    const built = await builtFrom({
      'book.yaml': manifest,
      'a.md': `# A\n\nA word.\n\n${text}\n`,
      'map-2.png': await png(64, 64, 3),
    })
    expect(built.said.map((one) => [one.severity, one.code, one.line])).toEqual([['warning', code, 5]])
    expect(metas(built.opf, 'schema:accessModeSufficient')).toEqual(['textual,visual'])
    expect(metas(built.opf, 'schema:accessibilityFeature')).not.toContain('alternativeText')
    expect(built.opf).not.toMatch(/conformsTo|certifiedBy/)
    expect(built.inEpub('EPUB/text/a.xhtml')).toContain('alt="Picture without a description"')
    expect(built.xmp).not.toContain('pdfuaid')
    expect(built.xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
  })

  test('in words that a link has beside it: there it may be decoration', async () => {
    const text = '# A\n\nSee [![](map-2.png){.decorative} the map](https://example.org).\n'
    const built = await builtFrom({ 'book.yaml': manifest, 'a.md': text, 'map-2.png': await png(64, 64, 3) })
    expect(built.said).toEqual([])
    expect(built.opf).toContain('conformsTo')
    expect(built.xmp).toContain('pdfuaid')
  })
})

test.each([
  ['| a | b |\n| - | - |\n| c | d |', 'Tables are marked up with their headers.'],
  ['|  |  |\n| - | - |\n| c | d |', 'Its table has no headers.'],
  ['<table><tr><td>a</td><td>b</td></tr></table>', 'Its table has no headers.'],
  [
    '<table><tr><th>a</th><td>b</td></tr></table>\n\n<table><tr><td>a</td><td>b</td></tr></table>',
    'One of its tables has no headers.',
  ],
])('headers are claimed only for tables that have some: %s', async (text, sentence) => {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2024-01-01\nbody: [a.md]\n'
  const built = await builtFrom({ 'book.yaml': manifest, 'a.md': `# A\n\nA word.\n\n${text}\n` }, ['epub'])
  const [summary] = metas(built.opf, 'schema:accessibilitySummary')
  expect(summary!.slice(-sentence.length)).toBe(sentence)
  expect(summary!.match(/header/g)).toHaveLength(1)
})

test('an exemption is one of the law’s', async () => {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2024-01-01\nexemption: microenterprise\nbody: [a.md]\n'
  const { said } = await builtFrom({ 'book.yaml': manifest, 'a.md': '# A\n\nA word.\n' }, ['epub'])
  expect(said.map((one) => [one.severity, one.code, one.line])).toEqual([['error', 'wrong-type', 4]])
  expect(said[0]!.message).toContain('`eaa-microenterprise`')
})

describe('a book whose letters the pages cannot set right', () => {
  test('says so once, with their number, and its PDF claims no accessibility; its EPUB does', async () => {
    const built = await builtBook('hebrew')
    const said = built.said.filter((one) => one.code === 'script-unsupported')
    expect(said.map((one) => [one.path, one.line])).toEqual([['book.yaml', 1]])
    expect(said[0]!.message).toContain('85 letters')
    expect(built.xmp).not.toContain('pdfuaid')
    expect(built.xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    expect(metas(built.opf, 'schema:accessModeSufficient')).toEqual(['textual'])
  })

  test.each(['שלום', '\u{12000}'])(
    'claims none for a single word, whether the author hears of it or not: %s',
    async (word) => {
      const manifest =
        'title: A Book\nlanguage: en\nbody: [a.md]\nignore: [script-unsupported, glyph-missing, missing-date]\n'
      const built = await builtFrom({ 'book.yaml': manifest, 'a.md': `# A\n\nThe word ${word}.\n` })
      expect(built.said).toEqual([])
      expect(built.xmp).not.toContain('pdfuaid')
      expect(built.xmp).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    },
  )

  test('says it of a running head that alone has them, and prints the number there', async () => {
    const manifest = 'title: A Book\nlanguage: en\nshort-title: B \u{12000} אב\ndate: 2024-01-01\nbody: [a.md]\n'
    const built = await builtFrom({ 'book.yaml': manifest, 'a.md': `# A\n\n${'A word. '.repeat(900)}\n` }, ['pdf'])
    expect(built.said.map((one) => [one.code, one.path, one.line])).toEqual([
      ['glyph-missing', 'book.yaml', 1],
      ['script-unsupported', 'book.yaml', 1],
    ])
    expect(built.xmp).not.toContain('pdfuaid')
    const pdf = readPdf(built.files.get('a-book.pdf')!)
    expect(pdf.pages.some((page) => contentOf(pdf, page).artifacts.includes('[U+12000]'))).toBe(true)
  })

  test('that are sound claims both', async () => {
    const manifest = 'title: A Book\nlanguage: en\nbody: [a.md]\n'
    const built = await builtFrom({ 'book.yaml': manifest, 'a.md': '# A\n\nA word.\n' })
    expect(built.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(built.xmp).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
  })
})

describe('a book whose characters no face has', () => {
  test('is no PDF of numbers: that is an error, said once, with their number', async () => {
    const built = await builtBook('chinese')
    expect(built.files.size).toBe(0)
    // The first of them stand on the title page, whose words are the manifest's.
    const said = built.said.filter((one) => /^(?:glyph|script)-/.test(one.code))
    expect(said.map((one) => [one.severity, one.code, one.path, one.line])).toEqual([
      ['error', 'glyph-missing', 'book.yaml', 1],
      ['warning', 'script-unsupported', 'book.yaml', 1],
    ])
    expect(said[0]!.message).toMatch(/54 characters of Chinese or Japanese, .*\(544 in all\)/)
  })

  test('is an EPUB all the same', async () => {
    const built = await builtBook('chinese', ['epub'])
    expect(built.said.map((one) => one.code)).toEqual(['cover-lettering', 'unknown-language'])
    expect([...built.files.keys()]).toEqual(['he-tang.epub'])
    expect(built.inEpub('EPUB/text/pond.xhtml')).toContain('池塘在村子的東邊')
  })
})

test('a cover that cannot show its title says so, for the EPUB alone too', async () => {
  for (const editions of [['epub'], ['pdf']] as const) {
    const manifest = 'title: 走れメロス\nlanguage: en\ngenerate: false\nbody: [a.md]\ndate: 2024-01-01\n'
    const built = await builtFrom({ 'book.yaml': manifest, 'a.md': '# A\n\nA word.\n' }, editions)
    expect(built.said.map((one) => [one.severity, one.code])).toEqual([['warning', 'cover-lettering']])
    expect(built.said[0]!.message).toContain('走れメロス')
    expect(built.files.size).toBe(1)
  }
})

describe('a book in a language that Octavo has no words of', () => {
  /** What the manifest says in Latin letters; all other words in them are Octavo's. */
  const GIVEN =
    /Words for the road|A Walker|B Reader|A notebook|Octavo|EB Garamond|Georg Duffner|Octavio Pardo|OFL|urn:uuid:[\da-f-]+/g
  const isOurs = (text: string) => /[a-z]{3}/i.test(text.replace(GIVEN, ''))

  /** Every text of a document, with the language that it is said to be in. */
  function* texts(node: Node, lang: string): Generator<[text: string, lang: string]> {
    if (node.type === 'text') yield [(node as unknown as { data: string }).data, lang]
    if (!('children' in node) || (node as Element).name === 'style') return
    const own = (node.type === 'tag' && (node as Element).attribs['lang']) || lang
    for (const child of node.children as Node[]) yield* texts(child, own)
  }

  test('keeps its language and direction on every page of the EPUB, and marks the English words alone', async () => {
    const built = await builtBook('hebrew', ['epub'])
    const paths = [...built.opf.matchAll(/href="([^"]+\.xhtml)" media/g)].map((found) => found[1]!)
    expect(paths).toContain('text/colophon.xhtml')
    const english: string[] = []
    for (const path of paths) {
      const html = selectOne('html', parseDocument(built.inEpub(`EPUB/${path}`), { xmlMode: true }).children) as Element
      expect([path, html.attribs['lang'], html.attribs['dir']]).toEqual([path, 'he', 'rtl'])
      for (const [text, lang] of texts(html, '')) {
        if (/\p{Script=Hebrew}/u.test(text)) expect([text, lang]).toEqual([text, 'he'])
        else if (isOurs(text)) expect([path, text, lang]).toEqual([path, text, 'en'])
        if (lang === 'en') english.push(text.trim())
      }
    }
    for (const word of ['Contents', 'Colophon', 'Cover', 'Landmarks', 'Translated by', 'Source:', 'This edition:'])
      expect(english).toContain(word)
    const imprint = parseDocument(built.inEpub('EPUB/text/imprint.xhtml'), { xmlMode: true })
    const translated = selectAll('p', imprint.children).find((p) => textOf(p).includes('B Reader'))
    expect(selectAll('span', (translated as Element).children).map((span) => textOf(span).trim())).toEqual([
      'Translated by',
    ])
  })

  test('does so in the tags of the PDF', async () => {
    const built = await builtBook('hebrew', ['pdf'])
    const pdf = await openPdf(built.files.get('mylym-ldrkh.pdf')!)
    const found: [string, string][] = []
    const walk = (tagged: Tagged, lang: string) => {
      const own = tagged.lang ?? lang
      const pieces = tagged.children.filter((child): child is Piece => 'text' in child)
      const text = pieces.map((piece) => piece.text).join('')
      if (text !== '') found.push([text, own])
      for (const child of tagged.children) if (!('text' in child)) walk(child, own)
    }
    walk(pdf.root, '')
    for (const [text, lang] of found) {
      if (/\p{Script=Hebrew}/u.test(text)) expect([text, lang]).not.toEqual([text, 'en'])
      else if (isOurs(text)) expect([text, lang]).toEqual([text, 'en'])
    }
    expect(found).toContainEqual(['Contents', 'en'])
  })
})

describe('a cover', () => {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2024-01-01\nbody: [a.md]\n'
  const text = { 'a.md': '# A\n\nA word.\n' }

  test.each([
    [80, 128],
    [128, 80],
    [64, 64],
  ])(
    'of %i × %i, or the ground of one that is of quite another shape, fills the page, and in print the bleed',
    async (width, height) => {
      const picture = await png(width, height, 3)
      const files = {
        ...text,
        'book.yaml': `${manifest}cover: cover.png\neditions: { pdf: {}, print: { cover: true } }\n`,
      }
      const built = await builtFrom({ ...files, 'cover.png': picture })
      expect([...built.files.keys()]).toEqual(['a-book.pdf', 'a-book-print.pdf'])
      for (const bytes of built.files.values()) {
        const pdf = readPdf(bytes)
        const page = pdf.pages[0]!
        const box = pdf.array(pdf.get(page.get('MediaBox') ?? pdf.dict(page.get('Parent')).get('MediaBox'))) as number[]
        const content = (pdf.get(page.get('Contents')) as Stream).bytes.toString('latin1')
        const moves = [...content.matchAll(/([-\d.]+) 0 0 ([-\d.]+) ([-\d.]+) ([-\d.]+) cm/g)].map((found) =>
          found.slice(1).map(Number),
        )
        const [across, up, x, y] = moves.reduce(([w, h, a, b], [sx, sy, dx, dy]) => [
          w! * sx!,
          h! * sy!,
          a! + dx!,
          b! + dy!,
        ])
        expect(across! / up!).toBeCloseTo(width / height, 2)
        const covers = (left: number, foot: number, wide: number, high: number) =>
          left < 0.01 && foot < 0.01 && left + wide > box[2]! - 0.01 && foot + high > box[3]! - 0.01
        if (height > width) {
          expect(covers(x!, y!, across!, up!)).toBe(true)
          continue
        }
        // Nothing of it is cut, but in the bleed.
        expect(y).toBeGreaterThan(50)
        expect(across!).toBeLessThan(box[2]! + 0.01)
        const ground = /([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re\s+f/.exec(content)!.slice(1).map(Number)
        const [, right, high] = /1 0 0 1 ([-\d.]+) ([-\d.]+) cm/.exec(content)?.map(Number) ?? [0, 0, 0]
        expect(covers(ground[0]! + right!, ground[1]! + high!, ground[2]!, ground[3]!)).toBe(true)
      }
    },
  )

  test.each([undefined, [80, 128], [64, 64]])(
    'is painted beyond the page’s edges, for whose last dot would be half white: %s',
    async (size) => {
      const picture: Record<string, Uint8Array> =
        size === undefined ? {} : { 'cover.png': await png(size[0]!, size[1]!, 3) }
      const more = size === undefined ? '' : 'cover: cover.png\n'
      const { files } = await builtFrom({ ...text, ...picture, 'book.yaml': `${manifest}${more}theme: poetry\n` }, [
        'pdf',
      ])
      const pdf = readPdf(files.get('a-book.pdf')!)
      const content = pdf.get(pdf.pages[0]!.get('Contents')) as Stream
      const [, , width, height] = pdf.array(pdf.pages[0]!.get('MediaBox')) as number[]
      const areas = operators(content.bytes.toString('latin1')).flatMap(({ op, operands }) => {
        const n = operands as number[]
        if (op === 're') return [[n[0]!, n[1]!, n[0]! + n[2]!, n[1]! + n[3]!]]
        return op === 'cm' && n[0] !== 1 ? [[n[4]!, n[5]!, n[4]! + n[0]!, n[5]! + n[3]!]] : []
      })
      const covers = areas.some(([x, y, X, Y]) => x! < -0.5 && y! < -0.5 && X! > width! + 0.5 && Y! > height! + 0.5)
      expect({ areas, covers }).toEqual({ areas, covers: true })
    },
  )

  test('that is drawn has the pixels that shops ask for', async () => {
    const { files } = await builtFrom({ ...text, 'book.yaml': manifest }, ['epub'])
    const cover = Buffer.from(unzip(files.get('a-book.epub')!).get('EPUB/images/cover.png')!)
    expect([cover.readUInt32BE(16), cover.readUInt32BE(20)]).toEqual([1600, 2560])
  })
})
