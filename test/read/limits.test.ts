// Books that were made to hurt: each is read, or refused, in time and memory that grow with its size and no faster.
// There are no clocks here: what is quadratic in these sizes runs into the limit of the test.
import { describe, expect, it, vi } from 'vitest'
import { readFolder, readMarkdown, textOf } from './folder.js'
import { faultsOf } from './sound.js'

vi.setConfig({ testTimeout: 60_000 })

const many = (text: string, times: number) => text.repeat(times)
const numbered = (line: (n: number) => string, times: number) =>
  Array.from({ length: times }, (_, n) => line(n)).join('')

const HOSTILE: [string, string][] = [
  ['a megabyte in one paragraph', many('word *em* "q" [l](https://e.org) `c` ', 28_000)],
  ['ten thousand notes', `${numbered((n) => `w[^${n}] `, 10_000)}\n\n${numbered((n) => `[^${n}]: note\n\n`, 10_000)}`],
  ['ten thousand notes in place', many('w^[note *x*] ', 10_000)],
  ['headings with the same words', many('## same\n\n', 20_000)],
  ['quotations in quotations', `${many('> ', 5_000)}x`],
  ['lists in lists', numbered((n) => `${many('  ', n)}- x\n`, 400)],
  ['brackets', `${many('[', 30_000)}x${many(']', 30_000)}`],
  ['links that are never closed', many('[a](', 30_000)],
  ['images in images', `${many('![', 3_000)}x${many('](y)', 3_000)}`],
  ['notes in notes', `${many('^[', 20_000)}x${many(']', 20_000)}`],
  ['stars', many('*a **b ', 20_000)],
  ['marks of every length', numbered((n) => `${many('`', (n % 300) + 1)} `, 2_000)],
  ['tags that are never closed', many('<b>', 30_000)],
  ['tags that cross', many('<b>*x</b>*', 10_000)],
  ['blocks of HTML in each other', many('<div>\n', 30_000)],
  ['an attribute without end', `<a ${many('b="', 30_000)}`],
  ['comments that are never closed', many('<!--', 30_000)],
  ['fences that are never closed', many('::: note\n', 20_000)],
  ['fences in fences', `${many('::: note\n', 3_000)}${many(':::\n', 3_000)}`],
  ['spans in spans', `${many('[', 2_000)}x${many(']{.a}', 2_000)}`],
  ['languages', many('["a" \'b\']{lang=fr} ', 10_000)],
  ['quotation marks', many('"', 100_000)],
  ['hard breaks', many('a\\\n', 30_000)],
  ['lines of verse', `::: verse\n*${many('  a [b](https://e.org)\n', 10_000)}*\n:::`],
  ['a wide table', `${many('|a', 10_000)}|\n${many('|-', 10_000)}|\n${many('|b|\n', 20)}`],
  ['a table of spans', `<table>${many('<tr><td rowspan=100 colspan=3>x', 2_000)}</table>`],
  ['links without a text', `${many('[](#x) ', 10_000)}\n\n[a]{#x}`],
  [
    'dead links and ids to guess from',
    `${many('[a](#abcdefghij) ', 10_000)}\n\n${numbered((n) => `[x]{#abcdefghi${n}} `, 10_000)}`,
  ],
  ['spaces', many('\u00a0', 100_000)],
  ['spaces behind the name of a block', `::: note ${many(' ', 2_000_000)}x\nText.\n:::`],
  ['brackets that close nothing in a play', `::: drama\n${many(')', 500_000)}x\n:::`],
  ['letters that no space parts', many('abcdefghij', 1_000_000)],
  ['blocks of Leanpub’s that are never closed', many('{blurb}\n', 120_000)],
  ['words of code beside its language', `\`\`\`js ${many('{', 1_000_000)}\n\`\`\``],
  ['a title’s attributes that are never closed', `a {${many('-', 1_000_000)}`],
  ['a title with attributes and spaces', `# a${many(' ', 1_000_000)}x {-}`],
  ['a comment that is short for browsers, and never closed', `<!-->\n${many('a ', 500_000)}`],
  ['a stage direction with brackets behind it', `::: drama\n*a${many(')', 500_000)}x*\n:::`],
  ['definitions of links that nothing refers to', numbered((n) => `[a${n}]: x\n`, 80_000)],
]

describe('a file of', () => {
  it.each(HOSTILE)('%s', async (_, markdown) => {
    const { book } = await readMarkdown(`# T\n\n${markdown}\n`)
    expect(faultsOf(book).slice(0, 3)).toEqual([])
  })

  it('a million items is refused', async () => {
    const { codes } = await readMarkdown(`# T\n\n${many('- x\n', 1_000_000)}`)
    expect(codes).toContain('too-large')
  })

  it('more than 16 MB is refused', async () => {
    expect((await readMarkdown(`# T\n\n${many('x', 17 << 20)}`)).codes).toEqual(['too-large'])
  })
})

describe('an address', () => {
  const long = `https://example.org/${'x'.repeat(5000)}`
  it('that is too long to lead anywhere is no link, and keeps its text', async () => {
    for (const markdown of [`<${long}>`, `[${long}](${long})`]) {
      const { codes, section } = await readMarkdown(`# T\n\n${markdown}\n`)
      expect(codes).toEqual(['dead-link'])
      expect(textOf(section)).toBe(`T\n${long}`)
      expect(JSON.stringify(section.blocks)).not.toContain('"href"')
    }
    expect((await readMarkdown(`# T\n\n<${long.slice(0, 4000)}>\n`)).codes).toEqual([])
  })
})

describe('a manifest of', () => {
  it.each([
    [
      'aliases of aliases',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${numbered((n) => `a${n}: &a${n} [${many(`*a${n === 0 ? '' : n - 1}, `, 9)}x]\n`, 20)}`,
    ],
    ['brackets', `title: ${many('[', 20_000)}`],
    ['levels', numbered((n) => `${many(' ', n)}a:\n`, 2_000)],
    ['a text without end', `title: "${many('x ', 100_000)}`],
    ['sixty thousand keys', numbered((n) => `k${n}: 1\n`, 60_000)],
  ])('%s', async (_, yaml) => {
    const { said } = await readFolder({ 'book.yaml': yaml })
    expect(said.some((one) => one.severity === 'error')).toBe(true)
  })
})

describe('a line of a million signs', () => {
  const manifest = 'title: T\nlanguage: en\ndate: 2026-01-01\nbody: [a.md]\n'
  const spaces = many(' ', 2_000_000)
  const drawing = (inside: string) => ({
    'book.yaml': manifest,
    'a.md': '# A\n\n![A drawing](a.svg)\n',
    'a.svg': `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inside}<path d="M0 0h9v9z"/></svg>`,
  })
  const chapters = (heading: string) => ({ 'a.md': `# ${heading}\n\nText.\n`, 'b.md': '# B\n\nText.\n' })
  it.each<[string, Record<string, string>]>([
    ['a title with spaces, where there is no manifest', chapters(`a${spaces}x`)],
    ['a title with brackets', chapters(many('[', 700_000))],
    ['a title with addresses', chapters(many('[a](', 250_000))],
    ['a part of an mdBook', { 'SUMMARY.md': `# Summary\n\n# a${spaces}x\n\n- [B](b.md)\n`, 'b.md': '# B\n\nText.\n' }],
    [
      'where an mdBook lies',
      {
        'book.toml': `[book]\nsrc = "${many('/', 900_000)}x"\n`,
        'SUMMARY.md': '- [B](b.md)\n',
        'b.md': '# B\n\nText.\n',
      },
    ],
    ['the place of a drawing’s part', drawing(`<g transform="${spaces}x"/>`)],
    ['the place of its gradient', drawing(`<linearGradient gradientTransform="${many('a', 2_000_000)}"/>`)],
    ['the kind of its style', drawing(`<style type="${spaces}x">a{}</style>`)],
  ])('%s', async (_, files) => {
    const { said } = await readFolder(files)
    expect(said.map((one) => one.message.length).filter((length) => length > 2000)).toEqual([])
  })
})
