// In: an OpenType file. Out: what a PDF says about a font in its descriptor, in thousandths of the em.

export interface FontFacts {
  outlines: 'truetype' | 'cff'
  bbox: [number, number, number, number]
  ascent: number
  descent: number
  capHeight: number
  xHeight: number
  italicAngle: number
  /** ISO 32000-1, table 123. */
  flags: number
  stemV: number
}

const FIXED_PITCH = 1 << 0
const SERIF = 1 << 1
/** Said of every font that is addressed by glyph: its codes mean nothing outside the file. */
const SYMBOLIC = 1 << 2
const SCRIPT = 1 << 3
const ITALIC = 1 << 6

/** A table of the font, or undefined if it has none of that name. Bounds are those of the file. */
export function tableOf(font: Uint8Array, name: string): Uint8Array | undefined {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const count = view.getUint16(4)
  for (let i = 0; i < count; i++) {
    const at = 12 + 16 * i
    if (String.fromCharCode(...font.subarray(at, at + 4)) === name) {
      const start = view.getUint32(at + 8)
      return font.subarray(start, start + view.getUint32(at + 12))
    }
  }
  return undefined
}

/** Throws a RangeError if the file is cut short; the theme's loader has let only fonts through. */
export function factsOf(font: Uint8Array, weight: number): FontFacts {
  const table = (name: string) => {
    const bytes = tableOf(font, name) ?? new Uint8Array()
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const head = table('head')
  const hhea = table('hhea')
  const post = table('post')
  const os2 = table('OS/2')
  const em = (units: number) => Math.round((units * 1000) / head.getUint16(18))

  const hasOs2 = os2.byteLength >= 78
  const hasHeights = hasOs2 && os2.getUint16(0) >= 2 && os2.byteLength >= 90
  const ascent = em(hasOs2 ? os2.getInt16(68) : hhea.getInt16(4))
  const descent = em(hasOs2 ? os2.getInt16(70) : hhea.getInt16(6))
  const italicAngle = post.getInt32(4) / 65536
  const classOf = hasOs2 ? os2.getInt16(30) >> 8 : 0
  const serif = (classOf >= 1 && classOf <= 5) || classOf === 7 || (hasOs2 && isSerif(os2))
  return {
    outlines: tableOf(font, 'glyf') ? 'truetype' : 'cff',
    bbox: [em(head.getInt16(36)), em(head.getInt16(38)), em(head.getInt16(40)), em(head.getInt16(42))],
    ascent,
    descent,
    capHeight: hasHeights ? em(os2.getInt16(88)) : ascent,
    xHeight: hasHeights ? em(os2.getInt16(86)) : 0,
    italicAngle,
    flags:
      SYMBOLIC |
      (post.getUint32(12) !== 0 ? FIXED_PITCH : 0) |
      (serif ? SERIF : 0) |
      (classOf === 10 ? SCRIPT : 0) |
      (italicAngle !== 0 || (head.getUint16(44) & 2) !== 0 ? ITALIC : 0),
    // No table of a TrueType file says the width of a stem; it grows with the weight, about 80 for a book face's 400.
    stemV: Math.round(50 + (weight / 65) ** 2 * 0.8),
  }
}

/** PANOSE: latin text with a serif style that is a serif (2-10), not one of the sans (11-15). */
function isSerif(os2: DataView): boolean {
  return os2.getUint8(32) === 2 && os2.getUint8(33) >= 2 && os2.getUint8(33) <= 10
}
