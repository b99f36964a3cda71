// docs/theme-keys.md is what the schema says: every key with its meaning, its unit and what the house theme has for it.
// OCTAVO_REGENERATE=1 writes it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ABOUT_ROLES } from '../../src/theme/about.js'
import { OWN_PACKAGES } from '../../src/theme/faces.js'
import { loadTheme } from '../../src/theme/index.js'
import type { Key, Shape } from '../../src/theme/kinds.js'
import { resolve } from '../../src/theme/resolve.js'
import { KEYS, MEDIA_ABOUT, theme } from '../../src/theme/schema.js'
import { unreadOf } from '../../src/theme/unread.js'
import { type Node, parseTree } from '../../src/theme/yaml.js'
import { folderOf } from './helpers.js'

const PAGE = 'docs/theme-keys.md'

type Keys = Readonly<Record<string, Key<unknown>>>

const at = (node: Node | undefined, key: string) => (node?.kind === 'map' ? node.entries.get(key) : undefined)

/** What a value may be, in words. */
function said(shape: Shape): string {
  switch (shape.is) {
    case 'text':
      return 'text'
    case 'flag':
      return '`true` or `false`'
    case 'number':
      return `${shape.whole ? 'a whole number, ' : ''}${shape.least} to ${shape.most}`
    case 'length':
      return `a length, ${shape.least} to ${shape.most} pt`
    case 'choice':
      return shape.of.map((one) => `\`${one}\``).join(', ')
    case 'colour':
      return '`#rrggbb`'
    case 'map':
      return 'a map'
    case 'names':
      return shape.of.is === 'map' ? 'a map of names, each of a map' : `a map of names, each of ${said(shape.of)}`
    case 'list':
      return `a list of ${shape.count === undefined ? '' : `${shape.count}: `}${said(shape.of)}`
    case 'either':
      return shape.of.map(said).join(', or ')
  }
}

/** A length in points may be any unit: what the house says is said as it is written, rounded. */
function usual(node: Node | undefined): string {
  if (node === undefined) return ''
  if (node.kind === 'scalar') return `\`${String(node.value)}\``
  if (node.kind === 'list') return node.items.map(usual).join(', ')
  return ''
}

function mapOf(shape: Shape): Keys | undefined {
  if (shape.is === 'map') return shape.keys
  if (shape.is === 'names' || shape.is === 'list') return mapOf(shape.of)
  if (shape.is === 'either') return shape.of.map(mapOf).find((keys) => keys !== undefined)
  return undefined
}

function rows(keys: Keys, house: Node | undefined, prefix: string): string[] {
  return Object.entries(keys).flatMap(([key, { kind, about, optional }]) => {
    const path = prefix + key
    const own = at(house, key)
    const none = optional && !said(kind.shape).includes('`none`') ? ', or `none`' : ''
    const line = `| \`${path}\` | ${about.replaceAll('|', '\\|')} | ${said(kind.shape)}${none} | ${usual(own)} |`
    const inner = mapOf(kind.shape)
    const named = kind.shape.is === 'names' ? `${path}.NAME.` : `${path}.`
    return inner === undefined ? [line] : [line, ...rows(inner, kind.shape.is === 'names' ? undefined : own, named)]
  })
}

/** What a style says and its text has not. */
function lacking(role: string): string {
  const { none = [], epub = [] } = unreadOf(role) ?? {}
  const listed = (keys: readonly string[]) => keys.map((key) => `\`${key}\``).join(', ')
  return [
    ...(none.length > 0 ? [` It has no ${listed(none)}.`] : []),
    ...(epub.length > 0 ? [` In the EPUB alone: ${listed(epub)}.`] : []),
  ].join('')
}

const HEAD = '| key | meaning | value | in the house theme |\n| --- | --- | --- | --- |'

test('docs/theme-keys.md is the schema', async () => {
  const text = readFileSync('assets/themes/house.yaml', 'utf8')
  const fail = ({ message }: { message: string }) => {
    throw new Error(message)
  }
  const tree = (await parseTree(text, 'house.yaml', fail))!
  const house = resolve(tree, fail)
  if (theme.shape.is !== 'map') throw new Error('no map')
  const { keys } = theme.shape
  const of = (name: string): Keys => mapOf(Object.values(mapOf(keys[name]!.kind.shape)!)[0]!.kind.shape)!
  const defaults = at(tree, 'defaults')
  const out = [
    '# What a theme can say',
    '',
    'Every key, with its meaning and its unit. A theme says only what differs from the one that it `extends`; `none` takes away what that one has.',
    'Lengths are points, or have their unit: `18 mm`, `1.5 cm`, `0.75 in`, `12 pt`, `1 pc`. Sizes are shares of the text’s size, heights are lines of the text.',
    'What is said to be *in the PDF* the EPUB has not; all else is in both. Editors that know JSON Schema complete these keys: `octavo schema theme`.',
    '[Theme keys in pictures](theme-pictures.md) shows two values of each, side by side. This page is made from `src/theme/schema.ts`.',
    '',
    '| key | meaning |',
    '| --- | --- |',
    '| `extends` | The theme that this one changes: a name, or a file of the book’s folder. |',
    '| `defaults.style` | What a style says of itself is added to these: any key of a style. |',
    '| `defaults.section` | The same of sections. |',
  ]
  out.push(...Object.entries(MEDIA_ABOUT).map(([key, about]) => `| \`${key}\` | ${about} |`))
  const plain = Object.entries(keys).filter(([key]) => !['styles', 'sections', 'classes'].includes(key))
  for (const [key, { kind, about, optional }] of plain) {
    const inner = mapOf(kind.shape)
    out.push('', `## ${key}`, '', about)
    if (inner === undefined) {
      out.push(
        '',
        `Value: ${said(kind.shape)}${optional ? ', or `none`' : ''}. ${usual(at(house, key)) && `In the house theme: ${usual(at(house, key))}.`}`.trim(),
      )
      continue
    }
    const prefix = kind.shape.is === 'names' ? `${key}.NAME.` : `${key}.`
    out.push('', HEAD, ...rows(inner, kind.shape.is === 'names' ? undefined : at(house, key), prefix))
  }
  out.push(
    ...['', '## styles', '', 'How every kind of text looks. A style has these keys, and two more:'],
    '`like` names another style that it begins as, and `scale`, with `like`, takes its size by a share of the other’s.',
    ...['', HEAD.replace('in the house theme', 'if absent'), ...rows(of('styles'), at(defaults, 'style'), '')],
    ...['', 'These are the styles:', '', '| style | of |', '| --- | --- |'],
    ...Object.entries(ABOUT_ROLES).map(([role, about]) => `| \`${role}\` | ${about}${lacking(role)} |`),
    '',
    'A class of your own is a style with a dot before its name, `.recipe`. It says what is otherwise than in the text that has it: a paragraph, a heading, a list, a table, code, a block `::: recipe`, or words `[…]{.recipe}`. What is in such a block takes its letters, and sizes multiply. Words have of it what is of letters, and `hyphenate`; what else it says is told.',
    ...['', '## sections', '', 'How every kind of section opens.', ''],
    HEAD.replace('in the house theme', 'if absent'),
    ...rows(of('sections'), at(defaults, 'section'), ''),
    '',
    // In a cell, which is set ragged: names in code are not divided.
    ...['| the sections |', '| --- |'],
    `| ${Object.keys(mapOf(keys['sections']!.kind.shape)!)
      .map((role) => `\`${role}\``)
      .join(', ')} |`,
  )
  const page = `${out.join('\n')}\n`
  if (process.env['OCTAVO_REGENERATE'] === '1') writeFileSync(PAGE, page)
  expect(readFileSync(PAGE, 'utf8')).toBe(page)
  // nothing that may stand at the top is without a word
  for (const key of KEYS.top) expect(page, key).toMatch(new RegExp(`\`${key}\\b|## ${key}$`, 'm'))
})

test('every key says what it means', () => {
  const mute: string[] = []
  const look = (keys: Keys, path: string): void => {
    for (const [key, { about, kind }] of Object.entries(keys)) {
      if (about.trim().length < 4) mute.push(path + key)
      const inner = mapOf(kind.shape)
      if (inner) look(inner, `${path}${key}.`)
    }
  }
  look(mapOf(theme.shape)!, '')
  expect(mute).toEqual([])
})

test('every step of docs/first-theme.md is a theme that nothing is said of', async () => {
  const text = readFileSync('docs/first-theme.md', 'utf8')
  const steps = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, step]) => step!.replace('extends: house\n', ''))
  expect(steps.length).toBeGreaterThan(7)
  const told: string[] = []
  let under = 'house'
  const files: Record<string, string> = {}
  for (const [i, step] of steps.entries()) {
    files[`step${i}.yaml`] = `extends: ${under}\n${step}`
    under = `step${i}.yaml`
  }
  const loaded = await loadTheme(under, folderOf(files), (d) => told.push(`${d.path}:${d.line} ${d.message}`))
  expect(told).toEqual([])
  expect(Object.keys(loaded!.theme.classes)).toEqual(['recipe', 'dish'])
  expect(loaded!.theme.faces['text']!.designer).toBe('Jean-Baptiste Levee')
})

test('the faces that docs/themes.md lists are those that come with Octavo, and are there', () => {
  const text = readFileSync('docs/themes.md', 'utf8')
  const listed = [...text.matchAll(/^\| [^|]+ \| `((@expo-google-fonts\/[a-z0-9-]+)\/[^`]+\.ttf)` \| (.+) \|$/gm)]
  expect(listed.map(([, , name]) => name)).toEqual(OWN_PACKAGES.filter((name) => name.startsWith('@')))
  for (const [, regular = '', , cuts = ''] of listed) {
    const all = [
      regular,
      regular.replaceAll('400Regular', '400Regular_Italic'),
      regular.replaceAll('400Regular', '700Bold'),
    ]
    const there = all.map((path) => existsSync(`node_modules/${path}`))
    const wanted = cuts === 'four' ? 3 : cuts === 'regular, italic' ? 2 : 1
    expect(there, regular).toEqual([0, 1, 2].map((i) => i < wanted))
  }
})
