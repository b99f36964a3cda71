// The theme's page, drawn for one trim, goes in; the text block's place and size on another trim come out, points.
import type { Trim } from '../model/editions.js'
import { names } from '../theme/rows.js'
import { KEPT_LINES } from '../theme/standing.js'
import type { SectionStyle, Theme } from '../theme/theme.js'

export interface Shape {
  width: number
  height: number
  inside: number
  outside: number
  top: number
  measure: number
  /** Lines, and the distance of baselines. */
  depth: number
  grid: number
  /** Lines of notes below the text, and the same where a section opens with a folio there; the space above them in lines, a line of theirs. */
  hang: number
  openingHang: number
  noteGap: number
  noteLine: number
  /** From the page's upper edge to the baseline of a folio below the text. */
  folioY: number
}

/** Does anything stand below the text where a section opens? Notes that hang would stand on it. */
function footOfOpening({ page, feet, heads }: Theme): boolean {
  return feet?.opening !== undefined || (page.folio !== 'none' && !names(heads.opening, 'folio'))
}

/**
 * `block`: notes stand in the text block, whatever the theme lets hang.
 * Margins scale with the trim; the size of type does not: a larger page holds more words. In a smaller foot stands less: its folio comes
 * nearer to the text, and fewer notes hang into it, or they would stand beyond the trim.
 */
export function pageShape(theme: Theme, trim: Trim | undefined, block = false): Shape {
  const p = theme.page
  const width = trim?.width ?? p.width
  const height = trim?.height ?? p.height
  const kx = width / p.width
  const ky = height / p.height
  const inside = p.inside * kx
  const outside = p.outside * kx
  const foot = (p.height - p.top - p.lines * p.leading) * ky
  const top = p.top * ky
  const depth = Math.max(3, Math.floor((height - top - foot) / p.leading + 1e-6))
  const noteLine = theme.styles.note.leading
  const small = Math.min(1, ky)
  const hang = block ? 0 : (theme.notes.hang * noteLine + theme.notes.gap / p.leading) * small
  return {
    width,
    height,
    inside,
    outside,
    top,
    measure: width - inside - outside,
    depth,
    grid: p.leading,
    hang,
    openingHang: theme.notes.set === 'auto' && footOfOpening(theme) ? 0 : hang,
    noteGap: theme.notes.gap / p.leading,
    noteLine,
    folioY: top + depth * p.leading + p.footDistance * small,
  }
}

/** Empty lines above what opens a section; some lines of text stand on its first page all the same. */
export function sinkOf({ sink }: SectionStyle, { depth }: Shape): number {
  return Math.min(sink, depth - KEPT_LINES)
}
