// What paints on a page shares: the page under the pen, the structure tree, and the way from an inline to its tag.
import type { Page, Tag } from './typeset.js'

export interface Sheet {
  page: Page
  /** Left edge and width of the text block, points. */
  left: number
  measure: number
  tags: Tag[]
  /** What a link to this address is called, for annotations: never empty. */
  describe(href: string): string
}

export function addTag(tags: Tag[], tag: Tag): number {
  return tags.push(tag) - 1
}
