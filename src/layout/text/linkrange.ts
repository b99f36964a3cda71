// The runs of a line go in, one by one; the places come out where its links can be met: one for each stretch of a link on the line.
import { upTo } from '../../diagnostic.js'
import type { Sheet } from '../sheet.js'
import type { TagOf } from './lines.js'
import type { Inline, Segment } from './piece.js'

export interface LinkRange {
  inline: number
  from: number
  to: number
}

function linkOf(inlines: readonly Inline[], at: number): number {
  for (let i = at; i >= 0; i = inlines[i]!.parent) if (inlines[i]!.href !== undefined) return i
  return -1
}

export function extendLink(
  inlines: readonly Inline[],
  segment: Segment,
  from: number,
  to: number,
  y: number,
  size: number,
  range: LinkRange,
  sheet: Sheet,
  tagOf: TagOf,
): void {
  const at = linkOf(inlines, segment.inline)
  if (at !== range.inline) {
    flushLink(inlines, range, y, size, sheet, tagOf)
    range.inline = at
    range.from = from
  }
  range.to = to
}

export function flushLink(
  inlines: readonly Inline[],
  range: LinkRange,
  y: number,
  size: number,
  sheet: Sheet,
  tagOf: TagOf,
): void {
  if (range.inline < 0) return
  const inline = inlines[range.inline]!
  const tag = tagOf(sheet, range.inline)
  if (tag >= 0)
    sheet.page.links.push({
      tag,
      x: range.from,
      y: y - size * 0.8,
      width: range.to - range.from,
      height: size * 1.05,
      href: inline.href!,
      description: brief(inline.description || sheet.describe(inline.href!)),
    })
  range.inline = -1
}

/** What a link is said to lead to. A PDF says it again on every line of the link’s text; the EPUB has all of it. */
export function brief(description: string): string {
  return description.length > 500 ? `${upTo(500, description)}…` : description
}
