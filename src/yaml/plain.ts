// In: YAML as people write manifests. Out: the same tree as full.ts makes of it, or undefined if it has anything out of the
// ordinary: then the whole language is asked. Loading and running a full YAML parser takes longer than setting an article.
import type { Entry, Value } from './value.js'

/** Thrown within this file only: something that is left to the full parser. */
class Unusual extends Error {}

interface Lines {
  /** Without their indentation and without comments of their own; '' if blank. */
  text: string[]
  indent: number[]
  raw: string[]
  at: number
  /** Line number of the first. */
  first: number
}

/** The indentation of a line that begins with a tab: deeper than any; only a text in quotation marks may go on so. */
const TAB = 1_000_000

export function parsePlainYaml(source: string, first: number): Value | undefined {
  // Marks of documents, directives, tabs in odd places and characters that are no text are rare; let the other parser see them.
  if (/[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ufeff]/.test(source)) return undefined
  const raw = source.split('\n')
  const indent = raw.map((line) => (/^ *\t/.test(line) ? TAB : /^ */.exec(line)![0].length))
  const text = raw.map((line) => {
    const rest = line.trim()
    return rest.startsWith('#') ? '' : rest
  })
  const lines: Lines = { text, indent, raw, at: 0, first }
  try {
    skipBlank(lines)
    if (lines.at >= raw.length) return undefined
    const value = block(lines, 0, 0)
    skipBlank(lines)
    return lines.at >= raw.length ? value : undefined
  } catch (thrown) {
    if (thrown instanceof Unusual) return undefined
    throw thrown
  }
}

function skipBlank(lines: Lines): void {
  while (lines.at < lines.text.length && lines.text[lines.at] === '') lines.at++
}

function unusual(): never {
  throw new Unusual()
}

/** The map or list that begins on this line, whose keys stand at `indent`. */
function block(lines: Lines, indent: number, depth: number): Value {
  if (depth > 8 || indent >= TAB || lines.indent[lines.at] !== indent) unusual()
  return isItem(lines.text[lines.at]!) ? list(lines, indent, depth) : map(lines, indent, depth)
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ')
}

const KEY = /^([A-Za-z_][\w-]*):(?: +(.*))?$/

function map(lines: Lines, indent: number, depth: number, head?: { text: string; line: number }): Value {
  const entries: Entry[] = []
  const line = head?.line ?? lines.at + lines.first
  const keys = new Set<string>()
  for (let now = head?.text ?? lines.text[lines.at]!; ; now = lines.text[lines.at]!) {
    const found = KEY.exec(now)
    if (found === null || keys.has(found[1]!)) unusual()
    const key = found![1]!
    keys.add(key)
    const keyLine = lines.at + lines.first
    entries.push({ key, line: keyLine, value: valueAfter(lines, found![2] ?? '', indent, depth, true) })
    skipBlank(lines)
    if (lines.at >= lines.text.length || lines.indent[lines.at]! < indent) break
    if (lines.indent[lines.at]! !== indent) unusual()
    if (isItem(lines.text[lines.at]!)) {
      if (head === undefined) unusual()
      break
    }
  }
  return { kind: 'map', line, entries }
}

function list(lines: Lines, indent: number, depth: number): Value {
  const items: Value[] = []
  const line = lines.at + lines.first
  for (;;) {
    const now = lines.text[lines.at]!
    const rest = now.slice(1).trimStart()
    const inner = indent + now.length - rest.length
    if (isItem(rest)) unusual()
    if (KEY.test(rest)) items.push(map(lines, inner, depth + 1, { text: rest, line: lines.at + lines.first }))
    else items.push(valueAfter(lines, rest, indent, depth, false))
    skipBlank(lines)
    if (lines.at >= lines.text.length || lines.indent[lines.at]! < indent) break
    if (lines.indent[lines.at]! !== indent) unusual()
    if (!isItem(lines.text[lines.at]!)) break
  }
  return { kind: 'list', line, items }
}

/** What follows a key or a dash; moves past it. `indent`: that of the key or dash. */
function valueAfter(lines: Lines, rest: string, indent: number, depth: number, ofKey: boolean): Value {
  const line = lines.at + lines.first
  if (rest === '' || rest.startsWith('#')) {
    lines.at++
    skipBlank(lines)
    if (lines.at < lines.text.length) {
      const next = lines.indent[lines.at]!
      if (next > indent) return block(lines, next, depth + 1)
      // The items of a list may stand under their key.
      if (ofKey && next === indent && isItem(lines.text[lines.at]!)) return list(lines, indent, depth + 1)
    }
    return { kind: 'nothing', line }
  }
  const start = rest[0]!
  if (start === '"' || start === "'") return quoted(lines, rest, indent)
  if (start === '[' || start === '{') {
    const flow: Flow = { text: rest, at: 0, line }
    const value = flowValue(flow, depth + 1)
    if (!/^\s*(?:#.*)?$/.test(rest.slice(flow.at)) || (flow.at < rest.length && rest[flow.at] === '#')) unusual()
    return step(lines, indent, value)
  }
  if (start === '|' || start === '>') return scroll(lines, rest, indent)
  return step(lines, indent, plain(rest, line, false))
}

/** Goes to the next line, which must not go on with what stands on this one. */
function step(lines: Lines, indent: number, value: Value): Value {
  lines.at++
  let next = lines.at
  while (next < lines.text.length && lines.text[next] === '') next++
  if (next < lines.text.length && lines.indent[next]! > indent) unusual()
  return value
}

/** A text without quotation marks, on one line. */
function plain(rest: string, line: number, inFlow: boolean): Value {
  const comment = rest.search(/\s#/)
  const text = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd()
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text) || /:(?:\s|$)/.test(text) || text.includes('\t')) unusual()
  if (/^(?:---|\.\.\.)/.test(text) || (inFlow && comment >= 0)) unusual()
  if (text === '' || /^(?:~|null|Null|NULL)$/.test(text)) return { kind: 'nothing', line }
  return { kind: 'text', line, text, plain: true }
}

/** A text in quotation marks; over several lines, these are joined by spaces. */
function quoted(lines: Lines, rest: string, indent: number): Value {
  const line = lines.at + lines.first
  const mark = rest[0]!
  const parts: string[] = []
  let now = rest.slice(1)
  for (let more = 0; ; more++) {
    const end = endOf(now, mark)
    if (end >= 0) {
      if (!/^\s*(?:\s#.*)?$/.test(now.slice(end + 1))) unusual()
      parts.push(more === 0 ? now.slice(0, end) : now.slice(0, end).trimStart())
      break
    }
    if (now.endsWith('\\') || more > 1000) unusual()
    parts.push(more === 0 ? now.trimEnd() : now.trim())
    lines.at++
    if (lines.at >= lines.raw.length) unusual()
    now = lines.raw[lines.at]!
    // What goes on must be indented; tabs are taken for spaces here, as in the full parser's source.
    if (now.trim() !== '' && !/^[ \t]/.test(now)) unusual()
    if (/^(?:---|\.\.\.)/.test(now)) unusual()
  }
  const text = unescaped(fold(parts), mark)
  return step(lines, indent, text === '' ? { kind: 'nothing', line } : { kind: 'text', line, text, plain: false })
}

function endOf(text: string, mark: string): number {
  for (let at = 0; at < text.length; at++) {
    if (mark === '"' && text[at] === '\\') at++
    else if (text[at] === mark) {
      if (mark === "'" && text[at + 1] === "'") at++
      else return at
    }
  }
  return -1
}

/** Lines into one: a break is a space, a blank line a break. */
function fold(parts: readonly string[]): string {
  let text = parts[0]!
  let blank = 0
  for (let i = 1; i < parts.length; i++) {
    if (parts[i] === '' && i < parts.length - 1) {
      blank++
      continue
    }
    text += (blank === 0 ? ' ' : '\n'.repeat(blank)) + parts[i]!
    blank = 0
  }
  return text
}

const ESCAPES = new Map<string, string>(Object.entries({ '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t' }))

function unescaped(text: string, mark: string): string {
  if (mark === "'") return text.replaceAll("''", "'")
  return text.replace(/\\(u([0-9a-fA-F]{4})|[\s\S])/g, (_, one: string, code: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    return ESCAPES.get(one) ?? unusual()
  })
}

/** `|` keeps its lines, `>` joins them; `-` leaves out the last break. Lines deeper than the first are left to the other parser. */
function scroll(lines: Lines, rest: string, indent: number): Value {
  const line = lines.at + lines.first
  const found = /^([|>])(-?)$/.exec(rest)
  if (found === null) unusual()
  const parts: string[] = []
  let inner = -1
  lines.at++
  for (; lines.at < lines.raw.length; lines.at++) {
    const raw = lines.raw[lines.at]!
    if (raw.trim() === '') {
      if (raw !== '' || inner < 0) unusual()
      parts.push('')
      continue
    }
    const own = lines.indent[lines.at]!
    if (own <= indent) break
    if (own >= TAB) unusual()
    if (inner < 0) inner = own
    if (own < inner || /^\s/.test(raw.slice(inner))) unusual()
    parts.push(raw.slice(inner))
  }
  while (parts.at(-1) === '') parts.pop()
  if (parts.length === 0) unusual()
  const text = found![1] === '|' ? parts.join('\n') : fold(parts)
  return { kind: 'text', line, text: found![2] === '-' ? text : `${text}\n`, plain: false }
}

interface Flow {
  text: string
  at: number
  line: number
}

function flowValue(flow: Flow, depth: number): Value {
  if (depth > 8) unusual()
  skipSpaces(flow)
  const start = flow.text[flow.at]
  if (start === '[') return flowList(flow, depth)
  if (start === '{') return flowMap(flow, depth)
  if (start === '"' || start === "'") return flowQuoted(flow, start)
  const found = /^[^,[\]{}#]*/.exec(flow.text.slice(flow.at))![0]
  flow.at += found.length
  const value = plain(found.trim(), flow.line, true)
  return value.kind === 'text' ? value : unusual()
}

function flowQuoted(flow: Flow, mark: string): Value {
  const end = endOf(flow.text.slice(flow.at + 1), mark)
  if (end < 0) unusual()
  const text = unescaped(flow.text.slice(flow.at + 1, flow.at + 1 + end), mark)
  flow.at += end + 2
  return text === '' ? { kind: 'nothing', line: flow.line } : { kind: 'text', line: flow.line, text, plain: false }
}

function flowList(flow: Flow, depth: number): Value {
  const items: Value[] = []
  flow.at++
  for (;;) {
    skipSpaces(flow)
    if (take(flow, ']')) return { kind: 'list', line: flow.line, items }
    items.push(flowValue(flow, depth + 1))
    skipSpaces(flow)
    if (!take(flow, ',') && flow.text[flow.at] !== ']') unusual()
  }
}

function flowMap(flow: Flow, depth: number): Value {
  const entries: Entry[] = []
  const keys = new Set<string>()
  flow.at++
  for (;;) {
    skipSpaces(flow)
    if (take(flow, '}')) return { kind: 'map', line: flow.line, entries }
    const found = /^([A-Za-z_][\w-]*): +/.exec(flow.text.slice(flow.at))
    if (found === null || keys.has(found[1]!)) unusual()
    keys.add(found![1]!)
    flow.at += found![0].length
    entries.push({ key: found![1]!, line: flow.line, value: flowValue(flow, depth + 1) })
    skipSpaces(flow)
    if (!take(flow, ',') && flow.text[flow.at] !== '}') unusual()
  }
}

function skipSpaces(flow: Flow): void {
  while (flow.text[flow.at] === ' ') flow.at++
}

function take(flow: Flow, mark: string): boolean {
  if (flow.text[flow.at] !== mark) return false
  flow.at++
  return true
}
