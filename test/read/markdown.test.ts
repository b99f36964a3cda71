// What the constructs of Markdown become where it is not plain: titles, parts, ids, links, notes, images, verse, HTML.
import { describe, expect, it } from 'vitest'
import { toLine } from '../../src/diagnostic.js'
import type { Block } from '../../src/model/book.js'
import { dump, prose } from './dump.js'
import { MANIFEST, prosesOf, readFolder, readMarkdown, textOf } from './folder.js'

async function blocksOf(markdown: string): Promise<Block[]> {
  return (await readMarkdown(markdown)).section.blocks
}

/** Everything below the title, as the dump has it. */
async function shown(markdown: string): Promise<string[]> {
  const { book } = await readMarkdown(`# T\n\n${markdown}`)
  const lines = dump(book).split('\n')
  const from = lines.findIndex((line) => line.startsWith('# a:')) + 2
  return lines.slice(from, lines.indexOf('', from)).map((line) => line.trim())
}

describe('titles', () => {
  it('are the first heading, or the front matter’s, or the manifest’s', async () => {
    expect((await readMarkdown('# One *two*[^1]\n\nx\n\n[^1]: n\n')).section.title).toBe('One two')
    expect((await readMarkdown('---\ntitle: Short\n---\n\n# Long\n\nx\n')).section).toMatchObject({
      title: 'Short',
      blocks: [{ role: 'title', prose: { text: 'Long' } }, {}],
    })
    const manifest = MANIFEST.replace('[a.md]', '[{file: a.md, title: "Its \\"own\\"", toc: false}]')
    const { section } = await readMarkdown('Text.\n', manifest)
    expect(section).toMatchObject({
      title: 'Its “own”',
      toc: false,
      blocks: [{ role: 'title', level: 1 }, { role: 'opening' }],
    })
  })

  it('of front matter that is none are text', async () => {
    expect(textOf((await readMarkdown('---\n\nText.\n\n---\n')).section)).toBe('Text.')
  })

  it('a part holds the chapters after it, and their headings are a level lower', async () => {
    const { manuscript } = await readFolder({
      'book.yaml': MANIFEST.replace(
        '[a.md]',
        '[zero.md, {file: part.md, role: part}, one.md, {file: two.md, role: afterword}, three.md, {file: last.md, role: afterword}]\nback: [four.md]',
      ),
      ...Object.fromEntries(
        ['zero', 'part', 'one', 'two', 'three', 'last', 'four'].map((name) => [
          `${name}.md`,
          `# ${name}\n\n## Below\n\nText.\n`,
        ]),
      ),
    })
    const { sections } = manuscript!.book
    expect(sections.map(({ id, part, depth, role }) => [id, part, depth, role])).toEqual([
      ['zero', undefined, 1, 'chapter'],
      ['part', undefined, 1, 'part'],
      ['one', 'part', 2, 'chapter'],
      // navigation in the order of reading has no place for it but within the part
      ['two', 'part', 2, 'afterword'],
      ['three', 'part', 2, 'chapter'],
      ['last', undefined, 1, 'afterword'],
      ['four', undefined, 1, 'note'],
    ])
    expect(sections[2]!.blocks).toMatchObject([
      { role: 'title', level: 2 },
      { role: 'heading-2', level: 3, id: 'one-below' },
      {},
    ])
  })
})

describe('roles of paragraphs', () => {
  it('opening, flush and body follow from what stands before', async () => {
    const roles = (
      await blocksOf('# T\n\none\n\ntwo\n\n---\n\nthree\n\n> four\n\nFive\n\n## H\n\nsix\n\nseven\n')
    ).flatMap((block) => (block.kind === 'paragraph' ? [`${block.prose.text} ${block.role}`] : []))
    expect(roles).toEqual(['one opening', 'two body', 'three flush', 'Five body', 'six flush', 'seven body'])
  })

  it('what goes on with its sentence behind a quotation or a listing is flush', async () => {
    const rolesOf = async (between: string, behind: string) =>
      (await blocksOf(`# T\n\nx\n\nIt said:\n\n${between}\n\n${behind}\n\nand more\n`))
        .map(({ role }) => role)
        .slice(-2)
    for (const between of ['> A word', '```\ncode\n```', '- a\n- b', '::: verse\na line\n:::', '| a |\n| - |\n| b |'])
      expect(await rolesOf(between, 'and so on.'), between).toEqual(['flush', 'body'])
    // a paragraph of its own: behind a paragraph, with a capital, or with a name that is written small
    expect(await rolesOf('Text.', 'and so on.')).toEqual(['body', 'body'])
    for (const begun of ['And so on.', 'iPhones ring.', '`mem` is a module.', '*x* is a number.', '9 lives.'])
      expect(await rolesOf('> A word', begun), begun).toEqual(['body', 'body'])
  })

  it('a quotation’s last line that opens with a dash is its source, but dialogue is not', async () => {
    expect(await shown('> Text.\n>\n> — A source')).toEqual([
      '1 quote quote :3',
      '2 paragraph quote :3 2 «Text.»',
      '3 paragraph attribution :5 3 «— A source»',
    ])
    expect((await shown('> — Text.\n>\n> — Text.')).join()).not.toContain('attribution')
  })
})

describe('marks', () => {
  it('that cross are cut so that they nest', async () => {
    expect(await shown('<b>a *b</b> c* d')).toEqual([
      '1 paragraph opening :3 1 «a b c d» [0-3 bold] [2-3 emphasis] [3-5 emphasis]',
    ])
  })

  it('keep their offsets when quotes and dashes change the text', async () => {
    expect(await shown('"a"---*b...* **"c"**')).toEqual([
      '1 paragraph opening :3 1 «“a”—b… “c”» [4-6 emphasis] [7-10 strong]',
    ])
    expect((await shown('[«a» *b*]{lang=fr}... ["x" *y*]{lang=fr} z')).at(-1)).toBe(
      '1 paragraph opening :3 1 ««a» b… «⎵x⎵» y z» [0-5 span @fr] [4-5 emphasis] [7-14 span @fr] [13-14 emphasis]',
    )
  })

  it('of classes that are marks are marks', async () => {
    expect(await shown('[a]{.smallcaps} [b]{.mark #i .own lang=el}')).toEqual([
      '1 paragraph opening :3 1 «a b» [0-1 smallcaps] [2-3 span #i .own @el] [2-3 mark]',
    ])
  })

  it('lines of Chinese and Japanese join without a space', async () => {
    expect(textOf((await readMarkdown('# T\n\n今日は\n晴れ\nand\nrain')).section)).toBe('T\n今日は晴れand rain')
  })
})

describe('links', () => {
  const files = {
    'book.yaml': MANIFEST.replace('[a.md]', '[a.md, more/b b.md]'),
    'a.md':
      '# A {#top}\n\n[1](<more/b b.md>) [2](more/b%20b.md#sub) [3](more/b%20b.md#a-heading-two) [4](#top) [5](#sub) [6](a.md) [](more/b%20b.md) [](#sub){.page} [](#fig)\n\n![Alt](x.svg "A caption"){#fig}\n',
    'more/b b.md': '# B\n\n[a](../a.md) [b](#b)\n\n## Sub {#sub}\n\nText.\n\n## A heading: two!\n\nText.\n',
    'x.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"/>',
  }

  it('lead from file to file, by ids and by the words of headings', async () => {
    const { manuscript, said } = await readFolder(files)
    expect(said).toEqual([])
    const [a, b] = manuscript!.book.sections
    expect(a!.blocks[1]).toMatchObject({ kind: 'paragraph' })
    expect(prose((a!.blocks[1] as Block & { kind: 'paragraph' }).prose)).toBe(
      '1 «1 2 3 4 5 6 B Sub A caption» [0-1 link #b-b] [2-3 link #sub] [4-5 link #b-b-a-heading-two] [6-7 link #top] [8-9 link #sub] [10-11 link #a] [12-13 link #b-b] [14-17 link #sub page] [18-27 link #fig]',
    )
    expect(prose((b!.blocks[1] as Block & { kind: 'paragraph' }).prose)).toContain('[0-1 link #a] [2-3 link #b-b]')
    expect(manuscript!.book.targets.get('sub')).toEqual({ section: 'b-b', n: 6 })
  })

  it('to addresses are written as addresses are', async () => {
    expect(await shown('[a](https://example.org/ä b"c) <https://example.org/é> [m](mailto:a@example.org)')).toEqual([
      '1 paragraph opening :3 1 «[a](https://example.org/ä b“c) https://example.org/é m» [4-25 link https://example.org/%C3%A4] [31-52 link https://example.org/%C3%A9] [53-54 link mailto:a@example.org]',
    ])
  })

  it('an empty span passes its id to the paragraph around it', async () => {
    const { book } = await readMarkdown(
      '# T\n\n[]{#one}Text [](#two).\n\n<a id="two"></a>\n\nMore.\n\n<a name="three"></a>\n',
    )
    expect(['one', 'two', 'three'].map((id) => book.targets.get(id)?.n)).toEqual([1, 2, 2])
  })
})

describe('notes', () => {
  it('are numbered in the order of their references, and read once', async () => {
    expect(await shown('b[^b] a[^a] b[^b] c^[in *place*]\n\n[^a]: A\n\n    more\n[^b]: B\n')).toEqual([
      '1 paragraph opening :3 1 «b￼ a￼ b￼ c￼» [1-2 first note-a-1] [4-5 first note-a-2] [7-8 note-a-1] [10-11 first note-a-3]',
      'note 1 #note-a-1 :8',
      '2 paragraph note :8 2 «B»',
      'note 2 #note-a-2 :5',
      '3 paragraph note :5 3 «A»',
      '4 paragraph note :7 4 «more»',
      'note 3 #note-a-3 :3',
      '5 paragraph note :3 5 «in place» [3-8 emphasis]',
    ])
  })

  it('in place may stand beside superscript', async () => {
    expect((await shown('x^2^ a^[b] c^[d]')).slice(0, 1)).toEqual([
      '1 paragraph opening :3 1 «x2 a￼ c￼» [1-2 sup] [4-5 first note-a-1] [7-8 first note-a-2]',
    ])
  })
})

describe('images', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 3"/>'
  async function figures(markdown: string): Promise<string[]> {
    const { manuscript, said } = await readFolder({ 'a.md': `# T\n\n${markdown}\n`, 'x.svg': svg })
    const lines = dump(manuscript!.book).split('\n').slice(0, -4)
    return [
      ...said.map(toLine),
      ...lines.filter((line) => /figure|caption|paragraph/.test(line)).map((line) => line.trim()),
    ]
  }

  it('alone in a paragraph are figures, with their captions', async () => {
    expect(await figures('![A *sink*](x.svg){caption=alt}')).toEqual([
      '1 figure caption :3 x.svg [A sink]',
      'caption 2 «A sink» [2-6 emphasis]',
    ])
    expect(await figures('![A sink](x.svg "A \'caption\'")')).toEqual([
      '1 figure caption :3 x.svg [A sink]',
      'caption 2 «A ‘caption’»',
    ])
    expect(await figures('![A *caption*](x.svg){alt="A sink" #i .own width=50%}')).toEqual([
      '1 figure caption #i .own :3 x.svg 50% [A sink]',
      'caption 2 «A caption» [2-9 emphasis]',
    ])
    expect(await figures('![A sink](x.svg){caption="A *caption*"}')).toEqual([
      '1 figure caption :3 x.svg [A sink]',
      'caption 2 «A caption» [2-9 emphasis]',
    ])
    expect(await figures('![A *sink*](x.svg)')).toEqual(['1 figure caption :3 x.svg [A sink]'])
    expect(await figures('![A sink](x.svg){caption=""}')).toEqual(['1 figure caption :3 x.svg [A sink]'])
    expect(await figures('![](x.svg){.decorative}')).toEqual(['1 figure caption :3 x.svg []'])
    expect(await figures('![One](x.svg "1")\n![Two](x.svg "2")')).toHaveLength(4)
    expect(await figures('<img src="x.svg" alt="A sink">')).toEqual(['1 figure caption :3 x.svg [A sink]'])
  })

  it('in a line stay there', async () => {
    expect(await figures('A ![sink](x.svg) here')).toEqual([
      '1 paragraph opening :3 1 «A ￼ here» [2-3 image x.svg [sink]]',
    ])
  })

  it('of SVG are written anew, without what could do harm', async () => {
    const unclean = `<?xml version="1.0"?><!-- c --><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" xmlns:x="urn:x" width="2in" height="1in" x:y="z"><metadata>m</metadata><x:y/><a href="https://example.org/"><text class='"&lt;'>a &amp; b</text></a><style><![CDATA[.a>b{fill:red}]]></style></svg>`
    const { manuscript, said } = await readFolder({ 'a.md': '# T\n\n![A sink](x.svg)\n', 'x.svg': unclean })
    expect(said).toEqual([])
    const image = manuscript!.book.images.get('x.svg')!
    expect(new TextDecoder().decode(image.bytes)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 192 96" width="2in" height="1in"><g><text class="&quot;&lt;">a &amp; b</text></g><style>.a&gt;b{fill:red}</style></svg>',
    )
    expect(image).toMatchObject({ type: 'svg', width: 192, height: 96 })
  })
})

describe('verse', () => {
  it('keeps its lines, stanzas and indentation', async () => {
    expect(await shown('::: verse\n    One *two\n  three*\n\u2003four\n\nfive\n\n— Six\n:::')).toEqual([
      '1 verse verse :4',
      'stanza',
      '>> 2 «One two» [4-7 emphasis]',
      '> 3 «three» [0-5 emphasis]',
      '> 4 «four»',
      'stanza',
      '5 «five»',
      '6 paragraph attribution :10 6 «— Six»',
    ])
  })
})

describe('a note', () => {
  it('may begin with a block that is fenced, on the line of its label', async () => {
    const notes = async (text: string) => {
      const { codes, section } = await readMarkdown(`# T\n\nOne[^1] and two[^2].\n\n${text}`)
      expect(codes).toEqual([])
      return section.notes.map(({ blocks }) => blocks.map(({ kind }) => kind))
    }
    const verse = '::: verse\n    A line\n    Another\n    :::\n\n    Said he.\n\n'
    expect(await notes(`[^1]: ${verse}[^2]: ::: note\n    Well.\n    :::\n`)).toEqual([
      ['verse', 'paragraph'],
      ['group'],
    ])
    // what stands in code is no fence, there either
    expect(await notes('[^1]: ```\n    ::: verse\n    ```\n\n[^2]: ~~~\n    :::\n    ~~~\n')).toEqual([
      ['code'],
      ['code'],
    ])
  })
})

describe('tables', () => {
  it('grow by the cells that a row has beyond their columns', async () => {
    const table = '> | a | b |\n> |---|--:|\n> | 1 | 2 | *kept* | x \\| y |\n> | 3 | 4 | | |\n'
    expect((await shown(table)).slice(-2)).toEqual([
      '1×1 7 «1» | 1×1 8 «2» | 1×1 9 «kept» [0-4 emphasis] | 1×1 10 «x | y»',
      '1×1 11 «3» | 1×1 12 «4» | 1×1 13 «» | 1×1 14 «»',
    ])
    expect((await readMarkdown(`# T\n\n${table}`)).codes).toEqual(['surplus-cells'])
  })

  it('of HTML are made square', async () => {
    expect(await shown('<table><tr><th>a<td colspan=3>b<tr><td rowspan=9>c<tr><td>d</table>')).toEqual([
      '1 table cell :3 - - - -',
      'head 1×1 2 «a» | 3×1 3 «b»',
      '1×2 4 «c» | 1×1 5 «» | 1×1 6 «» | 1×1 7 «»',
      '1×1 8 «d» | 1×1 9 «» | 1×1 10 «»',
    ])
  })
})

describe('raw HTML', () => {
  it('may stand around Markdown, and have no end where HTML needs none', async () => {
    expect(
      await shown(
        '<div class="note" id="i">\n\n*Text*\n\n</div>\n\n<ul><li>one<li>two</ul>\n\n<p>three\n\n<details>\n<summary>Four</summary>\nfive\n</details>',
      ),
    ).toEqual([
      '1 group note #i :3',
      '2 paragraph note :5 2 «Text» [0-4 emphasis]',
      '3 list list :9 bullets tight',
      'item',
      '4 paragraph list :9 4 «one»',
      'item',
      '5 paragraph list :9 5 «two»',
      '6 paragraph flush :11 6 «three»',
      '7 group body :13',
      '8 paragraph body :14 8 «Four» [0-4 strong]',
      '9 paragraph body :15 9 «five»',
    ])
  })

  it('makes items of what stands in a list beside them', async () => {
    expect(await shown('<ul>one<pre>two</pre></ul>\n\n<dl><dt>three</dl>')).toEqual([
      '1 list list :3 bullets loose',
      'item',
      '2 paragraph list :3 2 «one»',
      'item',
      '3 code code :3  3 «two»',
      '4 definitions definition :5',
      'terms 5 «three»',
      'definition',
    ])
  })

  it('of comments says nothing', async () => {
    expect(await shown('<!-- a\n\nb -->\n\nText<!-- c --> more.')).toEqual(['1 paragraph opening :7 1 «Text more.»'])
  })
})

describe('addresses', () => {
  const hrefOf = async (address: string) => {
    const { section, codes } = await readMarkdown(`# T\n\n[a](<${address}>)\n`)
    const link = prosesOf(section)[1]!.spans.find((span) => span.kind === 'link')
    return link?.kind === 'link' ? link.href : codes
  }
  it('are such as checkers accept', async () => {
    expect(await hrefOf('https://example.com/a[b]?c=](d)#e[f]#g')).toBe(
      'https://example.com/a%5Bb%5D?c=%5D(d)#e%5Bf%5D%23g',
    )
    expect(await hrefOf('http://[::1]/%zz%20')).toBe('http://[::1]/%25zz%20')
    expect(await hrefOf('https://../')).toEqual(['dead-link'])
    expect(await hrefOf('http://256.256.256.256/')).toEqual(['dead-link'])
  })
})
