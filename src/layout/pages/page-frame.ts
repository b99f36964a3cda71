// The theme's page, drawn for one trim, goes in; the text block's place and size on another trim come out, points.
import type { Trim } from '../../model/editions.js'
import type { Theme } from '../../theme/theme.js'

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
  /** Lines of notes below the text, and the space above them in lines. */
  hang: number
  noteGap: number
  /** From the page's upper edge to the baseline of a folio below the text. */
  folioY: number
}

/**
 * Margins scale with the trim; the size of type does not: a larger page holds more words. In a smaller foot stands less: its folio comes
 * nearer to the text, and fewer notes hang into it, or they would stand beyond the trim.
 */
export function pageShape(theme: Theme, trim: Trim | undefined): Shape {
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
  return {
    width,
    height,
    inside,
    outside,
    top,
    measure: width - inside - outside,
    depth,
    grid: p.leading,
    hang: (theme.notes.hang * noteLine + theme.notes.gap / p.leading) * small,
    noteGap: theme.notes.gap / p.leading,
    folioY: top + depth * p.leading + p.footDistance * small,
  }
}
