// The authors of chapters on the page of contents, in both outputs; what reads the contents aloud or lists them has the title alone.
import { selectAll } from 'css-select'
import { expect, test } from 'vitest'
import type { Element } from '../finished/epub.js'
import { pageWith, textOf, themed } from './helpers.js'

const CHAPTERS = ['# *First* of All\n\n[Ada Maker]{.author}\n\nText.\n', '# Second\n\nText.\n']
const HEADED = ['---\nauthor: Ada Maker\n---\n\n# *First* of All\n\nText.\n', '# Second\n\nText.\n']

test.each(['below', 'above'] as const)('%s the title, in italics', async (place) => {
  const { pages, find, epub } = await themed(`contents: { authors: ${place} }\n`, HEADED)
  const { runs } = pageWith(pages, 'Second')
  const name = runs.find((run) => textOf(pages, run).includes('Maker'))!
  const first = runs.find((run) => textOf(pages, run).includes('of All'))!
  expect(pages.fonts[name.font]!.italic).toBe(true)
  expect(Math.sign(name.y - first.y)).toBe(place === 'below' ? 1 : -1)
  const entry = find('ol.contents a').find(({ attribs }) => attribs['href']?.includes('c1'))!
  const words = (node: Element): string =>
    node.name === 'br' ? ' | ' : node.children.map((c) => ('data' in c ? String(c.data) : words(c as Element))).join('')
  expect(words(entry).replace(/\s+/g, ' ')).toBe(
    place === 'below' ? 'First of All | Ada Maker' : 'Ada Maker | First of All',
  )
  expect(selectAll('i', [entry] as never, { xmlMode: true })).toHaveLength(1)
  const nav = new TextDecoder().decode([...epub.files].find(([path]) => path.endsWith('nav.xhtml'))![1])
  expect(nav).not.toContain('Ada Maker')
})

test('nothing is listed where nobody asks', async () => {
  const { find } = await themed('', CHAPTERS)
  expect(find('ol.contents br')).toHaveLength(0)
})
