// In: the words of the command line. Out: what is asked, or what is wrong with it and what to do instead.
import { parseArgs } from 'node:util'
import type { EditionName } from '../build.js'
import { nearest } from './nearest.js'

export type Request =
  | { command: 'build'; book: string; out: string; editions: EditionName[] | undefined; strict: boolean; json: boolean }
  | { command: 'check'; book: string; strict: boolean; json: boolean }
  | { command: 'init'; folder: string }
  | { command: 'help'; about: Command | undefined }
  | { command: 'version' }
  | { command: 'wrong'; message: string; hint: string; json: boolean }

export type Command = 'build' | 'check' | 'init'

const COMMANDS: readonly Command[] = ['build', 'check', 'init']

/** All that `--edition` takes, in the order of the manual. */
export const EDITIONS: readonly EditionName[] = ['epub', 'pdf', 'print', 'booklet']

const OPTIONS = {
  out: { type: 'string' },
  edition: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

type OptionName = keyof typeof OPTIONS

const TAKES: Record<Command, readonly OptionName[]> = {
  build: ['out', 'edition', 'strict', 'json'],
  check: ['strict', 'json'],
  init: [],
}

/** `words` as after `octavo`. Never throws. */
export function understand(words: readonly string[]): Request {
  const { tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const json = tokens.some((token) => token.kind === 'option' && token.name === 'json')
  const wrong = (message: string, hint: string): Request => ({ command: 'wrong', message, hint, json })

  const places = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const command = COMMANDS.find((each) => each === places[0])
  const known = command === undefined ? Object.keys(OPTIONS) : [...TAKES[command], 'help', 'version']
  const values: Partial<Record<OptionName, string[]>> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const name = nameOf(token.name)
    const spec = name === undefined ? undefined : OPTIONS[name]
    if (name === undefined || spec === undefined || !known.includes(name)) {
      const like = nearest(token.name, known)
      const where = command === undefined ? 'octavo' : `octavo ${command}`
      return wrong(
        `\`${where}\` has no option \`${token.rawName}\``,
        like === undefined ? `see \`${where} --help\`` : `did you mean \`--${like}\`?`,
      )
    }
    if (spec.type === 'string') {
      // A word that begins with a dash is the next option, not this one's value, unless it was tied to it with `=`.
      const value = token.value
      if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('-')))
        return wrong(`\`--${name}\` needs a value`, name === 'out' ? 'name a folder: `--out DIR`' : editionsHint())
      ;(values[name] ??= []).push(value)
    } else {
      if (token.value !== undefined) return wrong(`\`--${name}\` takes no value`, `write just \`--${name}\``)
      values[name] = []
    }
  }

  if (values.help !== undefined) return { command: 'help', about: command }
  if (values.version !== undefined) return { command: 'version' }
  if (places[0] === undefined)
    return wrong('no command', 'say `octavo build`, `octavo check` or `octavo init DIR`; `octavo --help` says more')
  if (command === undefined) {
    const like = nearest(places[0], COMMANDS)
    return wrong(
      `no command \`${places[0]}\``,
      like === undefined
        ? 'there are `build`, `check` and `init`; `octavo --help` says more'
        : `did you mean \`octavo ${like}\`?`,
    )
  }
  if (places.length > 2)
    return wrong(
      `too many names: \`${places.slice(2).join('`, `')}\``,
      `\`octavo ${command}\` takes one folder; quote a name that has spaces`,
    )
  const folder = places[1]
  if (folder === '') return wrong('the name of the folder is empty', `see \`octavo ${command} --help\``)
  if (command === 'init') {
    return folder === undefined ? wrong('no folder to make a book in', 'say `octavo init DIR`') : { command, folder }
  }

  const book = folder ?? 'book'
  const strict = values.strict !== undefined
  if (command === 'check') return { command, book, strict, json }
  let editions: EditionName[] | undefined
  for (const name of (values.edition ?? []).flatMap((list) => list.split(',')).map((each) => each.trim())) {
    const edition = EDITIONS.find((each) => each === name)
    if (edition === undefined) {
      const like = nearest(name, EDITIONS)
      return wrong(`no edition \`${name}\``, like === undefined ? editionsHint() : `did you mean \`${like}\`?`)
    }
    editions ??= []
    if (!editions.includes(edition)) editions.push(edition)
  }
  return { command, book, out: values.out?.at(-1) ?? 'out', editions, strict, json }
}

function nameOf(word: string): OptionName | undefined {
  if (word === 'h') return 'help'
  if (word === 'v') return 'version'
  return Object.hasOwn(OPTIONS, word) ? (word as OptionName) : undefined
}

function editionsHint(): string {
  return `there are ${EDITIONS.map((each) => `\`${each}\``).join(', ')}`
}
