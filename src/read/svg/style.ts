// In: CSS of an SVG: a sheet, a style attribute, one value. Out: the same written anew, of properties and functions that a picture
// may have; what would reach for another file throws a Fault, what means nothing to a picture is left out.
// CSS Syntax 3 as css-tree reads it. Nothing is copied from the source: escapes are read, comments are gone.
import type { CssNode, Declaration, List, Rule as RuleNode, SelectorList } from 'css-tree'
import { tooComplex, unsafe } from './parse-xml.js'
import { PROPERTIES } from './vocabulary.js'

const FUNCTIONS = new Set(
  `rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark icc-color var calc min max clamp
   matrix translate translatex translatey scale scalex scaley rotate skew skewx skewy
   blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
   path inset circle ellipse polygon rect`.split(/\s+/),
)
const FETCHING = /^(?:url|src|image|.*image-set|.*cross-fade|.*element|paint|expression)$/i
const PSEUDO = new Set(
  `root not is where first-child last-child only-child first-of-type last-of-type only-of-type nth-child nth-last-child
   nth-of-type nth-last-of-type empty lang`.split(/\s+/),
)

/** Of a rule: what its last part asks of an element ('' is anything), how long it looks for the rest, and what it says. */
export interface Rule {
  type: string
  id: string
  classes: string[]
  /** Parts of the selector before the last that may stand anywhere above. */
  ancestors: number
  declarations: [property: string, value: string][]
}

export interface Sheet {
  css: string
  rules: Rule[]
}

export interface StyleReader {
  sheet(css: string): Sheet
  declarations(css: string): [property: string, value: string][]
  /** Undefined: it means nothing. */
  value(css: string): string | undefined
}

/** Has this value no function, escape or address, so that it can stand as it is? */
export const isPlain = (value: string) => !/[()\\]/.test(value)

/** What of css-tree is used. */
interface CssTree {
  parse: typeof import('css-tree/parser').default
  ident: typeof import('css-tree/utils').ident
  string: typeof import('css-tree/utils').string
}

export async function loadStyleReader(): Promise<StyleReader> {
  const [{ default: parse }, { ident, string }] = await Promise.all([
    import('css-tree/parser'),
    import('css-tree/utils'),
  ])
  const tree: CssTree = { parse, ident, string }
  const values = valueWriter(tree)
  const declarations = declarationWriter(tree, values)
  const sheet = sheetWriter(tree, declarations, selectorWriter(tree))
  return {
    sheet: (css) =>
      bounded(() => {
        const rules: Rule[] = []
        const read = parse(css, { parseAtrulePrelude: false, parseCustomProperty: true })
        return { css: read.type === 'StyleSheet' ? sheet(read.children, rules) : '', rules }
      }),
    declarations: (css) =>
      bounded(() => {
        const read = parse(css, { context: 'declarationList', parseCustomProperty: true })
        return read.type === 'DeclarationList' ? declarations.all(read.children) : []
      }),
    value: (css) =>
      bounded(() => {
        const read = parse(css, { context: 'value' })
        return read.type === 'Value' ? values.value(read.children) : undefined
      }, css),
  }
}

interface ValueWriter {
  /** Undefined if there is something in it that CSS does not know. */
  value(nodes: List<CssNode>): string | undefined
  url(address: string): string
}

function valueWriter({ parse, ident, string }: CssTree): ValueWriter {
  const writeUrl = (address: string): string => {
    const local = address.trim()
    if (!local.startsWith('#')) throw unsafe('refers to another file in its style')
    return /^#[\w.:-]+$/.test(local) ? `url(${local})` : `url(${string.encode(local)})`
  }

  const writeValue = (nodes: List<CssNode>): string | undefined => {
    let out = ''
    for (const node of nodes) {
      const word = writeNode(node)
      if (word === undefined) return undefined
      const tight = out === '' || /[\s,/]$/.test(out) || /^[\s,/]/.test(word)
      out += tight ? word : ` ${word}`
    }
    return out.trim()
  }
  const writeNode = (node: CssNode): string | undefined => {
    switch (node.type) {
      case 'Identifier':
        // A custom property's name, as `var()` has it, is no identifier to css-tree's writer of them.
        return ident.encode(ident.decode(node.name))
      case 'Number':
        return node.value
      case 'Percentage':
        return `${node.value}%`
      case 'Dimension':
        return node.value + ident.encode(ident.decode(node.unit))
      case 'Hash':
        return /^[0-9a-f]{1,8}$/i.test(node.value) ? `#${node.value}` : undefined
      case 'String':
        return string.encode(node.value)
      case 'Operator':
        return /^[,/]$/.test(node.value.trim()) ? node.value.trim() : ` ${node.value.trim()} `
      case 'WhiteSpace':
        return ' '
      case 'Url':
        return writeUrl(node.value)
      case 'Value':
        return writeValue(node.children)
      case 'Parentheses': {
        const inner = writeValue(node.children)
        return inner === undefined ? undefined : `(${inner})`
      }
      case 'Function': {
        const name = ident.decode(node.name)
        if (!FUNCTIONS.has(name.toLowerCase()))
          throw unsafe(`has \`${name.slice(0, 40)}()\` in its style, which is not allowed`)
        const inner = writeValue(name.toLowerCase() === 'var' ? parsedFallback(node.children) : node.children)
        return inner === undefined ? undefined : `${name}(${inner})`
      }
      case 'Raw':
        refuseRaw(node.value)
        return undefined
      default:
        return undefined
    }
  }
  /** What `var()` says if there is no such property is left as it stands by css-tree. */
  const parsedFallback = (nodes: List<CssNode>): List<CssNode> =>
    nodes.map((node) => (node.type === 'Raw' ? parse(node.value, { context: 'value' }) : node))
  return { value: writeValue, url: writeUrl }
}

function refuseRaw(text: string): void {
  if (/[(@\\]/.test(text)) throw unsafe('has a style that cannot be understood')
}

interface DeclarationWriter {
  all(nodes: List<CssNode>): [property: string, value: string][]
  /** Ends the reading at a rule that asks for other files. */
  refuseAtrule(written: string): void
}

function declarationWriter({ ident }: CssTree, values: ValueWriter): DeclarationWriter {
  /** What is left out anyway: but an author is told that it asked for something. */
  const refuseFetching = (nodes: List<CssNode>): void => {
    for (const node of nodes) {
      if (node.type === 'Url') values.url(node.value)
      if (node.type !== 'Function' && node.type !== 'Parentheses') continue
      if (node.type === 'Function' && FETCHING.test(ident.decode(node.name)))
        throw unsafe(`has \`${ident.decode(node.name)}()\` in its style, which is not allowed`)
      refuseFetching(node.children)
    }
  }

  const writeDeclaration = ({ property, value, important }: Declaration): [string, string] | undefined => {
    if (value.type === 'Raw') {
      refuseRaw(value.value)
      return undefined
    }
    const name = ident.decode(property)
    const custom = /^--[\w-]+$/.test(name)
    if (!(custom || PROPERTIES.has(name.toLowerCase()))) {
      refuseFetching(value.children)
      return undefined
    }
    const words = values.value(value.children)
    if (words === undefined || words === '') return undefined
    // Values that are made of values that are made of values may grow without end.
    if (custom && words.split('var(').length > 2) throw unsafe('has a custom property that is made of several others')
    return [custom ? name : name.toLowerCase(), important ? `${words} !important` : words]
  }
  const writeDeclarations = (nodes: List<CssNode>): [string, string][] => {
    const all: [string, string][] = []
    for (const node of nodes) {
      if (node.type === 'Raw') refuseRaw(node.value)
      if (node.type === 'Atrule') refuseAtrule(node.name)
      const written = node.type === 'Declaration' ? writeDeclaration(node) : undefined
      if (written !== undefined) all.push(written)
    }
    return all
  }
  const refuseAtrule = (written: string) => {
    const rule = ident.decode(written).toLowerCase()
    if (rule === 'import' || rule === 'font-face') throw unsafe(`has \`@${rule}\`, which asks for other files`)
  }
  return { all: writeDeclarations, refuseAtrule }
}

/** Of a selector's parts; undefined if a picture cannot have it. */
type SelectorWriter = (parts: List<CssNode>) => string | undefined

function selectorWriter({ ident, string }: CssTree): SelectorWriter {
  const name = (text: string) =>
    text.includes('|') ? undefined : text === '*' ? '*' : ident.encode(ident.decode(text))
  const writeSelector = (parts: List<CssNode>): string | undefined => {
    let out = ''
    for (const part of parts) {
      const written = writePart(part)
      if (written === undefined) return undefined
      out += written
    }
    return out === '' ? undefined : out
  }
  const writePart = (part: CssNode): string | undefined => {
    switch (part.type) {
      case 'TypeSelector':
        return name(part.name)
      case 'ClassSelector':
        return `.${name(part.name)}`
      case 'IdSelector':
        return `#${name(part.name)}`
      case 'Combinator':
        return /^[>+~]$/.test(part.name) ? part.name : ' '
      case 'AttributeSelector': {
        const { value } = part
        const key = name(part.name.name)
        if (key === undefined || key === '*') return undefined
        if (value === null) return `[${key}]`
        const text = value.type === 'String' ? value.value : ident.decode(value.name)
        return /^[~|^$*]?=$/.test(part.matcher ?? '') ? `[${key}${part.matcher}${string.encode(text)}]` : undefined
      }
      case 'PseudoClassSelector': {
        if (!PSEUDO.has(part.name.toLowerCase())) return undefined
        if (part.children === null) return `:${part.name.toLowerCase()}`
        const inside = [...part.children].map((child) => {
          if (child.type === 'SelectorList') return writeSelectors(child).join(',')
          if (child.type === 'Identifier') return name(child.name)
          if (child.type !== 'Nth' || child.selector !== null) return undefined
          const { nth } = child
          if (nth.type === 'Identifier') return name(nth.name)
          return nth.type === 'AnPlusB' ? `${nth.a ?? 0}n${Number(nth.b) < 0 ? nth.b : `+${nth.b ?? 0}`}` : undefined
        })
        return inside.includes(undefined) || inside.includes('')
          ? undefined
          : `:${part.name.toLowerCase()}(${inside.join(',')})`
      }
      default:
        return undefined
    }
  }
  const writeSelectors = (list: SelectorList): string[] =>
    [...list.children].flatMap((each) => (each.type === 'Selector' ? (writeSelector(each.children) ?? []) : []))
  return writeSelector
}

/** Of a sheet's rules, which are put into `rules` besides. */
type SheetWriter = (nodes: List<CssNode>, rules: Rule[]) => string

function sheetWriter({ ident }: CssTree, declarations: DeclarationWriter, writeSelector: SelectorWriter): SheetWriter {
  const takeRule = (node: RuleNode, rules: Rule[]): string => {
    const said = declarations.all(node.block.children)
    if (node.prelude.type !== 'SelectorList') return ''
    let css = ''
    for (const each of node.prelude.children) {
      const selector = each.type === 'Selector' ? writeSelector(each.children) : undefined
      if (each.type !== 'Selector' || selector === undefined) continue
      css += css === '' ? selector : `,${selector}`
      rules.push({ ...lastOf([...each.children]), declarations: said })
    }
    if (css === '' || said.length === 0) return ''
    return `${css}{${said.map(([property, value]) => `${property}:${value}`).join(';')}}`
  }
  const lastOf = (parts: CssNode[]): Omit<Rule, 'declarations'> => {
    const cut = parts.findLastIndex((part) => part.type === 'Combinator')
    const found = { type: '', id: '', classes: [] as string[], ancestors: 0 }
    for (const part of parts.slice(cut + 1)) {
      if (part.type === 'TypeSelector' && part.name !== '*') found.type = ident.decode(part.name)
      if (part.type === 'IdSelector') found.id = ident.decode(part.name)
      if (part.type === 'ClassSelector') found.classes.push(ident.decode(part.name))
    }
    found.ancestors = parts.filter((part) => part.type === 'Combinator' && !/^[>+]$/.test(part.name)).length
    return found
  }

  const takeAll = (nodes: List<CssNode>, rules: Rule[]): string => {
    let css = ''
    for (const node of nodes) {
      if (node.type === 'Rule') css += takeRule(node, rules)
      else if (node.type === 'Raw') refuseRaw(node.value)
      else if (node.type === 'Atrule') {
        declarations.refuseAtrule(node.name)
        if (ident.decode(node.name).toLowerCase() !== 'media' || node.block === null) continue
        const query = queryOf(node.prelude)
        const inside = takeAll(node.block.children, rules)
        if (query !== undefined && inside !== '') css += `@media ${query}{${inside}}`
      }
    }
    return css
  }
  return takeAll
}

/** A question about the medium, of words, numbers and comparisons only. */
function queryOf(prelude: CssNode | null): string | undefined {
  const text = prelude?.type === 'Raw' ? prelude.value.replace(/\/\*.*?\*\//gs, ' ').trim() : ''
  return /^[\w\s():,.<>=/%-]+$/.test(text) && !/[\w-]\(/.test(text.replace(/\b(?:and|or|not)\s*\(/gi, '('))
    ? text
    : undefined
}

/** Brackets in brackets are read by functions that call themselves. */
function bounded<T>(read: () => T): T
function bounded<T>(read: () => T, value: string): T | undefined
function bounded<T>(read: () => T, value?: string): T | undefined {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof RangeError) throw tooComplex('has a style that is nested too deeply')
    // Marks that no value has. It is left out, but an author is told that it asked for something.
    if (value === undefined || !(thrown instanceof SyntaxError)) throw thrown
    if (/[@\\]|url|src|image|fade|element|paint|expression/i.test(value))
      throw unsafe('has a style that cannot be understood')
    return undefined
  }
}
