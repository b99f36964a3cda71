// Nothing of the text is dropped in silence. Every stage is broken on purpose, one after the other: each loss is told, with its place.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { toLine } from '../src/diagnostic.js'
import { lettersBetweenTags, lettersIn } from '../src/model/letters.js'
import { lostLines } from '../src/read/markdown/lost-lines.js'
import { nothing, parseMarkdown } from '../src/read/markdown/parser.js'
import { readMarkdown, textOf } from './read/folder.js'

describe('a text nested deeply', () => {
  const deep: [string, (depth: number) => string][] = [
    ['lists', (depth) => `${'- '.repeat(depth)}KEYWORD`],
    ['numbered lists', (depth) => `${'1. '.repeat(depth)}KEYWORD`],
    ['quotes', (depth) => `${'> '.repeat(depth)}KEYWORD`],
    ['quotes with lists', (depth) => `${'> - '.repeat(depth)}KEYWORD`],
    [
      'definitions',
      (depth) => Array.from({ length: depth }, (_, k) => `${'  '.repeat(k)}${k === 0 ? '' : ': '}term\n`).join('\n'),
    ],
    ['definitions in quotes', (depth) => `${'> '.repeat(depth)}term\n${'> '.repeat(depth)}: KEYWORD`],
    ['lists of definitions', (depth) => `${'- '.repeat(depth)}term\n${'  '.repeat(depth)}: KEYWORD`],
  ]
  it.each(deep)('in %s is set, or said to be too deep at its line', async (_, write) => {
    const lost: number[] = []
    for (let depth = 1; depth <= 80; depth += depth < 15 ? 7 : 1) {
      const { section, codes } = await readMarkdown(`# A\n\n${write(depth)}\n`)
      expect(codes).not.toContain('text-lost')
      const wanted = lettersIn(write(depth).replace(/^1\. |1\. /g, ''))
      if (lettersIn(textOf(section)) < 1 + wanted && !codes.includes('too-deep')) lost.push(depth)
    }
    expect(lost).toEqual([])
  })

  it('of thirty lists was lost without a word', async () => {
    const { codes } = await readMarkdown(`# A\n\n${'- '.repeat(30)}KEYWORD\n`)
    expect(codes).toEqual(['too-deep'])
  })
})

const TEXT = '# A\n\nBefore.\n\nLOST words.\n\n- An item[^1].\n\n[^1]: The note.\n\n::: aside\nWithin.\n:::\n'
const MANIFEST = 'title: A Book\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n'

async function buildBroken(text = TEXT) {
  vi.resetModules()
  const { build } = await import('../src/build.js')
  const home = mkdtempSync(join(tmpdir(), 'octavo-letters-'))
  try {
    writeFileSync(join(home, 'book.yaml'), MANIFEST)
    writeFileSync(join(home, 'a.md'), text)
    const { diagnostics } = await build({ book: home, out: join(home, 'out') })
    const written = readdirSync(home).includes('out') ? readdirSync(join(home, 'out')) : []
    return { said: diagnostics.filter((one) => one.severity === 'error').map(toLine), written }
  } finally {
    rmSync(home, { recursive: true })
  }
}

describe('a loss', () => {
  afterEach(() => {
    vi.doUnmock('../src/read/blocks/tables.js')
    vi.doUnmock('../src/layout/pages/paint-section.js')
    vi.doUnmock('../src/epub/inlines.js')
    vi.resetModules()
  })

  it('is not told where there is none', async () => {
    const { said, written } = await buildBroken()
    expect(said).toEqual([])
    expect(written).toHaveLength(2)
  })

  it('between Markdown and blocks is told at its line', async () => {
    vi.doMock('../src/read/blocks/tables.js', async (original) => ({
      ...(await original<object>()),
      captionTables: (blocks: { prose?: { text: string } }[]) =>
        blocks.filter((one) => !one.prose?.text.startsWith('LOST')),
    }))
    const { said, written } = await buildBroken()
    expect(said).toEqual(['a.md:5: error text-lost: 9 letters of the text are lost in reading'])
    expect(written).toEqual([])
  })

  it('on the pages is told at its line', async () => {
    vi.doMock('../src/layout/pages/paint-section.js', async (original) => {
      const press = await original<typeof import('../src/layout/pages/paint-section.js')>()
      return {
        ...press,
        paintSection(...[set, painting]: Parameters<typeof press.paintSection>) {
          press.paintSection(set, painting)
          for (const page of painting.onto.pages)
            page.items = page.items.filter(
              (item) => set.section.generated || item.kind !== 'text' || item.y !== secondLine(page.items),
            )
        },
      }
    })
    const { said, written } = await buildBroken()
    expect(said).toEqual([
      expect.stringMatching(/^a\.md:\d+: error text-lost: \d+ letters of the text are lost on the pages$/),
    ])
    expect(written).toEqual([])
  })

  it('in the EPUB is told at its line', async () => {
    vi.doMock('../src/epub/inlines.js', async (original) => {
      const inlines = await original<typeof import('../src/epub/inlines.js')>()
      return {
        ...inlines,
        writeProse: (...[prose, ...rest]: Parameters<typeof inlines.writeProse>) =>
          prose.text.startsWith('LOST') ? '' : inlines.writeProse(prose, ...rest),
      }
    })
    const { said, written } = await buildBroken()
    expect(said).toEqual(['a.md:5: error text-lost: 9 letters of the text are lost in the EPUB'])
    expect(written).toEqual([])
  })

  it('between lines and tokens is found, line by line', () => {
    const parsed = parseMarkdown(`${TEXT}\n[ref]: https://example.org\n  "and its title"\n`)
    if (typeof parsed === 'string') throw new Error(parsed)
    const { tokens, env } = parsed
    expect(env.unread).toEqual([])
    const without = tokens.filter((token) => !token.content.startsWith('LOST'))
    expect(lostLines(TEXT, without, nothing().env)).toEqual([{ line: 4, letters: 9 }])
  })
})

it('counts letters, and not what typography changes', () => {
  expect(lettersIn('a “b” — c… 1')).toBe(4)
  expect(lettersIn('q"\'-.,\u00ad\u200b\u2060\u202f\ufffc\ufe0f«»„‚’ ')).toBe(1)
  expect(lettersIn('e\u0301')).toBe(1)
  expect(lettersIn('éß日\u{1f600}')).toBe(5)
  expect(lettersBetweenTags('x<p class="abc">d &amp; e</p>', 1)).toBe(2)
})

/** Where the second line of text on a page stands. */
function secondLine(items: readonly { kind: string; y?: unknown }[]): unknown {
  return [...new Set(items.flatMap((item) => (item.kind === 'text' ? [item.y] : [])))][1]
}
