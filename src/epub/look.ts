// The theme goes in; what CSS says of one of its styles comes out. Lengths are em of the style's own size, line heights
// bare numbers, so that everything follows the reader's own size of type.
import { familyOf, hexOf, type Style, type Theme } from '../theme/theme.js'
import type { EmbeddedFont } from './fonts.js'

export type Declarations = [property: string, value: string][]

export interface Looks {
  /** What the body sets once for all. */
  body(): Declarations
  /**
   * What a style says otherwise than the body: letters, lines, alignment. `rivals`: styles of rules that match the same
   * element; what one of them changes is said again.
   */
  letters(style: Style, rivals?: readonly Style[]): Declarations
  /** How it behaves at the ends of lines and pages, where that is otherwise than the body or a rival. */
  conduct(style: Style, rivals?: readonly Style[]): Declarations[]
  /** Margins on all four sides; `insets` in em of the body, if they are not the style's own. */
  margin(style: Style, insets?: { left: number; right: number }): Declarations
  /** First-line indent; `flush`: of the first paragraph in a container, where only a hang holds. */
  indent(style: Style, flush?: boolean): Declarations
  family(name: string): Declarations
  smallCapitals(style: Style, caps: 'small' | 'all-small'): Declarations
  /** `lines` of the body as em of a size. */
  lines(lines: number, size?: number): string
  em(of: number, size?: number): string
  side(align: Style['align']): string
}

/** `mirrored`: the book reads from right to left, and what the theme calls left is its right. */
export function createLooks(theme: Theme, fonts: readonly EmbeddedFont[], mirrored: boolean): Looks {
  const { body } = theme.styles
  const ratio = theme.page.leading / theme.page.size
  const em = (of: number, size = 1) => length(of / size)
  const lines = (count: number, size = 1) => length((count * ratio) / size)
  const lineHeight = (style: Style) => number((style.leading * ratio) / style.size)
  const [start, end] = mirrored ? ['right', 'left'] : ['left', 'right']
  const side = (align: Style['align']) => (align === 'left' ? start : align === 'right' ? end : align)

  const embedded = new Set(fonts.map((font) => font.name))
  const family = (name: string): Declarations => {
    const wanted = familyOf(theme, name)
    if (wanted === undefined) return []
    const chain = [name, ...theme.fallback].filter((each) => embedded.has(each))
    const names = [...new Set(chain.map((each) => quoted(familyOf(theme, each)?.family ?? each)))]
    return [['font-family', [...names, wanted.generic].join(', ')]]
  }
  const figures = (style: Style): string =>
    `${style.figures === 'oldstyle' ? 'oldstyle-nums' : 'lining-nums'}${style.tabular ? ' tabular-nums' : ''}`
  // Old reading systems know this shorthand only; it resets the figures, which therefore follow it.
  const smallCapitals = (style: Style, caps: 'small' | 'all-small'): Declarations => [
    ['font-variant', 'small-caps'],
    ...(caps === 'all-small' ? ([['font-variant-caps', 'all-small-caps']] as Declarations) : []),
    ['font-variant-numeric', figures(style)],
  ]
  const noCapitals = (style: Style): Declarations => [
    ['font-variant', 'normal'],
    ['font-variant-numeric', figures(style)],
  ]
  const isSmall = (style: Style) => style.caps === 'small' || style.caps === 'all-small'

  /** All that a style says of its letters and lines, in groups that are written whole. */
  const letters = (style: Style): Declarations[] => [
    family(style.face),
    [['font-size', em(style.size)]],
    [['line-height', lineHeight(style)]],
    [['font-weight', String(style.weight)]],
    [['font-style', style.italic ? 'italic' : 'normal']],
    isSmall(style) ? smallCapitals(style, style.caps as 'small' | 'all-small') : noCapitals(style),
    [['text-transform', style.caps === 'upper' ? 'uppercase' : 'none']],
    [['letter-spacing', length(style.tracking)]],
    [['text-align', side(style.align)]],
    [['color', colourOf(style, theme) ?? 'inherit']],
  ]
  const conduct = (style: Style): Declarations[] => [
    hyphens(style.hyphenate),
    keep('after', style.keepNext),
    keep('inside', style.keepTogether),
    // Centred lines come out about equally long, as in print.
    [['text-wrap', style.align === 'center' ? 'balance' : 'wrap']],
  ]
  const other = (say: (style: Style) => Declarations[], style: Style, rivals: readonly Style[]): Declarations[] => {
    const usual = say(body)
    const theirs = rivals.map(say)
    const differs = (a: Declarations, i: number) => a.join() !== usual[i]!.join()
    return say(style).filter((group, i) => differs(group, i) || theirs.some((each) => differs(each[i]!, i)))
  }

  return {
    em,
    lines,
    side,
    family,
    smallCapitals,
    letters: (style, rivals = []) => other(letters, style, rivals).flat(),
    conduct: (style, rivals = []) => other(conduct, style, rivals),
    margin(style, insets = style) {
      const at = { left: em(insets.left, style.size), right: em(insets.right, style.size) }
      const [left, right] = mirrored ? [at.right, at.left] : [at.left, at.right]
      return [['margin', sides(lines(style.before, style.size), right, lines(style.after, style.size), left)]]
    },
    indent: (style, flush = false) => [['text-indent', flush && style.indent > 0 ? '0' : length(style.indent)]],
    body: () => [
      ...family(body.face),
      ['line-height', lineHeight(body)],
      ['font-variant-numeric', figures(body)],
      ['text-align', side(body.align)],
      ...hyphens(body.hyphenate),
    ],
  }
}

/** undefined for the ink, which is the reader's to choose. */
export function colourOf(style: Style, theme: Theme): string | undefined {
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
