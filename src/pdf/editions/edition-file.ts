// What all editions begin and end with: the file with its metadata, the deflater of its pages, their fonts and pictures.
import type { Metadata } from '../../model/book.js'
import { createDeflater, type Deflater } from '../file/deflate.js'
import { openPdf, type Pdf, type PdfOptions, type Ref } from '../file/objects.js'
import { type Claims, informationOf, xmpOf } from '../file/xmp.js'
import { embedFonts } from '../paint/composite-fonts.js'
import type { Codes } from '../paint/glyph-codes.js'

/** A page of text is about so many bytes before it is deflated. */
const PAGE = 7000

/** `name`: of the edition, so that those of one state of a book are told apart. */
export function openEdition(
  name: string,
  metadata: Metadata,
  claims: Claims,
  options: Pick<PdfOptions, 'version' | 'linear'>,
): Pdf {
  return openPdf({
    ...options,
    language: metadata.language,
    info: informationOf(metadata, claims),
    xmp: xmpOf(metadata, claims),
    identity: `${metadata.identifier} ${name}`,
  })
}

export function deflaterOf(pages: number): Deflater {
  return createDeflater(pages * PAGE)
}

/** The one dictionary of resources that all pages share; to be written when all codes are known. */
export async function writeResources(pdf: Pdf, fonts: Codes['fonts'], pictures: object): Promise<Ref> {
  const resources = pdf.ref({ Font: await embedFonts(pdf, fonts), ...pictures })
  resources.end()
  return resources
}
