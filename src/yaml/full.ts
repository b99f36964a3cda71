// In: YAML, whatever it uses. Out: its tree, or what is wrong with it.
// No tags, no types but text (the manifest's keys say what they want), few aliases, bounded depth and size.
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Diagnostic, error, type Report } from '../diagnostic.js'
import { FIXED } from '../model/limits.js'

import type { Entry, Value } from './value.js'

const LIMITS = { depth: FIXED.yamlDepth.value, nodes: FIXED.yamlNodes.value, aliases: FIXED.yamlAliases.value }

/** What was read last: who builds a book again and again, or a preview, reads the same manifest each time. */
let last: { text: string; path: string; first: number; found: Diagnostic[]; tree: Value | undefined } | undefined

/** As parseYaml, by the whole language (YAML 1.2, core schema). */
export function parseFullYaml(text: string, path: string, first: number, report: Report): Value | undefined {
  if (last?.text !== text || last.path !== path || last.first !== first) {
    const found: Diagnostic[] = []
    last = { text, path, first, found, tree: parse(text, path, first, (one) => void found.push(one)) }
  }
  for (const one of last.found) report(one)
  return last.tree
}

function parse(text: string, path: string, first: number, report: Report): Value | undefined {
  const lines = new LineCounter()
  const fault = (line: number, message: string, hint: string) =>
    error(report, 'bad-yaml', { path, line }, message, hint)
  const lineAt = (offset: number) => lines.linePos(offset).line + first - 1
  // Tabs at the beginning of a line: YAML 1.2 forbids them even where a quoted text goes on; most readers, and people, do not.
  const source = text.replace(/^[ \t]*\t[ \t]*/gm, (blank) => blank.replaceAll('\t', '  '))
  try {
    const doc = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      uniqueKeys: true,
      strict: true,
    })
    // Unknown tags come as warnings; the tree below refuses every tag, known or not.
    const faults = [...doc.errors, ...doc.warnings.filter((one) => one.code !== 'TAG_RESOLVE_FAILED')]
    const told = new Set<string>()
    for (const one of faults.slice(0, 20)) {
      const hashed = OPEN_ENDED.has(one.code) ? lineWithHash(source, lines.linePos(one.pos[0]).line) : undefined
      const line = hashed === undefined ? lineAt(one.pos[0]) : hashed + first - 1
      const [message, hint] = hashed === undefined ? said(one.code) : HASH
      if (told.has(`${line} ${message}`)) continue
      told.add(`${line} ${message}`)
      fault(line, message, hint)
    }
    if (doc.errors.length > 0) return undefined
    return toTree(doc.contents, doc, lineAt, fault, first)
  } catch (thrown) {
    // The parser recurses; only a text nested thousands deep brings it here.
    if (!(thrown instanceof RangeError)) throw thrown
    fault(first, 'the YAML is nested too deeply', 'the manifest needs no more than four levels')
    return undefined
  }
}

const QUOTE = 'put texts with `:`, `#` or quotation marks into quotation marks, and indent with spaces'

/** By the parser's own codes; its messages are for those who program with it. */
const SAID = new Map<string, [message: string, hint: string]>([
  ['DUPLICATE_KEY', ['the key stands there twice', 'keep one of the two']],
  ['TAB_AS_INDENT', ['the line begins with a tab', 'indent with spaces']],
  ['BAD_INDENT', ['the line is not indented as those around it', QUOTE]],
  [
    'BAD_DQ_ESCAPE',
    ['a backslash in quotation marks escapes nothing', 'write it twice, or use single quotation marks'],
  ],
  ['BAD_SCALAR_START', ['a text cannot begin with this mark', 'put it into quotation marks']],
  ['BLOCK_AS_IMPLICIT_KEY', ['there is a second `:` in the line', QUOTE]],
  ['BLOCK_IN_FLOW', ['there are lines of a list or map within brackets', 'write it on one line, or without brackets']],
  ['MULTILINE_IMPLICIT_KEY', ['the key goes over more than one line', QUOTE]],
  ['KEY_OVER_1024_CHARS', ['the key is too long', QUOTE]],
  ['MISSING_CHAR', ['a mark is missing: a `:`, a bracket, or a quotation mark', QUOTE]],
  ['MULTIPLE_DOCS', ['there is a second document below `---`', 'keep one in a file']],
  ['BAD_ALIAS', ['an alias or anchor has no name that it could', 'write the value out']],
  ['BAD_DIRECTIVE', ['a line that begins with `%` means nothing here', 'take it out']],
  ['RESOURCE_EXHAUSTION', ['the YAML is too large or nested too deeply', 'keep the text in Markdown files']],
])

/** Codes for brackets that are left open. */
const OPEN_ENDED: ReadonlySet<string> = new Set(['BAD_INDENT', 'MISSING_CHAR'])

const HASH: [message: string, hint: string] = [
  'a `#` behind a space begins a comment, and leaves the bracket before it open',
  "put it into quotation marks, as in `'#b3261e'`",
]

/** The nearest line up to this one whose bracket a comment leaves open: a colour without quotation marks. */
function lineWithHash(source: string, last: number): number | undefined {
  const lines = source.split('\n')
  for (let at = Math.min(last, lines.length); at > Math.max(0, last - 3); at--) {
    const line = lines[at - 1]!.replace(/'[^']*'|"[^"]*"/g, '')
    const hash = line.search(/\s#/)
    const before = hash < 0 ? '' : line.slice(0, hash)
    if ((before.match(/[{[]/g)?.length ?? 0) > (before.match(/[}\]]/g)?.length ?? 0)) return at
  }
  return undefined
}

function said(code: string): [message: string, hint: string] {
  return SAID.get(code) ?? ['this is no YAML', QUOTE]
}

function toTree(
  root: Node | null,
  doc: Document.Parsed,
  lineAt: (offset: number) => number,
  fault: (line: number, message: string, hint: string) => void,
  first: number,
): Value | undefined {
  let nodes = 0
  let aliases = 0
  let full = false
  const visit = (node: unknown, depth: number, line: number): Value => {
    if (full) return { kind: 'nothing', line }
    if (++nodes > LIMITS.nodes || depth > LIMITS.depth) {
      full = true
      fault(line, 'the YAML is too large or nested too deeply', 'keep the text in Markdown files')
      return { kind: 'nothing', line }
    }
    if (isAlias(node)) {
      if (++aliases > LIMITS.aliases) {
        full = true
        fault(line, `the YAML has more than ${LIMITS.aliases} aliases`, 'write the values out')
        return { kind: 'nothing', line }
      }
      const target = node.resolve(doc)
      if (target !== undefined) return visit(target, depth + 1, line)
      fault(line, `the alias \`*${node.source}\` names nothing`, 'define it above with `&`')
      return { kind: 'nothing', line }
    }
    const at = rangeOf(node)
    const here = at === undefined ? line : lineAt(at)
    const tag = tagOf(node)
    if (tag !== undefined) fault(here, `the tag \`${tag}\` is not allowed`, 'take out the tag that begins with `!`')
    if (isMap(node)) {
      const entries: Entry[] = []
      for (const pair of node.items) {
        const keyLine = rangeOf(pair.key) === undefined ? here : lineAt(rangeOf(pair.key)!)
        if (!isScalar(pair.key)) {
          fault(keyLine, 'a key must be a plain word', 'write `key: value`')
          continue
        }
        entries.push({
          key: String(pair.key.value),
          line: keyLine,
          value: visit(pair.value, depth + 1, keyLine),
        })
      }
      return { kind: 'map', line: here, entries }
    }
    if (isSeq(node)) return { kind: 'list', line: here, items: node.items.map((item) => visit(item, depth + 1, here)) }
    if (isScalar(node) && node.value !== null && node.value !== '') {
      const plain = node.type === 'PLAIN'
      // The source, not the value: 1.10 stays 1.10, and 007 stays 007.
      const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
      return { kind: 'text', line: here, text, plain }
    }
    return { kind: 'nothing', line: here }
  }
  return root === null ? undefined : visit(root, 0, first)
}

function rangeOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined
  const range = node.range
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined
}

function tagOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null || !('tag' in node)) return undefined
  return typeof node.tag === 'string' ? node.tag : undefined
}
