// In: TOML. Out: the same tree as YAML gives, or what is wrong with it. Loaded for an mdBook only.

import { parse, TomlError } from 'smol-toml'
import { error, type Report } from '../../diagnostic.js'
import { firstPast } from '../../model/first-past.js'
import type { Value } from '../../yaml/index.js'

export function parseToml(source: string, path: string, report: Report): Value | undefined {
  const lines = source.split('\n')
  try {
    return toTree(parse(source, { maxDepth: 50 }), linesByKey(lines), 0, lines.length)
  } catch (thrown) {
    // A key of very many parts is read by functions that call themselves.
    if (thrown instanceof RangeError) {
      const line = lines.findIndex((text) => text.split(/[.[{]/).length > 50) + 1
      error(report, 'bad-toml', { path, line }, 'keys are nested too deeply', 'mend the line')
      return undefined
    }
    if (!(thrown instanceof TomlError)) throw thrown
    const message = thrown.message.split('\n')[0]!.replace(/^Invalid TOML document: /, '')
    error(report, 'bad-toml', { path, line: thrown.line }, message, 'mend the line')
    return undefined
  }
}

/** Which lines begin with a key, or are the head of its table. */
function linesByKey(lines: readonly string[]): Map<string, number[]> {
  const all = new Map<string, number[]>()
  for (const [i, text] of lines.entries()) {
    const head = /^\s*\[+([^\]]*)\]/.exec(text)?.[1]
    const written = head === undefined ? /^([^=]*)=/.exec(text)?.[1] : head.slice(head.lastIndexOf('.') + 1)
    if (written === undefined) continue
    const name = written.trim().replace(/^["']|["']$/g, '')
    const known = all.get(name)
    if (known === undefined) all.set(name, [i])
    else known.push(i)
  }
  return all
}

/** The parser knows no lines of values: a key's is the first that begins with it, below its table's. */
function toTree(value: unknown, lines: ReadonlyMap<string, readonly number[]>, from: number, to: number): Value {
  const line = Math.min(from + 1, to)
  if (Array.isArray(value)) return { kind: 'list', line, items: value.map((item) => toTree(item, lines, from, to)) }
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const entries = Object.entries(value).map(([key, inner]) => {
      const known = lines.get(key) ?? []
      const at = known[firstPast(known.length, (i) => known[i]! < from)] ?? from
      return { key, line: at + 1, value: toTree(inner, lines, at, to) }
    })
    return { kind: 'map', line, entries }
  }
  const plain = typeof value !== 'string'
  return { kind: 'text', line, text: value instanceof Date ? value.toISOString() : String(value), plain }
}
