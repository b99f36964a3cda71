// The chapters of the style sheet for verse and for plays: lines that hang and step, their numbers, names at the head of speeches.
import { LINE_NUMBER, spokenAs } from '../theme/speakers.js'
import { type Declarations, rule } from './declarations.js'
import type { SheetDesk } from './sheet-desk.js'

export function verse({ theme, looks, survey, text, conduct }: SheetDesk): string {
  const style = theme.styles.verse
  let out = rule('div.verse', looks.margin({ ...style, size: 1 }), looks.keeps(style))
  out += text('div.verse > p', style, [['margin', '0'], ...looks.indent(style)])
  out += rule('div.verse > p + p', [['margin-top', looks.lines(style.leading, style.size)]])
  // A line that is too long for the screen is turned under, by the hang.
  out += rule('div.verse > p > span', [['display', 'block']])
  out += rule('div.verse > p > br', [['display', 'none']])
  for (let step = 1; step <= survey.verseIndent; step++) {
    out += rule(`div.verse > p > span.i${step}`, [[`margin-${looks.side('left')}`, looks.em(step * theme.steps.verse)]])
  }
  // a number stands at the right of its line, and is no word of it
  if (survey.lineNumbers)
    out += rule('div.verse > p > span[data-line]:before', [
      ['content', 'attr(data-line)'],
      ['float', looks.side('right')],
      ['text-indent', '0'],
      ['font-size', looks.em(LINE_NUMBER)],
    ])
  return out + conduct()
}

/** In a play verse stands where speech stands; names are run in, or above what is said. */
export function drama({ theme, looks, survey, text, conduct }: SheetDesk): string {
  const { speaker, drama, verse } = theme.styles
  let out = survey.kinds.has('verse') ? rule('div.drama > div.verse, div.drama > div.verse > p', [['margin', '0']]) : ''
  if (survey.kinds.has('verse') && drama.indent < 0)
    out += rule('div.drama > div.verse > p', looks.indent({ ...verse, indent: drama.indent }))
  if (!survey.spans.has('speaker')) return out
  if (drama.indent < 0 && theme.drama?.speaker !== 'line')
    out += rule('div.drama .goes-on', [[`margin-${looks.side('left')}`, looks.em(-drama.indent)]])
  if (theme.drama?.speaker !== 'line') return out + rule('.speaker', looks.overlay(spokenAs(theme.styles)))
  const block: Declarations = [['display', 'block'], ...looks.indent(speaker), ...looks.margin(speaker)]
  return out + text('.speaker', speaker, block) + conduct()
}
