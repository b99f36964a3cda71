// Books that are one thing many times over: what is counted, nested, noted, listed without end. Each is a plan, of which a small and a
// large book are made: how the one's cost grows to the other's is what is looked at.
import fc from 'fast-check'
import type { HostileBook } from './book.js'
import { OWN_WORDS } from './texts.js'

export interface GrowthPlan {
  /** Repeated, `N` being the number of the repetition. */
  piece: string
  /** Once. */
  before: string
  after: string
  /** A second thing repeated as often after the first: definitions of notes, ends of what was begun. */
  more: string
  /** Where the repetition stands. */
  place: 'text' | 'front' | 'manifest' | 'theme'
  /** Bytes of the small book, about. */
  size: number
}

const INLINE = [
  'word ',
  'x',
  'long-word-',
  '\u0301',
  '\u200d',
  '\ufe0f',
  '\u00ad',
  '中',
  'ab\u200b',
  '😀',
  'سلام ',
  'a\\\n',
  '*',
  '**a',
  '_a ',
  '`',
  '`a` ',
  '[',
  ']',
  '![',
  '[a](',
  '[a](b.md) ',
  '[a](#idN) ',
  '[a]{#idN} ',
  '[a]{.x ',
  '[a]{.xN} ',
  '{',
  '(',
  '"',
  "'",
  '"a ',
  '--',
  '...',
  '^[',
  'a^[b] ',
  'a^b^ ',
  '~',
  '<',
  '<b>',
  '<b>a</b> ',
  '<!--',
  '<span lang="fr">a</span> ',
  '<https://example.org/N> ',
  '&amp;',
  '&',
  '\\',
  '$a$ ',
  '[rN] ',
  '<br>',
  'H~2~O ',
  '\t',
  ' ',
]
const BLOCKS = [
  'a\n\n',
  '# H N\n\nText.\n\n',
  '## H\n\na\n\n',
  '- a\n',
  '- a\n\n',
  'N. a\n',
  '> a\n\n',
  '> a\n',
  '```\ncode\n```\n\n',
  '    code\n',
  '```\n',
  '* * *\n\n',
  '---\n',
  '::: note\na\n:::\n\n',
  '::: note\n',
  '::: verse\na\n:::\n\n',
  '<div>\n\n',
  '<p>a</p>\n\n',
  '<table><tr><td>a</table>\n\n',
  '<td>',
  '[rN]: b.md\n',
  '[^N]: note\n\n',
  'Term\n: meaning\n\n',
  ': a\n',
  '| a | b |\n|---|---|\n| c | d |\n\n',
  '| a | b |\n',
  '![A](one.png)\n\n',
  '\n',
  '[]{#idN}\n\n',
  ...['- ', '> ', '1. ', ': ', '* > ', '+ 1. '].map((each) => each),
]
const FRONT = [
  'keyN: a\n',
  'key: a\n',
  '- a\n',
  '[',
  '{a: ',
  '? ',
  '&aN ',
  'a: |\n  b\n',
  '#\n',
  '"',
  ...OWN_WORDS.map((own) => `${own}: {`),
]
const MANIFEST = [
  'kN: a\n',
  'subjects: [a]\n',
  '  - {file: a.md}\n',
  '  - file: a.md\n    role: chapter\n',
  '  - b/N.md\n',
  '  - {name: N, role: editor}\n',
  '- ',
  '[',
  '{a: ',
  '&aN [*a]\n',
  ...OWN_WORDS.map((own) => `${own}N: {trim: ${own}}\n`),
]
const THEME = [
  'kN: a\n',
  '  body: {size: 1}\n',
  '  kN: {size: 1}\n',
  '  - a\n',
  '[',
  ...OWN_WORDS.map((own) => `  ${own}N: {colour: ${own}}\n`),
]

const pieces = (all: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...all) },
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom(...all), { minLength: 2, maxLength: 3 }).map((some) => some.join('')),
    },
  )
const size = fc.constantFrom(8_000, 30_000, 60_000)
const plan = (
  place: GrowthPlan['place'],
  piece: fc.Arbitrary<string>,
  before: readonly string[],
  more: readonly string[],
) =>
  fc.record({
    place: fc.constant(place),
    piece,
    before: fc.constantFrom(...before),
    more: fc.constantFrom(...more),
    after: fc.constantFrom('', 'end', '\n\nend\n'),
    size,
  })

export const anyGrowth: fc.Arbitrary<GrowthPlan> = fc.oneof(
  {
    weight: 5,
    arbitrary: plan(
      'text',
      pieces(INLINE),
      ['', '', '# ', '- ', '> ', '| ', '::: verse\n', '^[', '<p>'],
      ['', '', '', ']', ')', '`', '*', '</b>', '\n\n[^N]: a'],
    ),
  },
  {
    weight: 5,
    arbitrary: plan(
      'text',
      pieces(BLOCKS),
      ['', '', '| a | b |\n|---|---|\n', 'Term\n'],
      ['', '', '[^N] ', ':::\n', '[a][rN] ', '</div>\n\n'],
    ),
  },
  { weight: 1, arbitrary: plan('front', pieces(FRONT), ['', 'title: a\n', 'a: '], ['', ']', '}']) },
  {
    weight: 1,
    arbitrary: plan('manifest', pieces(MANIFEST), ['', 'body:\n', 'contributors:\n', 'editions: '], ['', ']', '}']),
  },
  { weight: 1, arbitrary: plan('theme', pieces(THEME), ['', 'styles:\n', 'fallback:\n'], ['', ']', '}']) },
)

/** The book of a plan, so many times its size. */
export function grown({ piece, before, after, more, place, size }: GrowthPlan, times: number): HostileBook {
  const count = Math.max(1, Math.floor((size * times) / (piece.length + more.length)))
  const repeated = (what: string) =>
    Array.from({ length: count }, (_, i) => what.replaceAll('N', String(i + 1))).join('')
  const long = `${before}${repeated(piece)}${repeated(more)}${after}\n`
  const manifest = 'title: T\nlanguage: en\ndate: 2026-01-01\ngenerate: false\n'
  const files: HostileBook['files'] = { 'b.md': '# B\n\nText.\n' }
  files['book.yaml'] =
    `${manifest}${place === 'manifest' ? long : `body: [a.md, b.md]\n${place === 'theme' ? 'theme: look.yaml\n' : ''}`}`
  if (place === 'theme') files['look.yaml'] = `extends: house\n${long}`
  files['a.md'] = place === 'text' ? `# T\n\n${long}` : `${place === 'front' ? `---\n${long}---\n` : ''}# T\n\nText.\n`
  return { files, links: [], words: [], loose: [] }
}

export const sizeOf = ({ files }: HostileBook): number =>
  Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content as string), 0)
