// Chapters of the style sheet for what a theme says of tables and lists beside their letters: rules and tints, bullets and numbers.
import { layerOf } from '../theme/box.js'
import { type NumberManner, systemOf } from '../theme/list-labels.js'
import { hexOf, type Line, nightOf, type Theme } from '../theme/theme.js'
import { type Declarations, type Looks, rule } from './declarations.js'
import { contentOf } from './selectors.js'

/** `above` and `below` the table, below its head and between its rows: as thin as the screen has them, if the theme does not say. */
export function tableRules(theme: Theme, looks: Looks): string {
  const { rules, headGround, stripes } = theme.tables
  const said = (line: Line | undefined): string | undefined => {
    if (line === undefined) return undefined
    const colour = line.colour === undefined || line.colour === 'ink' ? '' : ` ${hexOf(theme, line.colour)}`
    return `${looks.em(line.weight / theme.page.size)} solid${colour}`
  }
  const edge = (name: string, value: string | undefined): Declarations => (value === undefined ? [] : [[name, value]])
  const thin = 'thin solid'
  let out = rule('table', [
    ['margin', '0 auto'],
    ['border-collapse', 'collapse'],
    ...edge('border-top', rules ? said(rules.above) : thin),
    ...edge('border-bottom', rules ? said(rules.below) : thin),
    ['font-variant-numeric', 'inherit'],
  ])
  out += rule('thead', edge('border-bottom', rules ? said(rules.head) : thin), tint(theme, headGround))
  out += rule('tbody > tr + tr', edge('border-top', said(rules?.rows)))
  out += rule('tbody > tr:nth-child(even)', tint(theme, stripes))
  if (theme.captions?.tables === 'below') out += rule('caption', [['caption-side', 'bottom']])
  return out
}

function tint(theme: Theme, ground: string | undefined): Declarations {
  if (ground === undefined) return []
  const { rgb, alpha } = layerOf(theme, ground)
  return [
    ['background-color', hexOf(theme, ground)],
    ...(alpha === 1000 ? [] : ([['background-color', `rgba(${rgb.join(', ')}, ${alpha / 1000})`]] as Declarations)),
  ]
}

/** What the night has of its own. */
export function tablesAtNight(theme: Theme): [selector: string, colour: string][] {
  const { headGround, stripes } = theme.tables
  const all: [string, string | undefined][] = [
    ['thead', headGround],
    ['tbody > tr:nth-child(even)', stripes],
  ]
  return all.flatMap(([selector, ground]): [string, string][] => {
    const night = ground === undefined ? undefined : nightOf(theme, ground)
    return night === undefined ? [] : [[selector, night]]
  })
}

/** By level: a list in an item is one deeper. */
export function listMarks(theme: Theme): string {
  const { bullets = [], numbers = [] } = theme.lists ?? {}
  const within = (level: number, list: string) => `${'li '.repeat(level)}${list}`
  let out = ''
  for (const [level, bullet] of bullets.entries())
    out += rule(within(level, 'ul'), [['list-style-type', contentOf(`${bullet} `)]])
  for (const [level, manner] of numbers.entries()) {
    const { css } = systemOf(manner)
    out += rule(within(level, 'ol'), [['list-style-type', css]])
    // An old reading system has a full stop behind all of them.
    if (manner.endsWith(')')) {
      out += counter(manner)
      out += rule(within(level, 'ol'), [['list-style-type', nameOf(manner)]])
    }
  }
  return out
}

function counter(manner: NumberManner): string {
  return rule(`@counter-style ${nameOf(manner)}`, [
    ['system', `extends ${systemOf(manner).css}`],
    ['suffix', '") "'],
  ])
}

function nameOf(manner: NumberManner): string {
  return `in-brackets-${systemOf(manner).css}`
}
