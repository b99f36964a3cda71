// In: documents and their style sheet. Out: the computed style of any element (CSS 2.1, 6), for the properties that a page of text
// is made of. So that the look of an EPUB can be read without a browser; test/parity.test.ts asks a browser too, where there is one.
import { compile, is } from 'css-select'
import * as css from 'css-tree'
import type { Element, Node, Tree } from './epub.js'
import { isElement } from './epub.js'

/** Lengths in px at a root of 16 px; `lineHeight` too. */
export interface Computed {
  fontFamily: string
  fontWeight: number
  italic: boolean
  fontSize: number
  lineHeight: number
  smallCaps: 'none' | 'small' | 'all-small'
  /** font-variant-numeric. */
  numeric: string
  letterSpacing: number
  textIndent: number
  textAlign: string
  /** '' where nobody set one: the reading system's own. */
  colour: string
  marginTop: number
  marginBottom: number
  marginLeft: number
  marginRight: number
  paddingTop: number
  paddingBottom: number
  paddingLeft: number
  /** Width of a rule at the left. */
  borderLeft: number
}

export const ROOT_SIZE = 16

/** What browsers begin with (HTML Standard, Rendering), as far as it concerns us; logical properties written out for a left-to-right book. */
const BROWSER = `
body { margin: 8px }
p, dl, ul, ol, pre { margin: 1em 0 }
blockquote, figure { margin: 1em 40px }
ul, ol { padding-left: 40px }
ul ul, ul ol, ol ul, ol ol { margin: 0 }
dd { margin-left: 40px }
h1 { font-size: 2em; margin: 0.67em 0; font-weight: bold }
h2 { font-size: 1.5em; margin: 0.83em 0; font-weight: bold }
h3 { font-size: 1.17em; margin: 1em 0; font-weight: bold }
h4 { margin: 1.33em 0; font-weight: bold }
h5 { font-size: 0.83em; margin: 1.67em 0; font-weight: bold }
h6 { font-size: 0.67em; margin: 2.33em 0; font-weight: bold }
em, cite, i, dfn, var, address { font-style: italic }
strong, b, th { font-weight: bold }
th { text-align: center }
caption { text-align: center }
hr { margin: 0.5em auto }
code, kbd, samp, pre { font-family: monospace }
`

type Declarations = Map<string, string>

interface Rule {
  matches: (element: Element) => boolean
  specificity: number
  order: number
  declarations: [property: string, value: string, important: boolean][]
}

/** A function from elements to styles. Pseudo-elements are not elements: their rules are left out. */
export function cascade(styleSheet: string): (element: Element) => Computed {
  const rules = [...rulesOf(BROWSER, 0), ...rulesOf(styleSheet, 1e6)]
  const known = new Map<Element, Computed>()
  const computed = (element: Element): Computed => {
    let style = known.get(element)
    if (style === undefined) {
      const parent =
        element.parent !== null && isElement(element.parent as Node | Tree)
          ? computed(element.parent as Element)
          : undefined
      known.set(element, (style = compute(specified(element, rules), parent)))
    }
    return style
  }
  return computed
}

function rulesOf(text: string, base: number): Rule[] {
  const rules: Rule[] = []
  css.walk(css.parse(text), {
    visit: 'Rule',
    enter(node) {
      if (this.atrule !== null || node.prelude.type !== 'SelectorList') return
      const declarations: Rule['declarations'] = []
      node.block.children.forEach((child) => {
        if (child.type === 'Declaration')
          declarations.push([child.property, css.generate(child.value), child.important !== false])
      })
      node.prelude.children.forEach((selector) => {
        const source = css.generate(selector)
        if (/:(before|after|first-letter|first-line)|::/.test(source)) return
        const matches = compile(source, { xmlMode: true }) as (element: unknown) => boolean
        rules.push({ matches, specificity: specificityOf(selector), order: base + rules.length, declarations })
      })
    },
  })
  return rules
}

/** Ids, then classes, attributes and pseudo-classes, then element names: Selectors 3, 9. */
function specificityOf(selector: css.CssNode): number {
  let sum = 0
  css.walk(selector, (node) => {
    if (node.type === 'IdSelector') sum += 1e4
    else if (node.type === 'ClassSelector' || node.type === 'AttributeSelector' || node.type === 'PseudoClassSelector')
      sum += 100
    else if (node.type === 'TypeSelector' && node.name !== '*') sum += 1
  })
  return sum
}

function specified(element: Element, rules: readonly Rule[]): Declarations {
  const matching = rules.filter((rule) => rule.matches(element))
  // The browser's own sheet stands below any specificity of ours.
  const rank = (rule: Rule) => (rule.order < 1e6 ? -1 : rule.specificity)
  matching.sort((a, b) => rank(a) - rank(b) || a.order - b.order)
  const out: Declarations = new Map()
  for (const important of [false, true])
    for (const rule of matching)
      for (const [property, value, bang] of rule.declarations) if (bang === important) declare(out, property, value)
  return out
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const

function declare(out: Declarations, property: string, value: string): void {
  if (property === 'margin' || property === 'padding') {
    const [top, right = top, bottom = top, left = right] = value.split(/\s+/)
    for (const [i, each] of [top, right, bottom, left].entries()) out.set(`${property}-${SIDES[i]}`, each!)
  } else if (property === 'font-variant') {
    out.set('font-variant-caps', /all-small-caps|small-caps|inherit/.exec(value)?.[0] ?? 'normal')
    out.set('font-variant-numeric', value === 'inherit' ? value : 'normal')
  } else out.set(property, value)
}

const INITIAL: Computed = {
  fontFamily: 'serif',
  fontWeight: 400,
  italic: false,
  fontSize: ROOT_SIZE,
  lineHeight: ROOT_SIZE * 1.2,
  smallCaps: 'none',
  numeric: 'normal',
  letterSpacing: 0,
  textIndent: 0,
  textAlign: 'start',
  colour: '',
  marginTop: 0,
  marginBottom: 0,
  marginLeft: 0,
  marginRight: 0,
  paddingTop: 0,
  paddingBottom: 0,
  paddingLeft: 0,
  borderLeft: 0,
}

/** The line height as it inherits: a bare number is multiplied anew in every element, a length is not. */
const factors = new WeakMap<Computed, number>()

function compute(own: Declarations, parent: Computed = INITIAL): Computed {
  const get = (property: string) => {
    const value = own.get(property)
    return value === 'inherit' ? undefined : value
  }
  const fontSize = length(get('font-size') ?? '1em', parent.fontSize, parent.fontSize)
  const of = (property: string) => length(get(property) ?? '0', fontSize, 0)
  const lineHeight = get('line-height')
  const factor =
    lineHeight === undefined ? factors.get(parent) : /^[\d.]+$/.test(lineHeight) ? Number(lineHeight) : undefined
  const weight = get('font-weight')
  const style = get('font-style')
  const caps = get('font-variant-caps')
  const spacing = get('letter-spacing')
  const indent = get('text-indent')
  const colour = get('color')
  const computed: Computed = {
    fontFamily: get('font-family') ?? parent.fontFamily,
    fontWeight:
      weight === undefined ? parent.fontWeight : weight === 'bold' ? 700 : weight === 'normal' ? 400 : Number(weight),
    italic: style === undefined ? parent.italic : style !== 'normal',
    fontSize,
    lineHeight:
      factor !== undefined
        ? factor * fontSize
        : lineHeight === undefined
          ? parent.lineHeight
          : /lh$/.test(lineHeight)
            ? Number.parseFloat(lineHeight) * parent.lineHeight
            : length(lineHeight, fontSize, fontSize),
    smallCaps:
      caps === undefined
        ? parent.smallCaps
        : caps === 'small-caps'
          ? 'small'
          : caps === 'all-small-caps'
            ? 'all-small'
            : 'none',
    numeric: get('font-variant-numeric') ?? parent.numeric,
    letterSpacing:
      spacing === undefined ? parent.letterSpacing : spacing === 'normal' ? 0 : length(spacing, fontSize, 0),
    textIndent: indent === undefined ? parent.textIndent : length(indent, fontSize, 0),
    textAlign: get('text-align') ?? parent.textAlign,
    colour: colour === undefined ? parent.colour : colour,
    marginTop: of('margin-top'),
    marginBottom: of('margin-bottom'),
    marginLeft: of('margin-left'),
    marginRight: of('margin-right'),
    paddingTop: of('padding-top'),
    paddingBottom: of('padding-bottom'),
    paddingLeft: of('padding-left'),
    borderLeft: thickness(
      get('border-left-width') ?? get('border-width') ?? get('border-left') ?? get('border') ?? '',
      fontSize,
    ),
  }
  if (factor !== undefined) factors.set(computed, factor)
  return computed
}

/** Of a rule, px: the one length that it names; of four, the left one. */
function thickness(value: string, em: number): number {
  const units: Record<string, number> = { pt: 4 / 3, px: 1, em }
  const lengths = [...value.matchAll(/([\d.]+)(pt|px|em)/g)].map(([, number, unit]) => Number(number) * units[unit!]!)
  return lengths[3] ?? lengths[1] ?? lengths[0] ?? 0
}

/** em, %, px and bare zeros; `auto` counts as zero. */
function length(value: string, em: number, whole: number): number {
  const [, number, unit] = /^(-?[\d.]+)(em|px|%|)$/.exec(value) ?? []
  if (number === undefined) {
    if (value === 'auto' || value === 'thin') return 0
    throw new Error(`a length that the cascade does not know: ${value}`)
  }
  return Number(number) * (unit === 'em' ? em : unit === '%' ? whole / 100 : 1)
}

/** Does the element match? For tests that pick by selector. */
export function matches(element: Element, selector: string): boolean {
  return is(element as never, selector, { xmlMode: true })
}
