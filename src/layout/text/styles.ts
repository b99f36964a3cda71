// The theme's styles in points: a role goes in, what paragraphs and pages need to know of its look comes out.

import type { Span } from '../../model/book.js'
import type { Role } from '../../model/role.js'
import { boxOf } from '../../theme/box.js'
import { overlayOf, styledClasses, stylesWithin } from '../../theme/classes.js'
import { spokenAs } from '../../theme/drama.js'
import { nearestCut, type SpanLook, spanLooks } from '../../theme/spans.js'
import { type Align, familyOf, hexOf, type Line, type Overlay, type Style, type Theme } from '../../theme/theme.js'
import { canHyphenate, createHyphenator, type Hyphenator, type OwnDivisions } from './hyphenate.js'
import { ANY_LANGUAGE, type ShapedFaces } from './shaped-faces.js'

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

export interface PrintStyle {
  role: Role
  lettering: Lettering
  /** Distance of baselines, points and lines of the grid. */
  leading: number
  align: Align
  /** Points. */
  indent: number
  left: number
  right: number
  /** Lines. */
  before: number
  after: number
  hyphenate: boolean
  keepNext: boolean
  keepTogether: boolean
  caps: Style['caps']
}

/** Of a table: points; a rule has the colour of the cells if it names none. */
export interface TableRule {
  weight: number
  width: number
  colour: string | undefined
}

export interface TableLooks {
  rules: Record<'above' | 'head' | 'rows' | 'below', TableRule | undefined>
  headGround: string | undefined
  stripes: string | undefined
}

/** Of a table whose theme says nothing of its rules: below its head; those around it are thicker. */
export const RULE = 0.5

/** What stands around a block, points. */
export interface PrintEdge {
  weight: number
  /** Share of the box. */
  width: number
  colour: string
}

export interface PrintBox {
  ground: string | undefined
  above: PrintEdge | undefined
  below: PrintEdge | undefined
  start: PrintEdge | undefined
  end: PrintEdge | undefined
  padding: { above: number; below: number }
  /** What it keeps free between its edge and its text at either side. */
  insetStart: number
  insetEnd: number
  align: Align
}

export interface Styles {
  of(role: Role): PrintStyle
  /** What stands around its blocks, if anything does. */
  box(role: Role): PrintBox | undefined
  /** The styles on a block of this role that has these classes, and in it; itself if the theme styles none of them. `inside`: it stands in a block of its own role. */
  within(role: Role, classes: readonly string[], inside: boolean): Styles
  /** Letters of a stretch of text that has these classes. */
  classed(base: Lettering, classes: readonly string[]): Lettering
  /** The same letters, otherwise: italic, bold, small capitals, raised … */
  vary(base: Lettering, change: Variation): Lettering
  hyphenator(language: string): Hyphenator | undefined
  /** Letters for a raised text: the face's superior figures where it has them for all of it, else small raised ones. */
  raised(base: Lettering, text: string): Lettering
  /** What a mark within text does to its letters. */
  lookOf(kind: Span['kind']): SpanLook
  /** Letters of the name that is run in before a speech in these letters. */
  spoken(base: Lettering): Lettering
  /** What the theme says beside its styles. */
  theme: Pick<
    Theme,
    'spacing' | 'tables' | 'steps' | 'numbering' | 'lists' | 'captions' | 'contents' | 'verse' | 'drama'
  >
  tableLooks: TableLooks
  fallback: readonly number[]
  /** Points: body size and grid. */
  em: number
  grid: number
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

export function createStyles(
  theme: Theme,
  faces: ShapedFaces,
  keys: ReadonlySet<string>,
  em: number,
  grid: number,
  /** What the book says of its words. */
  words: OwnDivisions = {},
  /** Of the open text, and what all share. */
  root: Theme['styles'] = theme.styles,
  hyphenators = new Map<string, Hyphenator | null>(),
): Styles {
  const styles = new Map<Role, PrintStyle>()
  const boxes = new Map<Role, PrintBox | null>()
  const inner = new Map<string, Styles>()
  const varied = new Map<Lettering, Map<string, Lettering>>()

  const letters = (l: Omit<Lettering, 'face' | 'space'>): Lettering => {
    const face = faces.face(nearestCut(l.family, l.bold, l.italic, keys))
    const own = faces.box(face, '', ANY_LANGUAGE, ' ').width
    const natural = Math.max(own, (familyOf(theme, l.family)?.wordSpace ?? 0) * 1000)
    return lettering({ ...l, face, space: (natural / 1000) * l.size + l.tracking })
  }

  const features = (caps: Style['caps'], figures: Style['figures'], tabular: boolean, family: string): string => {
    const own = familyOf(theme, family)?.features ?? []
    if (family === 'mono') return ['-liga', '-clig', '-calt', ...own].join(',')
    const tags = [figures === 'oldstyle' ? 'onum' : 'lnum', tabular ? 'tnum' : 'pnum']
    if (caps === 'small' || caps === 'all-small') tags.push('smcp')
    if (caps === 'all-small') tags.push('c2sc')
    tags.push(...own)
    return tags.join(',')
  }

  const overlaidLetters = (base: Lettering, own: Overlay): Omit<Lettering, 'face' | 'space'> => {
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
      features: features(caps, oldstyle ? 'oldstyle' : 'lining', now(own.tabular, 'tnum'), family),
      colour: own.colour === undefined ? base.colour : hexOf(theme, own.colour),
      upper: own.caps === undefined ? base.upper : own.caps === 'upper',
    }
  }

  const { raised } = theme.marks
  const superiors = new Map<string, boolean>()
  const hasSuperiors = (face: number, text: string): boolean => {
    const key = `${face} ${text}`
    let known = superiors.get(key)
    if (known === undefined) {
      const plain = faces.box(face, '', ANY_LANGUAGE, text)
      const raised = faces.box(face, 'sups', ANY_LANGUAGE, text)
      const glyphs = faces.fonts[face]!.codes
      known =
        /^\d+$/.test(text) &&
        plain.codes.length === raised.codes.length &&
        plain.codes.every((c, i) => glyphs[c]!.glyph !== glyphs[raised.codes[i]!]!.glyph)
      superiors.set(key, known)
    }
    return known
  }

  const styles_: Styles = {
    em,
    grid,
    theme,
    lookOf: spanLooks(theme.marks),
    tableLooks: tableLooks(theme),
    fallback: theme.fallback.filter((name) => keys.has(`${name}/regular`)).map((name) => faces.face(`${name}/regular`)),
    of(role) {
      let style = styles.get(role)
      if (!style) {
        const s = theme.styles[role]
        const size = s.size * em
        style = printStyle({
          role,
          lettering: letters({
            family: s.face,
            bold: s.weight >= 600,
            italic: s.italic,
            size,
            features: features(s.caps, s.figures, s.tabular, s.face),
            tracking: s.tracking * size,
            rise: 0,
            colour: hexOf(theme, s.colour),
            upper: s.caps === 'upper',
          }),
          leading: s.leading * grid,
          align: s.align,
          indent: s.indent * size,
          left: s.left * em,
          right: s.right * em,
          before: s.before,
          after: s.after,
          hyphenate: s.hyphenate,
          keepNext: s.keepNext,
          keepTogether: s.keepTogether,
          caps: s.caps,
        })
        styles.set(role, style)
      }
      return style
    },
    box(role) {
      let box = boxes.get(role)
      if (box === undefined) boxes.set(role, (box = printBox(theme, theme.styles[role], em, grid) ?? null))
      return box ?? undefined
    },
    within(role, classes, inside) {
      const names = styledClasses(theme, classes)
      if (names.length === 0) return styles_
      const key = `${role} ${inside} ${names.join(' ')}`
      let made = inner.get(key)
      if (made === undefined) {
        const own = stylesWithin(root, theme.styles, role, overlayOf(theme, names), inside)
        made = createStyles({ ...theme, styles: own }, faces, keys, em, grid, words, root, hyphenators)
        inner.set(key, made)
      }
      return made
    },
    classed(base, classes) {
      const names = styledClasses(theme, classes)
      if (names.length === 0) return base
      return styles_.vary(base, { overlay: overlayOf(theme, names) })
    },
    vary(base, change) {
      let known = varied.get(base)
      if (!known) varied.set(base, (known = new Map()))
      const key = JSON.stringify(change)
      let made = known.get(key)
      if (!made) {
        let tags = base.features
        if (change.family === 'mono') tags = features('none', 'lining', false, 'mono')
        if (change.smallCaps && base.family !== 'mono')
          tags = `${tags.replace(/,smcp|,c2sc/g, '')},smcp${change.smallCaps === 'all-small' ? ',c2sc' : ''}`
        if (change.superior) tags = 'sups'
        if (change.lining) tags = tags.replace('onum', 'lnum')
        if (change.overlay) {
          known.set(key, (made = letters(overlaidLetters(base, change.overlay))))
          return made
        }
        made = letters({
          ...base,
          family: change.family ?? base.family,
          italic: change.family === 'mono' ? false : (change.italic ?? base.italic),
          bold: change.bold ?? base.bold,
          size: base.size * (change.scale ?? 1),
          tracking: base.tracking * (change.scale ?? 1),
          rise: base.rise + (change.rise ?? 0) * base.size,
          features: tags,
        })
        known.set(key, made)
      }
      return made
    },
    spoken: (base) => styles_.vary(base, { overlay: spokenAs(theme.styles) }),
    raised: (base, text) =>
      hasSuperiors(base.face, text)
        ? styles_.vary(base, { superior: true })
        : styles_.vary(base, { scale: raised.size, rise: raised.rise, lining: true }),
    hyphenator(language) {
      let h = hyphenators.get(language)
      if (h === undefined) {
        const can = canHyphenate(language) || words.hyphenation !== undefined
        hyphenators.set(language, (h = can ? createHyphenator(language, words) : null))
      }
      return h ?? undefined
    },
  }
  return styles_
}

function tableLooks(theme: Theme): TableLooks {
  const { rules, headGround, stripes } = theme.tables
  const hex = (name: string | undefined) => (name === undefined ? undefined : hexOf(theme, name))
  const own = (line: Line | undefined): TableRule | undefined =>
    line && { weight: line.weight, width: line.width ?? 1, colour: hex(line.colour) }
  const usual = (weight: number): TableRule => ({ weight, width: 1, colour: undefined })
  return {
    rules: rules
      ? { above: own(rules.above), head: own(rules.head), rows: own(rules.rows), below: own(rules.below) }
      : { above: usual(RULE * 1.6), head: usual(RULE), rows: undefined, below: usual(RULE * 1.6) },
    headGround: hex(headGround),
    stripes: hex(stripes),
  }
}

function printBox(theme: Theme, style: Style, em: number, grid: number): PrintBox | undefined {
  const box = boxOf(style)
  if (box === undefined) return undefined
  const colour = (name: string) => hexOf(theme, name)
  const edge = (of: PrintEdge | undefined): PrintEdge | undefined => of && { ...of, colour: colour(of.colour) }
  const sides = box.padding.sides * em
  return {
    ground: box.ground === undefined ? undefined : colour(box.ground),
    above: edge(box.above),
    below: edge(box.below),
    start: edge(box.start),
    end: edge(box.end),
    padding: { above: box.padding.above * grid, below: box.padding.below * grid },
    insetStart: sides + (box.start?.weight ?? 0),
    insetEnd: sides + (box.end?.weight ?? 0),
    align: style.align,
  }
}

/** Made field by field, and with fractions first, so that V8 sees letters of one shape. */
function lettering(l: Lettering): Lettering {
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
const LETTERING = lettering({
  ...FRACTIONS,
  face: 0,
  family: '',
  bold: false,
  italic: false,
  features: '',
  colour: '',
  upper: false,
})

/** The same for styles: every line reads them. */
function printStyle(style: PrintStyle): PrintStyle {
  return {
    role: style.role,
    lettering: style.lettering,
    leading: style.leading,
    align: style.align,
    indent: style.indent,
    left: style.left,
    right: style.right,
    before: style.before,
    after: style.after,
    hyphenate: style.hyphenate,
    keepNext: style.keepNext,
    keepTogether: style.keepTogether,
    caps: style.caps,
  }
}
printStyle({
  role: 'body',
  lettering: LETTERING,
  leading: 0.5,
  align: 'left',
  indent: 0.5,
  left: 0.5,
  right: 0.5,
  before: 0.5,
  after: 0.5,
  hyphenate: false,
  keepNext: false,
  keepTogether: false,
  caps: 'none',
})

/** The style, otherwise. */
export function restyle(style: PrintStyle, change: Partial<PrintStyle>): PrintStyle {
  return printStyle({ ...style, ...change })
}

/** A style in a note: its place is its own, its letters are the note's. */
export function small(style: PrintStyle, note: PrintStyle): PrintStyle {
  if (style.role === 'note') return style
  return restyle(style, {
    lettering: note.lettering,
    leading: note.leading,
    left: style.left * 0.8,
    right: style.right * 0.8,
    indent: style.indent * 0.8,
    before: Math.min(style.before, 0.5),
    after: Math.min(style.after, 0.5),
  })
}
