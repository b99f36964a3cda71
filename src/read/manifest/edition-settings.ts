// In: the manifest's `editions`. Out: Editions with every setting, lengths in points.
import { error, nearest, type Place } from '../../diagnostic.js'
import type { Places } from '../../model/book.js'
import {
  EDITION_NAMES,
  EDITIONS,
  type EditionName,
  type Editions,
  type PrintEdition,
  presetOf,
  type Setting,
  settle,
  type WrapEdition,
} from '../../model/editions.js'
import { SIZES, type Trim } from '../../model/sizes.js'
import type { Value } from '../../yaml/index.js'
import { type Fields, fields, flagOf, lineOf, shown, textOf, wrong } from './fields.js'
import { forReceiver } from './receiver-settings.js'

const MM = 72 / 25.4

const UNITS = new Map<string, number>(Object.entries({ mm: MM, cm: 10 * MM, in: 72, pt: 1, pc: 12, q: MM / 4 }))

/** `size`: the book’s own. Without the key: `epub` and `pdf`. A list of names is a map of them with their defaults. */
export function readEditions(all: Fields, size?: Trim): Editions {
  const value = all.entries.get('editions')?.value
  if (value === undefined || value.kind === 'nothing') return { epub: {}, pdf: {} }
  const map = asMap(value)
  const editions = fields(map, EDITION_NAMES, '`editions`', all.path, all.report)
  if (editions === undefined) return { epub: {}, pdf: {} }
  const made: Editions = {}
  for (const name of EDITION_NAMES) {
    const entry = editions.entries.get(name)
    if (entry === undefined || isOff(entry.value)) continue
    const from = fields(
      isOn(entry.value) ? { kind: 'nothing', line: entry.line } : entry.value,
      Object.keys(EDITIONS[name].settings),
      `\`${name}\``,
      all.path,
      all.report,
    )
    if (from === undefined) continue
    const settings = settle(name, (key, setting) => read(from, key, setting))
    if (name === 'print') proveSpot(from, settings as PrintEdition)
    Object.assign(made, {
      [name]: name === 'print' ? forReceiver(from, settings as PrintEdition, size) : settings,
    })
  }
  const wrap = editions.entries.get('cover-wrap')?.value
  if (made['cover-wrap'] !== undefined)
    made['cover-wrap'] = likePrint(
      made['cover-wrap'],
      made.print,
      wrap?.kind === 'map' ? wrap.entries.map((one) => one.key) : [],
    )
  if (editions.entries.size === 0)
    wrong(all.path, all.report, value.line, '`editions`', 'a map', 'name at least one edition')
  return made
}

/** All cans of the theme are printed where there are four inks, and machines that take the colours of screens have none. */
function proveSpot(from: Fields, { spot, colour }: PrintEdition): void {
  if (spot === undefined || colour === 'black') return
  const hint =
    colour === 'cmyk'
      ? 'leave it out: there the theme’s cans are printed anyway'
      : 'write `colour: black`, or leave it out'
  wrong(from.path, from.report, lineOf(from, 'spot'), '`spot`', 'beside `colour: black`', hint)
}

/** The cover of the book that `print` is the inside of. */
function likePrint(wrap: WrapEdition, print: PrintEdition | undefined, own: readonly string[]): WrapEdition {
  const receives = wrap.for ?? print?.for
  // Another receiver than that of the inside, or there is no inside: its own way with files.
  if (receives !== undefined && (print === undefined || receives !== print.for)) {
    const { standard, ink } = presetOf(receives)
    const says = (key: 'standard' | 'ink') => own.includes(key)
    wrap = { ...wrap, ...(says('standard') ? {} : { standard: standard! }), ...(says('ink') ? {} : { ink }) }
    own = [...own, 'standard', 'ink']
  }
  if (print === undefined) return wrap
  const { for: receiver, stock, colour, trim, multiple, marks, standard, profile, condition, ink } = print
  const same = { for: receiver, stock, colour, trim, multiple, marks, standard, profile, condition, ink }
  const theirs = Object.entries(same).filter(([key]) => !own.includes(key))
  return { ...wrap, ...Object.fromEntries(theirs) }
}

/** Where each edition is asked for; one that is not: where editions are, or would be. */
export function placesOfEditions({ entries, path, line }: Fields): Places['editions'] {
  const all = entries.get('editions')
  const value = all && asMap(all.value)
  const lines = new Map(value?.kind === 'map' ? value.entries.map((entry) => [entry.key, entry.line]) : [])
  const place = (name: EditionName): Place => ({ path, line: lines.get(name) ?? all?.line ?? line })
  return Object.fromEntries(EDITION_NAMES.map((name) => [name, place(name)])) as Places['editions']
}

/** Undefined if it is absent, or wrong and reported. */
function read(from: Fields, key: string, setting: Setting<unknown>): unknown {
  if (setting.kind === 'size') return readSize(from, key)
  if (setting.kind === 'flag') return flagOf(from, key)
  if (setting.kind === 'file' || setting.kind === 'text') return textOf(from, key)
  if (setting.kind === 'choice') return readChoice(from, key, setting.of)
  if (setting.auto && textOf(from, key) === 'auto') return 'auto'
  if (setting.kind === 'length') return readLength(from, key, setting.least, setting.most)
  const whole = readWhole(from, key, setting.least, setting.most)
  if (whole === undefined || setting.step === undefined || whole % setting.step.of === 0) return whole
  wrong(from.path, from.report, lineOf(from, key), `\`${key}\``, setting.step.said, setting.step.hint)
  return undefined
}

function readChoice(from: Fields, key: string, of: readonly string[]): string | undefined {
  const text = textOf(from, key)
  if (text === undefined || of.includes(text)) return text
  const near = nearest(text, of)
  const hint = near === undefined ? `write one of ${of.join(', ')}` : `did you mean \`${near}\`?`
  wrong(from.path, from.report, lineOf(from, key), `\`${key}\``, `one of ${of.join(', ')}`, hint)
  return undefined
}

function asMap(value: Value): Value {
  const items = value.kind === 'list' ? value.items : value.kind === 'text' ? [value] : []
  if (items.length === 0 || !items.every((item) => item.kind === 'text')) return value
  const entries = items.map((item) => ({
    key: item.kind === 'text' ? item.text : '',
    line: item.line,
    value: { kind: 'nothing' as const, line: item.line },
  }))
  return { kind: 'map', line: value.line, entries }
}

function isOff(value: Value): boolean {
  return value.kind === 'text' && value.plain && value.text === 'false'
}

function isOn(value: Value): boolean {
  return value.kind === 'text' && value.plain && value.text === 'true'
}

/** A name of SIZES, or `{width, height}`; 50 mm to 1200 mm each way. */
export function readSize(from: Fields, key: string): Trim | undefined {
  const entry = from.entries.get(key)
  if (entry === undefined || entry.value.kind === 'nothing') return undefined
  if (entry.value.kind === 'text') {
    const name = entry.value.text.toLowerCase()
    const size = SIZES.get(name)
    if (size !== undefined) return { ...size }
    const near = nearest(name, [...SIZES.keys()])
    const hint =
      near === undefined
        ? `write one of ${[...SIZES.keys()].join(', ')}, or {width: 130mm, height: 200mm}`
        : `did you mean \`${near}\`?`
    error(
      from.report,
      'bad-length',
      { path: from.path, line: entry.line },
      `\`${key}\` has no size \`${shown(name)}\``,
      hint,
    )
    return undefined
  }
  const size = fields(entry.value, ['width', 'height'], `\`${key}\``, from.path, from.report)
  if (size === undefined) return undefined
  const width = readLength(size, 'width', 50 * MM, 1200 * MM)
  const height = readLength(size, 'height', 50 * MM, 1200 * MM)
  if (width !== undefined && height !== undefined) return { width, height }
  if (!size.entries.has('width') || !size.entries.has('height')) {
    wrong(
      from.path,
      from.report,
      entry.line,
      `\`${key}\``,
      'a width and a height',
      'write {width: 130mm, height: 200mm}',
    )
  }
  return undefined
}

/** A number with its unit, within the limits (points); undefined if absent, or reported. */
function readLength(from: Fields, key: string, least: number, most: number): number | undefined {
  const text = textOf(from, key)
  if (text === undefined) return undefined
  const place = { path: from.path, line: lineOf(from, key) }
  const found = /^(\d{1,6}(?:\.\d{1,6})?)\s*(mm|cm|in|pt|pc|q)$/i.exec(text)
  if (found === null && !/^0(\.0+)?$/.test(text)) {
    error(
      from.report,
      'bad-length',
      place,
      `\`${key}\` is \`${shown(text)}\``,
      'write a number and its unit: 3mm, 0.125in, 12pt',
    )
    return undefined
  }
  const points = found === null ? 0 : Number(found[1]) * UNITS.get(found[2]!.toLowerCase())!
  if (points >= least - 1e-6 && points <= most + 1e-6) return points
  const mm = (length: number) => `${Math.round((length / MM) * 100) / 100}mm`
  error(
    from.report,
    'bad-length',
    place,
    `\`${key}\` is \`${shown(text)}\``,
    `it can be from ${mm(least)} to ${mm(most)}`,
  )
  return undefined
}

function readWhole(from: Fields, key: string, least: number, most: number): number | undefined {
  const text = textOf(from, key)
  if (text === undefined) return undefined
  const value = /^\d{1,6}$/.test(text) ? Number(text) : -1
  if (value >= least && value <= most) return value
  wrong(
    from.path,
    from.report,
    lineOf(from, key),
    `\`${key}\``,
    `a whole number from ${least} to ${most}`,
    `write \`${key}: ${least}\``,
  )
  return undefined
}
