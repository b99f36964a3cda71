// The schemas that editors complete and explain the keys with: whatever Octavo takes they take, and what it refuses for its kind they
// refuse; judged by ajv, which knows nothing of us.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Diagnostic } from '../src/diagnostic.js'
import { readBook } from '../src/read/index.js'
import { MANIFEST } from '../src/read/manifest/keys.js'
import { loadTheme } from '../src/theme/index.js'
import { KEYS } from '../src/theme/schema.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
const COMMAND = join(ROOT, 'dist/cli.js')
interface Schema {
  description?: string
  default?: unknown
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  definitions?: Record<string, Schema>
}
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const schemas: Record<'book' | 'theme', Schema> = {
  book: JSON.parse(read('dist/schema/book.json')),
  theme: JSON.parse(read('dist/schema/theme.json')),
}
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })
const [book, theme] = [ajv.compile(schemas.book), ajv.compile(schemas.theme)]

/** Codes of values that are of the wrong kind, whatever stands in the book's folder. */
const KIND = ['unknown-key', 'wrong-type', 'missing-title', 'empty-body', 'bad-length', 'unknown-code']

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => existsSync(join(ROOT, path)))

/** What Octavo says of the manifest alone. */
async function refusals(source: Parameters<typeof readBook>[0], manifest = 'book.yaml'): Promise<string[]> {
  const said: Diagnostic[] = []
  await readBook(source, (one) => said.push(one))
  return said
    .filter(({ path, severity }) => path === manifest && severity === 'error')
    .map(({ code, hint }) => (/^it can be from /.test(hint) ? 'out-of-range' : code))
}

const manifests = tracked.filter((path) => /(^|\/)book\.ya?ml$/.test(path))

test('every manifest of the repository is taken as Octavo takes it', async () => {
  expect(manifests.length).toBeGreaterThan(60)
  const strange: string[] = []
  let wrong = 0
  for (const path of manifests) {
    const codes = await refusals(join(ROOT, dirname(path)))
    if (codes.includes('bad-yaml')) continue
    const taken = book(parse(read(path)))
    if (codes.length === 0 && !taken) strange.push(`${path}: ${ajv.errorsText(book.errors)}`)
    if (codes.some((code) => KIND.includes(code))) {
      wrong++
      if (taken) strange.push(`${path}: taken, and Octavo says ${codes}`)
    }
  }
  expect(strange).toEqual([])
  expect(wrong).toBeGreaterThan(3)
})

const bytes = (text: string) => new TextEncoder().encode(text)

const BASE = { title: 'A Book', language: 'en', date: '2026-01-31', body: ['one.md'] }
const POOL = ['a text', '3mm', 3, 1.5, 1000, true, null, ['a', 'b'], [], { strange: 1 }, [{ strange: 1 }], [[1]]]

/** The manifest with a value at a path of keys, in which `0` is the first of a list. */
function withValue(path: readonly string[], value: unknown): object {
  const [key, ...rest] = path
  if (key === undefined) return value as object
  const below = rest.length === 0 ? value : withValue(rest, value)
  return key === '0' ? [below] : ({ [key]: below } as object)
}

const NEEDED: Record<string, object> = {
  authors: { name: 'A' },
  contributors: { name: 'A', role: 'trl' },
  subjects: { name: 'A', scheme: 'BISAC', code: 'FIC' },
  series: { name: 'A' },
  copyright: { year: 2026 },
  body: { file: 'one.md' },
}

/** Every key at the top, and every key of the maps below. */
const PATHS: { path: string[]; needed: object }[] = Object.entries(MANIFEST).flatMap(([key, { shape }]) => {
  const all = [{ path: [key], needed: {} as object }]
  const visit = (one: typeof shape, path: string[]): void => {
    if (one.is === 'either') for (const each of one.of) visit(each, path)
    else if (one.is === 'some') visit(one.of, [...path, '0'])
    else if (one.is === 'map')
      for (const [name, each] of Object.entries(one.keys)) {
        all.push({ path: [...path, name], needed: NEEDED[key] ?? {} })
        visit(each.shape, [...path, name])
      }
  }
  visit(shape, [key])
  return all
})

test('of every key, a value of the wrong kind is refused by both, and one of the right kind by neither', async () => {
  expect(PATHS.length).toBeGreaterThan(70)
  const strange: string[] = []
  for (const { path, needed } of PATHS)
    for (const value of POOL) {
      const last = path.at(-1)!
      const holder = path.length === 1 ? {} : { ...needed, [last]: value }
      const made = path.length === 1 ? { [last]: value } : withValue(path.slice(0, -1), holder)
      const manifest = { ...BASE, ...made }
      const codes = await refusals(
        {
          dir: undefined,
          over: new Map([
            ['book.json', bytes(JSON.stringify(manifest))],
            ['one.md', bytes('# One\n\nText.\n')],
          ]),
        },
        'book.json',
      )
      const refused = codes.some((code) => KIND.includes(code))
      const taken = book(manifest)
      // What a text must look like, Octavo says by other codes.
      if (refused ? taken : codes.length === 0 && !taken)
        strange.push(
          `${path.join('.')}: ${JSON.stringify(value)}: ${taken ? 'taken' : ajv.errorsText(book.errors)}; Octavo: ${codes}`,
        )
    }
  expect(strange).toEqual([])
})

test.each([
  ['a slip of the pen', { ...BASE, titel: 'A' }],
  ['a part with a file', { ...BASE, body: [{ part: 'One', file: 'one.md' }] }],
  ['a role that is none', { ...BASE, body: [{ file: 'one.md', role: 'chaptre' }] }],
  ['a setting of another edition', { ...BASE, editions: { epub: { bleed: '3mm' } } }],
  ['a code that can be neither ignored nor forgiven', { ...BASE, ignore: ['bad-yaml'] }],
  ['a day that is none', { ...BASE, date: '31 January' }],
  ['no title', { language: 'en', body: ['one.md'] }],
])('%s is refused', (_, manifest) => {
  expect(book(BASE)).toBe(true)
  expect(book(manifest)).toBe(false)
})

const themes = tracked.filter((path) => /(^assets\/themes\/|(^|\/)look)[\w-]*\.yaml$/.test(path))

test('every theme of the repository is taken, and a faulty one is not', async () => {
  expect(themes.length).toBeGreaterThan(2)
  for (const path of themes) {
    const said: Diagnostic[] = []
    const name = path.startsWith('assets/themes/') ? path.slice(14, -5) : path.slice(dirname(path).length + 1)
    await loadTheme(name, join(ROOT, dirname(path)), (one) => said.push(one))
    if (said.some(({ severity }) => severity === 'error')) continue
    expect({ path, taken: theme(parse(read(path))), why: ajv.errorsText(theme.errors) }).toMatchObject({ taken: true })
  }
  for (const wrong of [
    { extends: 'house', page: { widht: '10 cm' } },
    { extends: 'house', page: { width: '10' } },
    { extends: 'house', styles: { bodie: {} } },
    { extends: 'house', styles: { body: { caps: 'tall' } } },
    { extends: 'house', styles: { body: { like: 'nobody' } } },
    { extends: 'house', colours: { ink: 'black' } },
  ])
    expect({ wrong, taken: theme(wrong) }).toEqual({ wrong, taken: false })
})

/** Every key with its path. */
function keysIn(schema: Schema, path: string): [path: string, schema: Schema][] {
  const below = [schema.items, ...(schema.anyOf ?? []), ...Object.values(schema.definitions ?? {})]
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]): [string, Schema][] => [
      [`${path}.${name}`, one],
      ...keysIn(one, `${path}.${name}`),
    ]),
    ...below.flatMap((one) => (one === undefined ? [] : keysIn(one, path))),
  ]
}

test('every key has words that explain it, and the house theme’s value as default', () => {
  const all = [...keysIn(schemas.book, 'book'), ...keysIn(schemas.theme, 'theme')]
  expect(all.length).toBeGreaterThan(200)
  // What the theme is free to call as it likes has no words of ours.
  const silent = all.filter(
    ([path, { description }]) => !description && !/^theme\.(faces|colours|sizes)\.[\w-]+$/.test(path),
  )
  expect(silent.map(([path]) => path)).toEqual([])
  expect(Object.keys(schemas.theme.properties!).sort()).toEqual([...KEYS.top].sort())
  const { page, notes } = schemas.theme.properties!
  expect([page!.properties!['width']!.default, notes!.properties!['hang']!.default]).toEqual(['148 mm', 4])
})

test('the command prints them, and `octavo init` puts one beside the book, whose first line names it', () => {
  const octavo = (...words: string[]) => spawnSync(process.execPath, [COMMAND, ...words], { encoding: 'utf8' })
  for (const name of ['book', 'theme'] as const)
    expect(octavo('schema', name).stdout).toBe(read(`dist/schema/${name}.json`))
  expect(octavo('schema')).toMatchObject({ status: 2, stderr: expect.stringContaining('octavo schema book') })
  const home = mkdtempSync(join(tmpdir(), 'octavo-schema-'))
  try {
    octavo('init', join(home, 'mine'))
    const text = readFileSync(join(home, 'mine/book.yaml'), 'utf8')
    const [, named] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text)!
    expect(text.startsWith('# yaml-language-server: ')).toBe(true)
    expect(readFileSync(join(home, 'mine', named!), 'utf8')).toBe(read('dist/schema/book.json'))
    expect(book(parse(text))).toBe(true)
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
})
