// The theme's styles in points: a role goes in, what paragraphs and pages need to know of its look comes out.

import type { Span } from '../../model/book.js'
import type { Role } from '../../model/role.js'
import { boxOf } from '../../theme/box.js'
import { overlayOf, styledClasses, stylesWithin } from '../../theme/classes.js'
import { nearestCut, type SpanLook, spanLooks } from '../../theme/spans.js'
import { spokenAs } from '../../theme/speakers.js'
import { type Align, familyOf, hexOf, type Line, type Style, type Theme } from '../../theme/theme.js'
import { canHyphenate, createHyphenator, type Hyphenator, type OwnDivisions } from './hyphenate.js'
import {
  featuresOf,
  LETTERING,
  type Lettering,
  lettering,
  type Unfaced,
  type Variation,
  variedBy,
} from './letter-forms.js'
import { ANY_LANGUAGE, type ShapedFaces } from './shaped-faces.js'

/** A style of the theme in the lengths of this page. */
export interface PrintStyle extends Pick<Style, 'align' | 'hyphenate' | 'keepNext' | 'keepTogether' | 'caps'> {
  role: Role
  lettering: Lettering
  /** Distance of baselines, points. */
  leading: number
  /** Points. */
  indent: number
  left: number
  right: number
  /** Lines of the grid. */
  before: number
  after: number
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

/** What all texts of a book are set in: made once, and handed down to whoever sets them or paints them. */
export interface BookType {
  faces: ShapedFaces
  styles: Styles
}

export interface Styles {
  of(role: Role): PrintStyle
  /** What stands around its blocks, if anything does. */
  box(role: Role): PrintBox | undefined
  /** The styles on a block of this role that has these classes, and in it; itself if the theme styles none of them. `inside`: it stands in a block of its own role. */
  within(role: Role, classes: readonly string[], inside: boolean): Styles
  /** Letters of a stretch of text that has these classes. */
  classed(base: Lettering, classes: readonly string[]): Lettering
  /** May a stretch of text that has these classes be divided? As what it stands in, if undefined. */
  hyphenates(classes: readonly string[]): boolean | undefined
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
    | 'spacing'
    | 'tables'
    | 'steps'
    | 'numbering'
    | 'lists'
    | 'captions'
    | 'contents'
    | 'verse'
    | 'drama'
    | 'icons'
    | 'sceneBreak'
    | 'colours'
  >
  tableLooks: TableLooks
  /** Families that are asked in turn for what a face lacks. */
  fallback: readonly string[]
  /** Points: body size and grid. */
  em: number
  grid: number
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

  const letters = (l: Unfaced): Lettering => {
    const face = faces.face(nearestCut(l.family, l.bold, l.italic, keys))
    const own = faces.box(face, '', ANY_LANGUAGE, ' ').width
    const natural = Math.max(own, (familyOf(theme, l.family)?.wordSpace ?? 0) * 1000)
    return lettering({ ...l, face, space: (natural / 1000) * l.size + l.tracking })
  }

  const { raised } = theme.marks
  const hasSuperiors = superiorFigures(faces)
  const styles_: Styles = {
    em,
    grid,
    theme,
    lookOf: spanLooks(theme.marks),
    tableLooks: tableLooks(theme),
    fallback: theme.fallback.filter((name) => keys.has(`${name}/regular`)),
    of(role) {
      let style = styles.get(role)
      if (!style) styles.set(role, (style = roleStyle(role, theme, em, grid, letters)))
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
    hyphenates: (classes) => overlayOf(theme, styledClasses(theme, classes)).hyphenate,
    vary(base, change) {
      let known = varied.get(base)
      if (!known) varied.set(base, (known = new Map()))
      const key = JSON.stringify(change)
      let made = known.get(key)
      if (!made) known.set(key, (made = letters(variedBy(theme, base, change))))
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

/** A role's style in points. `letters`: finds the face. */
function roleStyle(
  role: Role,
  theme: Theme,
  em: number,
  grid: number,
  letters: (of: Unfaced) => Lettering,
): PrintStyle {
  const s = theme.styles[role]
  const size = s.size * em
  return printStyle({
    role,
    lettering: letters({
      family: s.face,
      bold: s.weight >= 600,
      italic: s.italic,
      size,
      features: featuresOf(theme, s.face, s.caps, s.figures, s.tabular),
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
}

/** Has a face superior figures of its own for a text? */
function superiorFigures(faces: ShapedFaces): (face: number, text: string) => boolean {
  const all = new Map<string, boolean>()
  return (face, text) => {
    const key = `${face} ${text}`
    let known = all.get(key)
    if (known === undefined) {
      const plain = faces.box(face, '', ANY_LANGUAGE, text)
      const raised = faces.box(face, 'sups', ANY_LANGUAGE, text)
      const glyphs = faces.fonts[face]!.codes
      known =
        /^\d+$/.test(text) &&
        plain.codes.length === raised.codes.length &&
        plain.codes.every((c, i) => glyphs[c]!.glyph !== glyphs[raised.codes[i]!]!.glyph)
      all.set(key, known)
    }
    return known
  }
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

/** Field by field, as letters are: every line reads them. */
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
