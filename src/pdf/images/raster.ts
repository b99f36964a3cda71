// In: pixels. Out: an image object (ISO 32000-1, 8.9.5), its transparency as a soft mask or laid on white.
import { flate } from '../file/deflate.js'
import type { Dictionary, Pdf, Ref, Value } from '../file/objects.js'

/** A picture of pixels, by rows from the top left: either 8-bit samples, or a stream that PDF can unpack itself. */
export interface Raster {
  width: number
  height: number
  /** Of a sample. */
  bits: number
  space: 'gray' | 'rgb' | 'palette' | 'cmyk'
  /** RGB triples; `inks`: of four inks each, 255 all of it. */
  palette?: Uint8Array | undefined
  inks?: true | undefined
  /** One byte a sample. */
  pixels?: Uint8Array | undefined
  packed?:
    | {
        bytes: Uint8Array
        predictor?: Dictionary | undefined
        jpeg?: boolean | undefined
        /** Its samples are the wrong way round, as Adobe writes four inks: 0 is all of it. */
        inverted?: boolean | undefined
      }
    | undefined
  /** One byte a pixel, 255 opaque. */
  alpha?: Uint8Array | undefined
}

/** More pixels are refused: a small file can claim any number, and a page at 300 dpi has nine millions. */
const MOST = 100_000_000

/** What is wrong with a picture, in words that follow its name. Of another Error nobody but a programmer makes sense. */
export class Unreadable extends Error {}

/** A picture asks for more time or memory than it is given. */
export class TooComplex extends Error {}

export function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Unreadable('it has no pixels')
  if (width * height > MOST) throw new Unreadable('it has more than a hundred million pixels')
}

export interface RasterOptions {
  /** Transparency as a soft mask; else the picture is laid on white, as on paper. */
  alpha: boolean
  /** What RGB samples are. */
  rgb: Value
}

export function embedRaster(pdf: Pdf, raster: Raster, options: RasterOptions): Ref {
  const shown = raster.alpha && !options.alpha ? onWhite(raster) : raster
  const { width, height, packed } = shown
  const data: Dictionary = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: shown.bits,
    ColorSpace: spaceOf(shown, options.rgb),
    Filter: packed?.jpeg ? 'DCTDecode' : 'FlateDecode',
  }
  if (packed?.predictor) data['DecodeParms'] = packed.predictor
  if (packed?.inverted) data['Decode'] = [1, 0, 1, 0, 1, 0, 1, 0]
  if (shown.alpha?.some((value) => value < 255)) {
    data['SMask'] = pdf.stream(
      {
        Type: 'XObject',
        Subtype: 'Image',
        Width: width,
        Height: height,
        BitsPerComponent: 8,
        ColorSpace: 'DeviceGray',
        Filter: 'FlateDecode',
      },
      flate(shown.alpha),
    )
  }
  return pdf.stream(data, packed ? packed.bytes : flate(shown.pixels!))
}

function spaceOf(raster: Raster, rgb: Value): Value {
  if (raster.space === 'gray') return 'DeviceGray'
  if (raster.space === 'cmyk') return 'DeviceCMYK'
  if (raster.space === 'rgb') return rgb
  const [base, size] = raster.inks ? ['DeviceCMYK', 4] : [rgb, 3]
  return ['Indexed', base, raster.palette!.length / (size as number) - 1, raster.palette!]
}

/** From pixels of four bytes; a picture without colour or without transparency is stored without. */
export function fromRgba(width: number, height: number, rgba: Uint8Array): Raster {
  const count = width * height
  let gray = true
  let opaque = true
  for (let i = 0; i < 4 * count; i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) gray = false
    if (rgba[i + 3] !== 255) opaque = false
  }
  const colours = gray ? 1 : 3
  const pixels = new Uint8Array(count * colours)
  const alpha = opaque ? undefined : new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < colours; c++) pixels[i * colours + c] = rgba[4 * i + c]!
    if (alpha) alpha[i] = rgba[4 * i + 3]!
  }
  return { width, height, bits: 8, space: gray ? 'gray' : 'rgb', pixels, alpha }
}

export function onWhite(raster: Raster): Raster {
  const { width, height, palette, alpha } = raster
  const colours = raster.space === 'gray' ? 1 : 3
  const pixels = new Uint8Array(width * height * colours)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < colours; c++) {
      const at = i * colours + c
      const sample = palette ? (palette[3 * raster.pixels![i]! + c] ?? 0) : raster.pixels![at]!
      pixels[at] = Math.round((sample * alpha![i]! + 255 * (255 - alpha![i]!)) / 255)
    }
  }
  return { width, height, bits: 8, space: colours === 1 ? 'gray' : 'rgb', pixels }
}
