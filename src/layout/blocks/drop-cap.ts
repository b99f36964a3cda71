// The text that opens a chapter goes in; its first letter, large enough for several lines, and the rest come out.

import { outlinerOf, type Path } from '../../fonts/glyph-outlines.js'
import type { Prose } from '../../model/book.js'
import type { Lettering } from '../text/letter-forms.js'
import { naturalWidth } from '../text/lines.js'
import { ANY_LANGUAGE } from '../text/shaped-faces.js'
import type { PrintStyle } from '../text/styles.js'
import type { Flow } from './element.js'

export interface DropCap {
  letter: string
  lettering: Lettering
  /** Lines that it stands beside. */
  lines: number
  /** What each line of the text beside it keeps free, points. */
  widths: number[]
  /** The text without it. */
  rest: Prose
  /** UTF-16 units that it takes from the text. */
  length: number
}

/**
 * `letter`: see largeLetter. Undefined for a text whose face lacks the letter, or that is too short to stand around it in this
 * measure.
 */
export function dropCap(
  prose: Prose,
  letter: string,
  style: PrintStyle,
  language: string,
  flow: Flow,
): DropCap | undefined {
  const { lines, face, colour, fit } = flow.opening
  const { length } = letter
  const { faces } = flow.setting
  const { styles } = flow.setting
  const base = styles.vary(style.lettering, { overlay: { face, colour } })
  if (!faces.covers(base.face, letter, 0, length)) return undefined
  const glyph = faces.fonts[base.face]!.codes[faces.box(base.face, '', ANY_LANGUAGE, 'H').codes[0]!]!.glyph
  const height = (faces.shaper(base.face).extents(glyph)?.top ?? 650) / 1000
  // its head stands at the height of the first line's capitals, its foot on the last line's baseline
  const size = ((lines - 1) * style.leading) / height + base.size
  const lettering: Lettering = { ...base, size, tracking: 0 }
  const box = faces.box(base.face, base.features, language, letter)
  const spans = prose.spans.map((s) => ({ ...s, start: Math.max(0, s.start - length), end: s.end - length }))
  const width = (box.width / 1000) * size + base.size * 0.15
  const rest: Prose = { n: prose.n, text: prose.text.slice(length), spans, cut: true }
  // the next paragraph begins below the capital: the text fills all the lines beside it
  const natural = naturalWidth(
    flow.setting.collector.collect(rest, style, language, style.align === 'justify', flow.setting),
  )
  if (natural < lines * (flow.measure - width)) return undefined
  const ink =
    fit && letter.length === 1 ? outlinerOf(faces.fonts[base.face]!.bytes).outline(letter, [], language) : undefined
  const gap = base.size * 0.15
  const widths = Array.from({ length: lines }, (_, i) => {
    if (!ink) return width
    // the letters of this line reach from a little below its baseline up to their heads
    const foot = ((i - (lines - 1)) * style.leading + style.lettering.size * 0.2) / size
    const head = ((i - (lines - 1)) * style.leading - style.lettering.size * 0.75) / size
    return Math.max(width * LEAST_FIT, inkRight(ink.path, head, foot) * size + gap)
  })
  return { letter, lettering, lines, widths, rest, length }
}

/** Of the letter's whole width: no line comes nearer to where it begins. */
const LEAST_FIT = 0.45

/** How far an outline reaches to the right between two heights, em, y downwards: curves by points on them. */
function inkRight(path: Path, head: number, foot: number): number {
  let right = 0
  let [x, y] = [0, 0]
  const visit = (toX: number, toY: number) => {
    if (toY >= head && toY <= foot) right = Math.max(right, toX)
  }
  const STEPS = 24
  for (let i = 0; i < path.length; ) {
    const command = path[i++]
    if (command === 'Z') continue
    const count = command === 'C' ? 6 : command === 'Q' ? 4 : 2
    const p = path.slice(i, i + count) as number[]
    i += count
    const [endX, endY] = [p[count - 2]!, p[count - 1]!]
    if (command !== 'M') {
      for (let k = 0; k <= STEPS; k++) {
        const t = k / STEPS
        const u = 1 - t
        const at = (a: number, from: number, end: number): number =>
          count === 6
            ? u ** 3 * from + 3 * u * u * t * p[a]! + 3 * u * t * t * p[a + 2]! + t ** 3 * end
            : count === 4
              ? u * u * from + 2 * u * t * p[a]! + t * t * end
              : u * from + t * end
        visit(at(0, x, endX), at(1, y, endY))
      }
    }
    ;[x, y] = [endX, endY]
  }
  return right
}
