// In: the pages that a file shows, with the layout's codes. Out: the file's own codes: those that are painted and no others, in
// an order that does not depend on which page was set first, or where.
import type { Font, Page } from '../../layout/typeset.js'

/** By font: the codes that are painted. */
export type Shown = Font['codes'][]

export interface Codes {
  /** By the layout's fonts: with the file's codes; a font that is not shown has none but code 0. */
  fonts: Font[]
  /** By font: the file's code for a code of the layout. */
  of(fonts: readonly Pick<Font, 'codes'>[]): Uint16Array[]
}

export function shownBy(pages: readonly Page[], fonts: readonly Pick<Font, 'codes'>[]): Shown {
  const used = fonts.map((font) => new Uint8Array(font.codes.length))
  for (const page of pages)
    for (const item of page.items) {
      if (item.kind !== 'text') continue
      const marks = used[item.font]!
      for (let i = 0; i < item.codes.length; i++) marks[item.codes[i]!] = 1
    }
  return fonts.map((font, i) => font.codes.filter((_, code) => code > 0 && used[i]![code] === 1))
}

export function fileCodes(fonts: readonly Font[], ...shown: readonly Shown[]): Codes {
  const numbers = fonts.map(() => new Map<string, number>())
  const own = fonts.map((font, i): Font => {
    const all = new Map<string, Font['codes'][number]>()
    for (const each of shown) for (const code of each[i]!) all.set(keyOf(code), code)
    const sorted = [...all.values()].sort(
      (a, b) => a.glyph - b.glyph || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0),
    )
    sorted.forEach((code, at) => {
      numbers[i]!.set(keyOf(code), at + 1)
    })
    const { name, family, italic, weight, monospaced } = font
    const codes = [{ glyph: 0, text: '', advance: 0 }, ...sorted]
    return { name, family, bytes: sorted.length > 0 ? font.bytes : NONE, italic, weight, monospaced, codes }
  })
  return {
    fonts: own,
    of: (from) => from.map(({ codes }, i) => Uint16Array.from(codes, (code) => numbers[i]!.get(keyOf(code)) ?? 0)),
  }
}

const NONE = new Uint8Array()

function keyOf({ glyph, text }: Font['codes'][number]): string {
  return `${glyph} ${text}`
}
