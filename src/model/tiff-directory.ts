// In: a TIFF file (Adobe, TIFF 6.0, 1992). Out: what its first directory says of its first picture, if it is of a kind that is read: 8 bits a sample,
// grey, RGB, of a palette or of four inks, in strips; or what is wrong with it, in words that follow its name.

export interface Tiff {
  width: number
  height: number
  /** Of samples: 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 four inks. */
  space: 0 | 1 | 2 | 3 | 5
  /** Samples of a pixel; those beyond the colours' are transparency, of which there may be one. */
  samples: number
  /** 1 none, 5 LZW, 8 and 32946 deflate, 32773 PackBits. */
  packing: number
  /** Rows are their differences from the left (14). */
  differences: boolean
  rows: number
  strips: { from: number; size: number }[]
  /** Three times 256 values of 16 bits. */
  palette: number[]
  /** An ICC profile. */
  profile: Uint8Array | undefined
}

/** Of its colours. */
export const TIFF_COLOURS: { readonly [S in Tiff['space']]: number } = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4 }

const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const PACKINGS = new Set([1, 5, 8, 32946, 32773])
/** Strips are rows or more, and no picture that is read has more rows. */
const MOST = 1_000_000

export function isTiff(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 4))
  return head === 'II*\0' || head === 'MM\0*'
}

export function tiffOf(bytes: Uint8Array): Tiff | { broken: string } {
  try {
    return directory(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch (thrown) {
    // Reading past the end of the view.
    if (thrown instanceof RangeError) return { broken: 'ends before the image does' }
    throw thrown
  }
}

function directory(bytes: Uint8Array, view: DataView): Tiff | { broken: string } {
  const little = bytes[0] === 0x49
  const start = view.getUint32(4, little)
  const count = view.getUint16(start, little)
  const entries = new Map<number, number>()
  for (let i = 0; i < count; i++) entries.set(view.getUint16(start + 2 + 12 * i, little), start + 2 + 12 * i)
  const place = (tag: number): { type: number; length: number; from: number } | undefined => {
    const at = entries.get(tag)
    if (at === undefined) return undefined
    const [type, length] = [view.getUint16(at + 2, little), view.getUint32(at + 4, little)]
    const size = (SIZES[type] ?? 0) * length
    return { type, length, from: size > 4 ? view.getUint32(at + 8, little) : at + 8 }
  }
  const values = (tag: number): number[] => {
    const { type, length, from } = place(tag) ?? { type: 0, length: 0, from: 0 }
    if (length > MOST || (type !== 1 && type !== 3 && type !== 4)) return []
    return Array.from({ length }, (_, i) =>
      type === 1
        ? view.getUint8(from + i)
        : type === 3
          ? view.getUint16(from + 2 * i, little)
          : view.getUint32(from + 4 * i, little),
    )
  }
  const value = (tag: number, absent: number) => values(tag)[0] ?? absent

  const [width, height] = [value(256, 0), value(257, 0)]
  if (width < 1 || height < 1) return { broken: 'has no sensible size' }
  const bits = values(258)
  const samples = value(277, 1)
  if ((bits.length === 0 ? [1] : bits).some((one) => one !== 8))
    return { broken: 'is a TIFF image that has not 8 bits a colour' }
  const space = value(262, -1)
  if (space !== 0 && space !== 1 && space !== 2 && space !== 3 && space !== 5)
    return { broken: 'is a TIFF image of colours that are not read' }
  if (samples !== TIFF_COLOURS[space] && samples !== TIFF_COLOURS[space] + 1)
    return { broken: 'is a TIFF image with a strange number of colours' }
  const packing = value(259, 1)
  if (!PACKINGS.has(packing)) return { broken: 'is a TIFF image that is packed in a way that is not read' }
  if (value(284, 1) !== 1 && samples > 1) return { broken: 'is a TIFF image whose colours stand apart' }
  if (entries.has(322) || value(274, 1) !== 1) return { broken: 'is a TIFF image in tiles, or turned' }
  const [froms, sizes] = [values(273), values(279)]
  const rows = Math.min(height, value(278, height))
  if (rows < 1 || froms.length !== Math.ceil(height / rows) || sizes.length !== froms.length)
    return { broken: 'is a damaged TIFF image' }
  const strips = froms.map((from, i) => ({ from, size: sizes[i]! }))
  if (strips.some(({ from, size }) => from + size > bytes.length)) return { broken: 'ends before the image does' }
  const palette = space === 3 ? values(320) : []
  if (space === 3 && palette.length !== 768) return { broken: 'is a TIFF image without its palette' }
  const icc = place(34675)
  const profile =
    icc && icc.from + icc.length <= bytes.length ? bytes.subarray(icc.from, icc.from + icc.length) : undefined
  const differences = value(317, 1) === 2
  return { width, height, space, samples, packing, differences, rows, strips, palette, profile }
}
