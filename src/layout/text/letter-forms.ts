// Letters go in, and what a mark or a class says of them; other letters come out.
import { familyOf, hexOf, type Overlay, type Style, type Theme } from '../../theme/theme.js'

/** One way to set letters: everything that decides which glyphs and at what size. */
export interface Lettering {
  face: number
  /** Key of the face family and cut, to derive others from. */
  family: string
  bold: boolean
  italic: boolean
  /** Points. */
  size: number
  /** OpenType features, comma-separated. */
  features: string
  /** Points after every glyph. */
  tracking: number
  /** Points above the baseline. */
  rise: number
  colour: string
  /** Natural width of a word space, points. */
  space: number
  upper: boolean
}

export interface Variation {
  italic?: boolean
  bold?: boolean
  family?: string
  smallCaps?: 'small' | 'all-small'
  /** × the size. */
  scale?: number
  /** em of the unscaled size. */
  rise?: number
  lining?: boolean
  /** The face's own superior figures. */
  superior?: boolean
  /** What a class says of letters. */
  overlay?: Overlay
}

/** Letters before their face is found, and the space that it has. */
export type Unfaced = Omit<Lettering, 'face' | 'space'>

/** OpenType features of letters in the `family`. */
export function featuresOf(
  theme: Theme,
  family: string,
  caps: Style['caps'],
  figures: Style['figures'],
  tabular: boolean,
): string {
  const own = familyOf(theme, family)?.features ?? []
  if (family === 'mono') return ['-liga', '-clig', '-calt', ...own].join(',')
  const tags = [figures === 'oldstyle' ? 'onum' : 'lnum', tabular ? 'tnum' : 'pnum']
  if (caps === 'small' || caps === 'all-small') tags.push('smcp')
  if (caps === 'all-small') tags.push('c2sc')
  tags.push(...own)
  return tags.join(',')
}

/** Of letters, with what a class says of them. */
function overlaid(theme: Theme, base: Lettering, own: Overlay): Unfaced {
  const family = own.face ?? base.family
  const size = base.size * (own.size ?? 1)
  const was = base.features.split(',')
  const now = (one: boolean | undefined, tag: string) => one ?? was.includes(tag)
  const caps = own.caps ?? (was.includes('c2sc') ? 'all-small' : was.includes('smcp') ? 'small' : 'none')
  const oldstyle = own.figures === undefined ? was.includes('onum') : own.figures === 'oldstyle'
  return {
    ...base,
    family,
    size,
    bold: own.weight === undefined ? base.bold : own.weight >= 600,
    italic: own.italic ?? base.italic,
    tracking: own.tracking === undefined ? (base.tracking * size) / base.size : own.tracking * size,
    features: featuresOf(theme, family, caps, oldstyle ? 'oldstyle' : 'lining', now(own.tabular, 'tnum')),
    colour: own.colour === undefined ? base.colour : hexOf(theme, own.colour),
    upper: own.caps === undefined ? base.upper : own.caps === 'upper',
  }
}

/** Of letters, as a mark varies them. */
export function variedBy(theme: Theme, base: Lettering, change: Variation): Unfaced {
  if (change.overlay) return overlaid(theme, base, change.overlay)
  let tags = base.features
  if (change.family === 'mono') tags = featuresOf(theme, 'mono', 'none', 'lining', false)
  if (change.smallCaps && base.family !== 'mono')
    tags = `${tags.replace(/,smcp|,c2sc/g, '')},smcp${change.smallCaps === 'all-small' ? ',c2sc' : ''}`
  if (change.superior) tags = 'sups'
  if (change.lining) tags = tags.replace('onum', 'lnum')
  const scale = change.scale ?? 1
  return {
    ...base,
    family: change.family ?? base.family,
    italic: change.family === 'mono' ? false : (change.italic ?? base.italic),
    bold: change.bold ?? base.bold,
    size: base.size * scale,
    tracking: base.tracking * scale,
    rise: base.rise + (change.rise ?? 0) * base.size,
    features: tags,
  }
}

/** Made field by field, and with fractions first, so that V8 sees letters of one shape. */
export function lettering(l: Lettering): Lettering {
  return {
    face: l.face,
    family: l.family,
    bold: l.bold,
    italic: l.italic,
    size: l.size,
    features: l.features,
    tracking: l.tracking,
    rise: l.rise,
    colour: l.colour,
    space: l.space,
    upper: l.upper,
  }
}
const FRACTIONS = { size: 0.5, tracking: 0.5, rise: 0.5, space: 0.5 }
export const LETTERING = lettering({
  ...FRACTIONS,
  face: 0,
  family: '',
  bold: false,
  italic: false,
  features: '',
  colour: '',
  upper: false,
})
