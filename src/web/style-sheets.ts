// A theme goes in; the style sheets of the web edition come out: the EPUB's, with its night for whatever says that it is night, the
// device or the reader; and the colours of the frame, by day and by night.

import { styleSheet } from '../epub/css.js'
import type { EmbeddedFont } from '../epub/fonts.js'
import { nightRules, underPictures } from '../epub/night.js'
import type { Prepared } from '../epub/prepare.js'
import { type Colours, pageColours } from '../theme/pagecolours.js'
import type { Theme } from '../theme/theme.js'

/** The reader's word goes before the device's. */
const ASKED = ':root[data-light="night"]'
const UNLESS = ':root:not([data-light="day"])'

/** What old reading systems know instead of what is said beside it. */
const FOR_EPUB = /^ {2}(?:adobe-hyphenate|-epub-hyphens): .*;\n/gm

export function bookSheet(theme: Theme, fonts: readonly EmbeddedFont[], prepared: Prepared, mirrored: boolean): string {
  const { survey, transparent } = prepared
  const day = styleSheet(theme, fonts, survey, mirrored, (role) => `main.${role}`)
  // Those of the text are asked for before the sheet is: they are rarely late.
  const sheet = day.replace(FOR_EPUB, '').replaceAll('@font-face {\n', '@font-face {\n  font-display: swap;\n')
  const night = nightRules(theme, transparent, survey.uses.values())
  return sheet + (night === '' ? '' : atNight(night)) + (transparent ? underPictures() : '')
}

export function frameSheet({ cover }: Theme, sheet: string): string {
  const { day, night } = pageColours(cover.ground, cover.ink, cover.accent)
  return `:root {\n${variables(day)}}\n${atNight(variables(night))}${sheet}`
}

function atNight(rules: string): string {
  return `@media (prefers-color-scheme: dark) {\n${UNLESS} {\n${rules}}\n}\n${ASKED} {\n${rules}}\n`
}

function variables(colours: Colours): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${colour};\n`)
    .join('')
}
