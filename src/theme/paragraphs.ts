// How a paragraph is set by its text and its style: one answer for both outputs.
import type { Prose } from '../model/book.js'
import type { Role, SectionRole } from '../model/role.js'
import type { OpeningStyle, Style, Theme } from './theme.js'

/** In print, about. */
const LETTERS_A_LINE = 70

/** Lines that the author broke stand flush in a text that is indented; what runs over is turned under, by the indent. */
export function hasHangingLines(prose: Prose, style: Pick<Style, 'indent'>): boolean {
  return style.indent > 0 && prose.text.includes('\n')
}

/** How the first paragraph of such a section begins. */
export function openingOf(theme: Pick<Theme, 'opening' | 'sections'>, role: SectionRole): OpeningStyle {
  const own = theme.sections[role].opening
  return own === undefined ? theme.opening : ({ ...theme.opening, ...own } as OpeningStyle)
}

/** Does it begin with small capitals, by themselves or behind a large letter? */
export function hasLeadIn({ kind, lead }: OpeningStyle): boolean {
  return kind === 'lead-in' || (lead === true && kind !== 'none')
}

/** × the size of the text around. */
export function raisedSize({ size }: OpeningStyle): number {
  return size ?? 3
}

/** Why a text that is to open with a large letter has none; undefined if it has, or is not to. */
export function whyNotLarge(prose: Prose, role: Role, opening: OpeningStyle): [why: string, hint: string] | undefined {
  const { kind, lines } = opening
  if ((kind !== 'drop-cap' && kind !== 'raised') || role !== 'opening') return undefined
  if (largeLetter(prose, role, opening) !== undefined) return undefined
  const { length } = prose.text
  if (prose.text.includes('\n')) return ['its lines are broken by hand', 'let the lines break by themselves']
  if (!LARGE.test(prose.text)) return ['it does not begin with a letter', 'begin with a word, or leave it so']
  if (kind === 'drop-cap' && length < lines * LETTERS_A_LINE) {
    const why = `it has ${length} letters, and those beside ${lines} lines are about ${lines * LETTERS_A_LINE}`
    return [why, 'begin with a longer paragraph; or let the theme open with fewer `lines`, or with a `lead-in`']
  }
  return ['its first letter has a mark of its own', 'mark it together with the word that it begins, or not at all']
}

const LARGE = /^[“‘«„‚"'([¿¡]*\p{L}\p{M}*/u

/**
 * The letter that opens a text large, with the marks before it: of a text that is long enough to stand around it, whose lines
 * the author left to us, and whose first letter no mark has for itself. Undefined for any other.
 */
export function largeLetter(prose: Prose, role: Role, opening: OpeningStyle): string | undefined {
  const { kind, lines } = opening
  if ((kind !== 'drop-cap' && kind !== 'raised') || role !== 'opening') return undefined
  if (kind === 'drop-cap' && prose.text.length < lines * LETTERS_A_LINE) return undefined
  const letter = LARGE.exec(prose.text)?.[0]
  if (letter === undefined || prose.text.includes('\n')) return undefined
  return prose.spans.some((span) => span.start < letter.length && span.end <= letter.length) ? undefined : letter
}
