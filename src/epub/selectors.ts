// Where in the XHTML the text of a role stands, as CSS selectors: what the style sheet styles and tests ask.
import type { Block } from '../model/book.js'
import type { Role } from '../model/role.js'

/** Blocks that hold paragraphs: the element of the box; its paragraphs are its children and need no class. */
export const CONTAINERS = {
  quote: 'blockquote.quote',
  epigraph: 'blockquote.epigraph',
  letter: 'blockquote.letter',
  aside: 'aside.aside',
  right: 'div.right',
  center: 'div.center',
  dedication: 'div.dedication',
  drama: 'div.drama',
  note: 'aside.note, div.note',
} as const satisfies Partial<Record<Role, string>>

export type ContainerRole = keyof typeof CONTAINERS

/** Roles whose paragraphs and headings say so in a class. */
export const CLASSED = {
  flush: 'p.flush',
  opening: 'p.opening',
  attribution: 'p.attribution',
  'letter-head': 'p.letter-head',
  'letter-close': 'p.letter-close',
  quote: 'p.quote',
  epigraph: 'p.epigraph',
  letter: 'p.letter',
  aside: 'p.aside',
  right: 'p.right',
  center: 'p.center',
  entry: 'p.entry',
  dedication: 'p.dedication',
  note: 'p.note',
  list: 'p.list',
  term: 'p.term',
  definition: 'p.definition',
  verse: 'p.verse',
  drama: 'p.drama',
  direction: 'p.direction',
  caption: 'p.caption',
  imprint: 'p.imprint',
  colophon: 'p.colophon',
  number: '.number',
  'part-number': '.part-number',
  'part-title': '.part-title',
  title: '.title',
  subtitle: '.subtitle',
  author: '.author',
  'heading-2': '.heading-2',
  'heading-3': '.heading-3',
  'heading-4': '.heading-4',
  'heading-5': '.heading-5',
  'heading-6': '.heading-6',
  'half-title': 'p.half-title, h1.half-title, h2.half-title',
  'book-title': '.book-title',
  'book-subtitle': '.book-subtitle',
  'book-author': '.book-author',
  'book-publisher': '.book-publisher',
} as const satisfies Partial<Record<Role, string>>

/** A paragraph in a box, by the box's class alone: weaker than the class of a paragraph that has a role of its own. */
export function childrenOf(role: ContainerRole): string {
  return `.${role} > p`
}

/** Everything that has a role's letters; undefined for what only a printed page has. */
export function textOf(role: Role): string | undefined {
  switch (role) {
    case 'head':
    case 'folio':
      return undefined
    case 'body':
      return 'p'
    case 'speaker':
      return '.speaker'
    case 'verse':
      return 'div.verse > p'
    case 'list':
      return 'li'
    case 'term':
      return 'dt'
    case 'definition':
      return 'dd'
    case 'code':
      return 'pre'
    case 'cell':
      return 'td'
    case 'cell-head':
      return 'th'
    case 'caption':
      return 'figcaption, caption'
    case 'break':
      return 'hr.break'
    case 'contents-part':
    case 'contents-chapter':
      return `a.${role}`
    default:
      return Object.hasOwn(CONTAINERS, role) ? `${childrenOf(role as ContainerRole)}, ${CLASSED[role]}` : CLASSED[role]
  }
}

/** Of a picture that has a share of the measure: the class that says so, and how many per cent that is, to a tenth. */
export function widthOf(share: number): { name: string; percent: string } {
  const percent = String(Math.max(1, Math.round(share * 1000)) / 10)
  return { name: `width-${percent.replace('.', '-')}`, percent: `${percent}%` }
}

/** Within a box that has edges, space before its first block and after its last is the box's own. */
export function ends(box: string): string {
  const all = (which: string) =>
    box
      .split(', ')
      .map((one) => `${one} > :${which}-child`)
      .join(', ')
  return `${all('first')} {\n  margin-top: 0;\n}\n${all('last')} {\n  margin-bottom: 0;\n}\n`
}

/** A block, or a stretch of text, with classes that the theme styles. */
export interface ClassUse {
  kind: Block['kind'] | 'span'
  role: Role
  names: readonly string[]
  /** It is a paragraph in a box of its own role. */
  inside: boolean
}

export function keyOf({ kind, role, names, inside }: ClassUse): string {
  return `${kind} ${role} ${inside} ${names.join(' ')}`
}

/** Where the text of it stands, and the box around it. */
export function selectorsOf({ kind, role, names, inside }: ClassUse): { text: string; box: string } {
  const own = names.map((name) => `.${name}`).join('')
  const each = (of: string) =>
    of
      .split(', ')
      .map((one) => one + own)
      .join(', ')
  switch (kind) {
    case 'span': {
      const all = each('span, i, b, dfn, bdi')
      return { text: all, box: all }
    }
    case 'list':
      return { text: `ul${own} > li, ol${own} > li`, box: each('ul, ol') }
    case 'code':
      return { text: `pre${own}`, box: `pre${own}` }
    case 'table':
      return { text: `div.table${own} td, div.table${own} th`, box: `div.table${own}` }
    case 'quote':
    case 'group': {
      const box = role === 'body' ? `div${own}` : each(CONTAINERS[role as ContainerRole])
      return { text: `.${role}${own} > p`, box }
    }
    default: {
      if (inside) {
        const parent = role === 'list' ? 'li' : role === 'definition' ? 'dd' : `.${role}`
        return { text: `${parent} > p${own}`, box: `${parent} > p${own}` }
      }
      const text = each(role === 'body' ? 'p' : (CLASSED[role as keyof typeof CLASSED] ?? 'p'))
      return { text, box: text }
    }
  }
}

/** A text as CSS writes it for `content`. */
export function contentOf(text: string): string {
  return `"${text.replace(/["\\\n]/g, (c) => (c === '\n' ? '\\a ' : `\\${c}`))}"`
}
