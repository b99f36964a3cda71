// One section goes in; its own pages come out, set and painted, with numbers of their own. In a galley stood set type before it
// was made up into pages: what was set once can be put to another place while its text stays as it is.
import type { Diagnostic } from '../../diagnostic.js'
import type { Section } from '../../model/book.js'
import type { PaintedPages } from '../pages/paint-section.js'
import type { Gaps } from '../text/gaps.js'
import type { Item, Page, Tag } from '../typeset.js'

/** `tags[0]` stands for what the section is a part of; starts: pages counted from its first, anchors from `firstAnchor` of the section. */
export interface Galley extends PaintedPages {
  section: Section
  /** Is its first page one? */
  recto: boolean
  /** By page: how many of its items and anchors are the section's own, of what its furniture is made, and the headings that stand on it. */
  own: { items: number; anchors: number; furniture: string | undefined; headings?: string[] | undefined }[]
  /** Of what its running heads are made, if the faces have letters for all of it. */
  lettered?: string
  /** Its tags where they were put last, which is often where they are put next. */
  placed?: { shift: number; root: number; tags: readonly Tag[] }
  /** Has it a page number in its text? */
  refers: boolean
  /** The labels that its contents show, by link. */
  labels: Map<string, string>
  found: Diagnostic[]
  gaps: Gaps
  /** What has been added to the numbers of tags in items and links. */
  shift: number
  /** Does the Typeset of an earlier build show these items too? */
  shared: boolean
}

/**
 * Has the numbers of tags in items and links grow by `shift` in all. None of them is tags[0], the artifacts' are below it. Of
 * pages that another Typeset shows too, those that change get items of their own.
 */
export function renumber(part: Pick<Galley, 'pages' | 'shift' | 'shared'>, shift: number): void {
  const grow = shift - part.shift
  part.shift = shift
  if (grow === 0) return
  for (const page of part.pages) {
    if (part.shared) {
      page.items = page.items.map((item) => ({ ...item }))
      page.links = page.links.map((link) => ({ ...link }))
    }
    for (const item of page.items) if (item.tag > 0) item.tag += grow
    for (const link of page.links) link.tag += grow
  }
}

// An empty list of objects: V8 takes `[]` for a list of whole numbers, and makes it anew when the first object comes.
const NO_ITEMS: Item[] = [{ kind: 'rule', tag: -1, x: 0, y: 0, width: 0, height: 0, colour: '' }]
NO_ITEMS.length = 0

export function emptyPage(recto: boolean, blank: boolean): Page {
  return {
    label: '',
    side: recto ? 'recto' : 'verso',
    blank,
    items: NO_ITEMS.slice(),
    links: [],
    anchors: [],
    ink: {},
    lines: undefined,
  }
}
