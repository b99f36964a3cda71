// The chapter of the style sheet for how sections open: numbers above, beside or in the line of their titles; large letters.
import { openingOf, raisedSize } from '../theme/paragraphs.js'
import { hexOf, type OpeningStyle, type Theme } from '../theme/theme.js'
import { type Declarations, type Looks, rule } from './declarations.js'
import { contentOf } from './selectors.js'
import type { Survey } from './survey.js'

/** What a theme's column for numbers is, em, if it does not say. */
const NUMBER_COLUMN = 3

export function numbers(theme: Theme, looks: Looks, survey: Survey): string {
  const { place = 'above', column = NUMBER_COLUMN, ornament } = theme.numbering
  let out = ''
  for (const [role, heading] of survey.numbers) {
    const style = theme.styles[role]
    const title = theme.styles[heading]
    // In the line of the title its margins and lines are the title's.
    const base = { ...title, before: style.before, after: style.after, indent: style.indent }
    const own = place === 'line' ? { ...style, leading: (title.leading * style.size) / title.size } : style
    const letters = looks.changed({ ...own, left: base.left, right: base.right }, base, title.size)
    const block: Declarations =
      place === 'line'
        ? []
        : [['display', 'block'], ...looks.margin({ ...style, left: style.left, right: style.right })]
    const beside: Declarations =
      place === 'beside'
        ? [
            ['float', looks.side('left')],
            ['width', looks.em(column, style.size)],
            [`margin-${looks.side('left')}`, looks.em(-column, style.size)],
            ['text-align', looks.side('left')],
          ]
        : []
    const indent = place === 'above' && style.indent !== title.indent ? looks.indent(style) : []
    out += rule(`.${role}`, letters, block, indent, beside)
    if (place === 'beside')
      out += rule(`.${heading}.beside`, [[`padding-${looks.side('left')}`, looks.em(column, title.size)]])
    if (place !== 'line') out += rule(`.${role} + br`, [['display', 'none']])
    if (place === 'above' && ornament !== undefined)
      out += rule(`.${role}:after`, [
        ['content', contentOf(ornament)],
        ['display', 'block'],
      ])
  }
  return out
}

/** Of the first paragraphs that the book has. */
export function largeLetters(theme: Theme, looks: Looks, survey: Survey): string {
  let out = ''
  const written = new Set<string>()
  for (const role of survey.large) {
    const opening = openingOf(theme, role)
    const where = theme.sections[role].opening === undefined ? '' : `body.${role} `
    if (written.has(where)) continue
    written.add(where)
    out += letterRules(opening, where, theme, looks)
  }
  return out
}

function letterRules(opening: OpeningStyle, where: string, theme: Theme, looks: Looks): string {
  const own: Declarations = [
    ...(opening.face === undefined ? [] : looks.family(opening.face)),
    ...(opening.colour === undefined || opening.colour === 'ink'
      ? []
      : ([['color', hexOf(theme, opening.colour)]] as Declarations)),
  ]
  if (opening.kind === 'raised')
    return rule(
      `${where}p.raised:first-letter`,
      [
        ['font-size', looks.em(raisedSize(opening))],
        ['line-height', '0'],
      ],
      own,
    )
  return (
    // As large as its lines are deep.
    rule(
      `${where}p.drop-cap:first-letter`,
      [
        ['float', looks.side('left')],
        ['font-size', looks.lines(opening.lines)],
        ['font-size', `${opening.lines}lh`],
        ['line-height', '1'],
      ],
      own,
    ) +
    // On a wide screen the text may end above the letter's foot; what follows begins below it.
    rule(`${where}p.drop-cap:after`, [
      ['content', '""'],
      ['display', 'block'],
      ['clear', 'both'],
    ])
  )
}
