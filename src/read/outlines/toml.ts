// In: TOML. Out: the same tree as YAML gives, or what is wrong with it. Loaded for an mdBook only.
import { parse, TomlError } from 'smol-toml'
import { error, type Report } from '../../diagnostic.js'
import type { Value } from '../../yaml/index.js'

export function parseToml(source: string, path: string, report: Report): Value | undefined {
  try {
    const lines = source.split('\n')
    return toTree(parse(source, { maxDepth: 50 }), lines, 0, lines.length)
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown
    const message = thrown.message.split('\n')[0]!.replace(/^Invalid TOML document: /, '')
    error(report, 'bad-toml', { path, line: thrown.line }, message, 'mend the line')
    return undefined
  }
}

/** The parser knows no lines of values: a key's is the first that begins with it, below its table's. */
function toTree(value: unknown, lines: readonly string[], from: number, to: number): Value {
  const line = Math.min(from + 1, lines.length)
  if (Array.isArray(value)) return { kind: 'list', line, items: value.map((item) => toTree(item, lines, from, to)) }
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    const entries = Object.entries(value).map(([key, inner]) => {
      const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      const begins = new RegExp(`^\\s*(?:\\[+\\s*(?:[^\\]]*\\.)?["']?${name}["']?\\s*\\]|["']?${name}["']?\\s*=)`)
      const found = lines.findIndex((text, i) => i >= from && i < to && begins.test(text))
      const at = found < 0 ? from : found
      return { key, line: at + 1, value: toTree(inner, lines, at, to) }
    })
    return { kind: 'map', line, entries }
  }
  const plain = typeof value !== 'string'
  return { kind: 'text', line, text: value instanceof Date ? value.toISOString() : String(value), plain }
}
