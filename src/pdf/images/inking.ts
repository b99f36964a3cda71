// In: a picture's pixels, and the inks of an edition for a printer. Out: the same picture in those inks. What is grey is black ink alone,
// whatever it was stored as; colour is grey by its lightness where there is black only, and four inks where there are four.

import { limitInk } from '../colour/press.js'
import { flate } from '../file/deflate.js'
import { lightnessOf } from '../paint/colour.js'
import type { Inks } from '../paint/edition-inks.js'
import { encodeJpeg } from './encode-jpeg.js'
import { onWhite, type Raster } from './raster.js'

export interface Inked {
  raster: Raster
  /** It had colours, and there is black ink alone. */
  faded: boolean
  /** It has colours, and no profile turns them into inks. */
  lacking: boolean
}

/** `raster` has its pixels, or is a JPEG of greys or of four inks; `kept`: as its file has it, which serves where colours stay as they are; `lossy`: it was a JPEG. */
export function inInks(raster: Raster, kept: Raster, { inking, press }: Inks, lossy = false): Inked {
  const packed = (made: Raster) => packedAs(made, lossy)
  const done = (made: Raster) => ({ raster: made, faded: false, lacking: false })
  if (raster.space === 'gray' && raster.packed !== undefined) return done(raster)
  if (raster.space === 'cmyk') {
    if (inking === 'cmyk') return done(raster.packed === undefined ? packed(raster) : raster)
    return { raster, faded: false, lacking: true }
  }
  const opaque = raster.alpha === undefined ? raster : onWhite(raster)
  const grey = greyed(opaque)
  if (grey !== undefined) return done(packed(grey))
  if (inking === 'rgb') return done(kept.alpha === undefined ? kept : opaque)
  if (inking === 'black') return { raster: packed(faded(opaque)), faded: true, lacking: false }
  if (press === undefined) return { raster: kept, faded: false, lacking: true }
  if (opaque.palette !== undefined)
    return done({ ...opaque, palette: inkPalette(opaque.palette, press.toInks), inks: true })
  const { width, height } = opaque
  const pixels = press.toInks(opaque.pixels!)
  // Coded once more, a dot may have a little more of it than it was given.
  if (lossy && press.ink !== undefined) limitInk(pixels, Math.round((press.ink - SPARE) * 2.55))
  return done(packed({ width, height, bits: 8, space: 'cmyk', pixels }))
}

/** The same in greys, if it has no others. */
function greyed({ width, height, space, palette, pixels }: Raster): Raster | undefined {
  const grey = (samples: Uint8Array): Raster => ({ width, height, bits: 8, space: 'gray', pixels: samples })
  if (space === 'gray') return grey(pixels!)
  if (palette !== undefined) {
    // Colours that the picture does not show do not count.
    const shown = new Uint8Array(256)
    for (const index of pixels!) shown[index] = 1
    for (let i = 0; i < 256; i++)
      if (shown[i] && (palette[3 * i] !== palette[3 * i + 1] || palette[3 * i] !== palette[3 * i + 2])) return undefined
    return grey(pixels!.map((index) => palette[3 * index] ?? 0))
  }
  for (let i = 0; i < pixels!.length; i += 3)
    if (pixels![i] !== pixels![i + 1] || pixels![i] !== pixels![i + 2]) return undefined
  return grey(pixels!.filter((_, i) => i % 3 === 0))
}

function faded({ width, height, palette, pixels }: Raster): Raster {
  const count = width * height
  const out = new Uint8Array(count)
  const [from, step] = palette ? [palette, 0] : [pixels!, 3]
  for (let i = 0; i < count; i++) {
    const at = step === 0 ? 3 * pixels![i]! : step * i
    out[i] = lightnessOf(from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0)
  }
  return { width, height, bits: 8, space: 'gray', pixels: out }
}

/** A drawing of few colours: its greys are black ink alone. */
function inkPalette(palette: Uint8Array, toInks: (pixels: Uint8Array) => Uint8Array): Uint8Array {
  const inks = toInks(palette.subarray(0, palette.length - (palette.length % 3)))
  for (let i = 0; 3 * i < palette.length; i++)
    if (palette[3 * i] === palette[3 * i + 1] && palette[3 * i] === palette[3 * i + 2])
      inks.set([0, 0, 0, 255 - palette[3 * i]!], 4 * i)
  return inks
}

/** Percent. */
const SPARE = 6

/** Smaller pictures are kept to the dot, whatever they come as. */
const SMALL = 64

/** A JPEG, of what came as one; else deflated by rows, each as it is or as its difference from what its neighbours foretell (PNG 9.2: none, Paeth). */
function packedAs(raster: Raster, lossy: boolean): Raster {
  const { width, height, space, pixels } = raster
  if (lossy && Math.min(width, height) >= SMALL && (space === 'cmyk' || space === 'gray'))
    return {
      ...{ width, height, bits: 8, space },
      packed: { bytes: encodeJpeg(pixels!, width, height, space === 'gray' ? 1 : 4), jpeg: true },
    }
  const colours = space === 'gray' ? 1 : space === 'cmyk' ? 4 : 3
  const size = width * colours
  const rows = new Uint8Array(height * (size + 1))
  const told = new Uint8Array(size)
  for (let row = 0; row < height; row++) {
    const at = row * size
    let plain = 0
    let changed = 0
    for (let i = 0; i < size; i++) {
      const here = pixels![at + i]!
      const left = i >= colours ? pixels![at + i - colours]! : 0
      const up = row > 0 ? pixels![at + i - size]! : 0
      const corner = i >= colours && row > 0 ? pixels![at + i - size - colours]! : 0
      const guess = left + up - corner
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
      const difference = (here - (a <= b && a <= c ? left : b <= c ? up : corner)) & 0xff
      told[i] = difference
      plain += Math.min(here, 256 - here)
      changed += Math.min(difference, 256 - difference)
    }
    const to = row * (size + 1)
    rows[to] = changed < plain ? 4 : 0
    rows.set(changed < plain ? told : pixels!.subarray(at, at + size), to + 1)
  }
  const predictor = { Predictor: 15, Colors: colours, BitsPerComponent: 8, Columns: width }
  return { width, height, bits: 8, space, packed: { bytes: flate(rows), predictor } }
}
