import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Blob, Buffer, Face, Feature, Font, shape } from 'harfbuzzjs'
import { describe, expect, it } from 'vitest'
import { subset } from '../../src/fonts/subset.js'

const require = createRequire(import.meta.url)
const garamond = readFileSync(require.resolve('@expo-google-fonts/eb-garamond/400Regular/EBGaramond_400Regular.ttf'))

/** Glyph numbers of a text, by HarfBuzz. */
function glyphs(font: Uint8Array, text: string, features: string[] = []): number[] {
  const buffer = new Buffer()
  buffer.addText(text)
  buffer.guessSegmentProperties()
  shape(
    new Font(new Face(new Blob(font))),
    buffer,
    features.map((f) => Feature.fromString(f)!),
  )
  return buffer.getGlyphInfos().map((info) => info.codepoint)
}

function table(font: Uint8Array, name: string): DataView | undefined {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i
    const tag = String.fromCharCode(...font.subarray(at, at + 4))
    if (tag === name)
      return new DataView(font.buffer, font.byteOffset + view.getUint32(at + 8), view.getUint32(at + 12))
  }
  return undefined
}

const count = (font: Uint8Array) => table(font, 'maxp')!.getUint16(4)
const unicodes = (text: string) => [...text].map((c) => c.codePointAt(0)!)

describe('subset', () => {
  it('keeps .notdef and the glyphs asked for, and nothing else', async () => {
    const two = glyphs(garamond, 'f').concat(glyphs(garamond, 'l'))
    const made = await subset(garamond, { glyphs: two, dropLayout: true })
    expect(count(made)).toBe(3)
    expect(made.length).toBeLessThan(6000)
  })

  it('keeps the parts of a composite glyph', async () => {
    const made = await subset(garamond, { glyphs: glyphs(garamond, 'é'), dropLayout: true })
    expect(count(made)).toBeGreaterThan(2)
  })

  it('keeps glyph numbers on request, so that a map over the old numbers still holds', async () => {
    const asked = glyphs(garamond, 'Qz')
    const made = await subset(garamond, { glyphs: asked, dropLayout: true, retainGlyphIds: true })
    expect(count(made)).toBe(Math.max(...asked) + 1)
    const loca = table(made, 'loca')!
    const long = table(made, 'head')!.getInt16(50) === 1
    const size = (glyph: number) =>
      long
        ? loca.getUint32(4 * glyph + 4) - loca.getUint32(4 * glyph)
        : 2 * (loca.getUint16(2 * glyph + 2) - loca.getUint16(2 * glyph))
    for (const glyph of asked) expect(size(glyph)).toBeGreaterThan(0)
    expect(size(Math.min(...asked) + 1)).toBe(0)
  })

  it('keeps the layout features asked for, with the glyphs that they make', async () => {
    const text = unicodes('office 1936')
    const plain = await subset(garamond, { unicodes: text })
    const rich = await subset(garamond, { unicodes: text, features: ['smcp', 'onum'] })
    expect(glyphs(rich, 'office', ['smcp'])).not.toEqual(glyphs(rich, 'office'))
    expect(glyphs(rich, '1936', ['onum'])).not.toEqual(glyphs(rich, '1936', ['lnum']))
    expect(glyphs(plain, 'office', ['smcp'])).toEqual(glyphs(plain, 'office'))
    expect(count(rich)).toBeGreaterThan(count(plain))
    expect(glyphs(plain, 'ffi')).toHaveLength(glyphs(garamond, 'ffi').length)
  })

  it('drops the layout tables on request', async () => {
    const made = await subset(garamond, { unicodes: unicodes('ab'), dropLayout: true })
    expect(table(made, 'GSUB')).toBeUndefined()
    expect(table(made, 'GPOS')).toBeUndefined()
    expect(table(made, 'cmap')).toBeDefined()
  })

  it('drops instructions on request', async () => {
    const hinted = await subset(garamond, { unicodes: unicodes('ab') })
    const bare = await subset(garamond, { unicodes: unicodes('ab'), dropHints: true })
    expect(table(hinted, 'fpgm') ?? table(hinted, 'prep')).toBeDefined()
    expect(table(bare, 'fpgm') ?? table(bare, 'prep')).toBeUndefined()
  })

  it('gives the same bytes for the same input, in whatever order it comes', async () => {
    const one = await subset(garamond, { unicodes: unicodes('abc'), features: ['smcp', 'onum'] })
    const other = await subset(garamond, { unicodes: unicodes('cba'), features: ['onum', 'smcp'] })
    expect(other).toEqual(one)
  })

  it('refuses what is not a font', async () => {
    await expect(subset(new Uint8Array([1, 2, 3, 4]), { unicodes: [65] })).rejects.toThrow(/not a font/)
  })
})
