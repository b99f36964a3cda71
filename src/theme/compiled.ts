// An installed theme's text in; its tree out, if the bundle was built with it. Parsing YAML costs a tenth of a second in
// a fresh process, so `scripts/themes.js` writes the trees of `assets/themes/*.yaml` to `dist/themes/`, each with the text it was
// made from. A theme that was edited since does not match its text and is parsed as always.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MapNode, Node, Scalar } from './yaml.js'

/** `[line, value]`: a scalar, a list of such pairs, or a map of them. */
export type Packed = [line: number, value: Scalar | Packed[] | { [key: string]: Packed }]

export interface PackedTheme {
  text: string
  tree: Packed
}

export function pack(node: Node): Packed {
  if (node.kind === 'scalar') return [node.place.line, node.value]
  if (node.kind === 'list') return [node.place.line, node.items.map(pack)]
  return [node.place.line, Object.fromEntries([...node.entries].map(([key, entry]) => [key, pack(entry)]))]
}

function unpack([line, value]: Packed, path: string): Node {
  const place = { path, line }
  if (Array.isArray(value)) return { kind: 'list', place, items: value.map((item) => unpack(item, path)) }
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', place, value }
  const entries = new Map<string, Node>()
  for (const key of Object.keys(value)) entries.set(key, unpack(value[key]!, path))
  return { kind: 'map', place, entries }
}

/** Once in a process: it is not to be changed. */
const read = new Map<string, { text: string; tree: Node } | undefined>()

/** Undefined if there is no bundle, or it was built from another text. */
export function compiledTree(name: string, text: string, path: string): MapNode | undefined {
  if (!read.has(name)) read.set(name, readCompiled(name, path))
  const found = read.get(name)
  return found?.text === text && found.tree.kind === 'map' ? found.tree : undefined
}

function readCompiled(name: string, path: string): { text: string; tree: Node } | undefined {
  const here = dirname(fileURLToPath(import.meta.url))
  // The bundle is split: this module may stand in a folder of chunks.
  const file = [here, dirname(here)].map((dir) => join(dir, 'themes', `${name}.json`)).find((path) => existsSync(path))
  if (file === undefined) return undefined
  const { text, tree } = JSON.parse(readFileSync(file, 'utf8')) as PackedTheme
  return { text, tree: unpack(tree, path) }
}
