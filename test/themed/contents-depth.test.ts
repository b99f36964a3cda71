// How deep the contents go: as the manifest says, else as the theme does; and whether they have the chapters' numbers.
import { expect, test } from 'vitest'
import { textOf, themed } from './helpers.js'

const CHAPTERS = ['# One\n\n## Harbour\n\nText.\n\n### Quay\n\nText.\n', '# Two\n\n## Strait\n\nText.\n']

async function contents(look: string, more = '') {
  const { find, pages, told } = await themed(look, CHAPTERS, more)
  expect(told).toEqual([])
  const listed = find('ol.contents a').map((link) => textIn(link))
  const words = pages.pages.map(({ items }) =>
    items.flatMap((item) => (item.kind === 'text' ? [textOf(pages, item)] : [])),
  )
  const page = words.find((all) => all.join('').includes('Contents'))!.join('')
  return { listed, page }
}

interface Tree {
  type: string
  data?: string
  children?: Tree[]
}

function textIn(node: unknown): string {
  const { data = '', children = [] } = node as Tree
  return data + children.map(textIn).join('')
}

test('as deep as the theme says', async () => {
  const flat = await contents('')
  expect(flat.listed).toEqual(['One', 'Two', 'Colophon'])
  const deep = await contents('contents: { depth: 2 }\n')
  expect(deep.listed).toEqual(['One', 'Harbour', 'Two', 'Strait', 'Colophon'])
  expect(deep.page).toMatch(/Harbour.*Strait/)
  expect(deep.page).not.toContain('Quay')
  expect((await contents('contents: { depth: 3 }\n')).listed).toContain('Quay')
})

test('the manifest goes before the theme', async () => {
  expect((await contents('contents: { depth: 3 }\n', 'contents-depth: 1\n')).listed).toEqual(['One', 'Two', 'Colophon'])
  expect((await contents('contents: { depth: 1 }\n', 'contents-depth: 2\n')).listed).toContain('Harbour')
})

test('with the numbers of chapters, or without', async () => {
  const numbering = 'numbering: { chapters: arabic }\n'
  expect((await contents('', numbering)).listed[0]).toBe('Chapter 1. One')
  const without = await contents('contents: { numbers: false }\n', numbering)
  expect(without.listed).toEqual(['One', 'Two', 'Colophon'])
  expect(without.page).not.toContain('Chapter 1')
})
