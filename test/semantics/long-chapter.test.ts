// A chapter that is too large for one document is in several, and whoever reads it does not see it.
import { selectAll } from 'css-select'
import { parseDocument } from 'htmlparser2'
import { beforeAll, expect, test } from 'vitest'
import { type Built, builtFrom } from '../claims/built.js'
import { type Element, textOf } from '../finished/epub.js'

const SENTENCE = 'It was late when the last boat came in & the men, each with his *lamp*, went up the path in silence. '
const paragraphs = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `Paragraph ${from + i}. ${SENTENCE.repeat(8)}`).join('\n\n')

/** About 680 kB. */
const LONG = `# The Long Chapter

${paragraphs(0, 350)} [Forward](#far-off), and a note.[^first]

## Far Off {#far-off}

${paragraphs(350, 330)} [Back](#the-long-chapter), the same note[^first] and another.[^last]

[^first]: The first note leads to two documents.
[^last]: The last note.
`

let built: Built
let files: string[]
let pages: { file: string; body: Element }[]
const all = (selector: string, of: string) =>
  selectAll(selector, parseDocument(of, { xmlMode: true }).children) as unknown as Element[]

beforeAll(async () => {
  const manifest = 'title: A Book\nlanguage: en\ndate: 2026-01-01\ngenerate: true\nbody: [a.md, a-2.md]\n'
  built = await builtFrom({ 'book.yaml': manifest, 'a.md': LONG, 'a-2.md': '# After\n\nThe end.\n' }, ['epub', 'pdf'])
  const spine = [...built.opf.matchAll(/<itemref idref="([^"]+)"/g)].map((found) => found[1]!)
  files = spine.map((id) => {
    const tag = new RegExp(`<item [^>]*id="${id}"[^>]*>`).exec(built.opf)![0]
    return /href="text\/([^"]+)"/.exec(tag)?.[1] ?? ''
  })
  pages = files
    .filter((file) => /^a/.test(file))
    .map((file) => ({ file, body: all('body', built.inEpub(`EPUB/text/${file}`))[0]! }))
})

test('is in documents of less than 250 kB, in reading order, each word once', () => {
  expect(built.said.filter((one) => one.severity === 'error')).toEqual([])
  expect(pages.map(({ file }) => file)).toEqual(['a.xhtml', 'a-3.xhtml', 'a-4.xhtml', 'a-5.xhtml', 'a-2.xhtml'])
  for (const { file } of pages) expect(built.inEpub(`EPUB/text/${file}`).length).toBeLessThan(250_000)
  const numbers = pages.flatMap(({ body }) =>
    [...textOf(body).matchAll(/Paragraph (\d+)\./g)].map((found) => +found[1]!),
  )
  expect(numbers).toEqual(Array.from({ length: 680 }, (_, i) => i))
})

test('begins a document at a paragraph or a heading, and says there of no chapter that it begins', () => {
  for (const { file, body } of pages.slice(1, -1)) {
    const [first] = body.children.filter((one) => one.type === 'tag') as Element[]
    expect([file, first!.name]).toEqual([file, expect.stringMatching(/^(p|h2)$/)])
    expect(first!.attribs['class'] ?? '').not.toMatch(/opening|flush/)
    expect(all('section[role="doc-chapter"], h1', built.inEpub(`EPUB/text/${file}`))).toEqual([])
    expect(body.attribs['class']).toBe('chapter')
  }
  // The nearest heading is the better place.
  expect(pages.filter(({ body }) => textOf(body).trim().startsWith('Far Off'))).toHaveLength(1)
})

test('is reached by contents, links, notes and the list of pages wherever it is now', () => {
  const ids = new Map<string, string>()
  for (const { file } of pages) {
    for (const one of all('[id]', built.inEpub(`EPUB/text/${file}`)))
      ids.set(`${file}#${one.attribs['id']}`, textOf(one))
  }
  const nav = built.inEpub('EPUB/nav.xhtml')
  const links = all('nav a', nav).map((one) => one.attribs['href']!.replace('text/', ''))
  for (const href of links.filter((one) => /^a/.test(one) && one.includes('#'))) expect(ids.has(href)).toBe(true)
  expect(links.filter((href) => href.endsWith('#far-off'))).toEqual([expect.stringMatching(/^a-\d/)])
  expect(all('#toc > ol > li > a', nav).map((one) => textOf(one))).toEqual(
    expect.arrayContaining(['The Long Chapter', 'After']),
  )
  const inside = pages.flatMap(({ file, body }) =>
    selectAll('a[href]', body as never).map((one) => {
      const href = (one as unknown as Element).attribs['href']!
      return href.startsWith('#') ? file + href : href
    }),
  )
  for (const href of inside) expect([href, ids.has(href) || files.includes(href)]).toEqual([href, true])
  expect(inside.filter((href) => href.includes('#ref-'))).toHaveLength(3)
  // Notes end the chapter, and stand nowhere in the midst of it.
  expect(pages.map(({ body }) => selectAll('section.notes', body as never).length)).toEqual([0, 0, 0, 1, 0])
})
