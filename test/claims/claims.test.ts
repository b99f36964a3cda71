// No finished file says of itself what was not seen to be true.
import { beforeAll, describe, expect, test } from 'vitest'
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

describe('a book whose letters the pages cannot set right', () => {
  test('says so once, with their number, and its PDF claims no accessibility; its EPUB does', async () => {
    const built = await builtBook('hebrew')
    const said = built.said.filter((one) => one.code === 'script-unsupported')
    expect(said.map((one) => [one.path, one.line])).toEqual([['one.md', 1]])
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
    const said = built.said.filter((one) => one.code !== 'unknown-language')
    expect(said.map((one) => [one.severity, one.code, one.path, one.line])).toEqual([
      ['error', 'glyph-missing', 'pond.md', 1],
      ['warning', 'script-unsupported', 'pond.md', 1],
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
