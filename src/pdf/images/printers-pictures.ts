// In: a picture's file that only printers take as it is, a JPEG of four inks or a TIFF. Out: what screens are shown in its place, a JPEG in
// sRGB; and its inks, where they are asked for.
import { openPress } from '../colour/press.js'
import { toJpeg } from './pixels.js'
import { checkSize, onWhite, type Raster, Unreadable } from './raster.js'
import { readTiff } from './tiff.js'

/** `profile`: of its inks. Throws Unreadable. */
export async function forScreens(kind: 'jpeg' | 'tiff', file: Uint8Array, profile: Uint8Array): Promise<Uint8Array> {
  const raster = kind === 'tiff' ? readTiff(file) : await jpegInks(file)
  const opaque = raster.alpha === undefined ? raster : onWhite(raster)
  const { width, height, space } = opaque
  const pixels = space === 'cmyk' ? (await openPress(profile)).toScreen(opaque.pixels!) : opaque.pixels!
  const data = new Uint8Array(4 * width * height)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = space === 'gray' ? pixels[i]! : pixels[3 * i + c]!
    data[4 * i + 3] = 255
  }
  return toJpeg({ width, height, data })
}

/** A JPEG of four inks, opened by pdf.js: the other decoder knows none. 255 is all of an ink. */
export async function jpegInks(file: Uint8Array): Promise<Raster> {
  const { JpegImage, setVerbosityLevel } = await import('pdfjs-dist/image_decoders/pdf.image_decoders.mjs')
  // What it has to say goes to nobody: what cannot be opened is told in our words.
  setVerbosityLevel(0)
  try {
    const image = new JpegImage()
    image.parse(file)
    const { width, height } = image
    checkSize(width, height)
    if (image.numComponents !== 4) throw new Error('not of four inks')
    // As the file has them: Adobe’s programs write them the wrong way round, and say that it is theirs.
    const pixels = new Uint8Array(image.getData({ width, height, isSourcePDF: true }))
    if (isAdobe(file)) for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - pixels[i]!
    return { width, height, bits: 8, space: 'cmyk', pixels }
  } catch (reason) {
    if (reason instanceof Unreadable) throw reason
    throw new Unreadable('its pixels cannot be unpacked')
  }
}

/** As the file is, for a press; the reader of PDFs turns its inks round where Adobe wrote them so. */
export function packedInks(file: Uint8Array, { width, height }: Pick<Raster, 'width' | 'height'>): Raster {
  return {
    width,
    height,
    bits: 8,
    space: 'cmyk',
    packed: { bytes: file, jpeg: true, inverted: isAdobe(file) || undefined },
  }
}

/** It has the segment APP14 of Adobe’s programs. */
function isAdobe(file: Uint8Array): boolean {
  for (let at = 2; at + 16 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda; ) {
    if (file[at + 1] === 0xff) {
      at++
      continue
    }
    if (file[at + 1] === 0xee && String.fromCharCode(...file.subarray(at + 4, at + 9)) === 'Adobe') return true
    at += 2 + ((file[at + 2]! << 8) | file[at + 3]!)
  }
  return false
}
