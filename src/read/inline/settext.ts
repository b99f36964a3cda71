// In: a text without marks. Out: it, with its quotes and dashes turned.
import type { Prose } from '../../model/book.js'
import type { FileContext } from '../context.js'
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

/** A title of the front matter or the manifest. */
export function headingProse(text: string, ctx: FileContext): Prose {
  return { n: 0, text: setText(text, ctx.language, ctx.smart), spans: [] }
}
