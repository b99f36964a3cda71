// What is drawn over a page, in its points: marks, faults, and the layers that are switched on.
import type { Box, Finding, Grid, LineDetail, PageDetail } from '../protocol.js'
import { svg } from './dom.js'
import { rivers } from './geometry.js'

export interface Layer {
  name: string
  label: string
  /** The key that switches it. */
  key: string
  colour?: string
  /** Needs the lines of the page. */
  detail: boolean
}

export const LAYERS: readonly Layer[] = [
  { name: 'grid', label: 'Baseline grid', key: 'g', colour: '#2b7bb9', detail: true },
  { name: 'block', label: 'Text block and margins', key: 'b', colour: '#b3261e', detail: false },
  { name: 'ends', label: 'Ends of paragraphs', key: 'e', colour: '#b3261e', detail: true },
  { name: 'loose', label: 'Looseness of lines', key: 'l', detail: true },
  { name: 'hyphens', label: 'Hyphens', key: 'y', colour: '#7a2fb0', detail: true },
  { name: 'rivers', label: 'Rivers', key: 'v', colour: '#d07000', detail: true },
  { name: 'tags', label: 'Tags', key: 't', colour: '#3f7a4c', detail: true },
  { name: 'problems', label: 'Problems', key: 'p', colour: '#a6211c', detail: false },
  { name: 'changes', label: 'Breaks that moved since the last build', key: 'c', colour: '#a6211c', detail: false },
  { name: 'release', label: 'Changed since the last release', key: 's', colour: '#b07800', detail: false },
]

/** From as tight as allowed to looser than allowed. */
export const SCALE = ['#2b7bb9', '#9cc7e4', '#ffffff', '#f2b179', '#d33a20'] as const

/** The colour of a line's looseness, and how strong it is laid on; none where it is natural. */
function tint(loose: number): { fill: string; strength: number } | undefined {
  const much = Math.abs(loose)
  if (much < 0.2) return undefined
  if (loose < 0) return { fill: SCALE[0], strength: Math.min(1, much) * 0.42 }
  return { fill: loose > 1 ? SCALE[4] : '#e07a30', strength: loose > 1 ? 0.55 : much * 0.42 }
}

export interface Over {
  layers: ReadonlySet<string>
  grid: Grid | undefined
  /** The inner margin is at the left. */
  recto: boolean
  width: number
  height: number
  detail: PageDetail | undefined
  mark: readonly Box[]
  found: readonly { box: Box; now: boolean }[]
  findings: readonly Finding[]
  /** What came or was altered since the book was published. */
  since: readonly Box[]
  /** Index of a tag that is pointed at. */
  tag: number | undefined
}

const rect = (kind: string, { x, y, width, height }: Box, grow = 0) =>
  svg('rect', { class: kind, x: x - grow, y: y - grow, width: width + 2 * grow, height: height + 2 * grow, rx: grow })

export function drawOver(over: Over): SVGElement[] {
  const { layers, grid, detail } = over
  const all: SVGElement[] = []
  if (grid !== undefined) {
    const left = over.recto ? grid.inside : grid.outside
    const block = {
      x: left,
      y: grid.top,
      width: over.width - grid.inside - grid.outside,
      height: grid.lines * grid.leading,
    }
    const first = detail === undefined ? undefined : firstBaseline(detail.lines, grid)
    if (layers.has('grid') && first !== undefined)
      for (let line = 0; line < grid.lines; line++) {
        const y = first + line * grid.leading
        all.push(svg('line', { class: 'grid', x1: 0, x2: over.width, y1: y, y2: y }))
      }
    if (layers.has('block'))
      all.push(rect('block', block), rect('trim', { x: 0, y: 0, width: over.width, height: over.height }))
  }
  if (detail !== undefined) all.push(...ofLines(detail.lines, layers, grid?.leading ?? 14))
  if (detail !== undefined && layers.has('tags'))
    for (const [i, { box, type }] of detail.tags.entries()) {
      if (box === undefined) continue
      all.push(rect(over.tag === i ? 'tag now' : 'tag', box))
      all.push(svg('text', { class: 'tag-name', x: box.x, y: box.y - 0.8 }, `${i + 1} ${type}`))
    }
  else if (detail !== undefined && over.tag !== undefined) {
    const box = detail.tags[over.tag]?.box
    if (box !== undefined) all.push(rect('tag now', box))
  }
  for (const { box, now } of over.found) all.push(rect(now ? 'found now' : 'found', box, 0.6))
  for (const box of over.mark) all.push(rect('word', box, 1.2))
  if (layers.has('problems'))
    for (const { severity, box, code } of over.findings) {
      const at = box ?? { x: 0, y: 0, width: over.width, height: 10 }
      const mark = rect(`fault ${severity}`, { x: at.x - 6, y: at.y, width: 2, height: Math.max(4, at.height) })
      mark.append(svg('title', {}, code))
      all.push(mark)
    }
  // In the outer margin, where an editor draws the line.
  for (const { x, y, width, height } of over.since)
    all.push(rect('since', { x: over.recto ? x + width + 8 : x - 10, y, width: 2, height }))
  return all
}

/** Where the page's grid begins: as most of its lines have it, since headings and notes may stand off it. */
function firstBaseline(lines: readonly { baseline: number }[], { top, leading }: Grid): number | undefined {
  const counts = new Map<number, number>()
  for (const { baseline } of lines) {
    const phase = Math.round(((((baseline - top) % leading) + leading) % leading) * 10) / 10
    counts.set(phase, (counts.get(phase) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most === undefined ? undefined : top + most[0]
}

function ofLines(lines: readonly LineDetail[], layers: ReadonlySet<string>, leading: number): SVGElement[] {
  const all: SVGElement[] = []
  for (const line of lines) {
    const { box, baseline } = line
    if (layers.has('loose') && line.loose !== undefined) {
      const colour = tint(line.loose)
      if (colour !== undefined) {
        const shape = rect('loose', box)
        shape.setAttribute('fill', colour.fill)
        shape.setAttribute('fill-opacity', colour.strength.toFixed(2))
        all.push(shape)
      }
    }
    if (layers.has('ends') && line.last)
      all.push(svg('circle', { class: 'end', cx: box.x + box.width + 3.5, cy: baseline - 1.2, r: 1.3 }))
    if (layers.has('hyphens') && line.hyphen)
      all.push(rect('hyphen', { x: box.x + box.width + 1.5, y: baseline - 3.4, width: 4.5, height: 1.4 }))
  }
  if (layers.has('rivers'))
    for (const points of rivers(lines, leading)) {
      const way = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${(y - 2).toFixed(1)}`).join('')
      all.push(svg('path', { class: 'river', d: way }))
    }
  return all
}
