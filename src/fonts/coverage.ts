// A font file in; which characters it has glyphs for out, asked one by one: of thousands, a book shows a hundred.
import * as hb from 'harfbuzzjs'

/** Kept for as long as the file's bytes are. */
const known = new WeakMap<Uint8Array, (codePoint: number) => boolean>()

/** Does the font have a glyph for a code point? Throws if the bytes are no font. */
export function coverageOf(bytes: Uint8Array): (codePoint: number) => boolean {
  let has = known.get(bytes)
  if (has === undefined) {
    const font = new hb.Font(new hb.Face(new hb.Blob(bytes)))
    const found = new Map<number, boolean>()
    has = (codePoint) => {
      let answer = found.get(codePoint)
      if (answer === undefined) found.set(codePoint, (answer = font.nominalGlyph(codePoint) !== undefined))
      return answer
    }
    known.set(bytes, has)
  }
  return has
}
