// In: a text without marks. Out: it, with its quotes and dashes turned.
import type { Prose } from '../../model/book.js'
import { applyEdits } from './edits.js'
import { turn } from './typography.js'

export function textProse(text: string, language: string, smart: boolean): Prose {
  const prose: Prose = { n: 0, text, spans: [] }
  const edits = turn(text, { smart, language, languages: [], fixed: [] })
  if (edits.length > 0) applyEdits(prose, edits)
  return prose
}

/** A short text (an alternative, a title of the manifest) with its quotes and dashes turned. */
export function setText(text: string, language: string, smart: boolean): string {
  return textProse(text, language, smart).text
}
