// Every key of a class of the author's own changes the pages and the EPUB, on every kind of block and on words, or is told: each is said by
// itself, in a book that has such a text in its middle and at the foot of pages.
import { expect, test } from 'vitest'
import type { Role } from '../../src/model/role.js'
import { theme as schema } from '../../src/theme/schema.js'
import type { Overlay } from '../../src/theme/theme.js'
import { unreadOn } from '../../src/theme/unread.js'
import { another, type Both, changed, leaves, saying, setter } from './changes.js'

const LONG = 'Internationalization 1206 notwithstanding, there were words enough for lines of representative length. '
const TEXT = LONG.repeat(4).trim()
const SHORT =
  'Internationalization 1206, said in an unrepresentatively and disproportionately short line of one and another'

const KINDS: Record<string, string> = {
  paragraph: `${TEXT}\n{.recipe}\n\nA word.\n{.recipe}`,
  words: `${LONG}[${TEXT}]{.recipe} ${LONG}`,
  heading: `## ${TEXT} {.recipe}`,
  quote: `::: {.recipe .quote}\n${TEXT}\n\n${TEXT}\n:::`,
  block: `::: recipe\n${TEXT}\n\n${TEXT}\n:::`,
  list: `<ul class="recipe">\n<li><p>${TEXT}</p><p>${TEXT}</p></li>\n<li><p>${TEXT}</p></li>\n</ul>`,
  code: `\`\`\` {.text .recipe}\n${`${SHORT}\n`.repeat(4)}\`\`\``,
  table: `| Head | other |\n| --- | --- |\n| ${LONG} | b |\n${`| a word | b |\n`.repeat(4)}\n: A caption {.recipe}`,
}

const COMMON = `extends: house
defaults: { section: { sink: 0, opens: page } }
colours: { red: '#b3261e' }
`
const PAGES = {
  wide: COMMON,
  /** Where words must be divided. */
  narrow: `${COMMON}page: { width: 66 mm, inside: 12 mm, outside: 12 mm }\n`,
  /** Where a text meets the foot of a page, whatever it is. */
  short: `${COMMON}page: { lines: 14, height: 130 mm }\nopening: { kind: none }\n`,
}
const FILLS = Array.from({ length: 15 }, (_, i) => i + 1)
const WHERE: Record<string, keyof typeof PAGES> = { keepNext: 'short', keepTogether: 'short', hyphenate: 'narrow' }

const STYLES = schema.shape.is === 'map' ? schema.shape.keys['styles']!.kind.shape : schema.shape
const STYLE = STYLES.is === 'map' ? STYLES.keys['body']!.kind.shape : STYLES
const KEYS = STYLE.is === 'map' ? leaves(STYLE.keys) : []

/** Two values of which one at least is not what a text has anyway. */
const OWN: Record<string, string[]> = {
  weight: ['700', '400'],
  leading: ['1.3'],
  tracking: ['0.05'],
  indent: ['8'],
  align: ['right', 'left'],
  face: ['mono', 'text'],
}

/** Of what does not have the text’s own. */
const ROLES_OF: Record<string, Role> = {
  heading: 'heading-2',
  quote: 'quote',
  list: 'list',
  code: 'code',
  table: 'cell',
}

/** So that a key has something to change: code is in a face that has no figures but one kind. */
const BELOW: Record<string, string> = { code: 'styles: { code: { face: text } }\n' }

function bookOf(kind: string, where: keyof typeof PAGES) {
  const files: Record<string, string> = {}
  const fills = where === 'short' ? FILLS : [1]
  for (const n of fills)
    files[`c${n}.md`] = `# Title\n\n${'A short paragraph.\n\n'.repeat(n)}${KINDS[kind]}\n\n${LONG}\n\nThe end.\n`
  const manifest = `title: T\nlanguage: en\ndate: 2026-01-01\ngenerate: false\nbody: [${Object.keys(files).join(', ')}]\n`
  return setter({ 'book.yaml': manifest, ...files }, PAGES[where] + (BELOW[kind] ?? ''))
}

test('every key of a class', { timeout: 900_000 }, async () => {
  const found: string[] = []
  for (const kind of Object.keys(KINDS)) {
    const sets = new Map<string, Awaited<ReturnType<typeof bookOf>>>()
    for (const { path, shape } of KEYS) {
      const name = path.join('.')
      const where = WHERE[name] ?? 'wide'
      if (!sets.has(where)) sets.set(where, await bookOf(kind, where))
      const set = sets.get(where)!
      const full = ['styles', '.recipe', ...path]
      const edge = /\.(width|colour)$/.test(name) ? [`${saying([...full.slice(0, -1), 'weight'], '2')}\n`] : []
      const base = await set('styles: { .recipe: {} }\n', ...edge)
      if (typeof base === 'string') throw new Error(`${kind}: ${base}`)
      const values =
        OWN[name] ??
        (shape.is === 'flag'
          ? ['true', 'false']
          : shape.is === 'choice'
            ? shape.of.map((one) => JSON.stringify(one))
            : [another(name, shape, undefined)!])
      const seen = new Set<string>()
      for (const value of values) {
        const two: Both | string = await set('styles: { .recipe: {} }\n', ...edge, `${saying(full, value)}\n`)
        if (typeof two === 'string') seen.add(two)
        else for (const each of changed(base, two).split(', ')) if (each !== '') seen.add(each)
      }
      const got = [...seen].sort().join(', ')
      const on = kind === 'words' ? 'words' : (ROLES_OF[kind] ?? 'body')
      const told = unreadOn(on, { [path[0]!]: 1 } as Overlay).length > 0
      if (got !== (told ? '' : 'epub, pdf')) found.push(`${kind} ${name}: ${got || 'nothing'}`)
    }
  }
  expect(found).toEqual([])
})
