// The documents: every construct of the model in the markup that a careful person would write, every word kept.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Block, Book } from '../../src/model/book.js'
import { openEpub, textOf } from '../finished/epub.js'
import { dinkus, em, h, item, link, list, makeBook, metadata, note, p, prose, ref, section } from './builders.js'
import { type Made, make } from './make.js'
import { specimen } from './specimen.js'
import { faultOf } from './wellformed.js'

let book: Book
let epub: Made
beforeAll(async () => {
  book = await specimen()
  epub = await make(book)
})

const chapter = (id: string) => epub.text(`EPUB/text/${id}.xhtml`)

/** One chapter of these blocks, without what is around them. */
async function written(...blocks: Block[]): Promise<string> {
  const made = await make(makeBook(metadata(), [section('one', {}, ...blocks)]))
  return /<section[^>]*>\n(.*)<\/section>/s.exec(made.text('EPUB/text/one.xhtml'))![1]!
}

test('every document is well-formed XML, its ids unique', () => {
  const paths = [...epub.files.keys()].filter((path) => /\.(xhtml|opf|ncx|xml)$/.test(path))
  expect(paths.length).toBeGreaterThan(20)
  expect(paths.map((path) => [path, faultOf(epub.text(path))]).filter(([, fault]) => fault !== undefined)).toEqual([])
})

test('every word of the book is in it, in the order of the book', () => {
  const proses: string[] = []
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (typeof value === 'object' && value !== null) {
      if ('text' in value && 'spans' in value) proses.push(value.text as string)
      else Object.values(value).forEach(collect)
    }
  }
  for (const { blocks, notes } of book.sections) collect([blocks.map(reorder), notes])
  const bare = (text: string) => text.replace(/[\ufffc\u00ad\s]/g, '')
  const { chapters } = openEpub(epub.bytes)
  const leaveOut = (element: { attribs: Record<string, string> }) =>
    /doc-(noteref|backlink)/.test(element.attribs['role'] ?? '')
  const found = chapters.map(({ body }) => bare(textOf(body, leaveOut))).join('')
  expect(found).toBe(bare(proses.join('')))
})

/** A table's caption is the first thing in it. */
function reorder(block: Block): unknown {
  return block.kind === 'table' ? [block.caption, block.head, block.body] : block
}

test('sections say what they are in both vocabularies, and their headings name them', () => {
  expect(chapter('chapter-1')).toContain(
    '<section id="chapter-1" epub:type="chapter" role="doc-chapter" aria-labelledby="chapter-1-title">\n<header>\n  <h2 id="chapter-1-title" class="title">The First Chapter</h2>\n',
  )
  expect(chapter('dedication')).toContain('<section id="dedication" epub:type="dedication" role="doc-dedication">')
  expect(chapter('part-one')).toContain('epub:type="part" role="doc-part"')
  expect(chapter('title-page')).toMatch(/<section id="title-page" epub:type="titlepage" aria-labelledby=/)
  for (const [path, bytes] of epub.files) {
    if (path.endsWith('.xhtml')) expect(new TextDecoder().decode(bytes)).not.toMatch(/<body[^>]*\srole=/)
  }
})

test('notes stand at the end of their section and lead there and back', () => {
  const text = chapter('chapter-1')
  expect(text).toContain(
    'she said<sup><a id="ref-chapter-1-1" href="#note-chapter-1-1" epub:type="noteref" role="doc-noteref">1</a></sup> and',
  )
  expect(text).toContain(
    '<aside id="note-chapter-1-1" class="note" epub:type="footnote" role="doc-footnote">\n<p><a href="#ref-chapter-1-1" role="doc-backlink" aria-label="Back to reference 1a">1<sup>a</sup></a> <sup><a href="#ref-chapter-1-1_2" role="doc-backlink" aria-label="Back to reference 1b">b</a></sup> A note with <em>emphasis</em> and a <a href="chapter-2.xhtml">link</a>.</p>\n</aside>',
  )
  expect(text.match(/id="ref-chapter-1-1"/g)).toHaveLength(1)
  // A note that does not begin with a paragraph keeps its number.
  expect(text).toMatch(/<aside id="note-chapter-1-3"[^>]*>\n<p><a [^>]*>3<\/a><\/p>\n<ul>/)
})

test('a note’s number that was put into a link follows the link', () => {
  expect(chapter('chapter-1')).toMatch(/and a note<\/a><sup><a id="ref-chapter-1-2" [^>]*>2<\/a><\/sup> in it\./)
})

test('marks within text are the elements that HTML has for them', () => {
  expect(chapter('chapter-1')).toContain(
    '<p>Text with <em>emphasis, <em>nested</em> emphasis</em>, <strong>strong</strong>, <s>struck</s>, H<sub>2</sub>O, x<sup>2</sup>, <span class="smallcaps">Small Capitals</span>, <u>underlined</u>, <mark>marked</mark>, <small>small</small>, <cite>The Times</cite>, <abbr>EPUB</abbr>, <kbd>Ctrl</kbd>, <code>a &lt; b</code>, <q>“quoted”</q>.</p>',
  )
  expect(chapter('chapter-1')).toContain('a <span xml:lang="ru" lang="ru">слово</span>')
  expect(chapter('chapter-1')).toContain('<blockquote class="quote" xml:lang="de" lang="de">')
})

test('no soft hyphen, no control character, no style attribute', async () => {
  expect(chapter('chapter-1')).toContain('Softhyphens go.')
  const text = await written(p('body', 'a\u00adb\u0001c\ufffe'))
  expect(text).toBe('<p>ab\ufffdc\ufffd</p>\n')
  for (const [path, bytes] of epub.files) {
    if (path.endsWith('.xhtml')) expect(new TextDecoder().decode(bytes)).not.toMatch(/\u00ad|\sstyle=/)
  }
})

describe('lists', () => {
  test('count from where they start; a tight item is its text, a loose one has paragraphs', async () => {
    expect(
      await written(list({ ordered: true, start: 3 }, [item('three')], [item('four'), list({}, [item('in it')])])),
    ).toBe('<ol start="3">\n  <li>three</li>\n  <li>four\n    <ul>\n      <li>in it</li>\n    </ul>\n  </li>\n</ol>\n')
    expect(await written(list({ tight: false }, [item('one'), item('two')]))).toBe(
      '<ul>\n  <li>\n    <p>one</p>\n    <p>two</p>\n  </li>\n</ul>\n',
    )
  })

  test('tasks are told from other items, so that no bullet stands beside the box', async () => {
    const tasks = list({}, [item('☐ one')], [item('two')])
    if (tasks.kind === 'list') tasks.items[0]!.task = true
    expect(await written(tasks)).toBe('<ul>\n  <li class="task">☐ one</li>\n  <li>two</li>\n</ul>\n')
  })
})

test('tables have a head, scopes and a box of their own; columns of numbers stand to the right', () => {
  const text = chapter('chapter-2')
  expect(text).toContain('<div class="table" role="group" tabindex="0" aria-labelledby="chapter-2-table-1">')
  expect(text).toContain('<caption id="chapter-2-table-1">A table of things</caption>')
  expect(text).toContain('<td class="left"></td>')
  expect(text).toContain('<th class="right" scope="col">Year</th>')
  expect(text).toContain('<th class="left" scope="row">Moscow</th>')
  expect(text).toContain('<th scope="colgroup" colspan="2">Three</th>')
  expect(text).toContain('<td rowspan="2">Wide</td>')
})

test('verse is stanzas of lines, letters and epigraphs are what they are', () => {
  const text = chapter('chapter-3')
  expect(text).toContain('epub:prefix="z3998: http://www.daisy.org/z3998/2012/vocab/structure/"')
  expect(text).toContain(
    '<div class="verse" epub:type="z3998:verse">\n  <p>\n    <span>Tyger Tyger, burning bright,</span><br/>\n    <span class="i1">In the forests of the night;</span><br/>\n',
  )
  expect(text).toContain(
    '<blockquote class="letter" epub:type="z3998:letter">\n  <p class="letter-head">London, 3 May</p>\n  <p>Dear Sir,</p>\n',
  )
  expect(text).toContain('<blockquote class="epigraph" epub:type="epigraph" role="doc-epigraph">')
  // The section says it already.
  expect(chapter('epigraph')).toContain('<blockquote class="epigraph">')
  expect(chapter('chapter-1')).not.toContain('epub:prefix')
})

test('figures have their picture, its alternative and their caption; decoration has an empty alternative', () => {
  const text = chapter('chapter-2')
  expect(text).toContain(
    '<figure>\n  <img src="../images/Ubersicht-map-1.png" alt="A grey field."/>\n  <figcaption>A figure’s <em>caption</em>.</figcaption>\n</figure>',
  )
  expect(text).toContain('<img src="../images/drop.png" alt=""/>')
  expect(epub.files.has('EPUB/images/Ubersicht-map-1.png')).toBe(true)
})

test('code keeps its lines and blanks', () => {
  expect(chapter('chapter-2')).toContain('<pre><code class="language-js">function wide() {\n  return "a line')
})

test('lines that the author broke hang where the text is indented, and are broken where it is not', async () => {
  expect(await written(p('body', 'one\ntwo ', em('three\nfour')))).toBe(
    '<p class="lines">\n  <span>one</span><br/>\n  <span>two <em>three</em></span><br/>\n  <span><em>four</em></span>\n</p>\n',
  )
  expect(await written(p('right', 'one\ntwo'))).toBe('<p class="right">one<br/>\ntwo</p>\n')
})

test('a scene break is a rule', async () => {
  expect(await written(dinkus())).toBe('<hr class="break"/>\n')
})

test('an opening leads in with small capitals, and loses no letter', async () => {
  expect(chapter('chapter-1')).toMatch(/“T<span class="lead-in capitals">HE WALLS<\/span> of the city/)
  expect(await written(p('opening', 'Of ', em('man’s first disobedience'), ' and the fruit'))).toMatch(
    /^<p class="opening"><span class="lead-in">Of <\/span><em><span class="lead-in">man’s/,
  )
})

test('the contents are nested as parts and chapters are', () => {
  expect(chapter('contents')).toContain(
    '  <li><a class="contents-part" href="part-one.xhtml">Part One</a>\n    <ol>\n      <li><a class="contents-chapter" href="chapter-1.xhtml">The First Chapter</a></li>\n      <li><a class="contents-chapter" href="chapter-2.xhtml">Tables and Lists</a></li>\n    </ol>\n  </li>\n',
  )
})

test('files are named after their sections, in plain ASCII, unlike in any case', async () => {
  const made = await make(
    makeBook(metadata({ language: 'ru' }), [
      section('cover', { title: 'One' }, h('title', 1, 'One')),
      section('Первая', { title: 'Two' }, h('title', 1, 'Two'), p('body', 'Back ', link('#Cover', 'there'))),
      section(
        'Cover',
        { title: 'Three', language: 'ar', notes: [note('Cover', '1', p('note', 'x'))] },
        h('title', 1, prose('Three').text),
        p('body', 'y', ref('note-Cover-1')),
      ),
    ]),
  )
  const texts = [...made.files.keys()].filter((path) => path.startsWith('EPUB/text/'))
  expect(texts).toEqual([
    'EPUB/text/cover.xhtml',
    'EPUB/text/cover-2.xhtml',
    'EPUB/text/section.xhtml',
    'EPUB/text/Cover-3.xhtml',
  ])
  expect(made.text('EPUB/text/section.xhtml')).toContain('<a href="Cover-3.xhtml">there</a>')
  expect(made.text('EPUB/text/Cover-3.xhtml')).toContain('xml:lang="ar" lang="ar" dir="rtl"')
})
