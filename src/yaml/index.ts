// In: YAML as the author wrote it. Out: a small tree of texts, lists and maps that knows the line of everything.
import type { Report } from '../diagnostic.js'
import { parsePlainYaml } from './plain.js'
import type { Value } from './value.js'

export type { Entry, Value } from './value.js'

/** `first`: the line of the file on which `text` begins. Faults are reported as `bad-yaml`; undefined if there is no tree to speak of. */
export async function parseYaml(text: string, path: string, first: number, report: Report): Promise<Value | undefined> {
  const plain = parsePlainYaml(text, first)
  if (plain !== undefined) return plain
  const { parseFullYaml } = await import('./full.js')
  return parseFullYaml(text, path, first, report)
}
