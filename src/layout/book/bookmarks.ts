// The sections as set go in; the bookmarks come out, chapters below their parts and below each other.
import type { Section } from '../../model/book.js'
import type { SectionStyle } from '../../theme/theme.js'
import type { OutlineItem } from '../typeset.js'
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

export function outlineOf(sections: readonly ToldSection[], top: number): OutlineItem[] {
  const out: OutlineItem[] = []
  const known = new Map<string, OutlineItem>()
  for (const { section, first } of sections) {
    if (section.title === '' || (!section.toc && section.role !== 'contents')) continue
    const item: OutlineItem = { title: section.title, page: first, y: top, children: [] }
    const outer = known.get(section.under ?? '') ?? known.get(section.part ?? '')
    if (outer) outer.children.push(item)
    else out.push(item)
    known.set(section.id, item)
  }
  return out
}
