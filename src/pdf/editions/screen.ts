// In: the Typeset. Out: the edition for screens, PDF/UA-1 and PDF/A-2a in one file where both are true: tagged, with links, bookmarks and labels.

import type { Report } from '../../diagnostic.js'
import type { Font, Page, Tag, Typeset } from '../../layout/typeset.js'
import type { Metadata } from '../../model/book.js'
import type { PdfEdition } from '../../model/editions.js'
import { type Deflater, deflateHere } from '../file/deflate.js'
import { embedSrgb, screenIntent } from '../file/intent.js'
import { linkAnnotation, writeDestinations, writeOutline } from '../file/navigation.js'
import { pageLabels, writePages } from '../file/page-tree.js'
import { createStructure } from '../file/structure.js'
import { numbers, reference } from '../file/syntax.js'
import type { Claims } from '../file/xmp.js'
import { preparePictures } from '../images/pictures.js'
import { screenInk, screenStroke } from '../paint/colour.js'
import { fileCodes, type Shown, shownBy } from '../paint/glyph-codes.js'
import type { PaintMemory } from '../paint/kept-streams.js'
import { createPainter } from '../paint/paint.js'
import { fillDots } from './bleed.js'
import { deflaterOf, openEdition, writeResources } from './edition-file.js'

const PICTURES = { alpha: true, rgb: 'DeviceRGB', fill: screenInk, stroke: screenStroke }

/**
 * What may be said of the file. A picture that nobody described, or text that is known to be wrong, and it is not accessible: PDF/A's
 * level A and PDF/UA go. That it will look the same for ever, level B, stays true.
 */
function claimsOf({ tags, flawed }: Typeset): Claims {
  const accessible = !flawed && tags.every((tag) => tag.type !== 'Figure' || tag.alt !== undefined)
  return accessible ? { archive: 'A', accessible } : { archive: 'B' }
}

/** The last pages, painted by someone else meanwhile: their own items are only images. */
export interface Elsewhere {
  count: number
  shown: Promise<Shown>
  paint(task: PaintTask): Promise<Painted>
}

export interface ScreenOptions {
  elsewhere?: Elsewhere | undefined
  /** Of earlier files of the same book. */
  memory?: PaintMemory | undefined
  /** Is told after each page how many are painted, and awaited if it returns a promise. */
  step?: ((done: number, total: number) => Promise<void> | undefined) | undefined
}

export interface PaintTask {
  /** The file's codes of all fonts. */
  codes: Shown
  /** By image: the operators that paint it, if it can be shown. */
  pictures: (string | undefined)[]
}

/** Of each page: its content, deflated, if it has any, and the tag of each MCID. */
export interface Painted {
  contents: (Uint8Array | undefined)[]
  marks: number[][]
}

/** Paints pages for a file that someone else writes; `tags` are those of their items. */
export async function paintApart(
  pages: readonly Page[],
  fonts: readonly Font[],
  tags: readonly Tag[],
  height: number,
  { codes, pictures }: PaintTask,
): Promise<Painted> {
  const names = fileCodes(fonts, codes).of(fonts)
  return paintPages(pages, names, tags, height, (image) => pictures[image], deflateHere(), undefined)
}

async function paintPages(
  pages: readonly Page[],
  names: readonly Uint16Array[],
  tags: readonly Tag[],
  height: number,
  picture: (image: number) => string | undefined,
  deflater: Deflater,
  memory: PaintMemory | undefined,
  step?: ScreenOptions['step'],
): Promise<Painted> {
  const painter = createPainter({ height, textInk: screenInk, ink: screenInk, tags, picture }, names)
  const one = (page: Page) => {
    const known = page.ink && memory?.recall(page.ink)
    if (known) return { known, stream: undefined, opened: known.opened }
    const { content, opened } = painter.paint(page)
    return { known, stream: content && deflater.add(content), opened }
  }
  const painted: ReturnType<typeof one>[] = []
  for (const page of pages) {
    painted.push(one(page))
    const wait = step?.(painted.length, pages.length)
    if (wait) await wait
  }
  const streams = await deflater.finish()
  const contents = painted.map(({ known, stream }) =>
    known ? known.content : stream === undefined ? undefined : streams[stream],
  )
  pages.forEach(({ ink }, i) => {
    if (ink) memory?.keep(ink, { content: contents[i], opened: painted[i]!.opened })
  })
  return { contents, marks: painted.map(({ opened }, i) => opened.map((at) => pages[i]!.items[at]!.tag)) }
}

export async function writeScreen(
  typeset: Typeset,
  metadata: Metadata,
  { linear }: PdfEdition,
  report: Report,
  { elsewhere, memory, step }: ScreenOptions,
): Promise<{ bytes: Uint8Array; advice: string[] }> {
  const { width, height, tags, fonts } = typeset
  const pages: Page[] = typeset.cover ? [fillDots(typeset.cover, width, height), ...typeset.pages] : typeset.pages
  const front = pages.length - typeset.pages.length
  const claims = claimsOf(typeset)
  const pdf = openEdition('pdf', metadata, claims, { version: '1.7', linear })
  const firstPage = pdf.reserve(pages.length)
  const pageIds = pages.map((_, i) => firstPage + i)

  const deflater = elsewhere ? deflateHere() : deflaterOf(pages.length)
  const pictures = await preparePictures(pdf, typeset.images, fonts, pages, PICTURES, report)
  const own = pages.slice(0, pages.length - (elsewhere?.count ?? 0))
  const codes = fileCodes(fonts, shownBy(own, fonts), ...(elsewhere ? [await elsewhere.shown] : []))
  const rest = elsewhere?.paint({
    codes: codes.fonts.map((font) => font.codes.slice(1)),
    pictures: typeset.images.map((_, image) => pictures.operators(image)),
  })
  const names = codes.of(fonts)
  memory?.open(
    names,
    typeset.images.map((_, image) => pictures.operators(image)),
  )
  const { contents, marks } = await paintPages(own, names, tags, height, pictures.operators, deflater, memory, step)
  const resources = await writeResources(pdf, codes.fonts, pictures.resources)
  if (rest) {
    const more = await rest
    contents.push(...more.contents)
    marks.push(...more.marks)
  }

  const structure = createStructure(tags, pages.length)
  const anchors = new Set(pages.flatMap((page) => page.anchors.map((anchor) => anchor.id)))
  const box = `/MediaBox${numbers([0, 0, width, height])}/Resources ${resources.id} 0 R`
  const sources = pages.map((page, i) => {
    structure.content(i, marks[i]!)
    const annotations: string[] = []
    for (const link of page.links) {
      // Whoever made the Typeset has told of links that lead nowhere; an annotation must lead somewhere.
      if (link.href.startsWith('#') && !anchors.has(link.href.slice(1))) continue
      const id = pdf.reserve(1)
      pdf.put(id, linkAnnotation(link, structure.annotation(i, id, link.tag), height))
      annotations.push(reference(id))
    }
    const content = contents[i]
    return (
      box +
      (content === undefined ? '' : `/Contents ${pdf.stream({ Filter: 'FlateDecode' }, content).id} 0 R`) +
      (marks[i]!.length > 0 ? `/StructParents ${i}` : '') +
      (annotations.length > 0 ? `/Tabs/S/Annots[${annotations.join(' ')}]` : '')
    )
  })
  writePages(pdf, firstPage, sources)

  structure.write(pdf, pageIds, pages, height)
  pdf.catalog['MarkInfo'] = pdf.ref({ Marked: true })
  writeDestinations(pdf, pages, pageIds, height)
  writeOutline(pdf, typeset.outline, (page) => pageIds[page + front]!, height)
  const labels = pdf.reserve(1)
  pdf.put(labels, pageLabels(pages.map((page, i) => (i < front ? 'Cover' : page.label))))
  pdf.catalog['PageLabels'] = pdf.named(labels)
  // two pages side by side: rectos on the right, whether a cover comes before the first or not
  pdf.catalog['PageLayout'] = front % 2 === 1 ? 'TwoPageLeft' : 'TwoPageRight'
  pdf.catalog['ViewerPreferences'] = pdf.ref({ DisplayDocTitle: true })
  pdf.catalog['OutputIntents'] = [screenIntent(embedSrgb(pdf))]
  return { bytes: pdf.finish(pageIds), advice: [] }
}
