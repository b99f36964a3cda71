// What stands around a block: a tint, rules, and their distance from its text. In: a style. Out: its box, every default worked
// in; undefined if it has none. One answer for both outputs.
import type { Role } from '../model/role.js'
import type { Line, Style, Theme } from './theme.js'
import { hexOf } from './theme.js'

export interface Edge {
  /** Points. */
  weight: number
  /** Share of the box. */
  width: number
  /** A name of the theme's colours, or '#rrggbb'. */
  colour: string
}

export interface Box {
  ground: string | undefined
  above: Edge | undefined
  below: Edge | undefined
  start: Edge | undefined
  end: Edge | undefined
  /** Lines of the body above and below, em of the body's size at the sides. */
  padding: { above: number; below: number; sides: number }
}

/** Roles that can have none: what stands in lines, cells or margins of others, and what is everywhere. */
export const WITHOUT_BOX: ReadonlySet<Role> = new Set([
  ...(['body', 'note', 'verse', 'speaker', 'term', 'cell-head', 'caption', 'break'] as const),
  ...(['contents-part', 'contents-chapter', 'head', 'folio'] as const),
])

export const BOX_KEYS = ['ground', 'frame', 'rules', 'padding'] as const

export function boxOf(style: Style): Box | undefined {
  const { ground, frame, rules = {}, padding = {} } = style
  const edge = (own: Line | undefined): Edge | undefined => {
    const line = own ?? frame
    return line && { weight: line.weight, width: line.width ?? 1, colour: line.colour ?? style.colour }
  }
  const box: Box = {
    ground,
    above: edge(rules.above),
    below: edge(rules.below),
    start: edge(rules.start),
    end: edge(rules.end),
    padding: { above: padding.above ?? 0, below: padding.below ?? 0, sides: padding.sides ?? 0 },
  }
  const { above, below, sides } = box.padding
  const edged = box.above ?? box.below ?? box.start ?? box.end
  return ground === undefined && edged === undefined && above + below + sides === 0 ? undefined : box
}

/** Where a rule that is narrower than its box stands in it. */
export function standing(align: Style['align']): 'start' | 'middle' | 'end' {
  return align === 'center' ? 'middle' : align === 'right' ? 'end' : 'start'
}

/**
 * A tint as the thinnest layer that makes it on white: over a dark page the same layer leaves a dark page, and the reader's own
 * text can be read on both (Porter and Duff, "Compositing Digital Images", 1984: `over`). `alpha` in thousandths.
 */
export function layerOf(
  theme: Pick<Theme, 'colours'>,
  colour: string,
): { rgb: [number, number, number]; alpha: number } {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(hexOf(theme, colour).slice(i, i + 2), 16)) as [
    number,
    number,
    number,
  ]
  const alpha = Math.ceil((1 - Math.min(r, g, b) / 255) * 1000)
  if (alpha === 0) return { rgb: [255, 255, 255], alpha: 0 }
  const under = (c: number) => Math.max(0, Math.min(255, Math.round((c - 255 * (1 - alpha / 1000)) / (alpha / 1000))))
  return { rgb: [under(r), under(g), under(b)], alpha }
}
