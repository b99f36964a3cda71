// The theme goes in; a style sheet for dark screens comes out, with its colours lightened until they can be read there;
// undefined if the theme has no colours but the ink, which follows the reader's own choice by itself.
import type { Role } from '../model/role.js'
import { contrast } from '../theme/index.js'
import type { Style, Theme } from '../theme/theme.js'
import { colourOf } from './look.js'
import { textOf } from './selectors.js'

/** The ratio that WCAG 2.2 asks of text (1.4.3, level AA), against the lightest ground that is called dark. */
const LEAST = 4.5
const GROUND = '#222222'

/** A sheet of its own: an old reading system may drop a whole sheet for a query in it. */
export function nightSheet(theme: Theme): string | undefined {
  let rules = ''
  for (const [role, style] of Object.entries(theme.styles) as [Role, Style][]) {
    const colour = colourOf(style, theme)
    const selector = textOf(role)
    const light = colour === undefined || selector === undefined ? undefined : lighten(colour)
    if (light !== undefined) rules += `  ${selector} {\n    color: ${light};\n  }\n`
  }
  return rules === '' ? undefined : `@media (prefers-color-scheme: dark) {\n${rules}}\n`
}

/** Mixed with white, as little as will do; undefined if it can be read as it is. */
function lighten(colour: string): string | undefined {
  const channels = parse(colour)
  if (channels === undefined) return undefined
  for (let share = 0; share < 20; share++) {
    const mixed = channels.map((c) =>
      Math.round(c + ((255 - c) * share) / 20)
        .toString(16)
        .padStart(2, '0'),
    )
    const candidate = `#${mixed.join('')}`
    if (contrast(candidate, GROUND) >= LEAST) return share === 0 ? undefined : candidate
  }
  return '#ffffff'
}

function parse(colour: string): number[] | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  return hex?.slice(1).map((two) => Number.parseInt(two, 16))
}
