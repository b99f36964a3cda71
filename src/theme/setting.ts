// How a paragraph is set by its text and its style: one answer for both outputs.
import type { Block, Prose } from '../model/book.js'
import type { Style, Theme } from './theme.js'

/** In print, about. */
const LETTERS_A_LINE = 70

/** Lines that the author broke stand flush in a text that is indented; what runs over is turned under, by the indent. */
export function hasHangingLines(prose: Prose, style: Style): boolean {
  return style.indent > 0 && prose.text.includes('\n')
}

/** As in print: a text that is long enough to stand around its large first letter, which no mark may keep for itself. */
export function opensLarge(block: Extract<Block, { kind: 'paragraph' }>, theme: Theme): boolean {
  const { kind, lines } = theme.opening
  const { prose, role } = block
  if (kind !== 'drop-cap' || role !== 'opening' || prose.text.length < lines * LETTERS_A_LINE) return false
  const found = /^[“‘«„‚"'([¿¡]*\p{L}\p{M}*/u.exec(prose.text)
  if (found === null || hasHangingLines(prose, theme.styles[role])) return false
  return !prose.spans.some((span) => span.start < found[0].length && span.end <= found[0].length)
}
