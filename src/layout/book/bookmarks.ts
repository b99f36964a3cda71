// The sections as set go in; the bookmarks come out, chapters below their parts and below each other, headings below their chapters as
// deep as the contents go.
import type { Block, Section } from '../../model/book.js'
import type { SectionStyle } from '../../theme/theme.js'
import type { OutlineItem, Page } from '../typeset.js'
import type { Galley } from './galley.js'

/** A section and the pages it takes. */
export interface ToldSection {
  section: Section
  style: SectionStyle
  first: number
  count: number
  /** Undefined if it was set elsewhere. */
  galley: Galley | undefined
}

/** `depth`: ranks of headings, of which 1 is the title. */
export function outlineOf(
  sections: readonly ToldSection[],
  pages: readonly Page[],
  depth: number,
  top: number,
): OutlineItem[] {
  const out: OutlineItem[] = []
  const known = new Map<string, OutlineItem>()
  for (const { section, first, count } of sections) {
    if (section.title === '' || (!section.toc && section.role !== 'contents')) continue
    const item: OutlineItem = { title: section.title, page: first, y: top, children: [] }
    const outer = known.get(section.under ?? '') ?? known.get(section.part ?? '')
    if (outer) outer.children.push(item)
    else out.push(item)
    known.set(section.id, item)
    if (depth > 1) addHeadings(item, section.blocks, placesOn(pages.slice(first, first + count), first), depth)
  }
  return out
}

/** Where each id of a section stands. */
function placesOn(pages: readonly Page[], first: number): Map<string, { page: number; y: number }> {
  const places = new Map<string, { page: number; y: number }>()
  pages.forEach(({ anchors }, i) => {
    for (const { id, y } of anchors) if (!places.has(id)) places.set(id, { page: first + i, y })
  })
  return places
}

function addHeadings(
  to: OutlineItem,
  blocks: readonly Block[],
  places: ReadonlyMap<string, { page: number; y: number }>,
  depth: number,
): void {
  const open = [{ rank: 1, item: to }]
  for (const block of blocks) {
    if (block.kind !== 'heading' || !block.role.startsWith('heading-')) continue
    const rank = Number(block.role.slice('heading-'.length))
    const place = places.get(block.id ?? '')
    const title = block.prose.text
      .replace(/[\u00ad\ufffc]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
    if (rank > depth || place === undefined || title === '') continue
    const item: OutlineItem = { title, ...place, children: [] }
    while (open.at(-1)!.rank >= rank) open.pop()
    open.at(-1)!.item.children.push(item)
    open.push({ rank, item })
  }
}
