// A book of a few pages that has one of everything that a PDF must tag.
import type { Picture, Typeset } from '../../src/layout/typeset.js'
import { compose, HEIGHT, ITALIC, MONO, WIDTH } from './fixture.js'

/** The first paragraph, as written: it runs over two pages, with words broken at line ends. */
export const LONG = (
  'The of\u00adfice of the chron\u00adi\u00adcler is to set down what he saw and noth\u00ading be\u00adside it, for the reader ' +
  'who comes af\u00adter him has no oth\u00ader wit\u00adness. '
).repeat(14)

export function sample(images: Picture[] = [], files?: readonly string[]): Typeset {
  const c = compose(files)
  const document = c.tag('Document', -1)
  const head = (text: string) => c.line({ text, tag: -1, font: ITALIC }, 40, 30, 9, 'head')
  const folio = (text: string) => c.line({ text, tag: -1 }, 146, 395, 9, 'foot')

  // Contents.
  c.page('i')
  const contents = c.tag('Sect', document, { title: 'Contents' })
  c.set([{ text: 'Contents', tag: c.tag('H1', contents) }], { size: 16 })
  const toc = c.tag('TOC', contents)
  for (const [title, anchor, page] of [
    ['The Office', 'one', '1'],
    ['Öl & Wasser', 'two', '3'],
  ] as const) {
    const entry = c.tag('TOCI', toc)
    const link = c.tag('Link', c.tag('Reference', entry))
    c.set([{ text: `${title}, ${page}`, tag: link, href: `#${anchor}`, description: `${title}, page ${page}` }])
  }
  c.page('ii', true)

  // A chapter: a paragraph over two pages, with a note, a phrase in French and a link over two lines.
  c.page('1')
  c.anchor('one')
  const one = c.tag('Sect', document, { title: 'The Office' })
  c.set([{ text: 'The Office', tag: c.tag('H1', one) }], { size: 16 })
  const p = c.tag('P', one)
  const reference = c.tag('Reference', p)
  const call = c.tag('Link', reference)
  const note = c.tag('Note', one, { id: 'n1' })
  const french = c.tag('Span', p, { lang: 'fr' })
  const web = c.tag('Link', p)
  c.set([
    { text: `${LONG}`, tag: p },
    { text: '1', tag: call, href: '#note-1', description: 'Note 1' },
    { text: ' He called it ', tag: p },
    { text: 'le métier de l’œil', tag: french, font: ITALIC },
    { text: ', as one reads in ', tag: p },
    { text: 'the long and winding register of crafts', tag: web, href: 'https://example.org/œuvre?a=1&b=(2)' },
    { text: '.', tag: p },
  ])
  c.skip(6)
  c.add({ kind: 'rule', tag: -1, x: 40, y: c.y() - 10, width: 60, height: 0.4, colour: '#000000' })
  c.anchor('note-1')
  const back = c.tag('Link', c.tag('Lbl', note))
  c.set(
    [
      { text: '1', tag: back, href: '#one', description: 'Back to the text' },
      { text: ' A note, with ', tag: note },
      { text: '1936', tag: c.tag('Span', note), actual: 'nineteen thirty-six' },
      { text: ' in it.', tag: note },
    ],
    { size: 8 },
  )
  head('The Office')
  folio('2')

  // A chapter with everything else.
  c.page('3')
  c.anchor('two')
  const two = c.tag('Sect', document, { title: 'Öl & Wasser' })
  c.set([{ text: 'Öl & Wasser', tag: c.tag('H1', two, { lang: 'de' }) }], { size: 16 })
  c.set([{ text: 'A Second Heading', tag: c.tag('H2', two) }], { size: 12 })
  c.set([{ text: 'Left empty', tag: -1 }], { size: 6 })
  c.tag('P', two)
  const quote = c.tag('BlockQuote', two)
  c.set([{ text: 'What is written with a pen cannot be cut out with an axe.', tag: c.tag('P', quote) }], {
    left: 60,
    width: 180,
  })
  const list = c.tag('L', two, { numbering: 'Decimal' })
  for (const [label, text] of [
    ['1.', 'The first thing.'],
    ['2.', 'The second thing.'],
  ] as const) {
    const item = c.tag('LI', list)
    c.line({ text: label, tag: c.tag('Lbl', item) }, 44, c.y())
    c.set([{ text, tag: c.tag('P', c.tag('LBody', item)) }], { left: 60 })
  }
  c.set([{ text: 'print("(a) \\\\ b")', tag: c.tag('Code', c.tag('P', two)), font: MONO }], { size: 8 })

  const table = c.tag('Table', two)
  const caption = c.tag('Caption', table)
  c.set([{ text: 'Table 1. Cats and mice', tag: caption, font: ITALIC }])
  const thead = c.tag('THead', table)
  const tbody = c.tag('TBody', table)
  const row = (parent: number, cells: [text: string, more: object][], type: 'TH' | 'TD') => {
    const tr = c.tag('TR', parent)
    const y = c.y()
    cells.forEach(([text, more], i) => {
      const cell = c.tag(i === 0 && parent === tbody ? 'TH' : type, tr, {
        ...(i === 0 && parent === tbody ? { scope: 'Row' as const } : {}),
        ...more,
      })
      if (text) c.line({ text, tag: cell }, 44 + i * 60, y)
    })
    c.skip(14)
  }
  row(
    thead,
    [
      ['', {}],
      ['Cats', { scope: 'Column' }],
      ['Mice', { scope: 'Column' }],
    ],
    'TH',
  )
  row(
    tbody,
    [
      ['Day', {}],
      ['1', {}],
      ['', {}],
    ],
    'TD',
  )
  row(
    tbody,
    [
      ['Night', {}],
      ['many', { colSpan: 2 }],
    ],
    'TD',
  )
  c.add({ kind: 'rule', tag: -1, x: 40, y: c.y() - 9, width: 220, height: 0.5, colour: '#8b1a1a' })

  images.forEach((image, i) => {
    const box: [number, number, number, number] = [44 + i * 50, c.y(), 40, (40 * image.height) / image.width]
    // One that has not been told where it stands.
    const figure = c.tag('Figure', two, { alt: `Picture ${i}`, ...(i > 0 ? { box } : {}) })
    c.add({ kind: 'image', tag: figure, image: i, x: box[0], y: box[1], width: box[2], height: box[3] })
  })
  folio('3')

  const typeset = c.finish(
    [
      { title: 'Contents', page: 0, y: 40, children: [] },
      { title: 'The Office', page: 2, y: 40, children: [] },
      { title: 'Öl & Wasser', page: 4, y: 40, children: [{ title: 'A Second Heading', page: 4, y: 60, children: [] }] },
    ],
    images,
  )
  const cover = c.tag('Figure', document, { alt: 'Cover: Tom & Jerry', box: [0, 0, WIDTH, HEIGHT] })
  typeset.cover = {
    label: '',
    side: 'recto',
    blank: false,
    items: [
      { kind: 'rule', tag: cover, x: 0, y: 0, width: WIDTH, height: HEIGHT, colour: '#f2ead8' },
      {
        kind: 'path',
        tag: cover,
        d: ['M', 100, 100, 'L', 200, 100, 'Q', 250, 200, 150, 300, 'C', 90, 250, 80, 200, 100, 100, 'Z'],
        colour: '#8b1a1a',
      },
    ],
    links: [],
    anchors: [],
  }
  return typeset
}
