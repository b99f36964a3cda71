// Every key of a theme has one meaning in both outputs, or is said to have it in one: each is changed by itself, and what changes in the
// pages and in the EPUB is held against what the schema says of it.
import { expect, test } from 'vitest'
import { openFiles } from '../../src/epub/index.js'
import { typeset } from '../../src/layout/index.js'
import {
  gatherNotes,
  listAuthors,
  markNotes,
  numberBook,
  numberCaptions,
  numberLines,
  readBook,
} from '../../src/read/index.js'
import { loadTheme } from '../../src/theme/index.js'
import { isOnly, type Key, type Shape } from '../../src/theme/kinds.js'
import { theme as schema } from '../../src/theme/schema.js'
import { folderOf } from './helpers.js'

const PROSE = 'Once upon a time there were words enough to fill some lines of a page, and nobody counted them. '
const FILES = {
  'book.yaml':
    'title: A Book\nlanguage: en\nauthors: [A. Maker]\nmodified: 2026-01-01T00:00:00Z\nnumbering: { parts: true, chapters: true, sections: true }\nbody:\n  - part: A Part\n    chapters: [one.md, two.md]\n',
  'one.md': `---\nauthor: A. Writer\n---\n\n# First\n\n${PROSE.repeat(4)}[^1]\n\n## Heading\n\n${PROSE}H~2~O, x^2^, \`code\`, <small>small</small>.\n\n1. one\n2. two\n\n- x\n- y\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\n: A caption\n\n![A line](p.svg "A line")\n\n***\n\n${PROSE.repeat(40)}\n\n[^1]: A note.\n`,
  'two.md': `# Second\n\n${PROSE.repeat(3)}\n\n::: verse\na line\n  a line that is so long that it does not go into the measure and has to be turned over to the next one\na line\na line\n:::\n\n::: drama\n**Anna.** Said by Anna.\n:::\n`,
  'p.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><path d="M0 0h90v60z"/></svg>',
}

/** So that every key has something to say. */
const BASE = `extends: house
opening: { kind: drop-cap, lines: 3 }
numbering: { ornament: x, chapters: words }
captions: { number: chapter }
contents: { authors: below }
notes: { set: hang, hang: 1, place: foot }
tables: { rules: { above: { weight: 1 }, head: { weight: 1 }, rows: { weight: 1 }, below: { weight: 1 } } }
heads: { rule: { weight: 1, gap: 2 }, recto: book }
feet: { rule: { weight: 1, gap: 2 }, recto: { center: folio } }
`

/** What else a key needs to be seen. */
const BESIDE: Record<string, string> = {
  'opening.size': 'opening: { kind: raised }',
  'opening.words': 'opening: { kind: lead-in }',
  'numbering.joint': 'numbering: { place: line, ornament: none }',
  'numbering.column': 'numbering: { place: beside, ornament: none }',
}

/** Seen elsewhere: what they say hangs on where pages break. */
const ELSEWHERE = new Set([
  ...['sceneBreak.head', 'notes.runIn', 'notes.hang', 'page.margins', 'heads.joint', 'numbering.parts', 'opening.fit'],
])
const APART = [
  'name',
  'about',
  'faces',
  'fallback',
  'colours',
  'cover',
  'classes',
  'styles',
  'sections',
  'sizes',
  'epub',
  'icons',
]

const OWN: Record<string, string> = {
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

function other(path: string, shape: Shape, now: unknown): string | undefined {
  if (Object.hasOwn(OWN, path)) return OWN[path]
  if (/\.(colour|headGround|stripes)$/.test(path)) return 'red'
  if (path.endsWith('.face')) return 'mono'
  switch (shape.is) {
    case 'flag':
      return String(now !== true)
    case 'choice':
      return JSON.stringify(shape.of.find((one) => one !== now && one !== 'none' && one !== 'lead-in'))
    case 'number': {
      const value = Math.round((shape.least + (shape.most - shape.least) * 0.22) * 1000) / 1000
      return String(shape.whole ? Math.round(value) : value)
    }
    case 'length':
      return String(Math.min(shape.most, shape.least + 7))
    case 'text':
      return "'⁂'"
    case 'either':
      return 'none'
    default:
      return undefined
  }
}

const silent = () => undefined

test('what changes is what the schema says', { timeout: 300_000 }, async () => {
  const source = (await readBook(folderOf(FILES), silent))!
  const both = async (text: string) => {
    const files = {
      'base.yaml': BASE,
      'more.yaml': `extends: base.yaml\n${text.split('\0')[0]}`,
      'look.yaml': `extends: more.yaml\n${text.split('\0')[1] ?? ''}`,
    }
    const told: string[] = []
    const loaded = await loadTheme('look.yaml', folderOf(files), (d) => told.push(d.message))
    if (loaded === undefined) return told.join('; ')
    const { theme, faces } = loaded
    const book = structuredClone(source.book)
    numberBook(book, source.numbering, theme.numbering)
    listAuthors(book, theme.contents?.authors)
    numberCaptions(book, theme.captions ?? {})
    markNotes(book, theme.notes.marks)
    if (theme.notes.place === 'book') gatherNotes(book)
    numberLines(book, theme.verse?.numbers)
    const set = await typeset(book, theme, faces, {}, silent)
    const cover = { type: 'png', ground: '#ffffff', bytes: async () => new Uint8Array() } as const
    const epub = openFiles(book, theme, faces, { cover }, silent)
    const documents = epub.documents.map(({ path }) => epub.document(path))
    const sheet = await epub.read('css/book.css')
    return { theme, pdf: JSON.stringify([set.width, set.height, set.pages]), epub: JSON.stringify([documents, sheet]) }
  }
  const bases = new Map<string, Awaited<ReturnType<typeof both>>>()
  const found: string[] = []
  let seen = 0
  const look = async (path: string[], shape: Shape) => {
    const name = path.join('.')
    const beside = BESIDE[name] ?? ''
    if (!bases.has(beside)) bases.set(beside, await both(`${beside}\n\0`))
    const one = bases.get(beside)!
    if (typeof one === 'string') throw new Error(one)
    const now = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], one.theme)
    const value = other(name, shape, now)
    if (value === undefined || ELSEWHERE.has(name)) return
    const text = path.reduceRight((inner, key, i) => (i === 0 ? `${key}: ${inner}` : `{ ${key}: ${inner} }`), value)
    const two = await both(`${beside}\n\0${text}\n`)
    if (typeof two === 'string') return void found.push(`${name}: ${two}`)
    seen++
    const changed = [one.pdf !== two.pdf && 'pdf', one.epub !== two.epub && 'epub'].filter(Boolean).join(', ')
    const wanted = isOnly(schema.shape, path) ?? 'pdf, epub'
    if (changed !== wanted) found.push(`${name}: ${value}: says ${wanted}, changes ${changed}`)
  }
  const walk = async (keys: Readonly<Record<string, Key<unknown>>>, path: string[]) => {
    for (const [key, { kind }] of Object.entries(keys)) {
      if (path.length === 0 && APART.includes(key)) continue
      if (kind.shape.is === 'map') await walk(kind.shape.keys, [...path, key])
      else await look([...path, key], kind.shape)
    }
  }
  if (schema.shape.is === 'map') await walk(schema.shape.keys, [])
  expect(found).toEqual([])
  expect(seen).toBeGreaterThan(60)
})
