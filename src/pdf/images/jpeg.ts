// In: a JPEG file (ITU-T T.81). Out: what PDF must know of it; the file goes in as it is.
import { checkSize, type Raster, Unreadable } from './raster.js'

export interface Jpeg {
  raster: Raster
  /** Exif's orientation, 1 to 8: how a viewer has to turn it. */
  orientation: number
}

/** Throws an Error whose message says what is wrong with the file. */
export function readJpeg(file: Uint8Array): Jpeg {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let orientation = 1
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff) throw new Unreadable('it is cut short')
    const marker = file[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const length = view.getUint16(at + 2)
    if (marker === 0xe1) orientation = readOrientation(file.subarray(at + 4, at + 2 + length)) ?? orientation
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (at + 10 > file.length) break
      const components = file[at + 9]!
      // Baseline, extended and progressive; what came after them no PDF reader has to know.
      if (marker > 0xc2 || file[at + 4] !== 8) throw new Unreadable('it is coded in a way that PDF does not know')
      if (components === 4) throw new Unreadable('it is in CMYK, which looks different on every device')
      if (components !== 1 && components !== 3) throw new Unreadable('it has a strange number of colours')
      const raster: Raster = {
        width: view.getUint16(at + 7),
        height: view.getUint16(at + 5),
        bits: 8,
        space: components === 1 ? 'gray' : 'rgb',
        packed: { bytes: file, jpeg: true },
      }
      checkSize(raster.width, raster.height)
      return { raster, orientation }
    }
    at += 2 + length
  }
  throw new Unreadable('it is cut short')
}

/** From an Exif segment: a TIFF directory, in either byte order; tag 0x0112. */
function readOrientation(segment: Uint8Array): number | undefined {
  if (String.fromCharCode(...segment.subarray(0, 4)) !== 'Exif' || segment.length < 14) return undefined
  const view = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6)
  const little = view.getUint16(0) === 0x4949
  const start = view.getUint32(4, little)
  if (start + 2 > view.byteLength) return undefined
  const count = view.getUint16(start, little)
  for (let i = 0; i < count && start + 14 + 12 * i <= view.byteLength; i++) {
    const at = start + 2 + 12 * i
    if (view.getUint16(at, little) !== 0x0112) continue
    const value = view.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** The matrix that turns the unit square of the stored picture into the upright one. */
export function uprightMatrix(orientation: number): [number, number, number, number, number, number] {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, 1, 0]
    case 3:
      return [-1, 0, 0, -1, 1, 1]
    case 4:
      return [1, 0, 0, -1, 0, 1]
    case 5:
      return [0, -1, -1, 0, 1, 1]
    case 6:
      return [0, -1, 1, 0, 0, 1]
    case 7:
      return [0, 1, 1, 0, 0, 0]
    case 8:
      return [0, 1, -1, 0, 1, 0]
    default:
      return [1, 0, 0, 1, 0, 0]
  }
}
