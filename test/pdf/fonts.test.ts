import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { shaperOf } from '../../src/fonts/shape.js'
import type { Typeset } from '../../src/layout/typeset.js'
import { writePdf } from '../../src/pdf/index.js'
import { factsOf } from '../../src/pdf/paint/sfnt.js'
import { BOXES, makeOtf } from './cff.js'
import { compose, METADATA, MONO } from './fixture.js'
import { type Name, type Read, readPdf, type Stream } from './reader.js'
import { contentOf } from './tagtree.js'

const require = createRequire(import.meta.url)
const name = (value: unknown) => (value as Name).name

/** One line in the boxes' font. */
function boxes(text: string): Typeset {
  const bytes = makeOtf()
  const shaper = shaperOf(bytes)
  const codes = [{ glyph: 0, text: '', advance: 0 }]
  const line = [...text].map((letter) => {
    const { ids, advances } = shaper.shape(letter, [], 'en')
    return codes.push({ glyph: ids[0]!, text: letter, advance: advances[0]! }) - 1
  })
  const c = compose()
  const document = c.tag('Document', -1)
  const tag = c.tag('P', document)
  c.page('1')
  const typeset = c.finish([])
  typeset.fonts = [{ name: 'Boxes', family: 'Boxes', bytes, italic: false, weight: 400, monospaced: false, codes }]
  typeset.pages[0]!.items.push({
    kind: 'text',
    tag,
    font: 0,
    size: 20,
    x: 40,
    y: 100,
    stretch: 1,
    tracking: 0,
    codes: Uint16Array.from(line),
    colour: '#000000',
  })
  return typeset
}

async function fontsOf(typeset: Typeset): Promise<{ pdf: Read; fonts: ReturnType<Read['dict']>[] }> {
  const { bytes } = await writePdf(typeset, METADATA, { name: 'pdf' }, () => {})
  const pdf = readPdf(bytes)
  return {
    pdf,
    fonts: [...pdf.dict(pdf.dict(pdf.pages[0]!.get('Resources')).get('Font')).values()].map((f) => pdf.dict(f)),
  }
}

describe('faces with PostScript outlines', () => {
  it('lead from our codes to their glyphs by the encoding, and back to the text', async () => {
    const { pdf, fonts } = await fontsOf(boxes('ab ba'))
    const [font] = fonts
    const descendant = pdf.dict(pdf.array(font!.get('DescendantFonts'))[0])
    expect(name(descendant.get('Subtype'))).toBe('CIDFontType0')
    const descriptor = pdf.dict(descendant.get('FontDescriptor'))
    const program = pdf.get(descriptor.get('FontFile3')) as Stream
    expect(name(program.dict.get('Subtype'))).toBe('CIDFontType0C')
    expect([...program.bytes.subarray(0, 3)]).toEqual([1, 0, 4])

    // One code for each pair of glyph and text, each glyph with its width.
    const encoding = (pdf.get(font!.get('Encoding')) as Stream).bytes.toString('latin1')
    const glyphs = [...encoding.matchAll(/^<([0-9a-f]{4})> (\d+)$/gm)].map(([, , glyph]) => Number(glyph))
    expect(glyphs).toEqual([1, 2, 3])
    const [first, widths] = pdf.array(descendant.get('W'))
    expect([first, widths]).toEqual([1, BOXES.map(([, width]) => width)])
    expect([...contentOf(pdf, pdf.pages[0]!).marked.values()]).toEqual(['ab ba'])
  })
})

describe('faces', () => {
  it('that no page shows are not embedded', async () => {
    const c = compose()
    const document = c.tag('Document', -1)
    c.page('1')
    c.line({ text: 'code', tag: c.tag('P', document), font: MONO }, 40, 100)
    const { fonts } = await fontsOf(c.finish([]))
    expect(fonts.map((font) => name(font.get('BaseFont')).slice(7))).toEqual(['SourceCodePro400Regular'])
  })

  it('are described as their files say', () => {
    const { fonts } = compose().finish([])
    const [roman, italic, mono] = fonts.map((font) => factsOf(font.bytes, font.weight))
    const FIXED = 1
    const SERIF = 2
    const ITALIC = 64
    expect([roman!.flags & FIXED, roman!.flags & ITALIC]).toEqual([0, 0])
    expect(italic!.flags & ITALIC).toBe(ITALIC)
    expect(italic!.italicAngle).toBeLessThan(0)
    expect([mono!.flags & FIXED, mono!.flags & SERIF]).toEqual([FIXED, 0])
    const dejavu = (file: string) => factsOf(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`)), 400).flags
    expect([dejavu('DejaVuSerif.ttf') & SERIF, dejavu('DejaVuSans.ttf') & SERIF]).toEqual([SERIF, 0])
    expect(roman!.capHeight).toBeGreaterThan(roman!.xHeight)
    expect(roman!.ascent).toBeGreaterThan(roman!.capHeight)
    expect(roman!.descent).toBeLessThan(0)
    expect(factsOf(makeOtf(), 400)).toMatchObject({ outlines: 'cff', ascent: 800, descent: -200 })
  })
})
