// YAML text in; a tree of plain nodes out, each with its place, for merging and checking.
import { error, type Place, type Report } from '../diagnostic.js'
import { parseYaml, type Value } from '../yaml/index.js'

export type Scalar = string | number | boolean | null

export type Node =
  | { kind: 'scalar'; place: Place; value: Scalar }
  | { kind: 'list'; place: Place; items: Node[] }
  | { kind: 'map'; place: Place; entries: Map<string, Node> }

export type MapNode = Extract<Node, { kind: 'map' }>

/** The file's map, or undefined if it is no readable map (each fault reported with its line, as `theme-yaml`). */
export async function parseTree(text: string, path: string, report: Report): Promise<MapNode | undefined> {
  let faults = 0
  const tree = await parseYaml(text, path, 1, (fault) => {
    faults++
    report({ ...fault, code: 'theme-yaml' })
  })
  if (faults > 0) return undefined
  if (tree?.kind === 'map') return toMap(tree, { path, line: tree.line })
  error(report, 'theme-yaml', { path, line: 1 }, 'the file holds no keys', 'a theme begins with `extends: house`')
  return undefined
}

/** A value's place is its key's: that is the line a person looks for. */
function toNode(value: Value, place: Place): Node {
  if (value.kind === 'map') return toMap(value, place)
  const { path } = place
  if (value.kind === 'list')
    return { kind: 'list', place, items: value.items.map((each) => toNode(each, { path, line: each.line })) }
  return { kind: 'scalar', place, value: value.kind === 'text' ? toScalar(value) : null }
}

function toMap({ entries }: Extract<Value, { kind: 'map' }>, place: Place): MapNode {
  const { path } = place
  return {
    kind: 'map',
    place,
    entries: new Map(entries.map(({ key, line, value }) => [key, toNode(value, { path, line })])),
  }
}

/** What a word without quotation marks means: YAML 1.2, 10.3.2. */
function toScalar({ text, plain }: Extract<Value, { kind: 'text' }>): Scalar {
  if (!plain) return text
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (/^(?:null|Null|NULL|~)$/.test(text)) return null
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text
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
