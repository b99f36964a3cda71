// Every key of a theme has one meaning in both outputs, or is said to have it in one: each is changed by itself, and what changes in the
// pages and in the EPUB is held against what the schema says of it.
import { expect, test } from 'vitest'
import { SIZES } from '../../src/model/sizes.js'
import type { Shape } from '../../src/theme/kinds.js'
import { theme as schema } from '../../src/theme/schema.js'
import { onlyIn } from '../../src/theme/unread.js'
import { another, at, type Both, changed, leaves, saying, setter } from './changes.js'

const PROSE = 'Once upon a time there were words enough to fill some lines of a page, and nobody counted them. '
const FILES = {
  'book.yaml':
    'title: A Book\nlanguage: en\nauthors: [A. Maker]\nmodified: 2026-01-01T00:00:00Z\nnumbering: { parts: true, chapters: true, sections: true }\nbody:\n  - part: A Part\n    chapters: [one.md, two.md]\n',
  'one.md': `---\nauthor: A. Writer\n---\n\n# First\n\n${PROSE.repeat(4)}[^1]\n\n## Heading\n\n${PROSE}H~2~O, x^2^, \`code\`, <small>small</small>, ա, λόγος, **strong *stressed***.\n\n> Quoted.\n\n> [!TIP]\n> A tip.\n\n1. one\n2. two\n\n- x\n- y\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\n: A caption\n\n![A line](p.svg "A line")\n\n***\n\n${PROSE.repeat(40)}\n\n[^1]: A note.\n`,
  'two.md': `# Second\n\n${PROSE.repeat(3)}\n\n::: verse\na line\n  a line that is so long that it does not go into the measure and has to be turned over to the next one\na line\na line\n:::\n\n::: drama\n**Anna.** Said by Anna.\n:::\n`,
  'p.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><path d="M0 0h90v60z"/></svg>',
}

/** So that every key has something to say. */
const BASE = `extends: house
opening: { kind: drop-cap, lines: 3 }
numbering: { ornament: x, chapters: words }
captions: { number: chapter }
colours: { red: { day: '#b3261e', night: '#ff9080' } }
styles: { quote: { colour: red } }
icons: { kinds: { tip: bulb }, size: 1 }
contents: { authors: below }
notes: { set: hang, hang: 1, place: foot }
tables: { rules: { above: { weight: 1 }, head: { weight: 1 }, rows: { weight: 1 }, below: { weight: 1 } } }
heads: { rule: { weight: 1, gap: 2 }, recto: book }
feet: { rule: { weight: 1, gap: 2 }, recto: { center: folio } }
`

/** What else a key needs to be seen. */
const BESIDE: Record<string, string> = {
  'opening.size': 'opening: { kind: raised }',
  'sections.chapter.opening.size': 'opening: { kind: raised }',
  'sections.chapter.opening.words': 'opening: { kind: lead-in }',
  'sizes.a6.top': 'sizes: { a6: { lines: 20, top: 60 pt } }',
  'opening.words': 'opening: { kind: lead-in }',
  'numbering.joint': 'numbering: { place: line, ornament: none }',
  'numbering.column': 'numbering: { place: beside, ornament: none }',
}

/** Seen elsewhere: what they say hangs on where pages break, on what the book calls itself, or on the inks of a press. */
const ELSEWHERE = new Set([
  ...['sceneBreak.head', 'notes.runIn', 'notes.hang', 'page.margins', 'heads.joint', 'numbering.parts', 'opening.fit'],
  ...['faces.text.family', 'faces.text.designer', 'faces.text.licence', 'faces.text.files.regular'],
  ...[
    'cover.picture',
    'colours.red.cmyk',
    'colours.red.spot',
    'sections.chapter.opening.fit',
    'sections.chapter.opens',
  ],
])

/** Not of a text: credits of the theme; styles have a test of their own (styles-both.test.ts), the style sheet has (extra-style.test.ts). */
const APART = ['name', 'about', 'styles', 'classes', 'epub', 'faces', 'colours', 'sections', 'sizes']

const GOTHIC = "'@expo-google-fonts/league-gothic/400Regular/LeagueGothic_400Regular.ttf'"

const OWN: Record<string, string> = {
  fallback: '[wider, wide]',
  scripts: '{ Grek: wider }',
  'icons.kinds': '{ tip: star }',
  'icons.size': '1.8',
  'cover.ground': "'#d0d0d0'",
  'cover.ink': "'#203040'",
  'cover.accent': "'#203040'",
  'contents.depth': '2',
  'contents.numbers': 'false',
  'sizes.a6.top': '50 pt',
  'sizes.a6.folio': 'foot',
  'faces.text.files.italic': GOTHIC,
  'faces.text.files.bold': GOTHIC,
  'faces.text.files.boldItalic': GOTHIC,
  'faces.text.optical': `[{ from: 14 pt, files: { regular: ${GOTHIC} } }]`,
  'faces.text.features': '[ss01, c2sc]',
  'faces.text.wordSpace': '0.4',
  'faces.text.generic': 'sans-serif',
  'colours.red.day': "'#305080'",
  'colours.red.night': "'#a0ffa0'",
  'sections.chapter.sink': '9',
  'sections.chapter.columns': '2',
  'sections.chapter.opening.kind': 'raised',
  'sections.chapter.opening.lines': '2',
  'page.width': '400 pt',
  'page.height': '640 pt',
  'page.size': '10 pt',
  'page.leading': '13 pt',
  'page.lines': '30',
  'page.headDistance': '20 pt',
  'page.footDistance': '40 pt',
  'lists.bullets': "['–']",
  'lists.numbers': "['a)']",
  'verse.numbers': '2',
  'page.top': '70 pt',
  'captions.tables': 'below',
  // at the chapter’s end is where the EPUB has them anyway
  'notes.place': 'book',
  'notes.marks': 'symbols',
  'opening.lines': '2',
  'numbering.place': 'line',
  'spacing.stretch': '0.01',
  'contents.leaders': 'blank',
  'verse.turned': 'right',
  'verse.stands': 'left',
  'drama.speaker': 'line',
}

const other = (path: string, shape: Shape, now: unknown) =>
  Object.hasOwn(OWN, path) ? OWN[path] : another(path, shape, now)

const KEYS = schema.shape.is === 'map' ? schema.shape.keys : {}

/** Below what has names, the keys of one. */
function named(top: string, name: string): { path: string[]; shape: Shape }[] {
  const shape = KEYS[top]!.kind.shape
  const inner = shape.is === 'names' ? shape.of : shape.is === 'map' ? shape.keys[name]!.kind.shape : shape
  const map = inner.is === 'either' ? inner.of.find((one) => one.is === 'map')! : inner
  return map.is === 'map' ? leaves(map.keys, [], [top, name]) : []
}

/** Changes each key by itself; what is not as the schema says comes out. */
async function prove(
  set: Awaited<ReturnType<typeof setter>>,
  all: readonly { path: string[]; shape: Shape }[],
): Promise<{ found: string[]; seen: number }> {
  const bases = new Map<string, Both | string>()
  const found: string[] = []
  let seen = 0
  for (const { path, shape } of all) {
    const name = path.join('.')
    if (ELSEWHERE.has(name)) continue
    const beside = BESIDE[name] ?? ''
    if (!bases.has(beside)) bases.set(beside, await set(beside))
    const one = bases.get(beside)!
    if (typeof one === 'string') throw new Error(one)
    const value = other(name, shape, at(one.theme, path))
    if (value === undefined) {
      found.push(`${name}: no other value is known`)
      continue
    }
    const two = await set(beside, `${saying(path, value)}\n`)
    if (typeof two === 'string') {
      found.push(`${name}: ${two}`)
      continue
    }
    seen++
    const wanted = onlyIn(path) ?? 'pdf, epub'
    if (changed(one, two) !== wanted) found.push(`${name}: ${value}: says ${wanted}, changes ${changed(one, two)}`)
  }
  return { found, seen }
}

test('what changes is what the schema says', { timeout: 300_000 }, async () => {
  const { found, seen } = await prove(await setter(FILES, BASE), leaves(KEYS, APART))
  expect(found).toEqual([])
  expect(seen).toBeGreaterThan(70)
})

test('of faces, colours, sections and sizes as well', { timeout: 300_000 }, async () => {
  const all = [...named('faces', 'text'), ...named('colours', 'red'), ...named('sections', 'chapter')]
  const { found, seen } = await prove(await setter(FILES, BASE, {}, true), all)
  const small = await prove(await setter(FILES, BASE, { size: SIZES.get('a6')! }), named('sizes', 'a6'))
  expect([...found, ...small.found]).toEqual([])
  expect(seen + small.seen).toBeGreaterThan(25)
})
