// The embedded fonts go in; the rules of the style sheet that name them come out, each cut of a family with the file that shows it.
import { nearestCut } from '../theme/spans.js'
import { familyOf, type Theme } from '../theme/theme.js'
import { rule } from './declarations.js'
import type { EmbeddedFont } from './fonts.js'

export function fontRules(fonts: readonly EmbeddedFont[], theme: Theme): string {
  return [...fonts, ...standIns(fonts, theme)].map(fontFace).join('')
}

function fontFace(font: EmbeddedFont): string {
  return rule('@font-face', [
    ['font-family', `"${font.family}"`],
    ['font-weight', String(font.weight)],
    ['font-style', font.italic ? 'italic' : 'normal'],
    ['src', `url(../fonts/${font.file})`],
  ])
}

const CUTS = [
  { cut: 'italic', weight: 400, italic: true },
  { cut: 'bold', weight: 700, italic: false },
  { cut: 'boldItalic', weight: 700, italic: true },
] as const

/**
 * A cut that a family has not is shown by its nearest, as on paper: a reading system would slant one, or smear it. What is fallen back
 * to beside such a family stands in the cut of its letters.
 */
function standIns(fonts: readonly EmbeddedFont[], theme: Theme): EmbeddedFont[] {
  const names = [...new Set(fonts.map(({ name }) => name))]
  const lacking = CUTS.filter(({ cut }) => names.some((name) => familyOf(theme, name)?.files[cut] === undefined))
  const there = new Map(fonts.map((font) => [`${font.name}/${cutOf(font)}`, font]))
  const keys = new Set(there.keys())
  return names.flatMap((name) =>
    lacking.flatMap(({ cut, weight, italic }) => {
      const font = there.get(nearestCut(name, weight === 700, italic, keys))
      return there.has(`${name}/${cut}`) || font?.name !== name ? [] : [{ ...font, weight, italic }]
    }),
  )
}

function cutOf({ weight, italic }: EmbeddedFont): string {
  return weight === 700 ? (italic ? 'boldItalic' : 'bold') : italic ? 'italic' : 'regular'
}
