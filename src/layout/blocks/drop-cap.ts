// The text that opens a chapter goes in; its first letter, large enough for several lines, and the rest come out.
import type { Prose } from '../../model/book.js'
import { naturalWidth } from '../text/lines.js'
import { ANY_LANGUAGE } from '../text/shaped-faces.js'
import type { Lettering, PrintStyle } from '../text/styles.js'
import type { Flow } from './element.js'

export interface DropCap {
  letter: string
  lettering: Lettering
  /** Lines that it stands beside. */
  lines: number
  /** What the text beside it keeps free, points. */
  width: number
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
  const { lines } = flow.setting.styles.theme.opening
  const { length } = letter
  const { faces } = flow.setting
  const base = style.lettering
  if (!faces.covers(base.face, letter, 0, length)) return undefined
  const glyph = faces.fonts[base.face]!.codes[faces.box(base.face, '', ANY_LANGUAGE, 'H').codes[0]!]!.glyph
  const height = (faces.shaper(base.face).extents(glyph)?.top ?? 650) / 1000
  // its head stands at the height of the first line's capitals, its foot on the last line's baseline
  const size = ((lines - 1) * style.leading) / height + base.size
  const lettering: Lettering = { ...base, size, tracking: 0 }
  const box = faces.box(base.face, base.features, language, letter)
  const spans = prose.spans.map((s) => ({ ...s, start: Math.max(0, s.start - length), end: s.end - length }))
  const width = (box.width / 1000) * size + base.size * 0.15
  const rest: Prose = { n: prose.n, text: prose.text.slice(length), spans }
  // the next paragraph begins below the capital: the text fills all the lines beside it
  const natural = naturalWidth(flow.collector.collect(rest, style, language, style.align === 'justify', flow.setting))
  if (natural < lines * (flow.measure - width)) return undefined
  return { letter, lettering, lines, width, rest, length }
}
