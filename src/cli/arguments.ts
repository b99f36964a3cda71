// In: the words of the command line. Out: what is asked, or what is wrong with it and what to do instead.
import { parseArgs } from 'node:util'
import { isQueue } from '../build/judge.js'
import { nearest } from '../diagnostic.js'
import { EDITION_NAMES, type EditionName } from '../model/editions.js'
import type { PreviewRequest } from './live.js'
import { SCHEMAS, type SchemaName } from './schema-text.js'

/** `book`: undefined if none was named; '-' for standard input. */
interface OfBook {
  book: string | undefined
  editions: EditionName[] | undefined
  strict: boolean
  json: boolean
  quiet: boolean
  limits: { time?: number; memory?: number }
}

/** How the books of a shelf are made. */
interface Work {
  /** Undefined: the user's own. */
  store: string | undefined
  /** Megabytes. */
  storeSize: number | undefined
  jobs: number | undefined
  untrusted: boolean
  /** `s3://…`, behind the store. */
  bucket: string | undefined
  queue: string | undefined
}

/** Of a shelf. */
interface Share {
  shard: { index: number; of: number } | undefined
  join: boolean
}

export type Request =
  | ({ command: 'build'; out: string; watch: boolean } & OfBook)
  | ({ command: 'preview' } & PreviewRequest)
  | ({ command: 'check' } & OfBook)
  | { command: 'init'; folder: string }
  | ({ command: 'publish'; out: string; address: string | undefined; key: string | undefined } & Work & Share & OfBook)
  | ({ command: 'worker'; queue: string; patience: number | undefined } & Work & OfBook)
  | ({ command: 'verify'; site: string; rebuild: string | undefined; publicKey: string | undefined } & OfBook)
  /** `show`: the theme whose specimen is built. */
  | ({ command: 'themes'; show: string | undefined; out: string } & Omit<OfBook, 'book'>)
  | { command: 'schema'; of: SchemaName }
  | { command: 'help'; about: Command | undefined }
  | { command: 'version' }
  | { command: 'wrong'; message: string; hint: string; json: boolean }

export type Command = 'build' | 'check' | 'preview' | 'init' | 'publish' | 'worker' | 'verify' | 'themes' | 'schema'

const COMMANDS: readonly Command[] = [
  ...(['build', 'check', 'preview', 'init', 'publish', 'worker', 'verify', 'themes', 'schema'] as const),
]

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  edition: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  'time-limit': { type: 'string' },
  'memory-limit': { type: 'string' },
  address: { type: 'string' },
  key: { type: 'string' },
  'public-key': { type: 'string' },
  rebuild: { type: 'string' },
  store: { type: 'string' },
  'store-size': { type: 'string' },
  jobs: { type: 'string', short: 'j' },
  untrusted: { type: 'boolean' },
  queue: { type: 'string' },
  patience: { type: 'string' },
  shard: { type: 'string' },
  join: { type: 'boolean' },
  watch: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  open: { type: 'boolean' },
  site: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

type OptionName = keyof typeof OPTIONS

const TAKES: Record<Command, readonly OptionName[]> = {
  build: ['out', 'edition', 'strict', 'json', 'quiet', 'time-limit', 'memory-limit', 'watch'],
  check: ['edition', 'strict', 'json', 'quiet', 'time-limit', 'memory-limit'],
  preview: ['port', 'host', 'open', 'site', 'time-limit', 'memory-limit'],
  init: [],
  publish: [
    ...['out', 'address', 'key', 'edition', 'strict', 'json', 'quiet', 'time-limit', 'memory-limit'],
    ...['store', 'store-size', 'jobs', 'untrusted', 'queue', 'shard', 'join'],
  ] as OptionName[],
  worker: ['queue', 'patience', 'store', 'jobs', 'untrusted', 'quiet', 'time-limit', 'memory-limit'],
  verify: ['rebuild', 'public-key', 'json', 'quiet', 'time-limit', 'memory-limit'],
  themes: ['out', 'edition'],
  schema: [],
}

/** What was said that cannot be, and what to say instead. */
interface Wrong {
  message: string
  hint: string
}

/** What was written after each option; nothing after one that is a word by itself. */
type Values = Partial<Record<OptionName, string[]>>

type Tokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>

/** `words` as after `octavo`. Never throws. `environment`: where engines say which share is to be made. */
export function understand(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Request {
  const { tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const places = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const command = COMMANDS.find((each) => each === places[0])
  const values = valuesOf(tokens, command)
  const request = isWrong(values) ? values : requestOf(places, command, values, environment)
  if (!isWrong(request)) return request
  const json = tokens.some((token) => token.kind === 'option' && token.name === 'json')
  return { command: 'wrong', ...request, json }
}

function wrong(message: string, hint: string): Wrong {
  return { message, hint }
}

function isWrong(of: object): of is Wrong {
  return Object.hasOwn(of, 'hint')
}

function valuesOf(tokens: Tokens, command: Command | undefined): Values | Wrong {
  const known = command === undefined ? Object.keys(OPTIONS) : [...TAKES[command], 'help', 'version']
  const values: Values = {}
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
        return wrong(`\`--${name}\` needs a value`, valueHint(name))
      ;(values[name] ??= []).push(value)
    } else {
      if (token.value !== undefined) return wrong(`\`--${name}\` takes no value`, `write just \`--${name}\``)
      values[name] = []
    }
  }
  return values
}

/** `places`: the words that are no options; the first is the command's name. */
function requestOf(
  places: readonly string[],
  command: Command | undefined,
  values: Values,
  environment: NodeJS.ProcessEnv,
): Request | Wrong {
  if (values.help !== undefined) return { command: 'help', about: command }
  if (values.version !== undefined) return { command: 'version' }
  if (places[0] === 'help') return helpOn(places[1])
  if (command === undefined) return noCommand(places[0])
  const shows = command === 'themes' && places.length === 3 && places[1] === 'show'
  if (command === 'themes' && places.length > 1 && !shows)
    return wrong('`octavo themes` lists them', 'and `octavo themes show NAME` builds the specimen of one')
  const [folder, ...others] = places.slice(shows ? 2 : 1)
  if (others.length > 0)
    return wrong(
      `too many names: \`${others.join('`, `')}\``,
      `\`octavo ${command}\` takes one; quote a name that has spaces`,
    )
  if (folder === '') return wrong('the name of the book is empty', `see \`octavo ${command} --help\``)
  if (command === 'init') return { command, folder: folder ?? '.' }
  if (command === 'schema') return schemaOf(folder)
  const amounts = amountsOf(values)
  if (isWrong(amounts)) return amounts
  if (command === 'preview') return previewOf(folder, values, amounts.limits)
  const editions = editionsOf(values)
  if (editions !== undefined && isWrong(editions)) return editions
  const [strict, json, quiet] = [values.strict, values.json, values.quiet].map((each) => each !== undefined)
  const asked: OfBook = {
    ...{ book: folder, editions, strict: strict!, json: json!, quiet: quiet!, limits: amounts.limits },
  }
  if (command === 'publish' || command === 'worker') return shelfOf(command, asked, amounts.work, values, environment)
  const last = (name: OptionName) => values[name]?.at(-1)
  switch (command) {
    case 'check':
      return { command, ...asked }
    case 'build': {
      const watch = values.watch !== undefined
      if (watch && folder === '-') return wrong(...UNWATCHED)
      return { command, ...asked, out: last('out') ?? 'out', watch }
    }
    case 'verify':
      return { command, ...asked, site: folder ?? 'site', rebuild: last('rebuild'), publicKey: last('public-key') }
    case 'themes':
      return { command, ...asked, show: folder, out: last('out') ?? 'out' }
  }
}

function noCommand(word: string | undefined): Wrong {
  if (word === undefined)
    return wrong(
      'no command',
      'say `octavo build`, `octavo check`, `octavo preview` or `octavo init DIR`; `octavo --help` says more',
    )
  const like = nearest(word, [...COMMANDS, 'help'])
  return wrong(
    `no command \`${word}\``,
    like === undefined
      ? `to build a book, say \`octavo build ${word}\`; the commands are ${commands()}`
      : `did you mean \`octavo ${like}\`?`,
  )
}

function schemaOf(name: string | undefined): Request | Wrong {
  const of = SCHEMAS.find((each) => each === name)
  if (of !== undefined) return { command: 'schema', of }
  const message = name === undefined ? 'a schema of what?' : `there is no schema of \`${name}\``
  return wrong(message, 'say `octavo schema book`, or `octavo schema theme`')
}

interface Amounts {
  limits: OfBook['limits']
  work: { storeSize?: number; jobs?: number; patience?: number }
}

function amountsOf(values: Values): Amounts | Wrong {
  const { limits, work }: Amounts = { limits: {}, work: {} }
  for (const [name, put, read] of [
    ['time-limit', (amount: number) => (limits.time = amount), secondsOf],
    ['memory-limit', (amount: number) => (limits.memory = amount), megabytesOf],
    ['store-size', (amount: number) => (work.storeSize = amount), megabytesOf],
    ['jobs', (amount: number) => (work.jobs = amount), countOf],
    ['patience', (amount: number) => (work.patience = amount), secondsOf],
  ] as const) {
    const value = values[name]?.at(-1)
    if (value === undefined) continue
    const amount = read(value)
    if (amount === undefined) return wrong(`\`--${name}\` cannot be \`${value}\``, valueHint(name))
    put(amount)
  }
  return { limits, work }
}

const UNWATCHED = ['standard input cannot be watched', 'name a folder, or a file of Markdown'] as const

function previewOf(book: string | undefined, values: Values, limits: OfBook['limits']): Request | Wrong {
  const value = values.port?.at(-1)
  const port = value === undefined ? undefined : Number(value)
  if (port !== undefined && !(/^\d{1,5}$/.test(value!) && port < 65536))
    return wrong(`\`--port\` cannot be \`${value}\``, valueHint('port'))
  if (book === '-') return wrong(...UNWATCHED)
  const [host, site] = [values.host?.at(-1), values.site?.at(-1)]
  return { command: 'preview', book, port, host, open: values.open !== undefined, site, limits }
}

/** Undefined: those that the manifest says. */
function editionsOf(values: Values): EditionName[] | Wrong | undefined {
  let editions: EditionName[] | undefined
  for (const name of (values.edition ?? []).flatMap((list) => list.split(',')).map((each) => each.trim())) {
    const edition = EDITION_NAMES.find((each) => each === name)
    if (edition === undefined) {
      const like = nearest(name, EDITION_NAMES)
      return wrong(`no edition \`${name}\``, like === undefined ? editionsHint() : `did you mean \`${like}\`?`)
    }
    editions ??= []
    if (!editions.includes(edition)) editions.push(edition)
  }
  return editions
}

/** To publish a shelf, or to work for others that publish theirs. */
function shelfOf(
  command: 'publish' | 'worker',
  asked: OfBook,
  { storeSize, jobs, patience }: Amounts['work'],
  values: Values,
  environment: NodeJS.ProcessEnv,
): Request | Wrong {
  const last = (name: OptionName) => values[name]?.at(-1)
  const isBucket = (place: string) => place.startsWith('s3://')
  const made = {
    ...{ storeSize, jobs, untrusted: values.untrusted !== undefined },
    store: values.store?.findLast((place) => !isBucket(place)),
    bucket: values.store?.findLast(isBucket),
  }
  const queue = last('queue')
  if (queue !== undefined && !isQueue(queue)) return wrong('the queue is no address of a Redis', valueHint('queue'))
  if (command === 'worker') {
    if (queue === undefined) return wrong('a worker of which queue?', valueHint('queue'))
    return { command, ...asked, ...made, queue, patience }
  }
  const shard = shardOf(last('shard'), environment)
  if (shard === 'wrong') return wrong(`\`--shard\` cannot be \`${last('shard')}\``, valueHint('shard'))
  return {
    ...{ command, ...asked, out: last('out') ?? 'site', address: last('address'), key: last('key') },
    ...{ ...made, queue, shard, join: values.join !== undefined },
  }
}

/** '2/8'; or 'auto/8', 'auto': which it is stands in the environment, of a Kubernetes Indexed Job or a SLURM array. */
function shardOf(
  value: string | undefined,
  environment: NodeJS.ProcessEnv,
): { index: number; of: number } | 'wrong' | undefined {
  if (value === undefined) return undefined
  const [, which, count] = /^(auto|\d{1,6})(?:\/(\d{1,6}))?$/.exec(value) ?? []
  const number = (name: string) => (/^\d+$/.test(environment[name] ?? '') ? Number(environment[name]) : undefined)
  const first = number('SLURM_ARRAY_TASK_MIN') ?? 1
  const kubernetes = number('JOB_COMPLETION_INDEX')
  const slurm = number('SLURM_ARRAY_TASK_ID')
  const own = kubernetes !== undefined ? kubernetes + 1 : slurm === undefined ? undefined : slurm - first + 1
  const index = which === 'auto' ? own : Number(which)
  const of = count === undefined ? (which === 'auto' ? number('SLURM_ARRAY_TASK_COUNT') : undefined) : Number(count)
  return index !== undefined && of !== undefined && index >= 1 && index <= of ? { index, of } : 'wrong'
}

function helpOn(word: string | undefined): Request | Wrong {
  const about = COMMANDS.find((each) => each === word)
  if (word === undefined || about !== undefined) return { command: 'help', about }
  const like = nearest(word, COMMANDS)
  const hint = like === undefined ? `there are ${commands()}` : `did you mean \`octavo help ${like}\`?`
  return wrong(`no command \`${word}\``, hint)
}

/** For a hint. */
function commands(): string {
  const all = COMMANDS.map((each) => `\`${each}\``)
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

function nameOf(word: string): OptionName | undefined {
  const short = { h: 'help', v: 'version', q: 'quiet', o: 'out', j: 'jobs' } as const
  if (Object.hasOwn(short, word)) return short[word as keyof typeof short]
  return Object.hasOwn(OPTIONS, word) ? (word as OptionName) : undefined
}

function valueHint(name: OptionName): string {
  if (name === 'out') return 'name a folder: `--out DIR`'
  if (name === 'port') return 'write a number: `--port 4711`; 0 is any that is free'
  if (name === 'host') return 'name an address of this machine: `--host 0.0.0.0`'
  if (name === 'time-limit') return 'write seconds or minutes: `--time-limit 90`, `--time-limit 5m`'
  if (name === 'address') return 'write where the site will be: `--address https://books.example.org/`'
  if (name === 'key' || name === 'public-key') return `name a file that minisign has made: \`--${name} FILE\``
  if (name === 'rebuild') return 'name the folder of the book or shelf: `--rebuild SHELF`'
  if (name === 'store') return 'name a folder, or a bucket: `--store DIR`, `--store s3://bucket/prefix`'
  if (name === 'queue') return 'name a Redis: `--queue redis://host:6379`'
  if (name === 'patience') return 'write seconds or minutes: `--patience 30`'
  if (name === 'shard')
    return 'write which share of how many: `--shard 2/8`; or `--shard auto/8` in a Kubernetes Indexed Job or a SLURM array'
  if (name === 'store-size') return 'write megabytes or gigabytes: `--store-size 500M`, `--store-size 20G`'
  if (name === 'jobs') return 'write how many books are made at the same time: `--jobs 4`'
  if (name === 'memory-limit') return 'write megabytes or gigabytes: `--memory-limit 512M`, `--memory-limit 2G`'
  return editionsHint()
}

/** '90', '90s', '5m', '1h'. */
function secondsOf(value: string): number | undefined {
  const found = /^(\d{1,7})([smh]?)$/.exec(value)
  const seconds =
    found === null ? 0 : Number(found[1]) * { '': 1, s: 1, m: 60, h: 3600 }[found[2] as '' | 's' | 'm' | 'h']
  return seconds > 0 ? seconds : undefined
}

/** '512', '512M', '2G'. */
function megabytesOf(value: string): number | undefined {
  const found = /^(\d{1,7})([MG]?)B?$/i.exec(value)
  const megabytes = found === null ? 0 : Number(found[1]) * (/g/i.test(found[2]!) ? 1024 : 1)
  return megabytes > 0 ? megabytes : undefined
}

function countOf(value: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(value) ? Number(value) : undefined
}

function editionsHint(): string {
  return `there are ${EDITION_NAMES.map((each) => `\`${each}\``).join(', ')}`
}
