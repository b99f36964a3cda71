// The theme goes in, and whether pictures may be transparent; a style sheet for dark screens comes out: colours lightened
// until they can be read there, pictures on the white that they were drawn for. undefined if there is neither.
import type { Role } from '../model/role.js'
import { overlayOf } from '../theme/classes.js'
import { contrast } from '../theme/index.js'
import { hexOf, nightOf, type Style, type Theme } from '../theme/theme.js'
import { colourOf } from './declarations.js'
import { framesAtNight, staysAtNight } from './frames.js'
import { type ClassUse, selectorsOf, textOf } from './selectors.js'
import { tablesAtNight } from './table-and-list-marks.js'

/** The ratio that WCAG 2.2 asks of text (1.4.3, level AA), against the lightest ground that is called dark. */
const LEAST = 4.5
const GROUND = '#222222'

/** A sheet of its own: an old reading system may drop a whole sheet for a query in it. */
export function nightSheet(theme: Theme, transparent: boolean, uses: Iterable<ClassUse> = []): string | undefined {
  const rules = nightRules(theme, transparent, uses)
  if (rules === '') return undefined
  const asked = `@media (prefers-color-scheme: dark) {\n${rules}}\n`
  return transparent ? asked + underPictures() : asked
}

export function underPictures(): string {
  return `img {\n  ${ground(WHITE_UNDER_LIGHT_TEXT)}\n}\n`
}

/** For whatever says that it is night. */
export function nightRules(theme: Theme, transparent: boolean, uses: Iterable<ClassUse>): string {
  let rules = ''
  for (const [role, style] of Object.entries(theme.styles) as [Role, Style][]) {
    const colour = colourOf(style, theme)
    const selector = textOf(role)
    if (colour === undefined || selector === undefined || staysAtNight(theme, style.ground)) continue
    const light = nightOf(theme, style.colour) ?? lighten(colour)
    if (light !== undefined) rules += `  ${selector} {\n    color: ${light};\n  }\n`
  }
  for (const [where, { kind, colour }] of openings(theme)) {
    if ((kind !== 'drop-cap' && kind !== 'raised') || colour === undefined || colour === 'ink') continue
    const light = nightOf(theme, colour) ?? lighten(hexOf(theme, colour))
    if (light !== undefined) rules += `  ${where}p.${kind}:first-letter {\n    color: ${light};\n  }\n`
  }
  for (const [selector, colour] of [...framesAtNight(theme), ...tablesAtNight(theme)])
    rules += `  ${selector} {\n    background-color: ${colour};\n  }\n`
  const icon = theme.icons?.colour
  if (icon !== undefined && icon !== 'ink') {
    const light = nightOf(theme, icon) ?? lighten(hexOf(theme, icon))
    if (light !== undefined) rules += `  svg.icon {\n    color: ${light};\n  }\n`
  }
  for (const use of uses) {
    const { colour, ground } = overlayOf(theme, use.names)
    const { text, box } = selectorsOf(use)
    const light =
      colour === undefined || colour === 'ink' || staysAtNight(theme, ground)
        ? undefined
        : (nightOf(theme, colour) ?? lighten(hexOf(theme, colour)))
    if (light !== undefined) rules += `  ${use.kind === 'group' ? box : text} {\n    color: ${light};\n  }\n`
    const dark = ground === undefined ? undefined : nightOf(theme, ground)
    if (dark !== undefined) rules += `  ${box} {\n    background-color: ${dark};\n  }\n`
  }
  if (transparent) rules += `  img {\n    ${ground('#ffffff')}\n  }\n`
  return rules
}

/** The book's, and those of sections that open in a manner of their own. */
function openings(theme: Theme): [where: string, Theme['opening']][] {
  const own = Object.entries(theme.sections).flatMap(([role, { opening }]): [string, Theme['opening']][] =>
    opening === undefined ? [] : [[`body.${role} `, { ...theme.opening, ...opening }]],
  )
  return [['', theme.opening], ...own]
}

/**
 * White where the text is light, and nothing where it is dark: so a reading system's own night is met whatever it asks of
 * the browser, and a page of sepia has no white patches. Where that cannot be reckoned, the query above decides.
 */
const WHITE_UNDER_LIGHT_TEXT = 'rgb(from currentColor 255 255 255 / calc(r + g + b - 384))'

/** As an image: night modes take every ground away that is a colour. */
function ground(colour: string): string {
  return `background-image: linear-gradient(${colour}, ${colour});`
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
