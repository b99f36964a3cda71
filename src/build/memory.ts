// What a process that builds a book again and again keeps from one build to the next.

import type { LintMemory } from '../check/index.js'
import type { SurveyMemory } from '../epub/index.js'
import type { Kept } from '../folder.js'
import type { LayoutMemory } from '../layout/index.js'
import type { Section } from '../model/book.js'
import type { PaintMemory } from '../pdf/index.js'
import type { ReadMemory } from '../read/index.js'
import type { CoverMemory } from './kept-cover.js'

export interface Memory {
  /** By trim. */
  layouts: Map<string, LayoutMemory>
  painted: PaintMemory | undefined
  /** By id, as they were last: where the text is the same, so is the object. */
  sections: Map<string, Section>
  cover: CoverMemory
  files: Kept
  read: ReadMemory
  linted: LintMemory
  survey: SurveyMemory | undefined
}

export function createMemory(): Memory {
  return {
    layouts: new Map(),
    painted: undefined,
    sections: new Map(),
    cover: { last: undefined },
    files: new Map(),
    read: new Map(),
    linted: new WeakMap(),
    survey: undefined,
  }
}
