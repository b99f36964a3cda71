// In: the images that pages show. Out: image objects, each embedded once, and the operators that paint them.
import type { Report } from '../diagnostic.js'
import type { Page, Picture } from '../layout/typeset.js'
import type { Dictionary, Pdf } from './pdfkit.js'

export interface PictureOptions {
  /** Keep transparency; otherwise pictures stand on white. */
  alpha: boolean
  /** Colour space of RGB pictures. */
  rgb: string
}

export interface Pictures {
  /** For the unit square; undefined if the picture cannot be shown. */
  operators(image: number): string | undefined
  resources: Dictionary
}

export async function preparePictures(
  _pdf: Pdf,
  _images: readonly Picture[],
  _pages: readonly Page[],
  _options: PictureOptions,
  _report: Report,
): Promise<Pictures> {
  return { operators: () => undefined, resources: {} }
}
