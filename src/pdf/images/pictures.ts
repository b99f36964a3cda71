// In: the images that pages show. Out: image objects, each embedded once, and the operators that paint them.

import { createHash } from 'node:crypto'
import { error, type Place, type Report, warning } from '../../diagnostic.js'
import type { Font, Page, Picture } from '../../layout/typeset.js'
import { fromDevice, limitInk } from '../colour/press.js'
import { flate } from '../file/deflate.js'
import type { Dictionary, Pdf, Ref } from '../file/objects.js'
import { bytesOf } from '../file/syntax.js'
import { type Ink, isGray } from '../paint/colour.js'
import type { Inks } from '../paint/edition-inks.js'
import { readGif } from './gif.js'
import { inInks } from './inking.js'
import { readJpeg, uprightMatrix } from './jpeg.js'
import { isForeign, jpegProfile, jpegRaster, pngProfile } from './pixels.js'
import { readPng } from './png.js'
import { jpegInks, packedInks } from './printers-pictures.js'
import { embedRaster, type Raster, type RasterOptions, TooComplex, Unreadable } from './raster.js'
import { readTiff } from './tiff.js'
import type { Vector, VectorOptions } from './vector.js'

export interface PictureOptions extends RasterOptions, VectorOptions {
  /** Tell of pictures with fewer dots to the inch. */
  dpi?: number | undefined
  /** Which asks for them, as the author calls it; `print` if absent. */
  edition?: string
  /** For a printer: pictures are turned into these. */
  inks?: Inks | undefined
  /** Is told of pictures with colours that are printed in black ink. */
  faded?: ((path: string) => void) | undefined
}

export interface Pictures {
  /** For the unit square; undefined if the picture cannot be shown. */
  operators(image: number): string | undefined
  /** Entries of the pages' resources. */
  resources: Dictionary
}

/** Where pages show an image at its largest, points. */
type Sizes = Map<number, { width: number; height: number }>

export async function preparePictures(
  pdf: Pdf,
  images: readonly Picture[],
  fonts: readonly Font[],
  pages: readonly Page[],
  options: PictureOptions,
  report: Report,
): Promise<Pictures> {
  const operators = new Map<number, string>()
  const objects: { [name: string]: Ref } = {}
  // One object for the same bytes, however many times and from however many files they are shown.
  const known = new Map<string, string>()
  for (const [image, size] of shownSizes(pages)) {
    const picture = images[image]!
    const key = createHash('sha256').update(picture.bytes).digest('hex')
    let painted = known.get(key)
    if (painted === undefined) {
      const name = `I${image}`
      try {
        const { ref, matrix } = await embed(pdf, picture, fonts, size, options, report)
        objects[name] = ref
        painted = `${matrix === undefined ? '' : `${matrix.map(precise).join(' ')} cm\n`}/${name} Do\n`
      } catch (reason) {
        refuse(picture, reason, report)
        continue
      }
      known.set(key, painted)
    }
    operators.set(image, painted)
  }
  return {
    operators: (image) => operators.get(image),
    resources: Object.keys(objects).length > 0 ? { XObject: objects } : {},
  }
}

/** Images that were read before, each with what was wrong with it: a preview asks again and again. */
const proved = new WeakMap<Uint8Array, Unreadable | TooComplex | Error | undefined>()

/** Reads pictures as if they were painted, and tells of those that cannot be: for a book that has other faults, of which no page is painted. */
export async function tellPictures(images: Iterable<Picture>, report: Report): Promise<void> {
  for (const picture of images) {
    const { type, bytes } = picture
    // Of a drawing that was refused already there is nothing.
    if (bytes.length === 0) continue
    if (!proved.has(bytes))
      try {
        if (type === 'svg') await (await import('./svg.js')).readSvg(bytes, { ...UNSEEN, work: picture.work ?? 0 })
        else await readRaster(picture)
        proved.set(bytes, undefined)
      } catch (reason) {
        proved.set(bytes, reason as Error)
      }
    const reason = proved.get(bytes)
    if (reason !== undefined) refuse(picture, reason, report)
  }
}

/** Nobody looks at it. */
const UNSEEN = { alpha: true, width: 300, fonts: () => [], family: 'serif', fill: () => '', stroke: () => '' }

function refuse(picture: Picture, reason: unknown, report: Report): void {
  const told = reason instanceof Unreadable || reason instanceof TooComplex
  const message = `\`${picture.path}\` cannot be shown: ${told ? reason.message : 'its content makes no sense'}`
  const place = placeOf(picture)
  if (reason instanceof TooComplex) error(report, 'svg-too-complex', place, message, 'simplify it, or save it as PNG')
  else error(report, 'image-unreadable', place, message, 'save it anew as PNG, JPEG (RGB or gray) or SVG')
}

function shownSizes(pages: readonly Page[]): Sizes {
  const sizes: Sizes = new Map()
  for (const page of pages) {
    for (const item of page.items) {
      if (item.kind !== 'image') continue
      const { width, height } = sizes.get(item.image) ?? { width: 0, height: 0 }
      sizes.set(item.image, { width: Math.max(width, item.width), height: Math.max(height, item.height) })
    }
  }
  return sizes
}

async function embed(
  pdf: Pdf,
  picture: Picture,
  fonts: readonly Font[],
  size: { width: number; height: number },
  options: PictureOptions,
  report: Report,
): Promise<{ ref: Ref; matrix?: readonly number[] | undefined }> {
  const place = placeOf(picture)
  if (picture.type === 'svg') {
    const { readSvg } = await import('./svg.js')
    const [text] = fonts
    let coloured = false
    const noting = (ink: Ink) => (colour: string) => {
      coloured ||= !isGray(colour)
      return ink(colour)
    }
    const { vector, raster, incomplete, lacking } = await readSvg(picture.bytes, {
      alpha: options.alpha,
      fill: noting(options.fill),
      stroke: noting(options.stroke),
      width: size.width,
      fonts: () => fonts.map((font) => font.bytes),
      family: text?.family ?? 'serif',
      work: picture.work ?? 0,
    })
    if (incomplete)
      warning(
        report,
        'image-incomplete',
        place,
        `\`${picture.path}\` shows other files, which are left out`,
        'put them into the SVG itself',
      )
    if (lacking.length > 0) {
      const which = lacking.slice(0, 5).join(' ') + (lacking.length > 5 ? ' …' : '')
      const message = `no face has the characters ${which} of the text in \`${picture.path}\`; boxes stand for them`
      warning(
        report,
        'image-incomplete',
        place,
        message,
        'turn the text into paths where it was drawn, or save it as PNG',
      )
    }
    if (!vector) return { ref: embedRaster(pdf, turned({ raster: raster!, open: raster! }), options) }
    if (coloured && options.inks?.inking === 'black') options.faded?.(picture.path)
    return { ref: embedVector(pdf, vector, options), matrix: [1 / vector.width, 0, 0, -1 / vector.height, 0, 1] }
  }
  const { raster, orientation, open } = options.inks ? await readInks(picture, options.inks) : await readRaster(picture)
  const dots = Math.min(raster.width / size.width, raster.height / size.height) * 72
  if (options.dpi !== undefined && dots < options.dpi - 0.5)
    warning(
      report,
      'image-resolution',
      place,
      `\`${picture.path}\` is printed with ${Math.round(dots)} dots to the inch in the edition \`${options.edition ?? 'print'}\`, fewer than ${options.dpi}`,
      'show it smaller, or use a larger picture',
    )
  return {
    ref: embedRaster(pdf, turned({ raster, open }), options),
    matrix: orientation > 1 ? uprightMatrix(orientation) : undefined,
  }

  /** In the inks of the edition, if it is for a printer. */
  function turned({ raster, open }: { raster: Raster; open: Raster | undefined }): Raster {
    if (options.inks === undefined) return raster
    const inked = inInks(
      open ?? raster,
      raster,
      options.inks,
      picture.type === 'jpeg' && picture.origin?.type !== 'tiff',
    )
    if (inked.faded) options.faded?.(picture.path)
    if (inked.lacking) tellLacking(place, `\`${picture.path}\``, report)
    return inked.raster
  }
}

/** No profile turns its colours into the inks that are asked for. */
export function tellLacking(place: Place, what: string, report: Report): void {
  const message = `${what} cannot be turned into inks: the printing condition has no profile here`
  const hint = 'ask the printer for its ICC profile and write `profile: file.icc`, or leave `condition` out'
  error(report, 'missing-profile', place, message, hint)
}

/** Where the text shows it; the picture itself, if nobody said. */
function placeOf({ path, place }: Picture): Place {
  return place ?? { path, line: 0 }
}

interface Opened {
  raster: Raster
  orientation: number
  /** With its pixels, if they were asked for. */
  open?: Raster | undefined
}

/** `pixels`: they are needed, whatever its file has. */
async function readRaster({ type, bytes, width, height }: Picture, pixels = false): Promise<Opened> {
  if (type === 'jpeg') {
    const read = readJpeg(bytes)
    return pixels && read.raster.space === 'rgb' ? { ...read, open: await jpegRaster(bytes) } : read
  }
  if (type === 'png') return { raster: readPng(bytes), orientation: 1, open: pixels ? readPng(bytes, true) : undefined }
  if (type === 'gif') return { raster: readGif(bytes), orientation: 1 }
  const { readWebp } = await import('./webp.js')
  return { raster: await readWebp(bytes, width, height), orientation: 1 }
}

/** As a printer takes it: of four inks, where there are four; else what screens are shown. */
async function readInks(picture: Picture, { inking, press }: Inks): Promise<Opened> {
  const { origin } = picture
  if (origin?.type === 'tiff') {
    const raster = readTiff(origin.bytes)
    if (raster.space !== 'cmyk' || inking === 'cmyk') return { raster: limited(raster), orientation: 1 }
  } else if (origin !== undefined && inking === 'cmyk') {
    if (press?.ink === undefined) return { raster: packedInks(origin.bytes, picture), orientation: 1 }
    const raster = await jpegInks(origin.bytes)
    const before = raster.pixels!.slice()
    const now = limited(raster)
    // A file that has no more ink than it may have goes in as it is.
    const isSame = Buffer.compare(before, now.pixels!) === 0
    return { raster: isSame ? packedInks(origin.bytes, raster) : now, orientation: 1 }
  }
  return asSeen(picture, await readRaster(picture, true))

  function limited(raster: Raster): Raster {
    if (raster.space === 'cmyk' && press?.ink !== undefined) limitInk(raster.pixels!, Math.round(press.ink * 2.55))
    return raster
  }
}

/** In sRGB, whatever the profile in its file is: before it becomes inks, which are reckoned from there. */
async function asSeen({ type, bytes }: Picture, read: Opened): Promise<Opened> {
  const profile = type === 'jpeg' ? jpegProfile(bytes) : type === 'png' ? pngProfile(bytes) : undefined
  const { open } = read
  if (profile === undefined || !isForeign(profile) || open === undefined || open.space === 'gray') return read
  const samples = open.palette ?? open.pixels!
  const seen = await fromDevice(profile, samples.subarray(0, samples.length - (samples.length % 3)))
  if (seen === undefined) return read
  const made: Raster = open.palette ? { ...open, palette: seen } : { ...open, pixels: seen }
  return { ...read, open: made, raster: made }
}

/** A share of a picture's width has to be told from its neighbour to a thousandth of a point. */
function precise(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '')
}

/** A drawing as a form of its own (8.10), in its own measure, y downwards. */
function embedVector(pdf: Pdf, vector: Vector, options: PictureOptions): Ref {
  const states: Dictionary = {}
  for (const [name, { fill, stroke }] of vector.states) states[name] = { ca: fill, CA: stroke }
  return pdf.stream(
    {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, vector.width, vector.height],
      Resources: {
        ...(vector.states.size > 0 ? { ExtGState: states } : {}),
        ...options.inks?.resources,
      },
      Filter: 'FlateDecode',
    },
    flate(bytesOf(vector.content)),
  )
}
