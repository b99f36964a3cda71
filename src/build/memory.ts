// What a process that builds a book again and again keeps from one build to the next.
import type { LayoutMemory } from '../layout/index.js'
import type { PaintMemory } from '../pdf/index.js'

export interface Memory {
  /** By trim. */
  layouts: Map<string, LayoutMemory>
  painted: PaintMemory | undefined
}

export function createMemory(): Memory {
  return { layouts: new Map(), painted: undefined }
}
