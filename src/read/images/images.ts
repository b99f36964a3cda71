// In: a reference to an image, in one of the book's files. Out: the image, its kind and size found out, its soundness seen to.
import { error, forgivable, type Place, type Report, warning } from '../../diagnostic.js'
import { type Folder, kindOf, within } from '../../folder.js'
import type { Image } from '../../model/book.js'
import type { Limits, Work } from '../../model/limits.js'
import { readBytes } from '../book-folder.js'
import { type FileContext, placeOf } from '../context.js'
import { shown } from '../manifest/fields.js'
import { type Drawing, Fault, readDrawing } from '../svg/rewrite-svg.js'
import { inspect } from './inspect.js'

/** The images of a book as they are taken, one after another, with what they have taken of its limits. */
export interface Images {
  folder: Folder
  report: Report
  /** By path; undefined: reported already. */
  seen: Map<string, Image | undefined>
  bytes: number
  pixels: number
  limits: Limits
  weigh: (work: Partial<Work>, largest?: string) => void
  /** SVG whose contents are still to be seen to: `finishDrawings`. */
  drawings: { image: Image; drawing: Drawing; place: Place; from: Uint8Array }[]
  /** What was looked at before it is taken, as `seen`. */
  looked: Map<string, Image | undefined>
  /** Folders in which images are looked for that are not where the text says. */
  elsewhere: readonly string[]
}

export function openImages(
  folder: Folder,
  report: Report,
  limits: Limits,
  weigh: Images['weigh'],
  elsewhere: readonly string[] = [],
): Images {
  const seen = new Map<string, Image | undefined>()
  return { folder, report, seen, bytes: 0, pixels: 0, limits, weigh, drawings: [], looked: new Map(), elsewhere }
}

/** The image that `ref` means in the file `from`; undefined if there is none to show (reported). */
export function takeImage(images: Images, from: string, ref: string, place: Place): Image | undefined {
  const { report } = images
  const target = ref.trim()
  if (/^(?:https?:)?\/\//i.test(target) || /^data:/i.test(target)) {
    const hint = 'put a copy of the image into the book folder'
    // Its text stands in its place, and leads there; of `data:` nothing could.
    const say = /^https?:/i.test(target) ? forgivable : error
    say(report, 'remote-image', place, `the image \`${shown(target)}\` is not a file of the book`, hint)
    return undefined
  }
  const decoded = decodePath(target)
  const found = decoded === undefined ? { refused: 'it is badly encoded' } : within(from, decoded)
  if ('refused' in found) {
    const hint = 'write the path from this file: images/map.png'
    error(report, 'bad-path', place, `the image \`${shown(target)}\` is refused: ${found.refused}`, hint)
    return undefined
  }
  const path = whereabouts(images, found.path, decoded!)
  if (images.seen.has(path)) {
    const known = images.seen.get(path)
    // A second reference to something missing has a line of its own to mend.
    if (known === undefined) load(images, path, place)
    return known
  }
  if (images.seen.size >= images.limits.pictures) {
    const message = `the book has more than ${images.limits.pictures} images`
    error(report, 'too-large', place, message, 'make more than one book of it')
    return undefined
  }
  const image = load(images, path, place)
  images.seen.set(path, image)
  return image
}

function whereabouts({ folder, elsewhere }: Images, path: string, ref: string): string {
  if (elsewhere.length === 0 || kindOf(folder, path) !== undefined) return path
  for (const base of elsewhere) {
    const other = within(`${base.replace(/\/$/, '')}/x`.replace(/^\//, ''), ref)
    if ('path' in other && kindOf(folder, other.path) === 'file') return other.path
  }
  return path
}

/** What is at most as high as this, in pixels, is an icon or a badge, and has its place among words. */
const ICON = 48

/** Is there such an image, and is it higher than a sign among words? What is wrong with it is said where it is taken. */
export function isTall(images: Images, from: string, ref: string): boolean {
  // For itself: what is warned of once is warned of where the image is taken.
  const silent: Images = {
    ...images,
    seen: images.looked,
    drawings: [],
    report: () => undefined,
    weigh: () => undefined,
  }
  const image = takeImage(silent, from, ref, { path: from, line: 0 })
  return image !== undefined && image.height > ICON
}

/** A path as it may stand in Markdown: percent-encoded or not, with a query or without. Undefined if its encoding is broken. */
export function decodePath(ref: string): string | undefined {
  if (!ref.includes('%')) return ref
  try {
    return decodeURIComponent(ref)
  } catch {
    return undefined
  }
}

/** Endings of names that say the same. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ['jpg', 'jpeg'],
  ['tif', 'tiff'],
])

function load(images: Images, path: string, place: Place): Image | undefined {
  const { folder, report, limits } = images
  const bytes = readBytes(folder, path, limits.image, 'image', place, report)
  if (bytes === undefined) return undefined
  images.bytes += bytes.length
  if (images.bytes > limits.images) {
    const message = `the images have more than ${limits.images >> 20} MB in all`
    error(report, 'too-large', place, message, 'make the images smaller')
    return undefined
  }
  const found = inspect(bytes)
  if ('broken' in found) {
    const hint = 'save it again, as PNG, JPEG or SVG'
    error(report, 'broken-image', place, `\`${path}\` ${found.broken}`, hint)
    return undefined
  }
  const pixels = found.type === 'svg' ? 0 : found.width * found.height
  if (found.width * found.height > limits.pixels) {
    const message = `\`${path}\` has ${found.width} × ${found.height} pixels`
    error(
      report,
      'too-large',
      place,
      message,
      `at most ${limits.pixels / 1e6} million are read; make the image smaller`,
    )
    return undefined
  }
  images.pixels += pixels
  if (images.pixels > limits.allPixels) {
    const message = `the images have more than ${limits.allPixels / 1e6} million pixels in all`
    error(report, 'too-large', place, message, 'make the images smaller')
    return undefined
  }
  const { weight = 1, origin, ...measured } = found
  if (pixels > 0) images.weigh({ pixels: pixels * weight })
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const kind = origin ?? found.type
  if ((ALIKE.get(extension) ?? extension) !== kind) {
    const message = `\`${path}\` is a ${kind.toUpperCase()} image by its content`
    warning(report, 'image-type', place, message, `name it \`.${kind}\``)
  }
  if (origin !== undefined) return { path, bytes, place, ...measured, origin: { type: origin, bytes } }
  if (found.type !== 'svg') return { path, bytes, place, ...measured }
  const known = finished.get(bytes)
  if (known !== undefined) return { ...known, path, place }
  try {
    const drawing = readDrawing(bytes)
    const { width, height } = drawing
    const image: Image = { path, type: 'svg', bytes: new Uint8Array(), width, height, place }
    images.drawings.push({ image, drawing, place, from: bytes })
    return image
  } catch (fault) {
    refuseDrawing(report, path, place, fault)
    return undefined
  }
}

/** To be called once, when everything has been read: what is in the SVGs is seen to, written anew and priced. */
export async function finishDrawings({ drawings, report, limits, weigh }: Images): Promise<void> {
  for (const { image, drawing, place, from } of drawings.splice(0)) {
    let done: Awaited<ReturnType<Drawing['finish']>>
    try {
      done = await drawing.finish(limits.drawing)
    } catch (fault) {
      refuseDrawing(report, image.path, place, fault)
      continue
    }
    Object.assign(image, done)
    finished.set(from, { ...image })
    weigh({ drawing: done.work })
  }
}

/** Of files that are the same bytes as before: see `Source.kept`. */
const finished = new WeakMap<Uint8Array, Image>()

function refuseDrawing(report: Report, path: string, place: Place, fault: unknown): void {
  if (!(fault instanceof Fault)) throw fault
  error(report, fault.code, place, `\`${path}\` ${fault.message}`, fault.hint)
}

/** `width=50%` of an image as a share of the measure; other units are not kept. */
export function shareOf(width: string | undefined, line: number, ctx: FileContext): number | undefined {
  if (width === undefined) return undefined
  const found = /^(\d{1,3}(?:\.\d+)?)%$/.exec(width)
  const share = found === null ? 0 : Number(found[1]) / 100
  if (share > 0 && share <= 1) return share
  const hint = 'write it as a share of the line: width=50%'
  warning(ctx.report, 'unknown-attribute', placeOf(ctx, line), `the width \`${shown(width)}\` is not understood`, hint)
  return undefined
}

/** An image that is elsewhere in the web: what a link to it is given. */
export function addressOf(ref: string): string | undefined {
  const target = ref.trim()
  return /^https?:\/\/\S/i.test(target) ? target : undefined
}
