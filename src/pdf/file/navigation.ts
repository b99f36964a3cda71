// In: links, anchors and outline of the Typeset. Out: link annotations (ISO 32000-1, 12.5.6.5), named destinations
// (12.3.2.3) and the document outline (12.3.3), as PDF source.
import type { Link, OutlineItem, Page } from '../../layout/typeset.js'
import type { Pdf } from './objects.js'
import { writeNameTree } from './structure.js'
import { decimal, literal, numbers, reference } from './syntax.js'

/** An outline of at most so many entries is shown unfolded. */
const UNFOLDED = 40

/**
 * A link annotation. `F 4`: it is there in print too, as PDF/A asks (6.3.2); `Contents` and `StructParent` are PDF/UA's
 * (7.18.1 and 7.18.5). It has no border: its text shows that it is a link.
 */
export function linkAnnotation(link: Link, key: number, height: number): string {
  const y = height - link.y
  const target = link.href.startsWith('#')
    ? `/Dest${literal(link.href.slice(1))}`
    : `/A<</S/URI/URI${literal(asciiUri(link.href))}>>`
  return (
    `<</Type/Annot/Subtype/Link/Rect${numbers([link.x, y - link.height, link.x + link.width, y])}` +
    `/Border[0 0 0]/F 4/StructParent ${key}/Contents${literal(link.description)}${target}>>`
  )
}

/** RFC 3986 knows ASCII alone: anything else as the UTF-8 bytes that it is. */
function asciiUri(href: string): string {
  return href.replace(/[^\x21-\x7e]+/g, (part) => {
    let out = ''
    for (const byte of Buffer.from(part, 'utf8')) out += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    return out
  })
}

/** The tree of named destinations; nothing if the pages have no anchors. */
export function writeDestinations(pdf: Pdf, pages: readonly Page[], pageIds: readonly number[], height: number): void {
  const entries: [string, string][] = []
  const seen = new Set<string>()
  pages.forEach((page, i) => {
    for (const { id, x, y } of page.anchors) {
      if (seen.has(id)) continue
      seen.add(id)
      entries.push([id, `[${reference(pageIds[i]!)}/XYZ ${decimal(x)} ${decimal(height - y)} null]`])
    }
  })
  if (entries.length > 0) pdf.names['Dests'] = pdf.named(writeNameTree(pdf, entries))
}

/** `pageId` gives the page object of an OutlineItem's page. */
export function writeOutline(
  pdf: Pdf,
  items: readonly OutlineItem[],
  pageId: (page: number) => number,
  height: number,
): void {
  if (items.length === 0) return
  const total = count(items)
  const open = total <= UNFOLDED
  const write = (siblings: readonly OutlineItem[], parent: number): [first: number, last: number] => {
    const first = pdf.reserve(siblings.length)
    siblings.forEach((item, i) => {
      const id = first + i
      let source =
        `<</Title${literal(item.title)}/Parent ${parent} 0 R` +
        `/Dest[${pageId(item.page)} 0 R/XYZ 0 ${decimal(height - item.y)} null]`
      if (i > 0) source += `/Prev ${id - 1} 0 R`
      if (i < siblings.length - 1) source += `/Next ${id + 1} 0 R`
      if (item.children.length > 0) {
        const [head, tail] = write(item.children, id)
        // A folded entry tells how many would be seen if it were unfolded, with a minus.
        source += `/First ${head} 0 R/Last ${tail} 0 R/Count ${open ? count(item.children) : -item.children.length}`
      }
      pdf.put(id, `${source}>>`)
    })
    return [first, first + siblings.length - 1]
  }
  const [first, last] = write(items, pdf.outline.id)
  pdf.outline.data = {
    Type: 'Outlines',
    First: pdf.named(first),
    Last: pdf.named(last),
    Count: open ? total : items.length,
  }
  pdf.catalog['Outlines'] = pdf.outline
  pdf.catalog['PageMode'] = 'UseOutlines'
}

function count(items: readonly OutlineItem[]): number {
  let sum = 0
  for (const item of items) sum += 1 + count(item.children)
  return sum
}
