// Page marks: where the layout says that a page begins, at the very character; the lists that lead there.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Book, Prose } from '../../src/model/book.js'
import type { PageStart } from '../../src/model/pages.js'
import {
  cell,
  code,
  em,
  h,
  item,
  link,
  list,
  makeBook,
  metadata,
  note,
  p,
  prose,
  ref,
  section,
  table,
  verse,
} from './builders.js'
import { make, pagesOf } from './make.js'
import { specimen } from './specimen.js'
import { faultOf } from './wellformed.js'

/** All proses by their anchor, and the anchors that are blocks without a text. */
function anchorsOf(book: Book): Map<number, Prose | undefined> {
  const found = new Map<number, Prose | undefined>()
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (typeof value === 'object' && value !== null) {
      if ('text' in value && 'spans' in value) found.set((value as Prose).n, value as Prose)
      else if ('n' in value && 'kind' in value) found.set(value.n as number, found.get(value.n as number))
      if (!('text' in value)) Object.values(value).forEach(collect)
    }
  }
  for (const { blocks, notes } of book.sections) collect([blocks, notes])
  return found
}

/** The text of a document, with `[label]` for a page mark. */
function marked(xhtml: string): string {
  return xhtml
    .slice(xhtml.indexOf('<body'))
    .replace(
      /\s*<(?:span|div) id="[^"]*" epub:type="pagebreak" role="doc-pagebreak" aria-label="([^"]*)"><\/(?:span|div)>\n?/g,
      (all, label: string) => `${/^\s/.test(all) && !all.includes('div') ? all[0] : ''}[${label}]`,
    )
    .replace(/<[^>]*>/g, '')
}

async function one(starts: PageStart[], ...blocks: Parameters<typeof section>[2][]) {
  const book = makeBook(metadata(), [
    section('one', { notes: [note('one', '1', p('note', 'The text of a note that runs on.'))] }, ...blocks),
  ])
  const made = await make(book, { starts, bare: true })
  return { book, xhtml: made.text('EPUB/text/one.xhtml'), made }
}

describe('a mark stands at the very offset', () => {
  test('between words, within a word, at the beginning and the end', async () => {
    const { xhtml } = await one(
      [
        { label: 'i', n: 0, offset: 0 },
        { label: 'ii', n: 0, offset: 4 },
        { label: '1', n: 0, offset: 11 },
        { label: '2', n: 0, offset: 15 },
      ],
      p('body', 'The incredible.'),
    )
    expect(marked(xhtml)).toMatch(/^\[i\]The \[ii\]incredi\[1\]ble\.\[2\]\n/m)
    expect(xhtml).toContain(
      'incredi<span id="page-1" epub:type="pagebreak" role="doc-pagebreak" aria-label="1"></span>ble.',
    )
  })

  test('in marked text, in notes, tables, lists, verse and code', async () => {
    const { xhtml } = await one(
      [
        { label: '1', n: 0, offset: 8 },
        { label: '2', n: 2, offset: 3 },
        { label: '3', n: 5, offset: 2 },
        { label: '4', n: 8, offset: 4 },
        { label: '5', n: 10, offset: 0 },
        { label: '6', n: 11, offset: 9 },
        { label: '7', n: 12, offset: 8 },
      ],
      p('body', 'An ', em('emphasis'), ref('note-one-1')), // 0
      list({}, [item('an item')]), // 1, 2
      table([[cell('head')]], [[cell('body')]]), // 3, 4, 5
      verse(['first', 'second line']), // 6, 7, 8
      list({}, [list({}, [])]), // 9, 10
      p('body', 'text and ', code('a = b')), // 11
    )
    expect(xhtml).toContain('<em>empha<span id="page-1"')
    expect(marked(xhtml)).toMatch(/an \[2\]item/)
    expect(xhtml).toMatch(/<td>bo<span id="page-3"[^>]*><\/span>dy<\/td>/)
    expect(marked(xhtml)).toContain('seco[4]nd line')
    expect(marked(xhtml)).toContain('text and [6]a = b')
    expect(marked(xhtml)).toContain('1 The text[7] of a note')
  })

  test('never in a link, nor between the halves of a character: it goes before', async () => {
    const { xhtml } = await one(
      [
        { label: '1', n: 0, offset: 9 },
        { label: '2', n: 1, offset: 3 },
        { label: '3', n: 2, offset: 2 },
      ],
      p('body', 'See ', link('https://example.org/', 'this ', em('page')), '.'),
      p('body', 'ab\u{1F600}c'),
      h('heading-2', 2, 'Heading'),
    )
    expect(marked(xhtml)).toContain('See [1]this page.')
    expect(xhtml).not.toMatch(/<a (?:(?!<\/a>).)*doc-pagebreak/)
    expect(marked(xhtml)).toContain('ab[2]\u{1F600}c')
    expect(xhtml).toMatch(/<h2[^>]*>He<span/)
  })

  test('before a heading, a rule, a note’s number: not within', async () => {
    const { xhtml } = await one(
      [
        { label: '1', n: 0, offset: 0 },
        { label: '2', n: 2, offset: 0 },
      ],
      h('title', 1, 'Title'),
      p('body', 'Text', ref('note-one-1')),
    )
    expect(xhtml).toMatch(/<div id="page-1"[^>]*><\/div>\n<h1/)
    expect(xhtml).toMatch(/<p><span id="page-2"[^>]*><\/span><a href="#ref-one-1"/)
  })
})

describe('for any pages of a book with every construct', () => {
  let book: Book
  let anchors: Map<number, Prose | undefined>
  let plain: Map<string, string>
  beforeAll(async () => {
    book = await specimen()
    anchors = anchorsOf(book)
    const made = await make(book, { bare: true })
    plain = new Map(
      [...made.files.keys()]
        .filter((path) => path.startsWith('EPUB/text/'))
        .map((path) => [path, marked(made.text(path))]),
    )
  })

  test('every anchor can begin a page', async () => {
    expect([...anchors.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: book.anchors }, (_, n) => n))
    const made = await make(book, { starts: pagesOf(book, 1) })
    expect(made.text('EPUB/nav.xhtml').match(/#page-/g)).toHaveLength(book.anchors)
  })

  test('each mark is written once, where the page list leads; the text stays what it was', async () => {
    const start = fc
      .nat({ max: book.anchors - 1 })
      .chain((n) => fc.record({ n: fc.constant(n), offset: fc.nat({ max: anchors.get(n)?.text.length ?? 0 }) }))
    await fc.assert(
      fc.asyncProperty(fc.array(start, { maxLength: 25 }), async (found) => {
        const sorted = found.sort((a, b) => a.n - b.n || a.offset - b.offset)
        const starts = sorted.map((each, i) => ({ ...each, label: String(i + 1) }))
        const made = await make(book, { starts, bare: true })
        const nav = made.text('EPUB/nav.xhtml')
        const listed = [...nav.matchAll(/<li><a href="(text\/[^"#]+)#([^"]+)">(\d+)<\/a><\/li>/g)].slice(
          -starts.length || undefined,
        )
        if (starts.length > 0) expect(listed.map((each) => each[3])).toEqual(starts.map((each) => each.label))
        const labels: string[] = []
        for (const [path, before] of plain) {
          const xhtml = made.text(path)
          expect(faultOf(xhtml)).toBeUndefined()
          expect(xhtml).not.toMatch(/<a (?:(?!<\/a>).)*doc-pagebreak/)
          const after = marked(xhtml)
          labels.push(...[...after.matchAll(/\[(\d+)\]/g)].map((each) => each[1]!))
          expect(after.replace(/\[\d+\]/g, '').replace(/\s+/g, '')).toBe(before.replace(/\s+/g, ''))
        }
        // In the order of the pages, in every document as in the whole.
        expect(labels).toEqual(starts.map((each) => each.label))
        for (const [, path, id, label] of starts.length > 0 ? listed : []) {
          expect(made.text(`EPUB/${path}`)).toContain(
            `id="${id}" epub:type="pagebreak" role="doc-pagebreak" aria-label="${label}"`,
          )
        }
      }),
      { numRuns: 25 },
    )
  })
})

test('the page list is in nav and NCX, and what the pages are of is said; without pages, nothing is', async () => {
  const book = makeBook(metadata(), [section('one', {}, p('body', 'One two three'))])
  const starts = [
    { label: 'iv', n: 0, offset: 0 },
    { label: '5', n: 0, offset: 4 },
    { label: '5', n: 0, offset: 8 },
  ]
  const made = await make(book, { starts, bare: true })
  expect(made.text('EPUB/nav.xhtml')).toContain(
    '    <li><a href="text/one.xhtml#page-iv">iv</a></li>\n    <li><a href="text/one.xhtml#page-5">5</a></li>\n    <li><a href="text/one.xhtml#page-5-2">5</a></li>\n',
  )
  const ncx = made.text('EPUB/toc.ncx')
  expect(ncx).toContain(
    '<pageTarget type="front">\n      <navLabel><text>iv</text></navLabel>\n      <content src="text/one.xhtml#page-iv"/>',
  )
  expect(ncx).toContain(
    '<pageTarget type="normal">\n      <navLabel><text>5</text></navLabel>\n      <content src="text/one.xhtml#page-5"/>',
  )
  expect(made.text('EPUB/package.opf')).toContain('<meta property="pageBreakSource">A Specimen (PDF)</meta>')
  const without = await make(book)
  for (const path of ['EPUB/package.opf', 'EPUB/nav.xhtml', 'EPUB/toc.ncx']) {
    expect(without.text(path)).not.toMatch(/page-?list|pageTarget|pageBreak|pageNavigation/i)
  }
})

test('an id of the author’s keeps its name', async () => {
  const book = makeBook(metadata(), [
    section('one', {}, { ...p('body', 'One ', link('#page-1', 'here')), id: 'page-1' }),
  ])
  const xhtml = (await make(book, { starts: [{ label: '1', n: 0, offset: 0 }] })).text('EPUB/text/one.xhtml')
  expect(xhtml).toContain('<p id="page-1"><span id="page-1-2"')
})

test('a page at an anchor that the book has not is our own fault, and said at once', async () => {
  const book = makeBook(metadata(), [section('one', {}, p('body', prose('x').text))])
  await expect(make(book, { starts: [{ label: '7', n: 99, offset: 0 }] })).rejects.toThrow('page 7')
})
