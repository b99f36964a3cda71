// In: YAML as somebody wrote it, and values by the path of their keys. Out: the same text with these values, and not a letter of the
// rest another.
import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'

export interface Change {
  path: readonly string[]
  value: string | number
}

/** Undefined if the text is no map of keys, or one that cannot be changed in place: an alias stands on the way. */
export function editYaml(text: string, changes: readonly Change[]): string | undefined {
  let now = text
  for (const change of changes) {
    const next = editOne(now, change)
    if (next === undefined) return undefined
    now = next
  }
  return now
}

function editOne(text: string, { path, value }: Change): string | undefined {
  const doc = parseDocument(text, { prettyErrors: false, schema: 'core' })
  if (doc.errors.length > 0) return undefined
  const { contents } = doc
  if (contents === null) return ended(text) + newLines(path, value, '', '  ')
  if (!isMap(contents)) return undefined
  let map = contents as YAMLMap
  for (let depth = 0; ; depth++) {
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === path[depth])
    const last = depth === path.length - 1
    if (pair === undefined) return insert(text, map, path.slice(depth), value)
    const inner = pair.value
    if (last) return isScalar(inner) || inner === null ? replace(text, pair, inner as Scalar | null, value) : undefined
    if (isMap(inner)) map = inner as YAMLMap
    else if (inner === null || (isScalar(inner) && inner.value === null))
      return below(text, map, pair, path.slice(depth + 1), value)
    else return undefined
  }
}

/** The key of the text, and what stands in its place. */
function replace(text: string, pair: Pair, scalar: Scalar | null, value: string | number): string | undefined {
  if (scalar?.anchor !== undefined) return undefined
  const range = scalar?.range
  if (range && range[1] > range[0]) {
    const before = text.slice(range[0], range[1])
    return text.slice(0, range[0]) + written(value, before) + text.slice(range[1])
  }
  const end = colonOf(text, pair)
  return `${text.slice(0, end)} ${written(value, '')}${text.slice(end)}`
}

/** Behind the colon of a key. */
function colonOf(text: string, pair: Pair): number {
  const [, end] = (pair.key as Scalar).range!
  return text.indexOf(':', end) + 1
}

/** A key more, after the last of a map. */
function insert(text: string, map: YAMLMap, path: readonly string[], value: string | number): string {
  const range = map.range!
  if (map.flow) {
    const close = text.lastIndexOf('}', range[1])
    const inner = path.slice(1).reduceRight((made, key) => `{ ${key}: ${made} }`, written(value, ''))
    const head = text.slice(0, close).trimEnd()
    return `${head}${map.items.length > 0 && !head.endsWith(',') ? ',' : ''} ${path[0]}: ${inner} ${text.slice(close)}`
  }
  const first = (map.items[0]!.key as Scalar).range![0]
  const indent = text.slice(text.lastIndexOf('\n', first - 1) + 1, first)
  const end = endOfLine(text, endOf(map))
  return ended(text.slice(0, end)) + newLines(path, value, indent, '  ') + text.slice(end)
}

/** Keys below one that has no value yet. */
function below(text: string, map: YAMLMap, pair: Pair, path: readonly string[], value: string | number): string {
  const first = (map.items[0]!.key as Scalar).range![0]
  const indent = text.slice(text.lastIndexOf('\n', first - 1) + 1, first)
  const end = endOfLine(text, colonOf(text, pair))
  return ended(text.slice(0, end)) + newLines(path, value, `${indent}  `, '  ') + text.slice(end)
}

function newLines(path: readonly string[], value: string | number, indent: string, step: string): string {
  return path
    .map((key, i) => `${indent}${step.repeat(i)}${key}:${i === path.length - 1 ? ` ${written(value, '')}` : ''}\n`)
    .join('')
}

/** Where what a map holds ends, whatever comments follow. */
function endOf(map: YAMLMap): number {
  const last = map.items.at(-1)!
  const value = last.value as { range?: [number, number, number] } | null
  if (isMap(value) && !value.flow && value.items.length > 0) return endOf(value as YAMLMap)
  const range = value?.range
  return range && range[1] > range[0] ? range[1] : (last.key as Scalar).range![1] + 1
}

/** Behind the line break of the line in which something ends. */
function endOfLine(text: string, at: number): number {
  if (text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

const POINTS = new Map([
  ['pt', 1],
  ['mm', 72 / 25.4],
  ['cm', 720 / 25.4],
  ['in', 72],
])

/** As it is to stand; a length keeps the unit that it had, a text its quotation marks. */
function written(value: string | number, before: string): string {
  if (typeof value === 'number') {
    const [, unit] = /^[-+]?[\d.]+\s*(pt|mm|cm|in)$/.exec(before) ?? []
    if (unit === undefined) return String(value)
    return `${Math.round((value / POINTS.get(unit)!) * 1000) / 1000} ${unit}`
  }
  if (before.startsWith("'") && !/[\n\r]/.test(value)) return `'${value.replaceAll("'", "''")}'`
  const plain = /^[A-Za-z][\w./-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
  return plain && !before.startsWith('"') ? value : JSON.stringify(value)
}
