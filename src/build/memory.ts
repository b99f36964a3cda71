// What a process that builds a book again and again keeps from one build to the next.

import type { LayoutMemory } from '../layout/index.js'
import type { Section } from '../model/book.js'
import type { PaintMemory } from '../pdf/index.js'
import type { CoverMemory } from './kept-cover.js'

export interface Memory {
  /** By trim. */
  layouts: Map<string, LayoutMemory>
  painted: PaintMemory | undefined
  /** By id, as they were last: where the text is the same, so is the object. */
  sections: Map<string, Section>
  cover: CoverMemory
}

export function createMemory(): Memory {
  return { layouts: new Map(), painted: undefined, sections: new Map(), cover: { last: undefined } }
}
