// The theme goes in; what CSS says of one of its styles comes out. Lengths are em of the style's own size, line heights
// bare numbers or the reader's own lines, and what a style does not change it inherits: so everything follows the reader's settings.
import { type Box, boxOf, type Edge, layerOf, standing } from '../theme/box.js'
import { familyOf, hexOf, type Overlay, type Style, type Theme } from '../theme/theme.js'
import type { EmbeddedFont } from './fonts.js'

export type Declarations = [property: string, value: string][]

export interface Looks {
  /** What the root sets once for all: classes say what they change, so that a reader's settings reach all the rest. */
  root(): Declarations
  /** What a style says otherwise than the body: letters, alignment. */
  letters(style: Style): Declarations
  /** How it behaves at the ends of lines and pages, where that is otherwise than the body. */
  conduct(style: Style): Declarations[]
  /** That a whole block stays on a page, or with what follows it, whatever its paragraphs say. */
  keeps(style: Pick<Style, 'keepTogether' | 'keepNext'>): Declarations
  /** The distance of its lines, if it is otherwise than the body's for its size. */
  leading(style: Style): Declarations
  /** A distance of lines as a number that all in it inherit. */
  lineHeight(leading: number, size: number): Declarations
  /** The body's distance of lines, in what has the style's. */
  leadingWithin(style: Style): Declarations
  /** The same, of a box whose paragraphs have sizes of their own: a length, which all in it inherit. */
  boxLeading(style: Style): Declarations
  /** What `style` says otherwise than `base`: letters, lines, margins, indent, conduct. `around`: the size of what it stands in, × the body's. */
  changed(style: Style, base: Style, around?: number): Declarations
  /** The letters that a class says, for what is in its block or stretch of text. */
  overlay(own: Overlay): Declarations
  /** What a paragraph of `style` says in a `box` to undo what the box says of its paragraphs: it takes again what is around the box. */
  undo(style: Style, box: Style): Declarations
  /** Margins on all four sides; `insets` in em of the body, if they are not the style's own. */
  margin(style: Style, insets?: { left: number; right: number }): Declarations
  /** Margins and first-line indent of a paragraph, where they are otherwise than the body's; in a `box`, where they are as the body's and the box says otherwise. */
  paragraph(style: Style, box?: Style): Declarations
  /** First-line indent; `flush`: of the first paragraph in a container, where only a hang holds. */
  indent(style: Style, flush?: boolean): Declarations
  /** The box around a block whose letters are `size` × the body's; and of a rule that is narrower than it, what stands before or after its text. */
  box(style: Style, size?: number): Boxed | undefined
  family(name: string): Declarations
  smallCapitals(caps: 'small' | 'all-small'): Declarations
  figures(style: Style): string
  /** `lines` of the body as em of a size. */
  lines(lines: number, size?: number): string
  em(of: number, size?: number): string
  side(align: Style['align']): string
}

export interface Boxed {
  own: Declarations
  before: Declarations
  after: Declarations
}

/** `mirrored`: the book reads from right to left, and what the theme calls left is its right. */
export function createLooks(theme: Theme, fonts: readonly EmbeddedFont[], mirrored: boolean): Looks {
  const { body } = theme.styles
  const distances = createDistances(theme, mirrored)
  const { ratio, em, lines, factor, hasFactor, inLines, boxLeading, margins, paragraph, side } = distances
  const { family, figures, smallCapitals, variant, letters } = letterLooks(theme, fonts, distances)
  const conduct = (style: Style): Declarations[] => [
    hyphens(style.hyphenate),
    keep('after', style.keepNext),
    keep('inside', style.keepTogether),
    // Centred lines come out about equally long, as in print.
    [['text-wrap', style.align === 'center' ? 'balance' : 'wrap']],
  ]
  type Say = (style: Style) => Declarations[]
  const other = (say: Say, style: Style): Declarations[] => {
    const usual = say(body)
    return say(style).filter((group, i) => group.join() !== usual[i]!.join())
  }
  /** What the box changes and the style does not: back to what is around the box, or to what is so of itself. */
  const undone = (say: Say, style: Style, box: Style): Declarations => {
    const usual = say(body).map(String)
    const own = say(style)
    return say(box).flatMap((group, i) => {
      if (String(group) === usual[i] || String(own[i]) !== usual[i]) return []
      const back = group.map(([name]): Declarations[number] => [name, /break/.test(name) ? 'auto' : 'inherit'])
      return back.filter(([name], at) => back.findIndex(([first]) => first === name) === at)
    })
  }
  return {
    box: boxLooks(theme, distances, mirrored),
    em,
    lines,
    side,
    family,
    figures,
    smallCapitals,
    boxLeading,
    letters: (style) => other(letters, style).flat(),
    conduct: (style) => other(conduct, style),
    keeps: ({ keepTogether, keepNext }) => [
      ...(keepTogether ? keep('inside', true) : []),
      ...(keepNext ? keep('after', true) : []),
    ],
    leading: (style) => (hasFactor(style) ? [] : inLines(style, 1)),
    lineHeight: (leading, size) => [['line-height', number((leading * ratio) / size)]],
    leadingWithin: (style) => (hasFactor(style) || style.leading === 1 ? [] : inLines(body, style.leading)),
    changed(style, base, around = 1) {
      const all = (of: Style): Declarations[] => [
        ...letters(of).map(
          (group): Declarations => (group[0]?.[0] === 'font-size' ? [['font-size', em(of.size, around)]] : group),
        ),
        [['line-height', factor(of)]],
        ...paragraph(of).map((one) => [one]),
        ...conduct(of),
      ]
      const usual = all(base).map(String)
      return all(style).flatMap((group, i) => (String(group) === usual[i] ? [] : group))
    },
    overlay: (own) => overlaid(own, body, letters, variant),
    undo(style, box) {
      const out = [...undone(letters, style, box), ...undone(conduct, style, box)]
      if (boxLeading(box).length === 0) return out
      // In the box a line is as high as the box says.
      const there = hasFactor(style) ? box.leading : style.leading * box.leading
      return there === style.leading ? out : [...out, ...inLines(style, box.leading)]
    },
    margin(style, insets = style) {
      const [top, right, bottom, left] = margins({ ...style, ...insets }).map(([, value]) => value)
      return [['margin', sides(top!, right!, bottom!, left!)]]
    },
    paragraph(style, box) {
      const usual = paragraph(body)
      const around = box && paragraph(box)
      return paragraph(style).filter(([, value], i) => {
        const isUsual = value === usual[i]![1]
        return around ? isUsual && value !== around[i]![1] : !isUsual
      })
    },
    indent: (style, flush = false) => [['text-indent', flush && style.indent > 0 ? '0' : length(style.indent)]],
    root: () => [
      ...family(body.face),
      ['line-height', factor(body)],
      ['text-align', side(body.align)],
      ...hyphens(body.hyphenate),
      // Capitals made smaller are none: where a face has no small ones, letters stand as they are written, as on paper.
      ...([false, true].every((has) => fonts.some((font) => font.smallCapitals === has))
        ? ([['font-synthesis-small-caps', 'none']] as Declarations)
        : []),
    ],
  }
}

/** What a class says of letters, and of how what has it behaves. */
function overlaid(
  own: Overlay,
  body: Style,
  letters: (style: Style) => Declarations[],
  variant: (style: Style) => Declarations,
): Declarations {
  const style = { ...body, ...own } as Style
  const said = letters(style)
  const keys = ['face', 'size', 'weight', 'italic', '', '', 'tracking', 'align', 'colour'] as const
  const out = keys.flatMap((key, i) => (key !== '' && own[key] !== undefined ? said[i]! : []))
  if (own.caps ?? own.figures ?? own.tabular !== undefined) out.push(...variant(style))
  if (own.caps !== undefined) out.push(...said[5]!)
  if (own.hyphenate !== undefined) out.push(...hyphens(own.hyphenate))
  if (own.keepTogether !== undefined) out.push(...keep('inside', own.keepTogether))
  if (own.keepNext !== undefined) out.push(...keep('after', own.keepNext))
  return out
}

/** Lengths and distances of lines, and where things stand. */
function createDistances(theme: Theme, mirrored: boolean) {
  const { body } = theme.styles
  const ratio = theme.page.leading / theme.page.size
  const em = (of: number, size = 1) => length(of / size)
  const lines = (count: number, size = 1) => length((count * ratio) / size)
  const factor = (style: Style) => number((style.leading * ratio) / style.size)
  const [start, end] = mirrored ? ['right', 'left'] : ['left', 'right']
  const side = (align: Style['align']) => (align === 'left' ? start : align === 'right' ? end : align)
  const hasFactor = (style: Style) => factor(style) === factor(body)
  const inLines = (style: Style, around: number): Declarations => [
    ['line-height', factor(style)],
    // A new reading system counts in the lines that the reader has set.
    ['line-height', `${number(style.leading / around)}lh`],
  ]
  const boxLeading = (style: Style): Declarations =>
    hasFactor(style)
      ? []
      : [
          ['line-height', lines(style.leading)],
          ['line-height', `${number(style.leading)}lh`],
        ]
  const margins = (style: Style): Declarations => {
    const at = { left: em(style.left, style.size), right: em(style.right, style.size) }
    const [left, right] = mirrored ? [at.right, at.left] : [at.left, at.right]
    return [
      ['margin-top', lines(style.before, style.size)],
      ['margin-right', right],
      ['margin-bottom', lines(style.after, style.size)],
      ['margin-left', left],
    ]
  }
  const paragraph = (style: Style): Declarations => [...margins(style), ['text-indent', length(style.indent)]]
  return { ratio, em, lines, factor, start, end, side, hasFactor, inLines, boxLeading, margins, paragraph }
}

type Distances = ReturnType<typeof createDistances>

function letterLooks(theme: Theme, fonts: readonly EmbeddedFont[], { em, side }: Distances) {
  const { body } = theme.styles
  const embedded = new Set(fonts.map((font) => font.name))
  const featured = Object.values(theme.faces).some(({ features = [] }) => features.length > 0)
  const family = (name: string): Declarations => {
    const wanted = familyOf(theme, name)
    if (wanted === undefined) return []
    const scripts = name === 'mono' ? [] : Object.values(theme.scripts ?? {})
    const chain = [name, ...scripts, ...theme.fallback].filter((each) => embedded.has(each))
    const names = [...new Set(chain.map((each) => quoted(familyOf(theme, each)?.family ?? each)))]
    const chosen = wanted.features?.map((tag) => (tag.startsWith('-') ? `"${tag.slice(1)}" 0` : `"${tag}" 1`))
    return [
      ['font-family', [...names, wanted.generic].join(', ')],
      ...(featured ? ([['font-feature-settings', chosen?.join(', ') ?? 'normal']] as Declarations) : []),
    ]
  }
  const isMono = (style: Style) => style.face === 'mono'
  const figures = (style: Style): string =>
    `${style.figures === 'oldstyle' ? 'oldstyle-nums' : 'lining-nums'} ${style.tabular ? 'tabular-nums' : 'proportional-nums'}`
  const ownFigures = (style: Style) => (figures(style) === figures(body) ? 'inherit' : figures(style))
  const asked = fonts.filter((font) => font.smallCapitals !== undefined)
  const drawn = asked.length === 0 || asked.some((font) => font.smallCapitals)
  // Old reading systems know this shorthand only; it resets the figures, which therefore follow it.
  const smallCapitals = (caps: 'small' | 'all-small', numbers = 'inherit'): Declarations => [
    ...(drawn ? ([['font-variant', 'small-caps']] as Declarations) : []),
    ...(drawn && caps === 'all-small' ? ([['font-variant-caps', 'all-small-caps']] as Declarations) : []),
    ['font-variant-numeric', numbers],
  ]
  const isSmall = (style: Style) => style.caps === 'small' || style.caps === 'all-small'
  const variant = (style: Style): Declarations => {
    if (isMono(style)) return [['font-variant', 'normal']]
    if (isSmall(style)) return smallCapitals(style.caps as 'small' | 'all-small', ownFigures(style))
    return [['font-variant-numeric', ownFigures(style)]]
  }

  /** All that a style says of its letters, in groups that are written whole. */
  const letters = (style: Style): Declarations[] => [
    family(style.face),
    [['font-size', em(style.size)]],
    [['font-weight', String(style.weight)]],
    [['font-style', style.italic ? 'italic' : 'normal']],
    variant(style),
    [['text-transform', style.caps === 'upper' ? 'uppercase' : 'none']],
    [['letter-spacing', length(style.tracking)]],
    [['text-align', side(style.align)]],
    [['color', colourOf(style, theme) ?? 'inherit']],
  ]
  return { family, figures, smallCapitals, variant, letters }
}

function boxLooks(theme: Theme, { em, lines, start, end }: Distances, mirrored: boolean): Looks['box'] {
  const weight = (edge: Edge, size: number) => em(edge.weight / theme.page.size, size)
  const ruled = (edge: Edge, size: number) => {
    const colour = colourOf({ colour: edge.colour }, theme)
    return `${weight(edge, size)} solid${colour === undefined ? '' : ` ${colour}`}`
  }
  /** A rule that is narrower than the box: it stands in the text's place, and the padding beyond it. */
  const narrow = (edge: Edge, style: Style, size: number, gap: string, above: boolean): Declarations => {
    const at = standing(style.align)
    const [left, right] = at === 'middle' ? ['auto', 'auto'] : at === 'start' ? ['0', 'auto'] : ['auto', '0']
    const [first, last] = mirrored ? [right, left] : [left, right]
    return [
      ['content', '""'],
      ['display', 'block'],
      ['width', `${number(edge.width * 100)}%`],
      ['border-top', ruled(edge, size)],
      ['margin', above ? `0 ${last} ${gap} ${first}` : `${gap} ${last} 0 ${first}`],
    ]
  }
  const tint = (box: Box): Declarations => {
    if (box.ground === undefined) return []
    const { rgb, alpha } = layerOf(theme, box.ground)
    const solid: Declarations = [['background-color', hexOf(theme, box.ground)]]
    return alpha === 1000 ? solid : [...solid, ['background-color', `rgba(${rgb.join(', ')}, ${alpha / 1000})`]]
  }

  return (style, size = style.size) => {
    const box = boxOf(style)
    if (box === undefined) return undefined
    const { padding } = box
    const boxed: Boxed = { own: tint(box), before: [], after: [] }
    const side = em(padding.sides, size)
    const gaps = { above: lines(padding.above, size), below: lines(padding.below, size) }
    for (const [edge, name, where] of [
      [box.above, 'top', 'above'],
      [box.below, 'bottom', 'below'],
    ] as const) {
      if (edge && edge.width < 1) {
        boxed[where === 'above' ? 'before' : 'after'] = narrow(edge, style, size, gaps[where], where === 'above')
        gaps[where] = '0'
      } else if (edge) boxed.own.push([`border-${name}`, ruled(edge, size)])
    }
    if (box.start) boxed.own.push([`border-${start}`, ruled(box.start, size)])
    if (box.end) boxed.own.push([`border-${end}`, ruled(box.end, size)])
    boxed.own.push(['padding', sides(gaps.above, side, gaps.below, side)])
    return boxed
  }
}

/** undefined for the ink, which is the reader's to choose. */
export function colourOf(style: Pick<Style, 'colour'>, theme: Theme): string | undefined {
  return style.colour === 'ink' ? undefined : hexOf(theme, style.colour)
}

export function rule(selector: string, ...declarations: Declarations[]): string {
  const all = declarations.flat()
  if (all.length === 0) return ''
  return `${selector} {\n${all.map(([property, value]) => `  ${property}: ${value};\n`).join('')}}\n`
}

/** A bare number of at most three decimals. */
function number(of: number): string {
  return String(Math.round(of * 1000) / 1000 + 0)
}

function length(of: number): string {
  const n = number(of)
  return n === '0' ? n : `${n}em`
}

function sides(top: string, right: string, bottom: string, left: string): string {
  if (right !== left) return `${top} ${right} ${bottom} ${left}`
  if (top !== bottom) return `${top} ${right} ${bottom}`
  return top === right ? top : `${top} ${right}`
}

function hyphens(on: boolean): Declarations {
  return [
    ['adobe-hyphenate', on ? 'auto' : 'none'],
    ['-epub-hyphens', on ? 'auto' : 'none'],
    ['-webkit-hyphens', on ? 'auto' : 'manual'],
    ['hyphens', on ? 'auto' : 'manual'],
  ]
}

function keep(where: 'after' | 'inside', on: boolean): Declarations {
  const value = on ? 'avoid' : 'auto'
  return [
    [`page-break-${where}`, value],
    [`break-${where}`, value],
  ]
}

function quoted(family: string): string {
  return `"${family.replace(/["\\]/g, '')}"`
}
