// In: what another tool's file says. Out: the same as pieces of a manifest, each with its line.
import type { Entry, Value } from '../../yaml/index.js'

export function text(value: string, line: number): Value {
  return { kind: 'text', line, text: value, plain: false }
}

export function list(items: Value[], line: number): Value {
  return { kind: 'list', line, items }
}

/** Keys without a value are left out. */
export function map(entries: { [key: string]: Value | undefined }, line = 0): Value {
  const kept = Object.entries(entries).flatMap(([key, value]): Entry[] =>
    value === undefined ? [] : [{ key, line: value.line, value }],
  )
  return { kind: 'map', line, entries: kept }
}

/** The value of a key, wherever it stands: `at(tree, 'book', 'title')`. */
export function at(tree: Value | undefined, ...keys: string[]): Value | undefined {
  let found = tree
  for (const key of keys) {
    if (found?.kind !== 'map') return undefined
    found = found.entries.find((entry) => entry.key === key)?.value
  }
  return found?.kind === 'nothing' ? undefined : found
}

export function writtenIn(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined
}

export function itemsOf(value: Value | undefined): Value[] {
  return value === undefined || value.kind === 'nothing' ? [] : value.kind === 'list' ? value.items : [value]
}
