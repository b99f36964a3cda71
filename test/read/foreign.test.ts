// What authors know from other tools: each is set, or answered at its line, and none is printed as it stands without a word.
// Beside each stands what only looks like it.
import { describe, expect, it } from 'vitest'
import { lint } from '../../src/check/index.js'
import type { Diagnostic } from '../../src/diagnostic.js'
import { wordOfKind } from '../../src/model/asides.js'
import { LANGUAGES } from '../../src/model/languages.js'
import { KINDS } from '../../src/read/markdown/admonitions.js'
import { dump } from './dump.js'
import { readFolder } from './folder.js'

interface Seen {
  said: Diagnostic[]
  /** The blocks below the title. */
  blocks: string[]
}

async function seen(markdown: string): Promise<Seen> {
  const { manuscript, said } = await readFolder({ 'a.md': `# T\n\n${markdown}\n`, 'x.svg': SVG })
  const { book } = manuscript!
  lint(book, (one) => said.push(one))
  const lines = dump(book).split('\n')
  const from = lines.findIndex((line) => line.startsWith('# a:')) + 2
  const shown = lines.slice(from, lines.indexOf('', from))
  return {
    said,
    blocks: shown.map((line) =>
      line
        .trim()
        .replace(/^\d+ /, '')
        .replace(/ :\d+(?= |$)/, ''),
    ),
  }
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'

describe('is printed as it stands, and answered at its line with what to write', () => {
  it.each([
    ['$E = mc^2$', /formula/, /not set yet/],
    ['$x$', /formula/, /not set yet/],
    ['$\\alpha_{i}^{2} + \\beta$', /formula/, /not set yet/],
    ['$$\\sum_i x_i$$', /formula/, /not set yet/],
    ['$$\na = b\n$$', /formula/, /not set yet/],
    ['[@doe99]', /citation/, /as a note/],
    ['[-@doe99, p. 5; @roe2001]', /citation/, /as a note/],
    ['[see @doe99, pp. 3-5]', /citation/, /as a note/],
    ['@fig:one', /reference/, /\(#fig:one\)/],
    ['@fig-one', /reference/, /\(#fig-one\)/],
    ['[@tbl:one]', /reference/, /\(#tbl:one\)/],
    ['@sec-intro', /reference/, /`\[\]\(#sec-intro\)`, which prints its title/],
    ['\\textbf{word}', /LaTeX/, /write `\*\*words\*\*`/],
    ['\\noindent', /LaTeX/, /Markdown/],
    ['[[Another Page]]', /wiki link/, /\[text\]\(file\.md\)/],
    ['[[page|the text]]', /wiki link/, /\[text\]\(file\.md\)/],
    ['{{< video x.mp4 >}}', /shortcode/, /Markdown/],
    ['{{< figure src="x.png" >}}', /shortcode/, /Markdown/],
    ['{{% notice %}}', /shortcode/, /Markdown/],
    ['{{#include a.rs}}', /shortcode/, /Markdown/],
    ['{% include "x.html" %}', /shortcode/, /Markdown/],
    ['{{ page.title }}', /shortcode/, /Markdown/],
    ['{{ include x }}', /shortcode/, /Markdown/],
    ['{{include x.md}}', /shortcode/, /Markdown/],
    ['{{> partial}}', /shortcode/, /Markdown/],
    ['[see @a; @b, p. 3]', /citation/, /as a note/],
    ['[see @doe]', /citation/, /as a note/],
    ['[for all this @doe, pp. 3-5]', /citation/, /as a note/],
    ['@doe2001', /citation/, /`\\@doe2001`/],
    ['@doe_1999a', /citation/, /as a note/],
    ['@doe:title', /citation/, /as a note/],
    ['@doe [p. 5]', /citation/, /as a note/],
    ['\\(x\\)', /formula/, /not set yet/],
    ['\\(a + b\\)', /formula/, /not set yet/],
    ['\\[x\\]', /formula/, /not set yet/, '\n'],
    ['\\[\nE = mc^2\n\\]', /formula/, /not set yet/],
    [':smile:', /emoji/, /the sign itself.*`\\:name:`/],
    [':ref:', /role/, /Markdown/, '`x`'],
    ['{ref}', /role/, /Markdown/, '`x`'],
    ['{++new++}', /proposed change/, /`\+\+new\+\+`/],
    ['{--gone--}', /proposed change/, /`~~gone~~`/],
    ['{~~a~>b~~}', /proposed change/, /`~~gone~~`/],
    ['{>>a word<<}', /proposed change/, /`~~gone~~`/],
    ['{=latex}', /raw text/, /Markdown/],
    ['=== "Tab"', /head of a tab/, /below the other/, '\n'],
    ['/// note', /edge of a block/, /`::: note`/, '\n'],
    ['.. note:: Take care.', /directive/, /`::: note`/, '\n'],
    ['#.', /number of an item/, /`1\.`/],
    ['(@good)', /number of an item/, /`1\.`/],
    ['-# The Days', /head of a part/, /`- part: /, '\n'],
    ['+++', /edge of front matter/, /`---`/, '\n'],
    ['%%', /edge of a comment/, /`<!--`/, '\n'],
    ['{: .own}', /line of attributes/, /at the end of the heading/, '\n'],
    ['{width: 50%}', /line of attributes/, /right behind the picture/, '\n'],
    ['\\emph{word}', /LaTeX/, /write `\*words\*`/],
    ['\\footnote{Word.}', /LaTeX/, /`\^\[its text\]`/],
  ] as [string, RegExp, RegExp, string?][])('%s', async (markup, message, hint, after = '') => {
    const { said, blocks } = await seen(`Before.\n\nOne\n${markup}${after} two.`)
    const found = said.filter(({ code }) => code === 'foreign-markup')
    expect(found).toMatchObject([
      { path: 'a.md', line: 6, message: expect.stringMatching(message), hint: expect.stringMatching(hint) },
    ])
    const shown = `One ${markup} ${after === '`x`' ? 'x ' : ''}two.`
      .replaceAll('\n', ' ')
      .replaceAll(/"|\.{2,}|''/g, '⎵')
    expect(blocks[1]!.replaceAll(/[“”"]|\.{2,}/g, '⎵').replace(/ ?x two/, ' x two')).toContain(shown)
  })
})

it('an alert of no kind that is known is answered too', async () => {
  const { said } = await seen('> [!other]\n> One.')
  expect(said).toMatchObject([{ code: 'foreign-markup', line: 3, hint: expect.stringContaining('[!NOTE]') }])
})

describe('is left out, and answered at its line', () => {
  it.each([
    ...[
      ['\\newpage'],
      ['\\clearpage'],
      ['{{< pagebreak >}}'],
      ['\\index{word!kinds of}'],
      ['{i: "word"}'],
      ['%%a word%%'],
    ],
  ])('%s', async (markup) => {
    const { said, blocks } = await seen(`Before.\n\nOne ${markup}\n\n${markup}\n\nTwo.`)
    expect(said.map(({ code, line }) => [code, line])).toEqual([
      ['foreign-markup', 5],
      ['foreign-markup', 7],
    ])
    expect(said[0]!.message).toContain('left out')
    expect(blocks.map((line) => /«.*»/.exec(line)?.[0])).toEqual(['«Before.»', '«One»', '«Two.»'])
  })
})

it.each([
  ['<!-- pagebreak -->', 'a page break'],
  ['<!-- page-break -->', 'a page break'],
  ['*[HTML]: Hyper Text', 'the meaning of an abbreviation'],
  ['^block-id', 'the name of a block'],
  ['{pagebreak}', 'a page break'],
  ['%% one\n   two %%', 'a comment'],
])('%s is left out, and answered at its line', async (markup, what) => {
  const { said, blocks } = await seen(`Before.\n\n${markup}\n\nTwo.`)
  expect(said).toMatchObject([{ code: 'foreign-markup', line: 5, hint: expect.stringMatching(/./) }])
  expect(said[0]!.message).toContain(`${what} of another tool’s; it is left out`)
  expect(blocks.map((line) => /«.*»/.exec(line)?.[0])).toEqual(['«Before.»', '«Two.»'])
})

it.each(['[TOC]', '[[toc]]', '[[_TOC_]]', '{:toc}', '* TOC\n{:toc}', '1. Contents\n{:toc .own}'])(
  '%j is where the contents were to stand: left out with a word',
  async (markup) => {
    const { said, blocks } = await seen(`Before.\n\n${markup}\n\nTwo.`)
    expect(said).toMatchObject([{ code: 'contents-mark', line: 5 }])
    expect(blocks.map((line) => /«.*»/.exec(line)?.[0])).toEqual(['«Before.»', '«Two.»'])
  },
)

describe('is answered at its own line', () => {
  const told = (said: Diagnostic[]) =>
    said
      .filter(({ code }) => code === 'foreign-markup')
      .map(({ line, message }) => [line, /^`(.*?)` /.exec(message)?.[1] ?? message])

  it('in the cells of a table', async () => {
    const { said } = await seen('| a | b |\n|---|---|\n| c | $x$ |\n| d | e |\n| [@k] | ==f== |\n| \\newpage | [^1] |')
    expect(said.map(({ code, line }) => [code, line])).toEqual([
      ['foreign-markup', 5],
      ['foreign-markup', 7],
      ['foreign-markup', 8],
      ['missing-note', 8],
    ])
  })

  it('in the head of a table, and in a table of HTML', async () => {
    expect(told((await seen('One.\n\n| a | $x$ |\n|---|---|\n| c | d |')).said)).toEqual([[5, '$x$']])
    const html = '<table>\n<tr>\n<td>a</td>\n<td>$x$</td>\n</tr>\n</table>'
    expect(told((await seen(html)).said)).toEqual([[6, '$x$']])
  })

  it('in captions and alternatives of pictures', async () => {
    for (const picture of [
      '![A square.](x.svg "A title $x$, [@k]")',
      '![A square.](x.svg){caption="$x$, [@k]"}',
      '![A square, $x$, [@k].](x.svg)',
      '![A square, $x$, [@k].](x.svg){caption=alt}',
      '![A caption, $x$, [@k].](x.svg){alt="A square."}',
      '![A square.](x.svg){alt="A square, $x$, [@k]."}',
      'Word ![A square, $x$, [@k].](x.svg) word',
      '<img src="x.svg" alt="A square, $x$, [@k].">',
      'Word <img src="x.svg" alt="A square, $x$, [@k]."> word',
    ]) {
      const { said } = await seen(`One.\n\n${picture}`)
      expect(told(said), picture).toEqual([
        [5, '$x$'],
        [5, '[@k]'],
      ])
    }
    const { said } = await seen('![A square.](x.svg "A *title*")')
    expect(said).toMatchObject([{ line: 3, hint: expect.stringContaining('{caption="…"}') }])
  })

  it('in HTML that is kept, in which Markdown is not read', async () => {
    const { said } = await seen('<div>\nOne $x$,\nand [@k].\n</div>\n\n<p>It is *so*.</p>\n\nA <span>$y$</span>.')
    expect(told(said)).toEqual([
      [4, '$x$'],
      [5, '[@k]'],
      [8, 'the marks of Markdown are printed as they stand in `It is *so*.`'],
      [10, '$y$'],
    ])
    expect(said[2]!.hint).toContain('empty line')
  })

  it('in titles of front matter and of the manifest', async () => {
    const { said } = await readFolder({
      'book.yaml':
        'title: On $x$\nlanguage: en\ndate: 2026-01-31\nsubtitle: "[@k]"\nbody:\n  - { file: a.md, title: "$y$" }\n  - part: Of *this*\n  - b.md\n',
      'a.md': '# A\n\nOne.\n',
      'b.md': '---\nid: b\ntitle: About $z$\nauthor: "*Jane*"\n---\n\nOne.\n',
    })
    expect(said.filter(({ code }) => code === 'foreign-markup').map(({ path, line }) => `${path}:${line}`)).toEqual([
      'book.yaml:6',
      'book.yaml:7',
      'book.yaml:1',
      'book.yaml:4',
      'b.md:3',
      'b.md:4',
    ])
  })

  it('in code that other tools run', async () => {
    expect(told((await seen('One.\n\n```{=latex}\nx\n```\n\n```{note}\nx\n```\n\n```{python}\nx\n```')).said)).toEqual([
      [5, '{=latex}'],
      [9, '{note}'],
    ])
  })
})

it('says nothing of what only looks like it', async () => {
  const { said, blocks } = await seen(`
It cost $5 and $10, or US$5, 10$ and 20$; she paid $5, or 10$, or $5-$10, and \`$x^2$\`. A $$ inn and a $$$ one. Set $HOME/$USER.

Write to me@example.org, to @jane or @fig, to [@jane](https://example.org), or [to her @home]. \\[@key] is \\$x^2\\$.

The folder C:\\newpage\\index, [a link](#a-place), [[1]](#a-place), [x [y] z], [[1]], and \`[[code]]\`, \`\\newpage\`.

Braces {so} and {{so}}, {a, b}, 100 {%}, \\{{< x >}}. Code \`{{< x >}}\` and \`{% x %}\`.

Is a == b, x==y, "==" and "==", a === b, or \`==code==\`? Stop!!! Why??? \\==not marked==

Brackets that are meant: \\[sic\\], \\[1\\], \\[T\\]he, \\[a\\] word, \\(c\\), \\(see there\\), \\[w/o\\], \\[a_name\\], \\[[more](https://example.org/a_b)\\]. A handle: @jane99, @home. It is 10:30:15, a:b:c.

In C++ and D++, ++i; i ++ j; 100%% of 50%%, 5 %% 6, a / b / c. From [to @home, and back]. Note: so. x^2^ and y^abc.

{a: b} stands among words, {so: it} does.

A> is greater than B, A > B; I | you | he.

!!! is no title, nor

!!! this one

<span id="a-place"></span>

    $x^2$ [@key] ==code== \\newpage

\`\`\`
[[wiki]] {{< x >}} :::{.callout-note} !!! note
\`\`\``)
  expect(said.filter(({ code }) => code !== 'straight-quote').map(({ message }) => message)).toEqual([])
  expect(blocks.join('\n')).not.toContain('mark]')
})

it('marked text is marked', async () => {
  expect((await seen('A ==marked *word*== here, (==and here==).')).blocks).toEqual([
    expect.stringMatching(/«A marked word here, \(and here\)\.» \[2-13 mark\] \[9-13 emphasis\] \[21-29 mark\]/),
  ])
})

it('++new++ and ^^new^^ are underlined', async () => {
  expect((await seen('A ++new *word*++ here, (^^and here^^).')).blocks).toEqual([
    expect.stringMatching(/«A new word here, \(and here\)\.» \[2-10 underline\] \[6-10 emphasis\] \[18-26 underline\]/),
  ])
})

it('a block of lines is verse, as Pandoc has it', async () => {
  const { said, blocks } = await seen('| One line\n|   and *two*\n|\n| three\n\nAfter.')
  expect(said).toEqual([])
  expect(blocks.join('\n')).toMatch(/^verse[\s\S]*«One line»[\s\S]*«and two»[\s\S]*«three»[\s\S]*paragraph .*«After\.»/)
  expect(blocks.join('\n')).not.toContain('|')
})

describe('a block set apart, in the manner of each tool', () => {
  const NOTE = ['group note', '«The title»', '«One two.»', '«Three.»']
  const titled = (blocks: string[]) => [
    blocks[0]!.trim().split(/\s+/).slice(0, 2).join(' '),
    ...blocks.slice(1).map((line) => /«.*»/.exec(line)?.[0]),
  ]
  it.each([
    ['Pandoc', '::: note The *title*\nOne two.\n\nThree.\n:::'],
    ['Docusaurus', ':::note[The *title*]\nOne two.\n\nThree.\n:::'],
    ['Docusaurus, older', ':::note{title="The *title*"}\nOne two.\n\nThree.\n:::'],
    ['Quarto', ':::{.callout-note}\n## The *title*\nOne two.\n\nThree.\n:::'],
    [
      'Quarto, by its title',
      '::: {.callout-note title="The *title*" collapse="true" icon=false}\nOne two.\n\nThree.\n:::',
    ],
    ['Obsidian', '> [!note] The *title*\n> One two.\n>\n> Three.'],
    ['MkDocs', '!!! note "The *title*"\n    One two.\n\n    Three.'],
    ['MkDocs, in single marks', "!!! note 'The *title*'\n\n    One two.\n\n    Three."],
    ['MkDocs, folding', '???+ note "The *title*"\n    One two.\n\n    Three.'],
  ])('%s', async (_, markdown) => {
    const { said, blocks } = await seen(`${markdown}\n\nAfter.`)
    expect(said).toEqual([])
    expect(titled(blocks)).toEqual([...NOTE, '«After.»'])
  })

  it.each(['tip', 'warning', 'important', 'caution'])('%s, with its word for a title', async (kind) => {
    const word = kind[0]!.toUpperCase() + kind.slice(1)
    for (const markdown of [
      `> [!${kind.toUpperCase()}]\n> One.`,
      `!!! ${kind}\n    One.`,
      `:::{.callout-${kind}}\nOne.\n:::`,
    ]) {
      const { said, blocks } = await seen(markdown)
      expect(said, markdown).toEqual([])
      expect(titled(blocks), markdown).toEqual(['group aside', `«${word}»`, '«One.»'])
      expect(blocks[0], markdown).toContain(kind)
    }
  })

  it('says its kind in the language around it, which may be another than the book’s', async () => {
    const german = (await seen('::: {lang=de}\n!!! tip\n    Eins.\n\n> [!done]\n> Zwei.\n:::')).blocks
    expect(german.map((line) => /«.*»/.exec(line)?.[0])).toEqual([
      undefined,
      ...[undefined, '«Tipp»', '«Eins.»'],
      ...[undefined, '«Erfolg»', '«Zwei.»'],
    ])
    const danish = (await seen('::: {lang=da}\n::: warning\nEn.\n:::\n:::')).blocks
    expect(danish[2]).toMatch(/@en .*«Warning»|«Warning».*@en/)
    for (const language of LANGUAGES)
      for (const kind of KINDS.keys()) {
        const word = wordOfKind(kind, language)
        expect(word, `${language} ${kind}`).toMatch(/^\p{Lu}[\p{L}. ]+$/u)
        if (['tip', 'warning', 'caution', 'danger', 'important'].includes(kind) && language !== 'en')
          expect(`${language} ${word}`).not.toBe(
            `${language} ${wordOfKind(kind, 'en')}`.replace(/^(fr|nl) (Important|Tip|Danger)$/, ''),
          )
      }
  })

  it.each([
    ['W> Take *care*.\nW>\nW> Do.', 'aside', 'Warning'],
    ['T> Take *care*.\nT>\nT> Do.', 'aside', 'Tip'],
    ['{blurb, class: warning}\nTake *care*.\n\nDo.\n{/blurb}', 'aside', 'Warning'],
    ['A> Take *care*.\nA>\nA> Do.', 'aside', undefined],
    ['G> Take *care*.\nG>\nG> Do.', 'aside', undefined],
    ['{aside}\nTake *care*.\n\nDo.\n{/aside}', 'aside', undefined],
    ['{blurb}\nTake *care*.\n\nDo.\n{/blurb}', 'aside', undefined],
    ['C> Take *care*.\nC>\nC> Do.', 'center', undefined],
    ['!!! foo\n    Take *care*.\n\n    Do.', 'aside', 'Foo'],
  ])('Leanpub, and kinds of one’s own: %j', async (markdown, kind, title) => {
    const { said, blocks } = await seen(`${markdown}\n\nAfter.`)
    expect(said).toEqual([])
    expect(titled(blocks)).toEqual([
      `group ${kind}`,
      ...(title === undefined ? [] : [`«${title}»`]),
      ...['«Take care.»', '«Do.»', '«After.»'],
    ])
  })

  it('with a heading, which is its title', async () => {
    expect(titled((await seen('A> ## The *title*\nA>\nA> One two.')).blocks)).toEqual([
      'group aside',
      '«The title»',
      '«One two.»',
    ])
  })

  it('without its text is answered', async () => {
    for (const head of ['!!! foo', '??? foo', '> [!foo] Title\n> Text.']) {
      const { said } = await seen(`One.\n\n${head}`)
      expect(said, head).toMatchObject([
        { code: 'foreign-markup', line: 5, hint: expect.stringMatching(/`::: note`|\[!NOTE\]/) },
      ])
    }
  })

  it('of other kinds that they know, and without a title', async () => {
    expect(titled((await seen('> [!bug]\n> One.')).blocks)).toEqual(['group aside', '«Bug»', '«One.»'])
    expect(titled((await seen('!!! pied "Own"\n    One.')).blocks)).toEqual(['group aside', '«Own»', '«One.»'])
    expect(titled((await seen('!!! note ""\n    One.')).blocks)).toEqual(['group note', '«One.»'])
    expect(titled((await seen('::: note\nOne.\n:::')).blocks)).toEqual(['group note', '«One.»'])
  })
})

describe('attributes', () => {
  it('of a quotation stand in its first line', async () => {
    for (const markdown of ['> {lang=fr}\n> Il dit "oui".', '> {lang=fr}\n>\n> Il dit "oui".']) {
      const { said, blocks } = await seen(markdown)
      expect(said).toEqual([])
      expect(blocks).toEqual([expect.stringMatching(/^quote.* @fr/), expect.stringContaining('«Il dit «⎵oui⎵».»')])
    }
  })

  it('of a paragraph stand at its end, or in its first line', async () => {
    for (const markdown of ['THE END {.center}', 'THE END\n{.center}', '{.center}\nTHE END', 'THE END {: .center}']) {
      const { said, blocks } = await seen(markdown)
      expect(said, markdown).toEqual([])
      expect(blocks, markdown).toEqual([expect.stringMatching(/^paragraph center.*«THE END»/)])
    }
    expect((await seen('One {#there .own}\n\nSee [](#there).')).blocks[0]).toMatch(/#there.*\.own.*«One»/)
  })

  it('of a picture may stand apart from it', async () => {
    expect((await seen('![A square.](x.svg) {width=50%}')).blocks[0]).toMatch(/^figure.*50%/)
  })

  it('in the middle of a block of its own', async () => {
    const { said, blocks } = await seen('::: center\nOne\n:::')
    expect(said).toEqual([])
    expect(blocks).toEqual([expect.stringMatching(/^group center/), expect.stringMatching(/paragraph center.*«One»/)])
  })

  it('in verse are those of the verse', async () => {
    expect((await seen('::: verse\nOne\ntwo {.own}\n:::')).blocks[0]).toMatch(/^verse.*\.own/)
  })
})

it('a second `#` heading is a section that holds what is below it, and is answered', async () => {
  const { said, blocks } = await seen('One.\n\n## A\n\nTwo.\n\n# B\n\nThree.\n\n## C\n\nFour.')
  expect(said).toMatchObject([{ code: 'second-title', line: 9, hint: expect.stringContaining('a file of its own') }])
  expect(
    blocks
      .filter((line) => line.startsWith('heading'))
      .map((line) => / (heading-\d) .*(level \d)/.exec(line)?.slice(1).join(' ')),
  ).toEqual(['heading-2 level 2', 'heading-2 level 2', 'heading-3 level 3'])
})

/** The marks that went to the page as they stood, without a word: what each must become, or what is said of it. */
const SILENT: [mark: string, raw: string, becomes: RegExp | undefined][] = [
  ['A $x^2$ here.', '$x^2$', undefined],
  ['A word [@key].', '[@key]', undefined],
  ['See @fig:one.', '@fig:one', undefined],
  ['One.\n\n\\newpage\n\nTwo.', '\\newpage', undefined],
  ['A word\\index{word} here.', '\\index', undefined],
  ['A ==mark== here.', '==', /mark\]/],
  ['See [[wikilink]].', '[[wikilink]]', undefined],
  ['{{< video x.mp4 >}}', '{{<', undefined],
  ['{% include x %}', '{%', undefined],
  ['> {lang=el}\n> Text.', '{lang=el}', /@el/],
  [':::{.callout-note}\nText.\n:::', 'callout', /group note/],
  ['One.\n\n# Second\n\nTwo.', '# Second', undefined],
  ['THE END {.center}', '{.center}', /paragraph center/],
]

it.each(SILENT)('%j is set, or answered at its line with a hint', async (markdown, raw, becomes) => {
  const { said, blocks } = await seen(markdown)
  const shown = blocks.join('\n')
  if (becomes === undefined) {
    const line = 3 + markdown.slice(0, markdown.indexOf(raw)).split('\n').length - 1
    expect(said).toMatchObject([{ line, hint: expect.stringMatching(/./) }])
  } else {
    expect(said).toEqual([])
    expect(shown).toMatch(becomes)
    expect(shown).not.toContain(raw)
  }
})
