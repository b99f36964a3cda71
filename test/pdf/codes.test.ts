import { describe, expect, it } from 'vitest'
import type { Font, Page } from '../../src/layout/typeset.js'
import { fileCodes, shownBy } from '../../src/pdf/paint/glyph-codes.js'

const code = (glyph: number, text: string) => ({ glyph, text, advance: 10 * glyph })
const NOTDEF = code(0, '')

function font(codes: Font['codes']): Font {
  const bytes = Uint8Array.of(1)
  return { name: 'A', family: 'A', bytes, italic: false, weight: 400, monospaced: false, codes }
}

function page(number: number, ...codes: number[]): Page {
  const run = { kind: 'text', tag: 1, font: number, size: 10, x: 0, y: 0, stretch: 1, tracking: 0 } as const
  return {
    label: '1',
    side: 'recto',
    blank: false,
    items: [{ ...run, codes: Uint16Array.from(codes), colour: '#000000' }],
    links: [],
    anchors: [],
  }
}

describe("a file's codes", () => {
  const fonts = [font([NOTDEF, code(9, 'i'), code(4, 'b'), code(4, 'a'), code(7, 'x')]), font([NOTDEF, code(1, 'c')])]

  it('are those that are shown, by glyph and text', () => {
    const codes = fileCodes(fonts, shownBy([page(0, 1, 2, 3, 2)], fonts))
    expect(codes.fonts.map((each) => each.codes)).toEqual([
      [NOTDEF, code(4, 'a'), code(4, 'b'), code(9, 'i')],
      [NOTDEF],
    ])
    expect(codes.of(fonts)).toEqual([Uint16Array.of(0, 3, 2, 1, 0), Uint16Array.of(0, 0)])
  })

  it('are the same whoever met them first, in one take or in two', () => {
    const others = [font([NOTDEF, code(7, 'x'), code(4, 'a'), code(2, 'q')]), font([NOTDEF])]
    const there = shownBy([page(0, 1, 2, 3)], others)
    const here = shownBy([page(0, 1, 2)], fonts)
    const both = fileCodes(fonts, here, there)
    expect(both.fonts[0]!.codes).toEqual([NOTDEF, code(2, 'q'), code(4, 'a'), code(4, 'b'), code(7, 'x'), code(9, 'i')])
    expect(fileCodes(others, there, here).fonts[0]!.codes).toEqual(both.fonts[0]!.codes)
    expect(both.of(others)[0]).toEqual(Uint16Array.of(0, 4, 2, 1))
  })
})
