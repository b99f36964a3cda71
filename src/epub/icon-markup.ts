// The theme's icons beside what stands apart. In: a block, or those of which there are any. Out: the drawing, which is as light or dark as the
// text and which nobody reads aloud; and the chapter of the style sheet that gives it room.
import { boxOf } from '../theme/box.js'
import { overlaid } from '../theme/classes.js'
import { ICON_SQUARE, type Icon } from '../theme/icons.js'
import { hexOf, type Theme } from '../theme/theme.js'
import { type Looks, rule } from './declarations.js'
import { CONTAINERS } from './selectors.js'

/** What a block that has one is called besides. */
export const ICONED = 'iconed'

/** At the head of its first paragraph: whatever is said of a first child is said of that. */
export function writeIcon({ d }: Icon): string {
  const path = d.join(' ').replace(/ (?=[MLCQZ])|(?<=[MLCQZ]) /g, '')
  const box = `0 0 ${ICON_SQUARE} ${ICON_SQUARE}`
  return `<svg xmlns="http://www.w3.org/2000/svg" class="icon" viewBox="${box}" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`
}

export function iconRules(theme: Theme, looks: Looks, keys: ReadonlySet<string>): string {
  const { icons, page, styles } = theme
  if (icons === undefined || keys.size === 0) return ''
  const { size = 1.4, column = 2, colour = 'ink' } = icons
  const start = looks.side('left')
  let out = rule('svg.icon', [
    ['float', start],
    ['fill', 'currentColor'],
    ...(colour === 'ink' ? [] : [['color', hexOf(theme, colour)] as [string, string]]),
  ])
  // those that are of their role alone come first: what a class says goes before it
  for (const key of [...keys].sort((a, b) => isOfClass(a) - isOfClass(b) || (a < b ? -1 : 1))) {
    const [role, kind] = key.split(' ') as ['aside' | 'note', string]
    const own = Object.hasOwn(theme.classes, kind) ? theme.classes[kind]! : {}
    const style = overlaid(styles[role], own)
    const scale = own.size ?? 1
    const letters = styles[role].size * scale
    // a note's box is as small as its letters
    const around = role === 'note' ? letters : scale
    const line = (style.leading * page.leading) / page.size
    const named = CONTAINERS[role].split(', ').map((one) => `${one}${kind === role ? '' : `.${kind}`}.${ICONED}`)
    out += rule(named.join(', '), [[`padding-${start}`, looks.em((boxOf(style)?.padding.sides ?? 0) + column, around)]])
    out += rule(named.map((one) => `${one} svg.icon`).join(', '), [
      ['width', looks.em(size, letters)],
      ['height', looks.em(size, letters)],
      [`margin-${start}`, looks.em(-column, letters)],
      ['margin-top', looks.em((line - size) / 2, letters)],
    ])
  }
  return out
}

function isOfClass(key: string): number {
  const [role, kind] = key.split(' ')
  return role === kind ? 0 : 1
}
