// What authors bring from other tools, for whom `test/check` shows what is said: what becomes of the text itself.
import { describe, expect, it } from 'vitest'
import { dump } from './dump.js'
import { MANIFEST, readFolder, readMarkdown } from './folder.js'

async function shown(markdown: string): Promise<string[]> {
  const { book } = await readMarkdown(`# T\n\n${markdown}`)
  const lines = dump(book).split('\n')
  const from = lines.findIndex((line) => line.startsWith('# a:')) + 2
  return lines.slice(from, lines.indexOf('', from)).map((line) => line.trim())
}

const bodyOf = async (markdown: string) => (await shown(markdown)).map((line) => line.replace(/^.*?:\d+ \d+ /, ''))
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'

describe('addresses in the text', () => {
  it('are links, and nothing in them is turned', async () => {
    expect(await bodyOf('See https://example.org/a_b--c_d?x="1", or (https://example.org/(y)).')).toEqual([
      '«See https://example.org/a_b--c_d?x=“1”, or (https://example.org/(y)).» ' +
        '[4-35 link https://example.org/a_b--c_d?x=] [44-67 link https://example.org/(y)]',
    ])
  })

  it('stay text where no host can be so named', async () => {
    expect(await bodyOf('first http://some.url.1, then http://..x')).toEqual([
      '«first http://some.url.1, then http://..x»',
    ])
  })

  it('need http or https before them, and are no links in links or code', async () => {
    expect(await bodyOf('xhttp://a.b `http://a.b` [http://a.b](https://c.d) ftp://e.f')).toEqual([
      '«xhttp://a.b http://a.b http://a.b ftp://e.f» [12-22 code] [23-33 link https://c.d]',
    ])
  })
})

describe('what looks like a tag and is none', () => {
  it('is printed as it stands', async () => {
    expect(await bodyOf('A Vec<T>, a Map<K, V>, <your "name"> and std::vector<std::string> of <br> <B>b</B>.')).toEqual(
      ['«A Vec<T>, a Map<K, V>, <your “name”> and std::vector<std::string> of⏎ b.» [70-71 bold]'],
    )
  })

  it('in a block of HTML too', async () => {
    expect(await bodyOf('<p>Table <id> of <b>all</b></p>')).toEqual(['«Table <id> of all» [14-17 bold]'])
  })
})

it('an address without quotation marks keeps its slash and its query', async () => {
  expect(await bodyOf('<p>a <a href=https://example.org/?v=1&w=2/>b</a> c</p>')).toEqual([
    '«a b c» [2-3 link https://example.org/?v=1&w=2/]',
  ])
})

it('alerts are blocks set apart under their word', async () => {
  expect(await shown('> [!NOTE]\n> One *two*.\n>\n> Three.\n\n> [!tip]\n\n> [!other]\n> x')).toMatchObject([
    expect.stringContaining('group note'),
    expect.stringContaining('«Note» [0-4 strong]'),
    expect.stringContaining('«One two.»'),
    expect.stringContaining('«Three.»'),
    expect.stringContaining('group aside'),
    expect.stringContaining('«Tip» [0-3 strong]'),
    expect.stringContaining('quote'),
    expect.stringContaining('«[!other] x»'),
  ])
})

it('tasks have boxes', async () => {
  const text = (await bodyOf('- [ ] one\n- [x] two *b*\n- [X](a.md)\n- [x]three')).join('')
  for (const part of ['«☐ one»', '«☑ two b»', '«X»', '«[x]three»']) expect(text).toContain(part)
})

it('a task has its box alone, and is told from other items', async () => {
  const { section } = await readMarkdown('# T\n\n- [ ] one\n- [x] two\n- three\n')
  const list = section.blocks.find((block) => block.kind === 'list')!
  expect(list.items.map((item) => item.task)).toEqual([true, true, undefined])
})

it('a summary is the strong lead of what it folds away', async () => {
  expect(await shown('<details>\n<summary>The *lead*</summary>\n\nText.\n\n</details>')).toMatchObject([
    expect.stringContaining('group body'),
    expect.stringContaining('«The *lead*» [0-10 strong]'),
    expect.stringContaining('«Text.»'),
  ])
})

it('a title of code is said', async () => {
  for (const info of ['js title="a.js"', "{.js title='a.js'}", 'js {title=a.js}']) {
    const { codes } = await readMarkdown(`# T\n\nOne.\n\n\`\`\`${info}\nx\n\`\`\`\n`)
    expect(codes, info).toEqual(['unknown-attribute'])
  }
  expect((await readMarkdown('# T\n\nOne.\n\n```js\ntitle=1\n```\n')).codes).toEqual([])
})

it('a picture has a caption only if somebody gave it one', async () => {
  const figure = async (image: string) => {
    const { manuscript } = await readFolder({ 'a.md': `# T\n\n${image}\n`, 'x.svg': SVG })
    const found = manuscript!.book.sections[0]!.blocks.find((block) => block.kind === 'figure')!
    return [found.alt, found.caption?.text]
  }
  expect(await figure('![A *map*.](x.svg)')).toEqual(['A map.', undefined])
  expect(await figure('![A *map*.](x.svg){caption=alt}')).toEqual(['A map.', 'A map.'])
  expect(await figure('![A map.](x.svg "The island")')).toEqual(['A map.', 'The island'])
  expect(await figure('![A map.](x.svg){caption="The *island*"}')).toEqual(['A map.', 'The island'])
  expect(await figure('![The island](x.svg){alt="A map."}')).toEqual(['A map.', 'The island'])
  expect(await figure('![A map.](x.svg){caption=""}')).toEqual(['A map.', undefined])
})

it('a link that leads nowhere keeps its text, and one out of the folder', async () => {
  expect(await bodyOf('[*One*](gone.md), [two](#gone), [three](../x.md), [four](/x/) and [five]().')).toEqual([
    '«One, two, three, four and five.» [0-3 emphasis]',
  ])
  expect((await readMarkdown('# T\n\n[](#gone)\n')).codes).toContain('dead-link')
})

it('an image in the web is its text, with a link to it', async () => {
  expect(await bodyOf('a ![badge](https://example.org/b.svg)')).toEqual([
    '«a badge» [2-7 link https://example.org/b.svg]',
  ])
  expect(await bodyOf('![A map](https://example.org/m.png)')).toEqual(['«A map» [0-5 link https://example.org/m.png]'])
  expect(await bodyOf('[![badge](https://example.org/b.svg)](https://example.org/c)')).toEqual([
    '«badge» [0-5 link https://example.org/c]',
  ])
})

describe('an image of HTML alone in its paragraph', () => {
  const figuresOf = async (markdown: string) => {
    const { manuscript } = await readFolder({ 'a.md': `# T\n\n${markdown}`, 'x.svg': SVG })
    return manuscript!.book.sections[0]!.blocks.slice(1)
  }

  it('is a figure, as wide as its style says', async () => {
    const [one, two] = await figuresOf(
      '<img alt="A\nmap" src="x.svg"\nstyle="width: 50%;" />\n\n<!-- c --><img alt="B" src="x.svg">\n',
    )
    expect(one).toMatchObject({ kind: 'figure', alt: 'A map', width: 0.5, caption: undefined })
    expect(two).toMatchObject({ kind: 'figure', alt: 'B' })
  })

  it('has what a line break parts from it for its caption', async () => {
    const caption = { text: 'Source: x', spans: [{ kind: 'emphasis' }] }
    const html = '<p align="center">\n  <img src="x.svg" alt="B">\n  <br/>\n  <i>Source: x</i>\n</p>\n'
    const italic = { text: 'Source: x', spans: [{ kind: 'italic' }] }
    expect(await figuresOf(html)).toMatchObject([{ kind: 'figure', caption: italic }])
    expect(await figuresOf('<img src="x.svg" alt="B"><br>\n*Source: x*\n')).toMatchObject([{ kind: 'figure', caption }])
    expect(await figuresOf('![B](x.svg){caption=alt}<br>\n*Source: x*\n')).toMatchObject([
      { kind: 'figure', caption: { text: 'B' } },
      { kind: 'paragraph', role: 'caption', prose: caption },
    ])
  })

  it('has the paragraph after it that calls itself a caption', async () => {
    const html = '<img src="x.svg" alt="B">\n\n<span class="caption">Figure 1: `x`</span>\n\nMore.\n'
    expect(await figuresOf(html)).toMatchObject([
      { kind: 'figure', caption: { text: 'Figure 1: x' } },
      { kind: 'paragraph', prose: { text: 'More.' } },
    ])
  })

  it('parts a paragraph if it has a line of its own and is no icon', async () => {
    const tall = SVG.replace('height="8"', 'height="80"')
    const { manuscript } = await readFolder({
      'a.md': '# T\n\nOne\n![Two](y.svg)\n![Three](x.svg)\nfour.\n\nFive *six\n![x](y.svg)\nseven*.\n\nA ![x](y.svg)\n',
      'x.svg': SVG,
      'y.svg': tall,
    })
    const blocks = manuscript!.book.sections[0]!.blocks.slice(1)
    expect(blocks.map((one) => (one.kind === 'paragraph' ? one.prose.text : one.kind))).toEqual([
      'One',
      'figure',
      '\ufffc four.',
      'Five six \ufffc seven.',
      'A \ufffc',
    ])
    expect(blocks.map((one) => one.place.line)).toEqual([3, 4, 5, 8, 12])
  })

  it('among words is one of them', async () => {
    expect(await figuresOf('<img src="x.svg" alt="B"> and words\n')).toMatchObject([{ kind: 'paragraph' }])
  })
})

describe('ids', () => {
  it('that XML does not take get another form, which links need not know', async () => {
    const { book, codes } = await readMarkdown('# T\n\n<a id="-x"></a>Text.\n\n[More]{#1}: [a](#-x), [b](a.md#1).\n')
    expect(codes).toEqual([])
    const hrefs = book.sections[0]!.blocks.flatMap((block) =>
      block.kind === 'paragraph' ? block.prose.spans.flatMap((one) => (one.kind === 'link' ? [one.href] : [])) : [],
    )
    expect(hrefs).toEqual(['#_-x', '#_1'])
    for (const href of hrefs) expect(book.targets.has(href.slice(1))).toBe(true)
  })

  it('may be the same in two files, each of which means its own', async () => {
    const file = (name: string) => `# ${name}\n\n<a name="top"></a>Text.\n\n[up](#top) [there](b.md#top)\n`
    const { manuscript, said } = await readFolder({
      'book.yaml': MANIFEST.replace('[a.md]', '[a.md, b.md]'),
      'a.md': file('A'),
      'b.md': file('B'),
    })
    expect(said).toEqual([])
    const { sections, targets } = manuscript!.book
    const hrefs = sections.map(({ blocks }) => {
      const last = blocks.at(-1)!
      return last.kind === 'paragraph' ? last.prose.spans.flatMap((one) => (one.kind === 'link' ? [one.href] : [])) : []
    })
    expect(hrefs).toEqual([
      ['#top', '#b_top'],
      ['#b_top', '#b_top'],
    ])
    expect(targets.get('b_top')?.section).toBe('b')
  })
})
