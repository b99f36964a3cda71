// What a style may say, and its text has not: lines of code have no first-line indent, the head of a table no space of its own. One table,
// which themes are told by, docs/theme-keys.md is made from, and both outputs are freed of.
import { ROLES, type Role } from '../model/role.js'
import { BOX_KEYS } from './box.js'
import { isOnly } from './kinds.js'
import { theme as schema } from './schema.js'
import type { Overlay, Style, Theme } from './theme.js'

type StyleKey = keyof Style

export interface Unread {
  /** Neither output has it. */
  none?: readonly StyleKey[]
  /** Only the EPUB has it. */
  epub?: readonly StyleKey[]
  /** What says it instead. */
  instead?: string
}

/** What stands at the head of its section. */
const HEADS: Unread = { none: ['before'], instead: 'the white above it is the `sink` of its section' }
const NUMBERS: Unread = { ...HEADS, none: ['before', 'hyphenate'] }
/** In the margins everything has its place. */
const MARGINS: Unread = {
  none: [
    ...(['leading', 'align', 'indent', 'left', 'right', 'before', 'after'] as const),
    ...(['hyphenate', 'keepNext', 'keepTogether'] as const),
  ],
  instead: '`heads`, `feet` and `page` say where it stands',
}

const UNREAD: Partial<Record<Role, Unread>> = {
  code: { none: ['indent', 'hyphenate'] },
  cell: { none: ['indent'] },
  'cell-head': { none: ['indent', 'left', 'right', 'before', 'after', 'keepNext', 'keepTogether'] },
  break: { none: ['indent', 'hyphenate', 'keepTogether'] },
  // at the foot of a page they stand as `notes` says
  note: { epub: ['left', 'right', 'before', 'after', 'keepNext', 'keepTogether'] },
  number: NUMBERS,
  'part-number': NUMBERS,
  'part-title': HEADS,
  title: HEADS,
  'half-title': { ...HEADS, none: ['before', 'after'] },
  'book-title': HEADS,
  // the foot of the title page is where pages have it
  'book-publisher': { epub: ['after'] },
  head: MARGINS,
  folio: MARGINS,
}

/** Of a role; undefined if its text has all that a style may say. */
export function unreadOf(role: string): Unread | undefined {
  return Object.hasOwn(UNREAD, role) ? UNREAD[role as Role] : undefined
}

/** What only a printed page has. */
const ON_PAGES: ReadonlySet<Role> = new Set(['head', 'folio'] as const)

/** Which output alone has what stands at a path of keys of a theme, or `none`; undefined: both have it, or nobody knows such a key. */
export function onlyIn(path: readonly string[]): 'pdf' | 'epub' | 'none' | undefined {
  const [top, name, key] = path
  if (top === 'styles' && ROLES.includes(name as Role)) {
    const { none, epub } = unreadOf(name ?? '') ?? {}
    if (none?.includes(key as StyleKey)) return 'none'
    if (epub?.includes(key as StyleKey)) return 'epub'
    if (ON_PAGES.has(name as Role)) return 'pdf'
  }
  return isOnly(schema.shape, path)
}

const NOTHING: Partial<Style> = {
  ...{ leading: 1, align: 'left', indent: 0, left: 0, right: 0, before: 0, after: 0 },
  ...{ hyphenate: false, keepNext: false, keepTogether: false },
}

/** What neither output has is nothing in both. */
export function freed(theme: Theme): Theme {
  const styles = { ...theme.styles }
  for (const [role, { none = [] }] of Object.entries(UNREAD) as [Role, Unread][]) {
    const own: Partial<Record<StyleKey, unknown>> = {}
    for (const key of none) own[key] = NOTHING[key]
    styles[role] = { ...styles[role], ...own } as Style
  }
  return { ...theme, styles }
}

/** What only a block has: words in a line have none of it. */
const OF_BLOCKS: readonly (keyof Style)[] = [
  ...(['leading', 'align', 'indent', 'left', 'right', 'before', 'after', 'keepNext', 'keepTogether'] as const),
  ...BOX_KEYS,
]

/** What a class says on words in a line, without what they have not. */
export function onWords(overlay: Overlay): Overlay {
  return without(overlay, OF_BLOCKS)
}

/** What a class says on a block of this role, without what its text has not. */
export function onBlock(role: Role, overlay: Overlay): Overlay {
  const { none } = unreadOf(role) ?? {}
  return none === undefined ? overlay : without(overlay, none)
}

/** Keys that a class says and what it is on has not. */
export function unreadOn(on: Role | 'words', overlay: Overlay | undefined): string[] {
  if (overlay === undefined) return []
  const read = on === 'words' ? onWords(overlay) : onBlock(on, overlay)
  return Object.keys(overlay).filter((key) => overlay[key as keyof Style] !== undefined && !Object.hasOwn(read, key))
}

function without(overlay: Overlay, keys: readonly (keyof Style)[]): Overlay {
  const own = { ...overlay }
  for (const key of keys) delete own[key]
  return own
}
