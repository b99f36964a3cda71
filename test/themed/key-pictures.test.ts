// Two values of every key of a theme, side by side: scripts/key-pairs.yaml has a pair for each key of the schema or a reason why a picture
// would show nothing, `npm run manual` draws them, and docs/theme-pictures.md shows them. OCTAVO_REGENERATE=1 writes that page anew.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KEYWORD } from '../../scripts/examples.js'
import { bookOfPair, KEY_PICTURES, PAIRS, type Pair, REASONS } from '../../scripts/key-pairs.js'
import { textOf } from '../../scripts/png.js'
import { loadTheme } from '../../src/theme/index.js'
import type { Key, Shape } from '../../src/theme/kinds.js'
import { KEYS, theme } from '../../src/theme/schema.js'
import { folderOf } from './helpers.js'

const PAGE = 'docs/theme-pictures.md'
const FOLDER = join('docs', KEY_PICTURES)

/** By path: what each key means that has none below it. `styles` and `sections` have the same for all names. */
const meanings = new Map<string, string>([
  ['extends', 'The theme that this one changes.'],
  ['defaults.style', 'What a style says of itself is added to these.'],
  ['defaults.section', 'What a section says of itself is added to these.'],
  ['classes.NAME', 'A style with a dot before its name is a class of your own.'],
])
for (const key of KEYS.top)
  if (['print', 'screen', 'epub'].includes(key)) meanings.set(key, 'What is otherwise in one medium.')
walk('', theme.shape, '')

function walk(path: string, shape: Shape, about: string): void {
  const inner = keysOf(shape)
  if (inner === undefined) {
    meanings.set(path, about)
    return
  }
  // a place in the margins is a word, or a map of places
  if (path !== 'styles' && 'center' in inner) meanings.set(path, about)
  const named = path === 'styles' || path === 'sections' ? Object.values(inner).slice(0, 1) : undefined
  if (named !== undefined) walk(`${path}.NAME`, named[0]!.kind.shape, named[0]!.about)
  else if (path === 'classes.NAME' || path === 'sizes.NAME' || path === 'sections.NAME.opening')
    meanings.set(path, about)
  else
    for (const [key, { kind, about }] of Object.entries(inner)) {
      const own = path === '' ? key : `${path}.${key}`
      walk(kind.shape.is === 'names' && keysOf(kind.shape) !== undefined ? `${own}.NAME` : own, kind.shape, about)
    }
}

function keysOf(shape: Shape): Readonly<Record<string, Key<unknown>>> | undefined {
  if (shape.is === 'map') return shape.keys
  if (shape.is === 'names' || shape.is === 'list') return keysOf(shape.of)
  if (shape.is === 'either') return shape.of.map(keysOf).find((keys) => keys !== undefined)
  return undefined
}

test('every key of a theme has its picture, or a reason why there is none', () => {
  const shown = PAIRS.flatMap(({ keys }) => keys)
  expect([...shown, ...Object.keys(REASONS)].sort()).toEqual([...meanings.keys()].sort())
  expect(meanings.size).toBeGreaterThan(150)
})

test('each picture is of what stands in the table now, and all of them weigh little: `npm run manual` makes them', () => {
  const old = PAIRS.filter(({ picture, sum }) => {
    const path = join(FOLDER, picture)
    return !existsSync(path) || textOf(readFileSync(path), KEYWORD) !== sum
  })
  expect(old.map(({ picture }) => picture)).toEqual([])
  expect(readdirSync(FOLDER).sort()).toEqual(PAIRS.map(({ picture }) => picture).sort())
  const bytes = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0)
  expect(bytes).toBeLessThan(1e6)
})

test('each tells in words what differs, and its two themes are themes', async () => {
  for (const pair of PAIRS) {
    expect(pair.alt, pair.picture).toMatch(/\bleft\b[\s\S]*\bright\b/i)
    for (const side of [pair.left, pair.right]) {
      const faults: string[] = []
      const { 'look.yaml': look } = bookOfPair(pair, side)
      await loadTheme('look.yaml', folderOf({ 'look.yaml': look! }), ({ severity, message }) => {
        if (severity === 'error') faults.push(message)
      })
      expect({ picture: pair.picture, side, faults }).toEqual({ picture: pair.picture, side, faults: [] })
    }
  }
})

/** Keys of one map: its name, and theirs in it. */
function together(keys: readonly string[]): string {
  const paths = keys.map((key) => key.split('.'))
  let same = 0
  while (paths.every((path) => path.length > same + 1 && path[same] === paths[0]![same])) same++
  // a place in the margins is a key itself
  const whole = keys.find((key) => keys.every((each) => each === key || each.startsWith(`${key}.`)))
  const prefix = whole ?? paths[0]!.slice(0, same).join('.')
  const rest = keys.filter((key) => key !== whole).map((key) => key.slice(prefix.length + 1))
  const names = [...new Set(rest.map((each) => `\`${each.replace(/\..*/, '')}\``))]
  return `**\`${prefix}\`**: ${names.join(', ')}${rest.some((each) => each.includes('.')) ? ', with all that they hold' : ''}.`
}

/** Its keys, what the first of them means, and both values above the picture. */
function told({ keys, left, right, alt, picture }: Pair): string[] {
  // In a list nothing floats: each picture stays with its key.
  const item = [
    keys.length === 1 ? `**\`${keys[0]}\`**. ${meanings.get(keys[0]!)}` : together(keys),
    '',
    '| left | right |',
    '| --- | --- |',
    `| \`${left}\` | \`${right}\` |`,
    '',
    `![${alt}](${KEY_PICTURES}${picture})`,
  ]
  return [...item.map((line, i) => (line === '' ? '' : `${i === 0 ? '- ' : '  '}${line}`)), '']
}

test('docs/theme-pictures.md shows them all', () => {
  const groups = new Map<string, Pair[]>()
  for (const pair of PAIRS) {
    const name = pair.keys[0]!.replace(/^(extends|defaults).*/, 'extends and defaults').replace(/\..*/, '')
    groups.set(name, [...(groups.get(name) ?? []), pair])
  }
  const page = [
    '# Theme keys in pictures',
    '',
    'Two values of every key of a theme, side by side. What is printed is shown; an e-reader shows the same, but for what is of pages alone. [What a theme can say](theme-keys.md) has the meaning, the unit and the usual value of each. `NAME` stands for a name: `styles.quote.size`, `sections.chapter.sink`.',
    '',
    'Every picture is made of the two values above it, in a theme that extends `house`, and of what else its key needs to be seen. This page is made from `scripts/key-pairs.yaml`.',
    '',
    ...[...groups].flatMap(([name, pairs]) => [`## ${name}`, '', ...pairs.flatMap(told)]),
    '## Without a picture',
    '',
    ...Object.entries(REASONS).map(([key, reason]) => `- \`${key}\`: ${reason}`),
  ].join('\n')
  if (process.env['OCTAVO_REGENERATE'] === '1') writeFileSync(PAGE, `${page}\n`)
  expect(readFileSync(PAGE, 'utf8')).toBe(`${page}\n`)
})
