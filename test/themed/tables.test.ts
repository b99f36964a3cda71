// Tables, lists, captions and contents in a theme's own manner: the same on paper and in the EPUB.
import { beforeAll, describe, expect, test } from 'vitest'
import { labelOf, NUMBERS } from '../../src/theme/list-labels.js'
import { pageWith, said, type Themed, textOf, themed } from './helpers.js'

const LOOK = `colours: { sand: { day: '#f4ecd8', night: '#35301f' }, mist: '#eef2f5' }
tables:
  rules: { head: { weight: 2 pt, colour: red }, rows: { weight: 0.25 pt } }
  headGround: sand
  stripes: mist
lists: { bullets: ['–', '·'], numbers: ['a)', 'i.'] }
captions: { tables: below, number: chapter, label: bold, joint: ' — ' }
contents: { leaders: blank }
`
const CHAPTER = `# One

Table: The first

| a | b |
|---|---|
| 1 | 2 |
| 3 | 4 |
| 5 | 6 |

- one
    - two
        - three

1. first
2. second
    1. inner
`

describe('manners', () => {
  let it: Themed
  beforeAll(async () => {
    it = await themed(LOOK, [CHAPTER, CHAPTER.replace('One', 'Two')])
  })

  test('rules of a table: those that are named, and no others', () => {
    const { rules, runs } = pageWith(it.pages, 'The first')
    const across = rules.filter(({ height, width }) => height <= 2 && width > 10)
    expect(across.map(({ height }) => height).sort()).toEqual([0.25, 0.25, 2])
    const head = across.find(({ height }) => height === 2)!
    expect(head.colour).toBe('#b3261e')
    expect(head.y).toBeGreaterThan(runs.find(({ text }) => text === 'a')!.y)
    expect(head.y).toBeLessThan(runs.find(({ text }) => text === '1')!.y)
    expect(said(it.css, 'table', 'border-top')).toBeUndefined()
    expect(said(it.css, 'thead', 'border-bottom')).toBe('0.182em solid #b3261e')
    expect(said(it.css, 'tbody > tr + tr', 'border-top')).toBe('0.023em solid')
  })

  test('tints of its head and of every other row, at night as well', () => {
    const { rules } = pageWith(it.pages, 'The first')
    expect(rules.filter(({ colour }) => colour === '#f4ecd8')).toHaveLength(1)
    expect(rules.filter(({ colour }) => colour === '#eef2f5')).toHaveLength(1)
    expect(said(it.css, 'tbody > tr:nth-child(even)', 'background-color')).toMatch(/^rgba/)
    expect(it.night).toMatch(/thead \{\s+background-color: #35301f/)
  })

  test('the caption below, with its number in the chapter', () => {
    const { runs } = pageWith(it.pages, 'The first')
    const caption = runs.find(({ text }) => text.includes('Table'))!
    expect(caption.y).toBeGreaterThan(runs.find(({ text }) => text === '5')!.y)
    expect(it.pages.fonts[caption.font]!.weight).toBe(700)
    expect(
      it.epub.chapters.some(({ body }) => JSON.stringify(textOfTree(body)).includes('Table 2.1 — The first')),
    ).toBe(true)
    expect(said(it.css, 'caption', 'caption-side')).toBe('bottom')
  })

  test('marks of lists by their level', () => {
    const { page } = pageWith(it.pages, 'three')
    const labels = page.items.flatMap((item) =>
      item.kind === 'text' && it.pages.tags[item.tag]?.type === 'Lbl' ? [textOf(it.pages, item).trim()] : [],
    )
    expect(labels).toEqual(['–', '·', '·', 'a)', 'b)', 'i.'])
    expect(
      it.pages.tags
        .filter(({ type }) => type === 'L')
        .map(({ numbering }) => numbering)
        .slice(0, 5),
    ).toEqual(['Disc', 'Disc', 'Disc', 'LowerAlpha', 'LowerRoman'])
    expect(said(it.css, 'ul', 'list-style-type')).toBe('"– "')
    expect(said(it.css, 'li ul', 'list-style-type')).toBe('"· "')
    expect(it.css).toContain('@counter-style in-brackets-lower-alpha')
    expect(said(it.css, 'li ol', 'list-style-type')).toBe('lower-roman')
  })

  test('contents without leaders', () => {
    const page = it.pages.pages.find(({ items }) =>
      items.some((item) => item.kind === 'text' && textOf(it.pages, item) === 'Contents'),
    )
    const dots = (page?.items ?? []).filter((item) => item.kind === 'rule')
    expect(dots).toEqual([])
  })

  test('nothing is lost, and nothing to say', () => {
    expect(it.told.filter(({ code }) => code !== 'class-unstyled')).toEqual([])
  })
})

function textOfTree(node: { children?: unknown[]; data?: string }): string {
  return node.data ?? (node.children ?? []).map((child) => textOfTree(child as never)).join('')
}

test.each([
  [1, 'a)', 'a)'],
  [26, 'a.', 'z.'],
  [27, 'A.', 'AA.'],
  [703, 'a.', 'aaa.'],
  [4, 'i)', 'iv)'],
  [1999, 'I.', 'MCMXCIX.'],
  [4000, 'I.', '4000.'],
  [0, 'a.', '0.'],
  [12, '1)', '12)'],
] as const)('%d in the manner of %s', (n, manner, label) => {
  expect(labelOf(n, manner)).toBe(label)
  expect(NUMBERS).toContain(manner)
})

test('a picture’s caption may stand above it', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><path d="M0 0h40v40z"/></svg>'
  const it = await themed(
    'captions: { figures: above, number: book }\n',
    ['# One\n\n![A shape.](a.svg "The shape")\n'],
    '',
    { 'a.svg': svg },
  )
  const { page, runs } = pageWith(it.pages, 'The shape')
  const picture = page.items.find((item) => item.kind === 'image')!
  expect(runs.find(({ text }) => text.includes('Figure'))!.y).toBeLessThan(picture.kind === 'image' ? picture.y : 0)
  const [figure] = it.find('figure')
  const names = figure!.children.flatMap((child) => ('name' in child ? [child.name] : []))
  expect(names).toEqual(['figcaption', 'img'])
})

test('colours of tables are looked up, and read on', async () => {
  await expect(themed('tables: { stripes: sond }\n', ['# One'])).rejects.toThrow('`tables.stripes` names no colour')
  const { told } = await themed("tables: { headGround: '#5a5a5a' }\n", ['# One\n\nText.'])
  expect(told.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('`tables.headGround` has a contrast of'),
  )
})

test('points of numbers stand below one another in the EPUB, by white as wide as figures', async () => {
  const it = await themed('', ['# One\n\n| | |\n| --- | ---: |\n| Nails | 3.90 |\n| Lime | 2.4 |\n| Less | 12 |\n'])
  expect(it.find('td.right').map((cell) => ('data' in cell.children[0]! ? cell.children[0].data : ''))).toEqual([
    '3.90',
    '2.4\u2007',
    '12\u2008\u2007\u2007',
  ])
  expect(it.find('thead')).toEqual([])
})
