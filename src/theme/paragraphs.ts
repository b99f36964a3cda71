// How a paragraph is set by its text and its style: one answer for both outputs.
import type { Prose } from '../model/book.js'
import type { Role } from '../model/role.js'
import type { Style, Theme } from './theme.js'

/** In print, about. */
const LETTERS_A_LINE = 70

/** Lines that the author broke stand flush in a text that is indented; what runs over is turned under, by the indent. */
export function hasHangingLines(prose: Prose, style: Pick<Style, 'indent'>): boolean {
  return style.indent > 0 && prose.text.includes('\n')
}

/**
 * The letter that opens a text large, with the marks before it: of a text that is long enough to stand around it, whose lines
 * the author left to us, and whose first letter no mark has for itself. Undefined for any other.
 */
export function largeLetter(prose: Prose, role: Role, opening: Theme['opening']): string | undefined {
  if (opening.kind !== 'drop-cap' || role !== 'opening' || prose.text.length < opening.lines * LETTERS_A_LINE)
    return undefined
  const letter = /^[“‘«„‚"'([¿¡]*\p{L}\p{M}*/u.exec(prose.text)?.[0]
  if (letter === undefined || prose.text.includes('\n')) return undefined
  return prose.spans.some((span) => span.start < letter.length && span.end <= letter.length) ? undefined : letter
}
