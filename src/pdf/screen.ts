// In: the Typeset. Out: the edition for screens, PDF/UA-1 and PDF/A-2a in one file: tagged, with links, bookmarks and labels.
import type { Report } from '../diagnostic.js'
import type { Page, Typeset } from '../layout/typeset.js'
import type { Metadata } from '../model/book.js'
import { screenInk, screenStroke } from './colour.js'
import { createDeflater } from './deflate.js'
import { embedFonts } from './fonts.js'
import { embedSrgb, screenIntent } from './intent.js'
import { informationOf, xmpOf } from './metadata.js'
import { linkAnnotation, writeDestinations, writeOutline } from './navigation.js'
import { pageLabels, writePages } from './pages.js'
import { createPainter } from './paint.js'
import { openPdf } from './pdfkit.js'
import { preparePictures } from './pictures.js'
import { createStructure } from './structure.js'
import { numbers, reference } from './syntax.js'

/** A page of text is about so many bytes before it is deflated. */
const PAGE = 7000

const PICTURES = { alpha: true, rgb: 'DeviceRGB', fill: screenInk, stroke: screenStroke }

const CLAIMS = { archive: 'A', accessible: true } as const

export async function writeScreen(typeset: Typeset, metadata: Metadata, report: Report): Promise<Uint8Array> {
  const { width, height, tags } = typeset
  const pages: Page[] = typeset.cover ? [typeset.cover, ...typeset.pages] : typeset.pages
  const front = pages.length - typeset.pages.length
  const pdf = openPdf({
    version: '1.7',
    language: metadata.language,
    info: informationOf(metadata, CLAIMS),
    xmp: xmpOf(metadata, CLAIMS),
    identity: `${metadata.identifier} pdf`,
  })
  const firstPage = pdf.reserve(pages.length)
  const pageIds = pages.map((_, i) => firstPage + i)

  const deflater = createDeflater(pages.length * PAGE)
  const pictures = await preparePictures(pdf, typeset.images, typeset.fonts, pages, PICTURES, report)
  const painter = createPainter(
    { height, textInk: screenInk, ink: screenInk, tags, picture: pictures.operators },
    typeset.fonts,
  )
  const structure = createStructure(tags, pages.length)
  const anchors = new Set(pages.flatMap((page) => page.anchors.map((anchor) => anchor.id)))
  const contents: (number | undefined)[] = []
  const entries = pages.map((page, i) => {
    const { content, marks } = painter.paint(page)
    contents.push(content && deflater.add(content))
    structure.content(i, marks)
    const annotations: string[] = []
    for (const link of page.links) {
      // Whoever made the Typeset has told of links that lead nowhere; an annotation must lead somewhere.
      if (link.href.startsWith('#') && !anchors.has(link.href.slice(1))) continue
      const id = pdf.reserve(1)
      pdf.put(id, linkAnnotation(link, structure.annotation(i, id, link.tag), height))
      annotations.push(reference(id))
    }
    return (
      (marks.length > 0 ? `/StructParents ${i}` : '') +
      (annotations.length > 0 ? `/Tabs/S/Annots[${annotations.join(' ')}]` : '')
    )
  })

  const resources = pdf.ref({ Font: await embedFonts(pdf, typeset.fonts, painter.used), ...pictures.resources })
  resources.end()
  const box = `/MediaBox${numbers([0, 0, width, height])}/Resources ${resources.id} 0 R`
  const streams = await deflater.finish()
  writePages(
    pdf,
    firstPage,
    entries.map((entry, i) => {
      const content = contents[i]
      if (content === undefined) return box + entry
      const ref = pdf.stream({ Filter: 'FlateDecode' }, streams[content]!)
      return `${box}/Contents ${ref.id} 0 R${entry}`
    }),
  )

  structure.write(pdf, pageIds, pages, height)
  pdf.catalog['MarkInfo'] = pdf.ref({ Marked: true })
  writeDestinations(pdf, pages, pageIds, height)
  writeOutline(pdf, typeset.outline, (page) => pageIds[page + front]!, height)
  const labels = pdf.reserve(1)
  pdf.put(labels, pageLabels(pages.map((page, i) => (i < front ? 'Cover' : page.label))))
  pdf.catalog['PageLabels'] = pdf.named(labels)
  pdf.catalog['ViewerPreferences'] = pdf.ref({ DisplayDocTitle: true })
  pdf.catalog['OutputIntents'] = [screenIntent(embedSrgb(pdf))]
  return pdf.finish()
}
