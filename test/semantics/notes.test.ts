// Notes in the finished EPUB: every reference has a way back that says where it leads, and no name has a note's figure in it.
import { selectAll } from 'css-select'

import { parseDocument } from 'htmlparser2'
import { beforeAll, expect, test } from 'vitest'
import { type Built, builtFrom } from '../claims/built.js'
import { png } from '../epub/builders.js'
import { type Element, textOf } from '../finished/epub.js'

const NOTED = `# A Title[^t]

Once.[^one] Twice.[^one] Thrice.[^one] Another.[^two]

## A heading[^h] with a note

![Its caption[^f]](grey.png){alt="A grey field."}

| a | b |
| - | - |
| 1 | 2 |

Table: What is in it[^c]

[^t]: On the title.
[^one]: Referred to three times.
[^two]: Referred to once.
[^h]: On the heading.
[^f]: On the figure.
[^c]: On the table.
`

const manifest = (language: string) =>
  `title: A Book\nlanguage: ${language}\ndate: 2026-01-01\ngenerate: true\nbody: [a.md]\nignore: [image-resolution]\n`

let built: Built
let page: string
const all = (selector: string, of = page) =>
  selectAll(selector, parseDocument(of, { xmlMode: true }).children) as unknown as Element[]

beforeAll(async () => {
  const grey = await png(8, 8, 128)
  built = await builtFrom({ 'book.yaml': manifest('en'), 'a.md': NOTED, 'grey.png': grey }, ['epub', 'pdf'])
  page = built.inEpub('EPUB/text/a.xhtml')
})

test('every reference has a way back of its own, which says where it leads', () => {
  const references = all('[role="doc-noteref"]').map((one) => `#${one.attribs['id']}`)
  expect(references).toHaveLength(8)
  expect(new Set(references).size).toBe(8)
  const back = all('[role="doc-backlink"]')
  expect(back.map((one) => one.attribs['href']).sort()).toEqual(references.sort())
  const ofOne = back.filter((one) => one.attribs['aria-label']!.includes('2'))
  expect(ofOne.map((one) => [textOf(one), one.attribs['aria-label']])).toEqual([
    ['2a', 'Back to reference 2a'],
    ['b', 'Back to reference 2b'],
    ['c', 'Back to reference 2c'],
  ])
  // Who sees the link can say its name (WCAG 2.2, 2.5.3).
  for (const one of back) expect(one.attribs['aria-label']).toContain(textOf(one))
})

test('a note’s figure is in no name: of headings, sections, figures, tables, contents, bookmarks, metadata', () => {
  const named = ['h1', 'h2', 'figure', 'table', 'div.table'].map((name) => all(name)[0]!.attribs['aria-label'])
  expect(named).toEqual(['A Title', 'A heading with a note', 'Its caption', 'What is in it', 'What is in it'])
  expect(all('section')[0]!.attribs['aria-labelledby']).toBe(all('h1')[0]!.attribs['id'])
  const nav = built.inEpub('EPUB/nav.xhtml')
  const labels = all('nav a', nav).map((one) => textOf(one))
  expect(labels).toEqual(expect.arrayContaining(['A Title', 'A heading with a note']))
  expect([nav, built.inEpub('EPUB/toc.ncx'), built.xmp].join('')).not.toMatch(/(?:Title|heading)\s*\d/)
})

test('a caption between quotation marks and the title of a block refer to notes, too', async () => {
  const text =
    '# A\n\n![A grey field.](grey.png){caption="Its *caption*[^f]"}\n\n::: warning Hot[^w]\nVery.\n:::\n\n[^f]: Grey.\n[^w]: Red.\n'
  const grey = await png(8, 8, 128)
  const made = await builtFrom({ 'book.yaml': manifest('en'), 'a.md': text, 'grey.png': grey }, ['epub', 'pdf'])
  expect(made.said).toEqual([])
  const page = made.inEpub('EPUB/text/a.xhtml')
  expect(all('figcaption a', page).map((one) => one.attribs['href'])).toEqual(['#note-a-1'])
  expect(all('aside.warning a, div.warning a', page).map((one) => one.attribs['href'])).toEqual(['#note-a-2'])
})

test('ways back are named in the language of the book, and in English as such where it is not known', async () => {
  const text = '# A\n\nOne.[^x]\n\n[^x]: A note.\n'
  const links = async (language: string) => {
    const made = await builtFrom({ 'book.yaml': manifest(language), 'a.md': text }, ['epub'])
    const { attribs } = all('[role="doc-backlink"]', made.inEpub('EPUB/text/a.xhtml'))[0]!
    return [attribs['aria-label'], attribs['lang']]
  }
  expect(await links('fr')).toEqual(['Retour à l’appel de note 1', undefined])
  expect(await links('he')).toEqual(['Back to reference 1', 'en'])
})
