// The letters of a drawn cover. In: a theme's colours for it. Out: told, where its layout sets letters that can hardly be read.
import { type Place, type Report, warning } from '../diagnostic.js'
import { contrast } from './contrast.js'
import type { CoverLayout, CoverStyle } from './theme.js'

type Colour = 'ground' | 'ink' | 'accent'

/** By layout, which of the colours has letters, and on which: as src/cover/manners.ts draws them. */
const LETTERS: Record<CoverLayout, readonly (readonly [letters: Colour, behind: Colour])[]> = {
  divided: [
    ['ground', 'accent'],
    ['ink', 'ground'],
  ],
  plain: [
    ['ink', 'ground'],
    ['accent', 'ground'],
  ],
  full: [['ground', 'accent']],
  centred: [
    ['ink', 'ground'],
    ['accent', 'ground'],
  ],
  banded: [
    ['ink', 'ground'],
    ['accent', 'ground'],
  ],
  framed: [['ink', 'ground']],
  label: [
    ['ink', 'ground'],
    ['accent', 'ground'],
  ],
  disc: [
    ['ground', 'accent'],
    ['ink', 'ground'],
  ],
}

/** Letters of a cover are large: WCAG 2.2, 1.4.3. */
const LEAST = 3

/** `at`: the place of a key in the theme's file. */
export function checkCover(cover: CoverStyle, at: (path: string[]) => Place, report: Report): void {
  // Letters straight on the author's picture are looked at when they are there.
  if (cover.picture === 'over') return
  for (const [letters, behind] of LETTERS[cover.layout ?? 'divided']) {
    const ratio = contrast(cover[letters], cover[behind])
    if (ratio >= LEAST) continue
    const said = (Math.floor(ratio * 10) / 10).toFixed(1)
    const message = `letters in \`cover.${letters}\` have a contrast of ${said} to 1 on \`cover.${behind}\``
    warning(report, 'theme-contrast', at(['cover', letters]), message, 'let one be lighter or the other darker: 3 to 1')
  }
}
