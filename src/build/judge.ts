// In: what a caller of the library asked for. Out: the same, known to be of the right kinds, or what is wrong with it.
import { type Diagnostic, error, NOWHERE, nearest } from '../diagnostic.js'
import type { Source } from '../folder.js'
import { EDITION_NAMES, type EditionName } from '../model/editions.js'
import type { BuildOptions } from './options.js'

function isFilePath(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.includes('\0')
}

export function isQueue(value: unknown): boolean {
  return typeof value === 'string' && /^rediss?:\/\/./.test(value) && URL.canParse(value)
}

/** Of an option: what it must be, and whether it is. */
export type Kind = readonly [string, (value: unknown) => boolean]

const A_FUNCTION: Kind = ['a function', (value) => typeof value === 'function']
export const KINDS_OF = {
  function: A_FUNCTION,
  folder: ['the path of a folder', isFilePath],
  file: ['the path of a file', isFilePath],
  text: ['a text', (value) => typeof value === 'string' && value !== ''],
} as const satisfies { readonly [name: string]: Kind }

/** What `build` takes. */
export const KINDS: { readonly [name in keyof Required<BuildOptions>]: Kind } = {
  book: ['the path of a folder or of a Markdown file', isFilePath],
  source: ['a map of texts or bytes, by their paths', (value) => filesOf(value) !== undefined],
  strict: ['true or false', (value) => typeof value === 'boolean'],
  progress: A_FUNCTION,
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  limits: ['an object', (value) => typeof value === 'object' && value !== null],
  editions: ['a list of names', Array.isArray],
  out: ['the path of a folder, or false', (value) => value === false || isFilePath(value)],
}

/** What is wrong, as findings with the code `usage`; none if nothing is. */
export function judge(options: unknown, known: readonly (keyof BuildOptions)[]): Diagnostic[] {
  return judgeBy(options, Object.fromEntries(known.map((name) => [name, KINDS[name]])))
}

/** The same of any options. `needed`: those that cannot be left out. */
export function judgeBy<N extends string>(
  options: unknown,
  kinds: { readonly [name in N]: Kind },
  needed: readonly N[] = [],
): Diagnostic[] {
  const known = Object.keys(kinds) as N[]
  const found: Diagnostic[] = []
  const say = (message: string, hint: string) => error((one) => found.push(one), 'usage', NOWHERE, message, hint)
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    say('the options are no object', `write \`{ ${known[0]}: 'my-book' }\``)
    return found
  }
  for (const [name, value] of Object.entries(options)) {
    const option = known.find((one) => one === name)
    if (option === undefined) {
      const like = nearest(name, known)
      say(
        `there is no option \`${name}\``,
        like === undefined ? `there are ${listed(known)}` : `did you mean \`${like}\`?`,
      )
    } else if (value !== undefined && !kinds[option][1](value)) {
      say(`the option \`${name}\` must be ${kinds[option][0]}`, `it is ${kindOf(value)}`)
    }
  }
  const given = new Map(Object.entries(options))
  for (const name of needed)
    if (given.get(name) === undefined) say(`the option \`${name}\` is missing`, `it must be ${kinds[name][0]}`)
  if ('editions' in options && Array.isArray(options.editions)) {
    if (options.editions.length === 0) say('the list of editions is empty', `there are ${listed(EDITION_NAMES)}`)
    for (const name of new Set<unknown>(options.editions)) {
      if (EDITION_NAMES.includes(name as EditionName)) continue
      const like = typeof name === 'string' ? nearest(name, EDITION_NAMES) : undefined
      say(
        `no edition \`${String(name)}\``,
        like === undefined ? `there are ${listed(EDITION_NAMES)}` : `did you mean \`${like}\`?`,
      )
    }
  }
  for (const path of filesOf((options as BuildOptions).source)?.keys() ?? [])
    if (!isPath(path))
      say(`\`${path}\` is no path in a book folder`, 'write it without dots, parted by `/`: chapters/one.md')
  return found
}

function listed(names: readonly string[]): string {
  return names.map((each) => `\`${each}\``).join(', ')
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `the ${typeof value} \`${String(value)}\``
}

function isPath(path: string): boolean {
  return !/[\\\u0000-\u001f]|^[~/]|^[a-z]+:/i.test(path) && path.split('/').every((part) => !/^\.{0,2}$/.test(part))
}

/** The files in memory as bytes; undefined if they are none. */
export function filesOf(source: unknown): Source['over'] | undefined {
  if (source === undefined) return new Map()
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return undefined
  const files = new Map<string, Uint8Array>()
  for (const [path, content] of source instanceof Map ? source : Object.entries(source)) {
    if (typeof path !== 'string') return undefined
    if (typeof content === 'string') files.set(path, Buffer.from(content))
    // One that was handed to a thread has nothing left.
    else if (content instanceof Uint8Array) files.set(path, content.length === 0 ? new Uint8Array() : content)
    else return undefined
  }
  return files
}
