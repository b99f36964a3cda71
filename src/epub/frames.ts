// The chapter of the style sheet that draws what stands around blocks: tints, rules, and their distance from the text.
import { ROLES, type Role } from '../model/role.js'
import { boxOf, layerOf, WITHOUT_BOX } from '../theme/box.js'
import { nightOf, type Theme } from '../theme/theme.js'
import { type Looks, rule } from './declarations.js'
import { CLASSED, CONTAINERS, type ContainerRole, ends } from './selectors.js'
import type { Survey } from './survey.js'

/** What has a role's box, and whether its letters are the body's size. */
function boxesOfRole(role: Role): { selector: string; bodySize: boolean }[] {
  switch (role) {
    case 'list':
      return [{ selector: 'ul, ol', bodySize: true }]
    case 'definition':
      return [{ selector: 'dl', bodySize: true }]
    case 'code':
      return [{ selector: 'pre', bodySize: false }]
    case 'cell':
      return [{ selector: 'div.table', bodySize: true }]
  }
  const container = Object.hasOwn(CONTAINERS, role) ? CONTAINERS[role as ContainerRole] : undefined
  const classed = Object.hasOwn(CLASSED, role) ? CLASSED[role as keyof typeof CLASSED] : undefined
  return [
    ...(container === undefined ? [] : [{ selector: container as string, bodySize: true }]),
    ...(classed === undefined ? [] : [{ selector: classed as string, bodySize: false }]),
  ]
}

function isShown(role: Role, survey: Survey): boolean {
  if (role === 'list' || role === 'code') return survey.kinds.has(role)
  if (role === 'definition') return survey.kinds.has('definitions')
  if (role === 'cell') return survey.kinds.has('table')
  if (role === 'number' || role === 'part-number') return survey.numbers.has(role)
  return survey.classes.has(role) || survey.boxes.has(role)
}

export function frames(theme: Theme, looks: Looks, survey: Survey): string {
  let out = ''
  for (const role of ROLES) {
    const style = theme.styles[role]
    if (WITHOUT_BOX.has(role) || boxOf(style) === undefined || !isShown(role, survey)) continue
    for (const { selector, bodySize } of boxesOfRole(role)) {
      const box = looks.box(style, bodySize ? 1 : style.size)!
      const own = box.own.filter(([property]) => !(role === 'list' && property === 'padding'))
      out += rule(selector, own, role === 'list' ? paddingOfList(theme, looks) : [])
      const around = (which: 'before' | 'after') =>
        rule(
          selector
            .split(', ')
            .map((one) => `${one}:${which}`)
            .join(', '),
          box[which],
        )
      out += around('before') + around('after')
      if (bodySize && Object.hasOwn(CONTAINERS, role)) out += ends(selector)
    }
    // Space before and after is the box's.
    if (role === 'definition') {
      const { term, definition } = theme.styles
      out += rule('dl', [['margin', `${looks.lines(term.before)} 0 ${looks.lines(definition.after)}`]])
      out += rule('dl > dt:first-child', [['margin-top', '0']]) + rule('dl > dd:last-child', [['margin-bottom', '0']])
    }
    // A list in an item of another has no box of its own.
    if (role === 'list') {
      out += rule('li > ul, li > ol', [
        ['border', '0'],
        ['background', 'none'],
        ['padding', '0'],
        [`padding-${looks.side('left')}`, looks.em(style.left)],
      ])
      out += rule('li > ul:before, li > ul:after, li > ol:before, li > ol:after', [['display', 'none']])
    }
  }
  return out
}

/** The labels of a list stand between its box and its text. */
function paddingOfList(theme: Theme, looks: Looks): [string, string][] {
  const { list } = theme.styles
  const { padding } = boxOf(list)!
  const [start, end] = [looks.em(padding.sides + list.left), looks.em(padding.sides)]
  const [left, right] = looks.side('left') === 'left' ? [start, end] : [end, start]
  return [['padding', `${looks.lines(padding.above)} ${right} ${looks.lines(padding.below)} ${left}`]]
}

/** What the night has of its own: tints that the theme names for it. The others let the page's dark shine through. */
export function framesAtNight(theme: Theme): [selector: string, colour: string][] {
  return ROLES.flatMap((role): [string, string][] => {
    const { ground } = theme.styles[role]
    const night = ground === undefined ? undefined : nightOf(theme, ground)
    if (night === undefined || WITHOUT_BOX.has(role)) return []
    return boxesOfRole(role).map(({ selector }): [string, string] => [selector, night])
  })
}

/** Does the ground of a style stay as it is on a dark page, so that its text is not to be made lighter? */
export function staysAtNight(theme: Theme, ground: string | undefined): boolean {
  return ground !== undefined && nightOf(theme, ground) === undefined && layerOf(theme, ground).alpha > 500
}
