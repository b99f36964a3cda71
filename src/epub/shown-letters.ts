// In: stretches of text with the look that they are shown in. Out: by face, which characters and which features it is asked for, so that
// no more is embedded.
import type { Span } from '../model/book.js'
import { capitals as inCapitals, nearestCut } from '../theme/index.js'
import type { SpanLook } from '../theme/spans.js'
import { familyOf, type Overlay, type Style, type Theme } from '../theme/theme.js'

/** What one face is asked to show. */
export interface Letters {
  /** By code unit, halves of surrogate pairs too; and the characters that these make. */
  plain: Uint8Array
  beyond: Set<number>
  /** OpenType features beside those that are always on. */
  features: Set<string>
}

/** What letters a text is shown in. */
export interface Lettering {
  family: string
  bold: boolean
  italic: boolean
  caps: Style['caps']
  language: string
}

export interface ShownLetters {
  /** By face key: 'text/regular'. */
  faces: Map<string, Letters>
  of(lettering: Lettering): Letters
  show(text: string, lettering: Lettering): void
  figures(lettering: Lettering, asked: Overlay): void
}

/**
 * `present`: keys of the faces that there are; a cut that is missing is shown by the nearest that is not. `capitals`: hears of each
 * face that is asked for small capitals.
 */
export function createShownLetters(
  theme: Theme,
  present: ReadonlySet<string>,
  capitals?: (key: string) => void,
): ShownLetters {
  const faces = new Map<string, Letters>()
  const keyOf = ({ family, bold, italic }: Lettering) => nearestCut(family, bold, italic, present)
  const of = (lettering: Lettering): Letters => {
    const { family } = lettering
    const key = keyOf(lettering)
    let face = faces.get(key)
    if (face === undefined) {
      const own = familyOf(theme, family)?.features?.filter((tag) => !tag.startsWith('-')) ?? []
      faces.set(key, (face = noLetters(own)))
    }
    return face
  }
  const show = (text: string, lettering: Lettering): void => {
    const { plain, beyond, features } = of(lettering)
    if (lettering.caps === 'small' || lettering.caps === 'all-small') {
      features.add('smcp')
      capitals?.(keyOf(lettering))
    }
    if (lettering.caps === 'all-small') features.add('c2sc')
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      plain[unit] = 1
      if ((unit & 0xfc00) === 0xd800) beyond.add(text.codePointAt(i)!)
    }
    if (lettering.caps === 'upper') show(inCapitals(text, lettering.language), { ...lettering, caps: 'none' })
  }
  const figures = (lettering: Lettering, { figures, tabular }: Overlay): void => {
    if (figures !== undefined) of(lettering).features.add(figures === 'oldstyle' ? 'onum' : 'lnum')
    if (tabular !== undefined) of(lettering).features.add(tabular ? 'tnum' : 'pnum')
  }
  return { faces, of, show, figures }
}

export function noLetters(features: Iterable<string> = []): Letters {
  return { plain: new Uint8Array(0x10000), beyond: new Set(), features: new Set(features) }
}

export function letteringOf({ face, weight, italic, caps }: Style, language: string): Lettering {
  return { family: face, bold: weight === 700, italic, caps, language }
}

/** Of what a span marks; the same object if it changes no letters. `speaker`: the style of names in plays. */
export function letteringWithin(
  span: Span,
  around: Lettering,
  look: SpanLook,
  overlay: Overlay,
  speaker: Style,
): Lettering {
  if (span.kind === 'span') {
    const { face, weight, italic, caps } = overlay
    if (span.lang === undefined && (face ?? weight ?? italic ?? caps) === undefined) return around
    return {
      family: face ?? around.family,
      bold: weight === undefined ? around.bold : weight === 700,
      italic: italic ?? around.italic,
      caps: caps ?? around.caps,
      language: span.lang ?? around.language,
    }
  }
  if (span.kind === 'speaker') return letteringOf(speaker, around.language)
  if (look.turned) return { ...around, italic: !around.italic }
  if (look.bold) return { ...around, bold: true }
  // Capitals stay capitals.
  if (look.mono) return { ...around, family: 'mono', italic: false, caps: around.caps === 'upper' ? 'upper' : 'none' }
  return look.smallCaps ? { ...around, caps: 'small' } : around
}
