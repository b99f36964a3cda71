// In: a map of the YAML tree and the keys it may have. Out: its values, of the kinds wanted. Unknown keys and wrong kinds
// are reported with their line and, for keys, with the nearest known one.
import { distance, error, nearest, type Report, warning } from '../../diagnostic.js'
import { FIXED } from '../../model/limits.js'
import type { Entry, Value } from '../../yaml/index.js'

export interface Fields {
  path: string
  report: Report
  /** What the map is: 'the manifest', '`source`'. */
  of: string
  line: number
  entries: Map<string, Entry>
}

/** A map with more unknown keys than this is no slip of the pen; the rest of them says nothing new. */
const MOST_UNKNOWN = 100

/**
 * Takes `value` as a map with some of `known` keys; undefined (and reported) if it is none. `others`: other tools have keys
 * of their own in it, which are only warned of; a slip of the pen is an error still.
 */
export function fields(
  value: Value,
  known: readonly string[],
  of: string,
  path: string,
  report: Report,
  others = false,
): Fields | undefined {
  if (value.kind === 'nothing') return { path, report, of, line: value.line, entries: new Map() }
  if (value.kind !== 'map') {
    wrong(path, report, value.line, of, 'a map', `write its keys below it: ${known.slice(0, 4).join(', ')}`)
    return undefined
  }
  const entries = new Map<string, Entry>()
  let unknown = 0
  for (const entry of value.entries) {
    if (known.includes(entry.key)) entries.set(entry.key, entry)
    else if (++unknown <= MOST_UNKNOWN) unknownKey(entry, known, of, path, report, others)
  }
  return { path, report, of, line: value.line, entries }
}

function unknownKey(
  entry: Entry,
  known: readonly string[],
  of: string,
  path: string,
  report: Report,
  others: boolean,
): void {
  const near = nearest(entry.key, known)
  const hint = near === undefined ? `the keys are ${known.join(', ')}` : `did you mean \`${near}\`?`
  const slip = near !== undefined && near.length > 3 && distance(entry.key.toLowerCase(), near) === 1
  const say = others && (!slip || entry.key === `${near}s`) ? warning : error
  say(report, 'unknown-key', { path, line: entry.line }, `${of} has no key \`${shown(entry.key)}\``, hint)
}

/** What an author wrote, fit to stand in a message. */
export function shown(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069`]/g, ' ')
  return clean.length > 60 ? `${clean.slice(0, 57)}…` : clean
}

export function wrong(path: string, report: Report, line: number, of: string, wanted: string, hint: string): void {
  error(report, 'wrong-type', { path, line }, `${of} must be ${wanted}`, hint)
}

/** The text of a key; undefined if the key is absent, empty, or (reported) no text. */
export function textOf(from: Fields, key: string): string | undefined {
  const entry = from.entries.get(key)
  return entry === undefined ? undefined : asText(entry.value, `\`${key}\``, from.path, from.report)
}

export function asText(value: Value, of: string, path: string, report: Report): string | undefined {
  if (value.kind === 'nothing') return undefined
  if (value.kind !== 'text') {
    wrong(path, report, value.line, of, 'a text', 'write it on one line, in quotation marks')
    return undefined
  }
  const text = clean(value.text, of, path, value.line, report)
  return text === '' ? undefined : text
}

/** A file's name may begin or end with a space: in quotation marks it is kept. */
export function asPath(value: Value, of: string, path: string, report: Report): string | undefined {
  const text = asText(value, of, path, report)
  return text !== undefined && value.kind === 'text' && !value.plain && value.text.trim() === text ? value.text : text
}

/** Letters of a title, a name, a description: some pages of them. */
const LONGEST = FIXED.words.value

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffc\ufffe\uffff]/g
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Names and titles go into file names, terminals and metadata: no control characters, no overrides of direction. */
export function clean(text: string, of: string, path: string, line: number, report: Report): string {
  const found =
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffc\ufffe\uffff]/.exec(text)
  if (text.length > LONGEST) {
    const hint = `at most ${LONGEST} are read: what is longer belongs into a file of the book`
    error(report, 'too-large', { path, line }, `${of} has ${text.length} letters`, hint)
    return clean(text.slice(0, LONGEST), of, path, line, report)
  }
  const lone = text.search(LONE)
  if (found === null && lone < 0) return text.trim()
  const code = (found === null ? text.charCodeAt(lone) : found[0].charCodeAt(0)).toString(16).toUpperCase()
  const hint = 'delete it; direction is set by the language'
  error(report, 'control-character', { path, line }, `${of} has the character U+${code.padStart(4, '0')}`, hint)
  return text.replace(CONTROLS, ' ').replace(OVERRIDES, '').replace(LONE, '\ufffd').trim()
}

export function flagOf(from: Fields, key: string): boolean | undefined {
  const entry = from.entries.get(key)
  if (entry === undefined || entry.value.kind === 'nothing') return undefined
  if (entry.value.kind === 'text' && entry.value.plain && /^(true|false)$/i.test(entry.value.text))
    return entry.value.text.toLowerCase() === 'true'
  wrong(from.path, from.report, entry.value.line, `\`${key}\``, '`true` or `false`', 'without quotation marks')
  return undefined
}

/** The items of a key; a single value counts as a list of one. */
export function itemsOf(from: Fields, key: string): Value[] {
  const value = from.entries.get(key)?.value
  if (value === undefined || value.kind === 'nothing') return []
  return value.kind === 'list' ? value.items : [value]
}

export function lineOf(from: Fields, key: string): number {
  return from.entries.get(key)?.line ?? from.line
}
