// YAML text in; a tree of plain nodes out, each with its place, for merging and checking.
// Only what a theme needs of YAML: maps, lists, scalars; no tags, no keys but text, a limit on aliases.
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { error, type Place, type Report } from '../diagnostic.js'

export type Scalar = string | number | boolean | null

export type Node =
  | { kind: 'scalar'; place: Place; value: Scalar }
  | { kind: 'list'; place: Place; items: Node[] }
  | { kind: 'map'; place: Place; entries: Map<string, Node> }

export type MapNode = Extract<Node, { kind: 'map' }>

/** A theme is a page or two of text; more than this many nodes is an attack or a mistake. */
const MOST_NODES = 20_000

/** The file's map, or undefined if it is no readable map (each fault reported with its line). */
export function parseTree(text: string, path: string, report: Report): MapNode | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number | undefined): Place => ({
    path,
    line: offset === undefined ? 0 : Math.max(1, lines.linePos(offset).line),
  })
  let faults = 0
  const fault = (place: Place, code: string, message: string, hint: string) => {
    faults++
    error(report, code, place, message, hint)
  }
  for (const e of [...document.errors, ...document.warnings]) {
    if (e.code === 'TAG_RESOLVE_FAILED') continue // told below, where tags are refused
    const message = e.message.split('\n')[0]!.replace(/\.$/, '')
    fault(at(e.pos[0]), 'theme-yaml', message.charAt(0).toLowerCase() + message.slice(1), 'mend the YAML there')
  }
  if (faults > 0) return undefined

  let nodes = 0
  const convert = (node: YamlNode | null, parent: Place, depth: number): Node => {
    const place = node?.range ? at(node.range[0]) : parent
    nodes++
    if (nodes === MOST_NODES || depth > 16) {
      fault(place, 'theme-yaml', 'too many or too deeply nested values', 'a theme is a few hundred values, four deep')
    }
    if (nodes >= MOST_NODES || depth > 16 || node === null) return { kind: 'scalar', place, value: null }
    if (!isAlias(node) && node.tag !== undefined) {
      fault(place, 'theme-yaml', `YAML tag \`${node.tag}\` is not understood`, 'write the value without a tag')
    }
    if (isAlias(node)) {
      const target = node.resolve(document)
      if (target !== undefined) return convert(target, place, depth + 1)
      fault(place, 'theme-yaml', `alias \`*${node.source}\` names nothing`, 'define it above with `&`')
      return { kind: 'scalar', place, value: null }
    }
    if (isMap(node)) {
      const entries = new Map<string, Node>()
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : undefined
        const keyPlace = pair.key && (pair.key as YamlNode).range ? at((pair.key as YamlNode).range![0]) : place
        if (key === undefined) fault(keyPlace, 'theme-yaml', 'a key must be plain text', 'write `key: value`')
        // A value's place is its key's: that is the line a person looks for.
        else entries.set(key, { ...convert(pair.value as YamlNode | null, keyPlace, depth + 1), place: keyPlace })
      }
      return { kind: 'map', place, entries }
    }
    if (isSeq(node)) {
      return { kind: 'list', place, items: node.items.map((item) => convert(item as YamlNode, place, depth + 1)) }
    }
    const value = isScalar(node) ? node.value : null
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return { kind: 'scalar', place, value }
    }
    return { kind: 'scalar', place, value: String(value) }
  }

  const root = convert(document.contents, { path, line: 1 }, 0)
  if (faults > 0) return undefined
  if (root.kind === 'map') return root
  fault({ path, line: 1 }, 'theme-yaml', 'the file holds no keys', 'a theme begins with `extends: house`')
  return undefined
}

/** `over` laid on `under`: maps are joined key by key, anything else is replaced. Both stay as they are. */
export function merge(under: MapNode, over: MapNode): MapNode {
  const entries = new Map(under.entries)
  for (const [key, node] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below?.kind === 'map' && node.kind === 'map' ? merge(below, node) : node)
  }
  return { kind: 'map', place: over.place, entries }
}
