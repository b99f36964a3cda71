// No finished file says of itself what was not seen to be true.
import { beforeAll, describe, expect, test } from 'vitest'
import { type Built, builtBook } from './built.js'

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
