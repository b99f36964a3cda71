// A small tree of texts, lists and maps that knows the line of everything: what YAML is read into.

export type Value =
  /** `plain`: written without quotes, so `true`, `false` and numbers may be meant as such. */
  | { kind: 'text'; line: number; text: string; plain: boolean }
  | { kind: 'list'; line: number; items: Value[] }
  | { kind: 'map'; line: number; entries: Entry[] }
  /** A key without a value. */
  | { kind: 'nothing'; line: number }

export interface Entry {
  key: string
  line: number
  value: Value
}
