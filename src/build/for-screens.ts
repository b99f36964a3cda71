// In: a book as it was read. Out: the same, with what screens can show in the place of pictures that only printers take: of four inks, and TIFFs.
import { error, type Report } from '../diagnostic.js'
import type { Book, Image } from '../model/book.js'
import type { Editions } from '../model/editions.js'
import { isTiff, tiffOf } from '../model/tiff-directory.js'

/** Of files that are the same bytes as before: a preview reads again and again. `by`: the printer's profile, which may change. */
const known = new WeakMap<Uint8Array, { by: Uint8Array | undefined; shown: Uint8Array | string }>()

const NONE = new Uint8Array()

/** Their inks are those of the profile that is in the file, of the printer's, or of the house's. */
export async function showInks(book: Book, editions: Editions, report: Report): Promise<void> {
  const inked = [...book.images.values()].filter((image) => image.origin !== undefined)
  if (inked.length === 0) return
  const own = (['print', 'cover-wrap'] as const).map((name) => editions[name]?.profile)
  const printers = own.map((path) => path && book.profiles?.get(path)).find((bytes) => bytes instanceof Uint8Array)
  for (const image of inked) {
    const { type, bytes } = image.origin!
    const before = known.get(bytes)
    const isSame = before !== undefined && Buffer.compare(before.by ?? NONE, printers ?? NONE) === 0
    const shown = isSame ? before.shown : await forScreens(type, bytes, printers)
    if (!isSame) known.set(bytes, { by: printers, shown })
    if (typeof shown !== 'string') {
      image.bytes = shown
      continue
    }
    tell(image, shown, report)
    image.bytes = new Uint8Array()
  }
}

async function forScreens(type: 'jpeg' | 'tiff', bytes: Uint8Array, printers: Uint8Array | undefined) {
  const { forScreens, houseProfile, jpegProfile, whyUnreadable } = await import('../pdf/index.js')
  const { profileFault } = await import('../read/index.js')
  const tiff = isTiff(bytes) ? tiffOf(bytes) : undefined
  const inside = type === 'jpeg' ? jpegProfile(bytes) : tiff && 'profile' in tiff ? tiff.profile : undefined
  const sound = inside !== undefined && profileFault(inside) === undefined ? inside : undefined
  try {
    return await forScreens(type, bytes, sound ?? printers ?? (await houseProfile()))
  } catch (thrown) {
    return whyUnreadable(thrown)
  }
}

function tell({ path, place }: Image, why: string, report: Report): void {
  const hint = 'save it anew as PNG, JPEG (RGB or gray) or SVG'
  error(report, 'image-unreadable', place ?? { path, line: 0 }, `\`${path}\` cannot be shown: ${why}`, hint)
}
