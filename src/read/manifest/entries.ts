// In: the manifest's `front`, `body` and `back`. Out: its entries in order, each with its line.
import { error, nearest, type Place, type Report } from '../../diagnostic.js'
import type { Matter } from '../../model/book.js'
import { FIXED } from '../../model/limits.js'
import { SECTION_ROLES, type SectionRole } from '../../model/role.js'
import type { Value } from '../../yaml/index.js'
import { tellTitles } from '../inline/tell-foreign.js'
import { asPath, type Fields, fields, flagOf, itemsOf, lineOf, shown, textOf, wrong } from './fields.js'
import { ENTRY, GENERATED, namesOf } from './keys.js'

export interface ManifestEntry {
  matter: Matter
  /** Where it is listed. */
  place: Place
  /** One of the two; or neither, of a part that is a title alone. */
  file?: string | undefined
  generate?: GeneratedRole | undefined
  role?: SectionRole | undefined
  title?: string | undefined
  short?: string | undefined
  toc?: boolean | undefined
  /** False: it has no number where others have. */
  number?: boolean | undefined
  /** Lines at the head of the file that are for another tool. */
  skip?: number | undefined
  /** 2: below the entry before it that has none, and so on. */
  level?: number | undefined
}

export type GeneratedRole = (typeof GENERATED)[number]

/** Entries within entries: no book is deeper. */
const DEEPEST = FIXED.entries.value

export function readEntries(all: Fields, matter: Matter): ManifestEntry[] {
  return readList(itemsOf(all, matter), matter, 1, all)
}

function readList(items: readonly Value[], matter: Matter, level: number, all: Fields): ManifestEntry[] {
  return items.flatMap((item) => readEntry(item, matter, level, all))
}

/** The entry, and those that stand below it. */
function readEntry(item: Value, matter: Matter, level: number, all: Fields): ManifestEntry[] {
  const { path, report } = all
  const of = `an entry of \`${matter}\``
  const deep = level > 1 ? { level } : {}
  const place = { path, line: item.line }
  if (item.kind === 'nothing') return []
  if (item.kind === 'text') {
    const file = asPath(item, of, path, report)
    return file === undefined ? [] : [{ matter, place, file, ...deep }]
  }
  const entry = fields(item, namesOf(ENTRY), of, path, report)
  if (entry === undefined) return []
  const named = entry.entries.get('file')
  const file = named && asPath(named.value, '`file`', path, report)
  const generate = textOf(entry, 'generate')
  const part = textOf(entry, 'part')
  if ([file, generate, part].filter((one) => one !== undefined).length !== 1) {
    const hint = 'write `{file: …}`, `{generate: …}` or `{part: Its Title}`'
    wrong(path, report, item.line, of, 'a file, a generated page or a part', hint)
    return []
  }
  if (generate !== undefined && !isGenerated(generate)) {
    const near = nearest(generate, GENERATED)
    const hint = near === undefined ? `write one of ${GENERATED.join(', ')}` : `did you mean \`${near}\`?`
    error(report, 'unknown-role', place, `\`${shown(generate)}\` cannot be generated`, hint)
    return []
  }
  tellTitles(entry, ['title', 'part', 'short-title'], 'write it in plain text')
  const role = checkRole(textOf(entry, 'role'), { path, line: lineOf(entry, 'role') }, report)
  const below = itemsOf(entry, 'chapters')
  if (level >= DEEPEST && below.length > 0) {
    wrong(path, report, lineOf(entry, 'chapters'), of, `at most ${DEEPEST} deep`, 'list them one level higher')
    return []
  }
  const one: ManifestEntry = {
    matter,
    place,
    file,
    generate: generate as GeneratedRole | undefined,
    role: part === undefined ? role : 'part',
    title: part ?? textOf(entry, 'title'),
    short: textOf(entry, 'short-title'),
    toc: flagOf(entry, 'toc'),
    number: flagOf(entry, 'number'),
    ...deep,
  }
  // A part has its chapters at its own level: whatever follows it belongs to it.
  return [one, ...readList(below, matter, one.role === 'part' ? level : level + 1, all)]
}

function isGenerated(text: string): text is GeneratedRole {
  return (GENERATED as readonly string[]).includes(text)
}

/** A section's role, or undefined: not given, or reported as unknown. */
export function checkRole(role: string | undefined, place: Place, report: Report): SectionRole | undefined {
  if (role === undefined) return undefined
  if ((SECTION_ROLES as readonly string[]).includes(role)) return role as SectionRole
  const near = nearest(role, SECTION_ROLES)
  const hint = near === undefined ? `the roles are ${SECTION_ROLES.join(', ')}` : `did you mean \`${near}\`?`
  error(report, 'unknown-role', place, `there is no role \`${shown(role)}\``, hint)
  return undefined
}
