// What a theme may say: for every key its kind and range. A node in; a typed value out, each fault reported with its line.
import { error, nearest, type Place, type Report } from '../diagnostic.js'
import type { NumberStyle } from '../model/numbers.js'
import { ROLES, type Role, SECTION_ROLES, type SectionRole } from '../model/role.js'
import type {
  CoverStyle,
  Family,
  HeadStyle,
  MarkStyle,
  NoteStyle,
  OpeningStyle,
  PageStyle,
  SectionStyle,
  SpacingStyle,
  Style,
} from './theme.js'
import type { MapNode, Node } from './yaml.js'

/** Reads one value; reports and returns undefined if it is not of its kind. `name` is the path of keys, for messages. */
export type Kind<T> = (node: Node, name: string, report: Report) => T | undefined

function wrong(report: Report, place: Place, name: string, wanted: string): undefined {
  error(report, 'theme-value', place, `\`${name}\` must be ${wanted}`, 'see the comments in the house theme')
  return undefined
}

const text =
  (longest = 500): Kind<string> =>
  (node, name, report) =>
    node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '' && node.value.length <= longest
      ? node.value
      : wrong(report, node.place, name, 'text')

const flag: Kind<boolean> = (node, name, report) =>
  node.kind === 'scalar' && typeof node.value === 'boolean'
    ? node.value
    : wrong(report, node.place, name, '`true` or `false`')

const number =
  (least: number, most: number, whole = false): Kind<number> =>
  (node, name, report) => {
    const value = node.kind === 'scalar' ? node.value : undefined
    if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value)))
      return value
    return wrong(report, node.place, name, `${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`)
  }

const POINTS = new Map<string, number>(Object.entries({ pt: 1, mm: 72 / 25.4, cm: 720 / 25.4, in: 72, pc: 12 }))

/** Points: a bare number, or a number and its unit. Rounded to a thousandth, so that 148 mm is the same on every machine. */
const length =
  (least: number, most: number): Kind<number> =>
  (node, name, report) => {
    const value = node.kind === 'scalar' ? node.value : undefined
    const parts = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*(pt|mm|cm|in|pc)$/.exec(value.trim()) : null
    const points = typeof value === 'number' ? value : parts ? Number(parts[1]) * POINTS.get(parts[2]!)! : Number.NaN
    if (points >= least && points <= most) return Math.round(points * 1000) / 1000
    return wrong(report, node.place, name, `a length from ${least} to ${most} points, such as \`12 pt\` or \`18 mm\``)
  }

const choice =
  <T extends string | number>(...all: T[]): Kind<T> =>
  (node, name, report) => {
    const value = node.kind === 'scalar' ? node.value : undefined
    const found = all.find((one) => one === value)
    return found ?? wrong(report, node.place, name, all.map((one) => `\`${one}\``).join(' or '))
  }

const HEX = /^#[0-9a-f]{6}$/

/** '#rrggbb', lower case. */
const hex: Kind<string> = (node, name, report) => {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.toLowerCase() : ''
  return HEX.test(value) ? value : wrong(report, node.place, name, "a colour such as `'#b3261e'`")
}

type Fields<T> = {
  [K in keyof T]-?: undefined extends T[K] ? Kind<NonNullable<T[K]>> | Optional<NonNullable<T[K]>> : Kind<T[K]>
}
interface Optional<T> {
  optional: Kind<T>
}

/** A map with exactly these keys; a missing one is an error unless it is optional. */
function record<T extends object>(fields: Fields<T>): Kind<T> {
  const names = Object.keys(fields)
  return (node, name, report) => {
    if (node.kind !== 'map')
      return wrong(report, node.place, name, `a map of ${names.map((n) => `\`${n}\``).join(', ')}`)
    refuseUnknown(node, names, name, report)
    const result: Record<string, unknown> = {}
    let whole = true
    for (const [key, field] of Object.entries<Kind<unknown> | Optional<unknown>>(fields)) {
      const entry = node.entries.get(key)
      const path = name === '' ? key : `${name}.${key}`
      if (typeof field !== 'function') {
        if (entry) result[key] = field.optional(entry, path, report)
      } else if (entry) {
        const value = field(entry, path, report)
        if (value === undefined) whole = false
        result[key] = value
      } else {
        error(
          report,
          'theme-missing',
          node.place,
          `\`${path}\` is missing`,
          'add it, or begin the theme with `extends: house`',
        )
        whole = false
      }
    }
    return whole ? (result as T) : undefined
  }
}

/** A map from names that the theme is free to choose. */
function named<T>(kind: Kind<T>): Kind<Record<string, T>> {
  return (node, name, report) => {
    if (node.kind !== 'map') return wrong(report, node.place, name, 'a map of names')
    const result: Record<string, T> = {}
    let whole = true
    for (const [key, entry] of node.entries) {
      if (!/^[a-z][a-zA-Z0-9-]*$/.test(key)) {
        error(report, 'theme-value', entry.place, `\`${key}\` cannot be a name`, 'use letters, digits and hyphens')
        whole = false
        continue
      }
      const value = kind(entry, `${name}.${key}`, report)
      if (value === undefined) whole = false
      else result[key] = value
    }
    return whole ? result : undefined
  }
}

function list<T>(kind: Kind<T>): Kind<T[]> {
  return (node, name, report) => {
    if (node.kind !== 'list') return wrong(report, node.place, name, 'a list')
    const all = node.items.map((item, i) => kind(item, `${name}[${i}]`, report))
    return all.includes(undefined) ? undefined : (all as T[])
  }
}

export function refuseUnknown(node: MapNode, known: readonly string[], name: string, report: Report): void {
  for (const [key, entry] of node.entries) {
    if (known.includes(key)) continue
    const near = nearest(key, known)
    const hint = near === undefined ? `known here: ${known.join(', ')}` : `did you mean \`${near}\`?`
    error(report, 'theme-key', entry.place, `unknown key \`${name === '' ? key : `${name}.${key}`}\``, hint)
  }
}

const style = record<Style>({
  face: text(40),
  size: number(0.3, 8),
  leading: number(0.3, 12),
  weight: choice(400, 700),
  italic: flag,
  caps: choice('none', 'small', 'all-small', 'upper'),
  tracking: number(-0.1, 1),
  figures: choice('oldstyle', 'lining'),
  tabular: flag,
  colour: text(40),
  align: choice('justify', 'left', 'center', 'right'),
  indent: number(-10, 10),
  left: number(0, 20),
  right: number(0, 20),
  before: number(0, 20),
  after: number(0, 20),
  hyphenate: flag,
  keepNext: flag,
  keepTogether: flag,
})

const section = record<SectionStyle>({
  opens: choice('recto', 'page'),
  sink: number(0, 40),
  heads: flag,
  folios: flag,
  align: choice('top', 'middle', 'foot'),
})

const family = record<Family>({
  family: text(80),
  designer: text(200),
  licence: text(200),
  files: record<Family['files']>({
    regular: text(300),
    italic: { optional: text(300) },
    bold: { optional: text(300) },
    boldItalic: { optional: text(300) },
  }),
  wordSpace: { optional: number(0.05, 1) },
  generic: choice('serif', 'sans-serif', 'monospace'),
})

function byRole<R extends string, T>(roles: readonly R[], kind: Kind<T>): Kind<Record<R, T>> {
  return record(Object.fromEntries(roles.map((role) => [role, kind])) as unknown as Fields<Record<R, T>>)
}

const offset = record<{ size: number; rise: number }>({ size: number(0.3, 1), rise: number(-1, 1) })

/** The whole theme, once `extends`, `defaults` and `like` are worked in. */
export const theme = record<{
  name: string
  page: PageStyle
  faces: Record<string, Family>
  fallback: string[]
  colours: Record<string, string>
  cover: CoverStyle
  styles: Record<Role, Style>
  sections: Record<SectionRole, SectionStyle>
  notes: NoteStyle
  opening: OpeningStyle
  sceneBreak: { ornament: string }
  heads: HeadStyle
  numbering: NumberStyle
  spacing: SpacingStyle
  marks: MarkStyle
  tables: { gutter: number; padding: number }
  steps: { verse: number; contents: number }
}>({
  name: text(80),
  page: record<PageStyle>({
    width: length(100, 2000),
    height: length(100, 2000),
    inside: length(0, 1000),
    outside: length(0, 1000),
    top: length(0, 1000),
    lines: number(3, 200, true),
    size: length(4, 40),
    leading: length(4, 80),
    headDistance: length(0, 500),
    folio: choice('head', 'foot'),
    footDistance: length(0, 500),
  }),
  faces: named(family),
  fallback: list(text(40)),
  colours: named(hex),
  cover: record<CoverStyle>({ ground: hex, ink: hex, accent: hex, face: text(40) }),
  styles: byRole(ROLES, style),
  sections: byRole(SECTION_ROLES, section),
  notes: record<NoteStyle>({ hang: number(0, 20), gap: length(0, 100), rule: number(0, 1) }),
  opening: record<OpeningStyle>({
    kind: choice('none', 'lead-in', 'drop-cap'),
    words: number(1, 20, true),
    lines: number(2, 6, true),
  }),
  sceneBreak: record<{ ornament: string }>({ ornament: text(40) }),
  heads: record<HeadStyle>({
    recto: choice('book', 'section', 'none'),
    verso: choice('book', 'section', 'none'),
    joint: text(20),
  }),
  numbering: record<NumberStyle>({
    parts: choice('words', 'roman', 'arabic'),
    chapters: choice('words', 'roman', 'arabic'),
    sections: choice('words', 'roman', 'arabic'),
    named: flag,
  }),
  spacing: record<SpacingStyle>({
    stretch: number(0.01, 1),
    shrink: number(0.01, 0.5),
    expand: number(0, 0.05),
    condense: number(0, 0.05),
    trackOut: number(0, 0.05),
    trackIn: number(0, 0.05),
  }),
  marks: record<MarkStyle>({ raised: offset, lowered: offset, small: number(0.3, 1), code: number(0.3, 1.5) }),
  tables: record<{ gutter: number; padding: number }>({ gutter: number(0, 5), padding: number(0, 2) }),
  steps: record<{ verse: number; contents: number }>({ verse: number(0, 5), contents: number(0, 5) }),
})

/** What may stand at the top of a theme's file, and below its `defaults`: more than a whole theme has. */
export const KEYS = {
  top: [
    'name',
    'extends',
    'defaults',
    'page',
    'faces',
    'fallback',
    'colours',
    'cover',
    'styles',
    'sections',
    'notes',
    'opening',
    'sceneBreak',
    'heads',
    'numbering',
    'spacing',
    'marks',
    'tables',
    'steps',
  ],
  defaults: ['style', 'section'],
} as const
