// What the conversion of one file needs to know and fills: where it is, what it may refer to, what it referred to.

import type { Token } from 'markdown-it'
import { error, forgivable, nearest, type Place, type Report, warning } from '../diagnostic.js'
import type { Block, Prose, Span } from '../model/book.js'
import { shown } from './manifest/fields.js'

/** A link whose target can be judged only when all files are read. */
export interface PendingLink {
  span: Span & { kind: 'link' }
  prose: Prose
  /** As the author wrote it. */
  href: string
  /** Section it stands in. */
  section: string
  place: Place
  /** Its text is one U+FFFC, to be replaced by the target's title. */
  empty: boolean
}

export interface FileContext {
  path: string
  /** Lines of the file before the Markdown begins (front matter). */
  skipped: number
  report: Report
  section: string
  smart: boolean
  /** Language of what is being read; containers change it. */
  language: string
  /** The note being read: a note within it is refused. */
  note: string | undefined
  /** Definitions of notes by label. */
  definitions: Map<string, { tokens: Token[]; line: number; used: boolean }>
  /** Notes in order of their first reference; `tokens` are read after the section's blocks. */
  notes: { id: string; label: string; tokens: Token[]; line: number }[]
  noteIds: Map<string, string>
  links: PendingLink[]
  ids: Ids
  /** Ids of empty spans: they pass to the block around them. */
  loose: string[]
  /** Path of an image that exists and can be shown, or undefined (reported). */
  image(ref: string, place: Place): string | undefined
  /** Is it higher than a sign among words? Reports nothing. */
  tall(ref: string): boolean
  /** Of one table, at most. */
  cells: number
  /** Is every line of the text a line of its own (verse)? */
  lines: boolean
  /** Columns by which a line of verse is indented, by line of the Markdown. */
  indents: Map<number, number>
  /** Was it said already that something is nested too deeply? */
  deep: boolean
  /** How many letters the section is to have in the end: see account.ts. */
  owed: number
}

export interface Ids {
  /** Author's ids and those made here, with the section they stand in. */
  owners: Map<string, { section: string; place: Place }>
  /** Id → the id of the block that carries it. */
  aliases: Map<string, string>
  /** `SECTION#id` as the author wrote it → the form that it got, where that is another. */
  local: Map<string, string>
}

export function placeOf(ctx: FileContext, line: number): Place {
  return { path: ctx.path, line: line + ctx.skipped + 1 }
}

/** What XML takes for a name (and so EPUB for an id), as far as we use it. */
const isName = (id: string) => /^[A-Za-z_][\w.-]*$/.test(id) || /^[\p{L}_][\p{L}\p{N}\p{M}_.-]*$/u.test(id)

/**
 * Takes an id that the author gave. Out: the id as the outputs have it; undefined (reported) if it is taken or cannot be one.
 * An id that another file has too, or that HTML allows and XML does not, gets another form, which links to it need not know.
 */
export function claimId(ctx: FileContext, id: string | undefined, line: number): string | undefined {
  if (id === undefined) return undefined
  const { ids, section } = ctx
  const place = placeOf(ctx, line)
  if (!/^[^\s\p{C}"'<>&]{1,100}$/u.test(id)) {
    const hint = 'begin with a letter; then letters, digits, hyphens and points'
    error(ctx.report, 'bad-id', place, `\`${shown(id)}\` cannot be an id`, hint)
    return undefined
  }
  const key = `${section}#${id}`
  const owner = ids.owners.get(id)
  if (ids.local.has(key) || owner?.section === section) {
    const known = ids.owners.get(ids.local.get(key) ?? id)!
    const where = `${known.place.path}${known.place.line > 0 ? `:${known.place.line}` : ''}`
    const hint = 'rename one of the two; links lead to the first'
    forgivable(ctx.report, 'duplicate-id', place, `the id \`${id}\` is taken in ${where}`, hint)
    return undefined
  }
  if (owner === undefined) ids.owners.set(id, { section, place })
  if (owner === undefined && isName(id)) return id
  const stem = `${owner === undefined ? '' : section}_${id.replace(/[^\p{L}\p{N}\p{M}_.-]/gu, '_')}`
  let free = stem
  for (let k = 2; ids.owners.has(free); k++) free = `${stem}_${k}`
  ids.owners.set(free, { section, place })
  ids.local.set(key, free)
  if (owner === undefined) ids.aliases.set(id, free)
  return free
}

/** Passes ids without a text of their own to the block that holds them. */
export function settleIds(ctx: FileContext, block: Block): void {
  if (ctx.loose.length === 0) return
  for (const id of ctx.loose) {
    if (block.id === undefined) block.id = id
    else ctx.ids.aliases.set(id, block.id)
  }
  ctx.loose = []
}

/** Reports, once for a file, that something is nested deeper than is read. */
export function tooDeep(ctx: FileContext, line: number): void {
  if (ctx.deep) return
  ctx.deep = true
  error(ctx.report, 'too-deep', placeOf(ctx, line), 'quotes, lists or marks are nested too deeply', 'nest them less')
}

export function checkKeys(ctx: FileContext, keys: Iterable<string>, known: readonly string[], line: number): void {
  for (const key of keys) {
    if (known.includes(key)) continue
    const near = nearest(key, known)
    const hint =
      near !== undefined
        ? `did you mean \`${near}\`?`
        : known.length === 0
          ? 'leave it out'
          : `known here: ${known.join(', ')}`
    warning(
      ctx.report,
      'unknown-attribute',
      placeOf(ctx, line),
      `the attribute \`${key.slice(0, 40)}\` means nothing here`,
      hint,
    )
  }
}
